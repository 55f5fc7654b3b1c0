"""Chooses a tool by learned nearness to example requests.

A logistic regression sees three views of a request: its meaning (sentence
embedding), its spelling (character n-grams), and the signs that the argument
parsers recognise (an analogy, a quoted text, a language). What resembles no
tool's examples is declined.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assistant.planner import arguments
from tools.registry import all_tools

NONE = "none"
PER_DOCUMENT, ELSEWHERE = 2, 60  # questions of each document and language, and of those that nothing here answers
ABSTAIN = 0.30  # below this share for the best label nothing is run; see docs/planner.md


@dataclass(frozen=True)
class Ranked:
    """Labels with their probabilities, best first; a label is a tool's name or "none"."""

    labels: list[tuple[str, float]]

    @property
    def best(self) -> str:
        """The label to act on: "none" when even the best is not likely enough."""
        label, probability = self.labels[0]
        return label if probability >= ABSTAIN else NONE

    @property
    def confidence(self) -> float:
        """Probability of the best label."""
        return self.labels[0][1]

    def tools(self, k: int) -> list[str]:
        """The ``k`` likeliest tools."""
        return [label for label, _ in self.labels if label != NONE][:k]


def examples() -> list[tuple[str, str]]:
    """(request, label): every tool's own examples, and the planner's further ones."""
    rows = [(text, tool.name) for tool in all_tools() for texts in tool.examples.values() for text in texts]
    source = files("assistant.planner") / "requests.jsonl"
    for line in source.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows.append((row["text"], row["label"]))
    return rows + _of_the_library()


def _of_the_library() -> list[tuple[str, str]]:
    """Some of the questions written with the documents, and some that the library does not answer."""
    from knowledge.documents import documents
    from knowledge.questions import asked
    from knowledge.support import not_here

    rng = random.Random(0)
    rows = []
    for name in sorted({one.id for one in documents() if one.kind in ("course", "incident")}):
        for lang in ("en", "fr"):
            written = [question for section in asked(name) for question in getattr(section, lang)]
            rows += [(question, "search_knowledge") for question in rng.sample(written, min(PER_DOCUMENT, len(written)))]
    return rows + [(question, NONE) for question in rng.sample(not_here(), ELSEWHERE)]


class NearestPlanner:
    """Fitted once on ``examples()``; ranks requests in milliseconds."""

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        texts = [text for text, _ in rows]
        self._spelling: Any = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, strip_accents="unicode"
        ).fit([outline(text) for text in texts])
        # C and the weights of the three views: best of a small grid by 5-fold cross-validation on the examples
        self._classifier: Any = LogisticRegression(C=30, max_iter=5000).fit(
            self._views(texts), [label for _, label in rows]
        )

    def _views(self, texts: list[str]) -> Any:
        """Meaning, spelling and signs of each text side by side: a sparse matrix (texts, features)."""
        from scipy.sparse import csr_matrix, hstack

        from knowledge.encoder import encode

        outlines = [outline(text) for text in texts]
        found = csr_matrix([[0.5 * sign for sign in signs(text)] for text in texts])
        return hstack([csr_matrix(1.5 * encode(outlines)), self._spelling.transform(outlines), found]).tocsr()

    def rank(self, request: str) -> Ranked:
        """All labels by probability."""
        probabilities = self._classifier.predict_proba(self._views([request]))[0]
        order = probabilities.argsort()[::-1]
        return Ranked([(str(self._classifier.classes_[i]), float(probabilities[i])) for i in order])


def signs(request: str) -> list[bool]:
    """What the argument parsers recognise in a request: the kind of material it brings tells what to do with it."""
    plain = arguments.fold(request)
    given = arguments.passage(request)
    named = arguments.languages(request.replace(given, " ") if given else request)
    return [
        "c" in arguments.analogy(request, "en"),
        bool(arguments.word_sets(request)),
        given is not None,
        given is not None and len(given.split()) >= 12,
        bool(named),
        len(named) > 1,
        bool(arguments.occupations(request, "en")),
        bool(PRONOUNS.search(plain)),
        any(re.search(pattern, plain) for _, pattern in arguments.TESTS),
        bool(QUESTION.match(plain)),
        len(request.split()) > 30,
    ]


PRONOUNS = re.compile(r"\bhe\b.{0,30}\bshe\b|\bshe\b.{0,30}\bhe\b|\bil\b.{0,12}\belle\b|\belle\b.{0,12}\bil\b")
QUESTION = re.compile(r"(what|who|why|when|which|how|qui|quoi|pourquoi|quand|quel|comment|c'est quoi|qu'est)")


def outline(request: str, words: int = 60) -> str:
    """The request with long quoted texts cut to their first words: what is asked matters, not what is quoted."""
    given = arguments.passage(request)
    if given and len(given.split()) > 8:
        request = request.replace(given, " ".join(given.split()[:4]) + " … ")
    return " ".join(request.split()[:words])


_fitting = threading.Lock()


def planner() -> NearestPlanner:
    """The one fitted planner of this process."""
    with _fitting:
        return _fitted()


@lru_cache(maxsize=1)
def _fitted() -> NearestPlanner:
    """Fitting takes seconds, so the result is kept on disk, under the hash of all it was made from."""
    import joblib
    import sklearn

    from knowledge.encoder import specimen
    from tools.specimens.home import home

    rows = examples()
    code = [
        files("assistant.planner").joinpath(name).read_text(encoding="utf-8")
        for name in ("nearest.py", "arguments.py", "lexicon.yaml")
    ]
    made_of = json.dumps([rows, specimen().sha256, sklearn.__version__, code])
    kept = home() / "cache" / f"planner-{hashlib.sha256(made_of.encode()).hexdigest()[:16]}.joblib"
    if kept.is_file():
        fitted: NearestPlanner = joblib.load(kept)  # our own file, in our own folder
        return fitted
    fitted = NearestPlanner(rows)
    kept.parent.mkdir(parents=True, exist_ok=True)
    beside = kept.with_suffix(f".{threading.get_ident()}.part")
    joblib.dump(fitted, beside)
    beside.replace(kept)
    return fitted
