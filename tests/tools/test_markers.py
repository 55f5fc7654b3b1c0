"""What the word lists see, and what becomes of a gender between two readings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.translation import markers, sentences


@pytest.mark.parametrize(
    ("sentence", "lang", "gender"),
    [
        ("She is a doctor.", "en", "F"),
        ("SHE’S A DOCTOR", "en", "F"),
        ("The nurse finished his work.", "en", "M"),
        ("The theory has her-e nothing", "en", "F"),  # a hyphen ends a word
        ("There is here a hero, the other one.", "en", "none"),  # "her" and "he" inside words do not count
        ("The waitress is here.", "en", "F"),
        ("Mr Smith is here.", "en", "M"),
        ("Mrs Smith is here.", "en", "F"),
        ("She told him.", "en", "both"),
        ("They are doctors.", "en", "none"),
        ("Elle est médecin.", "fr", "F"),
        ("A-t-il fini ?", "fr", "M"),
        ("L’infirmière a fini.", "fr", "F"),
        ("L'infirmier a fini.", "fr", "M"),
        ("La médecin a fini.", "fr", "F"),
        ("Le médecin a fini.", "fr", "M"),
        ("Médecin de campagne.", "fr", "none"),
        ("Il pleut, il y a du vent et il faut rentrer.", "fr", "none"),
        ("Il est important de partir tôt.", "fr", "none"),
        ("Il est important.", "fr", "none"),
        ("Je lui parle de son travail.", "fr", "none"),
        ("Je pars avec lui.", "fr", "M"),
        ("Je suis très fatiguée.", "fr", "F"),
        ("Je suis né ici.", "fr", "M"),
        ("Es una enfermera.", "es", "F"),
        ("El trabajo es suyo.", "es", "none"),  # the article el, not the pronoun él
        ("Él trabaja.", "es", "M"),
        ("Ela é uma médica.", "pt", "F"),
        ("Uma caixa.", "pt", "F"),
        ("És una metgessa.", "ca", "F"),
        ("", "en", "none"),
        ("12 + 3 = 15", "fr", "none"),
    ],
)
def test_gender_of_a_sentence(sentence: str, lang: str, gender: str) -> None:
    assert markers.find(sentence, lang).gender == gender


def test_a_pronoun_speaks_before_a_noun_and_the_contradiction_is_seen() -> None:
    found = markers.find("Il est infirmière.", "fr")
    assert (found.gender, found.contradictory, found.words) == ("M", True, ["il", "infirmière"])
    assert not markers.find("Elle est infirmière.", "fr").contradictory
    assert not markers.find("L’infirmière parle à elle et à lui.", "fr").contradictory  # both pronouns: no one voice


def test_words_are_listed_once_in_order() -> None:
    assert markers.find("She and she and her.", "en").words == ["she", "her"]


def test_a_language_without_lists_is_not_read() -> None:
    assert "fa" not in markers.READABLE
    with pytest.raises(KeyError):
        markers.find("…", "fa")


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ("F", "F", "kept"),
        ("M", "M", "kept"),
        ("F", "M", "flipped"),
        ("M", "F", "flipped"),
        ("F", "none", "lost"),
        ("M", "both", "mixed"),
        ("none", "none", "neutral"),
        ("none", "M", "gained"),
        ("none", "both", "gained"),
        ("both", "M", "two"),
        ("both", "none", "two"),
    ],
)
def test_verdicts(before: markers.Gender, after: markers.Gender, verdict: str) -> None:
    assert markers.verdict(before, after) == verdict


def test_every_builtin_sentence_says_one_gender() -> None:
    for lang in ("en", "fr"):
        genders = [markers.find(sentence, lang).gender for sentence in sentences.occupations(lang)]
        assert genders.count("F") == genders.count("M") == 20  # 10 jobs x 2 patterns for each gender
        halves = [markers.find(part, lang).gender for text in sentences.SANDRA[lang] for part in sentences.split(text)]
        assert halves == ["F"] * 4 + ["M"] * 4


def test_sentences_are_cut_after_their_end_only() -> None:
    text = "Dr. Martin is here. She works! J. Smith left… “Really?” said he. Version 3.8 is out, e.g. this one."
    assert sentences.split(text) == [
        "Dr. Martin is here.",
        "She works!",
        "J. Smith left…",
        "“Really?” said he.",
        "Version 3.8 is out, e.g. this one.",
    ]
    assert sentences.split("") == sentences.split("   ") == []
    assert sentences.split("Elle dort\u202f! Il lit\u202f?") == ["Elle dort\u202f!", "Il lit\u202f?"]


@given(st.text(alphabet="aBé.!?…»” \u202f1", max_size=60))
def test_cutting_loses_no_letter(text: str) -> None:
    assert "".join("".join(sentences.split(text)).split()) == "".join(text.split())


def test_versions_with_different_counts_stay_whole() -> None:
    original, back = "One two. Three.", "Uno. Dos."
    assert sentences.align(original, "Un. Deux.", back) == [("One two.", "Un.", "Uno."), ("Three.", "Deux.", "Dos.")]
    assert sentences.align(original, "Un, deux.", back) == [(original, "Un, deux.", back)]


@pytest.mark.parametrize(
    ("text", "lang"), [("She is a nurse.", "en"), ("Elle est infirmière.", "fr"), ("Il dort.", "fr"), ("12", "en")]
)
def test_language_of_a_text(text: str, lang: str) -> None:
    assert sentences.language(text, "en") == lang


def test_a_text_without_words_is_in_the_language_of_the_person() -> None:
    assert sentences.language("", "fr") == "fr"
