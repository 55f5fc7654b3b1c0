"""What is measured before and after: direct bias, association tests, analogies, whether neighbours stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tools.errors import BadInput
from tools.specimens.words import WordVectors
from tools.tool import Run
from tools.words.analogy_search import Answers, solve
from tools.words.association import CONFIDENCE, RESAMPLES, Floats
from tools.words.debias_projection import direct_bias, find_axis
from tools.words.debias_sets import Lists
from tools.words.weat import measure
from tools.words.weat_sets import Measured, published

RANDOM_AXES = 200  # axes made in the same way from random pairs, to compare with
SAMPLE = 500  # ordinary words whose neighbours are compared
NEAR, NEAREST = 100, 10
BATCH = 100  # words at a time: 100 × 50,000 cosines is the most that is held in memory
TESTS, COVERAGE = (
    ("6", "7", "8"),
    0.7,
)  # the association tests on gender; the least share of their words that must be there
QUESTIONS = (
    ("father", "doctor", "mother"),
    ("she", "nurse", "he"),
    ("he", "programmer", "she"),
    ("man", "king", "woman"),
    ("he", "brother", "she"),
)  # the first three ask for a stereotype, the last two for a word that names a gender


@dataclass(frozen=True)
class Bounded:
    """A value with the bounds of its interval at 95 %, over ``n`` items."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class RandomAxes:
    """Axes of as many random pairs of ordinary words: shape (draws, dimensions), the share and direct bias of each."""

    axes: Floats
    shares: Floats
    biases: Floats


@dataclass(frozen=True)
class Analogy:
    """One question before and after; answers with any word allowed, then with the words of the question forbidden."""

    question: tuple[str, str, str]
    before: tuple[Answers, Answers]
    after: tuple[Answers, Answers]


def rows_of(space: WordVectors, words: Sequence[str]) -> Floats:
    """The unit vectors of words that the vocabulary holds, shape (words, dimensions)."""
    vectors: Floats = space.unit[[space.index[word] for word in words]]
    return vectors


def resampled(values: Floats, rng: np.random.Generator) -> Bounded:
    """The mean with a percentile bootstrap interval over the items."""
    means = values[rng.integers(0, len(values), (RESAMPLES, len(values)))].mean(axis=1)
    low, high = np.quantile(means, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Bounded(float(values.mean()), float(low), float(high), len(values))


def lean(space: WordVectors, axis: Floats, words: Sequence[str]) -> Floats:
    """cos(word, axis) of each word, to nine decimals: a neutralised word is at 0, not at a rounding error."""
    return np.asarray(np.round(rows_of(space, words) @ axis, 9) + 0.0)


def random_axes(space: WordVectors, lists: Lists, rng: np.random.Generator) -> RandomAxes:
    """``RANDOM_AXES`` axes, each from as many pairs of ordinary words as the real one."""
    jobs, axes, shares = rows_of(space, lists.occupations), [], []
    for _ in range(RANDOM_AXES):
        drawn = rng.choice(lists.ordinary, (len(lists.pairs), 2), replace=False)
        axis, share = find_axis(space.unit[drawn])
        axes.append(axis)
        shares.append(share)
    biases = [direct_bias(jobs, axis) for axis in axes]
    return RandomAxes(np.stack(axes), np.array(shares), np.array(biases))


def as_large(value: float, others: Floats) -> float:
    """The share of random axes that give a value at least as large, (count + 1) / (axes + 1)."""
    return (int((others >= value - 1e-12).sum()) + 1) / (len(others) + 1)


def associations(run: Run, space: WordVectors) -> dict[str, Measured | None]:
    """The association tests on gender; ``None`` where the vocabulary lacks words or nothing differs."""
    found: dict[str, Measured | None] = {}
    for test in TESTS:
        try:
            found[test] = measure(run, published(test, space), COVERAGE)
        except BadInput:
            found[test] = None
    return found


def gap(measured: Measured) -> float:
    """The difference of the two groups' mean scores, in cosines: d before it is divided by the spread."""
    return float(measured.first_scores.mean() - measured.second_scores.mean())


def analogies(before: WordVectors, after: WordVectors) -> list[Analogy]:
    """The questions whose words the vocabulary holds."""
    known = [
        question
        for question in ((*map(before.find, words),) for words in QUESTIONS)
        if None not in question and len(set(question)) == 3
    ]
    return [
        Analogy(question, solve(list(question), before, 1), solve(list(question), after, 1))  # type: ignore[arg-type]
        for question in known
    ]


def nearest(space: WordVectors, rows: np.ndarray, among: np.ndarray, count: int) -> np.ndarray:
    """For each row, the places in ``among`` of its ``count`` nearest words, itself left out; shape (rows, count)."""
    found = [np.argpartition(-cosines, count, axis=1)[:, :count] for cosines in _cosines(space, rows, among)]
    return np.concatenate(found)


def _cosines(space: WordVectors, rows: np.ndarray, among: np.ndarray) -> Iterator[Floats]:
    """Cosines of the rows with the words of ``among``, ``BATCH`` rows at a time; a word with itself counts as −∞."""
    others = space.unit[among].T
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        cosines: Floats = space.unit[batch] @ others
        cosines[batch[:, None] == among[None, :]] = -np.inf
        yield cosines


def neighbours(
    before: WordVectors, after: WordVectors, lists: Lists, rng: np.random.Generator
) -> tuple[Bounded, Bounded]:
    """How far ordinary words keep their company, over a sample of them.

    Returns:
        The mean rank correlation (Spearman) of the cosines with a word's ``NEAR`` nearest words, before and after;
        the mean share of its ``NEAREST`` nearest words that stay among them.
    """
    among = lists.ordinary
    rows = rng.choice(among, min(SAMPLE, len(among)), replace=False)
    order, kept = [], []
    for old, new in zip(_cosines(before, rows, among), _cosines(after, rows, among), strict=True):
        near = np.argpartition(-old, NEAR, axis=1)[:, :NEAR]
        ranks = [np.take_along_axis(side, near, axis=1).argsort(axis=1).argsort(axis=1) for side in (old, new)]
        # Without ties Spearman's coefficient is 1 − 6 Σ difference² / (n (n² − 1)).
        order.append(1 - 6 * ((ranks[0] - ranks[1]) ** 2).sum(axis=1) / (NEAR * (NEAR**2 - 1)))
        tops = [np.argpartition(-side, NEAREST, axis=1)[:, :NEAREST] for side in (old, new)]
        kept.append((tops[0][:, :, None] == tops[1][:, None, :]).any(axis=2).mean(axis=1))
    return resampled(np.concatenate(order), rng), resampled(np.concatenate(kept), rng)
