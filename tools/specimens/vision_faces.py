"""Where faces are (MediaPipe's BlazeFace through OpenCV). Never whose they are."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.finding import Specimen
from tools.specimens import fetch
from tools.specimens.vision_records import packaged_specimen

Pixels = NDArray[np.uint8]
CLOSER = 0.85
"""The score asked for in a window of half the size."""


@dataclass(frozen=True)
class Box:
    """A face: left, top, width and height in the picture's pixels, and how sure the detector is (0 to 1)."""

    x: float
    y: float
    width: float
    height: float
    score: float

    def overlap(self, other: Box) -> float:
        """Intersection over union."""
        wide = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        high = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        shared = max(wide, 0.0) * max(high, 0.0)
        return shared / (self.width * self.height + other.width * other.height - shared)


class Faces:
    """BlazeFace, short range: 128 × 128 pixels in, 896 anchors out (Bazarevsky et al. 2019)."""

    side = 128

    def __init__(self, file: Path, specimen: Specimen) -> None:
        import cv2

        self._network = cv2.dnn.readNetFromTFLite(str(file))
        self.specimen = specimen
        self._lock = threading.Lock()
        self._anchors = np.concatenate([_grid(16, 2), _grid(8, 6)])

    def boxes(self, pixels: Pixels, threshold: float = 0.7) -> list[Box]:
        """Faces whose score is at least ``threshold``, the surest first; overlapping boxes are merged into one.

        The model knows faces that fill much of a picture. Where it finds none, it looks
        again, closer, through nine overlapping windows of half the size, and then asks for
        ``CLOSER``: nine looks see more things that are no faces. At its own threshold of 0.5
        it also sees a face in a cat (0.58) and in a dahlia (0.52).
        """
        found = [box for box in self._look(pixels) if box.score >= threshold]
        if found:
            return found
        height, width = pixels.shape[:2]
        for top in (0, height // 4, height // 2):
            for left in (0, width // 4, width // 2):
                closer = self._look(pixels[top : top + (height + 1) // 2, left : left + (width + 1) // 2])
                found += [replace(box, x=box.x + left, y=box.y + top) for box in closer]
        return [box for box in _merge(found) if box.score >= max(threshold, CLOSER)]

    def _look(self, pixels: Pixels) -> list[Box]:
        """One pass over the picture, padded with black to a square; the faces of at least 0.5, the model's threshold."""
        import cv2

        height, width = pixels.shape[:2]
        long = max(height, width)
        left, top = (long - width) // 2, (long - height) // 2
        square = np.zeros((long, long, 3), dtype=np.uint8)
        square[top : top + height, left : left + width] = pixels
        small = cv2.resize(square, (self.side, self.side), interpolation=cv2.INTER_AREA)
        with self._lock:  # the network keeps its input: one picture at a time
            self._network.setInput(cv2.dnn.blobFromImage(small, 1 / 127.5, mean=(127.5, 127.5, 127.5)))
            outputs = [out.copy() for out in self._network.forward(self._network.getUnconnectedOutLayersNames())]
        places = next(out for out in outputs if out.shape[-1] == 16).reshape(-1, 16).astype(np.float64)
        scores = next(out for out in outputs if out.shape[-1] == 1).reshape(-1).astype(np.float64)
        return _merge(_decode(places, scores, self._anchors, long, left, top))


def _grid(cells: int, each: int) -> NDArray[np.float64]:
    """Centres of the anchors of a square grid, ``each`` a cell, in 0 to 1: (cells² · each, 2) as x, y."""
    middle = (np.arange(cells) + 0.5) / cells
    x, y = np.meshgrid(middle, middle)
    return np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), each, axis=0)


def _decode(
    places: NDArray[np.float64],
    scores: NDArray[np.float64],
    anchors: NDArray[np.float64],
    long: int,
    left: int,
    top: int,
) -> list[Box]:
    """Boxes in the picture's pixels, from offsets and sizes in 128ths of the padded square."""
    shares = 1 / (1 + np.exp(-np.clip(scores, -100, 100)))
    found = []
    for index in np.flatnonzero(shares >= 0.5):
        centre = places[index, :2] / Faces.side + anchors[index]
        wide, high = (float(value) for value in places[index, 2:4] / Faces.side * long)
        x, y = float(centre[0]) * long - left - wide / 2, float(centre[1]) * long - top - high / 2
        found.append(Box(x, y, wide, high, float(shares[index])))
    return found


def _merge(found: list[Box], overlap: float = 0.3) -> list[Box]:
    """Boxes of the same face averaged with their scores as weights, as MediaPipe does."""
    rest = sorted(found, key=lambda box: -box.score)
    merged = []
    while rest:
        best = rest[0]
        same = [box for box in rest if box is best or best.overlap(box) > overlap]
        rest = [box for box in rest if box not in same]
        total = sum(box.score for box in same)
        x, y, wide, high = (
            sum(getattr(box, side) * box.score for box in same) / total for side in ("x", "y", "width", "height")
        )
        merged.append(Box(x, y, wide, high, best.score))
    return merged


@lru_cache(maxsize=1)
def load_faces() -> Faces:
    """The face detector; it says where, never who."""
    return Faces(fetch.path("face-detection") / "faces.tflite", packaged_specimen("face-detection", "faces.tflite"))
