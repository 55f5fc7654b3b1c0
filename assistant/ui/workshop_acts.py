"""What the buttons of the Workshop's exercises do: each act gives what the section shows then."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant import workshop
from assistant.agent import Agent
from assistant.notebook import Notebook
from assistant.ui import workshop_page
from assistant.ui.tokens import own_model, said
from assistant.ui.workshop_files import attempt_files
from assistant.ui.workshop_parts import Parts
from assistant.ui.workshop_run import Shown
from assistant.ui.workshop_words import word
from assistant.workshop import Attempt
from knowledge import exercises as content
from knowledge.exercises import Exercise
from tools.errors import AutopsieError
from tools.finding import Finding, Lang
from tools.prompting.trial import received
from tools.tool import Progress

Mine = dict[str, Any]
"""What the browser keeps: {"visitor": id, "drafts": {"EXERCISE|LANG": prompt}, "hints": {"EXERCISE": n}}."""


@dataclass
class Acts:
    """The acts of one page; whose they are stands in what each is given (exercise in sight, the browser's own)."""

    agent: Agent
    notebook: Notebook
    parts: Parts

    def press(self, asked: str, place: str, lang: Lang, mine: Mine, request: gr.Request) -> Shown:
        """A button of the section's own HTML: an exercise, an attempt, the solution."""
        kind, _, identifier = asked.partition("|")[0].partition(":")
        try:
            if kind == "exercise":
                self.parts.bench.leave(request)
                return self.open(identifier, lang, mine)
            if kind == "attempt":
                return self._take_up(workshop.load(self.notebook, identifier), place, lang, mine)
            exercise = content.load(place, lang)
            return self._edit(exercise, exercise.solution.model_dump(), mine)
        except AutopsieError as error:
            return {self.parts.message: said(error, lang)}

    def open(self, identifier: str, lang: Lang, mine: Mine) -> Shown:
        """An exercise, with what this browser was writing there; the list when there is no such exercise."""
        p = self.parts
        try:
            exercise = content.load(identifier, lang)
        except AutopsieError:
            return self.catalogue(lang, mine)
        tried = self._tried(exercise, mine)
        draft = mine.get("drafts", {}).get(f"{identifier}|{lang}") or exercise.start.model_dump()
        return self.margin(exercise, tried, mine) | p.editor.fill(draft) | {
            p.place: identifier, p.spoken: lang, p.catalogue: gr.update(visible=False), p.exercise: gr.update(visible=True),
            p.items: workshop_page.items_html(exercise.items, lang, exercise.hidden), p.message: "", p.received: "",
            p.outcome: "", p.files: gr.update(visible=False, value=None), p.solution: "",
        } | p.bench.ready  # fmt: skip

    def margin(self, exercise: Exercise, tried: list[Attempt], mine: Mine) -> Shown:
        """What stands around the editor: the task, the attempts, the hints, the way to the solution."""
        p, lang = self.parts, exercise.lang
        shown, may = mine.get("hints", {}).get(exercise.id, 0), workshop_page.opened(tried)
        return {
            p.head: workshop_page.head_html(exercise, any(one.passed for one in tried)),
            p.attempts: workshop_page.attempts_html(tried, lang), p.solve: gr.update(visible=may),
            p.wait: "" if may else f'<p class="note" lang="{lang}">{word("solution_wait", lang)}</p>',
        } | self._hints(exercise, shown)  # fmt: skip

    def _hints(self, exercise: Exercise, shown: int) -> Shown:
        p, left = self.parts, len(exercise.hints) - shown
        said = word("hint_next", exercise.lang, n=left) if shown else word("hint", exercise.lang)
        return {
            p.hints: shown, p.hinted: workshop_page.hints_html(exercise, shown),
            p.hint: gr.update(visible=left > 0, value=said),
        }  # fmt: skip

    def catalogue(self, lang: Lang, mine: Mine) -> Shown:
        """All exercises."""
        p = self.parts
        tried = workshop.attempts(self.notebook, lang=lang, visitor=mine["visitor"]) if mine.get("visitor") else []
        return {
            p.place: "", p.spoken: lang, p.catalogue: gr.update(visible=True), p.exercise: gr.update(visible=False),
            p.list: workshop_page.list_html(workshop.exercises(lang), tried, lang), p.outcome: "",
        }  # fmt: skip

    def leave(self, lang: Lang, mine: Mine, request: gr.Request) -> Shown:
        """Goes to the list; what is being measured stops."""
        self.parts.bench.leave(request)
        return self.catalogue(lang, mine)

    def arrive(self, name: str, lang: Lang, mine: Mine) -> Shown:
        """The exercise that the address asks for, or the list; a browser without a name for its attempts gets one here."""
        named = mine if mine.get("visitor") else mine | {"visitor": uuid.uuid4().hex}
        return self.again(name, "", lang, named) | ({} if named is mine else {self.parts.mine: named})

    def again(self, place: str, spoken: str, lang: Lang, mine: Mine) -> Shown:
        """The same place in another language: the exercise has its own items and prompts there."""
        if spoken == lang:  # drawn already, when the page was opened in that language
            return {}
        return self.open(place, lang, mine) if place else self.catalogue(lang, mine)

    def hint(self, place: str, shown: int, lang: Lang, mine: Mine) -> Shown:
        """One more hint."""
        exercise = content.load(place, lang)
        shown = min(shown + 1, len(exercise.hints))
        return self._hints(exercise, shown) | {self.parts.mine: _with(mine, "hints", exercise.id, shown)}

    def keep(self, place: str, lang: Lang, mine: Mine, *values: Any) -> Mine:
        """Keeps what is being written in the browser."""
        return _with(mine, "drafts", f"{place}|{lang}", self.parts.editor.draft(values)) if place else mine

    def reset(self, place: str, lang: Lang, mine: Mine) -> Shown:
        """The starting prompt again."""
        exercise = content.load(place, lang)
        return self._edit(exercise, exercise.start.model_dump(), mine)

    def _edit(self, exercise: Exercise, prompt: dict[str, Any], mine: Mine) -> Shown:
        key = f"{exercise.id}|{exercise.lang}"
        return self.parts.editor.fill(prompt) | {self.parts.message: "", self.parts.received: "",
                                                 self.parts.mine: _with(mine, "drafts", key, prompt)}  # fmt: skip

    def _take_up(self, one: Attempt, place: str, lang: Lang, mine: Mine) -> Shown:
        """An attempt as it was: its prompt in the editor, its result beneath."""
        if one.exercise != place or one.lang != lang or one.visitor != mine.get("visitor"):
            return {}
        exercise = content.load(place, lang)
        shown = self._edit(exercise, one.prompt.model_dump(mode="json"), mine)
        return shown | {self.parts.seed: one.seed} | self.result(one, exercise)

    def result(self, one: Attempt, exercise: Exercise) -> Shown:
        """The score card of an attempt, and its files."""
        p = self.parts
        try:
            finding: Finding | None = workshop.finding(one)
        except AutopsieError:  # the exercise was changed: its items are no longer those of the attempt
            finding = None
        return {
            p.outcome: workshop_page.result_html(one, exercise, finding),
            p.files: gr.update(visible=True, value=attempt_files(one, exercise, finding)),
        }

    def solve(self, place: str, lang: Lang, mine: Mine) -> Shown:
        """The reference solution, when it may be seen."""
        exercise = content.load(place, lang)
        tried = self._tried(exercise, mine)
        passed = any(one.passed for one in tried)
        return {
            self.parts.solution: workshop_page.solution_html(exercise, passed) if workshop_page.opened(tried) else ""
        }

    def see(self, place: str, lang: Lang, *values: Any) -> Shown:
        """What the model receives for the first item."""
        p = self.parts
        try:
            exercise, prompt = content.load(place, lang), p.editor.read(values)
            workshop.fair(exercise, prompt)
            model = own_model(self.agent)
            found = received(prompt, exercise.items[0], model)
            name = model.specimen.name.partition(",")[0]
            return {p.received: workshop_page.received_html(found, name, lang), p.message: ""}
        except AutopsieError as error:
            return {p.message: said(error, lang)}

    def run(
        self, place: str, lang: Lang, mine: Mine, seed: float | None, request: gr.Request, *values: Any
    ) -> Iterator[Shown]:
        """Measures what is in the editor: progress, then the score card."""
        p = self.parts
        try:
            prompt = p.editor.read(values)
        except AutopsieError as error:
            yield {p.message: said(error, lang)}
            return

        def act(progress: Callable[[Progress], None], stop: threading.Event) -> Attempt:
            return workshop.attempt(
                place, lang, prompt, model=own_model(self.agent), seed=int(seed or 0), on_step=progress, stop=stop,
                notebook=self.notebook, visitor=mine.get("visitor", ""),
            )  # fmt: skip

        def outcome(one: Attempt) -> Shown:
            exercise = content.load(place, lang)
            return self.margin(exercise, self._tried(exercise, mine), mine) | self.result(one, exercise)

        yield from p.bench.measure(act, outcome, lang, request)

    def _tried(self, exercise: Exercise, mine: Mine) -> list[Attempt]:
        """This visitor's attempts at an exercise, the best first."""
        visitor = mine.get("visitor")
        return workshop.attempts(self.notebook, exercise.id, exercise.lang, visitor) if visitor else []


def _with(mine: Mine, part: str, key: str, value: Any) -> Mine:
    """The browser's own with one thing more."""
    return mine | {part: mine.get(part, {}) | {key: value}}
