"""A measurement of a walk in the background: its progress as HTML, Stop, and what happens when its visitor goes elsewhere."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from markupsafe import escape

from assistant.ui.walk_words import WORDS, word
from tools.errors import AutopsieError
from tools.finding import Lang
from tools.tool import Progress

Act = Callable[[Callable[[Progress], None], threading.Event], object]


class Left:
    """The visitor went elsewhere: there is nothing more to show here."""


@dataclass
class _Running:
    stop: threading.Event = field(default_factory=threading.Event)
    left: bool = False


_running: dict[str, _Running] = {}
"""Browser session → its measurement."""


def run(act: Act, lang: Lang, session: str) -> Iterator[str | AutopsieError | Left]:
    """Progress as HTML while ``act`` works in a thread; then an error, if there was one, or ``Left``."""
    mine = _running[session] = _Running()
    events: queue.Queue[Progress | AutopsieError | None] = queue.Queue()

    def work() -> None:
        try:
            act(events.put, mine.stop)
        except AutopsieError as error:
            events.put(error)
        finally:
            events.put(None)

    yield _working(word("preparing", lang))
    threading.Thread(target=work, daemon=True).start()
    while (happened := events.get()) is not None:
        if mine.left:
            continue
        if isinstance(happened, AutopsieError):
            said = WORDS["stopped"] if mine.stop.is_set() else happened.message
            yield AutopsieError(said.en, said.fr)
        else:
            yield _working(happened.label.get(lang), happened.done, happened.total)
    if _running.get(session) is mine:
        del _running[session]
    if mine.left:
        yield Left()


def stop(session: str) -> None:
    """Stops the measurement of a session, if it has one."""
    if mine := _running.get(session):
        mine.stop.set()


def leave(session: str) -> None:
    """Stops it because its visitor goes elsewhere, without a word there."""
    if mine := _running.get(session):
        mine.left = True
        mine.stop.set()


def _working(label: str, done: int = 0, total: int | None = None) -> str:
    bar = f'<progress max="{total}" value="{done}"></progress> {done}/{total}' if total else ""
    return f'<p role="status"><span class="working" aria-hidden="true"></span>{escape(label)} {bar}</p>'
