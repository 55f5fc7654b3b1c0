"""What one turn of the conversation is made of: the plan, the evidence, the answer, the checks."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import Field

from knowledge.search import Hit
from tools.finding import Finding, Lang, Level, Record, Text

GAP = " […] "  # stands between two quoted sentences of one passage that are not neighbours


class Call(Record):
    """One tool with its arguments (only those that differ from the defaults need to stand here)."""

    name: str
    arguments: dict[str, Any] = Field(default_factory=dict)


class Plan(Record):
    """What to do with a request.

    ``kind``: "measure" runs ``tools``; "library" answers from passages;
    "explain" says more about the last finding (``aspect``: what about it);
    "card" answers a question about the assistant itself from its self-audit
    card; "decline" says that this is not something the laboratory does; "ask"
    puts one short question back.
    """

    kind: Literal["measure", "library", "explain", "card", "decline", "ask"]
    tools: list[Call] = Field(default_factory=list)
    aspect: str = ""
    level: Level | None = None
    confidence: float | None = None
    planner: Literal["nearest", "model", "follow-up", "reader"] = "nearest"
    ask: Text | None = None


class Passage(Hit):
    """A passage of the library as the answer cites it: ``[number]``."""

    number: int


class Block(Record):
    """A piece of the answer that is traced as a whole.

    ``passages`` and ``findings`` are the numbers of what it rests on;
    a "quote" is copied from its passage word for word, a "table" names a table
    of the finding, a "note" is the program speaking about its own work.
    """

    kind: Literal["sentence", "quote", "table", "note", "heading"] = "sentence"
    text: str
    passages: list[int] = Field(default_factory=list)
    findings: list[int] = Field(default_factory=list)


class Near(Record):
    """A document that is close to a question which it may not answer."""

    id: str
    title: str


class Checks(Record):
    """What the check of the answer found; everything removed is kept here, to be seen."""

    sentences: int = 0
    numbers: int = 0
    citations: int = 0
    numbers_removed: list[str] = Field(default_factory=list)
    citations_removed: list[str] = Field(default_factory=list)
    contradictions_removed: list[str] = Field(default_factory=list)
    sentences_removed: list[str] = Field(default_factory=list)

    @property
    def removed(self) -> int:
        """How many sentences did not reach the reader."""
        return len(self.sentences_removed)


class Phase(Record):
    """A step of the work as it is shown while waiting."""

    label: Text
    seconds: float = 0.0
    done: int = 0
    total: int = 0
    finished: bool = False


class Speaker(Record):
    """Who composes the words: the level, and the model when one narrates."""

    level: Literal["embedded", "local", "served"] = "embedded"
    model: str = ""


class Turn(Record):
    """One request and everything that came of it; goes to the notebook as it is."""

    id: str = Field(default_factory=lambda: uuid.uuid4().hex)
    conversation: str
    created: datetime = Field(default_factory=lambda: datetime.now(UTC))
    question: str
    lang: Lang = "en"
    level: Level = "curious"
    speaker: Speaker = Field(default_factory=Speaker)
    plan: Plan | None = None
    findings: list[Finding] = Field(default_factory=list)
    passages: list[Passage] = Field(default_factory=list)
    near: list[Near] = Field(default_factory=list)
    answer: list[Block] = Field(default_factory=list)
    checks: Checks = Field(default_factory=Checks)
    phases: list[Phase] = Field(default_factory=list)
    seconds: float = 0.0
    status: Literal["working", "done", "stopped", "failed"] = "working"
    error: Text | None = None
    fault: Literal["", "input", "failure"] = ""

    def cited(self) -> list[Passage]:
        """The passages that the answer rests on, in the order of their numbers."""
        used = {number for block in self.answer for number in block.passages}
        return [passage for passage in self.passages if passage.number in used]

    def text(self) -> str:
        """The answer as Markdown with its marks: [1] is a passage, [M1] a measurement."""
        return markdown(self.answer)


def marks(block: Block) -> str:
    """The citation marks of a block: " [1] [M1]"."""
    found = [f"[{n}]" for n in block.passages] + [f"[M{n}]" for n in block.findings]
    return (" " + " ".join(found)) if found else ""


def markdown(blocks: list[Block]) -> str:
    """Blocks as Markdown: consecutive sentences share a paragraph, quotes are set apart."""
    parts: list[str] = []
    previous = None
    for block in blocks:
        text = block.text + marks(block)
        if block.kind == "quote":
            text = "> " + text
        elif block.kind == "heading":
            text = f"**{block.text}**"
        elif block.kind == "note":
            text = f"*{block.text}*"
        if previous == block.kind == "sentence":
            parts[-1] += " " + text
        elif previous == block.kind == "quote":
            parts[-1] += "\n>\n" + text
        else:
            parts.append(text)
        previous = block.kind
    return "\n\n".join(parts)
