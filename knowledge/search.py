"""Search in the library: by meaning first, raised by the exact words, names and numbers of the query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from knowledge import encoder
from knowledge.index import Index, current
from knowledge.passages import opens
from knowledge.terms import asks_what, terms

if TYPE_CHECKING:
    import numpy as np

LEXICAL = 0.25  # weight of the shared terms beside the cosine; results hardly change from 0.15 to 0.4
OPENING = 0.1  # for the opening of an incident, when the question asks what something is
POOL = 64  # candidates by meaning, and as many by words, that are ranked together


class Hit(BaseModel):
    """A passage found.

    ``score`` is the cosine of its vector with the query; ``lexical`` the share
    of the query's terms it holds, from 0 to 1, weighted by their rarity: in full
    in the title or the heading, by half in the text. Hits are ranked by
    ``strength``; for a question that asks what something is, the opening of an
    incident comes a little earlier.
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

    @property
    def strength(self) -> float:
        """Meaning and words together: score + 0.25 × lexical."""
        return self.score + LEXICAL * self.lexical


def search(query: str, k: int = 5, lang: str | None = None) -> list[Hit]:
    """The ``k`` best passages for a query, best first; none for an empty query.

    With ``lang`` ("en" or "fr"), passages in that language, and those of
    documents that exist only in the other. Without, each document in the
    language in which it answers best.
    """
    if not query.strip() or k < 1:
        return []
    return find(current(), query, encoder.encode([query]), k, lang)


def find(index: Index, query: str, vector: np.ndarray, k: int, lang: str | None) -> list[Hit]:
    """Like ``search``, in a given index, for a query whose vector (shape (1, dimensions)) is known."""
    import numpy as np

    if not index.passages:
        return []
    lexical = shared(index, query)
    if lang is not None:
        lexical = np.where(index.offered[lang], lexical, 0)
    by_word = np.argsort(-lexical, kind="stable")[: max(POOL, 2 * k)]
    by_word = by_word[lexical[by_word] > 0]
    cosines = _nearest(index, vector, max(POOL, 2 * k), lang)
    rare = [int(row) for row in by_word if row not in cosines]
    cosines |= {row: float(vector[0] @ index.vectors.reconstruct(row)) for row in rare}
    opening = OPENING if asks_what(query) else 0.0

    def worth(row: int) -> float:
        passage = index.passages[row]
        return cosines[row] + LEXICAL * float(lexical[row]) + opening * opens(passage.kind, passage.id)

    hits: list[Hit] = []
    chosen: dict[str, str] = {}  # the language in which a document was met first
    for row in sorted(cosines, key=lambda row: (-worth(row), row)):
        passage = index.passages[row]
        if chosen.setdefault(passage.doc, passage.lang) == passage.lang and len(hits) < k:
            fields = passage.model_dump(exclude={"start", "end"})
            hits.append(Hit(rank=len(hits) + 1, score=cosines[row], lexical=float(lexical[row]), **fields))
    return hits


def shared(index: Index, query: str) -> np.ndarray:
    """``Hit.lexical`` of every passage: shape (passages,), float32."""
    import numpy as np

    lexical = np.zeros(len(index.passages), np.float32)
    weights = {term: index.idf(term) for term in terms(query)}
    for term, weight in weights.items():
        rows, named = index.holding(term)
        lexical[rows] += weight * np.where(named, 1, 0.5)
    return lexical / max(sum(weights.values()), 1e-9)


def _nearest(index: Index, vector: np.ndarray, count: int, lang: str | None) -> dict[int, float]:
    """Row and cosine of the nearest passages that a reader of ``lang`` is given."""
    import faiss
    import numpy as np

    api: Any = faiss  # its type stubs describe the C++ arguments, not the Python ones
    parameters = None
    if lang is not None:
        bits = np.packbits(index.offered[lang], bitorder="little")
        parameters = api.SearchParameters(sel=api.IDSelectorBitmap(bits))
    found, rows = index.vectors.search(vector, min(count, len(index.passages)), params=parameters)
    return {int(row): float(score) for score, row in zip(found[0], rows[0], strict=True) if row >= 0}
