"""The conversation tab: one column of answers, the evidence beside each."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant import export
from assistant.agent import Agent
from assistant.notebook import Notebook, new_conversation
from assistant.turn import Turn
from assistant.ui import uploads
from assistant.ui.page import turn_html
from assistant.ui.words import STARTERS, word
from tools.errors import AutopsieError
from tools.finding import Lang, Level

PAUSE = 0.2  # seconds between two redrawings of an answer in the making: steady for the eye and for screen readers

_running: dict[str, threading.Event] = {}
"""Browser session → the event that stops its turn."""


@dataclass
class Chat:
    """The parts of the tab that speak a language, and how they change it."""

    speaking: list[Any]
    words: Callable[[Lang], list[Any]]
    follow_language: Callable[[gr.Radio], None]
    restore: Callable[[gr.Blocks], None]
    ask_about: Callable[[gr.Button, gr.Textbox, gr.State, gr.Tabs], None]


def build(agent: Agent, lang: gr.State, level: gr.Radio) -> Chat:
    """Lays the tab out and wires it."""
    assert agent.notebook is not None
    notebook = agent.notebook
    conversation = gr.BrowserState("", storage_key="autopsie-conversation", secret="autopsie: an id, not a secret")
    spoken = gr.State("en")
    about = gr.State("")  # the document that the next question is about
    title = gr.HTML(f'<p class="starters-title">{word("try", "en")}</p>')
    starters: list[gr.Button] = []
    with gr.Column(elem_id="starters") as beginning:
        for first in (0, 3):
            with gr.Row():
                starters += [gr.Button(_starter(i, "en"), size="sm") for i in range(first, first + 3)]
    past = gr.HTML("", elem_id="past")
    current = gr.HTML("", elem_id="current")
    status = gr.HTML('<p role="status" aria-live="polite" class="visually-hidden"></p>', elem_id="status")
    question = gr.Textbox(
        label=word("question", "en"),
        placeholder=word("placeholder", "en"),
        lines=1,
        max_lines=12,
        elem_id="question",
        autofocus=True,
    )
    with gr.Row(elem_id="actions"):
        ask = gr.Button(word("ask", "en"), variant="primary", elem_id="ask-button", min_width=140)
        stop = gr.Button(word("stop", "en"), elem_id="stop-button", min_width=110)
        again, edit, copy, save, fresh = (
            gr.Button(word(key, "en"), size="sm", min_width=110, elem_id=f"{key}-button")
            for key in ("again", "edit", "copy", "export", "fresh")
        )
        bring = gr.UploadButton(
            word("picture", "en"), file_types=["image"], size="sm", min_width=110, elem_id="picture-button"
        )
        away = gr.Button(word("take_away", "en"), size="sm", min_width=110, visible=False, elem_id="away-button")
    picture = gr.State("")  # the path of the visitor's picture
    shown = gr.HTML("", elem_id="picture")
    files = gr.File(label=word("exported", "en"), visible=False, file_count="multiple", interactive=False)

    def answer(
        text: str, known: str, chosen: Level, ui_lang: Lang, document: str, image: str, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """One turn, redrawn as it grows: past, current, status, question, conversation, language, starters, about."""
        known = known or new_conversation()
        text = text if text.strip() or not image else word("look", ui_lang)
        before = notebook.turns(known)
        halt = _running[str(request.session_hash)] = threading.Event()
        drawn = 0.0
        history = "".join(turn_html(turn) for turn in before)
        turn = None
        for turn in agent.ask(text, known, level=chosen, last=_last(before), stop=halt, about=document, picture=image):
            if time.monotonic() - drawn < PAUSE and turn.status == "working":
                continue
            drawn = time.monotonic()
            said = turn.phases[-1].label.get(turn.lang) if turn.phases else ""
            live = f'<p role="status" aria-live="polite" class="visually-hidden" lang="{turn.lang}">{said if turn.status == "working" else _finished(turn)}</p>'
            hidden = gr.update(visible=False)
            yield (
                history,
                turn_html(turn),
                live,
                "",
                known,
                turn.lang if turn.status != "working" else ui_lang,
                hidden,
                hidden,
                "",
            )
        _running.pop(str(request.session_hash), None)

    outputs = [past, current, status, question, conversation, spoken, beginning, title, about]
    inputs = [question, conversation, level, lang, about, picture]
    wired: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": 4, "api_visibility": "private"}
    ask.click(answer, inputs, outputs, **wired)
    question.submit(answer, inputs, outputs, **wired)
    for i, button in enumerate(starters):
        pick = gr.State(i)
        button.click(
            lambda at, code: STARTERS[at][1].get(code),
            [pick, lang],
            question,
            show_progress="hidden",
            api_visibility="private",
        ).then(answer, inputs, outputs, **wired)
    again.click(
        lambda known: _last_question(notebook, known),
        conversation,
        question,
        show_progress="hidden",
        api_visibility="private",
    ).then(answer, inputs, outputs, **wired)
    edit.click(
        lambda known: _last_question(notebook, known),
        conversation,
        question,
        show_progress="hidden",
        api_visibility="private",
    ).then(None, None, None, js="() => document.querySelector('#question textarea').focus()")
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    bring.upload(_bring, [bring, lang], [picture, shown, away], **quiet)
    away.click(_take_away, None, [picture, shown, away], **quiet)
    stop.click(_stop, None, None, queue=False, show_progress="hidden", api_visibility="private")
    copy.click(None, None, None, js=_COPY)
    save.click(
        lambda known: gr.update(value=export.write(notebook.turns(known)), visible=True),
        conversation,
        files,
        api_visibility="private",
    )
    fresh.click(lambda: ("", "", "", "", gr.update(visible=True), gr.update(visible=True), gr.update(visible=False)), None,
                [past, current, question, conversation, beginning, title, files], show_progress="hidden", api_visibility="private")  # fmt: skip

    def recompose(chosen: Level, known: str) -> tuple[str, str]:
        """All turns again for another reader."""
        turns = [agent.recompose(turn, chosen) for turn in notebook.turns(known)] if known else []
        return "".join(turn_html(turn) for turn in turns[:-1]), turn_html(turns[-1]) if turns else ""

    level.change(recompose, [level, conversation], [past, current], show_progress="hidden", api_visibility="private")

    def words(code: Lang) -> list[Any]:
        return [
            f'<p class="starters-title">{word("try", code)}</p>',
            *[_starter(i, code) for i in range(len(starters))],
            gr.update(label=word("question", code), placeholder=word("placeholder", code)),
            *[word(key, code) for key in ("ask", "stop", "again", "edit", "copy", "export", "fresh")],
            gr.update(label=word("picture", code)),
            word("take_away", code),
            gr.update(label=word("exported", code)),
        ]

    def follow_language(radio: gr.Radio) -> None:
        spoken.change(lambda code: code, spoken, radio, show_progress="hidden", api_visibility="private")

    def restore(page: gr.Blocks) -> None:
        def show(known: str) -> tuple[Any, ...]:
            turns = notebook.turns(known) if known else []
            shown = gr.update(visible=not turns)
            return "".join(turn_html(turn) for turn in turns), shown, shown

        page.load(show, conversation, [past, beginning, title], show_progress="hidden", api_visibility="private")

    def ask_about(button: gr.Button, field: gr.Textbox, document: gr.State, tabs: gr.Tabs) -> None:
        """Asks, in this tab, what was typed beside a document of the library."""
        for event in (button.click, field.submit):
            event(
                lambda text, chosen: (text, chosen, "", gr.Tabs(selected="chat")), [field, document],
                [question, about, field, tabs], show_progress="hidden", api_visibility="private",
            ).then(answer, inputs, outputs, **wired)  # fmt: skip

    spoken_parts = [title, *starters, question, ask, stop, again, edit, copy, save, fresh, bring, away, files]
    return Chat(spoken_parts, words, follow_language, restore, ask_about)


def _bring(uploaded: str, lang: Lang, request: gr.Request) -> tuple[Any, ...]:
    """Takes a picture in: its path, itself or what is wrong with it, and the button that removes it."""
    from markupsafe import escape
    from PIL import Image

    try:
        path = uploads.bring_picture(uploaded, str(request.session_hash))
    except AutopsieError as error:
        return "", f'<p class="error" role="alert">{escape(error.message.get(lang))}</p>', gr.update(visible=False)
    with Image.open(path) as image:
        said = word("picture_here", lang).format(width=image.width, height=image.height)
    data = base64.b64encode(path.read_bytes()).decode()
    small = f'<img src="data:image/png;base64,{data}" alt="" class="brought">'
    return str(path), f'<div class="brought" role="status">{small}<p>{said}</p></div>', gr.update(visible=True)


def _take_away(request: gr.Request) -> tuple[Any, ...]:
    uploads.forget(str(request.session_hash))
    return "", "", gr.update(visible=False)


def _starter(at: int, lang: Lang) -> str:
    reader, question, needs = STARTERS[at]
    return f"{question.get(lang)}\n{reader.get(lang)} · {needs.get(lang)}"


def _last(turns: list[Turn]) -> Turn | None:
    """The latest turn that found something, or the latest of all."""
    return next((turn for turn in reversed(turns) if turn.findings), turns[-1] if turns else None)


def _last_question(notebook: Notebook, conversation: str) -> str:
    turns = notebook.turns(conversation) if conversation else []
    return turns[-1].question if turns else ""


def _stop(request: gr.Request) -> None:
    """Stops the turn of this browser session."""
    event = _running.get(str(request.session_hash))
    if event:
        event.set()


def _finished(turn: Turn) -> str:
    if turn.error:
        from markupsafe import escape

        return str(escape(turn.error.get(turn.lang)))
    return "Réponse complète." if turn.lang == "fr" else "Answer complete."


_COPY = """() => {
  const turns = document.querySelectorAll('article.turn');
  if (turns.length) navigator.clipboard.writeText(turns[turns.length - 1].dataset.markdown);
}"""
