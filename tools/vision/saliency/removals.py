"""Saliency maps that take parts of the picture away: occlusion, LIME, SHAP.

All return maps of shape (S, S) in which every point carries the value of its part.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from tools.vision.saliency.score import Beat, Floats, Integers, Scorer

LIME_WIDTH, LIME_RIDGE = 0.25, 1.0  # of the reference implementation
PART = 7  # superpixels to a side, about
WINDOW = 5  # a patch of occlusion is a fifth of the side wide


@dataclass(frozen=True)
class Fitted:
    """A linear model of a score on the presence of parts: value of each part (k,), the constant, weighted R²."""

    values: Floats
    constant: float
    fit: float


def occlusion(scorer: Scorer, places: int, beat: Beat) -> Floats:
    """Mean, over the patches that cover a point, of score(picture) − score(picture without the patch).

    Zeiler and Fergus 2014 (arXiv 1311.2901). Square patches a fifth of the side wide, ``places`` by ``places``.
    """
    side = scorer.picture.shape[-1]
    width = max(side // WINDOW, 1)
    starts = np.linspace(0, side - width, places).round().astype(int)
    keep = np.ones((places * places, side, side), dtype=bool)
    for row, (top, left) in enumerate((top, left) for top in starts for left in starts):
        keep[row, top : top + width, left : left + width] = False
    return occluded(scorer, keep, beat)


def occluded(scorer: Scorer, keep: NDArray[np.bool_], beat: Beat) -> Floats:
    """The map of the losses of score when the points outside ``keep`` (n, S, S) are taken away."""
    losses = float(scorer.scores(scorer.picture[None], beat)[0]) - in_batches(scorer, keep, beat)
    gone = ~keep
    total = np.tensordot(losses, gone.astype(np.float64), axes=1)
    values: Floats = total / np.maximum(gone.sum(axis=0), 1)
    return values


def in_batches(scorer: Scorer, keep: NDArray[np.bool_], beat: Beat) -> Floats:
    """Scores of masked pictures, made sixteen at a time so that memory stays small."""
    parts = [scorer.scores(scorer.masked(keep[i : i + 16]), beat) for i in range(0, len(keep), 16)]
    return np.concatenate(parts)


def superpixels(scorer: Scorer) -> Integers:
    """Parts of even colour, (S, S), numbered from 0: SLIC (Achanta et al. 2012) by OpenCV."""
    import cv2

    picture = (scorer.picture.permute(1, 2, 0).numpy() * 255).round().astype(np.uint8)
    lab = cv2.cvtColor(cv2.GaussianBlur(picture, (3, 3), 0), cv2.COLOR_RGB2LAB)
    size = max(picture.shape[0] // PART, 2)
    slic = cv2.ximgproc.createSuperpixelSLIC(lab, cv2.ximgproc.SLICO, size)
    slic.iterate(10)
    slic.enforceLabelConnectivity(25)
    labels: Integers = np.unique(slic.getLabels(), return_inverse=True)[1].reshape(picture.shape[:2]).astype(np.int64)
    return labels


def coalition_scores(scorer: Scorer, parts: Integers, present: NDArray[np.bool_], beat: Beat) -> Floats:
    """Scores with only some parts in place; ``present`` is (n, k)."""
    found = [in_batches(scorer, present[i : i + 16][:, parts], beat) for i in range(0, len(present), 16)]
    return np.concatenate(found)


def lime(scorer: Scorer, parts: Integers, samples: int, rng: np.random.Generator, beat: Beat) -> Fitted:
    """Ridge regression of the score on which parts are there, pictures close to the real one weighing more.

    Ribeiro, Singh and Guestrin 2016 (arXiv 1602.04938): weight exp(−d²/0.25²), d the cosine distance.
    """
    k = int(parts.max()) + 1
    present = rng.random((samples, k)) < 0.5
    present[0] = True
    scores = coalition_scores(scorer, parts, present, beat)
    distance = 1 - np.sqrt(present.mean(axis=1))
    return weighted_ridge(present.astype(float), scores, np.exp(-((distance / LIME_WIDTH) ** 2)), LIME_RIDGE)


def weighted_ridge(x: Floats, y: Floats, weights: Floats, penalty: float) -> Fitted:
    """Least squares with weights and a penalty on the slopes, not on the constant."""
    share = weights / weights.sum()
    x_mean, y_mean = share @ x, float(share @ y)
    a, b = x - x_mean, y - y_mean
    values: Floats = np.linalg.solve((a * weights[:, None]).T @ a + penalty * np.eye(x.shape[1]), a.T @ (weights * b))
    spread = float(share @ b**2)
    fit = 1 - float(share @ (b - a @ values) ** 2) / spread if spread > 0 else float("nan")
    return Fitted(values, y_mean - float(x_mean @ values), fit)


def shap(scorer: Scorer, parts: Integers, samples: int, rng: np.random.Generator, beat: Beat) -> Fitted:
    """Shapley values of the parts by KernelSHAP (Lundberg and Lee 2017, arXiv 1705.07874, theorem 2).

    Coalitions are drawn by size with the Shapley kernel, each with its complement (Covert and Lee 2021), and
    fitted by least squares under the constraint that the values add up to score(picture) − score(blank).
    """
    k = int(parts.max()) + 1
    ends = scorer.scores(scorer.masked(np.stack([np.zeros_like(parts, bool), np.ones_like(parts, bool)])), beat)
    empty, full = float(ends[0]), float(ends[1])
    present = draw_coalitions(k, samples, rng)
    scores = coalition_scores(scorer, parts, present, beat)
    return constrained(present.astype(float), scores, empty, full)


def draw_coalitions(k: int, samples: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """(samples, k) coalitions in pairs of complements; every one of them when there are no more than ``samples``."""
    if k < 2:
        return np.zeros((0, k), dtype=bool)
    if 2**k - 2 <= samples:  # all of them, each as often as its kernel weight asks
        return np.array([[code >> i & 1 for i in range(k)] for code in range(1, 2**k - 1)], dtype=bool)
    sizes = np.arange(1, k)
    chance = (k - 1) / (sizes * (k - sizes))
    drawn = rng.choice(sizes, size=samples // 2, p=chance / chance.sum())
    present = np.zeros((len(drawn), k), dtype=bool)
    for row, size in zip(present, drawn, strict=True):
        row[rng.permutation(k)[:size]] = True
    return np.concatenate([present, ~present])


def constrained(present: Floats, scores: Floats, empty: float, full: float) -> Fitted:
    """Weighted least squares whose slopes add up to ``full`` − ``empty``.

    Coalitions that were drawn with the kernel weigh alike; a complete list is weighted by the kernel itself.
    """
    k = present.shape[1]
    if k == 1:
        return Fitted(np.array([full - empty]), empty, 1.0)
    size = present.sum(axis=1)
    complete = len(present) == 2**k - 2
    weights = np.array([1 / (comb(k, int(s)) * s * (k - s)) for s in size]) if complete else np.ones(len(present))
    weights = weights / weights.sum()
    y = scores - empty
    system = (present * weights[:, None]).T @ present + 1e-10 * np.eye(k)
    inverse = np.linalg.inv(system)
    free = inverse @ (present.T @ (weights * y))
    values: Floats = free - inverse.sum(axis=1) * (free.sum() - (full - empty)) / inverse.sum()
    spread = float(weights @ (y - weights @ y) ** 2)
    fit = 1 - float(weights @ (y - present @ values) ** 2) / spread if spread > 0 else float("nan")
    return Fitted(values, empty, fit)
