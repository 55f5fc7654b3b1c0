"""The search for what breaks the mask: random scenes, then the worst one made as mild as it can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from tools.vision.matting.factors import BOUNDS
from tools.vision.matting.scenes import Scene

LOST = 0.5  # a head is called lost when less than this share of it is kept
SEARCHED = 100  # scenes tried


def severity(scene: Scene) -> float:
    """How far a scene is from neutral: 0 to 1 for every factor, added."""
    total = 0.0
    for name, (low, high, neutral) in BOUNDS.items():
        value = getattr(scene, name)
        if value is not None and name != "wall":
            total += abs(value - neutral) / max(high - neutral, neutral - low)
    return total


def search(
    kept_of: Callable[[Scene], float], rng: np.random.Generator, step: Callable[[str, int, int], None]
) -> tuple[Scene, int, int]:
    """The scene that loses most of the head, made as mild as it can be; how many were tried, how many lost the head.

    Random scenes within ``BOUNDS``, then the worst of them (the mildest of equals) gives up one change after the
    other, and then shrinks those that remain, as long as the head stays as lost as it was, within 5 points.
    """
    tried = []
    for at in range(SEARCHED):
        if at % 10 == 0:
            step("search", at, SEARCHED)
        scene = _random(rng)
        tried.append((kept_of(scene), scene))
    lost = sum(kept < LOST for kept, _ in tried)
    kept, scene = min(tried, key=lambda one: (round(one[0] / 0.05), severity(one[1])))
    limit = kept + 0.05
    for name, (_, _, neutral) in BOUNDS.items():
        neutral_again: dict[str, Any] = {name: None if name == "wall" else neutral}
        milder = replace(scene, **neutral_again)
        if kept_of(milder) <= limit:
            scene = milder
    for part in (0.5, 0.25):
        for name, (_, _, neutral) in BOUNDS.items():
            value = getattr(scene, name)
            if name == "wall" or value == neutral:
                continue
            milder = replace(scene, **{name: round(value + part * (neutral - value), 2)})
            if kept_of(milder) <= limit:
                scene = milder
    return scene, len(tried), lost


def _random(rng: np.random.Generator) -> Scene:
    """A scene within ``BOUNDS``, every factor changed with a chance of one half, in round numbers."""
    values: dict[str, float] = {}
    for name, (low, high, _) in BOUNDS.items():
        drawn = (
            float(np.exp(rng.uniform(np.log(low), np.log(high)))) if name == "wall" else float(rng.uniform(low, high))
        )
        if rng.random() < 0.5:
            values[name] = round(drawn, 2)
    return replace(Scene(), **values)  # type: ignore[arg-type]  # every value is a float
