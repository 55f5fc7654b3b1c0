"""What a score means in each group: the share with the outcome among people of the same score."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tools.fairness.audit.metrics import Bools, Floats, Ints

MOST = 20  # values of a score that are shown one by one; more are cut into ten bands of equal size


@dataclass(frozen=True)
class Calibration:
    """Counts by band of score.

    Args:
        bands: lowest and highest score of each band.
        n, hits: (bands, groups) people, and those of them with the outcome.
        gap: mean difference between the first two groups at the same score, with its 95 % interval (Mantel-Haenszel).
    """

    bands: tuple[tuple[float, float], ...]
    n: Ints
    hits: Ints
    gap: tuple[float, float, float]


def calibrate(outcome: Bools, values: Floats, member: Ints, groups: int, pair: tuple[int, int]) -> Calibration:
    """The counts of every band and group, and the gap between the groups of ``pair``."""
    known = np.unique(values)
    if len(known) <= MOST:
        band = np.searchsorted(known, values)
    else:
        cuts = np.unique(np.quantile(values, np.linspace(0.1, 0.9, 9), method="higher"))
        band = np.searchsorted(cuts, values, "right")
    count = int(band.max()) + 1
    cell = band * groups + member
    n = np.bincount(cell, minlength=count * groups).reshape(count, groups)
    hits = np.bincount(cell, weights=outcome, minlength=count * groups).reshape(count, groups).astype(np.int64)
    filled = [one for one in range(count) if n[one].sum()]
    low = tuple((float(values[band == one].min()), float(values[band == one].max())) for one in filled)
    return Calibration(low, n[filled], hits[filled], common_gap(n[filled][:, list(pair)], hits[filled][:, list(pair)]))


def common_gap(n: Ints, hits: Ints) -> tuple[float, float, float]:
    """The difference of two shares common to all bands (bands, 2), weighted after Mantel and Haenszel 1959, with its interval.

    Weights n1·n2 / (n1 + n2); the variance is the weighted sum of the binomial variances of the bands.
    """
    both = (n > 0).all(axis=1)
    n, hits = n[both].astype(float), hits[both].astype(float)
    if not len(n):
        return math.nan, math.nan, math.nan
    weight = n[:, 0] * n[:, 1] / n.sum(axis=1)
    share = hits / n
    gap = float(weight @ (share[:, 0] - share[:, 1]) / weight.sum())
    variance = (share * (1 - share) / n).sum(axis=1)
    half = 1.959964 * math.sqrt(float(weight**2 @ variance)) / float(weight.sum())
    return gap, gap - half, gap + half
