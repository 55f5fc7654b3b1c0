"""Does the library find the passage that answers, and know when there is none? Questions with the quotes that answer them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from evals.measures import rows_of
from knowledge import documents, encoder
from knowledge.index import Index, current
from knowledge.passages import Passage
from knowledge.rerank import DEPTH as RERANKED
from knowledge.rerank import chosen, rerank
from knowledge.search import Hit, Only, Weights, find, search
from knowledge.support import fit, not_here, supported
from knowledge.terms import fold
from tools.proportions import wilson

LIBRARY, DECKS = ("retrieval_en.jsonl", "retrieval_fr.jsonl"), ("retrieval_decks.jsonl",)
ABSTENTION = ("abstention.jsonl",)  # more questions to refuse or not, without the passage that answers
DEPTH = 10  # hits looked at: nDCG@10, and the reciprocal rank is 0 beyond

Question = dict[str, Any]


def questions(names: Iterable[str]) -> list[Question]:
    """The questions of files in ``evals/data``."""
    return [row for name in names for row in rows_of(name)]


def group(one: Question) -> str:
    """The language of a question about texts of the same language; "across" for the other language."""
    return str(one["lang"]) if one["lang"] == one["source"] else "across"


def relevant(index: Index, one: Question) -> set[str]:
    """The ids of the passages that hold at least half of a quote that answers, in the language of the source."""
    found = set[str]()
    for gold in one["quotes"]:
        spans = _spans(gold["doc"], one["source"], gold["quote"])
        said = f" {_joined(gold['quote'])} "
        for passage in index.passages:
            if (passage.doc, passage.lang) != (gold["doc"], one["source"]):
                continue
            inside = any(2 * (min(passage.end, end) - max(passage.start, start)) >= end - start for start, end in spans)
            if inside or said in _said(passage):
                found.add(passage.id)
    return found


class Scores(NamedTuple):
    """What a ranking is worth for one question."""

    first: bool
    five: bool
    reciprocal: float
    gain: float


def score(hits: Sequence[Hit], right: set[str]) -> Scores:
    """Found at 1, found at 5, 1 / rank of the first right passage, nDCG@10 (Järvelin and Kekäläinen 2002, gains of 1)."""
    places = [place for place, hit in enumerate(hits[:DEPTH]) if hit.id in right]
    ideal = sum(1 / math.log2(place + 2) for place in range(min(len(right), DEPTH)))
    gain = sum(1 / math.log2(place + 2) for place in places) / ideal if ideal else 0.0
    first = places[0] if places else DEPTH
    return Scores(first == 0, first < 5, 1 / (first + 1) if places else 0.0, gain)


def _joined(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


@lru_cache(maxsize=4096)
def _said(passage: Passage) -> str:
    return f" {_joined(f'{passage.heading} {passage.text}')} "


@lru_cache(maxsize=512)
def _words(doc: str, lang: str) -> tuple[list[tuple[int, int]], str]:
    """Where each word of a document's body lies, and the words themselves."""
    one = documents.document(doc, lang)
    body = one.body if one is not None and one.lang == lang else ""
    found = list(re.finditer(r"\w+", body))
    return [match.span() for match in found], " " + " ".join(fold(match.group()) for match in found) + " "


def _spans(doc: str, lang: str, quote: str) -> list[tuple[int, int]]:
    """Where a quote lies in the body of a document, word by word; several times when it is repeated."""
    places, text = _words(doc, lang)
    wanted, at, found = f" {_joined(quote)} ", 0, []
    while wanted.strip() and (at := text.find(wanted, at)) >= 0:
        first = text.count(" ", 0, at)
        last = first + wanted.count(" ") - 2
        found.append((places[first][0], places[last][1]))
        at += 1
    return found


METHODS = {
    "lexical only": Weights(0, 1, 0, 0, 0, 0, 0),
    "dense only": Weights(1, 0, 0, 0, 0, 0, 0),
    "hybrid": Weights(asked=0, lexical=1),
    "hybrid, written questions": Weights(),
}


def evaluate() -> dict[str, Any]:
    """Every method on the questions of the library, and on those of the course decks when they have been added.

    Recall and the refusals have Wilson 95 % intervals, MRR and nDCG bootstrap ones (1,000 draws, seed 0).
    """
    index = current()
    added = {one.doc for one in index.passages if one.kind == "added"}
    decks = [one for one in questions(DECKS) if one["doc"] in added]
    rows = _table(index, [one for one in questions(LIBRARY) if one["answerable"]], Only(), "library")
    rows += _table(index, decks, Only(kind="added"), "course decks") if decks else []
    specimen = encoder.specimen()
    return {
        "suite": "retrieval", "encoder": {"name": specimen.name, "sha256": specimen.sha256},
        "reranker": chosen() or None, "passages": len(index.passages), "rows": rows, "abstention": abstention(),
        "decks": bool(decks),
    }  # fmt: skip


