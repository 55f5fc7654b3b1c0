"""What the buttons of the Incidents tab do: each act gives what the tab shows then."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr
from markupsafe import escape

from assistant import investigations
from assistant.ui import walk_run
from assistant.ui.walk_draw import Draw, Shown
from assistant.ui.walk_page import catalogue_html, gallery_html, title_of
from assistant.ui.walk_words import word
from assistant.walkthrough import Walk
from knowledge.walkthroughs import Predict, Question
from tools.errors import AutopsieError
from tools.finding import Lang, Level
from tools.tool import Progress


@dataclass
class Acts:
    """The acts of one page; whose they are stands in what each is given (place, step in sight, the browser's walks)."""

    draw: Draw

    def press(self, asked: str, shown: str, note: str, lang: Lang, mine: dict[str, str], request: gr.Request) -> Shown:
        """A button of the page's own HTML: a cover, a walk, a step or a report."""
        depart(request)
        kind, _, identifier = asked.partition("|")[0].partition(":")
        if kind == "delete":
            return self._delete(identifier, lang, mine)
        if kind == "step":
            return self._act(shown, note, lang, mine, lambda walk: walk.goto(identifier))
        if kind == "resume":
            try:
                walk = Walk.resume(self.draw.notebook, identifier)
                return self.draw.walk(walk, lang) | {self.draw.parts.mine: mine | {walk.walkthrough.id: walk.id}}
            except AutopsieError as error:
                return self.draw.at("", lang, mine, error.message.get(lang))
        return self.draw.at(f"{kind}:{identifier}", lang, mine)

    def _delete(self, identifier: str, lang: Lang, mine: dict[str, str]) -> Shown:
        """Takes an investigation out of the notebook, and says so."""
        try:
            title = title_of(investigations.load(self.draw.notebook, identifier), lang)
            investigations.delete(self.draw.notebook, identifier)
        except AutopsieError as error:
            return self.draw.at("", lang, mine, error.message.get(lang))
        mine = {name: walk for name, walk in mine.items() if walk != identifier}
        said = f'<p class="note" role="status">{escape(word("deleted", lang, title=title))}</p>'
        return self.draw.at("", lang, mine) | {self.draw.parts.mine: mine, self.draw.parts.message: said}

    def begin(self, place: str, lang: Lang, level: Level, mine: dict[str, str]) -> Shown:
        """Starts the walk whose cover is in sight."""
        try:
            walk = Walk.start(self.draw.notebook, place.partition(":")[2], lang, level)
            return self.draw.walk(walk, lang) | {self.draw.parts.mine: mine | {walk.walkthrough.id: walk.id}}
        except AutopsieError as error:
            return self.draw.at("", lang, mine, error.message.get(lang))

    def go(self, identifier: str, step: str, lang: Lang, mine: dict[str, str]) -> Shown:
        """A walk of this browser, at a step if one is asked for and open."""
        message = ""
        try:
            walk = Walk.resume(self.draw.notebook, identifier)
            if step and step != walk.investigation.position:
                walk.goto(step)
        except AutopsieError as error:
            message = error.message.get(lang)
        return self.draw.at(f"walk:{identifier}", lang, mine, message)

    def _act(self, shown: str, note: str, lang: Lang, mine: dict[str, str], do: Callable[[Walk], object]) -> Shown:
        """Does something at the step in sight, whatever another window has done meanwhile; the note goes with it."""
        message, there = "", False
        try:
            walk = self._stand(shown)
            there = True
            if note.strip() != walk.view().note:
                walk.note(note)
            do(walk)
        except AutopsieError as error:
            message = error.message.get(lang)
        found, p = self.draw.at(_place(shown), lang, mine, message), self.draw.parts
        if message and there:  # what was typed stays, to be mended
            for field in (p.number, p.choice, p.sentence, p.note):
                found.pop(field, None)
        return found

    def _stand(self, shown: str) -> Walk:
        """The walk and the step that are in sight, ``INVESTIGATION|STEP``."""
        identifier, _, step = shown.partition("|")
        walk = Walk.resume(self.draw.notebook, identifier)
        if walk.investigation.position != step:
            walk.goto(step)
        return walk

    def keep(
        self, shown: str, note: str, lang: Lang, mine: dict[str, str], number: str, choice: str | None,
        sentence: str, request: gr.Request,
    ) -> Shown:  # fmt: skip
        """Keeps what was answered; goes on, unless something is said to it at once."""

        def answer(walk: Walk) -> None:
            step = walk.step
            numeric = isinstance(step, Predict) and step.answer == "number"
            written = isinstance(step, Question) or (isinstance(step, Predict) and step.answer == "sentence")
            walk.answer(number if numeric else sentence if written else choice or "")
            if not isinstance(step, Question) and not (isinstance(step, Predict) and step.of is None):
                walk.next()

        return self._act(shown, note, lang, mine, answer)

    def next(self, shown: str, note: str, lang: Lang, mine: dict[str, str], request: gr.Request) -> Shown:
        """Goes on; after the last step, to the report."""
        depart(request)
        last = False

        def go_on(walk: Walk) -> None:
            nonlocal last
            here = walk.investigation.position
            walk.next()
            last = walk.investigation.position == here

        found = self._act(shown, note, lang, mine, go_on)
        return self.draw.at(_place(shown, "report"), lang, mine) if last else found

    def back(self, shown: str, note: str, lang: Lang, mine: dict[str, str], request: gr.Request) -> Shown:
        """Goes to the step before."""
        depart(request)
        return self._act(shown, note, lang, mine, lambda walk: walk.back())

    def read(self, shown: str, note: str, lang: Lang, mine: dict[str, str]) -> Shown:
        """The report of a walk as it stands."""
        self.note(shown, note)
        return self.draw.at(_place(shown, "report"), lang, mine)

    def steps(self, place: str, lang: Lang, mine: dict[str, str]) -> Shown:
        """From a report to the walk that it is of."""
        return self.draw.at(place.replace("report:", "walk:", 1), lang, mine)

    def leave(self, lang: Lang, mine: dict[str, str], request: gr.Request) -> Shown:
        """Goes to the catalogue."""
        depart(request)
        return self.draw.at("", lang, mine)

    def again(self, shown: str, note: str, lang: Lang, mine: dict[str, str], place: str) -> Shown:
        """The same place in another language; what is being typed stays."""
        if not place.startswith("walk:"):
            return self.draw.at(place, lang, mine)
        self.note(shown, note)
        found, p = self.draw.at(place, lang, mine), self.draw.parts
        if found[p.shown] == shown:
            for field in (p.number, p.choice, p.sentence, p.note):
                found[field].pop("value", None)
        return found

    def read_by(self, shown: str, note: str, lang: Lang, mine: dict[str, str], place: str, level: Level) -> Shown:
        """The same walk for another reader."""
        if not place.startswith("walk:"):
            return {}
        self.note(shown, note)
        try:
            self._stand(shown).level = level
        except AutopsieError as error:
            return self.draw.at("", lang, mine, error.message.get(lang))
        return self.again(shown, note, lang, mine, place)

    def note(self, shown: str, note: str) -> None:
        """Keeps the note of the step in sight, unless another window has gone on."""
        identifier, _, step = shown.partition("|")
        try:
            walk = Walk.resume(self.draw.notebook, identifier) if step else None
            if walk and walk.investigation.position == step and walk.view().note != note.strip():
                walk.note(note)
        except AutopsieError:
            return

    def measure(self, shown: str, note: str, lang: Lang, mine: dict[str, str], request: gr.Request) -> Iterator[Shown]:
        """The measurement of the step: its progress, then what came of it."""
        p, message = self.draw.parts, ""
        self.note(shown, note)
        busy: Shown = {p.measure: gr.update(visible=False), p.stop: gr.update(visible=True)}

        def act(progress: Callable[[Progress], None], stop: threading.Event) -> None:
            self._stand(shown).run(progress, stop)

        for happened in walk_run.run(act, lang, str(request.session_hash)):
            if isinstance(happened, walk_run.Left):
                yield {}
                return
            if isinstance(happened, AutopsieError):
                message = happened.message.get(lang)
            else:
                yield {**busy, p.outcome: happened}
                busy = {}  # said once: a button that is drawn again cannot be pressed meanwhile
        yield self.draw.at(_place(shown), lang, mine, message)

    def sign(self, place: str, name: str, lang: Lang) -> Shown:
        """Puts a name on the report."""
        kind, _, identifier = place.partition(":")
        if kind != "report":
            return {}
        try:
            walk = Walk.resume(self.draw.notebook, identifier)
            if walk.author == name.strip():
                return {}
            walk.author = name
            return self.draw.report(identifier, lang)
        except AutopsieError as error:
            return self.draw.at("", lang, {}, error.message.get(lang))

    def narrow(self, lang: Lang, mine: dict[str, str], find: str, *filters: Any) -> str:
        """The catalogue through the filters."""
        return catalogue_html(self.draw.notebook, lang, mine, find, *filters)

    def search(self, lang: Lang, asked: str) -> str:
        """The finished investigations that share words with a query."""
        return gallery_html(self.draw.notebook, lang, asked)

    def bring(self, path: str, lang: Lang, mine: dict[str, str]) -> Shown:
        """Takes in someone else's report, and opens it."""
        from assistant.report import bring

        try:
            theirs = bring(path)
            investigations.save(self.draw.notebook, theirs)
        except AutopsieError as error:
            return self.draw.at("", lang, mine, error.message.get(lang))
        return self.draw.at(f"report:{theirs.id}", lang, mine)


def _place(shown: str, kind: str = "walk") -> str:
    return f"{kind}:{shown.partition('|')[0]}"


def depart(request: gr.Request) -> None:
    """The visitor leaves the step: what is being measured there stops."""
    walk_run.leave(str(request.session_hash))


def stop(request: gr.Request) -> None:
    """Stops this session's measurement."""
    walk_run.stop(str(request.session_hash))
