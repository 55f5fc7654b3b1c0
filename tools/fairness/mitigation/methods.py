"""Six corrections of one classifier, and the decisions that each gives the people judged.

- Thresholds per group that make one error rate equal (Hardt, Price and Srebro 2016): ours.
- Equalised odds by thresholds and lots (the same): ``fairlearn.postprocessing.ThresholdOptimizer``.
- Reweighing (Kamiran and Calders 2012): ours.
- Reduction to equalised odds (Agarwal et al. 2018), ``fairlearn.reductions.ExponentiatedGradient``, with the group
  among the columns that it sees and without it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tools.fairness.audit.metrics import Bools, Floats, Ints
from tools.fairness.mitigation.people import People

METHODS = ("thresholds_tpr", "thresholds_fpr", "thresholds_odds", "reweighing", "reduction", "reduction_blind")
BLIND = ("reweighing", "reduction_blind")  # the others need to know the group of a person to decide
SLACK = 0.02  # of error rates that the reduction leaves between a group and all
TARGETS = 201  # common error rates that are tried


@dataclass(frozen=True)
class Decisions:
    """(m,) decisions on the people judged, for one method; ``lots``: the share of them that another draw changes."""

    flagged: Bools
    lots: float = 0.0


def decide(people: People, seed: int, step: Callable[[str], None]) -> dict[str, Decisions]:
    """Decisions by method, "none" first; ``step`` hears the name of the method that begins."""
    learns, judged = ~people.judged, people.judged
    x, y, member = people.seen[learns], people.outcome[learns], people.member[learns]
    step("none")
    model = _model().fit(x, y)
    known, asked = (model.predict_proba(people.seen[part])[:, 1] for part in (learns, judged))
    found = {"none": Decisions(asked >= 0.5)}
    for name, among in (("thresholds_tpr", y), ("thresholds_fpr", ~y)):
        step(name)
        cuts = equal_rate(known, y, member, among)
        found[name] = Decisions(asked >= cuts[people.member[judged]])
    step("thresholds_odds")
    found["thresholds_odds"] = _optimizer(model, x, y, member, people, seed)
    step("reweighing")
    weighted = _model().fit(x, y, sample_weight=reweigh(y, member))
    found["reweighing"] = Decisions(weighted.predict_proba(people.seen[judged])[:, 1] >= 0.5)
    step("reduction")
    marks = np.eye(len(people.names))[people.member]
    found["reduction"] = _reduction(np.column_stack([people.seen, marks]), people, seed)
    step("reduction_blind")
    found["reduction_blind"] = _reduction(people.seen, people, seed)
    return found


def _model() -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=1.0, max_iter=400)


def equal_rate(score: Floats, outcome: Bools, member: Ints, among: Bools) -> Floats:
    """(g,) one threshold a group, such that the same share of ``among`` reaches it in each; the most accurate such share."""
    groups = int(member.max()) + 1
    targets = np.linspace(0, 1, TARGETS)
    cuts = np.empty((TARGETS, groups))
    right = np.zeros(TARGETS)
    for group in range(groups):
        mine = member == group
        base = np.sort(score[mine & among])[::-1]
        taken = np.rint(targets * len(base)).astype(int)
        cuts[:, group] = np.where(taken > 0, base[np.maximum(taken, 1) - 1], np.inf)
        yes, no = np.sort(score[mine & outcome]), np.sort(score[mine & ~outcome])
        right += len(yes) - np.searchsorted(yes, cuts[:, group]) + np.searchsorted(no, cuts[:, group])
    return np.asarray(cuts[int(np.argmax(right))])


def reweigh(outcome: Bools, member: Ints) -> Floats:
    """(n,) weights P(group) · P(outcome) / P(group and outcome): group and outcome become independent."""
    n, cell = len(outcome), member * 2 + outcome
    both = np.bincount(cell, minlength=2 * (int(member.max()) + 1))
    of_group = np.bincount(member)
    of_outcome = np.bincount(outcome.astype(int), minlength=2)
    return np.asarray(of_group[member] * of_outcome[outcome.astype(int)] / (n * both[cell]))


def _optimizer(model: Any, x: Floats, y: Bools, member: Ints, people: People, seed: int) -> Decisions:
    from fairlearn.postprocessing import ThresholdOptimizer

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = ThresholdOptimizer(
            estimator=model,
            constraints="equalized_odds",
            objective="accuracy_score",
            prefit=True,
            predict_method="predict_proba",
        )
        made.fit(x, y.astype(int), sensitive_features=member)
        asked = people.seen[people.judged], people.member[people.judged]
        first, second = (made.predict(asked[0], sensitive_features=asked[1], random_state=s) for s in (seed, seed + 1))
    return Decisions(np.asarray(first) == 1, float(np.mean(np.asarray(first) != np.asarray(second))))


def _reduction(seen: Floats, people: People, seed: int) -> Decisions:
    from fairlearn.reductions import EqualizedOdds, ExponentiatedGradient

    learns = ~people.judged
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = ExponentiatedGradient(_model(), constraints=EqualizedOdds(difference_bound=SLACK), max_iter=25)
        made.fit(seen[learns], people.outcome[learns].astype(int), sensitive_features=people.member[learns])
        first, second = (made.predict(seen[people.judged], random_state=s) for s in (seed, seed + 1))
    return Decisions(np.asarray(first) == 1, float(np.mean(np.asarray(first) != np.asarray(second))))
