"""Evaluation by group: known values, tests against scipy, chance, the published table, typed counts, files, refusals."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import roc_auc_score

from tools.errors import BadInput
from tools.fairness.disaggregated import averages, counts, gender_shades, shares
from tools.fairness.disaggregated.measure import enough, measure
from tools.fairness.disaggregated.records import Cells
from tools.fairness.disaggregated_evaluation import disaggregated_evaluation as tool
from tools.finding import Finding, same
from tools.proportions import wilson


def french(finding: Finding) -> list[str]:
    """All French texts of a finding that its author wrote."""
    found = [finding.summary.fr, finding.how_to_read.fr, finding.limits.fr, *(f.alt.fr for f in finding.figures)]
    found += [e.label.fr for e in finding.estimates] + [t.title.fr for t in finding.tables]
    return found + [column.fr for table in finding.tables for column in table.columns]


def groups(finding: Finding) -> dict[str, list[object]]:
    """Group (English, with its panel when it is another than everybody's) → n, count, value, low, high."""
    rows = finding.table("groups").rows
    return {f"{row[0].en}/{row[1].en}": row[2:7] for row in rows}  # type: ignore[union-attr,misc]


def test_intervals_by_hand() -> None:
    for count, n in ((0, 10), (3, 17), (94, 271), (385, 385)):
        assert shares.score_interval(count / n, n) == pytest.approx(wilson(count, n), abs=1e-12)
    # Newcombe 1998, table II: 56/70 − 48/80, method 10 → 0.0524 to 0.3339
    a, b = (56 / 70, *wilson(56, 70)), (48 / 80, *wilson(48, 80))
    assert shares.hybrid_interval(a, b) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@pytest.mark.parametrize(("a", "n", "b", "m"), [(12, 100, 5, 120), (0, 40, 7, 35), (1, 30, 1, 300), (9, 31, 3, 2000)])
def test_exact_test_is_fishers(a: int, n: int, b: int, m: int) -> None:
    p, exact = shares.two_by_two(a, n, b, m)
    assert exact
    assert p == pytest.approx(stats.fisher_exact([[a, n - a], [b, m - b]]).pvalue, rel=1e-9)


def test_score_test_is_the_chi_square() -> None:
    p, exact = shares.two_by_two(805, 1795, 349, 1488)
    assert not exact
    expected = stats.chi2_contingency([[805, 990], [349, 1139]], correction=False).pvalue
    assert p == pytest.approx(expected, rel=1e-6)
    assert shares.two_by_two(0, 50, 0, 60) == (1.0, True)


def test_corrections_by_hand() -> None:
    # sorted .01 .02 .03 .04: Holm 4×.01, 3×.02, max(.06, 2×.03), max(.06, .04) = .04 .06 .06 .06
    assert shares.holm([0.04, 0.01, 0.03, 0.02]) == pytest.approx([0.06, 0.04, 0.06, 0.06])
    p = [0.04, 0.001, 0.3, 0.02, 0.9]
    assert shares.false_discovery(p) == pytest.approx(list(stats.false_discovery_control(p)))
    assert shares.holm([]) == [] and shares.false_discovery([]) == []


def test_chance_is_the_permutation_of_people() -> None:
    # 2 errors dealt to two groups of 2: 4 of the 6 ways give one each (gap 0), 2 give both to one group (gap 1)
    drawn = shares.chance_gaps(np.array([2, 0]), np.array([2, 2]), 20_000, np.random.default_rng(0))
    assert set(drawn) == {0.0, 1.0} and drawn.mean() == pytest.approx(1 / 3, abs=0.012)


def test_no_difference_is_rarely_called_one() -> None:
    rng = np.random.default_rng(1)
    n, kept = np.array([80, 200, 150, 60]), []
    for _ in range(200):
        cells = Cells(same("x"), tuple(same(str(i)) for i in range(4)), n, rng.binomial(n, 0.2))
        kept.append(bool(measure("error", [cells], [], [], rng).surviving))
    assert np.mean(kept) < 0.08  # nominal: at most 0.05


def test_means_and_areas() -> None:
    rng = np.random.default_rng(2)
    x, y = rng.normal(0, 1, 40), rng.normal(0.4, 3, 90)
    ours = averages.two_means((*averages.mean(x), 40), (*averages.mean(y), 90))
    assert ours == pytest.approx(stats.ttest_ind(x, y, equal_var=False).pvalue, rel=1e-9)
    outcome = rng.random(500) < 0.4
    score = np.round(rng.normal(outcome * 0.8, 1), 1)
    area, error = averages.area(outcome, score)
    assert area == pytest.approx(roc_auc_score(outcome, score), abs=1e-12)
    assert 0.015 < error < 0.035
    assert math.isnan(averages.area(np.ones(5, dtype=bool), np.arange(5.0))[0])


def test_both_ways_of_chance_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    codes = np.repeat([0, 1, 2], [300, 500, 200])
    outcome = rng.random(1000) < 0.4
    score = np.round(rng.normal(outcome * 0.8, 1), 1)
    dealt = averages.chance_area_gaps(outcome, score, codes, 3, 500, np.random.default_rng(0))
    means = averages.chance_mean_gaps(score, codes, 3, 1000, np.random.default_rng(0))
    monkeypatch.setattr(averages, "MOST", 10)
    normal = averages.chance_area_gaps(outcome, score, codes, 3, 4000, np.random.default_rng(0))
    free = averages.chance_mean_gaps(score, codes, 3, 4000, np.random.default_rng(0))
    assert np.median(dealt) == pytest.approx(np.median(normal), rel=0.12)
    assert np.median(means) == pytest.approx(np.median(free), rel=0.08)


def test_published_table() -> None:
    # 1,270 × 21.3, 25.0, 23.3 and 30.3 % = 270.5, 317.5, 295.9, 384.8
    assert gender_shades.faces() == (271, 318, 296, 385) and sum(gender_shades.faces()) == 1270
    finding = tool.run()
    found = groups(finding)
    assert found["IBM/Darker-skinned women"][:3] == [271, 94, pytest.approx(0.347)]
    assert found["IBM/Darker-skinned women"][3:] == [pytest.approx(x, abs=5e-4) for x in (0.293, 0.4053)]
    assert found["Microsoft/Lighter-skinned men"][2:4] == [0, 0]
    assert found["IBM/everybody"][1] == 94 + 38 + 21 + 1
    gap = finding.estimate("largest_gap")
    assert gap.value == pytest.approx(0.344) and gap.n == 271 + 385 and gap.p == pytest.approx(1 / 2001, rel=1e-3)
    assert finding.estimate("surviving").n == 18  # 6 pairs in each of 3 programs
    assert finding.estimate("surviving").value == 16
    assert "Built-in case" in finding.summary.en and "Cas fourni" in finding.summary.fr
    assert "d’IBM" in finding.summary.fr
    # skin type alone, IBM: (94 + 38) / 589 − (21 + 1) / 681 = 0.2241 − 0.0323 = 19.2 points
    assert "19.2 points (skin type)" in finding.summary.en
    assert len(finding.figures) == 2 and len(finding.table("features").rows) == 12


def test_accuracy_is_the_other_side() -> None:
    finding = tool.run({"metric": "accuracy", "classifier": "ibm"})
    found = groups(finding)
    assert found["IBM/Darker-skinned women"][1:3] == [177, pytest.approx(0.653)]
    assert next(iter(found)) == "IBM/Darker-skinned women"  # the lowest accuracy comes first
    assert finding.estimate("surviving").n == 6


def test_fewer_people() -> None:
    finding = tool.run({"classifier": "ibm", "sizes": "20, 1000"})
    row = finding.table("sizes").rows[0]
    # 34.7 % of 20 people: (0.347 + 0.0960 ± 1.96 √(0.2266/20 + 0.0024)) / 1.1921 = 0.180 to 0.563
    assert row[4:6] == [pytest.approx(0.180, abs=2e-3), pytest.approx(0.563, abs=2e-3)]
    assert row[7] - row[6] < 0.06  # type: ignore[operator]
    twelve, five = Cells(same(""), (same("a"), same("b")), np.array([100, 120]), np.array([12, 5])), ("a", "b")
    m = measure("error", [twelve], [], [], np.random.default_rng(0))
    n = enough(*m.panels[0].ends, "error")
    assert n is not None and 80 < n < 120 and m.panels[0].groups[0].name.en == five[0]


@pytest.mark.parametrize(
    ("text", "names", "hits", "sizes"),
    [
        ("women: 12/100; men: 5/120", ["women", "men"], [12, 5], [100, 120]),
        ("femmes : 12 erreurs sur 100, hommes : 5 sur 120", ["femmes", "hommes"], [12, 5], [100, 120]),
        ("12 erreurs sur 100 femmes contre 5 sur 120 hommes", ["femmes", "hommes"], [12, 5], [100, 120]),
        ("women 12% of 100\nmen 4.2 % of 120", ["women", "men"], [12, 5], [100, 120]),
        ("a: 1,234/5,000; b: 12/1 000", ["a", "b"], [1234, 12], [5000, 1000]),
        ("under 30: 3/40; over 60: 5/50", ["under 30", "over 60"], [3, 5], [40, 50]),
        ("13 femmes sur 51 et 10 hommes sur 88", ["femmes", "hommes"], [13, 10], [51, 88]),
        ("12 of 100 versus 5 of 120?", ["12/100", "5/120"], [12, 5], [100, 120]),
        ("women=12/100 men=5/120", ["women", "men"], [12, 5], [100, 120]),
    ],
)
def test_typed_counts(text: str, names: list[str], hits: list[int], sizes: list[int]) -> None:
    (cells,), _ = counts.panels(text)
    assert cells.counts is not None
    assert [name.en for name in cells.names] == names
    assert cells.counts.tolist() == hits and cells.sizes.tolist() == sizes


def test_typed_counts_that_cross_features() -> None:
    text = "darker + women: 94/271; darker + men: 38/318; lighter + women: 21/296; lighter + men: 1/385"
    finding = tool.run({"counts": text})
    rows = finding.table("features").rows
    assert [row[1].en for row in rows] == ["darker", "lighter", "women", "men"]  # type: ignore[union-attr]
    assert rows[0][2:4] == [589, 132]


@pytest.mark.parametrize(
    "text",
    ["hello", "women: 12/100", "a: 1/50; A: 2/60", "w: 150/120; m: 1/9", "w: 1.5/100; m: 3/40", "a: 0/0; b: 3/90"],
)
def test_counts_that_are_refused(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        tool.run({"counts": text})
    assert refused.value.message.fr


def test_small_groups_are_shown_and_not_ranked() -> None:
    finding = tool.run({"counts": "a: 10/100; b: 30/100; c: 29/29"})
    assert finding.estimate("surviving").n == 1 and finding.estimate("largest_gap").value == pytest.approx(0.2)
    last = finding.table("groups").rows[2]
    assert last[1].en == "c" and "too few" in last[-1].en  # type: ignore[union-attr]
    assert "c (n = 29)" in finding.summary.en and "c (n = 29)" in finding.summary.fr


def write(file: Path, rows: int = 400) -> Path:
    """People of two schools, an outcome, a prediction (worse for school B), an amount and its estimate."""
    rng = np.random.default_rng(4)
    lines = ["school,passed,predicted,points,guess"]
    for i in range(rows):
        school, passed = "AB"[i % 2], "yes" if rng.random() < 0.5 else "no"
        wrong = rng.random() < (0.1 if school == "A" else 0.3)
        guess = passed if not wrong else "no" if passed == "yes" else "yes"
        points = rng.normal(50, 10)
        lines.append(
            f"{school},{passed},{guess},{points:.2f},{points + (3 if school == 'B' else 0) + rng.normal():.2f}"
        )
    file.write_text("\n".join(lines))
    return file


def test_a_file(tmp_path: Path) -> None:
    file = write(tmp_path / "school.csv")
    asked = {"dataset": str(file), "group": "school", "label": "passed", "score": "predicted"}
    error = tool.run({**asked, "metric": "error"})
    found = groups(error)
    right = groups(tool.run({**asked, "metric": "accuracy"}))
    for name in ("A", "B"):
        assert found[f"school.csv/{name}"][2] == pytest.approx(1 - right[f"school.csv/{name}"][2])  # type: ignore[operator]
    assert found["school.csv/B"][2] > found["school.csv/A"][2]  # type: ignore[operator]
    assert tool.run({**asked, "metric": "fnr"}).estimate("surviving").n == 1
    assert error.private and not tool.run().private  # the person's own file, and the published table
    asked |= {"label": "points", "score": "guess"}
    off = tool.run({**asked, "metric": "mean_error"})
    assert off.private
    mean = groups(off)
    assert mean["school.csv/B"][2] == pytest.approx(3, abs=0.3) and mean["school.csv/A"][2] == pytest.approx(0, abs=0.3)
    assert groups(tool.run({**asked, "metric": "absolute_error"}))["school.csv/B"][2] == pytest.approx(3, abs=0.3)


def test_refusals(tmp_path: Path) -> None:
    few = write(tmp_path / "few.csv", 10)
    for arguments in (
        {"metric": "fpr"},
        {"counts": "a: 1/50; b: 3/60", "metric": "auc"},
        {"sizes": "many"},
        {"threshold": "high"},
        {"dataset": "nothing"},
        {"dataset": str(few), "group": "school", "label": "passed", "score": "predicted"},
        {"dataset": str(few), "group": "school", "label": "passed", "score": "guess", "metric": "mean_error"},
    ):
        arguments = {"dataset": str(few), "group": "school", "label": "passed", "score": "points", **arguments} if "threshold" in arguments else arguments  # fmt: skip
        with pytest.raises(BadInput) as refused:
            tool.run(arguments)
        assert refused.value.message.en and refused.value.message.fr


def test_same_seed_same_finding_in_both_languages() -> None:
    one, two = tool.run(seed=3), tool.run(seed=3)
    assert one.id == two.id and one.figures[0].data == two.figures[0].data
    finding = tool.run(lang="fr")
    assert all(french(finding)) and not [text for text in french(finding) if re.search(r"\d\.\d", text)]
    assert Finding.model_validate_json(finding.model_dump_json()).id == finding.id


@pytest.mark.real
def test_compas_false_positives() -> None:
    finding = tool.run({"dataset": "compas", "metric": "fpr", "group": "race"})
    found = groups(finding)
    # 805 / (805 + 990) = 44.85 %, 349 / (349 + 1139) = 23.45 %
    assert found["compas/African-American"][:3] == [1795, 805, pytest.approx(0.4485, abs=5e-5)]
    assert found["compas/Caucasian"][:3] == [1488, 349, pytest.approx(0.2345, abs=5e-5)]
    crossed = tool.run({"dataset": "compas", "metric": "auc", "group": "race+sex"})
    assert {row[0].en for row in crossed.table("features").rows} == {"race", "sex"}  # type: ignore[union-attr]
