"""Investigations in the notebook: what was changed is there again, whoever else was writing, and after a sudden death."""

from __future__ import annotations

import io
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

from assistant import investigations
from assistant.cli import main
from assistant.investigations import Investigation, Listed
from assistant.notebook import Notebook
from tests.assistant.walks import SAMPLE, home_at
from tests.made import finding, turn
from tools.errors import AutopsieError, BadInput
from tools.finding import Figure, same

WALKER = """
import sys
from assistant.notebook import Notebook
from assistant.walkthrough import Walk
walk = Walk.start(Notebook(sys.argv[1]), "sample-walk", "en", "student")
print("ready", walk.id, flush=True)
def did(*words):
    print("did", *words, flush=True)
walk.next(); did("at", "the-sheet")
walk.next(); did("at", "guess-size")
walk.answer(0.5); did("answer", "guess-size")
walk.next()
walk.run(); did("finding", "measure")
for i in range(100_000):
    walk.note(f"note {i}"); did("note", i)
    walk.back(); did("at", "guess-size")
    walk.next(); did("at", "measure")
"""


def book(folder: Path) -> Notebook:
    return Notebook(f"sqlite:///{folder / 'notebook.db'}")


def one(**changes: object) -> Investigation:
    return Investigation.model_validate({"walkthrough": "compas", "position": "start", **changes})


def test_an_investigation_comes_back_as_it_was(tmp_path: Path) -> None:
    notebook = book(tmp_path)
    kept = one(
        answers={"guess": 40.5, "why": "40"},
        findings={"audit": finding()},
        notes={"audit": "Élu·e « ? »"},
        author="M. É.",
    )
    investigations.save(notebook, kept)
    assert investigations.load(notebook, kept.id) == kept
    assert investigations.load(notebook, kept.id).answers == {
        "guess": 40.5,
        "why": "40",
    }  # a number stays one, a text too
    investigations.save(notebook, kept.model_copy(update={"author": "X"}))
    assert [x.author for x in investigations.list(notebook)] == ["X"]


def test_lists_are_filtered_and_the_latest_change_comes_first(tmp_path: Path) -> None:
    notebook = book(tmp_path)
    first, second, third = one(), one(done=True), one(walkthrough="twitter-crop")
    for kept in (first, second, third):
        investigations.save(notebook, kept)
    investigations.change(notebook, first.id, lambda kept: setattr(kept, "level", "engineer"))
    assert investigations.list(notebook)[0].id == first.id
    assert {x.id for x in investigations.list(notebook, "compas")} == {first.id, second.id}
    assert [x.id for x in investigations.list(notebook, done=True)] == [second.id]
    assert {x.id for x in investigations.list(notebook, done=False)} == {first.id, third.id}
    investigations.delete(notebook, first.id)
    assert first.id not in {x.id for x in investigations.list(notebook)}


def test_a_list_reads_no_finding(tmp_path: Path) -> None:
    notebook, kept = book(tmp_path), one(findings={"audit": finding()}, answers={"guess": 1.5}, notes={"audit": "é"})
    investigations.save(notebook, kept)
    (row,) = investigations.list(notebook)
    assert row == Listed(**kept.model_dump(exclude={"findings"}), measured=1)
    investigations.change(notebook, kept.id, lambda now: now.findings.clear())
    assert investigations.list(notebook)[0].measured == 0
    with sqlite3.connect(tmp_path / "notebook.db") as database:  # were the record read, this would fail
        database.execute("UPDATE investigations SET record = 'broken'")
    assert investigations.list(notebook)[0].answers == {"guess": 1.5}


def test_two_hundred_long_investigations_are_listed_at_once(tmp_path: Path) -> None:
    notebook = book(tmp_path)
    picture = Figure(name="p", media_type="image/svg+xml", data="<svg>" + "x" * 300_000 + "</svg>", alt=same("p"))
    kept = one(findings={"audit": finding(figures=[picture])})
    for at in range(200):
        investigations.save(notebook, kept.model_copy(update={"id": f"{at:032}", "done": at % 2 == 0}))
    began = time.monotonic()
    assert len(investigations.list(notebook)) == 200 and len(investigations.list(notebook, done=True)) == 100
    assert time.monotonic() - began < 1  # 0.01 s on two idle cores; reading every record took 10 s


