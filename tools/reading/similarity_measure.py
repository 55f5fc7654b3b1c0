"""How alike two texts are: in their words, in the order of their words, and in what their sentences say.

Shared words and contained sequences: resemblance and containment of Broder 1997. Edits: the distance of
Levenshtein 1966, on words. Meaning: cosines of the library's sentence encoder, sentence by sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.terms import fold

Floats = NDArray[np.float64]
Encode = Callable[[Sequence[str]], NDArray[np.float32]]
RUN = 3  # words of a sequence: two texts on one subject rarely share one by chance
RESAMPLES = 5_000
CONFIDENCE = 0.95
FEWEST = 4  # sentences below which the mean has no interval

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Overlap:
    """What the words alone say; all from 0 (nothing) to 1 (everything), but the two counts.

    ``shared``: words in both texts among all the different words. ``contained``: sequences of ``RUN`` words
    of the shorter text that stand in the other. ``run``: the words of the longest sequence in both, of
    which ``run_share`` is the share of the shorter text. ``edits``: 1 − edits / words of the longer text.
    """

    shared: float
    contained: float
    run: int
    run_share: float
    edits: float
    words: int


@dataclass(frozen=True)
class Pairing:
    """A sentence of the shorter text, its words, and what lies closest to it in the other: one sentence, or two neighbours."""

    sentence: str
    words: int
    closest: str
    cosine: float
    overlap: Overlap


@dataclass(frozen=True)
class Meaning:
    """The mean cosine of the pairings, weighted by words, with its interval over the sentences if there are enough."""

    value: float
    low: float | None
    high: float | None
    pairings: list[Pairing]


def words(text: str) -> list[str]:
    """The words of a text, lower case, without accents."""
    return _WORD.findall(fold(text))


def sequences(items: Sequence[str], size: int = RUN) -> set[tuple[str, ...]]:
    """The sequences of ``size`` words; the whole text when it is shorter."""
    if len(items) < size:
        return {tuple(items)} if items else set()
    return {tuple(items[i : i + size]) for i in range(len(items) - size + 1)}


def overlap(one: str, other: str) -> Overlap:
    """What two texts share word for word; both need a word."""
    a, b = words(one), words(other)
    shorter = min(len(a), len(b))
    first, second = sequences(a), sequences(b)
    distance, run = edits_and_run(a, b)
    return Overlap(
        shared=len(set(a) & set(b)) / len(set(a) | set(b)),
        contained=len(first & second) / min(len(first), len(second)),
        run=run,
        run_share=run / shorter,
        edits=1 - distance / max(len(a), len(b)),
        words=shorter,
    )


def edits_and_run(a: Sequence[str], b: Sequence[str]) -> tuple[int, int]:
    """The fewest words to add, drop or replace to turn ``a`` into ``b``, and the longest sequence in both.

    One row of the table a word of ``a``, the whole row at once.
    """
    numbers = {word: i for i, word in enumerate(dict.fromkeys([*a, *b]))}
    target = np.array([numbers[word] for word in b])
    places = np.arange(len(b) + 1)
    row = places.copy()
    run = np.zeros(len(b) + 1, dtype=np.intp)
    longest = 0
    for done, word in enumerate(a, 1):
        differs = target != numbers[word]
        following = np.empty_like(row)
        following[0] = done
        following[1:] = np.minimum(row[1:] + 1, row[:-1] + differs)
        row = np.minimum.accumulate(following - places) + places  # then the words added, from left to right
        run[1:] = np.where(differs, 0, run[:-1] + 1)
        longest = max(longest, int(run.max()))
    return int(row[-1]), longest


def copied(text: str, other: str) -> list[tuple[str, int]]:
    """The pieces of ``text``, each with how it stands in ``other``: 2 inside a shared sequence, 1 a shared word, 0 neither.

    A piece is what lies between two spaces.
    """
    pieces = text.split()
    found = [(at, word) for at, piece in enumerate(pieces) for word in words(piece)]
    there, elsewhere = sequences(words(other)), set(words(other))
    marks = [1 if word in elsewhere else 0 for _, word in found]
    for start in range(len(found) - RUN + 1):
        if tuple(word for _, word in found[start : start + RUN]) in there:
            marks[start : start + RUN] = [2] * RUN
    best = dict.fromkeys(range(len(pieces)), 0)
    longest = dict.fromkeys(range(len(pieces)), 0)
    for (at, word), mark in zip(found, marks, strict=True):
        if mark == 2 or (best[at] < 2 and len(word) > longest[at]):  # of "bee’s", "bee" decides
            best[at], longest[at] = mark, len(word)
    return list(zip(pieces, best.values(), strict=True))


def meaning(shorter: list[str], other: list[str], encode: Encode, rng: np.random.Generator) -> Meaning:
    """Each sentence of the shorter text beside the closest of the other, or the closest two neighbours taken together.

    Two neighbours count as one because a rewording may cut a sentence in two; their vector is the sum of theirs.
    """
    vectors = np.asarray(encode([*shorter, *other]), dtype=np.float64)
    mine, theirs = vectors[: len(shorter)], vectors[len(shorter) :]
    pairs = theirs[:-1] + theirs[1:]
    pairs /= np.maximum(np.linalg.norm(pairs, axis=1, keepdims=True), 1e-9)
    places = [(i,) for i in range(len(other))] + [(i, i + 1) for i in range(len(other) - 1)]
    cosines = mine @ np.concatenate([theirs, pairs]).T
    best = cosines.argmax(axis=1)
    values = cosines.max(axis=1)
    pairings = []
    for sentence, at, value in zip(shorter, best, values, strict=True):
        closest = " ".join(other[i] for i in places[at])
        pairings.append(Pairing(sentence, len(words(sentence)), closest, float(value), overlap(sentence, closest)))
    weights = np.array([one.words for one in pairings], dtype=np.float64)
    low, high = _interval(values, weights, rng)
    return Meaning(float(values @ weights / weights.sum()), low, high, pairings)


def _interval(values: Floats, weights: Floats, rng: np.random.Generator) -> tuple[float | None, float | None]:
    """Percentile bounds of the weighted mean when the sentences are redrawn."""
    if len(values) < FEWEST:
        return None, None
    rows = rng.integers(0, len(values), (RESAMPLES, len(values)))
    means = (values[rows] * weights[rows]).sum(axis=1) / weights[rows].sum(axis=1)
    low, high = np.quantile(means, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def sentences(text: str) -> list[str]:
    """The sentences of a text that hold a word; a single line break does not end one, an empty line does."""
    from knowledge.sentences import split

    flowing = re.sub(r"(?<!\n)\n(?!\s*\n)", " ", text.replace("\r\n", "\n"))
    return [sentence for sentence in split(flowing) if words(sentence)]
