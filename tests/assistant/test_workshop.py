"""Attempts at exercises: measured against the start, kept best first, refused when they would measure nothing."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import cli, workshop
from assistant.notebook import Notebook
from knowledge import exercises as content
from knowledge.exercise_checks import Checks
from knowledge.exercises import Prompt
from tests.assistant import exercises_measured
from tools.errors import BadInput, Stopped
from tools.finding import Finding, Lang, Specimen
from tools.prompting import trial
from tools.specimens import language
from tools.specimens.language import Message

TOLD = Prompt(system="One word: positive or negative.", prompt="{text}")


class Obedient:
    """A model that only talks: one word, mostly right, when a system text asks for it; a sentence otherwise."""

    specimen, context = Specimen(name="obedient", source="a test", revision="1", sha256=None), 1000

    def __init__(self) -> None:
        self.asked = 0

    def generate(self, messages: list[Message], **_: Any) -> Iterator[str]:
        self.asked += 1
        glad = any(word in messages[-1]["content"].lower() for word in ("love", "best", "excellent", "kind", "happy"))
        yield (
            ("positive" if glad else "negative") if messages[0]["role"] == "system" else "I would say that it depends."
        )

    def score(self, text: str) -> Any:
        raise NotImplementedError

    continuations = score


REAL: dict[Any, Any] = {}  # what the real model made of a starting prompt is measured once for the tests of this file


@pytest.fixture(autouse=True)
def afresh(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "STARTS", REAL if request.node.get_closest_marker("real") else {})


@pytest.fixture
def notebook(tmp_path: Path) -> Notebook:
    return Notebook(f"sqlite:///{tmp_path / 'notebook.db'}")


def attempt(prompt: Any = TOLD, **changes: Any) -> workshop.Attempt:
    options: dict[str, Any] = {"model": Obedient(), "seed": 0} | changes
    return workshop.attempt("one-word", options.pop("lang", "en"), prompt, **options)


def test_a_better_prompt_passes_and_the_start_does_not() -> None:
    good = attempt()
    assert good.passed and good.clear and good.pair.mean_a == 0 and good.pair.low is not None and good.pair.low > 0.5
    assert workshop.said(good).startswith("Passed")
    start = attempt(content.load("one-word", "en").start)
    assert not start.passed and start.pair.difference == 0 and len(start.pair.same) == 24
    assert "not yet shown to do better than the start; the mean score is 0.00 and 0.60" in workshop.said(start)
    french = attempt(content.load("one-word", "fr").start, lang="fr")
    assert "0,00" in workshop.said(french) and "Pas encore" in workshop.said(french)


def test_clearly_better_but_below_the_mark_is_not_passed() -> None:
    done = attempt()
    low = done.model_copy(update={"pass_mark": 0.99})
    assert low.clear and not low.passed and "0.99 is needed" in workshop.said(low)


def test_the_start_is_measured_once() -> None:
    model = Obedient()
    attempt(model=model)
    assert model.asked == 48
    attempt(Prompt(system="x", prompt="{text}"), model=model)
    assert model.asked == 72
    attempt(model=model, seed=1)
    assert model.asked == 120


def test_stop_keeps_nothing(notebook: Notebook) -> None:
    stop, seen = threading.Event(), []

    def heard(progress: Any) -> None:
        seen.append((progress.label.fr, progress.done, progress.total))
        if progress.label.en == "your prompt" and progress.done == 5:
            stop.set()

    with pytest.raises(Stopped):
        attempt(on_step=heard, stop=stop, notebook=notebook)
    assert workshop.attempts(notebook) == []
    assert seen[0] == ("le prompt de départ", 0, 24) and seen[-1] == ("votre prompt", 5, 24)


def test_attempts_are_kept_the_best_first(notebook: Notebook) -> None:
    worse = attempt(Prompt(prompt="Well? {text}"), notebook=notebook, visitor="a")
    best = attempt(notebook=notebook, visitor="a")
    other = attempt(notebook=notebook, visitor="b")
    attempt(Prompt(system="Un mot.", prompt="{text}"), lang="fr", notebook=notebook, visitor="a")
    assert [one.id for one in workshop.attempts(notebook, "one-word", "en", "a")] == [best.id, worse.id]
    assert len(workshop.attempts(notebook)) == 4 and len(workshop.attempts(notebook, lang="fr")) == 1
    assert workshop.load(notebook, other.id) == other
    with pytest.raises(BadInput, match="no attempt 'x'"):
        workshop.load(notebook, "x")


def test_an_attempt_is_a_finding_that_can_be_made_again(notebook: Notebook) -> None:
    done = attempt(notebook=notebook)
    kept = workshop.load(notebook, done.id)
    english, french = (workshop.finding(kept, lang) for lang in ("en", "fr"))
    assert english.summary == french.summary and english.figures[0].data != french.figures[0].data
    assert english.rerun == "autopsie exercises run one-word --lang en --prompt prompt.yaml --seed 0"
    assert english.estimates[0].value == done.pair.difference and english.estimates[2].baseline == 0.6
    assert len(english.table("items").rows) == 24
    assert Finding.model_validate_json(english.model_dump_json()).id == english.id
    old = kept.model_copy(update={"version": "0" * 12})
    with pytest.raises(BadInput, match="has changed since"):
        workshop.finding(old)


@pytest.mark.parametrize(
    ("prompt", "says"),
    [({"prompt": "{text} {answer}"}, "{answer} is what the replies are compared with"), ("", "empty"),
     ({"prompt": "The best coffee in town. → positive\n{text}"}, "item 14 word for word"), ({"prompt": "x" * 20_001}, "20,001")],
)  # fmt: skip
def test_a_prompt_that_would_measure_nothing_is_refused(prompt: Any, says: str) -> None:
    model = Obedient()
    with pytest.raises(BadInput) as caught:
        attempt(prompt, model=model)
    assert says in caught.value.message.en and model.asked == 0


def test_a_prompt_without_a_field_runs_and_says_so() -> None:
    done = attempt(Prompt(system="x", prompt="Review?"))
    assert "the same words every time" in done.notes[0].en and len({r.text for r in done.sheet.replies}) == 1


def test_any_two_prompts_on_any_table() -> None:
    items = [{"text": f"I love it {i}", "answer": "positive"} for i in range(10)]
    checks = Checks.validate_python([{"kind": "answer"}, {"kind": "length", "max": 1}])
    found, a, b = workshop.free(Prompt(prompt="{text}"), TOLD, items, checks, model=Obedient(), lang="fr")
    assert found.private and found.estimates[0].value == 1 and (a.mean, b.mean) == (0, 1)
    assert "le prompt B" in found.summary.fr and found.figures[0].lang == "fr"
    with pytest.raises(BadInput, match="at least one check"):
        workshop.free(TOLD, TOLD, items, [], model=Obedient())
    with pytest.raises(BadInput, match="Row 2 has nothing to compare with under 'answer'"):
        workshop.free(TOLD, TOLD, [items[0], {"text": "x", "answer": ""}], checks, model=Obedient())
    counted = Checks.validate_python([{"kind": "list", "field": "n"}])
    with pytest.raises(BadInput, match="under 'n'"):
        workshop.free(TOLD, TOLD, [{"text": "x", "n": "three"}], counted, model=Obedient())


def run(*words: str) -> int:
    return cli.main(["exercises", *words])


def test_the_command_lists_and_shows(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list", "--json", "--lang", "fr") == 0
    rows = json.loads(capsys.readouterr().out)["exercises"]
    assert {"id", "title", "level", "topic", "items", "goal"} <= set(rows[0]) and "one-word" in [
        row["id"] for row in rows
    ]
    assert run("list", "--lang", "en") == 0 and "one-word" in capsys.readouterr().out
    assert run("show", "one-word", "--lang", "fr") == 0
    shown = capsys.readouterr().out
    assert "Qu’en penses-tu" in shown and "négatif" not in shown.split("éléments")[1]


def test_the_command_says_what_is_wrong(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text("prompt: ''\n", encoding="utf-8")
    for words, says in (
        (["run"], "Say which"), (["show", "nosuch"], "no exercise 'nosuch'"), (["run", "one-word"], "Give a prompt"),
        (["run", "one-word", "--prompt", str(file), "--solution"], "not both"),
        (["run", "one-word", "--prompt", str(tmp_path / "none.yaml")], "cannot be read"), (["run", "one-word", "--prompt", str(file)], "empty"),
    ):  # fmt: skip
        assert run(*words, "--lang", "en") == 2
        assert says in capsys.readouterr().err


@pytest.mark.real
def test_the_command_measures_a_prompt_of_one_s_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    solution = content.load("one-word", "en").solution
    file.write_text(json.dumps(solution.model_dump()), encoding="utf-8")
    assert run("run", "one-word", "--prompt", str(file), "--lang", "en", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["passed"] and found["pair"]["low"] > 0 and found["tokens"][1] > found["tokens"][0] > 0
    assert found["finding"]["specimen"]["sha256"] and len(workshop.attempts(Notebook(), "one-word", "en")) == 1


RECORD = exercises_measured.recorded()


@pytest.mark.real
@pytest.mark.parametrize(("name", "lang"), exercises_measured.again())
def test_a_reference_solution_does_what_is_recorded(name: str, lang: Lang) -> None:
    done = workshop.attempt(name, lang, content.load(name, lang).solution, model=language.load())
    print(exercises_measured.line(name, lang, done.pair))
    assert done.pair.mean_a < done.pass_mark
    kept = exercises_measured.compared(RECORD[name][lang])
    assert done.pair.difference == pytest.approx(kept.difference, abs=0.06)  # another processor may change a reply
    assert done.clear and done.pair.mean_b >= done.pass_mark - 0.03


@pytest.mark.real
def test_a_start_does_not_pass() -> None:
    start = workshop.attempt("one-word", "en", content.load("one-word", "en").start, model=language.load())
    assert not start.passed and start.pair.difference == 0


def test_the_record_is_of_the_exercises_as_they_are() -> None:
    names = content.names()
    changed = [name for name in names if RECORD.get(name, {}).get("version") != exercises_measured.version(name)]
    assert not changed, f"measure them again: python -m tests.assistant.exercises_measured {' '.join(changed)}"
    assert set(RECORD) == set(names)
    for name, rows in RECORD.items():
        for lang in content.LANGS:
            assert {len(scores) for scores in rows[lang].values()} == {len(content.load(name, lang).items)}


def test_most_solutions_are_better_on_record() -> None:
    clear = dict.fromkeys(content.LANGS, 0)
    for name, rows in RECORD.items():
        for lang in content.LANGS:
            pair = exercises_measured.compared(rows[lang])
            print(exercises_measured.line(name, lang, pair))
            assert pair.mean_a < content.load(name, lang).pass_mark
            clear[lang] += pair.clear
    assert clear["en"] >= max(15, len(RECORD) - 3)
    assert clear["fr"] >= exercises_measured.FRENCH


@pytest.mark.vllm
def test_a_served_model_takes_the_exercise(served: Any, notebook: Notebook) -> None:
    from tools.specimens.http_language import HttpModel

    model, exercise = HttpModel(served.url), content.load("one-word", "en")
    seen: list[int] = []
    done = workshop.attempt(
        "one-word", "en", exercise.solution, model=model, notebook=notebook, on_step=lambda p: seen.append(p.done)
    )
    here = workshop.attempt("one-word", "en", exercise.solution, model=language.load())
    assert done.passed and done.sheet.specimen.sha256 is None and done.sheet.tokens == here.sheet.tokens
    assert done.pair.difference == pytest.approx(here.pair.difference, abs=0.1) and max(seen) == 23
    assert trial.received(exercise.solution, exercise.items[0], model).text
