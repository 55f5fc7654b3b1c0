"""Does the library hold an answer? A question it does not cover is refused instead of answered beside the point.

Fitted on the questions marked "dev" of ``evals/data``, with and without an answer
here, and on those of ``content/not_here.yaml``:

    python -m evals.retrieval

prints the coefficients for the library as it is. ``autopsie eval retrieval``
measures them on questions that no fit has seen.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from knowledge import CONTENT, encoder, vectors
from knowledge.index import Index, Words, current
from knowledge.search import Hit, search, shared
from knowledge.terms import terms

if TYPE_CHECKING:
    import numpy as np

NOT_HERE = CONTENT / "not_here.yaml"


class Evidence(NamedTuple):
    """What speaks for an answer, or against it."""

    asked: float  # the closest written question among those of the passages found: Hit.asked
    cosine: float  # the best cosine of a passage
    covered: float  # the share of the query's terms, weighted by rarity, that the three best passages hold
    strength: float  # of the best passage
    elsewhere: float  # the closest question that the library is known not to answer, measured like ``asked``


# Logistic regression on 641 questions (163 answerable), with the default encoder.
INTERCEPT = -7.90
COEFFICIENTS = Evidence(6.92, 7.88, 0.93, 1.15, -7.99)
THRESHOLD = 0.2  # low, because a question refused wrongly costs more than a passage beside the point, which is shown as what it is


def supported(query: str, hits: list[Hit]) -> bool:
    """Whether the library holds something that answers the query; ``hits`` are the passages found for it."""
    return support(query, hits) >= THRESHOLD


def support(query: str, hits: list[Hit]) -> float:
    """The probability, from 0 to 1, that the passages found answer the query: 1 / (1 + exp(−z)), z linear in the evidence."""
    if not hits:
        return 0.0
    found = evidence(query, hits)
    z = INTERCEPT + sum(weight * value for weight, value in zip(COEFFICIENTS, found, strict=True))
    return 1 / (1 + math.exp(-z))


def evidence(query: str, hits: list[Hit], leave_out: str = "") -> Evidence:
    """The evidence for the passages found; ``leave_out`` is a question of ``not_here.yaml`` that is not compared with."""
    index = current()
    weights = {term: index.idf(term) for term in terms(query)}
    held = {term for hit in hits[:3] for term in terms(f"{hit.title}\n{hit.heading}\n{hit.text}")}
    total = sum(weights.values())
    covered = sum(weight * _held(index, term, held) for term, weight in weights.items())
    near = _elsewhere(index, query)
    if leave_out:
        near = near[[question != leave_out for question in not_here()]]
    return Evidence(
        asked=max(hit.asked for hit in hits),
        cosine=max(hit.score for hit in hits),
        covered=covered / total if total else 0.0,
        strength=hits[0].strength,
        elsewhere=float(near.max()) if len(near) else 0.0,
    )


def not_here() -> list[str]:
    """The questions of ``not_here.yaml`` in both languages."""
    return _not_here(NOT_HERE.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _not_here(changed: int) -> list[str]:
    import yaml

    said = yaml.load(NOT_HERE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return [*said["en"], *said["fr"]]


@lru_cache(maxsize=1)
def _compared(changed: int, encoder_hash: str) -> tuple[np.ndarray, Words]:
    """The vectors of the questions that are not answered here, and their terms."""
    questions = _not_here(changed)
    return vectors.encode(questions), Words.of([terms(question) for question in questions])


def _elsewhere(index: Index, query: str) -> np.ndarray:
    """How close each of these questions is to the query: cosine and shared terms, shape (questions,)."""
    matrix, words = _compared(NOT_HERE.stat().st_mtime_ns, encoder.current().sha256)
    near: np.ndarray = matrix @ encoder.encode([query])[0] + shared(index, words, query)
    return near


def _held(index: Index, term: str, held: set[str]) -> float:
    """1 for a term that the passages hold, else the probability of its likeliest translation that they hold."""
    if term in held:
        return 1.0
    return max((p for other, p in index.lexicon.get(term, {}).items() if other in held), default=0.0)


def fit(asked: list[dict[str, Any]]) -> dict[str, Any]:
    """Coefficients from questions (with "question", "lang", "answerable"), and what each gets in ten folds without it."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    known = set(not_here())
    rows = np.array(
        [
            evidence(
                one["question"],
                search(one["question"], 5, one["lang"]),
                one["question"] if one["question"] in known else "",
            )
            for one in asked
        ]
    )
    answerable = np.array([one["answerable"] for one in asked])
    model = make_pipeline(StandardScaler(), LogisticRegression())
    left_out = cross_val_predict(
        model, rows, answerable, cv=StratifiedKFold(10, shuffle=True, random_state=0), method="predict_proba"
    )[:, 1]
    scaler, regression = (step for _, step in model.fit(rows, answerable).steps)
    slopes = regression.coef_[0] / scaler.scale_
    return {
        "intercept": float(regression.intercept_[0] - slopes @ scaler.mean_),
        "coefficients": Evidence(*map(float, slopes)),
        "answerable": answerable,
        "left out": left_out,
    }
