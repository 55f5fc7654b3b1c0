"""Refusing what the library does not hold, and answering what it holds."""

from __future__ import annotations

import math

import pytest

from evals import retrieval
from knowledge import support
from knowledge.search import search
from knowledge.support import COEFFICIENTS, INTERCEPT, THRESHOLD, evidence, fit, not_here, supported
from tests.knowledge.conftest import Write


def test_evidence_and_probability_by_hand(library: Write) -> None:
    library("bees", "en", "## Dance\n\nBees show the way.")
    hits = search("dance unicorn", lang="en")
    found = evidence("dance unicorn", hits)
    # one passage: idf("dance") = ln(1 + 0.5 / 1.5) = ln 4/3; idf("unicorn") = ln(1 + 1.5 / 0.5) = ln 4
    assert found.covered == pytest.approx(math.log(4 / 3) / (math.log(4 / 3) + math.log(4)))
    assert (found.cosine, found.asked, found.strength) == (hits[0].score, hits[0].asked, hits[0].strength)
    z = INTERCEPT + sum(weight * value for weight, value in zip(COEFFICIENTS, found, strict=True))
    assert support.support("dance unicorn", hits) == pytest.approx(1 / (1 + math.exp(-z)))


def test_a_question_known_not_to_be_answered_is_the_closest_to_itself(library: Write) -> None:
    library("bees", "en", "## Dance\n\nBees show the way.")
    known = not_here()[0]
    hits = search(known, lang="en")
    assert evidence(known, hits).elsewhere > 1.0 > evidence(known, hits, leave_out=known).elsewhere


def test_nothing_found_is_not_supported() -> None:
    assert support.support("anything", []) == 0 and not supported("anything", [])
    assert 0 <= support.support("of the", search("of the", lang="en")) < THRESHOLD


def test_questions_that_no_fit_has_seen_are_judged_as_the_docs_say() -> None:
    rows = {(row["split"], row["lang"]): row for row in retrieval.abstention()}
    held_out = rows["test", "all"]
    assert held_out["unanswerable"]["n"] >= 40 and held_out["answerable"]["n"] >= 100
    assert held_out["unanswerable"]["value"] >= 0.9 and held_out["answerable"]["value"] <= 0.15
    assert rows["dev", "all"]["answerable"]["value"] <= 0.08


def test_the_coefficients_are_those_of_a_fit() -> None:
    fitted = fit(retrieval.calibration())
    assert fitted["coefficients"] == pytest.approx(COEFFICIENTS, rel=0.25)  # the library may grow between two fits
    accepted = fitted["left out"] >= THRESHOLD
    assert accepted[fitted["answerable"]].mean() >= 0.9 and accepted[~fitted["answerable"]].mean() <= 0.2


def test_what_is_said_not_to_be_here_is_said_once_in_each_language() -> None:
    said = not_here()
    assert len(said) == len(set(said)) >= 390
    written = {
        question
        for one in retrieval.questions([*retrieval.LIBRARY, *retrieval.ABSTENTION])
        for question in [one["question"]]
    }
    assert not written & set(said)  # the examination is not in the fit
