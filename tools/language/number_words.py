"""Numbers written in words, from two to a hundred, in English and in French ("sixty-one", « soixante et un »)."""

from __future__ import annotations

import re
from functools import lru_cache


def _list(text: str) -> list[str]:
    return text.split()


ENGLISH = _list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
ENGLISH_TENS = _list("twenty thirty forty fifty sixty seventy eighty ninety")
FRENCH = _list(
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf"
)
FRENCH_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}


@lru_cache(maxsize=1)
def names() -> dict[str, int]:
    """Every name of 2 to 100, with hyphens; one and un stay out, being articles and pronouns as well."""
    found = {word: value for words in (ENGLISH, FRENCH) for value, word in enumerate(words) if value > 1}
    for tens, word in enumerate(ENGLISH_TENS, 2):
        found[word] = 10 * tens
        found |= {f"{word}-{ENGLISH[unit]}": 10 * tens + unit for unit in range(1, 10)}
    for tens, word in FRENCH_TENS.items():
        found[word + ("s" if tens == 80 else "")] = tens
        reach = 20 if tens in (60, 80) else 10
        found |= {f"{word}-{FRENCH[unit]}": tens + unit for unit in range(1, reach)}
        if tens != 80:
            found[f"{word}-et-un"] = tens + 1
    return found | {"soixante-et-onze": 71, "hundred": 100, "cent": 100}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(names(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(name.replace("-", "[- ]") for name in longest_first) + r")(?!\w)", re.I)


def digits_for_words(text: str) -> str:
    """The text with its numbers in words replaced by digits."""
    return _pattern().sub(lambda match: str(names()[match[0].lower().replace(" ", "-")]), text)
