"""The picture of a comparison: each item as a line from its score before to its score after, and the mean over them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tools.figures import FAINT, INK, OCHRE, PAPER, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.numbers import cut, interval, number
from tools.prompting.text import Sides, headline, summary

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.prompting.pairs import Pair
    from tools.prompting.trial import Sheet

HEIGHT = 3.7  # inches
LOOKS = {"better": (TEAL, "-"), "same": (FAINT, ":"), "worse": (OCHRE, "--")}
NAMES = {
    "en": {"better": "better", "same": "same", "worse": "worse"},
    "fr": {"better": "mieux", "same": "pareil", "worse": "moins bien"},
}


def slopes(a: Sheet, b: Sheet, pair: Pair, sides: Sides, seed: int, lang: Lang) -> Figure:
    """Lines as wide as the items that share them, marked with their count; the difference with its interval beside."""
    model = cut(b.specimen.name.partition(",")[0], 40)
    n = f"{pair.n} items" if lang == "en" else f"{pair.n} éléments"
    subtitle = f"{n} · {model} · " + (f"seed {seed}" if lang == "en" else f"graine {seed}")
    with drawing(headline(pair, sides, lang), subtitle, height=HEIGHT) as (figure, axes):
        box = axes.get_position()
        axes.set_position((0.09, box.y0, 0.50, box.height))
        _lines(axes, a, b, pair, lang)
        axes.set_xticks([0, 1], [cut(side.get(lang), 26) for side in (sides.a, sides.b)])
        axes.set_xlim(-0.28, 1.28)
        axes.set_ylim(-0.07, 1.07)
        axes.set_ylabel("score" if lang == "en" else "note")
        axes.yaxis.set_major_formatter(lambda y, _: number(y, lang, 1))
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(axis="x", length=0)
        _difference(figure.add_axes((0.70, box.y0, 0.27, box.height)), pair, lang)
        return svg(figure, "pair", both(alt, pair, sides), lang)


def _lines(axes: Axes, a: Sheet, b: Sheet, pair: Pair, lang: Lang) -> None:
    """The items, those that share both scores as one line, then the mean on top."""
    pairs = Counter((round(x.score, 3), round(y.score, 3)) for x, y in zip(a.replies, b.replies, strict=True))
    taken: dict[float, list[float]] = {0.0: [], 1.0: []}
    for (x, y), count in sorted(pairs.items(), key=lambda one: one[1]):
        kind = "better" if y > x else "worse" if y < x else "same"
        colour, style = LOOKS[kind]
        axes.plot([0, 1], [x, y], style, color=colour, linewidth=1 + 9 * count / pair.n, alpha=0.55, zorder=2,
                  solid_capstyle="round", dash_capstyle="butt")  # fmt: skip
    for x, y in sorted(pairs, key=lambda one: -pairs[one])[:6]:
        kind = "better" if y > x else "worse" if y < x else "same"
        at = next((t for t in (0.32, 0.68, 0.2, 0.8, 0.5) if _free(taken, x + t * (y - x), t)), 0.5)
        taken.setdefault(at, []).append(x + at * (y - x))
        axes.annotate(f"{pairs[x, y]} {NAMES[lang][kind]}", (at, x + at * (y - x)), ha="center", va="center",
                      fontsize=8, color=INK, zorder=6, bbox={"boxstyle": "round,pad=0.15", "fc": PAPER, "ec": "none", "alpha": 0.85})  # fmt: skip
    means = (pair.mean_a, pair.mean_b)
    axes.plot([0, 1], means, "-o", color=INK, linewidth=2.2, markersize=7, zorder=5)
    for place, mean, shift, side in ((0, means[0], -9, "right"), (1, means[1], 9, "left")):
        axes.annotate(number(mean, lang), (place, mean), xytext=(shift, 0), textcoords="offset points", ha=side,
                      va="center", fontsize=10, fontweight="bold")  # fmt: skip


def _free(taken: dict[float, list[float]], height: float, at: float) -> bool:
    """Whether a label has room there."""
    return all(
        abs(height - other) > 0.09 for place, others in taken.items() if abs(place - at) < 0.3 for other in others
    )


def _difference(axes: Axes, pair: Pair, lang: Lang) -> None:
    """The difference with its interval against zero."""
    axes.axhline(0, color=OCHRE, linewidth=1.4)
    if pair.low is not None and pair.high is not None:
        axes.plot([0, 0], [pair.low, pair.high], color=TEAL, linewidth=6, alpha=0.35, solid_capstyle="butt")
    axes.plot([0], [pair.difference], "o", color=TEAL, markersize=8)
    said = number(pair.difference, lang) + ("\n" + interval(pair.low, pair.high, lang) if pair.low is not None else "")
    below = pair.difference >= 0  # the words stand on the side of zero where the point is not
    on_zero = abs(pair.difference) < 0.12
    up, at = (4, "bottom") if below else (-4, "top")
    axes.annotate(said, (0, pair.difference), xytext=(12, up if on_zero else 0), textcoords="offset points",
                  va=at if on_zero else "center", fontsize=9.5)  # fmt: skip
    axes.annotate(
        "no difference" if lang == "en" else "aucune différence", (2.2, 0), xytext=(0, -4 if below else 4), ha="right",
        va="top" if below else "bottom", textcoords="offset points", fontsize=8, color=OCHRE,
    )  # fmt: skip
    axes.set_xlim(-1, 2.2)
    axes.set_ylim(-1.07 if pair.difference < 0 or (pair.low or 0) < -0.1 else -0.15, 1.07)
    axes.set_yticks([-1, -0.5, 0, 0.5, 1] if axes.get_ylim()[0] < -0.5 else [0, 0.5, 1])
    axes.set_xticks([0.6], ["difference" if lang == "en" else "différence"])
    axes.tick_params(axis="x", length=0)
    axes.spines["bottom"].set_visible(False)
    axes.yaxis.set_major_formatter(lambda y, _: number(y, lang, 1))


def alt(pair: Pair, sides: Sides, lang: Lang) -> str:
    """The figure in words, with its numbers."""
    said = summary(pair, sides, lang)
    if lang == "en":
        return f"Lines from the score of each item with {sides.a.en} to its score with {sides.b.en}. {said}"
    return f"Des lignes de la note de chaque élément avec {sides.a.fr} à sa note avec {sides.b.fr}. {said}"
