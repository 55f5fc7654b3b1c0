"""Lesson ``capacity``: the score on the rows learnt from and on others, as the model may bend more and more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.fairness.learning import models
from tools.fairness.learning.encode import Encoder
from tools.fairness.learning.leakage import score
from tools.fairness.learning.task import Task

LADDERS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "tree": ("max_depth", (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20)),
    "knn": ("n_neighbors", (200, 150, 100, 70, 50, 35, 25, 15, 9, 5, 3, 1)),
    "forest": ("max_depth", (1, 2, 3, 4, 6, 8, 12, 20)),
    "mlp": ("hidden_layer_sizes", ((1,), (2,), (4,), (8,), (16,), (64,), (256,))),
    "linear": ("C", (0.0001, 0.001, 0.01, 0.1, 1.0, 10.0, 100.0)),
}
"""What each model's freedom is set by, from stiff to free."""


@dataclass(frozen=True)
class Curve:
    """(splits, steps) the scores on the rows learnt from and on the validation rows: accuracy, or R²."""

    model: str
    steps: tuple[float, ...]
    train: NDArray[np.float64]
    valid: NDArray[np.float64]

    @property
    def best(self) -> int:
        """The step with the best mean on the validation rows."""
        return int(self.valid.mean(0).argmax())


@dataclass(frozen=True)
class Capacity:
    """The curves over the same splits; ``parts`` are the rows learnt from and the new ones."""

    task: Task
    curves: list[Curve]
    splits: int
    parts: tuple[int, int]
    baseline: float


def measure(
    task: Task,
    names: list[str],
    splits: int,
    seed: int,
    rng: np.random.Generator,
    step: Callable[[str, int, int], None],
) -> Capacity:
    """Each model at each step on the same ``splits`` draws of 70 % and 30 %."""
    draws = [models.split(task, (0.7, 0.3), rng) for _ in range(splits)]
    train, valid = draws[0]
    curves, done, total = [], 0, splits * len(names)
    for name in names:
        setting, ladder = _ladder(name, task, len(train))
        rows = []
        for first, second in draws:
            step(name, done, total)
            done += 1
            encoder = Encoder.fit(task.columns, first)
            x, other = encoder(task.columns, first), encoder(task.columns, second)
            row = []
            for value in ladder:
                estimator = models.learn(models.make(name, task.kind, seed, **{setting: value}), x, task.answer[first])
                row.append((score(task, estimator, x, first), score(task, estimator, other, second)))
            rows.append(row)
        both = np.array(rows)
        steps = tuple(_freedom(value, setting) for value in ladder)
        curves.append(Curve(name, steps, both[:, :, 0], both[:, :, 1]))
    usual = 0.0
    if task.kind != "number":
        usual = float((task.answer[valid] == np.bincount(task.answer[train]).argmax()).mean())
    return Capacity(task, curves, splits, (len(train), len(valid)), usual)


def _freedom(value: Any, setting: str) -> float:
    """The step as a number: of neurons, of questions; for a penalty its inverse."""
    number = float(value[0] if isinstance(value, tuple) else value)
    return 1 / number if setting == "alpha" else number


def _ladder(name: str, task: Task, n: int) -> tuple[str, tuple[Any, ...]]:
    """The steps that so many rows allow; for a number the linear model has a penalty instead of its inverse."""
    setting, ladder = LADDERS[name]
    if name == "knn":
        ladder = tuple(value for value in ladder if value <= n // 2)
    if name == "linear" and task.kind == "number":
        return "alpha", (10000.0, 1000.0, 100.0, 10.0, 1.0, 0.1, 0.01)
    return setting, ladder
