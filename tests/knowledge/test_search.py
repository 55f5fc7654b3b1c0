"""Search: words and meaning, languages, and what it finds in the shipped library."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evals import retrieval
from knowledge import documents, encoder, index
from knowledge.questions import asked
from knowledge.search import Only, search, shared
from knowledge.terms import fold
from tests.knowledge.conftest import Write


def questions(answerable: bool = True) -> list[dict[str, Any]]:
    asked = retrieval.questions(retrieval.ABSTENTION)
    return [one for one in asked if one["split"] == "dev" and one["answerable"] == answerable and "documents" in one]


def test_the_share_of_the_words_by_hand(library: Write) -> None:
    library("bees", "en", "## Dance\n\nBees show the way.\n\n## Sting\n\nBees protect the hive.", title="Insects")
    made = index.current()
    # "dance" stands in #1 only and "hive" in #2 only: both idf = ln(1 + 1.5 / 1.5) = ln 2, so they share the weight.
    # BM25, k1 = 1.5, b = 0.75, on title, heading and text without function words: 3 terms in #1, 5 in #2, 4 on average;
    # a term that stands once gives idf / (1 + 1.5 × (0.25 + 0.75 × length / 4)), half of the whole weight:
    share = [0.5 / (1 + 1.5 * (0.25 + 0.75 * length / 4)) for length in (3, 5)]
    assert shared(made, made.words, "dance hive").tolist() == pytest.approx(share)
    assert shared(made, made.words, "of the").tolist() == [0, 0]
    hits = search("dance hive", lang="en")
    assert [one.rank for one in hits] == [1, 2] and hits[0].strength >= hits[1].strength


def test_a_word_is_found_in_the_other_language(library: Write) -> None:
    pairs = [
        ("Bees dance.", "Les abeilles dansent."),
        ("Bees sting.", "Les abeilles piquent."),
        ("Dogs bark.", "Les chiens aboient."),
    ]
    for i, (english, french) in enumerate(pairs):
        library(f"note-{i}", "en", english)
        library(f"note-{i}", "fr", french)
    made = index.current()
    assert max(made.lexicon["bee"], key=lambda term: made.lexicon["bee"][term]) == "abeill"
    assert made.lexicon["abeill"]["bee"] > 0.5
    share = shared(made, made.words, "bees")
    assert all(
        (share[row] > 0) == ("abeille" in one.text or "Bees" in one.text) for row, one in enumerate(made.passages)
    )


def test_a_written_question_leads_to_its_section(
    library: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library("bees", "en", "## One\n\nThe angle is that of the flowers.\n\n## Two\n\nThe comb is of wax.")
    assert search("Who tells the sisters where to fly?", k=1, lang="en")[0].asked < 0.4
    written = "- section: One\n  en: [How do sisters know where to fly?]\n  fr: [Qui indique le chemin ?]\n- section: Two\n  en: [x]\n  fr: [y]\n"
    monkeypatch.setattr(documents, "QUESTIONS", tmp_path / "questions")
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "bees.yaml").write_text(written, encoding="utf-8")
    asked.cache_clear()
    hit = search("Who tells the sisters where to fly?", k=1, lang="en")[0]
    asked.cache_clear()
    assert hit.id == "bees.en#1" and hit.asked > 0.5


def test_only_what_is_asked_for_is_searched(library: Write) -> None:
    library("bees", "en", "Bees dance to show where flowers are.", extra="tags: [insect]\n")
    library("mail", "en", "Flowers came by mail.", kind="incident", extra="tags: [post]\n")
    assert {hit.doc for hit in search("flowers", lang="en", only=Only(kind="incident"))} == {"mail"}
    assert {hit.doc for hit in search("flowers", lang="en", only=Only(tag="insect"))} == {"bees"}
    assert {hit.doc for hit in search("flowers", lang="en", only=Only(doc="bees"))} == {"bees"}
    assert search("flowers", only=Only(tag="nothing")) == []


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


@pytest.mark.real
@pytest.mark.parametrize("doc", ["ofqual-2020", "compas", "tay"])
@pytest.mark.parametrize(
    ("question", "lang", "heading"),
    [
        ("What happened next?", "en", "The outcome"),
        ("Who suffered?", "en", "Who was harmed"),
        ("How do we know?", "en", "The evidence"),
        ("Is it legal?", "en", "Harm and law"),
        ("Et ensuite ?", "fr", "Les suites"),
        ("Qui en a souffert ?", "fr", "Qui a été lésé"),
        ("Quelles preuves ?", "fr", "Les preuves"),
    ],
)
def test_a_bare_question_inside_a_document_finds_its_section(doc: str, question: str, lang: str, heading: str) -> None:
    assert search(question, 1, lang, Only(doc=doc))[0].heading == heading
