"""The components of the Incidents tab: four views of which one is shown, and the words of each."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.ui.library import choices
from assistant.ui.walk_words import word
from tools.finding import Lang

FILTERS = ("harm", "sector", "years")


class Parts:
    """Every component that the tab changes; made inside its ``gr.Tab``, except ``mine`` (see ``remembered``)."""

    def __init__(self, mine: gr.BrowserState) -> None:
        self.place = gr.State("")  # "", "cover:WALKTHROUGH", "walk:INVESTIGATION" or "report:INVESTIGATION"
        self.shown = gr.Textbox(
            visible="hidden"
        )  # "INVESTIGATION|STEP" in sight: two windows do not disturb each other
        self.sheet = gr.State("")  # the incident's document, for questions
        self.mine = mine
        self.pressed = gr.Textbox(visible="hidden", elem_id="walk-pressed")  # the page's script writes here
        self.message = gr.HTML("", padding=False, elem_id="walk-message")
        self._catalogue()
        with gr.Column(visible=False, elem_id="walk-cover") as self.cover:
            self.cover_html = gr.HTML("", padding=False)
            with gr.Row(elem_classes="walk-row"):
                self.begin = gr.Button(word("begin", "en"), variant="primary", elem_id="walk-begin")
                self.leave = gr.Button(word("catalogue", "en"), elem_classes="walk-quiet")
        self._walk()
        self._report()

    def _catalogue(self) -> None:
        with gr.Column(elem_id="walk-catalogue") as self.catalogue:
            self.intro = gr.HTML(intro("en"), padding=False)
            with gr.Row():
                with gr.Column(scale=3, min_width=340):
                    with gr.Row():
                        self.find = gr.Textbox(
                            label=word("find", "en"),
                            placeholder=word("find_hint", "en"),
                            elem_id="walk-find",
                            min_width=220,
                        )
                        self.filters: dict[str, Any] = {
                            name: gr.Dropdown(choices(name, "en"), value="", label=word(name, "en"), min_width=140, filterable=False)
                            for name in FILTERS
                        }  # fmt: skip
                    self.guided = gr.Checkbox(False, label=word("guided", "en"), elem_id="walk-guided")
                    self.list = gr.HTML("", padding=False, elem_id="walk-list")
                with gr.Column(scale=1, min_width=280, elem_id="walk-gallery"):
                    self.finished = gr.HTML(f"<h2>{word('finished', 'en')}</h2>", padding=False)
                    self.search = gr.Textbox(label=word("search_finished", "en"), elem_id="walk-search")
                    self.gallery = gr.HTML("", padding=False)
                    self.bring = gr.UploadButton(
                        word("bring", "en"), file_types=[".json"], size="sm", elem_id="walk-bring"
                    )

    def _walk(self) -> None:
        with gr.Row(visible=False, elem_id="walk") as self.walk:
            with gr.Column(scale=1, min_width=210, elem_id="walk-side"):
                self.timeline = gr.HTML("", padding=False, elem_id="walk-timeline")
                self.so_far = gr.Button(word("so_far", "en"), size="sm", elem_classes="walk-quiet")
                self.leave_walk = gr.Button(word("catalogue", "en"), size="sm", elem_classes="walk-quiet")
            with gr.Column(scale=4, min_width=340, elem_id="walk-main"):
                self.stage = gr.HTML("", padding=False, elem_id="walk-stage")
                self.number = gr.Textbox(visible=False, elem_id="walk-number", max_length=20)
                self.choice = gr.Radio([], visible=False, elem_id="walk-choice")
                self.sentence = gr.Textbox(visible=False, lines=3, max_length=5000, elem_id="walk-sentence")
                with gr.Row(elem_classes="walk-row"):
                    self.keep = gr.Button(word("keep", "en"), variant="primary", visible=False, elem_id="walk-keep")
                    self.measure = gr.Button(
                        word("measure", "en"), variant="primary", visible=False, elem_id="walk-measure"
                    )
                    self.stop = gr.Button(word("stop", "en"), visible=False, elem_id="walk-stop")
                self.outcome = gr.HTML("", padding=False, elem_id="walk-outcome")
                with gr.Row(elem_classes="walk-row", elem_id="walk-nav"):
                    self.back = gr.Button(word("back", "en"), elem_id="walk-back")
                    self.next = gr.Button(word("next", "en"), variant="primary", elem_id="walk-next")
            with gr.Column(scale=2, min_width=240, elem_id="walk-margin"):
                self.note = gr.Textbox(
                    label=word("note", "en"),
                    info=word("note_hint", "en"),
                    lines=4,
                    max_length=5000,
                    elem_id="walk-note",
                )
                self.question = gr.Textbox(label=word("ask_about", "en"), lines=2, elem_id="walk-question")
                self.ask = gr.Button(word("ask", "en"), size="sm", elem_id="walk-ask", elem_classes="walk-quiet")
                self.link = gr.Button(word("link", "en"), size="sm", elem_id="walk-link", elem_classes="walk-quiet")

    def _report(self) -> None:
        with gr.Column(visible=False, elem_id="walk-report") as self.report:
            with gr.Row(elem_classes="walk-row"):
                self.steps = gr.Button(word("steps", "en"), size="sm", elem_classes="walk-quiet", elem_id="walk-steps")
                self.leave_report = gr.Button(word("catalogue", "en"), size="sm", elem_classes="walk-quiet")
            self.report_head = gr.HTML("", padding=False)
            with gr.Row():
                self.author = gr.Textbox(label=word("author", "en"), max_length=200, elem_id="walk-author", scale=1)
                self.files = gr.File(
                    label=word("files", "en"), file_count="multiple", interactive=False, elem_id="walk-files", scale=2
                )
            self.report_html = gr.HTML("", padding=False, elem_id="walk-report-page")

    @property
    def speaking(self) -> list[Any]:
        """The components whose words follow the language, in the order of ``words``."""
        return [
            self.intro, self.find, *self.filters.values(), self.guided, self.finished, self.search, self.bring,
            self.begin, self.leave, self.leave_walk, self.leave_report, self.so_far, self.measure, self.stop, self.back,
            self.note, self.question, self.ask, self.link, self.steps, self.author, self.files,
        ]  # fmt: skip

    def words(self, lang: Lang) -> list[Any]:
        """What ``speaking`` becomes in a language."""
        catalogue = word("catalogue", lang)
        return [
            intro(lang), gr.update(label=word("find", lang), placeholder=word("find_hint", lang)),
            *[gr.update(label=word(name, lang), choices=choices(name, lang)) for name in FILTERS],
            gr.update(label=word("guided", lang)), f"<h2>{word('finished', lang)}</h2>",
            gr.update(label=word("search_finished", lang)), gr.update(label=word("bring", lang)),
            word("begin", lang), catalogue, catalogue, catalogue, word("so_far", lang), word("measure", lang),
            word("stop", lang), word("back", lang), gr.update(label=word("note", lang), info=word("note_hint", lang)),
            gr.update(label=word("ask_about", lang)), word("ask", lang), word("link", lang), word("steps", lang),
            gr.update(label=word("author", lang)), gr.update(label=word("files", lang)),
        ]  # fmt: skip

    @property
    def all(self) -> list[Any]:
        """What a change of place may touch."""
        return [
            self.place, self.shown, self.sheet, self.mine, self.message, self.catalogue, self.list, self.gallery,
            self.cover, self.cover_html, self.walk, self.timeline, self.stage, self.number, self.choice, self.sentence,
            self.keep, self.measure, self.stop, self.outcome, self.back, self.next, self.note, self.report,
            self.report_head, self.author, self.steps, self.files, self.report_html,
        ]  # fmt: skip


def intro(lang: Lang) -> str:
    """What a guided autopsy is."""
    return f'<p class="tagline" lang="{lang}">{word("intro", lang)}</p>'


def remembered() -> gr.BrowserState:
    """Walkthrough → investigation of this browser. Made outside the tabs: what lies in a tab not yet seen reads nothing."""
    return gr.BrowserState({}, storage_key="autopsie-walks", secret="autopsie: ids, not secrets")
