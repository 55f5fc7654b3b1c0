"""Which number, date or name of a source stands where one stands in a claim: what is said around them is compared.

The affinity of a slot of the claim with a slot of the source is the share, from 0 to 1, of the claim's other words that
stand around the slot of the source too, weighted by how rare they are and by how near they stand in both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from tools.truth.claims import dates, names, quantity
from tools.truth.claims.evidence import Kind
from tools.truth.claims.numbers import quantities
from tools.truth.claims.words import Token, content

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tools.truth.claims.matching import Source

_CUT = re.compile(
    r"[,;:()–—]|\b(?:and|but|while|whereas|who|which|et|mais|tandis|alors que|qui|dont|puis|then)\b", re.I
)
NEXT_CLAUSE, NEXT_SENTENCE = 0.7, 0.35  # what a word of the next clause, of the next sentence, still says of a slot
NEARNESS = 0.08  # how fast a word of the same clause says less, a word further


class Slot(Protocol):
    """A number, a date or a name with its place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Standing:
    """What the source has where the claim has ``said``.

    ``agreeing`` and ``rival`` are the best affinities of a slot that agrees and of one that does not (0 without one);
    ``found`` is the text of that rival, ``place`` its sentence.
    """

    kind: Kind
    said: str
    found: str
    place: int
    agreeing: float
    rival: float

    @property
    def margin(self) -> float:
        """How much better the rival stands in the role of the claim's slot."""
        return self.rival - self.agreeing


def standings(claim: str, source: Source) -> list[Standing]:
    """For each number, date and name of a claim, what the source has in its place."""
    import numpy as np

    words = content(claim)
    match = source.matrix(words)
    rare = np.array([source.rare(word.stem) for word in words], np.float32)
    found = list[Standing]()
    for kind, mine, theirs, comparable, agree in _kinds(claim, source):
        for one in mine:
            around = rare * _near_in(words, one)
            if not around.sum():
                continue
            best: dict[bool, tuple[float, str, int]] = {True: (0.0, "", -1), False: (0.0, "", -1)}
            for place, other in theirs:
                if not comparable(one, other):
                    continue
                same = bool(agree(one, other))
                if not same and any(agree(third, other) for third in mine):
                    continue
                share = (match * source.near(place, other.start, other.end)).max(axis=1) if match.size else rare * 0
                affinity = float(share @ around / around.sum())
                if affinity > best[same][0]:
                    best[same] = affinity, other.text, place
            found.append(Standing(kind, one.text, best[False][1], best[False][2], best[True][0], best[False][0]))
    return found


def _kinds(
    claim: str, source: Source
) -> list[tuple[Kind, Sequence[Any], list[tuple[int, Any]], Callable[[Any, Any], bool], Callable[[Any, Any], bool]]]:
    """The slots of the claim and of the source by kind, with what can be compared and what agrees."""
    numbers = [
        one for one in quantities(claim) if not one.weak or (one.kind in ("order", "time") and not _each(claim, one))
    ]
    named = [one for one in names.names(claim, source.text) if one.sure]
    return [
        ("number", numbers, source.slots["number"], _countable, quantity.agree),
        ("date", dates.dates(claim), source.slots["date"], dates.comparable, dates.agree),
        ("name", named, source.slots["name"], _nameable, names.same),
    ]


_EACH = re.compile(r"(?:\b(?:per|par|each|every|chaque|all|toute|once|fois)|/)\s*(?:l['’])?$", re.I)


def _each(claim: str, one: quantity.Quantity) -> bool:
    """Whether "a year" means every year."""
    return _EACH.search(claim[: one.start]) is not None or claim[one.start : one.end].lower().startswith(("a ", "an "))


def _countable(one: quantity.Quantity, other: quantity.Quantity) -> bool:
    """Whether two numbers are of one kind."""
    return quantity.agree(one, other) or (one.kind == other.kind and (not other.weak or one.kind in ("order", "time")))


def _nameable(one: names.Name, other: names.Name) -> bool:
    """Whether two names can stand for one another: an acronym is not a person."""
    return other.sure and (one.text.isupper() == other.text.isupper() or min(len(one.words), len(other.words)) == 1)


def _near_in(words: Sequence[Token], slot: Slot) -> NDArray[np.float32]:
    """How much each word of the claim says of a slot: less when further; none for the slot's own words."""
    import numpy as np

    at = sum(word.start < slot.start for word in words)
    return np.array(
        [
            0.0 if slot.start <= word.start < slot.end else 1 / (1 + NEARNESS * abs(at - place - 0.5))
            for place, word in enumerate(words)
        ],
        np.float32,
    )


def clauses(sentence: str) -> list[int]:
    """Where the parts of a sentence begin: at marks, "and", "but", "who"."""
    return [0, *(match.start() for match in _CUT.finditer(sentence))]
