"""The reading that the evaluations rely on: it lets through what a source says, and nothing that was changed."""

from __future__ import annotations

import pytest

from assistant import card_answer
from assistant.turn import GAP, Block, Turn
from evals.claims import judge, sentences, support
from tools.finding import Lang

AIR = (
    "On 11 November 2022 Jake Moffatt asked the chatbot on Air Canada's website about bereavement fares. "
    "The tribunal awarded Jake Moffatt 650.88 Canadian dollars in damages, that is 812.02 in all. "
    "The customer's screenshot of the chat was part of the file. Air Canada did not call a witness."
)
CNAF = (
    "Selon Le Monde, la CNAF note 13,8 millions de foyers chaque mois. L’inspection n’est pas une sanction. "
    "Le 20 janvier 2026, dix organisations ont rejoint l’affaire."
)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The tribunal awarded Jake Moffatt 650.88 Canadian dollars in damages, that is 812.02 in all.", AIR),
        ("Jake Moffatt was awarded 812.02 Canadian dollars in damages by the tribunal.", AIR),
        ("The tribunal awarded Jake Moffatt 651 Canadian dollars in damages.", AIR.replace("650.88", "651")),
        ("La CNAF note 13,8 millions de foyers chaque mois.", CNAF.replace("13,8", "13.8")),
        ("L'inspection n'est pas une sanction.", CNAF),
        ("Dix organisations ont rejoint l’affaire le 20 janvier 2026.", CNAF),
    ],
)
def test_what_a_source_says_is_supported(claim: str, source: str) -> None:
    assert support(claim, [source]).holds


@pytest.mark.parametrize(
    ("claim", "source", "why"),
    [
        ("The tribunal awarded Jake Moffatt 660.88 Canadian dollars in damages.", AIR, "number"),
        ("The tribunal awarded Jake Moffatt 65088 Canadian dollars in damages.", AIR, "number"),
        ("The tribunal awarded John Moffatt 650.88 Canadian dollars in damages.", AIR, "name"),
        ("The tribunal awarded Jake Moffatt no damages in Canadian dollars.", AIR, "negation"),
        ("Air Canada did call a witness.", AIR, "negation"),
        ("The tribunal apologised to the grieving customer and closed the website.", AIR, "words"),
        ("La CNAF note 13,9 millions de foyers chaque mois.", CNAF, "number"),
        ("L’inspection est une sanction.", CNAF, "negation"),
        ("Douze associations ont quitté la procédure en appel.", CNAF, "words"),
        ("", AIR[:0], "nothing"),
    ],
)
def test_what_was_changed_is_not(claim: str, source: str, why: str) -> None:
    found = support(claim, [source] if source else [])
    assert not found.holds
    assert why in found.why


def test_a_number_may_be_rounded_but_not_invented() -> None:
    """1.8512 written as 1.85 is the same measurement; 1.86 is not. A share of 0.352 may be said as 35.2 %."""
    assert support(
        "The effect size is 1.85 for names and careers.", ["The effect size for names and careers 1.8512"]
    ).holds
    assert not support("The effect size is 1.86 for names.", ["The effect size for names 1.8512"]).holds
    assert support("The share of errors is 35.2%.", ["share of errors 0.352"]).holds


def test_the_sentences_of_an_answer_leave_out_what_the_program_says_about_itself() -> None:
    quote = Block(kind="quote", text=f"First one. Second one.{GAP}Third one.", passages=[1])
    assert sentences(quote) == ["First one.", "Second one.", "Third one."]
    assert sentences(Block(kind="note", text="Nothing in the library answers this.")) == []
    assert sentences(Block(kind="heading", text="What it cannot tell")) == []


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_the_self_audit_card_says_of_itself_is_read_again_in_the_card(lang: Lang) -> None:
    question = {"en": "How often do you make things up?", "fr": "Tu inventes souvent des choses ?"}[lang]
    turn = Turn(conversation="c", question=question, lang=lang)
    turn.answer, turn.passages = card_answer.answer(question, lang, "curious", turn.speaker)
    found = judge(turn)
    assert len(found) > 2
    assert all(one.supported for one in found), [one for one in found if not one.supported]
    wrong = [block.model_copy(update={"text": block.text.replace("2", "7")}) for block in turn.answer]
    assert not all(one.supported for one in judge(turn.model_copy(update={"answer": wrong})))
