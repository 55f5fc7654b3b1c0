"""Error rates by group from four counts each, the gaps between groups, and the equation that binds them.

Counts come as arrays whose last axis is true negatives, false positives, false negatives, true
positives; any axes may stand before it (groups, thresholds, resamples), and everything is vectorised
over them. Rates are shares from 0 to 1; a rate without a denominator is NaN.

Chouldechova 2017: FPR = p / (1 − p) · (1 − PPV) / PPV · (1 − FNR), with p the base rate.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tools.proportions import wilson

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# which of TN, FP, FN, TP are counted above and below the line
RATES: dict[str, tuple[tuple[int, int, int, int], tuple[int, int, int, int]]] = {
    "base_rate": ((0, 0, 1, 1), (1, 1, 1, 1)),
    "selection": ((0, 1, 0, 1), (1, 1, 1, 1)),
    "fpr": ((0, 1, 0, 0), (1, 1, 0, 0)),
    "fnr": ((0, 0, 1, 0), (0, 0, 1, 1)),
    "ppv": ((0, 0, 0, 1), (0, 1, 0, 1)),
    "npv": ((1, 0, 0, 0), (1, 0, 1, 0)),
    "accuracy": ((1, 0, 0, 1), (1, 1, 1, 1)),
}


def confusion(label: Bools, flagged: Bools, member: Ints, groups: int) -> Ints:
    """Counts (groups, 4) of the outcomes of each group; ``member`` is the group of each row, from 0."""
    cell = member * 4 + label * 2 + flagged
    return np.bincount(cell, minlength=groups * 4).reshape(groups, 4)


def parts(counts: NDArray[np.integer], name: str) -> tuple[Ints, Ints]:
    """What is counted in a rate, and out of how many."""
    above, below = RATES[name]
    return np.asarray(counts @ np.array(above)), np.asarray(counts @ np.array(below))


def rate(counts: NDArray[np.integer], name: str) -> Floats:
    """One rate over every leading axis of ``counts``."""
    above, below = parts(counts, name)
    return np.asarray(np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below > 0))


def with_bounds(counts: NDArray[np.integer], name: str) -> tuple[float, float, float, int]:
    """A rate of one group (4 counts) with its Wilson interval at 95 % and its n."""
    above, below = (int(part) for part in parts(counts, name))
    low, high = wilson(above, below)
    return (above / below if below else math.nan), low, high, below


def spread(rates: Floats) -> Floats:
    """Largest minus smallest rate along the last axis (groups without a denominator are left out)."""
    with np.errstate(all="ignore"):
        return np.asarray(np.nanmax(rates, axis=-1) - np.nanmin(rates, axis=-1))


def parity_difference(counts: NDArray[np.integer]) -> Floats:
    """Demographic parity: the largest gap in selection rates between groups (second to last axis)."""
    return spread(rate(counts, "selection"))


def impact_ratio(counts: NDArray[np.integer]) -> Floats:
    """Disparate impact: the smallest selection rate over the largest (1: equal; NaN when nobody is selected)."""
    rates = rate(counts, "selection")
    high = np.nanmax(rates, axis=-1)
    return np.asarray(np.divide(np.nanmin(rates, axis=-1), high, out=np.full(np.shape(high), np.nan), where=high > 0))


def opportunity_difference(counts: NDArray[np.integer]) -> Floats:
    """Equal opportunity (Hardt, Price and Srebro 2016): the largest gap in true positive rates, 1 − FNR."""
    return spread(rate(counts, "fnr"))


def odds_difference(counts: NDArray[np.integer]) -> Floats:
    """Equalised odds (the same paper): the larger of the gaps in true and in false positive rates."""
    return np.maximum(spread(rate(counts, "fnr")), spread(rate(counts, "fpr")))


def implied_fpr(base: Floats, ppv: Floats, fnr: Floats) -> Floats:
    """The false positive rate that base rate, precision and miss rate leave no choice about (Chouldechova 2017)."""
    with np.errstate(all="ignore"):
        return np.asarray(base / (1 - base) * (1 - ppv) / ppv * (1 - fnr))


def forced_ratio(base: Floats) -> float:
    """How many times higher the first group's FPR must be than the second's if PPV and FNR were equal: a ratio of odds.

    NaN when a group has one outcome only.
    """
    if not ((base > 0) & (base < 1)).all():
        return math.nan
    odds = base / (1 - base)
    return float(odds[0] / odds[1])


def auc(label: Bools, score: Floats) -> tuple[float, float, float]:
    """Area under the ROC curve (ties count half) with its 95 % interval after DeLong et al. 1988; NaN without both kinds."""
    positive, negative = np.sort(score[label]), np.sort(score[~label])
    m, n = len(positive), len(negative)
    if m == 0 or n == 0:
        return math.nan, math.nan, math.nan
    # placement values: the share of the other kind that each one outranks
    above = _placement(positive, negative)
    below = 1 - _placement(negative, positive)
    area = float(above.mean())
    if m < 2 or n < 2:
        return area, math.nan, math.nan
    half = 1.959964 * math.sqrt(float(above.var(ddof=1)) / m + float(below.var(ddof=1)) / n)
    return area, max(area - half, 0.0), min(area + half, 1.0)


def _placement(values: Floats, others: Floats) -> Floats:
    """For each value, the share of ``others`` (sorted) that lies under it; ties count half."""
    left, right = np.searchsorted(others, values, "left"), np.searchsorted(others, values, "right")
    return np.asarray((left + right) / (2 * len(others)))
