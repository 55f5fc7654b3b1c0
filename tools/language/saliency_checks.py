"""Whether a saliency map can be believed: curves against random orders, agreement, a network of random weights.

Deletion and insertion: Petsiuk, Das and Saenko 2018 (arXiv 1806.07421). Random weights: Adebayo et al.
2018 (arXiv 1810.03292), from the last block down to the first.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from tools.language.saliency_methods import CONFIDENCE, in_order
from tools.language.saliency_score import Beat, Scorer
from tools.language.saliency_words import Floats

RESAMPLES = 2_000
FEWEST = 5  # words below which a correlation has no interval
DRAWS = 4


@dataclass(frozen=True)
class Faithfulness:
    """The order of one map against random orders.

    ``deletion`` and ``insertion`` (words + 1,) are scores as the words that push most towards A leave, or
    arrive, first; the areas are their means over the course, in nats. A good map has a small deletion and
    a large insertion area; ``p`` is the share of random orders at least as good.
    """

    deletion: Floats
    insertion: Floats
    deletion_area: float
    insertion_area: float
    deletion_p: float
    insertion_p: float


@dataclass(frozen=True)
class Agreement:
    """Spearman's rank correlation of each pair of maps, (methods, methods), and the mean over pairs."""

    pairs: Floats
    mean: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Randomised:
    """Rank correlation of the map with that of copies whose last ``blocks`` of ``of`` blocks have random weights.

    With ``blocks`` = 0 nothing is random: the control, which says what the shorter computation on copies costs.

    ``mean``, ``low``, ``high``: t interval over ``draws`` copies, with the signs; ``sizes``: mean without them.
    """

    blocks: int
    of: int
    mean: float
    low: float
    high: float
    sizes: float
    draws: int


def area(curve: Floats) -> Any:
    """Mean height of curves over their course (trapezoids), last axis."""
    return (curve[..., :-1] + curve[..., 1:]).mean(axis=-1) / 2


def faithfulness(scorer: Scorer, values: Floats, chains: Floats, exact: bool, beat: Beat) -> Faithfulness:
    """Curves of the order that a map gives, against ``chains`` (orders, words + 1) of random orders.

    A random order read backwards is another random order: the same chains serve for both curves.
    """
    order = np.argsort(-values, kind="stable")
    insertion, backwards = in_order(scorer, np.array([order, order[::-1]]), beat)
    deletion = backwards[::-1]
    random, off, on = area(chains), float(area(deletion)), float(area(insertion))

    def share(at_least: int) -> float:
        return at_least / len(random) if exact else (at_least + 1) / (len(random) + 1)

    close = 1e-9
    return Faithfulness(
        deletion, insertion, off, on,
        share(int((random <= off + close).sum())), share(int((random >= on - close).sum())),
    )  # fmt: skip


def rank_correlation(one: Floats, other: Floats) -> float:
    """Spearman's rho; NaN when all values of one are equal."""
    from scipy import stats

    a, b = stats.rankdata(one.round(9)), stats.rankdata(other.round(9))
    a, b = a - a.mean(), b - b.mean()
    norm = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return float((a * b).sum()) / norm if norm > 0 else float("nan")


def agreement(maps: list[Floats], rng: np.random.Generator) -> Agreement:
    """Rank correlations between maps; the interval of their mean redraws the words (percentile bootstrap)."""
    stacked = np.array(maps)
    pairs = np.array([[rank_correlation(a, b) for b in stacked] for a in stacked])
    mean = _mean_pair(pairs)
    n = stacked.shape[1]
    if n < FEWEST or mean != mean:
        return Agreement(pairs, mean, None, None)
    draws = [_mean_pair(_correlations(stacked[:, rng.integers(0, n, n)])) for _ in range(RESAMPLES)]
    low, high = np.nanquantile(draws, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Agreement(pairs, mean, float(low), float(high))


def _correlations(maps: Floats) -> Floats:
    """All rank correlations at once; NaN for a map without variation."""
    from scipy import stats

    ranks = stats.rankdata(maps, axis=1)
    ranks -= ranks.mean(axis=1, keepdims=True)
    norms = np.sqrt((ranks**2).sum(axis=1))
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = ranks @ ranks.T / np.outer(norms, norms)
    return found


def _mean_pair(pairs: Floats) -> float:
    """Mean over the pairs above the diagonal."""
    return float(pairs[np.triu_indices(len(pairs), 1)].mean())


def depths(network: Any) -> list[int]:
    """How many last blocks get random weights: none (the control), one, all."""
    return sorted({0, 1, len(blocks_of(network))})


def blocks_of(network: Any) -> Any:
    """The list of transformer blocks of a network."""
    import torch

    lists = [module for module in network.modules() if isinstance(module, torch.nn.ModuleList)]
    count = getattr(network.config, "num_hidden_layers", None)
    return next((found for found in lists if len(found) == count), None) or max(lists, key=len)


def randomised(network: Any, last: int, seed: int) -> Any:
    """A copy whose last blocks have random weights; it shares every other weight, and the original is untouched.

    Every number of a block is drawn from a normal law with the mean and the deviation of the tensor it stands
    in, so that the blocks stay as loud as they were and only what they had learnt is gone.
    """
    import torch

    shared = {id(tensor): tensor for tensor in (*network.parameters(), *network.buffers())}
    double = copy.deepcopy(network, shared)
    draw = torch.Generator().manual_seed(seed)
    blocks = blocks_of(double)
    for block in blocks[len(blocks) - last :]:
        for module in block.modules():
            for name, old in module._parameters.items():
                if old is not None:
                    deviation, mean = torch.std_mean(old.detach().float().cpu(), correction=0)
                    new = torch.randn(old.shape, generator=draw).mul_(deviation).add_(mean)
                    module._parameters[name] = torch.nn.Parameter(new.to(old.device, old.dtype))
    return double


def random_weights(
    scorer: Scorer,
    values: Floats,
    attribute: Callable[[Scorer, Beat], Floats],
    rng: np.random.Generator,
    on_copy: Callable[[int, int], None],
) -> list[Randomised]:
    """The map of the real network against maps of copies with random blocks, one result a depth.

    Args:
        values: the map of the real network, shape (words,).
        attribute: the same method on another scorer.
        on_copy: told how many copies are done, and of how many.
    """
    from scipy import stats

    found, all_depths, of = [], depths(scorer.network), len(blocks_of(scorer.network))
    for place, last in enumerate(all_depths):
        signed, sizes = np.empty(DRAWS), np.empty(DRAWS)
        for draw in range(DRAWS):
            done, total = place * DRAWS + draw, len(all_depths) * DRAWS
            on_copy(done, total)
            double = randomised(scorer.network, last, int(rng.integers(2**31)))
            other = attribute(scorer.on(double), partial(on_copy, done, total))
            signed[draw] = rank_correlation(values, other)
            sizes[draw] = rank_correlation(np.abs(values), np.abs(other))
        mean, half = float(np.nanmean(signed)), 0.0
        half = float(stats.t.ppf((1 + CONFIDENCE) / 2, DRAWS - 1) * np.nanstd(signed, ddof=1) / np.sqrt(DRAWS))
        found.append(
            Randomised(last, of, mean, max(-1.0, mean - half), min(1.0, mean + half), float(np.nanmean(sizes)), DRAWS)
        )
    return found
