"""The pictures of the invented world: selection-rate ratios beside four fifths, and skill and rating at equal score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.figures import BLUE, FAINT, INK, OCHRE, PAPER, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.numbers import number
from tools.vision.hiring.text import FOUR_FIFTHS, NOTHING, SCORERS, headline, middle, spread, world_subtitle

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from tools.vision.hiring.setting import Setting
    from tools.vision.hiring.text import World

GROUPS = (("A", BLUE, "o"), ("B", OCHRE, "s"))


def selection(world: World, setting: Setting, worlds: int, seed: int, lang: Lang) -> Figure:
    """One row a scorer: mean ratio, the middle 95 % of the worlds, and the closed form."""
    subtitle = world_subtitle(setting, worlds, seed, lang)
    with drawing(headline(world, setting, lang), subtitle, 7.6, 3.1) as (figure, axes):
        box = axes.get_position()
        axes.set_position((0.40, box.y0, 0.57, box.height * 0.9))
        rows = list(SCORERS)[::-1]
        for y, name in enumerate(rows):
            mean, low, high = middle(world[name].ratios)
            axes.plot([low, high], [y, y], color=TEAL, linewidth=7, alpha=0.3, solid_capstyle="butt")
            axes.plot([world[name].expected], [y], "|", color=INK, markersize=13, markeredgewidth=1.4)
            axes.plot([mean], [y], "o", color=TEAL, markersize=8)
            axes.annotate(
                number(mean, lang), (mean, y), xytext=(0, 8), textcoords="offset points", ha="center",
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.6},
            )  # fmt: skip
        words = {
            FOUR_FIFTHS: "four fifths" if lang == "en" else "quatre cinquièmes",
            1.0: "equal rates" if lang == "en" else "taux égaux",
        }
        for at, label in words.items():
            axes.axvline(
                at, color=OCHRE if at < 1 else FAINT, linewidth=1.4, linestyle="--" if at < 1 else "-", zorder=0
            )
            axes.annotate(
                label, (at, len(rows) - 0.34), ha="right" if at < 1 else "left", fontsize=8.5,
                xytext=(-3 if at < 1 else 3, 0), textcoords="offset points",
            )  # fmt: skip
        axes.set_yticks(range(len(rows)), [SCORERS[name].get(lang) for name in rows])
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_ylim(-0.5, len(rows) - 0.02)
        axes.set_xlim(left=min(0.0, axes.get_xlim()[0]))
        if lang == "fr":
            axes.xaxis.set_major_formatter(lambda x, _: number(x, "fr", 1))
        axes.set_xlabel(
            "selection rate of B ÷ selection rate of A (bar: 95% of the worlds; tick: closed form)"
            if lang == "en"
            else "taux de sélection de B ÷ celui de A (barre : 95 % des mondes ; trait : forme close)",
            fontsize=9, loc="right",
        )  # fmt: skip
        return svg(figure, "selection", both(selection_alt, world), lang)


def selection_alt(world: World, lang: Lang) -> str:
    """The figure in words."""
    colon, comma = (": ", "; ") if lang == "en" else (" : ", " ; ")
    told = comma.join(
        SCORERS[name].get(lang).replace("\u202f:", ",").replace(":", ",")
        + f"{colon}{number(middle(world[name].ratios)[0], lang)} ({spread(world[name].ratios, lang)})"
        for name in SCORERS
    )
    if lang == "en":
        return f"Simulation. Five rows, selection rate of B over that of A, with lines at 0.80 (four fifths) and 1: {told}."
    return f"Simulation. Cinq lignes, taux de sélection de B rapporté à celui de A, avec des traits à 0,80 et à 1 : {told}."


def calibration(world: World, setting: Setting, worlds: int, seed: int, lang: Lang) -> Figure:
    """Two panels: true skill at equal score, which nobody sees, and rating at equal score, which the firm sees."""
    bins = world["full"].bins
    with drawing(_calibration_title(world, lang), world_subtitle(setting, worlds, seed, lang), 7.6, 3.5) as (
        figure,
        axes,
    ):
        box = axes.get_position()
        axes.set_position((0.10, box.y0, 0.38, box.height * 0.9))
        other = figure.add_axes((0.57, box.y0, 0.38, box.height * 0.9), sharey=axes)
        heads = (
            ("what nobody sees: true skill", "what the firm sees: its ratings")
            if lang == "en"
            else ("ce que nul ne voit : la compétence", "ce que voit l’entreprise : ses notes")
        )
        for panel, head, first in ((axes, heads[0], 1), (other, heads[1], 3)):
            _lines(panel, bins[:, 0], bins[:, first : first + 2])
            panel.set_title(head, fontsize=10.5, loc="left")
            panel.set_xlabel(
                "score given (dots: equal to the mean)" if lang == "en" else "score donné (points : égal à la moyenne)"
            )
            if lang == "fr":
                panel.xaxis.set_major_formatter(lambda x, _: number(x, "fr", 1))
                panel.yaxis.set_major_formatter(lambda x, _: number(x, "fr", 1))
        axes.set_ylabel("mean, in standard deviations" if lang == "en" else "moyenne, en écarts-types")
        return svg(figure, "calibration", both(calibration_alt, world), lang)


def _lines(axes: Axes, score: NDArray[np.float64], groups: NDArray[np.float64]) -> None:
    """Mean of each group by score bin, named at the right end, beside the line where score and mean are equal."""
    ends = [score.min(), score.max()]
    axes.plot(ends, ends, color=FAINT, linewidth=1, linestyle=":")
    upper = int(groups[-1, 1] > groups[-1, 0])
    for column, (name, colour, mark) in enumerate(GROUPS):
        axes.plot(score, groups[:, column], mark + "-", color=colour, linewidth=1.8, markersize=6)
        end = (score[-1], groups[-1, column])
        shift = 0 if abs(groups[-1, 1] - groups[-1, 0]) > 0.12 else (5 if column == upper else -5)
        axes.annotate(
            name, end, xytext=(8, shift), textcoords="offset points", va="center", color=colour, fontweight="bold"
        )


def _calibration_title(world: World, lang: Lang) -> str:
    skill, rating = (middle(values)[0] for values in (world["full"].skill_gaps, world["full"].rating_gaps))
    if skill > NOTHING and rating < -NOTHING:
        more, less = number(skill, lang), number(-rating, lang)
        if lang == "en":
            return f"At equal score, B has {more} more true skill than A, and ratings {less} lower"
        return f"À score égal, B a {more} de compétence de plus que A, et des évaluations plus basses de {less}"
    if lang == "en":
        return f"At equal score, B minus A: {number(skill, lang)} in true skill, {number(rating, lang)} in the ratings"
    return f"À score égal, B moins A : {number(skill, lang)} en compétence réelle, {number(rating, lang)} dans les évaluations"


def calibration_alt(world: World, lang: Lang) -> str:
    """The figure in words: the five score bins, both groups, both measures."""
    parts = []
    for score, skill_a, skill_b, rating_a, rating_b in world["full"].bins:
        s, a, b, c, d = (number(v, lang) for v in (score, skill_a, skill_b, rating_a, rating_b))
        if lang == "en":
            parts.append(f"score {s}: skill A {a}, B {b}; rating A {c}, B {d}")
        else:
            parts.append(f"score {s} : compétence A {a}, B {b} ; évaluation A {c}, B {d}")
    if lang == "en":
        return "Simulation. Two panels by fifth of the score, left true skill, right rating. " + ". ".join(parts) + "."
    return (
        "Simulation. Deux volets par cinquième du score, à gauche la compétence, à droite l’évaluation. "
        + ". ".join(parts)
        + "."
    )
