"""Numbers as people write them, in English and in French."""

from __future__ import annotations

import math
from decimal import Decimal

NARROW = "\u202f"  # narrow no-break space: French groups of three, and before ; : ! ?
MINUS = "\u2212"


def number(value: float | None, lang: str, digits: int = 2) -> str:
    """``value`` with ``digits`` decimals: 1,234.50 in English, 1 234,50 in French.

    A value that is not zero but would print as zero prints as a bound ("< 0.01").
    """
    if value is None:
        return "–"
    if value != value:  # NaN
        return "not defined" if lang == "en" else "non défini"
    if 0 < abs(value) < 0.5 * 10**-digits:
        return ("< " if value > 0 else "> " + MINUS) + number(10**-digits, lang, digits)
    text = f"{abs(value):,.{digits}f}"
    if lang == "fr":
        text = text.replace(",", NARROW).replace(".", ",")
    return (MINUS if value < 0 and float(f"{value:.{digits}f}") != 0 else "") + text


def plain(value: float, lang: str, digits: int = 6) -> str:
    """``value`` with as many decimals as it needs, ``digits`` figures at most: −1.94, 10,000; in French −1,94 and 10 000.

    What is very small or very large keeps its power of ten: 3.2e−20.
    """
    text = f"{value:.{digits}g}"
    if not math.isfinite(value):
        return number(value, lang, 0)
    if value and not 1e-5 <= abs(value) < 1e15:
        return text.replace("-", MINUS).replace(".", "," if lang == "fr" else ".")
    return number(float(text), lang, max(0, -int(Decimal(text).as_tuple().exponent)))


def percent(share: float | None, lang: str, digits: int = 0) -> str:
    """A share from 0 to 1 as a percentage: 54.3% in English, 54,3 % in French."""
    if share is None:
        return "–"
    return number(100 * share, lang, digits) + ("%" if lang == "en" else NARROW + "%")


def p_value(p: float | None, lang: str) -> str:
    """A p-value with its sign: "p = 0.023", "p < 0.0001"."""
    if p is None:
        return ""
    if p < 1e-4:
        return "p < " + number(1e-4, lang, 4)
    return "p = " + number(p, lang, 4 if p < 0.01 else 3)


def interval(low: float | None, high: float | None, lang: str, digits: int = 2) -> str:
    """An interval: "1.62 to 1.95", « 1,62 à 1,95 »."""
    if low is None or high is None:
        return ""
    word = " to " if lang == "en" else " à "
    return number(low, lang, digits) + word + number(high, lang, digits)


def words(items: list[str], lang: str) -> str:
    """A list in a sentence: "a, b and c", « a, b et c »."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + (" and " if lang == "en" else " et ") + items[-1]


def cut(text: str, most: int = 60) -> str:
    """A text on one line, with an ellipsis beyond ``most`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
