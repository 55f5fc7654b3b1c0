"""Lesson ``leakage``: what a careless test announces, and what the same model then gets on rows nobody had touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.fairness.learning import models, scores
from tools.fairness.learning.encode import Encoder
from tools.fairness.learning.scores import Interval
from tools.fairness.learning.task import Task

WAYS = ("honest", "scaler", "duplicates", "selection", "future")
NOISE, CHOSEN = 4000, 30  # columns of pure chance, and how many of them look best
COPIED = 0.4  # share of the rows that stand twice in the file
FUTURE = "after_the_answer"
VAULT = 1 / 3


@dataclass(frozen=True)
class Way:
    """One way to test: (splits,) what was announced and what came true; accuracies, or R² for a number."""

    name: str
    announced: NDArray[np.float64]
    true: NDArray[np.float64]
    lie: Interval


@dataclass(frozen=True)
class Leakage:
    """The five ways on the same draws."""

    task: Task
    model: str
    ways: list[Way]
    splits: int
    parts: tuple[int, int, int]  # rows learnt from, tested on, kept in the vault


def measure(
    task: Task, model: str, splits: int, seed: int, rng: np.random.Generator, step: Callable[[str, int, int], None]
) -> Leakage:
    """Every way on the same ``splits`` draws: a third of the rows is a vault, the rest is split again, well or badly."""
    task = replace(task, order=None)
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
    parts = (0, 0, 0)
    for turn in range(splits):
        vault, rest = models.split(task, (VAULT, 1 - VAULT), rng)
        for place, way in enumerate(WAYS):
            step(way, turn * len(WAYS) + place, splits * len(WAYS))
            inner = np.random.default_rng([seed, turn, 7])
            found[way].append(_one(way, task, model, rest, vault, inner, seed))
        parts = (round(0.75 * len(rest)), len(rest) - round(0.75 * len(rest)), len(vault))
    ways = []
    for name, pairs in found.items():
        announced, true = np.array(pairs).T
        ways.append(Way(name, announced, true, scores.over_splits(announced - true, parts[1] + parts[2], parts[0])))
    return Leakage(task, model, ways, splits, parts)


def _one(
    way: str,
    task: Task,
    model: str,
    rest: NDArray[np.int64],
    vault: NDArray[np.int64],
    rng: np.random.Generator,
    seed: int,
) -> tuple[float, float]:
    """(announced, true) of one way on one draw."""
    if way == "selection":
        return _selected(task, rest, vault, rng, seed)
    if way == "future":
        task = _with_future(task, rng)
    train, test = _halves(task, rest, rng)
    if way == "duplicates":
        train, test = _copied(rest, rng)
    encoder = Encoder.fit(task.columns, rest if way == "scaler" else train)
    fewer = {"n_estimators": 40} if model == "forest" else {}
    estimator = models.learn(
        models.make(model, task.kind, seed, **fewer), encoder(task.columns, train), task.answer[train]
    )
    announced = score(task, estimator, encoder(task.columns, test), test)
    if way == "future":  # on the day of the decision the column is still empty
        task.columns[FUTURE] = np.full(task.n, np.nan)
    return announced, score(task, estimator, encoder(task.columns, vault), vault)


def _halves(
    task: Task, rest: NDArray[np.int64], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    mixed = rng.permutation(rest)
    cut = round(0.75 * len(rest))
    return mixed[:cut], mixed[cut:]


def _copied(rest: NDArray[np.int64], rng: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """A file in which some rows stand twice, split as if each were a new person."""
    twice = rng.permutation(np.concatenate([rest, rng.choice(rest, round(COPIED * len(rest)), replace=False)]))
    cut = round(0.75 * len(twice))
    return twice[:cut], twice[cut:]


def _with_future(task: Task, rng: np.random.Generator) -> Task:
    """One more column, written down after the answer is known: right nine times in ten, or the number with an error."""
    if task.kind == "number":
        written = task.answer + rng.normal(0, 0.3 * float(task.answer.std()), task.n)
    else:
        other = rng.integers(0, len(task.classes), task.n)
        written = np.where(rng.random(task.n) < 0.9, task.answer, other).astype(float)
    return replace(task, columns={**task.columns, FUTURE: written})


def _selected(
    task: Task, rest: NDArray[np.int64], vault: NDArray[np.int64], rng: np.random.Generator, seed: int
) -> tuple[float, float]:
    """The best of many columns of pure chance, chosen with the test rows in view, and nothing else to learn from."""
    noise = rng.normal(size=(task.n, NOISE))
    target = _targets(task)
    seen, wanted = noise[rest], target[rest]
    wanted = (wanted - wanted.mean(0)) / (wanted.std(0) + 1e-12)
    strength = np.abs((seen - seen.mean(0)).T @ wanted / (seen.std(0)[:, None] * len(rest))).max(1)
    kept = noise[:, np.argsort(-strength)[:CHOSEN]]
    train, test = _halves(task, rest, rng)
    estimator = models.learn(models.make("linear", task.kind, seed), kept[train], task.answer[train])
    return score(task, estimator, kept[test], test), score(task, estimator, kept[vault], vault)


def _targets(task: Task) -> NDArray[np.float64]:
    """(n, t) the answer as numbers: one column a class."""
    if task.kind == "many":
        return np.asarray(np.eye(len(task.classes))[task.answer])
    return np.asarray(task.answer.astype(float)[:, None])


def score(task: Task, estimator: Any, x: NDArray[np.float64], rows: NDArray[np.int64]) -> float:
    """Accuracy, or R² = 1 − squared error / squared deviation for a number."""
    truth, said = task.answer[rows], estimator.predict(x)
    if task.kind == "number":
        return float(1 - ((truth - said) ** 2).sum() / ((truth - truth.mean()) ** 2).sum())
    return float((truth == said).mean())
