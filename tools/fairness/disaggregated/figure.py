"""The picture of ``disaggregated_evaluation``: the groups with their intervals, worst first, and everybody as a line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tools.fairness.disaggregated import text
from tools.fairness.disaggregated.records import LOW_IS_BAD, Group, Measured, Panel
from tools.figures import FAINT, INK, OCHRE, PAPER, TEAL, drawing, svg
from tools.finding import Figure, Lang, both, french
from tools.numbers import number, p_value, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, ROW = 7.6, 0.44  # inches: the figure, a row
MOST_ROWS = 16


def forest(m: Measured, specimen: str, seed: int, lang: Lang) -> Figure:
    """One row a group, worst first, one panel a classifier; the value of everybody as a line."""
    names = _rows(m)
    head = 0.36 if len(m.panels) > 1 else 0.1  # inches for the panels' names
    height = ROW * len(names) + 0.85 + head
    with drawing(french(text.headline(m, lang)), _subtitle(m, specimen, seed, lang), WIDTH, height) as (figure, first):
        full = figure.get_figheight()
        labels = [_label(m, name, lang) for name in names]
        left = min(0.36, 0.03 + 0.0105 * max(len(line) for label in labels for line in label.split("\n")))
        step = (0.985 - left) / len(m.panels)
        span = _span(m)
        for i, panel in enumerate(m.panels):
            axes = first if i == 0 else figure.add_axes((0.5, 0.5, 0.1, 0.1))
            axes.set_position(
                (left + i * step, 0.56 / full, step * (0.93 if len(m.panels) > 1 else 1), (height - 0.62 - head) / full)
            )
            _panel(axes, m, panel, names, lang)
            axes.set_xlim(*span)
            axes.set_yticks(range(len(names))[::-1], labels if i == 0 else [""] * len(names), fontsize=9)
            axes.tick_params(axis="y", length=0)
            axes.spines["left"].set_visible(False)
            scale(axes, m, lang, len(m.panels))
        middle = left + (0.985 - left) / 2
        figure.text(middle, 0.10 / full, axis_name(m, lang), ha="center", fontsize=9.5)
        return svg(figure, "groups", both(forest_alt, m), lang)


def _rows(m: Measured) -> list[str]:
    """The groups' (English) names in the order of the rows: by their mean over the panels, the ranked ones first."""
    place = {group.name.en: (0.0, 0, False) for panel in m.panels for group in panel.groups}
    for panel in m.panels:
        for group in panel.groups:
            total, seen, ranked = place[group.name.en]
            if not math.isnan(group.value):
                place[group.name.en] = (total + group.value, seen + 1, ranked or group.ranked)
    sign = 1 if m.metric in LOW_IS_BAD else -1
    shown = [name for name, (_, seen, _) in place.items() if seen]
    shown.sort(key=lambda name: (not place[name][2], sign * place[name][0] / place[name][1]))
    return shown[:MOST_ROWS]


def _find(panel: Panel, name: str) -> Group | None:
    return next((group for group in panel.groups if group.name.en == name), None)


def _label(m: Measured, name: str, lang: Lang) -> str:
    """The group's name and its n (of the first panel)."""
    group = next(found for panel in m.panels if (found := _find(panel, name)))
    shown = group.name.get(lang)
    shown = shown if len(shown) <= 30 else shown[:29] + "…"
    return f"{shown}\n{text.people(group.n, lang)}"


def _panel(axes: Axes, m: Measured, panel: Panel, names: list[str], lang: Lang) -> None:
    """The groups of one panel, the line of everybody, the panel's name."""
    top = len(names) - 0.42
    axes.set_ylim(-0.55, len(names) - 0.2)
    axes.plot([panel.overall.value] * 2, [-0.55, top], color=OCHRE, linewidth=1.4, zorder=1)
    everybody = text.value(m, panel.overall.value, lang)
    words = ("everybody " if lang == "en" else "ensemble ") + everybody
    axes.annotate(
        words, (panel.overall.value, top), xytext=(3, -1), textcoords="offset points", color="#8a5700", fontsize=8
    )
    if len(m.panels) > 1:
        axes.set_title(panel.title.get(lang), fontsize=10.5, fontweight="bold", pad=8, loc="left")
    small = sum(1 for name in names if (found := _find(panel, name)) and not found.ranked)
    if small and len(m.panels) == 1:
        axes.axhline(small - 0.38, color=FAINT, linewidth=0.7, linestyle=(0, (2, 3)))
        words = "under 30 people: not compared" if lang == "en" else "moins de 30 personnes : non comparés"
        axes.annotate(words, (1, small - 0.38), xycoords=("axes fraction", "data"), xytext=(0, 3), textcoords="offset points", ha="right", fontsize=8, color="#5b5850")  # fmt: skip
    for row, name in enumerate(names):
        group, y = _find(panel, name), len(names) - 1 - row
        if group is None or math.isnan(group.value):
            continue
        colour = TEAL if group.ranked else FAINT
        if not math.isnan(group.low):
            axes.plot(
                [group.low, group.high], [y, y], color=colour, linewidth=6, alpha=0.32, solid_capstyle="butt", zorder=2
            )
        axes.plot(
            [group.value], [y], "o", color=colour, markersize=6.5, mfc=colour if group.ranked else "none", zorder=3
        )
        axes.annotate(
            text.value(m, group.value, lang), (group.value, y), xytext=(0, 6), textcoords="offset points", ha="center",
            fontsize=9, color=INK if group.ranked else "#5b5850", zorder=4,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.6, "alpha": 0.85},
        )  # fmt: skip


