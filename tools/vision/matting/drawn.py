"""Drawn people in six skin tones before plain walls: a controlled experiment, far from what the network learned on.

In the drawings the hair changes with the skin. So every one is measured twice: as it is drawn, and with the drawing
of the middle tone whose skin alone takes the colour of each tone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tools.vision.matting.variance import mean_interval

if TYPE_CHECKING:
    from tools.specimens.vision import Segmenter

TONES = ("", "1F3FB", "1F3FC", "1F3FD", "1F3FE", "1F3FF")
"""No tone given (yellow), then the five tones of Unicode, from light to dark (Fitzpatrick types 1–2 to 6)."""

MIDDLE = 3
DRAWINGS = (
    ("1F9D1", ""), ("1F468", ""), ("1F469", ""), ("1F9D4", ""), ("1F468", "1F3EB"), ("1F469", "1F4BC"),
    ("1F9D1", "1F33E"), ("1F468", "1F373"), ("1F469", "2695-FE0F"), ("1F9D1", "1F393"), ("1F46E", ""), ("1F477", ""),
)  # fmt: skip
"""A person, a man, a woman, a bearded person, teacher, office worker, farmer, cook, doctor, graduate, police, builder."""

WALLS = (40, 124, 231)  # sRGB greys of 2, 20 and 80 % of the light
SIZE = 256
NEAR = 40  # distance in RGB at which a pixel still counts as skin


@dataclass(frozen=True)
class Drawn:
    """Share of the skin kept, (drawings, tones), as drawn and with the skin alone recoloured; mean over the walls."""

    as_drawn: NDArray[np.float64]
    skin_only: NDArray[np.float64]
    tones: dict[str, list[tuple[float, float, float]]]  # mean of each tone and its interval
    difference: dict[str, tuple[float, float, float]]  # darkest minus lightest, and its interval
    p: dict[str, float]
    colours: list[tuple[int, int, int]]  # the skin of each tone


def code(drawing: tuple[str, str], tone: str) -> str:
    """The code points of a drawing in a tone."""
    base, work = drawing
    return "-".join(part for part in (base, tone, "200D" if work else "", work) if part)


def skin_colour(tone: str) -> NDArray[np.int64]:
    """The commonest colour of a bald drawing of that tone, (3,): the baby has hardly any hair."""
    from tools.vision.pictures import glyph

    pixels = glyph(code(("1F476", ""), tone), 64, (0, 255, 0)).reshape(-1, 3)
    colours, counts = np.unique(pixels[(pixels != (0, 255, 0)).any(axis=1)], axis=0, return_counts=True)
    found: NDArray[np.int64] = colours[counts.argmax()].astype(np.int64)
    return found


def near(pixels: NDArray[np.int64], colour: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The pixels of about that colour."""
    found: NDArray[np.bool_] = np.abs(pixels - colour).sum(axis=-1) <= NEAR
    return found


def rendered(drawing: tuple[str, str]) -> tuple[list[NDArray[np.int64]], NDArray[np.float64]]:
    """A drawing in every tone on white (H, W, 3), and how far each pixel covers what is behind (H, W, 1)."""
    from tools.vision.pictures import glyph

    white = [glyph(code(drawing, tone), SIZE, (255, 255, 255)).astype(np.int64) for tone in TONES]
    black = glyph(code(drawing, TONES[MIDDLE]), SIZE, (0, 0, 0)).astype(np.int64)
    return white, 1 - (white[MIDDLE] - black).mean(axis=2, keepdims=True) / 255  # the shape is the same in every tone


def drawn(segmenter: Segmenter, rng: np.random.Generator, step: Callable[[int, int], None]) -> Drawn:
    """Every drawing in every tone before every wall, both ways."""
    colours = [skin_colour(tone) for tone in TONES]
    found = np.zeros((2, len(DRAWINGS), len(TONES), len(WALLS)))
    for at, drawing in enumerate(DRAWINGS):
        looks, cover = rendered(drawing)
        face = near(looks[MIDDLE], colours[MIDDLE])
        for tone, look in enumerate(looks):
            step(at * len(TONES) + tone, len(DRAWINGS) * len(TONES))
            own = near(look, colours[tone]) & face  # the skin common to both ways
            recoloured = looks[MIDDLE] + (colours[tone] - colours[MIDDLE]) * face[..., None]
            for place, wall in enumerate(WALLS):
                behind = (wall - 255) * (1 - cover)
                found[0, at, tone, place] = _kept(segmenter, look + behind, own)
                found[1, at, tone, place] = (
                    found[0, at, tone, place] if tone == MIDDLE else _kept(segmenter, recoloured + behind, own)
                )
    ways = dict(zip(("as_drawn", "skin_only"), found.mean(axis=3), strict=True))
    return Drawn(
        **ways,
        tones={way: [mean_interval(column, rng) for column in shares.T] for way, shares in ways.items()},
        difference={way: mean_interval(shares[:, -1] - shares[:, 1], rng) for way, shares in ways.items()},
        p={way: sign_flip(shares[:, -1] - shares[:, 1]) for way, shares in ways.items()},
        colours=[(int(red), int(green), int(blue)) for red, green, blue in colours],
    )


def _kept(segmenter: Segmenter, values: NDArray[np.float64], own: NDArray[np.bool_]) -> float:
    """Share of those pixels that the mask keeps."""
    kept = segmenter.mask(np.clip(values + 0.5, 0, 255).astype(np.uint8)) >= 0.5
    return float(kept[own].mean()) if own.any() else 0.0


def sign_flip(differences: NDArray[np.float64]) -> float:
    """Exact two-sided p: the share of all sign patterns whose mean is at least as far from 0 (Fisher 1935)."""
    signs = np.array(list(product((-1, 1), repeat=len(differences))))
    means = np.abs(signs @ differences)
    return float((means >= abs(differences.sum()) - 1e-12).mean())
