"""One run of ``debias`` from the vectors to every number of its finding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.errors import BadInput
from tools.specimens import words
from tools.specimens.words import WordVectors
from tools.tool import Run
from tools.words import debias_checks as checks
from tools.words.association import Floats
from tools.words.debias_checks import Analogy, Bounded, RandomAxes
from tools.words.debias_projection import find_axis, hard_debias, neutralise
from tools.words.debias_recovery import Recovered, recover
from tools.words.debias_sets import Lists, head, parse, prepare, published
from tools.words.weat_sets import Measured
from tools.words.weat_sets import published as weat_sets


@dataclass(frozen=True)
class Study:
    """Everything measured; ``before`` and ``after`` are the vectors examined, ``neutral`` how many were neutralised.

    Args:
        share: part of the pairs' variance that the axis holds, 0 to 1.
        bias_before, bias_after: direct bias over the occupations.
        leans: of each occupation, its cosine with the axis before and after.
        order, kept: what becomes of neighbours; the same when a random axis is removed in ``_random``.
    """

    lists: Lists
    before: WordVectors
    after: WordVectors
    neutral: int
    share: float
    random: RandomAxes
    bias_before: Bounded
    bias_after: Bounded
    leans: dict[str, tuple[float, float]]
    weat_before: dict[str, Measured | None]
    weat_after: dict[str, Measured | None]
    analogies: list[Analogy]
    order: Bounded
    kept: Bounded
    order_random: Bounded
    kept_random: Bounded
    recovered: Recovered

    @property
    def tests(self) -> list[str]:
        """The association tests that could be carried out both before and after."""
        return [test for test in self.weat_before if self.weat_before[test] and self.weat_after[test]]


def study(run: Run, vectors: str, pairs: list[str]) -> Study:
    """Finds the axis, removes it, and measures what changed and what did not."""
    from threadpoolctl import threadpool_limits

    # One thread: on so few words several only wait for each other, and the last bits would depend on their count.
    with threadpool_limits(1):
        return _study(run, vectors, pairs)


def _study(run: Run, vectors: str, pairs: list[str]) -> Study:
    asked = parse(pairs)
    run.progress("reading the vectors", "lecture des vecteurs")
    space = words.load(vectors)
    lists, before = _ready(space, asked)
    axis, share = find_axis(np.stack([checks.rows_of(before, pair) for pair in lists.pairs]))
    if not axis.any():
        raise BadInput(
            "debias: the two words of every pair have the same vector, so they define no axis. Give other --pairs.",
            "debias : les deux mots de chaque paire ont le même vecteur et ne définissent aucun axe. "
            "Donnez d’autres --pairs.",
        )
    run.progress("removing the axis", "retrait de l’axe")
    neutral = np.array([word not in lists.specific for word in before.words])
    equal = [(before.index[one], before.index[other]) for one, other in lists.equal]
    after = WordVectors(before.words, hard_debias(before.unit, axis, neutral, equal), before.specimen)
    random = checks.random_axes(before, lists, run.rng)
    leans = [checks.lean(each, axis, lists.occupations) for each in (before, after)]
    kept = _neighbours(run, before, after, random.axes[0], lists)
    return Study(
        lists=lists, before=before, after=after, neutral=int(neutral.sum()), share=share, random=random,
        bias_before=checks.resampled(np.abs(leans[0]), run.rng), bias_after=checks.resampled(np.abs(leans[1]), run.rng),
        leans=dict(zip(lists.occupations, zip(*(each.tolist() for each in leans), strict=True), strict=True)),
        weat_before=checks.associations(run, before), weat_after=checks.associations(run, after),
        analogies=checks.analogies(before, after), order=kept[0][0], kept=kept[0][1],
        order_random=kept[1][0], kept_random=kept[1][1],
        recovered=recover(run, before, after, axis, lists, random),
    )  # fmt: skip


def _ready(space: WordVectors, asked: list[tuple[str, str]]) -> tuple[Lists, WordVectors]:
    """The lists, and the vectors examined: the head of the vocabulary and the words that a list or a test asks for."""
    lists = published()
    tested = [word for test in checks.TESTS for group in weat_sets(test, space).groups for word in group.found]
    also = [
        *(word for pair in [*asked, *lists["equalise"]] for word in pair), *lists["occupations"],
        *lists["gender_specific"], *tested, *(word for question in checks.QUESTIONS for word in question),
    ]  # fmt: skip
    before = head(space, also)
    return prepare(asked, before), before


def _neighbours(
    run: Run, before: WordVectors, after: WordVectors, other: Floats, lists: Lists
) -> list[tuple[Bounded, Bounded]]:
    """What becomes of neighbours when the axis is removed, and when a random one is; the same words are drawn."""
    run.progress("comparing neighbours", "comparaison des voisins")
    without = WordVectors(before.words, neutralise(before.unit, other), before.specimen)
    return [checks.neighbours(before, changed, lists, run.rng) for changed in (after, without)]
