"""One metric by group: values with intervals, all pairs with corrected tests, what chance alone would give.

No words here: ``text``, ``reading`` and ``tables`` say what is found.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from tools.fairness.disaggregated import averages, shares
from tools.fairness.disaggregated.records import LOW_IS_BAD, MEANS, Cells, Group, Measured, Pair, Panel
from tools.fairness.disaggregated.shares import Floats, Ints
from tools.finding import Text

DRAWS = 2000  # of the groups by chance


def measure(
    metric: str, panels: list[Cells], marginals: list[Cells], sizes: list[int], rng: np.random.Generator,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> Measured:  # fmt: skip
    """Values, pairs and chance for every panel; ``step`` hears how many panels are done."""
    found = []
    for i, cells in enumerate(panels):
        step(i, len(panels))
        found.append(_panel(metric, cells, rng))
    pairs = [pair for i, panel in enumerate(found) for pair in _pairs(metric, i, panel.ranked)]
    p = [pair.p for pair in pairs]
    pairs = [
        replace(pair, holm=h, fdr=q)
        for pair, h, q in zip(pairs, shares.holm(p), shares.false_discovery(p), strict=True)
    ]
    pairs.sort(key=lambda pair: (-pair.gap, pair.panel))
    return Measured(metric, found, pairs, [_panel(metric, cells, None) for cells in marginals], sizes)


def what_if(group: Group, n: int, metric: str) -> tuple[float, float]:
    """The interval of the same value had the group ``n`` people (a share: Wilson's; else ± z·σ/√n)."""
    if group.count is not None:
        return shares.score_interval(group.value, n)
    half = shares.Z * group.error * math.sqrt(group.n / n)
    low, high = group.value - half, group.value + half
    return (max(low, 0.0), min(high, 1.0)) if metric == "auc" else (low, high)


def enough(first: Group, second: Group, metric: str, most: int = 1_000_000) -> int | None:
    """The least n per group at which the interval of this gap would leave out zero (same values); None above ``most``."""
    if first.value < second.value:
        first, second = second, first

    def apart(n: int) -> bool:
        a, b = (first.value, *what_if(first, n, metric)), (second.value, *what_if(second, n, metric))
        return shares.hybrid_interval(a, b)[0] > 0

    if first.value == second.value or not apart(most):
        return None
    low, high = 1, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if apart(middle) else (middle + 1, high)
    return low


def _panel(metric: str, cells: Cells, rng: np.random.Generator | None) -> Panel:
    """Groups worst first; without ``rng`` (one feature at a time) chance is not drawn."""
    groups, everybody = _values(metric, cells)
    sign = 1 if metric in LOW_IS_BAD else -1
    order = sorted(range(len(groups)), key=lambda i: (not groups[i].ranked, sign * np.nan_to_num(groups[i].value)))
    ordered = [groups[i] for i in order]
    ranked = [i for i in range(len(groups)) if groups[i].ranked]
    if len(ranked) < 2:
        return Panel(cells.title, ordered, everybody, 0.0, math.nan, math.nan, math.nan)
    seen = [groups[i].value for i in ranked]
    gap = max(seen) - min(seen)
    if rng is None:
        return Panel(cells.title, ordered, everybody, gap, math.nan, math.nan, math.nan)
    drawn = _chance(metric, cells, np.array(ranked), rng)
    p = (1 + int((drawn >= gap - 1e-12).sum())) / (1 + len(drawn))
    return Panel(cells.title, ordered, everybody, gap, float(np.median(drawn)), float(np.quantile(drawn, 0.95)), p)


def _values(metric: str, cells: Cells) -> tuple[list[Group], Group]:
    """Each group, and everybody together."""
    everyone = Text(en="everybody", fr="tout le monde")
    if cells.counts is not None:
        printed = cells.printed if cells.printed is not None else [None] * len(cells.names)
        groups = [
            _share(name, int(count), int(n), None if share is None else float(share))
            for name, count, n, share in zip(cells.names, cells.counts, cells.sizes, printed, strict=True)
        ]
        return groups, _share(everyone, int(cells.counts.sum()), int(cells.sizes.sum()))
    assert cells.codes is not None and cells.values is not None
    kept = [cells.codes == i for i in range(len(cells.names))]
    groups = [_average(metric, name, cells, mask) for name, mask in zip(cells.names, kept, strict=True)]
    return groups, _average(metric, everyone, cells, cells.codes >= 0)


def _share(name: Text, count: int, n: int, printed: float | None = None) -> Group:
    value = (count / n if n else math.nan) if printed is None else printed
    low, high = shares.score_interval(value, n)
    return Group(name, n, value, low, high, count)


def _average(metric: str, name: Text, cells: Cells, mask: NDArray[np.bool_]) -> Group:
    assert cells.values is not None
    n, is_mean = int(mask.sum()), metric in MEANS
    if is_mean:
        value, error = averages.mean(cells.values[mask])
    else:
        assert cells.outcome is not None
        value, error = averages.area(cells.outcome[mask], cells.values[mask])
    half = averages.half_width(error, n, is_mean)
    low, high = (value - half, value + half) if is_mean else (max(value - half, 0.0), min(value + half, 1.0))
    return Group(name, n, value, low, high, None, error)


def _pairs(metric: str, panel: int, groups: list[Group]) -> list[Pair]:
    """All pairs of one panel, the higher value first in each."""
    found = []
    for one, other in combinations(groups, 2):
        a, b = (one, other) if one.value >= other.value else (other, one)
        low, high = shares.hybrid_interval(a.three, b.three)
        if a.count is not None and b.count is not None:
            p, exact = shares.two_by_two(a.count, a.n, b.count, b.n)
            test = "exact" if exact else "score"
        elif metric in MEANS:
            p, test = averages.two_means((a.value, a.error, a.n), (b.value, b.error, b.n)), "welch"
        else:
            p, test = averages.two_areas((a.value, a.error), (b.value, b.error)), "delong"
        found.append(Pair(panel, a, b, a.value - b.value, low, high, p, test))
    return found


def _chance(metric: str, cells: Cells, ranked: Ints, rng: np.random.Generator) -> Floats:
    """The largest gaps of chance between the ranked groups."""
    if cells.counts is not None:
        return shares.chance_gaps(cells.counts[ranked], cells.sizes[ranked], DRAWS, rng)
    assert cells.codes is not None and cells.values is not None
    place = np.full(len(cells.names) + 1, -1)
    place[ranked] = np.arange(len(ranked))
    codes = place[cells.codes]
    kept = codes >= 0
    if metric in MEANS:
        return averages.chance_mean_gaps(cells.values[kept], codes[kept], len(ranked), DRAWS, rng)
    assert cells.outcome is not None
    return averages.chance_area_gaps(cells.outcome[kept], cells.values[kept], codes[kept], len(ranked), DRAWS, rng)
