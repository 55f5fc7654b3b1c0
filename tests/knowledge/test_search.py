"""Search: words and meaning, languages, and what it finds in the shipped library."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from knowledge import documents, encoder, index
from knowledge.search import LEXICAL, search, shared
from knowledge.terms import fold
from tests.knowledge.conftest import Write

DEV = Path(__file__).resolve().parents[2] / "evals" / "data" / "abstain_dev.jsonl"


def questions(answerable: bool = True) -> list[dict[str, Any]]:
    asked = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    return [one for one in asked if one["answerable"] == answerable]


def test_the_share_of_the_words_by_hand(library: Write) -> None:
    library("bees", "en", "## Dance\n\nBees show the way.\n\n## Sting\n\nBees protect the hive.", title="Insects")
    made = index.current()
    # "dance" is in the heading of #1 only, "hive" in the text of #2 only; both in 1 of 2 passages, so of equal weight.
    # #1: in full, one word of two = 0.5; #2: by half, one word of two = 0.25.
    assert shared(made, "dance hive").tolist() == pytest.approx([0.5, 0.25])
    assert shared(made, "of the").tolist() == [0, 0]
    [first, second] = search("dance hive", lang="en")
    assert first.strength == pytest.approx(first.score + LEXICAL * first.lexical)
    assert {first.rank, second.rank} == {1, 2}


def test_a_rare_name_is_found_when_the_meaning_says_nothing(library: Write) -> None:
    for i in range(8):
        library(f"note-{i}", "en", f"## Part\n\nSome remarks on trains and rivers, number {i}.")
    library("names", "en", "## Part\n\nA remark by Zwicky.")
    assert search("Zwicky", k=1)[0].doc == "names"


def test_the_language_asked_for_is_the_one_given(library: Write) -> None:
    library("bees", "en", "## Dance\n\nBees dance to show where flowers are.")
    library("bees", "fr", "## Danse\n\nLes abeilles dansent pour montrer où sont les fleurs.")
    library("wasps", "en", "## Nest\n\nWasps build nests of paper near flowers.")
    assert [hit.id for hit in search("Where are the flowers?", lang="fr")] == ["bees.fr#1", "wasps.en#1"]
    assert [hit.id for hit in search("Où sont les fleurs ?", lang="en")] == ["bees.en#1", "wasps.en#1"]


def test_without_a_language_a_document_answers_in_one(library: Write) -> None:
    library("bees", "en", "## Dance\n\nBees dance to show where flowers are.\n\n## Sting\n\nBees sting.")
    library("bees", "fr", "## Danse\n\nLes abeilles dansent pour montrer où sont les fleurs.")
    hits = search("Où sont les fleurs et que font les abeilles ?")
    assert hits[0].id == "bees.fr#1" and {hit.lang for hit in hits} == {"fr"}


def test_what_something_is_is_answered_from_the_opening_of_an_incident(library: Write) -> None:
    library("mail", "en", "## What\n\nMailbot sorted letters.\n\n## Later\n\nMailbot was debated.", kind="incident")
    order = {query: [hit.id for hit in search(query, lang="en")] for query in ("Mailbot", "What is Mailbot?")}
    assert order == {
        "Mailbot": ["mail.en#2", "mail.en#1", "mail.en#0"],
        "What is Mailbot?": ["mail.en#1", "mail.en#2", "mail.en#0"],
    }


@pytest.mark.parametrize(("query", "k"), [("", 5), ("  \n", 5), ("bees", 0), ("bees", -1)])
def test_nothing_asked_nothing_found(library: Write, query: str, k: int) -> None:
    library("bees", "en", "Bees dance.")
    assert search(query, k) == []


def test_an_empty_library_finds_nothing(library: Write) -> None:
    assert search("bees") == [] and search("bees", lang="fr") == []


def test_a_long_or_odd_query_is_searched(library: Write) -> None:
    library("bees", "en", "Bees dance.")
    assert len(search("bees " * 2000)) == 1
    assert len(search("🐝 ??? «»\x00", lang="en")) == 1


def test_there_are_never_more_hits_than_passages() -> None:
    assert len(search("bias", k=100, lang="en")) == 100
    everything = search("bias", k=10_000, lang="fr")
    assert len(everything) == len({hit.id for hit in everything}) <= len(index.current().passages)
    assert [hit.rank for hit in everything[:5]] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_shipped_library_answers_its_questions(lang: str) -> None:
    asked = [one for one in questions() if one["lang"] == lang]
    right_passage = right_document = 0
    for one in asked:
        hits = search(one["question"], k=5, lang=lang)
        of_documents = [hit for hit in hits if hit.doc in one["documents"]]
        right_document += bool(of_documents)
        right_passage += any(fold(one["says"]) in fold(f"{hit.heading} {hit.text}") for hit in of_documents)
    assert len(asked) == 30
    assert right_document >= 29
    assert right_passage >= 26


def test_the_questions_can_be_answered_by_the_shipped_library() -> None:
    held = index.current().passages
    for one in questions():
        assert any(
            passage.doc in one["documents"] and fold(one["says"]) in fold(f"{passage.heading} {passage.text}")
            for passage in held
            if passage.lang == one["lang"]
        ), one["question"]


def test_a_warm_search_takes_milliseconds() -> None:
    search("warm up", lang="en")
    times = []
    for one in questions()[:20]:
        started = time.process_time()
        search(one["question"], lang=one["lang"])
        times.append(time.process_time() - started)
    assert sorted(times)[10] < 0.015


def test_a_document_of_the_user_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = documents.folders()
    monkeypatch.setattr(documents, "folders", lambda: [*folders[:2], tmp_path])
    monkeypatch.setenv("AUTOPSIE_HOME", str(tmp_path / "home"))
    (tmp_path / "mine.en.md").write_text(
        "---\nid: mine\nkind: added\nlang: en\ntitle: Bee notes\nsummary: Notes.\n---\n## Waggle\n\nBees waggle.\n"
    )
    assert search("What is the waggle of bees?", k=1, lang="fr")[0].id == "mine.en#1"


def test_the_encoder_of_the_index_is_the_one_in_use() -> None:
    assert index.current().vectors.d == encoder.dimensions()
