"""The index: built once, opened from the disk, built again when a text or the encoder changes."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from knowledge import index, vectors
from knowledge.documents import Document
from knowledge.encoder import encode
from knowledge.passages import Passage
from tests.knowledge.conftest import Write, recorded


def passage(number: int, text: str, lang: str = "en", doc: str = "doc") -> Passage:
    return Passage(
        id=f"{doc}.{lang}#{number}", doc=doc, kind="course", lang=lang, title="Title", heading="Head", text=text,
        start=0, end=0,
    )  # fmt: skip


def made(found: list[Passage]) -> index.Index:
    """An index of these passages, each document summed up by its name."""
    shelf = [
        Document(id=doc, kind="course", lang=lang, title="Title", summary=doc, body="Text.")  # type: ignore[arg-type]
        for doc, lang in dict.fromkeys((one.doc, one.lang) for one in found)
    ]
    vectors = encode([one.text for one in found])
    return index.assemble("x", shelf, found, {}, vectors, encode([one.summary for one in shelf]), vectors[:0])


def test_idf_and_scores_by_hand() -> None:
    found = made([passage(1, "bees dance"), passage(2, "bees sting"), passage(3, "trains stop")])
    # "bees" is in 2 of 3 passages: ln(1 + (3 − 2 + 0.5) / (2 + 0.5)) = ln 1.6; an unknown word: ln(1 + 3.5 / 0.5) = ln 8
    assert found.idf("bee") == pytest.approx(math.log(1.6))
    assert found.idf("unicorn") == pytest.approx(math.log(8))
    # BM25 with k1 = 1.5, all texts of equal length: idf × 1 / (1.5 + 1)
    assert found.words.scores({"bee": 1.0, "unicorn": 1.0}).tolist() == pytest.approx([math.log(1.6) / 2.5] * 2 + [0])
    assert found.words.scores({"bee": 0.5}).tolist() == pytest.approx([math.log(1.6) / 5] * 2 + [0])


def test_a_reader_is_offered_their_language_and_what_exists_in_no_other() -> None:
    found = made([passage(1, "a", "en", "both"), passage(1, "a", "fr", "both"), passage(1, "a", "en", "english")])
    assert found.offered["en"].tolist() == [True, False, True]
    assert found.offered["fr"].tolist() == [False, True, True]


def test_numbers_and_citations_are_not_encoded() -> None:
    said = index.words_only("About 61% of 10,000 essays (Liang et al., 2023) and 1\u202f234,5 words (short).")
    assert "".join(said.split()) == "Aboutofessaysandwords(short)."


def test_the_index_is_opened_from_the_disk(library: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library("bees", "en", "## One\n\nBees dance.\n\n## Two\n\nBees sting.")
    assert not index.is_built()
    first = index.current()
    assert [one.id for one in first.passages] == ["bees.en#1", "bees.en#2"]
    assert index.is_built() and index.current() is first
    index._opened.clear()
    monkeypatch.setattr(vectors, "encode", lambda *_: pytest.fail("encoded again"))
    again = index.current()
    assert again is not first and again.passages == first.passages and again.lexicon == first.lexicon
    assert (again.vectors.reconstruct_n(0, 2) == first.vectors.reconstruct_n(0, 2)).all()
    assert again.words.scores({"bee": 1.0}).tolist() == first.words.scores({"bee": 1.0}).tolist()
    assert len(list((tmp_path / "home" / "index").iterdir())) == 1


def test_only_new_passages_are_encoded(library: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    library("bees", "en", "## One\n\nBees dance.\n\n## Two\n\nBees sting.")
    index.current()
    asked = recorded(monkeypatch)
    library("bees", "en", "## One\n\nBees dance.\n\n## Two\n\nBees sleep.")
    assert [one.text for one in index.current().passages] == ["Bees dance.", "Bees sleep."]
    assert asked == ["bees. Two. Bees sleep."]
    assert len(list((index.home() / "index").iterdir())) == 1


def test_rebuild_reports_and_a_damaged_file_is_made_again(library: Write) -> None:
    library("bees", "en", "## One\n\nBees dance.")
    counts: list[tuple[int, int]] = []
    assert len(index.rebuild(lambda done, total: counts.append((done, total))).passages) == 1
    assert counts == [(0, 2), (2, 2)]  # a passage, and the summary of its document
    for name in ("passages.json", "arrays.npz", "vectors.faiss"):
        [folder] = (index.home() / "index").iterdir()
        (folder / name).write_bytes((folder / name).read_bytes()[:20])
        index._opened.clear()
        assert not index.is_built()
        assert len(index.current().passages) == 1


def test_an_empty_library_has_an_empty_index(library: Write) -> None:
    assert index.current().passages == []
