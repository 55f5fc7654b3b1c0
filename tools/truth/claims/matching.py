"""How well the words and the numbers of a claim are said by a sentence of the source."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tools.truth.claims.conflicts import pronoun
from tools.truth.claims.dates import ALL, Date, comparable, dates
from tools.truth.claims.dates import agree as same_date
from tools.truth.claims.names import known, names
from tools.truth.claims.numbers import quantities
from tools.truth.claims.opposites import sides
from tools.truth.claims.quantity import agree
from tools.truth.claims.slots import NEARNESS, NEXT_CLAUSE, NEXT_SENTENCE, clauses
from tools.truth.claims.words import Token, content

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Encode = Callable[[Sequence[str]], "NDArray[np.float32]"]
SAME_WORD = 0.62  # cosine of two words taken for one
SHORT = 60  # sentences of a source that is read as a whole
NEIGHBOUR, ELSEWHERE = 0.8, 0.5  # what a word of the next sentence, of another one, says of a claim's word
FAR = 0.3  # cosine of two words that have nothing in common


class Meaning:
    """Vectors of sentences and words, each computed once."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._known: dict[str, NDArray[np.float32]] = {}

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 a text."""
        import numpy as np

        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encode(new), strict=True))
        return np.stack([self._known[text] for text in texts])

    def alike(self, one: str, other: str) -> bool:
        """Whether two words mean nearly the same."""
        pair = self.vectors([one, other])
        return bool(pair[0] @ pair[1] >= SAME_WORD)


def said_words(claim: str, source: str = "") -> list[Token]:
    """The content words of a claim that no other rule compares: no number, date or name."""
    taken = [(one.start, one.end) for one in quantities(claim)] + [(one.start, one.end) for one in dates(claim)]
    taken += [(one.start, one.end) for one in names(claim, source)]
    return [word for word in content(claim) if all(word.end <= start or word.start >= end for start, end in taken)]


def one_pair(one: Token, other: Token, apart: bool = False) -> bool:
    """Whether two words are synonyms or opposites of the table, or only opposites (``apart``): they speak of one thing."""
    return any(
        side.pair == facing.pair and (not apart or side.sign != facing.sign)
        for side in sides(one.plain) for facing in sides(other.plain)
    )  # fmt: skip


def slots(claim: str, sentence: str) -> float:
    """The share of the numbers, dates and names of a claim that a sentence gives or could deny; 0 without any."""
    found = [
        max(
            (1.0 if agree(one, other) else 0.7 if set(one.unit) & set(other.unit) else 0.3
             for other in quantities(sentence) if other.kind == one.kind or agree(one, other)), default=0.0,
        )
        for one in quantities(claim) if not one.weak
    ]  # fmt: skip
    found += [
        max((1.0 if same_date(one, other) else 0.4 for other in dates(sentence) if comparable(one, other)), default=0.0)
        for one in dates(claim)
    ]
    here = names(sentence, claim)
    found += [1.0 if known(one, here) else 0.4 if here else 0.0 for one in names(claim, sentence)]
    return sum(found) / len(found) if found else 0.0


def matches(words: Sequence[Token], others: Sequence[Token], meaning: Meaning) -> NDArray[np.float32]:
    """For each word, how well the best of ``others`` says it: 1 for the same stem, else the cosine; shape (words,)."""
    import numpy as np

    if not words or not others:
        return np.zeros(len(words), np.float32)
    same = np.array([[one.stem == other.stem or one_pair(one, other) for other in others] for one in words])
    near = meaning.vectors([word.folded for word in words]) @ meaning.vectors([word.folded for word in others]).T
    best: NDArray[np.float32] = np.where(same, 1.0, near.clip(0, 1)).max(axis=1).astype(np.float32)
    return best


class Source:
    """The sentences of a source with what is computed of them once: vectors, stems, how rare each stem is."""

    def __init__(self, sentences: Sequence[str], meaning: Meaning, title: str = "") -> None:
        self.sentences, self.meaning, self.title = list(sentences), meaning, title
        self.stems = [{word.stem for word in content(sentence)} for sentence in sentences]
        self._counts = Counter(stem for stems in self.stems for stem in stems)

    @cached_property
    def vectors(self) -> NDArray[np.float32]:
        """One row a sentence."""
        return self.meaning.vectors(self.sentences)

    def rare(self, stem: str) -> float:
        """How much a stem says here: ln(1 + sentences / sentences that hold it)."""
        return math.log(1 + len(self.sentences) / max(self._counts[stem], 1))

    def shared(self, claim: str) -> NDArray[np.float32]:
        """For each sentence, the share of the claim's stems that it holds, weighted by rarity; shape (sentences,)."""
        import numpy as np

        mine = {word.stem for word in content(claim)}
        total = sum(map(self.rare, mine)) or 1.0
        return np.array([sum(map(self.rare, mine & stems)) / total for stems in self.stems], np.float32)

    @cached_property
    def text(self) -> str:
        """All of it, with the title."""
        return " ".join([self.title, *self.sentences])

    @cached_property
    def words(self) -> list[tuple[int, int, int, Token]]:
        """The content words: sentence, clause, rank among the words, token."""
        found = list[tuple[int, int, int, Token]]()
        for place, sentence in enumerate(self.sentences):
            cuts = clauses(sentence)
            for word in content(sentence):
                found.append((place, sum(cut <= word.start for cut in cuts), len(found), word))
        return found

    @cached_property
    def slots(self) -> dict[str, list[tuple[int, Any]]]:
        """The numbers, dates and names with their sentences."""
        found: dict[str, list[tuple[int, Any]]] = {"number": [], "date": [], "name": []}
        for place, sentence in enumerate(self.sentences):
            found["number"] += [(place, one) for one in quantities(sentence)]
            found["date"] += [(place, one) for one in dates(sentence)]
            found["name"] += [(place, one) for one in names(sentence, self.text)]
        return found

    @cached_property
    def dated(self) -> list[list[Date]]:
        """The dates of each sentence, a year or a month that is missing taken from the date before."""
        found, year = list[list[Date]](), 0
        for sentence in self.sentences:
            here = list[Date]()
            for one in dates(sentence):
                if not one.first and year and one.months != ALL:
                    one = replace(one, first=year, last=year)
                year = one.last or year
                here.append(one)
            found.append(here)
        return found

    def matrix(self, words: Sequence[Token], opposites: bool = True) -> NDArray[np.float32]:
        """How well each word of the source says each word of the claim, from 0 to 1; shape (words, words of the source).

        Two words of one pair say each other; opposites only when ``opposites`` is true.
        """
        import numpy as np

        others = [word for *_, word in self.words]
        if not words or not others:
            return np.zeros((len(words), len(others)), np.float32)
        same = np.array([[one.stem == other.stem or one_pair(one, other) for other in others] for one in words])
        near = self.meaning.vectors([word.folded for word in words]) @ self._word_vectors.T
        result: NDArray[np.float32] = np.where(same, 1.0, ((near - FAR) / (1 - FAR)).clip(0, 1)).astype(np.float32)
        if not opposites:
            result *= ~np.array([[one_pair(one, other, apart=True) for other in others] for one in words])
        return result

    @cached_property
    def _word_vectors(self) -> NDArray[np.float32]:
        return self.meaning.vectors([word.folded for *_, word in self.words])

    def near(self, place: int, start: int, end: int) -> NDArray[np.float32]:
        """How much each word of the source says of a span of a sentence; shape (words of the source,)."""
        import numpy as np

        cuts = clauses(self.sentences[place])
        clause = sum(cut <= start for cut in cuts)
        rank = sum(where < place or (where == place and word.start < start) for where, _, _, word in self.words)
        weights = np.zeros(len(self.words), np.float32)
        for at, (where, part, order, word) in enumerate(self.words):
            if where == place:
                own = start <= word.start < end
                weights[at] = 0.0 if own else NEXT_CLAUSE ** abs(part - clause) / (1 + NEARNESS * abs(order - rank))
            elif where == place - 1:
                weights[at] = NEXT_SENTENCE
        return weights

    def covered(self, claim: str) -> float:
        """The share of a claim's words, by rarity, that one sentence says with what stands about it; 1 without words."""
        import numpy as np

        words = said_words(claim, self.text)
        if not words or not self.words:
            return float(not words)
        match = self.matrix(words)
        rare = np.array([self.rare(word.stem) for word in words], np.float32)
        places = np.array([place for place, *_ in self.words])
        best = 0.0
        for place in range(len(self.sentences)):
            weight = np.where(places == place, 1.0, np.where(abs(places - place) == 1, NEIGHBOUR, ELSEWHERE))
            best = max(best, float((match * weight).max(axis=1) @ rare / rare.sum()))
        return best

    def part(self, rows: Sequence[int]) -> tuple[Source, list[int]]:
        """A long source cut down to these sentences and those beside them, and their rows; a short one as it is."""
        if len(self.sentences) <= SHORT:
            return self, list(range(len(self.sentences)))
        kept = sorted({near for row in rows for near in range(max(0, row - 2), min(row + 3, len(self.sentences)))})
        return Source([self.sentences[row] for row in kept], self.meaning, self.title), kept

    def said(self, words: Sequence[Token], place: int) -> NDArray[np.float32]:
        """How well a sentence says each word; a pronoun brings those of the sentence before, at a discount."""
        import numpy as np

        here = matches(words, content(self.sentences[place]), self.meaning)
        if place and pronoun(self.sentences[place]):
            here = np.maximum(here, 0.8 * matches(words, content(self.sentences[place - 1]), self.meaning))
        return here

    def around(self, place: int) -> str:
        """The text about a sentence, with the title: all of a short source, forty sentences of a long one."""
        near = self.sentences if len(self.sentences) <= SHORT else self.sentences[max(0, place - 20) : place + 20]
        return " ".join([self.title, *near])
