"""Where in the picture the mass of a map lies: nine parts, and the centre of gravity."""

from __future__ import annotations

import numpy as np

from tools.finding import Text
from tools.vision.saliency.score import Floats

PARTS = (
    Text(en="the top left", fr="en haut à gauche"),
    Text(en="the top centre", fr="en haut au centre"),
    Text(en="the top right", fr="en haut à droite"),
    Text(en="the middle left", fr="au milieu à gauche"),
    Text(en="the centre", fr="au centre"),
    Text(en="the middle right", fr="au milieu à droite"),
    Text(en="the bottom left", fr="en bas à gauche"),
    Text(en="the bottom centre", fr="en bas au centre"),
    Text(en="the bottom right", fr="en bas à droite"),
)
EVEN = 1 / 9


def ninths(mass: Floats) -> Floats:
    """Shares of the nine parts, (3, 3); a cell on a border is divided between its parts."""
    side = len(mass)
    edges = np.linspace(0, side, 4)
    at = np.arange(side)
    split = np.clip(np.minimum(edges[1:, None], at + 1) - np.maximum(edges[:-1, None], at), 0, None)  # (3, side)
    shares: Floats = split @ mass @ split.T
    return shares


def centroid(mass: Floats) -> tuple[float, float]:
    """Centre of gravity: shares of the width from the left and of the height from the top."""
    at = (np.arange(len(mass)) + 0.5) / len(mass)
    return float(mass.sum(axis=0) @ at), float(mass.sum(axis=1) @ at)


def concentration(mass: Floats) -> float:
    """The smallest share of the picture that holds half of the mass; 0.5 for an even map."""
    ordered = np.sort(mass.ravel())[::-1].cumsum()
    return float((np.searchsorted(ordered, 0.5 - 1e-12) + 1) / mass.size)
