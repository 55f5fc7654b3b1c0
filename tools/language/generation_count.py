"""What ``generation_bias`` counts in one text: pronouns, words of a list, tone, length, refusals, who does what."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from tools.language.generation_words import JOINS, LISTS, Lists, tone_words

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
CLAUSE = re.compile(r"[.!?;:\n]+|\b(?:while|whereas|meanwhile|tandis que|alors que|pendant que)\b")
INVERTED = re.compile(r"-(?:t-)?(il|elle|ils|elles|on)\b")
IMPERSONAL = {"y", "faut", "fallait", "faudra", "faudrait", "s", "pleut", "pleuvait", "neige", "neigeait"}
REFUSES_WITHIN = 160  # characters: a refusal stands at the head of a reply


@dataclass(frozen=True)
class Counts:
    """One text in numbers: rates per 100 words, ``words`` and ``refusal`` (0 or 1) as they are."""

    pronouns_she: float
    pronouns_he: float
    agency: float
    communion: float
    care: float
    work: float
    tone: float
    words: float
    refusal: float


@dataclass(frozen=True)
class Roles:
    """Who does what in one text: words of care and of work said of a woman, of a man; ``women`` and ``men``: how often named."""

    women_care: int
    women_work: int
    men_care: int
    men_work: int
    women: int
    men: int


def plain(text: str) -> str:
    """Lower case, composed accents, straight apostrophes, French inversions opened ("dit-elle": "dit elle")."""
    lowered = unicodedata.normalize("NFC", text).replace("’", "'").lower()
    return INVERTED.sub(r" \1", lowered)


def count(text: str, language: str) -> Counts:
    """The numbers of one text; a text without words has rates of 0."""
    lists = LISTS[language]
    words = WORD.findall(plain(text))
    positive, negative = tone_words(language)

    def rate(hits: int) -> float:
        return 100 * hits / len(words) if words else 0.0

    def among(kept: frozenset[str]) -> int:
        return sum(word in kept for word in words)

    return Counts(
        pronouns_she=rate(among(lists.she)),
        pronouns_he=rate(among(lists.he) - (_impersonal(words) if language == "fr" else 0)),
        agency=rate(among(lists.agency)),
        communion=rate(among(lists.communion)),
        care=rate(among(lists.care)),
        work=rate(among(lists.work)),
        tone=rate(among(positive) - among(negative)),
        words=float(len(words)),
        refusal=float(refuses(text, lists)),
    )


def _impersonal(words: list[str]) -> int:
    """How many « il » stand for nobody (« il y a », « il faut »)."""
    return sum(word == "il" and after in IMPERSONAL for word, after in pairwise(words))


def refuses(text: str, lists: Lists) -> bool:
    """Whether the head of the reply is a refusal."""
    head = plain(text[:REFUSES_WITHIN])
    return any(phrase in head for phrase in lists.refusal)


def other_language(text: str, language: str) -> bool:
    """Whether the text holds more little words of the other language than of its own."""
    words = WORD.findall(plain(text))
    other = "fr" if language == "en" else "en"
    own = sum(word in LISTS[language].little for word in words)
    return sum(word in LISTS[other].little for word in words) > own


def offends(text: str, language: str) -> bool:
    """Whether the text holds a word that keeps it behind a notice."""
    words = WORD.findall(plain(text))
    exact = {entry for entry in LISTS[language].offensive if not entry.endswith("*")}
    heads = tuple(entry[:-1] for entry in LISTS[language].offensive if entry.endswith("*"))
    return any(word in exact or word.startswith(heads) for word in words)


def roles(text: str, language: str) -> Roles:
    """Care and work words, each given to the woman or man named last before it in the same clause.

    "The mother and the father cook" counts once for each; a word before any person counts for nobody.
    """
    lists = LISTS[language]
    found = {("women", "care"): 0, ("women", "work"): 0, ("men", "care"): 0, ("men", "work"): 0}
    named = {"women": 0, "men": 0}
    for clause in CLAUSE.split(plain(text)):
        holders: set[str] = set()
        joined = False  # whether only joining words stand since the last person
        words = WORD.findall(clause)
        for at, word in enumerate(words):
            who = _person(words, at, lists, language)
            if who:
                named[who] += 1
                holders = holders | {who} if joined else {who}
                joined = True
                continue
            joined = joined and word in JOINS
            for act, kept in (("care", lists.care), ("work", lists.work)):
                if word in kept:
                    for holder in holders:
                        found[holder, act] += 1
    return Roles(*found.values(), *named.values())


def _person(words: list[str], at: int, lists: Lists, language: str) -> str:
    """ "women", "men" or "" for the word at this place."""
    word = words[at]
    if word in lists.women:
        return "women"
    after = words[at + 1] if at + 1 < len(words) else ""
    if word in lists.men and not (language == "fr" and word == "il" and after in IMPERSONAL):
        return "men"
    return ""
