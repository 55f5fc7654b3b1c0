"""The measured reference of ``detect_ai_text``: curvatures of passages of known origin, and what they allow one to say.

``reference.json`` is written by ``benchmarks/detect_reference.py``. Curvature grows with the square
root of the length, so passages were measured over the same count of tokens, and a text is brought
down to the nearest count it reaches: d · √(count / tokens).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import Field

from tools.finding import Record, Specimen, Text

FILE = Path(__file__).with_name("reference.json")
SHORTEST = 60  # tokens below which nothing is said
LEVEL = 0.95


class Group(Record):
    """Passages of one kind, with the curvature of each; ``people`` says whether people wrote them."""

    label: Text
    people: bool
    curvature: list[float]


class Length(Record):
    """All groups, measured over the first ``tokens`` scored tokens of each passage.

    ``likelihood`` and ``log_rank`` are the medians, over the passages by people, of their means per token.
    """

    tokens: int
    likelihood: float
    log_rank: float
    groups: list[Group]


class Known(Record):
    """A famous text written by people, over the longest of the lengths that it reaches."""

    label: Text
    tokens: int
    curvature: float


class Reference(Record):
    """The file. ``sha256`` is the hash of the model's weights, as findings give it; ``made`` says with what."""

    model: str
    sha256: str
    language: Literal["en"]
    people: Text
    generated: Text
    made: dict[str, str]
    lengths: list[Length] = Field(min_length=1)
    known: list[Known]


@lru_cache(maxsize=1)
def load() -> Reference:
    """The reference that ships with the tool."""
    return Reference.model_validate_json(FILE.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Scale:
    """One length of the reference, with its two bounds.

    Above ``flag``, a text is flagged: ``LEVEL`` of the passages by people stay under it. Under
    ``low``, it is unlike the generated passages: ``LEVEL`` of them stay above it.
    """

    length: Length
    flag: float
    low: float

    @property
    def people(self) -> list[Group]:
        """The groups of passages written by people."""
        return [group for group in self.length.groups if group.people]

    @property
    def median(self) -> float:
        """The median curvature of the passages by people."""
        return float(np.median([value for group in self.people for value in group.curvature]))

    @property
    def generated(self) -> list[Group]:
        """The groups of generated passages."""
        return [group for group in self.length.groups if not group.people]

    def brought(self, value: float, tokens: int) -> float:
        """A curvature over ``tokens`` tokens, brought to this length."""
        return value * math.sqrt(self.length.tokens / tokens)

    def flagged(self, group: Group) -> int:
        """How many passages of a group lie above the flag."""
        return sum(value > self.flag for value in group.curvature)


def scale(reference: Reference, tokens: int) -> Scale | None:
    """The longest length that ``tokens`` reaches; ``None`` for a text shorter than all."""
    reached = [length for length in reference.lengths if length.tokens <= tokens]
    if not reached:
        return None
    length = max(reached, key=lambda one: one.tokens)
    people = [v for group in length.groups if group.people for v in group.curvature]
    generated = [v for group in length.groups if not group.people for v in group.curvature]
    return Scale(length, float(np.quantile(people, LEVEL)), float(np.quantile(generated, 1 - LEVEL)))


Kind = Literal["flagged", "unlike", "unclear", "short", "server", "model", "language"]


@dataclass(frozen=True)
class Verdict:
    """What may be said of a text: ``kind``, the scale it was laid on and its place there (``None`` without a verdict)."""

    kind: Kind
    scale: Scale | None = None
    place: float | None = None


def judge(value: float | None, tokens: int, specimen: Specimen, language: str) -> Verdict:
    """The verdict on a curvature (``None``: not measured), with the first reason that forbids one."""
    reference = load()
    if value is None:
        return Verdict("server")
    if specimen.sha256 != reference.sha256:
        return Verdict("model")
    if tokens < SHORTEST:
        return Verdict("short")
    if language != reference.language:
        return Verdict("language")
    found = scale(reference, tokens)
    if found is None:
        return Verdict("short")
    place = found.brought(value, tokens)
    if place > found.flag and place >= found.low:
        return Verdict("flagged", found, place)
    if place < found.low and place <= found.flag:
        return Verdict("unlike", found, place)
    return Verdict("unclear", found, place)
