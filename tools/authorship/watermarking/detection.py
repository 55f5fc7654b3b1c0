"""Finding the mark: how many tokens are green, against how many chance would make so.

z = (|s|_G − γT) / √(Tγ(1−γ)), Kirchenbauer et al. 2023, equation 3; a pair (context, token) that comes back
counts once. How much a text of this entropy would show if it bore the mark: their theorem 4.2.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from tools.authorship.watermarking.scheme import GreenLists, Mark

if TYPE_CHECKING:
    from tools.specimens.language import TransformersModel

THRESHOLD = 4.0  # of z: p = 3 in 100,000, the authors' choice
RARE = 1e-4  # the exact binomial p must be below: z flatters short texts
POWER = 0.95
WINDOW = 512  # tokens read with one context
MOST = 4_096  # tokens read to learn how free the words were
Verdict = Literal["found", "none", "short"]


@dataclass(frozen=True)
class Detection:
    """The tokens of a text that have a context: ``green`` and ``counted`` (the first of its kind), shape (tokens − width,)."""

    green: NDArray[np.bool_]
    counted: NDArray[np.bool_]
    gamma: float

    @property
    def scored(self) -> int:
        """T: how many tokens count."""
        return int(self.counted.sum())

    @property
    def hits(self) -> int:
        """|s|_G: how many of them are green."""
        return int((self.green & self.counted).sum())

    @property
    def share(self) -> float:
        """The green share; NaN without tokens."""
        return self.hits / self.scored if self.scored else math.nan

    @property
    def z(self) -> float:
        """Standard deviations above what chance makes green; 0 without tokens."""
        return score(self.hits, self.scored, self.gamma)

    @property
    def p(self) -> float:
        """One-sided p of ``z`` under the normal law, as the paper gives it."""
        return 0.5 * math.erfc(self.z / math.sqrt(2))

    @property
    def exact(self) -> float:
        """P(at least as many green) under the binomial law, which needs no long text to hold."""
        from scipy.stats import binom

        return float(binom.sf(self.hits - 1, self.scored, self.gamma)) if self.scored else 1.0

    @property
    def found(self) -> bool:
        """z above 4, and an exact p below 1 in 10,000."""
        return self.z > THRESHOLD and self.exact < RARE


def score(hits: int, scored: int, gamma: float) -> float:
    """z of ``hits`` green tokens among ``scored``; 0 when nothing is scored."""
    return (hits - gamma * scored) / math.sqrt(scored * gamma * (1 - gamma)) if scored else 0.0


def detect(lists: GreenLists, ids: Sequence[int]) -> Detection:
    """Every token after the first ``width``; empty for a text that is no longer than that."""
    width = lists.mark.width
    green, counted = [], []
    seen: set[tuple[int, ...]] = set()
    for at in range(width, len(ids)):
        gram = tuple(ids[at - width : at + 1])
        green.append(lists.holds(gram[:-1], gram[-1]))
        counted.append(gram not in seen)
        seen.add(gram)
    return Detection(np.array(green, dtype=np.bool_), np.array(counted, dtype=np.bool_), lists.mark.gamma)


def growth(detection: Detection) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """T and z after each counted token, both of shape (T,)."""
    hits = np.cumsum(detection.green[detection.counted])
    scored = np.arange(1, len(hits) + 1, dtype=np.float64)
    gamma = detection.gamma
    return scored, (hits - gamma * scored) / np.sqrt(scored * gamma * (1 - gamma))


@dataclass(frozen=True)
class Expected:
    """What the mark would leave in a text of this entropy (theorem 4.2): at least ``share`` of green tokens."""

    entropy: float
    share: float
    gamma: float

    def z(self, scored: int) -> float:
        """The expected z with ``scored`` tokens, at least."""
        return (self.share - self.gamma) * math.sqrt(scored) / math.sqrt(self.gamma * (1 - self.gamma))

    def power(self, scored: int) -> float:
        """The probability that z exceeds 4, at least, under the normal law."""
        if not 0 < self.share < 1:
            return float(self.share >= 1)
        spread = math.sqrt(self.share * (1 - self.share) / (self.gamma * (1 - self.gamma)))
        return 0.5 * math.erfc((THRESHOLD - self.z(scored)) / spread / math.sqrt(2))

    @property
    def needed(self) -> int | None:
        """How many tokens give z > 4 in 95 % of marked texts; ``None`` when no length would do."""
        if self.share <= self.gamma:
            return None
        deviation = math.sqrt(self.gamma * (1 - self.gamma))
        spread = math.sqrt(max(self.share * (1 - self.share), 0.0))
        return math.ceil(((THRESHOLD * deviation + 1.645 * spread) / (self.share - self.gamma)) ** 2)


def expected(entropy: float, mark: Mark) -> Expected:
    """The green share that a mean spike entropy allows: γα S / (1 + (α − 1)γ), with α = exp δ."""
    alpha = math.exp(mark.delta)
    return Expected(entropy, mark.gamma * alpha * entropy / (1 + (alpha - 1) * mark.gamma), mark.gamma)


def spike_modulus(mark: Mark) -> float:
    """The modulus at which theorem 4.2 takes the spike entropy: (1 − γ)(α − 1) / (1 + (α − 1)γ)."""
    alpha = math.exp(mark.delta)
    return (1 - mark.gamma) * (alpha - 1) / (1 + (alpha - 1) * mark.gamma)


def spike_entropy(
    model: TransformersModel,
    ids: Sequence[int],
    mark: Mark,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> float:
    """The mean over the tokens of Σ p/(1 + zp), p being the model's law for the next token, z the modulus.

    At most ``MOST`` tokens are read, in windows, ``on_step`` being called before each; 1 when there is nothing to predict.
    """
    import torch

    modulus, total, count = spike_modulus(mark), 0.0, 0
    window = min(WINDOW, model.context - 1)
    kept = min(len(ids), MOST)
    for start in range(0, kept - 1, window):
        on_step(start, kept)
        p = torch.softmax(model.logits(list(ids[start : min(start + window + 1, kept)]))[:-1], dim=-1)
        total += float((p / (1 + modulus * p)).sum())
        count += len(p)
    return total / count if count else 1.0


def verdict(detection: Detection, hoped: Expected | None) -> Verdict:
    """Found; not there, where a marked text of this length and entropy would show it; or too short to say."""
    if detection.found:
        return "found"
    return "none" if hoped is not None and hoped.power(detection.scored) >= POWER else "short"
