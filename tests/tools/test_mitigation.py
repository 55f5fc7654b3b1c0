"""Corrections of a classifier: thresholds, weights, gaps and moves by hand, agreement with fairlearn, the words."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tools.errors import BadInput
from tools.fairness.audit.metrics import confusion
from tools.fairness.mitigation import mitigate
from tools.fairness.mitigation.measure import accuracy, by_chance, cells, compare, decided, gap
from tools.fairness.mitigation.methods import METHODS, equal_rate, reweigh
from tools.fairness.mitigation.people import gather, halves
from tools.finding import Finding, Lang
from tools.tool import Run


def a_run(lang: Lang = "en", seed: int = 0) -> Run:
    """A run outside any tool."""
    tool: Any = SimpleNamespace(name="fairness_audit", version="1", seconds=120)
    return Run(tool, {}, seed, lang)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """600 invented people of two groups: B scores lower at the same merit, and there is a third group of eight people."""
    rng = np.random.default_rng(0)
    who = np.array(["A"] * 300 + ["B"] * 300)
    merit = rng.standard_normal(600)
    test = merit - 0.8 * (who == "B") + 0.5 * rng.standard_normal(600)
    hired = merit + 0.4 * rng.standard_normal(600) > 0
    lines = [
        f"{w},{t:.4f},{t + n:.4f},{int(h)}"
        for w, t, n, h in zip(who, test, rng.standard_normal(600), hired, strict=True)
    ]
    lines += ["C,0.1,0.2,1"] * 4 + ["C,-0.1,0.2,0"] * 4 + [",0.3,0.1,1", "A,0.3,0.1,"]
    file = tmp_path_factory.mktemp("people") / "people.csv"
    file.write_text("\n".join(["who,test,other,hired", *lines]), encoding="utf-8")
    return file


def test_reweighing_by_hand() -> None:
    # group 0: 3 with, 1 without; group 1: 1 with, 3 without; 8 people, 4 with. Weight of (0, with): 4 · 4 / (8 · 3) = 2/3
    outcome = np.array([1, 1, 1, 0, 1, 0, 0, 0], dtype=bool)
    member = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    weights = reweigh(outcome, member)
    assert weights == pytest.approx([2 / 3] * 3 + [2.0, 2.0] + [2 / 3] * 3)
    rates = [weights[(member == g) & outcome].sum() / weights[member == g].sum() for g in (0, 1)]
    assert rates == pytest.approx([0.5, 0.5])  # once weighted, the outcome is as common in both


def test_thresholds_make_the_rate_equal() -> None:
    # positives score 4, 3, 2 in group 0 and 3, 2, 1 in group 1, negatives 1 and 0: all positives can be taken, none of the others
    score = np.array([4.0, 3.0, 2.0, 1.0, 3.0, 2.0, 1.0, 0.0])
    outcome = np.array([1, 1, 1, 0, 1, 1, 1, 0], dtype=bool)
    member = np.array([0] * 4 + [1] * 4)
    assert equal_rate(score, outcome, member, outcome).tolist() == [2.0, 1.0]


def test_thresholds_equalise_on_what_they_learn_from() -> None:
    rng = np.random.default_rng(2)
    member = rng.integers(0, 2, 4000)
    outcome = rng.random(4000) < 0.4
    score = rng.standard_normal(4000) + outcome + 0.6 * member
    for among in (outcome, ~outcome):
        cuts = equal_rate(score, outcome, member, among)
        rates = [float((score >= cuts[member])[(member == g) & among].mean()) for g in (0, 1)]
        assert rates[0] == pytest.approx(rates[1], abs=0.005)


def test_halves_split_every_cell() -> None:
    cell = np.array([0] * 10 + [1] * 7 + [3] * 1)
    judged = halves(cell, np.random.default_rng(0))
    found = [int(judged[cell == c].sum()) for c in (0, 1, 3)]
    assert found[0] == 5 and found[1] in (3, 4) and found[2] in (0, 1) and judged.sum() in (9,)


def test_cells_and_moves_by_hand() -> None:
    outcome = np.array([1, 1, 0, 0, 1, 0], dtype=bool)
    before = np.array([1, 0, 1, 0, 1, 0], dtype=bool)
    after = np.array([1, 1, 0, 1, 0, 0], dtype=bool)
    member = np.array([0, 0, 0, 0, 1, 1])
    counts = cells(outcome, before, after, member, 2)
    assert np.array_equal(decided(counts, 0), confusion(outcome, before, member, 2))
    assert np.array_equal(decided(counts, 1), confusion(outcome, after, member, 2))
    made = compare(counts, 0.0, np.random.default_rng(0))
    # group 0: newly flagged one without the outcome and one with it, no longer flagged one without; group 1: one with it
    assert made.moves.tolist() == [[[1, 1], [1, 0]], [[0, 0], [0, 1]]]
    assert made.moved == 4
    assert made.accuracy[0] == pytest.approx(4 / 6) and made.accuracy_change[0] == pytest.approx(0)


def test_gaps_agree_with_fairlearn() -> None:
    from fairlearn.metrics import demographic_parity_difference, equal_opportunity_difference, equalized_odds_difference

    rng = np.random.default_rng(1)
    member = rng.integers(0, 3, 900)
    outcome = rng.random(900) < 0.3 + 0.1 * member
    flagged = rng.random(900) < 0.2 + 0.15 * member + 0.3 * outcome
    counts = confusion(outcome, flagged, member, 3)
    for name, other in (
        ("odds", equalized_odds_difference),
        ("tpr", equal_opportunity_difference),
        ("selection", demographic_parity_difference),
    ):
        assert float(gap(counts, name)) == pytest.approx(other(outcome, flagged, sensitive_features=member), abs=1e-12)
    assert float(accuracy(counts)) == pytest.approx((outcome == flagged).mean())


def test_reweighing_agrees_with_the_definition_in_fairlearn_terms() -> None:
    # the weighted share of the outcome, by group, is the unweighted share overall
    rng = np.random.default_rng(5)
    member, outcome = rng.integers(0, 4, 500), rng.random(500) < 0.3
    weights = reweigh(outcome, member)
    for group in range(4):
        mine = member == group
        assert np.average(outcome[mine], weights=weights[mine]) == pytest.approx(outcome.mean())


def test_chance_leaves_a_gap_that_shrinks_with_n() -> None:
    small, large = (np.array([[40, 10, 10, 40], [40, 10, 10, 40]]) * scale for scale in (1, 100))
    few, many = (by_chance(counts, np.random.default_rng(0)) for counts in (small, large))
    # two rates of .2 and .8 with n = 50 differ by 0.08 · √(2/π) = .064 on average each; the wider of two, about .09
    assert 0.07 < few < 0.11
    assert many == pytest.approx(few / 10, rel=0.1)


def test_people_of_a_file(table: Path) -> None:
    people = gather(str(table), "who", "hired", "", np.random.default_rng(0))
    assert people.names == ("A", "B") and people.features == ("test", "other")
    assert people.small == {"C": 8} and people.gaps == 2 and people.sampled == 0
    assert people.judged.sum() == pytest.approx(300, abs=2)
    assert people.positive == "1"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_finding_on_a_file(table: Path, lang: Lang) -> None:
    finding = Finding(tool="t", version="1", arguments={}, seed=0, **mitigate(a_run(lang), str(table), "who", "hired"))
    assert finding.private and len(finding.figures) == 2
    assert finding.estimate("gap_none").value > 0.15  # type: ignore[operator]
    assert finding.estimate("gap_thresholds_tpr").value < finding.estimate("gap_none").value  # type: ignore[operator]
    for name in METHODS:
        assert finding.estimate(f"accuracy_{name}").low is not None
        rows: list[list[Any]] = [row for row in finding.table("paid").rows if row[0] == _name(name)]
        moved = sum(sum(row[3:]) for row in rows)
        assert moved == finding.estimate(f"changed_{name}").value
    assert all(len(row) == len(table_.columns) for table_ in finding.tables for row in table_.rows)
    for text in (finding.summary, finding.how_to_read, finding.limits, *(figure.alt for figure in finding.figures)):
        assert text.en and text.fr and not re.search(r"\d\.\d", text.fr)
    assert "C (8)" in finding.limits.en and "2 rows" in finding.limits.en


def _name(method: str) -> Any:
    from tools.fairness.mitigation.text import METHOD

    return METHOD[method]


def test_same_seed_same_finding(table: Path) -> None:
    one, two = (mitigate(a_run(), str(table), "who", "hired", seed=3) for _ in range(2))
    assert one["summary"] == two["summary"] and one["estimates"] == two["estimates"]
    assert mitigate(a_run(), str(table), "who", "hired", seed=4)["estimates"] != one["estimates"]


@pytest.mark.parametrize(
    ("group", "label"), [("nobody", "hired"), ("who", "nothing"), ("hired", "hired"), ("test", "who"), ("", "hired")]
)
def test_what_cannot_be_compared_is_refused(table: Path, group: str, label: str) -> None:
    with pytest.raises(BadInput) as found:
        mitigate(a_run(), str(table), group, label)
    assert found.value.message.en and found.value.message.fr


@pytest.mark.parametrize("rows", [10, 0])
def test_few_rows_are_refused(tmp_path: Path, rows: int) -> None:
    file = tmp_path / "few.csv"
    file.write_text("who,x,y\n" + "\n".join(f"{'AB'[i % 2]},{i},{i // 2 % 2}" for i in range(rows)), encoding="utf-8")
    with pytest.raises(BadInput):
        mitigate(a_run(), str(file), "who", "y")


@pytest.mark.real
def test_compas_gap_narrows_at_a_price() -> None:
    finding = Finding(tool="t", version="1", arguments={}, seed=0, **mitigate(a_run()))
    before, after = finding.estimate("gap_none"), finding.estimate("gap_thresholds_fpr")
    assert before.value == pytest.approx(0.29, abs=0.03) and before.baseline == pytest.approx(0.058, abs=0.01)
    assert finding.estimate("gap_change_thresholds_fpr").high < 0  # type: ignore[operator]
    assert after.value < before.value  # type: ignore[operator]
    assert finding.estimate("accuracy_none").value == pytest.approx(0.68, abs=0.02)
    assert "Asian" in finding.limits.en  # too few to be compared, and said


def test_gap_intervals_hold_what_they_promise() -> None:
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(120):  # true gap .15 in the true positive rate, 300 and 200 people of each outcome
        parts = []
        for n, tpr in ((300, 0.60), (200, 0.45)):
            true, false = rng.binomial(n, tpr), rng.binomial(n, 0.25)
            parts.append([[[n - false, 0], [0, false]], [[n - true, 0], [0, true]]])
        _, low, high = compare(np.array(parts), 0.0, rng).gaps["odds"]
        held += low <= 0.15 <= high
    assert 0.88 <= held / 120 <= 1.0  # nominal .95, standard error .02


@pytest.mark.real
def test_a_gap_within_chance_is_not_corrected() -> None:
    made = mitigate(a_run(), "churn-like", "gender")
    assert "nothing here asks to be corrected" in made["summary"].en and "rien ici" in made["summary"].fr


@pytest.mark.real
def test_another_label_is_told_by_its_column() -> None:
    summary = mitigate(a_run(), "compas", "sex", "is_violent_recid")["summary"].en
    assert "“is_violent_recid = 1”" in summary and "re-arrest" not in summary
