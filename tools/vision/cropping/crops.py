"""From a saliency map to a crop: the single best point, or points drawn from the map (Yee et al. 2021)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadInput

Floats = NDArray[np.float64]
Pixels = NDArray[np.uint8]
SMOOTH = 0.02  # of the longer side: how far a point's score reaches before the best one is taken
LONGEST = 8.0  # a strip longer than this is no preview
MOST_RATIOS = 4


@dataclass(frozen=True)
class Frame:
    """A crop: left and top corner, width and height, in pixels of the picture."""

    x: int
    y: int
    width: int
    height: int

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


def ratios(text: str) -> list[tuple[str, float]]:
    """("16:9", 1.78) for every width:height in "16:9, 1:1"; ``BadInput`` when one cannot be read."""
    found = []
    for part in re.split(r"[;,\s]+", text.strip()):
        match = re.fullmatch(r"(\d{1,4}(?:\.\d+)?)[:/x×](\d{1,4}(?:\.\d+)?)", part)
        wide, high = (float(match[1]), float(match[2])) if match else (0.0, 0.0)
        if not wide or not high or not 1 / LONGEST <= wide / high <= LONGEST:
            raise BadInput(
                f"The ratio '{part[:20]}' cannot be read. Give width:height between 1:8 and 8:1, for example 16:9, 1:1.",
                f"Le rapport « {part[:20]} » ne se lit pas. Donnez largeur:hauteur entre 1:8 et 8:1, par exemple 16:9, 1:1.",
            )
        found.append((f"{match[1]}:{match[2]}" if match else part, wide / high))
    if len(found) > MOST_RATIOS:
        raise BadInput(f"Give {MOST_RATIOS} ratios at most.", f"Donnez {MOST_RATIOS} rapports au plus.")
    return found


def smooth(saliency: NDArray[np.float32]) -> Floats:
    """The map (H, W) averaged over each point's surroundings (Gaussian), summing to 1.

    Without it many points share the top value of an 8-bit map, and which of them
    comes first in memory, not the picture, would choose the crop.
    """
    import cv2

    blurred = cv2.GaussianBlur(saliency, (0, 0), max(SMOOTH * max(saliency.shape), 0.5)).astype(np.float64)
    total = blurred.sum()
    return blurred / total if total > 0 else np.full(blurred.shape, 1 / blurred.size)


def map_of(pixels: Pixels, kind: str) -> Floats:
    """The smoothed saliency map of a picture, (H, W), summing to 1."""
    from tools.specimens.vision import saliency_map

    return smooth(saliency_map(pixels, "fine" if kind == "fine" else "spectral"))


def best(saliency: Floats) -> tuple[int, int]:
    """(x, y) of the highest point; the centre when nothing stands out."""
    if saliency.max() - saliency.min() <= 1e-6 * saliency.max():
        return saliency.shape[1] // 2, saliency.shape[0] // 2
    y, x = np.unravel_index(int(saliency.argmax()), saliency.shape)
    return int(x), int(y)


def sampled(saliency: Floats, draws: int, rng: np.random.Generator) -> list[tuple[int, int]]:
    """``draws`` points (x, y), each drawn with a chance equal to its share of the map."""
    cumulated = np.cumsum(saliency.ravel())
    places = np.searchsorted(cumulated, rng.random(draws) * cumulated[-1], side="right")
    places = np.minimum(places, saliency.size - 1)
    return [(int(place % saliency.shape[1]), int(place // saliency.shape[1])) for place in places]


def crop(point: tuple[float, float], ratio: float, width: int, height: int) -> Frame:
    """The largest frame of that width:height in the picture, as near the point as the borders allow."""
    if width / height > ratio:
        across, down = max(1, min(width, round(height * ratio))), height
    else:
        across, down = width, max(1, min(height, round(width / ratio)))
    left = min(max(math.floor(point[0] + 0.5 - across / 2), 0), width - across)
    top = min(max(math.floor(point[1] + 0.5 - down / 2), 0), height - down)
    return Frame(left, top, across, down)


def summed(saliency: Floats) -> Floats:
    """(H + 1, W + 1): at (y, x) the sum of the map above and left of it, so that any frame costs four look-ups."""
    return np.pad(saliency.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))


def kept(sums: Floats, frame: Frame) -> float:
    """The share of the map inside the frame, from 0 to 1; ``sums`` as given by ``summed``."""
    top, bottom, left, right = frame.y, frame.y + frame.height, frame.x, frame.x + frame.width
    inside = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    return float(inside / sums[-1, -1])
