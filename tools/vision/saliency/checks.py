"""Whether a map can be believed: curves against chance, agreement of two maps, a network with random weights.

Deletion and insertion: Petsiuk, Das and Saenko 2018 (arXiv 1806.07421). Random weights: Adebayo et al.
2018 (arXiv 1810.03292), from the last layer down to the first.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from tools.vision.saliency.score import CELLS, Beat, Floats, Integers, Scorer, cell_index, rank_correlation

CONFIDENCE = 0.95
STEPS = 10  # each takes a tenth of the cells
ORDERS, MOVED = 20, 10  # random orders; places where the map is put instead, for each curve
DRAWS = {True: 4, False: 3}  # copies with random weights: for a method that costs one gradient, and for the others
DEPTHS = {
    True: (0.0, 0.25, 0.5, 0.75, 1.0),
    False: (0.0, 0.5, 1.0),
}  # share that is random, beside the last layer alone
BARELY_CHANGES, TRACE = 0.5, 0.2  # rank correlation with random weights: set in advance, our choice
RESAMPLES, BLOCK = 1_000, 4  # of the bootstrap; side of its blocks, in cells


@dataclass(frozen=True)
class Curves:
    """Probability of the class as cells leave (``deletion``) or arrive (``insertion``), (STEPS + 1,), best first.

    ``random`` (orders, STEPS + 1): deletion courses of random orders of the cells; read backwards, they are insertion
    courses. ``moved_off``, ``moved_on``: the courses of the first map put elsewhere.
    """

    deletion: Floats
    insertion: Floats
    random: Floats
    moved_off: Floats
    moved_on: Floats


@dataclass(frozen=True)
class Agreement:
    """Spearman's rank correlation of two maps over cells, with its block-bootstrap interval; NaN for a flat map."""

    rho: float
    low: float
    high: float


@dataclass(frozen=True)
class Randomised:
    """Rank correlation of the map with that of copies whose last ``layers`` of ``of`` layers have random weights.

    ``mean``, ``low``, ``high``: t interval over ``draws`` copies; ``sizes``: mean without the signs; ``blank``:
    copies whose map is empty, counted as 0; ``example``: the cells of the first copy. ``layers`` = 0 is the control.
    """

    layers: int
    of: int
    mean: float
    low: float
    high: float
    sizes: float
    blank: int
    draws: int
    example: Floats


def area(curve: Floats) -> Any:
    """Mean height of curves over their course (trapezoids), last axis."""
    return (curve[..., :-1] + curve[..., 1:]).mean(axis=-1) / 2


def best_first(cells: Floats, rng: np.random.Generator) -> Integers:
    """The order of the cells, largest value first, equal ones at random."""
    shuffled = rng.permutation(cells.size)
    order: Integers = shuffled[np.argsort(-cells.ravel()[shuffled], kind="stable")]
    return order


def moved(cells: Floats, rng: np.random.Generator) -> Floats:
    """The same map elsewhere: turned, perhaps mirrored, and rolled around the edges; as smooth as it was."""
    down, right = rng.integers(1, len(cells), 2)
    turned = np.rot90(cells, int(rng.integers(4)))
    found: Floats = np.roll(turned[::-1] if rng.random() < 0.5 else turned, (down, right), axis=(0, 1))
    return found


def deletion_courses(scorer: Scorer, orders: list[Integers], ends: Floats, beat: Beat) -> Floats:
    """Probabilities while the cells leave in each order, (orders, STEPS + 1).

    ``ends``: the probabilities of the whole picture and of its blank, which all courses share.
    """
    index = cell_index(scorer.picture.shape[-1])
    found = []
    for order in orders:
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        gone = (np.arange(1, STEPS) * len(order) / STEPS).round()
        inner = scorer.chances(scorer.masked(rank[index][None] >= gone[:, None, None]), beat)
        found.append(np.concatenate([ends[:1], inner, ends[1:]]))
    return np.array(found)


def curves(scorer: Scorer, cells: list[Floats], rng: np.random.Generator, beat: Beat) -> list[Curves]:
    """Curves of each map, beside random orders of the cells (the same for all maps), and the first map moved.

    Inserting cells is deleting them in the opposite order, read backwards.
    """
    import torch

    ends = scorer.chances(torch.stack([scorer.picture, scorer.blank]), beat)
    chance = [rng.permutation(CELLS * CELLS) for _ in range(ORDERS)]
    random = deletion_courses(scorer, chance, ends, beat)
    elsewhere = [best_first(moved(cells[0], rng), rng) for _ in range(MOVED)]
    moved_off = deletion_courses(scorer, elsewhere, ends, beat)
    moved_on = deletion_courses(scorer, [order[::-1] for order in elsewhere], ends, beat)[:, ::-1]
    found = []
    for one in cells:
        order = best_first(one, rng)
        deletion, backwards = deletion_courses(scorer, [order, order[::-1]], ends, beat)
        found.append(Curves(deletion, backwards[::-1], random, moved_off, moved_on))
    return found


