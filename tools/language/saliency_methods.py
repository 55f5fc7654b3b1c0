"""Four ways to share a score among the words of a text, all in nats.

Gradient × input (Shrikumar et al. 2016, arXiv 1605.01713), integrated gradients (Sundararajan, Taly and
Yan 2017, arXiv 1703.01365), occlusion (Zeiler and Fergus 2014; Li, Monroe and Jurafsky 2016, arXiv
1612.08220) and Shapley values by permutation sampling (Castro, Gómez and Tejada 2009), which is what the
SHAP library estimates (Lundberg and Lee 2017) without its regression.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tools.language.saliency_score import Beat, Scorer
from tools.language.saliency_words import Floats

Method = Literal["gradient_x_input", "integrated_gradients", "occlusion", "shapley"]
METHODS: tuple[Method, ...] = ("gradient_x_input", "integrated_gradients", "occlusion", "shapley")

TOLERANCE = 0.01  # of the score difference: the gap at which integrated gradients stop
SMALLEST = 0.1  # nat: a score difference below it counts as this much
MOST_STEPS = 480  # gradients
FIRST_PIECES, POINTS = 8, 5
WORST_SHARE, MOST_HALVED = 0.5, 8
ALL_ORDERS = 5_040  # 7!: up to seven words, every order is taken
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Integral:
    """Integrated gradients of the tokens and how well they close.

    ``gap`` is the completeness gap as a share of the score difference: local errors of the integral
    added up without cancelling, so it bounds |sum of attributions − difference|; ``net`` is that
    latter gap; ``steps`` how many gradients were taken.
    """

    tokens: Floats
    difference: float
    gap: float
    net: float
    steps: int


@dataclass(frozen=True)
class Shapley:
    """Mean contribution of each word over orders, its interval, and the scores along each order.

    ``chains`` (orders, words + 1) holds the score with the first 0, 1, … words of an order in place;
    ``low`` and ``high`` are a t interval over the orders, equal to ``values`` when all orders were taken.
    """

    values: Floats
    low: Floats
    high: Floats
    chains: Floats
    exact: bool


def integrated_gradients(scorer: Scorer, beat: Beat, tolerance: float = TOLERANCE, most: int = MOST_STEPS) -> Integral:
    """The integral of gradient · (text − blank) from the blank to the text, refined where it does not close.

    The line is cut into pieces. On each, five Gauss–Legendre points give the integral, and the scores at
    its ends give what it should be: the worst pieces are halved until the local gaps, added without their
    signs, are below ``tolerance`` of the score difference, or ``most`` gradients are taken.
    """
    places, weights = np.polynomial.legendre.leggauss(POINTS)
    places, weights = (places + 1) / 2, weights / 2
    todo = [(i / FIRST_PIECES, (i + 1) / FIRST_PIECES) for i in range(FIRST_PIECES)]
    known: dict[float, float] = {}
    done: list[tuple[float, float, Floats, float]] = []
    steps = 0
    while True:
        ends = sorted({end for piece in todo for end in piece} - known.keys())
        known.update(zip(ends, scorer.path(ends, beat).tolist(), strict=True) if ends else ())
        slopes = scorer.slopes([low + (high - low) * place for low, high in todo for place in places], beat)
        steps += len(slopes)
        for (low, high), rows in zip(todo, slopes.reshape(len(todo), POINTS, -1), strict=True):
            part = (high - low) * (weights @ rows)
            done.append((low, high, part, float(part.sum()) - (known[high] - known[low])))
        difference = known[1.0] - known[0.0]
        scale = max(abs(difference), SMALLEST)
        error = sum(abs(piece[3]) for piece in done)
        if error <= tolerance * scale or steps + 2 * POINTS > most:
            net = abs(sum(piece[3] for piece in done))
            return Integral(np.sum([piece[2] for piece in done], axis=0), difference, error / scale, net / scale, steps)
        done.sort(key=lambda piece: abs(piece[3]))
        todo, rest = [], error
        while rest > WORST_SHARE * tolerance * scale and len(todo) < 2 * min(
            MOST_HALVED, (most - steps) // (2 * POINTS)
        ):
            low, high, _, off = done.pop()
            todo += [(low, (low + high) / 2), ((low + high) / 2, high)]
            rest -= abs(off)


def fixed_integrated_gradients(scorer: Scorer, beat: Beat, steps: int) -> Floats:
    """Integrated gradients of the tokens with so many Gauss–Legendre points on the whole line, shape (tokens,)."""
    places, weights = np.polynomial.legendre.leggauss(steps)
    total: Floats = (weights / 2) @ scorer.slopes(((places + 1) / 2).tolist(), beat)
    return total


def occlusion(scorer: Scorer, beat: Beat) -> Floats:
    """Score of the whole text − score without the word, for each word, shape (words,)."""
    n = len(scorer.prompt.words)
    values = scorer.parts(np.vstack([np.ones((1, n), dtype=bool), ~np.eye(n, dtype=bool)]), beat)
    drops: Floats = values[0] - values[1:]
    return drops


def draw_orders(n: int, count: int, rng: np.random.Generator) -> tuple[NDArray[np.int64], bool]:
    """Orders of n words, shape (orders, n), and whether they are all there are."""
    if math.factorial(n) <= ALL_ORDERS:
        return np.array(list(permutations(range(n)))), True
    return np.array([rng.permutation(n) for _ in range(count)]), False


def shapley(scorer: Scorer, orders: NDArray[np.int64], exact: bool, beat: Beat) -> Shapley:
    """What each word adds when the words come in one by one, averaged over orders of arrival."""
    from scipy import stats

    count, n = orders.shape
    chains = in_order(scorer, orders, beat)
    added = np.empty((count, n))
    np.put_along_axis(added, orders, np.diff(chains, axis=1), axis=1)
    values = added.mean(axis=0)
    half = np.zeros(n)
    if not exact:
        half = stats.t.ppf((1 + CONFIDENCE) / 2, count - 1) * added.std(axis=0, ddof=1) / math.sqrt(count)
    return Shapley(values, values - half, values + half, chains, exact)


def in_order(scorer: Scorer, orders: NDArray[np.int64], beat: Beat) -> Floats:
    """Scores with the first 0, 1, … n words of each order in place, shape (orders, n + 1)."""
    count, n = orders.shape
    arrival = np.argsort(orders, axis=1)  # the turn of each word
    kept = arrival[:, None, :] < np.arange(n + 1)[None, :, None]
    return scorer.parts(kept.reshape(-1, n), beat).reshape(count, n + 1)
