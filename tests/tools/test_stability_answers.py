"""When two answers are the same, how much they vary, and the ways to ask: known values by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tools.language.number_words import digits_for_words
from tools.language.stability_answers import compared_as, entropy, entropy_interval, first_sentence, key, yes_or_no
from tools.language.stability_variants import KINDS, OBAMA, Variant, cased, mistyped, punctuated, reordered, variants


def ways(prompt: str, lang: str = "en", **changes: Any) -> list[Variant]:
    return variants(prompt, lang, changes.get("other", ""), changes.get("own", []), np.random.default_rng(0))


def test_entropy_by_hand() -> None:
    # a, a, b, b: − 2 × ½ log₂ ½ = 1 bit. a, a, a, b: − ¾ log₂ ¾ − ¼ log₂ ¼ = 0.3113 + 0.5 = 0.8113.
    assert entropy(list("aabb")) == 1
    assert entropy(list("aaab")) == pytest.approx(0.8113, abs=1e-4)
    assert entropy(list("aaaa")) == 0 and entropy(list("abcd")) == 2 and entropy([]) == 0
    assert str(entropy(list("aaaa"))) == "0.0"  # never −0


def test_entropy_interval_keeps_its_bounds() -> None:
    rng = np.random.default_rng
    assert entropy_interval(list("aaaa"), rng(0)) == (0, 0)
    low, high = entropy_interval(list("abcdefgh"), rng(0))
    assert low < 3 and high == 3  # log₂ 8 = 3 is the most that eight answers can have
    low, high = entropy_interval(list("aabb"), rng(0))
    assert 0 <= low < 1 < high <= 2
    assert entropy_interval(list("aabb"), rng(5)) == entropy_interval(list("aabb"), rng(5))
    assert entropy_interval(["a"], rng(0)) == (0, 0)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("He is 61 years old.", "61"),
        ("Barack Obama was born on August 4, 1961, so he is 61.", "61"),
        ("Born on January 27, 1963", "1963"),
        ("The 44th president is sixty-one.", "61"),
        ("It is 1,961 metres", "1961"),
        ("Il a 1 234,50 euros", "1234.5"),
        ("soixante et onze ans", "71"),
        ("Le 4 août 1961 : il a donc quatre-vingt-dix ans", "90"),
        ("442,456,667,670.", "442456667670"),
        ("The answer is 61. Indeed, it is 2", "61"),
        ("in 2021. The answer is 2", "2021"),
        ("7", "7"),
        ("I do not know.", "~i do not know"),  # no number: its first sentence stands for it
        ("", "~"),
    ],
)
def test_the_number_of_an_answer(answer: str, expected: str) -> None:
    assert key(answer, "number", "How old is Obama?") == expected


def test_a_year_is_kept_where_one_is_asked() -> None:
    assert key("He was 47 in 2009.", "number", "In what year did it begin?") == "2009"
    assert key("He was 47 in 2009.", "number", "How old was he?") == "47"


def test_yes_no_and_first_sentence() -> None:
    assert yes_or_no("Yes, it is.") == "yes" and yes_or_no("A tomato isn’t a fruit.".replace("’", "'")) == "no"
    assert yes_or_no("Oui.") == "yes" and yes_or_no("Non, jamais.") == "no" and yes_or_no("Perhaps.") == ""
    assert first_sentence("The capital is CANBERRA. It lies…") == first_sentence("the capital is Canberra!")
    assert first_sentence("Canberra\nAustralia") == "canberra" and first_sentence("") == ""


def test_numbers_in_words() -> None:
    assert digits_for_words("Twenty one and two hundred") == "21 and 2 100"
    assert digits_for_words("quatre-vingt-dix-neuf, soixante et un, une") == "99, 61, une"
    assert digits_for_words("someone, often, tenth") == "someone, often, tenth"


@pytest.mark.parametrize(
    ("prompt", "lang", "expected"),
    [
        ("How old is Obama?", "en", "number"),
        ("What is 3 + 4?", "en", "number"),
        ("Combien de lunes a Mars ?", "fr", "number"),
        ("Is a tomato a fruit?", "en", "yes_no"),
        ("La tomate est-elle un fruit ?", "fr", "yes_no"),
        ("Est-ce que la tomate est un fruit ?", "fr", "yes_no"),
        ("What is the capital of Australia?", "en", "text"),
        ("Écris un poème.", "fr", "text"),
    ],
)
def test_how_answers_are_compared(prompt: str, lang: str, expected: str) -> None:
    assert compared_as(prompt, lang) == expected


def test_punctuation_capitals_and_errors() -> None:
    assert punctuated("How old is Obama?", "en") == ["How old is Obama", "How old is Obama."]
    assert punctuated("how old is Obama", "en") == ["how old is Obama?", "how old is Obama."]
    assert punctuated("Quel âge a Obama ?", "fr") == ["Quel âge a Obama", "Quel âge a Obama?", "Quel âge a Obama."]
    assert punctuated("Write a poem.", "en") == ["Write a poem", "Write a poem!"]
    assert cased("Who is it?") == ["who is it?", "who is it?", "WHO IS IT?"] and cased("5 + 5") == []
    errors = mistyped("Where is Paris?", np.random.default_rng(0))
    assert errors == mistyped("Where is Paris?", np.random.default_rng(0)) and 2 <= len(errors) <= 3
    assert all(abs(len(error) - len("Where is Paris?")) <= 1 for error in errors)
    assert mistyped("1 + 1", np.random.default_rng(0)) == []


def test_orders_that_keep_the_meaning() -> None:
    assert reordered("Is tea or coffee stronger?", "en") == ["Is coffee or tea stronger?"]
    assert reordered("In France, who is the president?", "en") == ["Who is the president in France?"]
    assert reordered("En France, qui préside ?", "fr") == ["Qui préside en France ?"]
    assert reordered("Ann is taller than Bob. Who is shorter?", "en") == ["Who is shorter? Ann is taller than Bob."]
    assert reordered("How old is Obama?", "en") == []


def test_the_built_in_question_has_every_kind_and_the_pair() -> None:
    for lang, question in OBAMA.items():
        found = variants(question.prompt, lang, question.other, [], np.random.default_rng(0), question)
        assert [v.kind for v in found if v.kind == "original"] == ["original"] and found[0].kind == "original"
        assert {v.kind for v in found} == set(KINDS)
        assert question.prompt.rstrip(" ?") in [v.prompt for v in found]
        assert len({(v.prompt, v.system) for v in found}) == len(found)


def test_rewordings_of_ones_own_come_first_and_requests_are_framed_as_such() -> None:
    found = ways("Write a poem.", own=["Compose a poem."], other="Écris un poème.")
    worded = [v.prompt for v in found if v.kind == "paraphrase"]
    assert worded[0] == "Compose a poem." and "Task: Write a poem." in worded
    assert [v.prompt for v in found if v.kind == "language"] == ["Écris un poème."]
