"""A person's way through a walkthrough, as the notebook keeps it.

Every change is one transaction on one row that says how often it was written, so
that a crash loses nothing before it and two windows on the same investigation never undo each other.
"""

from __future__ import annotations

import json
import shutil
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import cast

import sqlalchemy as sql
from pydantic import Field
from sqlalchemy.engine import Engine as Database
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.schema import CreateColumn, CreateIndex, CreateTable

from assistant.notebook import Base, ConversationRow, FindingRow, Notebook, TurnRow
from tools.errors import AutopsieError, BadInput
from tools.finding import Finding, Lang, Level, Record
from tools.specimens.home import home

TRIES = 50  # a change is applied again to what another window has just written


class Way(Record):
    """One way through one walkthrough, without what was measured on it.

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
    notes: dict[str, str] = Field(default_factory=dict)
    author: str = ""
    imported: bool = False
    seen: tuple[str, ...] = ()
    done: bool = False


class Investigation(Way):
    """Everything of one way through one walkthrough: the measurements by step, too."""

    findings: dict[str, Finding] = Field(default_factory=dict)


class Listed(Way):
    """An investigation as a list has it: ``measured`` says how many measurements it holds."""

    measured: int = 0


class InvestigationRow(Base):
    """An investigation as JSON, with what lists are made of beside it; ``writes`` counts its changes.

    ``listed`` is a ``Listed``; ``told`` is what the gallery has made of the record, "" before and after each change.
    """

    __tablename__ = "investigations"
    id: Mapped[str] = mapped_column(sql.String(32), primary_key=True)
    walkthrough: Mapped[str] = mapped_column(sql.String(128), index=True)
    changed: Mapped[datetime] = mapped_column(sql.DateTime(timezone=True), index=True)
    done: Mapped[bool] = mapped_column(default=False)
    writes: Mapped[int] = mapped_column(default=0)
    listed: Mapped[str] = mapped_column(sql.Text, default="", server_default="")
    told: Mapped[str] = mapped_column(sql.Text, default="", server_default="")
    record: Mapped[str] = mapped_column(sql.Text)  # the last: what stands behind a megabyte is slow to reach in SQLite


_TABLE = cast(sql.Table, InvestigationRow.__table__)


def save(notebook: Notebook, investigation: Investigation) -> None:
    """Writes an investigation whole, in one transaction; saving it again replaces it.

    The figures of a private finding are left out: a visitor's picture is not stored.
    """
    with open_session(notebook) as session, session.begin():
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


def listed(notebook: Notebook, identifier: str) -> Listed:
    """One investigation without its findings; ``BadInput`` when there is none of this id."""
    found = load(notebook, identifier)
    return Listed.model_validate_json(_listed(found))


def change(notebook: Notebook, identifier: str, apply: Callable[[Investigation], object]) -> Investigation:
    """Applies a change to what the notebook holds now, in one transaction; gives what it holds then."""
    for attempt in range(TRIES):
        investigation, writes = _read(notebook, identifier)
        apply(investigation)
        investigation.changed = datetime.now(UTC)
        row = sql.update(InvestigationRow).where(InvestigationRow.id == identifier, InvestigationRow.writes == writes)
        with open_session(notebook) as session, session.begin():
            result = session.execute(row.values(writes=writes + 1, **_columns(investigation)))
            if cast("sql.CursorResult[object]", result).rowcount:
                return investigation
        time.sleep(0.002 * attempt)
    raise AutopsieError(
        "The investigation is being changed elsewhere without pause. Close its other windows and try again.",
        "L’enquête est modifiée ailleurs sans arrêt. Fermez ses autres fenêtres et recommencez.",
    )


def delete(notebook: Notebook, identifier: str) -> None:
    """Takes an investigation out of the notebook, with the questions asked on its way and the files of its report.

    ``BadInput`` when there is none of this id.
    """
    with open_session(notebook) as session, session.begin():
        row = session.get(InvestigationRow, identifier)
        if row is None:
            raise _unknown(identifier)
        session.delete(row)
        asked = sql.select(TurnRow.id).where(TurnRow.conversation == identifier)
        session.execute(sql.delete(FindingRow).where(FindingRow.turn.in_(asked)))
        session.execute(sql.delete(TurnRow).where(TurnRow.conversation == identifier))
        session.execute(sql.delete(ConversationRow).where(ConversationRow.id == identifier))
    shutil.rmtree(report_folder(identifier), ignore_errors=True)


def report_folder(identifier: str) -> Path:
    """Where the page writes the files of this investigation's report."""
    return home() / "exports" / "reports" / identifier


