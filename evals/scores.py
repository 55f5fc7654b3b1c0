"""Figures of merit for scores and verdicts, each with the interval that goes with it.

Intervals of shares are Wilson's. The others are percentile intervals of 1,000 bootstrap draws
that keep the number of positives and of negatives (seed 0).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.proportions import wilson

Floats = NDArray[np.float64]
DRAWS = 1_000
LEVEL = (2.5, 97.5)

Value = dict[str, Any]
"""{"value", "low", "high", "n"}; ``value`` is ``None`` when it cannot be computed."""


def share(count: int, n: int) -> Value:
    """A proportion with its Wilson interval."""
    low, high = wilson(count, n)
    return {"value": count / n if n else None, "low": low, "high": high, "n": n, "count": count}


def auroc(positive: Sequence[float], negative: Sequence[float]) -> Value:
    """The probability that a positive scores above a negative, ties counted half (0.5: chance)."""
    return _ranked(positive, negative, _auroc)


def average_precision(positive: Sequence[float], negative: Sequence[float]) -> Value:
    """Area under the precision-recall curve, as a sum over the thresholds; its base line is the share of positives."""
    return _ranked(positive, negative, _average_precision)


def caught_at(positive: Sequence[float], negative: Sequence[float], false_alarms: float) -> Value:
    """The share of positives above the threshold that at most ``false_alarms`` of the negatives exceed.

    The threshold is drawn anew in every bootstrap draw, so the interval includes its uncertainty.
    """
    return _ranked(positive, negative, lambda a, b: _caught_at(a, b, false_alarms))


def _ranked(positive: Sequence[float], negative: Sequence[float], measure: Callable[[Floats, Floats], float]) -> Value:
    """``measure`` with its interval; NaN scores are left out and not counted in ``n``."""
    a, b = (np.array(values, dtype=float) for values in (positive, negative))
    a, b = a[~np.isnan(a)], b[~np.isnan(b)]
    n = len(a) + len(b)
    if not len(a) or not len(b):
        return {"value": None, "low": None, "high": None, "n": n}
    rng = np.random.default_rng(0)
    draws = [measure(rng.choice(a, len(a)), rng.choice(b, len(b))) for _ in range(DRAWS)]
    low, high = np.percentile(draws, LEVEL)
    return {"value": measure(a, b), "low": float(low), "high": float(high), "n": n}


def _auroc(a: Floats, b: Floats) -> float:
    from scipy.stats import rankdata

    ranks = rankdata(np.concatenate([a, b]))
    return float((ranks[: len(a)].sum() - len(a) * (len(a) + 1) / 2) / (len(a) * len(b)))


def _average_precision(a: Floats, b: Floats) -> float:
    from sklearn.metrics import average_precision_score

    truth = np.concatenate([np.ones(len(a)), np.zeros(len(b))])
    return float(average_precision_score(truth, np.concatenate([a, b])))


def _caught_at(a: Floats, b: Floats, false_alarms: float) -> float:
    allowed = int(false_alarms * len(b) + 1e-9)
    threshold = np.sort(b)[::-1][allowed] if allowed < len(b) else -np.inf
    return float((a > threshold).mean())


def reliability(
    probability: Sequence[float], truth: Sequence[bool], bins: int = 10, balanced: bool = False
) -> list[dict[str, float]]:
    """Bins of equal width, empty ones left out: mean probability said, share that was true, n, weight.

    ``balanced`` weighs the true and the false ones so that each make up half.
    """
    said, true = np.array(probability, dtype=float), np.array(truth, dtype=bool)
    weights = np.ones(len(said))
    if balanced and 0 < true.sum() < len(true):
        weights = np.where(true, len(true) / (2 * true.sum()), len(true) / (2 * (~true).sum()))
    owner = np.minimum((said * bins).astype(int), bins - 1)
    rows = []
    for number in range(bins):
        mine = owner == number
        if mine.any():
            weight = weights[mine]
            rows.append({
                "said": float(np.average(said[mine], weights=weight)), "true": float(np.average(true[mine], weights=weight)),
                "n": int(mine.sum()), "weight": float(weight.sum()),
            })  # fmt: skip
    return rows


def calibration_error(rows: list[dict[str, float]]) -> float:
    """Expected calibration error (Naeini et al. 2015): the gaps of ``reliability``, weighted."""
    total = sum(row["weight"] for row in rows)
    return sum(row["weight"] * abs(row["said"] - row["true"]) for row in rows) / total if total else 0.0
