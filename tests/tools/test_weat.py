"""WEAT: hand-worked values, the published tests on real vectors, refusals, both languages."""

from __future__ import annotations

import itertools
import math
import re
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.errors import BadInput, Stopped
from tools.finding import Finding
from tools.tool import Progress
from tools.words import association
from tools.words.weat import weat

# Seven directions of the plane; A points along the first axis, B along the second.
PLANE = {
    "east": (1.0, 0.0),
    "near_east": (0.8, 0.6),
    "north": (0.0, 1.0),
    "near_north": (0.6, 0.8),
    "a_one": (2.0, 0.0),
    "a_two": (3.0, 0.0),
    "b_one": (0.0, 1.0),
    "b_two": (0.0, 5.0),
}
SETS = {"x": "east, near_east", "y": "north, near_north", "a": "a_one, a_two", "b": "b_one; b_two"}

# Thousandths: ties are frequent, and no score is so small that the two tolerances for a tie disagree.
scores = st.lists(st.integers(-1000, 1000).map(lambda i: i / 1000), min_size=2, max_size=5)


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.fixture
def plane(tmp_path: Path) -> str:
    file = tmp_path / "plane.npz"
    np.savez(file, words=np.array(list(PLANE)), vectors=np.array(list(PLANE.values())))
    return str(file)


def numbers_french(finding: Finding) -> list[str]:
    """French texts of a finding that hold a decimal point between digits."""
    texts = [
        finding.summary.fr,
        finding.how_to_read.fr,
        finding.limits.fr,
        *(figure.alt.fr for figure in finding.figures),
    ]
    return [text for text in texts if re.search(r"\d\.\d", text)]


def test_effect_size_p_and_population_deviation_by_hand(plane: str) -> None:
    # s(w) = cos(w, A) − cos(w, B): east 1 − 0, near_east 0.8 − 0.6, north −1, near_north −0.2.
    # Means 0.6 and −0.6; sum of squares around 0: 1 + 0.04 + 1 + 0.04 = 2.08.
    # d = 1.2 / sqrt(2.08 / 3) = 1.44115; population: 1.2 / sqrt(2.08 / 4) = 1.66410.
    # Of the 6 splits only the real one has a difference of 1.2: p = 1/6.
    finding = weat.run({**SETS, "vectors": plane})
    estimate = finding.estimate("effect_size")
    assert estimate.value == pytest.approx(1.44115, abs=1e-5)
    assert estimate.p == pytest.approx(1 / 6)
    assert (estimate.n, estimate.baseline, estimate.confidence) == (4, 0.0, 0.95)
    assert estimate.test is not None
    assert estimate.test.en == "one-sided permutation test, exact: 1 of all 6 splits of the words"
    assert finding.table("comparison").rows[1][1] == pytest.approx(1.66410, abs=1e-5)
    assert [row[0] for row in finding.table("associations").rows] == ["east", "near_east", "near_north", "north"]
    assert [row[2] for row in finding.table("associations").rows] == pytest.approx([1, 0.2, -0.2, -1])


def test_single_category_by_hand(plane: str) -> None:
    # One target set: g(c) = mean cosine of c with X = {east, near_east}; A: 0.9 twice.
    # B = {north 0.3, near_north (0.6 + 0.96) / 2 = 0.78}: mean 0.54.
    # Pooled 0.9, 0.9, 0.3, 0.78: mean 0.72, squares 0.0324 + 0.0324 + 0.1764 + 0.0036 = 0.2448.
    # d = 0.36 / sqrt(0.2448 / 3) = 1.26025; at least as large: only {0.9, 0.9}, p = 1/6.
    finding = weat.run({"x": "east,near_east", "a": "a_one,a_two", "b": "north,near_north", "vectors": plane})
    estimate = finding.estimate("effect_size")
    assert estimate.value == pytest.approx(1.26025, abs=1e-5)
    assert estimate.p == pytest.approx(1 / 6)
    assert "single-category" in finding.how_to_read.en
    assert "toney2021" in finding.references
    assert weat.run({"x": "east", "a": "a_one,a_two", "b": "north,near_north", "vectors": plane}).estimates


def test_reversed_groups_say_the_other_direction(tmp_path: Path) -> None:
    # Four words along A in Y, four along B in X: 1 of 70 splits is smaller or equal, so p is near 1.
    angle = {f"x{i}": math.pi / 2 - i / 100 for i in range(4)} | {f"y{i}": i / 100 for i in range(4)}
    angle |= {"a0": 0, "a1": 0, "b0": math.pi / 2, "b1": math.pi / 2}
    file = tmp_path / "turned.npz"
    np.savez(file, words=np.array(list(angle)), vectors=np.array([(math.cos(t), math.sin(t)) for t in angle.values()]))
    finding = weat.run({"x": "x0,x1,x2,x3", "y": "y0,y1,y2,y3", "a": "a0,a1", "b": "b0,b1", "vectors": str(file)})
    assert finding.estimate("effect_size").value < -1.8  # type: ignore[operator]
    assert finding.estimate("effect_size").p == 1.0
    assert "the Y words (y0, y1…) lie closer to the A words" in finding.summary.en
    assert "dans le sens testé" in finding.summary.fr


