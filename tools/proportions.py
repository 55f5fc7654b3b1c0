"""The interval that goes with a share, for every tool and evaluation that counts."""

from __future__ import annotations

import math


def wilson(count: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95 % interval of a proportion (Wilson 1927), from 0 to 1; the whole range when ``n`` is 0."""
    if n == 0:
        return 0.0, 1.0
    centre = (count + z * z / 2) / (n + z * z)
    half = z * math.sqrt(count * (n - count) / n + z * z / 4) / (n + z * z)
    return max(centre - half, 0.0), min(centre + half, 1.0)
