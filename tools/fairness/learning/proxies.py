"""Lesson ``proxies``: a column about people is dropped; what the others still say of it, and what happens to the gap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadInput
from tools.fairness.learning import models, scores
from tools.fairness.learning.encode import Encoder
from tools.fairness.learning.scores import Interval
from tools.fairness.learning.task import TWINS, Task
from tools.specimens.tabular import Dataset, Groups

FOLDS, SMALL = 4, 30


@dataclass(frozen=True)
class Treated:
    """One way to train: accuracy; share called positive in each of the two groups; their gap; the true-positive gap."""

    accuracy: Interval
    selected: tuple[float, float]
    gap: Interval
    chances: tuple[float, float]  # share of the true positives that are found
    chance_gap: Interval


@dataclass(frozen=True)
class Proxies:
    """``dropped`` and its twins are taken away; ``names`` are the two groups compared, their sizes beside."""

    task: Task
    model: str
    dropped: tuple[str, ...]
    names: tuple[str, str]
    sizes: tuple[int, int]
    base: tuple[float, float]  # share of true positives in each group
    found: Interval  # AUC of telling the groups apart from the columns that stay
    alone: list[tuple[str, float]]  # each column alone, best first
    before: Treated
    after: Treated


def measure(
    task: Task,
    who: Groups,
    column: str,
    model: str,
    seed: int,
    rng: np.random.Generator,
    step: Callable[[str, int, int], None],
) -> Proxies:
    """Each row is answered by a model that has not seen it (four folds), with and without the column.

    ``who`` are the groups of the task's rows; the largest is compared with the next (for two groups: both).
    """
    sizes = who.sizes
    if len(sizes) < 2 or sizes[1] < SMALL:
        raise BadInput(
            f"'{column}' needs two groups of at least {SMALL} people to compare; here: "
            + ", ".join(f"{name} ({size})" for name, size in list(zip(who.names, sizes, strict=True))[:4]) + ".",
            f"« {column} » doit avoir deux groupes d’au moins {SMALL} personnes à comparer ; ici : "
            + ", ".join(f"{name} ({size})" for name, size in list(zip(who.names, sizes, strict=True))[:4]) + ".",
        )  # fmt: skip
    dropped = twins(task, column)
    rest = task.without(*dropped)
    if not rest.columns:
        raise BadInput(
            f"Without '{column}' no column is left to learn from.",
            f"Sans « {column} », il ne reste aucune colonne dont apprendre.",
        )
    folds = rng.permutation(task.n) % FOLDS
    two = who.codes <= 1
    two &= who.codes >= 0
    group = (who.codes == 0).astype(int)
    step("with", 0, 3)
    before = _treated(answers(task, model, task.answer, folds, seed), task.answer, group, two, rng)
    step("without", 1, 3)
    after = _treated(answers(rest, model, task.answer, folds, seed), task.answer, group, two, rng)
    step("telling", 2, 3)
    told = answers(rest, model, group, folds, seed, two)
    alone = [(name, _alone(rest.columns[name], group, two, folds)) for name in rest.columns]
    alone.sort(key=lambda pair: -pair[1])
    base = tuple(float(task.answer[two & (group == g)].mean()) for g in (1, 0))
    return Proxies(
        task, model, dropped, (who.names[0], who.names[1]), (int(sizes[0]), int(sizes[1])), (base[0], base[1]),
        scores.auc_interval(group[two], told[two]), alone, before, after,
    )  # fmt: skip


def choose(data: Dataset, group: str) -> str:
    """The column to drop: the one named, else sex or the data set's first group."""
    if group:
        return data.find(group)
    for name in ("sex", "gender", "Gender", "Sex", "sexe", "genre", *data.groups):
        if name in data.columns:
            return name
    raise BadInput(
        f"Say which column about people is to be dropped (group): {', '.join(list(data.columns)[:12])}.",
        f"Dites quelle colonne sur les personnes est à retirer (group) : {', '.join(list(data.columns)[:12])}.",
    )


def twins(task: Task, column: str) -> tuple[str, ...]:
    """The column and those that say the same thing in another way."""
    same = next((group for group in TWINS if column in group), (column,))
    return tuple(name for name in task.columns if name == column or name in same)


def answers(
    task: Task,
    model: str,
    target: NDArray[np.int64],
    folds: NDArray[np.int64],
    seed: int,
    rows: NDArray[np.bool_] | None = None,
) -> NDArray[np.float64]:
    """(n,) chance given to each row by a model trained on the other folds."""
    chance = np.full(task.n, np.nan)
    usable = np.ones(task.n, dtype=bool) if rows is None else rows
    for fold in range(FOLDS):
        train, test = np.flatnonzero((folds != fold) & usable), np.flatnonzero(folds == fold)
        encoder = Encoder.fit(task.columns, train)
        estimator = models.learn(models.make(model, "two", seed), encoder(task.columns, train), target[train])
        chance[test] = models.chances(estimator, encoder(task.columns, test))
    return chance


def _alone(values: NDArray[Any], group: NDArray[np.int64], two: NDArray[np.bool_], folds: NDArray[np.int64]) -> float:
    """AUC of one column alone: a number as it is, a word by its group share on the other folds."""
    if values.dtype.kind == "f":
        there = two & ~np.isnan(values)
        found = scores.auc(group[there], values[there])
        return max(found, 1 - found) if found == found else 0.5
    codes = np.unique(values.astype(str), return_inverse=True)[1]
    share = np.zeros(len(values))
    for fold in range(FOLDS):
        train = two & (folds != fold)
        ones = np.bincount(codes[train], weights=group[train], minlength=codes.max() + 1)
        totals = np.bincount(codes[train], minlength=codes.max() + 1)
        share[folds == fold] = ((ones + 0.5) / (totals + 1))[codes[folds == fold]]
    return scores.auc(group[two], share[two])


def _treated(
    chance: NDArray[np.float64],
    truth: NDArray[np.int64],
    group: NDArray[np.int64],
    two: NDArray[np.bool_],
    rng: np.random.Generator,
) -> Treated:
    """Shares and gaps at the threshold of one half; bootstrap by counts within each group."""
    yes = chance >= 0.5
    right = scores.accuracy((yes == (truth == 1)), rng)
    cells = [[two & (group == g), two & (group == g) & (truth == 1)] for g in (1, 0)]
    (selected, gap), (chances, chance_gap) = (_shares(yes, cells[0][kind], cells[1][kind], rng) for kind in (0, 1))
    return Treated(right, selected, gap, chances, chance_gap)


def _shares(
    yes: NDArray[np.bool_], one: NDArray[np.bool_], other: NDArray[np.bool_], rng: np.random.Generator
) -> tuple[tuple[float, float], Interval]:
    """The share of yes in two sets of rows, and their difference; NaN when one is empty."""
    sizes = (int(one.sum()), int(other.sum()))
    if not all(sizes):
        return (float("nan"), float("nan")), (float("nan"),) * 3
    shares = (float(yes[one].mean()), float(yes[other].mean()))
    draws = [rng.binomial(size, share, scores.DRAWS) / size for size, share in zip(sizes, shares, strict=True)]
    low, high = np.quantile(draws[0] - draws[1], [0.025, 0.975])
    return shares, (shares[0] - shares[1], float(low), float(high))
