"""Where finished turns are kept: SQLite in the state folder, or any database by URL.

A turn is written in one transaction before it is shown complete, so a crash
loses no finished turn. The database is one folder's property: no account, no
network, unless ``AUTOPSIE_DATABASE`` names another.
"""

from __future__ import annotations

import json
import os
import uuid
from datetime import datetime
from functools import lru_cache

from sqlalchemy import DateTime, ForeignKey, Index, String, Text, create_engine, event, select
from sqlalchemy.engine import Engine as Database
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from assistant.turn import Turn
from tools.errors import AutopsieError, BadInput
from tools.specimens.home import home


class Base(DeclarativeBase):
    """The tables of the notebook."""


class ConversationRow(Base):
    """A conversation: a name for a sequence of turns."""

    __tablename__ = "conversations"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    title: Mapped[str] = mapped_column(Text, default="")


class TurnRow(Base):
    """A finished turn as JSON, with what is searched for beside it."""

    __tablename__ = "turns"
    __table_args__ = (Index("turns_in_order", "conversation", "created"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    status: Mapped[str] = mapped_column(String(16))
    record: Mapped[str] = mapped_column(Text)


class FindingRow(Base):
    """A finding of a turn, so that it can be found again by tool."""

    __tablename__ = "findings"
    id: Mapped[int] = mapped_column(primary_key=True)
    turn: Mapped[str] = mapped_column(ForeignKey("turns.id"))
    finding: Mapped[str] = mapped_column(String(12), index=True)
    tool: Mapped[str] = mapped_column(String(64), index=True)
    record: Mapped[str] = mapped_column(Text)


class Notebook:
    """Saves and gives back turns; safe to use from several threads and processes."""

    def __init__(self, url: str | None = None) -> None:
        url = url or os.environ.get("AUTOPSIE_DATABASE") or f"sqlite:///{home() / 'notebook.db'}"
        try:
            self._database = _connect(url)
            Base.metadata.create_all(self._database)
        except (SQLAlchemyError, ImportError) as error:
            raise AutopsieError(
                f"The notebook at {url.split('@')[-1]} cannot be opened ({type(error).__name__}). Check AUTOPSIE_DATABASE or the folder's rights.",
                f"Le cahier {url.split('@')[-1]} ne s’ouvre pas ({type(error).__name__}). Vérifiez AUTOPSIE_DATABASE ou les droits du dossier.",
            ) from error

    def save(self, turn: Turn) -> None:
        """Writes a turn and its findings in one transaction; saving it again replaces it.

        The figures of a private finding are left out: a visitor's picture is not stored.
        """
        shown = [one.model_copy(update={"figures": []}) if one.private else one for one in turn.findings]
        turn = turn.model_copy(update={"findings": shown})
        with Session(self._database) as session, session.begin():
            if session.get(ConversationRow, turn.conversation) is None:
                session.add(ConversationRow(id=turn.conversation, created=turn.created, title=turn.question[:120]))
                session.flush()
            old = session.get(TurnRow, turn.id)
            if old is not None:
                for row in session.scalars(select(FindingRow).where(FindingRow.turn == turn.id)):
                    session.delete(row)
                session.delete(old)
                session.flush()
            session.add(
                TurnRow(
                    id=turn.id,
                    conversation=turn.conversation,
                    created=turn.created,
                    status=turn.status,
                    record=turn.model_dump_json(),
                )
            )
            session.flush()
            for finding in turn.findings:
                session.add(
                    FindingRow(
                        turn=turn.id,
                        finding=finding.id,
                        tool=finding.tool,
                        record=finding.model_dump_json(exclude={"figures"}),
                    )
                )

    def turns(self, conversation: str) -> list[Turn]:
        """The turns of a conversation, oldest first; [] for one that does not exist."""
        with Session(self._database) as session:
            rows = session.scalars(
                select(TurnRow.record).where(TurnRow.conversation == conversation).order_by(TurnRow.created)
            )
            return [Turn.model_validate(json.loads(row)) for row in rows]

    def turn(self, turn: str) -> Turn:
        """One turn by id; ``BadInput`` when there is none."""
        with Session(self._database) as session:
            row = session.get(TurnRow, turn)
            if row is None:
                raise BadInput(f"The notebook has no turn '{turn}'.", f"Le cahier n’a pas de tour « {turn} ».")
            return Turn.model_validate(json.loads(row.record))

    def conversations(self, limit: int = 50) -> list[tuple[str, datetime, str]]:
        """Id, date and first question of the latest conversations, newest first."""
        with Session(self._database) as session:
            rows = session.scalars(select(ConversationRow).order_by(ConversationRow.created.desc()).limit(limit))
            return [(row.id, row.created, row.title) for row in rows]


def new_conversation() -> str:
    """A fresh conversation id."""
    return uuid.uuid4().hex


@lru_cache(maxsize=4)
def _connect(url: str) -> Database:
    database = create_engine(url, connect_args={"timeout": 30} if url.startswith("sqlite") else {})
    if url.startswith("sqlite"):

        @event.listens_for(database, "connect")
        def _(connection: object, _record: object) -> None:
            cursor = connection.cursor()  # type: ignore[attr-defined]
            cursor.execute(
                "PRAGMA journal_mode=WAL"
            )  # readers never wait for the writer, and a crash keeps what was committed
            cursor.execute("PRAGMA synchronous=NORMAL")
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.close()

    return database
