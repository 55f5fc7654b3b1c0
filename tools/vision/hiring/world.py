"""An invented hiring world: what a scorer learns from biased ratings, and what leaving out a channel changes.

Two groups A and B of equal size with the same skill S ~ N(0, 1). With g = −1 in A and +1 in B:

    answers  T = S + N(0, 1)                        honest evidence, noisy
    speech   P = r_P g + √(1 − r_P²) N(0, 1)        says nothing about skill
    face     V = r_V g + √(1 − r_V²) N(0, 1)        says nothing about skill
    rating   R = S + N(0, 0.5²) − bias · 1[B]       what people gave past employees

The scorer is a ridge regression (Hoerl and Kennard 1970) of the rating on what it is shown; it never sees the group.
The setting follows Raghavan et al. 2020 (arXiv 1906.09208), section 2: the label is a person's judgement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.vision.hiring.expected import expected_ratio
from tools.vision.hiring.setting import ANSWERS_NOISE, RATERS, RATING_NOISE, SCORERS, Setting

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PENALTY = 1.0  # ridge penalty, beside sums over the past employees
RESAMPLES = 2000
BINS = 5


@dataclass(frozen=True)
class People:
    """One draw of n persons; every array has shape (n,)."""

    in_b: NDArray[np.bool_]
    skill: Floats
    rating: Floats
    seen: dict[str, Floats]

    def columns(self, channels: tuple[str, ...]) -> Floats:
        """The channels side by side, (n, channels)."""
        return np.column_stack([self.seen[name] for name in channels])


@dataclass(frozen=True)
class Outcome:
    """What one scorer does in one world (or, over many worlds, the mean of each part).

    Attributes:
        rates: selected share in A and in B.
        ratio: rate of B over rate of A; NaN when nobody of A is selected.
        skill: mean true skill of the selected.
        weights: ridge weight of each channel shown (standard deviations of skill per unit).
        face_share: share of the score's variance that comes through the face, w_V cov(V, score) / var(score).
        skill_gap: true skill of B minus A at equal score, by least squares.
        rating_gap: the same with the rating in place of the skill: what the firm itself can check.
        bins: score bins, (bins, 5): mean score, then skill of A, skill of B, rating of A, rating of B.
    """

    rates: tuple[float, float]
    ratio: float
    skill: float
    weights: dict[str, float]
    face_share: float
    skill_gap: float
    rating_gap: float
    bins: Floats


@dataclass(frozen=True)
class Repeated:
    """One scorer over all worlds; arrays hold one number a world."""

    first: Outcome
    within: tuple[float, float]  # bootstrap interval of the ratio in the first world
    ratios: Floats
    skill_gaps: Floats
    rating_gaps: Floats
    skills: Floats
    face_shares: Floats
    bins: Floats  # mean over worlds
    expected: float  # the ratio with infinitely many people, in closed form

    @property
    def under(self) -> int:
        """In how many worlds the ratio lies under four fifths."""
        return int((self.ratios < 0.8).sum())


def draw(setting: Setting, rng: np.random.Generator) -> People:
    """``setting.people`` persons, half of each group."""
    n = setting.people
    g = np.where(np.arange(n) % 2 == 0, -1.0, 1.0)
    skill = rng.standard_normal(n)
    seen = {"answers": skill + ANSWERS_NOISE * rng.standard_normal(n)}
    for name, r in (("speech", setting.proxy), ("face", setting.correlation)):
        seen[name] = r * g + np.sqrt(1 - r * r) * rng.standard_normal(n)
    rating = skill + RATING_NOISE * rng.standard_normal(n) - setting.bias * (g > 0)
    return People(g > 0, skill, rating, seen)


def ridge(x: Floats, y: Floats, penalty: float = PENALTY) -> tuple[Floats, float]:
    """Weights (channels,) and intercept of a ridge regression, in closed form; the intercept is not penalised."""
    centred = x - x.mean(axis=0)
    weights = np.linalg.solve(centred.T @ centred + penalty * np.eye(x.shape[1]), centred.T @ (y - y.mean()))
    return weights, float(y.mean() - x.mean(axis=0) @ weights)


def selected(score: Floats, share: float) -> NDArray[np.bool_]:
    """The best ``share`` of the scores, at least one person; ties go to the first in line."""
    chosen = np.zeros(len(score), dtype=bool)
    chosen[np.argsort(-score, kind="stable")[: max(1, round(share * len(score)))]] = True
    return chosen


def gap(target: Floats, score: Floats, in_b: NDArray[np.bool_]) -> float:
    """Least squares of ``target`` on score and group: the coefficient of B."""
    x = np.column_stack([np.ones_like(score), score, in_b.astype(float)])
    return float(np.linalg.lstsq(x, target, rcond=None)[0][2])


def outcome(people: People, score: Floats, share: float, weights: dict[str, float]) -> Outcome:
    """What choosing by ``score`` (n,) does to the applicants."""
    chosen, b = selected(score, share), people.in_b
    rate_a, rate_b = float(chosen[~b].mean()), float(chosen[b].mean())
    through = weights.get("face", 0.0) * float(np.cov(people.seen["face"], score)[0, 1])
    edges = np.quantile(score, np.linspace(0, 1, BINS + 1)[1:-1])
    place = np.searchsorted(edges, score)
    rows = []
    for k in range(BINS):
        here = place == k
        parts = [(people.skill, ~b), (people.skill, b), (people.rating, ~b), (people.rating, b)]
        rows.append([score[here].mean(), *(_mean(values[here & who]) for values, who in parts)])
    return Outcome(
        rates=(rate_a, rate_b),
        ratio=rate_b / rate_a if rate_a else float("nan"),
        skill=float(people.skill[chosen].mean()),
        weights=weights,
        face_share=through / float(score.var(ddof=1)),
        skill_gap=gap(people.skill, score, b),
        rating_gap=gap(people.rating, score, b),
        bins=np.array(rows),
    )


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else float("nan")


def bootstrap(found: Outcome, people: int, rng: np.random.Generator) -> tuple[float, float]:
    """The 95 % percentile interval of the ratio (Efron 1979), the rule of selection held fixed.

    Drawing people with replacement is drawing from the four cells group × selected.
    """
    half = people // 2
    cells = [(people - half) * found.rates[0], (people - half) * (1 - found.rates[0])]
    cells += [half * found.rates[1], half * (1 - found.rates[1])]
    counts = rng.multinomial(people, np.array(cells) / people, size=RESAMPLES)
    rate_a = counts[:, 0] / np.maximum(counts[:, 0] + counts[:, 1], 1)
    rate_b = counts[:, 2] / np.maximum(counts[:, 2] + counts[:, 3], 1)
    ratios = rate_b[rate_a > 0] / rate_a[rate_a > 0]
    if not len(ratios):
        return float("nan"), float("nan")
    low, high = np.quantile(ratios, [0.025, 0.975])
    return float(low), float(high)


def one_world(setting: Setting, rng: np.random.Generator) -> dict[str, Outcome]:
    """Past employees train the scorers, new applicants are scored; the raters also choose by themselves."""
    past, applicants = draw(setting, rng), draw(setting, rng)
    found = {}
    for scorer in SCORERS:
        label = past.rating if scorer.label == "rating" else past.skill
        weights, intercept = ridge(past.columns(scorer.channels), label)
        score = applicants.columns(scorer.channels) @ weights + intercept
        named = dict(zip(scorer.channels, map(float, weights), strict=True))
        found[scorer.name] = outcome(applicants, score, setting.share, named)
    found[RATERS] = outcome(applicants, applicants.rating, setting.share, {})
    return found


def measure(
    setting: Setting, worlds: int, seed: int, step: Callable[[int, float], None] = lambda *_: None
) -> dict[str, Repeated]:
    """``worlds`` independent worlds, each with its own seed; ``step`` hears how many are done and the first ratio."""
    drawn: list[dict[str, Outcome]] = []
    for k in range(worlds):
        drawn.append(one_world(setting, np.random.default_rng([seed, k])))
        if k % 10 == 9 or k == worlds - 1:
            ratios = [w["full"].ratio for w in drawn if not np.isnan(w["full"].ratio)]
            step(k + 1, float(np.mean(ratios)) if ratios else float("nan"))
    resampling = np.random.default_rng([seed, worlds, 1])
    return {name: _repeated(name, [w[name] for w in drawn], setting, resampling) for name in drawn[0]}


def _mean_bins(bins: list[Floats]) -> Floats:
    """The mean over worlds, cell by cell, of the worlds where the cell holds somebody; NaN when none does."""
    stacked = np.array(bins)
    there = ~np.isnan(stacked)
    counts = there.sum(axis=0)
    return np.where(counts > 0, np.where(there, stacked, 0.0).sum(axis=0) / np.maximum(counts, 1), np.nan)


def _repeated(name: str, outcomes: list[Outcome], setting: Setting, rng: np.random.Generator) -> Repeated:
    def every(pick: Callable[[Outcome], float]) -> Floats:
        return np.array([pick(o) for o in outcomes])

    return Repeated(
        first=outcomes[0],
        within=bootstrap(outcomes[0], setting.people, rng),
        ratios=every(lambda o: o.ratio),
        skill_gaps=every(lambda o: o.skill_gap),
        rating_gaps=every(lambda o: o.rating_gap),
        skills=every(lambda o: o.skill),
        face_shares=every(lambda o: o.face_share),
        bins=_mean_bins([o.bins for o in outcomes]),
        expected=expected_ratio(setting, name),
    )
