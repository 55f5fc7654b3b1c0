"""The components of the Workshop's exercises: the list, or one exercise with its editor."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.ui.workshop_editor import Editor
from assistant.ui.workshop_run import Bench
from assistant.ui.workshop_words import word
from tools.finding import Lang


class Parts:
    """Every component that the section changes; made inside its ``gr.Tab``, except ``mine`` (see ``remembered``)."""

    def __init__(self, mine: gr.BrowserState) -> None:
        self.mine = mine
        self.place = gr.State("")  # the exercise in sight, "" for the list
        self.spoken = gr.State("")  # the language in which it was drawn
        self.hints = gr.State(0)
        self.pressed = gr.Textbox(visible="hidden", elem_id="workshop-pressed")  # the page's script writes here
        with gr.Column(elem_id="workshop-catalogue") as self.catalogue:
            self.intro = gr.HTML(_intro("en"), padding=False)
            self.list = gr.HTML("", padding=False, elem_id="workshop-list")
        with gr.Column(visible=False, elem_id="workshop-exercise") as self.exercise:
            self.leave = gr.Button(
                word("all_exercises", "en"), size="sm", elem_classes="walk-quiet", elem_id="workshop-leave"
            )
            self.head = gr.HTML("", padding=False, elem_id="workshop-head")
            with gr.Row():
                with gr.Column(scale=3, min_width=340):
                    self._work()
                with gr.Column(scale=2, min_width=280, elem_id="workshop-margin"):
                    self._margin()
            self.outcome = gr.HTML("", padding=False, elem_id="workshop-outcome")
            self.files = gr.File(
                label=word("files", "en"), file_count="multiple", interactive=False, visible=False, elem_id="workshop-files"
            )  # fmt: skip

    def _work(self) -> None:
        self.items = gr.HTML("", padding=False, elem_id="workshop-items")
        self.editor = Editor("workshop", seeded=True)
        self.seed = self.editor.seed
        with gr.Row(elem_classes="walk-row"):
            self.run = gr.Button(word("run", "en"), variant="primary", elem_id="workshop-run")
            self.stop = gr.Button(word("stop", "en"), visible=False, elem_id="workshop-stop")
            self.see, self.reset = (
                gr.Button(word(key, "en"), size="sm", elem_id=f"workshop-{name}", elem_classes="walk-quiet")
                for name, key in (("see", "received"), ("reset", "reset"))
            )
        self.message = gr.HTML("", padding=False, elem_id="workshop-message")
        self.bench = Bench("workshop", self.run, self.stop, self.message)
        self.received = gr.HTML("", padding=False, elem_id="workshop-received")

    def _margin(self) -> None:
        self.attempts = gr.HTML("", padding=False, elem_id="workshop-attempts")
        self.hint = gr.Button(word("hint", "en"), size="sm", elem_classes="walk-quiet", elem_id="workshop-hint")
        self.hinted = gr.HTML("", padding=False, elem_id="workshop-hints")
        self.wait = gr.HTML("", padding=False, elem_id="workshop-wait")
        self.solve = gr.Button(
            word("solution", "en"), size="sm", elem_classes="walk-quiet", elem_id="workshop-solve", visible=False
        )
        self.solution = gr.HTML("", padding=False, elem_id="workshop-solution")

    @property
    def all(self) -> list[Any]:
        """What a change of place may touch."""
        return [
            self.mine, self.place, self.spoken, self.hints, self.catalogue, self.list, self.exercise, self.head, self.items,
            *self.editor.fields, self.seed, self.run, self.stop, self.message, self.received, self.attempts, self.hint,
            self.hinted, self.wait, self.solve, self.solution, self.outcome, self.files,
        ]  # fmt: skip

    @property
    def speaking(self) -> list[Any]:
        """The components whose words follow the language, in the order of ``words``."""
        return [
            self.intro, self.leave, *self.editor.speaking, self.seed, self.run, self.stop, self.see, self.reset,
            self.solve, self.files,
        ]  # fmt: skip

    def words(self, lang: Lang) -> list[Any]:
        """What ``speaking`` becomes in a language."""
        return [
            _intro(lang), word("all_exercises", lang), *self.editor.words(lang), gr.update(label=word("seed", lang)),
            *[word(key, lang) for key in ("run", "stop", "received", "reset", "solution")],
            gr.update(label=word("files", lang)),
        ]  # fmt: skip


def _intro(lang: Lang) -> str:
    return f'<p class="tagline" lang="{lang}">{word("workshop_intro", lang)}</p>'


def remembered() -> gr.BrowserState:
    """What this browser keeps: a name for its attempts in the notebook, and the prompts that it is writing.

    Made outside the tabs: what lies in a tab not yet seen reads nothing.
    """
    return gr.BrowserState({}, storage_key="autopsie-workshop", secret="autopsie: ids and drafts, not secrets")
