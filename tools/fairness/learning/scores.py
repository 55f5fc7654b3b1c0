"""Scores with their intervals: vectorised bootstrap by counts, AUC, and the interval over repeated splits."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

DRAWS = 2000
Interval = tuple[float, float, float]
"""Value, low and high at 95 %."""


def confusion(truth: NDArray[np.int64], said: NDArray[np.int64], classes: int) -> NDArray[np.int64]:
    """(classes, classes) counts: rows are the truth, columns what the model said."""
    return np.bincount(truth * classes + said, minlength=classes * classes).reshape(classes, classes)


def accuracy(right: NDArray[np.bool_], rng: np.random.Generator) -> Interval:
    """Share of right answers; percentile bootstrap (Efron 1979): resampling n yes/no answers is a binomial draw."""
    n, share = len(right), float(right.mean())
    low, high = np.quantile(rng.binomial(n, share, DRAWS) / n, [0.025, 0.975])
    return share, float(low), float(high)


def gain(right: NDArray[np.bool_], other: NDArray[np.bool_], rng: np.random.Generator) -> Interval:
    """How many more answers are right than the other's on the same rows: a multinomial draw of three counts."""
    n = len(right)
    up, down = int((right & ~other).sum()), int((other & ~right).sum())
    counts = rng.multinomial(n, [up / n, down / n, (n - up - down) / n], DRAWS)
    low, high = np.quantile((counts[:, 0] - counts[:, 1]) / n, [0.025, 0.975])
    return (up - down) / n, float(low), float(high)


def mean(values: NDArray[np.float64], rng: np.random.Generator) -> Interval:
    """A mean with its percentile bootstrap, 2,000 resamples in blocks of a bounded size."""
    n = len(values)
    block = max(1, 2_000_000 // n)
    draws = [values[rng.integers(0, n, (min(block, DRAWS - at), n))].mean(1) for at in range(0, DRAWS, block)]
    low, high = np.quantile(np.concatenate(draws), [0.025, 0.975])
    return float(values.mean()), float(low), float(high)


def auc(truth: NDArray[np.int64], score: NDArray[np.float64]) -> float:
    """Probability that a random positive is scored above a random negative, ties for a half (Mann and Whitney)."""
    from scipy.stats import rankdata

    ones = int(truth.sum())
    zeros = len(truth) - ones
    if not ones or not zeros:
        return math.nan
    return float((rankdata(score)[truth == 1].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def auc_interval(truth: NDArray[np.int64], score: NDArray[np.float64]) -> Interval:
    """AUC with the 95 % interval of DeLong et al. 1988: each row's share of rows of the other kind that it beats."""
    from scipy.stats import rankdata

    value = auc(truth, score)
    up, down = score[truth == 1], score[truth == 0]
    both = rankdata(np.concatenate([up, down]))
    above = (both[: len(up)] - rankdata(up)) / len(down)
    below = 1 - (both[len(up) :] - rankdata(down)) / len(up)
    half = 1.959964 * math.sqrt(above.var(ddof=1) / len(up) + below.var(ddof=1) / len(down))
    return value, max(value - half, 0.0), min(value + half, 1.0)


def over_splits(values: NDArray[np.float64], test: int, train: int) -> Interval:
    """Mean over repeated splits with the corrected interval of Nadeau and Bengio 2003.

    Splits of one table share rows, so that s²/J is too small: s²(1/J + n_test/n_train), Student with J − 1 degrees.
    """
    from scipy.stats import t

    splits, centre = len(values), float(values.mean())
    if splits < 2:
        return centre, math.nan, math.nan
    half = float(t.ppf(0.975, splits - 1)) * math.sqrt(float(values.var(ddof=1)) * (1 / splits + test / train))
    return centre, centre - half, centre + half
