"""Paired comparisons on plain arrays: sign-flip test, intervals, Holm's correction.

Sources: Holm 1979, Scandinavian Journal of Statistics 6:65 (correction). The test exchanges the two
members of a pair: if the two prompts gave the same texts on average, either order would be as likely.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MOST_PAIRS = 14  # up to here (16,384 ways) every way to exchange the pairs is tried
DRAWS = 20_000
RESAMPLES = 5_000
CONFIDENCE = 0.95
CHUNK = 2_000


@dataclass(frozen=True)
class Flips:
    """A two-sided test: ``at_least`` of ``tried`` exchanges give a difference as large, either way."""

    p: float
    at_least: int
    tried: int
    exact: bool


def exchange_test(n: int, statistic: Callable[[Floats], Floats], rng: np.random.Generator) -> Flips:
    """How rarely exchanging pairs at random gives a statistic as far from 0.

    Args:
        n: how many pairs can be exchanged.
        statistic: of signs, shape (draws, n), 1 for a pair as it is and −1 for a pair exchanged; shape (draws,).
    """
    seen = abs(float(statistic(np.ones((1, n)))[0]))
    bar = seen - 1e-9 * max(seen, 1.0)  # sums in another order differ in their last bits: a tie stays a tie
    exact = n <= MOST_PAIRS
    tried = 2**n if exact else DRAWS
    at_least = 0
    for start in range(0, tried, CHUNK):
        count = min(CHUNK, tried - start)
        if exact:
            signs = 1.0 - 2.0 * ((np.arange(start, start + count)[:, None] >> np.arange(n)) & 1).astype(np.float64)
        else:
            signs = rng.choice([-1.0, 1.0], (count, n))
        at_least += int((np.abs(statistic(signs)) >= bar).sum())
    p = at_least / tried if exact else (at_least + 1) / (tried + 1)
    return Flips(p, at_least, tried, exact)


def sign_flip(differences: Floats, rng: np.random.Generator) -> Flips:
    """The test of a mean difference of pairs; pairs without a difference change nothing and are left out."""
    moved = differences[differences != 0]
    return exchange_test(len(moved), lambda signs: signs @ moved, rng)


def t_interval(differences: Floats) -> tuple[float | None, float | None]:
    """Student's interval of the mean difference of pairs; none where the pairs do not differ among themselves."""
    from scipy.special import stdtrit

    n, spread = len(differences), float(differences.std(ddof=1))
    if spread == 0:
        return None, None
    half = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2)) * spread / n**0.5
    return float(differences.mean()) - half, float(differences.mean()) + half


def bootstrap(
    n: int, statistic: Callable[[NDArray[np.int64]], Floats], rng: np.random.Generator
) -> tuple[float, float]:
    """Percentile bounds of a statistic when the ``n`` pairs are redrawn; its argument has shape (resamples, n)."""
    draws = statistic(rng.integers(0, n, (RESAMPLES, n)))
    low, high = np.nanquantile(draws, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def holm(p_values: Sequence[float]) -> list[float]:
    """Each p-value corrected for all of them: the k-th smallest times (count − k + 1), never decreasing, at most 1."""
    corrected = [0.0] * len(p_values)
    worst = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda i: p_values[i])):
        worst = max(worst, min(1.0, p_values[place] * (len(p_values) - rank)))
        corrected[place] = worst
    return corrected
