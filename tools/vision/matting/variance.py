"""Which factor explains the differences: the variance of a full factorial, split exactly among factors.

Sobol indices (Homma and Saltelli 1996). On a full grid with every level equally likely they need
no sampling: the mean over the other factors is a mean of cells, and the split is that of an analysis of variance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
NOTHING = 1e-6  # a variance below it (a standard deviation of 0.1 % of the head) is called none


@dataclass(frozen=True)
class Share:
    """The share of the variance that a factor explains alone, and with all its interactions, each with its interval."""

    alone: float
    low: float
    high: float
    total: float
    total_low: float
    total_high: float


def split(cells: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Variance explained by each factor alone, by each with its interactions, and in all.

    Args:
        cells: a value for every combination of levels, one axis a factor.
    """
    axes = range(cells.ndim)
    alone = [cells.mean(axis=tuple(a for a in axes if a != k)).var() for k in axes]
    total = [cells.var(axis=k).mean() for k in axes]
    return np.array(alone), np.array(total), float(cells.var())


def shares(takes: NDArray[np.float64], rng: np.random.Generator) -> list[Share] | None:
    """The shares of every factor over several takes of the same grid; ``None`` when nothing varies.

    The variances are added over the takes before they are divided. The 95 % intervals resample the takes
    (2,000 times, with replacement): they say how far the shares depend on the framing and the noise of a take.

    Args:
        takes: (takes, levels of factor 1, levels of factor 2, …).
    """
    parts = [split(take) for take in takes]
    alone, total = np.array([p[0] for p in parts]), np.array([p[1] for p in parts])
    whole = np.array([p[2] for p in parts])
    if whole.mean() < NOTHING:
        return None
    draws = rng.integers(len(takes), size=(RESAMPLES, len(takes)))
    below = np.maximum(whole[draws].sum(axis=1), 1e-12)[:, None]
    bounds = [np.quantile(x[draws].sum(axis=1) / below, (0.025, 0.975), axis=0) for x in (alone, total)]
    one, all_of_it = alone.sum(axis=0) / whole.sum(), total.sum(axis=0) / whole.sum()
    return [
        Share(*(float(x) for x in (one[k], *bounds[0][:, k], all_of_it[k], *bounds[1][:, k])))
        for k in range(takes.ndim - 1)
    ]


def mean_interval(values: NDArray[np.float64], rng: np.random.Generator) -> tuple[float, float, float]:
    """The mean of independent values and its 95 % bootstrap interval."""
    draws = rng.integers(len(values), size=(RESAMPLES, len(values)))
    low, high = np.quantile(values[draws].mean(axis=1), (0.025, 0.975))
    return float(values.mean()), float(low), float(high)