def _read(notebook: Notebook, identifier: str) -> tuple[Investigation, int]:
    with open_session(notebook) as session:
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
        "listed": _listed(investigation),
        "told": "",
    }


def _listed(investigation: Investigation) -> str:
    way = investigation.model_dump(exclude={"findings"})
    return Listed(**way, measured=len(investigation.findings)).model_dump_json()


def _unknown(identifier: str) -> BadInput:
    return BadInput(
        f"The notebook has no investigation '{identifier}'.", f"Le cahier n’a pas d’enquête « {identifier} »."
    )


@contextmanager
def open_session(notebook: Notebook, table: sql.Table = _TABLE) -> Iterator[Session]:
    """A session on the notebook's database, where ``table`` stands; a database that fails says so in a sentence."""
    try:
        with Session(_with_table(notebook._database, table)) as session:
            yield session
    except SQLAlchemyError as error:
        raise AutopsieError(
            f"The notebook could not be read or written ({type(error).__name__}). Check the space and the rights of its folder.",
            f"Le cahier n’a pas pu être lu ou écrit ({type(error).__name__}). Vérifiez la place et les droits de son dossier.",
        ) from error


@lru_cache(maxsize=16)
def _with_table(database: Database, table: sql.Table) -> Database:
    """The notebook's database, where the table stands once this was asked; two processes may ask at once."""
    with database.begin() as connection:
        connection.execute(CreateTable(table, if_not_exists=True))
        for index in table.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))
    for column in table.columns:
        _with_column(database, table.name, column)
    return database


def _with_column(database: Database, table: str, column: sql.Column[object]) -> None:
    """Gives a table that an earlier version made the column it lacks; another process may just have done so."""

    def lacks() -> bool:
        return column.name not in {one["name"] for one in sql.inspect(database).get_columns(table)}

    if lacks():
        try:
            with database.begin() as connection:
                made = CreateColumn(column).compile(dialect=database.dialect)
                connection.execute(sql.text(f"ALTER TABLE {table} ADD COLUMN {made}"))
        except SQLAlchemyError:
            if lacks():
                raise


def shelf(notebook: Notebook) -> Sequence[tuple[str, int, str]]:
    """Of each finished investigation its id, its count of changes, and what the gallery has made of it ("" for nothing yet)."""
    wanted = sql.select(InvestigationRow.id, InvestigationRow.writes, InvestigationRow.told)
    with open_session(notebook) as session:
        return [(row.id, row.writes, row.told) for row in session.execute(wanted.where(InvestigationRow.done))]


def tell(notebook: Notebook, identifier: str, writes: int, told: str) -> None:
    """Keeps what the gallery makes of an investigation, unless it has changed since ``writes``."""
    _beside(notebook, identifier, writes, told=told)


def _beside(notebook: Notebook, identifier: str, writes: int, **values: str) -> None:
    """Writes what follows from a record beside it, unless the record has changed since ``writes``."""
    row = sql.update(InvestigationRow).where(InvestigationRow.id == identifier, InvestigationRow.writes == writes)
    with open_session(notebook) as session, session.begin():
        session.execute(row.values(**values))


def list(notebook: Notebook, walkthrough: str = "", done: bool | None = None) -> Sequence[Listed]:
    """The investigations of the notebook, the latest change first; of one walkthrough, or only finished ones."""
    wanted = sql.select(InvestigationRow.listed).order_by(InvestigationRow.changed.desc())
    if walkthrough:
        wanted = wanted.where(InvestigationRow.walkthrough == walkthrough)
    if done is not None:
        wanted = wanted.where(InvestigationRow.done == done)
    with open_session(notebook) as session:
        early = session.scalars(sql.select(InvestigationRow.id).where(InvestigationRow.listed == "")).all()
        for identifier in early:  # written by an earlier version
            investigation, writes = _read(notebook, identifier)
            _beside(notebook, identifier, writes, listed=_listed(investigation))
        return [Listed.model_validate_json(one) for one in session.scalars(wanted)]
