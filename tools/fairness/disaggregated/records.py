"""What is counted in groups, and what is found in them: the records that the parts of the tool share."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.fairness.disaggregated.shares import Floats, Ints
from tools.finding import Text

SMALL = 30  # people; a smaller group is shown and not ranked
LEVEL = 0.05
MEANS = ("mean_error", "absolute_error")
LOW_IS_BAD = ("accuracy", "ppv", "auc")  # selection and mean error have no worse side: the highest comes first


@dataclass(frozen=True)
class Cells:
    """What is counted in the groups of one panel (one classifier, one data set, one feature).

    Args:
        title: the panel's name.
        names: (g) the groups.
        sizes: (g,) people each value rests on; ``counts`` (g,) how many of them count, for a share;
            ``printed`` (g,) the share as its source printed it, where the counts are rebuilt from it.
        codes, values, outcome: (n,) group, error or score, and label of each person, for a mean or an area.
    """

    title: Text
    names: tuple[Text, ...]
    sizes: Ints
    counts: Ints | None = None
    printed: Floats | None = None
    codes: Ints | None = None
    values: Floats | None = None
    outcome: NDArray[np.bool_] | None = None


@dataclass(frozen=True)
class Group:
    """One group's value with its 95 % interval; ``error`` is the standard error of a mean or an area."""

    name: Text
    n: int
    value: float
    low: float
    high: float
    count: int | None = None
    error: float = math.nan

    @property
    def ranked(self) -> bool:
        """Whether it is large enough to be compared."""
        return self.n >= SMALL and not math.isnan(self.value) and (self.count is not None or self.error >= 0)

    @property
    def three(self) -> tuple[float, float, float]:
        """Value, low, high."""
        return self.value, self.low, self.high


@dataclass(frozen=True)
class Pair:
    """Two groups of one panel: ``gap`` is first − second, never negative; ``test`` is exact, score, welch or delong."""

    panel: int
    first: Group
    second: Group
    gap: float
    low: float
    high: float
    p: float
    test: str
    holm: float = math.nan
    fdr: float = math.nan


@dataclass(frozen=True)
class Panel:
    """The groups of one panel, worst first, the value of everybody, and the largest gap beside those of chance."""

    title: Text
    groups: list[Group]
    overall: Group
    gap: float  # largest between ranked groups
    chance: float  # its median when groups mean nothing
    chance_high: float  # 95 % of the gaps of chance stay under it
    p: float  # share of chance gaps at least as large

    @property
    def ranked(self) -> list[Group]:
        """The groups that are compared."""
        return [group for group in self.groups if group.ranked]

    @property
    def ends(self) -> tuple[Group, Group]:
        """The worst and the best of them (the highest and the lowest where neither side is worse)."""
        return self.ranked[0], self.ranked[-1]


@dataclass(frozen=True)
class Measured:
    """Everything that one run measures. ``pairs``: all panels', the largest gap first."""

    metric: str
    panels: list[Panel]
    pairs: list[Pair]
    marginals: list[Panel]  # one feature at a time, where the groups cross several
    sizes: list[int]  # of "what if the groups had n people"

    @property
    def lead(self) -> int:
        """The panel with the largest gap."""
        return max(range(len(self.panels)), key=lambda i: self.panels[i].gap)

    @property
    def surviving(self) -> list[Pair]:
        """The gaps that remain after Holm's correction."""
        return [pair for pair in self.pairs if pair.holm < LEVEL]

    @property
    def is_share(self) -> bool:
        """Whether values are shares from 0 to 1 of people."""
        return self.metric not in (*MEANS, "auc")
