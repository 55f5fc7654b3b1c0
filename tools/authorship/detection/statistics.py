"""The statistics that detectors read from a causal language model, each from the tokens of a text.

    likelihood   mean log p(x_t), in nats                                   (Gehrmann et al. 2019)
    rank         mean place of x_t in the model's list, 1 = the likeliest    (Gehrmann et al. 2019)
    log-rank     mean natural logarithm of that place                        (Mitchell et al. 2023)
    LRR          −Σ log p(x_t) / Σ log rank(x_t)                             (Su et al. 2023, DetectLLM)
    entropy      mean of −Σ_v p(v) log p(v), in nats                         (Gehrmann et al. 2019)
    curvature    (Σ log p(x_t) − Σ μ_t) / √(Σ σ²_t)                          (Bao et al. 2024, Fast-DetectGPT)
    Binoculars   −Σ log p(x_t) / Σ −Σ_v q(v) log p(v), q from an observer    (Hans et al. 2024)

μ_t and σ²_t are the mean and the variance of log p over the model's own distribution of the token at
t (the analytic form, with the scoring model as its own sampling model). Text drawn word by word from
the model has a curvature near 0; text that always takes the favoured words has a large one, which
grows with the square root of the length.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
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

    ``logprob`` of the token that came and its ``rank`` (1 = the likeliest); ``mean`` (minus the
    entropy) and ``variance`` of the log-probability over all the tokens that could have come,
    ``None`` when the model only tells about the ones that came; ``cross``: the cross-entropy with an
    observer, ``None`` without one.
    """

    logprob: Floats
    rank: Floats
    mean: Floats | None = None
    variance: Floats | None = None
    cross: Floats | None = None

    def __len__(self) -> int:
        return len(self.logprob)

    def __getitem__(self, kept: slice | NDArray[np.bool_] | NDArray[np.intp]) -> TokenStatistics:
        """The same for some of the tokens."""
        values = (getattr(self, field.name) for field in fields(self))
        return TokenStatistics(*(None if value is None else value[kept] for value in values))  # type: ignore[arg-type]


def token_statistics(logits: torch.Tensor, ids: torch.Tensor, observer: torch.Tensor | None = None) -> TokenStatistics:
    """The statistics at each position.

    Args:
        logits: scores of the whole vocabulary before each token, shape (tokens, vocabulary).
        ids: the tokens that came, shape (tokens,).
        observer: the scores of a second model with the same vocabulary, of the same shape.
    """
    import torch

    # Made before the large temporaries: small arrays left between those would keep their memory from being used again.
    logprob, rank, mean, variance, cross = (np.empty(len(ids)) for _ in range(5))
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
        if observer is not None:
            q = torch.softmax(observer[rows].double(), dim=-1)
            cross[rows] = -torch.where(q > 0, q * logs, 0.0).sum(dim=1).cpu()
    return TokenStatistics(logprob, rank, mean, variance, None if observer is None else cross)


def joined(parts: list[TokenStatistics]) -> TokenStatistics:
    """The pieces of one text, end to end; what one of them lacks, the whole lacks."""
    columns = []
    for field in fields(TokenStatistics):
        there = [array for part in parts if (array := getattr(part, field.name)) is not None]
        columns.append(np.concatenate(there) if there and len(there) == len(parts) else None)
    return TokenStatistics(*columns)  # type: ignore[arg-type]


def curvature(excess: Floats, variance: Floats) -> Floats:
    """d over the last axis; ``excess`` is log p(x_t) − μ_t. NaN where the model is certain of every token."""
    spread = variance.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(spread > 1e-12, excess.sum(axis=-1) / np.sqrt(spread), np.nan))


def ratio(over: Floats, under: Floats) -> Floats:
    """Σ over / Σ under along the last axis; NaN where the second sum is 0."""
    below = under.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(np.abs(below) > 1e-12, over.sum(axis=-1) / below, np.nan))


def all_statistics(t: TokenStatistics, rows: NDArray[np.intp] | None = None) -> dict[str, Floats]:
    """Every statistic that the model allows, by name: a number, or one for each row of positions (a bootstrap)."""

    def pick(values: Floats) -> Floats:
        return values if rows is None else values[rows]

    logprob, log_rank = pick(t.logprob), pick(np.log(t.rank))
    found = {
        "likelihood": np.asarray(logprob.mean(axis=-1)),
        "rank": np.asarray(pick(t.rank).mean(axis=-1)),
        "log_rank": np.asarray(log_rank.mean(axis=-1)),
        "lrr": ratio(-logprob, log_rank),
    }
    if t.mean is not None and t.variance is not None:
        found["entropy"] = np.asarray(-pick(t.mean).mean(axis=-1))
        found["curvature"] = curvature(logprob - pick(t.mean), pick(t.variance))
    if t.cross is not None:
        found["binoculars"] = ratio(-logprob, pick(t.cross))
    return found


def redrawn(n: int, block: int, draws: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Positions of a circular block bootstrap, shape (draws, n): neighbours stay together in blocks of ``block``."""
    starts = rng.integers(0, n, (draws, -(-n // block)))
    return ((starts[:, :, None] + np.arange(block)) % n).reshape(draws, -1)[:, :n]
