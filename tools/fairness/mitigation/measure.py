"""What each correction changes: error gaps and accuracy with intervals, and whose decisions change in which direction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.fairness.audit.bootstrap import DRAWS, bounds, resample
from tools.fairness.audit.metrics import Bools, Floats, Ints, rate
from tools.fairness.mitigation.methods import METHODS, decide
from tools.fairness.mitigation.people import People

GAPS = ("odds", "tpr", "fpr", "selection")
Value = tuple[float, float, float]  # estimate, low, high


@dataclass(frozen=True)
class Corrected:
    """One method on the people judged.

    Args:
        gaps: by name (see ``GAPS``), between the groups, from 0 to 1; ``accuracy``: of the decisions.
        gap_change, accuracy_change: against no correction, on the same people (of the gap "odds").
        counts: (g, 4) true negatives, false positives, false negatives, true positives.
        moves: (g, 2, 2) people whose decision changes: by outcome (no, yes), then newly flagged or no longer flagged.
        lots: share of the people judged whose decision another draw would change.
    """

    gaps: dict[str, Value]
    accuracy: Value
    gap_change: Value
    accuracy_change: Value
    counts: Ints
    moves: Ints
    lots: float

    @property
    def moved(self) -> int:
        """How many decisions change."""
        return int(self.moves.sum())


@dataclass(frozen=True)
class Measured:
    """All methods, "none" first; ``chance``: the mean gap that groups with the very same error rates would show."""

    people: People
    methods: dict[str, Corrected]
    chance: float
    sizes: Ints
    majority: float

    @property
    def n(self) -> int:
        """How many people are judged."""
        return int(self.sizes.sum())

    @property
    def kept(self) -> list[str]:
        """The corrections that keep at least half of what the model knows beyond the commoner outcome."""
        floor = (self.methods["none"].accuracy[0] + self.majority) / 2
        return [name for name in METHODS if self.methods[name].accuracy[0] >= floor]

    @property
    def best(self) -> str:
        """Of these, the one with the smallest gap; the most accurate of all when there is none."""
        if not self.kept:
            return max(METHODS, key=lambda name: self.methods[name].accuracy[0])
        return min(self.kept, key=lambda name: self.methods[name].gaps["odds"][0])

    def order(self) -> list[str]:
        """The methods, the smallest gap first after "none"."""
        return ["none", *sorted(METHODS, key=lambda name: self.methods[name].gaps["odds"][0])]


def cells(outcome: Bools, before: Bools, after: Bools, member: Ints, groups: int) -> Ints:
    """(groups, 2, 2, 2) people by outcome, decision before, decision after."""
    cell = ((member * 2 + outcome) * 2 + before) * 2 + after
    return np.bincount(cell, minlength=groups * 8).reshape(groups, 2, 2, 2)


def decided(counts: Ints, which: int) -> Ints:
    """(…, groups, 4) true negatives, false positives, false negatives, true positives before (0) or after (1)."""
    table = counts.sum(axis=-1 if which == 0 else -2)
    return np.asarray(table.reshape(*table.shape[:-2], 4))


def gap(counts: NDArray[np.int64], name: str) -> Floats:
    """The widest difference between groups of a rate over the last two axes; "odds": the wider of true and false positives."""
    if name == "odds":
        return np.asarray(np.fmax(gap(counts, "tpr"), gap(counts, "fpr")))
    rates = rate(counts, "fnr" if name == "tpr" else name)  # the difference of a rate is that of its complement
    return np.asarray(np.fmax.reduce(rates, axis=-1) - np.fmin.reduce(rates, axis=-1))


def accuracy(counts: NDArray[np.int64]) -> Floats:
    """The share of right decisions over all groups."""
    return rate(counts.sum(axis=-2), "accuracy")


def compare(counts: Ints, lots: float, rng: np.random.Generator) -> Corrected:
    """A method from the cells it makes with the decisions before; intervals by bootstrap of the people judged."""
    drawn = resample(counts, rng)
    before, after = decided(counts, 0), decided(counts, 1)
    b, a = decided(drawn, 0), decided(drawn, 1)
    right, was = accuracy(after), accuracy(before)
    narrowed = float(gap(after, "odds") - gap(before, "odds"))
    equal = alike(after, rng)
    return Corrected(
        gaps={name: _width(float(gap(after, name)), gap(a, name), gap(equal, name), name) for name in GAPS},
        accuracy=(float(right), *bounds(accuracy(a))),
        gap_change=(narrowed, *bounds(_centred(gap(a, "odds") - gap(b, "odds"), narrowed))),
        accuracy_change=(float(right - was), *bounds(accuracy(a) - accuracy(b))),
        counts=after,
        moves=np.stack([counts[:, :, 0, 1], counts[:, :, 1, 0]], axis=-1),
        lots=lots,
    )


def _centred(drawn: Floats, value: float) -> Floats:
    """Redraws less their bias: a widest difference is wider in redraws, which add their noise to that of the sample."""
    return drawn - (float(np.nanmean(drawn)) - value) if np.isfinite(drawn).any() else drawn


def _width(value: float, drawn: Floats, equal: Floats, name: str) -> Value:
    """A gap with its interval, from 0 on where groups with the same error rates show as wide a gap in one case of twenty."""
    low, high = bounds(np.maximum(_centred(drawn, value), 0.0))
    none = name != "selection" and value <= float(np.nanquantile(equal, 0.95))
    return value, 0.0 if none else low, high


def alike(counts: Ints, rng: np.random.Generator, draws: int = DRAWS) -> Ints:
    """Counts (draws, groups, 4) of groups of these sizes that all have the error rates of everybody together."""
    together = counts.sum(axis=0)
    no, yes = counts[:, 0] + counts[:, 1], counts[:, 2] + counts[:, 3]
    fpr, tpr = together[1] / max(1, together[:2].sum()), together[3] / max(1, together[2:].sum())
    false, true = rng.binomial(no, fpr, (draws, len(no))), rng.binomial(yes, tpr, (draws, len(yes)))
    return np.stack([no - false, false, yes - true, true], axis=-1)


def by_chance(counts: Ints, rng: np.random.Generator) -> float:
    """The mean gap "odds" of such groups."""
    return float(np.mean(gap(alike(counts, rng), "odds")))


def measure(people: People, seed: int, rng: np.random.Generator, step: Callable[[str], None]) -> Measured:
    """Every method on the half that is judged."""
    decisions = decide(people, seed, step)
    outcome, member = people.outcome[people.judged], people.member[people.judged]
    groups, first = len(people.names), decisions["none"].flagged
    methods = {
        name: compare(cells(outcome, first, made.flagged, member, groups), made.lots, rng)
        for name, made in decisions.items()
    }
    share = float(outcome.mean())
    return Measured(
        people=people, methods=methods, chance=by_chance(methods["none"].counts, rng),
        sizes=np.bincount(member, minlength=groups), majority=max(share, 1 - share),
    )  # fmt: skip
