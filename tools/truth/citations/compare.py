"""A reference beside a work, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from tools.truth.citations import names, venues
from tools.truth.citations.fields import Difference, Parsed, Work
from tools.truth.citations.folding import Word, joined, plain, words
from tools.truth.citations.library import heads
from tools.truth.citations.parse import parse
from tools.truth.citations.titles import align

ALIKE = 0.80  # likeness of titles, or of a title and the known one cut at its subtitle, to read the reference by it
CUT = 4  # words that are left of a title cut anywhere
_BARRIER = re.compile(r"[.\"“”«»()\[\]*_;\n?!]|''|``|\s[-–—]\s")


@dataclass(frozen=True)
class Comparison:
    """The reference as read in the light of the work, and how the two differ."""

    parsed: Parsed
    work: Work
    similarity: float | None
    differences: tuple[Difference, ...]
    compared: tuple[str, ...]

    @property
    def agrees(self) -> set[str]:
        """The given fields that are the same as those of the work."""
        return set(self.compared) - {difference.field for difference in self.differences}


def compare(parsed: Parsed, work: Work) -> Comparison:
    """Every given field against the work; a free reference is read again with the title of the work as a guide."""
    similarity = None
    if parsed.kind == "reference":
        parsed, similarity = _read_again(parsed, work)
    elif parsed.title:
        similarity = likeness(parsed.title, work.title)
    differences, compared = [], []
    for name, verdict in _fields(parsed, work):
        compared.append(name)
        if verdict:
            differences.append(verdict)
    return Comparison(parsed, work, similarity, tuple(differences), tuple(compared))


def likeness(given: str, title: str) -> float:
    """How alike two titles are, from 0 to 1.

    A title cut at its subtitle counts as whole when three words are left; one cut elsewhere
    after four words or more counts as nearly whole.
    """
    own, whole = joined(given), joined(title)
    best = fuzz.ratio(own, whole) / 100
    if len(plain(given)) >= CUT and whole.startswith(own):
        best = max(best, 0.9)
    for head in heads(title)[1:]:
        if own == joined(head):
            return 1.0
        best = max(best, fuzz.ratio(own, joined(head)) / 100 - 0.02)
    return best


def _read_again(parsed: Parsed, work: Work) -> tuple[Parsed, float]:
    """The reference parsed with the title where the known title is, and how alike the two titles are."""
    guess = likeness(parsed.title, work.title) if parsed.title else 0.0
    if parsed.title and joined(parsed.title) == joined(work.title):
        return parsed, guess
    found = words(parsed.raw)
    best: tuple[int, int] | None = None
    score = -1.0
    for head in heads(work.title):
        spot = align(" ".join(plain(head)), parsed.raw, found)
        if spot and spot[2] >= ALIKE:
            first, last = _grow(parsed, work, found, spot[0], spot[1], head != work.title)
            now = likeness(parsed.raw[found[first].start : found[last].end], work.title)
            if parsed.named and not (
                found[first].start <= parsed.spans["title"][0] and found[last].end >= parsed.spans["title"][1]
            ):
                continue  # quotation marks say where the title is, unless they are a part of it
            if now > score:
                best, score = (found[first].start, found[last].end), now
            if head == work.title:
                break  # the whole title is there: no need to look for its beginning alone
    inside = best and parsed.title and best[0] <= parsed.spans["title"][0] and best[1] >= parsed.spans["title"][1]
    if best is None or (score <= guess and not inside):
        return parsed, guess
    again = parse(parsed.raw, parsed.start, parsed.kind, title=best, named=False)
    return replace(again, doi=parsed.doi, arxiv=parsed.arxiv, url=parsed.url), score


def _grow(parsed: Parsed, work: Work, found: list[Word], first: int, last: int, cut: bool) -> tuple[int, int]:
    """The run of words made longer while nothing separates it from words that the work does not explain.

    ``cut``: it is the known title without its subtitle, so that what comes after ":", "?" or a dash belongs to it.
    """
    known = set(plain(" ".join(work.authors))) | set(plain(work.venue + " " + work.about)) | names.SKIP
    raw = parsed.raw

    def stranger(word: Word) -> bool:
        if word.text in known or len(word.text) < 2 or re.fullmatch(r"(?:1[5-9]|20)\d\d[a-z]?", word.text):
            return False
        return word.text not in venues.KNOWN and word.text not in ("arxiv", "preprint", "http", "https", "doi")

    limit = min(len(found) - 1, last + 12)
    end = last
    for place in range(last, limit):
        between = raw[found[place].end : found[place + 1].start]
        if _BARRIER.search(between) and not (cut and end == last and re.match(r"\W{0,3}[:?!]\W*$|\s[-–—]\s$", between)):
            break
        if "," in between or found[place + 1].text in ("by", "par"):
            break
        if not stranger(found[place + 1]) and found[place + 1].text not in names.SKIP:
            break
        if stranger(found[place + 1]):
            end = place + 1
    begin = first
    for place in range(first, max(0, first - 12), -1):
        between = raw[found[place - 1].end : found[place].start]
        if _BARRIER.search(between) or "," in between or ":" in between:
            break
        if not stranger(found[place - 1]) and found[place - 1].text not in names.SKIP:
            break
        if stranger(found[place - 1]):
            begin = place - 1
    return begin, end


def _fields(parsed: Parsed, work: Work) -> Iterator[tuple[str, Difference | None]]:
    """Each field that both have, with the difference or ``None``."""
    if parsed.title and work.title:
        yield "title", _title(parsed, work)
    if parsed.authors and work.authors and names.families((parsed.authors,)):
        found = names.fit(parsed.authors, work.authors)
        if found.any or found.foreign:
            wrong = None if found.fit else Difference("authors", parsed.authors, _people(work, found), found.foreign)
            yield "authors", wrong
    if parsed.year and work.year:
        given = str(parsed.year)
        yield "year", None if parsed.year == work.year else Difference("year", given, str(work.year), (given,))
    if work.venue and venues.given_words(parsed.venue):
        authors = set(plain(" ".join(work.authors)))
        rest = " ".join(word for word in venues.given_words(parsed.venue) if word not in authors)
        if rest:
            fine = venues.fits(parsed.venue, work.venue, work.about) or (
                work.arxiv and joined(rest) in ("arxiv", "corr")
            )
            yield "venue", None if fine else Difference("venue", parsed.venue, work.venue, (parsed.venue,))
    for name in ("volume", "number", "pages", "doi", "arxiv"):
        mine, theirs = getattr(parsed, name), getattr(work, name)
        if mine and theirs:
            same = _pages(mine, theirs) if name == "pages" else mine.lower() == theirs.lower().removesuffix(".")
            yield name, None if same else Difference(name, mine, theirs, (mine,))


def _title(parsed: Parsed, work: Work) -> Difference | None:
    """The words of the title that are not the work's; a title cut at its subtitle is no difference."""
    own = joined(parsed.title)
    if any(own == joined(head) for head in heads(work.title)):
        return None
    target = work.title
    for head in heads(work.title)[1:]:
        if fuzz.ratio(own, joined(head)) > fuzz.ratio(own, joined(target)):
            target = head
    mine, theirs = words(parsed.title), words(target)
    wrong, right = [], []
    matcher = SequenceMatcher(a=[word.text for word in mine], b=[word.text for word in theirs], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal" and "".join(w.text for w in mine[a:b]) != "".join(w.text for w in theirs[c:d]):
            wrong += [parsed.title[word.start : word.end] for word in mine[a:b]]
            right += [target[word.start : word.end] for word in theirs[c:d]]
    return Difference("title", parsed.title, work.title, tuple(wrong), tuple(right))


def _people(work: Work, found: names.Names) -> str:
    """The authors of a work as a line, five at most; family names when no family name alone would hide the difference."""
    listed = [author for author in work.authors if author != "others"]
    more = " et al." if len(listed) > 5 or "others" in work.authors else ""
    short = not found.any or bool(found.missing) or not found.first
    return ", ".join(names.families(work.authors)[:5]) + more if short else "; ".join(listed[:5]) + more


def _pages(given: str, known: str) -> bool:
    """Whether two page ranges are the same: 166–72 is 166–172, a first page alone fits its range."""
    mine, theirs = (re.findall(r"[a-z]*\d+", text.lower()) for text in (given, known))
    if not mine or not theirs or mine[0] != theirs[0]:
        return False
    return len(mine) < 2 or len(theirs) < 2 or theirs[1].endswith(mine[1])
