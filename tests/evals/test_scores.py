"""The figures of merit on numbers that can be worked out by hand, and against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from evals.scores import auroc, average_precision, calibration_error, caught_at, reliability, share


def test_auroc_by_hand() -> None:
    """Positives 3, 1 against 2, 0: 3 > 2, 3 > 0, 1 < 2, 1 > 0: three of four pairs. All equal: every pair counts half."""
    assert auroc([3, 1], [2, 0])["value"] == pytest.approx(0.75)
    assert auroc([1, 1], [1, 1])["value"] == pytest.approx(0.5)


def test_auroc_agrees_with_scikit_learn() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.normal(0.7, 1, 57).round(1), rng.normal(0, 1, 80).round(1)
    truth = [1] * len(a) + [0] * len(b)
    found = auroc(a, b)
    assert found["value"] == pytest.approx(roc_auc_score(truth, np.concatenate([a, b])))
    assert found["low"] < found["value"] < found["high"]
    assert found["n"] == 137


def test_average_precision_by_hand() -> None:
    """Order 3+, 2−, 1+, 0−: precision 1 at the first positive, 2/3 at the second: mean 5/6."""
    assert average_precision([3, 1], [2, 0])["value"] == pytest.approx(5 / 6)


def test_caught_at_a_rate_of_false_alarms() -> None:
    """Of 100 negatives 0…99 one may lie above the threshold: it is 98. Of the positives 97, 98.5, 120 two lie above it."""
    assert caught_at([97, 98.5, 120], list(range(100)), 0.01)["value"] == pytest.approx(2 / 3)
    assert caught_at([1.0], [0.0], 1.0)["value"] == 1.0


def test_missing_scores_are_left_out() -> None:
    found = auroc([1.0, float("nan")], [0.0])
    assert found["value"] == 1.0
    assert found["n"] == 2
    assert auroc([], [1.0])["value"] is None


def test_reliability_by_hand() -> None:
    """Said .10 and .15 (mean .125, one true of two), and .90 (true): (2 · |.125 − .5| + |.9 − 1|) / 3, with five bins."""
    rows = reliability([0.1, 0.15, 0.9], [False, True, True], bins=5)
    assert [row["n"] for row in rows] == [2, 1]
    assert calibration_error(rows) == pytest.approx((2 * abs(0.125 - 0.5) + abs(0.9 - 1)) / 3)


def test_share_has_wilson_bounds() -> None:
    found = share(8, 10)
    assert (found["value"], found["n"]) == (0.8, 10)
    assert found["low"] == pytest.approx(0.4902, abs=5e-4)


def test_balanced_reliability_by_hand() -> None:
    """One true among four in one bin: weights 4 / 2 = 2 for it, 4 / 6 for each other; half of the weight is true."""
    rows = reliability([0.5] * 4, [True, False, False, False], bins=1, balanced=True)
    assert rows[0]["true"] == pytest.approx(0.5)
    assert rows[0]["weight"] == pytest.approx(4)
