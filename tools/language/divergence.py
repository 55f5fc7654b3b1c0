"""How far apart distributions lie, in bits, and whether that is more than a change of wording does.

Jensen–Shannon divergence: Lin 1991, IEEE Transactions on Information Theory 37:145.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
CONFIDENCE = 0.95
RESAMPLES = 5_000


@dataclass(frozen=True)
class Shift:
    """Two sentences compared over the same openings.

    ``each`` (openings,) is the divergence between the two after each opening, in bits; ``value``, ``low``
    and ``high`` their mean and its interval; ``wording`` the mean divergence of a sentence from itself
    after another opening; ``p`` and ``swaps`` as ``swap_test`` gives them.
    """

    each: Floats
    value: float
    low: float
    high: float
    wording: float
    p: float
    swaps: int


def entropy(shares: Floats) -> Floats:
    """Entropy in bits over the last axis; 0 · log 0 is 0."""
    logs = np.log2(shares, out=np.zeros_like(shares), where=shares > 0)
    return np.asarray(-(shares * logs).sum(axis=-1))


def jensen_shannon(p: Floats, q: Floats) -> Floats:
    """H((p + q) / 2) − (H(p) + H(q)) / 2 over the last axis: 0 when equal, 1 bit when nothing is shared."""
    return np.asarray(np.clip(entropy((p + q) / 2) - (entropy(p) + entropy(q)) / 2, 0, 1))


def parts(p: Floats, q: Floats) -> Floats:
    """What each word adds to the divergence, in bits, shape (words,); the parts sum to it and none is negative."""
    middle = (p + q) / 2
    halves = [np.where(one > 0, one * np.log2(np.where(one > 0, one / middle, 1.0)), 0.0) for one in (p, q)]
    return np.asarray((halves[0] + halves[1]) / 2)


def between_all(rows: Floats) -> Floats:
    """Divergence of every distribution from every other, shape (rows, rows)."""
    return np.array([jensen_shannon(row[None, :], rows) for row in rows])


def mean_interval(values: Floats, rng: np.random.Generator) -> tuple[float, float]:
    """Percentile bounds of the mean when the values are redrawn with replacement."""
    draws = values[rng.integers(0, len(values), (RESAMPLES, len(values)))].mean(axis=1)
    low, high = np.quantile(draws, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def shift(first: Floats, second: Floats, rng: np.random.Generator) -> Shift:
    """Compares two sentences, each shape (openings, words), row by row after the same openings."""
    each = jensen_shannon(first, second)
    distances = between_all(np.concatenate([first, second]))
    p, swaps = swap_test(distances)
    low, high = mean_interval(each, rng)
    return Shift(each, float(each.mean()), low, high, within(distances), p, swaps)


def within(distances: Floats) -> float:
    """Mean divergence of a sentence from itself after another opening; ``distances`` as for ``swap_test``."""
    count = len(distances) // 2
    off = ~np.eye(count, dtype=bool)
    return float((distances[:count, :count][off].mean() + distances[count:, count:][off].mean()) / 2)


def swap_test(distances: Floats) -> tuple[float, int]:
    """Exact test that the two sentences could be exchanged after any opening.

    The statistic is the mean divergence between the sentences less the mean divergence inside each,
    always after different openings, so that the openings weigh alike in both. Every way to exchange the
    two sentences after some of the openings is tried; exchanging after all of them changes nothing, so
    the first is kept in place.

    Args:
        distances: shape (2 · openings, 2 · openings), the first sentence's rows before the second's.

    Returns:
        p, the share of ways with a statistic at least as large, and how many ways there are.
    """
    count = len(distances) // 2
    ways = np.array([(0, *rest) for rest in product((0, 1), repeat=count - 1)])
    blocks = distances.reshape(2, count, 2, count).transpose(0, 2, 1, 3)  # (sentence, sentence, opening, opening)
    same, other = blocks[0, 0] + blocks[1, 1], blocks[0, 1] + blocks[1, 0]
    crossed = (ways[:, :, None] != ways[:, None, :]).astype(float)  # one of the two openings is exchanged
    off = 1 - np.eye(count)
    # Exchanging one opening of a pair turns its two inside divergences into between ones, and back.
    statistic = ((other - same) * off * (1 - 2 * crossed)).sum(axis=(1, 2))
    bar = statistic[0] - 1e-9 * np.abs(distances).sum()
    return float((statistic >= bar).mean()), len(ways)
