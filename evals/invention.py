"""How much is made up: the bare language model asked the library's questions, beside the assistant asked the same ones."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.card import Baseline, Failure, Measure, Suite
from evals.claims import Support, support, words_of
from evals.measures import Case, cases, proportion, rows_of, seconds, some, worst
from tools.finding import Text

if TYPE_CHECKING:
    from inspect_ai import Task
    from inspect_ai.log import EvalLog
    from inspect_ai.scorer import Score, Target
    from inspect_ai.solver import TaskState

    from evals.solver import Factory

QUESTIONS = 32  # of each language
TOKENS = 96  # of the bare model's answer
BARE_SHOWN = 3
NEAR = 8  # passages searched for each sentence, beside those of the documents that answer


def task(engine: str = "embedded", seed: int = 0, subset: int | None = None, agent: Factory | None = None) -> Task:
    """Each question twice, to the assistant and to its model alone (SmolLM2 when the assistant has none), greedily."""
    from inspect_ai.dataset import Sample

    from evals import solver

    asked = [row for row in rows_of("grounded.jsonl") if row["kind"] == "answerable"]
    asked = [row for lang in ("en", "fr") for row in some([one for one in asked if one["lang"] == lang], QUESTIONS)]
    taken = some(asked, subset)
    samples = [
        Sample(id=f"{who}-{row['id']}", input=row["question"], metadata=row | {"who": who})
        for who in ("assistant", "bare")
        for row in taken
    ]
    bare = Bare(engine, [row["question"] for row in taken], seed)
    assistant = agent or solver.agents(engine)

    def either(state: TaskState) -> tuple[dict[str, Any], str]:
        if state.metadata["who"] == "assistant":
            return solver.asked(assistant, state)
        return {}, bare.answer(state.input_text)

    return solver.task("invention", samples, solver.solving("assistant_or_model", either), _score)


class Bare:
    """The answers of a model that is given the question and nothing else; written together, at the first one wanted."""

    def __init__(self, engine: str, questions: list[str], seed: int) -> None:
        self._engine, self._questions, self._seed = engine, questions, seed
        self._answers: dict[str, str] = {}
        self._lock = threading.Lock()

    def answer(self, question: str) -> str:
        """What the model says."""
        with self._lock:
            if not self._answers:
                self._answers = dict(zip(self._questions, self._write(), strict=True))
        return self._answers[question]

    def _write(self) -> list[str]:
        from assistant.engines import open_engine
        from tools.language.sampling import write
        from tools.specimens.language import load

        opened = open_engine(self._engine)
        return write(
            opened.model if opened else load(), [[{"role": "user", "content": one}] for one in self._questions],
            range(len(self._questions)), max_tokens=TOKENS, temperature=0.0, seed=self._seed, on_step=lambda *_: None,
        )  # fmt: skip


async def _score(state: TaskState, target: Target) -> Score:
    import anyio
    from inspect_ai.scorer import Score

    from evals.solver import said

    row = state.metadata
    text, measured = state.output.completion, []
    if row["who"] == "assistant":
        turn = said(state)
        text = "\n".join(block.text for block in turn.answer if block.kind in ("sentence", "quote"))
        measured = [words_of(finding, turn.lang) for finding in turn.findings]
    found: dict[str, Any] = await anyio.to_thread.run_sync(partial(read, text, row, measured))
    return Score(value=float(all(claim["supported"] for claim in found["claims"])), answer=text[:200], metadata=found)


def read(text: str, row: dict[str, Any], measured: list[str]) -> dict[str, Any]:
    """Every claim of a text held against what was measured for it and the library: the documents that answer, and the nearest passages."""
    from tools.truth.claims.splitting import pieces

    claims = []
    for piece in pieces(text.replace("[…]", "\n")):
        if piece.kind == "claim":
            verdict = _anywhere(piece.text, measured, row["documents"], row["lang"])
            claims.append({"text": piece.text, "supported": verdict.holds, "why": verdict.why})
    return {"claims": claims}


def _anywhere(claim: str, measured: list[str], documents: list[str], lang: str) -> Support:
    """The verdict of the place that says most of a claim."""
    from knowledge.index import current
    from knowledge.search import search

    mine = [one.text for one in current().passages if one.doc in documents and one.lang == lang]
    near = [hit.text for hit in search(claim, NEAR, lang)]
    return max((support(claim, [place]) for place in [*measured, *mine, *near]), key=lambda one: one.holds)


def suite(log: EvalLog) -> Suite:
    """The numbers of the card."""
    found = cases(log)
    sides = {who: [case for case in found if case.metadata["who"] == who] for who in ("assistant", "bare")}
    bare = _unborne("bare", "of the model alone", "du modèle seul", sides["bare"])
    beside = Baseline(
        title=Text(en="the model alone", fr="le modèle seul"), value=bare.value, low=bare.low, high=bare.high, n=bare.n
    )
    assistant = _unborne("assistant", "of the assistant", "de l’assistant", sides["assistant"], beside)
    return Suite(
        name="invention",
        title=Text(en="Made up: the model alone and the assistant", fr="L’invention : le modèle seul et l’assistant"),
        question=Text(
            en="Asked the same questions, how much does each of them say that nothing bears out?",
            fr="Aux mêmes questions, quelle part de ce que chacun affirme n’est confirmée par rien ?",
        ),
        measures=[assistant, bare],
        failures=_shown(sides), limits=LIMITS,
        log=log.location, seconds=seconds(log),
    )  # fmt: skip


def _unborne(who: str, en: str, fr: str, part: list[Case], baseline: Baseline | None = None) -> Measure:
    claims = [(case.id, not claim["supported"]) for case in part for claim in case.score["claims"]]
    return proportion(
        f"invention.{who}", f"Claims {en} that neither the library nor a measurement bears out",
        f"Affirmations {fr} que ni la bibliothèque ni une mesure ne confirme", [wrong for _, wrong in claims], "low",
        groups=[owner for owner, _ in claims], baseline=baseline,
    )  # fmt: skip


def _shown(sides: dict[str, list[Case]]) -> list[Failure]:
    """What the assistant said without support, and a few claims of the model alone for comparison."""
    mine, alone = ([one for case in sides[who] for one in _failures(case)] for who in ("assistant", "bare"))
    return [*worst(mine), *alone[:BARE_SHOWN]]


def _failures(case: Case) -> list[Failure]:
    """The claims of an answer that the library does not bear out."""
    mine = case.metadata["who"] == "assistant"
    whose = Text(
        en="said by the assistant" if mine else "said by the model alone",
        fr="dit par l’assistant" if mine else "dit par le modèle seul",
    )
    return [
        Failure(
            question=case.question, lang=case.lang, answer=claim["text"], weight=1.0 if mine else 0.2,
            why=Text(en=f"Not borne out ({claim['why']}), {whose.en}",
                     fr=f"Non confirmé ({claim['why']}), {whose.fr}"),
        )
        for claim in case.score["claims"] if not claim["supported"]
    ]  # fmt: skip


LIMITS = Text(
    en="Not borne out is not the same as false: the library may be silent on something true, and the comparison of words can miss a "
    "paraphrase, which weighs on the model alone and not on an assistant that quotes. Answers of the model are cut after 96 tokens.",
    fr="Non confirmé ne veut pas dire faux : la bibliothèque peut se taire sur une chose vraie, et la comparaison des mots peut manquer "
    "une paraphrase, ce qui pèse sur le modèle seul et non sur un assistant qui cite. Les réponses du modèle sont coupées après 96 tokens.",
)
