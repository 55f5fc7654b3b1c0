"""Search terms: folding, stems, numbers, function words, the language of a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.terms import asks_what, fold, language, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hallucinations hallucinate", ["halluc", "halluc"]),
        ("L’équité des systèmes", ["equite", "system"]),
        ("10,000 pairs, 10\u202f000 paires, 10 000", ["10000", "pair", "10000", "paire", "10000"]),
        ("d = 1.81 ou 1,81", ["181", "181"]),
        ("in 2018, 2020 and 2021", ["2018", "2020", "2021"]),
        ("What is a p-value?", ["pvalue"]),
        ("k-means and Q-learning", ["kmean", "qlearn"]),
        ("Qu’est-ce que COMPAS ?", ["compa"]),
        ("Northpointe a-t-elle répondu ?", ["northp", "repond"]),
        ("œuvre, Dvořák", ["oeuvre", "dvorak"]),
        ("", []),
        ("the of and le la les ?!", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Why did Twitter stop?", "en"),
        ("Pourquoi Twitter a-t-il arrêté ?", "fr"),
        ("COMPAS", None),
        ("", None),
    ],
)
def test_language(text: str, expected: str | None) -> None:
    assert language(text) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is a p-value?", True),
        ("what's BERT", True),
        ("C’est quoi un jeton ?", True),
        ("Qu'est-ce que COMPAS ?", True),
        ("comment fonctionne l'attention", True),
        ("Who was harmed?", False),
        ("Pourquoi Zoom ?", False),
    ],
)
def test_what_asks_what_something_is(question: str, expected: bool) -> None:
    assert asks_what(question) is expected


@given(st.text(max_size=80))
def test_case_and_accents_do_not_matter(text: str) -> None:
    assert terms(fold(text)) == terms(text)
    assert fold(fold(text)) == fold(text)
