"""Who did what to whom: two parties that changed places between a claim and its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.truth.claims.names import Name, names, same
from tools.truth.claims.words import content, tokens

_PASSIVE = re.compile(r"\b(?:by|par)\s+(?:the\s+|la\s+|le\s+|l['’]|un\s+|une\s+)?(?:\w+\s+){0,3}$", re.I)
_COMPARES_LIST = """
    more less fewer better worse than higher lower larger smaller plus moins davantage mieux
"""
_COMPARES = frozenset(_COMPARES_LIST.split())
_THAN = re.compile(r"\b(?:than|que)\b", re.I)


def swapped(claim: str, source: str) -> tuple[str, str] | None:
    """What both sentences say when the two parties of the claim stand the other way round in the source.

    Safe cases only: two names with the same verb between them ("A sued B"), and two sides of a comparison
    ("girls more than boys"); a passive ("B was sued by A") turns the order back.
    """
    return _named(claim, source) or _compared(claim, source) or _acted(claim, source)


def _named(claim: str, source: str) -> tuple[str, str] | None:
    mine, theirs = names(claim, source), names(source, claim)
    for at, one in enumerate(mine[:-1]):
        other = mine[at + 1]
        verb = _between(claim, one, other)
        if not verb:
            continue
        ones = [name for name in theirs if same(one, name)]
        others = [name for name in theirs if same(other, name)]
        if len(ones) != 1 or len(others) != 1 or ones[0] == others[0]:
            continue
        first, last = sorted((ones[0], others[0]), key=lambda name: name.start)
        if not verb & _between(source, first, last):
            continue
        straight = first == ones[0]
        if _passive(claim, one, other) != _passive(source, first, last):
            straight = not straight
        if not straight:
            return claim[one.start : other.end], source[first.start : last.end]
    return None


def _between(sentence: str, first: Name, last: Name) -> set[str]:
    """The stems of the content words between two names."""
    return {word.stem for word in content(sentence[first.end : last.start])}


def _passive(sentence: str, first: Name, last: Name) -> bool:
    return _PASSIVE.search(sentence[first.end : last.start]) is not None


def _compared(claim: str, source: str) -> tuple[str, str] | None:
    """The two sides of "X more than Y", exchanged."""
    here, there = _sides(claim), _sides(source)
    if here is None or there is None or here[2] != there[2]:
        return None
    mine, theirs = here[1] - there[1], there[1] - here[1]
    if here[0] & theirs and mine & there[0] and not here[0] & mine and not there[0] & theirs:
        return claim.strip(), source.strip()
    return None


_VERBS = re.compile(
    r"^(?:su(?:e|ed|es|ing)$|beat|defeat|attack|accus|critici|invad|hire|hired|kill|prais|paid$|pays$|buy|bought|acquir|sold|help|sav(?:ed|es)$|"
    r"arrest|prosecut|replac|follow|support|influenc|employ|teach|taught|lent|owe|poursui|batt|vainc|attaqu|accus|critiqu|envah|embauch|"
    r"tue|tua|achet|achèt|vend|aid|sauv|arret|remplac|soutien|soutenu|influenc|emplo|enseign|prete|doit)"
)


def _acted(claim: str, source: str) -> tuple[str, str] | None:
    """Who does what to whom with common nouns, for verbs that have two sides ("the hospital sued two patients")."""
    for verb, before, after in _actions(claim):
        for other, first, last in _actions(source):
            straight = before & first or after & last
            if verb == other and not straight and before & last and after & first:
                return claim.strip(), source.strip()
    return None


def _actions(sentence: str) -> Iterator[tuple[str, set[str], set[str]]]:
    """The verbs of the list, with the stems on either side of them in the same part of the sentence; active voice only."""
    for part in re.split(r"[,;:()]", sentence):
        if re.search(r"\b(?:by|par)\b", part):
            continue
        words = content(part)
        for at, word in enumerate(words):
            if _VERBS.match(word.folded):
                yield word.stem, {one.stem for one in words[:at]}, {one.stem for one in words[at + 1 :]}


def _sides(sentence: str) -> tuple[set[str], set[str], int] | None:
    """The stems before a comparison, those that follow its "than", and its direction."""
    words = tokens(sentence)
    at = next((i for i, word in enumerate(words) if word.plain in _COMPARES - {"than"}), None)
    if at is None:
        return None
    than = next((i for i in range(at + 1, len(words)) if _THAN.fullmatch(words[i].text)), None)
    if than is None:
        return None
    sign = -1 if words[at].plain in ("less", "fewer", "worse", "lower", "smaller", "moins") else 1
    after = [word for word in words[than + 1 : than + 5] if word.content][:2]
    return {word.stem for word in words[:at] if word.content}, {word.stem for word in after}, sign
