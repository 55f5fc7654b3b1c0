"""The factors: their levels one at a time, the small factorial, and the bounds of the search for what breaks the mask."""

from __future__ import annotations

from typing import Any

from tools.vision.matting.scenes import Scene

Levels = tuple[tuple[float | str, Scene], ...]


def _of(name: str, values: tuple[float, ...]) -> Levels:
    changed: list[dict[str, Any]] = [{name: value} for value in values]
    return tuple((value, Scene(**change)) for value, change in zip(values, changed, strict=True))


SINGLE: dict[str, Levels] = {
    "darker": _of("exposure", (0, -2, -4, -6, -8)),
    "brighter": _of("exposure", (0, 1, 2, 3, 4, 5)),
    "head_light": _of("head_light", (-6, -4, -2, 0, 1, 2)),
    "wall": _of("wall", (0.01, 0.05, 0.2, 0.5, 0.9)),
    "hue": _of("hue", (0, 60, 120, 180, 240, 300)),
    "tone": (("head", Scene(tone="head")), ("hair", Scene(tone="hair"))),
    "contrast": _of("contrast", (1, 0.5, 0.25, 0.12, 0.06, 0.03)),
    "noise": _of("noise", (0, 20, 40, 60, 80, 120)),
    "blur": _of("blur", (0, 0.5, 1, 2, 3, 5)),
    "cover": _of("cover", (0, 0.25, 0.5, 0.75)),
    "size": _of("size", (1.5, 1, 0.7, 0.5, 0.35, 0.2)),
    "turn": _of("turn", (0, 15, 30, 60, 90, 135, 180)),
}
"""Every factor by itself, the picture otherwise as it is."""

FACTORIAL: dict[str, tuple[float | str, ...]] = {
    "exposure": (-4.0, 0.0, 4.0),
    "head_light": (0.0, -4.0),
    "wall": (0.01, 0.2, 0.9),
    "hue": ("skin", "opposite"),
    "contrast": (1.0, 0.15),
    "noise": (0.0, 60.0),
}
"""Every combination of these levels: 144 scenes a take."""

BOUNDS: dict[str, tuple[float, float, float]] = {
    "exposure": (-6.0, 4.0, 0.0),
    "head_light": (-5.0, 1.0, 0.0),
    "wall": (0.01, 0.9, 0.2),
    "contrast": (0.1, 1.0, 1.0),
    "noise": (0.0, 60.0, 0.0),
    "blur": (0.0, 2.0, 0.0),
}
"""Lowest, highest and neutral value of the search: what a bad camera in a bad light may give. The wall is on a log scale."""

DARKENED = Scene(exposure=-5.0)  # 1/32 of the light, near a factor .2 on the pixel values
BACKLIT = Scene(head_light=-4.0, wall=0.9)  # a dark head before a bright window or wall: what was suspected in 2020
