"""What was found here before: one traced sentence on an investigation of this machine that looked at the same thing.

An investigation is not a document of the library, since nobody has reviewed it: it is cited as
what it is, "made here" or "made by someone else", after the answer, never as part of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.grounding import Grounding
from assistant.turn import Block, Passage, Turn

if TYPE_CHECKING:
    from assistant.gallery import Found, Made
    from assistant.notebook import Notebook

KIND = "investigation"  # of the evidence; its ``doc`` is the id of the investigation
DEPTH = 20  # investigations that share most words with the question, looked at first


def recall(turn: Turn, notebook: Notebook) -> None:
    """Adds the sentence and its evidence to a finished answer, when an investigation looked at the same thing."""
    from assistant import gallery

    if not (turn.findings or turn.passages):
        return
    made_here = [*gallery.search(turn.question, DEPTH, notebook), *gallery.finished(notebook)]
    near = sorted(made_here, key=lambda one: one.imported)  # one's own first; among them, those that share its words
    known = next(((made, found) for made in near if (found := _same(turn, made))), None)
    if known is None:
        return
    evidence, said = _evidence(turn, *known)
    grounding = Grounding([], [evidence], turn.lang)
    blocks = grounding.trace([Block(text=known[0].cited(turn.lang, said), passages=[evidence.number])])
    if blocks:
        turn.passages.append(evidence)
        turn.answer += blocks
    for name, more in grounding.checks:  # counts add up, lists go on
        setattr(turn.checks, name, getattr(turn.checks, name) + more)


def recalled(turn: Turn) -> list[Block]:
    """The sentence of ``recall`` again, for an answer that is composed anew from the same evidence."""
    numbers = {passage.number for passage in turn.passages if passage.kind == KIND}
    return [block for block in turn.answer if numbers & set(block.passages)]


def _same(turn: Turn, made: Made) -> list[Found]:
    """The measurements of an investigation that go with an answer; [] when it looked at something else.

    After a measurement: those with the same instrument on the same thing. After a reading: all of
    them, when the best passage of the answer is from the sheet of its incident.
    """
    if turn.findings:
        here = {(one.tool, one.specimen.sha256 or one.specimen.name) for one in turn.findings}
        return [one for one in made.found if (one.tool, one.specimen) in here]
    best = min(turn.passages, key=lambda passage: passage.rank)
    return made.found if best.doc == made.incident else []


def _evidence(turn: Turn, made: Made, found: list[Found]) -> tuple[Passage, str]:
    """The measurement that speaks most to the question, as the notebook keeps it, and its sentence that does."""
    from knowledge.quoting import best_sentences

    lang, number = turn.lang, max((passage.number for passage in turn.passages), default=0) + 1
    title, when = made.title.get(lang), made.dated(lang)
    told = [
        Passage(
            rank=rank, id=f"{KIND}:{made.id}:{one.id}", doc=made.id, kind=KIND, lang=lang, title=made.whose(lang),
            heading=f"{title}, {when}", text=" ".join(one.said[lang]), score=0.0, lexical=0.0, number=number,
        )
        for rank, one in enumerate(found)
    ]  # fmt: skip
    quote = next(iter(best_sentences(turn.question, told, 1)), None)
    chosen = next((one for one in told if quote and one.id == quote.passage), told[0])
    measured = found[chosen.rank]
    word = {"en": "Measurement", "fr": "Mesure"}[lang]
    whole = f"{title}, {when}. {measured.summary.get(lang)} {word} {measured.id} ({measured.tool})."
    return chosen.model_copy(update={"text": whole}), quote.text if quote else measured.said[lang][0]
