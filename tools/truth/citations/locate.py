"""The references of a text: entries of BibTeX, court decisions, items of a list, citations inside sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.truth.citations import bibtex, decisions
from tools.truth.citations.fields import Parsed
from tools.truth.citations.folding import plain
from tools.truth.citations.parse import parse
from tools.truth.citations.sentences import blank, inside, prose, titled
from tools.truth.citations.shape import MARKER, known, score
from tools.truth.citations.titles import PERSON, QUOTED

MOST = 200  # references of one text
LONGEST = 1200  # characters of one reference
_HEADING = re.compile(
    r"^\W*(?:references?|bibliograph(?:y|ie)|r[ée]f[ée]rences(?:\s+bibliographiques)?|works\s+cited|sources?|ouvrages\s+cit[ée]s)\W*$",
    re.I,
)


def find(text: str) -> list[Parsed]:
    """The references of a text in its order, ``MOST`` at most."""
    found, left = [], text
    for parsed in bibtex.find(text):
        found.append(parsed)
        left = blank(left, parsed.start, parsed.end)
    cited = decisions.find(left)
    for parsed in cited:
        if _is_entry(left, parsed, cited):
            continue
        found.append(parsed)
        left = blank(left, parsed.start, parsed.end)
        begin, end = left.rfind("\n", 0, parsed.start) + 1, left.find("\n", parsed.end)
        if len(plain(left[begin : end if end >= 0 else len(left)])) <= 4:  # the line was about decisions only
            left = blank(left, begin, end if end >= 0 else len(left))
    for start, end in _items(left):
        found += _item(left[start:end], start)
        if len(found) > MOST:
            break
    if not found:
        found = _whole(text)
    return sorted(found, key=lambda parsed: parsed.start)[:MOST]


def _is_entry(text: str, parsed: Parsed, cited: list[Parsed]) -> bool:
    """Whether a decision's number only belongs to a reference in APA or another style (its line holds a known title)."""
    start, end = text.rfind("\n", 0, parsed.start) + 1, text.find("\n", parsed.end)
    line = text[start : end if end >= 0 else len(text)]
    rest = line
    for other in cited:
        rest = rest.replace(other.raw, " ")
    rest = re.sub(r"https?://\S+", "2000", rest)
    mark = re.search(r"\d{4}|https?://|[“”«\"']", rest)
    return 1 <= len(plain(rest)) <= 25 and bool(mark) and known(line, 95)


def _items(text: str) -> Iterator[tuple[int, int]]:
    """The pieces of a text: an item of a list, a line that is a reference, else a paragraph."""
    for block in re.finditer(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", text):
        lines = [(block.start() + m.start(), block.start() + m.end()) for m in re.finditer(r"[^\n]+", block.group())]
        lines = [(s, e) for s, e in lines if not _HEADING.match(text[s:e])]
        marked = sum(bool(MARKER.match(text[s:e])) for s, e in lines) >= 1
        groups: list[tuple[int, int]] = []
        for start, end in lines:
            line = text[start:end]
            begins = bool(MARKER.match(line)) if marked else _begins(line)
            complete = bool(groups) and (marked or _closed(text[slice(*groups[-1])], line))
            if groups and not (begins and complete):
                groups[-1] = (groups[-1][0], end)
            else:
                groups.append((start, end))
        yield from groups


def _begins(line: str) -> bool:
    """Whether a line may begin a reference: not indented, not the rest of one."""
    return (
        not re.match(r"\s{3,}|\t|\s*(?:[a-zà-ÿ]|https?:|doi|arxiv|In\s|Dans\s|\*|_|\d|\(|vol\b|pp?\.)", line)
        and len(line.strip()) > 12
    )


def _closed(group: str, line: str) -> bool:
    """Whether a reference ends with the lines so far, so that the next line may begin another."""
    if len(group) > LONGEST:
        return True
    if known(line, 95) and known(group, 95):
        return True
    ended = re.search(r"(?:[.)\]”»\"'?!]|(?<![A-Za-z][-–])(?<!\d)(?<!\bthe )(?<!\bof )\d+|https?://\S+)\s*$", group)
    if (
        re.search(r"(?:1[5-9]|2[01])\d\d[a-z]?\)[.,:]?\s*$", group)
        and PERSON.match(MARKER.sub("", group))
        and score(group) < 3
    ):
        ended = None  # "Name (2019)." at the end of a line: the title comes on the next
    return bool(ended) and score(group) >= 2 and (score(line) >= 2 or bool(PERSON.match(line.lstrip())))


def _item(piece: str, start: int) -> list[Parsed]:
    """One full reference, or the citations inside the sentences of a piece."""
    bare = piece.strip()
    if len(plain(bare)) < 2:
        return []
    lead = len(piece) - len(piece.lstrip())
    if len(bare) <= LONGEST and not prose(bare) and (score(bare) >= 2 or titled(bare) or known(bare, 92)):
        return [parse(_without_comment(bare), start + lead)]
    return [*inside(piece, start)]


def _without_comment(text: str) -> str:
    """A reference without the sentence that describes it after a dash: "… (2017) - This study presents…"."""
    found = re.search(r"(?<=\d\))\s*(?:\s[-–—]|:)\s+(?=[A-ZÀ-Þ])", text)
    titled = found and any(pattern.search(text, 0, found.start()) for pattern in QUOTED)
    return text[: found.start()] if found and titled else text


def _whole(text: str) -> list[Parsed]:
    """A text that is nothing but a title: one line, three to thirty words, known or written like a title."""
    line = text.strip()
    count = len(plain(line))
    if "\n" in line or not 2 <= count <= 30 or (line.endswith("?") and not known(line, 92)):
        return []
    big = [word for word in re.findall(r"[^\W\d_]{4,}", line)]
    titled = len(big) >= 3 and sum(word[0].isupper() for word in big) >= 0.6 * len(big)
    quoted = any(pattern.search(line) for pattern in QUOTED)
    if titled or quoted or known(line, 92) or (score(line) >= 1 and count >= 4):
        return [parse(line, len(text) - len(text.lstrip()))]
    return []
