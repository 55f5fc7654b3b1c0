"""What a report is made of: the steps that a person went through, in the words they read, with what they said.

The words of the walkthrough travel inside the report, because the machine that
reads it later may have another version of them, or none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from pydantic import Field

from assistant import walk_view
from assistant.investigations import Investigation
from assistant.walk_view import Cited, Feedback
from assistant.walkthrough import Walk
from knowledge.walkthrough_claims import decimals
from knowledge.walkthroughs import PHASE_NAMES, Branch, Passage, Predict, Step, Walkthrough, load
from tools.errors import AutopsieError
from tools.finding import Finding, Lang, Record, Text

if TYPE_CHECKING:
    from knowledge.walkthrough_words import StepWords

SCHEMA = "autopsie-report/1"
LANGS: tuple[Lang, Lang] = ("en", "fr")
LIBRARIES = ("numpy", "scipy", "scikit-learn", "torch", "transformers")


class Part(Record):
    """One step as the report shows it.

    ``said`` is what the person predicted, answered or chose, in words; ``measured``,
    ``right`` and ``feedback`` are what the measurement ``of`` says to it (``right`` is
    ``None`` for a sentence, which only its author can judge).
    """

    id: str
    phase: str = ""
    kind: str = "run"
    title: Text
    text: Text = Field(default_factory=lambda: Text(en="", fr=""))
    passage: dict[Lang, Cited] = Field(default_factory=dict)
    said: Text | None = None
    of: str = ""
    measured: Text | None = None
    right: bool | None = None
    feedback: Text | None = None


class Report(Record):
    """An investigation with everything needed to read it and to measure it again elsewhere.

    ``incident`` is the title of the sheet ``about`` which it is; ``changed``: the walkthrough is not here, or is not the one that was walked;
    ``headline``: the step whose finding it is about ("" when nobody said).
    """

    schema_: str = Field(default=SCHEMA, alias="schema")
    generator: str
    made: datetime
    title: Text
    incident: Text | None = None
    about: str = ""
    changed: bool = False
    headline: str = ""
    parts: list[Part]
    software: dict[str, str]
    investigation: Investigation


def report_of(investigation: Investigation) -> Report:
    """The report of an investigation; pictures that a person brought stay out of it."""
    inv = investigation.model_copy(
        update={"findings": {step: _without_own(one) for step, one in investigation.findings.items()}}
    )
    walkthrough = _walked(inv.walkthrough)
    parts = [_part(walkthrough, step, inv) for step in _way(walkthrough, inv)] if walkthrough else []
    known = {part.id for part in parts}
    for step in {**inv.findings, **inv.answers, **inv.notes}:
        if step not in known:  # the walkthrough has changed since, or is not on this machine: nothing said is lost
            parts.append(_bare(step, inv))
    bare = Text(en=inv.walkthrough, fr=inv.walkthrough)
    return Report(
        schema=SCHEMA,
        generator=generator(),
        made=datetime.now(UTC),
        title=_both(lambda lang: walkthrough.words[lang].title) if walkthrough else bare,
        incident=_incident(walkthrough.incident) if walkthrough else None,
        about=walkthrough.incident if walkthrough else "",
        changed=walkthrough is None or walkthrough.version != inv.version,
        headline=walkthrough.headline.partition(".")[0] if walkthrough else "",
        parts=parts,
        software=software(),
        investigation=inv,
    )


def phase_name(phase: str) -> Text:
    """The name of a phase of the method; of a step whose words are not here, that it was found."""
    names: dict[str, Text] = {**PHASE_NAMES}
    return names.get(phase) or Text(en="What was found", fr="Ce qui a été trouvé")


@cache
def generator() -> str:
    """The program that made a report, with its version."""
    try:
        return f"Autopsie {version('autopsie')}"
    except PackageNotFoundError:
        return "Autopsie"


@cache
def software() -> dict[str, str]:
    """The versions of what computes, read without loading any of it."""
    import platform

    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _both(write: Callable[[Lang], str]) -> Text:
    """The same words in both languages; French ones keep the spaces that they have."""
    return Text(en=write("en"), fr=write("fr"))


def _walked(identifier: str) -> Walkthrough | None:
    try:
        return load(identifier)
    except AutopsieError:
        return None


def _incident(identifier: str) -> Text | None:
    from knowledge.documents import document

    english, french = document(identifier, "en"), document(identifier, "fr")
    return Text(en=english.title, fr=french.title) if english and french else None


def _without_own(finding: Finding) -> Finding:
    return finding.model_copy(update={"figures": []}) if finding.private else finding


def _way(walkthrough: Walkthrough, inv: Investigation) -> list[Step]:
    """The steps that the person visited, in the order of the walkthrough."""
    way = set(Walk(None, walkthrough, inv.model_copy()).path())
    touched = {*inv.findings, *inv.answers, *inv.notes}
    return [one for one in walkthrough.steps if one.id in touched or (one.id in inv.seen and one.id in way)]


def _part(walkthrough: Walkthrough, step: Step, inv: Investigation) -> Part:
    """A step with its words, filled with the numbers of the findings that are there."""
    words = {lang: walkthrough.words[lang].step[step.id] for lang in LANGS}
    known = walk_view.values(walkthrough, inv)

    def told(write: Callable[[StepWords], str]) -> Text:
        return _both(lambda lang: walk_view.fill(write(words[lang]), walkthrough, known, lang))

    part = Part(
        id=step.id,
        phase=step.phase,
        kind=step.kind,
        title=told(lambda one: one.title),
        text=told(lambda one: "\n\n".join(filter(None, (one.text, one.levels.get(inv.level, ""))))),
    )
    if isinstance(step, Passage):
        part.passage = {lang: walk_view.cited(step, lang) for lang in LANGS}
    if (answer := inv.answers.get(step.id)) is None:
        return part
    part.said = _said(walkthrough, step, answer)
    if not isinstance(step, Predict):
        part.feedback = told(lambda one: one.after)
        return part
    try:
        settled = {lang: walk_view.feedback(walkthrough, inv, step, lang) for lang in LANGS}
    except (ValueError, KeyError):  # an answer to another version of this step
        return part
    part.of = step.of or ""
    if (english := settled["en"]) and (french := settled["fr"]):
        _settle(part, english, french)
    return part


def _settle(part: Part, english: Feedback, french: Feedback) -> None:
    part.right = english.right
    part.measured = Text(en=english.found, fr=french.found) if english.found else None
    part.feedback = Text(en=english.text, fr=french.text)


def _bare(step: str, inv: Investigation) -> Part:
    """A step whose words are not here."""
    finding, said = inv.findings.get(step), inv.answers.get(step)
    return Part(
        id=step,
        kind="run" if finding else "question",
        title=finding.question if finding else Text(en=step, fr=step),
        said=None if said is None else _own(said),
    )


def _said(walkthrough: Walkthrough, step: Step, answer: float | str) -> Text:
    """An answer in words: a number with its unit, a choice by its sentence, a sentence as it was written."""
    if isinstance(step, Predict) and step.answer == "number" and isinstance(answer, float):
        unit, digits = step.unit, decimals(answer)
        return _both(lambda lang: walk_view.with_unit(answer, unit, lang, digits))
    keys = [one.key for one in walk_view.choices(walkthrough, step, "en")] if isinstance(step, Branch | Predict) else []
    if str(answer) in keys:
        return _both(lambda lang: walkthrough.words[lang].step[step.id].choices[str(answer)])
    return _own(answer)


def _own(answer: float | str) -> Text:
    """A person's words as they wrote them, whatever the language."""
    return Text(en=str(answer), fr=str(answer))
