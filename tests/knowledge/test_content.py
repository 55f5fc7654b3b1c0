"""The texts of the library hold together: twins, sections, references, numbers, commands."""

from __future__ import annotations

import json
import re
import shlex
from functools import cache
from pathlib import Path

import pytest
import yaml

from knowledge import bibliography, documents
from knowledge.documents import Document
from knowledge.passages import blocks
from knowledge.questions import asked
from tests.knowledge.content_numbers import numbers, of_sheets
from tools import registry

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "facts"
SECTIONS = {
    "en": ["What happened", "Who was harmed", "How it works", "The evidence", "The outcome", "Harm and law",
           "Try it", "Questions to take away"],
    "fr": ["Ce qui s’est passé", "Qui a été lésé", "Comment ça marche", "Les preuves", "Les suites",
           "Dommage et droit", "Essayer", "Questions à emporter"],
}  # fmt: skip
LAST = {"en": ["Try it", "What it cannot tell"], "fr": ["Essayer", "Ce que cela ne dit pas"]}
_COMMAND = re.compile(r"`autopsie ([^`]*)`")
_SPAN = re.compile(r"`([a-z]+(?:_[a-z]+)*)`")


def shipped() -> list[Document]:
    return [one for one in documents.documents() if one.kind in ("course", "incident")]


@cache
def twins() -> dict[str, dict[str, Document]]:
    found: dict[str, dict[str, Document]] = {}
    for one in shipped():
        found.setdefault(one.id, {})[one.lang] = one
    return found


def headings(one: Document) -> list[str]:
    return [block.text for block in blocks(one.body) if block.kind == "heading"]


@cache
def checked() -> dict[str, dict[str, str]]:
    """Numbers that no fact sheet has, by document, each with where it comes from."""
    found: dict[str, dict[str, str]] = yaml.safe_load((HERE / "numbers_checked.yaml").read_text(encoding="utf-8"))
    return found


each = pytest.mark.parametrize("one", shipped(), ids=lambda one: f"{one.id}.{one.lang}")


@each
def test_sections(one: Document) -> None:
    found = headings(one)
    if one.kind == "incident":
        assert found == SECTIONS[one.lang]
    else:
        assert 4 <= len(found) <= 7 and found[-2:] == LAST[one.lang]
    assert len(found) == len(headings(twins()[one.id]["fr" if one.lang == "en" else "en"]))


@each
def test_length(one: Document) -> None:
    words = len(one.body.split())
    assert 250 <= words <= 830, words
    long = [block.text[:60] for block in blocks(one.body) if block.kind == "text" and len(block.text.split()) > 150]
    assert long == []


@each
def test_every_number_is_on_a_fact_sheet_or_says_where_it_was_checked(one: Document) -> None:
    sheets = json.loads((HERE / "facts.json").read_text())
    known = {*sheets.get(one.id, []), *sheets["course"], *checked().get(one.id, {})}
    assert numbers(f"{one.summary}\n{one.body}", one.lang) - known == set()


@each
def test_both_languages_give_the_same_numbers(one: Document) -> None:
    other = twins()[one.id]["fr" if one.lang == "en" else "en"]
    assert numbers(one.body, one.lang) == numbers(other.body, other.lang)


@each
def test_every_command_is_accepted_by_its_tool(one: Document) -> None:
    for written in _COMMAND.findall(one.body):
        words = shlex.split(written)
        if words[0] != "run":
            continue
        tool = registry.get(words[1])
        given = {name.removeprefix("--"): value for name, value in zip(words[2::2], words[3::2], strict=True)}
        given.pop("seed", None)
        tool.validate(given)
    future = {name for name in _SPAN.findall(one.body) if name in one.tools} - set(registry.MODULES)
    assert future == set(), "names a tool that is not there yet"


@each
def test_every_reference_is_in_the_bibliography(one: Document) -> None:
    assert one.references and set(one.references) <= set(bibliography.entries())


def test_there_are_all_the_incidents_and_at_least_forty_notes() -> None:
    sheets = json.loads((HERE / "facts.json").read_text())
    assert {one.id for one in shipped() if one.kind == "incident"} == set(sheets) - {"course"}
    assert len({one.id for one in shipped() if one.kind == "course"}) >= 40
    assert all(set(by) == {"en", "fr"} for by in twins().values())


@pytest.mark.skipif(not SHARED.is_dir(), reason="the fact sheets lie beside some checkouts only")
def test_the_numbers_kept_are_those_of_the_fact_sheets() -> None:
    texts = [file.read_text(encoding="utf-8") for file in sorted(SHARED.glob("*.md"))]
    assert of_sheets(texts) == json.loads((HERE / "facts.json").read_text())


def test_no_work_of_the_bibliography_is_cited_nowhere() -> None:
    from tools.registry import all_tools

    files = [file for file in (HERE.parents[1] / "tools").rglob("*") if file.suffix in (".py", ".yaml")]
    sources = "".join(file.read_text(encoding="utf-8") for file in files)
    cited = {key for one in shipped() for key in one.references}
    assert all_tools() and {key for key in bibliography.entries() if key not in cited and key not in sources} == set()


@pytest.mark.parametrize("name", sorted(twins()))
def test_every_section_has_questions_in_both_languages(name: str) -> None:
    wanted = [one for one in headings(twins()[name]["en"]) if one != "Questions to take away"]
    found = asked(name)
    assert [one.section for one in found] == wanted
    for one in found:
        for said in (one.en, one.fr):
            assert len(said) >= 3 and len(set(said)) == len(said)
