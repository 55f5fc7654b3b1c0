"""Shares by group from counts: intervals, gaps, exact and score tests, and the gaps of pure chance.

Wilson 1927 (interval of a share), Newcombe 1998 (method 10: interval of a difference), Fisher 1922
(exact test), Holm 1979 and Benjamini and Hochberg 1995 (many tests at once).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Z = 1.959964  # 95 %
FEW = 10  # expected people in the emptiest cell of a two-by-two table under which the exact test is used


def score_interval(share: float, n: float) -> tuple[float, float]:
    """The Wilson interval of a share from 0 to 1; ``n`` need not make a whole count (for "what if n were…")."""
    if n <= 0:
        return 0.0, 1.0
    centre = share + Z * Z / (2 * n)
    half = Z * math.sqrt(max(share * (1 - share), 0) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    return max((centre - half) / scale, 0.0), min((centre + half) / scale, 1.0)


def hybrid_interval(a: tuple[float, float, float], b: tuple[float, float, float]) -> tuple[float, float]:
    """The interval of a − b from (value, low, high) of two independent estimates (Newcombe 1998, method 10).

    (a − b) − √((a − a_low)² + (b_high − b)²) to (a − b) + √((a_high − a)² + (b − b_low)²).
    """
    gap = a[0] - b[0]
    low = gap - math.hypot(a[0] - a[1], b[2] - b[0])
    return low, gap + math.hypot(a[2] - a[0], b[0] - b[1])


def two_by_two(a: int, n: int, b: int, m: int) -> tuple[float, bool]:
    """p of "the same share" for a of n and b of m, two-sided, and whether the exact test gave it.

    Fisher's test (sum of all tables no likelier than this one) where a cell expects fewer than ``FEW``
    people, else the score test with the pooled share.
    """
    hits, total = a + b, n + m
    if hits in (0, total):
        return 1.0, True
    if min(hits, total - hits) * min(n, m) / total < FEW:
        return _fisher(a, n, hits, total), True
    pooled = hits / total
    z = (a / n - b / m) / math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return math.erfc(abs(z) / math.sqrt(2)), False


def _fisher(a: int, n: int, hits: int, total: int) -> float:
    """Two-sided exact p of ``a`` hits among ``n`` people, given ``hits`` among ``total``."""
    first, last = max(0, hits - (total - n)), min(hits, n)
    support = np.arange(first, last, dtype=float)
    # log of the ratio of each hypergeometric probability to the one before it
    steps = np.log((hits - support) * (n - support)) - np.log((support + 1) * (total - n - hits + support + 1))
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    return float(min(1.0, weights[weights <= weights[a - first] * (1 + 1e-7)].sum()))


def holm(p: Sequence[float]) -> list[float]:
    """p corrected so that among all the tests a false alarm of any kind stays under 5 % (step-down Bonferroni)."""
    order = np.argsort(p, kind="stable")
    m = len(order)
    raised = np.maximum.accumulate([(m - i) * p[k] for i, k in enumerate(order)]) if m else np.array([])
    out = np.empty(m)
    out[order] = np.minimum(raised, 1)
    return [float(x) for x in out]


def false_discovery(p: Sequence[float]) -> list[float]:
    """p corrected so that among the gaps called real at most 5 % are expected to be false (step-up)."""
    order = np.argsort(p, kind="stable")
    m = len(order)
    out = np.empty(m)
    if m:
        lowered = [m / (i + 1) * p[k] for i, k in enumerate(order)]
        out[order] = np.minimum.accumulate(np.minimum(lowered, 1)[::-1])[::-1]
    return [float(x) for x in out]


def chance_gaps(counts: Ints, sizes: Ints, draws: int, rng: np.random.Generator) -> Floats:
    """(draws,) largest gap between groups when the same errors fall on anybody: an exact permutation of people.

    Dealing labels at random among groups of fixed sizes gives multivariate hypergeometric counts, drawn directly.
    """
    drawn = rng.multivariate_hypergeometric(sizes, int(counts.sum()), size=draws, method="marginals")
    return np.asarray(np.ptp(drawn / sizes, axis=1))
