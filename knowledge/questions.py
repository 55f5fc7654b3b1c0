"""The questions that each section of a document answers, written with the documents.

``content/questions/<id>.yaml`` lists, section by section in the order of the
document, questions in both languages. Readers see them as examples; the search
compares what people ask with them (document expansion: Nogueira et al. 2019).
"""

from __future__ import annotations

from functools import lru_cache

from pydantic import BaseModel, ConfigDict, TypeAdapter

from knowledge import documents
from knowledge.documents import Document
from knowledge.passages import IN_SHORT, blocks


class Asked(BaseModel):
    """The questions of a section, named by its English heading."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    section: str
    en: list[str]
    fr: list[str]


@lru_cache(maxsize=512)
def asked(identifier: str) -> list[Asked]:
    """The questions of a document of Autopsie, by section; none for a document that a user added."""
    import yaml

    file = documents.QUESTIONS / f"{identifier}.yaml"
    if not file.is_file():
        return []
    return TypeAdapter(list[Asked]).validate_python(yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader))


def by_heading(document: Document) -> dict[str, Asked]:
    """The questions of the sections by their heading in the language of the document.

    The summary of an incident answers those of its first section; a term of the glossary, what it is.
    """
    headings = [block.text for block in blocks(document.body) if block.kind == "heading"]
    if document.kind == "glossary":
        return {term: _of_term(term) for term in headings}
    found = dict(zip(headings, asked(document.id), strict=False))  # the last section of an incident has none
    if found and document.kind == "incident":
        found[IN_SHORT[document.lang]] = asked(document.id)[0]
    return found


def _of_term(term: str) -> Asked:
    return Asked(
        section=term,
        en=[f"What is {term}?", f"{term}: definition", f"What does {term} mean?"],
        fr=[f"Qu’est-ce que {term} ?", f"Définition : {term}", f"C’est quoi, {term} ?"],
    )
