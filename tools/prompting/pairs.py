"""What the difference of two prompts is worth: paired scores, a bootstrap interval over the items, a permutation p-value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tools.finding import Record
from tools.proportions import wilson

if TYPE_CHECKING:
    import numpy as np

DRAWS = 10_000
CONFIDENCE = 0.95
FEWEST = 6  # items: with fewer, even a difference on every one has p > 0.05 (2 / 2⁵ = 0.0625)
ALPHA = 0.05
EXACT = 12  # differences whose signs are all tried; beyond, they are drawn


class Pair(Record):
    """Two sheets on the same items: means, paired difference b − a, its interval, its p-value.

    ``low`` and ``high`` are ``None`` below ``FEWEST`` items. ``better``, ``worse`` and ``same`` are item numbers.
    """

    mean_a: float
    mean_b: float
    difference: float
    low: float | None
    high: float | None
    p: float
    n: int
    better: list[int]
    worse: list[int]
    same: list[int]

    @property
    def clear(self) -> bool:
        """Whether b is better beyond chance: the interval lies above zero, and p is below 0.05.

        Both, because the bootstrap of a difference that a few items carry is too sure: with 4 of 26 better and none worse
        its interval excludes zero, and yet one set of signs in eight gives as much.
        """
        return self.low is not None and self.low > 0 and self.p < ALPHA


def pair(a: Sequence[float], b: Sequence[float], seed: int) -> Pair:
    """The paired difference of two lists of scores with its percentile bootstrap interval (Efron 1979) and sign-flip p-value."""
    import numpy as np

    d = np.array(b, dtype=float) - np.array(a, dtype=float)
    low, high = bootstrap(d, np.random.default_rng(seed)) if len(d) >= FEWEST else (None, None)
    better, worse, same = ([int(i) for i in np.flatnonzero(where)] for where in (d > 0, d < 0, d == 0))
    return Pair(
        mean_a=float(np.mean(a)), mean_b=float(np.mean(b)), difference=float(d.mean()), low=low, high=high,
        p=sign_flip(d, np.random.default_rng(seed + 1)), n=len(d), better=better, worse=worse, same=same,
    )  # fmt: skip


def bootstrap(d: np.ndarray, rng: np.random.Generator) -> tuple[float, float]:
    """The 2.5 % and 97.5 % points of the mean of ``d`` when its items are redrawn with replacement 10,000 times."""
    import numpy as np

    means = rng.multinomial(len(d), np.full(len(d), 1 / len(d)), DRAWS) @ d / len(d)
    low, high = np.quantile(means, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def average(scores: Sequence[float], seed: int) -> tuple[float, float]:
    """The interval of a mean score: Wilson's when every score is 0 or 1, the bootstrap's otherwise."""
    import numpy as np

    found = np.array(scores, dtype=float)
    if set(found) <= {0.0, 1.0}:
        return wilson(int(found.sum()), len(found))
    return bootstrap(found, np.random.default_rng(seed))


def sign_flip(d: np.ndarray, rng: np.random.Generator) -> float:
    """Two-sided p-value of the mean of ``d`` when the two prompts could be swapped on every item (Fisher 1935).

    All signs are tried up to ``EXACT`` differences; beyond, 10,000 are drawn, and the one seen is counted with them.
    """
    import numpy as np

    moved = d[d != 0]
    if not len(moved):
        return 1.0
    seen = abs(moved.sum()) - 1e-9
    if len(moved) <= EXACT:
        signs = 1 - 2 * (np.arange(2 ** len(moved))[:, None] >> np.arange(len(moved)) & 1)
        return float((np.abs(signs @ moved) >= seen).mean())
    signs = rng.choice([-1.0, 1.0], (DRAWS, len(moved)))
    return float((np.count_nonzero(np.abs(signs @ moved) >= seen) + 1) / (DRAWS + 1))
