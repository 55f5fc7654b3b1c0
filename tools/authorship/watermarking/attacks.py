"""What happens to a marked text on its way to a reader: cut, edited, translated there and back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from knowledge.sentences import split
from tools.specimens.translators import Translator

CROPS = (0.5, 0.25)
EDITS = (0.1, 0.25, 0.5)
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def crop(ids: Sequence[int], share: float, rng: np.random.Generator) -> list[int]:
    """A run of ``share`` of the tokens that starts at a random place."""
    length = round(share * len(ids))
    start = int(rng.integers(0, len(ids) - length + 1))
    return list(ids[start : start + length])


def replace(text: str, share: float, pool: Sequence[str], rng: np.random.Generator) -> str:
    """``share`` of the words, chosen at random, become other words drawn from ``pool``; marks and spaces stay."""
    return _edit(text, share, lambda: pool[int(rng.integers(len(pool)))] if len(pool) else "", rng)


def delete(text: str, share: float, rng: np.random.Generator) -> str:
    """``share`` of the words, chosen at random, are left out with the space before them."""
    return re.sub(r"[ \t]*\0", "", _edit(text, share, lambda: "\0", rng))


def _edit(text: str, share: float, word: Callable[[], str], rng: np.random.Generator) -> str:
    spans = [match.span() for match in _WORD.finditer(text)]
    chosen = sorted(int(i) for i in rng.permutation(len(spans))[: round(share * len(spans))])
    pieces, end = [], 0
    for low, high in (spans[i] for i in chosen):
        pieces += [text[end:low], word()]
        end = high
    return "".join([*pieces, text[end:]])


def words(text: str) -> list[str]:
    """The words of a text, as they are written."""
    return _WORD.findall(text)


def kept(before: str, after: str) -> float:
    """The share of the words of ``before`` that ``after`` still holds, in any order, capitals aside; NaN without words."""
    old, new = (Counter(word.casefold() for word in words(text)) for text in (before, after))
    return (old & new).total() / old.total() if old else float("nan")


def round_trip(text: str, translator: Translator, source: str, pivot: str, on_step: Callable[[], None]) -> str:
    """The text translated into ``pivot`` and back, sentence by sentence; line breaks stay."""
    lines = []
    for line in text.splitlines():
        done = []
        for sentence in split(line):
            on_step()
            there = translator.translate([sentence], source, pivot)
            done += translator.translate(there, pivot, source)
        lines.append(" ".join(done))
    return "\n".join(lines)
