"""The arithmetic lesson of attention: the numbers of the course, one's own vectors, refusals, both languages."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from tools.errors import BadInput
from tools.finding import Finding
from tools.language.attention import attention
from tools.language.attention_lesson import mix, parse, teach


def texts(finding: Finding) -> list[str]:
    """All French texts of a finding."""
    found = [finding.question.fr, finding.summary.fr, finding.how_to_read.fr, finding.limits.fr]
    found += [f.alt.fr for f in finding.figures] + [e.label.fr for e in finding.estimates]
    found += [t.title.fr for t in finding.tables] + [c.fr for t in finding.tables for c in t.columns]
    return found


def test_the_lesson_of_the_course() -> None:
    # cos((2, 2), (0, 3)) = 6 / (√8 × 3) = 0.7071; e^1 = 2.718, e^0.7071 = 2.028, sum 4.746;
    # 2.718 / 4.746 = 0.573 and 2.028 / 4.746 = 0.427. New apple: 0.573 × (2, 2) + 0.427 × (0, 3) = (1.145, 2.427).
    finding = attention.run({"lesson": "apple-orange"})
    assert finding.estimate("cosine").value == pytest.approx(0.7071, abs=1e-4)
    assert finding.estimate("share_1_apple").value == pytest.approx(0.57, abs=0.005)
    assert finding.estimate("share_2_orange").value == pytest.approx(0.43, abs=0.005)
    assert finding.table("new_vectors").rows[0][1:3] == pytest.approx([1.1454, 2.4273], abs=1e-4)
    # Scores of 0 count as e^0 = 1: over the five words 2.718 / (2.718 + 2.028 + 3) = 0.351, 0.262 and 0.129 three times.
    row = finding.table("all_words").rows[1]
    assert row[1:] == pytest.approx([0.1291, 0.3509, 0.1291, 0.1291, 0.2618], abs=1e-4)
    assert "0.57 for “apple” and 0.43 for “orange”" in finding.summary.en and "(1.15, 2.43)" in finding.summary.en
    assert "0,57 pour" in finding.summary.fr and "0.58" in finding.how_to_read.en


def test_opposite_words_need_the_exponential() -> None:
    # cos = −1: 1 − 1 = 0 cannot be divided; e^1 / (e^1 + e^−1) = 2.718 / 3.086 = 0.881.
    finding = attention.run({"lesson": "orange-motorcycle"})
    assert finding.estimate("share_1_orange").value == pytest.approx(0.88, abs=0.005)
    assert finding.estimate("share_2_motorcycle").value == pytest.approx(0.12, abs=0.005)


def test_apple_moves_to_the_phone() -> None:
    # 0.573 × (2, 2) + 0.427 × (4, 0) = (2.855, 1.145)
    assert attention.run({"lesson": "apple-phone"}).table("new_vectors").rows[0][1:3] == pytest.approx(
        [2.8546, 1.1454], abs=1e-4
    )


def test_the_first_numbers_of_the_course_as_ones_own() -> None:
    # orange (0, 3), phone (3, 0), apple (1, 4): products 12, 3, 0; cosines 12 / (3 √17) = 0.970, 3 / (3 √17) = 0.243, 0;
    # divided by √2: 8.49, 2.12, 0.
    finding = attention.run({"vectors": "orange: 0 3; phone: (3, 0); apple = 1, 4", "word": "apple"})
    assert finding.table("dots").rows[2][1:3] == pytest.approx([12, 3])
    assert finding.table("dots").rows[0][2] == 0
    assert finding.table("cosines").rows[2][1:3] == pytest.approx([0.970, 0.243], abs=1e-3)
    assert finding.table("scaled").rows[2][1:3] == pytest.approx([8.485, 2.121], abs=1e-3)
    assert finding.specimen.name == "vectors given by the user"


def test_a_row_of_shares_adds_up_to_one_and_a_word_alone_stays() -> None:
    vectors = np.random.default_rng(0).normal(size=(6, 4)) * 50
    found = mix(list("abcdef"), vectors)
    assert found.weights.sum(axis=1) == pytest.approx(np.ones(6)) and found.scaled_weights.sum(axis=1) == pytest.approx(
        np.ones(6)
    )
    alone = teach("", "a: 2 1", "", "").mix
    assert alone.weights.tolist() == [[1.0]] and alone.new.tolist() == [[2.0, 1.0]]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"vectors": "orange"}, "is not a word and its numbers"),
        ({"vectors": "a: 0 3; b: 1"}, "same count of numbers"),
        ({"vectors": "a: 0 0"}, "no direction"),
        ({"vectors": "a: 1 0", "text": "nothing here"}, "1 to 12 words"),
        ({"lesson": "apple-orange", "word": "pear"}, "Choose among: apple, orange"),
        ({"lesson": "apple-orange", "text2": "an apple"}, "one head and one layer"),
        ({"lesson": "pear"}, "--lesson"),
        ({"text2": "The bear."}, "without a --text"),
    ],
)
def test_bad_requests_without_a_model(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=re.escape(message)):
        attention.run(arguments)


def test_parse_keeps_signs_and_decimals() -> None:
    assert {name: v.tolist() for name, v in parse("A: -1.5 2\nb=[3, −4]").items()} == {
        "a": [-1.5, 2.0],
        "b": [3.0, -4.0],
    }


CASES: list[dict[str, Any]] = [
    {"lesson": "apple-orange"},
    {"lesson": "orange-motorcycle"},
    {"vectors": "a: 1 0 0.5; b: 0.25 1 -1"},
    {"vectors": "a: 2 1"},
]


@pytest.mark.parametrize("arguments", CASES, ids=lambda case: "-".join(map(str, case.values())))
def test_both_languages_are_written(arguments: dict[str, Any]) -> None:
    finding = attention.run(arguments, lang="fr")
    assert all(texts(finding))
    assert not [text for text in texts(finding) if re.search(r"\d\.\d", text)]
    assert not re.search(r"\d,\d\d\b(?!\d)", finding.summary.en)
    assert 2 <= len(re.findall(r"\.(?:\s|$)", finding.summary.en)) <= 4
    assert all(figure.lang == "fr" and figure.data for figure in finding.figures)
    assert all(len(row) == len(table.columns) for table in finding.tables for row in table.rows)
