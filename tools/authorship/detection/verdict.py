"""What the reference allows one to say of a text, at a rate of false positives that the reader chooses.

The threshold is conformal (Bates et al. 2023): with n passages by people, a text is flagged when at
most ⌊rate · (n + 1)⌋ − 1 of them score as high; a new passage by a person of the same mix is then
flagged with a probability of at most ``rate``. Fewer than 1/rate − 1 passages cannot give that rate:
the smallest one they can give, 1 / (n + 1), takes its place.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from tools.authorship.detection.features import Features
from tools.authorship.detection.reference import Classifier, Group, Reference, Scale, load
from tools.authorship.detection.statistics import Floats

MISSED = 0.05  # share of the generated passages that the lower bound lets go
Kind = Literal[
    "flagged", "unlike", "unclear", "short", "server", "model", "language", "mixed", "symbols", "lines", "repeats"
]


@dataclass(frozen=True)
class Threshold:
    """``flag``: above it a text is flagged; ``low``: under it, it is unlike the generated passages; ``rate`` obtained."""

    flag: float
    low: float
    rate: float


@dataclass(frozen=True)
class Verdict:
    """``kind`` is the verdict, or the first reason that forbids one (then nothing else is there).

    ``score``: mean log-odds of the pieces; ``probability``: were half of all texts generated;
    ``p``: share of the passages by people that score as high, this text counted among them.
    """

    kind: Kind
    scale: Scale | None = None
    threshold: Threshold | None = None
    score: float = math.nan
    probability: float = math.nan
    p: float = math.nan

    @property
    def reached(self) -> bool:
        """Whether the text was laid on a scale."""
        return self.scale is not None


def threshold(scale: Scale, rate: float) -> Threshold:
    """The two bounds of a scale."""
    people, generated = scale.people, scale.generated
    rank = max(math.floor(rate * (len(people) + 1) + 1e-9), 1)
    spared = max(math.floor(MISSED * (len(generated) + 1) + 1e-9), 1)
    return Threshold(float(people[-rank]), float(generated[spared - 1]), max(rate, 1 / (len(people) + 1)))


def p_value(people: Floats, score: float) -> float:
    """(1 + passages by people that score at least as high) / (1 + passages)."""
    return (1 + int((people >= score).sum())) / (1 + len(people))


def flagged(group: Group, bounds: Threshold) -> int:
    """How many passages of a group lie above the flag."""
    return sum(score > bounds.flag for score in group.scores)


def judge(found: Features, rate: float = 0.01, reference: Reference | None = None) -> Verdict:
    """The verdict on a text at a rate of false positives."""
    known = reference or load()
    reason = _forbidden(found, known)
    if reason is not None:
        return Verdict(reason)
    scale = known.scale(found.language, found.reading.length)
    if scale is None or found.rows is None:
        return Verdict("short")
    return place(scale, score_of(scale.classifier, found.rows), rate)


def score_of(classifier: Classifier, rows: Floats) -> float:
    """The mean log-odds of the pieces of a text."""
    return float(classifier.scores(rows).mean())


def place(scale: Scale, score: float, rate: float) -> Verdict:
    """A score on a scale."""
    bounds = threshold(scale, rate)
    kind: Kind = "unclear"
    if score > bounds.flag and score >= bounds.low:
        kind = "flagged"
    elif score < bounds.low and score <= bounds.flag:
        kind = "unlike"
    return Verdict(kind, scale, bounds, score, scale.classifier.probability(score), p_value(scale.people, score))


def _forbidden(found: Features, known: Reference) -> Kind | None:
    """The first reason that forbids a verdict."""
    if found.rows is None:
        return "server"
    if found.sha256 != known.sha256:
        return "model"
    if found.shape == "symbols":
        return "symbols"
    if not found.reading.length:
        return "short"
    if found.language not in known.languages:
        return "mixed" if found.language == "mixed" else "language"
    shapes: dict[str, Kind] = {"lines": "lines", "repeats": "repeats"}
    return shapes.get(found.shape)


def wrong_share(base: float, caught: float, rate: float) -> float:
    """Of 100 % flagged texts, the share written by people, when ``base`` of all texts are generated (Bayes)."""
    flagged_all = base * caught + (1 - base) * rate
    return (1 - base) * rate / flagged_all if flagged_all else 0.0
