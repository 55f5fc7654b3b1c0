"""The notebook: what is written is there again, also after the process was killed."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from assistant.notebook import Notebook
from tests.made import turn
from tools.errors import AutopsieError, BadInput

WRITER = """
import sys
from assistant.agent import Agent
from assistant.notebook import Notebook
agent = Agent(None, Notebook(sys.argv[1]))
questions = ["Why did Twitter remove the crop?", "Are flowers more pleasant than insects?", "Pourquoi Zoom effaçait-il des têtes ?", "king - man + woman"]
print("ready", flush=True)
for i in range(10_000):
    for turn in agent.ask(questions[i % 4], "conversation"):
        pass
    print(turn.id, flush=True)
"""


def book(folder: Path) -> Notebook:
    return Notebook(f"sqlite:///{folder / 'notebook.db'}")


def test_a_turn_comes_back_as_it_was(tmp_path: Path) -> None:
    notebook, first, second = book(tmp_path), turn("one"), turn("two")
    notebook.save(first)
    notebook.save(second)
    assert [t.model_dump() for t in notebook.turns("c")] == [first.model_dump(), second.model_dump()]
    assert notebook.turn(first.id).question == "one"
    assert notebook.conversations()[0][2] == "one"


def test_saving_again_replaces(tmp_path: Path) -> None:
    notebook, one = book(tmp_path), turn("one")
    notebook.save(one)
    notebook.save(one.model_copy(update={"question": "changed"}))
    assert [t.question for t in notebook.turns("c")] == ["changed"]


def test_an_unknown_turn_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no turn 'x'"):
        book(tmp_path).turn("x")
    assert book(tmp_path).turns("nosuch") == []


def test_a_folder_that_cannot_be_written_is_said() -> None:
    with pytest.raises(AutopsieError, match="cannot be opened"):
        Notebook("sqlite:////proc/nowhere/notebook.db")


def test_many_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    notebook = book(tmp_path)

    def write(at: int) -> None:
        for i in range(10):
            notebook.save(turn(f"{at}-{i}", conversation=f"c{at}"))

    threads = [threading.Thread(target=write, args=(at,)) for at in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(len(notebook.turns(f"c{at}")) for at in range(8)) == 80


@pytest.mark.real
def test_ten_sudden_deaths_lose_no_finished_turn(tmp_path: Path) -> None:
    """The writer prints a turn's id only when the turn was shown complete; then kill -9 falls at a random moment."""
    chance, told = random.Random(0), 0
    url = f"sqlite:///{tmp_path / 'notebook.db'}"
    seen: list[str] = []
    for _ in range(10):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        seen.append(writer.stdout.readline().strip())
        time.sleep(chance.uniform(0, 0.6))
        writer.send_signal(signal.SIGKILL)
        seen += [line.strip() for line in writer.stdout.read().splitlines() if len(line.strip()) == 32]
        writer.wait()
        kept = {t.id for t in Notebook(url).turns("conversation")}
        assert set(seen) <= kept
        told = len(kept)
    with sqlite3.connect(tmp_path / "notebook.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert told >= 10
