"""Where a source denies what a claim says, or the reverse, word by word: the words around decide what speaks of what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tools.truth.claims.negation import said
from tools.truth.claims.opposites import Side, sides
from tools.truth.claims.words import Token

if TYPE_CHECKING:
    from tools.truth.claims.matching import Source

SAME = 0.6  # cosine of two words taken for one when one of them is denied
_MOTION = re.compile(
    r"\b(?:motions?|proposals?|amendments?|bills?|resolutions?|requests?|propos\w+|résolutions?|amendements?|demand\w+|requêtes?)\b",
    re.I,
)
_FAILS = re.compile(
    r"\b(?:defeated|rejected|voted down|turned down|not carried|not adopted|refused|withdrawn|(?:n['’](?:est|a|ont|sont) pas|pas été) (?:adopt|approuv|retenu|suivi)\w*|"
    r"rejet\w+|repouss\w+|refus\w+|écart\w+)\b",
    re.I,
)
_PREFIX = re.compile(r"^(?:un|in|im|il|ir|dis|non|mal|de|des)-?(?=\w{4})")


@dataclass(frozen=True)
class Facing:
    """A word of the claim and the word of the source that says the same with the other sign, or the opposite.

    ``agreeing`` and ``rival`` are how well the claim's other words stand around the best word of the source with the
    same sign, and with the other one (0 without one).
    """

    said: str
    found: str
    how: str
    place: int
    agreeing: float
    rival: float

    @property
    def margin(self) -> float:
        """How much better the word that disagrees stands in the role of the claim's word."""
        return self.rival - self.agreeing


@lru_cache(maxsize=4096)
def signs(sentence: str) -> dict[int, int]:
    """The sign of each content word by where it starts; a motion that fails turns what it moved."""
    words = said(sentence)
    turn = -1 if _MOTION.search(sentence) and _FAILS.search(sentence) else 1
    spans = [match.span() for pattern in (_MOTION, _FAILS) for match in pattern.finditer(sentence)]
    found = {}
    for one in words:
        inside = any(start <= one.token.start < end for start, end in spans)
        found[one.token.start] = one.sign * (1 if inside else turn)
    return found


def relation(one: Token, other: Token) -> int:
    """1 for one word in two forms or two of one side, −1 for opposites, 0 for two words that the table does not know."""
    if one.stem == other.stem:
        return 1
    mine, theirs = sides(one.plain), sides(other.plain)
    signs_of = {a.sign * b.sign for a in mine for b in theirs if a.pair == b.pair and not _loose(a)}
    if signs_of:
        return max(signs_of)
    short, long = sorted((one.folded, other.folded), key=len)
    if len(long) - len(short) <= 4 and (match := _PREFIX.match(long)) and len(short) > 3:
        rest = long[match.end() :]
        if rest[:5] == short[:5] and abs(len(rest) - len(short)) <= 3:
            return -1
    return 0


def _loose(side: Side) -> bool:
    return side.beside


def facings(claim: str, source: Source) -> list[Facing]:
    """For each content word of the claim that the source has too, or the opposite of, what stands in its place."""
    import numpy as np

    words = [one.token for one in said(claim)]
    mine = signs(claim)
    match = source.matrix(words)
    rare = np.array([source.rare(word.stem) for word in words], np.float32)
    found = list[Facing]()
    for at, one in enumerate(words):
        around = rare * np.array(
            [0.0 if at == k else 1 / (1 + 0.08 * abs(at - k)) for k in range(len(words))], np.float32
        )
        if not around.sum():
            continue
        best: dict[bool, tuple[float, str, int, int]] = {True: (0.0, "", 0, -1), False: (0.0, "", 0, -1)}
        for order, (place, _, _, other) in enumerate(source.words):
            known = relation(one, other)
            theirs = signs(source.sentences[place]).get(other.start, 1)
            if not known and match[at, order] >= (SAME - 0.3) / 0.7:
                known = 1
            if not known:
                continue
            same = known * theirs * mine.get(one.start, 1) > 0
            if not same and any(
                third is not one and third.stem == other.stem and mine.get(third.start, 1) == theirs for third in words
            ):
                continue
            share = (match * source.near(place, other.start, other.end)).max(axis=1)
            affinity = float(share @ around / around.sum()) * (1.0 if abs(known) else float(match[at, order]))
            if affinity > best[same][0]:
                best[same] = affinity, other.text, known, place
        if best[False][0]:
            how = "opposite" if best[False][2] < 0 else "denied" if mine.get(one.start, 1) < 0 else "affirmed"
            found.append(Facing(one.text, best[False][1], how, best[False][3], best[True][0], best[False][0]))
    return found
