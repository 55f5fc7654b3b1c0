"""The Incidents tab: choose an incident, walk through its autopsy, read and keep the report."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant import investigations
from assistant.agent import Agent
from assistant.ui.walk_acts import Acts, stop
from assistant.ui.walk_draw import Draw, Shown
from assistant.ui.walk_page import title_of
from assistant.ui.walk_parts import Parts
from assistant.ui.walk_words import word
from knowledge import walkthroughs
from knowledge.documents import document
from tools.errors import AutopsieError
from tools.finding import Lang

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


class Incidents:
    """The tab: its parts, what they do, and what the page must know of them."""

    def __init__(self, agent: Agent, lang: gr.State, level: gr.Radio, mine: gr.BrowserState) -> None:
        assert agent.notebook is not None
        self.notebook, self.lang = agent.notebook, lang
        self.parts = Parts(mine)
        self.draw = Draw(self.parts, self.notebook, level)
        self.acts = Acts(self.draw)
        self._wire(level)

    def _wire(self, level: gr.Radio) -> None:
        p, out = self.parts, [*self.parts.all, level]
        here = [p.shown, p.note, self.lang, p.mine]
        p.pressed.change(self.acts.press, [p.pressed, *here], out, **QUIET).then(None, None, None, js=_SHOWN)
        p.begin.click(self.acts.begin, [p.place, self.lang, level, p.mine], out, **QUIET).then(
            None, None, None, js=_SHOWN
        )
        answers = [p.number, p.choice, p.sentence]
        for button, act, more in (
            (p.keep, self.acts.keep, answers),
            (p.next, self.acts.next, []),
            (p.back, self.acts.back, []),
        ):
            button.click(act, [*here, *more], out, **QUIET).then(None, None, None, js=_SHOWN)
        p.number.submit(self.acts.keep, [*here, *answers], out, **QUIET).then(None, None, None, js=_SHOWN)
        p.measure.click(self.acts.measure, here, out, concurrency_limit=4, **QUIET).then(None, None, None, js=_MEASURED)
        p.stop.click(stop, None, None, queue=False, **QUIET)
        for event in (p.note.input, p.note.blur):
            event(self.acts.note, [p.shown, p.note], None, trigger_mode="always_last", **QUIET)
        for leave in (p.leave, p.leave_walk, p.leave_report):
            leave.click(self.acts.leave, [self.lang, p.mine], out, **QUIET).then(None, None, None, js=_SHOWN)
        p.so_far.click(self.acts.read, here, out, **QUIET).then(None, None, None, js=_SHOWN)
        p.steps.click(self.acts.steps, [p.place, self.lang, p.mine], out, **QUIET).then(None, None, None, js=_SHOWN)
        for event in (p.author.submit, p.author.blur):
            event(self.acts.sign, [p.place, p.author, self.lang], out, **QUIET)
        filters = [self.lang, p.mine, p.find, *p.filters.values(), p.guided]
        for box in (p.find, *p.filters.values(), p.guided):
            box.change(self.acts.narrow, filters, p.list, **QUIET)
        p.search.change(self.acts.search, [self.lang, p.search], p.gallery, **QUIET)
        p.bring.upload(self.acts.bring, [p.bring, self.lang, p.mine], out, **QUIET).then(None, None, None, js=_SHOWN)
        p.link.click(None, None, None, js=_LINK)
        self.lang.change(self.acts.again, [*here, p.place], out, **QUIET)
        level.input(self.acts.read_by, [*here, p.place, level], out, **QUIET)

    def land(self, page: gr.Blocks, tabs: gr.Tabs, opened: gr.Textbox, address: gr.Textbox) -> None:
        """What the address asks for: ``?incident=ID&step=ID``, or ``?report=ID``."""

        def arrive(asked: str, mine: dict[str, str]) -> Shown:
            name, step, code = [*asked.split("|"), "", "en"][:3]
            lang: Lang = "fr" if code.startswith("fr") else "en"
            if not name:
                return self.draw.at("", lang, mine)
            if name.startswith("report:"):
                return self.draw.at(name, lang, mine) | {tabs: gr.Tabs(selected="incidents")}
            ways = [name] if name in walkthroughs.names() else walkthroughs.by_incident().get(name, [])
            if not ways:
                sheet = document(name, lang)
                said = (
                    {opened: name, tabs: gr.Tabs(selected="library")}
                    if sheet
                    else {tabs: gr.Tabs(selected="incidents")}
                )
                return self.draw.at("", lang, mine, word("not_here", lang, id=name)) | said
            known = mine.get(ways[0], "")
            shown = self.acts.go(known, step, lang, mine) if known else self.draw.at(f"cover:{ways[0]}", lang, mine)
            if known and shown[self.parts.place] == "":  # that investigation is gone
                shown = self.draw.at(f"cover:{ways[0]}", lang, mine)
            return shown | {tabs: gr.Tabs(selected="incidents")}

        page.load(
            arrive, [address, self.parts.mine], [*self.parts.all, self.draw.level, tabs, opened], js=_ADDRESS, **QUIET
        )

    def returning(self, button: gr.Button, tabs: gr.Tabs) -> None:
        """A button of another tab that leads back to the walk that is open."""

        def say(place: str, lang: Lang) -> Any:
            kind, _, identifier = place.partition(":")
            try:
                kept = investigations.load(self.notebook, identifier) if kind == "walk" else None
            except AutopsieError:
                kept = None
            return gr.update(visible=bool(kept), value=word("return", lang, title=title_of(kept, lang)) if kept else "")

        for one in (self.parts.place, self.lang):
            one.change(say, [self.parts.place, self.lang], button, **QUIET)
        button.click(lambda: gr.Tabs(selected="incidents"), None, tabs, **QUIET)


_SHOWN = "() => window.walkShown?.()"
_MEASURED = "() => window.walkMeasured?.()"
_LINK = "() => navigator.clipboard.writeText(location.href)"
_ADDRESS = "(a, mine) => [window.walkAddress?.() ?? '', mine]"
