"""Attempts at exercises of the prompt workshop, as the notebook keeps them: one row each, written once it is complete."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import cast

import sqlalchemy as sql
from pydantic import Field
from sqlalchemy.orm import Mapped, mapped_column

from assistant.investigations import open_session
from assistant.notebook import Base, Notebook
from knowledge.exercises import Prompt
from tools.errors import BadInput
from tools.finding import Lang, Record, Text
from tools.prompting.trial import Pair, Sheet


class Attempt(Record):
    """A prompt that was tried on an exercise: both sheets, the comparison, and whether it passed.

    ``version`` is the hash of the exercise as it was then; ``notes`` say what was odd about the prompt.
    """

    id: str = Field(default_factory=lambda: uuid.uuid4().hex)
    exercise: str
    lang: Lang
    version: str
    visitor: str = ""
    created: datetime = Field(default_factory=lambda: datetime.now(UTC))
    seed: int
    start: Sheet
    sheet: Sheet
    pair: Pair
    pass_mark: float
    notes: list[Text] = Field(default_factory=list)
    reference: bool = False

    @property
    def prompt(self) -> Prompt:
        """The prompt that was tried."""
        return self.sheet.prompt

    @property
    def clear(self) -> bool:
        """Whether it is better than the start beyond chance."""
        return self.pair.clear

    @property
    def passed(self) -> bool:
        """Whether it is clearly better than the start and reaches the mark."""
        return self.clear and self.pair.mean_b >= self.pass_mark


class AttemptRow(Base):
    """An attempt as JSON, with what lists are made of beside it."""

    __tablename__ = "attempts"
    id: Mapped[str] = mapped_column(sql.String(32), primary_key=True)
    visitor: Mapped[str] = mapped_column(sql.String(64), index=True)
    exercise: Mapped[str] = mapped_column(sql.String(64), index=True)
    lang: Mapped[str] = mapped_column(sql.String(2))
    created: Mapped[datetime] = mapped_column(sql.DateTime(timezone=True))
    passed: Mapped[bool]
    score: Mapped[float]
    record: Mapped[str] = mapped_column(sql.Text)


_TABLE = cast(sql.Table, AttemptRow.__table__)


def save(notebook: Notebook, attempt: Attempt) -> None:
    """Writes an attempt in one transaction."""
    with open_session(notebook, _TABLE) as session, session.begin():
        session.add(
            AttemptRow(
                id=attempt.id, visitor=attempt.visitor, exercise=attempt.exercise, lang=attempt.lang, created=attempt.created,
                passed=attempt.passed, score=attempt.pair.mean_b, record=attempt.model_dump_json(),
            )
        )  # fmt: skip


def load(notebook: Notebook, identifier: str) -> Attempt:
    """One attempt; ``BadInput`` when there is none of this id."""
    with open_session(notebook, _TABLE) as session:
        row = session.get(AttemptRow, identifier)
        if row is None:
            raise BadInput(
                f"The notebook has no attempt '{identifier}'.", f"Le cahier n’a pas d’essai « {identifier} »."
            )
        return Attempt.model_validate(json.loads(row.record))


def attempts(notebook: Notebook, exercise: str = "", lang: str = "", visitor: str | None = None) -> list[Attempt]:
    """The attempts kept, the best first (passed, then score, then the earlier one); of one exercise, language, visitor."""
    wanted = sql.select(AttemptRow.record).order_by(
        AttemptRow.passed.desc(), AttemptRow.score.desc(), AttemptRow.created
    )
    for column, value in ((AttemptRow.exercise, exercise), (AttemptRow.lang, lang)):
        wanted = wanted.where(column == value) if value else wanted
    if visitor is not None:
        wanted = wanted.where(AttemptRow.visitor == visitor)
    with open_session(notebook, _TABLE) as session:
        return [Attempt.model_validate(json.loads(record)) for record in session.scalars(wanted)]
