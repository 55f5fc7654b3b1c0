"""A comparison of two prompts as a finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.exercise_checks import Check
from knowledge.exercise_checks import names as names_of
from tools.finding import Cell, Estimate, Finding, Lang, Table, Text, both
from tools.prompting import text
from tools.prompting.figure import slopes
from tools.prompting.pairs import CONFIDENCE, Pair, average
from tools.prompting.text import Sides
from tools.prompting.trial import Items, Sheet

QUESTION = Text(
    en="Does the second prompt do better than the first, on the same items?",
    fr="Le second prompt fait-il mieux que le premier, sur les mêmes éléments ?",
)
VERSION = "1"


@dataclass(frozen=True)
class Compared:
    """Everything that a finding of two prompts is made of."""

    a: Sheet
    b: Sheet
    pair: Pair
    items: Items
    checks: tuple[Check, ...]
    sides: Sides
    seed: int
    pass_mark: float | None = None
    arguments: dict[str, Any] = field(default_factory=dict)
    rerun: str = ""
    private: bool = False


def finding(c: Compared, lang: Lang) -> Finding:
    """The finding: the difference first, both means, the items side by side with the worst first, the checks, the figure."""
    return Finding(
        tool="prompt_pair",
        version=VERSION,
        question=QUESTION,
        arguments={"a": c.a.prompt.model_dump(mode="json"), "b": c.b.prompt.model_dump(mode="json"), **c.arguments},
        seed=c.seed,
        specimen=c.b.specimen,
        seconds=c.a.seconds + c.b.seconds,
        estimates=estimates(c),
        tables=[items_table(c), checks_table(c)],
        figures=[slopes(c.a, c.b, c.pair, c.sides, c.seed, lang)],
        summary=both(text.summary, c.pair, c.sides),
        how_to_read=both(text.how_to_read, names_of(c.checks), c.pair),
        limits=both(text.limits, c.pair, c.checks),
        rerun=c.rerun,
        private=c.private,
    )


def estimates(c: Compared) -> list[Estimate]:
    """The difference, and the mean of each prompt with its interval."""
    p = c.pair
    confidence = None if p.low is None else CONFIDENCE
    mark = Text(en="mark to reach", fr="note à atteindre")
    found = [
        Estimate(
            name="difference", label=Text(en="difference of the scores", fr="différence des notes"), value=p.difference,
            low=p.low, high=p.high, confidence=confidence, p=p.p, n=p.n, baseline=0.0,
            baseline_label=Text(en="no difference", fr="aucune différence"),
            test=Text(en="sign-flip permutation, two-sided", fr="permutation des signes, bilatérale"),
        )
    ]  # fmt: skip
    for name, sheet, side, goal in (("mean_a", c.a, c.sides.a, None), ("mean_b", c.b, c.sides.b, c.pass_mark)):
        low, high = average(sheet.scores, c.seed) if p.low is not None else (None, None)
        found.append(
            Estimate(
                name=name, label=Text(en=f"mean score, {side.en}", fr=f"note moyenne, {side.fr}"), value=sheet.mean,
                low=low, high=high, confidence=confidence, n=p.n, baseline=goal, baseline_label=mark if goal else None,
            )
        )  # fmt: skip
    return found


def items_table(c: Compared) -> Table:
    """One row an item, those that got worse first."""
    rows: list[list[Cell]] = []
    told, right = shown(c.a, c.b, c.items), expected(c.checks)
    for i in order(c.a, c.b):
        a, b, item = c.a.replies[i], c.b.replies[i], c.items[i]
        says, wanted = listed(item, told), listed(item, right)
        rows.append([i + 1, says, wanted, a.text, b.text, a.score, b.score, b.score - a.score])
    columns = [
        Text(en="item", fr="élément"), Text(en="what it says", fr="ce qu’il dit"), Text(en="expected", fr="attendu"),
        Text(en=f"reply to {c.sides.a.en}", fr=f"réponse, {c.sides.a.fr}"),
        Text(en=f"reply to {c.sides.b.en}", fr=f"réponse, {c.sides.b.fr}"),
        Text(en="score before", fr="note avant"), Text(en="score after", fr="note après"), Text(en="difference", fr="différence"),
    ]  # fmt: skip
    title = Text(
        en="Item by item, those that got worse first", fr="Élément par élément, d’abord ceux qui font moins bien"
    )
    return Table(name="items", title=title, columns=columns, rows=rows)


def order(a: Sheet, b: Sheet) -> list[int]:
    """Item numbers, from the one that lost most to the one that gained most; among equals, the lowest score first."""
    first, second = a.scores, b.scores
    return sorted(range(len(first)), key=lambda i: (second[i] - first[i], second[i], i))


def shown(a: Sheet, b: Sheet, items: Items) -> list[str]:
    """The fields of the items that the prompts show."""
    return [name for name in dict.fromkeys((*a.prompt.fields(), *b.prompt.fields())) if name in items[0]]


def expected(checks: Sequence[Check]) -> list[str]:
    """The fields that the checks compare the replies with, short of whole texts."""
    return list(dict.fromkeys(name for check in checks if check.kind != "grounded" for name in check.reads()))


def listed(item: Mapping[str, str], fields: Sequence[str]) -> str:
    """What an item says in these fields, on one line."""
    return " · ".join(item[name] for name in fields)


def checks_table(c: Compared) -> Table:
    """The mean of every check under both prompts."""
    rows: list[list[Cell]] = []
    for name in names_of(c.checks):
        first, second = (sum(r.scores[name] for r in sheet.replies) / len(sheet.replies) for sheet in (c.a, c.b))
        rows.append([text.label(name), first, second, second - first])
    tokens: list[Cell] = [Text(en="tokens received for an item (mean)", fr="tokens reçus par élément (moyenne)")]
    if c.a.tokens is not None and c.b.tokens is not None:
        rows.append([*tokens, c.a.tokens, c.b.tokens, c.b.tokens - c.a.tokens])
    columns = [
        Text(en="check", fr="contrôle"), Text(en="before", fr="avant"), Text(en="after", fr="après"),
        Text(en="difference", fr="différence"),
    ]  # fmt: skip
    return Table(name="checks", title=Text(en="Check by check", fr="Contrôle par contrôle"), columns=columns, rows=rows)
