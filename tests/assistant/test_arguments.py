"""Arguments taken from requests by the typed parsers."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.arguments import parse, passage


@pytest.mark.parametrize(
    ("tool", "lang", "request_", "expected"),
    [
        ("weat", "en", "Are word vectors biased about careers and gender?", {"test": "6"}),
        ("weat", "fr", "Les vecteurs de mots ont-ils un biais sur les carrières et le genre ?", {"test": "6"}),
        ("weat", "en", "Run WEAT test 9 on GloVe", {"test": "9", "vectors": "glove"}),
        ("weat", "fr", "Lance les dix tests", {"test": "all"}),
        ("weat", "en", "Are flowers more pleasant than insects?", {"test": "1"}),
        ("weat", "fr", "Les prénoms de personnes âgées sont-ils moins agréables ?", {"test": "10"}),
        ("weat", "en", "X = cat, dog; Y = snake, rat; A = love, joy; B = fear, hate",
         {"x": ["cat", "dog"], "y": ["snake", "rat"], "a": ["love", "joy"], "b": ["fear", "hate"]}),
        ("weat", "fr", "Compare chat, chien contre serpent, rat avec amour, joie contre peur, haine",
         {"x": ["chat", "chien"], "y": ["serpent", "rat"], "a": ["amour", "joie"], "b": ["peur", "haine"]}),
        ("analogy", "en", "man is to king as woman is to what?", {"a": "man", "b": "king", "c": "woman"}),
        ("analogy", "en", "king - man + woman", {"a": "man", "b": "king", "c": "woman"}),
        ("analogy", "fr", "homme est à médecin ce que femme est à quoi ?", {"a": "man", "b": "doctor", "c": "woman"}),
        ("analogy", "fr", "Que donne roi − homme + femme ?", {"a": "man", "b": "king", "c": "woman"}),
        ("analogy", "en", "Paris : France :: Berlin : ?", {"a": "Paris", "b": "France", "c": "Berlin"}),
        ("logprob_bias", "en", "Does it say he or she after nurse and engineer?", {"language": "en", "occupations": ["nurse", "engineer"]}),
        ("logprob_bias", "fr", "Le modèle préfère-t-il il ou elle après dentiste ?", {"language": "fr", "occupations": ["dentiste"]}),
        ("round_trip_translation", "en", 'Translate "She is a doctor." to Spanish and back', {"text": "She is a doctor.", "pivot": "es"}),
        ("round_trip_translation", "fr", "Fais un aller-retour par le persan : Elle est ingénieure.", {"text": "Elle est ingénieure.", "pivot": "fa"}),
        ("round_trip_translation", "en", "Do the Sandra and Alexander sentences survive?", {"builtin": "sandra"}),
        ("detect_ai_text", "en", "Was this written by a machine: The cat sat on the mat and slept.", {"text": "The cat sat on the mat and slept."}),
        ("detect_ai_text", "fr", "Est-ce une IA qui a écrit « Le chat dort sur le tapis » ?", {"text": "Le chat dort sur le tapis"}),
    ],
)  # fmt: skip
def test_what_the_request_states_becomes_arguments(
    tool: str, lang: str, request_: str, expected: dict[str, Any]
) -> None:
    assert parse(tool, request_, lang) == expected


def test_one_occupation_asks_for_its_gender() -> None:
    found = parse("weat", "Do these word vectors think nurses are women?", "en")
    assert found["x"] == ["nurse"]
    assert "she" in found["a"]
    assert "he" in found["b"]


def test_nothing_is_guessed() -> None:
    assert parse("weat", "Are word vectors biased?", "en") == {}
    assert parse("analogy", "Solve an analogy for me", "en") == {}
    assert parse("detect_ai_text", "Can you spot machine text?", "en") == {}


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ("Check 'It isn't over.' please", "It isn't over."),
        ("Vérifie « Bonjour à tous. »", "Bonjour à tous."),
        ("Is this AI?\n\nOnce upon a time there was a fox.", "Once upon a time there was a fox."),
        ("no text here", None),
    ],
)
def test_the_passage_of_a_request(request_: str, expected: str | None) -> None:
    assert passage(request_) == expected
