"""What a reference is once it is read, and what a check of it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["reference", "bibtex", "in_text", "decision"]
Verdict = Literal["exact", "near", "nothing", "impossible"]
VERDICTS: tuple[Verdict, ...] = ("exact", "near", "nothing", "impossible")


@dataclass(frozen=True)
class Parsed:
    """A reference as it was written, field by field ("" or ``None``: not given).

    ``start`` and ``end`` are its place in the text, in characters; ``spans`` says where in
    ``raw`` a field stands. ``authors`` is the passage that names them, not yet split.
    """

    raw: str
    start: int
    end: int
    kind: Kind = "reference"
    authors: str = ""
    year: int | None = None
    title: str = ""
    venue: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    named: bool = True  # the title stands in quotation marks, in italics or in a field: its ends are certain
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Work:
    """A work that exists, from the bibliography or from Crossref; an author is "Family, Given" or an organisation."""

    key: str
    authors: tuple[str, ...]
    year: int | None
    title: str
    venue: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    about: str = ""  # notes, series, institution: words that a reference may carry too
    source: str = "bibliography"


@dataclass(frozen=True)
class Difference:
    """A field that the reference and the work do not share: what is written, what the work has.

    ``wrong`` are the words (or names) of ``given`` that the work does not have; ``right`` those, in its title, that stand there.
    """

    field: str
    given: str
    found: str
    wrong: tuple[str, ...] = ()
    right: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """Why a reference contradicts itself or what is known: a code, and what the sentence about it needs."""

    code: str
    given: str = ""
    other: str = ""
    key: str = ""


@dataclass(frozen=True)
class Checked:
    """The verdict on one reference.

    Attributes:
        key: the work it is compared with ("" when nothing was found).
        compared: the fields that are given and agree.
        also: further works that fit as well (an author and a year may name several).
        closest: with nothing found, the work whose title is the closest, when it is close at all.
        similarity: of the titles, from 0 to 1; ``None`` without a title.
        recorded: the key of a work that records this reference as invented ("" when none does).
    """

    parsed: Parsed
    verdict: Verdict
    key: str = ""
    work: Work | None = None
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()
    compared: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    closest: Work | None = None
    similarity: float | None = None
    recorded: str = ""
    searched: tuple[str, ...] = ("bibliography",)

    @property
    def span(self) -> tuple[int, int]:
        """Where the reference stands in the text, in characters."""
        return self.parsed.start, self.parsed.end
