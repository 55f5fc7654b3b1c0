"""Documents of the user: added, recognised, replaced, removed; what is damaged changes nothing."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from knowledge import added, documents, index
from knowledge.added import Outcome, add, remove
from knowledge.search import search
from tests.knowledge import samples
from tests.knowledge.conftest import Write, recorded
from tools.errors import BadInput

ENGLISH = "# Bees\n\nThe bees of this garden dance to show their sisters where the flowers are, and how far it is.\n"


@pytest.fixture
def shelf(library: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty library that also reads its user's documents; files to add are written in the folder returned."""
    folder = documents.folders()[0]
    monkeypatch.setattr(documents, "folders", lambda: [folder, tmp_path / "home" / "documents"])
    desk = tmp_path / "desk"
    desk.mkdir()
    return desk


def put(desk: Path, name: str, text: str | bytes) -> Path:
    (desk / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return desk / name


def only(outcomes: list[Outcome]) -> Outcome:
    assert len(outcomes) == 1
    return outcomes[0]


def test_every_format_becomes_a_document_that_is_found(shelf: Path) -> None:
    for name, data in samples.all_formats().items():
        put(shelf, name, data)
    found = {one.file: one for one in add([shelf])}
    assert {one.status for one in found.values()} == {"added"} and len(found) == len(samples.all_formats())
    assert {name: one.document.lang for name, one in found.items() if one.document} == {
        name: "fr" if name == "abeilles.txt" else "en" for name in found
    }
    assert found["bees.html"].document.title == "Bees and trains"  # type: ignore[union-attr]
    hits = search("Which dance is for more than 100 m?", k=20, lang="en")
    assert {"bees-2", "bees-3", "bees-4", "bees-5"} <= {hit.doc for hit in hits}
    slide = next(hit for hit in hits if hit.text.startswith("They make it from") or "Honey" in hit.text)
    assert "p. 1" in slide.heading or "p. 2" in slide.heading


def test_the_language_is_detected_and_another_one_is_refused_unless_it_is_said(shelf: Path) -> None:
    put(shelf, "miel.txt", "La miel es un alimento que las abejas hacen con el néctar de las flores de la primavera.")
    refused = only(list(add([shelf / "miel.txt"])))
    assert refused.status == "refused" and refused.why is not None and "'es'" in refused.why.en
    assert documents.documents() == []
    assert only(list(add([shelf / "miel.txt"], lang="fr"))).status == "added"


def test_the_same_words_are_not_added_twice(shelf: Path) -> None:
    first = only(list(add([put(shelf, "bees.md", ENGLISH)])))
    again = only(list(add([put(shelf, "copy.txt", ENGLISH.replace("# ", "").replace("\n\n", "\n\n\n\n"))])))
    assert (first.status, again.status) == ("added", "present")
    assert again.document == first.document and again.why is not None and "bees.md" in again.why.fr


def test_a_new_version_takes_the_place_of_the_old_one(shelf: Path) -> None:
    add_one = lambda text: only(list(add([put(shelf, "bees.md", text)])))  # noqa: E731
    add_one(ENGLISH)
    second = add_one(ENGLISH.replace("dance", "sing"))
    assert second.status == "replaced" and [one.id for one in documents.documents()] == ["bees"]
    third = add_one("# Abeilles\n\nLes abeilles de ce jardin chantent pour dire à leurs sœurs où sont les fleurs.\n")
    assert third.status == "replaced" and [(one.id, one.lang) for one in documents.documents()] == [("bees", "fr")]


def test_only_new_passages_are_encoded(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    list(add([put(shelf, "bees.md", ENGLISH)]))
    index.current()
    asked = recorded(monkeypatch)
    list(add([put(shelf, "trains.md", "# Trains\n\nThe trains of this country stop at every station of the line.")]))
    assert len(index.current().passages) == 2
    assert asked and not any("dance" in text for text in asked)


def test_a_removed_document_is_found_no_more(shelf: Path) -> None:
    list(add([put(shelf, "bees.md", ENGLISH)]))
    assert search("flowers", lang="en")
    assert remove("bees").title == "Bees"
    assert search("flowers", lang="en") == []
    with pytest.raises(BadInput, match="no added document 'bees'"):
        remove("bees")


def test_a_document_of_autopsie_cannot_be_removed(shelf: Path, library: Write) -> None:
    file = library("wasps", "en", "Wasps build nests.")
    with pytest.raises(BadInput):
        remove("wasps")
    assert file.exists()
    put(shelf, "wasps.md", ENGLISH)
    assert only(list(add([shelf / "wasps.md"]))).document.id == "wasps-2"  # type: ignore[union-attr]


def test_names_that_are_no_letters_and_a_folder_without_files(shelf: Path) -> None:
    found = only(list(add([put(shelf, "«!».md", ENGLISH.replace("# Bees", ""))])))
    assert found.document is not None and found.document.id == "document"
    (shelf / "empty").mkdir()
    assert [one.status for one in add([shelf / "empty", shelf / "nowhere.pdf"])] == ["refused", "refused"]


def test_a_text_that_looks_like_a_front_matter_stays_a_text(shelf: Path) -> None:
    text = f"Bees: [1, 2\n---\nid: other\n---\n{ENGLISH}"
    found = only(list(add([put(shelf, 'a: "b" #.txt', text)])))
    assert found.status == "added" and documents.documents()[0].id == "a-b"


def test_two_at_once_do_not_keep_the_same_text_twice(shelf: Path) -> None:
    files = [put(shelf, f"bees-{i}.md", ENGLISH) for i in range(4)]
    gate = threading.Barrier(4)

    def one(file: Path) -> str:
        gate.wait()
        return only(list(add([file]))).status

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, files)) == ["added", "present", "present", "present"]


def mutated(data: bytes, rng: random.Random) -> bytes:
    """A file as a bad disk or a bad intention would leave it."""
    kind = rng.randrange(6)
    at = rng.randrange(len(data))
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + rng.randbytes(rng.randrange(1, 400)) + data[at:]
    if kind == 2:
        return data[:at] + data[at + rng.randrange(1, 400) :]
    if kind == 3:
        return data[:at] + data[: rng.randrange(len(data))] + data[at:]
    changed = bytearray(data)
    for _ in range(rng.randrange(1, 60) if kind == 4 else len(data) // 8):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


@pytest.mark.real
def test_two_hundred_damaged_files_break_nothing(shelf: Path) -> None:
    rng = random.Random(0)
    whole = list(samples.all_formats().items())
    files = [
        put(shelf, f"{i:03}-{name}", mutated(data, rng)) for i in range(200) for name, data in [whole[i % len(whole)]]
    ]
    with ThreadPoolExecutor(2) as pool:
        outcomes = [only(found) for found in pool.map(lambda file: list(add([file], lang="en")), files)]
    assert {one.status for one in outcomes} <= {"added", "present", "refused"}
    refused = [one for one in outcomes if one.status == "refused"]
    assert (
        all(one.why is not None and "n’a pas été ajouté" in one.why.fr for one in refused) and 40 < len(refused) < 190
    )
    kept = [one.document.id for one in outcomes if one.status == "added" and one.document]
    assert sorted(kept) == sorted(one.id for one in documents.documents())  # every file on the shelf can be read
    made = index.current()
    assert {one.doc for one in made.passages} <= set(kept) and made.vectors.ntotal == len(made.passages)
    left = {file.suffix for file in (added.home() / "documents").iterdir()} - {".md"}
    assert left <= {""}  # nothing half written; the lock is free:
    assert only(list(add([put(shelf, "bees.md", ENGLISH.replace("bees", "ants"))]))).status == "added"
