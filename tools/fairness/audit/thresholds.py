"""The same rates at every threshold, and the search for one that treats two groups alike in every way.

Kleinberg, Mullainathan and Raghavan 2017 and Chouldechova 2017: with unequal base rates and an imperfect
score, precision and both error rates cannot all be equal, at one threshold or at one a group.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.fairness.audit.metrics import Bools, Floats, Ints, rate

MOST = 101  # thresholds looked at
NEAR = 0.05  # a pair of thresholds may change the share flagged, over both groups, by this much


@dataclass(frozen=True)
class Nearest:
    """The thresholds of two groups that bring precision and both error rates closest, and the gaps that stay.

    ``at`` are the two thresholds, ``gaps`` the differences in FPR, FNR and PPV (first minus second group),
    ``pairs`` how many pairs were tried.
    """

    at: tuple[float, float]
    gaps: tuple[float, float, float]
    pairs: int

    @property
    def largest(self) -> float:
        """The largest gap that stays."""
        return max(abs(gap) for gap in self.gaps)


def grid(values: Floats, current: float) -> Floats:
    """The thresholds worth looking at, ascending, the current one among them."""
    known = np.unique(values)
    if len(known) > MOST:
        known = np.unique(np.quantile(values, np.linspace(0, 1, MOST), method="higher"))
    return np.unique(np.append(known, current))


def sweep(outcome: Bools, values: Floats, member: Ints, groups: int, at: Floats) -> Ints:
    """Counts (thresholds, groups, 4) when everybody whose score reaches the threshold is flagged."""
    counts = np.zeros((len(at), groups, 4), dtype=np.int64)
    for group in range(groups):
        for kind in (0, 1):
            scores = np.sort(values[(member == group) & (outcome == bool(kind))])
            under = np.searchsorted(scores, at, "left")
            counts[:, group, 2 * kind] = under
            counts[:, group, 2 * kind + 1] = len(scores) - under
    return counts


def nearest(counts: Ints, at: Floats, current: float) -> Nearest | None:
    """The pair of thresholds that evens two groups best and flags about as many people as the current threshold does.

    ``counts`` are (thresholds, 2, 4). ``None`` when fewer than four pairs qualify: where nearly nobody or nearly everybody is
    flagged, all gaps shrink without anything having become fairer, so the share flagged is held.
    """
    flagged = counts[..., 1] + counts[..., 3]
    total = counts[0].sum()
    share = (flagged[:, None, 0] + flagged[None, :, 1]) / total
    now = share[(place := int(np.searchsorted(at, current))), place]
    gaps = np.stack(
        [rate(counts[:, 0], name)[:, None] - rate(counts[:, 1], name)[None, :] for name in ("fpr", "fnr", "ppv")]
    )
    usable = (np.abs(share - now) <= NEAR) & np.isfinite(gaps).all(axis=0)
    if usable.sum() < 4:
        return None
    worst = np.where(usable, np.abs(gaps).max(axis=0), np.inf)
    i, j = np.unravel_index(int(np.argmin(worst)), worst.shape)
    left = [float(gap) for gap in gaps[:, i, j]]
    return Nearest((float(at[i]), float(at[j])), (left[0], left[1], left[2]), int(usable.sum()))
