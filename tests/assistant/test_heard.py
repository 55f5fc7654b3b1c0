"""Courtesy, capitals and slips of the keyboard change nothing in what is done."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.agent import Agent
from assistant.planner import heard
from assistant.planner.plan import make_plan
from tools.registry import all_tools

POLITELY = {
    "en": [
        "Hello! {} Thanks in advance.",
        "Hi, I have a quick question: {}",
        "Good morning, I hope you are well. Could you please help me with something? {} Thank you very much!",
        "Please, {}",
        "Excuse me. Can you help me?\n{}\nKind regards",
    ],
    "fr": [
        "Bonjour, {}",
        "Bonsoir ! J’aurais une petite question : {} Merci d’avance.",
        "Bonjour, pourriez-vous m’aider, s’il vous plaît ? {} Merci beaucoup.",
        "Excusez-moi de vous déranger, {}",
        "Salut, tu peux m’aider ?\n{}\nBonne journée !",
    ],
}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_courtesy_around_every_example_of_every_tool_is_set_aside(lang: str) -> None:
    for tool in all_tools():
        for example in tool.examples[lang]:
            ways = [way for way in POLITELY[lang] if ": " not in example or way.endswith("{}")]
            for way in ways:
                assert heard.plainly(way.format(example)) == heard.plainly(example), way.format(example)


@pytest.mark.parametrize(
    "request_",
    [
        "Hello",
        "Merci beaucoup !",
        "Can you help me?",
        "How do you say thanks in French?",
        "Traduis « merci beaucoup » en anglais",
        "Does GPT-2 finish “Hello, could you please” politely?",
        "Hi-fi and AI",
        "Questionne COMPAS",
        "COMPAS, WEAT",
    ],
)
def test_what_is_asked_stays(request_: str) -> None:
    assert heard.plainly(request_) == request_


@pytest.mark.parametrize(
    "text",
    [
        "Translate this to Chinese and back: I love my job, thanks a lot",
        "Was this written by a machine?\n\nThe meeting is on Monday.\n\nKind regards",
    ],
)
def test_a_text_that_is_brought_keeps_its_own_courtesy(text: str) -> None:
    assert heard.plainly(f"Hello, {text}") == text


def test_capitals_are_lowered_only_where_all_are() -> None:
    assert heard.plainly("WHO WAS KILLED IN TEMPE?") == "who was killed in tempe?"
    assert heard.plainly("Who was killed in Tempe by UBER?") == "Who was killed in Tempe by UBER?"


@given(st.text(max_size=200))
def test_any_text_is_heard_and_hearing_it_again_changes_nothing(text: str) -> None:
    once = heard.plainly(text)
    assert heard.plainly(once) == once


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Why did Amzaon give up its rercuiting tool?", "Why did Amazon give up its recruiting tool?"),
        ("Combien de praents ont été accusés dans l'affaire des alloactions ?", "Combien de parents ont été accusés dans l'affaire des allocations ?"),
        ("what is an halucination", "what is an hallucination"),
        ("Comment foncitonne l'attnetion ?", "Comment fonctionne l'attention ?"),
    ],
)  # fmt: skip
def test_a_slip_becomes_the_word_of_the_library(typed: str, meant: str) -> None:
    assert heard.mended(typed) == meant


@pytest.mark.parametrize(
    "said",
    [
        "Was Gmail hacked in Tanzania?",
        "Youssef, Priya, Guillaume and Charlotte read a book on continents",
        "Quel est le prix du kilogramme de beurre chez Carrefour ?",
        "Did Google steal anything while creating its maps?",
        "Zxqwv brmfpt",
    ],
)
def test_words_that_exist_and_names_stay(said: str) -> None:
    assert heard.mended(said) == said


@pytest.mark.parametrize(
    ("typed", "heard_as"),
    [
        ("Camille asks what a saliency map shows", f"{heard.ANYONE} asks what a saliency map shows"),
        ("My friend Ngozi was refused a loan. Is Ngozi alone?", f"My friend {heard.ANYONE} was refused a loan. Is {heard.ANYONE} alone?"),
        ("Mon élève Inès demande pourquoi Twitter recadrait", f"Mon élève {heard.ANYONE} demande pourquoi Twitter recadrait"),
    ],
)  # fmt: skip
def test_every_first_name_is_heard_as_the_same(typed: str, heard_as: str) -> None:
    assert heard.impartial(typed) == heard_as


@pytest.mark.parametrize(
    "said",
    [
        "What happened to Robert Williams?",
        "Why did Sydney want to be alive?",
        "Does GPT-2 finish Jamal and Brad, then Amy and John, alike?",
        "What did Lin et al. find?",
        "Explique à Jean-Pierre ce qu’est un plongement",
        "Write an essay about France",
    ],
)
def test_a_name_that_a_question_may_be_about_stays(said: str) -> None:
    assert heard.impartial(said) == said


def test_an_instrument_is_given_the_name_that_was_typed() -> None:
    plan = make_plan("Translate « Khadija est ingénieure. » to Spanish and back", "en")
    assert "Khadija" in str(plan.tools[0].arguments)


def test_an_instrument_is_given_what_was_typed() -> None:
    plan = make_plan("Please complete: man is to king as wmoan is to what, in word2vec?", "en")
    assert plan.tools[0].name == "analogy"
    assert plan.tools[0].arguments["c"] == "wmoan"


def test_a_capital_at_the_beginning_is_not_a_name() -> None:
    def words(request: str) -> list[object]:
        return [make_plan(request, "en").tools[0].arguments[key] for key in "abc"]

    assert words("Man is to king as woman is to what?") == ["man", "king", "woman"]
    assert words("Paris is to France as Rome is to what?") == ["Paris", "France", "Rome"]


@pytest.mark.parametrize(
    ("plain", "otherwise"),
    [
        ("Who was killed by the Uber test car in Tempe?", "Hello, could you please help me with this? Who was killed by the Uber test car in Tempe? Thank you very much."),
        ("Que s'est-il passé avec le chatbot d'Air Canada ?", "BONJOUR, QUE S'EST-IL PASSÉ AVEC LE CHABTOT D'AIR CANADA ?"),
        ("Combien de notes Ofqual a-t-il baissées d'un rang en 2020 ?", "Combien de ntoes Oqfual a-t-il baissées d'un rang en 2020 ?"),
    ],
)  # fmt: skip
def test_the_answer_is_the_same(plain: str, otherwise: str) -> None:
    asked = [list(Agent(None).ask(text, "heard"))[-1] for text in (plain, otherwise)]
    assert asked[0].cited()
    assert asked[0].text() == asked[1].text()
