"""A measurement of a section of the Workshop: Stop in the place of Run, its progress, and what came of it or went wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import gradio as gr

from assistant.ui import walk_run
from assistant.ui.tokens import said
from assistant.ui.workshop_words import WORDS
from tools.errors import AutopsieError
from tools.finding import Lang
from tools.tool import Progress

Shown = dict[Any, Any]
"""Component → its new value; a component that is not named stays as it is."""

Made = TypeVar("Made")


@dataclass(frozen=True)
class Bench:
    """Where a section measures; by its ``name`` two sections of a visitor, and the Incidents, measure at the same time."""

    name: str
    run: gr.Button
    stop: gr.Button
    message: gr.HTML

    @property
    def ready(self) -> Shown:
        """Nothing is being measured."""
        return {self.run: gr.update(visible=True), self.stop: gr.update(visible=False)}

    def measure(
        self,
        act: Callable[[Callable[[Progress], None], threading.Event], Made],
        outcome: Callable[[Made], Shown],
        lang: Lang,
        request: gr.Request,
    ) -> Iterator[Shown]:
        """Progress while ``act`` works, then what ``outcome`` shows of what it made; nothing once the visitor has left."""
        made: list[Made] = []
        busy: Shown = {self.run: gr.update(visible=False), self.stop: gr.update(visible=True)}
        error = AutopsieError(WORDS["failed"].en, WORDS["failed"].fr)
        for happened in walk_run.run(
            lambda progress, halt: made.append(act(progress, halt)), lang, self._session(request)
        ):
            if isinstance(happened, walk_run.Left):
                yield {}
                return
            if isinstance(happened, AutopsieError):
                error = happened
            else:
                yield {**busy, self.message: happened}
                busy = {}  # said once: a button that is drawn again cannot be pressed meanwhile
        yield self.ready | ({self.message: ""} | outcome(made[0]) if made else {self.message: said(error, lang)})

    def halt(self, request: gr.Request) -> None:
        """Stops this visitor's measurement."""
        walk_run.stop(self._session(request))

    def leave(self, request: gr.Request) -> None:
        """Stops it because its visitor goes elsewhere."""
        walk_run.leave(self._session(request))

    def _session(self, request: gr.Request) -> str:
        return f"{request.session_hash} {self.name}"
