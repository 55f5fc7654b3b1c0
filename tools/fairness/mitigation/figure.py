"""The pictures of the corrections: gap against accuracy, and whose decisions change."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from tools.fairness.mitigation import text
from tools.fairness.mitigation.methods import METHODS
from tools.figures import BLUE, FAINT, INK, OCHRE, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.numbers import number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.fairness.mitigation.measure import Measured

PANELS = 3  # groups drawn in the figure of changed decisions, the largest
FAMILY = {"none": (INK, "D"), "thresholds": (TEAL, "o"), "reweighing": (PURPLE, "s"), "reduction": (OCHRE, "^")}


def tradeoff(m: Measured, seed: int, lang: Lang) -> Figure:
    """Accuracy (vertical) against the gap (horizontal), one cross of intervals a method, named in the margin."""
    with drawing(
        text.headline(m, lang),
        text.subtitle(m, seed, lang, "95% intervals" if lang == "en" else "intervalles à 95 %"),
        7.8,
        4.4,
    ) as (figure, axes):
        box = axes.get_position()
        axes.set_position((0.09, box.y0, 0.55, box.height * 0.97))
        axes.axvspan(0, 100 * m.chance, color=FAINT, alpha=0.16, linewidth=0)
        for name, made in m.methods.items():
            colour, mark = FAMILY[name.split("_")[0]]
            gap, right = (tuple(100 * part for part in value) for value in (made.gaps["odds"], made.accuracy))
            axes.plot(gap[1:], [right[0]] * 2, color=colour, linewidth=2, alpha=0.35, zorder=2)
            axes.plot([gap[0]] * 2, right[1:], color=colour, linewidth=2, alpha=0.35, zorder=2)
            axes.plot([gap[0]], [right[0]], mark, color=colour, markersize=8, zorder=3)
        low, high = axes.get_ylim()
        if 100 * m.majority > low - 0.35 * (high - low):
            axes.axhline(100 * m.majority, color=FAINT, linewidth=1.2, linestyle="--", zorder=1)
            axes.annotate(
                text.MAJORITY.get(lang), (1, 100 * m.majority), xycoords=("axes fraction", "data"), ha="right",
                xytext=(-3, -10), textcoords="offset points", fontsize=7.5, color="#5b5850",
            )  # fmt: skip
        axes.set_xlim(0, None)
        axes.annotate(
            "chance" if lang == "en" else "hasard", (100 * m.chance, axes.get_ylim()[0]), ha="right", va="bottom",
            xytext=(-3, 3), textcoords="offset points", fontsize=7.5, color="#5b5850",
        )  # fmt: skip
        _names(axes, m, lang)
        axes.set_xlabel(
            text.GAPS["odds"].get(lang) + (" between groups, points" if lang == "en" else " entre groupes, points")
        )
        axes.set_ylabel("accuracy, %" if lang == "en" else "exactitude, %")
        if lang == "fr":
            axes.yaxis.set_major_formatter(lambda y, _: number(y, "fr", 0 if float(y).is_integer() else 1))
        return svg(figure, "tradeoff", both(tradeoff_alt, m), lang)


def _names(axes: Axes, m: Measured, lang: Lang) -> None:
    """The methods in the right margin at the height of their marks, pushed apart where they would touch."""
    ranked = sorted(m.methods, key=lambda name: -m.methods[name].accuracy[0])
    bottom, top = axes.get_ylim()
    places: list[float] = []
    for name in ranked:
        wanted = (100 * m.methods[name].accuracy[0] - bottom) / (top - bottom)
        places.append(min([wanted, *(place - 0.125 for place in places[-1:])]))
    up = max(0.0, 0.04 - places[-1])
    places = [place + up for place in places]
    for at in range(len(places) - 2, -1, -1):
        places[at] = max(places[at] - up, places[at + 1] + 0.125)
    for name, y in zip(ranked, places, strict=True):
        made, (colour, _) = m.methods[name], FAMILY[name.split("_")[0]]
        label = "\n".join(textwrap.wrap(text.METHOD[name].get(lang), 27))
        axes.annotate(
            label, (100 * made.gaps["odds"][0], 100 * made.accuracy[0]), xycoords="data", xytext=(1.03, y), textcoords="axes fraction",
            fontsize=9, color=colour, va="center", fontweight="bold" if name in ("none", m.best) else "normal",
            arrowprops={"arrowstyle": "-", "relpos": (0, 0.5), "color": colour, "alpha": 0.45, "linewidth": 0.8, "shrinkA": 1, "shrinkB": 6},
            annotation_clip=False,
        )  # fmt: skip


def tradeoff_alt(m: Measured, lang: Lang) -> str:
    """The figure in words."""
    told = []
    for name in m.order():
        made = m.methods[name]
        gap, right = text.points(made.gaps["odds"][0], lang), percent(made.accuracy[0], lang, 1)
        told.append(f"{text.METHOD[name].get(lang).replace(':', ',')}, {gap} ({text.spread(made.gaps['odds'], lang)}), {right}")  # fmt: skip
    chance = text.points(m.chance, lang)
    if lang == "en":
        return f"Widest gap in error rates between groups, then accuracy, for each correction; chance alone would leave {chance}: {'; '.join(told)}."
    joined = " ; ".join(told).replace("\u202f,", ",")
    return f"Plus grand écart de taux d’erreur entre groupes, puis exactitude, pour chaque correction ; le seul hasard laisserait {chance} : {joined}."


def paid(m: Measured, seed: int, lang: Lang) -> Figure:
    """Bars a method: people in a hundred of each group newly flagged (right) or no longer flagged (left), wrongly in ochre."""
    groups = list(range(min(PANELS, len(m.people.names))))
    with drawing(
        text.paid_headline(m, lang), text.subtitle(m, seed, lang, "counts" if lang == "en" else "comptages"), 7.8, 3.9
    ) as (figure, first):
        box = first.get_position()
        left, right = 0.31, 0.985
        width = (right - left - 0.02 * (len(groups) - 1)) / len(groups)
        edge = 1.15 * max(
            100 * float(m.methods[name].moves[g].sum(axis=0).max()) / float(m.sizes[g])
            for name in METHODS
            for g in groups
        )
        for at, group in enumerate(groups):
            axes = first if at == 0 else figure.add_axes((0.1, 0.1, 0.1, 0.1), sharey=first)
            axes.set_position((left + at * (width + 0.02), box.y0 + 0.02, width, box.height * 0.87))
            _bars(axes, m, group, max(edge, 1.0), lang)
            if at:
                axes.tick_params(axis="y", labelleft=False, length=0)
        first.set_yticks(
            range(len(METHODS)),
            ["\n".join(textwrap.wrap(text.METHOD[n].get(lang), 26)) for n in METHODS[::-1]],
            fontsize=9,
        )
        first.tick_params(axis="y", length=0)
        first.set_ylim(-0.6, len(METHODS) - 0.4)
        _key(first, lang)
        figure.text(
            (left + right) / 2, box.y0 - 0.115,
            "← no longer flagged  |  newly flagged →, people in 100 of the group" if lang == "en"
            else "← ne sont plus signalées  |  sont désormais signalées →, sur 100 personnes du groupe",
            ha="center", fontsize=9.5,
        )  # fmt: skip
        return svg(figure, "paid", both(paid_alt, m), lang)


def _bars(axes: Axes, m: Measured, group: int, edge: float, lang: Lang) -> None:
    size = float(m.sizes[group])
    for y, name in enumerate(METHODS[::-1]):
        move = 100 * m.methods[name].moves[group] / size
        for way, sign in ((0, 1), (1, -1)):
            wrong, right = (move[0, 0], move[1, 0]) if way == 0 else (move[1, 1], move[0, 1])
            axes.barh(y, sign * wrong, color=OCHRE, height=0.62)
            axes.barh(y, sign * right, left=sign * wrong, color=BLUE, height=0.62)
    axes.axvline(0, color=INK, linewidth=1)
    axes.set_xlim(-edge, edge)
    axes.spines["left"].set_visible(False)
    n = number(int(size), lang, 0)
    axes.set_title(f"{text.who(m, group, lang)}\n(n = {n})", fontsize=9.5, pad=4)
    axes.xaxis.set_major_formatter(lambda x, _: number(abs(x), lang, 0 if float(x).is_integer() else 1))


def _key(axes: Axes, lang: Lang) -> None:
    """Which colour is which, in words of that colour under the names of the methods."""
    words = (
        (("turned wrong", OCHRE), ("turned right", BLUE))
        if lang == "en"
        else (("devient faux", OCHRE), ("devient juste", BLUE))
    )
    for place, (word, colour) in enumerate(words):
        axes.annotate(
            word, (0, 0), xycoords="axes fraction", xytext=(-165 + 85 * place, -24), textcoords="offset points",
            color=colour, fontsize=9, fontweight="bold", annotation_clip=False,
        )  # fmt: skip


def paid_alt(m: Measured, lang: Lang) -> str:
    """The figure in words: the totals of each method in the groups drawn."""
    told = []
    for name in METHODS:
        made = m.methods[name]
        parts = []
        for group in range(min(PANELS, len(m.people.names))):
            new, gone = (number(int(made.moves[group, :, way].sum()), lang, 0) for way in (0, 1))
            parts.append(f"{text.who(m, group, lang)} +{new} −{gone}")
        told.append(f"{text.METHOD[name].get(lang).replace(':', ',')}, {', '.join(parts)}".replace("\u202f,", ","))
    if lang == "en":
        return f"People newly flagged (+) and no longer flagged (−) under each correction, by group: {'; '.join(told)}."
    return f"Personnes nouvellement signalées (+) et qui ne le sont plus (−) sous chaque correction, par groupe : {' ; '.join(told)}."
