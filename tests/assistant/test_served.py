"""The served path on a real vLLM server: plans under a schema, streamed narration, sudden death, restart."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from assistant.agent import Agent
from assistant.engines import open_engine
from assistant.engines.vllm import ServedEngine
from assistant.grounding import Grounding
from assistant.narrate import sentences
from assistant.notebook import Notebook
from assistant.planner import by_model
from assistant.planner.nearest import planner
from assistant.turn import Call, Turn
from tests.made import finding
from tests.served import Server
from tools.errors import TooLong
from tools.specimens.language import load

pytestmark = [pytest.mark.vllm, pytest.mark.real]


@pytest.fixture(scope="module")
def engine(served: Server) -> ServedEngine:
    opened = open_engine(served.url)
    assert isinstance(opened, ServedEngine)
    return opened


def requests(count: int) -> list[dict[str, Any]]:
    """Every n-th request of the held-out routing set: all tools, both languages."""
    lines = (files("evals") / "data" / "routing.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[:: len(lines) // count]][:count]


def test_the_plan_of_fifty_requests_always_parses(engine: ServedEngine) -> None:
    """Eight at a time, as a served model is used; an unfinished or malformed plan makes ``reply`` raise."""

    def ask(row: dict[str, Any]) -> tuple[list[str], dict[str, Any]]:
        tools = planner().rank(row["question"]).tools(by_model.OFFERED)
        return tools, engine.reply([{"role": "user", "content": row["question"][:800]}], by_model.schema(tools), seed=0)

    with ThreadPoolExecutor(8) as pool:
        for tools, reply in pool.map(ask, requests(50)):
            assert reply["tool"] in [*tools, "decline"]


def test_a_plan_of_the_model_has_arguments_that_run(engine: ServedEngine) -> None:
    request = 'Translate "She is a doctor." to Spanish and back, and show me what changed.'
    plan = by_model.choose(request, "en", planner().rank(request), engine)
    assert plan is not None
    assert plan.planner == "model"


@pytest.mark.parametrize(
    "text",
    [
        "The nurse said that she would come back in the morning with the doctor.",
        "Le médecin a dit à l’infirmière qu’elle avait raison, en 1984 et 42 fois.",
        "In 2018, COMPAS scored 6,172 defendants; antidisestablishmentarianism, xylophone!",
    ],
    ids=["plain", "french", "rare"],
)
def test_log_probabilities_over_http_agree_with_those_in_process(engine: ServedEngine, text: str) -> None:
    near, far = load("smollm2").score(text), engine.model.score(text)
    assert len(near.logprobs) == len(far.logprobs) == len(near.tokens) - 1
    assert max(abs(a - b) for a, b in zip(near.logprobs, far.logprobs, strict=True)) < 0.02  # nat; 5e-5 when written
    here = load("smollm2").continuations("The nurse said that", [" he", " she"])
    there = engine.model.continuations("The nurse said that", [" he", " she"])
    assert here == pytest.approx(there, abs=0.02)


def test_narration_streams_and_every_sentence_is_checked(engine: ServedEngine, tmp_path: Path) -> None:
    agent = Agent(engine, Notebook(f"sqlite:///{tmp_path}/n.db"))
    grown = [len(turn.answer) for turn in agent.ask("Are word vectors biased about careers and gender?", "c")]
    turn = agent.notebook.turns("c")[-1]  # type: ignore[union-attr]
    assert turn.status == "done"
    assert turn.speaker.level == "served"
    assert [f.tool for f in turn.findings] == ["weat"]
    assert turn.answer
    assert grown[-1] >= 1
    assert turn.checks.sentences >= 1


@pytest.mark.parametrize(
    ("lang", "questions", "value"),
    [
        ("en", ["Are word vectors biased about careers and gender?", "and for science and arts?", "what does that p mean?",
                "show me the words", "explain it to a twelve-year-old", "and for flowers and insects?"], ["1.89", "1.24", "0.0040", "", "1.24", "1.54"]),
        ("fr", ["Les vecteurs de mots ont-ils un biais sur les carrières et le genre ?", "et pour les sciences et les arts ?", "que veut dire ce p ?",
                "montre-moi les mots", "explique-le à un enfant de douze ans", "et pour les fleurs et les insectes ?"], ["1,89", "1,24", "0,0040", "", "1,24", "1,54"]),
    ],
)  # fmt: skip
def test_six_turns_with_a_served_model(
    engine: ServedEngine, tmp_path: Path, lang: str, questions: list[str], value: list[str]
) -> None:
    agent, last = Agent(engine, Notebook(f"sqlite:///{tmp_path}/n.db")), None
    tests = []
    for question, number in zip(questions, value, strict=True):
        turn = list(agent.ask(question, "c", last=last))[-1]
        assert turn.status == "done", turn.error
        assert turn.lang == lang
        assert number in turn.text(), turn.text()
        last = turn if turn.findings else last
        tests.append(turn.findings[0].arguments["test"])
    assert tests == ["6", "8", "8", "8", "8", "1"]


def test_a_planted_wrong_number_is_lost_from_a_real_stream(engine: ServedEngine) -> None:
    """The server is made to say a wrong number (it repeats what it is told); the check must take it out."""
    lie = "The effect size is 7.31 here."
    messages = [{"role": "user", "content": f'Repeat exactly this sentence and nothing else: "{lie}"'}]
    said = list(sentences(engine.stream(messages, max_tokens=40, seed=0, stop=threading.Event())))
    assert any("7.31" in sentence for sentence in said), said
    grounding = Grounding([finding()], [], "en")
    kept = [block for sentence in said if (block := grounding.check(sentence))]
    assert not any("7.31" in block.text for block in kept)
    assert "7.31" in grounding.checks.numbers_removed


def test_more_than_the_server_reads_is_told_apart(engine: ServedEngine) -> None:
    messages = [{"role": "user", "content": "count " * 3000}]
    with pytest.raises(TooLong):
        list(engine.stream(messages, max_tokens=10, seed=0, stop=threading.Event()))


def test_stop_ends_the_stream(engine: ServedEngine) -> None:
    halt = threading.Event()
    pieces = 0
    for _ in engine.stream(
        [{"role": "user", "content": "Count from one to five hundred."}], max_tokens=400, seed=0, stop=halt
    ):
        pieces += 1
        halt.set()
    assert pieces <= 2


def test_a_server_killed_in_the_middle_of_an_answer_loses_nothing(served: Server, tmp_path: Path) -> None:
    """The finding stays, the message says what to do, and the next question works after the restart."""
    notebook = Notebook(f"sqlite:///{tmp_path}/n.db")
    agent = Agent(open_engine(served.url), notebook)
    last: Turn | None = None
    for turn in agent.ask(
        "Are word vectors biased about careers and gender?", "c", call=Call(name="weat", arguments={"test": "6"})
    ):
        if turn.findings and turn.phases and turn.phases[-1].label.en.startswith("Writing"):
            served.kill()
        last = turn
    assert last is not None
    assert last.status == "failed"
    assert last.findings[0].tool == "weat"
    assert last.error is not None
    assert "make serve" in last.error.en
    assert last.answer, "the finding still speaks for itself"
    assert notebook.turns("c")[-1].findings
    served.restart()
    after = list(agent.ask("Are flowers more pleasant than insects?", "c"))[-1]
    assert after.status == "done"
    assert after.findings[0].arguments["test"] == "1"
