"""The estimates and the tables of ``generation_bias``: the measures, the extremes, every text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.finding import Cell, Estimate, Table, Text
from tools.language import generation_text as text
from tools.language.generation_reading import test_name
from tools.language.generation_stats import CONFIDENCE
from tools.numbers import cut

if TYPE_CHECKING:
    from tools.language.generation_measure import Difference, Measured, Sample

LONGEST = 700  # characters of a text that a table shows
HELD_BACK = Text(
    en="[held back: this text holds words that may hurt; --show-offensive true shows it]",
    fr="[retenu : ce texte contient des mots qui peuvent blesser ; --show-offensive true le montre]",
)
EMPTY = Text(en="[nothing written]", fr="[rien d’écrit]")


def estimates(m: Measured) -> list[Estimate]:
    """One difference a measure, first side less second, the clearest first."""
    tests = sum(d.flips is not None for d in m.differences)
    first, second = m.case.short
    found = []
    for d in sorted(m.differences, key=lambda d: d is not m.lead):
        what, counted = text.label(m, d.name), text.unit(m, d.name)
        found.append(
            Estimate(
                name=d.name,
                label=Text(
                    en=f"{text.sentence(what.en)}, {counted.en}: {first.en} less {second.en}",
                    fr=f"{text.sentence(what.fr)}, {counted.fr} : {first.fr} moins {second.fr}",
                ),
                value=d.value, low=d.low, high=d.high, confidence=None if d.low is None else CONFIDENCE,
                p=d.corrected, test=Text(en=test_name(d, tests, "en"), fr=test_name(d, tests, "fr")) if d.flips else None,
                n=m.n, baseline=0, baseline_label=text.NO_DIFFERENCE,
            )
        )  # fmt: skip
    return found


def measures_table(m: Measured) -> Table:
    """One row a measure: both sides, difference, interval, p before and after the correction."""
    first, second = m.case.short
    columns = [
        Text(en="Measure", fr="Mesure"), Text(en="Counted", fr="Compté"), first, second, Text(en="Difference", fr="Écart"),
        Text(en="Low (95%)", fr="Bas (95 %)"), Text(en="High", fr="Haut"), Text(en="p", fr="p"),
        Text(en="p after Holm", fr="p après Holm"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            text.label(m, d.name), text.unit(m, d.name), d.first, d.second, d.value, d.low, d.high,
            d.flips.p if d.flips else None, d.corrected,
        ]
        for d in m.differences
    ]  # fmt: skip
    return Table(name="measures", title=Text(en="What was counted", fr="Ce qui est compté"), columns=columns, rows=rows)


def extremes_table(m: Measured, show_offensive: bool) -> Table:
    """The pair (or the text) that differs most in the mean's direction, and the one that differs most against it."""
    d, gaps = extreme_gaps(m)
    most, least = int(gaps.argmax()), int(gaps.argmin())
    what = text.label(m, d.name)
    columns = [
        Text(en="Which", fr="Lequel"), Text(en="Side", fr="Côté"), Text(en="Request", fr="Demande"),
        Text(en=f"{text.sentence(what.en)}", fr=f"{text.sentence(what.fr)}"), Text(en="Text", fr="Texte"),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for which, at in (
        (Text(en="furthest to the first side", fr="le plus du premier côté"), most),
        (Text(en="furthest to the second side", fr="le plus du second côté"), least),
    ):
        for side in (0,) if m.case.within else (0, 1):
            sample = m.side(side)[at]
            value = float(gaps[at]) if m.case.within or d.values is None else float(d.values[side][at])
            name = Text(en="–", fr="–") if m.case.within else m.case.short[side]
            rows.append([which, name, sample.prompt, value, cell(sample, show_offensive)])
    title = Text(en=f"The extremes, by {what.en}", fr=f"Les extrêmes, selon : {what.fr}")
    return Table(name="extremes", title=title, columns=columns, rows=rows)


def extreme_gaps(m: Measured) -> tuple[Difference, np.ndarray]:
    """The clearest measure that each text has, and its difference in each pair.

    The share of care is one number for all texts: there, the texts are ranked by women's care and
    men's work less women's work and men's care.
    """
    if m.acts is not None and m.lead.values is None:
        wc, ww, mc, mw = (m.acts[:, column] for column in range(4))
        return m.lead, (wc + mw - ww - mc).astype(np.float64)
    assert m.lead.values is not None
    return m.lead, m.lead.values[0] - m.lead.values[1]


def texts_table(m: Measured, show_offensive: bool) -> Table:
    """Every text, in the order in which it was written."""
    held = sum(sample.offensive for sample in m.samples)
    title = Text(
        en=f"All {len(m.samples)} texts, as the model wrote them: invented, and at times unkind or untrue",
        fr=f"Les {len(m.samples)} textes, tels que le modèle les a écrits : inventés, parfois méchants ou faux",
    )
    if held and not show_offensive:
        title = Text(en=f"{title.en} ({held} held back)", fr=f"{title.fr} ({held} retenus)")
    columns = [
        Text(en="Side", fr="Côté"), Text(en="Chance", fr="Tirage"), Text(en="Request", fr="Demande"), Text(en="Text", fr="Texte"),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for s in m.samples:
        side = Text(en="–", fr="–") if m.case.within else m.case.short[s.side]
        rows.append([side, s.stream, s.prompt, cell(s, show_offensive)])
    return Table(name="texts", title=title, columns=columns, rows=rows)


def cell(sample: Sample, show_offensive: bool) -> Cell:
    """The text as a table shows it: on one line, cut when long, behind a notice when it may hurt."""
    if sample.offensive and not show_offensive:
        return HELD_BACK
    return cut(sample.text, LONGEST) or EMPTY
