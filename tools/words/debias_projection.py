"""The geometry of hard debiasing on plain arrays: an axis out of pairs, neutralise, equalise, direct bias.

Source: Bolukbasi, Chang, Zou, Saligrama and Kalai 2016, sections 5 and 6 (arXiv 1607.06520), for an axis of one
dimension, as in the authors' program. All vectors have length 1 before and after.
"""

from __future__ import annotations

import numpy as np

from tools.words.association import Floats


def find_axis(pairs: Floats) -> tuple[Floats, float]:
    """The first principal component of the pairs, each around its own mean, and its share of the variance.

    Args:
        pairs: unit vectors, shape (pairs, 2, dimensions).

    Returns:
        The axis, length 1, pointing from the second words to the first ones, and a share from 0 to 1; the axis is
        zero and the share NaN when the two words of every pair have the same vector.
    """
    rows = (pairs - pairs.mean(axis=1, keepdims=True)).reshape(-1, pairs.shape[2])
    _, singular, components = np.linalg.svd(rows, full_matrices=False)
    total = float((singular**2).sum())
    if total == 0:
        return np.zeros(pairs.shape[2]), float("nan")
    axis: Floats = components[0]
    if float((pairs[:, 0] - pairs[:, 1]).sum(axis=0) @ axis) < 0:
        axis = -axis
    return axis, float(singular[0] ** 2) / total


def neutralise(vectors: Floats, axis: Floats) -> Floats:
    """The vectors without their part along the axis, scaled back to length 1; shape (words, dimensions)."""
    rest = vectors - np.outer(vectors @ axis, axis)
    lengths = np.linalg.norm(rest, axis=1, keepdims=True)
    # A vector that lies on the axis keeps nothing but rounding: it becomes zero, not a random direction.
    return np.asarray(np.where(lengths > 1e-9, rest / np.maximum(lengths, 1e-9), 0.0))


def equalise(one: Floats, other: Floats, axis: Floats) -> tuple[Floats, Floats]:
    """A pair that differs along the axis only: ν ± √(1 − ‖ν‖²) axis, with ν the mean of the pair off the axis.

    The word that was further along the axis stays there; both have length 1.
    """
    mean = (one + other) / 2
    off = mean - (mean @ axis) * axis
    reach = float(np.sqrt(max(0.0, 1 - float(off @ off))))
    if float((one - other) @ axis) < 0:
        reach = -reach
    return off + reach * axis, off - reach * axis


def hard_debias(unit: Floats, axis: Floats, neutral: np.ndarray, pairs: list[tuple[int, int]]) -> Floats:
    """All vectors after neutralising the rows marked in ``neutral``, then equalising the pairs of rows."""
    result = np.array(unit, dtype=np.float64)
    result[neutral] = neutralise(result[neutral], axis)
    for one, other in pairs:
        result[one], result[other] = equalise(result[one], result[other], axis)
    return result


def direct_bias(words: Floats, axis: Floats) -> float:
    """DirectBias with c = 1: the mean of |cos(word, axis)| over unit vectors, 0 to 1."""
    return float(np.abs(words @ axis).mean())
