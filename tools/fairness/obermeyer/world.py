"""One invented hospital after another: who is enrolled when a race-blind predictor learns cost, and when it learns illness.

A patient has a frailty g ~ Gamma(dispersion, mean of the group). Active illnesses of last year and of this year are
Poisson(g). Cost of a year = (without illness + per illness × illnesses) × spent × lasting × yearly, where ``spent`` is 1
for White patients and below 1 for Black patients, and the last two are log-normal with mean 1. The predictors see
last year's cost and the recorded part of last year's illnesses, never race. They are fitted by least squares on two
thirds of the patients and judged on the last third, as in Obermeyer et al. 2019.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.fairness.obermeyer.recipe import Recipe

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LABELS = ("cost", "equal", "illness")  # "equal": cost, in the same world with nothing less spent
BINS = 20  # of predicted risk, in the picture of illness against risk


@dataclass(frozen=True)
class Patients:
    """Arrays (n,): group, illnesses this year, cost this year; (n, 6) what the predictors see of last year."""

    black: Bools
    illnesses: Ints
    cost: Floats
    seen: Floats


@dataclass(frozen=True)
class Measured:
    """One value a world under each name (``worlds`` long), and illness by risk (worlds, 2, BINS), White first."""

    values: dict[str, Floats]
    by_risk: Floats

    def middle(self, name: str) -> tuple[float, float, float]:
        """Median and middle 95 % over the worlds; worlds where it is not defined are left out."""
        known = self.values[name][np.isfinite(self.values[name])]
        if not len(known):
            return math.nan, math.nan, math.nan
        low, centre, high = np.quantile(known, [0.025, 0.5, 0.975])
        return float(centre), float(low), float(high)


def draw(recipe: Recipe, rng: np.random.Generator) -> tuple[Patients, Patients]:
    """The same patients twice: as they are, and with nothing less spent on Black patients."""
    n = recipe.white + recipe.black
    black = np.arange(n) >= recipe.white
    mean = np.where(black, recipe.black_illnesses, recipe.white_illnesses)
    frailty = rng.gamma(recipe.dispersion, mean / recipe.dispersion)
    before, now = rng.poisson(frailty), rng.poisson(frailty)
    recorded = rng.binomial(before, recipe.recorded)
    lasting = _noise(recipe.lasting, n, rng)
    full = [
        (recipe.without_illness + recipe.per_illness * illnesses) * lasting * _noise(recipe.yearly, n, rng)
        for illnesses in (before, now)
    ]
    spent = np.where(black, recipe.spent, 1.0)
    return (
        Patients(black, now, full[1] * spent, features(recorded, full[0] * spent)),
        Patients(black, now, full[1], features(recorded, full[0])),
    )


def _noise(spread: float, n: int, rng: np.random.Generator) -> Floats:
    """Log-normal factors with mean 1."""
    return np.asarray(np.exp(spread * rng.standard_normal(n) - spread**2 / 2))


def features(illnesses: Ints, cost: Floats) -> Floats:
    """(n, 6): a constant, the count and its log, cost (in 10,000 dollars) and its log, cost per illness."""
    paid = cost / 1e4
    return np.column_stack(
        [np.ones(len(cost)), illnesses, np.log1p(illnesses), paid, np.log(cost), paid / (1 + illnesses)]
    )


def risk(seen: Floats, label: Floats | Ints, learns: Ints, judged: Ints) -> Floats:
    """The prediction of a least-squares fit of ``label`` on ``seen``, for the patients ``judged``."""
    weights = np.linalg.lstsq(seen[learns], label[learns].astype(float), rcond=None)[0]
    return np.asarray(seen[judged] @ weights)


def enrolled(score: Floats, percentile: float) -> Bools:
    """(n,) the patients at or above the percentile; the first of two equal scores."""
    taken = max(1, math.ceil(round(len(score) * (1 - percentile / 100), 6)))
    chosen = np.zeros(len(score), dtype=np.bool_)
    chosen[np.argsort(-score, kind="stable")[:taken]] = True
    return chosen


def swaps(black: Bools, illnesses: Ints, chosen: Bools) -> int:
    """How many enrolled White patients are replaced by sicker Black patients left out (Obermeyer et al. 2019, Fig. 1B).

    The healthiest enrolled White patient gives way to the sickest Black patient left out, until she is as healthy.
    """
    inside = np.sort(illnesses[chosen & ~black])
    outside = np.sort(illnesses[~chosen & black])[::-1]
    pairs = min(len(inside), len(outside))
    return int(np.sum(outside[:pairs] > inside[:pairs]))


def one_world(recipe: Recipe, rng: np.random.Generator) -> tuple[dict[str, float], Floats]:
    """All numbers of one world, and mean illnesses (2, BINS) by bin of predicted cost."""
    real, equal = draw(recipe, rng)
    order = rng.permutation(len(real.black))
    learns, judged = np.split(order, [2 * len(order) // 3])
    black, ill, cost = real.black[judged], real.illnesses[judged], real.cost[judged]
    scores = {
        "cost": risk(real.seen, real.cost, learns, judged),
        "equal": risk(equal.seen, equal.cost, learns, judged),
        "illness": risk(real.seen, real.illnesses, learns, judged),
    }
    found: dict[str, float] = {}
    for label, score in scores.items():
        chosen = enrolled(score, recipe.percentile)
        found[f"share_{label}"] = float(black[chosen].mean())
        found[f"sick_{label}"] = float(ill[chosen].mean())
        found[f"costs_{label}"] = float(cost[chosen].sum() / cost.sum())
        found[f"illnesses_{label}"] = float(ill[chosen].sum() / max(1, ill.sum()))
    first = enrolled(scores["cost"], recipe.percentile)
    found["taken"] = float(first.sum())
    found["swapped"] = float(swaps(black, ill, first))
    found["share_swap"] = (float(black[first].sum()) + found["swapped"]) / found["taken"]
    for name, group in (("white", ~black), ("black", black)):
        near = _near(scores["cost"], recipe.percentile) & group
        found[f"near_{name}"] = float(ill[near].mean()) if near.any() else math.nan
        top = enrolled(scores["cost"], 95.0) & group
        found[f"paid_{name}"] = float(cost[top].mean()) if top.any() else math.nan
        found[f"mean_illnesses_{name}"] = float(real.illnesses[real.black == (name == "black")].mean())
        found[f"mean_cost_{name}"] = float(real.cost[real.black == (name == "black")].mean())
    return found, _by_risk(scores["cost"], black, ill)


def _near(score: Floats, percentile: float) -> Bools:
    """(n,) the patients within one percentile of the threshold of enrolment."""
    rank = np.argsort(np.argsort(score, kind="stable")) * (100 / len(score))
    return np.asarray(np.abs(rank - percentile) < 1)


def _by_risk(score: Floats, black: Bools, illnesses: Ints) -> Floats:
    rank = np.argsort(np.argsort(score, kind="stable")) * BINS // len(score)
    cell = rank + BINS * black
    count = np.bincount(cell, minlength=2 * BINS)
    total = np.bincount(cell, weights=illnesses, minlength=2 * BINS)
    return np.asarray(np.divide(total, count, out=np.full(2 * BINS, np.nan), where=count > 0).reshape(2, BINS))


def measure(recipe: Recipe, seed: int, step: Callable[[int, float], None] | None = None) -> Measured:
    """``recipe.worlds`` worlds, each with its own stream of ``seed``; ``step`` hears how many and the share so far."""
    rows: list[dict[str, float]] = []
    lines: list[Floats] = []
    for done, stream in enumerate(np.random.SeedSequence(seed).spawn(recipe.worlds)):
        found, line = one_world(recipe, np.random.default_rng(stream))
        rows.append(found)
        lines.append(line)
        if step is not None:
            step(done + 1, found["share_cost"])
    values = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    return Measured(values, np.array(lines))
