"""sRGB values and light: an exposure doubles light, not pixel values (IEC 61966-2-1, the sRGB curve)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)
"""Weights of red, green and blue light in luminance (ITU-R BT.709, the primaries of sRGB)."""

_STEPS = 4096
_DECODE = np.array([v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in np.linspace(0, 1, 256)])
_LIGHT = np.linspace(0, 1, _STEPS)
_ENCODE = 255 * np.where(_LIGHT <= 0.0031308, 12.92 * _LIGHT, 1.055 * np.maximum(_LIGHT, 1e-9) ** (1 / 2.4) - 0.055)
_DARK = 1 / 32  # below it the curve is steep: it is read from a table that is 32 times finer
_FINE = _LIGHT * _DARK
_ENCODE_FINE = 255 * np.where(_FINE <= 0.0031308, 12.92 * _FINE, 1.055 * np.maximum(_FINE, 1e-9) ** (1 / 2.4) - 0.055)


def decode(pixels: NDArray[np.uint8]) -> Floats:
    """Light from 0 to 1 of sRGB values from 0 to 255, same shape."""
    found: Floats = _DECODE.astype(np.float32)[pixels]
    return found


def encode(light: Floats) -> Floats:
    """sRGB values from 0 to 255 (not rounded) of light; light above 1 is clipped, as a sensor does."""
    clipped = np.clip(light, 0, 1)
    coarse = _ENCODE.astype(np.float32)[(clipped * (_STEPS - 1) + 0.5).astype(np.int32)]
    fine = _ENCODE_FINE.astype(np.float32)[(np.minimum(clipped / _DARK, 1) * (_STEPS - 1) + 0.5).astype(np.int32)]
    found: Floats = np.where(clipped < _DARK, fine, coarse)
    return found


def luminance(light: Floats) -> float:
    """Relative luminance (0 black, 1 the brightest white) of one colour (3,) given as light."""
    return float(light @ LUMINANCE)


def coloured(hue: float, saturation: float, target: float) -> Floats:
    """Light (3,) of a colour of that hue (degrees) and HSV saturation, brought to a relative luminance.

    A colour that cannot be as bright as asked is mixed with white until it is, so that only the hue differs.
    """
    import colorsys

    full = decode(np.array([round(255 * c) for c in colorsys.hsv_to_rgb(hue / 360 % 1, saturation, 1)], np.uint8))
    own = luminance(full)
    if target <= own:
        return (full * (target / own)).astype(np.float32)
    white = (target - own) / (1 - own) if own < 1 else 0.0
    return (full * (1 - white) + white).astype(np.float32)
