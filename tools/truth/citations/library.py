"""The works that the bibliography knows, and how the ones that resemble a reference are found among them."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from knowledge.bibliography import Entry, entries
from tools.truth.citations.fields import Parsed, Work
from tools.truth.citations.folding import plain

TRIED = 8  # works compared in full with a reference
LEAST = 62.0  # partial likeness of a title below which a work is not tried


@lru_cache(maxsize=1)
def works() -> dict[str, Work]:
    """Every work of the bibliography, by key."""
    return {key: from_entry(entry) for key, entry in entries().items()}


def from_entry(entry: Entry) -> Work:
    """A BibTeX entry as a work."""
    fields = entry.fields
    year = re.search(r"\d{4}", fields.get("year", "") or fields.get("date", ""))
    return Work(
        key=entry.key,
        authors=tuple(entry.authors),
        year=int(year.group()) if year else None,
        title=fields.get("title", "").replace("``", "“").replace("''", "”"),
        venue=fields.get("journal") or fields.get("booktitle") or fields.get("howpublished") or fields.get("publisher", ""),
        volume=fields.get("volume", ""),
        number=fields.get("number", ""),
        pages=fields.get("pages", ""),
        doi=fields.get("doi", "").lower(),
        arxiv=fields.get("eprint", ""),
        url=fields.get("url", ""),
        about=" ".join(fields.get(name, "") for name in ("note", "series", "institution", "publisher", "howpublished", "address")),
    )  # fmt: skip


def heads(title: str) -> list[str]:
    """The title, and what is left of it when it is cut at its subtitle."""
    cuts = [match.start() for match in re.finditer(r"[:?!]|\s[-–—]\s|\.\s", title)]
    parts = [title[:cut].strip() for cut in cuts]
    return [title, *(part for part in parts if len(plain(part)) >= 2 or len(part) >= 5)]


@lru_cache(maxsize=1)
def _lines() -> list[tuple[str, str]]:
    """Key and folded title, whole and cut at the subtitle."""
    return [(key, " ".join(plain(head))) for key, work in works().items() for head in dict.fromkeys(heads(work.title))]


@lru_cache(maxsize=1)
def _by_name() -> dict[str, list[str]]:
    """Keys of the works of which a person or an organisation is an author, by folded family name."""
    found: dict[str, list[str]] = {}
    for key, work in works().items():
        for author in work.authors:
            if author != "others":
                found.setdefault("".join(plain(author.split(",")[0])), []).append(key)
    return found


def by_first_author(family: str) -> list[Work]:
    """The works whose first author has this family name (or is this organisation)."""
    wanted = "".join(plain(family))
    return [
        works()[key]
        for key in _by_name().get(wanted, [])
        if "".join(plain(works()[key].authors[0].split(",")[0])) == wanted
    ]


def by_identifier(doi: str, arxiv: str) -> list[Work]:
    """The works that bear this DOI or this arXiv id."""
    return [
        work
        for work in works().values()
        if (doi and work.doi == doi.lower()) or (arxiv and work.arxiv and work.arxiv.lower() == arxiv.lower())
    ]


def candidates(parsed: Parsed) -> list[Work]:
    """The works worth comparing with a reference: same identifier, or a title that resembles a part of it."""
    line = " ".join(plain(parsed.raw))
    lines = _lines()
    found = process.extract(
        line, [title for _, title in lines], scorer=fuzz.partial_ratio, limit=3 * TRIED, score_cutoff=LEAST
    )
    guess = " ".join(plain(parsed.title))
    if guess:
        found += process.extract(
            guess, [title for _, title in lines], scorer=fuzz.ratio, limit=TRIED, score_cutoff=LEAST
        )
    ranked = sorted(found, key=lambda hit: (-hit[1], -len(hit[0]), hit[2]))
    keys = [work.key for work in by_identifier(parsed.doi, parsed.arxiv)]
    keys += [lines[place][0] for _, _, place in ranked]
    return [works()[key] for key in list(dict.fromkeys(keys))[: 2 * TRIED]]


@lru_cache(maxsize=1)
def journals() -> dict[str, list[tuple[int, int, str]]]:
    """What the bibliography knows of each journal: (volume, year, key), by folded name."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for key, entry in entries().items():
        work = works()[key]
        if "journal" in entry.fields and work.volume.isdigit() and work.year:
            found.setdefault("".join(plain(work.venue)), []).append((int(work.volume), work.year, key))
    return found
