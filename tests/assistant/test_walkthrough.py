"""A walk: predict before seeing, run before passing, leave and come back; and every walkthrough of Autopsie, run for real."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import walk_check, walk_terminal
from assistant.notebook import Notebook
from assistant.walk_view import with_unit
from assistant.walkthrough import Walk
from knowledge import walkthroughs
from tests.assistant.walks import SAMPLE, home_at, measured
from tools.errors import BadInput

BUILT_IN = sorted(file.parent.name for file in walkthroughs.BUILT_IN.glob("*/walkthrough.yaml"))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with home_at(tmp_path) as here:
        yield here


def book(folder: Path) -> Notebook:
    return Notebook(f"sqlite:///{folder.parent.parent / 'notebook.db'}")


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new), encoding="utf-8")


def at_run(notebook: Notebook | None, lang: str = "en", guess: float = 0.1) -> Walk:
    """A walk in front of its first run, with a guess made."""
    walk = Walk.start(notebook, SAMPLE, lang, "student")  # type: ignore[arg-type]
    walk.next()
    walk.next()
    walk.answer(guess)
    walk.next()
    assert walk.step.id == "measure"
    return walk


def test_the_numbers_come_after_the_prediction_and_from_the_finding(folder: Path) -> None:
    walk = at_run(book(folder))
    before = walk.view()
    assert "1." not in before.text and "{" not in before.text and before.text.startswith("Run it.")
    assert (before.can_next, before.feedback, before.finding) == (False, [], None)
    assert before.command == "autopsie run weat --test 1 --seed 0"
    measured(walk, 1.541)
    after = walk.view()
    assert "The difference is 1.54, on 50 words." in after.text
    assert after.can_next and after.finding is not None
    (told,) = after.feedback
    assert (told.given, told.found, told.right) == ("0.1", "1.54", False)
    assert told.text.startswith("Measured: 1.54.")
    walk.lang = "fr"
    assert "L’écart est de 1,54, sur 50 mots." in walk.view().text


@pytest.mark.parametrize(
    ("form", "en", "fr"),
    [
        (":%", "54.1%", "54,1\u202f%"),  # 0.541 has three decimals: one is left for the percentage
        (":0%", "54%", "54\u202f%"),
        (":2%", "54.10%", "54,10\u202f%"),
        ("", "0.541", "0,541"),
    ],
)
def test_a_share_is_told_as_a_percentage(folder: Path, form: str, en: str, fr: str) -> None:
    change(folder / "walkthrough.yaml", "value: 1.54", "value: 0.541")
    for lang in ("en", "fr"):
        change(folder / f"{lang}.md", "{effect}", f"{{effect{form}}}")
    walk = at_run(None)
    measured(walk, 0.541)
    assert f"The difference is {en}, on 50 words." in walk.view().text
    walk.lang = "fr"
    assert f"L’écart est de {fr}, sur 50 mots." in walk.view().text


@pytest.mark.parametrize(
    ("lang", "said", "kept"),
    [
        ("en", "1,200", 1200), ("en", "1,200.5", 1200.5), ("en", "44,5", 44.5), ("en", "0,125", 0.125), ("fr", "1,2", 1.2),
        ("fr", "1,250", 1.25), ("fr", "1 200", 1200), ("fr", "1\u202f200,5", 1200.5), ("en", "−1.94", -1.94), ("fr", "−1,94", -1.94),
    ],
)  # fmt: skip
def test_a_number_is_read_as_its_language_writes_it(folder: Path, lang: str, said: str, kept: float) -> None:
    change(folder / "walkthrough.yaml", "low: -2 ", "low: -2000 ")
    change(folder / "walkthrough.yaml", "high: 2\n", "high: 2000\n")
    walk = Walk.start(None, SAMPLE, lang, "student")  # type: ignore[arg-type]
    walk.goto("guess-size")
    walk.answer(said)
    assert walk.investigation.answers["guess-size"] == kept


def test_the_scale_that_was_left_is_said_as_each_language_writes_it(folder: Path) -> None:
    change(folder / "walkthrough.yaml", "low: -2 ", "low: -1.94 ")
    change(folder / "walkthrough.yaml", "high: 2\n", "high: 10000\n")
    walk = Walk.start(None, SAMPLE, "fr", "student")
    walk.goto("guess-size")
    with pytest.raises(BadInput) as caught:
        walk.answer("beaucoup")
    assert caught.value.message.en == "Give a number from −1.94 to 10,000."
    assert caught.value.message.fr == "Donnez un nombre de −1,94 à 10\u202f000."


@pytest.mark.parametrize(("guess", "right"), [(1.24, True), (1.84, True), (1.23, False), (1.85, False)])
def test_close_says_what_counts_as_right(folder: Path, guess: float, right: bool) -> None:
    walk = at_run(None, guess=guess)
    measured(walk, 1.54)  # close: 0.3, so from 1.24 to 1.84
    assert [one.right for one in walk.view().feedback] == [right]


def test_a_number_that_comes_out_otherwise_here_is_said_and_used(folder: Path) -> None:
    walk = at_run(None)
    measured(walk, 1.2)
    assert "The difference is 1.20" in walk.view().text
    assert walk.view().moved == "Here the measurement does not give what the author read: effect: 1.20, not 1.54."


def test_a_prediction_cannot_be_changed_after_its_run(folder: Path) -> None:
    walk = at_run(book(folder))
    walk.back()
    walk.answer("−0,5")
    assert walk.investigation.answers["guess-size"] == -0.5
    walk.next()
    measured(walk, 1.54)
    walk.back()
    assert walk.view().locked
    with pytest.raises(BadInput, match="can no longer be changed"):
        walk.answer(1.5)
    assert walk.investigation.answers["guess-size"] == -0.5


def test_a_run_made_in_another_window_locks_the_prediction_here(folder: Path) -> None:
    notebook = book(folder)
    here = at_run(notebook)
    here.back()
    there = Walk.resume(notebook, here.id)
    there.next()
    measured(there, 1.54)
    with pytest.raises(BadInput, match="can no longer be changed"):
        here.answer(1.5)


def test_nothing_is_passed_before_its_time(folder: Path) -> None:
    walk = Walk.start(book(folder), SAMPLE, "en", "curious")
    with pytest.raises(BadInput, match="Say what you expect"):
        walk.goto("measure")
    walk.goto("guess-size")
    with pytest.raises(BadInput, match="Say what you expect"):
        walk.next()
    for wrong in ("five", 7, -2.1, "nan"):
        with pytest.raises(BadInput, match="a number from −2 to 2"):
            walk.answer(wrong)
    walk.answer(1)
    walk.next()
    for act in (walk.next, lambda: walk.goto("why")):
        with pytest.raises(BadInput, match="Run the measurement"):
            act()
    with pytest.raises(BadInput, match="no step 'nosuch'"):
        walk.goto("nosuch")
    assert walk.step.id == "measure"


def test_the_ways_of_a_branch_meet_again(folder: Path) -> None:
    walk = at_run(None)
    measured(walk, 1.54)
    walk.next()
    with pytest.raises(BadInput, match="Choose one of: vanishes, stays"):
        walk.answer("grows")
    walk.answer("vanishes")
    walk.next()
    measured(walk, 1.63)
    assert [(one.right, one.found) for one in walk.view().feedback] == [(False, "It keeps more than half of its size.")]
    walk.next()
    total = walk.view().total
    with pytest.raises(BadInput, match="Choose a way"):
        walk.next()
    walk.choose("onward")
    assert (walk.step.id, walk.view().total) == ("why", total - 1)
    with pytest.raises(BadInput, match="not on the way taken"):
        walk.goto("look-closer")
    walk.back()
    walk.choose("closer")
    assert walk.step.id == "look-closer"
    walk.next()
    assert walk.step.id == "why"


def test_a_walk_is_resumed_where_it_was_left(folder: Path) -> None:
    notebook = book(folder)
    walk = at_run(notebook)
    measured(walk, 1.54)
    walk.note("  A note « here ».  ")
    again = Walk.resume(notebook, walk.id)
    assert again.view() == walk.view()
    assert again.view().note == "A note « here »."
    again.note("")
    assert Walk.resume(notebook, walk.id).view().note == ""
    for _ in range(20):
        walk.back()
    assert walk.view().n == 1 and not walk.view().can_back


def test_to_the_end_and_back(folder: Path) -> None:
    notebook = book(folder)
    walk = at_run(notebook)
    measured(walk, 1.54)
    walk.next()
    walk.answer("stays")
    walk.next()
    measured(walk, 1.63)
    walk.next()
    walk.choose("onward")
    walk.next()
    walk.answer("Flowers, 1.54, on 50 words.")
    assert walk.view().feedback[0].right is None
    walk.next()
    assert walk.step.kind == "question" and walk.view().can_next
    walk.answer("People.")
    assert walk.view().after.startswith("Some asked")
    walk.next()
    assert not walk.done
    walk.next()
    assert walk.done and Walk.resume(notebook, walk.id).done
    marks = walk.timeline()
    assert all(mark.seen and mark.open for mark in marks) and marks[-1].current
    assert list(dict.fromkeys(mark.phase for mark in marks)) == list(walkthroughs.PHASES)


def test_two_walks_keep_apart(folder: Path) -> None:
    notebook = book(folder)
    one, other = Walk.start(notebook, SAMPLE, "en", "curious"), Walk.start(notebook, SAMPLE, "fr", "engineer")
    for walk, words in ((one, "mine"), (other, "theirs")):
        walk.next()
        walk.note(words)
    one.next()
    one.answer(1.0)
    back = Walk.resume(notebook, other.id)
    assert (back.view().note, back.lang, back.level, back.step.id) == ("theirs", "fr", "engineer", "the-sheet")
    assert back.investigation.answers == {}


def test_a_level_that_does_not_see_a_step_stands_before_it(folder: Path) -> None:
    text = (folder / "walkthrough.yaml").read_text(encoding="utf-8")
    (folder / "walkthrough.yaml").write_text(
        text.replace("{id: the-sheet, phase: identify,", "{id: the-sheet, phase: identify, levels: [student],"),
        encoding="utf-8",
    )
    walk = Walk.start(None, SAMPLE, "en", "student")
    walk.next()
    assert walk.step.id == "the-sheet"
    walk.level = "curious"
    assert walk.step.id == "the-story"
    walk.next()
    assert walk.step.id == "guess-size"


def test_an_answer_to_a_step_that_has_changed_since_is_asked_again(folder: Path) -> None:
    notebook = book(folder)
    walk = at_run(notebook, guess=-1.9)
    text = (folder / "walkthrough.yaml").read_text(encoding="utf-8")
    (folder / "walkthrough.yaml").write_text(text.replace("low: -2 ", "low: -1 "), encoding="utf-8")
    again = Walk.resume(notebook, walk.id)
    again.back()
    assert again.view().given is None and not again.view().can_next


def test_a_step_that_is_gone_gives_way_to_the_last_one_seen(folder: Path) -> None:
    notebook = book(folder)
    walk = at_run(notebook)
    for name in ("walkthrough.yaml", "en.md", "fr.md"):
        text = (folder / name).read_text(encoding="utf-8")
        text = text.replace("measure.effect", "gauge.effect").replace("of: measure", "of: gauge")
        text = text.replace("id: measure", "id: gauge").replace("## measure\n", "## gauge\n")
        (folder / name).write_text(text, encoding="utf-8")
    assert Walk.resume(notebook, walk.id).view().id == "guess-size"


ACTS: list[Callable[[Walk], object]] = [
    lambda walk: walk.next(),
    lambda walk: walk.next(),
    lambda walk: walk.back(),
    lambda walk: measured(walk, 1.5) if walk.step.kind in ("run", "vary") else None,
    lambda walk: walk.answer("1"),
    lambda walk: walk.answer("stays"),
    lambda walk: walk.choose("closer"),
    lambda walk: walk.choose("onward"),
    lambda walk: walk.goto("guess-change"),
    lambda walk: walk.goto("write-down"),
    lambda walk: setattr(walk, "level", "engineer"),
    lambda walk: setattr(walk, "lang", "fr"),
    lambda walk: walk.note("x"),
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.integers(0, len(ACTS) - 1), max_size=40))
def test_whatever_is_done_the_step_can_be_shown_and_predictions_stay(folder: Path, acts: list[int]) -> None:
    walk, sealed = Walk.start(None, SAMPLE, "en", "curious"), dict[str, object]()
    for act in acts:
        try:
            ACTS[act](walk)
        except BadInput as error:
            assert error.message.en and error.message.fr
        view = walk.view()
        assert 1 <= view.n <= view.total and "{" not in view.text
        assert sum(mark.current for mark in walk.timeline()) == 1
        if "measure" in walk.investigation.findings and "guess-size" in walk.investigation.answers:
            sealed.setdefault("guess-size", walk.investigation.answers["guess-size"])
        assert all(walk.investigation.answers[step] == said for step, said in sealed.items())
        later = walk.path().index(walk.step.id) if walk.step.id in walk.path() else 0
        assert "measure" in walk.investigation.findings or later <= walk.path().index("measure")


def test_units_are_written_as_each_language_does() -> None:
    assert with_unit(44.85, "%", "en", 2) == "44.85%"
    assert with_unit(44.85, "%", "fr", 2) == "44,85\u202f%"
    assert (with_unit(3, "points", "en", 0), with_unit(0.5, "", "fr", 1)) == ("3 points", "0,5")


def typed(lines: list[str]) -> Callable[[str], str]:
    """A person who types these lines, then closes the terminal."""
    rest = iter(lines)

    def ask(prompt: str) -> str:
        print(prompt, end="")
        try:
            return next(rest)
        except StopIteration:
            raise EOFError from None

    return ask


def test_the_terminal_walks_to_the_end(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Walk, "run", lambda walk, **_: measured(walk, 1.54))
    notebook, lines = book(folder), ["2", "", "b", "", "", "x", "9", "h", "0.1", "n", "My note", "", "", "2", "", ""]
    lines += ["", "l", "1", "", "", "A sentence.", "", "They decide.", "", ""]
    walk = walk_terminal.open_walk(notebook, SAMPLE, None, None, "en", None, typed(lines[:1]))
    assert walk is not None and walk.level == "student"
    assert walk_terminal.stroll(walk, ask=typed(lines[1:])) == 0
    said = capsys.readouterr().out
    assert walk.done and "You have walked to the end" in said
    assert walk.investigation.notes == {"measure": "My note"}
    assert "You expected: 0.1 → measured: 1.54" in said
    assert "Give a number from −2 to 2." in said and "Beyond 0.8" in said
    assert "\033" not in said  # no colours in a file


def test_the_terminal_is_left_and_resumed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notebook = book(folder)
    walk = walk_terminal.open_walk(notebook, SAMPLE, None, None, "fr", None, typed(["1"]))
    walk_terminal.stroll(walk, ask=typed(["", "", "q"]))
    assert walk is not None and not walk.done
    assert f"autopsie incidents walk --resume {walk.id}" in capsys.readouterr().out
    again = walk_terminal.open_walk(notebook, SAMPLE, None, None, "fr", None, typed([""]))
    assert again is not None and (again.id, again.step.id) == (walk.id, "guess-size")
    assert "Vous avez quitté ce parcours" in capsys.readouterr().out
    other = walk_terminal.open_walk(notebook, SAMPLE, None, None, "fr", "student", typed(["nouveau"]))
    assert other is not None and other.id != walk.id
    assert walk_terminal.open_walk(notebook, SAMPLE, None, None, "fr", None, typed([])) is None  # closed at the door


def test_markdown_in_a_terminal() -> None:
    shown = walk_terminal.prose("One **two**\nthree *four* a_b_c 2*3*4.\n\n- first\n- second\n  more\n\n> said\n> so")
    assert shown == "One two three four a_b_c 2*3*4.\n\n- first\n- second more\n\n> said so"
    assert "quoi\u202f?" in walk_terminal.prose("Dites\nquoi\u202f?")


@pytest.mark.real
@pytest.mark.parametrize("name", BUILT_IN)
def test_every_step_of_every_walkthrough_runs_and_every_number_holds(name: str) -> None:
    outcome = walk_check.execute(name, once=True)
    moved = [
        f"{one.lang} {one.step}.{one.name}: {one.said}, found {one.found} {one.why}"
        for one in outcome.claims
        if not one.held
    ]
    assert not moved and outcome.claims and {one.lang for one in outcome.claims} == {"en", "fr"}
    assert outcome.shown >= outcome.steps


@pytest.mark.real
def test_the_commands_list_make_and_check(folder: Path) -> None:
    def autopsie(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "LC_ALL": "en_US.UTF-8"}
        command = [sys.executable, "-m", "assistant.cli", "incidents", *words]
        return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=240, input=typed)

    listed = json.loads(autopsie("list", "--json").stdout)["incidents"]
    assert SAMPLE in next(row for row in listed if row["id"] == "compas")["walkthroughs"]
    checked = autopsie("check", SAMPLE)
    assert checked.returncode == 0 and "8/8 numbers hold" in checked.stdout, checked.stderr
    again = autopsie("new", SAMPLE, "--incident", "compas")
    assert again.returncode == 2 and "already" in again.stderr
    text = (folder / "walkthrough.yaml").read_text(encoding="utf-8")
    (folder / "walkthrough.yaml").write_text(text.replace("value: 1.54", "value: 1.64"), encoding="utf-8")
    moved = autopsie("check", SAMPLE, "--json")
    assert moved.returncode == 1
    (row,) = json.loads(moved.stdout)["walkthroughs"]
    assert [one["name"] for one in row["claims"] if not one["held"]] == ["effect", "effect"]
    (folder / "walkthrough.yaml").write_text(text.replace("tool: weat ", "tool: waet "), encoding="utf-8")
    for words in (["check", SAMPLE], ["check", SAMPLE, "--dry"]):
        done = autopsie(*words)
        assert done.returncode == 2 and re.search(
            r"sample-walk/walkthrough.yaml, step 'measure': There is no tool", done.stderr
        )
    (folder / "walkthrough.yaml").write_text(text, encoding="utf-8")
    walked = autopsie("walk", SAMPLE, "--level", "student", typed="\n\n1\n\n\nq\n")
    assert walked.returncode == 0 and "You expected: 1 → measured: 1.54" in walked.stdout, walked.stderr
    assert (
        autopsie("walk").returncode
        == autopsie("walk", "nosuch").returncode
        == autopsie("walk", "--resume", "x").returncode
        == 2
    )
