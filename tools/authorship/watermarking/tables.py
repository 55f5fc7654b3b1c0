"""The estimates and the tables of the demonstration: the strengths, the changes, the texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.authorship.watermarking import text
from tools.authorship.watermarking.measure import CONFIDENCE, geometric, mean, ratio
from tools.finding import Cell, Estimate, Table, Text
from tools.proportions import wilson

if TYPE_CHECKING:
    from tools.authorship.watermarking.measure import Shown

T_COLUMN = Text(en="Tokens counted (T)", fr="Tokens comptés (T)")
LOW, HIGH = Text(en="Low (95%)", fr="Bas (95 %)"), Text(en="High", fr="Haut")
FOUND = Text(en="Found", fr="Trouvée")
TEXTS = Text(en="Texts", fr="Textes")
GREEN = Text(en="Green share", fr="Part verte")
LONGEST = 1_500  # characters of a text that the table shows


def estimates(m: Shown) -> list[Estimate]:
    """z with and without the mark, who is found, the price, and z after every change."""
    n = len(m.marked)
    found = []

    def add(
        name: str, label: Text, interval: tuple[float, float | None, float | None], baseline: float, about: Text
    ) -> None:
        value, low, high = interval
        found.append(
            Estimate(
                name=name, label=label, value=value, low=low, high=high, confidence=None if low is None else CONFIDENCE,
                n=n, baseline=baseline, baseline_label=about,
            )
        )  # fmt: skip

    add("z_marked", text.Z_MARKED, mean([one.detection.z for one in m.marked]), 0, text.NOTHING)
    add("z_plain", text.Z_PLAIN, mean([one.detection.z for one in m.plain]), 0, text.NOTHING)
    for name, label, group, baseline, about in (
        ("found", text.FOUND, m.marked, 1.0, text.ALL), ("false_alarms", text.ALARMS, m.plain, 0.0, text.NONE),
    ):  # fmt: skip
        count = sum(one.detection.found for one in group)
        add(name, label, (count / n, *wilson(count, n)), baseline, about)
    add("perplexity_ratio", text.COST, ratio(m), 1, text.FREE)
    for worn in m.worn[1:]:
        name = f"z_{worn.attack}" + ("" if worn.attack == "translate" else f"_{round(100 * worn.share)}")
        label = Text(en=f"z, {text.attack(worn, 'en')}", fr=f"z, {text.attack(worn, 'fr')}")
        add(name, label, mean(worn.z), 0, text.NOTHING)
    if m.hoped:
        counted = sum(one.detection.scored for one in m.marked) / n
        found.append(Estimate(name="z_promised", label=text.EXPECTED, value=m.hoped.z(round(counted)), n=n))
    return found


def strengths_table(m: Shown) -> Table:
    """One row a strength: how green, z, who is found, perplexity."""
    columns = [
        Text(en="Strength δ", fr="Force δ"), TEXTS, GREEN, Text(en="z, mean", fr="z, moyenne"), LOW, HIGH, FOUND,
        Text(en="Perplexity", fr="Perplexité"), LOW, HIGH,
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for delta in m.deltas:
        group = m.at(delta)
        found = sum(one.detection.found for one in group)
        rows.append(
            [delta, len(group), text.share(group), *mean([one.detection.z for one in group]), found, *geometric(group)]
        )
    title = Text(en="Strength of the mark against quality of the text", fr="Force de la marque et qualité du texte")
    return Table(name="strengths", title=title, columns=columns, rows=rows)


def attacks_table(m: Shown) -> Table:
    """One row a change: tokens left, words left, z with its interval, what arithmetic expects, who is found."""
    columns = [
        Text(en="Change", fr="Changement"), TEXTS, T_COLUMN, Text(en="Words left", fr="Mots restants"), Text(en="z, mean", fr="z, moyenne"),
        LOW, HIGH, Text(en="z by arithmetic", fr="z par l’arithmétique"), FOUND,
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            Text(en=text.attack(one, "en"), fr=text.attack(one, "fr")), len(one.z), float(one.scored.mean()), float(one.kept.mean()),
            *mean(one.z), one.predicted, one.found,
        ]
        for one in m.worn
    ]  # fmt: skip
    title = Text(en="What wears the mark off", fr="Ce qui use la marque")
    return Table(name="attacks", title=title, columns=columns, rows=rows)


def texts_table(m: Shown) -> Table:
    """Every text, with its strength, T, green share, z and perplexity."""
    columns = [
        Text(en="Strength δ", fr="Force δ"),
        T_COLUMN,
        GREEN,
        Text(en="z", fr="z"),
        Text(en="Perplexity", fr="Perplexité"),
        Text(en="Text", fr="Texte"),
    ]
    rows: list[list[Cell]] = [
        [one.delta, one.detection.scored, one.detection.share, one.detection.z, one.perplexity, " ".join(one.text.split())[:LONGEST]]
        for one in m.samples
    ]  # fmt: skip
    title = Text(en="The texts", fr="Les textes")
    return Table(name="texts", title=title, columns=columns, rows=rows)
