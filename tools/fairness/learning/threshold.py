"""Lesson ``threshold``: precision, recall and F1 as the line between yes and no moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.fairness.learning import models, scores
from tools.fairness.learning.scores import Interval
from tools.fairness.learning.task import Task
from tools.proportions import wilson

GRID = np.round(np.arange(0.01, 1.0, 0.01), 2)


@dataclass(frozen=True)
class Cut:
    """Counts at one threshold and what follows from them; a ratio of nothing is NaN."""

    threshold: float
    tp: int
    fp: int
    fn: int
    tn: int

    @property
    def precision(self) -> float:
        """Of those named, the share that is right."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else float("nan")

    @property
    def recall(self) -> float:
        """Of the true cases, the share that is found."""
        return self.tp / (self.tp + self.fn)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two: 2TP / (2TP + FP + FN)."""
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn)

    @property
    def accuracy(self) -> float:
        """Of all, the share that is right."""
        return (self.tp + self.tn) / (self.tp + self.fp + self.fn + self.tn)


@dataclass(frozen=True)
class Moved:
    """The chosen cut, the curve over all, the cut with the best F1, and the intervals of the chosen one."""

    task: Task
    model: str
    here: Cut
    curve: list[Cut]
    best: Cut
    precision: Interval
    recall: Interval
    f1: Interval
    auc: Interval
    parts: tuple[int, int]
    chances: NDArray[np.float64]
    truth: NDArray[np.int64]


def measure(task: Task, model: str, threshold: float, seed: int, rng: np.random.Generator) -> Moved:
    """The model learns on 60 % of the rows; every threshold is tried on the other 40 %."""
    train, test = models.split(task, (0.6, 0.4), rng)
    encoder, estimator = models.fitted(model, task, train, seed)
    chance = models.chances(estimator, encoder(task.columns, test))
    truth = task.answer[test]
    curve = [cut(truth, chance, float(at)) for at in GRID]
    here = cut(truth, chance, threshold)
    counts = rng.multinomial(len(test), np.array([here.tp, here.fp, here.fn, here.tn]) / len(test), scores.DRAWS)
    f1 = 2 * counts[:, 0] / np.maximum(2 * counts[:, 0] + counts[:, 1] + counts[:, 2], 1)
    low, high = np.quantile(f1, [0.025, 0.975])
    return Moved(
        task,
        model,
        here,
        curve,
        max(curve, key=lambda one: one.f1),
        (here.precision, *wilson(here.tp, here.tp + here.fp)),
        (here.recall, *wilson(here.tp, here.tp + here.fn)),
        (here.f1, float(low), float(high)),
        scores.auc_interval(truth, chance),
        (len(train), len(test)),
        chance,
        truth,
    )


def cut(truth: NDArray[np.int64], chance: NDArray[np.float64], threshold: float) -> Cut:
    """The four counts when everything at or above ``threshold`` is called positive."""
    yes = chance >= threshold
    tp, fp = int((yes & (truth == 1)).sum()), int((yes & (truth == 0)).sum())
    return Cut(threshold, tp, fp, int(truth.sum()) - tp, int((truth == 0).sum()) - fp)
