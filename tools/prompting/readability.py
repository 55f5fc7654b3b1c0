"""How easy a text is to read, by two old formulas: words a sentence and syllables a word, nothing about its sense.

Flesch 1948 (J. Applied Psychology 32:221) for English; Kandel and Moles 1958 (Cahiers d'études de radio-télévision 19:253)
fitted the same to French. Syllables are counted by rule, as no dictionary is at hand.
"""

from __future__ import annotations

import re

from knowledge.sentences import split
from knowledge.terms import fold

_WORD = re.compile(r"[^\W\d_]+")


def flesch(text: str) -> float:
    """206.835 − 1.015 · words/sentences − 84.6 · syllables/words; about 100 very easy, below 30 hard. The text has words."""
    length, syllables = _rates(text, "en")
    return 206.835 - 1.015 * length - 84.6 * syllables


def kandel_moles(text: str) -> float:
    """207 − 1.015 · words/sentences − 73.6 · syllables/words, the same scale for French. The text has words."""
    length, syllables = _rates(text, "fr")
    return 207 - 1.015 * length - 73.6 * syllables


def _rates(text: str, lang: str) -> tuple[float, float]:
    """Words a sentence, syllables a word."""
    words = _WORD.findall(text)
    count = english_syllables if lang == "en" else french_syllables
    return len(words) / max(len(split(text)), 1), sum(map(count, words)) / len(words)


def english_syllables(word: str) -> int:
    """Groups of vowels, without a silent -e, -es, -ed at the end (make, makes, named; not table, boxes, wanted); at least 1.

    Two vowels that are said apart count twice (piano, create, actual; not nation, million).
    """
    bare = fold(word)
    groups = len(re.findall(r"[aeiouy]+", bare)) + len(
        re.findall(r"(?<![tscgxln])i[ao]|creat(?!u)|(?<![gq])ua|[aeiou]ing$", bare)
    )
    groups += len(re.findall(r"(?<=[ln])i[ao](?!n)", bare))
    silent = re.search(r"[^aeiouy](?:e|es|ed)$", bare)
    spoken = re.search(r"[^aeiouyl]les?$|[td]ed$|(?:[sxzcg]|ch|sh)es$", bare)
    return max(groups - bool(silent and not spoken), 1)


def french_syllables(word: str) -> int:
    """Groups of vowels, without a silent -e, -es, -ent at the end where spelling shows it; a vowel and é or a trema are two; at least 1."""
    lower = word.casefold()
    apart = re.sub(r"([aeiou](?=[éèëï])|é(?=[aâoôiu]))", r"\1-", lower)
    groups = len(re.findall(r"[aeiouyàâéèêëîïôùûüœæ]+", apart))
    silent = re.search(r"[^aeiouyàâéèêëîïôùûüœæ](?:e|es)$|(?:ll|nn|rr|ss|tt|ch|gn)ent$|(?:gu|qu)(?:e|es|ent)$", lower)
    return max(groups - bool(silent), 1)
