"""Checks a walkthrough as its reader will meet it: every step shown in both languages at every level, every run made.

``problems`` needs no model; ``execute`` makes the measurements and compares every claim with its finding.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import get_args

from pydantic import Field

from assistant.investigations import Investigation
from assistant.walk_view import values
from assistant.walkthrough import Walk
from knowledge.walkthrough_claims import holds, near, value_at
from knowledge.walkthrough_words import LEVELS
from knowledge.walkthroughs import Branch, Predict, Run, Vary, Walkthrough, load, wrong
from tools import registry
from tools.errors import BadInput
from tools.finding import Finding, Lang, Record
from tools.tool import Progress

Report = Callable[[str, Progress], None]


class Checked(Record):
    """A claim or the reason of a right choice: what the walkthrough says, what was found, whether it holds."""

    step: str
    lang: Lang
    name: str
    said: str
    found: float | None = None
    held: bool
    why: str = ""


class Outcome(Record):
    """What became of one walkthrough."""

    walkthrough: str
    steps: int
    shown: int = 0  # how many times a step was shown, over languages, levels and ways
    seconds: dict[str, float] = Field(default_factory=dict)  # by run step, in the last language
    claims: list[Checked] = Field(default_factory=list)

    @property
    def held(self) -> bool:
        """Whether every claim holds."""
        return all(one.held for one in self.claims)


def problems(identifier: str) -> Walkthrough:
    """The walkthrough, when all that can be checked without measuring is right; else ``BadInput``, one sentence."""
    found = load(identifier)
    for step in found.steps:
        if isinstance(step, Run | Vary):
            tool, arguments, _ = found.measure(step.id)
            try:
                registry.get(tool).validate(arguments)
            except BadInput as error:
                file = f"{identifier}/walkthrough.yaml"
                raise wrong(file, step.id, error.message.en.rstrip("."), error.message.fr.rstrip(".")) from None
    return found


def execute(
    identifier: str, langs: tuple[Lang, ...] = get_args(Lang), report: Report | None = None, once: bool = False
) -> Outcome:
    """Makes every run of a walkthrough and shows every step on every way; nothing is written in the notebook.

    Each language has runs of its own, because the pictures speak it; with ``once``, the second language shows those of the first.
    """
    walkthrough = problems(identifier)
    outcome = Outcome(walkthrough=identifier, steps=len(walkthrough.steps))
    findings: dict[str, Finding] = {}
    for lang in langs:
        if not (findings and once):
            runs = [step.id for step in walkthrough.steps if isinstance(step, Run | Vary)]
            findings = {step: _measure(walkthrough, step, lang, report) for step in runs}
        outcome.claims += _compare(walkthrough, findings, lang)
        outcome.seconds |= {step: found.seconds for step, found in findings.items()}
        outcome.shown += sum(_walk(walkthrough, findings, lang, way) for way in _ways(walkthrough))
    return outcome


def _measure(walkthrough: Walkthrough, step: str, lang: Lang, report: Report | None) -> Finding:
    tool, arguments, seed = walkthrough.measure(step)
    tell = (lambda progress: report(step, progress)) if report else None
    return registry.get(tool).run(arguments, seed=seed, lang=lang, on_progress=tell, keep=True)


def _compare(walkthrough: Walkthrough, findings: dict[str, Finding], lang: Lang) -> Iterator[Checked]:
    """Every claim beside its finding, then every choice that a finding must bear out."""
    for name, (step, claim) in walkthrough.claims().items():
        said = f"{claim.value:.10g} ± {claim.within:.10g}"
        try:
            found = value_at(findings[step], claim.at)
        except BadInput as error:
            yield Checked(step=step, lang=lang, name=name, said=said, held=False, why=error.message.get(lang))
        else:
            held = near(found, claim.value, claim.within)
            yield Checked(step=step, lang=lang, name=name, said=said, found=found, held=held)
    known = values(walkthrough, Investigation(walkthrough=walkthrough.id, findings=findings))
    for one in walkthrough.steps:
        if isinstance(one, Predict) and one.bears:
            try:
                yield Checked(step=one.id, lang=lang, name=str(one.right), said=one.bears, held=holds(one.bears, known))
            except KeyError as missing:
                yield Checked(step=one.id, lang=lang, name=str(one.right), said=one.bears, held=False, why=str(missing))


def _ways(walkthrough: Walkthrough) -> list[dict[str, str]]:
    """Every combination of ways at the branches."""
    branches = [one for one in walkthrough.steps if isinstance(one, Branch)]
    return [
        dict(zip([one.id for one in branches], keys, strict=True))
        for keys in itertools.product(*(one.goto for one in branches))
    ]


def _walk(walkthrough: Walkthrough, findings: dict[str, Finding], lang: Lang, way: dict[str, str]) -> int:
    """Walks one way at every level, with right and with wrong predictions; how many times a step was shown."""
    shown = 0
    for level, right in itertools.product(LEVELS, (True, False)):
        walk = Walk.start(None, walkthrough.id, lang, level)
        while not walk.done:
            step = walk.step
            walk.view()
            if isinstance(step, Branch):
                walk.answer(way[step.id])
            elif isinstance(step, Predict):
                walk.answer(_guess(walkthrough, step, right))
            elif isinstance(step, Run | Vary):
                walk.investigation.findings[step.id] = findings[step.id]
            elif step.kind == "question":
                walk.answer("…")
            seen = walk.view()
            if "{" in seen.text and any(f"{{{name}" in seen.text for name in walkthrough.claims()):
                raise wrong(
                    f"{walkthrough.id}/{lang}.md", step.id, "a number is not filled in", "un nombre n’est pas rempli"
                )
            shown += 1
            walk.next()
    return shown


def _guess(walkthrough: Walkthrough, step: Predict, right: bool) -> float | str:
    """A right or a wrong answer to a prediction."""
    if step.answer == "sentence":
        return "…"
    if step.answer == "choice":
        return str(step.right) if right else next(key for key in step.choices if key != step.right)
    assert step.low is not None and step.high is not None
    said = walkthrough.claims()[str(step.claim)][1].value
    return said if right else max((step.low, step.high), key=lambda end: abs(end - said))
