"""The search behind an analogy: the words nearest to b − a + c, and what random questions give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.specimens.words import WordVectors
from tools.tool import Run

TRIPLES = 200  # random questions to compare with
BATCH = 20  # of them at a time: 20 × 400,000 words is the most that is held in memory

Answers = list[tuple[str, float]]
"""Words with their cosines, the nearest first."""


@dataclass(frozen=True)
class Chance:
    """What random questions give: top cosine of each, both forms, and how many are answered by a word of the question."""

    allowed: NDArray[np.float64]
    forbidden: NDArray[np.float64]
    own_word: int

    def p(self, cosine: float, forbidden: bool) -> float:
        """The share of random questions whose top cosine is at least as large, (count + 1) / (questions + 1)."""
        tops = self.forbidden if forbidden else self.allowed
        return (int((tops >= cosine).sum()) + 1) / (len(tops) + 1)


def solve(question: list[str], space: WordVectors, k: int) -> tuple[Answers, Answers]:
    """The ``k`` words nearest to b − a + c: any word, then any word but a, b and c."""
    a, b, c = (space.vector(word).astype(np.float64) for word in question)
    target = b - a + c
    cosines = space.unit @ (target / np.linalg.norm(target)).astype(np.float32)
    near = np.argpartition(-cosines, k + 2)[: k + 3]
    ranked = [(space.words[i], float(cosines[i])) for i in sorted(near, key=lambda i: (-cosines[i], i))]
    return ranked[:k], [(word, cosine) for word, cosine in ranked if word not in question][:k]


def random_questions(run: Run, space: WordVectors) -> Chance:
    """``TRIPLES`` questions made of three different words drawn from the whole vocabulary."""
    rng, unit = run.rng, space.unit
    triples = np.array([rng.choice(len(space.words), 3, replace=False) for _ in range(TRIPLES)])
    allowed, forbidden, own = np.empty(TRIPLES), np.empty(TRIPLES), 0
    for start in range(0, TRIPLES, BATCH):
        run.progress(
            f"random questions: {start} of {TRIPLES}", f"questions au hasard : {start} sur {TRIPLES}", start, TRIPLES
        )
        batch = triples[start : start + BATCH]
        targets = unit[batch[:, 1]] - unit[batch[:, 0]] + unit[batch[:, 2]]
        lengths = np.linalg.norm(targets, axis=1, keepdims=True)
        cosines = (targets / np.where(lengths == 0, 1, lengths)) @ unit.T
        row = np.arange(len(batch))
        best = cosines.argmax(axis=1)
        own += int((batch == best[:, None]).any(axis=1).sum())
        allowed[start : start + BATCH] = cosines[row, best]
        cosines[row[:, None], batch] = -np.inf
        forbidden[start : start + BATCH] = cosines.max(axis=1)
    return Chance(allowed, forbidden, own)