def _table(index: Index, asked: list[Question], only: Only, source: str) -> list[dict[str, Any]]:
    vectors = encoder.encode([one["question"] for one in asked])
    gold = [relevant(index, one) for one in asked]
    rows = []
    for method in [*METHODS, *(["hybrid, written questions, rerank"] if chosen() else [])]:
        weights = METHODS.get(method, Weights())
        scores: dict[str, list[Scores]] = {}
        for one, vector, right in zip(asked, vectors, gold, strict=True):
            lang = one["source"] if source == "library" else None
            hits = find(index, one["question"], vector[None], max(DEPTH, RERANKED), lang, only, weights)
            hits = rerank(one["question"], hits[:RERANKED]) if method.endswith("rerank") else hits
            name = group(one) if source == "library" else one["lang"]
            scores.setdefault(name, []).append(score(hits, right))
        rows += [_row(source, method, name, found) for name, found in sorted(scores.items())]
    return rows


def _row(source: str, method: str, name: str, found: list[Scores]) -> dict[str, Any]:
    """One line of the table: n, and each measure with its interval."""
    n = len(found)
    row: dict[str, Any] = {"source": source, "method": method, "group": name, "n": n}
    for measure, right in (("recall@1", [one.first for one in found]), ("recall@5", [one.five for one in found])):
        low, high = wilson(sum(right), n)
        row[measure] = {"value": sum(right) / n, "low": low, "high": high}
    for measure, values in (("mrr", [one.reciprocal for one in found]), ("ndcg@10", [one.gain for one in found])):
        row[measure] = _mean(values)
    return row


def _mean(values: list[float]) -> dict[str, float]:
    import numpy as np

    draws = np.random.default_rng(0).choice(np.array(values), (1000, len(values))).mean(axis=1)
    low, high = np.percentile(draws, [2.5, 97.5])
    return {"value": float(np.mean(values)), "low": float(low), "high": float(high)}


def abstention() -> list[dict[str, Any]]:
    """How often the library refuses what it does not hold, and wrongly what it holds, by split and language."""
    asked = [*questions(LIBRARY), *questions(ABSTENTION)]
    rows = []
    for split in ("dev", "test"):
        for lang in ("en", "fr", "all"):
            part = [one for one in asked if one["split"] == split and lang in ("all", one["lang"])]
            refused = {kind: [_refused(one) for one in part if one["answerable"] == kind] for kind in (False, True)}
            row: dict[str, Any] = {"split": split, "lang": lang}
            for name, kind in (("unanswerable", False), ("answerable", True)):
                low, high = wilson(sum(refused[kind]), len(refused[kind]))
                n = len(refused[kind])
                row[name] = {
                    "n": n,
                    "refused": sum(refused[kind]),
                    "value": sum(refused[kind]) / n,
                    "low": low,
                    "high": high,
                }
            rows.append(row)
    return rows


def _refused(one: Question) -> bool:
    return not supported(one["question"], search(one["question"], 5, one["lang"]))


def calibration() -> list[Question]:
    """The questions on which the refusal is fitted: "dev", and those that the library is known not to answer."""
    dev = [one for one in [*questions(LIBRARY), *questions(ABSTENTION)] if one["split"] == "dev"]
    half = len(not_here()) // 2  # English first
    return dev + [
        {"question": said, "lang": "en" if at < half else "fr", "answerable": False}
        for at, said in enumerate(not_here())
    ]


def main() -> None:
    """Prints the coefficients of ``knowledge.support``, and the errors by threshold on questions left out of the fit."""
    fitted = fit(calibration())
    print(f"INTERCEPT = {fitted['intercept']:.2f}")
    print("COEFFICIENTS = Evidence(" + ", ".join(f"{value:.2f}" for value in fitted["coefficients"]) + ")")
    right, probability = fitted["answerable"], fitted["left out"]
    for threshold in (0.1, 0.12, 0.15, 0.17, 0.2, 0.25, 0.3):
        accepted = probability >= threshold
        print(
            f"from {threshold}: {1 - accepted[~right].mean():.1%} of the unanswerable refused, {1 - accepted[right].mean():.1%} of the others"
        )


if __name__ == "__main__":
    main()
