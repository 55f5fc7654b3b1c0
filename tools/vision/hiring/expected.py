"""The selection-rate ratio of the invented world with infinitely many people, in closed form.

Every channel is normal within a group, so a linear score is N(∓m, s²) in A and B; the threshold that selects
the wanted share of the mixture gives the two rates. It checks the simulation and draws the curve of the figure.
"""

from __future__ import annotations

import math

from tools.vision.hiring.setting import ANSWERS_NOISE, RATERS, RATING_NOISE, SCORERS, Setting


def expected_ratio(setting: Setting, scorer: str) -> float:
    """Rate of B over rate of A for one of ``SCORERS`` or the raters, ridge penalty neglected."""
    down, spread = group_shift(setting, scorer)
    low, high = -12.0 * (spread + down), 12.0 * (spread + down)
    for _ in range(200):  # bisection on the threshold: the share above it falls as it rises
        middle = (low + high) / 2
        share = (above(middle, down / 2, spread) + above(middle, -down / 2, spread)) / 2
        low, high = (middle, high) if share > setting.share else (low, middle)
    rate_a = above(low, down / 2, spread)
    return above(low, -down / 2, spread) / rate_a if rate_a else float("nan")


def group_shift(setting: Setting, scorer: str) -> tuple[float, float]:
    """By how much the mean score of B lies under that of A, and the standard deviation within a group."""
    if scorer == RATERS:
        return setting.bias, math.hypot(1.0, RATING_NOISE)
    shown = next(s for s in SCORERS if s.name == scorer)
    bias = setting.bias if shown.label == "rating" else 0.0
    on_answers = 1 / (1 + ANSWERS_NOISE**2)  # the answers are independent of speech and face
    speech = setting.proxy if "speech" in shown.channels else 0.0
    face = setting.correlation if "face" in shown.channels else 0.0
    # Normal equations of speech and face: [[1, sf], [sf, 1]] w = −(bias/2) [s, f], with s, f their correlations
    rest = 1 - (speech * face) ** 2
    on_speech = -bias / 2 * (speech - speech * face * face) / rest
    on_face = -bias / 2 * (face - face * speech * speech) / rest
    down = -2 * (on_speech * speech + on_face * face)
    noise = on_speech**2 * (1 - speech**2) + on_face**2 * (1 - face**2)
    return down, math.sqrt(on_answers**2 * (1 + ANSWERS_NOISE**2) + noise)


def above(threshold: float, mean: float, spread: float) -> float:
    """P(N(mean, spread²) > threshold)."""
    return 0.5 * math.erfc((threshold - mean) / (spread * math.sqrt(2)))
