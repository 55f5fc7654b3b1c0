"""Whom the crop keeps: every pair in both orders, the best point against a drawn point.

The two halves of a picture belong to the two people, so a crop point falls on one of
them. For the best point this gives 0 or 1; for a drawn point the chance is the half's
share of the map, which needs no random draws.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tools.proportions import wilson
from tools.vision.cropping.compose import Layout, compose
from tools.vision.cropping.crops import Floats, Pixels, best, map_of
from tools.vision.cropping.people import LOOKS, Pair

Z = 1.959964
RESAMPLES = 2000


@dataclass(frozen=True)
class Count:
    """How often one side was kept over a set of pairs, each shown in both orders.

    Args:
        pairs, images: images = 2 × pairs.
        kept: images in which the best point falls on that side.
        always, never: pairs in which it does so in both orders, in neither.
        low, high: Wilson interval of kept/images with the pairs, not the images, as its n.
        p: exact two-sided binomial test of ``always`` against ``never``.
        drawn, drawn_low, drawn_high: mean share of the map on that side: how often a drawn point keeps it; with
            the bootstrap interval over looks.
        gap, gap_low, gap_high: kept/images − drawn, with the bootstrap interval over looks.
    """

    pairs: int
    images: int
    kept: int
    always: int
    never: int
    low: float
    high: float
    p: float
    drawn: float
    drawn_low: float
    drawn_high: float
    gap: float
    gap_low: float
    gap_high: float

    @property
    def share(self) -> float:
        """kept / images."""
        return self.kept / self.images

    @property
    def by_order(self) -> int:
        """Pairs in which the place in the picture, not the person, decides."""
        return self.pairs - self.always - self.never


def halves(pixels: Pixels, kind: str) -> tuple[float, float]:
    """For the first half (above, or left): 1 if the best point is in it, else 0; and its share of the map."""
    saliency = map_of(pixels, kind)
    height, width = saliency.shape
    x, y = best(saliency)
    if width > height:
        return float(x < width / 2), float(saliency[:, : width // 2].sum())
    return float(y < height / 2), float(saliency[: height // 2].sum())


def outcomes(
    pairs: list[Pair], layout: Callable[[Pair], Layout], kind: str, step: Callable[[int], None] = lambda done: None
) -> Floats:
    """For the first person of each pair: images kept of 2, and the mean share of the map; (pairs, 2)."""
    found = np.empty((len(pairs), 2))
    for row, pair in enumerate(pairs):
        if row % 10 == 0:
            step(row)
        how = layout(pair)
        there = halves(compose(pair.first, pair.second, how), kind)
        back = halves(compose(pair.second, pair.first, how.swapped()), kind)
        found[row] = there[0] + 1 - back[0], (there[1] + 1 - back[1]) / 2
    return found


def is_first(pair: Pair, group: str) -> bool:
    """Whether the first of the pair is of ``group`` ("W" lighter, "F" woman)."""
    return pair.comparison[:2][0 if group == "W" else 1] == group


def toward(pairs: list[Pair], found: Floats, group: str) -> Floats:
    """``outcomes`` told for the lighter ("W") or the woman ("F") of each pair; they must differ in that."""
    turn = np.array([not is_first(pair, group) for pair in pairs])[:, None]
    return np.where(turn, np.array([2.0, 1.0]) - found, found)


def count(pairs: list[Pair], found: Floats, rng: np.random.Generator) -> Count:
    """The counts, interval, test and gap of ``outcomes`` (or ``toward``)."""
    from scipy.stats import binomtest

    n, kept = len(pairs), round(float(found[:, 0].sum()))
    always, never = int((found[:, 0] == 2).sum()), int((found[:, 0] == 0).sum())
    gap = found[:, 0] / 2 - found[:, 1]
    low, high = wilson(kept, 2 * n, Z * 2**0.5)  # with z·√2, Wilson's formula for 2n images is the one for n pairs
    p = float(binomtest(always, always + never, 0.5).pvalue) if always + never else 1.0
    looks, (drawn, mean_gap) = [pair.look for pair in pairs], (float(found[:, 1].mean()), float(gap.mean()))
    around = (*bootstrap(found[:, 1], looks, rng), mean_gap, *bootstrap(gap, looks, rng))
    return Count(n, 2 * n, kept, always, never, low, high, p, drawn, *around)


def bootstrap(values: Floats, looks: list[str], rng: np.random.Generator) -> tuple[float, float]:
    """95 % interval of the mean, looks drawn with replacement: pairs of one look resemble each other."""
    place = np.array([LOOKS.index(look) for look in looks])
    present = np.unique(place)
    sums = np.array([values[place == look].sum() for look in present])
    sizes = np.array([(place == look).sum() for look in present])
    drawn = rng.integers(0, len(present), (RESAMPLES, len(present)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    return float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))
