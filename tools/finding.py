"""The one thing every tool returns: a measurement that can be traced, drawn and run again.

A finding is composed for three kinds of reader from the same parts, so that no
two explanations of one measurement can disagree.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Lang = Literal["en", "fr"]
Level = Literal["curious", "student", "engineer"]


class Record(BaseModel):
    """A pydantic model that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid")


def french(text: str) -> str:
    """Narrow no-break spaces where French wants them, so that no line begins with « : »."""
    return re.sub(r"« ", "«\u202f", re.sub(r"(?<=\S) (?=[:;!?»%](?:\s|$|[),.]))", "\u202f", text))


class Text(Record):
    """The same words in English and in French; the French gets its no-break spaces here."""

    en: str
    fr: Annotated[str, AfterValidator(french)]

    def get(self, lang: str) -> str:
        """The French text for ``"fr"``, the English one otherwise."""
        return self.fr if lang == "fr" else self.en


def both(write: Callable[..., str], *arguments: object) -> Text:
    """What ``write(*arguments, lang)`` says in each language."""
    return Text(en=write(*arguments, "en"), fr=write(*arguments, "fr"))


def same(text: str) -> Text:
    """A text that reads the same in both languages (a name, a formula)."""
    return Text(en=text, fr=text)


Cell = str | int | float | bool | None | Text


class Specimen(Record):
    """What was examined: a model or a data set, and how to find the very same one.

    ``sha256`` is the hash of the bytes that were read (for a folder, of its weight
    files in name order); ``None`` only for a model behind a server, whose weights
    cannot be seen from here.
    """

    name: str
    source: str
    revision: str
    sha256: str | None
    licence: str = ""


class Estimate(Record):
    """One number with what is needed to judge it.

    Args:
        name: a stable identifier, for programs ("effect_size").
        label: what it is called for people.
        value: the estimate; ``None`` when it could not be computed.
        unit: "" for a pure number, else "nat/token", "%", "words"…
        low, high: bounds of the interval at ``confidence``.
        p: p-value, with ``test`` saying which one and over how many draws.
        n: how many items it rests on.
        baseline: what the value would be if there were nothing to see.
    """

    name: str
    label: Text
    value: float | None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    confidence: float | None = None
    p: float | None = None
    test: Text | None = None
    n: int | None = None
    baseline: float | None = None
    baseline_label: Text | None = None


class Table(Record):
    """Rows of cells under bilingual headings; every row has one cell a column."""

    name: str
    title: Text
    columns: list[Text]
    rows: list[list[Cell]]


class Figure(Record):
    """A picture and the words that replace it.

    ``data`` is SVG source for ``image/svg+xml`` and base64 for ``image/png``;
    ``lang`` says in which language its labels are written.
    """

    name: str
    media_type: Literal["image/svg+xml", "image/png"]
    data: str
    alt: Text
    lang: Lang = "en"


def _rounded(part: Any) -> Any:
    """The same record with numbers to six digits: the last bits change with the count of threads."""
    if isinstance(part, float):
        return float(f"{part:.6g}")
    if isinstance(part, dict):
        return {key: _rounded(value) for key, value in part.items()}
    return [_rounded(value) for value in part] if isinstance(part, list) else part


class Finding(Record):
    """The result of one run of one tool (see the module docstring)."""

    tool: str
    version: str
    question: Text
    arguments: dict[str, Any]
    seed: int
    specimen: Specimen
    seconds: float = 0.0
    estimates: list[Estimate]
    tables: list[Table] = Field(default_factory=list)
    figures: list[Figure] = Field(default_factory=list)
    summary: Text
    how_to_read: Text
    limits: Text
    references: list[str] = Field(default_factory=list)
    rerun: str = ""
    private: bool = False  # it shows what the person brought: its figures are seen, not stored

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits that name what was measured, on what, with which result."""
        same_run = _rounded(self.model_dump(exclude={"seconds", "figures", "private"}, mode="json"))
        blob = json.dumps(same_run, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(blob.encode()).hexdigest()[:12]

    def estimate(self, name: str) -> Estimate:
        """The estimate called ``name``; ``KeyError`` when there is none."""
        for estimate in self.estimates:
            if estimate.name == name:
                return estimate
        raise KeyError(f"{self.tool} has no estimate {name!r}: {[e.name for e in self.estimates]}")

    def table(self, name: str) -> Table:
        """The table called ``name``; ``KeyError`` when there is none."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(f"{self.tool} has no table {name!r}: {[t.name for t in self.tables]}")
