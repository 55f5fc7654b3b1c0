"""The library tab: browse, filter, read, ask about a document, add files and take them out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from markupsafe import escape

from assistant.ui.shelf import document_html, shelf_html, years_of
from assistant.ui.words import word
from knowledge import added
from knowledge.categories import HARMS, KINDS, MECHANISMS, SECTORS
from knowledge.documents import document
from tools.errors import AutopsieError
from tools.finding import Lang, Text

FILTERS: dict[str, tuple[Text, dict[str, Text]]] = {
    "kind": (Text(en="Kind", fr="Nature"), KINDS),
    "harm": (Text(en="Harm", fr="Dommage"), HARMS),
    "mechanism": (Text(en="Cause discussed", fr="Cause discutée"), MECHANISMS),
    "sector": (Text(en="Sector", fr="Secteur"), SECTORS),
    "years": (Text(en="Years", fr="Années"), {}),
}


@dataclass
class Library:
    """The parts of the tab that speak a language, how they change it, and what opens a document."""

    speaking: list[Any]
    words: Callable[[Lang], list[Any]]
    opened: gr.Textbox
    question: gr.Textbox
    ask: gr.Button
    chosen: gr.State


def build(lang: gr.State) -> Library:
    """Lays the tab out and wires it."""
    chosen = gr.State("")  # the id of the document that is open
    opened = gr.Textbox(visible="hidden", elem_id="open-document")  # the page's script writes an id here
    with gr.Row(elem_id="library"):
        with gr.Column(scale=2, min_width=320):
            words = gr.Textbox(label=word("find", "en"), placeholder=word("find_hint", "en"), elem_id="library-find")
            with gr.Row():
                boxes: list[Any] = [
                    gr.Dropdown(choices(name, "en"), value="", label=title.en, min_width=140, filterable=False)
                    for name, (title, _) in FILTERS.items()
                ]
            shelf = gr.HTML(shelf_html("en"), elem_id="shelf")
            with gr.Accordion(word("add", "en"), open=False, elem_id="library-add") as adding:
                files = gr.File(
                    label=word("add_hint", "en"), file_count="multiple", file_types=list(added.SUFFIXES), height=120
                )
                outcome = gr.HTML("", elem_id="added")
        with gr.Column(scale=3, min_width=360):
            with gr.Row(visible=False, elem_id="asking") as asking:
                question = gr.Textbox(label=word("ask_about", "en"), elem_id="about", scale=4)
                ask = gr.Button(word("ask", "en"), variant="primary", elem_id="about-button", scale=1, min_width=110)
            reading = gr.HTML(f'<p class="note">{word("choose", "en")}</p>', elem_id="reading")
            remove = gr.Button(word("remove", "en"), visible=False, elem_id="library-remove")

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    filters = [lang, words, *boxes]
    for one in (words, *boxes):
        one.change(shelf_html, filters, shelf, **quiet)

    def show(asked: str, code: Lang) -> tuple[Any, ...]:
        identifier = asked.partition("|")[0]  # after the bar: a count, so that the same document opens again
        found = document(identifier, code)
        if found is None:
            return "", f'<p class="note">{word("choose", code)}</p>', gr.update(visible=False), gr.update(visible=False)
        mine = found.kind == "added"
        return identifier, document_html(found, code), gr.update(visible=True), gr.update(visible=mine)

    reader = [chosen, reading, asking, remove]
    opened.change(show, [opened, lang], reader, **quiet).then(None, None, None, js=_TO_THE_TOP)
    lang.change(show, [chosen, lang], reader, **quiet)
    lang.change(shelf_html, filters, shelf, **quiet)

    def bring(paths: list[str] | None, code: Lang) -> Iterator[tuple[str, Any]]:
        yield from take_in([Path(path) for path in paths or []], code)

    files.upload(bring, [files, lang], [outcome, files], **quiet).then(shelf_html, filters, shelf, **quiet)

    def take_out(identifier: str, code: Lang) -> tuple[Any, ...]:
        try:
            gone = added.remove(identifier)
        except AutopsieError as error:
            return (
                identifier,
                f'<p class="error" role="alert">{escape(error.message.get(code))}</p>',
                gr.skip(),
                gr.skip(),
            )
        said = word("removed", code).format(title=escape(gone.title))
        return "", f'<p role="status">{said}</p>', gr.update(visible=False), gr.update(visible=False)

    remove.click(take_out, [chosen, lang], reader, js=_CONFIRM, **quiet).then(shelf_html, filters, shelf, **quiet)

    def speak(code: Lang) -> list[Any]:
        titles = [gr.update(label=title.get(code), choices=choices(name, code)) for name, (title, _) in FILTERS.items()]
        return [
            gr.update(label=word("find", code), placeholder=word("find_hint", code)), *titles,
            gr.update(label=word("add", code)), gr.update(label=word("add_hint", code)),
            gr.update(label=word("ask_about", code)), word("ask", code), word("remove", code),
        ]  # fmt: skip

    return Library([words, *boxes, adding, files, question, ask, remove], speak, opened, question, ask, chosen)


def choices(name: str, lang: Lang) -> list[tuple[str, str]]:
    """The values of a filter; the empty one keeps everything."""
    everything = "Tous" if lang == "fr" else "All"
    if name == "years":
        return [(everything, ""), *((f"{years[0]}–{years[1]}", key) for key, years in years_of().items())]
    return [(everything, ""), *((text.get(lang), key) for key, text in FILTERS[name][1].items())]


def take_in(paths: list[Path], lang: Lang) -> Iterator[tuple[str, Any]]:
    """Adds files and says, one by one, what became of each; the list grows while the work goes on."""
    import gradio as gr

    from knowledge.index import rebuild

    lines: list[str] = []

    def said(now: str = "") -> str:
        working = f'<p role="status"><span class="working" aria-hidden="true"></span>{now}</p>' if now else ""
        return f'<ul class="outcomes" lang="{lang}" aria-live="polite">{"".join(lines)}</ul>{working}'

    yield said(word("reading", lang).format(file="…")), gr.skip()
    for one in added.add(paths):
        why = one.why.get(lang) if one.why else ""
        if one.document and one.status in ("added", "replaced"):
            button = f'<button type="button" class="link" data-document="{one.document.id}">{escape(one.document.title)}</button>'
            lines.append(f"<li>{word(one.status, lang)} {button}</li>")
        else:
            lines.append(f'<li class="{"error" if one.status == "refused" else "note"}">{escape(why)}</li>')
        yield said(word("reading", lang).format(file="…")), gr.skip()
    yield said(word("indexing", lang)), gr.skip()
    count = len(rebuild().passages)
    lines.append(f'<li class="note">{word("indexed", lang).format(n=count)}</li>')
    yield said(), None


_TO_THE_TOP = "() => window.openedDocument?.()"
_CONFIRM = """(id, lang) => {
  const said = lang === "fr" ? "Retirer ce document de la bibliothèque ?" : "Take this document out of the library?";
  return [confirm(said) ? id : "", lang];
}"""
