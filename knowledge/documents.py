"""The documents of the library: Markdown files with a YAML front matter, checked when they are read.

A document is ``<id>.<lang>.md``. Those of Autopsie lie in ``knowledge/content``;
those that a user adds lie in the folder ``documents`` of Autopsie's home. The
glossary is read as one document more, with one section a term.
"""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from knowledge import CONTENT
from knowledge.bibliography import GLOSSARY, glossary
from knowledge.categories import AI_ACT, HARMS, MECHANISMS, SECTORS
from tools.errors import AutopsieError
from tools.specimens.home import home

QUESTIONS = CONTENT / "questions"  # read by ``knowledge.questions``
FENCE = "---\n"
Kind = Literal["course", "incident", "added", "glossary"]

Stat = tuple[str, int, int]
"""A path, its time of last change in nanoseconds, its size in bytes."""


class Document(BaseModel):
    """A text of the library and what its front matter says about it.

    The fields from ``years`` to ``aiid`` describe an incident and belong to no
    other kind; the values of four of them stand in ``knowledge.categories``.
    ``aiid`` is the number in the AI Incident Database, ``None`` when it lists none.
    ``source`` (the name of the file) and ``sha256`` (of its words) describe an added document.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    kind: Kind
    lang: Literal["en", "fr"]
    title: str = Field(min_length=1)
    summary: str = Field(min_length=1)
    tags: list[str] = Field(default_factory=list)
    tools: list[str] = Field(default_factory=list)
    references: list[str] = Field(default_factory=list)
    years: list[int] = Field(default_factory=list)
    organisation: str = ""
    sector: str = ""
    harms: list[str] = Field(default_factory=list)
    mechanisms: list[str] = Field(default_factory=list)
    ai_act: str = ""
    aiid: int | None = None
    source: str = ""
    sha256: str = ""
    body: str = Field(min_length=1)

    @model_validator(mode="after")
    def _incident_fields(self) -> Document:
        known = {"sector": SECTORS, "harms": HARMS, "mechanisms": MECHANISMS, "ai_act": AI_ACT}
        required = ("years", "organisation", *known)
        if self.kind == "incident":
            for name in required:
                if not (value := getattr(self, name)):
                    raise ValueError(f"field '{name}': an incident needs it")
                for one in [value] if isinstance(value, str) else value:
                    if name in known and one not in known[name]:
                        raise ValueError(f"field '{name}': '{one}' is not one of {', '.join(known[name])}")
        elif given := self.model_fields_set & {*required, "aiid"}:
            raise ValueError(f"field '{min(given)}': only an incident has it")
        return self


def folders() -> list[Path]:
    """Where documents are read from; a folder that does not exist is skipped."""
    return [CONTENT / "course", CONTENT / "incidents", home() / "documents"]


def signature() -> tuple[Stat, ...]:
    """Path, time and size of every file: changes when a document is added, edited or removed."""
    found = [stat for folder in folders() for stat in _stats(folder, ".md")] + _stats(QUESTIONS, ".yaml")
    return tuple(found + _stats(GLOSSARY.parent, GLOSSARY.name))


def _stats(folder: Path, ending: str) -> list[Stat]:
    """The files of a folder with this ending, by name; asked at every search, so read with one call a file."""
    try:
        with os.scandir(folder) as entries:
            files = sorted((entry.path, entry.stat()) for entry in entries if entry.name.endswith(ending))
    except FileNotFoundError:
        return []
    return [(path, stat.st_mtime_ns, stat.st_size) for path, stat in files]


def documents() -> list[Document]:
    """Every document, in the order of its file name; read again when a file changed.

    Raises ``AutopsieError`` naming the file and the field when a front matter is wrong.
    """
    return list(_load(signature()))


def document(identifier: str, lang: str) -> Document | None:
    """The document in this language, else in the other one; ``None`` when the library does not hold it."""
    found: dict[str, Document] = {one.lang: one for one in documents() if one.id == identifier}
    return found.get(lang) or next(iter(found.values()), None)


def fingerprint() -> str:
    """SHA-256 of the names and bytes of all document files."""
    return _hash(signature())


def read(file: Path) -> Document:
    """One document file; ``AutopsieError`` names the file and the field that is wrong."""
    import yaml

    text = file.read_text(encoding="utf-8")
    if not text.startswith(FENCE) or FENCE not in text[len(FENCE) :]:
        raise _wrong(file, "it has no front matter between two lines '---'")
    head, body = text[len(FENCE) :].split(FENCE, 1)
    try:
        fields: dict[str, Any] = yaml.safe_load(head)
    except yaml.YAMLError as error:
        raise _wrong(file, f"its front matter is not YAML ({' '.join(str(error).split())})") from error
    if not isinstance(fields, dict) or "body" in fields:
        raise _wrong(file, "its front matter must be a list of 'field: value' lines, without 'body'")
    try:
        found = Document(**fields, body=body.strip("\n"))
    except ValidationError as error:
        raise _wrong(file, _first(error)) from error
    if file.name != f"{found.id}.{found.lang}.md":
        raise _wrong(file, f"its name should be {found.id}.{found.lang}.md, from its fields 'id' and 'lang'")
    return found


@lru_cache(maxsize=4096)
def _read(stat: Stat) -> Document:
    """A file as it was at that time: not read again when another one changes."""
    return read(Path(stat[0]))


@lru_cache(maxsize=1)
def _load(files: tuple[Stat, ...]) -> tuple[Document, ...]:
    found: dict[tuple[str, str], Path] = {}
    result = []
    for stat in files:
        path = stat[0]
        if Path(path) == GLOSSARY:
            result += [_glossary("en"), _glossary("fr")]
        if not path.endswith(".md"):
            continue
        one = _read(stat)
        if (one.id, one.lang) in found:
            raise _wrong(Path(path), f"field 'id': {found[one.id, one.lang]} has the same")
        found[one.id, one.lang] = Path(path)
        result.append(one)
    return tuple(result)


@lru_cache(maxsize=1)
def _hash(files: tuple[Stat, ...]) -> str:
    digest = hashlib.sha256()
    for path, _, _ in files:
        file = Path(path)
        digest.update(f"{file.name}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def _glossary(lang: Literal["en", "fr"]) -> Document:
    """The glossary as a document whose headings are the terms."""
    terms = [term.fr if lang == "fr" else term.en for term in glossary()]
    return Document(
        id="glossary",
        kind="glossary",
        lang=lang,
        title="Glossaire" if lang == "fr" else "Glossary",
        summary=f"{len(terms)} termes du cours et des mesures."
        if lang == "fr"
        else f"{len(terms)} terms of the course and of the measurements.",
        body="\n\n".join(f"## {term.term}\n\n{term.definition}" for term in terms),
    )


def _first(error: ValidationError) -> str:
    """The first problem of a front matter, with the name of the field."""
    problem = error.errors(include_url=False)[0]
    why = problem["msg"].removeprefix("Value error, ")
    return f"field '{problem['loc'][0]}': {why}" if problem["loc"] else why


def _wrong(file: Path, why: str) -> AutopsieError:
    return AutopsieError(
        f"{file.name} cannot be read: {why}. Correct the file, or move it out of {file.parent}.",
        f"{file.name} ne peut pas être lu ({why}). Corrigez le fichier, ou sortez-le de {file.parent}.",
    )
