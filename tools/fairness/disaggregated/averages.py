"""Means and areas under the ROC curve by group: intervals, Welch's test, and the gaps of pure chance.

Welch 1947 (two means with unequal spreads); DeLong, DeLong and Clarke-Pearson 1988 (variance of an area).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tools.fairness.disaggregated.shares import Floats, Ints, Z

MOST = 20_000  # people up to which membership is permuted one person at a time
LEVELS = 500  # different scores, likewise


def mean(values: Floats) -> tuple[float, float]:
    """Mean, and its standard error (NaN under two values)."""
    n = len(values)
    if n == 0:
        return math.nan, math.nan
    return float(values.mean()), float(values.std(ddof=1) / math.sqrt(n)) if n > 1 else math.nan


def area(outcome: NDArray[np.bool_], score: Floats) -> tuple[float, float]:
    """Area under the ROC curve (ties count half), and its standard error after DeLong et al. 1988."""
    hit, miss = np.sort(score[outcome]), np.sort(score[~outcome])
    if len(hit) < 2 or len(miss) < 2:
        return math.nan, math.nan
    above = (np.searchsorted(miss, hit, "left") + np.searchsorted(miss, hit, "right")) / (2 * len(miss))
    below = (np.searchsorted(hit, miss, "left") + np.searchsorted(hit, miss, "right")) / (2 * len(hit))
    return float(above.mean()), math.sqrt(float(above.var(ddof=1) / len(hit) + below.var(ddof=1) / len(miss)))


def half_width(error: float, n: int, is_mean: bool) -> float:
    """Half of the 95 % interval: Student's for a mean, the normal one for an area."""
    if not is_mean:
        return Z * error
    from scipy.special import stdtrit

    return float(stdtrit(n - 1, 0.975)) * error if n > 1 else math.nan


def two_means(a: tuple[float, float, int], b: tuple[float, float, int]) -> float:
    """p of "the same mean" from (mean, standard error, n) of two groups, two-sided (Welch 1947)."""
    from scipy.special import stdtr

    variance = a[1] ** 2 + b[1] ** 2
    if variance == 0:
        return 1.0 if a[0] == b[0] else 0.0
    freedom = variance**2 / (a[1] ** 4 / (a[2] - 1) + b[1] ** 4 / (b[2] - 1))
    return float(2 * stdtr(freedom, -abs(a[0] - b[0]) / math.sqrt(variance)))


def two_areas(a: tuple[float, float], b: tuple[float, float]) -> float:
    """p of "the same area" from (area, standard error) of two independent groups (DeLong et al. 1988)."""
    error = math.hypot(a[1], b[1])
    if error == 0:
        return 1.0 if a[0] == b[0] else 0.0
    return math.erfc(abs(a[0] - b[0]) / error / math.sqrt(2))


def chance_mean_gaps(values: Floats, codes: Ints, groups: int, draws: int, rng: np.random.Generator) -> Floats:
    """(draws,) largest gap between group means when people change groups at random.

    Over ``MOST`` people the means are drawn from the normal law with the variance and the covariance of
    that permutation: σ² (1/n_g − 1/N), and −σ² / N between two groups.
    """
    sizes = np.bincount(codes, minlength=groups)
    if len(values) > MOST:
        free = rng.standard_normal((draws, groups)) * values.std(ddof=1) / np.sqrt(sizes)
        return np.asarray(np.ptp(free - (free @ sizes / sizes.sum())[:, None], axis=1))
    found, dealt = np.empty(draws), values.copy()
    for i in range(draws):
        rng.shuffle(dealt)
        found[i] = np.ptp(np.bincount(codes, weights=dealt, minlength=groups) / sizes)
    return found


def chance_area_gaps(
    outcome: NDArray[np.bool_], score: Floats, codes: Ints, groups: int, draws: int, rng: np.random.Generator
) -> Floats:
    """(draws,) largest gap between group areas when people of the same outcome change groups at random.

    Over ``MOST`` people or ``LEVELS`` different scores, each area is drawn from the normal law with the
    standard error that a group of its size and share of positives has around the common area.
    """
    levels, level = np.unique(score, return_inverse=True)
    if len(score) > MOST or len(levels) > LEVELS:
        return _normal_area_gaps(outcome, score, codes, groups, draws, rng)
    found, width = np.empty(draws), len(levels)
    sides = [(level[outcome == side], codes[outcome == side].copy()) for side in (True, False)]
    for i in range(draws):
        counted = []
        for at, who in sides:
            rng.shuffle(who)
            counted.append(np.bincount(who * width + at, minlength=groups * width).reshape(groups, width))
        hit, miss = counted
        under = np.cumsum(miss, axis=1) - miss / 2
        found[i] = np.ptp((hit * under).sum(axis=1) / (hit.sum(axis=1) * miss.sum(axis=1)))
    return found


def _normal_area_gaps(
    outcome: NDArray[np.bool_], score: Floats, codes: Ints, groups: int, draws: int, rng: np.random.Generator
) -> Floats:
    hit, miss = np.sort(score[outcome]), np.sort(score[~outcome])
    above = ((np.searchsorted(miss, hit, "left") + np.searchsorted(miss, hit, "right")) / (2 * len(miss))).var()
    below = ((np.searchsorted(hit, miss, "left") + np.searchsorted(hit, miss, "right")) / (2 * len(hit))).var()
    hits = np.bincount(codes[outcome], minlength=groups)
    misses = np.bincount(codes[~outcome], minlength=groups)
    error = np.sqrt(above / hits + below / misses)
    return np.asarray(np.ptp(rng.standard_normal((draws, groups)) * error, axis=1))
