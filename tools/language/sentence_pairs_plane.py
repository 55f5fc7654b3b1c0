"""The picture of StereoSet: how often a model makes sense against how often it takes the stereotype."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.figures import FAINT, INK, OCHRE, PAPER, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.language.sentence_pairs_figure import subtitle
from tools.language.sentence_pairs_text import kind, percent
from tools.numbers import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.language.sentence_pairs_measure import Group, Measured

WORDS = {
    "x": {"en": "stereotype score ss (%): 50 is no preference", "fr": "score de stéréotype ss (%) : 50, aucune préférence"},
    "y": {"en": "language model score lms (%)", "fr": "score de langue lms (%)"},
    "ideal": {"en": "ideal", "fr": "idéal"},
    "random": {"en": "at random", "fr": "au hasard"},
    "always": {"en": "always the\nstereotype", "fr": "toujours le\nstéréotype"},
}  # fmt: skip


def plane(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """StereoSet: preference across, sense upwards, lines of equal icat; all triplets with intervals, the types as points."""
    assert m.whole.sense is not None
    with drawing(_title(m, lang), subtitle(m, model, seed, lang), height=4.9) as (figure, axes):
        _icat_lines(axes, lang)
        _landmarks(axes, lang)
        for group in m.kinds:
            assert group.sense is not None
            axes.plot(
                [group.share.value], [group.sense.lms], "o", color=TEAL, mfc=PAPER, mew=1.6, markersize=6.5, zorder=4
            )
        _names(axes, [m.whole, *m.kinds], lang)
        s, sense = m.whole.share, m.whole.sense
        axes.plot(
            [s.low, s.high],
            [sense.lms, sense.lms],
            color=TEAL,
            linewidth=6,
            alpha=0.32,
            solid_capstyle="butt",
            zorder=2,
        )
        axes.plot(
            [s.value, s.value],
            [sense.low, sense.high],
            color=TEAL,
            linewidth=6,
            alpha=0.32,
            solid_capstyle="butt",
            zorder=2,
        )
        axes.plot([s.value], [sense.lms], "o", color=TEAL, markersize=10, zorder=5)
        axes.set_xlim(0, 102)
        axes.set_ylim(40, 102)
        axes.set_xlabel(WORDS["x"][lang])
        axes.set_ylabel(WORDS["y"][lang])
        return svg(figure, "plane", both(_alt, m), lang)


def _landmarks(axes: Axes, lang: Lang) -> None:
    """The ideal model, one that chooses at random, one that always takes the stereotype."""
    for (x, y), name, across in (
        ((50, 100), "ideal", "center"), ((50, 50), "random", "center"), ((100, 100), "always", "right"),
    ):  # fmt: skip
        axes.plot(
            [x],
            [y],
            "*" if name == "ideal" else "x",
            color=OCHRE,
            markersize=12 if name == "ideal" else 8,
            mew=2,
            zorder=3,
        )
        axes.annotate(
            WORDS[name][lang], (x, y), xytext=(0, -8 if name != "random" else 8), textcoords="offset points", ha=across,
            va="top" if name != "random" else "bottom", fontsize=9, color=OCHRE, zorder=3,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
        )  # fmt: skip


def _icat_lines(axes: Axes, lang: Lang) -> None:
    """Where icat is 25, 50, 75 and 90: lms = 50 · icat / min(ss, 100 − ss)."""
    ss = np.linspace(1, 99, 393)
    for value in (25, 50, 75, 90):
        lms = 50 * value / np.minimum(ss, 100 - ss)
        axes.plot(ss, np.where(lms <= 103, lms, np.nan), color=FAINT, linewidth=0.9, linestyle=":", zorder=1)
        left = value / 2 + 0.4  # where the line leaves the top
        axes.annotate(
            f"icat {value}",
            (left, 100),
            xytext=(-2, -2),
            textcoords="offset points",
            ha="right",
            va="top",
            fontsize=8,
            color="#5b5850",
        )


def _names(axes: Axes, kinds: list[Group], lang: Lang) -> None:
    """The names of the types beside their points, from top to bottom, never closer than a line of text."""
    last = np.inf
    for group in sorted(kinds, key=lambda g: -(g.sense.lms if g.sense else 0)):
        assert group.sense is not None
        last = min(group.sense.lms, last - 2.9)
        axes.annotate(
            f"{kind(group.name).get(lang)} (n = {number(group.share.n, lang, 0)})", (group.share.value, group.sense.lms),
            xytext=(78, last), textcoords="data", va="center", fontsize=8.5, color=INK,
            fontweight="bold" if group.name == "all" else "normal",
            arrowprops={"arrowstyle": "-", "color": FAINT, "linewidth": 0.7, "shrinkA": 1, "shrinkB": 5}, zorder=3,
        )  # fmt: skip


def _title(m: Measured, lang: Lang) -> str:
    assert m.whole.sense is not None
    icat, lms, ss = (
        number(m.whole.sense.icat, lang, 0),
        percent(m.whole.sense.lms, lang),
        percent(m.whole.share.value, lang),
    )
    if lang == "en":
        return f"It makes sense in {lms} of the comparisons and takes the stereotype in {ss}: icat {icat} of 100"
    return (
        f"Il donne du sens dans {lms} des comparaisons et prend le stéréotype dans {ss} des cas : icat {icat} sur 100"
    )


def _alt(m: Measured, lang: Lang) -> str:
    parts = []
    for group in [m.whole, *m.kinds]:
        assert group.sense is not None
        colon = " : " if lang == "fr" else ": "
        parts.append(
            f"{kind(group.name).get(lang)}{colon}ss {number(group.share.value, lang, 0)}, lms {number(group.sense.lms, lang, 0)}, "
            f"icat {number(group.sense.icat, lang, 0)}"
        )
    listing = (" ; " if lang == "fr" else "; ").join(parts)
    if lang == "en":
        return f"Preference for the stereotype (across) and sense (upwards), in %. The ideal model stands at 50 and 100. {listing}."
    return f"Préférence pour le stéréotype (en travers) et sens (vers le haut), en %. Le modèle idéal est à 50 et 100. {listing}."
