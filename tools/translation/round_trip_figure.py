"""The picture of a round trip: each sentence on three stops, with the gender as a shape and a letter."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.figures import BLUE, FAINT, INK, OCHRE, PAPER, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MAX_ROWS = 12
STOPS = (0.0, 2.6, 5.2)  # where the three columns begin, in inches
WIDTH, ROW = 8.6, 0.58  # inches: wide enough for two lines of 26 letters a column
LETTERS = 26

# gender → (marker shape, colour, letter): shape and letter tell as much as the colour
SIGNS = {
    "F": ("o", TEAL, "F"),
    "M": ("s", BLUE, "M"),
    "both": ("D", PURPLE, "FM"),
    "none": ("o", PAPER, "–"),
    "?": ("o", PAPER, "?"),
}


@dataclass(frozen=True)
class Track:
    """One row: the three texts, their genders ("F", "M", "both", "none", "?") and the verdict."""

    texts: tuple[str, str, str]
    genders: tuple[str, str, str]
    verdict: str
    changed: bool


def draw(tracks: Sequence[Track], heads: Sequence[str], title: str, subtitle: str, alt: Text, lang: Lang) -> Figure:
    """At most ``MAX_ROWS`` tracks under the names of the three stops; the caller chooses which."""
    height = ROW * len(tracks) + 1.1
    with drawing(title, subtitle, width=WIDTH, height=height) as (figure, axes):
        axes.set_position((0.02, 0.03, 0.96, (height - 0.4) / figure.get_size_inches()[1]))
        axes.set_xlim(-0.2, WIDTH - 0.45)
        axes.set_ylim(len(tracks) - 0.45, -1.05)
        axes.axis("off")
        for x, head in zip(STOPS, heads, strict=True):
            axes.text(x + 0.22, -0.72, head, fontsize=11, fontweight="bold", color=INK, va="center")
        for y, track in enumerate(tracks):
            _row(axes, y, track)
        axes.text(-0.15, len(tracks) - 0.45, _key(lang), fontsize=8.5, color="#5b5850", va="top")
        return svg(figure, "round_trip", alt, lang)


def _row(axes: Axes, y: int, track: Track) -> None:
    """Three signs joined by arrows, each with its sentence, and the verdict."""
    axes.axhline(y - 0.5, color=FAINT, linewidth=0.4, alpha=0.5)
    for x, text, gender in zip(STOPS, track.texts, track.genders, strict=True):
        shape, colour, letter = SIGNS[gender]
        empty = colour == PAPER
        edge = FAINT if empty else colour
        axes.plot([x], [y], shape, markersize=16, mfc=colour, mec=edge, mew=1.2)
        size = 7.5 if len(letter) > 1 else 10
        axes.text(
            x, y, letter, ha="center", va="center", fontsize=size, fontweight="bold", color=INK if empty else PAPER
        )
        axes.text(x + 0.22, y, _fit(text), fontsize=9.6, va="center", linespacing=1.15, color=INK)
    for start in STOPS[1:]:
        axes.annotate("", (start - 0.2, y), (start - 0.42, y), arrowprops={"arrowstyle": "->", "color": FAINT})
    weight, colour = ("bold", OCHRE) if track.changed else ("normal", INK)
    verdict = "\n".join(textwrap.wrap(track.verdict, 9))
    axes.text(WIDTH - 0.5, y, verdict, ha="right", va="center", fontsize=10.2, fontweight=weight, color=colour)


def _fit(text: str) -> str:
    """The text on two lines of ``LETTERS``, cut with an ellipsis."""
    lines = textwrap.wrap(text, LETTERS)
    if len(lines) > 2:
        lines = [lines[0], textwrap.shorten(lines[1], LETTERS - 2, placeholder="") + " …"]
    return "\n".join(lines)


def _key(lang: Lang) -> str:
    """What the letters mean."""
    if lang == "fr":
        meaning = {"F": "féminin", "M": "masculin", "FM": "les deux", "–": "aucun mot genré", "?": "langue non lue"}
    else:
        meaning = {"F": "feminine", "M": "masculine", "FM": "both", "–": "no gendered word", "?": "language not read"}
    return "    ".join(f"{letter} = {said}" for letter, said in meaning.items())
