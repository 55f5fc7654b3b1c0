"""What each view of the Incidents tab shows: the values of its components for one place."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from assistant import investigations
from assistant.notebook import Notebook
from assistant.ui.walk_page import (
    catalogue_html,
    cover_html,
    gallery_html,
    outcome_html,
    step_html,
    timeline_html,
    title_of,
)
from assistant.ui.walk_parts import Parts
from assistant.ui.walk_words import word
from assistant.walk_view import StepView
from assistant.walkthrough import Walk
from tools.errors import AutopsieError
from tools.finding import Lang
from tools.numbers import plain

Shown = dict[Any, Any]
"""Component → its new value; a component that is not named stays as it is."""


@dataclass
class Draw:
    """Draws the places of the tab into its parts."""

    parts: Parts
    notebook: Notebook
    level: gr.Radio

    def at(self, place: str, lang: Lang, mine: dict[str, str], message: str = "") -> Shown:
        """A place; what cannot be shown gives way to the catalogue, with the reason."""
        kind, _, identifier = place.partition(":")
        try:
            if kind == "cover":
                return self._only(self.parts.cover, place) | {self.parts.cover_html: cover_html(identifier, lang)}
            if kind == "walk":
                return self.walk(Walk.resume(self.notebook, identifier), lang, message)
            if kind == "report":
                return self.report(identifier, lang)
        except AutopsieError as error:
            message = error.message.get(lang)
        p = self.parts
        return self._only(p.catalogue, "", message) | {
            p.list: catalogue_html(self.notebook, lang, mine), p.gallery: gallery_html(self.notebook, lang),
        }  # fmt: skip

    def walk(self, walk: Walk, lang: Lang, message: str = "") -> Shown:
        """The step where a walk stands."""
        if walk.lang != lang:
            walk.lang = lang
        p, view = self.parts, walk.view()
        return self._only(p.walk, f"walk:{walk.id}") | self._inputs(view) | {
            p.shown: f"{walk.id}|{view.id}", p.sheet: walk.walkthrough.incident, self.level: view.level,
            p.timeline: timeline_html(walk), p.stage: step_html(walk, view), p.outcome: outcome_html(walk, view, message),
            p.measure: gr.update(visible=view.kind in ("run", "vary") and view.finding is None),
            p.stop: gr.update(visible=False),
            p.back: gr.update(interactive=view.can_back),
            p.next: gr.update(visible=view.can_next, interactive=True, value=word("finish" if view.n == view.total else "next", lang)),
            p.note: gr.update(value=view.note),
        }  # fmt: skip

    def _inputs(self, view: StepView) -> Shown:
        """The field that a step answers with, and the button that keeps it."""
        p, lang, given = self.parts, view.lang, view.given
        open_now = not view.locked
        numeric = open_now and view.answer == "number"
        chosen = open_now and (view.answer == "choice" or view.kind == "branch")
        written = open_now and (view.answer == "sentence" or view.kind == "question")
        key = "keep" if given is None else "change"
        key = "keep_answer" if view.kind == "question" else "take" if view.kind == "branch" else key
        shown: Shown = {
            p.number: gr.update(visible=False, value=""), p.choice: gr.update(visible=False, choices=[], value=None),
            p.sentence: gr.update(visible=False, value=""),
            p.keep: gr.update(visible=numeric or chosen or written, value=word(key, lang)),
        }  # fmt: skip
        if numeric:
            low, high = (plain(x or 0, lang) for x in (view.low, view.high))
            unit = f" {view.unit}" if view.unit else ""
            value = "" if given is None else plain(float(given), lang)
            shown[p.number] = gr.update(
                visible=True, value=value, label=word("number", lang),
                info=word("scale", lang, low=low, high=high, unit=unit),
            )  # fmt: skip
        elif chosen:
            label = word("way" if view.kind == "branch" else "choice", lang)
            ways = [(one.text, one.key) for one in view.choices]
            shown[p.choice] = gr.update(visible=True, choices=ways, value=given, label=label)
        elif written:
            label = word("answer" if view.kind == "question" else "sentence", lang)
            shown[p.sentence] = gr.update(visible=True, value=str(given or ""), label=label)
        return shown

    def report(self, identifier: str, lang: Lang) -> Shown:
        """A report to read here, with its two files."""
        from assistant.report import write

        p, kept = self.parts, investigations.load(self.notebook, identifier)
        stem = investigations.report_folder(kept.id) / f"autopsie-{kept.walkthrough}-{lang}"
        page, record = (write(kept, stem.with_suffix(suffix), lang)[0] for suffix in (".html", ".json"))
        said = word("theirs" if kept.imported else "ended" if kept.done else "unfinished", lang)
        title = escape(title_of(kept, lang))
        inside = escape(page.read_text(encoding="utf-8"))
        return self._only(p.report, f"report:{kept.id}") | {
            p.report_head: f'<div class="walk-step" lang="{lang}" data-incident="{escape(kept.walkthrough)}" data-step="" data-report="{kept.id}"><h2 tabindex="-1">{title}</h2><p>{said}</p></div>',
            p.author: gr.update(value=kept.author, visible=not kept.imported), p.steps: gr.update(visible=not kept.imported),
            p.files: [str(page), str(record)],
            p.report_html: f'<iframe sandbox title="{title}" srcdoc="{inside}"></iframe>',
        }  # fmt: skip

    def _only(self, view: Any, place: str, message: str = "") -> Shown:
        """One view in sight."""
        p = self.parts
        said = f'<p class="error" role="alert">{escape(message)}</p>' if message else ""
        views = {one: gr.update(visible=one is view) for one in (p.catalogue, p.cover, p.walk, p.report)}
        return {p.place: place, p.shown: "", p.message: said, p.report_html: "", **views}
