"""Sentences that cite: is a piece of text one, and which authors, years and titles does it name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.truth.citations.fields import Parsed
from tools.truth.citations.folding import plain, words
from tools.truth.citations.parse import ARXIV, parse
from tools.truth.citations.shape import MARKER, known, score
from tools.truth.citations.titles import PERSON, QUOTED
from tools.truth.citations.venues import KNOWN as VENUES

_CAPITAL = r"(?:(?:van|von|de|der|den|del|della|di|da|la|le|du|al|el)\s+){0,2}[A-ZÀ-Þ][^\W\d_]*(?:[’'‐-][^\W\d_]+)*"
_PERSON = rf"{_CAPITAL}(?:[ \u00a0](?:(?:of|for|the|de|du|des|et|la|and)[ ])?{_CAPITAL}){{0,7}}"
_PEOPLE = rf"{_PERSON}(?:(?:,\s*{_PERSON}){{0,5}},?\s*(?:and|et|&|y)\s+{_PERSON}|\s+et\s+(?:al\b\.?|coll\b\.?)|\s+(?:and|et)\s+(?:(?:his|her|their|ses|leurs)\s+)?(?:colleagues|others|coll[èe]gues))?"
NARRATIVE = re.compile(
    rf"(?P<who>{_PEOPLE})(?:[’']s)?\s*[(\[](?P<year>(?:1[5-9]|2[01])\d\d)[a-z]?(?:\s*[,:]\s*(?:pp?\.\s*)?[\d–-]+)?[)\]]"
)
GROUP = re.compile(r"[(\[]([^()\[\]]{4,300}?(?:1[5-9]|2[01])\d\d[^()\[\]]{0,40})[)\]]")
MEMBER = re.compile(
    rf"(?:(?:see|e\.g\.|cf\.?|voir|par exemple)[,\s]+)*(?P<who>{_PEOPLE})\s*,?\s+(?P<year>(?:1[5-9]|2[01])\d\d)[a-z]?\b",
    re.I,
)
_NOT_NAMES_LISTED = (
    "january february march april may june july august september october november december janvier fevrier mars "
    "avril mai juin juillet aout septembre octobre novembre decembre in en the figure fig table section chapter "
    "paris since depuis by par on le la les l an version act regulation reglement loi spring summer winter fall "
    "printemps automne until jusqu before avant after apres as comme around vers during pendant"
)
_NOT_NAMES = frozenset(_NOT_NAMES_LISTED.split())
_LEADS_LISTED = (
    "as comme see voir selon according following after apres d whereas while although but mais and et or ou if si "
    "when quand"
)
_LEADS = frozenset(_LEADS_LISTED.split())
_SAYS = re.compile(
    r"^\s*,?\s*(?:has|have|had|is|are|was|were|show\w*|found?|finds?|propos\w+|measur(?:e|es|ed)\b(?!\s+(?:bias|of))|report\w*|argu\w+|claim\w*|wrote|"
    r"demonstrat\w+|introduc\w+|did|do|does|can|also|first|note[sd]?|describe\w*|suggest\w*|a|ont|est|sont|avai\w+|montr\w+|"
    r"d[ée]montr\w+|mesur\w+|affirm\w+|expliqu\w+|constat\w+|observ\w+|that|who|qui|que|and|et|or|ou|in|dans)\s",
    re.I,
)


def blank(text: str, start: int, end: int) -> str:
    """The text with spaces from ``start`` to ``end``; lines and places stay."""
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def prose(text: str) -> bool:
    """Whether a piece is sentences that cite, rather than a reference."""
    line = MARKER.sub("", text)
    if titled(line):
        return False
    if ARXIV.search(line) and PERSON.match(line):
        return False
    told = [match for match in NARRATIVE.finditer(line) if _people(match.group("who"))]
    if len(told) > 1:
        return True
    for match in told:
        after = line[match.end() :]
        if re.match(r"\s*[.,;:]?\s*[“\"«*_]", after) or not after.strip(" .,;"):
            if (
                match.start() > 40
                and not re.search(r"[”\"»]\W*(?:by|par|de)?\W*$", line[: match.start()])
                and not re.search(r"\b(?:by|par)\W*$", line[: match.start()])
            ):
                return True
            continue
        if _SAYS.match(after) or (match.start() > 0 and re.match(r"\s+[a-zà-ÿ]", after) and not PERSON.match(line)):
            return not known(line, 92) or len(line) > 400
        if re.match(
            r"(?:as|comme|selon|according|d[’']apr[èe]s|voir|see|following|after|chez|dans|in)\b",
            line[: match.start()].strip(),
            re.I,
        ):
            return True
    members = [m for group in GROUP.finditer(line) for m in MEMBER.finditer(group.group(1)) if _people(m.group("who"))]
    if (
        members
        and (score(line) < 3 or len(re.findall(r"[a-zà-ÿ]{3,}[.!?](?:\s|$)", line)) > 1)
        and not PERSON.match(line)
    ):
        return not any(pattern.search(line) for pattern in QUOTED) or len(line) > 300
    return len(line) > 500 and len(re.findall(r"[a-zà-ÿ]{3,}[.!?]\s+[A-ZÀ-Þ]", line)) > 5


def titled(line: str) -> bool:
    """Whether a line is a title followed by its authors and year in parentheses, and nothing else."""
    found = re.fullmatch(r"(.{8,250}?)\s*[(\[]([^()\[\]]{3,120})[)\]]", line)
    if (
        not found
        or not re.fullmatch(r"\D.{2,80}(?:1[5-9]|2[01])\d\d[a-z]?", found.group(2))
        or re.search(r"[a-zà-ÿ]{3,}[.!]\s+[A-ZÀ-Þ]", found.group(1))
    ):
        return False
    says = re.search(r"\b(?:is|are|was|were|has|have|shows?|showed|est|sont|ont|était|peut|can)\b", found.group(1))
    return not says or known(found.group(1), 82)


def _people(who: str) -> bool:
    """Whether a capitalised passage can name people: not a month, a conference ("ICML"), the first word of a sentence."""
    left = [word for word in plain(who) if word not in _LEADS]
    return bool(left) and left[0] not in _NOT_NAMES and not (len(left) == 1 and left[0] in VENUES)


def inside(piece: str, start: int) -> Iterator[Parsed]:
    """The citations inside sentences: a title in quotation marks with its authors and year, else authors and year."""
    left = piece
    for pattern in QUOTED:
        for match in pattern.finditer(left):
            span = _around(left, match)
            if span:
                yield parse(piece[slice(*span)], start + span[0])
                left = blank(left, *span)
    for match in ARXIV.finditer(left):
        yield parse(match.group(), start + match.start())
    for match in NARRATIVE.finditer(left):
        if _people(match.group("who")):
            yield _in_text(match, start)
            left = blank(left, *match.span())
    for group in GROUP.finditer(left):
        for match in MEMBER.finditer(group.group(1)):
            if _people(match.group("who")):
                yield _in_text(match, start + group.start(1))


def _around(text: str, title: re.Match[str]) -> tuple[int, int] | None:
    """The reference around a quoted title: "Title" by Names (2019), or Names (2019), "Title"; ``None`` without a year near."""
    if len(words(title.group(1))) < 3:
        return None
    after = re.match(
        rf"\s*[,.]?\s*[(]?\s*(?:(?:by|par|de|d[’'])\s+)?[(]?{_PEOPLE}[^.\n]{{0,40}}?[,\s(]+(?:1[5-9]|2[01])\d\d[a-z]?\)?",
        text[title.end() :],
    )
    if after:
        return title.start(), title.end() + after.end()
    before = re.search(rf"{_PEOPLE}\s*[,(]?\s*\(?(?:1[5-9]|2[01])\d\d[a-z]?\)?\s*[,.:]?\s*$", text[: title.start()])
    return (before.start(), title.end()) if before else None


def _in_text(match: re.Match[str], offset: int) -> Parsed:
    first, last = match.span("who")
    while (lead := re.match(r"(\w+[’']?)\s+", match.string[first:last])) and plain(lead.group(1))[0] in _LEADS:
        first += lead.end()
    begin = first if match.start() == match.start("who") else match.start()
    return Parsed(
        raw=match.string[begin : match.end()], start=offset + begin, end=offset + match.end(), kind="in_text",
        authors=match.string[first:last], year=int(match.group("year")),
        spans={"authors": (first - begin, last - begin), "year": (match.start("year") - begin, match.end("year") - begin)},
    )  # fmt: skip
