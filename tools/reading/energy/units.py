"""Energy, carbon and time in the unit that people read: three figures and the right prefix."""

from __future__ import annotations

import math

from tools.numbers import number

Scale = tuple[tuple[float, float, str], ...]
# From this amount on, in units of this size: as people write them (1,290 MWh, 0.24 Wh).
ENERGY: Scale = (
    (1e7, 1e6, "GWh"),
    (1e3, 1e3, "MWh"),
    (1.0, 1.0, "kWh"),
    (1e-4, 1e-3, "Wh"),
    (1e-6, 1e-6, "mWh"),
    (0.0, 1e-9, "µWh"),
)  # kWh
MASS: Scale = ((1e3, 1e3, "t"), (1.0, 1.0, "kg"), (1e-3, 1e-3, "g"), (1e-6, 1e-6, "mg"), (0.0, 1e-9, "µg"))  # kg


def figures(value: float, lang: str, digits: int = 3) -> str:
    """``value`` with ``digits`` significant figures: 24.7, 433, 1,290."""
    if value == 0:
        return "0"
    places = digits - 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, places)
    return number(rounded, lang, max(0, digits - 1 - math.floor(math.log10(abs(rounded)))))


def count(value: float, lang: str) -> str:
    """How many there are of something: 8, 1,500, 1,080,000 (three significant figures from a thousand on)."""
    whole = round(value, 2 - math.floor(math.log10(value))) if value >= 1000 else value
    return number(whole, lang, 0 if whole == round(whole) else 1)


def gap(lang: str) -> str:
    """What stands between a number and its unit: in French a space that does not break."""
    return " " if lang == "en" else "\u00a0"


def _scaled(value: float, scale: Scale) -> tuple[float, str]:
    """Size and name of the unit for an amount."""
    return next((size, unit) for least, size, unit in scale if value >= 0.9995 * least)


def _write(value: float, scale: Scale, lang: str, digits: int) -> str:
    size, unit = _scaled(value, scale)
    return f"{figures(value / size, lang, digits)}{gap(lang)}{unit}"


def energy(kwh: float, lang: str, digits: int = 3) -> str:
    """Kilowatt-hours in a readable unit: "433 MWh"."""
    return _write(kwh, ENERGY, lang, digits)


def mass(kg: float, lang: str, digits: int = 3) -> str:
    """Kilograms in a readable unit: "24.7 t"."""
    return _write(kg, MASS, lang, digits)


def span(low: float, high: float, kind: str, lang: str) -> str:
    """Two bounds in one unit when they share it: "16 to 38 t"; ``kind`` is "energy" or "mass"."""
    scale = ENERGY if kind == "energy" else MASS
    word = " to " if lang == "en" else " à "
    same = _scaled(low, scale) == _scaled(high, scale)
    first = figures(low / _scaled(low, scale)[0], lang, 2) if same else _write(low, scale, lang, 2)
    return first + word + _write(high, scale, lang, 2)


def duration(seconds: float, lang: str) -> str:
    """Seconds as people say them: "32 s", "4 min", "2.1 h"."""
    if seconds < 120:
        return f"{figures(seconds, lang, 2)}{gap(lang)}s"
    if seconds < 7200:
        return f"{figures(seconds / 60, lang, 2)}{gap(lang)}min"
    return f"{figures(seconds / 3600, lang, 2)}{gap(lang)}h"
