"""Whether the sides can be found again after the axis is gone: clusters, classifiers, neighbours.

Source: Gonen and Goldberg 2019 (N19-1061): the words that leaned most before, 500 a side; k-means in two clusters;
a support vector machine with a radial kernel; the share of a word's 100 nearest words that leaned to one side. They
take the sides from he − she; here they come from the axis that is removed, so that nothing of it is left in the labels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tools.proportions import wilson
from tools.specimens.words import WordVectors
from tools.tool import Run
from tools.words.association import Floats
from tools.words.debias_checks import NEAR, Bounded, RandomAxes, lean, nearest
from tools.words.debias_projection import neutralise
from tools.words.debias_sets import Lists

SIDE = 500  # words a side
FOLDS = 5
CONTROLS, T = 5, 2.776  # random axes removed and searched for in the same way; Student's 97.5 % point for so many


@dataclass(frozen=True)
class Recovered:
    """What is found again; ``scores`` are the radial classifier's, for words it was not trained on.

    Args:
        first: whether a word leaned to the first side, shape (words,); as many lean to each side.
        clusters, classifier: share of words on the right side, before and after.
        linear: the same with a straight boundary, after.
        control: the mean of the same for random axes, with a t interval over the axes.
        scores_before, scores_after: positive for the first side, shape (words,).
        company_before, company_after: correlation over the occupations of their lean with their neighbours' side.
        shares: of the neighbours after, the share that leaned to the first side, one an occupation.
    """

    first: np.ndarray
    clusters_before: Bounded
    clusters_after: Bounded
    classifier_before: Bounded
    classifier_after: Bounded
    linear: Bounded
    control: Bounded
    scores_before: Floats
    scores_after: Floats
    company_before: Bounded
    company_after: Bounded
    shares: dict[str, tuple[float, float]]


def recover(
    run: Run, before: WordVectors, after: WordVectors, axis: Floats, lists: Lists, random: RandomAxes
) -> Recovered:
    """Looks for the sides in both spaces, and for the sides of random axes once these are removed."""
    rows, first = extremes(before.unit, axis, lists.ordinary)
    old, new = before.unit[rows], after.unit[rows]
    run.progress("clusters", "groupes sans étiquettes", 0, 3)
    clusters = [share(clustered(vectors, first, run.seed)) for vectors in (old, new)]
    run.progress("classifier", "classifieur", 1, 3)
    scores = [scored(vectors, first, run.seed) for vectors in (old, new)]
    control = [_control(run, before, other, lists) for other in random.axes[:CONTROLS]]
    run.progress("neighbours of the occupations", "voisins des métiers", 2, 3)
    company_before, company_after, shares = _company(before, after, axis, lists)
    return Recovered(
        first=first,
        clusters_before=clusters[0],
        clusters_after=clusters[1],
        classifier_before=share((scores[0] > 0) == first),
        classifier_after=share((scores[1] > 0) == first),
        linear=share((scored(new, first, run.seed, "linear") > 0) == first),
        control=_mean(np.array(control)),
        scores_before=scores[0],
        scores_after=scores[1],
        company_before=company_before,
        company_after=company_after,
        shares=shares,
    )


def extremes(unit: Floats, axis: Floats, ordinary: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rows that lean most to either side, ``SIDE`` or a quarter of all each, and whether it is the first side."""
    count = min(SIDE, len(ordinary) // 4)
    order = ordinary[np.argsort(unit[ordinary] @ axis, kind="stable")]
    return np.concatenate([order[-count:], order[:count]]), np.repeat([True, False], count)


def clustered(vectors: Floats, first: np.ndarray, seed: int) -> np.ndarray:
    """Which words fall in the cluster of their side, when two clusters are named as suits best."""
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # again: a limit reaches only what is loaded, and this import loads OpenMP
        labels = KMeans(n_clusters=2, n_init=10, random_state=seed).fit_predict(vectors).astype(bool)
    right: np.ndarray = labels == first
    return right if right.mean() >= 0.5 else ~right


def scored(vectors: Floats, first: np.ndarray, seed: int, kernel: str = "rbf") -> Floats:
    """The score of each word from a support vector machine trained on the other folds; positive: the first side."""
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.svm import SVC

    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    scores = cross_val_predict(SVC(kernel=kernel), vectors, first, cv=folds, method="decision_function")
    return np.asarray(scores, dtype=np.float64)


def share(right: np.ndarray) -> Bounded:
    """The share of words on the right side, with Wilson's interval."""
    low, high = wilson(int(right.sum()), len(right))
    return Bounded(float(right.mean()), low, high, len(right))


def _mean(shares: Floats) -> Bounded:
    """The mean over the random axes, with a t interval that ends at 1."""
    mean, half = float(shares.mean()), T * float(shares.std(ddof=1)) / math.sqrt(len(shares))
    return Bounded(mean, max(mean - half, 0.0), min(mean + half, 1.0), len(shares))


def _control(run: Run, space: WordVectors, axis: Floats, lists: Lists) -> float:
    """The classifier's share for an axis of random pairs, after it is removed."""
    run.progress("classifier, random axes", "classifieur, axes au hasard", 1, 3)
    rows, first = extremes(space.unit, axis, lists.ordinary)
    scores = scored(neutralise(space.unit[rows], axis), first, run.seed)
    return float(((scores > 0) == first).mean())


def _company(
    before: WordVectors, after: WordVectors, axis: Floats, lists: Lists
) -> tuple[Bounded, Bounded, dict[str, tuple[float, float]]]:
    """How an occupation's lean before goes with the side of its ``NEAR`` nearest words, before and after."""
    jobs = [word for word in lists.occupations if word not in lists.specific]
    rows = np.array([before.index[word] for word in jobs])
    side = before.unit[lists.ordinary] @ axis > 0
    shares = [side[nearest(space, rows, lists.ordinary, NEAR)].mean(axis=1) for space in (before, after)]
    leans = lean(before, axis, jobs)
    pairs = zip(shares[0].tolist(), shares[1].tolist(), strict=True)
    return correlation(leans, shares[0]), correlation(leans, shares[1]), dict(zip(jobs, pairs, strict=True))


def correlation(one: Floats, other: Floats) -> Bounded:
    """Pearson's r with the interval of Fisher's transformation; NaN where one of them does not vary."""
    n = len(one)
    if n < 4 or float(np.ptp(one)) == 0 or float(np.ptp(other)) == 0:
        return Bounded(math.nan, math.nan, math.nan, n)
    r = float(np.corrcoef(one, other)[0, 1])
    centre, half = math.atanh(min(max(r, -1 + 1e-12), 1 - 1e-12)), 1.959964 / math.sqrt(n - 3)
    return Bounded(r, math.tanh(centre - half), math.tanh(centre + half), n)
