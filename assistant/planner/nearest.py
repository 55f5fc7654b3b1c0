"""Chooses a tool by learned nearness to example requests.

A linear classifier sees three views of a request: its meaning (sentence
embedding), its spelling (character and word n-grams), and the signs that the argument
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
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from assistant.planner import arguments, material
from assistant.planner.language_arguments import GAP
from tools.registry import all_tools

NONE, LIBRARY = "none", "search_knowledge"
SELF = "self_audit"  # a question about this assistant itself: its self-audit card answers
PER_DOCUMENT, ELSEWHERE = 2, 60  # questions of each document and language, and of those that nothing here answers
ABSTAIN = 0.30  # below this share for the best label nothing is run; see docs/planner.md


@dataclass(frozen=True)
class Ranked:
    """Labels with their probabilities, best first; a label is a tool's name, "self_audit" or "none"."""

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

    @property
    def measured(self) -> float:
        """Probability that some instrument is asked for, whichever it is."""
        return sum(share for label, share in self.labels if label not in (NONE, LIBRARY, SELF))

    def tools(self, k: int) -> list[str]:
        """The ``k`` likeliest tools."""
        return [label for label, _ in self.labels if label not in (NONE, SELF)][:k]


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
            rows += [
                (question, "search_knowledge") for question in rng.sample(written, min(PER_DOCUMENT, len(written)))
            ]
    return rows + [(question, NONE) for question in rng.sample(not_here(), ELSEWHERE)]


class NearestPlanner:
    """Fitted once on ``examples()``; ranks requests in milliseconds.

    A linear support vector machine over three views, and the vote of the nearest examples in meaning; their mixture becomes
    probabilities by one temperature (Guo et al. 2017), fitted on a third of the examples that neither had seen.
    """

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        import numpy as np
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.model_selection import StratifiedKFold
        from sklearn.svm import LinearSVC

        from knowledge.encoder import encode

        texts, labels = [text for text, _ in rows], np.array([label for _, label in rows])
        outlines = [outline(text) for text in texts]
        kinds: tuple[dict[str, Any], ...] = (
            {"analyzer": "char_wb", "ngram_range": (2, 5)},
            {"analyzer": "word", "ngram_range": (1, 2)},
        )
        self._spelling: list[Any] = [
            TfidfVectorizer(sublinear_tf=True, strip_accents="unicode", **kind).fit(outlines) for kind in kinds
        ]
        # C, the weights of the views and of the vote: best of a small grid by cross-validation on the examples
        machine, meanings = LinearSVC(C=1.0, random_state=0), encode(outlines)
        views = self._views(texts, outlines, meanings)
        self._labels, classes = np.unique(labels, return_inverse=True)
        seen, left = next(StratifiedKFold(3, shuffle=True, random_state=0).split(meanings, labels))
        margins = machine.fit(views[seen], classes[seen]).decision_function(views[left])
        votes = vote(meanings[left], meanings[seen], classes[seen], len(self._labels))
        self._scale = _scale(mix(margins, votes), classes[left])
        self._classifier: Any = machine.fit(views, classes)
        self._known, self._classes = meanings.astype(np.float16), classes

    def _views(self, texts: list[str], outlines: list[str], meanings: Any) -> Any:
        """Meaning, spelling and signs of each text side by side: a sparse matrix (texts, features)."""
        from scipy.sparse import csr_matrix, hstack

        found = csr_matrix([[0.5 * sign for sign in signs(text)] for text in texts])
        spelled = [spelling.transform(outlines) for spelling in self._spelling]
        return hstack([csr_matrix(meanings), *spelled, found]).tocsr()

    @cached_property
    def _meanings(self) -> Any:
        """Those of the examples, kept at half precision, made single once for the process."""
        import numpy as np

        return self._known.astype(np.float32)

    def rank(self, request: str) -> Ranked:
        """All labels by probability."""
        from scipy.special import softmax

        from knowledge.encoder import encode

        outlines = [outline(request)]
        meaning = encode(outlines)
        votes = vote(meaning, self._meanings, self._classes, len(self._labels))
        probabilities = softmax(
            self._scale * mix(self._classifier.decision_function(self._views([request], outlines, meaning)), votes)[0]
        )
        order = probabilities.argsort()[::-1]
        return Ranked([(str(self._labels[i]), float(probabilities[i])) for i in order])


NEIGHBOURS, POWER, SHARP = 25, 6, 3.0  # examples that vote; how much the closest weigh more; scale of the margins


def vote(asked: Any, known: Any, classes: Any, n: int) -> Any:
    """Shares (requests, n) of the labels among the nearest examples, each weighted by its cosine to the power ``POWER``."""
    import numpy as np

    cosines = asked @ known.T
    shares = np.zeros((len(asked), n))
    for share, row in zip(shares, cosines, strict=True):
        near = np.argpartition(-row, NEIGHBOURS)[:NEIGHBOURS] if len(row) > NEIGHBOURS else np.arange(len(row))
        np.add.at(share, classes[near], np.maximum(row[near], 1e-3) ** POWER)
    return shares / shares.sum(axis=1, keepdims=True)


def mix(margins: Any, votes: Any) -> Any:
    """Log of the machine's shares and the vote, as much of each (requests, labels)."""
    import numpy as np
    from scipy.special import softmax

    return np.log(softmax(SHARP * margins, axis=1) + votes)


