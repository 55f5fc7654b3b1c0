"""A French-English lexicon learned from the library itself, whose documents exist in both languages.

IBM Model 1 (Brown et al. 1993) fitted on the sentences of the twins, on stems.
It gives a question in one language the words of the other (probabilistic
structured queries: Darwish and Oard 2003), which a search by meaning alone misses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from knowledge.bibliography import glossary
from knowledge.documents import Document
from knowledge.passages import Section, sections
from knowledge.sentences import split
from knowledge.terms import terms

if TYPE_CHECKING:
    import numpy as np

ROUNDS = 8  # of expectation-maximisation
LIKELY, KEPT = 0.08, 4  # a translation is kept from this probability, and at most so many of a word

Lexicon = dict[str, dict[str, float]]
"""Term → its translations with their probabilities."""


def learn(documents: Sequence[Document]) -> Lexicon:
    """The translations of every term met in a document that exists in both languages, both ways in one table."""
    pairs = [(set(terms(a)), set(terms(b))) for a, b in twins(documents)]
    pairs = [(a, b) for a, b in pairs if a and b]
    found: Lexicon = {}
    for table in (model1(pairs), model1([(b, a) for a, b in pairs])):
        for term, translations in table.items():
            for other, probability in translations.items():
                if other != term:
                    found.setdefault(term, {})[other] = max(probability, found.get(term, {}).get(other, 0.0))
    return found


def twins(documents: Sequence[Document]) -> Iterator[tuple[str, str]]:
    """Pieces of text that say the same in English and in French, as small as they can be aligned."""
    by = {(one.id, one.lang): one for one in documents}
    for (identifier, lang), english in by.items():
        french = by.get((identifier, "fr"))
        if lang != "en" or french is None:
            continue
        if english.kind != "glossary":
            yield english.title, french.title
            yield english.summary, french.summary
        here, there = sections(english), sections(french)
        if len(here) == len(there):
            for one, other in zip(here, there, strict=True):
                yield from _aligned(one, other)
    for term in glossary():
        yield term.en.term, term.fr.term


def _aligned(one: Section, other: Section) -> Iterator[tuple[str, str]]:
    """The sentences of two sections where they are as many; else the paragraphs, else the whole."""
    yield " ".join(one.path[-1:]), " ".join(other.path[-1:])
    here, there = [block.text for block in one.blocks], [block.text for block in other.blocks]
    if len(here) != len(there):
        yield " ".join(here), " ".join(there)
        return
    for paragraph, twin in zip(here, there, strict=True):
        said, again = split(paragraph), split(twin)
        if len(said) == len(again):
            yield from zip(said, again, strict=True)
        else:
            yield paragraph, twin


def model1(pairs: Sequence[tuple[set[str], set[str]]]) -> Lexicon:
    """IBM Model 1: the probability t(f | e) that a term e of the first side becomes f, with an empty word on it.

    Brown et al. 1993, section 4.1, on sets of terms; Σ_f t(f | e) = 1 before the unlikely ones are left out.
    """
    import numpy as np

    source: dict[str, int] = {"": 0}
    target: dict[str, int] = {}
    left, right, group, count = list[int](), list[int](), list[int](), 0
    for a, b in pairs:
        froms = [0, *(source.setdefault(term, len(source)) for term in sorted(a))]
        for term in sorted(b):
            to = target.setdefault(term, len(target))
            left += froms
            right += [to] * len(froms)
            group += [count] * len(froms)
            count += 1
    if not count:
        return {}
    width, groups = len(target), np.array(group)
    cells, cell = np.unique(np.array(left, np.int64) * width + np.array(right), return_inverse=True)
    row = cells // width
    t = np.ones(len(cells))
    for _ in range(ROUNDS):
        weight = t[cell]
        share = weight / np.bincount(groups, weight)[groups]  # how much of each f its sentence's e explains
        counts = np.bincount(cell, share)
        t = counts / np.bincount(row, counts)[row]
    return _likely(list(source), list(target), row, cells % width, t)


def _likely(source: list[str], target: list[str], row: np.ndarray, column: np.ndarray, t: np.ndarray) -> Lexicon:
    found: Lexicon = {}
    for cell in (t >= LIKELY).nonzero()[0]:
        if row[cell]:
            found.setdefault(source[row[cell]], {})[target[column[cell]]] = float(t[cell])
    return {
        term: dict(sorted(translations.items(), key=lambda one: (-one[1], one[0]))[:KEPT])
        for term, translations in found.items()
    }
