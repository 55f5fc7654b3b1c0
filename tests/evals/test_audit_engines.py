"""The same suites when a language model writes the words: in this process, and behind a real server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from assistant.card import Card
from assistant.turn import Turn
from evals import audit

if TYPE_CHECKING:
    from tests.served import Server

pytestmark = pytest.mark.real


def judged(card: Card, level: str) -> None:
    """Each answer was written by that model, each of its sentences was judged, and nothing invented got past the check."""
    from inspect_ai.log import read_eval_log

    assert card.speaker.level == level
    grounded, invention = card.suites
    turns = [Turn.model_validate(sample.store["turn"]) for sample in read_eval_log(grounded.log).samples or []]
    assert {turn.speaker.level for turn in turns} == {level}
    assert any(turn.checks.sentences for turn in turns)
    unsupported, bare = card.measure("grounded.unsupported"), card.measure("invention.bare")
    assert unsupported is not None
    assert bare is not None
    assert unsupported.n > 0
    assert bare.n > 0
    assert bare.value is not None
    assert unsupported.value is not None
    assert unsupported.value <= bare.value
    assert all(one.question and one.why.fr for one in [*grounded.failures, *invention.failures])
    json.loads(card.model_dump_json())


def test_with_the_small_model_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(audit.CHEAP, "grounded", 3)
    monkeypatch.setitem(audit.CHEAP, "invention", 1)
    judged(audit.run("local", names=("grounded", "invention"), cheap=True, fresh=True), "local")


@pytest.mark.vllm
def test_with_a_model_that_is_served(served: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(audit.CHEAP, "grounded", 6)
    monkeypatch.setitem(audit.CHEAP, "invention", 2)
    judged(audit.run(served.url, names=("grounded", "invention"), cheap=True, fresh=True), "served")
