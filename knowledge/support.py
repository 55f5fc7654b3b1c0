"""Does the library hold an answer? A question it does not cover is refused instead of answered beside the point.

Fitted on questions with and without an answer in the library:

    python -m knowledge.support evals/data/abstain_dev.jsonl

prints the coefficients for the library as it is, and how often they are wrong
on questions that were left out of the fit.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.index import current
from knowledge.search import Hit, search
from knowledge.terms import terms

if TYPE_CHECKING:
    import numpy as np

# Logistic regression on 120 questions (60 answerable, 60 not), with the default encoder.
INTERCEPT, COSINE, COVERED = -5.07, 7.19, 5.99
THRESHOLD = 0.45


def supported(query: str, hits: list[Hit]) -> bool:
    """Whether the library holds something that answers the query; ``hits`` are the passages found for it."""
    return support(query, hits) >= THRESHOLD


def support(query: str, hits: list[Hit]) -> float:
    """The probability, from 0 to 1, that the passages found answer the query.

    1 / (1 + exp(−z)), z = a + b × the best cosine + c × the share of the
    query's terms, weighted by rarity, that the three best passages hold.
    """
    if not hits:
        return 0.0
    cosine, covered = evidence(query, hits)
    return 1 / (1 + math.exp(-(INTERCEPT + COSINE * cosine + COVERED * covered)))


def evidence(query: str, hits: list[Hit]) -> tuple[float, float]:
    """The best cosine, and the share of the query's terms that the three best passages hold together."""
    index = current()
    weights = {term: index.idf(term) for term in terms(query)}
    held = {term for hit in hits[:3] for term in terms(f"{hit.title}\n{hit.heading}\n{hit.text}")}
    total = sum(weights.values())
    covered = sum(weight for term, weight in weights.items() if term in held) / total if total else 0.0
    return max(hit.score for hit in hits), covered


def fit(file: Path) -> dict[str, Any]:
    """Coefficients from a file of questions, and what each question would get without being in the fit."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import LeaveOneOut, StratifiedKFold, cross_val_predict

    asked = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    rows = [evidence(one["question"], search(one["question"], 5, one["lang"])) for one in asked]
    answerable = np.array([one["answerable"] for one in asked])
    model = LogisticRegression(C=10).fit(rows, answerable)

    def left_out(folds: Any) -> np.ndarray:
        estimated: np.ndarray = cross_val_predict(model, rows, answerable, cv=folds, method="predict_proba")[:, 1]
        return estimated

    return {
        "coefficients": (float(model.intercept_[0]), *map(float, model.coef_[0])),
        "asked": asked,
        "answerable": answerable,
        "leave one out": left_out(LeaveOneOut()),
        "two folds": left_out(StratifiedKFold(2, shuffle=True, random_state=0)),
    }


def main(file: str) -> None:
    """Prints the coefficients, a table of errors by threshold, and the questions that are judged wrongly."""
    fitted = fit(Path(file))
    answerable, asked = fitted["answerable"], fitted["asked"]
    print("INTERCEPT, COSINE, COVERED = " + ", ".join(f"{value:.2f}" for value in fitted["coefficients"]))
    for scheme in ("leave one out", "two folds"):
        for threshold in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
            accepted = fitted[scheme] >= threshold
            refused, wrongly = 1 - accepted[~answerable].mean(), 1 - accepted[answerable].mean()
            print(
                f"{scheme}, threshold {threshold}: {refused:.1%} of the unanswerable refused, {wrongly:.1%} of the others"
            )
    for one, probability in zip(asked, fitted["leave one out"], strict=True):
        if (probability >= THRESHOLD) != one["answerable"]:
            print(
                f"{'wrongly refused' if one['answerable'] else 'wrongly accepted'} {probability:.2f} {one['question']}"
            )


if __name__ == "__main__":
    main(sys.argv[1])
