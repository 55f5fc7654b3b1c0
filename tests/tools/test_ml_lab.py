"""``ml_lab``: the arithmetic of the scores, the lessons on small tables with a known answer, both languages."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from tools.errors import BadInput
from tools.fairness.learning import capacity, features, fit, importance, leakage, models, scores, threshold
from tools.fairness.learning.encode import Encoder
from tools.fairness.learning.task import prepare
from tools.fairness.ml_lab import ml_lab
from tools.finding import Finding

LESSONS = ["fit", "leakage", "boundary", "importance", "capacity", "threshold", "proxies", "features"]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> str:
    """300 people: ``paid`` follows income with some noise, ``sex`` follows ``hours``."""
    rng = np.random.default_rng(0)
    n = 300
    income, hours = rng.normal(30, 8, n), rng.normal(35, 5, n)
    paid = np.where(income + rng.normal(0, 4, n) > 30, "yes", "no")
    sex = np.where(hours + rng.normal(0, 3, n) > 35, "man", "woman")
    town = rng.choice(["A", "B", "C"], n)
    rows = [f"{i:.2f},{h:.2f},{t},{s},{p}" for i, h, t, s, p in zip(income, hours, town, sex, paid, strict=True)]
    file = tmp_path_factory.mktemp("table") / "people.csv"
    file.write_text("\n".join(["income,hours,town,sex,paid", *rows]), encoding="utf-8")
    return str(file)


def sound(finding: Finding) -> None:
    """Both languages speak, French has no ASCII decimal point, every row has its cells."""
    french = [finding.summary.fr, finding.how_to_read.fr, finding.limits.fr, *(f.alt.fr for f in finding.figures)]
    french += [e.label.fr for e in finding.estimates] + [t.title.fr for t in finding.tables]
    french += [column.fr for t in finding.tables for column in t.columns]
    assert all(french) and finding.summary.en and finding.how_to_read.en and finding.limits.en and finding.figures
    assert not re.search(r"\d\.\d", " ".join(french))
    for one in finding.tables:
        assert all(len(row) == len(one.columns) for row in one.rows)


def test_auc_by_hand() -> None:
    # positives 0.9 and 0.4, negatives 0.5 and 0.4: 0.9 beats both, 0.4 loses one and ties one: (2 + 0 + 0.5) / 4
    truth, score = np.array([1, 1, 0, 0]), np.array([0.9, 0.4, 0.5, 0.4])
    assert scores.auc(truth, score) == pytest.approx(0.625)
    assert np.isnan(scores.auc(np.ones(3, dtype=int), np.arange(3.0)))


def test_the_delong_interval_agrees_with_a_bootstrap() -> None:
    rng = np.random.default_rng(1)
    truth = rng.integers(0, 2, 400)
    score = truth + rng.normal(0, 1.2, 400)
    value, low, high = scores.auc_interval(truth, score)
    draws = [scores.auc(truth[rows], score[rows]) for rows in rng.integers(0, 400, (400, 400))]
    assert value == pytest.approx(scores.auc(truth, score))
    assert (high - low) / 2 == pytest.approx(1.96 * np.std(draws), rel=0.15)


def test_the_bootstrap_by_counts_covers() -> None:
    rng = np.random.default_rng(2)
    kept = 0
    for _ in range(300):
        _, low, high = scores.accuracy(rng.random(200) < 0.8, rng)
        kept += low <= 0.8 <= high
    assert 0.91 <= kept / 300 <= 0.98


def test_interval_over_splits_by_hand() -> None:
    # values 0 and 2: mean 1, s² = 2; with 1 test row for 2 training rows the variance is 2 × (1/2 + 1/2) = 2
    value, low, high = scores.over_splits(np.array([0.0, 2.0]), 1, 2)
    assert (
        value == 1
        and high - value == pytest.approx(12.7062 * 2**0.5, rel=1e-4)
        and value - low == pytest.approx(high - value)
    )


def test_the_counts_of_a_threshold() -> None:
    # at 0.5: 0.9 and 0.6 are named (one right, one wrong), 0.2 is a true case missed, 0.1 rightly left
    cut = threshold.cut(np.array([1, 0, 1, 0]), np.array([0.9, 0.6, 0.2, 0.1]), 0.5)
    assert (cut.tp, cut.fp, cut.fn, cut.tn) == (1, 1, 1, 1)
    assert cut.precision == cut.recall == cut.f1 == 0.5
    assert np.isnan(threshold.cut(np.array([1, 0]), np.array([0.1, 0.1]), 0.5).precision)


def test_exact_shapley_values_of_a_linear_function() -> None:
    # f(x) = 2a + 3b − c: φ = weight × (value − mean of the background), and they add up to f(x) − mean f
    rng = np.random.default_rng(3)
    rows, other = rng.normal(size=(5, 3)), rng.normal(size=(7, 3))
    weights = np.array([2.0, 3.0, -1.0])
    places = [np.array([i]) for i in range(3)]
    found = importance.shapley_exact(lambda x: x @ weights, rows, other, places)
    assert found == pytest.approx(weights * (rows - other.mean(0)))
    sampled = importance.shapley_sampled(lambda x: x @ weights, rows, other, places, rng)
    assert sampled == pytest.approx(found)


def test_shapley_values_add_up_for_a_product() -> None:
    # f = a × b with background 0: v = 0 but for the full set, so each of the two gets half of a × b
    rows, other = np.array([[2.0, 3.0]]), np.zeros((1, 2))
    found = importance.shapley_exact(lambda x: x[:, 0] * x[:, 1], rows, other, [np.array([0]), np.array([1])])
    assert found.tolist() == [[3.0, 3.0]]


def test_the_encoder_learns_from_the_training_rows_only() -> None:
    columns = {"x": np.array([0.0, 2.0, np.nan, 100.0]), "w": np.array(["a", "b", "a", "z"], dtype=object)}
    encoder = Encoder.fit(columns, np.array([0, 1, 2]))
    # median of 0 and 2 is 1; filled 0, 2, 1: mean 1, deviation √(2/3)
    assert encoder.numbers["x"] == pytest.approx((1.0, 1.0, (2 / 3) ** 0.5))
    matrix = encoder(columns, np.array([2, 3]))
    assert matrix[0].tolist() == [0, 1, 0] and matrix[1, 1:].tolist() == [0, 0]  # "z" was never seen


def test_a_split_keeps_the_classes_and_shares_no_row(table: str) -> None:
    from tools.specimens import datasets

    task = prepare(datasets.load(table), np.random.default_rng(0), label="paid")
    parts = models.split(task, (0.6, 0.2, 0.2), np.random.default_rng(0))
    assert sorted(np.concatenate(parts)) == list(range(300))
    assert all(abs(task.answer[part].mean() - task.answer.mean()) < 0.02 for part in parts)
    fitted = fit.measure(task, ["linear", "tree"], 0, np.random.default_rng(0), lambda *_: None)
    assert fitted.chosen.valid == max(trial.valid for trial in fitted.trials)
    assert fitted.chosen.matrix is not None and fitted.chosen.matrix.sum() == fitted.parts[2]
    right = np.trace(fitted.chosen.matrix) / fitted.parts[2]
    assert right == pytest.approx(fitted.chosen.test[0]) and fitted.chosen.gain[0] == pytest.approx(
        right - fitted.baseline[0]
    )


def test_leaks_deceive_and_honesty_does_not(table: str) -> None:
    from tools.specimens import datasets

    task = prepare(
        datasets.load(table), np.random.default_rng(0), label="paid", features=["hours", "town"]
    )  # nothing to learn
    found = leakage.measure(task, "tree", 5, 0, np.random.default_rng(0), lambda *_: None)
    ways = {way.name: way for way in found.ways}
    assert abs(ways["honest"].lie[0]) < 0.08
    assert ways["future"].lie[0] > 0.2 and ways["selection"].lie[0] > 0.2
    assert 0.4 < ways["selection"].true.mean() < 0.6 < ways["selection"].announced.mean()  # pure noise "works"


def test_one_neighbour_knows_its_rows_by_heart(table: str) -> None:
    from tools.specimens import datasets

    task = prepare(datasets.load(table), np.random.default_rng(0), label="paid")
    curve = capacity.measure(task, ["knn"], 3, 0, np.random.default_rng(0), lambda *_: None).curves[0]
    assert curve.steps[-1] == 1 and curve.train[:, -1].tolist() == [1, 1, 1]
    assert curve.valid[:, curve.best].mean() > curve.valid[:, -1].mean()


def test_the_gain_of_a_column_is_that_of_scikit_learn(tmp_path: Path) -> None:
    """R² with and without the columns, and an interval that a plain loop over resamples gives as well."""
    from sklearn.metrics import r2_score

    rng = np.random.default_rng(3)
    n = 600
    hour, day = rng.integers(0, 24, n), rng.integers(0, 60, n)
    truth = np.where((hour == 8) | (hour == 17), 50.0, 5.0) + rng.normal(0, 5, n)
    error = (truth - truth.mean() + rng.normal(0, 1, n)) ** 2  # some prediction's
    task = prepare_bikes(hour, truth, tmp_path)
    rows = np.arange(n)
    counts = features._draws(day, np.random.default_rng(0))
    score, gain = features._scores(task, rows, error / 2, error, day, counts)
    said = truth - np.sqrt(error / 2)
    assert score[0] == pytest.approx(r2_score(truth, said))
    assert gain[0] == pytest.approx(r2_score(truth, said) - r2_score(truth, truth - np.sqrt(error)))
    names = np.unique(day)
    loop = []
    for _ in range(600):
        drawn = np.concatenate([np.flatnonzero(day == one) for one in rng.choice(names, len(names))])
        loop.append(r2_score(truth[drawn], said[drawn]))
    assert np.quantile(loop, [0.025, 0.975]) == pytest.approx(score[1:], abs=0.03)


def prepare_bikes(hour: np.ndarray, count: np.ndarray, folder: Path) -> features.Task:
    """A table with an hour and a count."""
    from tools.specimens import datasets

    file = folder / "rides.csv"
    rows = [f"{h},{c:.6f}" for h, c in zip(hour, count, strict=True)]
    file.write_text("\n".join(["hour,count", *rows]), encoding="utf-8")
    return prepare(datasets.load(str(file)), np.random.default_rng(0), label="count")


@pytest.mark.real
def test_a_linear_model_needs_the_hours_apart_and_a_tree_does_not() -> None:
    finding = ml_lab.run({"lesson": "features"})
    by = {one.name: one for one in finding.estimates}
    linear, tree, noise = by["linear_thought"], by["tree_thought"], by["knn_noise"]
    assert linear.low is not None and linear.low > 0.3
    assert tree.low is not None and tree.high is not None and tree.low < 0.02
    assert noise.high is not None and noise.high < -0.1
    sound(finding)


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_lesson_on_a_file_of_the_user(lesson: str, table: str) -> None:
    found = ml_lab.run({"lesson": lesson, "dataset": table, "label": "paid"}, lang="fr")
    sound(found)
    assert found.private and found.figures[0].lang == "fr"
    assert ml_lab.run({"lesson": lesson, "dataset": table, "label": "paid"}, lang="fr").id == found.id


def test_the_dropped_column_is_told_by_its_proxy(table: str) -> None:
    found = ml_lab.run({"lesson": "proxies", "dataset": table, "label": "paid"})
    assert (found.estimate("auc_dropped").low or 0) > 0.7
    assert found.table("telltale").rows[0][0] == "hours"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, "which column"),
        ({"label": "missing"}, "no column"),
        ({"label": "paid", "features": "paid"}, "cannot be a feature"),
        ({"label": "paid", "lesson": "boundary", "features": "town, sex"}, "columns of numbers"),
        ({"label": "paid", "lesson": "boundary", "features": "income"}, "two columns"),
        ({"label": "paid", "positive": "maybe"}, "no value"),
    ],
)
def test_what_cannot_be_learnt_is_said(arguments: dict[str, str], said: str, table: str) -> None:
    with pytest.raises(BadInput, match=said):
        ml_lab.run({"dataset": table, **arguments})


@pytest.mark.parametrize(
    "text", ["a,b\n1,2\n3,4\n", "a,b\n" + "1,x\n" * 100, "a,b\n" + "1,x\n" * 95 + "1,y\n" * 5, "b\n" + "x\ny\n" * 50]
)
def test_ten_rows_one_class_a_rare_class_no_column(text: str, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        ml_lab.run({"dataset": str(file), "label": "b"})
    assert caught.value.message.fr


@pytest.mark.real
@pytest.mark.parametrize("lesson", LESSONS)
def test_the_built_in_cases(lesson: str) -> None:
    found = ml_lab.run({"lesson": lesson})
    sound(found)
    assert not found.private and found.seconds < 60


def test_identifiers_are_not_given_to_the_models(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    lines = [f"{i},C{i},{x:.3f},{'yes' if x > 0 else 'no'}" for i, x in enumerate(rng.normal(size=120), 1)]
    file = tmp_path / "customers.csv"
    file.write_text("\n".join(["row,customer,x,bought", *lines]), encoding="utf-8")
    found = ml_lab.run({"dataset": str(file), "label": "bought", "model": "tree"})
    assert "row, customer" in found.limits.en and found.estimate("score").value == pytest.approx(1, abs=0.1)


def test_digits_are_read_well_and_bikes_need_the_future_kept_away() -> None:
    found = ml_lab.run({"dataset": "digits", "model": "knn"})
    assert (found.estimate("score").value or 0) > 0.95 and found.table("confusion").rows[0][0] == "0"
    generated = ml_lab.run({"dataset": "bikes-like", "model": "tree"})
    sound(generated)
    assert generated.estimate("gain").value is not None and len(generated.figures) == 1
