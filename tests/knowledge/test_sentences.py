"""Sentences cut as people read them, and the ones quoted for a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.quoting import best_sentences
from knowledge.search import Hit, search
from knowledge.sentences import split


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four…", ["One.", "Two!", "Three?", "Four…"]),
        ("It cost 3.5 euros. Then 2.", ["It cost 3.5 euros.", "Then 2."]),
        (
            "Liang et al. (2023) say so. Kurita et al. They agree.",
            ["Liang et al. (2023) say so.", "Kurita et al.", "They agree."],
        ),
        (
            "See p. 3 and fig. 2. No. The answer is no. The end.",
            ["See p. 3 and fig. 2.", "No.", "The answer is no.", "The end."],
        ),
        ("The U.S. Army left. J. Simon met V. Guigue.", ["The U.S. Army left.", "J. Simon met V. Guigue."]),
        ("cos(w, b) over B. The effect size.", ["cos(w, b) over B.", "The effect size."]),
        ("Dr. Who and Mme. Curie. They met.", ["Dr. Who and Mme. Curie.", "They met."]),
        ("In Mata v. Avianca, the judge ruled.", ["In Mata v. Avianca, the judge ruled."]),
        ("Selon l'art. 22 du texte. Fin.", ["Selon l'art. 22 du texte.", "Fin."]),
        ("It is OpenAI's. Liang found it.", ["It is OpenAI's.", "Liang found it."]),
        ("« Qui ? » demande-t-il. Oui.", ["« Qui ? » demande-t-il.", "Oui."]),
        ("« Elle dort. Il lit. » est un texte. Fin.", ["« Elle dort. Il lit. » est un texte.", "Fin."]),
        ('"She is. He is." is first. Then.', ['"She is. He is." is first.', "Then."]),
        ("(One. Two.) Three.", ["(One. Two.)", "Three."]),
        ("Est-ce vrai\u202f? Oui\u202f! Bien.", ["Est-ce vrai\u202f?", "Oui\u202f!", "Bien."]),
        ("Version 3.8 is out, e.g. Paris has it.", ["Version 3.8 is out, e.g. Paris has it."]),
        ("A line\nanother line", ["A line", "another line"]),
        ("", []),
        ("   \n ", []),
        ("...", ["..."]),
    ],
)
def test_split(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@given(st.text(alphabet='aBé.!?…»«"()” \u202f1\n', max_size=80))
def test_splitting_loses_no_letter(text: str) -> None:
    assert "".join("".join(split(text)).split()) == "".join(text.split())


def hit(number: int, text: str, **changes: object) -> Hit:
    fields: dict[str, object] = {
        "rank": number, "id": f"doc.en#{number}", "doc": "doc", "kind": "course", "lang": "en", "title": "Title",
        "heading": "Head", "text": text, "score": 0.5, "lexical": 0.5,
    }  # fmt: skip
    return Hit.model_validate(fields | changes)


def test_questions_tables_and_commands_are_not_quoted() -> None:
    hits = [
        hit(1, "What is a token? A token is a piece of text.\nToken | size"),
        hit(2, "Run a token now. A token is what you see.", heading="Try it"),
    ]
    assert [quote.text for quote in best_sentences("What is a token?", hits, 4)] == ["A token is a piece of text."]


def test_a_dangling_sentence_brings_the_one_before() -> None:
    hits = [hit(1, "Rain fell in the north. It broke the dam of the valley. Nobody knew why the cook sang.")]
    quotes = best_sentences("What broke the dam of the valley?", hits, 2)
    assert [quote.text for quote in quotes] == ["Rain fell in the north.", "It broke the dam of the valley."]


def test_quotes_are_verbatim_bounded_and_in_reading_order() -> None:
    for question, lang in [("Why did Zoom erase heads?", "en"), ("Qui a été lésé par COMPAS ?", "fr")]:
        hits = search(question, 5, lang)
        for n in (1, 2, 4):
            quotes = best_sentences(question, hits, n)
            assert 1 <= len(quotes) <= n
            texts = {one.id: one.text for one in hits}
            places = [(quote.passage, texts[quote.passage].index(quote.text)) for quote in quotes]
            first = [place for name, place in places if name == places[0][0]]
            assert first == sorted(first)
    assert best_sentences("anything", [], 3) == []
    assert best_sentences("anything", hits, 0) == []


@pytest.mark.parametrize(
    ("question", "lang", "said"),
    [
        ("Pourquoi Twitter a-t-il retiré le recadrage automatique ?", "fr", "parce que"),
        ("Why did Twitter stop cropping pictures automatically?", "en", "because its own study"),
        ("What is a p-value?", "en", "A p-value is the probability"),
        ("Who was harmed by COMPAS?", "en", "wrongly rated as risky"),
        ("C'est quoi une hallucination ?", "fr", "Une hallucination est une sortie fluide"),
        ("Why did Zoom erase heads?", "en", "hypothes"),
        ("Does HireVue still analyse faces?", "en", "January 2021"),
        ("Qu'est-ce que COMPAS ?", "fr", "137 questions"),
        ("Comment fonctionne le mécanisme d'attention ?", "fr", "L’attention est un calcul"),
        ("What is the false positive rate of AI detectors on TOEFL essays?", "en", "61.22%"),
        ("À quoi sert un intervalle de confiance ?", "fr", "95"),
        ("Is the IAT reliable?", "en", "inadequate"),
    ],
)
def test_real_questions_are_answered_by_the_sentence_that_answers(question: str, lang: str, said: str) -> None:
    quotes = best_sentences(question, search(question, 4, lang), 3)
    assert said in " ".join(quote.text for quote in quotes)
