"""The Workshop tab: exercises with a measured mark, two prompts against each other, and the next token."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.agent import Agent
from assistant.ui.tokens import QUIET, TokenView
from assistant.ui.workshop_acts import Acts
from assistant.ui.workshop_free import Free
from assistant.ui.workshop_parts import Parts
from assistant.ui.workshop_run import Shown
from assistant.ui.workshop_words import word
from tools.finding import Lang


class Workshop:
    """The tab: its three sections, and what the page must know of them."""

    def __init__(self, agent: Agent, lang: gr.State, mine: gr.BrowserState) -> None:
        assert agent.notebook is not None
        self.lang = lang
        with gr.Tabs(elem_id="workshop-sections") as self.sections:
            with gr.Tab(word("exercises", "en"), id="exercises", elem_id="workshop-exercises") as exercises:
                self.parts = Parts(mine)
            with gr.Tab(word("free", "en"), id="free", elem_id="workshop-free") as free:
                self.free = Free(agent, lang, mine)
            with gr.Tab(word("tokens", "en"), id="tokens", elem_id="workshop-tokens") as next_token:
                self.tokens = TokenView(agent, lang)
        self.tabs = {"exercises": exercises, "free": free, "tokens": next_token}
        self.acts = Acts(agent, agent.notebook, self.parts)
        self._wire()

    def _wire(self) -> None:
        p, acts, out = self.parts, self.acts, self.parts.all
        here = [p.place, self.lang, p.mine]
        p.pressed.change(acts.press, [p.pressed, *here], out, **QUIET).then(None, None, None, js=_SHOWN)
        p.leave.click(acts.leave, [self.lang, p.mine], out, **QUIET).then(None, None, None, js=_SHOWN)
        p.hint.click(acts.hint, [p.place, p.hints, self.lang, p.mine], out, **QUIET)
        p.reset.click(acts.reset, here, out, **QUIET)
        p.see.click(acts.see, [p.place, self.lang, *p.editor.fields], out, **QUIET)
        p.solve.click(acts.solve, here, out, **QUIET)
        p.run.click(
            acts.run, [*here, p.seed, *p.editor.fields], out, concurrency_limit=4, **QUIET
        ).then(None, None, None, js=_MEASURED)  # fmt: skip
        p.stop.click(p.bench.halt, None, None, queue=False, **QUIET)
        for box in p.editor.texts:
            box.blur(acts.keep, [*here, *p.editor.fields], p.mine, trigger_mode="always_last", **QUIET)
        self.lang.change(acts.again, [p.place, p.spoken, self.lang, p.mine], out, **QUIET)

    def land(self, page: gr.Blocks, tabs: gr.Tabs, address: gr.Textbox) -> None:
        """What the address asks for: ``?exercise=ID``."""

        def arrive(asked: str, mine: dict[str, Any]) -> Shown:
            name, _, code = asked.partition("|")
            chosen = {tabs: gr.Tabs(selected="workshop")} if name else {}
            lang: Lang = "fr" if code.startswith("fr") else "en"
            return self.acts.arrive(name, lang, mine) | self.free.arrive(lang, mine) | chosen

        outputs = [*self.parts.all, *self.free.outputs, tabs]
        page.load(arrive, [address, self.parts.mine], outputs, js=_ADDRESS, **QUIET)

    @property
    def speaking(self) -> list[Any]:
        """The components whose words follow the language, in the order of ``words``."""
        return [*self.tabs.values(), *self.parts.speaking, *self.free.speaking, *self.tokens.speaking]

    def words(self, lang: Lang) -> list[Any]:
        """What ``speaking`` becomes in a language."""
        labels = [gr.update(label=word(key, lang)) for key in self.tabs]
        return [*labels, *self.parts.words(lang), *self.free.words(lang), *self.tokens.words(lang)]


_SHOWN = "() => window.workshopShown?.()"
_MEASURED = "() => window.workshopMeasured?.()"
_ADDRESS = "(a, mine) => [window.workshopAddress?.() ?? '', mine]"
