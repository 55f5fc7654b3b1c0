"""A number as it is said, and whether a claim may say a source's number."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True)
class Quantity:
    """A number as it is said.

    ``low`` and ``high`` bound what it can mean (equal for an exact number, infinite on one side for "more than");
    ``step`` is the unit of its last digit that says something; ``kind`` is "percent" (shares too, from 0 to 1), "money",
    "time" (days), "length" (metres), "mass" (kg), "area", "times", "score" or "count"; ``unit`` are the stems of what is counted.
    """

    text: str
    start: int
    end: int
    value: float
    low: float
    high: float
    step: float
    kind: str = "count"
    unit: tuple[str, ...] = ()
    about: bool = False
    weak: bool = False

    @property
    def exact(self) -> bool:
        """Whether it is a number, and no bound or range."""
        return self.low == self.high or self.about


def agree(claim: Quantity, source: Quantity) -> bool:
    """Whether the claim may say the source's number: equal after rounding to its digits, or inside what it allows."""
    if {claim.kind, source.kind} == {"times", "percent"}:  # twice less is a half
        return abs(claim.value * source.value - 1) < 0.02
    loose = {claim.kind, source.kind} in ({"count", "times"}, {"count", "money"})
    if claim.kind != source.kind and not (loose and ("money" not in (claim.kind, source.kind) or claim.value >= 1e5)):
        return False
    slack = 1e-9 * max(1.0, abs(claim.value), abs(source.value))
    if claim.kind == "time":
        slack = 0.02 * max(abs(claim.value), abs(source.value)) if claim.value != source.value else slack
    if claim.exact and source.exact:
        half = 0.5 * claim.step if claim.step < 1 or claim.about or claim.kind == "percent" else 0.0
        if claim.about or source.about:
            half = max(half, min(_rough(claim), _rough(source), key=lambda one: one if one else inf))
        return abs(claim.value - source.value) <= half + slack
    if claim.exact:
        if source.low > -inf and source.high < inf:
            return source.low - slack <= claim.value <= source.high + slack
        return abs(claim.value - source.value) <= slack
    if source.exact:
        if claim.high == inf:
            return claim.low - slack <= source.value <= max(1.3 * claim.low, claim.low + 1) + slack
        if claim.low == -inf:
            return claim.high / 1.3 - slack <= source.value <= claim.high + slack
        return claim.low - slack <= source.value <= claim.high + slack
    return abs(claim.value - source.value) <= slack


def _rough(one: Quantity) -> float:
    """How far a number that is said to be about right may be off: half its last digit, a tenth at most."""
    return min(max(0.5 * one.step, 0.02 * abs(one.value)), 0.1 * abs(one.value)) if one.about else 0.0
