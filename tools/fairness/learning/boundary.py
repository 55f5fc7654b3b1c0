"""Lesson ``boundary``: on two columns, where each model says yes and where it says no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadInput
from tools.fairness.learning import models, scores
from tools.fairness.learning.scores import Interval
from tools.fairness.learning.task import Task

SIDE = 120  # points of the grid in each direction


@dataclass(frozen=True)
class Area:
    """One model: (SIDE, SIDE) chance of the positive answer over the plane, and its accuracies."""

    model: str
    chance: NDArray[np.float64]
    train: float
    test: Interval
    turns: float  # share of neighbouring points of the grid that get different answers


@dataclass(frozen=True)
class Plane:
    """All models on the same two columns; ``parts`` are the rows learnt from and the new ones."""

    task: Task
    names: tuple[str, str]
    axes: tuple[NDArray[np.float64], NDArray[np.float64]]
    areas: list[Area]
    points: NDArray[np.float64]  # (test rows, 2)
    truth: NDArray[np.int64]
    baseline: float
    parts: tuple[int, int]


def two_columns(task: Task, wanted: list[str]) -> list[str]:
    """The two columns of numbers asked for, else the two that separate the answers best, one by one."""
    numbers = [name for name, values in task.columns.items() if values.dtype.kind == "f"]
    if wanted:
        if len(wanted) != 2 or any(name not in numbers for name in wanted):
            raise BadInput(
                f"A boundary is drawn on two columns of numbers: {', '.join(numbers[:12])}.",
                f"Une frontière se dessine sur deux colonnes de nombres : {', '.join(numbers[:12])}.",
            )
        return wanted
    if len(numbers) < 2:
        raise BadInput(
            f"{task.name} has fewer than two columns of numbers: there is no plane to draw a boundary on.",
            f"{task.name} a moins de deux colonnes de nombres : il n’y a pas de plan où dessiner une frontière.",
        )
    apart = {}
    for name in numbers:
        values = task.columns[name]
        there = ~np.isnan(values)
        apart[name] = (
            abs(scores.auc(task.answer[there], values[there]) - 0.5) if len(np.unique(values[there])) > 8 else -1
        )
    ranked = sorted(numbers, key=lambda name: -np.nan_to_num(apart[name], nan=-1))
    other = [name for name in ranked[1:] if apart[name] >= 0 and abs(_alike(task, ranked[0], name)) < 0.7]
    return [ranked[0], (other or ranked[1:])[0]]


def _alike(task: Task, one: str, other: str) -> float:
    """Correlation of two columns: two that say the same make a poor plane."""
    there = ~np.isnan(task.columns[one]) & ~np.isnan(task.columns[other])
    return float(np.corrcoef(task.columns[one][there], task.columns[other][there])[0, 1])


def measure(
    task: Task, names: list[str], seed: int, rng: np.random.Generator, step: Callable[[str, int, int], None]
) -> Plane:
    """Each model learns on 60 % of the rows with two columns only, and is drawn over the plane."""
    train, test = models.split(task, (0.6, 0.4), rng)
    first, second = task.columns
    axes = tuple(_axis(task.columns[name]) for name in (first, second))
    grid = np.meshgrid(*axes)
    plane = {first: grid[0].ravel(), second: grid[1].ravel()}
    areas = []
    for done, name in enumerate(names):
        step(name, done, len(names))
        encoder, estimator = models.fitted(name, task, train, seed)
        chance = models.chances(estimator, encoder(plane, np.arange(SIDE * SIDE))).reshape(SIDE, SIDE)
        right = [estimator.predict(encoder(task.columns, rows)) == task.answer[rows] for rows in (train, test)]
        yes = chance >= 0.5
        turns = (np.mean(yes[1:] != yes[:-1]) + np.mean(yes[:, 1:] != yes[:, :-1])) / 2
        areas.append(Area(name, chance, float(right[0].mean()), scores.accuracy(right[1], rng), float(turns)))
    points = np.column_stack([task.columns[first][test], task.columns[second][test]])
    usual = int(np.bincount(task.answer[train]).argmax())
    truth = task.answer[test]
    return Plane(
        task,
        (first, second),
        (axes[0], axes[1]),
        areas,
        points,
        truth,
        float((truth == usual).mean()),
        (len(train), len(test)),
    )


def _axis(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """From the 1st to the 99th percentile, a little wider."""
    low, high = np.nanquantile(values, [0.01, 0.99])
    space = 0.04 * (high - low) or 1.0
    return np.linspace(low - space, high + space, SIDE)
