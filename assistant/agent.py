"""One turn: understand → plan → run → explain → check → record.

``Agent.ask`` yields the same growing ``Turn`` at each change, so that a screen
or a terminal can show what is happening; the last one it yields is complete
and already in the notebook.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from assistant import compose, language
from assistant.engines.base import Engine
from assistant.grounding import Grounding, carried, numbers_in
from assistant.narrate import READ, narrate
from assistant.notebook import Notebook
from assistant.planner import heard
from assistant.planner.plan import looking_at, make_plan
from assistant.recall import KIND, recall, recalled
from assistant.turn import Block, Call, Checks, Near, Passage, Phase, Plan, Speaker, Turn
from tools import registry
from tools.errors import AutopsieError, BadInput, Stopped, Unavailable
from tools.finding import Finding, Lang, Level, Text
from tools.tool import Progress

if TYPE_CHECKING:
    from knowledge.search import Hit

MAX_QUESTION = 20_000  # characters
BESIDE = 2  # passages cited beside a measurement
NEAR = 3  # documents named when none of them seems to answer


class Agent:
    """Answers requests with one engine (``None``: findings and passages speak for themselves)."""

    def __init__(self, engine: Engine | None = None, notebook: Notebook | None = None) -> None:
        self.engine = engine
        self.notebook = notebook

    @property
    def speaker(self) -> Speaker:
        """Who composes the words."""
        return self.engine.speaker if self.engine else Speaker()

    def ask(
        self,
        question: str,
        conversation: str,
        *,
        lang: Lang | Literal["auto"] = "auto",
        level: Level = "curious",
        last: Turn | None = None,
        stop: threading.Event | None = None,
        call: Call | None = None,
        about: str = "",
        picture: str = "",
    ) -> Iterator[Turn]:
        """One turn (see the module docstring).

        Args:
            last: the turn before, which follow-ups build on.
            stop: set it to stop the tool or the narration; what was found stays.
            call: runs this call instead of planning (a form, an edited argument).
            about: the id of a document that the question is about; the library answers, that document first.
            picture: the path of a picture that the question is about.
        """
        stop, started = stop or threading.Event(), time.monotonic()
        otherwise: Lang = last.lang if last else "en"
        spoken = language.detect(question, otherwise) if lang == "auto" else lang
        turn = Turn(conversation=conversation, question=question, lang=spoken, level=level, speaker=self.speaker)
        try:
            self._refuse(question)
            yield from self._work(turn, last, stop, call, about, picture)
            turn.status = "done"
            if stop.is_set():
                raise Stopped("Stopped; what was found stays.", "Arrêté ; ce qui a été trouvé reste.")
        except Stopped as error:
            turn.status, turn.error = "stopped", error.message
        except AutopsieError as error:
            turn.status, turn.error = "failed", error.message
            turn.fault = "input" if isinstance(error, BadInput) else "failure"
        except Exception as error:  # a fault of ours: the person is told, what was found stays, the log has the details
            logging.getLogger("autopsie").exception("turn %s", turn.id)
            said = f"{type(error).__name__}: {error}"
            turn.status, turn.fault = "failed", "failure"
            turn.error = Text(
                en=f"Something went wrong in the laboratory itself ({said}). Ask again; `autopsie doctor` may say more.",
                fr=f"Le laboratoire lui-même a eu un problème ({said}). Reposez la question ; `autopsie doctor` en dira peut-être plus.",
            )
        if turn.status != "done" and turn.findings and not turn.answer:
            turn.answer = compose.explain(turn.findings[-1], len(turn.findings), turn.level, turn.lang)
        turn.seconds = time.monotonic() - started
        for phase in turn.phases:
            phase.finished = True
        if self.notebook is not None:
            self.notebook.save(turn)
        yield turn

    def recompose(self, turn: Turn, level: Level) -> Turn:
        """The same turn for another reader, from the same parts; nothing is measured or read again."""
        if level == turn.level or turn.status != "done" or not turn.findings or turn.plan is None:
            return turn
        other = turn.model_copy(update={"level": level, "checks": Checks()})
        aspect = turn.plan.aspect if turn.plan.kind == "explain" else ""
        grounding = Grounding(turn.findings, turn.passages, turn.lang)
        other.answer, other.checks = grounding.trace(self._plain(other, aspect) + recalled(turn)), grounding.checks
        return other

    @staticmethod
    def _refuse(question: str) -> None:
        if not question.strip():
            raise BadInput(
                "The question is empty. Type one, or choose an example.",
                "La question est vide. Écrivez-en une, ou choisissez un exemple.",
            )
        if len(question) > MAX_QUESTION:
            raise BadInput(
                f"This is {len(question):,} characters long; at most {MAX_QUESTION:,} can be read at once. Keep the passage that matters.",
                f"Cela fait {len(question)} caractères ; {MAX_QUESTION} au plus peuvent être lus à la fois. Gardez le passage qui compte.",
            )

    def _work(
        self, turn: Turn, last: Turn | None, stop: threading.Event, call: Call | None, about: str, picture: str
    ) -> Iterator[Turn]:
        with _phase(turn, "Choosing what to do", "Choix de ce qu’il faut faire"):
            yield turn
            if call is not None:
                from assistant.planner.plan import to_plan

                turn.plan = to_plan(call.name, call.arguments, 1.0)
            elif about:
                turn.plan = Plan(kind="library", planner="reader")
            else:
                turn.plan = make_plan(turn.question, turn.lang, last, self.engine)
                turn.plan = looking_at(turn.plan, picture) if picture else turn.plan
            turn.level = turn.plan.level or turn.level
        plan = turn.plan
        if plan.kind == "decline":
            turn.answer = compose.decline(turn.lang)
        elif plan.kind == "card":
            yield from self._of_itself(turn)
        elif plan.kind == "explain" and last is not None:
            turn.findings, turn.passages = last.findings, []
            yield from self._explain(turn, stop)
        else:
            for wanted in plan.tools if plan.kind == "measure" else []:
                yield from self._run(turn, wanted, stop)
            yield from self._read(turn, stop, about)
            yield from self._explain(turn, stop)
            if self.notebook is not None:
                recall(turn, self.notebook)
                if self.engine is None:
                    _renumber(turn)
        yield turn

    def _of_itself(self, turn: Turn) -> Iterator[Turn]:
        """Answers a question about the assistant from its self-audit card; no model writes here."""
        from assistant import card_answer

        with _phase(turn, "Opening the self-audit card", "Ouverture de la fiche d’auto-audit"):
            yield turn
            turn.answer, turn.passages = card_answer.answer(
                heard.asked(turn.question), turn.lang, turn.level, self.speaker
            )
            _renumber(turn)
            grounding = Grounding([], turn.passages, turn.lang)
            turn.answer, turn.checks = grounding.trace(turn.answer), grounding.checks

    def _run(self, turn: Turn, call: Call, stop: threading.Event) -> Iterator[Turn]:
        """Runs a tool in its own thread and passes its progress on."""
        tool = registry.get(call.name)
        arguments = {key: value for key, value in call.arguments.items() if key != "seed"}
        full = tool.validate(arguments)
        events: queue.Queue[Progress | Finding | BaseException] = queue.Queue()

        def work() -> None:
            try:
                model = self.engine.model if self.engine else None
                seed = int(call.arguments.get("seed", 0))
                events.put(
                    tool.run(
                        full, seed=seed, lang=turn.lang, assistant=model, on_progress=events.put, stop=stop, keep=True
                    )
                )
            except BaseException as error:
                events.put(error)

        with _phase(turn, f"Measuring: {tool.title.en}", f"Mesure : {tool.title.fr}") as phase:
            yield turn
            threading.Thread(target=work, daemon=True).start()
            while True:
                happened = events.get()
                if isinstance(happened, Finding):
                    turn.findings.append(happened)
                    break
                if isinstance(happened, BaseException):
                    raise happened
                phase.label, phase.done, phase.total = happened.label, happened.done, happened.total
                yield turn
            phase.label = Text(en=f"Measured: {tool.title.en}", fr=f"Mesuré : {tool.title.fr}")
        yield turn

    def _read(self, turn: Turn, stop: threading.Event, about: str) -> Iterator[Turn]:
        """Finds the passages that answer, or that go with the measurement."""
        from knowledge.search import Only, search
        from knowledge.support import supported

        if stop.is_set():
            return
        with _phase(turn, "Searching the library", "Recherche dans la bibliothèque"):
            yield turn
            asked = heard.asked(turn.question)
            if turn.findings:
                hits = _beside(turn, asked)[:BESIDE]
            else:
                hits = search(asked, k=8, lang=turn.lang)
                if about:  # the reader has said which document: its passages are read whatever the question
                    hits = search(asked, k=READ, lang=turn.lang, only=Only(doc=about)) or hits
                elif not supported(asked, hits):
                    close = dict.fromkeys((hit.doc, hit.title) for hit in hits if hit.kind != "glossary")
                    turn.near = [Near(id=doc, title=title) for doc, title in close][:NEAR]
                    hits = []
            turn.passages = [Passage(**hit.model_dump(), number=i + 1) for i, hit in enumerate(hits[:READ])]
        yield turn

    def _explain(self, turn: Turn, stop: threading.Event) -> Iterator[Turn]:
        """Composes or narrates, checks every sentence, and says what was taken out."""
        plan = turn.plan
        assert plan is not None
        if not turn.findings and not turn.passages:
            turn.answer = compose.not_found(turn.lang, turn.near)
            return
        grounding = Grounding(turn.findings, turn.passages, turn.lang)
        turn.checks = grounding.checks
        aspect = plan.aspect if plan.kind == "explain" else ""
        if self.engine is not None and aspect in ("", "level") and not stop.is_set():
            said = {"en": "Writing, every sentence checked", "fr": "Rédaction, chaque phrase vérifiée"}
            with _phase(turn, said["en"], said["fr"]):
                yield turn
                try:
                    for block in narrate(turn, self.engine, grounding, stop):
                        turn.answer.append(block)
                        yield turn
                except Unavailable as error:
                    turn.error = error.message
        if turn.answer and turn.findings and aspect == "" and not _says_the_estimate(turn):
            finding = turn.findings[-1]
            turn.answer.insert(0, Block(text=finding.summary.get(turn.lang), findings=[len(turn.findings)]))
        if not turn.answer or turn.error:
            turn.answer += grounding.trace(self._plain(turn, aspect))
            if self.engine is None:
                _renumber(turn)
        elif turn.passages and turn.findings:
            turn.answer += grounding.trace(self._quotes(turn))
        if grounding.checks.removed:
            checks = grounding.checks
            what = checks.numbers_removed + checks.citations_removed + checks.contradictions_removed
            turn.answer.append(compose.removed(checks.removed, what, turn.lang))
        if turn.error:
            raise Unavailable(turn.error.en, turn.error.fr)

    def _plain(self, turn: Turn, aspect: str) -> list[Block]:
        """The answer without any language model."""
        if aspect and aspect != "level":
            return compose.about(turn.findings[-1], len(turn.findings), aspect, turn.level, turn.lang)
        said = [block for i, f in enumerate(turn.findings, 1) for block in compose.explain(f, i, turn.level, turn.lang)]
        return said + self._quotes(turn)

    def _quotes(self, turn: Turn) -> list[Block]:
        """What the library says, word for word."""
        from knowledge.quoting import best_sentences

        library = [passage for passage in turn.passages if passage.kind != KIND]
        if not library:
            return []
        numbers = {passage.id: passage.number for passage in library}
        chosen = best_sentences(heard.asked(turn.question), library, 2 if turn.findings else 4)
        blocks = compose.quote(turn.passages, [(numbers[sentence.passage], sentence.text) for sentence in chosen])
        if turn.findings and blocks:
            title = "In the library" if turn.lang == "en" else "Dans la bibliothèque"
            blocks.insert(0, Block(kind="heading", text=title))
        return blocks


def _renumber(turn: Turn) -> None:
    """Numbers the passages in the order in which the answer cites them; those not cited come after."""
    order = list(dict.fromkeys(n for block in turn.answer for n in block.passages))
    order += [passage.number for passage in turn.passages if passage.number not in order]
    new = {old: at for at, old in enumerate(order, 1)}
    for block in turn.answer:
        block.passages = [new[n] for n in block.passages]
    renamed = [passage.model_copy(update={"number": new[passage.number]}) for passage in turn.passages]
    turn.passages = sorted(renamed, key=lambda passage: passage.number)


def _says_the_estimate(turn: Turn) -> bool:
    """Whether the narration says the main number of the last finding (else its own summary goes first)."""
    main = next((e.value for e in turn.findings[-1].estimates if e.value is not None), None)
    said = [n for block in turn.answer for n in numbers_in(block.text, turn.lang)]
    return main is None or any(number.decimals and carried(number, [main]) for number in said)


def _beside(turn: Turn, asked: str) -> list[Hit]:
    """Passages that help to read what was measured, from documents that speak of the tool that ran."""
    from knowledge.documents import documents
    from knowledge.index import ASIDES
    from knowledge.search import search

    ran = {finding.tool for finding in turn.findings}
    about = {document.id for document in documents() if ran & set(document.tools)}
    found = " ".join(compose.first_sentences(finding.summary.get(turn.lang), 1) for finding in turn.findings)
    hits = search(f"{asked} {found}", k=24, lang=turn.lang)
    return [hit for hit in hits if hit.doc in about and hit.heading not in ASIDES]


@contextmanager
def _phase(turn: Turn, en: str, fr: str) -> Iterator[Phase]:
    """A step that is timed and shown."""
    phase = Phase(label=Text(en=en, fr=fr))
    turn.phases.append(phase)
    started = time.monotonic()
    try:
        yield phase
    finally:
        phase.seconds, phase.finished = time.monotonic() - started, True
