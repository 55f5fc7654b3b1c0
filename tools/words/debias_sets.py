"""Which words define the axis, which are left alone, which are made equal, and which are examined afterwards.

The lists are those of Bolukbasi et al. 2016, as their authors published them (``debias_words.json``). All are English.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from tools.errors import BadInput
from tools.numbers import words as listed
from tools.specimens.words import WordVectors

MOST = 50_000  # the words at the head of a larger vocabulary, as in the paper of 2019
ORDINARY = re.compile(r"[a-z]{1,20}")  # the same paper's filter: no capital, digit or sign, at most 20 letters
FEWEST_OCCUPATIONS = 10
FEWEST_ORDINARY = 200  # so that the words that lean most are a minority of them

Pair = tuple[str, str]


@lru_cache(maxsize=1)
def published() -> dict[str, Any]:
    """The lists of the paper: pairs, equalise, occupations, gender_specific."""
    lists: dict[str, Any] = json.loads(Path(__file__).with_name("debias_words.json").read_text(encoding="utf-8"))
    return lists


DEFAULT_PAIRS = ["-".join(pair) for pair in published()["pairs"]]


@dataclass(frozen=True)
class Lists:
    """The words of one run, as the vocabulary writes them.

    Args:
        pairs, missing: the pairs that define the axis, and those with a word the vocabulary lacks.
        gender: whether all of them name genders: then the paper's lists apply.
        equal: the pairs made equal; specific: words left alone by neutralising.
        occupations: those the vocabulary holds, ``asked`` how many the list has.
        ordinary: rows of the lower-case words outside ``specific``.
    """

    pairs: list[Pair]
    missing: list[str]
    gender: bool
    equal: list[Pair]
    specific: frozenset[str]
    occupations: list[str]
    asked: int
    ordinary: np.ndarray

    @property
    def sides(self) -> Pair:
        """The first pair names the two ends of the axis."""
        return self.pairs[0]


def parse(pairs: list[str]) -> list[Pair]:
    """Pairs written "she-he" (also with a colon, a slash or a dash); ``BadInput`` for anything else."""
    found = []
    for text in pairs:
        parts = [part.strip() for part in re.split(r"[-–:/]", text)]
        if len(parts) != 2 or not all(parts) or parts[0] == parts[1]:
            raise BadInput(
                f"debias: '{text}' is not a pair. Write two different words with a hyphen between them: she-he, "
                "woman-man.",
                f"debias : « {text} » n’est pas une paire. Écrivez deux mots différents séparés par un trait d’union : "
                "she-he, woman-man.",
            )
        found.append((parts[0], parts[1]))
    return found


def head(space: WordVectors, also: list[str]) -> WordVectors:
    """The first ``MOST`` words of a vocabulary and the words in ``also``, with vectors of length 1 (float64)."""
    kept = set(range(min(MOST, len(space.words))))
    kept |= {space.index[found] for word in also if (found := space.find(word)) is not None}
    rows = sorted(kept)
    vectors = space.matrix[rows].astype(np.float64)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return WordVectors([space.words[row] for row in rows], vectors / np.where(lengths == 0, 1, lengths), space.specimen)


def prepare(pairs: list[Pair], space: WordVectors) -> Lists:
    """Looks every list up; ``BadInput`` when the vocabulary holds no pair, or too few words to examine."""
    asked = published()
    found = [(one, other) for pair in pairs if None not in (one := space.find(pair[0]), other := space.find(pair[1]))]
    missing = ["-".join(pair) for pair in pairs if any(space.find(word) is None for word in pair)]
    if not found:
        raise BadInput(
            f"debias: the vectors hold none of the pairs {listed(missing, 'en')}. Give --pairs with words they hold.",
            f"debias : les vecteurs ne contiennent aucune des paires {listed(missing, 'fr')}. "
            "Donnez avec --pairs des mots qu’ils contiennent.",
        )
    chosen = [(str(one), str(other)) for one, other in found]
    names = {word.lower() for pair in asked["pairs"] for word in pair}
    gendered = names | {word.lower() for word in asked["gender_specific"]}
    gender = all(word.lower() in gendered for pair in chosen for word in pair)
    equal = _equal(chosen, asked["equalise"] if gender else [], space)
    left_alone = [word for pair in [*chosen, *equal] for word in pair] + (asked["gender_specific"] if gender else [])
    specific = frozenset(known for word in left_alone if (known := space.find(word)) is not None)
    jobs = [known for word in asked["occupations"] if (known := space.find(word)) is not None]
    ordinary = [row for row, word in enumerate(space.words[:MOST]) if word not in specific and ORDINARY.fullmatch(word)]
    lists = Lists(chosen, missing, gender, equal, specific, jobs, len(asked["occupations"]), np.array(ordinary, int))
    _check(lists)
    return lists


def _equal(chosen: list[Pair], equalise: list[list[str]], space: WordVectors) -> list[Pair]:
    """The pairs to equalise: those of the axis and of the list, also in lower, title and upper case as published.

    A word stands in one pair only, the first one, so that a later pair does not undo it.
    """
    written = [tuple(pair) for pair in [*chosen, *equalise]]
    forms = [
        pair
        for one, other in written
        for pair in [
            (one, other),
            *((getattr(one, case)(), getattr(other, case)()) for case in ("lower", "title", "upper")),
        ]
    ]
    used: set[str] = set()
    kept: list[Pair] = []
    for one, other in forms:
        if one in space.index and other in space.index and not {one, other} & used:
            kept.append((one, other))
            used |= {one, other}
    return kept


def _check(lists: Lists) -> None:
    """Refuses what cannot be examined, and says which vectors would do."""
    if len(lists.occupations) < FEWEST_OCCUPATIONS:
        raise BadInput(
            f"debias: the vectors hold {len(lists.occupations)} of the {lists.asked} occupations, which are English "
            f"words; at least {FEWEST_OCCUPATIONS} are needed. Use vectors of English words, such as word2vec or "
            "glove.",
            f"debias : les vecteurs contiennent {len(lists.occupations)} des {lists.asked} métiers, qui sont des "
            f"mots anglais ; il en faut au moins {FEWEST_OCCUPATIONS}. Prenez des vecteurs de mots anglais, comme "
            "word2vec ou glove.",
        )
    if len(lists.ordinary) < FEWEST_ORDINARY:
        raise BadInput(
            f"debias: only {len(lists.ordinary)} lower-case words are left to examine; at least {FEWEST_ORDINARY} "
            "are needed. Use vectors with a larger vocabulary.",
            f"debias : il ne reste que {len(lists.ordinary)} mots en minuscules à examiner ; il en faut au moins "
            f"{FEWEST_ORDINARY}. Prenez des vecteurs au vocabulaire plus grand.",
        )