def _span(m: Measured) -> tuple[float, float]:
    """The axis: from zero for rates that leave room for it, around the intervals otherwise."""
    seen = [x for panel in m.panels for g in panel.groups for x in (g.low, g.high, g.value) if not math.isnan(x)]
    low, high = min(seen), max(seen)
    if m.is_share and m.metric not in LOW_IS_BAD:
        low = 0.0
    if m.metric in ("mean_error", "absolute_error"):
        low, high = min(low, 0.0), max(high, 0.0)
    room = (high - low or 1) * (0.07 if len(m.panels) == 1 else 0.13)
    return low - room, high + room


def scale(axes: Axes, m: Measured, lang: Lang, panels: int) -> None:
    """Ticks in per cent or in numbers, with the comma of French."""
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(4 if panels > 1 else 7, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(lambda x, _: _tick(m, x, lang))
    axes.tick_params(axis="x", labelsize=8.5)


def _tick(m: Measured, x: float, lang: Lang) -> str:
    if not m.is_share:
        return number(x, lang, 2) if abs(x) < 10 and x else number(x, lang, 0)
    return percent(round(x, 6), lang, 0 if abs(100 * x - round(100 * x)) < 1e-6 else 1)


def axis_name(m: Measured, lang: Lang) -> str:
    """What the horizontal axis measures."""
    name = text.METRICS[m.metric].get(lang)
    return f"{name}, 95% intervals" if lang == "en" else f"{name}, intervalles à 95\u202f%"


def _subtitle(m: Measured, specimen: str, seed: int, lang: Lang) -> str:
    """n, comparisons that remain, specimen, seed."""
    n, kept, tests = m.panels[m.lead].overall.n, len(m.surviving), len(m.pairs)
    shown = specimen if len(specimen) <= 34 else specimen[:33] + "…"
    if lang == "en":
        remain = "1 gap" if tests == 1 else f"{kept} of {tests} gaps"
        remain += (
            f", {p_value(m.pairs[0].p, lang)}"
            if tests == 1
            else f" remain{'s' if kept == 1 else ''} after correction (Holm)"
        )
        return f"{text.people(n, lang)} · {remain} · {shown} · seed {seed}"
    if tests == 1:
        return f"{text.people(n, lang)} · 1 écart, {p_value(m.pairs[0].p, lang)} · {shown} · graine {seed}"
    resist = "résistent" if kept > 1 else "résiste"
    ecarts = "écarts" if kept > 1 else "écart"
    return f"{text.people(n, lang)} · {kept} {ecarts} sur {tests} {resist} à la correction (Holm) · {shown} · graine {seed}"


def forest_alt(m: Measured, lang: Lang) -> str:
    """The figure in words, with its numbers."""
    told = []
    for panel in m.panels:
        listed = [
            f"{group.name.get(lang)} {text.value(m, group.value, lang)} ({text.span(m, group.low, group.high, lang)}, {text.people(group.n, lang)})"
            for group in panel.groups[:MOST_ROWS]
            if not math.isnan(group.value) and not math.isnan(group.low)
        ]
        whole = ("everybody " if lang == "en" else "tout le monde ") + text.value(m, panel.overall.value, lang)
        told.append(f"{panel.title.get(lang)}{':' if lang == 'en' else ' :'} {'; '.join([*listed, whole]) if lang == 'en' else ' ; '.join([*listed, whole])}")  # fmt: skip
    what = text.METRICS[m.metric].get(lang)
    head = (
        f"Points with intervals, {what} by group." if lang == "en" else f"Points avec intervalles, {what} par groupe."
    )
    return f"{head} {'. '.join(told)}."
