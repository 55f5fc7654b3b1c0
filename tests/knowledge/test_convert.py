"""What files say, in every format; and what is said of files that cannot be read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from knowledge.convert import FILE, convert
from tests.knowledge import samples
from tools.errors import BadInput


def body(tmp_path: Path, name: str, data: bytes) -> str:
    (tmp_path / name).write_bytes(data)
    return convert(tmp_path / name).body


def test_a_page_of_prose_is_joined_and_keeps_its_number(tmp_path: Path) -> None:
    found = body(tmp_path, "bees.pdf", samples.pdf(samples.PAGES))
    assert found.startswith("<!-- p. 1 -->\n\nBees dance to show")
    assert "the dark of the hive, on the comb. The angle" in found
    assert found.endswith("<!-- p. 2 -->\n\nHoney comes later. It is made from nectar.")


def test_a_wide_page_is_a_slide_with_its_title(tmp_path: Path) -> None:
    found = body(tmp_path, "slides.pdf", samples.pdf(samples.SLIDES, 842, 595))
    assert found.startswith("<!-- p. 1 -->\n\n## The dance of bees\n\nBees dance to show the flowers.")
    assert "<!-- p. 2 -->\n\n## Honey" in found


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    pages = [f"Annals of bees\nPage {name} says something about bees.\n{n}" for n, name in enumerate("abcdef", 1)]
    found = body(tmp_path, "annals.pdf", samples.pdf(pages))
    assert "Annals" not in found and "Page a says something about bees.\n" in found


def test_a_presentation_keeps_slides_tables_and_notes(tmp_path: Path) -> None:
    found = body(tmp_path, "bees.pptx", samples.pptx())
    first, second = found.split("<!-- p. 2 -->")
    assert "## The dance of bees" in first and "- The angle is the direction" in first and "von Frisch" in first
    assert "## Two dances" in second and "| waggle | above 100 m |" in second


def test_a_word_document_keeps_headings_and_tables(tmp_path: Path) -> None:
    found = body(tmp_path, "bees.docx", samples.docx())
    assert "# The dance of bees" in found and "where the flowers are." in found and "above 100 m |" in found


def test_a_web_page_loses_its_menus_and_scripts(tmp_path: Path) -> None:
    (tmp_path / "bees.html").write_text(samples.HTML)
    found = convert(tmp_path / "bees.html")
    assert found.title == "Bees and trains"
    assert "Menu" not in found.body and "secret" not in found.body and "| waggle | above 100 m |" in found.body


def test_markdown_stays_as_it_is_without_its_front_matter(tmp_path: Path) -> None:
    (tmp_path / "bees.md").write_text(samples.MARKDOWN)
    found = convert(tmp_path / "bees.md")
    assert found.title == "Notes on bees" and "author" not in found.body and "| waggle | above 100 m |" in found.body


def test_titles_in_a_plain_text_become_headings(tmp_path: Path) -> None:
    found = body(tmp_path, "abeilles.txt", samples.TEXT.encode())
    assert "## La danse" in found and "## Le miel" in found and "\n- Les abeilles le font" in found


def test_marks_that_mean_nothing_in_a_plain_text_are_no_markdown(tmp_path: Path) -> None:
    found = body(
        tmp_path, "code.txt", b"Some lines of R follow here, as an example.\n\n# a comment\nx <- 3\n\n<b>not a tag</b>"
    )
    assert r"\# a comment" in found and r"\<b>" in found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_accents_survive_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    assert "où sont les fleurs" in body(tmp_path, "abeilles.txt", samples.TEXT.encode(encoding))


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 450_000_000)
    return out.getvalue()


REFUSED = {
    "empty.txt": (b"", "it holds no text"),
    "blank.md": (b"\n  \n", "it holds no text"),
    "dots.txt": (b"... --- ... 12 34 56", "it holds no text"),
    "nothing.pdf": (samples.pdf([""]), "pictures without text"),
    "locked.pdf": (samples.pdf(["Secret bees"], encrypted=True), "password"),
    "cut.pdf": (b"%PDF-1.7\nnothing follows", "damaged"),
    "cut.pptx": (samples.pptx()[:9000], "damaged"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old or a protected Office file"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not a text"),
    "noise.txt": (bytes(1 + i % 31 for i in range(3000)), "not a text"),
    "archive.zip": (b"PK\x05\x06" + bytes(18), "not a text"),
    "bomb.docx": (bomb(), "larger than"),
    "long.txt": (b"bees " * 700_000, "larger than"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    data, why = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadInput) as error:
        convert(tmp_path / name)
    assert error.value.message.en.startswith(f"{name} was not added: ") and why in error.value.message.en
    assert error.value.message.fr.startswith(f"{name} n’a pas été ajouté")


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as out:
        out.truncate(FILE + 1)
    with pytest.raises(BadInput, match="larger than 50 MB"):
        convert(tmp_path / "huge.txt")
    with pytest.raises(BadInput, match="no such file"):
        convert(tmp_path / "nowhere.txt")
