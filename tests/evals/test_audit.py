"""The self-audit on the real assistant: it resumes, its logs open, it stays in its folder, and broken assistants are caught."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.agent import Agent
from assistant.card import Card
from assistant.turn import Block, Plan, Speaker, Turn
from evals import audit, gate
from evals.measures import rows_of

pytestmark = pytest.mark.real
ROOT = Path(__file__).resolve().parents[2]


def run(name: str, subset: int, monkeypatch: pytest.MonkeyPatch, agent: Any = None) -> Card:
    monkeypatch.setitem(audit.CHEAP, name, subset)
    return audit.run(names=(name,), cheap=True, fresh=True, agent=agent)


# What is asked is asked rightly ------------------------------------------------------------------------------------------


def test_every_answerable_question_is_answered_in_the_documents_it_names() -> None:
    from knowledge.index import current

    def plain(text: str) -> str:
        return " ".join(text.replace("’", "'").casefold().split())

    rows = rows_of("grounded.jsonl")
    assert len(rows) >= 150
    assert len({row["id"] for row in rows}) == len({row["question"] for row in rows}) == len(rows)
    for row in rows:
        if row["kind"] == "answerable":
            texts = [
                plain(one.text) for one in current().passages if one.doc in row["documents"] and one.lang == row["lang"]
            ]
            assert any(plain(said) in text for said in row["says"] for text in texts), row["id"]


def test_the_labelled_arguments_are_arguments_of_their_tools() -> None:
    from tools import registry

    rows = rows_of("arguments.jsonl")
    assert len(rows) >= 60
    for row in rows:
        first = {name: one.split("|")[0] if isinstance(one, str) else one for name, one in row["arguments"].items()}
        registry.get(row["tool"]).validate(first)


# A run goes on where it was killed ---------------------------------------------------------------------------------------

SLOW = """
import sys, time
from assistant.agent import Agent
from evals import audit

class Counting(Agent):
    def ask(self, question, *args, **kwargs):
        with open(sys.argv[1], "a") as asked:
            asked.write(question + "\\n")
        time.sleep(0.3)
        yield from super().ask(question, *args, **kwargs)

audit.CHEAP["grounded"] = 10
card = audit.run(names=("grounded",), cheap=True, agent=Counting)
print(card.suites[0].log)
"""


@pytest.fixture
def apart(tmp_path: Path, state: Path) -> Iterator[dict[str, str]]:
    """The environment of a process whose home folder must stay empty."""
    (tmp_path / "home").mkdir()
    folder = tmp_path / "state"
    folder.mkdir()
    for name in ("specimens", "index", "cache"):
        (folder / name).symlink_to((state / name).resolve())
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    yield kept | {"HOME": str(tmp_path / "home"), "AUTOPSIE_HOME": str(folder), "PYTHONPATH": str(ROOT)}


def test_a_killed_run_goes_on_and_asks_nothing_twice(apart: dict[str, str], tmp_path: Path) -> None:
    asked = tmp_path / "asked.txt"
    command = [sys.executable, "-c", SLOW, str(asked)]
    first = subprocess.Popen(command, env=apart, cwd=tmp_path, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 600  # a loaded machine takes its time
    while not asked.exists() or len(asked.read_text().splitlines()) < 5:
        assert first.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    before = asked.read_text().splitlines()
    assert len(before) < 10
    done = subprocess.run(command, env=apart, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    after = asked.read_text().splitlines()
    assert len(set(after)) == 10
    assert len(after) <= 11  # only the question that was being answered when the process died is asked again
    assert not set(after[len(before) :]) & set(before[:-1])
    log = done.stdout.strip()
    assert Path(log).is_file()
    assert list((tmp_path / "home").rglob("*")) == []  # nothing outside the state folder
    _opens(log)


def _opens(location: str) -> None:
    from inspect_ai.log import read_eval_log

    log = read_eval_log(location)
    assert log.status == "success"
    assert len(log.samples or []) == 10
    sample = (log.samples or [])[0]
    assert Turn.model_validate(sample.store["turn"]).question == sample.input


def test_the_viewer_of_inspect_lists_the_logs(apart: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    location = Path(run("retrieval", 2, monkeypatch).suites[0].log)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(Path(sys.executable).parent / "inspect"),
        "view",
        "--log-dir",
        str(location.parent.parent),
        "--port",
        str(port),
    ]
    viewer = subprocess.Popen(command, env=apart, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        listed = ""
        deadline = time.monotonic() + 60
        while location.name not in listed and time.monotonic() < deadline:
            time.sleep(0.3)
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/logs", timeout=10) as reply:
                    listed = reply.read().decode()
            except OSError:
                assert viewer.poll() is None
        assert location.name in listed
    finally:
        viewer.terminate()
        viewer.wait(15)


def test_progress_and_the_one_document_on_standard_output(apart: dict[str, str]) -> None:
    command = [sys.executable, "-m", "assistant.cli", "eval", "retrieval", "--json"]
    assert subprocess.run([*command, "--bad"], env=apart, capture_output=True).returncode == 2
    command = [sys.executable, "-m", "assistant.cli", "eval", "stability", "--cheap", "--progress", "--json"]
    done = subprocess.run(command, env=apart, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout)["name"] == "stability"
    steps = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert steps[-1] == {"suite": "stability", "done": 14, "total": 14, "part": 1, "parts": 1}


# Broken assistants are caught --------------------------------------------------------------------------------------------


class Inventing:
    """An engine that says what no source says, and cites it."""

    speaker = Speaker(level="local", model="inventing")
    can_plan = False
    model = None

    def stream(self, messages: Any, **_: Any) -> Iterator[str]:
        yield "The ministry of Atlantis fined the company 987,654 florins in 1871 [1]. "
        yield "Nobody was ever harmed by it, according to Professor Zebulon Quux [1]. "


def test_an_inventing_engine_without_a_check_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same engine with the check in place says nothing of its own: what it invents is removed."""
    checked = run("grounded", 8, monkeypatch, lambda: Agent(Inventing()))  # type: ignore[arg-type]
    assert checked.measure("grounded.unsupported").value == 0.0  # type: ignore[union-attr]

    def lax(self: Any, sentence: str) -> Block:
        return Block(text=sentence.replace(" [1]", ""), passages=[1] if self.passages else [], findings=[])

    monkeypatch.setattr("assistant.grounding.Grounding.check", lax)
    broken = run("grounded", 8, monkeypatch, lambda: Agent(Inventing()))  # type: ignore[arg-type]
    assert {one.id for one in gate.broken(broken)} >= {"grounded.unsupported", "grounded.citation_precision"}
    worst = broken.suites[0].failures[0]
    assert "Atlantis" in worst.answer or "Zebulon" in worst.answer


