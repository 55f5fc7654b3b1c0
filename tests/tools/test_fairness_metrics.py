"""The measurements of an audit: rates, gaps, AUC, bootstrap, thresholds, logistic regression, against other implementations."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.fairness.audit import bootstrap, metrics
from tools.fairness.audit.calibration import calibrate, common_gap
from tools.fairness.audit.logistic import fit
from tools.fairness.audit.thresholds import grid, nearest, sweep
from tools.specimens import datasets

COMPAS = np.array([[990, 805, 532, 1369], [1139, 349, 461, 505]])  # African-American, Caucasian: TN, FP, FN, TP


def test_rates_by_hand() -> None:
    fpr, fnr, ppv, base = (metrics.rate(COMPAS, name) for name in ("fpr", "fnr", "ppv", "base_rate"))
    np.testing.assert_allclose(fpr, [805 / 1795, 349 / 1488])  # 44.85 %, 23.45 %
    np.testing.assert_allclose(fnr, [532 / 1901, 461 / 966])  # 27.99 %, 47.72 %
    np.testing.assert_allclose(ppv, [1369 / 2174, 505 / 854])  # 62.97 %, 59.13 %
    np.testing.assert_allclose(base, [1901 / 3696, 966 / 2454])  # 51.43 %, 39.36 %
    # selection: 2174/3696 = 0.5882, 854/2454 = 0.3480
    assert metrics.impact_ratio(COMPAS) == pytest.approx((854 / 2454) / (2174 / 3696))
    assert metrics.opportunity_difference(COMPAS) == pytest.approx(461 / 966 - 532 / 1901)
    assert metrics.odds_difference(COMPAS) == pytest.approx(805 / 1795 - 349 / 1488)  # 0.2139 > 0.1974
    assert metrics.forced_ratio(base) == pytest.approx((1901 / 1795) / (966 / 1488))  # 1.631


def test_a_rate_without_anybody_is_not_a_number() -> None:
    assert math.isnan(metrics.rate(np.array([5, 0, 3, 0]), "ppv"))
    assert math.isnan(metrics.impact_ratio(np.array([[5, 0, 3, 0], [4, 0, 2, 0]])))
    value, low, high, n = metrics.with_bounds(np.array([0, 0, 3, 4]), "fpr")
    assert math.isnan(value) and (low, high, n) == (0.0, 1.0, 0)


@given(st.lists(st.integers(1, 500), min_size=4, max_size=4))
def test_the_equation_of_chouldechova_always_holds(cells: list[int]) -> None:
    counts = np.array(cells)
    base, ppv, fnr = (metrics.rate(counts, name) for name in ("base_rate", "ppv", "fnr"))
    assert metrics.implied_fpr(base, ppv, fnr) == pytest.approx(float(metrics.rate(counts, "fpr")), abs=1e-12)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 12))
def test_the_sweep_counts_as_one_threshold_does(seed: int, levels: int) -> None:
    rng = np.random.default_rng(seed)
    label, member = rng.random(80) < 0.4, rng.integers(0, 3, 80)
    values = rng.integers(0, levels, 80).astype(float)
    at = grid(values, 1.5)
    curve = sweep(label, values, member, 3, at)
    for threshold, counts in zip(at, curve, strict=True):
        np.testing.assert_array_equal(counts, metrics.confusion(label, values >= threshold, member, 3))


def test_the_auc_and_its_interval() -> None:
    from sklearn.metrics import roc_auc_score

    rng = np.random.default_rng(3)
    label = rng.random(900) < 0.3
    score = np.round(rng.normal(label.astype(float), 1), 1)  # with ties
    area, low, high = metrics.auc(label, score)
    assert area == pytest.approx(roc_auc_score(label, score), abs=1e-12)
    drawn = [metrics.auc(label[rows], score[rows])[0] for rows in rng.integers(0, 900, (400, 900))]
    assert (high - low) / 2 == pytest.approx(1.96 * np.std(drawn), rel=0.1)  # DeLong and the bootstrap agree
    assert math.isnan(metrics.auc(np.zeros(4, dtype=bool), np.arange(4.0))[0])
    assert metrics.auc(np.array([False, False, True, True]), np.array([1.0, 2, 3, 4]))[0] == 1.0


def test_the_logistic_regression_is_that_of_scikit_learn() -> None:
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(1)
    features = rng.normal(size=(700, 4))
    label = (rng.random(700) < 1 / (1 + np.exp(-features @ [1.0, -2, 0.5, 0] - 0.3))).astype(float)
    ours = fit(features, label, ridge=1.0)
    theirs = LogisticRegression(C=1.0, tol=1e-10, max_iter=1000).fit(features, label)
    np.testing.assert_allclose(ours.coefficients, [*theirs.intercept_, *theirs.coef_[0]], atol=1e-5)
    np.testing.assert_allclose(ours.probability(features), theirs.predict_proba(features)[:, 1], atol=1e-5)
    apart = fit(np.arange(10.0)[:, None], (np.arange(10) > 4).astype(float), ridge=0.1)  # separable: stays finite
    assert np.isfinite(apart.coefficients).all()


def test_the_covariance_is_the_inverse_information() -> None:
    # One binary feature: the coefficient is the log odds ratio, its variance 1/a + 1/b + 1/c + 1/d.
    x = np.repeat([0.0, 0, 1, 1], [30, 20, 10, 40])
    y = np.repeat([0.0, 1, 0, 1], [30, 20, 10, 40])
    model = fit(x[:, None], y)
    assert model.coefficients[1] == pytest.approx(math.log((30 * 40) / (20 * 10)), abs=1e-8)
    assert model.covariance[1, 1] == pytest.approx(1 / 30 + 1 / 20 + 1 / 10 + 1 / 40, abs=1e-8)


def test_bootstrap_intervals_cover_as_often_as_they_say() -> None:
    """Nominal 95 %: between 93 and 97 % of the intervals of a gap hold the true gap."""
    rng = np.random.default_rng(11)
    shares = np.array([[0.25, 0.20, 0.12, 0.43], [0.46, 0.14, 0.19, 0.21]]) / 2  # of two groups of equal size
    truth = 0.20 / 0.45 - 0.14 / 0.60
    held = 0
    for _ in range(1500):
        counts = rng.multinomial(1200, shares.reshape(-1)).reshape(2, 4)
        rates = metrics.rate(bootstrap.resample(counts, rng, 600), "fpr")
        low, high = bootstrap.bounds(rates[:, 0] - rates[:, 1])
        held += low <= truth <= high
    assert 0.93 <= held / 1500 <= 0.97


def test_drawing_counts_is_drawing_rows() -> None:
    """Multinomial counts spread as the bootstrap of rows does."""
    rng = np.random.default_rng(2)
    cells = np.repeat(np.arange(8), COMPAS.reshape(-1) // 10)
    counts = np.bincount(cells, minlength=8).reshape(2, 4)
    rows = np.stack([np.bincount(rng.choice(cells, len(cells)), minlength=8).reshape(2, 4) for _ in range(1500)])
    ours = bootstrap.resample(counts, rng, 1500)
    assert (ours.sum(axis=(1, 2)) == len(cells)).all()
    for one, other in ((metrics.rate(rows, "fnr"), metrics.rate(ours, "fnr")),):
        np.testing.assert_allclose(one.std(axis=0), other.std(axis=0), rtol=0.08)


def test_no_pair_of_thresholds_evens_everything_when_base_rates_differ() -> None:
    rng = np.random.default_rng(5)
    member = np.repeat([0, 1], 4000)
    label = rng.random(8000) < np.where(member == 0, 0.55, 0.35)
    score = np.clip(np.round(rng.normal(5 + 1.5 * label, 2)), 1, 10)
    at = grid(score, 6)
    best = nearest(sweep(label, score, member, 2, at), at, 6)
    assert best is not None and best.largest > 0.03
    # With one threshold on a perfect score, all three are equal: no error is left.
    perfect = sweep(label, label.astype(float), member, 2, np.array([0.0, 1.0]))
    assert metrics.odds_difference(perfect[1]) == 0


def test_calibration_by_hand() -> None:
    # Two scores; shares 2/4 and 1/4, then 3/4 and 3/4: weights 4*4/8 = 2 each, gap (0.25 + 0) / 2 = 0.125.
    value, low, high = common_gap(np.array([[4, 4], [4, 4]]), np.array([[2, 1], [3, 3]]))
    assert value == pytest.approx(0.125) and low < 0 < high
    label = np.array([True, False, True, True])
    found = calibrate(label, np.array([1.0, 1, 2, 2]), np.array([0, 1, 0, 1]), 2, (0, 1))
    assert found.bands == ((1.0, 1.0), (2.0, 2.0)) and found.hits.tolist() == [[1, 0], [1, 1]]


@pytest.mark.real
@pytest.mark.parametrize(("name", "group"), [("compas", "race"), ("adult", "sex"), ("german", "age_group")])
def test_agreement_with_fairlearn(name: str, group: str) -> None:
    """Every shared metric, on three data sets, to 1e-9."""
    fair = pytest.importorskip("fairlearn.metrics")
    from sklearn.metrics import accuracy_score, precision_score

    data = datasets.load(name)
    label = data.outcome() == 1
    rng = np.random.default_rng(0)
    who = data.by(group)
    flagged = data.columns["decile_score"] >= 5 if name == "compas" else label ^ (rng.random(len(data)) < 0.1 + 0.05 * who.codes)  # fmt: skip
    counts = metrics.confusion(label, flagged, who.codes, len(who.names))
    names = np.array(who.names)[who.codes]
    theirs = {
        "selection": fair.selection_rate, "fpr": fair.false_positive_rate, "fnr": fair.false_negative_rate,
        "accuracy": accuracy_score, "ppv": precision_score,
    }  # fmt: skip
    frame = fair.MetricFrame(metrics=theirs, y_true=label, y_pred=flagged, sensitive_features=names)
    for rate in theirs:
        np.testing.assert_allclose(metrics.rate(counts, rate), frame.by_group[rate][list(who.names)], atol=1e-9)
    for ours, other in (
        (metrics.parity_difference, fair.demographic_parity_difference),
        (metrics.impact_ratio, fair.demographic_parity_ratio),
        (metrics.opportunity_difference, fair.equal_opportunity_difference),
        (metrics.odds_difference, fair.equalized_odds_difference),
    ):
        assert ours(counts) == pytest.approx(other(label, flagged, sensitive_features=names), abs=1e-9)
