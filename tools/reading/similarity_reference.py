"""The measured reference of ``similarity``: pairs of texts of known kind, and the thresholds they allow.

``similarity_reference.json`` is written by ``python -m tools.reading.similarity_calibrate``. Four settings:
two texts in one language or in two, a sentence or a passage long.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from tools.finding import Record
from tools.reading.similarity_measure import Meaning, Overlap

FILE = Path(__file__).with_name("similarity_reference.json")
FEWEST_WORDS = 6  # of the shorter text; below, nothing is concluded
PASSAGE = 40  # words from which a text is judged as a passage, not as a sentence
PART = (
    0.25  # of the words: as much in sentences found in the other text, and as much in sentences without a counterpart
)

Kind = Literal["copy", "rewording", "partial", "subject", "different"]
Measure = Literal["meaning", "contained", "shared", "run_share", "edits"]
Reason = Literal["short", "encoder", "language"]
KINDS: tuple[Kind, ...] = ("copy", "rewording", "partial", "subject", "different")
MEASURES: tuple[Measure, ...] = ("meaning", "contained", "shared", "run_share", "edits")


class Spread(Record):
    """Where the values of one measure lie: 5th percentile, median, 95th percentile."""

    low: float
    median: float
    high: float


class Group(Record):
    """The held-out pairs of one kind: how many, where each measure lies, how many got each verdict."""

    kind: Kind
    n: int
    spread: dict[Measure, Spread]
    verdicts: dict[Kind, int]


class Setting(Record):
    """Pairs in one language (``across`` false) or in two, of sentences or of passages.

    From ``copy_from`` up, the contained sequences make a copy: there, copies and rewordings are best told
    apart (``None`` in two languages, where nothing is copied word for word). From ``rewording_from`` up, the
    meaning is the same: 95 % of neighbours stay under. From ``subject_from`` up, the subject is the same: 95 %
    of unrelated pairs stay under. A single sentence of the shorter text is found from ``found_from`` up, above
    95 % of the sentences of neighbours, and absent below ``absent_under``, where 60 % of them lie. The
    thresholds were fitted on other documents than the groups.
    ``neighbours`` are the meanings of the held-out pairs of neighbours, sorted.
    """

    across: bool
    passage: bool
    copy_from: float | None
    rewording_from: float
    subject_from: float
    found_from: float
    absent_under: float
    fitted: int
    groups: list[Group]
    neighbours: list[float]

    def group(self, kind: Kind) -> Group | None:
        """The pairs of one kind; ``None`` when the setting has none."""
        return next((group for group in self.groups if group.kind == kind), None)

    def verdict(self, overlap: Overlap, meaning: Meaning) -> Kind:
        """The kind that a pair is taken for."""
        if self.copy_from is not None and overlap.contained >= self.copy_from:
            return "copy"
        total = sum(one.words for one in meaning.pairings)
        found = sum(one.words for one in meaning.pairings if one.cosine >= self.found_from)
        absent = sum(one.words for one in meaning.pairings if one.cosine < self.absent_under)
        if min(found, absent) >= PART * total:
            return "partial"
        if meaning.value >= self.rewording_from:
            return "rewording"
        return "subject" if meaning.value >= self.subject_from else "different"

    def as_close(self, meaning: float) -> float:
        """p: the share of neighbouring texts of one document at least as close, this pair counted with them."""
        return (sum(value >= meaning for value in self.neighbours) + 1) / (len(self.neighbours) + 1)


class Reference(Record):
    """The file. ``sha256`` is the hash of the encoder's weights, ``library`` that of the documents used."""

    encoder: str
    sha256: str
    library: str
    made: dict[str, str]
    settings: list[Setting] = Field(min_length=4)

    def setting(self, across: bool, passage: bool) -> Setting:
        """One of the four."""
        return next(one for one in self.settings if (one.across, one.passage) == (across, passage))


@dataclass(frozen=True)
class Verdict:
    """The setting the pair belongs to, and its kind, or the reason why none is given."""

    setting: Setting
    kind: Kind | None
    reason: Reason | None = None


@lru_cache(maxsize=1)
def load() -> Reference:
    """The reference that ships with the tool."""
    return Reference.model_validate_json(FILE.read_text(encoding="utf-8"))


def judge(overlap: Overlap, meaning: Meaning, languages: tuple[str, str], sha256: str) -> Verdict:
    """The verdict on a pair, or the first reason that forbids one."""
    reference = load()
    across = languages[0] != languages[1]
    setting = reference.setting(across, overlap.words >= PASSAGE)
    if sha256 != reference.sha256:
        return Verdict(setting, None, "encoder")
    if overlap.words < FEWEST_WORDS:
        return Verdict(setting, None, "short")
    if not {"en", "fr"} >= set(languages):
        return Verdict(setting, None, "language")
    return Verdict(setting, setting.verdict(overlap, meaning))
