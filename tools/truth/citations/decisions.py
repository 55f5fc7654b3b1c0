"""Court decisions cited in a text: US reporters, neutral citations, French and European courts.

The years of the US reporters are those of The Indigo Book (Sprigman et al. 2016).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from knowledge.bibliography import entries
from tools.truth.citations.cases import invented
from tools.truth.citations.fields import Checked, Difference, Parsed, Problem, Work
from tools.truth.citations.folding import fold, plain, words
from tools.truth.citations.library import works

REPORTERS = {  # reporter (folded, without spaces): first and last year of its decisions
    "f.2d": (1924, 1993), "f.3d": (1993, 2021), "f.4th": (2021, 9999), "f.supp.": (1932, 1998),
    "f.supp.2d": (1998, 2014), "f.supp.3d": (2014, 9999), "u.s.": (1790, 9999), "s.ct.": (1882, 9999),
}  # fmt: skip
_PARTY = r"(?:[A-ZÀ-Þ][\w’'.&-]*|of|the|de|van|von|la|le|du|des|et|and|for|ex|rel\.|Co\.,|Inc\.,|&|\([^()\n]{1,40}\)),?"
_GAP = r"[^\S\n]"  # a space on the same line
_NAME = (
    rf"(?P<name>(?:In{_GAP}+re|Ex{_GAP}+parte){_GAP}+(?:{_PARTY}{_GAP}+){{1,8}}"
    rf"|(?:{_PARTY}{_GAP}+){{1,8}}(?:v\.?|vs\.?|c\.){_GAP}+(?:{_PARTY}{_GAP}*){{1,9}})"
)
_REPORTER = r"(?P<volume>\d{1,4})\s+(?P<reporter>F\.\s?(?:2d|3d|4th)|F\.\s?Supp\.?\s?(?:2d|3d)?|U\.\s?S\.|S\.\s?Ct\.)\s*(?P<page>\d{1,5})"
_OTHER = (
    r"(?P<neutral>\d{4}\s+(?:WL|IL\s+App(?:\s*\(\w+\))?|BCCRT|SCC|ONSC|BCSC|U\.S\.\s+\w+\.?\s+LEXIS)\s+[\d-]+(?:-?U)?"
    r"|\[\d{4}\]\s+(?:FCA|UKUT|UKSC|EWCA(?:\s+Civ)?|EWHC|HCA)\s+\d+|No\.\s*\d{1,2}[-:]\s?(?:cv|cr)[-\s]\d{3,6})"
)
US = re.compile(rf"{_NAME}?[,\s]*(?:{_REPORTER}|{_OTHER})(?:,\s*\d{{1,5}})?\s*(?:\((?P<court>[^()\n]{{2,60}})\))?")
_NUMBER = r"(?P<number>\d{2,4}-\d{2,6}(?:[.\s]\d{3})?(?:\s?(?:QPC|DC))?|\d{3,6}(?:/\d{2})?|C-\d+/\d{2})"
FRENCH = re.compile(
    r"(?<!\w)(?P<court>Cass\.?|Cour\s+de\s+cassation|C\.?\s?E\.|CE(?=\s*,)|Conseil\s+d[’']État|CEDH|Cour\s+EDH|CJUE|CJCE|Cons\.\s*const\.|"
    r"Conseil\s+constitutionnel|CA\s+[A-Z]\w+|CAA\s+[A-Z]\w+|TA\s+[A-Z]\w+|TJ\s+[A-Z]\w+|TGI\s+[A-Z]\w+)"
    r"(?P<middle>[^;\n]{0,110}?)(?:n[°os]{1,2}\s*|aff\.\s*(?:n°\s*)?|décision\s+n°\s*|req\.\s*(?:n°\s*)?|pourvoi\s+n°\s*)"
    + _NUMBER
    + r"(?P<after>,?\s*(?:du|du\s+)?\s*\d{1,2}(?:er)?\s+\w+\s+\d{4})?",
    re.I,
)


def find(text: str) -> list[Parsed]:
    """Every court decision cited, with its name, its year, its reporter or number, its court."""
    return sorted((*_american(text), *_french(text)), key=lambda parsed: parsed.start)


def _american(text: str) -> Iterator[Parsed]:
    for match in US.finditer(text):
        name = (match.group("name") or "").strip(" ,\n")
        lead = re.match(
            r"(?:(?:See|Voir|Cf\.?|In|Also|And|Under|As|Lastly|Similarly|The|E\.g\.,?|et|ainsi|dans|puis|then|but),?\s+)+(?!re\b)",
            name,
            re.I,
        )
        skipped = lead.end() if lead else 0
        court = match.group("court") or ""
        if not name and not court and not match.group("volume"):
            continue
        year = re.search(r"(?:1[89]|2\d)\d\d\b", court) or re.match(
            r"\[?((?:1[89]|2\d)\d\d)", match.group("neutral") or ""
        )
        start = match.start() + len(match.group()) - len(match.group().lstrip(" ,\n")) + skipped
        number = match.group("neutral") or ""
        series = re.sub(r"\s", "", fold(match.group("reporter") or ""))
        yield Parsed(
            raw=text[start : match.end()].rstrip(), start=start, end=start + len(text[start : match.end()].rstrip()), kind="decision",
            title=name[skipped:].strip(" ,"), year=int(re.sub(r"\D", "", year.group())[:4]) if year else None, venue=court.strip(),
            volume=match.group("volume") or "", number=" ".join(number.split()), pages=match.group("page") or "", url=series,
        )  # fmt: skip


def _french(text: str) -> Iterator[Parsed]:
    for match in FRENCH.finditer(text):
        middle = match.group("middle")
        if not re.match(r"[\s,.]", middle):
            continue
        year = re.search(r"\b(?:1[89]|2\d)\d\d\b", middle + (match.group("after") or ""))
        yield Parsed(
            raw=match.group(), start=match.start(), end=match.end(), kind="decision", title=_named(middle),
            year=int(year.group()) if year else None, venue=match.group("court"), number=match.group("number"),
        )  # fmt: skip


def _named(middle: str) -> str:
    """The name of a case in the middle of a French citation ("S. et Marper c. Royaume-Uni"), or ""."""
    found = re.search(r"[^,]+\s(?:c\.|c/|contre|v\.)\s[^,]+", middle)
    return found.group().strip() if found else ""


@lru_cache(maxsize=1)
def _known() -> list[tuple[str, Work]]:
    """Every work of the bibliography as one folded line, to look for a decision's number in."""
    return [
        (
            _squeeze(f"{' '.join(entry.authors)} {entry.fields.get('title', '')} {' '.join(entry.fields.values())}"),
            works()[key],
        )
        for key, entry in entries().items()
    ]


