"""Search in the library: by meaning, by words and their translations, for passages and for the documents they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel, ConfigDict

from knowledge import encoder, rerank
from knowledge.documents import documents
from knowledge.expected import expects
from knowledge.index import Index, Words, current
from knowledge.terms import terms

if TYPE_CHECKING:
    import numpy as np

POOL = 200  # candidates by meaning, and as many by everything else, that are ranked together


class Only(NamedTuple):
    """What a search is restricted to; an empty field restricts nothing."""

    kind: str = ""
    tag: str = ""
    doc: str = ""


class Weights(NamedTuple):
    """What each kind of evidence counts for; fitted on the questions marked "dev" in evals/data (docs/retrieval.md).

    ``meaning`` and ``lexical`` weigh the cosine and the shared terms of the passage,
    ``topic`` and ``topic_lexical`` those of its whole document, ``asked`` both for the
    closest written question; ``expected`` is added where the passage holds the kind of
    answer that the question expects; ``aside`` is taken off for sections that speak about the others.
    """

    meaning: float = 1.0
    lexical: float = 0.3
    topic: float = 0.5
    topic_lexical: float = 1.0
    asked: float = 1.3
    expected: float = 0.2
    aside: float = 0.1


FITTED = Weights()
UNASKED = (
    0.2,
    0.3,
    1.5,
)  # an added passage has no written question: this much, of its cosine and its terms, stands for one


class Hit(BaseModel):
    """A passage found.

    ``score`` is the cosine of its vector with the query; ``lexical`` the share of
    the query's terms that it holds, themselves or translated, weighted by their
    rarity (BM25, from 0 to 1). ``asked`` is the sum of the same two for the closest
    of the questions written with the passage. ``strength``, by which hits are
    ranked, adds these and what the whole document is worth.
    """

    model_config = ConfigDict(frozen=True)

    rank: int
    id: str
    doc: str
    kind: str
    lang: str
    title: str
    heading: str
    text: str
    score: float
    lexical: float
    asked: float = 0.0
    strength: float = 0.0


def search(query: str, k: int = 5, lang: str | None = None, only: Only | None = None) -> list[Hit]:
    """The ``k`` best passages for a query, best first; none for an empty query.

    With ``lang`` ("en" or "fr"), passages in that language, and those of
    documents that exist only in the other. Without, each document in the
    language in which it answers best.
    """
    if not query.strip() or k < 1:
        return []
    again = rerank.chosen() != ""
    hits = find(current(), query, encoder.encode([query]), max(k, rerank.DEPTH) if again else k, lang, only)
    return rerank.rerank(query, hits)[:k] if again and hits else hits


def find(
    index: Index,
    query: str,
    vector: np.ndarray,
    k: int,
    lang: str | None,
    only: Only | None = None,
    weights: Weights = FITTED,
) -> list[Hit]:
    """Like ``search``, in a given index, for a query whose vector (shape (1, dimensions)) is known."""
    import numpy as np

    if not index.passages:
        return []
    allowed = _allowed(index, lang, only or Only())
    lexical = shared(index, index.words, query)
    asked = _asked(index, query, vector, inside=bool(only and only.doc))
    wanted = np.array(expects(query), np.float32)
    topics = weights.topic * (index.topics @ vector[0]) + weights.topic_lexical * shared(
        index, index.topic_words, query
    )
    beside = weights.lexical * lexical + weights.asked * asked + topics[index.topic]
    beside += weights.expected * (index.holds @ wanted) - weights.aside * index.aside
    rows = _candidates(index, vector, beside, allowed, max(POOL, 2 * k))
    cosines = index.vectors.reconstruct_batch(rows) @ vector[0]
    alone = np.where(index.unasked[rows], UNASKED[0] + UNASKED[1] * cosines + UNASKED[2] * lexical[rows], asked[rows])
    strength = weights.meaning * cosines + beside[rows] + weights.asked * (alone - asked[rows])
    hits: list[Hit] = []
    chosen: dict[str, str] = {}  # the language in which a document was met first
    for at in np.lexsort((rows, -strength)):
        row, passage = int(rows[at]), index.passages[rows[at]]
        if chosen.setdefault(passage.doc, passage.lang) == passage.lang and len(hits) < k:
            fields = passage.model_dump(exclude={"start", "end"})
            fields |= {"score": cosines[at], "lexical": lexical[row], "asked": alone[at], "strength": strength[at]}
            hits.append(Hit(rank=len(hits) + 1, **fields))
    return hits


def shared(index: Index, words: Words, query: str) -> np.ndarray:
    """``Hit.lexical`` of every text of ``words``: shape (texts,), float32.

    A translation counts with its probability, and no term counts for more than its own rarity.
    """
    weights = dict.fromkeys(terms(query), 1.0)
    for term in list(weights):
        for other, probability in index.lexicon.get(term, {}).items():
            if other not in weights:
                weights[other] = probability
    total = sum(words.idf(term) for term in dict.fromkeys(terms(query)))
    found: np.ndarray = words.scores(weights) / max(total, 1e-9)
    return found.clip(0, 1)


def _asked(index: Index, query: str, vector: np.ndarray, inside: bool) -> np.ndarray:
    """``Hit.asked`` of every passage: shape (passages,), float32; 0 for those without written questions.

    ``inside`` one document, the questions of every section with the same heading
    count: "What happened next?" resembles what is asked of outcomes elsewhere.
    """
    import numpy as np

    found = np.zeros(len(index.passages), np.float32)
    if len(index.answers):
        near = index.asked @ vector[0] + shared(index, index.asked_words, query)
        question, row = index.answers.T
        np.maximum.at(found, row, near[question])
        if inside:
            best = np.zeros(int(index.headings.max()) + 1, np.float32)
            np.maximum.at(best, index.headings[row], near[question])
            found = np.maximum(found, best[index.headings])
    return found


def _candidates(index: Index, vector: np.ndarray, beside: np.ndarray, allowed: np.ndarray, count: int) -> np.ndarray:
    """The rows nearest by meaning and those strongest by everything else, without repetition."""
    import faiss
    import numpy as np

    bits = np.packbits(allowed, bitorder="little")
    parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))  # type: ignore[call-arg, arg-type]
    _, near = index.vectors.search(vector, min(count, len(index.passages)), params=parameters)
    others = np.flatnonzero(allowed)
    if len(others) > count:
        others = others[np.argpartition(-beside[others], count)[:count]]
    rows: np.ndarray = np.union1d(near[0][near[0] >= 0], others).astype(np.int64)
    return rows


def _allowed(index: Index, lang: str | None, only: Only) -> np.ndarray:
    """Which passages may be found: shape (passages,), bool."""
    import numpy as np

    allowed = np.ones(len(index.passages), bool) if lang is None else index.offered[lang].copy()
    if only.tag:
        tagged = {(one.id, one.lang) for one in documents() if only.tag in one.tags}
        allowed &= np.array([(one.doc, one.lang) in tagged for one in index.passages])
    if only.kind or only.doc:
        allowed &= np.array([only.kind in ("", one.kind) and only.doc in ("", one.doc) for one in index.passages])
    return allowed