def test_ties_count_as_large_as() -> None:
    # 1, 0 against 1, 0: the sum over the first group is 1. Of 6 splits, {1, 1} and the four {1, 0} reach it.
    result = association.split_test(np.array([1.0, 0.0]), np.array([1.0, 0.0]), rng())
    assert (result.at_least, result.tried, result.exact) == (5, 6, True)


def test_ceiling_is_reached_by_two_constant_groups() -> None:
    # Eight ones and eight zeros: d = 1 / sqrt(16 × 0.25 / 15) = 1.93649; sizes 2 and 1: 1 / sqrt(2/3 / 2) = 1.73205.
    assert association.effect_size(np.ones(8), np.zeros(8)) == pytest.approx(1.93649, abs=1e-5)
    assert association.ceiling(8, 8) == pytest.approx(1.93649, abs=1e-5)
    assert association.ceiling(2, 1) == pytest.approx(association.effect_size(np.ones(2), np.zeros(1)))
    assert math.isnan(association.effect_size(np.ones(2), np.ones(2)))


@settings(max_examples=40, deadline=None)
@given(scores, scores)
def test_exact_test_agrees_with_the_definition(x: list[float], y: list[float]) -> None:
    pooled = x + y
    observed = np.mean(x) - np.mean(y)
    count = 0
    for chosen in itertools.combinations(range(len(pooled)), len(x)):
        first = [pooled[i] for i in chosen]
        second = [pooled[i] for i in range(len(pooled)) if i not in chosen]
        count += np.mean(first) - np.mean(second) >= observed - 1e-12
    result = association.split_test(np.array(x), np.array(y), rng())
    assert result.at_least == count
    assert result.p == count / math.comb(len(pooled), len(x))
    d = association.effect_size(np.array(x), np.array(y))
    assert math.isnan(d) or abs(d) <= association.ceiling(len(x), len(y)) + 1e-6


def test_random_splits_come_close_to_the_exact_p() -> None:
    x, y = rng().normal(0.5, 1, 7), rng().normal(0, 1.3, 6)
    exact = association.split_test(x, y, rng())
    drawn = association.split_test(x, y, rng(), most=0)
    assert not drawn.exact
    assert drawn.p == (drawn.at_least + 1) / 100_001
    assert drawn.p == pytest.approx(exact.p, abs=0.006)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"test": "11"}, "--test cannot be '11'"),
        ({"test": "custom"}, "--x is empty"),
        ({"y": "north, near_north"}, "--x is empty"),
        ({"x": "east, near_east", "a": "a_one, a_two"}, "--b is empty"),
        ({**SETS, "y": "east, north"}, "X and Y share east"),
        ({**SETS, "x": "east"}, "at least 2 different ones are needed"),
        ({**SETS, "x": "east, east"}, "at least 2 different ones are needed"),
        ({**SETS, "x": "east, near_east, atlantis, mu, lemuria"}, "Missing: atlantis, mu, lemuria"),
        ({**SETS, "minimum_coverage": 1.5}, "cannot be '1.5'"),
        ({**SETS, "z": "1"}, "no argument --z"),
        ({"x": "a_one, a_two", "y": "b_one, b_two", "a": "east", "b": "north"}, "set A"),
    ],
)
def test_bad_input_says_what_to_do(plane: str, arguments: dict[str, str], said: str) -> None:
    with pytest.raises(BadInput) as caught:
        weat.run({"vectors": plane, **arguments})
    assert said in caught.value.message.en
    assert caught.value.message.fr
    assert caught.value.exit_code == 2


def test_equal_scores_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "one_point.npz"
    np.savez(file, words=np.array(list("pqrstuvw")), vectors=np.ones((8, 2)))
    with pytest.raises(BadInput, match="d is not defined"):
        weat.run({"x": "p,q", "y": "r,s", "a": "t,u", "b": "v,w", "vectors": str(file)})


def test_unknown_vectors_are_refused() -> None:
    with pytest.raises(BadInput, match="no vectors called"):
        weat.run({**SETS, "vectors": "no_such_file.npz"})


def test_lower_coverage_is_allowed_when_asked_and_printed(plane: str) -> None:
    finding = weat.run({**SETS, "x": "east, near_east, atlantis", "minimum_coverage": 0.5, "vectors": plane})
    assert finding.table("coverage").rows[0][1:] == [3, 2, "atlantis"]
    assert "Coverage: 8 of 9 words found (89%); missing: atlantis." in finding.how_to_read.en


def test_progress_is_reported_and_stop_is_heard(plane: str) -> None:
    seen: list[Progress] = []
    weat.run({**SETS, "vectors": plane}, on_progress=seen.append)
    assert (seen[-1].done, seen[-1].total) == (6, 6)
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        weat.run({**SETS, "vectors": plane}, stop=stop)


