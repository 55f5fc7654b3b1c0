"""What a piece of text looks like: a reference, the item of a list, the title of a known work."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from tools.truth.citations.folding import plain
from tools.truth.citations.library import works
from tools.truth.citations.parse import ARXIV, DOI, PAGES, YEAR
from tools.truth.citations.titles import PERSON, QUOTED

MARKER = re.compile(r"^\s*(?:\[\w{1,8}\]|\(\d{1,3}\)|\d{1,3}\s*[.)]|[-•*–—·▪])\s+(?=\S)")
_VENUE = re.compile(
    r"\b(?:proceedings|proc\.|conference|journal|transactions|university|press|arxiv|advances in|revue|[ée]ditions?|[ée]d\.|presses|"
    r"universit[ée]|th[èe]se|thesis|actes|coll\.)\b",
    re.I,
)


def score(text: str) -> int:
    """How much a piece of text looks like a full reference; from 2 it is read as one."""
    line = MARKER.sub("", text)
    return (
        bool(YEAR.search(line))
        + 2 * bool(ARXIV.search(line) or DOI.search(line))
        + bool(PAGES.search(line))
        + bool(PERSON.match(line))
        + any(bool(pattern.search(line)) for pattern in QUOTED)
        + bool(re.search(r"(?<![\w*])\*[^*\n]{4,}\*|(?<!\w)_[^_\n]{4,}_(?!\w)", line))
        + bool(_VENUE.search(line))
        + bool(re.search(r"https?://", line))
        + bool(re.match(r"[^.\n]{2,90}[(,]\s*(?:1[5-9]|2[01])\d\d[a-z]?\)?\s*[.,:]\s+[“«\"*_\w]", line))
        + bool(MARKER.match(text))
    )


def known(text: str, least: float) -> bool:
    """Whether the title of a work of the bibliography (three words or more) stands in a text."""
    line = " ".join(plain(text))
    titles = [" ".join(plain(work.title)) for work in works().values()]
    hit = process.extractOne(
        line,
        [t for t in titles if t.count(" ") >= 2 and len(t) <= len(line) + 3],
        scorer=fuzz.partial_ratio,
        score_cutoff=least,
    )
    return hit is not None
