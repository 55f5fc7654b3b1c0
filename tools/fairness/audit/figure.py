"""The threshold explorer: both error rates and the precision of two groups at every threshold, the current one marked."""

from __future__ import annotations

from itertools import pairwise
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from tools.fairness.audit import metrics, names, text
from tools.fairness.audit.measure import Measured
from tools.figures import INK, OCHRE, PAPER, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.numbers import number, percent
from tools.proportions import wilson

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS, LINES = (TEAL, PURPLE), ("-", (0, (5, 2)))
PANELS = {
    "fpr": ("False positive rate\nflagged, without the outcome", "Taux de faux positifs\nsignalés sans le résultat"),
    "fnr": ("False negative rate\nmissed, with the outcome", "Taux de faux négatifs\nmanqués avec le résultat"),
    "ppv": ("Precision\nwith the outcome, of the flagged", "Précision\navec le résultat, des signalés"),
}


def explorer(m: Measured, seed: int, lang: Lang) -> Figure:
    """Three panels over all thresholds; the dotted line is what the base rate forces."""
    with drawing(text.title(m, lang), text.subtitle(m, seed, lang), width=8.4, height=4.0) as (figure, axes):
        box = axes.get_position()
        axes.set_axis_off()
        width, space = 0.262, 0.058
        for place, name in enumerate(PANELS):
            panel = figure.add_axes((0.065 + place * (width + space), box.y0 + 0.02, width, box.height - 0.10))
            _panel(panel, m, name, lang)
        label = {"en": "threshold: flagged from this score on", "fr": "seuil : signalé à partir de ce score"}[lang]
        figure.text(0.52, 0.015, label, ha="center", fontsize=9.5)
        return svg(figure, "thresholds", both(_alt, m), lang)


def _panel(axes: Axes, m: Measured, name: str, lang: Lang) -> None:
    """One rate of both groups over the thresholds, with its intervals."""
    axes.set_title(PANELS[name][0 if lang == "en" else 1], fontsize=9, loc="left", color=INK, pad=9)
    axes.axvline(m.case.threshold, color=OCHRE, linewidth=1.3, zorder=1)
    at = int(np.searchsorted(m.at, m.case.threshold))
    marker = "o" if len(m.at) <= 20 else ""
    for place, group in enumerate(m.pair):
        counts = m.curve[:, group]
        values = metrics.rate(counts, name)
        above, below = metrics.parts(counts, name)
        ends = np.array([wilson(int(a), int(b)) for a, b in zip(above, below, strict=True)])
        firm = (below >= 10) | (m.at == m.case.threshold)  # a rate of fewer than ten people jumps about: not drawn
        axes.fill_between(m.at, ends[:, 0], ends[:, 1], where=firm, color=COLOURS[place], alpha=0.15, linewidth=0)
        axes.plot(
            m.at,
            np.where(firm, values, np.nan),
            color=COLOURS[place],
            linestyle=LINES[place],
            marker=marker,
            markersize=3.5,
            linewidth=1.8,
        )
        axes.plot([m.case.threshold], [values[at]], "o", color=COLOURS[place], markersize=7, zorder=4)
    lines = _values(m, name, at, lang)
    if name == "fpr":
        lines += _forced(axes, m, at, lang)
    _corner(axes, name, lines)
    axes.set_ylim(-0.02, 1.02)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], [percent(y, lang) for y in (0, 0.25, 0.5, 0.75, 1)], fontsize=8)
    low, high = float(m.at[0]), float(m.at[-1])
    axes.set_xlim(low - 0.03 * (high - low), high + 0.03 * (high - low))
    if len(m.at) <= 12:
        axes.set_xticks(m.at, [names.plain(float(x), lang) for x in m.at], fontsize=8)
    else:
        axes.xaxis.set_major_formatter(lambda x, _: names.plain(round(float(x), 3), lang))
        axes.tick_params(axis="x", labelsize=8)


