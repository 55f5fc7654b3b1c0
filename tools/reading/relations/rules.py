"""What a rule without any model finds in a text: capitalised names, dates and numbers, always copied from it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.terms import ENGLISH, FRENCH, fold
from tools.reading.relations.spans import Span

MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:er)?\s+)?(?:{MONTHS})\s+\d{{4}}\b|\b(?:1[0-9]|20)\d\d\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b"
)
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?")
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]*"
_NAME = re.compile(rf"{_CAPITAL}(?:\s+(?:(?:of|de|du|des|d[’']|von|van|la|le)\s*)*{_CAPITAL})*")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu)[’']", re.IGNORECASE)
_FIRST_WORDS = "her his their our my your its son sa ses leur leurs however yet once two three selon apres avant"
_FIRST = frozenset(_FIRST_WORDS.split())


@dataclass(frozen=True)
class Mention:
    """A name, a date or a number of the text, with its span."""

    text: str
    kind: str
    span: Span


def mentions(text: str, window: Span) -> list[Mention]:
    """Dates first, then numbers, then capitalised sequences; none overlaps another."""
    low, high = window
    found: list[Mention] = []
    for kind, pattern in (("date", _DATE), ("number", _NUMBER), ("name", _NAME)):
        for match in pattern.finditer(text, low, high):
            start, end = _trimmed(text, *match.span()) if kind == "name" else match.span()
            free = all(end <= a or b <= start for a, b in (one.span for one in found))
            if free and (kind != "name" or end - start > 1):
                found.append(Mention(text[start:end], kind, (start, end)))
    return sorted(found, key=lambda one: one.span)


def _trimmed(text: str, start: int, end: int) -> Span:
    """A capitalised sequence without the function words that begin a sentence."""
    while start < end:
        if elided := _ELISION.match(text[start:end]):
            start += elided.end()
            continue
        word = re.split(r"\s", text[start:end])[0]
        if fold(word) not in ENGLISH | FRENCH | _FIRST:
            break
        start += len(word)
        while start < end and text[start].isspace():
            start += 1
    return start, end
