"""Lesson ``importance``: which columns a model leans on, by two methods, and what a copy of a column does to both."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.fairness.learning import models
from tools.fairness.learning.scores import auc
from tools.fairness.learning.task import Task

EXACT = 8  # columns up to which all coalitions are tried
ROWS, BACKGROUND, ORDERS, REPEATS = 24, 12, 24, 10
COPY = "copy of {}"

Chance = Callable[[NDArray[np.int64], list[NDArray[np.int64]]], NDArray[np.float64]]


@dataclass(frozen=True)
class Weighed:
    """Per column: (REPEATS, d) loss of AUC (R² for a number) when its values are shuffled; (rows, d) Shapley values."""

    columns: list[str]
    drop: NDArray[np.float64]
    shapley: NDArray[np.float64]
    exact: bool
    score: float


@dataclass(frozen=True)
class Importance:
    """Before and after ``top`` is given to the model twice."""

    task: Task
    model: str
    before: Weighed
    after: Weighed
    top: str
    copied: str
    parts: tuple[int, int]


def measure(
    task: Task, model: str, copied: str, seed: int, rng: np.random.Generator, step: Callable[[str, int, int], None]
) -> Importance:
    """The two methods on the same test rows, then again with a copy of the column that counted most."""
    train, test = models.split(task, (0.7, 0.3), rng)
    step("before", 0, 2)
    before = weigh(task, model, train, test, seed)
    top = before.columns[int(before.drop.mean(0).argmax())]
    step("after", 1, 2)
    twice = replace(task, columns={**task.columns, copied: task.columns[top]})
    after = weigh(twice, model, train, test, seed)
    return Importance(task, model, before, after, top, copied, (len(train), len(test)))


def weigh(task: Task, model: str, train: NDArray[np.int64], test: NDArray[np.int64], seed: int) -> Weighed:
    """Trains, then measures both importances; the same draws for the same seed whatever the columns."""
    rng = np.random.default_rng([seed, 11])
    encoder, estimator = models.fitted(
        model, task, train, seed, **({"min_samples_leaf": 3} if model == "forest" else {})
    )
    x, places = encoder(task.columns, test), encoder.places(task.columns)
    truth = task.answer[test]

    def predict(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
        return models.chances(estimator, matrix)

    base = _score(task, truth, predict(x))
    orders = [rng.permutation(len(test)) for _ in range(REPEATS)]
    drop = np.empty((REPEATS, len(places)))
    for column, own in enumerate(places):
        for turn, order in enumerate(orders):
            mixed = x.copy()
            mixed[:, own] = x[order][:, own]
            drop[turn, column] = base - _score(task, truth, predict(mixed))
    rows = rng.choice(len(test), min(ROWS, len(test)), replace=False)
    other = encoder(task.columns, rng.choice(train, min(BACKGROUND, len(train)), replace=False))
    exact = len(places) <= EXACT
    found = (
        shapley_exact(predict, x[rows], other, places)
        if exact
        else shapley_sampled(predict, x[rows], other, places, rng)
    )
    return Weighed(list(task.columns), drop, found, exact, base)


def _score(task: Task, truth: NDArray[Any], said: NDArray[np.float64]) -> float:
    if task.kind == "number":
        return float(1 - ((truth - said) ** 2).sum() / ((truth - truth.mean()) ** 2).sum())
    return auc(truth, said)


def _worth(
    predict: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    rows: NDArray[np.float64],
    other: NDArray[np.float64],
    places: list[NDArray[np.int64]],
    members: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """(coalitions, rows) mean prediction when the member columns come from the row and the rest from other people.

    ``members`` is (coalitions, rows or 1, d).
    """
    width = rows.shape[1]
    owner = np.empty(width, dtype=np.int64)
    for column, own in enumerate(places):
        owner[own] = column
    found = []
    for some in members:
        own = np.broadcast_to(some[:, owner], (len(rows), width))[:, None, :]
        mixed = np.where(own, rows[:, None, :], other[None, :, :]).reshape(-1, width)
        found.append(mixed)
    values = [
        predict(np.concatenate(found[at : at + 32])).reshape(-1, len(rows), len(other)).mean(2)
        for at in range(0, len(found), 32)
    ]
    return np.concatenate(values)


def shapley_exact(
    predict: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    rows: NDArray[np.float64],
    other: NDArray[np.float64],
    places: list[NDArray[np.int64]],
) -> NDArray[np.float64]:
    """(rows, d) exact Shapley values: φ_i = Σ_S |S|!(d − |S| − 1)!/d! (v(S ∪ i) − v(S)), all 2^d coalitions."""
    d = len(places)
    coalitions = np.array(list(itertools.product([False, True], repeat=d)))
    worth = _worth(predict, rows, other, places, coalitions[:, None, :])
    place = {tuple(row): i for i, row in enumerate(coalitions)}
    phi = np.zeros((len(rows), d))
    for i in range(d):
        for at, members in enumerate(coalitions):
            if members[i]:
                continue
            size = int(members.sum())
            joined = members.copy()
            joined[i] = True
            weight = math.factorial(size) * math.factorial(d - size - 1) / math.factorial(d)
            phi[:, i] += weight * (worth[place[tuple(joined)]] - worth[at])
    return phi


def shapley_sampled(
    predict: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    rows: NDArray[np.float64],
    other: NDArray[np.float64],
    places: list[NDArray[np.int64]],
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """(rows, d) the same by ``ORDERS`` orders of arrival, each also read backwards (Štrumbelj and Kononenko 2014)."""
    d = len(places)
    phi = np.zeros((len(rows), d))
    orders = [rng.permutation(d) for _ in range(ORDERS // 2)]
    for order in [*orders, *(order[::-1] for order in orders)]:
        members = np.zeros((d + 1, 1, d), dtype=bool)
        for step, column in enumerate(order):
            members[step + 1 :, 0, column] = True
        worth = _worth(predict, rows, other, places, members)
        phi[:, order] += (worth[1:] - worth[:-1]).T / ORDERS
    return phi
