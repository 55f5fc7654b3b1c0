"""Numbers written in letters, English and French: "forty-eight", « quatre-vingt-quatre », "1.2 million", « une trentaine »."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.terms import fold

ENGLISH = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
FRENCH = "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_TENS_EN = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS_FR = "vingt trente quarante cinquante soixante septante huitante nonante"

SMALL: dict[str, float] = {word: value for value, word in enumerate(ENGLISH.split())}
SMALL |= {word: value for value, word in enumerate(FRENCH.split())}
SMALL |= {word: 10 * value for value, word in enumerate(_TENS_EN.split(), 2)}
SMALL |= dict(zip(_TENS_FR.split(), (20, 30, 40, 50, 60, 70, 80, 90), strict=True))
SMALL |= {"une": 1, "vingts": 20}
HUNDRED = {"hundred": 100, "cent": 100, "cents": 100, "hundreds": 100}
SCALES: dict[str, float] = {
    "thousand": 1e3, "thousands": 1e3, "mille": 1e3, "milliers": 1e3, "millier": 1e3, "million": 1e6, "millions": 1e6,
    "billion": 1e9, "billions": 1e9, "milliard": 1e9, "milliards": 1e9, "trillion": 1e12, "trillions": 1e12,
    "bn": 1e9, "k": 1e3, "md": 1e9, "mds": 1e9,
}  # fmt: skip
ABOUT: dict[str, float] = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40,
    "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000, "dozen": 12, "dozens": 24, "score": 20,
}  # fmt: skip
PARTS: dict[str, float] = {
    "half": 0.5, "halves": 0.5, "moitie": 0.5, "demi": 0.5, "third": 1 / 3, "thirds": 1 / 3, "tiers": 1 / 3,
    "quarter": 0.25, "quarters": 0.25, "quart": 0.25, "quarts": 0.25, "fourth": 0.25, "fifth": 0.2, "fifths": 0.2,
    "cinquieme": 0.2, "cinquiemes": 0.2, "sixth": 1 / 6, "sixieme": 1 / 6, "tenth": 0.1, "tenths": 0.1, "dixieme": 0.1,
    "dixiemes": 0.1, "eighth": 0.125, "seventh": 1 / 7,
}  # fmt: skip
_JOIN = {"and", "et", "a"}
_TOKEN = re.compile(r"[^\W\d_]+")


class Spelled(NamedTuple):
    """A number in letters: its value, its place, and whether the word itself says "about" (« trentaine »)."""

    value: float
    start: int
    end: int
    about: bool = False


def spelled(text: str) -> list[Spelled]:
    """The numbers written in letters; "a", « un » and "one" alone are words, not numbers."""
    found = []
    words = [(fold(match.group()), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    at = 0
    while at < len(words):
        used, value, about = _read(text, words, at)
        if used:
            found.append(Spelled(value, words[at][1], words[at + used - 1][2], about))
        at += used or 1
    return found


def _read(text: str, words: list[tuple[str, int, int]], first: int) -> tuple[int, float, bool]:
    """How many words from ``first`` on make a number, and its value; 0 words when they make none."""
    total, group, used, at, about = 0.0, 0.0, 0, first, False
    while at < len(words):
        word = words[at][0]
        if at > first and re.fullmatch(r"[\s\u00a0\u202f-]+", text[words[at - 1][2] : words[at][1]]) is None:
            break
        if word in _JOIN and used and at + 1 < len(words) and _joins(words, at, group + total):
            at += 1
            continue
        if word in ABOUT and word != "millier" and group < 100:
            group, about = ABOUT[word] * max(group, 1), word not in ("dozen", "score")
        elif word in SMALL and _fits(group, SMALL[word], words[at - 1][0] if used else ""):
            group += 76 if word.startswith("vingt") and group % 100 == 4 else SMALL[word]  # 4 becomes 80
        elif word in HUNDRED and word != "hundreds" and group < 100:
            group = max(group, 1) * 100
        elif word in SCALES and len(word) > 3 and not word.startswith(("thousands", "milliers")):
            total, group = total + max(group, 1) * SCALES[word], 0
        else:
            break
        at += 1
        used = at - first
    if used == 1 and words[first][0] in ("one", "un", "une", "millions", "billions", "milliards"):
        return 0, 0, False
    return used, total + group, about


def _joins(words: list[tuple[str, int, int]], at: int, sofar: float) -> bool:
    """Whether "and" / « et » stands inside a number: "a hundred and six", « vingt et un »."""
    word, after = words[at][0], words[at + 1][0]
    if word == "et":
        return after in ("un", "une", "onze") and sofar % 100 in (20, 30, 40, 50, 60, 70)
    return word == "and" and sofar >= 100 and sofar % 100 == 0 and after in SMALL


def _fits(group: float, value: float, before: str) -> bool:
    """Whether ``value`` may follow: units after tens, tens and units after hundreds, 20 after 4 in French."""
    if group == 0:
        return True
    rest = group % 100
    if rest == 0 or (rest == 4 and value == 20 and before == "quatre"):
        return True
    if rest in (60, 80) and 10 <= value < 20:
        return True
    return bool(rest % 10 == 0 and rest >= 20 and 0 < value < 10) or bool(
        rest in (10, 70, 90) and before == "dix" and 7 <= value <= 9
    )


def parts(text: str) -> list[Spelled]:
    """The fractions in letters: "half", "two thirds", « les trois quarts », « un tiers », "one in six", « 7 sur 10 »."""
    found = []
    number = r"(?:\d+|" + "|".join(sorted((word for word in SMALL if word != "a"), key=len, reverse=True)) + ")"
    folded = _same_length(text)
    fraction = re.compile(
        rf"\b(?:({number}|an?|les|the|la|le)[\s-]+)?({'|'.join(sorted(PARTS, key=len, reverse=True))})\b"
    )
    for match in fraction.finditer(folded):
        before, part = match.groups()
        if part in (
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "tenth",
            "sixieme",
            "cinquieme",
            "dixieme",
        ) and (before not in ("a", "an", "one", "un") or re.match(r"\s+[a-z]+\s+of\b", folded[match.end() :])):
            continue  # the third, fifth: an order
        if part in ("half", "demi") and re.match(
            r"[\s-]+(?:time|hour|way|heure|finale|pension|siecle|million|day)\b", folded[match.end() :]
        ):
            continue
        if re.search(r"\b(?:and|et)\s+$", folded[: match.start()]) and part in ("half", "demi", "quart", "quarter"):
            continue
        times = float(before) if before and before.isdigit() else SMALL.get(before or "", 1)
        found.append(Spelled(max(times, 1) * PARTS[part], match.start(), match.end()))
    for match in re.finditer(
        rf"\b({number})\s+(?:[a-z]+\s+){{0,3}}?(in|out of|sur)\s+({number})\b(?!\s*(?:%|per|hour|day|year|month|week|minute|h\b))",
        folded,
    ):
        one, other = (float(word) if word.isdigit() else SMALL[word] for word in (match[1], match[3]))
        if 0 < one < other <= 100 and not (match[2] == "in" and other > 20):
            found.append(Spelled(one / other, match.start(), match.end()))
    return found


def _same_length(text: str) -> str:
    """Folded letter by letter, so that places stay."""
    return "".join(short if len(short := fold(letter)) == 1 else letter for letter in text)
