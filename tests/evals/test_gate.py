"""The regression gate on the real assistant: one cheap audit, read in every way; and the files of a card."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant import card as cards
from assistant.card import Card, Suite
from assistant.planner import nearest
from evals import audit, gate

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def card(state: Path) -> Card:
    return audit.run(cheap=True, fresh=True)


def test_the_assistant_passes_the_gate(card: Card) -> None:
    assert {one.id for suite in card.suites for one in suite.measures} >= set(gate.BOUNDS)
    assert [gate.said(one).en for one in gate.broken(card)] == []


def test_a_router_with_permuted_labels_does_not(card: Card, monkeypatch: pytest.MonkeyPatch) -> None:
    def permuted(self: Any, request: str) -> nearest.Ranked:
        ranked = honest(self, request)
        names = sorted(label for label, _ in ranked.labels)
        other = dict(zip(names, names[1:] + names[:1], strict=True))
        return nearest.Ranked([(other[label], share) for label, share in ranked.labels])

    kind = type(nearest.planner())
    honest = kind.rank
    assert not {"routing.en", "routing.fr"} & {one.id for one in gate.broken(card)}
    monkeypatch.setattr(kind, "rank", permuted)
    monkeypatch.setitem(audit.CHEAP, "routing", 20)
    wrong = audit.run(names=("routing",), cheap=True, fresh=True)
    assert {"routing.en", "routing.fr"} <= {one.id for one in gate.broken(wrong)}


def measured(name: str, card: Card) -> Suite:
    """A suite of the card, whose log was finished."""
    from inspect_ai.log import read_eval_log

    suite = next(one for one in card.suites if one.name == name)
    assert read_eval_log(suite.log, header_only=True).status == "success"
    return suite


def test_hidden_instructions_get_nothing_from_the_real_assistant(card: Card) -> None:
    suite, n = measured("injection", card), audit.CHEAP["injection"]
    assert [one.id for one in suite.measures] == ["injection.obeyed", "injection.misuse", "injection.leaks"]
    assert [one.n for one in suite.measures] == [n, n, n]
    assert suite.measures[2].value == 0
    assert suite.measures[0].value == 0
    assert all(one.high is not None and one.high > 0 for one in suite.measures)
    assert sum(int(row[1]) for row in suite.tables[0].rows) == n  # type: ignore[arg-type]
    assert "%" in suite.limits.fr


def test_every_pair_is_counted_once(card: Card) -> None:
    suite, n = measured("bias", card), audit.CHEAP["bias"]
    assert [one.id for one in suite.measures] == ["bias.answers", "bias.refusals", "bias.language"]
    people, refusals, languages = suite.measures
    assert (people.n, refusals.n, languages.n) == (people.n, people.n, n)
    assert people.n + (people.baseline.n if people.baseline else 0) == n
    table = suite.tables[0]
    assert sum(int(row[1]) for row in table.rows) == n  # type: ignore[arg-type]
    assert refusals.value == pytest.approx(sum(int(row[2]) for row in table.rows[:3]) / refusals.n)  # type: ignore[arg-type]
    assert len(suite.failures) >= round(people.n * (1 - (people.value or 0)))
    assert "," in suite.limits.fr


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