def _values(m: Measured, name: str, at: int, lang: Lang) -> list[tuple[str, str]]:
    """Both groups with their values at the current threshold, the higher one first, each with its colour."""
    values = [float(metrics.rate(m.curve[at, group], name)) for group in m.pair]
    order = sorted(range(2), key=lambda place: -np.nan_to_num(values[place]))
    return [(f"{_short(m, place, lang)} {text.share(values[place], lang, 1)}", COLOURS[place]) for place in order]


def _short(m: Measured, place: int, lang: Lang) -> str:
    """A group's name, cut when a panel cannot hold it."""
    name = names.group(m.case, m.pair[place], lang)
    if len(name) > 20 and ", " in name:
        return ", ".join(part if len(part) <= 10 else part[:9] + "." for part in name.split(", "))
    return name if len(name) <= 20 else name[:19] + "…"


def _corner(axes: Axes, name: str, lines: list[tuple[str, str]]) -> None:
    """The lines in the corner that the curves leave free: FPR falls, FNR rises, precision stays high."""
    right, top = name != "fnr", name != "ppv"
    for row, (said, colour) in enumerate(lines):
        y = 0.985 - 0.08 * row if top else 0.03 + 0.08 * (len(lines) - 1 - row)
        axes.annotate(
            said, (0.99 if right else 0.02, y), xycoords="axes fraction", ha="right" if right else "left", zorder=5,
            va="top" if top else "bottom", fontsize=7.8 if colour == INK else 8.4, color=colour, linespacing=1.25,
            fontweight="normal" if colour == INK else "bold", bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.75, "pad": 0.6},
        )  # fmt: skip


def _forced(axes: Axes, m: Measured, at: int, lang: Lang) -> list[tuple[str, str]]:
    """Draws the first group's FPR, had it the precision and misses of the second; the lines that say so."""
    first, second = m.pair
    base = metrics.rate(m.curve[:, first], "base_rate")
    ppv, fnr = (metrics.rate(m.curve[:, second], name) for name in ("ppv", "fnr"))
    line = metrics.implied_fpr(base, ppv, fnr)
    axes.plot(m.at, np.where(line <= 1.02, line, np.nan), color=INK, linestyle=":", linewidth=1.6, zorder=3)
    one, other = _short(m, 0, lang), _short(m, 1, lang)
    value = text.share(float(line[at]), lang, 1)
    if lang == "en":
        return [(f"dotted: {one}\nwith the precision and\nmisses of {other}: {value}", INK)]
    return [(f"pointillé : {one}\navec la précision et les\noublis de {other} : {value}", INK)]


def _alt(m: Measured, lang: Lang) -> str:
    cut = names.threshold(m.case, lang)
    start = (
        f"Three curves for each group over {len(m.at)} thresholds; at {cut}:"
        if lang == "en"
        else f"Trois courbes par groupe sur {len(m.at)} seuils ; à {cut} :"
    )
    labels = {
        "en": ("false positives", "false negatives", "precision"),
        "fr": ("faux positifs", "faux négatifs", "précision"),
    }
    parts = [f"{label} {text.pair(m, name, lang)}" for label, name in zip(labels[lang], PANELS, strict=True)]
    return f"{start} {', '.join(parts)}. {text.forced(m, lang)}"


