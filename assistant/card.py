"""The self-audit card: what the assistant measured about itself, when, on what, and how it compares with the last time.

``evals`` writes cards, the Audit tab shows them and the conversation answers from them. A card is a
JSON file in the state folder; the one that ships with the program (``knowledge/content/self-audit.json``)
speaks until this machine has measured its own.
"""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import Field

from assistant.turn import Speaker
from tools.finding import Lang, Record, Table, Text
from tools.specimens.home import home


class Number(Record):
    """A share or a mean with its 95 % interval and how many cases it rests on; ``None``: could not be computed."""

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int


class Baseline(Number):
    """What the measure is held against."""

    title: Text


class Measure(Number):
    """One number of the card. ``id`` is stable from card to card; ``target`` is the bound that was promised, if any."""

    id: str
    title: Text
    unit: Literal["share", "number", "seconds"] = "share"
    better: Literal["high", "low"] = "high"
    baseline: Baseline | None = None
    target: float | None = None

    @property
    def missed(self) -> bool:
        """Whether the value is on the wrong side of its target."""
        if self.target is None or self.value is None:
            return False
        return self.value < self.target if self.better == "high" else self.value > self.target


class Failure(Record):
    """A case that went wrong, as it was asked and answered; ``weight`` orders them, the worst first."""

    question: str
    lang: Lang
    answer: str
    why: Text
    weight: float = 1.0


class Suite(Record):
    """One evaluation: its numbers, its worst failures, what it cannot tell, and the log that holds every case."""

    name: str
    title: Text
    question: Text
    measures: list[Measure]
    failures: list[Failure] = Field(default_factory=list)
    tables: list[Table] = Field(default_factory=list)
    limits: Text
    log: str = ""
    seconds: float = 0.0


class Card(Record):
    """The numbers of one run of the self-audit."""

    made: datetime = Field(default_factory=lambda: datetime.now(UTC))
    version: str
    speaker: Speaker = Field(default_factory=Speaker)
    model_sha256: str = ""
    seed: int = 0
    seconds: float = 0.0
    suites: list[Suite]

    @property
    def key(self) -> str:
        """What tells it from the others: when it was made, and who spoke."""
        return f"{self.made:%Y%m%dT%H%M%S}-{self.speaker.level}"

    def measure(self, id: str) -> Measure | None:
        """The measure of that id, if the card has it."""
        return next((one for suite in self.suites for one in suite.measures if one.id == id), None)

    @property
    def failures(self) -> list[tuple[Suite, Failure]]:
        """Every failing example with its suite, the worst first; among equals, one of each suite before the next of any."""
        found = [(suite, one, at) for suite in self.suites for at, one in enumerate(suite.failures)]
        return [(suite, one) for suite, one, at in sorted(found, key=lambda row: (-row[1].weight, row[2]))]


def folder() -> Path:
    """Where the cards of this machine lie."""
    return home() / "evals" / "cards"


def save(card: Card) -> Path:
    """Keeps a card; returns its file."""
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / f"{card.key}.json"
    path.write_text(card.model_dump_json(indent=1), encoding="utf-8")
    return path


def made_here() -> list[Card]:
    """The cards of this machine, newest first; a file that is not a card is passed over."""
    found = []
    for path in sorted(folder().glob("*.json"), reverse=True):
        try:
            found.append(Card.model_validate_json(path.read_text(encoding="utf-8")))
        except ValueError:
            continue
    return found


def shipped() -> Card | None:
    """The card that came with the program."""
    path = files("knowledge") / "content" / "self-audit.json"
    return Card.model_validate_json(path.read_text(encoding="utf-8")) if path.is_file() else None


def latest() -> Card | None:
    """The newest card of this machine, else the one that came with the program."""
    here = made_here()
    return here[0] if here else shipped()


def of(speaker: Speaker) -> Card | None:
    """The newest card on answers by that speaker, made here or shipped; the newest of all when there is none."""
    return next((one for one in by_speaker() if one.speaker == speaker), None) or latest()


def by_speaker() -> list[Card]:
    """The newest card of each speaker, those made here before the shipped one; embedded, local, served."""
    origin = shipped()
    newest: dict[tuple[str, str], Card] = {}
    for one in [*made_here(), *([origin] if origin else [])]:
        newest.setdefault((one.speaker.level, one.speaker.model), one)
    levels = ("embedded", "local", "served")
    return sorted(newest.values(), key=lambda one: (levels.index(one.speaker.level), one.speaker.model))


def before(card: Card) -> Card | None:
    """The card to compare with: the one made before it by the same kind of speaker, else the shipped one."""
    earlier = [one for one in made_here() if one.made < card.made and one.speaker == card.speaker]
    if earlier:
        return earlier[0]
    origin = shipped()
    return origin if origin and origin.made < card.made and origin.speaker == card.speaker else None
