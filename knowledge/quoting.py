"""The sentences of the passages found that answer a question, word for word."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from knowledge import encoder
from knowledge.index import ASIDES, current, words_only
from knowledge.passages import opens
from knowledge.sentences import split
from knowledge.terms import asks_what, fold, terms

if TYPE_CHECKING:
    import numpy as np

    from knowledge.search import Hit

# Weights and thresholds of ``best_sentences``: the share of "dev" questions whose quotes hold the answer decides.
WORDS, PASSAGE, FIRST, FITS = 0.25, 0.6, 0.05, 0.3
TOP = 0.2  # for the best passage
ALONG, NEARLY, ELSEWHERE = 0.8, 0.93, 0.97  # a neighbour, another passage, another document: share of the best score
SAME = 0.75  # two sentences with this cosine say the same
ASKS_WHY = re.compile(r"(why|pourquoi|how come)\b")
BECAUSE = re.compile(r"\b(because|since|reasons?|hypothes[ei]s|parce qu|puisqu|raisons?|hypothèses?)", re.IGNORECASE)
IS = re.compile(r"\b(is|are|est|sont|désigne|compares?|counts?|compte)\b")
DANGLING = re.compile(
    r"(This|That|These|Those|It|They|He|She|Such|Then|Step|So|But|Also|In (this|that)|Cela|Ce|Cette|Ces|Il|Ils|Elle|"
    r"Elles|Celui|Celle|Alors|Mais|Ainsi|L['’]étape|Dans (ce|cette))\b"
)


class Quote(NamedTuple):
    """A sentence to quote word for word, with the passage it comes from."""

    passage: str
    text: str


class _Candidate(NamedTuple):
    hit: int
    place: int
    text: str
    score: float
    vector: np.ndarray


def best_sentences(query: str, hits: Sequence[Hit], n: int = 3) -> list[Quote]:
    """The sentences of the passages found that answer a query, at most ``n``; each passage in reading order.

    The best sentence brings its neighbours that also speak to the question; a
    second passage is quoted only when one of its sentences is nearly as good
    and says something else. Questions, tables and what stands in the sections that speak about the others are not quoted.
    """
    candidates = _candidates(query, hits)
    if not candidates or n < 1:
        return []
    best = max(candidates, key=lambda one: one.score)
    chosen = _window(best, candidates, n)
    others = [
        one
        for one in candidates
        if one.hit != best.hit
        and one.score >= (NEARLY if hits[one.hit].doc == hits[best.hit].doc else ELSEWHERE) * best.score
        and not DANGLING.match(one.text)
        and max(float(one.vector @ other.vector) for other in chosen) < SAME
    ]
    if len(chosen) < n and others:
        chosen += _window(max(others, key=lambda one: one.score), candidates, n - len(chosen))
    chosen.sort(key=lambda one: (one.hit != best.hit, one.place))
    return [Quote(hits[one.hit].id, one.text) for one in chosen]


def _window(best: _Candidate, candidates: list[_Candidate], n: int) -> list[_Candidate]:
    """A sentence and its neighbours while they are good enough; at least two, when there are two."""
    near = {one.place: one for one in candidates if one.hit == best.hit}
    window = [best]
    while len(window) < n:
        before, after = near.get(window[0].place - 1), near.get(window[-1].place + 1)
        if before is not None and DANGLING.match(window[0].text):
            window.insert(0, before)
            continue
        following = max((one for one in (before, after) if one), key=lambda one: one.score, default=None)
        if following is None or (following.score < ALONG * best.score and len(window) > 1):
            break
        window.insert(0 if following is before else len(window), following)
    return window


def _candidates(query: str, hits: Sequence[Hit]) -> list[_Candidate]:
    """Every sentence that may be quoted, with how well it answers.

    The score adds the cosine with the query, the share of its terms that the
    sentence or its heading holds, the strength of the passage, and a little for
    the first sentence of a passage and for one of the form that the question asks for.
    """
    index = current()
    weights = {term: index.idf(term) for term in terms(query)}
    total = sum(weights.values()) or 1.0
    useful = [h for h, hit in enumerate(hits) if hit.heading not in ASIDES] or range(len(hits))
    found = [
        (h, place, text)
        for h in useful
        for place, text in enumerate(split(hits[h].text))
        if not text.endswith("?") and " | " not in text
    ]
    rows = vectors_of([query, *(words_only(text) for _, _, text in found)])
    result = []
    for (h, place, text), row in zip(found, rows[1:], strict=True):
        held = set(terms(f"{text}\n{hits[h].heading}")) & weights.keys()
        score = float(row @ rows[0]) + WORDS * sum(weights[term] for term in held) / total
        score += PASSAGE * hits[h].strength + TOP * (h == 0) + FIRST * (place == 0) + FITS * _fits(text, hits[h], query)
        result.append(_Candidate(h, place, text, score, row))
    return result


def _fits(sentence: str, hit: Hit, query: str) -> float:
    """Whether a sentence has the form that the question asks for: 1 for what it is, 0.5 for a reason."""
    if ASKS_WHY.match(fold(query)):
        return 0.5 * (BECAUSE.search(sentence) is not None)
    if not asks_what(query):
        return 0.0
    wanted = set(terms(query))
    if hit.kind == "incident":
        return float(opens(hit.kind, hit.id) and bool(wanted & set(terms(" ".join(sentence.split()[:3])))))
    copula = IS.search(sentence)
    if copula is None:
        return 0.0
    name, _, other = sentence[: copula.start()].partition("(")  # "The Word Embedding Association Test (WEAT) is…"
    return float(any(subject and subject <= wanted for subject in (set(terms(name)), set(terms(other)))))


_kept: dict[tuple[str, str], np.ndarray] = {}
_keeping = threading.Lock()
KEPT = 8192  # vectors of sentences in memory: 16 MB


def vectors_of(texts: list[str]) -> np.ndarray:
    """The vectors of sentences, shape (texts, dimensions); those seen before are not encoded again."""
    import numpy as np

    name = encoder.current().sha256
    with _keeping:
        have = {text: _kept[name, text] for text in texts if (name, text) in _kept}
    new = [text for text in dict.fromkeys(texts) if text not in have]
    have |= dict(zip(new, encoder.encode(new), strict=True))
    with _keeping:
        for text in new:
            _kept[name, text] = have[text]
        while len(_kept) > KEPT:
            del _kept[next(iter(_kept))]  # the oldest
    return np.stack([have[text] for text in texts])
