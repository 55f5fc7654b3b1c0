"""Assumptions as ranges: how they are written, and what their product is worth.

A footprint is a product of factors known within a range. Each factor is drawn
log-uniformly below and above its central value (half of the draws on each
side, so that the central value is the median), and the product is read off at
its 5th and 95th hundredth.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.errors import BadInput
from tools.finding import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DRAWS = 20_000
CONFIDENCE = 0.9
WORDS = {
    "k": 1e3, "thousand": 1e3, "mille": 1e3, "m": 1e6, "million": 1e6, "millions": 1e6,
    "bn": 1e9, "billion": 1e9, "billions": 1e9, "milliard": 1e9, "milliards": 1e9,
}  # fmt: skip
UNITS = {
    "w": 1.0, "watt": 1.0, "watts": 1.0, "kw": 1e3, "wh": 1.0, "kwh": 1e3, "g": 1.0, "g/kwh": 1.0, "h": 1.0, "hour": 1.0, "hours": 1.0,
    "heure": 1.0, "heures": 1.0, "day": 24.0, "days": 24.0, "jour": 24.0, "jours": 24.0, "week": 168.0, "weeks": 168.0, "semaine": 168.0,
    "semaines": 168.0,
}  # fmt: skip
BELONG = {
    "hours": {
        "h",
        "hour",
        "hours",
        "heure",
        "heures",
        "day",
        "days",
        "jour",
        "jours",
        "week",
        "weeks",
        "semaine",
        "semaines",
    },
    "watts": {"w", "watt", "watts", "kw"},
    "watts_per_core": {"w", "watt", "watts"},
    "wh": {"wh", "kwh"},
    "intensity": {"g", "g/kwh"},
}
NUMBER = r"[0-9][0-9 \u00a0\u202f,.]*(?:[eE][+-]?[0-9]+)?"
WRITTEN = re.compile(rf"^\s*({NUMBER})\s*([a-zA-Z/]*)\s*$")
BETWEEN = re.compile(r"\s*(?:-|–|\.\.|:|\bto\b|\bà\b)\s*")
LARGEST = 1e15


@dataclass(frozen=True)
class Factor:
    """One assumption: its range, and where it comes from.

    Attributes:
        name: the argument that changes it ("watts").
        low, central, high: in ``unit``; all three are equal when it is taken as exact.
        grid: whether it turns energy into carbon (left out of the energy).
        given: whether the person gave it.
    """

    name: str
    label: Text
    unit: str
    low: float
    central: float
    high: float
    origin: Text
    grid: bool = False
    given: bool = False


@dataclass(frozen=True)
class Band:
    """A product: central value, interval of the draws, and the two extremes (all factors low, all high)."""

    central: float
    low: float
    high: float
    least: float
    most: float

    def times(self, by: float) -> Band:
        """The same band in another unit."""
        return Band(*(by * value for value in (self.central, self.low, self.high, self.least, self.most)))


def parse(text: str, name: str) -> tuple[float, float, float] | None:
    """Low, central and high of "400", "300-450" or "300:400:450"; ``None`` when nothing is written.

    A comma before exactly three digits separates thousands, any other comma is decimal;
    "2 million", "3k", "3 weeks" (of hours) are read. Raises ``BadInput`` for anything else.
    """
    if not text.strip():
        return None
    parts = BETWEEN.split(text.strip())
    values = [_value(part, name) for part in parts]
    if len(values) > 3 or any(value is None for value in values):
        raise BadInput(
            f"footprint: --{name.replace('_', '-')} cannot be '{text}'. Write a number (400), a range (300-450) or low:central:high (300:400:450).",
            f"footprint : --{name.replace('_', '-')} ne peut pas être « {text} ». Écrivez un nombre (400), une plage (300-450) ou bas:central:haut (300:400:450).",
        )
    found = sorted(value for value in values if value is not None)
    if found[0] <= 0 or found[-1] > LARGEST:
        raise BadInput(
            f"footprint: --{name} must be more than 0 and at most 10^15.",
            f"footprint : --{name} doit être supérieur à 0 et au plus 10^15.",
        )
    central = found[1] if len(found) == 3 else math.sqrt(found[0] * found[-1]) if found[0] != found[-1] else found[0]
    return found[0], central, found[-1]


def _value(part: str, name: str) -> float | None:
    """One written number with its unit, if that unit belongs to the argument; else ``None``."""
    match = WRITTEN.match(part)
    word = match[2].casefold() if match else ""
    by = UNITS[word] if word in BELONG.get(name, ()) else WORDS.get(word, 1.0 if not word else None)
    if not match or by is None:
        return None
    digits = re.sub(r"[ \u00a0\u202f]", "", match[1])
    digits = re.sub(r",(?=\d{3}(?!\d))", "" if not digits.startswith("0") else ".", digits).replace(",", ".")
    try:
        return float(digits) * by
    except ValueError:
        return None


def factor(
    name: str, label: Text, unit: str, text: str, spread: float, origin: Text, grid: bool = False
) -> Factor | None:
    """The factor a person wrote: a range as it is, a single number with ``spread`` on both sides; ``None`` when empty."""
    found = parse(text, name)
    if found is None:
        return None
    low, central, high = found
    if not BETWEEN.search(text.strip()):
        low, high = central / spread, central * spread
    return Factor(name, label, unit, low, central, high, origin, grid, given=True)


def draw(factors: Sequence[Factor], rng: np.random.Generator) -> NDArray[np.float64]:
    """The product of the factors, drawn ``DRAWS`` times."""
    import numpy as np

    product = np.ones(DRAWS)
    for one in factors:
        u = rng.random(DRAWS)
        low, central, high = (math.log(value) for value in (one.low, one.central, one.high))
        product *= np.exp(np.interp(u, (0.0, 0.5, 1.0), (low, central, high)))
    return product


def band(factors: Sequence[Factor], draws: NDArray[np.float64]) -> Band:
    """The product of the factors with the interval of its draws; exact factors give no width."""
    import numpy as np

    tail = (1 - CONFIDENCE) / 2
    low, high = (float(value) for value in np.quantile(draws, (tail, 1 - tail)))
    central, least, most = (math.prod(getattr(one, which) for one in factors) for which in ("central", "low", "high"))
    return Band(central, low, high, least, most)


def bands(factors: Sequence[Factor], rng: np.random.Generator) -> tuple[Band, Band]:
    """The product without the grid (energy) and with it (carbon), from the same draws."""
    energy = [one for one in factors if not one.grid]
    drawn = draw(energy, rng)
    return band(energy, drawn), band(factors, drawn * draw([one for one in factors if one.grid], rng))
