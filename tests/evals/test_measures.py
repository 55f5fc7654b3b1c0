"""The numbers of the card, on cases whose arithmetic can be done by hand."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from assistant.card import Card, Suite
from evals import gate
from evals.inspect_routing import differing
from evals.measures import by_group, proportion, seconds, some
from evals.stability import typos, variants
from tools.finding import Text


def test_a_share_without_cases_is_not_a_zero() -> None:
    empty = proportion("x", "x", "x", [])
    assert (empty.value, empty.low, empty.high, empty.n) == (None, None, None, 0)


def test_sentences_of_one_answer_do_not_count_as_independent() -> None:
    """Ten answers of ten sentences, one answer all wrong: 10 %, but the interval is that of ten draws, not of a hundred."""
    wrong = [answer == 0 for answer in range(10) for _ in range(10)]
    owners = [answer for answer in range(10) for _ in range(10)]
    alone, together = proportion("x", "x", "x", wrong), proportion("x", "x", "x", wrong, groups=owners)
    assert alone.value == together.value == pytest.approx(0.1)
    assert alone.high == pytest.approx(0.1744, abs=1e-3)  # Wilson, 10 of 100
    low, high = by_group(wrong, owners)
    assert together.high == high > alone.high
    assert low == 0.0


def test_a_subset_is_evenly_spaced_and_always_the_same() -> None:
    assert some(range(100), 4) == [0, 25, 50, 75]
    assert some(range(3), 10) == [0, 1, 2]
    assert some(range(3), None) == [0, 1, 2]


def test_an_argument_left_at_its_default_counts_as_given() -> None:
    assert differing("weat", {}, {}) == []
    assert differing("weat", {"test": "6"}, {}) == []
    assert differing("weat", {"test": "7"}, {"test": "7", "vectors": "word2vec"}) == []
    assert differing("weat", {"test": "7"}, {"test": "8"}) == ["test: '7' ≠ '8'"]
    assert differing("weat", {"vectors": "glove"}, {}) == ["vectors: 'glove' ≠ 'word2vec'"]
    assert differing("weat", {"x": ["b", "A"]}, {"x": ["a", "b"]}) == []
    assert differing("footprint", {"hours": "72 hours"}, {"hours": "72|72 hours"}) == []
    assert differing("fill_mask", {"text": "A [MASK]."}, {"text": "A ___."}) == []


def test_the_ways_of_asking_differ_and_the_typing_errors_are_reproducible() -> None:
    row = {
        "id": "q",
        "lang": "en",
        "question": "Why did Amazon abandon its recruiting tool?",
        "paraphrases": ["A", "B"],
    }
    ways = variants(row, 0)
    assert len(set(ways.values())) == len(ways) == 7
    assert ways == variants(row, 0) != variants(row, 1)
    assert sorted(typos(row["question"], "s")) == sorted(row["question"])  # only places change
    assert ways["no capitals, accents or punctuation"] == "why did amazon abandon its recruiting tool"


def test_the_gate_names_what_crossed_and_what_could_not_be_computed() -> None:
    measures = [
        proportion("routing.en", "x", "x", [True] * 9 + [False]),
        proportion("routing.fr", "x", "x", [True, False, False]),
        proportion("injection.leaks", "x", "x", [False] * 9 + [True], "low"),
        proportion("retrieval.same", "x", "x", []),
        proportion("unknown.measure", "x", "x", [False]),
    ]
    words = Text(en="x", fr="x")
    card = Card(version="0", suites=[Suite(name="s", title=words, question=words, limits=words, measures=measures)])
    assert [one.id for one in gate.broken(card)] == ["routing.fr", "injection.leaks", "retrieval.same"]
    assert "at most 0%" in gate.said(measures[2]).en


def test_samples_that_go_together_are_timed_once() -> None:
    def sample(start: int, end: int) -> SimpleNamespace:
        return SimpleNamespace(
            started_at=f"2026-01-01T00:00:{start:02}+00:00", completed_at=f"2026-01-01T00:00:{end:02}+00:00"
        )

    unfinished = SimpleNamespace(started_at="2026-01-01T00:00:00+00:00", completed_at=None)
    log = SimpleNamespace(samples=[sample(30, 40), sample(0, 10), sample(2, 5), sample(5, 12), unfinished])
    assert seconds(log) == 22  # type: ignore[arg-type]
    assert seconds(SimpleNamespace(samples=None)) == 0  # type: ignore[arg-type]