def test_what_is_told_of_a_record_is_kept_until_the_record_changes(tmp_path: Path) -> None:
    notebook, kept = book(tmp_path), one(done=True)
    investigations.save(notebook, kept)
    investigations.save(notebook, one())
    assert investigations.shelf(notebook) == [(kept.id, 0, "")]
    investigations.tell(notebook, kept.id, 0, "told")
    assert investigations.shelf(notebook) == [(kept.id, 0, "told")]
    investigations.change(notebook, kept.id, lambda now: setattr(now, "author", "Ada"))
    assert investigations.shelf(notebook) == [(kept.id, 1, "")]
    investigations.tell(notebook, kept.id, 0, "of the record before")
    assert investigations.shelf(notebook) == [(kept.id, 1, "")]


EARLIER = """
CREATE TABLE investigations (
    id VARCHAR(32) NOT NULL, walkthrough VARCHAR(128) NOT NULL, changed DATETIME NOT NULL, done BOOLEAN NOT NULL,
    writes INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (id)
)
"""


def test_a_notebook_of_an_earlier_version_is_read_and_written(tmp_path: Path) -> None:
    kept = one(findings={"audit": finding()}, notes={"audit": "é"}, done=True)
    with sqlite3.connect(tmp_path / "notebook.db") as database:
        database.execute(EARLIER)
        row = (
            kept.id,
            kept.walkthrough,
            kept.changed.replace(tzinfo=None).isoformat(" "),
            True,
            3,
            kept.model_dump_json(),
        )
        database.execute("INSERT INTO investigations VALUES (?, ?, ?, ?, ?, ?)", row)
    notebook = book(tmp_path)
    threads = [threading.Thread(target=investigations.list, args=(notebook,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (listed,) = investigations.list(notebook)
    assert (listed.id, listed.measured, listed.notes) == (kept.id, 1, {"audit": "é"})
    assert investigations.load(notebook, kept.id) == kept
    investigations.change(notebook, kept.id, lambda now: setattr(now, "author", "Ada"))
    assert investigations.list(notebook)[0].author == "Ada"


def test_deleting_takes_all_of_one_and_nothing_of_another(tmp_path: Path) -> None:
    notebook, gone, stays = book(tmp_path), one(done=True), one(done=True)
    for kept in (gone, stays):
        investigations.save(notebook, kept)
        notebook.save(turn("Who?", conversation=kept.id))  # a question asked on the way, in the terminal
        folder = investigations.report_folder(kept.id)
        folder.mkdir(parents=True)
        (folder / "autopsie-compas-en.html").write_text("<p>")
    investigations.delete(notebook, gone.id)
    assert [one.id for one in investigations.list(notebook)] == [stays.id]
    assert not investigations.report_folder(gone.id).exists() and investigations.report_folder(stays.id).exists()
    assert notebook.turns(gone.id) == [] and len(notebook.turns(stays.id)) == 1
    with sqlite3.connect(tmp_path / "notebook.db") as database:
        for table, column in (("investigations", "id"), ("conversations", "id"), ("turns", "conversation")):
            kept_ids = {row[0] for row in database.execute(f"SELECT {column} FROM {table}")}
            assert kept_ids == {stays.id}, table
        assert database.execute("SELECT count(*) FROM findings").fetchone() == (1,)


@pytest.mark.parametrize(("typed", "gone"), [("yes\n", True), ("y\n", False), ("", False), (None, True)])
def test_the_terminal_says_what_goes_and_asks(
    state: Path, typed: str | None, gone: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook, kept = (
        Notebook(),
        one(answers={"guess": 1.0, "why": "x"}, notes={"a": "x"}, findings={"audit": finding()}),
    )
    investigations.save(notebook, kept)
    monkeypatch.setattr("sys.stdin", io.StringIO(typed or ""))
    words = ["incidents", "delete", kept.id, "--lang", "en", *(["--yes"] if typed is None else [])]
    assert main(words) == (0 if gone else 1)
    said = " ".join(capsys.readouterr().err.split())
    assert typed is None or "the answers (2), the notes (1), the measurements (1)" in said
    assert (kept.id in {row.id for row in investigations.list(notebook)}) is not gone
    assert main(["incidents", "delete", "nosuch", "--yes"]) == main(["incidents", "delete", "--yes"]) == 2
    if not gone:
        investigations.delete(notebook, kept.id)


def test_an_unknown_investigation_is_said(tmp_path: Path) -> None:
    notebook = book(tmp_path)
    for act in (investigations.load, investigations.delete):
        with pytest.raises(BadInput, match="no investigation 'x'"):
            act(notebook, "x")
    with pytest.raises(BadInput, match="no investigation 'x'"):
        investigations.change(notebook, "x", lambda kept: None)


def test_a_change_that_fails_changes_nothing(tmp_path: Path) -> None:
    notebook, kept = book(tmp_path), one()
    investigations.save(notebook, kept)

    def fails(now: Investigation) -> None:
        now.author = "half"
        raise BadInput("no", "non")

    with pytest.raises(BadInput):
        investigations.change(notebook, kept.id, fails)
    assert investigations.load(notebook, kept.id) == kept


def test_what_a_person_brought_is_not_stored(tmp_path: Path) -> None:
    notebook = book(tmp_path)
    picture = Figure(name="p", media_type="image/svg+xml", data="<svg/>", alt=same("p"))
    kept = one(findings={"a": finding(private=True, figures=[picture]), "b": finding(figures=[picture])})
    investigations.save(notebook, kept)
    back = investigations.load(notebook, kept.id)
    assert (back.findings["a"].figures, back.findings["b"].figures) == ([], [picture])
    assert kept.findings["a"].figures == [picture]  # what is on the screen stays


def test_windows_on_one_investigation_never_undo_each_other(tmp_path: Path) -> None:
    notebook, kept = book(tmp_path), one()
    investigations.save(notebook, kept)

    def write(at: int) -> None:
        for i in range(15):
            investigations.change(notebook, kept.id, lambda now, i=i: now.notes.__setitem__(f"{at}-{i}", "x"))

    threads = [threading.Thread(target=write, args=(at,)) for at in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(investigations.load(notebook, kept.id).notes) == 6 * 15


def test_a_broken_notebook_says_so_in_a_sentence(tmp_path: Path) -> None:
    notebook, kept = book(tmp_path), one()
    investigations.save(notebook, kept)
    with sqlite3.connect(tmp_path / "notebook.db") as database:
        database.execute("DROP TABLE investigations")
    with pytest.raises(AutopsieError, match="could not be read or written"):
        investigations.load(notebook, kept.id)


@pytest.mark.real
def test_sudden_deaths_lose_nothing_that_was_said(tmp_path: Path) -> None:
    """The walker says what it did only when the call has returned; then kill -9 falls at a random moment."""
    chance, url = random.Random(0), f"sqlite:///{tmp_path / 'notebook.db'}"
    with home_at(tmp_path):
        for _ in range(4):
            walker = subprocess.Popen(
                [sys.executable, "-c", WALKER, url], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
            )
            assert walker.stdout is not None
            identifier = walker.stdout.readline().split()[1]
            time.sleep(chance.uniform(0, 2))
            walker.send_signal(signal.SIGKILL)
            said = [line.split()[1:] for line in walker.stdout.read().splitlines()]
            walker.wait()
            kept = investigations.load(Notebook(url), identifier)
            for what, which in said:
                assert what != "answer" or which in kept.answers
                assert what != "finding" or which in kept.findings
                assert what != "at" or which in kept.seen
            notes = [int(which) for what, which in said if what == "note"]
            if notes:
                assert int(kept.notes["measure"].split()[1]) >= max(notes)
            assert kept.walkthrough == SAMPLE and kept.position in kept.seen
    with sqlite3.connect(tmp_path / "notebook.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
