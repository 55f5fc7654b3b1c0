"""What happened first: the order that a claim gives to two events against the dates and the "after" of its source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.truth.claims import dates
from tools.truth.claims.words import content

if TYPE_CHECKING:
    from tools.truth.claims.matching import Source

_BEFORE = re.compile(
    r"\b(?:before|prior to|ahead of|preced(?:e[sd]?|ing)|earlier than|avant(?: même)?(?: que| de| d['’])?|précéd(?:a|ait|é|ée|ant)|antérieure?s? à)\b",
    re.I,
)
_AFTER = re.compile(
    r"\b(?:after|following|follow(?:s|ed)?(?! by)|once|later than|only when|(?<!has )(?<!have )(?<!had )(?<!ever )since|après(?: que)?|(?:a|ont) suivi|suivit|suit|une fois|à la suite d[eu]|postérieure?s? à|dès que)\b",
    re.I,
)
_ALREADY = re.compile(r"\b(?:already|déjà)\b.{3,90}?\b(?:when|by the time|quand|lorsque?|au moment où)\b", re.I)
_UNTIL = re.compile(r"\b(?:not|n['’]t|ne|n['’])\b.{2,80}?\b(?:until|jusqu['’]|avant que?|avant d)", re.I)
_WHEN = re.compile(r"\b(?:until|when|by the time|avant que?|avant d['’]?e?|quand|lorsque?|au moment où)\b", re.I)
_ONLY = re.compile(
    r"\W*(?:it (?:was|is) (?:only )?(?:after|when)|c['’](?:est|était) (?:seulement )?après|ce n['’]est qu['’]après)(?: que| qu['’])?",
    re.I,
)
_THAT = re.compile(r"\bthat\b|\bque?\b", re.I)
LEAST, ENOUGH = 0.24, 0.7  # share of the words of one event, of both together, that must stand near their dates


@dataclass(frozen=True)
class Order:
    """Two events of a claim, and whether the source has them the other way round (-1), so (1), or does not say (0)."""

    first: str
    last: str
    found: str
    sign: int

    @property
    def said(self) -> str:
        """The two events in the order of the claim."""
        return f"{self.first} … {self.last}"


def events(claim: str) -> tuple[str, str] | None:
    """The earlier and the later event that a claim names; none when it orders nothing."""
    if (match := _ONLY.match(claim)) and (then := _THAT.search(claim, match.end())):
        return claim[match.end() : then.start()], claim[then.end() :]
    if match := _ALREADY.search(claim):
        when = next(iter(_WHEN.finditer(claim, match.start())), None)
        return (claim[: when.start()], claim[when.end() :]) if when else None
    if (match := _UNTIL.search(claim)) and (when := _WHEN.search(claim, match.start())):
        return _halves(claim, when, later_first=True)
    for pattern, later_first in ((_BEFORE, False), (_AFTER, True)):
        if match := pattern.search(claim):
            return _halves(claim, match, later_first)
    return None


def _halves(claim: str, match: re.Match[str], later_first: bool) -> tuple[str, str] | None:
    """The two sides of a connective as (earlier, later); a connective that opens the claim is followed by its event."""
    if match.start() < 3:
        comma = claim.find(",", match.end())
        if comma < 0:
            return None
        with_it, other = claim[match.end() : comma], claim[comma + 1 :]
    else:
        other, with_it = claim[: match.start()], claim[match.end() :]
    return (with_it, other) if later_first else (other, with_it)


def ordered(claim: str, source: Source) -> Order | None:
    """The order of the two events of a claim in the source, from the dates that it gives them."""
    pair = events(claim)
    if pair is None:
        return None
    ones, others = (_when(half, source) for half in pair)
    best, found = 0.0, None
    for weight, one, shown in ones:
        for second, other, again in others:
            apart = one[1] < other[0] or other[1] < one[0]
            if apart and weight + second > best and shown != again:
                best = weight + second
                found = Order(pair[0].strip(), pair[1].strip(), f"{shown} … {again}", 1 if one[1] < other[0] else -1)
    return found if best >= ENOUGH else None


def _when(event: str, source: Source) -> list[tuple[float, tuple[int, int], str]]:
    """The dates that may be those of an event: how well each is said to be, from 0 to 1, the days, the words."""
    import numpy as np

    given = [(1.0, span, one.text) for one in dates.dates(event) if (span := days(one))]
    words = content(event)
    if given or not words:
        return given
    match = source.matrix(words, opposites=False)
    rare = np.array([source.rare(word.stem) for word in words])
    for place, sentence in enumerate(source.sentences):
        for one in source.dated[place]:
            if span := days(one):
                share = (match * source.near(place, one.start, one.end)).max(axis=1)
                given.append((float(share @ rare / rare.sum()), span, sentence[one.start : one.end]))
    return [one for one in given if one[0] >= LEAST]


def days(one: dates.Date) -> tuple[int, int] | None:
    """The first and the last day that a date may mean, counted as 372 a year and 31 a month; none without a year."""
    if not one.first:
        return None
    start = 372 * one.first + 31 * (min(one.months) - 1)
    end = 372 * one.last + 31 * (max(one.months) - 1) + 30
    return (start + one.day - 1, start + one.day - 1) if one.day and len(one.months) == 1 else (start, end)
