"""Builds and serves the page, on loopback only."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import gradio as gr

from assistant.agent import Agent
from assistant.engines import open_engine
from assistant.notebook import Notebook
from assistant.ui import audit, chat, lab, library, uploads
from assistant.ui.audit_words import word as audit_word
from assistant.ui.incidents import Incidents
from assistant.ui.walk_parts import remembered
from assistant.ui.walk_words import word as walk_word
from assistant.ui.words import WORDS, word
from assistant.ui.workshop import Workshop
from assistant.ui.workshop_parts import remembered as workshop_remembered
from assistant.ui.workshop_words import word as workshop_word
from tools.errors import Unavailable
from tools.finding import Lang
from tools.specimens.home import home

SCRIPTS = ("page.js", "walk.js", "workshop.js")
STYLES = ("page.css", "card.css")


def build(engine: str = "embedded") -> gr.Blocks:
    """The page with its tabs; ``engine`` as in ``engines.open_engine``."""
    agent = Agent(open_engine(engine), Notebook())
    page: gr.Blocks
    with gr.Blocks(title="Autopsie", fill_width=True) as page:
        lang = gr.State("en")
        head = gr.HTML(header(agent, "en"), elem_id="head")
        with gr.Row():
            language = gr.Radio(
                [("English", "en"), ("Français", "fr")], value="en", label=word("language", "en"), scale=1
            )
            level = gr.Radio(levels("en"), value="curious", label=word("reader", "en"), scale=2)
        mine, drafts = remembered(), workshop_remembered()
        with gr.Tabs(elem_id="tabs") as tabs:
            with gr.Tab(word("chat", "en"), id="chat", elem_id="tab-chat") as chat_tab:
                back_to_walk = gr.Button(visible=False, size="sm", elem_id="walk-return", elem_classes="walk-quiet")
                talk = chat.build(agent, lang, level)
            with gr.Tab(walk_word("incidents", "en"), id="incidents", elem_id="tab-incidents") as incidents_tab:
                walks = Incidents(agent, lang, level, mine)
            with gr.Tab(workshop_word("workshop", "en"), id="workshop", elem_id="tab-workshop") as workshop_tab:
                workshop = Workshop(agent, lang, drafts)
            with gr.Tab(word("lab", "en"), id="lab", elem_id="tab-lab") as lab_tab:
                bench = lab.build(agent, lang)
            with gr.Tab(audit_word("audit", "en"), id="audit", elem_id="tab-audit") as audit_tab:
                knife = audit.build(agent, engine, lang, audit_tab)
            with gr.Tab(word("library", "en"), id="library", elem_id="tab-library") as library_tab:
                shelf = library.build(lang)

        def translate(chosen: Lang) -> list[Any]:
            return [
                chosen,
                header(agent, chosen),
                gr.update(label=word("language", chosen)),
                gr.update(label=word("reader", chosen), choices=levels(chosen)),
                gr.update(label=word("chat", chosen)),
                gr.update(label=walk_word("incidents", chosen)),
                gr.update(label=workshop_word("workshop", chosen)),
                gr.update(label=word("lab", chosen)),
                gr.update(label=audit_word("audit", chosen)),
                gr.update(label=word("library", chosen)),
                *talk.words(chosen),
                *walks.parts.words(chosen),
                *workshop.words(chosen),
                *bench.words(chosen),
                *knife.words(chosen),
                *shelf.words(chosen),
            ]

        tabs_said = [chat_tab, incidents_tab, workshop_tab, lab_tab, audit_tab, library_tab]
        speaking = [
            *talk.speaking,
            *walks.parts.speaking,
            *workshop.speaking,
            *bench.speaking,
            *knife.speaking,
            *shelf.speaking,
        ]
        said = [lang, head, language, level, *tabs_said, *speaking]
        language.change(translate, language, said, show_progress="hidden", api_visibility="private")
        language.input(None, language, None, js="(lang) => window.keepLanguage?.(lang)")
        talk.follow_language(language)
        page.load(
            lambda code: "fr" if str(code).startswith("fr") else "en", language_of_browser(), language,
            js="() => window.readerLanguage?.() || 'en'", show_progress="hidden", api_visibility="private",
        )  # fmt: skip
        talk.restore(page)
        page.unload(_leave)
        talk.ask_about(shelf.ask, shelf.question, shelf.chosen, tabs)
        talk.ask_about(walks.parts.ask, walks.parts.question, walks.parts.sheet, tabs)
        walks.returning(back_to_walk, tabs)
        walks.land(page, tabs, shelf.opened, language_of_browser())
        workshop.land(page, tabs, language_of_browser())
        page.load(
            lambda asked: (asked, gr.Tabs(selected="library") if asked else gr.skip()), language_of_browser(),
            [shelf.opened, tabs], js="() => new URLSearchParams(location.search).get('document') || ''",
            show_progress="hidden", api_visibility="private",
        )  # fmt: skip
    return page


def _leave(request: gr.Request) -> None:
    """The visitor closed the page: their pictures go."""
    uploads.forget(str(request.session_hash))


def language_of_browser() -> gr.Textbox:
    """A field that is never shown; the browser writes its language, or its address, there."""
    return gr.Textbox(visible="hidden")


def levels(lang: Lang) -> list[tuple[str, str]]:
    """The three readers."""
    return [(word(level, lang), level) for level in ("curious", "student", "engineer")]


def header(agent: Agent, lang: Lang) -> str:
    """What it is, who speaks, what leaves the machine, what it cannot do: in sight from the first moment."""
    from markupsafe import escape

    try:
        speaker = agent.speaker
        who = word(speaker.level, lang).format(model=escape(speaker.model))
    except Unavailable as error:
        who = str(escape(error.message.get(lang)))
    return (
        f'<div class="autopsie" lang="{lang}"><h1>Autopsie</h1><p class="tagline">{escape(WORDS["tagline"].get(lang))}</p>'
        f'<p class="status"><strong>{word("is_ai", lang)}</strong> {who} {word("leaves", lang)} {word("cannot", lang)}</p></div>'
    )


def theme() -> gr.themes.Base:
    """System fonts, one accent."""
    fonts = ["ui-sans-serif", "system-ui", "Segoe UI", "DejaVu Sans", "sans-serif"]
    return gr.themes.Base(
        primary_hue="teal", neutral_hue="stone", font=fonts, font_mono=["ui-monospace", "DejaVu Sans Mono", "monospace"]
    )


def serve(port: int, engine: str) -> None:
    """Opens the page on 127.0.0.1 and waits; models that the first question needs are warmed up meanwhile."""
    import threading

    from tools.errors import BadInput

    page = build(engine)
    uploads.sweep()
    threading.Thread(target=warm_up, daemon=True).start()
    static = files("assistant.ui") / "static"
    try:
        page.queue(default_concurrency_limit=4, max_size=64).launch(
            server_name="127.0.0.1", server_port=port, share=False, quiet=True, theme=theme(),
            css="".join((static / name).read_text(encoding="utf-8") for name in STYLES),
            head="".join(f"<script>{(static / name).read_text(encoding='utf-8')}</script>" for name in SCRIPTS),
            footer_links=[], max_file_size="40mb", prevent_thread_lock=True, ssr_mode=False, pwa=False, show_error=False,
            allowed_paths=[str(home() / "exports")],  # what the page itself writes for downloads, wherever the state folder is
        )  # fmt: skip
    except OSError:
        raise BadInput(
            f"Port {port} is taken. Choose another: autopsie ui --port {port + 1}",
            f"Le port {port} est pris. Choisissez-en un autre : autopsie ui --port {port + 1}",
        ) from None
    print(f"Autopsie: http://127.0.0.1:{port}/   (Ctrl+C stops it)", flush=True)
    page.block_thread()


def warm_up() -> None:
    """Loads what every question needs, so that the first one does not wait."""
    from assistant.planner import heard
    from assistant.planner.nearest import planner
    from knowledge.search import search

    asked = heard.asked("warmup")  # in no library: the dictionary is opened too
    planner().rank(asked)
    search(asked, k=1)