def test_shuffled_citations_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    class Shuffled(Agent):
        """Cites the next passage instead of the one it quotes."""

        def ask(self, *args: Any, **kwargs: Any) -> Iterator[Turn]:
            for turn in super().ask(*args, **kwargs):
                if turn.status == "done" and len(turn.passages) > 1:
                    for block in turn.answer:
                        block.passages = [n % len(turn.passages) + 1 for n in block.passages]
                yield turn

    broken = run("grounded", 12, monkeypatch, Shuffled)
    assert {one.id for one in gate.broken(broken)} >= {"grounded.unsupported", "grounded.citation_precision"}


def test_an_assistant_that_drops_its_citations_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent(Agent):
        def ask(self, *args: Any, **kwargs: Any) -> Iterator[Turn]:
            for turn in super().ask(*args, **kwargs):
                for block in turn.answer if turn.status == "done" else []:
                    block.passages, block.findings = [], []
                yield turn

    broken = run("grounded", 8, monkeypatch, Silent)
    assert "grounded.citation_recall" in {one.id for one in gate.broken(broken)}


def test_an_assistant_that_never_says_no_and_one_that_always_does_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the planner declines nor the library refuses; then the library refuses everything."""
    monkeypatch.setattr("assistant.agent.make_plan", lambda *_: Plan(kind="library"))
    monkeypatch.setattr("knowledge.support.supported", lambda *_: True)
    answering = run("grounded", 24, monkeypatch)
    monkeypatch.setattr("knowledge.support.supported", lambda *_: False)
    refusing = run("grounded", 24, monkeypatch)
    assert answering.measure("grounded.abstained").value < refusing.measure("grounded.abstained").value  # type: ignore[union-attr, operator]
    assert "grounded.abstained" in {one.id for one in gate.broken(answering)}
    assert "grounded.over_refusal" in {one.id for one in gate.broken(refusing)}


def test_a_search_that_ranks_at_random_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    from knowledge import search as searching

    honest = searching.search

    def backwards(query: str, k: int = 5, *args: Any, **kwargs: Any) -> Any:
        return honest(query, 200, *args, **kwargs)[::-1][:k]

    monkeypatch.setattr(searching, "search", backwards)
    wrong = run("retrieval", 20, monkeypatch)
    assert "retrieval.same" in {one.id for one in gate.broken(wrong)}


def test_an_assistant_that_answers_by_chance_is_not_stable(monkeypatch: pytest.MonkeyPatch) -> None:
    import random

    others = [row["question"] for row in rows_of("grounded.jsonl") if row["kind"] == "answerable"]

    class Wandering(Agent):
        def ask(self, question: str, *args: Any, **kwargs: Any) -> Iterator[Turn]:
            yield from super().ask(random.Random(question).choice(others), *args, **kwargs)

    wrong = run("stability", 14, monkeypatch, Wandering)
    assert "stability.same" in {one.id for one in gate.broken(wrong)}
