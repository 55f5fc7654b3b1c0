"""A text as a detector sees it: green tokens tinted and underlined, the others on another tint without a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tools.figures import FAINT, INK, OCHRE, TEAL

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = 9.0  # points
CELL = SIZE * 0.602 / 72  # inches: the width of a letter of DejaVu Sans Mono
FONTS = ["DejaVu Sans Mono", "DejaVu Sans"]
LINE = 0.215  # inches
Cellular = tuple[int, int, str, int]
"""Line, column, what is written, index of the token."""


def place(pieces: Sequence[str], columns: int, lines: int) -> list[Cellular]:
    """Where each token goes in a grid of ``columns`` × ``lines`` letters, words kept whole; what does not fit is left out."""
    found: list[Cellular] = []
    line = column = 0
    for word in _words(pieces):
        length = sum(len(part) for _, part in word)
        column += column > 0  # the space between two words
        if column and column + length > columns:
            line, column = line + 1, 0
        for index, part in word:
            while part:
                if line >= lines:
                    return found
                shown, part = part[: columns - column], part[columns - column :]
                found.append((line, column, shown, index))
                column += len(shown)
                if column >= columns:
                    line, column = line + 1, 0
    return found


def _words(pieces: Sequence[str]) -> list[list[tuple[int, str]]]:
    """Tokens gathered into words: each a list of (index of the token, its letters); spaces and line breaks part words."""
    words: list[list[tuple[int, str]]] = []
    apart = True
    for index, piece in enumerate(pieces):
        clean = "".join(letter if letter.isprintable() else " " for letter in piece)
        for number, part in enumerate(re.split(r"\s+", clean)):
            apart = apart or number > 0
            if part:
                if apart:
                    words.append([])
                words[-1].append((index, part))
                apart = False
    return words


@lru_cache(maxsize=1)
def _glyphs() -> frozenset[int]:
    """The letters that the two fonts can draw; the second one is asked for what the first lacks."""
    from matplotlib.font_manager import findfont, get_font

    return frozenset(code for family in FONTS for code in get_font(findfont(family)).get_charmap())


def draw(axes: Axes, cells: Sequence[Cellular], green: NDArray[np.bool_], width: int, left: float, top: float) -> None:
    """Draws placed tokens from (``left``, ``top``), in inches; the first ``width`` have no list and stay plain."""
    from matplotlib.patches import Rectangle

    for line, column, shown, index in cells:
        x, y, wide = left + CELL * column, top + LINE * line, CELL * len(shown)
        scored = index >= width
        if scored:
            marked = bool(green[index - width])
            axes.add_patch(
                Rectangle(
                    (x, y - 0.43 * LINE),
                    wide,
                    0.84 * LINE,
                    facecolor=TEAL if marked else OCHRE,
                    alpha=0.24 if marked else 0.13,
                    linewidth=0,
                )
            )
            if marked:
                axes.plot(
                    [x + 0.008, x + wide - 0.008],
                    [y + 0.38 * LINE] * 2,
                    color=TEAL,
                    linewidth=1.7,
                    solid_capstyle="butt",
                )
        drawable = "".join(letter if ord(letter) in _glyphs() else "□" for letter in shown)
        axes.text(
            x, y, drawable, family=FONTS, fontsize=SIZE, va="center", color=INK if scored else FAINT, parse_math=False
        )


def key(axes: Axes, left: float, y: float, lang: str) -> None:
    """The two kinds of token, shown as they are drawn."""
    words = ("on the green list", "on the red list") if lang == "en" else ("sur la liste verte", "sur la liste rouge")
    draw(axes, [(0, 0, words[0], 0), (0, len(words[0]) + 3, words[1], 1)], np.array([True, False]), 0, left, y)