def _scale(margins: Any, right: Any) -> float:
    """The factor on margins (requests, labels) whose softmax gives the right labels the highest likelihood."""
    from scipy.optimize import minimize_scalar
    from scipy.special import log_softmax

    def surprise(factor: float) -> float:
        return float(-log_softmax(factor * margins, axis=1)[range(len(right)), right].mean())

    return float(minimize_scalar(surprise, bounds=(0.1, 50), method="bounded").x)


def signs(request: str) -> list[bool]:
    """What the argument parsers recognise in a request: the kind of material it brings tells what to do with it."""
    plain = material.fold(request)
    given = material.passage(request)
    named = material.languages(request.replace(given, " ") if given else request)
    return [
        "c" in arguments.analogy(request, "en"),
        bool(material.word_sets(request)),
        given is not None,
        given is not None and len(given.split()) >= 12,
        bool(named),
        len(named) > 1,
        bool(material.occupations(request, "en")),
        bool(PRONOUNS.search(plain)),
        any(re.search(pattern, plain) for _, pattern in arguments.TESTS),
        bool(QUESTION.match(plain)),
        len(request.split()) > 30,
        bool(GAP.search(request)),
        sum(len(one.split()) >= 3 for one in material.quoted(request)) >= 2,
        request.count("|") >= 2,
        bool(VECTORS.search(request)),
        bool(RATHER.search(plain)),
        bool(PLACE.search(plain)),
        of_us(plain),
    ]


PRONOUNS = re.compile(r"\bhe\b.{0,30}\bshe\b|\bshe\b.{0,30}\bhe\b|\bil\b.{0,12}\belle\b|\belle\b.{0,12}\bil\b")
VECTORS = re.compile(r"\w+\s*[:=]\s*[\[(]?-?\d+(?:[.,]\d+)?[\s,;]+-?\d")  # apple: 2 2
RATHER = re.compile(r"rather than|instead of|plutot qu|au lieu d|\band not\b|\bet non\b")
PLACE = re.compile(r"\b(layers?|heads?|couches?|tetes?)\b")  # of a network
ASKED_OF_US = re.compile(  # "can you measure": the one who is asked, not the one who is asked about
    r"\b(?:can|could|would|will) you (?:please )?(?:check|measure|run|tell|show|compute|calculate|find|explain|give|compare|test|look|help|do|make|see|count|draw|say)\b"
    r"|\bhow (?:do|would|should|can|could) you (?=\w+ (?:an?|the|this|that|two|such|whether)\b)"  # you: anybody
    r"|\b(?:peux|peut|pourrais|pouvez|pourriez)[- ](?:tu|vous) (?:me |nous |le |la |les )?(?:dire|montrer|mesurer|verifier|calculer|donner|expliquer|tester|comparer|regarder|faire|trouver|compter|lancer)\b"
)
US = re.compile(
    r"\b(?:you|your|yours|yourself|autopsie|tu|te|toi|ton|ta|tes|vous|vos|votre)\b|\bt'|"
    r"\b(?:this (?:very )?(?:assistant|chatbot|tool|program)|(?:cet (?:assistant|outil)|ce (?:chatbot|programme))\b)"
)
MERIT = re.compile(
    r"\b(?:wrong|mistake|error|invent|hallucin|bias|prejud|sexis|racis|discrimin|reliab|trust|accura|precis|honest|weak|fail|limit|audit|evaluat|tested|tests?\b|scores?\b|marks?\b|"
    r"card\b|inject|obey|trick|fool|leak|secret|hack|jailbr|consisten|stable|refus|abstain|citation|cite|unsupport|"
    r"tromp|erreur|faux|fausse|biais|prejuge|fiab|confian|exact|honnete|faib|echou|evalu|teste|note|fiche|obei|dup|pirat|fui|constant|abst|renvoi|mens|tort)|make.{1,12}\bup\b|made.{1,12}\bup\b"
)


def of_us(plain: str) -> bool:
    """Whether a folded request speaks of the merits of the one it is addressed to."""
    return bool(US.search(ASKED_OF_US.sub(" ", plain)) and MERIT.search(plain))


QUESTION = re.compile(r"(what|who|why|when|which|how|qui|quoi|pourquoi|quand|quel|comment|c'est quoi|qu'est)")


FOLDERS = re.compile(r"(?<![\w:/])(?:~|\.{1,2}|[A-Za-z]:)?(?:[/\\][^\s/\\]+)+(?=[/\\][^\s/\\])[/\\]")


def outline(request: str, words: int = 60) -> str:
    """The request with long quoted texts cut to their first words and files without their folders: what is asked matters, not what is quoted or where it lies."""
    request = FOLDERS.sub("", request)
    given = material.passage(request)
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
        for name in ("nearest.py", "arguments.py", "language_arguments.py", "material.py", "lexicon.yaml")
    ]
    made_of = json.dumps([rows, specimen().sha256, sklearn.__version__, code])
    kept = home() / "cache" / "planner" / f"{hashlib.sha256(made_of.encode()).hexdigest()[:16]}.joblib"
    if kept.is_file():
        fitted: NearestPlanner = joblib.load(kept)  # our own file, in our own folder
        return fitted
    fitted = NearestPlanner(rows)
    kept.parent.mkdir(parents=True, exist_ok=True)
    beside = kept.with_suffix(f".{threading.get_ident()}.part")
    joblib.dump(fitted, beside)
    beside.replace(kept)
    return fitted