def p_against(better: float, others: Floats) -> float:
    """Share of the others at least as good, itself counted; ``better`` and ``others`` with small = good."""
    return (int((others <= better + 1e-12).sum()) + 1) / (len(others) + 1)


def agreement(one: Floats, other: Floats, rng: np.random.Generator) -> Agreement:
    """Rank correlation over cells; the bootstrap draws blocks of cells, since neighbours are alike (Künsch 1989)."""
    rho = rank_correlation(one, other)
    side = len(one)
    count = -(-side * side // BLOCK**2)
    steps = np.arange(BLOCK)
    draws = []
    for _ in range(RESAMPLES if rho == rho else 0):
        rows, columns = rng.integers(0, side, (2, count, 1, 1))
        at = (rows + steps[:, None]) % side, (columns + steps) % side
        draws.append(rank_correlation(one[at], other[at]))
    if not draws:
        return Agreement(rho, float("nan"), float("nan"))
    low, high = np.nanquantile(draws, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Agreement(rho, float(low), float(high))


def layers_of(module: Any) -> list[Any]:
    """The layers that hold weights, first to last, as the network lists them."""
    return [one for one in module.modules() if next(one.parameters(recurse=False), None) is not None]


def depths(count: int, cheap: bool) -> list[int]:
    """How many last layers are random at each stage: none (the control), one, quarters or half, all."""
    return sorted({1, *(round(share * count) for share in DEPTHS[cheap])})


def redraw(layer: Any, draw: Any) -> None:
    """Puts random numbers in a layer: normal, with the mean and the deviation of the tensor they replace."""
    import torch

    for name, old in layer._parameters.items():
        if old is None:
            continue
        deviation, mean = torch.std_mean(old.detach(), correction=0)
        new = torch.randn(old.shape, generator=draw).mul_(deviation).add_(mean)
        layer._parameters[name] = torch.nn.Parameter(new, requires_grad=old.requires_grad)


def copy_of(scorer: Scorer) -> Scorer:
    """The same score by a copy of the network, whose weights may be changed."""
    double = copy.deepcopy(scorer.module)
    name = next((name for name, one in scorer.module.named_modules() if one is scorer.layer), None)
    return replace(scorer, module=double, layer=None if name is None else double.get_submodule(name))


def random_weights(
    scorer: Scorer, cells: Floats, attribute: Callable[[Scorer], Floats], seed: int,
    on_copy: Callable[[int, int], None], cheap: bool = True,
) -> list[Randomised]:  # fmt: skip
    """The cascade: each copy loses its last layer, then more and more, and is asked for its map at every stage.

    ``attribute`` gives the cells of a scorer's map; ``on_copy`` is told which map of how many; ``cheap``: more copies.
    """
    import torch

    count = len(layers_of(scorer.module))
    stages, draws = depths(count, cheap), DRAWS[cheap]
    maps: dict[int, list[Floats]] = {stage: [] for stage in stages}
    for number in range(draws):
        double, draw = copy_of(scorer), torch.Generator().manual_seed(1_000 * seed + number)
        layers, done = layers_of(double.module), 0
        for at, stage in enumerate(stages):
            on_copy(number * len(stages) + at, draws * len(stages))
            for layer in layers[count - stage : count - done]:
                redraw(layer, draw)
            done = stage
            maps[stage].append(attribute(double))
    return [compared(cells, maps[stage], stage, count) for stage in stages]


def verdict(r: Randomised) -> Literal["passes", "keeps a trace", "fails"]:
    """What the check says of a method, by the resemblance of its map to that of networks that have learnt nothing."""
    return "fails" if r.mean >= BARELY_CHANGES else "keeps a trace" if r.mean >= TRACE else "passes"


def compared(cells: Floats, copies: list[Floats], layers: int, of: int) -> Randomised:
    """Correlations of the real cells with those of the copies, and the t interval of their mean."""
    from scipy import stats

    rhos = [rank_correlation(cells, one) for one in copies]
    sizes = [rank_correlation(abs(cells), abs(one)) for one in copies]
    blank = int(np.isnan(rhos).sum())
    values = np.nan_to_num(rhos)
    mean, deviation = float(values.mean()), float(values.std(ddof=1))
    half = float(stats.t.ppf((1 + CONFIDENCE) / 2, len(values) - 1)) * deviation / len(values) ** 0.5
    low, high = max(mean - half, -1.0), min(mean + half, 1.0)
    return Randomised(layers, of, mean, low, high, float(np.nan_to_num(sizes).mean()), blank, len(values), copies[0])