def calibration(m: Measured, seed: int, lang: Lang) -> Figure:
    """The share with the outcome at each score, for both groups, with intervals."""
    c = m.calibration
    with drawing(_calibrated(m, lang), text.subtitle(m, seed, lang), height=3.5) as (figure, axes):
        middles = [(low + high) / 2 for low, high in c.bands]
        step = min((b - a for a, b in pairwise(middles)), default=1.0)
        for place, group in enumerate(m.pair):
            there = [i for i in range(len(middles)) if c.n[i, group]]
            x = [middles[i] + (place - 0.5) * 0.16 * step for i in there]
            y = [c.hits[i, group] / c.n[i, group] for i in there]
            bars = [wilson(int(c.hits[i, group]), int(c.n[i, group])) for i in there]
            for at, (low, high) in zip(x, bars, strict=True):
                axes.plot([at, at], [low, high], color=COLOURS[place], alpha=0.4, linewidth=3, solid_capstyle="butt")
            axes.plot(x, y, color=COLOURS[place], linestyle=LINES[place], marker="o", markersize=5, linewidth=1.5)
        if len(middles) <= 12 and all(low == high for low, high in c.bands):
            axes.set_xticks(middles, [names.plain(x, lang) for x in middles])
        else:
            axes.xaxis.set_major_formatter(lambda x, _: names.plain(round(float(x), 3), lang))
        single = all(low == high for low, high in c.bands)
        axes.axvline(m.case.threshold - (0.5 * step if single else 0), color=OCHRE, linewidth=1.3, zorder=1)
        axes.set_ylim(-0.02, 1.02)
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1], [percent(y, lang) for y in (0, 0.25, 0.5, 0.75, 1)])
        _named(axes, m, y[-1] >= y[0], lang)
        axes.set_xlabel(
            {"en": "score (flagged to the right of the line)", "fr": "score (signalé à droite de la ligne)"}[lang]
        )
        return svg(figure, "calibration", both(_calibrated_alt, m), lang)


def _named(axes: Axes, m: Measured, rising: bool, lang: Lang) -> None:
    """What the height says, on as many lines as it needs, then both groups: in the corner that the curves leave free."""
    yes = names.outcome(m.case, lang)[0]
    said = {"en": f"height: share of {yes}", "fr": f"hauteur\u202f: part des {yes.removeprefix('les ')}"}[lang]
    lines = [(fill(said, 54), INK)] + [
        (names.group(m.case, group, lang), COLOURS[at]) for at, group in enumerate(m.pair)
    ]
    y = 0.03
    for words, colour in reversed(lines):
        axes.annotate(
            words, (0.985 if rising else 0.02, y), xycoords="axes fraction", ha="right" if rising else "left", va="bottom",
            fontsize=8.5 if colour == INK else 9.5, color=colour, fontweight="normal" if colour == INK else "bold",
            bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.75, "pad": 0.6},
        )  # fmt: skip
        y += 0.09


def _calibrated(m: Measured, lang: Lang) -> str:
    _, low, high = m.calibration.gap
    gap = text.points(m.calibration.gap, lang)
    same = low <= 0 <= high
    first, second = (names.group(m.case, group, lang) for group in m.pair)
    if lang == "en":
        return (
            f"The same score means about the same in both groups: a difference of {gap}"
            if same
            else f"The same score does not mean quite the same: {first} minus {second}, {gap}"
        )
    return (
        f"Un même score veut dire à peu près la même chose dans les deux groupes : écart de {gap}"
        if same
        else f"Un même score ne veut pas dire tout à fait la même chose : {first} moins {second}, {gap}"
    )


def _calibrated_alt(m: Measured, lang: Lang) -> str:
    c = m.calibration
    parts = []
    for (low, high), n, hits in zip(c.bands, c.n, c.hits, strict=True):
        band = names.plain(low, lang) if low == high else f"{number(low, lang)}–{number(high, lang)}"
        two = [percent(hits[g] / n[g], lang) if n[g] else "–" for g in m.pair]
        parts.append(f"{band}: {two[0]}, {two[1]}" if lang == "en" else f"{band} : {two[0]} et {two[1]}")
    who = [names.group(m.case, group, lang) for group in m.pair]
    start = f"Share with the outcome by score, {who[0]} and {who[1]}. " if lang == "en" else f"Part avec le résultat selon le score, {who[0]} et {who[1]}. "  # fmt: skip
    return start + ("; " if lang == "en" else " ; ").join(parts) + f". {_calibrated(m, lang)}."
