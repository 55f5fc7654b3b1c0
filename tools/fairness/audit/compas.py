"""What was published about COMPAS, and the same numbers from the data.

ProPublica (Larson et al. 2016): logistic regressions of a medium or high score on race, sex, age,
priors and later arrest; Dressel and Farid 2018: age and number of prior charges predict as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.fairness.audit.logistic import fit, sigmoid
from tools.fairness.audit.metrics import Bools, Floats

Columns = Mapping[str, NDArray[np.generic]]

RACES = ("African-American", "Asian", "Hispanic", "Native American", "Other")  # against Caucasian
AGES = ("Greater than 45", "Less than 25")  # against 25 to 45

PUBLISHED = (  # score, coefficient, the ratio that ProPublica's notebook prints
    ("general", "African-American", 1.4528),
    ("general", "Female", 1.1948),
    ("general", "Less than 25", 2.4961),
    ("violent", "African-American", 1.7739),
    ("violent", "Less than 25", 7.4142),
)
DRESSEL_FARID = 0.668  # accuracy of their model of two features


@dataclass(frozen=True)
class Ratio:
    """How many times likelier a higher score is, other things equal: ours with its interval, and the published one."""

    score: str
    who: str
    value: float
    low: float
    high: float
    published: float
    n: int


@dataclass(frozen=True)
class Rival:
    """A model of two features against the score: shares right (cross-validated for the model), n, folds, rounds."""

    two: float
    score: float
    n: int
    folds: int
    rounds: int


def screened(columns: Columns, score: str = "score_text") -> Bools:
    """The rows that ProPublica's notebook keeps: screened within 30 days of the arrest, with a score and a real charge."""
    days = np.asarray(columns["days_b_screening_arrest"], dtype=np.float64)
    keep = (np.abs(days) <= 30) & (np.asarray(columns["is_recid"], dtype=np.float64) != -1)
    keep &= np.asarray(columns["c_charge_degree"], dtype=object) != "O"
    words = np.asarray(columns[score], dtype=object)
    return np.asarray(keep & (words != "N/A") & (words != ""), dtype=np.bool_)


def ratios(general: Columns, violent: Columns) -> list[Ratio]:
    """The five published ratios, from two logistic regressions by Newton's method.

    ``violent`` are the columns of ProPublica's sample for the violent score: its ``two_year_recid`` counts violent crimes.
    """
    found = []
    for score, word, columns in (("general", "score_text", general), ("violent", "v_score_text", violent)):
        kept = {name: np.asarray(values)[screened(columns, word)] for name, values in columns.items()}
        design, names = _design(kept)
        found += _converted(score, names, design, kept[word] != "Low")
    return found


def _design(columns: Columns) -> tuple[Floats, list[str]]:
    """The notebook's formula: sex, age group, race, priors, degree of the charge, later arrest."""
    text = {name: np.asarray(columns[name], dtype=object) for name in ("sex", "age_cat", "race", "c_charge_degree")}
    named: list[tuple[str, NDArray[np.generic]]] = [("Female", text["sex"] == "Female")]
    named += [(age, text["age_cat"] == age) for age in AGES]
    named += [(race, text["race"] == race) for race in RACES]
    named += [("priors", np.asarray(columns["priors_count"], dtype=np.float64))]
    named += [("misdemeanour", text["c_charge_degree"] == "M")]
    named += [("again", np.asarray(columns["two_year_recid"], dtype=np.float64))]
    return np.column_stack([np.asarray(v, dtype=np.float64) for _, v in named]), [name for name, _ in named]


def _converted(score: str, names: list[str], design: Floats, flagged: NDArray[np.generic]) -> list[Ratio]:
    """exp(b) / (1 − c + c·exp(b)) with c the probability at the intercept; the ends of b's interval are converted alike."""
    model = fit(design, np.asarray(flagged, dtype=np.float64))
    base = float(sigmoid(model.coefficients[:1])[0])
    found = []
    for _, who, published in (one for one in PUBLISHED if one[0] == score):
        at = 1 + names.index(who)
        half = 1.959964 * float(np.sqrt(model.covariance[at, at]))
        odds = np.exp(model.coefficients[at] + np.array([0.0, -half, half]))
        value, low, high = (float(x) for x in odds / (1 - base + base * odds))
        found.append(Ratio(score, who, value, low, high, published, len(design)))
    return found


def rival(columns: Columns, rng: np.random.Generator, folds: int = 10, rounds: int = 5) -> Rival:
    """Accuracy of a logistic regression on age and prior charges, each row predicted by models that never saw it."""
    label = np.asarray(columns["two_year_recid"], dtype=np.float64)
    features = np.column_stack([np.asarray(columns[name], dtype=np.float64) for name in ("age", "priors_count")])
    right = 0
    for _ in range(rounds):
        fold = rng.permutation(len(label)) % folds
        for one in range(folds):
            held = fold == one
            model = fit(features[~held], label[~held])
            right += int(((model.probability(features[held]) >= 0.5) == (label[held] == 1)).sum())
    score = (np.asarray(columns["decile_score"], dtype=np.float64) >= 5) == (label == 1)
    return Rival(right / rounds / len(label), float(score.mean()), len(label), folds, rounds)
