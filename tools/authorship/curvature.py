"""Conditional probability curvature, the statistic of Fast-DetectGPT (Bao et al. 2024, arXiv 2310.05130).

Analytic form, with the scoring model as its own sampling model:

    d = (Σ log p(x_t) − Σ μ_t) / √(Σ σ²_t)

where μ_t and σ²_t are the mean and the variance of log p over the model's own distribution of the
token at t. Text drawn word by word from the model has d near 0; text that always takes the favoured
words has a large d, which grows with the square root of the length.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

Floats = NDArray[np.float64]
ROWS = 64  # positions worked on at once: a whole window times the vocabulary would take several times 100 MB


@dataclass(frozen=True)
class TokenStatistics:
    """What a model makes of each token of a text, arrays of shape (tokens,), in nats.

    ``logprob`` of the token that came and its ``rank`` (1 = the likeliest); ``mean`` and ``variance``
    of the log-probability over all the tokens that could have come, ``None`` when the model only
    tells about the ones that came.
    """

    logprob: Floats
    rank: Floats
    mean: Floats | None
    variance: Floats | None


def token_statistics(logits: torch.Tensor, ids: torch.Tensor) -> TokenStatistics:
    """Log-probability, rank, mean and variance at each position.

    Args:
        logits: scores of the whole vocabulary before each token, shape (tokens, vocabulary).
        ids: the tokens that came, shape (tokens,).
    """
    import torch

    # Made before the large temporaries: small arrays left between those would keep their memory from being used again.
    logprob, rank, mean, variance = (np.empty(len(ids)) for _ in range(4))
    for start in range(0, len(ids), ROWS):
        rows = slice(start, start + ROWS)
        logs = torch.log_softmax(logits[rows].double(), dim=-1)
        p = logs.exp()
        chosen = logs.gather(1, ids[rows, None])
        weighted = torch.where(p > 0, p * logs, 0.0)  # 0 · log 0 is 0
        square = torch.where(p > 0, weighted * logs, 0.0).sum(dim=1)
        logprob[rows], rank[rows] = chosen[:, 0].cpu(), ((logs > chosen).sum(dim=1) + 1).cpu()
        mean[rows] = weighted.sum(dim=1).cpu()
        variance[rows] = np.maximum(square.cpu() - mean[rows] ** 2, 0)
    return TokenStatistics(logprob, rank, mean, variance)


def joined(parts: list[TokenStatistics]) -> TokenStatistics:
    """The windows of one text, end to end."""

    def join(arrays: list[Floats | None]) -> Floats | None:
        there = [array for array in arrays if array is not None]
        return np.concatenate(there) if len(there) == len(arrays) else None

    return TokenStatistics(
        np.concatenate([part.logprob for part in parts]),
        np.concatenate([part.rank for part in parts]),
        join([part.mean for part in parts]),
        join([part.variance for part in parts]),
    )


def curvature(excess: Floats, variance: Floats) -> Floats:
    """d over the last axis; ``excess`` is log p(x_t) − μ_t. NaN where the model is certain of every token."""
    spread = variance.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(spread > 1e-12, excess.sum(axis=-1) / np.sqrt(spread), np.nan))


def redrawn(n: int, block: int, draws: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Positions of a circular block bootstrap, shape (draws, n): neighbours stay together in blocks of ``block``."""
    starts = rng.integers(0, n, (draws, -(-n // block)))
    return ((starts[:, :, None] + np.arange(block)) % n).reshape(draws, -1)[:, :n]
