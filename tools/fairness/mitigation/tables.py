"""Estimates and tables of the corrections: gaps and accuracy, rates by group, whose decisions change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.fairness.audit.metrics import with_bounds
from tools.fairness.mitigation.methods import BLIND
from tools.fairness.mitigation.text import ACCURACY, CHANCE, GAPS, MAJORITY, METHOD
from tools.fairness.mitigation.text import who as name_of
from tools.finding import Cell, Estimate, Table, Text, both, same
from tools.numbers import number, percent

if TYPE_CHECKING:
    from tools.fairness.mitigation.measure import Measured, Value

GROUP = Text(en="Group", fr="Groupe")
CORRECTION = Text(en="Correction", fr="Correction")


def estimates(m: Measured) -> list[Estimate]:
    """For each method the gap and the accuracy, with intervals; then the changes and how many decisions change."""
    found = []
    for name, made in m.methods.items():
        told = METHOD[name]
        found.append(_estimate(f"gap_{name}", GAPS["odds"], told, made.gaps["odds"], m.n, m.chance, CHANCE))
        found.append(_estimate(f"accuracy_{name}", ACCURACY, told, made.accuracy, m.n, m.majority, MAJORITY))
        if name != "none":
            changed = Text(en="change of accuracy", fr="changement d’exactitude")
            found.append(
                _estimate(f"accuracy_change_{name}", changed, told, made.accuracy_change, m.n, 0.0, METHOD["none"])
            )
            narrowed = Text(en="change of the gap", fr="changement de l’écart")
            found.append(_estimate(f"gap_change_{name}", narrowed, told, made.gap_change, m.n, 0.0, METHOD["none"]))
            label = Text(en=f"decisions changed, {told.en}", fr=f"décisions changées, {told.fr}")
            found.append(Estimate(name=f"changed_{name}", label=label, value=made.moved, n=m.n, baseline=0))
    return found


def _estimate(name: str, what: Text, method: Text, value: Value, n: int, baseline: float, label: Text) -> Estimate:
    middle, low, high = (None if part != part else part for part in value)
    return Estimate(
        name=name, label=Text(en=f"{what.en}, {method.en}", fr=f"{what.fr}, {method.fr}"), value=middle, low=low, high=high,
        confidence=0.95, n=n, baseline=baseline, baseline_label=label,
    )  # fmt: skip


def told(value: Value, digits: int = 1) -> Text:
    """A share and its interval: "30.4 (24.1 to 42.4)", in percent or points."""
    written = {}
    for lang, word in (("en", "to"), ("fr", "à")):
        middle, low, high = (number(100 * part, lang, digits) for part in value)
        written[lang] = f"{middle} ({low} {word} {high})"
    return Text(**written)


def price_table(m: Measured) -> Table:
    """One row a method: accuracy, the four gaps, decisions changed, lots, whether the group must be known."""
    rows: list[list[Cell]] = []
    for name in m.order():
        made = m.methods[name]
        lots = Text(en=percent(made.lots, "en", 1), fr=percent(made.lots, "fr", 1)) if made.lots else same("–")
        asked = name not in BLIND and name != "none"
        needs = Text(en="yes" if asked else "no", fr="oui" if asked else "non")
        gaps: list[Cell] = [told(made.gaps[gap]) for gap in GAPS]
        rows.append([METHOD[name], told(made.accuracy), *gaps, made.moved, lots, needs])
    columns = [
        CORRECTION,
        Text(en="Accuracy, %", fr="Exactitude, %"),
        Text(en="Widest gap, points", fr="Plus grand écart, points"),
        Text(en="True positive rate gap", fr="Écart de vrais positifs"),
        Text(en="False positive rate gap", fr="Écart de faux positifs"),
        Text(en="Share flagged gap", fr="Écart de part signalée"),
        Text(en="Decisions changed", fr="Décisions changées"),
        Text(en="Another draw of lots changes", fr="Un autre tirage change"),
        Text(en="Needs the group", fr="Demande le groupe"),
    ]
    title = Text(
        en="The price of each correction (95% intervals)", fr="Le prix de chaque correction (intervalles à 95 %)"
    )
    return Table(name="price", title=title, columns=columns, rows=rows)


def rates_table(m: Measured) -> Table:
    """One row a method and group: people, share flagged, true and false positive rates with Wilson intervals."""
    rows: list[list[Cell]] = []
    for name in m.order():
        for group in range(len(m.people.names)):
            who = both(name_of, m, group)
            counts = m.methods[name].counts[group]
            fnr, fpr = with_bounds(counts, "fnr"), with_bounds(counts, "fpr")
            tpr = (1 - fnr[0], 1 - fnr[2], 1 - fnr[1])
            share = with_bounds(counts, "selection")
            rows.append([METHOD[name], who, int(m.sizes[group]), told(share[:3]), told(tpr), told(fpr[:3])])
    columns = [
        CORRECTION,
        GROUP,
        Text(en="People judged", fr="Personnes jugées"),
        Text(en="Flagged, %", fr="Signalées, %"),
        Text(en="True positive rate, %", fr="Taux de vrais positifs, %"),
        Text(en="False positive rate, %", fr="Taux de faux positifs, %"),
    ]
    title = Text(
        en="Error rates by group (Wilson 95% intervals)", fr="Taux d’erreur par groupe (intervalles de Wilson à 95 %)"
    )
    return Table(name="rates", title=title, columns=columns, rows=rows)


def paid_table(m: Measured) -> Table:
    """One row a method and group: people whose decision changes, by direction and by what was right."""
    rows: list[list[Cell]] = []
    for name in m.order()[1:]:
        for group in range(len(m.people.names)):
            who = both(name_of, m, group)
            move = m.methods[name].moves[group]  # outcome no or yes, then newly or no longer flagged
            rows.append(
                [METHOD[name], who, int(m.sizes[group]), *(int(v) for v in (move[0, 0], move[1, 0], move[0, 1], move[1, 1]))]
            )  # fmt: skip
    columns = [
        CORRECTION,
        GROUP,
        Text(en="People judged", fr="Personnes jugées"),
        Text(en="Newly flagged, wrongly", fr="Nouvellement signalées, à tort"),
        Text(en="Newly flagged, rightly", fr="Nouvellement signalées, à raison"),
        Text(en="No longer flagged, rightly", fr="Plus signalées, à raison"),
        Text(en="No longer flagged, wrongly", fr="Plus signalées, à tort"),
    ]
    title = Text(
        en="Who pays: people whose decision changes, against no correction",
        fr="Qui paie : personnes dont la décision change, par rapport à l’absence de correction",
    )
    return Table(name="paid", title=title, columns=columns, rows=rows)
