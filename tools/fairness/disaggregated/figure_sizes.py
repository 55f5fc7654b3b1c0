"""The second picture of ``disaggregated_evaluation``: the same values on fewer people, and what they could then stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.fairness.disaggregated import text
from tools.fairness.disaggregated.figure import WIDTH, axis_name, scale
from tools.fairness.disaggregated.measure import enough, what_if
from tools.figures import INK, OCHRE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both, french
from tools.numbers import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.fairness.disaggregated.records import Group, Measured, Panel

SHADES = (0.22, 0.4, 0.62, 0.85)  # of the intervals, fewest people first


def smaller(m: Measured, specimen: str, lang: Lang) -> Figure | None:
    """The intervals of the lead panel's extreme groups, had they n people: why a small test cannot tell."""
    panel = m.panels[m.lead]
    if not m.sizes or len(panel.ranked) < 2:
        return None
    pair = panel.ends
    with drawing(
        french(_title(m, lang)), _under(m, panel, specimen, lang), WIDTH, 0.30 * 2 * (len(m.sizes) + 1) + 1.35
    ) as (
        figure,
        axes,
    ):
        _nested(axes, m, list(pair), lang)
        return svg(figure, "sizes", both(smaller_alt, m), lang)


def _nested(axes: Axes, m: Measured, groups: list[Group], lang: Lang) -> None:
    """One bar a group and n; the fewest people first, in the faintest shade; the real n last, with a border."""
    ticks: list[tuple[float, str]] = []
    y = 0.0
    for group, colour in zip(groups, (OCHRE, TEAL), strict=True):
        bars = [(n, what_if(group, n, m.metric)) for n in sorted(m.sizes)] + [(group.n, (group.low, group.high))]
        told = f"{group.name.get(lang)}, {text.value(m, group.value, lang)}"
        axes.annotate(told, (0, y), xycoords=("axes fraction", "data"), xytext=(4, 1), textcoords="offset points", fontsize=9.5, fontweight="bold")  # fmt: skip
        for i, (n, (low, high)) in enumerate(bars):
            y -= 1
            real = i == len(bars) - 1
            shade = SHADES[min(i, len(SHADES) - 1)]
            axes.plot(
                [low, high], [y, y], color=colour, linewidth=9, alpha=0.85 if real else shade, solid_capstyle="butt"
            )
            ticks.append(
                (
                    y,
                    ("measured, " if lang == "en" else "mesuré, ") + text.people(n, lang)
                    if real
                    else text.people(n, lang),
                )
            )
        axes.plot([group.value] * 2, [y - 0.4, y + len(bars) - 0.5], color=INK, linewidth=1.1)
        y -= 1.3
    axes.set_yticks([at for at, _ in ticks], [label for _, label in ticks], fontsize=9)
    axes.set_ylim(y + 0.7, 0.9)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    box = axes.get_position()
    axes.set_position((0.2, box.y0, 0.77, box.height))
    axes.margins(x=0.04)
    scale(axes, m, lang, 1)
    axes.set_xlabel(axis_name(m, lang), fontsize=9.5)


def _title(m: Measured, lang: Lang) -> str:
    worst, best = m.panels[m.lead].ends
    n, least = min(m.sizes), enough(worst, best, m.metric)
    within = text.span(m, *what_if(worst, n, m.metric), lang)
    shown = text.value(m, worst.value, lang)
    people = number(n, lang, 0)
    if least is not None and n < least:
        return (
            f"With {people} people a group these two values could not be told apart; it takes about {number(least, lang, 0)}"
            if lang == "en"
            else f"À {people} personnes par groupe, ces deux valeurs ne se distingueraient pas ; il en faut environ {number(least, lang, 0)}"
        )
    return (
        f"With only {people} people, this {shown} could be anything from {within}"
        if lang == "en"
        else f"Avec {people} personnes, {text.those(m, lang)} {shown} {text.could(m)} valoir de {within}"
    )


def _under(m: Measured, panel: Panel, specimen: str, lang: Lang) -> str:
    name = specimen if len(m.panels) == 1 else f"{panel.title.get(lang)} · {specimen}"
    return (
        f"The same values, had each group n people · 95% intervals · {name}"
        if lang == "en"
        else f"Les mêmes valeurs, si chaque groupe comptait n personnes · intervalles à 95\u202f% · {name}"
    )


def smaller_alt(m: Measured, lang: Lang) -> str:
    """The second figure in words."""
    told = []
    for group in m.panels[m.lead].ends:
        bars = [f"{text.people(n, lang)}, {text.span(m, *what_if(group, n, m.metric), lang)}" for n in sorted(m.sizes)]
        bars.append(f"{text.people(group.n, lang)}, {text.span(m, group.low, group.high, lang)}")
        told.append(f"{group.name.get(lang)}, {text.value(m, group.value, lang)} ({'; '.join(bars) if lang == 'en' else ' ; '.join(bars)})")  # fmt: skip
    return ("Intervals of the same value for several n. " if lang == "en" else "Intervalles de la même valeur pour plusieurs n. ") + ". ".join(told) + "."  # fmt: skip
