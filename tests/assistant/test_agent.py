"""Whole conversations on real vectors and the real library: right tool, right arguments, no number lost or changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.agent import Agent
from assistant.grounding import carried, numbers_in, numbers_of
from assistant.notebook import Notebook
from assistant.turn import Call, Turn

pytestmark = pytest.mark.real
Talk = Callable[[str], Turn]


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """Asks, and remembers the last turn that found something, as the page and the terminal do."""
    agent = Agent(None, Notebook(f"sqlite:///{tmp_path}/n.db"))
    last: list[Turn] = []

    def ask(question: str) -> Turn:
        turn = list(agent.ask(question, "c", last=last[-1] if last else None))[-1]
        if turn.findings:
            last.append(turn)
        return turn

    return ask


def steps(turn: Turn) -> tuple[str, str, list[tuple[str, dict[str, Any]]]]:
    assert turn.plan is not None
    return turn.plan.kind, turn.plan.aspect, [(call.name, call.arguments) for call in turn.plan.tools]


def every_number_is_traced(turn: Turn) -> None:
    """Independent of the check itself: each number of the answer stands in a finding or in a cited passage."""
    known = set().union(*(numbers_of(f) for f in turn.findings)) if turn.findings else set()
    for block in turn.answer:
        if block.kind in ("sentence", "quote"):
            read = {n.value for p in turn.passages if p.number in block.passages for n in numbers_in(p.text, p.lang)}
            for number in numbers_in(block.text, turn.lang):
                assert carried(number, known | read), f"{number.text} in {block.text!r}"
            assert block.passages or block.findings, f"nothing carries {block.text!r}"


def test_six_turns_in_english(talk: Talk) -> None:
    first = talk("Are word vectors biased about careers and gender?")
    assert steps(first) == ("measure", "", [("weat", {"test": "6"})])
    assert "1.89" in first.text()
    assert first.passages, "a passage of the library goes with the measurement"
    second = talk("and for science and arts?")
    assert steps(second) == ("measure", "", [("weat", {"test": "8"})])
    assert "1.24" in second.text()
    third = talk("what does that p mean?")
    assert steps(third) == ("explain", "p", [])
    assert "p = 0.0040" in third.text()
    fourth = talk("show me the words")
    assert fourth.answer[0].kind == "table"
    fifth = talk("explain it to a twelve-year-old")
    assert fifth.level == "curious"
    assert "1.24" in fifth.text()
    sixth = talk("and with GloVe?")
    assert steps(sixth) == ("measure", "", [("weat", {"test": "8", "vectors": "glove"})])
    assert sixth.findings[0].arguments["vectors"] == "glove"
    for turn in (first, second, third, fifth, sixth):
        assert turn.lang == "en"
        assert not turn.checks.removed, turn.checks
        every_number_is_traced(turn)


def test_six_turns_in_french(talk: Talk) -> None:
    first = talk("Les vecteurs de mots ont-ils un biais sur les carrières et le genre ?")
    assert steps(first) == ("measure", "", [("weat", {"test": "6"})])
    assert "1,89" in first.text()
    second = talk("et pour les maths et les arts ?")
    assert steps(second) == ("measure", "", [("weat", {"test": "7"})])
    assert "0,97" in second.text()
    third = talk("que veut dire ce p ?")
    assert steps(third) == ("explain", "p", [])
    fourth = talk("montre-moi les mots")
    assert fourth.answer[0].kind == "table"
    fifth = talk("explique-le à une ingénieure")
    assert fifth.level == "engineer"
    assert "SHA-256" in fifth.text()
    sixth = talk("Homme est à médecin ce que femme est à quoi ?")
    assert steps(sixth) == ("measure", "", [("analogy", {"a": "man", "b": "doctor", "c": "woman"})])
    for turn in (first, second, third, fifth, sixth):
        assert turn.lang == "fr"
        assert not turn.checks.removed, turn.checks
        every_number_is_traced(turn)


def test_the_three_readers_get_the_same_numbers(talk: Talk, tmp_path: Path) -> None:
    turn = talk("Are flowers more pleasant than insects in word vectors?")
    agent = Agent(None)
    lengths = []
    for level in ("curious", "student", "engineer"):
        other = agent.recompose(turn, level)  # type: ignore[arg-type]
        assert "1.54" in other.text()
        every_number_is_traced(other)
        lengths.append(len(other.text()))
    assert lengths == sorted(lengths)


def test_a_question_of_the_library_is_answered_in_quotes_with_citations(talk: Talk) -> None:
    turn = talk("Pourquoi Twitter a-t-il retiré le recadrage automatique ?")
    assert turn.lang == "fr"
    assert not turn.findings
    quotes = [block for block in turn.answer if block.kind == "quote"]
    assert quotes
    assert all(block.passages for block in quotes)
    cited = {p.doc for p in turn.passages for block in quotes if p.number in block.passages}
    assert "twitter-crop" in cited
    assert all(p.lang == "fr" for p in turn.passages)
    every_number_is_traced(turn)


@pytest.mark.parametrize(
    "question",
    [
        "Write me a recipe for pancakes", "Quel temps fera-t-il demain à Nice ?", "Book me a flight to Rome",
        "Écris un poème sur le printemps", "hello", "asdf qwer",
    ],
)  # fmt: skip
def test_what_is_out_of_scope_is_declined_with_offers(talk: Talk, question: str) -> None:
    turn = talk(question)
    assert not turn.findings
    assert not turn.passages
    assert "[" not in turn.text()
    assert "For example" in turn.text() or "Par exemple" in turn.text()


def test_stop_ends_a_long_measurement_and_keeps_the_turn(tmp_path: Path) -> None:
    notebook = Notebook(f"sqlite:///{tmp_path}/n.db")
    stop = threading.Event()
    started = time.monotonic()
    for turn in Agent(None, notebook).ask("he or she?", "c", stop=stop, call=Call(name="logprob_bias")):
        if len(turn.phases) == 2:
            stop.set()
    assert turn.status == "stopped"
    assert turn.error is not None
    assert time.monotonic() - started < 30
    assert notebook.turns("c")[0].status == "stopped"


def test_progress_of_a_tool_reaches_the_turn(tmp_path: Path) -> None:
    seen, ten = (
        set(),
        Call(name="weat", arguments={"test": "all", "seed": 2016}),
    )  # no other test's, so never a kept one
    for turn in Agent(None).ask("all ten tests", "c", call=ten):
        seen |= {phase.total for phase in turn.phases}
    assert max(seen) > 1


@pytest.mark.parametrize("question", ["", "   ", "x" * 30_000])
def test_unusable_questions_are_refused_with_the_way_out(talk: Talk, question: str) -> None:
    turn = talk(question)
    assert turn.status == "failed"
    assert turn.fault == "input"
    assert turn.error is not None


def test_a_wrong_argument_fails_the_turn_and_not_the_program(tmp_path: Path) -> None:
    turn = list(Agent(None).ask("man : zzzqqq :: woman : ?", "c"))[-1]
    assert turn.status == "failed"
    assert turn.error is not None
    assert "zzzqqq" in turn.error.en
