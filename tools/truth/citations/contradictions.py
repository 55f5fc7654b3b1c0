"""What in a reference cannot be: a year to come, an identifier that has no such form or belongs to another work, and so on.

Only what follows from the reference itself, from the public form of its identifiers, or from the
bibliography is said here. Forms: DOI, ISO 26324 (prefix 10, a registrant of four digits or more);
arXiv, new identifiers since April 2007 (YYMM.NNNN, five digits since January 2015).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tools.truth.citations import venues
from tools.truth.citations.fields import Parsed, Problem, Work
from tools.truth.citations.library import by_identifier, journals

DOI_FORM = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
NEW_ARXIV = re.compile(r"(\d{2})(\d{2})\.(\d{4,5})")
OLD_ARXIV = re.compile(r"[a-z-]+(?:\.[A-Z]{2})?/(\d{2})(\d{2})\d{3}", re.I)


def problems(parsed: Parsed, same: Work | None, today: date) -> list[Problem]:
    """Everything that cannot be in a reference; ``same`` is the work that it names, when one was found."""
    found = [*_year(parsed, today), *_doi(parsed), *_arxiv(parsed, same, today), *_pages(parsed)]
    found += _elsewhere(parsed, same)
    if same is None:
        found += _volume(parsed)
    return found


def _year(parsed: Parsed, today: date) -> Iterator[Problem]:
    if parsed.year and parsed.year > today.year:
        yield Problem("future_year", str(parsed.year), str(today.year))


def _doi(parsed: Parsed) -> Iterator[Problem]:
    if parsed.doi and not DOI_FORM.fullmatch(parsed.doi):
        yield Problem("doi_form", parsed.doi)


def arxiv_date(identifier: str) -> tuple[int, int] | None:
    """Year and month of an arXiv id; ``None`` when it has no such form."""
    if match := NEW_ARXIV.fullmatch(identifier):
        year, month, digits = 2000 + int(match.group(1)), int(match.group(2)), len(match.group(3))
        fine = 1 <= month <= 12 and (year, month) >= (2007, 4) and digits == (5 if year >= 2015 else 4)
        return (year, month) if fine else None
    if match := OLD_ARXIV.fullmatch(identifier):
        year, month = int(match.group(1)), int(match.group(2))
        year += 1900 if year >= 91 else 2000
        return (year, month) if 1 <= month <= 12 and year <= 2007 else None
    return None


def _arxiv(parsed: Parsed, same: Work | None, today: date) -> Iterator[Problem]:
    """The form of the id, its date against today, and against the year given."""
    if not parsed.arxiv:
        return
    when = arxiv_date(parsed.arxiv)
    if when is None:
        yield Problem("arxiv_form", parsed.arxiv)
    elif when > (today.year, today.month):
        yield Problem("arxiv_future", parsed.arxiv, f"{when[1]:02d}/{when[0]}")
    elif parsed.year and when[0] > parsed.year:
        own = same is not None and same.arxiv.lower() == parsed.arxiv.lower() and same.year == parsed.year
        if not own:  # a preprint put there after the printed work is rare, and known where it is so
            yield Problem("arxiv_year", parsed.arxiv, f"{when[1]:02d}/{when[0]}")


def _pages(parsed: Parsed) -> Iterator[Problem]:
    found = re.fullmatch(r"([A-Za-z]?)(\d+)–([A-Za-z]?)(\d+)", parsed.pages)
    if found and found.group(1) == found.group(3):
        first, last = found.group(2), found.group(4)
        if len(last) >= len(first) and int(last) < int(first):
            yield Problem("pages_backwards", parsed.pages)


def _elsewhere(parsed: Parsed, same: Work | None) -> Iterator[Problem]:
    """An identifier that the bibliography knows as that of another work."""
    for name, identifier in (("doi", parsed.doi), ("arxiv", parsed.arxiv)):
        owners = by_identifier(identifier, "") if name == "doi" else by_identifier("", identifier)
        if owners and (same is None or same.key not in {owner.key for owner in owners}) and parsed.title:
            yield Problem(f"{name}_elsewhere", identifier, owners[0].title, owners[0].key)


def _volume(parsed: Parsed) -> Iterator[Problem]:
    """A volume and a year of a journal that do not go with those that the bibliography has: volumes follow the years."""
    known = journals()
    name = venues.journal_key(parsed.venue, list(known))
    if not name or not parsed.volume.isdigit() or not parsed.year:
        return
    volume = int(parsed.volume)
    for other, year, key in known[name]:
        backwards = (volume < other and parsed.year > year) or (volume > other and parsed.year < year)
        if backwards or (volume == other and abs(parsed.year - year) > 1):
            yield Problem("volume_year", f"{volume} ({parsed.year})", f"{other} ({year})", key)
            return
