"""Lesson ``features``: the same rows and the same models, with other columns made out of the ones at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.fairness.learning import models
from tools.fairness.learning.scores import DRAWS, Interval
from tools.fairness.learning.task import Task

SETS = ("raw", "automatic", "thought", "noise")
NUMBERS = 6  # number columns whose squares and products are tried
USELESS = 24  # random columns, when nothing else says how many
Columns = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Try:
    """One model with one set of columns: its score on the test rows, and that minus the score with the raw columns."""

    model: str
    columns: str
    score: Interval
    gain: Interval


@dataclass(frozen=True)
class Features:
    """Every model with every set of columns, on one split.

    ``added``: the names of the columns that each set adds; ``ordered``: the test is the end of the period and
    whole days are resampled; ``parts``: rows learnt from and tested on.
    """

    task: Task
    tries: list[Try]
    added: dict[str, tuple[str, ...]]
    parts: tuple[int, int]
    ordered: bool

    def of(self, model: str, columns: str) -> Try:
        """One cell."""
        return next(one for one in self.tries if (one.model, one.columns) == (model, columns))

    @property
    def models(self) -> list[str]:
        """The models, in order."""
        return list(dict.fromkeys(one.model for one in self.tries))


def measure(
    task: Task, names: list[str], seed: int, rng: np.random.Generator, step: Callable[[str, int, int], None]
) -> Features:
    """Each model on each set of columns; 70 % of the rows teach (the first days, where there is an order)."""
    train, test = models.split(task, (0.7, 0.3), rng)
    sets = {"raw": Columns(), "automatic": automatic(task), "thought": thought(task)}
    size = len(sets["thought"]) or len(sets["automatic"]) or USELESS
    sets["noise"] = {f"random {i + 1}": rng.normal(size=task.n) for i in range(size)}
    sets = {name: columns for name, columns in sets.items() if columns or name == "raw"}
    blocks = task.order[test] if task.order is not None else np.arange(len(test))
    counts = _draws(blocks, rng)
    tries, done = [], 0
    for model in names:
        errors = Columns()
        for name, columns in sets.items():
            step(model, done, len(names) * len(sets))
            done += 1
            whole = replace(task, columns={**task.columns, **columns})
            encoder, estimator = models.fitted(model, whole, train, seed)
            said = estimator.predict(encoder(whole.columns, test))
            errors[name] = (
                (task.answer[test] - said) ** 2 if task.kind == "number" else (task.answer[test] != said) * 1.0
            )
            tries.append(Try(model, name, *_scores(task, test, errors[name], errors["raw"], blocks, counts)))
    added = {name: tuple(columns) for name, columns in sets.items()}
    return Features(task, tries, added, (len(train), len(test)), task.order is not None)


def _draws(blocks: NDArray[Any], rng: np.random.Generator) -> NDArray[np.float64]:
    """(draws, blocks) how often each block of test rows is drawn (Efron 1979; whole days keep their hours together)."""
    n = len(np.unique(blocks))
    return rng.multinomial(n, np.full(n, 1 / n), DRAWS).astype(float)


def _scores(
    task: Task, test: NDArray[np.int64], error: NDArray[np.float64], raw: NDArray[np.float64], blocks: NDArray[Any],
    counts: NDArray[np.float64],
) -> tuple[Interval, Interval]:  # fmt: skip
    """Score and gain over the raw columns with percentile intervals: right answers, or R² = 1 − error / variance."""
    owner = np.unique(blocks, return_inverse=True)[1]

    def summed(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return counts @ np.bincount(owner, weights=values)

    truth = task.answer[test].astype(float)
    size = summed(np.ones(len(test)))
    if task.kind == "number":
        spread = summed(truth**2) - summed(truth) ** 2 / size
        total = float(((truth - truth.mean()) ** 2).sum())
    else:
        spread, total = size, float(len(test))
    score, other = 1 - summed(error) / spread, 1 - summed(raw) / spread
    value, before = 1 - float(error.sum()) / total, 1 - float(raw.sum()) / total
    return _interval(value, score), _interval(value - before, score - other)


def _interval(value: float, draws: NDArray[np.float64]) -> Interval:
    low, high = np.quantile(draws, [0.025, 0.975])
    return value, float(low), float(high)


def automatic(task: Task) -> Columns:
    """Squares and products of the first number columns, scaled first; what a program does that knows nothing of the case."""
    scaled: dict[str, NDArray[np.float64]] = {}
    for name, values in task.columns.items():
        if values.dtype.kind == "f" and len(scaled) < NUMBERS:
            filled = np.where(np.isnan(values), np.nanmedian(values), values)
            scaled[name] = (filled - filled.mean()) / (filled.std() or 1.0)
    pairs = combinations_with_replacement(scaled, 2)
    return {f"{a} × {b}" if a != b else f"{a}²": scaled[a] * scaled[b] for a, b in pairs}


def thought(task: Task) -> Columns:
    """Columns that somebody who knows the case would make; none for a table of the user's."""
    makers = {"bikes": _bikes, "bikes-like": _bikes, "churn-like": _churn, "credit-like": _credit, "german": _german}
    maker = makers.get(task.name)
    try:
        return maker(task.columns) if maker else {}
    except KeyError:  # the columns were chosen by the reader, and one that is needed is not among them
        return {}


def _bikes(columns: Columns) -> Columns:
    """One column for each hour of a working day and of a day off: two rush hours in one case, a long afternoon in the other."""
    working = columns["workingday"] == "Yes"
    return {
        f"{hour} h, {word}": ((columns["hour"] == hour) & day).astype(float)
        for word, day in (("working day", working), ("day off", ~working))
        for hour in range(24)
    }


def _churn(columns: Columns) -> Columns:
    """The business columns of the course: what should have been paid, its ratio and its distance to what was paid."""
    due = columns["tenure"] * columns["MonthlyCharges"]
    return {
        "tenure × MonthlyCharges": due,
        "(tenure × MonthlyCharges) / TotalCharges": due / np.where(columns["TotalCharges"] > 0, columns["TotalCharges"], np.nan),
        "TotalCharges − tenure × MonthlyCharges": columns["TotalCharges"] - due,
        "first year": (columns["tenure"] <= 12).astype(float),
    }  # fmt: skip


def _credit(columns: Columns) -> Columns:
    """Income of both, the instalment, and the share of the income that it takes."""
    income = columns["ApplicantIncome"] + columns["CoapplicantIncome"]
    instalment = 1000 * columns["LoanAmount"] / columns["Loan_Amount_Term"]
    return {"income of both": income, "instalment": instalment, "instalment / income": instalment / income}


def _german(columns: Columns) -> Columns:
    """The instalment, and the age at the end of the loan."""
    return {
        "amount / duration": columns["credit_amount"] / columns["duration"],
        "age at the end": columns["age"] + columns["duration"] / 12,
    }
