"""A reference in free text, read field by field: identifiers, year, title, authors, where it was published.

The order is that of certainty: what has a form of its own (DOI, arXiv, address, pages) is taken
out first, then the year, then the title by its marks or its place; what stands before the title
is about the authors, what stands after is about the publication.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.truth.citations.fields import Kind, Parsed
from tools.truth.citations.folding import fold
from tools.truth.citations.titles import title_span

DOI = re.compile(
    r"(?:https?\s*:\s*//\s*)?(?:(?:dx\.)?doi\.org/\s*|doi\s*[:=]?\s*)(?P<marked>(?!\.)[^\s,;\]}\"»”]+)|(?P<bare>\b1\d\.\d{2,9}/[^\s,;\]}\"»”]+)",
    re.I,
)
ARXIV = re.compile(
    r"(?:https?://)?(?:arxiv\.org/(?:abs|pdf)/|(?:\barxiv\b(?:\s+preprint)?(?:\s+(?:id|no\.?|n°))?[\s:,]*){1,2})"
    r"\s*(?P<id>[a-z][a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{3,4}\.\d{3,6})(?:v\d+)?(?:\.pdf)?(?:\s*\[[\w.-]+\])?",
    re.I,
)
URL = re.compile(r"(?:https?://|www\.)[^\s<>\"»”]+", re.I)
PAGES = re.compile(
    r"(?:\b(?:pp?|pages?|pgs?|S)\.?\s*|(?<=[:,;])\s*|(?<=\d\):)\s*)(?P<first>[A-Za-z]?\d{1,6})\s*(?:[-–—‑−]|--)\s*(?P<last>[A-Za-z]?\d{1,6})\b"
    r"|\b(?:pp?|pages?|art(?:icle)?\.?(?:\s*(?:no\.?|n°))?)\.?\s*(?P<one>[A-Za-z]{0,4}\d{1,8})\b(?!\s*p\b)",
    re.I,
)
VOLUME = re.compile(
    r"\b(?:vol(?:ume)?|t(?:ome)?)\.?\s*(?P<vol>\d{1,4})\b(?:\s*(?:,\s*(?:no?s?\b|n°|num(?:ber|éro)?|issue)\.?|\()\s*(?P<no>\d[\d–-]*)\s*\)?)?"
    r"|(?P<vol2>\b\d{1,4})\s*\(\s*(?P<no2>\d[\d–-]*)\s*\)"
    r"|(?<=[a-z.*_],)\s*[*_]?(?P<vol3>\d{1,3})(?!\d)[*_]?\s*(?=\s*,?\s*(?:$|[.;]|pp?\b|\d))"
    r"|(?<=[a-z.*_])\s(?P<vol5>\d{1,3})\s*(?=:\s*[a-z]?\d)"
    r"|(?<=;)\s*(?P<vol4>\d{1,4})\s*(?=[:(])",
    re.I,
)
YEAR = re.compile(r"(?<![\d./–-])(1[5-9]\d\d|20\d\d|21\d\d)(?=[a-z]?\b)(?![\d/])")
SEEN = re.compile(
    r"[\[(]?\b(?:retrieved|accessed|visited|viewed|consult[ée]e?s?|page consult[ée]e|vu|disponible)\b(?:\s+(?:on|le|from|en|ligne|sur))?[^.\n]{0,40}?\d{4}[\])]?",
    re.I,
)
UNDATED = re.compile(
    r"\(\s*(?:n\.?\s?d\.?|s\.?\s?d\.?|undated|in press|forthcoming|sous presse|à paraître)\s*\)\.?", re.I
)
_MONTHS_LISTED = (
    "january february march april may june july august september october november december janvier fevrier mars "
    "avril mai juin juillet aout septembre octobre novembre decembre jan feb mar apr jun jul aug sep sept oct nov "
    "dec janv fevr avr juil"
)
MONTHS = _MONTHS_LISTED.split()
_AGAIN = re.compile(r"^\s*(?:\[\w{1,6}\]|\(\d{1,3}\)|\d{1,3}\s*[.)]|[-•*–—·▪])\s+")


@dataclass
class _Reading:
    """A reference while it is read: ``rest`` has blanks where something was taken out, so that places stay."""

    raw: str
    rest: str
    spans: dict[str, tuple[int, int]]

    def take(self, name: str, start: int, end: int) -> None:
        self.spans.setdefault(name, (start, end))
        self.rest = self.rest[:start] + " " * (end - start) + self.rest[end:]


def parse(
    raw: str, start: int = 0, kind: Kind = "reference", title: tuple[int, int] | None = None, named: bool = False
) -> Parsed:
    """The fields of one reference.

    Args:
        raw: the reference as written; ``start`` is where it begins in the whole text.
        title: where its title is, when a known work has shown it; else it is looked for.
        named: whether the ends of that title are certain.
    """
    reading = _Reading(raw, raw, {})
    if marker := _AGAIN.match(raw):
        reading.rest = " " * marker.end() + raw[marker.end() :]
    given = _identifiers(reading)
    for seen in SEEN.finditer(reading.rest):
        reading.take("seen", *seen.span())
    undated = [match.span() for match in UNDATED.finditer(reading.rest)]
    for first, last in undated:
        reading.take("undated", first, last)
    if title is None:
        title, named = title_span(reading.rest, sorted(_years(reading.rest) + undated))
    given |= _numbers(reading, title)
    year = _year(reading, title)
    if year:
        reading.spans["year"] = year
    words = raw[title[0] : title[1]] if title else ""
    authors, venue = _zones(reading, title, year)
    for name, span in (("title", title), ("authors", authors), ("venue", venue)):
        if span and raw[span[0] : span[1]].strip():
            reading.spans[name] = span
    return Parsed(
        raw=raw, start=start, end=start + len(raw), kind=kind, title=_clean(words), named=named,
        authors=re.sub(r"\bal$", "al.", _clean(reading.rest[slice(*authors)])) if authors else "",
        venue=_clean(reading.rest[slice(*venue)]) if venue else "",
        year=int(raw[year[0] : year[0] + 4]) if year else None, spans=reading.spans, **given,
    )  # fmt: skip


def arxiv_of(doi: str) -> str:
    """The arXiv id inside an arXiv DOI (10.48550/arXiv.1706.03762), or ""."""
    found = re.fullmatch(r"10\.48550/arxiv\.(.+?)(?:v\d+)?", doi, re.I)
    return found.group(1) if found else ""


def _identifiers(reading: _Reading) -> dict[str, str]:
    """DOI, arXiv id and address, taken out of the text."""
    given: dict[str, str] = {}
    for match in ARXIV.finditer(reading.rest):
        given.setdefault("arxiv", match.group("id"))
        reading.take("arxiv", *match.span())
    for match in DOI.finditer(reading.rest):
        doi = (match.group("marked") or match.group("bare")).rstrip(".:)")
        if not any(letter.isdigit() for letter in doi):
            continue
        inside = arxiv_of(doi)
        given.setdefault("arxiv" if inside else "doi", inside or doi)
        reading.take("arxiv" if inside else "doi", *match.span())
    for match in URL.finditer(reading.rest):
        given.setdefault("url", match.group().rstrip(".,;)"))
        reading.take("url", *match.span())
    return given


def _numbers(reading: _Reading, title: tuple[int, int] | None) -> dict[str, str]:
    """Volume, number and pages, outside the title."""
    given: dict[str, str] = {}
    first, last = title or (0, 0)
    offset = last if title and first < len(reading.raw) / 2 else 0
    for match in PAGES.finditer(reading.rest, offset):
        if match.start() < last and match.end() > first:
            continue
        one = match.group("one")
        given.setdefault("pages", one or f"{match.group('first')}–{match.group('last')}")
        reading.take("pages", *match.span())
    for match in VOLUME.finditer(reading.rest, offset):
        if match.start() < last and match.end() > first:
            continue
        volume = next((match.group(name) for name in ("vol", "vol2", "vol3", "vol4", "vol5") if match.group(name)), "")
        number = match.group("no") or match.group("no2") or ""
        if match.group("vol2") and YEAR.fullmatch(match.group("no2")):
            number = ""
        if volume and not (match.group("vol2") and YEAR.fullmatch(volume)):
            given.setdefault("volume", volume)
            if number:
                given.setdefault("number", number)
            end = match.end() if number or not match.group("no2") else match.end("vol2")
            reading.take("volume", match.start(), end)
    return given


def _years(rest: str) -> list[tuple[int, int]]:
    """Places of the years that stand in parentheses, "(2019)", "(2019, May 23)", "(mai 2019)"."""
    found = []
    for match in re.finditer(r"\(([^()]{0,30})\)", rest):
        year = YEAR.search(match.group(1))
        others = (
            re.findall(r"[a-z]+", fold(match.group(1)[: year.start()] + match.group(1)[year.end() :])) if year else []
        )
        if year and all(word in MONTHS or len(word) == 1 for word in others):
            found.append(match.span())
    return found


def _year(reading: _Reading, title: tuple[int, int] | None) -> tuple[int, int] | None:
    """The year of the work: in parentheses, else right before the title, else the last after it, else the last."""
    first, last = title or (0, 0)
    outside = [m.span() for m in YEAR.finditer(reading.rest) if not (m.start() >= first and m.end() <= last)]
    if not outside:
        return None
    parenthesised = [
        span for span in outside if any(low <= span[0] < high for low, high in _years(reading.rest))
    ]  # fmt: skip
    if parenthesised:
        return parenthesised[0]
    just_before = [
        span for span in outside if span[1] <= first and not re.search(r"[^\W_]{2}", reading.rest[span[1] : first])
    ]
    after = [span for span in outside if span[0] >= last]
    return (just_before or after or outside)[-1]


def _zones(
    reading: _Reading, title: tuple[int, int] | None, year: tuple[int, int] | None
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Where the authors are named and where the publication is: before and after the title, unless it comes first."""
    rest = reading.rest
    if title is None:
        return ((0, year[0]) if year else (0, len(rest))), ((year[1], len(rest)) if year else None)
    before, after = (0, title[0]), (title[1], len(rest))
    if year and before[0] <= year[0] < before[1] and re.search(r"[^\W\d]{2}", rest[: year[0]]):
        before = (0, _opening(rest, year[0]))
    if re.search(r"[^\W\d]{2}", re.sub(r"\b(?:in|dans|see|voir|cf)\b", "", rest[slice(*before)], flags=re.I)):
        return before, after
    by = re.match(r"[\s\"”».,*_'’]*(?:by|par|de|d[’']|von)\s+", rest[title[1] :], re.I)
    begin = title[1] + (by.end() if by else 0)
    if year and year[0] >= begin:
        inner = rest[begin : _opening(rest, year[0])]
        if by or _names(inner):
            cut = re.search(r"(?<![A-Z])[.,;]\s+(?:in|dans|In)\b|(?<=\w\w\w)\.\s|[–—]\s|«|\"|“|\*|_", inner)
            stop = begin + (cut.start() if cut else len(inner))
            return (begin, stop), (stop, len(rest))
    inside = re.match(r"\W*\(", rest[title[1] :])
    begin += inside.end() if inside and not by else 0
    first = re.match(r"[^.;*_(]{3,80}", rest[begin:])
    if first and _names(first.group()):
        return (begin, begin + first.end()), (begin + first.end(), len(rest))
    return None, after


def _opening(text: str, place: int) -> int:
    """The place of the parenthesis that opens around a date, or ``place``."""
    opening = text.rfind("(", max(0, place - 30), place)
    inner = text[opening + 1 : place]
    return (
        opening
        if opening >= 0 and ")" not in inner and all(w in MONTHS for w in re.findall(r"[a-z]+", fold(inner)))
        else place
    )


def _names(text: str) -> bool:
    """Whether a passage looks like names of people: initials, et al., or a few capitalised words."""
    if re.search(r"\bet\s+al\b|\b[A-ZÀ-Þ]\.|&", text):
        return True
    found = re.findall(r"[^\W\d_][\w’'-]*", text)
    return 0 < len(found) <= 12 and all(
        word[0].isupper() or word in ("and", "et", "de", "van", "von") for word in found
    )


def _clean(text: str) -> str:
    """A field without the punctuation around it."""
    return " ".join(text.split()).strip(" \t\n.,;:()[]{}\"“”«»*_`'’‘–—-")
