"""The whole measurement of ``fairness_audit``, without a word in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tools.errors import BadInput
from tools.fairness.audit import bootstrap, metrics
from tools.fairness.audit.calibration import Calibration, calibrate
from tools.fairness.audit.case import SMALLEST, Case
from tools.fairness.audit.compas import Ratio, Rival, ratios, rival
from tools.fairness.audit.metrics import Floats, Ints
from tools.fairness.audit.thresholds import Nearest, grid, nearest, sweep
from tools.specimens import datasets

Interval = tuple[float, float, float]  # value, low, high


@dataclass(frozen=True)
class Measured:
    """Everything that is said, tabulated and drawn.

    Args:
        counts: (g, 4) TN, FP, FN, TP of each group at the threshold.
        ranked: the groups large enough to be compared; ``pair``: the two of them that the text names first.
        gaps: name → the difference of the pair (first minus second; "impact" is a ratio), bootstrap interval.
        spreads: name → the largest gap among all ranked groups, bootstrap interval.
        areas: AUC of each group with its interval.
        at, curve: thresholds and counts (t, g, 4) at each.
        equation: the largest error of Chouldechova's equation over all groups and thresholds.
        forced: how many times higher the first group's FPR must be at equal PPV and FNR.
        crossed: groups crossed with the other columns that say who: title, names, counts.
        ratios, rival: the published regressions and the model of two features, for COMPAS only.
    """

    case: Case
    counts: Ints
    ranked: tuple[int, ...]
    pair: tuple[int, int]
    gaps: dict[str, Interval]
    spreads: dict[str, Interval]
    areas: list[Interval]
    at: Floats
    curve: Ints
    calibration: Calibration
    nearest: Nearest | None
    equation: float
    forced: float
    crossed: list[tuple[str, tuple[str, ...], Ints]]
    ratios: list[Ratio]
    rival: Rival | None

    def rate(self, name: str, group: int) -> tuple[float, float, float, int]:
        """A rate of one group with its Wilson interval and its n."""
        return metrics.with_bounds(self.counts[group], name)

    def name(self, place: int) -> str:
        """The name of the first (0) or second (1) group of the pair."""
        return self.case.names[self.pair[place]]


SPREADS: dict[str, Callable[[Ints], Floats]] = {
    "parity_difference": metrics.parity_difference,
    "impact_ratio": metrics.impact_ratio,
    "opportunity_difference": metrics.opportunity_difference,
    "odds_difference": metrics.odds_difference,
}


def measure(case: Case, compare: list[str], rng: np.random.Generator) -> Measured:
    """Measures one case; the bootstrap and the cross-validation draw from ``rng``."""
    groups = len(case.names)
    counts = metrics.confusion(case.outcome, case.flagged, case.member, groups)
    ranked = tuple(int(one) for one in np.flatnonzero(case.sizes >= SMALLEST))
    pair = named_pair(case, compare) or (ranked[0], ranked[1])
    drawn = bootstrap.resample(counts[list(ranked)], rng)
    two = bootstrap.resample(counts[list(pair)], rng)
    at = grid(case.values, case.threshold)
    curve = sweep(case.outcome, case.values, case.member, groups, at)
    base = metrics.rate(counts[list(pair)], "base_rate")
    regressed = case.compas and not case.left_out
    return Measured(
        case=case, counts=counts, ranked=ranked, pair=pair, gaps=pair_gaps(counts[list(pair)], two),
        spreads={name: _interval(made(counts[list(ranked)]), made(drawn)) for name, made in SPREADS.items()},
        areas=[metrics.auc(case.outcome[case.member == one], case.values[case.member == one]) for one in range(groups)],
        at=at, curve=curve, calibration=calibrate(case.outcome, case.values, case.member, groups, pair),
        nearest=nearest(curve[:, list(pair)], at, case.threshold) if case.source != "prediction" else None,
        equation=equation_error(curve), forced=metrics.forced_ratio(base), crossed=crossed(case),
        ratios=ratios(case.data.columns, datasets.load("compas-violent").columns) if regressed else [],
        rival=rival(case.data.columns, rng) if regressed else None,
    )  # fmt: skip


def named_pair(case: Case, compare: list[str]) -> tuple[int, int] | None:
    """The two groups asked for; ``BadInput`` when they are not two, not there or too small."""
    if not compare:
        return None
    folded = {name.casefold(): at for at, name in enumerate(case.names)}
    found = [folded.get(name.strip().casefold(), -1) for name in compare]
    shown = ", ".join(case.names[:8])
    if len(found) != 2 or -1 in found or found[0] == found[1]:
        raise BadInput(
            f"--compare takes two groups of '{case.group}': {shown}.",
            f"--compare prend deux groupes de « {case.group} » : {shown}.",
        )
    for at in found:
        if case.sizes[at] < SMALLEST:
            raise BadInput(
                f"'{case.names[at]}' has {case.sizes[at]} people; fewer than {SMALLEST} are shown but not compared. Name another group.",
                f"« {case.names[at]} » compte {case.sizes[at]} personnes ; moins de {SMALLEST}, c’est montré mais pas comparé. Nommez un autre groupe.",
            )
    return found[0], found[1]


def pair_gaps(counts: Ints, drawn: Ints) -> dict[str, Interval]:
    """The differences between two groups (2, 4), and the same from resampled counts (draws, 2, 4)."""

    def gap(rates: Floats) -> Floats:
        return np.asarray(rates[..., 0] - rates[..., 1])

    found = {name: _interval(gap(metrics.rate(counts, name)), gap(metrics.rate(drawn, name))) for name in metrics.RATES}
    return found | {name: _interval(made(counts), made(drawn)) for name, made in SPREADS.items()}


def _interval(value: Floats, drawn: Floats) -> Interval:
    return float(value), *bootstrap.bounds(drawn)


def equation_error(curve: Ints) -> float:
    """The largest difference between a measured FPR and the one Chouldechova's equation gives, where both are defined."""
    base, ppv, fnr, fpr = (metrics.rate(curve, name) for name in ("base_rate", "ppv", "fnr", "fpr"))
    error = np.abs(metrics.implied_fpr(base, ppv, fnr) - fpr)
    known = error[np.isfinite(error)]
    return float(known.max()) if len(known) else float("nan")


def crossed(case: Case) -> list[tuple[str, tuple[str, ...], Ints]]:
    """The counts of the groups crossed with each further column that says who; none when groups are already crossed."""
    found: list[tuple[str, tuple[str, ...], Ints]] = []
    if "+" in case.group:
        return found
    for other in case.data.groups:
        if other == case.group:
            continue
        rows = case.used
        who = case.data.by(f"{case.group}+{other}")
        codes = who.codes[rows]
        there = codes >= 0
        counts = metrics.confusion(case.outcome[there], case.flagged[there], codes[there], len(who.names))
        found.append((f"{case.group} + {other}", who.names, counts))
    return found
