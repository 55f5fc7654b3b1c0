"""The index: built once, opened from the disk, built again when a text or the encoder changes."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from knowledge import index, vectors
from knowledge.encoder import encode
from knowledge.passages import Passage
from tests.knowledge.conftest import Write, recorded


def passage(number: int, text: str, lang: str = "en", doc: str = "doc") -> Passage:
    return Passage(
        id=f"{doc}.{lang}#{number}", doc=doc, kind="course", lang=lang, title="Title", heading="Head", text=text,
        start=0, end=0,
    )  # fmt: skip


def test_idf_and_holding_by_hand() -> None:
    found = [passage(1, "bees dance"), passage(2, "bees sting"), passage(3, "trains stop")]
    made = index.assemble("x", found, encode([one.text for one in found]))
    # "bees" is in 2 of 3 passages: ln(1 + (3 − 2 + 0.5) / (2 + 0.5)) = ln 1.6; an unknown word: ln(1 + 3.5 / 0.5) = ln 8
    assert made.idf("bee") == pytest.approx(math.log(1.6))
    assert made.idf("unicorn") == pytest.approx(math.log(8))
    assert [part.tolist() for part in made.holding("bee")] == [[0, 1], [False, False]]
    assert [part.tolist() for part in made.holding("head")] == [[0, 1, 2], [True, True, True]]
    assert made.holding("unicorn")[0].tolist() == []


def test_a_reader_is_offered_their_language_and_what_exists_in_no_other() -> None:
    found = [passage(1, "a", "en", "both"), passage(1, "a", "fr", "both"), passage(1, "a", "en", "english")]
    made = index.assemble("x", found, encode(["a", "b", "c"]))
    assert made.offered["en"].tolist() == [True, False, True]
    assert made.offered["fr"].tolist() == [False, True, True]


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
    assert again is not first and again.passages == first.passages and again.vocabulary == first.vocabulary
    assert (again.vectors.reconstruct_n(0, 2) == first.vectors.reconstruct_n(0, 2)).all()
    assert [one.name for one in (tmp_path / "home" / "index").iterdir()] == [index._file().name]


def test_only_new_passages_are_encoded(library: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    library("bees", "en", "## One\n\nBees dance.\n\n## Two\n\nBees sting.")
    index.current()
    asked = recorded(monkeypatch)
    library("bees", "en", "## One\n\nBees dance.\n\n## Two\n\nBees sleep.")
    assert [one.text for one in index.current().passages] == ["Bees dance.", "Bees sleep."]
    assert asked == ["bees. Two. Bees sleep."]


def test_rebuild_reports_and_a_damaged_file_is_made_again(library: Write) -> None:
    library("bees", "en", "## One\n\nBees dance.")
    counts: list[tuple[int, int]] = []
    assert len(index.rebuild(lambda done, total: counts.append((done, total))).passages) == 1
    assert counts == [(0, 1), (1, 1)]
    file = index._file()
    file.write_bytes(file.read_bytes()[:200])
    index._opened.clear()
    assert not index.is_built()
    assert len(index.current().passages) == 1


def test_an_empty_library_has_an_empty_index(library: Write) -> None:
    assert index.current().passages == []
