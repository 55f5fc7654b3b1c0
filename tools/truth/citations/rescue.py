"""A second look at a line where nothing was found: an official number, or a part of a known title, may name the work.

People cite a report by its number ("Kamerstuk 31 066"), drop the first or the second half of a title,
or keep only its beginning. A short part counts only beside the name of the first author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from knowledge.bibliography import entries
from tools.truth.citations.fields import Checked, Parsed, Work
from tools.truth.citations.folding import fold, plain, words
from tools.truth.citations.library import works

WHOLE = 4  # words of a part of a title that names the work alone
LETTERS = 4  # letters of the shortest part that counts beside the first author
SHARED = 0.8  # share of the words of a title given that must be words of the known one, beside author and year
_NUMBER = re.compile(
    r"(?<!\w)(?:[a-z]{1,5}-?)?\d{2,4}(?:[\s/-]\d{2,6})+[a-z]{0,4}(?:/\d{2,4})?|(?<!\w)c\d{2}-\d{3,5}[a-z]*"
)
_CUT = re.compile(r"[:?!,]\s|[?!]$|\s[-–—]\s|\.\s")


def marked(line: str) -> tuple[Work, str] | None:
    """The work that a line names, and the words of its title that stand there ("" for an official number)."""
    numbers = {_bare(number) for number in _NUMBER.findall(fold(line))}
    for number, key in _numbers().items():
        if number in numbers:
            return works()[key], ""
    said, flat = set(plain(line)), " " + " ".join(plain(line)) + " "
    best: tuple[int, str, str] | None = None
    for key, part, count in _parts():
        if f" {part} " not in flat:
            continue
        if count < WHOLE and not (_first(works()[key]) <= said and len(part) >= LETTERS):
            continue
        if best is None or len(part) > best[0]:
            best = (len(part), key, part)
    return (works()[best[1]], best[2]) if best else _by_words(said, line)


def again(one: Checked, line: str, start: int) -> tuple[Parsed, Work] | None:
    """What a reference of which nothing was found is, read again as the whole line that holds it, and the work it names."""
    found = marked(line)
    if found is None:
        return None
    work, part = found
    title = _written(line, part)
    whole = replace(
        one.parsed, raw=line, start=start, end=start + len(line), kind="reference", title=line[slice(*title)] if title else "",
        named=False, spans={"title": title} if title else {},
    )  # fmt: skip
    return whole, work


def _bare(number: str) -> str:
    return re.sub(r"[^a-z0-9]", "", number)


@lru_cache(maxsize=1)
def _numbers() -> dict[str, str]:
    """Official numbers of reports, laws and decisions; one that several works name is that of the work that begins with it."""
    found: dict[str, tuple[int, str]] = {}
    for key, entry in entries().items():
        named = [entry.fields.get(name, "") for name in ("title", "howpublished")]
        named += [entry.fields.get("number", "")] if "journal" not in entry.fields else []
        for match in _NUMBER.finditer(fold(" ; ".join(named))):
            number = _bare(match.group())
            if len(number) >= 5 and match.start() < found.get(number, (10_000, ""))[0]:
                found[number] = match.start(), key
    return {number: key for number, (_, key) in found.items()}


@lru_cache(maxsize=1)
def _parts() -> list[tuple[str, str, int]]:
    """Key, folded part and count of words, for the parts between the marks of each title."""
    found = []
    for key, work in works().items():
        ends = [match.end() for match in _CUT.finditer(work.title)]
        begins = [0, *ends]
        pieces = {work.title[begin:end] for begin in begins for end in [*ends, len(work.title)] if end > begin}
        for piece in pieces:
            folded = plain(piece)
            if folded and len(" ".join(folded)) >= LETTERS:
                found.append((key, " ".join(folded), len(folded)))
    return found


def _first(work: Work) -> set[str]:
    """The folded words of the first author's family name."""
    return set(plain(work.authors[0].split(",")[0])) if work.authors else {""}


def _by_words(said: set[str], line: str) -> tuple[Work, str] | None:
    """The work whose first author and year the line gives, and most of its title's words or all of its other authors."""
    years = set(re.findall(r"\b(?:1[5-9]|20)\d\d\b", line))
    for work in works().values():
        mine = [word for word in plain(work.title) if len(word) > 3]
        if not work.authors or len(mine) < 3 or not _first(work) <= said or (years and str(work.year) not in years):
            continue
        people = [set(plain(author.split(",")[0])) for author in work.authors]
        if years and len(people) > 2 and all(person <= said for person in people):
            return work, ""
        if sum(word in said for word in mine) >= SHARED * len(mine):
            return work, ""
    return None


def _written(line: str, part: str) -> tuple[int, int] | None:
    """Where the words of ``part`` stand in the line, in characters."""
    found, wanted = words(line), part.split()
    for at in range(len(found) - len(wanted) + 1) if wanted else ():
        if [word.text for word in found[at : at + len(wanted)]] == wanted:
            return found[at].start, found[at + len(wanted) - 1].end
    return None


def lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line of a text with its place."""
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        yield match.start(), match.group()
