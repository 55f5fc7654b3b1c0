"""The picture of the portraits: the version of each kind that moves the score most, and all scores on one line."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np

from tools.figures import FAINT, INK, OCHRE, TEAL, drawing, png
from tools.finding import Figure, Lang, both
from tools.vision.hiring.changes import KINDS
from tools.vision.hiring.face_text import PEOPLE, STILL, alt, headline, moved, name_of, points, subtitle

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

    from tools.vision.hiring.changes import Pixels, Scene
    from tools.vision.hiring.face import Faces, Portrait, Reading

WIDTH, ROW = 9.6, 2.75  # inches: the figure, one portrait
TILE, LINE = 1.12, 0.62  # inches: a face, the line of scores
SIDE = 240  # pixels of a face


def portraits(faces: Faces, lang: Lang) -> Figure:
    """One block a portrait: eight faces with what was done and the score, and the line of all scores."""
    height = ROW * len(faces.portraits)
    with drawing(headline(faces, lang), subtitle(faces, lang), WIDTH, height) as (figure, axes):
        axes.set_axis_off()
        full = figure.get_figheight()
        for place, portrait in enumerate(moved(faces)):
            top = height - ROW * place - 0.08
            shown = [portrait.plain, *(_strongest(portrait, kind) for kind in KINDS)]
            for column, reading in enumerate(shown):
                left = 0.12 + column * (WIDTH - 0.2) / len(shown)
                tile = figure.add_axes((left / WIDTH, (top - 0.42 - TILE) / full, TILE / WIDTH, TILE / full))
                _tile(tile, portrait, reading, lang)
            line = figure.add_axes((0.13, (top - 0.42 - TILE - 0.32 - LINE) / full, 0.85, LINE / full))
            _line(line, portrait, lang)
        return _closed(figure, faces, lang)


def _closed(figure: Drawing, faces: Faces, lang: Lang) -> Figure:
    return png(figure, "portraits", both(alt, faces), lang)


def _strongest(portrait: Portrait, kind: str) -> Reading:
    """The version of a kind that moves the score most."""
    return max(portrait.of_kind(kind), key=lambda reading: abs(portrait.shift(reading)))


def _tile(axes: Axes, portrait: Portrait, reading: Reading, lang: Lang) -> None:
    """A version of the face, what was done above it, the score under it."""
    axes.imshow(crop(reading.change.apply(portrait.scene)))
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(True)
        spine.set_color(FAINT)
    plain = reading is portrait.plain
    above = textwrap.fill(name_of(reading, lang), 15)
    axes.set_title(above, fontsize=8.5, pad=4, fontweight="bold" if plain else "normal")
    shift = portrait.shift(reading)
    sign = "" if plain else f" ({'+' if shift >= 0.5 else ''}{points(shift, lang)})"
    colour = INK if abs(shift) < 5 else OCHRE
    axes.set_xlabel(points(reading.score, lang) + sign, fontsize=10, fontweight="bold", color=colour, labelpad=3)


def crop(scene: Scene) -> Pixels:
    """The face with a margin, (SIDE, SIDE, 3); the picture's edge is repeated where the margin leaves it."""
    import cv2

    x, y, w, h = scene.box
    side = round(1.5 * max(w, h))
    left, top = round(x + w / 2 - side / 2), round(y + h / 2 - side / 2)
    padded = np.pad(scene.pixels, ((side, side), (side, side), (0, 0)), mode="edge")
    cut = padded[top + side : top + 2 * side, left + side : left + 2 * side]
    return np.asarray(cv2.resize(cut, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)


def _line(axes: Axes, portrait: Portrait, lang: Lang) -> None:
    """All versions as strokes between 0 and 100, the untouched one as a diamond."""
    low, high = portrait.extremes
    colon = ": " if lang == "en" else " : "
    axes.plot([low.score, high.score], [0, 0], color=TEAL, linewidth=5, alpha=0.25, solid_capstyle="butt")
    for reading in portrait.changed:
        axes.plot([reading.score] * 2, [-0.5, 0.5], color=TEAL, linewidth=1.3, alpha=0.8)
    axes.plot([portrait.plain.score], [0], "D", color=INK, markersize=7, zorder=3, clip_on=False)
    wide = portrait.range > 30  # then the names stand above the ends of the bar, else outside them
    for reading, away in ((low, "right"), (high, "left")) if portrait.range >= STILL else ():
        inward = "left" if away == "right" else "right"
        axes.annotate(
            f"{name_of(reading, lang)}{colon}{points(reading.score, lang)}", (reading.score, 0.72),
            ha=inward if wide else away, va="bottom", fontsize=8.5, annotation_clip=False,
        )  # fmt: skip
    axes.set_xlim(0, 100)
    axes.set_ylim(-1, 1.15)
    axes.set_yticks([0], [textwrap.fill(PEOPLE[portrait.name].get(lang), 14)], fontsize=9)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=8.5)
    axes.spines["left"].set_visible(False)