def _squeeze(text: str) -> str:
    return " " + " ".join(plain(text)) + " "


def check(parsed: Parsed, today: date) -> Checked:
    """The verdict on one decision: by its number in the bibliography, by the list of recorded inventions, by its form."""
    number = parsed.number or f"{parsed.volume} {parsed.url} {parsed.pages}"
    wanted = _squeeze(number)
    hit = next((work for line, work in _known() if wanted in line), None)
    problems = tuple(_problems(parsed, today))
    recorded = next((case.key for case in invented() if case.matches(parsed)), "")
    if hit is None:
        return Checked(parsed, "impossible" if problems else "nothing", problems=problems, recorded=recorded)
    differences = []
    if parsed.year and hit.year and parsed.year != hit.year:
        differences.append(Difference("year", str(parsed.year), str(hit.year), (str(parsed.year),)))
    compared = ["number", *(["year"] if parsed.year and hit.year else [])]
    if parsed.title:
        compared.append("title")
        mine = [
            word
            for word in words(parsed.title)
            if len(word.text) > 1 and word.text not in ("inc", "co", "ltd", "vs", "rel", "ex")
        ]
        theirs = set(plain(hit.title + " " + " ".join(hit.authors)))
        wrong = tuple(parsed.title[word.start : word.end] for word in mine if word.text not in theirs)
        if wrong:
            differences.append(Difference("title", parsed.title, hit.title, wrong))
    verdict = "impossible" if problems else "near" if differences else "exact"
    return Checked(parsed, verdict, hit.key, hit, tuple(differences), problems, tuple(compared), recorded=recorded)  # type: ignore[arg-type]


def _problems(parsed: Parsed, today: date) -> Iterator[Problem]:
    if parsed.year and parsed.year > today.year:
        yield Problem("future_year", str(parsed.year), str(today.year))
    series = parsed.url if parsed.url.endswith(("d", "th", ".")) else parsed.url + "."
    if parsed.year and series in REPORTERS:
        first, last = REPORTERS[series]
        if not first <= parsed.year <= last + 1:
            yield Problem(
                "reporter_year",
                f"{parsed.volume} {parsed.url} {parsed.pages} ({parsed.year})",
                f"{first}–{last}" if last < 9999 else f"{first}–",
            )
    inside = (
        re.match(r"\[?(\d{4})", parsed.number)
        if parsed.number and not parsed.number.startswith("No") and " " in parsed.number
        else None
    )
    if (
        inside
        and parsed.year
        and re.match(r"\[?(?:19|20|21)\d\d", parsed.number)
        and int(inside.group(1)) != parsed.year
    ):
        yield Problem("number_year", parsed.number, str(parsed.year))