def test_same_seed_same_finding_and_json_round_trip(plane: str) -> None:
    one, two = (weat.run({**SETS, "vectors": plane}, seed=3, lang="fr") for _ in range(2))
    assert one.id == two.id
    assert one.figures == two.figures
    assert Finding.model_validate_json(one.model_dump_json()) == one
    other = weat.run({**SETS, "vectors": plane}, seed=4)
    assert other.estimates[0].value == one.estimates[0].value


def test_words_may_come_as_a_list_or_as_one_string(plane: str) -> None:
    as_lists = {name: re.split(r"[,;] ", text) for name, text in SETS.items()}
    lists, strings = weat.run({**as_lists, "vectors": plane}), weat.run({**SETS, "vectors": plane})
    assert lists.estimates == strings.estimates
    assert "--x 'east, near_east'" in lists.rerun


def test_examples_in_both_languages() -> None:
    assert all(len(set(weat.examples[lang])) >= 12 for lang in ("en", "fr"))


# Real vectors: d of the sheet for Google News word2vec, tolerance 0.005; p by full enumeration for tests 6 to 9.
PUBLISHED_D = [1.539, 1.628, 0.584, 1.313, 0.723, 1.890, 0.966, 1.244, 1.297, -0.198]


@pytest.mark.real
def test_the_ten_tests_on_word2vec() -> None:
    finding = weat.run({"test": "all"}, seed=0, lang="fr")
    values = [finding.estimate(f"effect_size_{test}").value for test in range(1, 11)]
    assert values == pytest.approx(PUBLISHED_D, abs=0.005)
    # 1 of 12,870; 292 of 12,870; 52 of 12,870; 7 of 924.
    exact = {6: 1 / 12870, 7: 292 / 12870, 8: 52 / 12870, 9: 7 / 924}
    assert {test: finding.estimate(f"effect_size_{test}").p for test in exact} == pytest.approx(exact)
    assert finding.estimate("effect_size_3").p == pytest.approx(0.0083, abs=0.0015)
    assert all(e.low < e.value < e.high and e.baseline == 0 for e in finding.estimates)  # type: ignore[operator]
    # Population deviation, as the WEFE library prints: test 6, 1.9518; test 1, 1.5550.
    rows = finding.table("tests").rows
    assert rows[5][7] == pytest.approx(1.9518, abs=1e-4)
    assert rows[0][7] == pytest.approx(1.5550, abs=1e-4)
    assert not numbers_french(finding)
    assert "9 des 10 tests" in finding.summary.fr
    assert finding.specimen.sha256


@pytest.mark.real
@pytest.mark.parametrize("test", [str(i) for i in range(1, 11)])
def test_one_test_equals_its_row_in_all(test: str) -> None:
    finding = weat.run({"test": int(test)}, lang="fr")
    assert finding.estimate("effect_size").value == pytest.approx(PUBLISHED_D[int(test) - 1], abs=0.005)
    assert not numbers_french(finding)
    assert finding.summary.en and finding.limits.en and finding.figures[0].lang == "fr"


@pytest.mark.real
def test_career_and_family_are_told_in_plain_words() -> None:
    finding = weat.run()
    assert finding.summary.en.startswith(
        "In these word vectors, men’s first names lie closer to career words and women’s first names to family words: d = 1.89"
    )
    assert "Of the 12,870 ways to split the 16 words into two groups of 8, only the real one" in finding.summary.en
    assert "d = 1,89" in finding.summary.fr and "12\u202f870" in finding.summary.fr
    assert finding.rerun == "autopsie run weat --seed 0"


@pytest.mark.real
def test_glove_drops_one_flower_and_keeps_the_effect() -> None:
    # GloVe 6B, 50 dimensions: d = 1.080 for flowers without "gladiola", 1.708 for career and family.
    finding = weat.run({"test": "1", "vectors": "glove"})
    assert finding.estimate("effect_size").value == pytest.approx(1.080, abs=0.005)
    assert "gladiola" in finding.how_to_read.en
    assert weat.run({"vectors": "glove"}).estimate("effect_size").value == pytest.approx(1.708, abs=0.005)


@pytest.mark.real
def test_all_leaves_out_what_the_vectors_lack(tmp_path: Path) -> None:
    from tools.specimens import words

    space = words.load("word2vec")
    capitals = [row for row, word in enumerate(space.words) if word == word.lower()]
    file = tmp_path / "lower.npz"
    np.savez(file, words=np.array([f"{space.words[i]}" for i in capitals] + ["Zzz"]),
             vectors=np.vstack([space.matrix[capitals], np.ones((1, 300))]))  # fmt: skip
    # "Zzz" comes after 5,000 lower-case words, so names are looked up as they are lowered and are not found.
    finding = weat.run({"test": "all", "vectors": str(file)})
    assert finding.estimate("effect_size_6").value is None
    assert finding.estimate("effect_size_1").value == pytest.approx(1.539, abs=0.005)
    assert "Too few words of tests 3, 4, 5, 6 and 10" in finding.summary.en
    with pytest.raises(BadInput, match="Missing: John, Paul"):
        weat.run({"vectors": str(file)})
