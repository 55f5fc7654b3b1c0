"""``claim_check`` on the library, on files and on texts; the sentence encoder is in the environment."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from tools.errors import BadInput
from tools.finding import Lang
from tools.truth.claim_check import claim_check
from tools.truth.claims.check import Verdict, about_it, check, with_model
from tools.truth.claims.conflicts import Conflict

SOURCE = (
    "The ferry Northern Star ran aground on 14 June 2011 with 48 passengers aboard. The captain, Erik Lund, blamed the "
    "steering. Coast guards evacuated everyone within two hours, and nobody was injured."
)


def answers(text: str, source: str, lang: Lang = "en") -> list[object]:
    rows = claim_check.run({"text": text, "source": source}, lang=lang).table("claims").rows
    return [row[1].get("en") for row in rows]  # type: ignore[union-attr]


@pytest.mark.parametrize("lang", get_args(Lang))
def test_the_built_in_case(lang: Lang) -> None:
    finding = claim_check.run({}, lang=lang)
    assert finding.estimate("contradicted").value == pytest.approx(2 / finding.estimate("claims").value)  # type: ignore[operator]
    assert finding.estimate("not_found").value == pytest.approx(1 / finding.estimate("claims").value)  # type: ignore[operator]
    said = finding.summary.get(lang)
    assert ("39.1%" if lang == "en" else "39,1") in said and "17" in said
    assert finding.figures[0].lang == lang and finding.figures[0].alt.fr and finding.limits.fr
    assert not re.search(r"\d\.\d", finding.how_to_read.fr)
    assert finding.id == claim_check.run({}, lang=lang).id


def test_each_verdict_on_a_text_given_as_source() -> None:
    text = (
        "Forty-eight people were aboard the ferry when it ran aground. The ferry ran aground with 84 passengers aboard. "
        "The ferry was built in a Polish shipyard in winter. Several people were injured before the coast guards came."
    )
    assert answers(text, SOURCE) == ["supported", "contradicted", "not found", "contradicted"]


def test_the_passage_the_span_and_the_reason() -> None:
    row = (
        claim_check.run({"text": "The captain, Karl Berg, blamed the steering.", "source": SOURCE})
        .table("claims")
        .rows[0]
    )
    assert row[3] == "The captain, Erik Lund, blamed the steering." and row[4] == "Erik Lund" and row[5] == "sentence 2"
    assert row[2].en == "the text says “Karl Berg”, the source “Erik Lund”"  # type: ignore[union-attr]


def test_a_document_is_read_and_its_headings_are_the_places(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<html><body><main><h1>Ferry</h1><p>{SOURCE}</p></main></body></html>", encoding="utf-8")
    finding = claim_check.run({"text": "The ferry ran aground on 14 July 2011.", "source": str(page)})
    row = finding.table("claims").rows[0]
    assert row[5] == "Ferry" and row[4] == "14 June 2011" and finding.specimen.name == "page.html"


@pytest.mark.parametrize(
    ("text", "source", "says"),
    [
        ("The ferry sank in 2011.", "https://example.org/a", "save the page"),
        ("The ferry sank in 2011.", "nowhere.pdf", "no file"),
        ("The ferry sank in 2011.", "word", "cannot be"),
        ("Why? Please read.", SOURCE, "claims nothing"),
        ("😀", SOURCE, "claims nothing"),
        ("", SOURCE, "--text"),
    ],
)
def test_what_cannot_be_checked_is_said(text: str, source: str, says: str) -> None:
    with pytest.raises(BadInput, match=re.escape(says)) as caught:
        claim_check.run({"text": text, "source": source})
    assert caught.value.message.fr


@pytest.mark.parametrize(
    "text",
    [
        "for i in range(10):\n    print(i)\nx = {'a': 1}. The value of x is then 3.",
        "غرقت العبارة في عام 2011. لم يصب أحد.",
        "The ferry ran aground. Personne n’a été blessé. 48 Passagiere waren an Bord.",
        "It cost $5 and $6 million to build the ferry.",
        "“48 passengers,” he said, “were aboard.” \"Who was it?\" she asked.",
        "The ferry ran aground with 84 passengers. " * 100,
    ],
)  # fmt: skip
def test_awkward_texts_are_answered(text: str) -> None:
    assert claim_check.run({"text": text, "source": SOURCE}).estimate("claims").value


def test_the_weight_of_the_evidence_by_hand() -> None:
    # z = −14.5 + 9.7 × 0.6 + 10.6 × 0.8 + 5.3 × 0.5 = 2.45; 1 / (1 + e^−2.45) = 0.9206
    assert about_it(0.6, 0.8, 0.5) == pytest.approx(0.9206, abs=1e-4)


def test_an_entailment_model_decides_where_no_rule_does() -> None:
    unsure = Verdict("a", "not_found", 0, "b", about=0.7)
    clash = Verdict("a", "contradicted", 0, "b", about=0.9, conflicts=[Conflict("number", "1", "2")])
    rows = np.array([[0.9, 0.1, 0.0], [0.1, 0.1, 0.8], [0.9, 0.1, 0.0]])
    found = with_model([unsure, unsure, clash], ["b"] * 3, lambda pairs: rows)
    assert [one.answer for one in found] == ["supported", "contradicted", "contradicted"]


def test_no_claim_and_no_source() -> None:
    def none(texts: object) -> np.ndarray:
        raise AssertionError("nothing to encode")

    assert check([], ["A sentence."], none) == []
    assert [one.answer for one in check(["A claim."], [], none)] == ["not_found"]


@pytest.mark.real
def test_one_short_claim_has_a_figure() -> None:
    found = claim_check.run({"text": "Antoine read that ProPublica published its analysis of COMPAS in 2016."})
    assert found.figures and found.estimates[0].n == 1
