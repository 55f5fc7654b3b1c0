"""The counts Twitter published with its study, and what follows from them.

Yee, Tantipongpipat and Mishra 2021 (CSCW, arXiv 2105.08667); counts as in the
repository twitter-research/image-crop-analysis, data/results.txt, setting
"wiki_no_scaling_intersect": 10,000 pairs of portraits for each comparison; B and W:
Black and White, F and M: female and male, as the source labels them.
"""

from __future__ import annotations

from dataclasses import dataclass

from tools.proportions import wilson

COUNTS = {  # comparison → how often the crop kept the first and the second
    "BF-BM": (5695, 4305),
    "BF-WF": (4336, 5664),
    "BF-WM": (5547, 4453),
    "BM-WF": (3648, 6352),
    "BM-WM": (4767, 5233),
    "WF-WM": (6171, 3829),
}


@dataclass(frozen=True)
class Share:
    """How often one side was kept: ``count`` of ``n``, with the Wilson interval and the exact binomial p."""

    count: int
    n: int
    low: float
    high: float
    p: float

    @property
    def value(self) -> float:
        """The share, from 0 to 1."""
        return self.count / self.n


def share(count: int, n: int) -> Share:
    """The share with its 95 % interval and the exact two-sided test against one half."""
    from scipy.stats import binomtest

    return Share(count, n, *wilson(count, n), float(binomtest(count, n, 0.5).pvalue))


def comparison(name: str) -> Share:
    """How often the first of a comparison ("BF-WM") was kept."""
    first, second = COUNTS[name]
    return share(first, first + second)


def lighter() -> Share:
    """White people over the four comparisons across skin: 21,702 of 40,000, 54.3 %."""
    return _over(0, "W")


def women() -> Share:
    """Women over the four comparisons across gender: 23,765 of 40,000, 59.4 %."""
    return _over(1, "F")


def _over(place: int, letter: str) -> Share:
    """One group over all comparisons in which exactly one side has ``letter`` at ``place``."""
    count = n = 0
    for name, (first, second) in COUNTS.items():
        sides = name[:2][place], name[3:][place]
        if sides[0] != sides[1]:
            count += first if sides[0] == letter else second
            n += first + second
    return share(count, n)
