"""Statistics over the heads of one model: the mean of a weight with its interval, a paired change with its test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from tools.language.inside import Floats
from tools.words.association import CONFIDENCE, RESAMPLES

FEWEST = 5  # heads below which a mean has no interval and a change no test
EVERY_SIGN = 14  # heads up to which every change of signs is tried
SIGNS = 20_000  # beyond, so many are drawn
CHUNK = 1_000


@dataclass(frozen=True)
class Share:
    """The mean weight over heads, its bootstrap bounds (none for fewer than ``FEWEST`` heads), the uniform share."""

    value: float
    low: float | None
    high: float | None
    uniform: float


@dataclass(frozen=True)
class Change:
    """The mean of paired differences ``heads``, shape (heads,), and its two-sided test by changes of sign.

    ``tried`` of them, all when ``exact``; fewer than ``FEWEST`` heads cannot be told from chance: no interval, no p.
    """

    heads: Floats
    value: float
    low: float | None
    high: float | None
    p: float | None
    tried: int
    exact: bool


def share(weights: Floats, uniform: float, rng: np.random.Generator) -> Share:
    """The mean of the weights that some heads give to one thing."""
    return Share(float(weights.mean()), *bounds(weights, rng), uniform)


def change(differences: Floats, rng: np.random.Generator, of: int = 1) -> Change:
    """Tests whether paired differences centre on 0; p is multiplied by ``of``, the number of tests (Bonferroni)."""
    n = len(differences)
    exact = n <= EVERY_SIGN
    tried = 2**n if exact else SIGNS
    bar = abs(float(differences.sum())) - 1e-12 * float(np.abs(differences).sum())  # a tie counts as a tie
    at_least = sum(int((np.abs(signs @ differences) >= bar).sum()) for signs in _signs(n, rng, exact))
    p = min(1.0, of * (at_least / tried if exact else (at_least + 1) / (tried + 1)))
    return Change(
        differences, float(differences.mean()), *bounds(differences, rng), p if n >= FEWEST else None, tried, exact
    )


def _signs(n: int, rng: np.random.Generator, exact: bool) -> Iterator[Floats]:
    """Rows of +1 and −1, ``CHUNK`` at a time."""
    if exact:
        yield np.array(list(product((1.0, -1.0), repeat=n)))
        return
    for _ in range(SIGNS // CHUNK):
        yield np.where(rng.integers(0, 2, (CHUNK, n)) > 0, 1.0, -1.0)


def bounds(values: Floats, rng: np.random.Generator) -> tuple[float | None, float | None]:
    """Percentile bootstrap bounds of the mean over heads."""
    n = len(values)
    if n < FEWEST:
        return None, None
    means = [values[rng.integers(0, n, (CHUNK, n))].mean(axis=1) for _ in range(RESAMPLES // CHUNK)]
    low, high = np.quantile(np.concatenate(means), [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)
