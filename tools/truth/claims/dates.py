"""Dates in a sentence, English and French, and whether two of them can be the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_EN = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_FR = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_DAYS_EN = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_DAYS_FR = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
_SHORT = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
MONTHS = {name: at for names in (_EN, _FR) for at, name in enumerate(names, 1)} | {
    "fevrier": 2,
    "aout": 8,
    "decembre": 12,
}
SEASONS = {
    "spring": {3, 4, 5, 6}, "printemps": {3, 4, 5, 6}, "summer": {6, 7, 8, 9}, "été": {6, 7, 8, 9},
    "autumn": {9, 10, 11, 12}, "fall": {9, 10, 11, 12}, "automne": {9, 10, 11, 12}, "winter": {12, 1, 2, 3}, "hiver": {12, 1, 2, 3},
}  # fmt: skip
PARTS = {
    "early": {1, 2, 3, 4}, "beginning of": {1, 2, 3, 4}, "début": {1, 2, 3, 4}, "late": {9, 10, 11, 12}, "end of": {9, 10, 11, 12},
    "fin": {9, 10, 11, 12}, "mid": {5, 6, 7, 8}, "mi": {5, 6, 7, 8},
}  # fmt: skip
WEEKDAYS = {name: at for names in (_DAYS_EN, _DAYS_FR) for at, name in enumerate(names)}
ALL = frozenset(range(1, 13))

_M_EN = (
    "|".join(name.capitalize() for name in _EN) + "|" + "|".join(rf"{name.capitalize()}\.?(?=\s+\d)" for name in _SHORT)
)
_M_FR = "|".join([*_FR, "fevrier", "aout", "decembre"])
_MONTH = rf"(?:{_M_EN}|{_M_FR})"
_CENTURY = r"(?:1[0-9]|20)"
_YEAR = _CENTURY + r"\d\d"
_DAY = r"(?:1er|1ᵉʳ|\d{1,2}(?:st|nd|rd|th)?)"
_PATTERNS = [
    (re.compile(rf"\b(?P<y>{_YEAR})-(?P<mn>\d\d)-(?P<d>\d\d)\b"), ""),
    (re.compile(rf"\b(?P<d>\d{{1,2}})[/.](?P<mn>\d{{1,2}})[/.](?P<y>{_YEAR})\b"), ""),
    (re.compile(rf"(?<![\d.,])(?P<d>{_DAY})\s+(?:of\s+)?(?P<m>{_MONTH})\b(?:,?\s+(?:de\s+)?(?P<y>{_YEAR})\b(?!\s?%))?"), ""),
    (re.compile(rf"\b(?P<m>{_M_EN})\s+(?P<d>\d{{1,2}}(?:st|nd|rd|th)?)\b(?![.,]?\d)(?:,?\s+(?P<y>{_YEAR})\b)?"), ""),
    (re.compile(rf"\b(?P<m>{_MONTH})\b(?:\s+(?:of\s+|de\s+)?(?P<y>{_YEAR})\b)?"), ""),
    (re.compile(rf"\b(?P<s>{'|'.join(SEASONS)})\s+(?:of\s+|de\s+)?(?P<y>{_YEAR})\b", re.I), ""),
    (re.compile(rf"(?:\b|(?<=['’]))(?P<dec>{_CENTURY}\d0)s\b|\bann[ée]es\s+(?P<dec2>(?:{_CENTURY})?\d0)\b", re.I), ""),
    (re.compile(r"\b(?P<c>\d{1,2})(?:st|nd|rd|th)[\s-]century\b|\b(?P<cf>\d{1,2})(?:e|ᵉ|ème)\s+siècle\b", re.I), ""),
    (re.compile(r"\b(?P<cr>[XVI]+)(?:e|ᵉ|ème)\s+siècle"), ""),
    (re.compile(r"\b(?P<cw>[\w-]+)[\s-](?:century|siècle)\b", re.I), ""),
    (re.compile(rf"(?:\b(?P<p>early|late|mid|beginning of|end of|début|fin|mi)[\s-]+(?:in\s+|de\s+|of\s+|l['’]année\s+|the\s+year\s+)*)?(?<![\d.,€$£-])\b(?P<y>{_YEAR})\b(?![.,]?\d|-\d|\s?[%€$£]|[\u00a0\u202f ]\d{{3}}\b)", re.I), "year"),
    (re.compile(rf"\b(?P<w>{'|'.join(name.capitalize() for name in _DAYS_EN)}|{'|'.join(_DAYS_FR)})\b"), ""),
]  # fmt: skip
_AFTER_YEAR = re.compile(
    r"\s+(?:euros?|dollars?|pounds|people|percent|per cent|pour cent|km|kg|metres|mètres|(?:\w{3,}(?<!s)(?<!ss)e?s))\b"
)
_ORDINALS = dict(zip(
    ["tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first"],
    range(10, 22), strict=True,
)) | dict(zip(
    ["dixième", "onzième", "douzième", "treizième", "quatorzième", "quinzième", "seizième", "dix-septième", "dix-huitième", "dix-neuvième", "vingtième"],
    range(10, 21), strict=True,
))  # fmt: skip
_ROMAN = {
    "X": 10,
    "XI": 11,
    "XII": 12,
    "XIII": 13,
    "XIV": 14,
    "XV": 15,
    "XVI": 16,
    "XVII": 17,
    "XVIII": 18,
    "XIX": 19,
    "XX": 20,
    "XXI": 21,
}
RELATIVE = re.compile(
    r"\b(?:following|next|previous|later|earlier|same (?:year|month|day)|suivante?s?|précédente?s?|plus tard|plus tôt|même (?:année|mois|jour)|"
    r"last (?:year|month|week|\w+ber|january|february|march|april|may|june|july|august)|dernière?|prochaine?)\b",
    re.I,
)


@dataclass(frozen=True)
class Date:
    """A date as far as it is given: years ``first`` to ``last`` (0 when no year), months it may fall in, day, weekday."""

    text: str
    start: int
    end: int
    first: int = 0
    last: int = 0
    months: frozenset[int] = ALL
    day: int = 0
    weekday: int = -1

    @property
    def fields(self) -> set[str]:
        """Which of year, month, day and weekday are given."""
        given = {
            "year": self.first > 0,
            "month": len(self.months) < 12,
            "day": self.day > 0,
            "weekday": self.weekday >= 0,
        }
        return {name for name, one in given.items() if one}


def agree(one: Date, other: Date) -> bool:
    """Whether both can be the same date: they give a field in common, and what both give is equal or overlaps."""
    if not comparable(one, other):
        return False
    if one.first and other.first and (one.last < other.first or other.last < one.first):
        return False
    if not one.months & other.months:
        return False
    if one.weekday >= 0 and other.weekday >= 0 and one.weekday != other.weekday:
        return False
    return not (one.day and other.day and one.day != other.day)


def comparable(one: Date, other: Date) -> bool:
    """Whether they give a field in common, so that they can contradict each other."""
    return bool(one.fields & other.fields)


def dates(text: str) -> list[Date]:
    """The dates of a sentence in order; a bare number of four digits is a year unless something is counted."""
    return list(_dates(text))


@lru_cache(maxsize=4096)
def _dates(text: str) -> tuple[Date, ...]:
    taken = [False] * (len(text) + 1)
    found = list[Date]()
    for pattern, kind in _PATTERNS:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            if kind == "year" and _counts(text, match):
                continue
            for date in _date(match):
                found.append(date)
                taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    return tuple(sorted(found, key=lambda date: date.start))


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether four digits are an amount ("2000 spectators") and not a year."""
    after = _AFTER_YEAR.match(text[match.end() :])
    before = re.search(
        r"(?:\bin|\ben|since|depuis|until|jusqu['’]en|\bde|\bof|\bfrom|\bby|\bbefore|avant|après|\bafter|\()\s*$",
        text[: match.start()],
        re.I,
    )
    return bool(after and not (before and before.group().strip().lower() in ("in", "en", "since", "depuis")))


