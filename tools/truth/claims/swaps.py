"""A sentence of the source said again with a number or a name exchanged: what differs stands in the same place."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from tools.truth.claims.conflicts import Conflict

SAME = 0.75  # share of the words, in order, that claim and sentence must have in common
WORDS = 6  # a shorter claim has too few words to be the sentence said again
FUZZY = re.compile(
    r"\b(about|around|roughly|nearly|almost|some|approximately|over|environ|près|presque|quelque|plus|autour)\b", re.I
)
_TOKEN = re.compile(r"\d+(?:[.,\u202f\u00a0]\d+)*|[^\W\d_]+")


def swapped(claim: str, sentence: str) -> list[Conflict]:
    """The numbers and names of ``claim`` that replace others in the same place of a sentence that is otherwise nearly the same."""
    said, found = _TOKEN.findall(claim), _TOKEN.findall(sentence)
    if len(said) < WORDS:
        return []
    match = SequenceMatcher(a=[one.lower() for one in found], b=[one.lower() for one in said], autojunk=False)
    if 2 * sum(block.size for block in match.get_matching_blocks()) < SAME * (len(said) + len(found)):
        return []
    conflicts = []
    for tag, a, b, c, d in match.get_opcodes():
        if tag != "replace":
            continue
        old, new = found[a:b], said[c:d]
        if _numbers(old) and _numbers(new) and _numbers(old) != _numbers(new):
            if not FUZZY.search(" ".join(said[max(0, c - 2) : c])):
                conflicts.append(Conflict("number", " ".join(new), " ".join(old), sure=True))
        elif _named(old, a) and _named(new, c):
            conflicts.append(Conflict("name", " ".join(new), " ".join(old), sure=True))
    return conflicts


def _numbers(words: list[str]) -> list[str]:
    return [re.sub(r"\D", "", word) for word in words if word[0].isdigit()]


def _named(words: list[str], at: int) -> bool:
    """Whether the words are a name: a capital on some, and not only because they open the sentence."""
    return any(word[0].isupper() and (at + place > 0 or len(words) > 1) for place, word in enumerate(words))
