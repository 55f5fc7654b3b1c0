"""The map of words: what every word of a sentence looks at; and the tables of colours it shares with the lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.figures import INK, PAPER, TEAL, drawing, png
from tools.finding import Figure, Lang, both
from tools.language.attention_figure import subtitle
from tools.language.attention_result import matrix
from tools.language.attention_text import quoted, sentence
from tools.language.inside import Floats
from tools.numbers import NARROW, number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.language.attention_measure import Measured

MOST_WORDS = 40  # beyond, the words could not be read along the axes
NUMBERED = 12  # words up to which each cell holds its number


def matrix_figure(m: Measured, model: str, seed: int, lang: Lang) -> Figure | None:
    """Every word of the first sentence against every word; ``None`` for a sentence too long to be read."""
    s = m.seen[0]
    n = len(s.words.labels)
    if n > MOST_WORDS:
        return None
    values = matrix(m, 0).copy()
    if not m.masked:
        values[np.triu_indices(n, 1)] = np.nan
    side = min(6.4, max(2.6, 0.44 * n))
    with drawing(matrix_title(m, lang), subtitle(m, model, seed, lang), 7.2, side + 0.95) as (figure, axes):
        full = figure.get_figheight()
        axes.set_position((0.2, 0.12 / full, min(0.76, (side + 0.4) / 7.2), side / full))
        _cells(axes, values, s.words.labels, s.source, lang)
        return png(figure, "matrix", both(matrix_alt, m), lang)


def _cells(axes: Axes, values: Floats, labels: list[str], source: int, lang: Lang) -> None:
    """The cells, on a square-root scale so that small weights show beside the sink."""
    n, top = len(labels), float(np.nanmax(values))
    shades(axes, np.sqrt(values / top))
    size = 10 if n <= 16 else 7
    axes.set_xticks(range(n), labels, rotation=45, ha="left", fontsize=size)
    axes.set_yticks(range(n), labels, fontsize=size)
    axes.get_yticklabels()[source].set_fontweight("bold")
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set_ylabel("this word looks at…" if lang == "en" else "ce mot regarde…")
    if n <= NUMBERED:
        for i, j in np.argwhere(~np.isnan(values)):
            write(
                axes,
                int(i),
                int(j),
                number(100 * float(values[i, j]), lang, 0),
                float(np.sqrt(values[i, j] / top)),
                9.5,
            )


def shades(axes: Axes, values: Floats) -> None:
    """A table of colours from paper (0) to teal (1), without a frame."""
    from matplotlib.colors import LinearSegmentedColormap

    axes.imshow(values, cmap=LinearSegmentedColormap.from_list("teal", [PAPER, TEAL]), vmin=0, vmax=1, aspect="auto")
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def write(axes: Axes, row: int, column: int, text: str, shade: float, size: float, weight: str = "normal") -> None:
    """A number in a cell, light on dark shades."""
    colour_of_text = PAPER if shade > 0.66 else INK
    axes.text(column, row, text, ha="center", va="center", fontsize=size, color=colour_of_text, fontweight=weight)


def matrix_title(m: Measured, lang: Lang) -> str:
    """Which column takes the most."""
    s = m.seen[0]
    values = matrix(m, 0)
    rows = slice(None) if m.masked else slice(1, None)
    column = int(values[rows].mean(axis=0).argmax())
    name, share = quoted(s.words.labels[column], lang), percent(float(values[rows, column].mean()), lang)
    who = "the words" if m.masked else "the words after the first"
    if lang == "en":
        return sentence(f"{who} look at {name} more than at any other: {share} on average")
    who = "les mots" if m.masked else "les mots après le premier"
    return sentence(f"{who} regardent {name} plus que tout autre : {share} en moyenne")


def matrix_alt(m: Measured, lang: Lang) -> str:
    """The matrix in words: for each word, where it looks most."""
    s, values = m.seen[0], matrix(m, 0)
    parts = []
    for i, label in enumerate(s.words.labels):
        j = int(values[i].argmax())
        parts.append(f"{label} → {s.words.labels[j]} {percent(float(values[i, j]), lang)}")
    if lang == "en":
        return "Heat map of words by words, in per cent; each word with where it looks most: " + "; ".join(parts) + "."
    return (
        "Carte des mots par mots, en pour cent ; chaque mot avec celui qu’il regarde le plus : "
        + f"{NARROW}; ".join(parts)
        + "."
    )