def _date(match: re.Match[str]) -> Iterator[Date]:
    """The date of a match; none when its numbers cannot be one."""
    part = match.groupdict()
    given = {name: value for name, value in part.items() if value}
    year = int(given["y"]) if "y" in given else 0
    months, day, weekday, first, last = ALL, 0, -1, year, year
    if "m" in given or "mn" in given:
        name = given.get("m", "").rstrip(".")
        at = int(given["mn"]) if "mn" in given else MONTHS.get(name.lower()) or _SHORT[name.lower()]
        if "mn" in given and at > 12 >= int(given["d"]):
            at, given["d"] = int(given["d"]), given["mn"]
        if not 1 <= at <= 12:
            return
        months = frozenset({at})
    if "d" in given:
        day = int(re.match(r"\d+", given["d"])[0])  # type: ignore[index]
        if not 1 <= day <= 31:
            return
    if "s" in given:
        months = frozenset(SEASONS[given["s"].lower()])
    if "p" in given:
        months = frozenset(PARTS[given["p"].lower()])
    if "w" in given:
        weekday = WEEKDAYS[given["w"].lower()]
    if decade := given.get("dec") or given.get("dec2"):
        first = int(decade) if len(decade) == 4 else 1900 + int(decade)
        last = first + 9
    if century := _century(given):
        first, last = 100 * (century - 1), 100 * century
    elif given.keys() & {"cw"}:
        return
    yield Date(match.group().strip(), match.start(), match.end(), first, last, months, day, weekday)


def _century(given: dict[str, str]) -> int:
    """Which century is named, 0 for none."""
    if number := given.get("c") or given.get("cf"):
        return int(number) if 1 <= int(number) <= 21 else 0
    if "cr" in given:
        return _ROMAN.get(given["cr"], 0)
    return _ORDINALS.get(given.get("cw", "").lower(), 0)


def without(text: str, places: list[Date]) -> str:
    """The text with its dates blanked, letter for letter."""
    for place in places:
        text = text[: place.start] + " " * (place.end - place.start) + text[place.end :]
    return text
