"""The library as a tool: what the finding says when it holds an answer, and when it does not."""

from __future__ import annotations

import re

import pytest

from knowledge import documents
from knowledge.support import THRESHOLD
from tools.errors import BadInput
from tools.finding import Finding
from tools.reading.search_knowledge import search_knowledge

QUESTION = "Why did Twitter stop cropping pictures automatically?"


def test_a_question_that_the_library_answers() -> None:
    finding = search_knowledge.run({"query": QUESTION})
    estimate = finding.estimate("support")
    assert estimate.value is not None and estimate.value >= THRESHOLD == estimate.baseline
    assert estimate.n == finding.estimate("cosine").n and (estimate.n or 0) > 150
    rows = finding.table("passages").rows
    assert [row[0] for row in rows] == [1, 2, 3, 4, 5]
    assert all(str(row[1]).startswith("twitter-crop.en#") for row in rows[:2])
    assert "The library probably answers this question" in finding.summary.en
    assert finding.specimen.sha256 == documents.fingerprint()
    assert Finding.model_validate_json(finding.model_dump_json()) == finding


def test_a_question_that_it_does_not_answer() -> None:
    finding = search_knowledge.run({"query": "How long should I boil an egg?"}, lang="fr")
    assert (finding.estimate("support").value or 1) < THRESHOLD
    assert "ne répond probablement pas" in finding.summary.fr


@pytest.mark.parametrize(
    ("arguments", "lang", "expected"),
    [
        ({"query": "Qui a été lésé par COMPAS ?"}, "en", "fr"),  # the language of the question
        ({"query": "COMPAS"}, "fr", "fr"),  # no word tells: the language of the person
        ({"query": "Who was harmed by COMPAS?", "language": "fr"}, "en", "fr"),
        ({"query": "Qui a été lésé par COMPAS ?", "language": "en"}, "fr", "en"),
    ],
)
def test_the_language_of_the_passages(arguments: dict[str, str], lang: str, expected: str) -> None:
    finding = search_knowledge.run(arguments, lang=lang)  # type: ignore[arg-type]
    assert {str(row[1]).split("#")[0][-2:] for row in finding.table("passages").rows} == {expected}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, "needs --query"),
        ({"query": ""}, "--query"),
        ({"query": " ?! "}, "The question is empty"),
        ({"query": "a" * 2001}, "--query"),
        ({"query": "bias", "k": 0}, "--k"),
        ({"query": "bias", "k": 101}, "--k"),
        ({"query": "bias", "language": "de"}, "--language"),
    ],
)
def test_bad_input_is_said(arguments: dict[str, object], said: str) -> None:
    with pytest.raises(BadInput) as error:
        search_knowledge.run(arguments)
    assert said in error.value.message.en and error.value.message.fr


def test_k_passages_are_listed() -> None:
    assert len(search_knowledge.run({"query": "bias", "k": 1}).table("passages").rows) == 1
    assert len(search_knowledge.run({"query": "bias", "k": 40}).table("passages").rows) == 40


def test_the_same_question_gives_the_same_finding() -> None:
    assert search_knowledge.run({"query": QUESTION}).id == search_knowledge.run({"query": QUESTION}).id


def test_both_languages_are_written() -> None:
    finding = search_knowledge.run({"query": QUESTION})
    for text in (finding.question, finding.summary, finding.how_to_read, finding.limits):
        assert text.en and text.fr and text.en != text.fr
    prose = re.sub(r"\(\S+#\d+\)|arXiv:\S+", "", f"{finding.summary.fr} {finding.how_to_read.fr}")
    assert not re.search(r"\d\.\d", prose)
    for lang in ("en", "fr"):
        assert len(search_knowledge.examples[lang]) >= 12
        assert len(set(search_knowledge.examples[lang])) == len(search_knowledge.examples[lang])
