"""References in BibTeX: every entry whose braces close."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge import bibliography
from tools.errors import AutopsieError
from tools.truth.citations.fields import Parsed
from tools.truth.citations.folding import delatex
from tools.truth.citations.parse import ARXIV, YEAR, arxiv_of

_ENTRY = re.compile(r"@\w+\s*\{")


def find(text: str) -> Iterator[Parsed]:
    """Every BibTeX entry whose braces close; the fields are taken as they are named."""
    position = 0
    while match := _ENTRY.search(text, position):
        depth, end = 0, len(text)
        for place in range(match.end() - 1, len(text)):
            depth += {"{": 1, "}": -1}.get(text[place], 0)
            if depth == 0:
                end = place + 1
                break
        position = end
        raw = text[match.start() : end]
        try:
            entries = bibliography.parse(delatex(raw), "text")
        except (AutopsieError, IndexError):
            entries = []
        if (
            entries
            and entries[0].type not in ("comment", "string", "preamble")
            and (entries[0].fields or entries[0].authors)
        ):
            yield _entry(entries[0], raw, match.start())


def _entry(entry: bibliography.Entry, raw: str, start: int) -> Parsed:
    fields = entry.fields
    year = YEAR.search(fields.get("year", "") or fields.get("date", ""))
    doi = re.sub(r"^(?:https?://)?(?:dx\.)?doi\.org/|^doi:\s*", "", fields.get("doi", ""), flags=re.I)
    hidden = ARXIV.search(
        f"{fields.get('journal', '')} {fields.get('note', '')} {fields.get('url', '')} {fields.get('volume', '')}"
    )
    arxiv = fields.get("eprint", "") if "/" in fields.get("eprint", "") or "." in fields.get("eprint", "") else ""
    arxiv = re.sub(r"^arxiv:|v\d+$", "", arxiv or arxiv_of(doi) or (hidden.group("id") if hidden else ""), flags=re.I)
    venue = (
        fields.get("journal") or fields.get("booktitle") or fields.get("howpublished") or fields.get("publisher", "")
    )
    return Parsed(
        raw=raw, start=start, end=start + len(raw), kind="bibtex", authors="; ".join(entry.authors).replace("others", "et al."),
        year=int(year.group(1)) if year else None, title=fields.get("title", ""), venue=venue, volume=fields.get("volume", ""),
        number=fields.get("number", ""), pages=fields.get("pages", ""), doi="" if arxiv_of(doi) else doi, arxiv=arxiv,
        url=fields.get("url", ""), spans=_places(raw),
    )  # fmt: skip


def _places(raw: str) -> dict[str, tuple[int, int]]:
    """Where the value of each field of an entry stands."""
    found: dict[str, tuple[int, int]] = {}
    for match in re.finditer(r"(\w+)\s*=\s*[{\"]*([^\n]*?)[}\"]*,?\s*(?=\n|\w+\s*=|\}\s*$)", raw):
        name = {"author": "authors", "journal": "venue", "booktitle": "venue", "eprint": "arxiv"}.get(
            match.group(1).lower(), match.group(1).lower()
        )
        found.setdefault(name, match.span(2))
    return found
