"""The numbers of a claim against those of its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tools.truth.claims import names
from tools.truth.claims.dates import dates
from tools.truth.claims.evidence import Alike, Conflict, Evidence, Missing
from tools.truth.claims.numbers import quantities
from tools.truth.claims.quantity import Quantity, agree
from tools.truth.claims.words import content


def compare_numbers(claim: str, evidence: Evidence, alike: Alike) -> Iterable[Conflict | Missing]:
    """Conflicts and numbers that the evidence lacks; a number agrees after rounding, in one unit, for one thing counted."""
    mine = quantities(claim)
    main, beside = (
        quantities(evidence.main),
        [one for part in evidence.beside for one in quantities(part)],
    )
    free = [one for one in main if not any(agree(other, one) for other in mine)]
    for one in mine:
        agreeing = [other for other in [*main, *beside] if agree(one, other)]
        if agreeing:
            continue
        if one.weak and not (
            one.kind == "order" and any(other.unit == one.unit for other in free if other.kind == "order")
        ):
            continue
        lost = [other for other in mine if not any(agree(other, third) for third in main)]
        if len(lost) == 1 and _computed(one, main, evidence.main, [other.value for other in mine]):
            continue
        rivals = [other for other in free if _comparable(one, other)]
        counted = [other for other in rivals if _counted(one, other, alike)]
        if counted or rivals:
            best = (counted or rivals)[0]
            yield Conflict("number", one.text, best.text, sure=bool(counted) or one.kind not in ("count", "percent"))
        elif distant := [other for other in beside if _comparable(one, other) and _counted(one, other, alike)]:
            yield Conflict("number", one.text, distant[0].text, sure=False)
        elif not any(agree(one, other) for other in quantities(evidence.whole)):
            yield Missing("number", one.text)


def _shown(sentence: str, one: Quantity) -> str:
    """A quantity with the word it counts."""
    following = [word for word in content(sentence) if word.start >= one.end][:1]
    return f"{one.text} {following[0].text}" if following and one.kind == "count" else one.text


def _comparable(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are of one kind."""
    if other.weak and one.kind != other.kind:
        return False
    return one.kind == other.kind and (one.kind != "order" or one.unit == other.unit)


def _counted(one: Quantity, other: Quantity, alike: Alike) -> bool:
    """Whether both count the same thing; a measure with a unit always does."""
    if one.kind != "count":
        return True
    if not one.unit or not other.unit:
        return not one.unit and not other.unit
    return bool(set(one.unit) & set(other.unit)) or alike(one.unit[0], other.unit[0])


def _computed(one: Quantity, main: Sequence[Quantity], sentence: str, others: Sequence[float]) -> bool:
    """Whether a number is the sum or the difference of two that the sentence gives and the claim leaves out, or counts its names."""
    strong = [other.value for other in main if other.kind == one.kind and not other.weak]
    strong = [value for value in strong if not any(abs(value - said) < 1e-9 for said in others)]
    pairs = [(a, b) for at, a in enumerate(strong) for b in strong[at + 1 :]]
    if any(abs(one.value - made) < 1e-6 * max(1, abs(made)) for a, b in pairs for made in (a + b, abs(a - b))):
        return True
    if one.kind == "time":  # "six years later" between two years
        years = [date.first for date in dates(sentence) if date.first and date.first == date.last]
        if any(abs(365.25 * abs(a - b) - one.value) < 8 for at, a in enumerate(years) for b in years[at + 1 :]):
            return True
    return one.kind == "count" and 2 <= one.value <= 6 and len(names.names(sentence)) >= one.value and not strong
