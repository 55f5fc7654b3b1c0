"""What the rules read and what they find: the sentences of the source beside a claim, conflicts, what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Alike = Callable[[str, str], bool]
Kind = Literal["number", "date", "name", "negation", "role"]
NEAR = 2  # sentences before the one compared in which a pronoun may find its name


@dataclass(frozen=True)
class Conflict:
    """One disagreement: its kind, what the claim says, what the source says.

    ``how`` refines negation ("opposite", "denied", "affirmed"); ``sure`` is false when the two
    may speak of different things (two numbers that count something else).
    """

    kind: Kind
    said: str
    found: str
    how: str = ""
    sure: bool = True


@dataclass(frozen=True)
class Missing:
    """A number, date or name of the claim that the source does not give."""

    kind: Kind
    said: str


@dataclass(frozen=True)
class Compared:
    """What the rules find between a claim and its evidence."""

    conflicts: list[Conflict] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)


@dataclass(frozen=True)
class Evidence:
    """The sentence of the source that a claim is compared with, and what helps to read it.

    ``main`` is compared; ``beside`` are further sentences that say a part of the claim; ``before`` are those that
    stand before ``main`` (pronouns); ``whole`` is the whole text of the source, with its title.
    """

    main: str
    beside: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    whole: str = ""
