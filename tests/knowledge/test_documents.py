"""Front matter: what is accepted, and which sentence names the file and the field when it is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from knowledge import bibliography, documents
from tests.knowledge.conftest import Write
from tools import registry
from tools.errors import AutopsieError


def test_a_document_is_read_with_its_fields_and_its_body(library: Write) -> None:
    library("bees", "en", "## One\n\nBees dance.", extra="tags: [insect, dance]\n")
    [one] = documents.documents()
    assert (one.id, one.kind, one.lang, one.tags, one.aiid) == ("bees", "course", "en", ["insect", "dance"], None)
    assert one.body == "## One\n\nBees dance."


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ("colour: red\n", "field 'colour': Extra inputs are not permitted"),
        ("tags: insect\n", "field 'tags': Input should be a valid list"),
        ("years: [2018]\n", "field 'years': only an incident has it"),
        ("aiid: 3\n", "field 'aiid': only an incident has it"),
        ("body: nothing\n", "without 'body'"),
        ("tags: [one\n", "is not YAML"),
    ],
)
def test_a_wrong_field_is_named_with_its_file(library: Write, extra: str, said: str) -> None:
    library("bees", "en", "Text.", extra=extra)
    with pytest.raises(AutopsieError) as error:
        documents.documents()
    assert "bees.en.md" in error.value.message.en and said in error.value.message.en
    assert "bees.en.md" in error.value.message.fr


def test_an_incident_needs_its_fields(library: Write) -> None:
    file = library("mail", "en", "Text.", kind="incident")
    assert documents.documents()[0].years == [2018, 2021]
    file.write_text(file.read_text().replace("sector: public service\n", ""))
    with pytest.raises(AutopsieError, match="field 'sector': an incident needs it"):
        documents.documents()


def test_a_file_without_front_matter_or_with_another_name_is_refused(library: Write) -> None:
    file = library("bees", "en", "Text.")
    other = file.rename(file.with_name("wasps.en.md"))
    with pytest.raises(AutopsieError, match=r"its name should be bees\.en\.md"):
        documents.documents()
    other.write_text("Just text.")
    with pytest.raises(AutopsieError, match="no front matter"):
        documents.documents()


def test_the_same_document_twice_is_refused(library: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = library("bees", "en", "Text.")
    elsewhere = tmp_path / "other"
    elsewhere.mkdir()
    (elsewhere / file.name).write_text(file.read_text())
    monkeypatch.setattr(documents, "folders", lambda: [file.parent, elsewhere])
    with pytest.raises(AutopsieError, match="has the same"):
        documents.documents()


def test_a_changed_file_is_read_again_and_changes_the_fingerprint(library: Write) -> None:
    file = library("bees", "en", "Bees dance.")
    before = documents.fingerprint()
    assert documents.documents()[0].body == "Bees dance."
    library("bees", "en", "Bees sting.")
    os.utime(file, ns=(1, 1))
    assert documents.documents()[0].body == "Bees sting."
    assert documents.fingerprint() != before
    file.unlink()
    assert documents.documents() == []


def test_a_document_is_given_in_the_other_language_when_it_has_only_that(library: Write) -> None:
    library("bees", "en", "Text.")
    library("wasps", "en", "Text.")
    library("wasps", "fr", "Texte.")
    assert [documents.document(name, "fr").lang for name in ("bees", "wasps")] == ["en", "fr"]  # type: ignore[union-attr]
    assert documents.document("flies", "fr") is None


def test_documents_of_the_user_lie_in_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOPSIE_HOME", str(tmp_path))
    assert documents.folders()[-1] == tmp_path / "documents"
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "mine.fr.md").write_text(
        "---\nid: mine\nkind: added\nlang: fr\ntitle: À moi\nsummary: Une note.\n---\nDu texte.\n", encoding="utf-8"
    )
    assert documents.document("mine", "fr").kind == "added"  # type: ignore[union-attr]


def test_the_shipped_library_is_whole() -> None:
    found = documents.documents()
    written = {(one.id, one.lang) for one in found}
    assert {identifier for identifier, _ in written} and all(
        (identifier, lang) in written for identifier, _ in written for lang in ("en", "fr")
    )
    works = bibliography.entries()
    assert {(one.id, key) for one in found for key in one.references if key not in works} == set()
    twins = {(one.id, one.lang): one for one in found}
    for one in found:
        other = twins[one.id, "fr" if one.lang == "en" else "en"]
        assert (one.kind, one.tools, sorted(one.references), one.years, one.aiid) == (
            other.kind, other.tools, sorted(other.references), other.years, other.aiid,
        )  # fmt: skip


def test_the_glossary_is_a_document() -> None:
    one = documents.document("glossary", "fr")
    assert one is not None and one.kind == "glossary"
    assert one.body.count("## ") == len(bibliography.glossary())


def test_tools_named_by_documents_have_the_names_of_tools() -> None:
    named = {name for one in documents.documents() for name in one.tools}
    assert {name for name in named if not name.replace("_", "").isalpha()} == set()
    assert named & set(registry.MODULES)
