"""Quantities in a sentence, English and French: value, how exactly it is given, what is counted; and whether two agree."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf

from knowledge.terms import fold
from tools.truth.claims.amounts import (
    ABOUT,
    BETWEEN,
    CLOCK,
    LESS,
    LESS_AFTER,
    MONEY_AFTER,
    MONEY_BEFORE,
    MORE,
    MORE_AFTER,
    ORDER,
    ORDERS,
    PERCENT,
    RANGE,
    SINGLE,
    UNITS,
)  # fmt: skip
from tools.truth.claims.dates import dates, without
from tools.truth.claims.numerals import SCALES, SMALL, Spelled, parts, spelled
from tools.truth.claims.quantity import Quantity
from tools.truth.claims.words import Token, tokens

_DIGITS = re.compile(
    r"(?<![\w.,])(?P<sign>[-\u2212](?=\d))?(?P<n>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
    r"(?P<scale>\s?(?:millions?|billions?|milliards?|thousand|mille|bn|k|Mds?|[Mm](?!\w|\.\w))(?![^\W\d_]))?"
)


def quantities(sentence: str) -> list[Quantity]:
    """The quantities of a sentence in order; dates are no quantities."""
    return list(_quantities(sentence))


@lru_cache(maxsize=4096)
def _quantities(sentence: str) -> tuple[Quantity, ...]:
    text = without(sentence, dates(sentence))
    found = list[Quantity]()
    for pattern, read in ((CLOCK, _clock), (SINGLE, _single), (ORDER, _order)):
        for match in pattern.finditer(text):
            found.append(read(text, match))
            text = text[: match.start()] + " " * len(match.group()) + text[match.end() :]
    words = tokens(text)
    raw = _digits(text)
    taken = [(one.start, one.end) for one in raw]
    for one in [*parts(text), *spelled(text)]:
        if all(one.end <= start or one.start >= end for start, end in taken):
            taken.append((one.start, one.end))
            raw.append(
                _Raw(one.start, one.end, (one.value,), _step(one), "percent" if one.value < 1 else "", one.about)
            )
    raw.sort(key=lambda one: one.start)
    joined = _ranges(text, [_quantity(text, words, one, value) for one in raw for value in one.values])
    return tuple(sorted(found + joined, key=lambda one: one.start))


def _clock(text: str, match: re.Match[str]) -> Quantity:
    """A time of the day, in minutes."""
    value = (
        60.0 * int(match["h"])
        + int(match["m"] or match["m2"] or 0)
        + (720 if match["pm"] and int(match["h"]) < 12 else 0)
    )
    return Quantity(match.group(), match.start(), match.end(), value, value, value, 1, "clock")


def _single(text: str, match: re.Match[str]) -> Quantity:
    """ "a week", "a year and a half": the first is weak, for "a year" is often "every year"."""
    kind, factor = UNITS[fold(match["u"])]
    value = factor * (1.5 if match["h"] else 1)
    return Quantity(match.group(), match.start(), match.end(), value, value, value, factor, kind, weak=not match["h"])


def _order(text: str, match: re.Match[str]) -> Quantity:
    """ "61st", "third": a place in a row; weak, for "first" has many uses."""
    value = float(match["n"] or ORDERS[match["w"]])
    unit = _unit(tokens(text), match.end())[:1]
    return Quantity(
        match.group(), match.start(), match.end(), value, value, value, 1, "order", unit, weak=not match["n"]
    )


@dataclass(frozen=True)
class _Raw:
    start: int
    end: int
    values: tuple[float, ...]
    step: float
    kind: str = ""
    about: bool = False


def _step(one: Spelled) -> float:
    """The last digit that says something of a number in letters."""
    return 0.1 if one.value < 1 else _last(one.value)


def _last(value: float) -> float:
    """100 for 2,300; 1 for 23."""
    whole, step = int(abs(value)), 1.0
    while whole and whole % 10 == 0:
        whole, step = whole // 10, step * 10
    return step


def _digits(text: str) -> list[_Raw]:
    """The numbers in digits with their scale ("1.2 million", "€65m", "10k")."""
    found = []
    for match in _DIGITS.finditer(text):
        if re.search(r"[^\W\d_][-\u2010\u2011]$", text[: match.start()]):  # GPT-4: part of a name
            continue
        scale = (match["scale"] or "").strip()
        if scale in ("M", "m") and not MONEY_BEFORE.search(text[: match.start()]) and scale == "m":
            scale = ""
        factor = 1e6 if scale in ("M", "m") else SCALES.get(scale.lower(), 1.0) if scale else 1.0
        end = match.end() if scale else match.end("n")
        values, decimals = _read(match["n"])
        sign = -1 if match["sign"] else 1
        step = factor * 10.0**-decimals if decimals or factor > 1 else _last(values[0])
        found.append(_Raw(match.start(), end, tuple(sign * factor * value for value in values), step))
    return found


def _read(written: str) -> tuple[tuple[float, ...], int]:
    """The value of digits with separators (two when "1,200" can be 1200 or 1.2), and the count of decimals."""
    bare = re.sub(r"[\u00a0\u202f ]", "", written)
    marks = re.findall(r"[.,]", bare)
    if not marks:
        return (float(bare),), 0
    if len(set(marks)) == 2 or len(marks) == 1:
        whole, last = re.split(r"[.,](?=\d+$)", bare)
        if len(marks) == 1 and len(last) == 3 and not whole.startswith("0"):
            return (float(whole + last),), 0
        return (float(re.sub(r"\D", "", whole) + "." + last),), len(last)
    return (float(re.sub(r"\D", "", bare)),), 0


def _quantity(text: str, words: tuple[Token, ...], raw: _Raw, value: float) -> Quantity:
    """A raw number with its kind, its unit and its bounds."""
    before, after = text[: raw.start], text[raw.end :]
    end, kind, factor = raw.end, raw.kind or "count", 1.0
    unit = _unit(words, raw.end)
    if match := PERCENT.match(after):
        end, kind, factor = raw.end + match.end(), "percent", 0.01
    elif MONEY_BEFORE.search(before) or (match := MONEY_AFTER.match(after)):
        kind, end = "money", raw.end + (match.end() if match else 0)
    elif kind == "count":
        following = next(
            (word for word in words if word.start >= raw.end and word.plain not in ("de", "d", "'", "’")), None
        )
        if following is not None and following.plain in UNITS and following.start - raw.end <= (4 if raw.about else 2):
            kind, factor = UNITS[following.plain]
            end = following.end
            half = re.match(r"\s+(?:and a half|et demie?)\b", text[end:])
            value += 0.5 if half else 0
    value, step = value * factor, raw.step * factor
    about = raw.about or (bool(ABOUT.search(before)) and not re.search(r"\b(?:une?|la)\s+$", before))
    low = high = value
    if MORE.search(before) or MORE_AFTER.match(after):
        high = inf
    elif LESS.search(before) or LESS_AFTER.match(after):
        low = -inf
    shown = text[raw.start : end].strip()
    if money := MONEY_BEFORE.search(before):
        shown = money.group() + shown
    return Quantity(shown, raw.start, end, value, low, high, step, kind, unit, about and low == high)


def _unit(words: tuple[Token, ...], end: int) -> tuple[str, ...]:
    """The stems of the next content words after a number, in the same phrase: "48 wounded passengers"."""
    found = list[str]()
    for word in words:
        if word.start < end:
            continue
        if (not word.is_word and word.text not in "%€$£'’") or (word.plain in SMALL and found):
            break
        if word.content:
            found.append(word.stem)
        elif found and word.plain not in ("de", "d", "of"):
            break
        if len(found) == 3:
            break
    return tuple(found)


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Two numbers joined to a range ("between 40 and 50", "5 to 7"), or to a score ("3–1")."""
    result = list[Quantity]()
    at = 0
    while at < len(found):
        one, other = found[at], found[at + 1] if at + 1 < len(found) else None
        gap = text[one.end : other.start] if other else "."
        if other is None or not RANGE.match(gap):
            result.append(one)
            at += 1
            continue
        shown, dash = text[one.start : other.end].strip(), gap.strip() in "-–—"
        joins = dash or gap.strip() == "to" or BETWEEN.search(text[: one.start]) is not None
        if dash and other.value < one.value < 100:
            value = 1000 * one.value + other.value
            result.append(Quantity(shown, one.start, other.end, value, value, value, 1, "score"))
        elif one.value < other.value and joins and one.kind in ("count", other.kind):
            factor = other.value / (_bare(other) or 1) if one.kind == "count" and other.kind != "count" else 1
            low, high = factor * one.value, other.value
            whole = Quantity(shown, one.start, other.end, (low + high) / 2, low, high, 1, other.kind, other.unit)
            result.append(whole)
        else:
            result += [_percent(one) if one.kind == "count" and other.kind == "percent" else one, other]
        at += 2
    return result


def _percent(one: Quantity) -> Quantity:
    """ "38" in "from 38 to 22 %"."""
    if one.unit:
        return one
    return replace(
        one, kind="percent", value=one.value / 100, low=one.low / 100, high=one.high / 100, step=one.step / 100
    )


def _bare(one: Quantity) -> float:
    """The number as it was written, before its unit was applied."""
    raw = _digits(one.text) or [_Raw(0, 0, (word.value,), 1) for word in spelled(one.text)]
    return raw[0].values[0] if raw else one.value
