"""The arithmetic of attention on vectors small enough to check by hand: dot product, cosine, softmax, mix.

The numbers are those of J. Simon's course "Esprits numériques" (session 11), which follows videos by L. Serrano. The
course takes the softmax of cosines; a transformer takes that of dot products divided by √d (Vaswani et al. 2017). Both
are computed. The course prints 0.58 and 0.42 beside the exponential on one slide and corrects them on the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from tools.errors import BadInput
from tools.language.inside import WORD, Floats

SENTENCES = {
    "apple-orange": "an apple and an orange",
    "apple-phone": "an apple phone",
    "orange-motorcycle": "an orange motorcycle",
}
COURSE = {  # (technology, fruit); the motorcycle is ours, opposite to orange, so that its cosine is −1 as on the slide
    "apple": (2.0, 2.0),
    "orange": (0.0, 3.0),
    "phone": (4.0, 0.0),
    "motorcycle": (0.0, -3.0),
}
SMALL = {"an": 3.0, "and": 2.0}  # the course's third coordinate, "other", of the words it then leaves out
MOST_WORDS, MOST_NUMBERS, LARGEST = 12, 10, 1e6
NUMBER = r"[-−+]?\d+(?:\.\d+)?"
ENTRY = re.compile(rf"\s*([^\s:=()]+)\s*[:=]?\s*[(\[]?\s*({NUMBER}(?:[\s,]+{NUMBER})*)\s*[)\]]?\s*")


@dataclass(frozen=True)
class Mix:
    """The steps for one sentence of ``n`` words whose vectors have ``d`` coordinates; every matrix is (n, n).

    ``weights`` is the softmax of ``cosines`` along each row, ``scaled_weights`` that of ``scaled`` = ``dots`` / √d;
    ``new`` and ``scaled_new`` (n, d) are the mixes of ``vectors`` with these weights.
    """

    words: list[str]
    vectors: Floats
    dots: Floats
    cosines: Floats
    scaled: Floats
    weights: Floats
    scaled_weights: Floats
    new: Floats
    scaled_new: Floats


@dataclass(frozen=True)
class Lesson:
    """One lesson: the sentence, the word that is followed (its place in ``mix``), the words left out.

    ``full`` is the mix over every word of the sentence, when the course gives the words left out a vector too.
    """

    sentence: str
    source: int
    mix: Mix
    left_out: list[str]
    full: Mix | None
    course: bool

    @property
    def word(self) -> str:
        """The word that is followed."""
        return self.mix.words[self.source]

    @property
    def other(self) -> int | None:
        """The other word with the largest weight, ``None`` when the word is alone."""
        order = [int(i) for i in self.mix.weights[self.source].argsort()[::-1]]
        return next((i for i in order if i != self.source), None)


def softmax(scores: Floats) -> Floats:
    """exp(s) / Σ exp(s) along the last axis; the largest score is taken off first, which changes nothing."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def mix(words: list[str], vectors: Floats) -> Mix:
    """All the steps. Args: ``vectors`` (words, coordinates), none of length 0."""
    dots = vectors @ vectors.T
    lengths = np.linalg.norm(vectors, axis=1)
    cosines = dots / np.outer(lengths, lengths)
    scaled = dots / np.sqrt(vectors.shape[1])
    weights, scaled_weights = softmax(cosines), softmax(scaled)
    return Mix(
        words, vectors, dots, cosines, scaled, weights, scaled_weights, weights @ vectors, scaled_weights @ vectors
    )


def teach(lesson: str, vectors: str, sentence: str, word: str) -> Lesson:
    """The lesson of that name, or on vectors written "orange: 0 3; phone: 4 0"; the sentence may be one's own.

    Errors: ``BadInput`` for vectors that cannot be read, or a sentence or word without any.
    """
    known = parse(vectors) if vectors else {name: np.array(values) for name, values in COURSE.items()}
    sentence = sentence or (" ".join(known) if vectors else SENTENCES[lesson])
    labels = [label.lower() for label in WORD.findall(sentence) if label[0].isalnum()]
    kept = [label for label in labels if label in known]
    if not kept or len(kept) > MOST_WORDS:
        raise BadInput(
            f"The sentence must hold 1 to {MOST_WORDS} words that have a vector ({', '.join(known)}); it holds {len(kept)}.",
            f"La phrase doit contenir de 1 à {MOST_WORDS} mots qui ont un vecteur ({', '.join(known)}) ; elle en a {len(kept)}.",
        )
    followed = word.strip().lower() or kept[0]
    if followed not in kept:
        raise BadInput(
            f"The word '{word}' has no vector in this sentence. Choose among: {', '.join(dict.fromkeys(kept))}.",
            f"Le mot « {word} » n’a pas de vecteur dans cette phrase. Choisissez parmi : {', '.join(dict.fromkeys(kept))}.",
        )
    left_out = [label for label in labels if label not in known]
    full = None if vectors or not left_out or not set(left_out) <= set(SMALL) else _full(labels)
    return Lesson(
        sentence, kept.index(followed), mix(kept, np.array([known[w] for w in kept])), left_out, full, not vectors
    )


def _full(labels: list[str]) -> Mix:
    """Every word of the sentence on three axes: technology, fruit, other."""
    rows = [[*COURSE[label], 0.0] if label in COURSE else [0.0, 0.0, SMALL[label]] for label in labels]
    return mix(labels, np.array(rows))


def parse(text: str) -> dict[str, Floats]:
    """Words and their vectors from "orange: 0 3; phone: (4, 0)"; one entry a semicolon or a line.

    Errors: ``BadInput`` for an entry that is not a word and numbers, lengths that differ, a vector of length 0.
    """
    known: dict[str, Floats] = {}
    for entry in filter(str.strip, re.split(r"[;\n]", text)):
        match = ENTRY.fullmatch(entry)
        if match is None:
            raise BadInput(
                f"'{entry.strip()[:40]}' is not a word and its numbers. Write: orange: 0 3; phone: 4 0 (decimals with a point).",
                f"« {entry.strip()[:40]} » n’est pas un mot suivi de nombres. Écrivez : orange: 0 3; phone: 4 0 "
                "(décimales avec un point).",
            )
        numbers = re.findall(NUMBER, match[2])
        known[match[1].lower()] = np.array([float(number.replace("−", "-")) for number in numbers])
    _check(known)
    return known


def _check(known: dict[str, Floats]) -> None:
    sizes = {len(vector) for vector in known.values()}
    if len(sizes) != 1 or max(sizes) > MOST_NUMBERS or len(known) > MOST_WORDS:
        raise BadInput(
            f"Give 1 to {MOST_WORDS} words, all with the same count of numbers, at most {MOST_NUMBERS}.",
            f"Donnez de 1 à {MOST_WORDS} mots, tous avec autant de nombres, {MOST_NUMBERS} au plus.",
        )
    for word, vector in known.items():
        if not vector.any() or np.abs(vector).max() > LARGEST:
            raise BadInput(
                f"The vector of '{word}' must not be all zeros (it would have no direction), nor hold a number above a million.",
                f"Le vecteur de « {word} » ne doit pas être nul (il n’aurait pas de direction) ni dépasser un million.",
            )
