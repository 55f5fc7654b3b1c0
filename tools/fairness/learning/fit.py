"""Lesson ``fit``: learn, choose on validation rows, and report on test rows that nothing has seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.fairness.learning import models, scores
from tools.fairness.learning.scores import Interval
from tools.fairness.learning.task import Task

SHARES = (0.6, 0.2, 0.2)


@dataclass(frozen=True)
class Trial:
    """One model: ``valid`` and ``test`` are accuracies, or mean absolute errors; ``gain`` is over the baseline.

    ``matrix`` counts truth (rows) against answer (columns) on the test rows, None for a number.
    """

    model: str
    train: float
    valid: float
    test: Interval
    gain: Interval
    matrix: NDArray[np.int64] | None


@dataclass(frozen=True)
class Fit:
    """All trials; ``chosen`` did best on the validation rows; ``parts`` are the sizes of the three."""

    task: Task
    trials: list[Trial]
    baseline: Interval
    usual: str
    chosen: Trial
    parts: tuple[int, int, int]


def measure(
    task: Task, names: list[str], seed: int, rng: np.random.Generator, step: Callable[[str, int, int], None]
) -> Fit:
    """Each model on the same rows; the baseline always says the majority, or the mean, of the training rows."""
    train, valid, test = models.split(task, SHARES, rng)
    number = task.kind == "number"
    base, usual = _usual(task, train)
    loss_of_base = _loss(task, np.full(len(test), base), test)
    trials = []
    for done, name in enumerate(names):
        step(name, done, len(names))
        encoder, estimator = models.fitted(name, task, train, seed)
        said = [estimator.predict(encoder(task.columns, rows)) for rows in (train, valid, test)]
        loss = [_loss(task, answer, rows) for answer, rows in zip(said, (train, valid, test), strict=True)]
        if number:
            value, better = scores.mean(loss[2], rng), scores.mean(loss_of_base - loss[2], rng)
        else:
            value, better = scores.accuracy(loss[2] == 0, rng), scores.gain(loss[2] == 0, loss_of_base == 0, rng)
        matrix = None if number else scores.confusion(task.answer[test], said[2].astype(int), len(task.classes))
        first, second = (float(part.mean()) if number else 1 - float(part.mean()) for part in loss[:2])
        trials.append(Trial(name, first, second, value, better, matrix))
    best = min(trials, key=lambda trial: trial.valid) if number else max(trials, key=lambda trial: trial.valid)
    baseline = scores.mean(loss_of_base, rng) if number else scores.accuracy(loss_of_base == 0, rng)
    return Fit(task, trials, baseline, usual, best, (len(train), len(valid), len(test)))


def _usual(task: Task, train: NDArray[np.int64]) -> tuple[float, str]:
    """What the baseline always says, as a number and in words."""
    if task.kind == "number":
        middle = float(task.answer[train].mean())
        return middle, f"{middle:g}"
    most = int(np.bincount(task.answer[train], minlength=len(task.classes)).argmax())
    return float(most), task.classes[most]


def _loss(task: Task, said: NDArray[np.float64], rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """(rows,) 0 or 1 for a class, the absolute error for a number."""
    truth = task.answer[rows]
    return np.abs(truth - said) if task.kind == "number" else (truth != said).astype(float)
