"""What a run found, for those that write and draw it."""

from __future__ import annotations

from dataclasses import dataclass

from tools.truth.claims.gate import Answer
from tools.truth.claims.sources import Evidence
from tools.truth.claims.splitting import Piece


@dataclass(frozen=True)
class Result:
    """The parts of the text, the evidence for each of its claims in order, and what it was compared with.

    ``given`` says that the source is a text typed in, and no file.
    """

    parts: list[Piece]
    evidence: list[Evidence]
    source: str
    built_in: bool
    library: bool
    given: bool = False
    model: str = ""

    @property
    def n(self) -> int:
        """How many claims."""
        return len(self.evidence)

    def count(self, answer: Answer) -> int:
        """How many claims have this verdict."""
        return sum(one.verdict.answer == answer for one in self.evidence)
