"""Numbers that a source does not write but gives: the years between two dates, a share of two counts, a difference."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from tools.truth.claims.order import days
from tools.truth.claims.quantity import Quantity

if TYPE_CHECKING:
    from tools.truth.claims.matching import Source

SLACK, EXACT = 0.03, 0.006  # how far a computed share may be from what is said in words, in digits


def computable(one: Quantity, source: Source) -> bool:
    """Whether two dates, or two numbers that stand within one sentence of each other, make the number of a claim."""
    if one.kind == "time" and any(_lasts(one, first, last) for first, last in combinations(_spans(source), 2)):
        return True
    if (
        one.kind == "percent"
        and not _written(one)
        and any(
            other.kind == "percent" and other.value != 0.5 and _close(one, 1 - other.value)
            for _, other in source.slots["number"]
        )
    ):
        return True
    numbers = [(place, other) for place, other in source.slots["number"] if not other.weak and other.value > 0]
    for (here, a), (there, b) in combinations(numbers, 2):
        if abs(here - there) > 1 or a.kind != b.kind or a.kind not in ("count", "money", "percent", "time"):
            continue
        low, high = sorted((a.value, b.value))
        if (
            one.kind == "percent"
            and a.kind != "percent"
            and high > low
            and (_close(one, low / high) or _close(one, 1 - low / high))
        ):
            return True
        if one.kind == a.kind and _same(one, high - low):
            return True
    return False


def _spans(source: Source) -> list[tuple[int, int]]:
    return [span for here in source.dated for one in here if (span := days(one))]


def _lasts(one: Quantity, first: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether the time between two dates can be what is said; days of 372 a year are turned into days of 365."""
    first, last = sorted((first, last))
    most, least = (last[1] - first[0]) * 365.25 / 372, max(0, last[0] - first[1]) * 365.25 / 372
    if one.low == one.high:
        unit = max(one.step, 1.0)
        return least - 0.75 * unit <= one.value <= most + 0.75 * unit and most - least <= 2.2 * unit
    middle = (most + least) / 2
    return (
        one.low * 0.98 <= middle <= one.low * 1.35
        if one.high == float("inf")
        else 0.7 * one.high <= middle <= one.high * 1.02
    )


def _close(one: Quantity, share: float) -> bool:
    """Whether a share is what is said, in round words or as a bound."""
    if one.low == one.high:
        return abs(share - one.value) <= (EXACT if _written(one) else SLACK)
    return one.low <= share <= one.low + 0.15 if one.high == float("inf") else one.high - 0.15 <= share <= one.high


def _written(one: Quantity) -> bool:
    """Whether a number is given in digits, and so exactly."""
    return any(letter.isdigit() for letter in one.text)


def _same(one: Quantity, made: float) -> bool:
    return one.value >= 3 and abs(one.value - made) <= 1e-6 * made
