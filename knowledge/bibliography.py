"""The bibliography and the glossary of the library."""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from knowledge import CONTENT
from tools.errors import AutopsieError, BadInput

AND = {"en": " and ", "fr": " et "}
UNDATED = {"en": "n.d.", "fr": "s. d."}
GLOSSARY = CONTENT / "glossary.yaml"
_ENTRY = re.compile(r"@(\w+)\s*\{\s*([^,\s]+)\s*,")
_FIELD = re.compile(r"\s*([\w-]+)\s*=\s*")


class Entry(BaseModel):
    """One work: its type ("article"), its key ("yee2021") and its fields as plain text.

    An author is "Family, Given", the name of an organisation, or "others".
    """

    model_config = ConfigDict(frozen=True)

    key: str
    type: str
    authors: list[str]
    fields: dict[str, str]

    @property
    def url(self) -> str:
        """Where the work can be read; "" when the entry says nothing."""
        if doi := self.fields.get("doi"):
            return f"https://doi.org/{doi}"
        if self.fields.get("archiveprefix", "").lower() == "arxiv" and "eprint" in self.fields:
            return f"https://arxiv.org/abs/{self.fields['eprint']}"
        return self.fields.get("url", "")


class Definition(BaseModel):
    """A term and what it means, in one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    term: str = Field(min_length=1)
    definition: str = Field(min_length=1)


class Term(BaseModel):
    """A glossary entry in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    en: Definition
    fr: Definition


@lru_cache(maxsize=1)
def entries() -> dict[str, Entry]:
    """Every work of ``bibliography.bib``, by key."""
    file = CONTENT / "bibliography.bib"
    return {entry.key: entry for entry in parse(file.read_text(encoding="utf-8"), file.name)}


def reference(key: str, lang: str = "en") -> str:
    """A work as a line: authors (year). Title. Where it was published. Address."""
    if key not in entries():
        raise BadInput(f"The bibliography has no work '{key}'.", f"La bibliographie n’a pas d’ouvrage « {key} ».")
    entry = entries()[key]
    fields = entry.fields
    where = fields.get("journal") or fields.get("booktitle") or fields.get("publisher") or fields.get("howpublished")
    volume = fields.get("volume", "") + (f"({fields['number']})" if "volume" in fields and "number" in fields else "")
    pages = fields.get("pages", "")
    pages = f"p. {pages}" if "–" in pages else pages  # a single value is an article number
    place = ", ".join(part for part in (where or "", volume, pages) if part)
    parts = [
        f"{_names(entry.authors, lang)} ({fields.get('year') or UNDATED[lang]})",
        fields.get("title", key),
        place,
        entry.url,
    ]
    closed = [part if part.endswith((".", "?", "!")) else part + "." for part in parts[:3] if part]
    return " ".join(closed + [part for part in parts[3:] if part])


def short(key: str, lang: str = "en") -> str:
    """A work as it is cited in a text: "Yee et al., 2021", « Kleinberg et Raghavan, 2017 »."""
    entry = entries()[key]
    family = [name.split(",")[0] for name in entry.authors]
    named = f"{family[0]} et al." if len(family) > 2 or "others" in family else AND[lang].join(family)
    return f"{named}, {entry.fields.get('year') or UNDATED[lang]}"


def glossary() -> list[Term]:
    """The terms of ``glossary.yaml``, in its order; ``AutopsieError`` names the entry that is wrong."""
    return _glossary(GLOSSARY.stat().st_mtime_ns) if GLOSSARY.is_file() else []


@lru_cache(maxsize=1)
def _glossary(changed: int) -> list[Term]:
    import yaml

    try:
        return TypeAdapter(list[Term]).validate_python(yaml.safe_load(GLOSSARY.read_text(encoding="utf-8")))
    except (ValidationError, yaml.YAMLError) as error:
        why = " ".join(str(error).split())[:300]
        raise AutopsieError(
            f"{GLOSSARY.name} cannot be read: {why}", f"{GLOSSARY.name} ne peut pas être lu : {why}"
        ) from error


def parse(text: str, name: str) -> list[Entry]:
    """The entries of a BibTeX file with values in braces, in quotation marks or as numbers."""
    found = []
    for match in _ENTRY.finditer(text):
        fields: dict[str, str] = {}
        position = match.end()
        while field := _FIELD.match(text, position):
            value, position = _value(text, field.end(), f"{name}, {match.group(2)}")
            fields[field.group(1).lower()] = value
            while position < len(text) and text[position] in ", \t\r\n":
                position += 1
        authors = [_plain(author) for author in _split_names(fields.pop("author", ""))]
        plain = {field: _plain(value) for field, value in fields.items()}
        found.append(Entry(key=match.group(2), type=match.group(1).lower(), authors=authors, fields=plain))
    return found


def _value(text: str, start: int, where: str) -> tuple[str, int]:
    """The value that begins at ``start``, without its outer marks, and the position after it."""
    if text[start] not in '{"':
        end = start + len(re.split(r"[,}\s]", text[start:], maxsplit=1)[0])
        return text[start:end], end
    depth, quoted = 0, text[start] == '"'
    for position in range(start + quoted, len(text)):
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if depth == 0 and text[position] == ('"' if quoted else "}"):
            return text[start + 1 : position], position + 1
    raise AutopsieError(f"{where}: a value is not closed.", f"{where} : une valeur n’est pas fermée.")


def _plain(value: str) -> str:
    """A BibTeX value as it is read: without braces, with its dashes and its spaces; an address stays as it is."""
    text = re.sub(r"[{}]", "", value)
    if not text.startswith(("http://", "https://")):
        text = re.sub(r"\\([&$%_#])", r"\1", text).replace("~", " ").replace("--", "–")
    return " ".join(text.split())


def _split_names(value: str) -> list[str]:
    """The names between "and"; an "and" inside braces belongs to the name of an organisation."""
    names, depth = [""], 0
    for word in value.split():
        if word == "and" and depth == 0:
            names.append("")
            continue
        depth += word.count("{") - word.count("}")
        names[-1] += f" {word}"
    return [name.strip() for name in names if name.strip()]


def _names(authors: list[str], lang: str) -> str:
    """Authors with initials ("Chang K.-W."); the first three, then et al."""
    written = []
    for name in authors[:3]:
        family, _, given = name.partition(",")
        initials = ["-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split()]
        written.append(" ".join([family, *initials]))
    if len(authors) > 3 or "others" in authors:
        return ", ".join(name for name in written if name != "others") + " et al."
    return AND[lang].join([", ".join(written[:-1]), written[-1]] if len(written) > 1 else written)
