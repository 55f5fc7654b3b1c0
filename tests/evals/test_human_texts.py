"""Texts by people: cleaning, cutting, halves, the simulation of learners; the fetched groups where they are here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals import human_sources, human_texts
from evals.human_prose import blocks, is_prose, language, passages, plain, repaired, unwrapped
from evals.human_simple import learner, plainest, plainness, words
from tools.errors import Missing

SENTENCE = "The old man walked slowly down to the harbour and looked at the boats for a while."  # 17 words
PHRASE = "Le vieil homme descendit lentement vers le port et regarda longtemps les bateaux qui rentraient."  # 15 words
EVERYDAY = frozenset(["the", "old", "man", "walked", "down", "to", "and", "looked", "at", "for", "a", "while"])


def test_marks_of_windows_and_entities_are_set_right() -> None:
    assert repaired("l\x92\x9cuvre co\x9bte 3\x80 &amp; plus") == "l’œuvre co›te 3€ & plus"


def test_html_becomes_its_blocks() -> None:
    assert blocks("<p>Un <b>mot</b>&nbsp;ici.</p><ul><li>Deux</li></ul>") == ["Un mot ici.", "Deux"]
    assert plain("a<br/>b") == "ab"


def test_hard_line_breaks_are_undone() -> None:
    assert unwrapped("one\r\ntwo\r\n\r\n three") == ["one two", "three"]


def test_language_by_small_words() -> None:
    assert language(SENTENCE) == "en"
    assert language(PHRASE) == "fr"


@pytest.mark.parametrize(
    "text",
    [
        "x = f(y)",
        "See https://example.org now.",
        "No end mark here",
        "",
        "and so it goes on.",
        "1° Le premier. 2° Le second.",
    ],
)
def test_what_is_not_prose(text: str) -> None:
    assert not is_prose(text, "en")


def test_prose_is_prose_in_its_own_language_only() -> None:
    assert is_prose(SENTENCE, "en") and not is_prose(SENTENCE, "fr")
    assert is_prose(PHRASE, "fr") and not is_prose(PHRASE, "en")


def test_passages_end_with_the_sentence_that_makes_them_long_enough() -> None:
    # 17 words a sentence: 9 sentences are 153 words, the first count from 150; of 14, 5 are left: 85 words, 60 or more
    found = list(passages([SENTENCE] * 14, "en"))
    assert [len(text.split()) for text in found] == [153, 85]


def test_too_little_is_no_passage_and_code_parts_two() -> None:
    assert list(passages([SENTENCE] * 3, "en")) == []  # 51 words
    assert list(passages([*[SENTENCE] * 3, "a = b", *[SENTENCE] * 3], "en")) == []
    assert len(list(passages([*[SENTENCE] * 4, "a = b", *[SENTENCE] * 4], "en"))) == 2  # 68 words each


def test_a_sentence_without_end_is_left_out() -> None:
    endless = "The man and " + "the dog and the cat and " * 40 + "the end."
    assert list(passages([endless], "en")) == []


def test_halves_by_document() -> None:
    assert human_texts.split("xsum/7/0") == human_texts.split("xsum/7/5") == human_texts.split("xsum/7/0~learner")
    share = sum(human_texts.split(f"xsum/{n}/0") == "reference" for n in range(2000)) / 2000
    assert 0.45 < share < 0.55


def test_plainness_counts_common_and_short_words() -> None:
    # in, it: two letters; the, man: common; harbour, boats: not: 4 of 6
    assert plainness("In it the man, harbour boats", EVERYDAY) == pytest.approx(4 / 6)
    assert plainness("", EVERYDAY) == 0
    assert words("Don't l'été") == ["do", "l", "été"]


def test_the_plainest_quarter() -> None:
    texts = {
        "a": "the man",
        "b": "harbour boats",
        "c": "the harbour",
        "d": "boats",
        "e": "the old man",
        "f": "boat",
        "g": "x" * 9,
        "h": "yacht",
    }
    assert plainest(texts, EVERYDAY) == ["a", "e"]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_learners_text_is_the_same_each_time_and_differs_from_its_source(lang: str) -> None:
    text = " ".join([SENTENCE if lang == "en" else PHRASE] * 8)
    assert learner(text, lang, EVERYDAY, "seed") == learner(text, lang, EVERYDAY, "seed")
    assert learner(text, lang, EVERYDAY, "seed") != learner(text, lang, EVERYDAY, "other")
    made = learner(text, lang, EVERYDAY, "seed").split()
    assert 0.7 * len(text.split()) < len(made) <= len(text.split()) + 8


def test_a_sentence_of_a_learner_still_begins_with_a_capital() -> None:
    made = [learner("The man sleeps. The dog sleeps.", "en", EVERYDAY, str(n)) for n in range(20)]
    assert {"Man sleeps. Dog sleeps.", "The man sleeps. The dog sleeps."} <= set(made)


def test_what_is_not_installed_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(human_sources, "SHARE", tmp_path)
    with pytest.raises(Missing, match="apt-get install dasher-data"):
        human_sources.installed("dasher/training_french_FR.txt")
    (tmp_path / "dasher").mkdir()
    (tmp_path / "dasher/training_french_FR.txt").write_text("Un autre texte.")
    with pytest.raises(Missing, match="another version"):
        human_sources.installed("dasher/training_french_FR.txt")


def test_books_lose_what_is_not_theirs(tmp_path: Path) -> None:
    book = tmp_path / "book.txt"
    book.write_text(
        "Header\n*** START OF THIS PROJECT GUTENBERG EBOOK X ***\n\nI\n\nFirst\nline.\n\n"
        "II\n\n-- Second.\n*** END OF THIS PROJECT"
    )
    chapters = list(human_sources._chapters("x", book, human_sources._CHAPTER))
    assert [paragraphs for _, paragraphs in chapters if paragraphs] == [["First line."], ["— Second."]]


def test_law_keeps_what_was_in_force_before_2022() -> None:
    article = {"type": "article", "data": {"texte": "Ancien.", "dateDebut": 1451606400000}}  # 2016
    later = {"type": "article", "data": {"texte": "Récent.", "dateDebut": 1672531200000}}  # 2023
    code = json.loads(
        json.dumps(
            {"data": {"id": "A"}, "children": [{"type": "section", "data": {"id": "B"}, "children": [article, later]}]}
        )
    )
    assert list(human_sources._sections(code, "loi")) == [("loi/A", []), ("loi/B", ["Ancien."])]


@pytest.mark.real
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_groups(lang: str) -> None:
    made = human_texts.groups(lang)
    for name, group in made.items():
        lengths = [len(passage.text.split()) for passage in group.passages]
        assert 60 <= len(lengths) <= human_texts.PER_GROUP, name
        assert min(lengths) >= 60 and max(lengths) <= 400, name
        assert len({passage.id for passage in group.passages}) == len(lengths), name
        assert group.label.en and group.label.fr and group.licence and len(group.sha256) == 64
        halves = [human_texts.split(passage.id) for passage in group.passages]
        assert 0.3 < halves.count("reference") / len(halves) < 0.7, name
        assert not any(mark in passage.text for passage in group.passages for mark in ("<", "{", "http:", "\n")), name
    assert [name for name, group in made.items() if not group.native] in ([], ["learner"])
