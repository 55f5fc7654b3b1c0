"""The token view: a text as its tokens, what the model expects next, and what temperature and top-p make of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr
from markupsafe import escape

from assistant.agent import Agent
from assistant.ui.tokens_page import Seen, bars_html, boxes_html, ten_html
from assistant.ui.workshop_words import EXAMPLES, word
from tools.errors import AutopsieError
from tools.finding import Lang
from tools.prompting import tokens
from tools.prompting.tokens import Token
from tools.specimens.language import LanguageModel, load

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_LOADING = threading.Lock()  # one copy, however many ask for it at once
LONGEST = 4000  # characters; more boxes than that are no longer seen one by one


def own_model(agent: Agent) -> LanguageModel:
    """The engine's model, or the small packaged one."""
    with _LOADING:
        return agent.engine.model if agent.engine else load()


class TokenView:
    """The section's components and what they do."""

    def __init__(self, agent: Agent, lang: gr.State) -> None:
        self.agent, self.lang = agent, lang
        self.seen = gr.State(None)
        self.intro = gr.HTML(_intro("en"), padding=False)
        with gr.Row(elem_classes="token-examples"):
            self.examples = [gr.Button(one[0], size="sm", elem_classes="walk-quiet", min_width=60) for one in EXAMPLES]
        with gr.Row(elem_classes="walk-row token-line"):
            self.text = gr.Textbox(
                label=word("beginning", "en"), lines=2, max_lines=8, max_length=LONGEST, elem_id="token-text", scale=5
            )
            self.read = gr.Button(word("token_read", "en"), variant="primary", elem_id="token-read")
        self.message = gr.HTML("", padding=False, elem_id="token-message")
        self.boxes = gr.HTML("", padding=False, elem_id="token-boxes")
        with gr.Row(elem_classes="walk-row", visible=False) as self.doing:
            self.draw, self.likeliest, self.ten, self.undo, self.restart = (
                gr.Button(word(key, "en"), size="sm", elem_id=f"token-{key}", elem_classes="walk-quiet")
                for key in ("draw", "likeliest", "ten", "undo", "restart")
            )
        with gr.Row(visible=False) as self.settings:
            self.temperature, self.top_p = (
                gr.Slider(0, most, 1.0, step=0.05, label=word(key, "en"), info=word(f"{key}_hint", "en"), elem_id=f"token-{key}")
                for key, most in (("temperature", 2), ("top_p", 1))
            )  # fmt: skip
            self.seed = gr.Number(
                0, label=word("seed", "en"), precision=0, minimum=0, elem_id="token-seed", min_width=90
            )
        with gr.Row():
            self.bars = gr.HTML("", padding=False, elem_id="token-bars", min_height=0)
            self.drawn = gr.HTML("", padding=False, elem_id="token-drawn")
        self._wire()

    def _wire(self) -> None:
        settings = [self.temperature, self.top_p]
        shown = [self.seen, self.message, self.boxes, self.bars, self.drawn, self.doing, self.settings]
        for event in (self.read.click, self.text.submit):
            event(self._read, [self.text, *settings, self.lang], shown, **QUIET)
        for button in self.examples:
            button.click(lambda text: text, button, self.text, **QUIET).then(
                self._read, [self.text, *settings, self.lang], shown, **QUIET
            )
        for slider in settings:
            slider.change(
                self._reshape,
                [self.seen, *settings, self.lang],
                [self.bars, self.drawn],
                trigger_mode="always_last",
                **QUIET,
            )
        here = [self.seen, *settings, self.seed, self.lang]
        for button, act in (
            (self.draw, self._draw),
            (self.likeliest, self._likeliest),
            (self.undo, lambda seen, *_: seen.tokens[: max(seen.given, len(seen.tokens) - 1)]),
            (self.restart, lambda seen, *_: seen.tokens[: seen.given]),
        ):
            button.click(self._going(act), here, shown, **QUIET)
        self.ten.click(self._ten, here, [self.drawn, self.message], **QUIET)
        self.lang.change(self._again, [self.seen, *settings, self.lang], [self.boxes, self.bars, self.drawn], **QUIET)

    @property
    def speaking(self) -> list[Any]:
        """The components whose words follow the language, in the order of ``words``."""
        return [
            self.intro, *self.examples, self.text, self.read, self.draw, self.likeliest, self.ten, self.undo, self.restart,
            self.temperature, self.top_p, self.seed,
        ]  # fmt: skip

    def words(self, lang: Lang) -> list[Any]:
        """What ``speaking`` becomes in a language."""
        return [
            _intro(lang), *[fr if lang == "fr" else en for en, fr in EXAMPLES], gr.update(label=word("beginning", lang)),
            *[word(key, lang) for key in ("token_read", "draw", "likeliest", "ten", "undo", "restart")],
            *[gr.update(label=word(key, lang), info=word(f"{key}_hint", lang)) for key in ("temperature", "top_p")],
            gr.update(label=word("seed", lang)),
        ]  # fmt: skip

    def _read(self, text: str, temperature: float, top_p: float, lang: Lang) -> Iterator[tuple[Any, ...]]:
        """Cuts a text into tokens and asks the model once what it expects."""
        working = (
            f'<p role="status"><span class="working" aria-hidden="true"></span>{escape(word("reading", lang))}</p>'
        )
        yield gr.skip(), working, *[gr.skip()] * 5
        try:
            model = own_model(self.agent)
            found = tuple(tokens.read(model, text))
            yield self._shown(model, found, len(found), temperature, top_p, lang)
        except AutopsieError as error:
            yield gr.skip(), said(error, lang), *[gr.skip()] * 5

    def _going(self, act: Callable[..., Any]) -> Callable[..., tuple[Any, ...]]:
        """Goes on to the tokens that ``act`` makes of what was seen."""

        def go(seen: Seen | None, temperature: float, top_p: float, seed: float | None, lang: Lang) -> tuple[Any, ...]:
            if seen is None:
                return gr.skip(), *[gr.skip()] * 6
            try:
                found = tuple(act(seen, temperature, top_p, int(seed or 0)))
                return self._shown(own_model(self.agent), found, seen.given, temperature, top_p, lang)
            except AutopsieError as error:
                return gr.skip(), said(error, lang), *[gr.skip()] * 5

        return go

    def _draw(self, seen: Seen, temperature: float, top_p: float, seed: int) -> tuple[Token, ...]:
        model = own_model(self.agent)
        return seen.tokens + tuple(tokens.draw(model, seen.tokens, seen.expected, temperature, top_p, seed))

    def _likeliest(self, seen: Seen, *_: object) -> tuple[Token, ...]:
        return (*seen.tokens, seen.expected.head[0])

    def _shown(
        self, model: LanguageModel, found: tuple[Token, ...], given: int, temperature: float, top_p: float, lang: Lang
    ) -> tuple[Any, ...]:
        """Everything after one run of the model: the outputs of a reading."""
        name = str(model.specimen.name).partition(",")[0]
        seen = Seen(found, given, tokens.following(model, found), tokens.spelled(model, found), name)
        on = gr.update(visible=True)
        return seen, "", boxes_html(seen, lang), bars_html(seen, temperature, top_p, lang), "", on, on

    def _reshape(self, seen: Seen | None, temperature: float, top_p: float, lang: Lang) -> tuple[str, str]:
        """The bars with other settings; draws made with the earlier ones go."""
        return (bars_html(seen, temperature, top_p, lang), "") if seen else ("", "")

    def _again(self, seen: Seen | None, temperature: float, top_p: float, lang: Lang) -> tuple[str, str, str]:
        return (boxes_html(seen, lang), bars_html(seen, temperature, top_p, lang), "") if seen else ("", "", "")

    def _ten(
        self, seen: Seen | None, temperature: float, top_p: float, seed: float | None, lang: Lang
    ) -> tuple[Any, Any]:
        if seen is None:
            return gr.skip(), gr.skip()
        try:
            model = own_model(self.agent)
            found = tokens.draw(model, seen.tokens, seen.expected, temperature, top_p, int(seed or 0), times=10)
            return ten_html(found, tokens.shape(seen.expected, temperature, top_p), lang), ""
        except AutopsieError as error:
            return gr.skip(), said(error, lang)


def said(error: AutopsieError, lang: Lang) -> str:
    """What went wrong, as the page shows it."""
    return f'<p class="error" role="alert">{escape(error.message.get(lang))}</p>'


def _intro(lang: Lang) -> str:
    return f'<p class="tagline" lang="{lang}">{word("token_intro", lang)}</p>'
