"""The statistics of association tests, on plain arrays: effect size, split test, bootstrap interval.

Source: Caliskan, Bryson and Narayanan 2017, Science 356:183 (effect size and test); the interval
is a percentile bootstrap of the words, which the paper does not have.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations, islice

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
OnStep = Callable[[int, int], None]

MOST_SPLITS = 200_000  # up to here every split is tried
RANDOM_SPLITS = 100_000  # beyond, so many are drawn
RESAMPLES = 5_000
CONFIDENCE = 0.95
CHUNK = 10_000


@dataclass(frozen=True)
class Splits:
    """The one-sided test: how many splits of the pooled scores give a difference at least as large.

    ``p`` is ``at_least / tried`` when every split was tried (the real one is among them), and
    ``(at_least + 1) / (tried + 1)`` when the splits were drawn.
    """

    p: float
    at_least: int
    tried: int
    exact: bool


@dataclass(frozen=True)
class Comparison:
    """Two groups of scores compared: ``d`` with the sample deviation, ``d_population`` with the population's."""

    d: float
    d_population: float
    low: float
    high: float
    splits: Splits


def associations(words: Floats, a: Floats, b: Floats) -> Floats:
    """s(w) = mean cos(w, A) − mean cos(w, B), shape (words,).

    Args:
        words, a, b: unit vectors, shapes (words, dimensions), (A, dimensions), (B, dimensions).
    """
    scores: Floats = words @ (a.mean(axis=0) - b.mean(axis=0))
    return scores


def effect_size(x: Floats, y: Floats, ddof: int = 1) -> float:
    """d = (mean x − mean y) / standard deviation over both; NaN when all scores are equal."""
    deviation = float(np.concatenate([x, y]).std(ddof=ddof))
    return float(x.mean() - y.mean()) / deviation if deviation > 0 else math.nan


def ceiling(nx: int, ny: int) -> float:
    """The largest d that groups of these sizes can reach: all of x equal, all of y equal, x ≠ y."""
    return math.sqrt((nx + ny) * (nx + ny - 1) / (nx * ny))


def quiet(done: int, total: int) -> None:
    """Reports no progress."""


def split_test(
    x: Floats,
    y: Floats,
    rng: np.random.Generator,
    on_step: OnStep = quiet,
    most: int = MOST_SPLITS,
    draws: int = RANDOM_SPLITS,
) -> Splits:
    """Tries every split of the pooled scores into groups of the same sizes; beyond ``most``, draws ``draws`` of them."""
    pooled = np.concatenate([x, y])
    exact = math.comb(len(pooled), len(x)) <= most
    total = math.comb(len(pooled), len(x)) if exact else draws
    # The total is the same in every split, so the sum over the first group orders the
    # splits as the difference of means does. Sums of the same numbers in another order
    # differ in their last bits: the tolerance makes a tie count as a tie.
    bar = float(x.sum()) - 1e-12 * float(np.abs(pooled).sum())
    at_least = done = 0
    for sums in _every_sum(pooled, len(x)) if exact else _drawn_sums(pooled, len(x), rng, draws):
        at_least += int((sums >= bar).sum())
        done += len(sums)
        on_step(done, total)
    p = at_least / total if exact else (at_least + 1) / (total + 1)
    return Splits(p, at_least, total, exact)


def _every_sum(pooled: Floats, size: int) -> Iterator[Floats]:
    """Sums over each choice of ``size`` scores, ``CHUNK`` choices at a time."""
    choices = combinations(range(len(pooled)), size)
    while batch := list(islice(choices, CHUNK)):
        rows = np.fromiter(chain.from_iterable(batch), dtype=np.intp, count=len(batch) * size)
        yield pooled[rows.reshape(-1, size)].sum(axis=1)


def _drawn_sums(pooled: Floats, size: int, rng: np.random.Generator, draws: int) -> Iterator[Floats]:
    """Sums over ``draws`` random choices, drawn without replacement within each."""
    for start in range(0, draws, CHUNK):
        count = min(CHUNK, draws - start)
        yield rng.permuted(np.tile(pooled, (count, 1)), axis=1)[:, :size].sum(axis=1)


def bootstrap_interval(x: Floats, y: Floats, rng: np.random.Generator) -> tuple[float, float]:
    """Percentile bounds of d when the words are redrawn, with replacement, inside each group."""
    drawn_x = x[rng.integers(0, len(x), (RESAMPLES, len(x)))]
    drawn_y = y[rng.integers(0, len(y), (RESAMPLES, len(y)))]
    deviation = np.concatenate([drawn_x, drawn_y], axis=1).std(axis=1, ddof=1)
    kept = deviation > 0  # tiny groups can be redrawn as one value repeated: no d there
    d = (drawn_x.mean(axis=1) - drawn_y.mean(axis=1))[kept] / deviation[kept]
    low, high = np.quantile(d, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def compare(x: Floats, y: Floats, rng: np.random.Generator, on_step: OnStep = quiet) -> Comparison:
    """Effect size, interval and test of two groups of scores, shapes (nx,) and (ny,)."""
    splits = split_test(x, y, rng, on_step)
    low, high = bootstrap_interval(x, y, rng)
    return Comparison(effect_size(x, y), effect_size(x, y, ddof=0), low, high, splits)
