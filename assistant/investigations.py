"""A person's way through a walkthrough, as the notebook keeps it.

Every change is one transaction on one row that says how often it was written, so
that a crash loses nothing before it and two windows on the same investigation never undo each other.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import cast

import sqlalchemy as sql
from pydantic import Field
from sqlalchemy.engine import Engine as Database
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.schema import CreateIndex, CreateTable

from assistant.notebook import Base, Notebook
from tools.errors import AutopsieError, BadInput
from tools.finding import Finding, Lang, Level, Record

TRIES = 50  # a change is applied again to what another window has just written


class Investigation(Record):
    """Everything of one way through one walkthrough.

    ``version`` is the hash of the content it was begun with; ``answers`` are the predictions,
    the ways taken and the answers to open questions, by step; ``seen`` are the steps visited, in order.
    ``imported`` marks the investigation of someone else.
    """

    id: str = Field(default_factory=lambda: uuid.uuid4().hex)
    walkthrough: str
    version: str = ""
    created: datetime = Field(default_factory=lambda: datetime.now(UTC))
    changed: datetime = Field(default_factory=lambda: datetime.now(UTC))
    lang: Lang = "en"
    level: Level = "curious"
    position: str = ""
    answers: dict[str, float | str] = Field(default_factory=dict)
    findings: dict[str, Finding] = Field(default_factory=dict)
    notes: dict[str, str] = Field(default_factory=dict)
    author: str = ""
    imported: bool = False
    seen: tuple[str, ...] = ()
    done: bool = False


class InvestigationRow(Base):
    """An investigation as JSON, with what lists are made of beside it; ``writes`` counts its changes."""

    __tablename__ = "investigations"
    id: Mapped[str] = mapped_column(sql.String(32), primary_key=True)
    walkthrough: Mapped[str] = mapped_column(sql.String(128), index=True)
    changed: Mapped[datetime] = mapped_column(sql.DateTime(timezone=True), index=True)
    done: Mapped[bool] = mapped_column(default=False)
    writes: Mapped[int] = mapped_column(default=0)
    record: Mapped[str] = mapped_column(sql.Text)


_TABLE = cast(sql.Table, InvestigationRow.__table__)


def save(notebook: Notebook, investigation: Investigation) -> None:
    """Writes an investigation whole, in one transaction; saving it again replaces it.

    The figures of a private finding are left out: a visitor's picture is not stored.
    """
    with _session(notebook) as session, session.begin():
        row = session.get(InvestigationRow, investigation.id)
        if row is None:
            session.add(InvestigationRow(id=investigation.id, writes=0, **_columns(investigation)))
        else:
            for name, value in _columns(investigation).items():
                setattr(row, name, value)
            row.writes += 1


def load(notebook: Notebook, identifier: str) -> Investigation:
    """One investigation; ``BadInput`` when there is none of this id."""
    return _read(notebook, identifier)[0]


def change(notebook: Notebook, identifier: str, apply: Callable[[Investigation], object]) -> Investigation:
    """Applies a change to what the notebook holds now, in one transaction; gives what it holds then."""
    for attempt in range(TRIES):
        investigation, writes = _read(notebook, identifier)
        apply(investigation)
        investigation.changed = datetime.now(UTC)
        row = sql.update(InvestigationRow).where(InvestigationRow.id == identifier, InvestigationRow.writes == writes)
        with _session(notebook) as session, session.begin():
            result = session.execute(row.values(writes=writes + 1, **_columns(investigation)))
            if cast("sql.CursorResult[object]", result).rowcount:
                return investigation
        time.sleep(0.002 * attempt)
    raise AutopsieError(
        "The investigation is being changed elsewhere without pause. Close its other windows and try again.",
        "L’enquête est modifiée ailleurs sans arrêt. Fermez ses autres fenêtres et recommencez.",
    )


def delete(notebook: Notebook, identifier: str) -> None:
    """Takes an investigation out of the notebook; ``BadInput`` when there is none."""
    with _session(notebook) as session, session.begin():
        row = session.get(InvestigationRow, identifier)
        if row is None:
            raise _unknown(identifier)
        session.delete(row)


def _read(notebook: Notebook, identifier: str) -> tuple[Investigation, int]:
    with _session(notebook) as session:
        row = session.get(InvestigationRow, identifier)
        if row is None:
            raise _unknown(identifier)
        return Investigation.model_validate(json.loads(row.record)), row.writes


def _columns(investigation: Investigation) -> dict[str, object]:
    """The columns of a row but its id and its count."""
    shown = {
        step: found.model_copy(update={"figures": []}) if found.private else found
        for step, found in investigation.findings.items()
    }
    return {
        "walkthrough": investigation.walkthrough,
        "changed": investigation.changed,
        "done": investigation.done,
        "record": investigation.model_copy(update={"findings": shown}).model_dump_json(),
    }


def _unknown(identifier: str) -> BadInput:
    return BadInput(
        f"The notebook has no investigation '{identifier}'.", f"Le cahier n’a pas d’enquête « {identifier} »."
    )


@contextmanager
def _session(notebook: Notebook) -> Iterator[Session]:
    """A session on the notebook's database; a database that fails says so in a sentence."""
    try:
        with Session(_with_table(notebook._database)) as session:
            yield session
    except SQLAlchemyError as error:
        raise AutopsieError(
            f"The notebook could not be read or written ({type(error).__name__}). Check the space and the rights of its folder.",
            f"Le cahier n’a pas pu être lu ou écrit ({type(error).__name__}). Vérifiez la place et les droits de son dossier.",
        ) from error


@lru_cache(maxsize=16)
def _with_table(database: Database) -> Database:
    """The notebook's database, where the table stands once this was asked; two processes may ask at once."""
    with database.begin() as connection:
        connection.execute(CreateTable(_TABLE, if_not_exists=True))
        for index in _TABLE.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))
    return database


def list(notebook: Notebook, walkthrough: str = "", done: bool | None = None) -> Sequence[Investigation]:
    """The investigations of the notebook, the latest change first; of one walkthrough, or only finished ones."""
    wanted = sql.select(InvestigationRow.record).order_by(InvestigationRow.changed.desc())
    if walkthrough:
        wanted = wanted.where(InvestigationRow.walkthrough == walkthrough)
    if done is not None:
        wanted = wanted.where(InvestigationRow.done == done)
    with _session(notebook) as session:
        return [Investigation.model_validate(json.loads(record)) for record in session.scalars(wanted)]
