"""The fits behind ``detection_reference.py``: regression, scores without the passage itself, probability and its reliability."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from tools.authorship.detection.reference import Bin
from tools.authorship.detection.statistics import Floats

FOLDS = 5
STRENGTH = 0.05  # C of the regression: the inverse of its penalty
RATES = (0.01, 0.05)
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def fit(rows: Floats, made: Floats) -> tuple[Floats, Floats, Floats, float]:
    """Centre, scale, weights and bias of the regression; both origins weigh the same."""
    from sklearn.linear_model import LogisticRegression

    centre, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    regression = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=2000)
    regression.fit((rows - centre) / scale, made)
    return centre, scale, regression.coef_[0], float(regression.intercept_[0])


def scorer(rows: Floats, made: Floats) -> Callable[[Floats], Floats]:
    """Fits, and gives the function that scores."""
    centre, scale, weights, bias = fit(rows, made)
    return lambda new: np.asarray((new - centre) / scale @ weights + bias)


def unseen_scores(rows: Floats, made: Floats, folds: Floats, counts: Floats) -> Floats:
    """The score of each passage by a regression fitted without its fold."""
    scores = np.zeros(len(rows))
    for number in range(FOLDS):
        away = folds == number
        if away.any():
            scores[away] = scorer(rows[~away & counts], made[~away & counts])(rows[away])
    return scores


def left_out(kind: str, kinds: Floats, rows: Floats, made: Floats, folds: Floats, counts: Floats) -> list[int]:
    """How many passages of a kind are flagged, at each rate, when neither fit nor threshold ever saw the kind."""
    mine = kinds == kind
    others = ~mine & counts
    if len(set(made[others])) < 2:  # the only generator
        return []
    away = unseen_scores(rows[others], made[others], folds[others], np.ones(others.sum(), dtype=bool))
    by_people = np.sort(away[made[others] == 0])
    scores = scorer(rows[others], made[others])(rows[mine])
    flagged = []
    for rate in RATES:
        rank = max(int(rate * (len(by_people) + 1) + 1e-9), 1)
        flagged.append(int((scores > by_people[-rank]).sum()))
    return flagged


def platt(scores: Floats, made: Floats) -> tuple[float, float]:
    """Slope and offset of the probability (Platt 1999); both origins weigh the same."""
    from sklearn.linear_model import LogisticRegression

    found = LogisticRegression(C=1e6, class_weight="balanced").fit(scores[:, None], made)
    return round(float(found.coef_[0, 0]), 5), round(float(found.intercept_[0]), 5)


def reliability(scores: Floats, made: Floats, folds: Floats) -> tuple[list[Bin], float]:
    """What is said and what is true, bin by bin, the slope fitted without the fold; and the expected calibration error."""
    said = np.zeros(len(scores))
    for number in set(folds):
        away = folds == number
        slope, offset = platt(scores[~away], made[~away])
        said[away] = 1 / (1 + np.exp(-(slope * scores[away] + offset)))
    weight = np.where(made == 1, 0.5 / made.sum(), 0.5 / (1 - made).sum())
    bins, error = [], 0.0
    for low, high in pairwise(BINS):
        mine = (said >= low) & ((said < high) | (high == 1))
        if not mine.any():
            continue
        mean, true = (float(np.average(v[mine], weights=weight[mine])) for v in (said, made))
        bins.append(Bin(n=int(mine.sum()), said=round(mean, 4), true=round(true, 4)))
        error += float(weight[mine].sum()) * abs(mean - true)
    return bins, round(error, 4)


def short(values: Floats) -> list[float]:
    """Numbers with five significant digits."""
    return [float(f"{value:.5g}") for value in values]
