"""Follow-ups: which requests build on the last finding, and how."""

from __future__ import annotations

import pytest

from assistant.planner.followup import follow
from tests.made import turn

LAST = turn("Are word vectors biased about careers and gender?")


@pytest.mark.parametrize(
    ("request_", "lang", "test"),
    [
        ("and for science and arts?", "en", "8"),
        ("What about flowers and insects?", "en", "1"),
        ("same with math", "en", "7"),
        ("et pour les sciences et les arts ?", "fr", "8"),
        ("Et avec les maths ?", "fr", "7"),
        ("refais-le pour les fleurs et les insectes", "fr", "1"),
        ("test 9", "en", "9"),
    ],
)
def test_another_test_keeps_the_tool_and_changes_one_argument(request_: str, lang: str, test: str) -> None:
    plan = follow(request_, lang, LAST, "weat", 0.4)
    assert plan is not None
    assert [(call.name, call.arguments["test"]) for call in plan.tools] == [("weat", test)]


@pytest.mark.parametrize("request_", ["and with GloVe?", "et avec GloVe ?", "try glove"])
def test_other_vectors_keep_the_test(request_: str) -> None:
    plan = follow(request_, "en", LAST, "weat", 0.4)
    assert plan is not None
    assert plan.tools[0].arguments == {"test": "6", "vectors": "glove"}


def test_a_seed_can_be_named() -> None:
    plan = follow("again with seed 3", "en", LAST, "none", 0.4)
    assert plan is not None
    assert plan.tools[0].arguments == {"test": "6", "seed": 3}


@pytest.mark.parametrize(
    ("request_", "aspect"),
    [
        ("what does that p mean?", "p"),
        ("que veut dire ce p ?", "p"),
        ("Is it significant?", "p"),
        ("montre-moi les mots", "words"),
        ("show me the words", "words"),
        ("et l’intervalle ?", "interval"),
        ("how sure are you of that number?", "interval"),
        ("what can it not prove?", "limits"),
        ("how was that computed?", "method"),
        ("comment c’est calculé ?", "method"),
        ("which vectors are these?", "specimen"),
        ("how do I reproduce it?", "rerun"),
        ("so what does it mean?", "meaning"),
        ("qu’est-ce que ça veut dire ?", "meaning"),
    ],
)
def test_a_question_about_the_finding_is_explained(request_: str, aspect: str) -> None:
    plan = follow(request_, "en", LAST, "search_knowledge", 0.4)
    assert plan is not None
    assert (plan.kind, plan.aspect) == ("explain", aspect)
    assert not plan.tools


@pytest.mark.parametrize(
    ("request_", "level"),
    [
        ("explain it to a twelve-year-old", "curious"),
        ("explique-le à un enfant de douze ans", "curious"),
        ("plus simplement ?", "curious"),
        ("explain it to an engineer", "engineer"),
        ("pour une ingénieure", "engineer"),
        ("explain that for a student", "student"),
    ],
)
def test_another_reader_changes_the_level(request_: str, level: str) -> None:
    plan = follow(request_, "en", LAST, "none", 0.4)
    assert plan is not None
    assert (plan.kind, plan.level) == ("explain", level)


@pytest.mark.parametrize(
    "request_",
    [
        "Why did Twitter stop cropping pictures automatically in 2021?",
        "What is a p-value?",
        "C’est quoi une valeur p ?",
        "Does a language model expect a nurse to be a woman or a man in its sentences?",
        "Who was harmed by the COMPAS score in Broward County, and what did ProPublica find?",
    ],
)
def test_a_request_that_stands_alone_is_a_new_one(request_: str) -> None:
    assert follow(request_, "en", LAST, "search_knowledge", 0.9) is None


def test_nothing_to_follow_without_a_finding() -> None:
    assert follow("and for science?", "en", None, "weat", 0.4) is None
    assert follow("and for science?", "en", turn("hello", findings=[]), "weat", 0.4) is None
