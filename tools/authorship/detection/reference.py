"""The measured reference of ``detect_ai_text``: a classifier for each language and length, and passages of known origin.

``reference.json`` is written by ``benchmarks/detection_reference.py``; it holds numbers, no text.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from pydantic import Field

from tools.authorship.detection.statistics import Floats
from tools.finding import Record, Text

FILE = Path(__file__).with_name("reference.json")


class Group(Record):
    """Passages of one kind and the score of each, by a classifier that was not fitted on it.

    ``people``: whether people wrote them. ``counts``: whether they set the thresholds; the others are
    only there to see who is hurt. ``unseen``: how many are flagged at 1 % and at 5 % by a classifier
    and a threshold that never saw this kind of text.
    """

    label: Text
    people: bool
    counts: bool = True
    scores: list[float]
    unseen: list[int] = Field(default_factory=list)


class Classifier(Record):
    """A logistic regression on standardised features: Σ weight · (feature − centre) / scale + bias, a logarithm of odds.

    ``slope`` and ``offset`` turn it into a probability when as many passages are generated as not (Platt).
    """

    centre: list[float]
    scale: list[float]
    weights: list[float]
    bias: float
    slope: float
    offset: float

    def scores(self, rows: Floats) -> Floats:
        """The log-odds of each row of features, shape (pieces,)."""
        standard = (rows - np.array(self.centre)) / np.array(self.scale)
        return np.asarray(standard @ np.array(self.weights) + self.bias)

    def probability(self, score: float) -> float:
        """Of having been generated, were half of all passages generated."""
        return float(1 / (1 + np.exp(-np.clip(self.slope * score + self.offset, -30, 30))))


class Bin(Record):
    """Passages whose probability falls in one bin: how many, their mean probability, how many were generated (weighted to halves)."""

    n: int
    said: float
    true: float


class Scale(Record):
    """One language and one length in scored tokens.

    ``medians``: of each statistic over the passages by people. ``auroc``: of each statistic and of the
    classifier ("classifier"). ``error``: expected calibration error.
    """

    language: str
    tokens: int
    classifier: Classifier
    groups: list[Group]
    medians: dict[str, float]
    auroc: dict[str, float]
    bins: list[Bin]
    error: float

    @property
    def people(self) -> Floats:
        """The scores that set the threshold, in ascending order."""
        return np.sort([score for group in self.groups if group.people and group.counts for score in group.scores])

    @property
    def generated(self) -> Floats:
        """The scores of the generated passages, in ascending order."""
        return np.sort([score for group in self.groups if not group.people for score in group.scores])


class Known(Record):
    """A famous text written by people: its score at the longest length it reaches."""

    label: Text
    language: str
    tokens: int
    score: float


class Reference(Record):
    """The file. ``sha256`` is the hash of the model's weights, as findings give it; ``made`` says with what."""

    model: str
    sha256: str
    features: list[str]
    people: dict[str, Text]
    generated: dict[str, Text]
    made: dict[str, str]
    scales: list[Scale] = Field(min_length=1)
    known: list[Known]

    @property
    def languages(self) -> list[str]:
        """Those that have a scale."""
        return list(dict.fromkeys(scale.language for scale in self.scales))

    def scale(self, language: str, tokens: int) -> Scale | None:
        """The scale of this language and this very length."""
        return next((s for s in self.scales if s.language == language and s.tokens == tokens), None)


@lru_cache(maxsize=1)
def load() -> Reference:
    """The reference that ships with the tool."""
    return Reference.model_validate_json(FILE.read_text(encoding="utf-8"))
