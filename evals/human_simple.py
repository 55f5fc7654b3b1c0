"""Two kinds of text that detectors are known to wrong (Liang et al. 2023): plain vocabulary, and learners' language.

The first is found: the plainest quarter of what people wrote here. The second
is a simulation, said to be one wherever it is shown: no learner corpus may be
passed on inside a package, so plain passages are given the mistakes that
learners make, at a known rate.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable, Mapping

from tools.specimens import fetch

COMMON = 2000  # the words that count as common
SHARE = 0.25  # of all passages
_WORD = re.compile(r"[^\W\d_]+")


def words(text: str) -> list[str]:
    """The words of a text in lower case; an apostrophe parts two words, and "not" goes from "don't"."""
    return _WORD.findall(re.sub(r"n['’]t\b", " ", text.lower()))


def common_words(lang: str, size: int = COMMON) -> frozenset[str]:
    """The commonest words of film subtitles (OpenSubtitles 2018, counted by pyspellchecker): everyday speech."""
    with gzip.open(fetch.path("word-counts") / f"{lang}.json.gz", "rt", encoding="utf-8") as source:
        counts: dict[str, int] = json.load(source)
    return frozenset(sorted(counts, key=lambda word: (-counts[word], word))[:size])


def plainness(text: str, common: frozenset[str]) -> float:
    """The share of a text's words that are common, in [0, 1]; words of one or two letters are."""
    found = words(text)
    return sum(word in common or len(word) <= 2 for word in found) / max(len(found), 1)


def plainest(texts: Mapping[str, str], common: frozenset[str]) -> list[str]:
    """The keys of the plainest quarter of the texts, plainest first; ties go by key."""
    ranked = sorted(texts, key=lambda key: (-plainness(texts[key], common), key))
    return ranked[: round(SHARE * len(ranked))]


def learner(text: str, lang: str, common: frozenset[str], seed: str) -> str:
    """A text with learners' mistakes; the same text, language and seed give the same result.

    English: articles dropped, agreement ("he have", "they was"), -s of the third person and of plurals dropped,
    prepositions confused. French: gender of articles, articles dropped, "ne" dropped, -s of plurals
    dropped, -er for -é, a for à, prepositions confused. In both, adverbs in -ly and -ment that are not
    common are left out. Capitals at the start of a sentence and all marks stay.
    """
    chance = random.Random(seed)
    change = _english if lang == "en" else _french
    made: list[str] = []
    before, capital = "", False
    for piece in text.split():
        bare = piece.strip(_MARKS)
        drawn = chance.random()
        new = change(bare.lower(), before, common, drawn) if bare.isalpha() else None
        before = bare.lower()
        if new == "" and piece == bare:
            capital = capital or bare[0].isupper()
            continue
        if new:
            piece = piece.replace(bare, new.capitalize() if bare[0].isupper() else new)
        made.append(piece[:1].upper() + piece[1:] if capital else piece)
        capital = False
    return " ".join(made)


_MARKS = ".,;:!?()«»“”\"'…"
Change = Callable[[str, str, frozenset[str], float], str | None]
"""From a word in lower case, the word before it, the common words and a number drawn from [0, 1):
the word to put instead, "" to leave it out, ``None`` to keep it."""

_MANY = frozenset(
    ["many", "two", "three", "four", "five", "several", "some", "few", "these", "those", "all", "most", "other", "both"]
)
_PERSON = frozenset(["he", "she", "it", "who"])
_AGREE = {"has": "have", "does": "do", "was": "were", "were": "was", "is": "are", "are": "is"}
_PREPOSITION_EN = {"in": "on", "on": "in", "at": "in", "for": "to", "by": "from", "into": "in", "from": "of"}


def _english(word: str, before: str, common: frozenset[str], drawn: float) -> str | None:
    """One English word, perhaps with a mistake."""
    plural = len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    if word in ("a", "an", "the"):
        return "" if drawn < 0.5 else None
    if word in _AGREE:
        return _AGREE[word] if drawn < 0.4 else None
    if plural and before in _MANY | _PERSON:
        return word[:-1] if drawn < 0.6 else None
    if word in _PREPOSITION_EN:
        return _PREPOSITION_EN[word] if drawn < 0.35 else None
    if word.endswith("ly") and word not in common:
        return "" if drawn < 0.7 else None
    return None


_GENDER = {"le": "la", "la": "le", "un": "une", "une": "un", "du": "de la", "au": "à le"}
_PLURAL_FR = frozenset(
    ["les", "des", "ces", "mes", "tes", "ses", "nos", "vos", "leurs", "plusieurs", "quelques", "deux", "trois"]
)
_PREPOSITION_FR = {"dans": "à", "pour": "de", "sur": "dans", "par": "de", "chez": "à"}
_SOUND = {"a": "à", "à": "a", "ces": "ses", "ses": "ces", "est": "et", "ou": "où"}


def _french(word: str, before: str, common: frozenset[str], drawn: float) -> str | None:
    """One French word, perhaps with a mistake."""
    if word in _GENDER:
        return _GENDER[word] if drawn < 0.4 else ("" if drawn < 0.5 and word in ("le", "la", "un", "une") else None)
    if word == "ne":
        return "" if drawn < 0.5 else None
    if word in _SOUND:
        return _SOUND[word] if drawn < 0.2 else None
    if word in _PREPOSITION_FR:
        return _PREPOSITION_FR[word] if drawn < 0.3 else None
    if before in _PLURAL_FR and len(word) > 4 and word.endswith("s"):
        return word[:-1] if drawn < 0.5 else None
    if len(word) > 4 and word.endswith("é"):
        return word[:-1] + "er" if drawn < 0.4 else None
    if len(word) > 6 and word.endswith("ment") and word not in common:
        return "" if drawn < 0.7 else None
    return None
