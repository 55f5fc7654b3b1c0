"""What one step of a walk shows: its words with the numbers put in, what was answered, what came of it."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from assistant.investigations import Investigation
from assistant.walk_answers import kept
from knowledge.walkthrough_checks import sections, sheet
from knowledge.walkthrough_claims import decimals, holds, near, value_at
from knowledge.walkthrough_texts import NUMBER
from knowledge.walkthroughs import PHASE_NAMES, Branch, Passage, Phase, Predict, Run, Step, Vary, Walkthrough
from tools.errors import BadInput
from tools.finding import Finding, Lang, Level, Record
from tools.numbers import NARROW, number, percent


class Feedback(Record):
    """A prediction beside what was found; ``right`` is ``None`` for a sentence, which only its author can judge."""

    step: str
    title: str
    given: str
    found: str = ""
    right: bool | None = None
    text: str


class Cited(Record):
    """A section of a document as it stands, with the id under which it can be opened and cited."""

    document: str
    title: str
    heading: str
    text: str  # Markdown
    lang: Lang


class Choice(Record):
    """A way to answer: its key and its words."""

    key: str
    text: str


class StepView(Record):
    """One step as it is shown now, in one language, to one level.

    ``n`` of ``total`` counts the steps of this person's way. ``can_next`` is false while a prediction,
    a choice of way or a measurement is still missing, and ``why_not`` says which. ``locked`` says that the
    answer can no longer be changed. ``moved`` names the numbers that come out otherwise here than for the author.
    """

    walkthrough: str
    id: str
    lang: Lang
    level: Level
    phase: Phase
    phase_name: str
    n: int
    total: int
    kind: Literal["read", "passage", "predict", "run", "vary", "question", "branch"]
    title: str
    text: str  # Markdown
    answer: Literal["", "number", "choice", "sentence"] = ""
    choices: list[Choice] = Field(default_factory=list)
    unit: str = ""
    low: float | None = None
    high: float | None = None
    given: float | str | None = None
    locked: bool = False
    tool: str = ""
    command: str = ""
    finding: Finding | None = None
    passage: Cited | None = None
    feedback: list[Feedback] = Field(default_factory=list)
    after: str = ""
    hint: str = ""
    note: str = ""
    moved: str = ""
    can_next: bool = True
    can_back: bool = False
    why_not: str = ""
    done: bool = False


class Mark(Record):
    """A step in the timeline; ``open`` says that one may go there now."""

    id: str
    phase: Phase
    phase_name: str
    title: str
    kind: str
    seen: bool
    current: bool
    open: bool


def values(walkthrough: Walkthrough, investigation: Investigation) -> dict[str, float]:
    """The numbers measured so far, by the names of their claims; one that a finding does not hold is left out."""
    found = {}
    for name, (step, claim) in walkthrough.claims().items():
        if step in investigation.findings:
            try:
                found[name] = value_at(investigation.findings[step], claim.at)
            except BadInput:
                continue
    return found


def fill(text: str, walkthrough: Walkthrough, known: dict[str, float], lang: str) -> str:
    """The text with the numbers measured here; a paragraph that speaks of one not yet measured waits for it."""
    claims = walkthrough.claims()

    def written(match: re.Match[str]) -> str:
        form, said, value = match[2] or "", decimals(claims[match[1]][1].value), known[match[1]]
        if form.endswith("%"):
            return percent(value, lang, int(form[:-1]) if form[:-1] else max(said - 2, 0))
        return number(value, lang, int(form) if form else said)

    paragraphs = re.split(r"\n[ \t]*\n", text)
    told = [one for one in paragraphs if all(found[1] in known for found in NUMBER.finditer(one))]
    return "\n\n".join(NUMBER.sub(written, one) for one in told)


def feedback(walkthrough: Walkthrough, investigation: Investigation, step: Predict, lang: Lang) -> Feedback | None:
    """What is said to a prediction: nothing before it is made, nor before the run that settles it."""
    given = kept(step, investigation.answers)
    if given is None or (step.of is not None and step.of not in investigation.findings):
        return None
    words, known = walkthrough.words[lang].step[step.id], values(walkthrough, investigation)
    if step.answer == "sentence":
        said = fill(words.after, walkthrough, known, lang)
        return Feedback(step=step.id, title=words.title, given=str(given), text=said)
    if step.answer == "number":
        found = known.get(step.claim or "")
        if found is None:
            return None
        right = near(float(given), found, step.close or 0)
        digits = decimals(walkthrough.claims()[str(step.claim)][1].value)
        shown, truth = (
            with_unit(x, step.unit, lang, d) for x, d in ((float(given), decimals(float(given))), (found, digits))
        )
    else:
        right, shown = given == step.right, words.choices.get(str(given), str(given))
        truth = words.choices[str(step.right)]
    said = fill(words.right if right else words.wrong, walkthrough, known, lang)
    return Feedback(step=step.id, title=words.title, given=shown, found=truth, right=right, text=said)


def with_unit(value: float, unit: str, lang: str, digits: int) -> str:
    """A number with its unit: 44.85%, 44,85 %, 12 points."""
    space = "" if unit in ("", "%") and lang == "en" else NARROW if unit == "%" else " " if unit else ""
    return number(value, lang, digits) + space + unit


def moved(walkthrough: Walkthrough, investigation: Investigation, step: Run | Vary, lang: Lang) -> str:
    """A sentence on the numbers of a run that are not what the author read; "" when all hold."""
    if step.id not in investigation.findings:
        return ""
    known, parts = values(walkthrough, investigation), []
    for name, claim in step.claims.items():
        found, digits = known.get(name), decimals(claim.value)
        if found is None or not near(found, claim.value, claim.within):
            here = number(found, lang, digits)
            said = number(claim.value, lang, digits)
            parts.append(f"{name}: {here}, not {said}" if lang == "en" else f"{name}{NARROW}: {here}, et non {said}")
    unborne = [
        one
        for one in walkthrough.steps
        if isinstance(one, Predict) and one.bears and one.of == step.id and not _bears(one.bears, known)
    ]
    parts += [one.bears for one in unborne]
    if not parts:
        return ""
    if lang == "fr":
        return f"Ici, la mesure ne donne pas ce que l’auteur avait lu{NARROW}: " + f"{NARROW}; ".join(parts) + "."
    return "Here the measurement does not give what the author read: " + "; ".join(parts) + "."


def _bears(expression: str, known: dict[str, float]) -> bool:
    try:
        return holds(expression, known)
    except KeyError:
        return False


def cited(step: Passage, lang: Lang) -> Cited:
    """The section of the library that a passage step shows."""
    document = sheet(step.document, lang)
    if document is None:
        raise BadInput(
            f"The library has no document '{step.document}'.", f"La bibliothèque n’a pas « {step.document} »."
        )
    heading, text = sections(document.body)[step.heading - 1]
    return Cited(document=document.id, title=document.title, heading=heading, text=text, lang=document.lang)


def phase_name(step: Step, lang: str) -> str:
    """The name of a step's phase."""
    return PHASE_NAMES[step.phase].get(lang)


def choices(walkthrough: Walkthrough, step: Step, lang: Lang) -> list[Choice]:
    """The keys of a choice or a branch with their words, in the order of the walkthrough."""
    keys = step.goto if isinstance(step, Branch) else step.choices if isinstance(step, Predict) else ()
    return [Choice(key=key, text=walkthrough.words[lang].step[step.id].choices[key]) for key in keys]
