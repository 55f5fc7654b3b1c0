"""Every group, one lane each: both error rates and the precision with their intervals, small groups in grey."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tools.fairness.audit import names, text
from tools.fairness.audit.case import SMALLEST
from tools.fairness.audit.measure import Measured
from tools.figures import FAINT, INK, OCHRE, PAPER, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.numbers import number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RATES = ("fpr", "fnr", "ppv")
HEADS = {
    "en": ("false positive rate", "false negative rate", "precision"),
    "fr": ("taux de faux positifs", "taux de faux négatifs", "précision"),
}
MOST = 16  # lanes


def draw(m: Measured, seed: int, lang: Lang) -> Figure:
    """One row a group (the largest first), one panel a rate; the line is everybody together."""
    shown = [at for at in range(len(m.case.names)) if m.case.sizes[at] > 0][:MOST]
    with drawing(_title(m, lang), text.subtitle(m, seed, lang), width=8.4, height=1.35 + 0.3 * len(shown)) as (
        figure,
        axes,
    ):
        box = axes.get_position()
        axes.set_axis_off()
        named = [f"{names.group(m.case, at, lang)} ({number(m.case.sizes[at], lang, 0)})" for at in shown]
        left = min(0.36, 0.03 + 0.0098 * max(len(name) for name in named))
        width = (0.97 - left - 0.06) / 3
        for place, name in enumerate(RATES):
            panel = figure.add_axes((left + place * (width + 0.03), box.y0 - 0.01, width, box.height - 0.05))
            _panel(panel, m, name, shown, lang)
            panel.set_title(HEADS[lang][place], fontsize=9.5, loc="left")
            panel.set_yticks(range(len(shown))[::-1], named if place == 0 else [""] * len(shown), fontsize=9)
        return svg(figure, "groups", both(_alt, m), lang)


def _panel(axes: Axes, m: Measured, name: str, shown: list[int], lang: Lang) -> None:
    from tools.fairness.audit.metrics import with_bounds

    whole = with_bounds(m.counts.sum(axis=0), name)[0]
    if not math.isnan(whole):
        axes.axvline(whole, color=OCHRE, linewidth=1.2, zorder=1)
    for row, at in enumerate(shown):
        y = len(shown) - 1 - row
        value, low, high, n = m.rate(name, at)
        if n == 0:
            continue
        colour = TEAL if at in m.ranked else FAINT
        axes.plot([low, high], [y, y], color=colour, linewidth=5, alpha=0.35, solid_capstyle="butt")
        axes.plot([value], [y], "o", color=colour, markersize=6)
        left = value > 0.72
        ink = INK if at in m.ranked else FAINT
        spot = ((low if left else high), y)
        axes.annotate(
            percent(value, lang, 1), spot, xytext=(-4 if left else 4, -3), textcoords="offset points", fontsize=8, color=ink,
            ha="right" if left else "left", bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.7, "pad": 0.4},
        )  # fmt: skip
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.6, len(shown) - 0.4)
    axes.set_xticks([0, 0.5, 1], [percent(x, lang) for x in (0, 0.5, 1)], fontsize=8)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def _ends(m: Measured) -> tuple[int, int]:
    """The groups with the highest and the lowest false positive rate, where it rests on thirty people or more."""
    firm = [at for at in m.ranked if m.rate("fpr", at)[3] >= SMALLEST] or list(m.pair)
    order = sorted(firm, key=lambda at: -m.rate("fpr", at)[0])
    return order[0], order[-1]


def _title(m: Measured, lang: Lang) -> str:
    high, low = _ends(m)
    a, b = (percent(m.rate("fpr", at)[0], lang, 1) for at in (high, low))
    one, two = (names.group(m.case, at, lang) for at in (high, low))
    if lang == "en":
        return f"False positives are most frequent for {one} ({a}) and least for {two} ({b})"
    return f"Les faux positifs sont les plus fréquents pour : {one} ({a}), les plus rares pour : {two} ({b})"


def _alt(m: Measured, lang: Lang) -> str:
    parts = []
    for at in range(min(len(m.case.names), MOST)):
        if m.case.sizes[at]:
            three = ", ".join(f"{head} {percent(None if math.isnan(m.rate(name, at)[0]) else m.rate(name, at)[0], lang, 1)}" for head, name in zip(HEADS[lang], RATES, strict=True))  # fmt: skip
            small = (
                "" if at in m.ranked else (f" (fewer than {SMALLEST})" if lang == "en" else f" (moins de {SMALLEST})")
            )
            parts.append(f"{names.group(m.case, at, lang)}{small}: {three}" if lang == "en" else f"{names.group(m.case, at, lang)}{small} : {three}")  # fmt: skip
    return ("; " if lang == "en" else " ; ").join(parts) + "."
