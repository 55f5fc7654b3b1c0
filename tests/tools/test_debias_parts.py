"""The parts of debias by hand: axis, neutralise, equalise, lists, neighbours, and what a classifier finds again."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.errors import BadInput
from tools.finding import Specimen
from tools.specimens.words import WordVectors
from tools.words import debias_checks, debias_recovery, debias_sets
from tools.words.debias_projection import direct_bias, equalise, find_axis, hard_debias, neutralise

X, Y, Z = np.eye(3)
# Unit vectors of space: two pairs differ along x, one along y.
SHE, HE = np.array([0.6, 0.8, 0.0]), np.array([-0.6, 0.8, 0.0])
WOMAN, MAN = np.array([0.6, 0.0, 0.8]), np.array([-0.6, 0.0, 0.8])
UP, DOWN = np.array([0.0, 0.6, 0.8]), np.array([0.0, -0.6, 0.8])
NURSE, DOCTOR = np.array([0.6, 0.0, 0.8]), np.array([-0.28, 0.96, 0.0])


def space(words: list[str], vectors: np.ndarray) -> WordVectors:
    return WordVectors(words, vectors, Specimen(name="made", source="test", revision="", sha256=None))


def letters(count: int) -> list[str]:
    """Different words of lower-case letters: zaa, zab, zac…"""
    return ["z" + chr(97 + i // 26 % 26) + chr(97 + i % 26) + "q" * (i // 676) for i in range(count)]


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def test_axis_and_its_share_by_hand() -> None:
    # Around their means the pairs are ±0.6 x, ±0.6 x and ±0.6 y: sums of squares 4 × 0.36 = 1.44 and 2 × 0.36 = 0.72.
    # The first component is x with 1.44 / 2.16 = 2/3 of the variance; it points to the first words of the pairs.
    pairs = np.array([[SHE, HE], [WOMAN, MAN], [UP, DOWN]])
    axis, share = find_axis(pairs)
    assert axis == pytest.approx(X)
    assert share == pytest.approx(2 / 3)
    assert find_axis(pairs[:, ::-1])[0] == pytest.approx(-X)
    assert find_axis(pairs[:1])[1] == pytest.approx(1)


def test_pairs_without_a_difference_define_no_axis() -> None:
    axis, share = find_axis(np.array([[SHE, SHE], [HE, HE]]))
    assert not axis.any()
    assert math.isnan(share)


def test_neutralise_and_direct_bias_by_hand() -> None:
    # (0.6, 0, 0.8) without its part along x is (0, 0, 0.8), of length 1: z. (−0.28, 0.96, 0) becomes y.
    # Direct bias before: (|0.6| + |−0.28|) / 2 = 0.44; after: 0.
    words = np.array([NURSE, DOCTOR])
    after = neutralise(words, X)
    assert after == pytest.approx(np.array([Z, Y]))
    assert direct_bias(words, X) == pytest.approx(0.44)
    assert direct_bias(after, X) == 0
    assert neutralise(np.array([X]), X) == pytest.approx(np.zeros((1, 3)))  # nothing is left of a word on the axis


def test_equalise_by_hand() -> None:
    # king (−0.8, 0.6, 0) and queen (0.6, 0, 0.8): mean (−0.1, 0.3, 0.4), off the axis (0, 0.3, 0.4), length² 0.25.
    # The pair becomes (∓√0.75, 0.3, 0.4): √0.75 = 0.8660254. With y both cosines are 0.3, with z both are 0.4.
    king, queen = equalise(np.array([-0.8, 0.6, 0.0]), np.array([0.6, 0.0, 0.8]), X)
    assert king == pytest.approx([-0.8660254, 0.3, 0.4])
    assert queen == pytest.approx([0.8660254, 0.3, 0.4])
    for neutral in neutralise(np.array([NURSE, DOCTOR]), X):
        assert float(king @ neutral) == pytest.approx(float(queen @ neutral))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 12))
def test_any_pair_made_equal_is_as_far_from_any_neutral_word(seed: int, dimensions: int) -> None:
    drawn = np.random.default_rng(seed).normal(size=(7, dimensions))
    unit = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    axis = unit[6]
    after = hard_debias(unit, axis, np.array([True] * 4 + [False] * 3), [(4, 5)])
    assert np.linalg.norm(after[:6], axis=1) == pytest.approx(np.ones(6))
    assert after[:4] @ axis == pytest.approx(np.zeros(4), abs=1e-12)
    assert after[:4] @ after[4] == pytest.approx(after[:4] @ after[5], abs=1e-12)
    assert after[4] @ axis == pytest.approx(-after[5] @ axis)
    assert after[6] == pytest.approx(unit[6])  # neither neutral nor in a pair: left alone


def test_pairs_are_read_with_several_signs_and_refused_otherwise() -> None:
    assert debias_sets.parse(["she-he", "woman : man", "rich/poor", "up–down"]) == [
        ("she", "he"),
        ("woman", "man"),
        ("rich", "poor"),
        ("up", "down"),
    ]
    for wrong in ("she", "she-he-it", "she-", "she-she"):
        with pytest.raises(BadInput, match="is not a pair"):
            debias_sets.parse([wrong])


def test_lists_as_the_vocabulary_writes_them() -> None:
    jobs = debias_sets.published()["occupations"][:20]
    words = ["she", "he", "She", "He", "MOTHER", "FATHER", "king", "rich", "poor", *jobs, *letters(300)]
    made = space(list(dict.fromkeys(words)), rng().normal(size=(len(set(words)), 4)))
    lists = debias_sets.prepare([("she", "he"), ("gal", "guy")], made)
    assert (lists.pairs, lists.missing, lists.gender) == ([("she", "he")], ["gal-guy"], True)
    # she–he of the axis, He–She of the list, FATHER–MOTHER as "father–mother" in capitals; king has no queen here.
    assert {frozenset(pair) for pair in lists.equal} == {
        frozenset(pair) for pair in (("she", "he"), ("She", "He"), ("MOTHER", "FATHER"))
    }
    assert {"king", "actress"} <= lists.specific and "accountant" not in lists.specific
    assert len(lists.occupations) == 20
    assert all(re.fullmatch("[a-z]+", made.words[row]) for row in lists.ordinary)
    other = debias_sets.prepare([("rich", "poor")], made)
    assert (other.gender, other.equal, set(other.specific)) == (False, [("rich", "poor")], {"rich", "poor"})


def test_too_few_words_are_refused_with_the_reason() -> None:
    few = space(["she", "he", *letters(300)], rng().normal(size=(302, 4)))
    with pytest.raises(BadInput, match="0 of the 320 occupations, which are English"):
        debias_sets.prepare([("she", "he")], few)
    jobs = debias_sets.published()["occupations"]
    with pytest.raises(BadInput, match="lower-case words are left"):
        debias_sets.prepare([("she", "he")], space(["she", "he", *jobs[:50]], rng().normal(size=(52, 4))))


def test_neighbours_leave_the_word_itself_out() -> None:
    # On the plane, words at 0, 10, 30, 60 and 100 degrees: the nearest of each is one step away.
    angles = np.radians([0, 10, 30, 60, 100])
    plane = space(list("abcde"), np.stack([np.cos(angles), np.sin(angles)], axis=1))
    rows = np.arange(5)
    assert debias_checks.nearest(plane, rows, rows, 1).ravel().tolist() == [1, 0, 1, 2, 3]


def test_neighbours_are_kept_when_nothing_changes() -> None:
    vectors = rng().normal(size=(300, 8))
    made = space(letters(300), vectors)
    lists = debias_sets.Lists([("a", "b")], [], True, [], frozenset(), [], 0, np.arange(300))
    order, kept = debias_checks.neighbours(made, made, lists, rng())
    assert (order.value, order.low, kept.value, kept.n) == (1.0, 1.0, 1.0, 300)
    # Half of the dimensions replaced: neighbours change, but not all of them.
    mixed = space(letters(300), np.hstack([vectors[:, :4], np.random.default_rng(1).normal(size=(300, 4))]))
    order, kept = debias_checks.neighbours(made, mixed, lists, rng())
    assert 0 < order.low < order.value < order.high < 0.9
    assert 0 < kept.value < 0.9


def test_share_of_random_axes_at_least_as_large() -> None:
    # Two of four axes reach 0.3, a tie included: (2 + 1) / (4 + 1) = 0.6.
    assert debias_checks.as_large(0.3, np.array([0.1, 0.3, 0.2, 0.5])) == pytest.approx(0.6)


def test_correlation_and_its_interval_by_hand() -> None:
    # x = 1, 2, 3, 4, 5; y = 2, 1, 4, 3, 5: Σ dx dy = 8, Σ dx² = Σ dy² = 10, r = 0.8. Fisher: atanh 0.8 = 1.098612,
    # half-width 1.959964 / √2 = 1.385904; tanh(−0.287292) = −0.27965, tanh(2.484516) = 0.98619.
    found = debias_recovery.correlation(np.arange(1.0, 6.0), np.array([2.0, 1.0, 4.0, 3.0, 5.0]))
    assert (found.value, found.low, found.high, found.n) == pytest.approx((0.8, -0.27965, 0.98619, 5), abs=1e-4)
    assert math.isnan(debias_recovery.correlation(np.ones(5), np.arange(5.0)).value)


def blobs(distance: float) -> tuple[np.ndarray, np.ndarray]:
    """Forty words a side, ``distance`` apart along the first of six dimensions."""
    first = np.repeat([True, False], 40)
    vectors = rng().normal(size=(80, 6)) * 0.3
    vectors[:, 0] += np.where(first, distance / 2, -distance / 2)
    return vectors, first


def test_clusters_and_classifier_find_two_heaps_and_nothing_in_one() -> None:
    vectors, first = blobs(4.0)
    assert debias_recovery.clustered(vectors, first, 0).all()
    assert ((debias_recovery.scored(vectors, first, 0) > 0) == first).all()
    # Wilson with 80 of 80: low = (80 + 3.8415/2 − 1.96 √(3.8415/4)) / (80 + 3.8415) = 80 / 83.8415 = 0.95418.
    assert debias_recovery.share(np.ones(80, dtype=bool)).low == pytest.approx(0.95418, abs=1e-5)
    same, first = blobs(0.0)
    found = debias_recovery.share((debias_recovery.scored(same, first, 0) > 0) == first)
    assert found.low < 0.5
    assert 0.5 <= debias_recovery.clustered(same, first, 0).mean() < 0.7


def test_sides_on_the_axis_alone_are_gone_with_it_and_shared_ones_are_not() -> None:
    # Independent dimensions: what is removed was nowhere else. Then a second dimension that repeats the first.
    drawn = rng().normal(size=(800, 10))
    axis = np.eye(10)[0]
    rows, first = debias_recovery.extremes(drawn, axis, np.arange(800))
    assert len(rows) == 400 and first.sum() == 200
    alone = neutralise(drawn[rows], axis)
    gone = debias_recovery.share((debias_recovery.scored(alone, first, 0) > 0) == first)
    assert gone.low < 0.5 < gone.high
    drawn[:, 1] = drawn[:, 0] + 0.3 * drawn[:, 1]
    shared = neutralise(drawn[rows], axis)
    assert debias_recovery.share((debias_recovery.scored(shared, first, 0) > 0) == first).low > 0.9


def test_the_lists_are_those_of_the_paper() -> None:
    lists = debias_sets.published()
    counts = [len(lists[key]) for key in ("pairs", "equalise", "occupations", "gender_specific")]
    assert counts == [10, 52, 320, 1441]
    assert "MIT" in lists["source"]
