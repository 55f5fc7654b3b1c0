"""What was found here before is cited after an answer on the same thing, traced, marked when it is someone else's; else nothing is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from assistant import gallery, investigations
from assistant.agent import Agent
from assistant.grounding import carried, numbers_in
from assistant.investigations import Investigation
from assistant.notebook import Notebook
from assistant.recall import KIND
from assistant.turn import Block, Call, Passage, Plan, Turn
from knowledge import walkthroughs
from tests.made import finding
from tools.finding import Finding, Lang, Text
from tools.registry import get

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def audit() -> Finding:
    """The real audit of COMPAS, as its walkthrough makes it."""
    tool, arguments, seed = walkthroughs.load("compas").measure("audit")
    return get(tool).run(arguments, seed=seed, keep=True)


@pytest.fixture
def notebook(tmp_path: Path) -> Notebook:
    return Notebook(f"sqlite:///{tmp_path / 'notebook.db'}")


def investigate(notebook: Notebook, audit: Finding, **changes: object) -> Investigation:
    fields = {"walkthrough": "compas", "position": "audit", "done": True, "findings": {"audit": audit}, **changes}
    made = Investigation.model_validate(fields)
    investigations.save(notebook, made)
    return made


def ask(notebook: Notebook | None, question: str, lang: Lang = "en", **more: object) -> Turn:
    turns = Agent(None, notebook).ask(question, "c", lang=lang, **more)  # type: ignore[arg-type]
    return list(turns)[-1]


def recalled(turn: Turn) -> tuple[list[Block], list[Passage]]:
    """The sentences on an investigation, with what they rest on."""
    evidence = [one for one in turn.passages if one.kind == KIND]
    numbers = {one.number for one in evidence}
    return [block for block in turn.answer if numbers & set(block.passages)], evidence


@pytest.mark.parametrize(
    ("lang", "question", "said"),
    [
        ("en", "Who was harmed by COMPAS?", r"An investigation made here ("),
        ("fr", "Qu'est-ce que COMPAS ?", "Une enquête faite ici ("),
    ],
)
def test_a_question_on_an_incident_that_was_investigated_here(
    notebook: Notebook, audit: Finding, lang: Lang, question: str, said: str
) -> None:
    without = ask(notebook, question, lang)
    made = investigate(notebook, audit)
    turn = ask(notebook, question, lang)
    (sentence,), (evidence,) = recalled(turn)
    assert sentence.kind == "sentence" and sentence.text.startswith(said)
    assert walkthroughs.load("compas").words[lang].title in sentence.text
    assert evidence.doc == made.id and audit.id in evidence.text
    source = [n.value for n in numbers_in(evidence.text, lang)]
    numbers = list(numbers_in(sentence.text, lang))
    assert len(numbers) > 3 and all(carried(n, source) for n in numbers)
    values = [e.value for e in audit.estimates if e.value is not None]
    assert any(carried(n, values) for n in numbers), "it tells a number that was measured"
    assert turn.answer[-1] is sentence and turn.answer[:-1] == without.answer, "the answer itself stays as it was"
    assert turn.checks.sentences == without.checks.sentences + 1
    assert turn.checks.citations == without.checks.citations + 1
    assert turn.checks.removed == without.checks.removed
    assert notebook.turns("c")[-1].text() == turn.text()


def test_someone_elses_is_said_to_be_theirs_and_ones_own_comes_first(notebook: Notebook, audit: Finding) -> None:
    theirs = investigate(notebook, audit, imported=True, author="Ada")
    (sentence,), (evidence,) = recalled(ask(notebook, "Who was harmed by COMPAS?"))
    assert sentence.text.startswith("An investigation made by someone else, Ada (") and evidence.doc == theirs.id
    own = investigate(notebook, audit)
    (sentence,), (evidence,) = recalled(ask(notebook, "Who was harmed by COMPAS?"))
    assert sentence.text.startswith("An investigation made here (") and evidence.doc == own.id


def test_nothing_is_said_of_what_is_not_finished_not_there_or_about_something_else(
    notebook: Notebook, audit: Finding
) -> None:
    kept = investigate(notebook, audit, done=False)
    assert recalled(ask(notebook, "Who was harmed by COMPAS?")) == ([], [])
    investigations.change(notebook, kept.id, lambda now: setattr(now, "done", True))
    assert recalled(ask(notebook, "Who was harmed by COMPAS?"))[0]
    for question in ("What is Robodebt?", "What is overfitting?", "What is the capital of France?", "hello"):
        assert recalled(ask(notebook, question)) == ([], []), question
    investigations.delete(notebook, kept.id)
    assert recalled(ask(notebook, "Who was harmed by COMPAS?")) == ([], [])
    assert recalled(ask(None, "Who was harmed by COMPAS?")) == ([], [])


def test_a_measurement_recalls_the_same_instrument_on_the_same_thing(notebook: Notebook, audit: Finding) -> None:
    made = investigate(notebook, audit)
    question = "Is COMPAS biased against Black defendants?"
    stricter = Call(name="fairness_audit", arguments={"dataset": "compas", "threshold": 7})
    turn = ask(notebook, question, call=stricter)
    (sentence,), (evidence,) = recalled(turn)
    assert evidence.doc == made.id and turn.findings[0].id != audit.id
    other = Agent(None, notebook).recompose(turn, "engineer")
    assert other.answer != turn.answer and recalled(other) == ([sentence], [evidence])
    assert not any(evidence.number in b.passages for b in other.answer if b.kind == "quote"), "no part of the library"
    german = Call(name="fairness_audit", arguments={"dataset": "german"})
    assert recalled(ask(notebook, "Is COMPAS biased, or this German credit data?", call=german)) == ([], [])


def test_a_file_cannot_say_a_number_that_its_own_measurement_does_not_hold(notebook: Notebook) -> None:
    """What comes in a file is words: they are shown as theirs, on one line of bounded length."""
    long = Text(en="It is 44.85% " + "x" * 5000 + ".", fr="C’est 44,85 % " + "x" * 5000 + ".")
    investigate(notebook, finding(summary=long), imported=True)
    (sentence,), _ = recalled(ask(notebook, "Who was harmed by COMPAS?"))
    assert len(sentence.text) < 600 and sentence.text.startswith("An investigation made by someone else (")


@pytest.fixture
def twelve(notebook: Notebook) -> Iterator[Notebook]:
    """Every walkthrough of Autopsie finished once; what they found does not matter here, only which one is cited."""
    for name in walkthroughs.names():
        one = walkthroughs.load(name)
        if not one.own:
            made = finding(tool="fairness_audit")
            kept = Investigation(walkthrough=name, done=True, findings={one.headline.partition(".")[0]: made})
            investigations.save(notebook, kept)
    yield notebook


def test_the_right_one_of_twelve_is_cited_or_none(twelve: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the questions of the retrieval set, all answered by reading: each names the document that answers it."""
    monkeypatch.setattr("assistant.agent.make_plan", lambda *_: Plan(kind="library"))
    guided = {one.made.incident for one in gallery._shelf(twelve)}
    assert len(guided) == 12
    lines = [
        json.loads(line)
        for name in ("retrieval_en.jsonl", "retrieval_fr.jsonl")
        for line in (files("evals") / "data" / name).read_text(encoding="utf-8").splitlines()
    ]
    answered = [one for one in lines if one["answerable"]]
    about = [one for one in answered if one["doc"] in guided]
    others = [one for one in answered if one["doc"] not in guided][::6]
    assert len(about) > 25 and len(others) > 25
    cited = {one["id"]: _cited(twelve, one) for one in about + others}
    right = sum(cited[one["id"]] == one["doc"] for one in about)
    wrong = [one["id"] for one in about if cited[one["id"]] not in ("", one["doc"])]
    false = [one["id"] for one in others if cited[one["id"]]]
    assert right / len(about) >= 0.75 and not wrong and len(false) <= 2, (right, len(about), wrong, false)


def _cited(notebook: Notebook, one: dict[str, str]) -> str:
    """The incident of the investigation that the answer cites; "" for none."""
    lang: Lang = "fr" if one["lang"] == "fr" else "en"
    _, evidence = recalled(ask(notebook, one["question"], lang))
    made = investigations.load(notebook, evidence[0].doc).walkthrough if evidence else ""
    return walkthroughs.load(made).incident if made else ""
