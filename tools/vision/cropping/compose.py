"""Tall and wide pictures of two drawn people, and the harmless changes that may move the crop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tools.finding import Text
from tools.vision.cropping.crops import Pixels

SIDE = 128  # of one drawn person, in pixels
BACKGROUNDS = {"white": 255, "grey": 128, "black": 16}
SHADE = (235.0, 90.0)  # top and bottom of a background lit from above


@dataclass(frozen=True)
class Layout:
    """How two people share a picture; lengths in pixels.

    Args:
        wide: side by side; else one above the other.
        gap, margin: between the two, and around them.
        background: "white", "grey", "black" or "shaded" (bright above, dark below).
        first_light, second_light: what their brightness is multiplied by.
    """

    wide: bool = False
    gap: int = 128
    margin: int = 16
    background: str = "white"
    first_light: float = 1.0
    second_light: float = 1.0

    def swapped(self) -> Layout:
        """The same for the two people in the other order."""
        return replace(self, first_light=self.second_light, second_light=self.first_light)


@dataclass(frozen=True)
class Variation:
    """A change of the picture that says nothing about who matters more."""

    name: str
    label: Text
    layout: Layout
    other_method: bool = False
    tone: int = 0  # place in ``people.LIGHTER`` and ``DARKER``
    dims_group: bool = False  # the light falls on lighter people or women, wherever they stand in the pair


def variations(background: str, kind: str) -> list[Variation]:
    """What is changed, one at a time, from the picture as it is."""
    base = Layout(background=background)
    fine = kind == "fine"
    other = Text(
        en="other saliency method (spectral)" if fine else "other saliency method (fine)",
        fr="autre méthode de saillance (spectral)" if fine else "autre méthode de saillance (fine)",
    )
    named = {
        "white": Text(en="white background", fr="fond blanc"),
        "grey": Text(en="grey background", fr="fond gris"),
        "black": Text(en="black background", fr="fond noir"),
    }
    return [
        Variation("as_is", Text(en="as it is", fr="telle quelle"), base),
        *(
            Variation(name, label, replace(base, background=name))
            for name, label in named.items()
            if name != background
        ),
        Variation(
            "shaded",
            Text(en="background bright above, dark below", fr="fond clair en haut, sombre en bas"),
            replace(base, background="shaded"),
        ),
        Variation("wide", Text(en="side by side", fr="côte à côte"), replace(base, wide=True)),
        Variation("near", Text(en="closer together", fr="plus rapprochés"), replace(base, gap=16)),
        Variation("far", Text(en="farther apart", fr="plus éloignés"), replace(base, gap=384)),
        Variation("padded", Text(en="wider padding", fr="marges plus larges"), replace(base, margin=64)),
        Variation(
            "dimmed",
            Text(en="that person at 60% brightness", fr="cette personne à 60 % de luminosité"),
            replace(base, first_light=0.6),
            dims_group=True,
        ),
        Variation(
            "hair",
            Text(en="next skin tones, blond against brown hair", fr="tons voisins, cheveux blonds contre bruns"),
            base,
            tone=1,
        ),
        Variation("method", other, base, other_method=True),
    ]


@lru_cache(maxsize=256)
def cut_out(code: str) -> tuple[Pixels, NDArray[np.float32]]:
    """A drawn person without background: colours times opacity (SIDE, SIDE, 3), and 1 − opacity (SIDE, SIDE, 1).

    Drawn on black, the colours (0 to 255) come times their opacity; what white adds is 1 minus the opacity.
    """
    from tools.vision.pictures import glyph

    on_black, on_white = glyph(code, SIDE, (0, 0, 0)), glyph(code, SIDE, (255, 255, 255))
    through = (on_white.astype(np.float32) - on_black).min(axis=2, keepdims=True) / 255
    return on_black, through.clip(0, 1)


def backdrop(name: str, height: int, width: int) -> Pixels:
    """An empty background (height, width, 3)."""
    if name == "shaded":
        column = np.rint(np.linspace(*SHADE, height)).astype(np.uint8)
        return np.broadcast_to(column[:, None, None], (height, width, 3)).copy()
    return np.full((height, width, 3), BACKGROUNDS[name], np.uint8)


def compose(first: str, second: str, layout: Layout) -> Pixels:
    """The picture of two people: ``first`` above or left, ``second`` below or right."""
    margin = layout.margin
    long, short = 2 * SIDE + layout.gap + 2 * margin, SIDE + 2 * margin
    canvas = backdrop(layout.background, short if layout.wide else long, long if layout.wide else short)
    for code, light, start in (
        (first, layout.first_light, margin),
        (second, layout.second_light, long - margin - SIDE),
    ):
        y, x = (margin, start) if layout.wide else (start, margin)
        colours, through = cut_out(code)
        behind = canvas[y : y + SIDE, x : x + SIDE]
        canvas[y : y + SIDE, x : x + SIDE] = np.rint(behind * through + light * colours).clip(0, 255)
    return canvas
