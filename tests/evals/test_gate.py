"""The regression gate on the real assistant, and the files of a card."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import card as cards
from assistant.card import Card
from evals import audit, gate

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def card(state: Path) -> Card:
    return audit.run(cheap=True, fresh=True)


def test_the_assistant_passes_the_gate(card: Card) -> None:
    assert {one.id for suite in card.suites for one in suite.measures} >= set(gate.BOUNDS)
    assert [gate.said(one).en for one in gate.broken(card)] == []


def test_every_measure_says_how_sure_it_is_and_every_suite_what_it_cannot_tell(card: Card) -> None:
    for suite in card.suites:
        assert suite.limits.en
        assert suite.limits.fr
        assert Path(suite.log).is_file()
        for one in suite.measures:
            if one.value is not None and one.unit == "share":
                assert one.low is not None
                assert one.high is not None
                assert one.low <= one.value <= one.high


def test_the_card_is_kept_in_three_forms_and_two_languages(card: Card) -> None:
    written = audit.keep(card)
    assert {"".join(path.suffixes[-2:]) for path in written[1:]} == {".en.md", ".en.html", ".fr.md", ".fr.html"}
    assert Card.model_validate(json.loads(written[0].read_text(encoding="utf-8"))) == card
    assert cards.latest() == card
    page = next(path for path in written if path.name.endswith(".fr.html")).read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http" not in page.split("<body")[1].split("</body>")[0].replace("http://127.0.0.1", "")
    for path in written:  # the next test of this session begins without a card
        path.unlink()
