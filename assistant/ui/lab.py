"""The lab tab: a form for every tool, made from its schema."""

from __future__ import annotations

import queue
import threading
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr
from markupsafe import escape
from pydantic.fields import FieldInfo

from assistant.agent import Agent
from assistant.ui import uploads
from assistant.ui.page import slip_html
from assistant.ui.words import word
from tools.compare import SPECIMENS, compare
from tools.errors import AutopsieError, BadInput
from tools.finding import Finding, Lang
from tools.registry import all_tools, get
from tools.tool import MAX_TEXT, Progress, Tool, french
from tools.vision.pictures import BUILTIN

BROUGHT = {"image": ("picture", ["image"]), "dataset": ("table", [".csv", ".tsv", ".txt", ".parquet"])}
"""Argument that a file of the visitor can fill → the words on the button, and the kinds of file."""

_stops: dict[str, threading.Event] = {}
"""Session → the event that stops its run."""


@dataclass
class Lab:
    """The parts of the tab that speak a language, and how they change it."""

    speaking: list[Any]
    words: Callable[[Lang], list[Any]]


def build(agent: Agent, lang: gr.State) -> Lab:
    """Lays the tab out and wires it."""
    chosen = gr.Dropdown(choices("en"), value="weat", label=word("tool", "en"), elem_id="lab-tool")

    @gr.render([chosen, lang])  # type: ignore[untyped-decorator]
    def form(name: str, code: Lang) -> None:
        tool = get(name)
        gr.HTML(
            f'<p class="tagline" lang="{code}">{escape(tool.question.get(code))} <em>({escape(tool.needs.get(code))})</em></p>'
        )
        with gr.Row(elem_id="lab"):
            with gr.Column(scale=2, min_width=300):
                fields = [field(name, parameter, code) for name, parameter in tool.parameters.model_fields.items()]
                for kind, (said, types) in BROUGHT.items():
                    if kind in tool.parameters.model_fields and name != "face_hiring":  # which takes nobody's picture
                        at = list(tool.parameters.model_fields).index(kind)
                        upload = gr.UploadButton(
                            word(said, code), file_types=types, size="sm", elem_id=f"lab-{kind}-file"
                        )
                        upload.upload(
                            bring, [gr.State(kind), upload, lang], fields[at], show_progress="hidden", api_visibility="private"
                        )  # fmt: skip
                other = gr.Textbox(
                    label=word("other", code),
                    info=word("other_hint", code),
                    visible=comparable(tool),
                    interactive=True,
                    elem_id="lab-other",
                )
                seed = gr.Number(0, label=word("seed", code), precision=0, minimum=0, interactive=True)
                with gr.Row():
                    start = gr.Button(word("run", code), variant="primary", elem_id="lab-run")
                    halt = gr.Button(word("stop", code), elem_id="lab-stop")
            with gr.Column(scale=3, min_width=360):
                out = gr.HTML(f'<p class="note">{word("empty", code)}</p>', elem_id="lab-out")

        def measure(request: gr.Request, *values: Any) -> Iterator[str]:
            *given, second, number = values
            arguments = {
                key: value
                for key, value in zip(tool.parameters.model_fields, given, strict=True)
                if value not in (None, "")
            }
            hooks = {"seed": int(number or 0), "lang": code}
            yield from run(agent, name, arguments, str(second or "").strip(), hooks, str(request.session_hash))

        start.click(measure, [*fields, other, seed], out, show_progress="hidden", api_visibility="private")
        halt.click(stop, None, None, queue=False, show_progress="hidden", api_visibility="private")

    return Lab([chosen], lambda code: [gr.update(label=word("tool", code), choices=choices(code))])


def comparable(tool: Tool) -> bool:
    """Whether the tool measures a specimen that another can stand in for."""
    return any(name in tool.parameters.model_fields for name in SPECIMENS)


def choices(lang: Lang) -> list[tuple[str, str]]:
    """The tools by title."""
    return [(f"{tool.title.get(lang)} ({tool.name})", tool.name) for tool in all_tools()]


def field(name: str, parameter: FieldInfo, lang: Lang) -> Any:
    """The form field that fits a parameter's type."""
    label = name.replace("_", " ")
    info = french(parameter) if lang == "fr" else parameter.description
    default = None if parameter.is_required() else parameter.get_default(call_default_factory=True)
    kind = parameter.annotation
    if typing.get_origin(kind) is typing.Literal:
        return gr.Radio(list(typing.get_args(kind)), value=default, label=label, info=info, interactive=True)
    if kind is bool:
        return gr.Checkbox(bool(default), label=label, info=info, interactive=True)
    if kind in (int, float):
        return gr.Number(default, label=label, info=info, precision=0 if kind is int else None, interactive=True)
    if name == "image":
        return gr.Dropdown(
            list(BUILTIN), value=default, label=label, info=info, allow_custom_value=True, interactive=True, elem_id="lab-image"
        )  # fmt: skip
    value = ", ".join(default) if isinstance(default, list) else default
    long = name == "text"
    return gr.Textbox(
        value or "",
        label=label,
        info=info,
        lines=5 if long else 1,
        max_length=MAX_TEXT if long else None,
        interactive=True,
    )


def bring(kind: str, uploaded: str, lang: Lang, request: gr.Request) -> Any:
    """The visitor's picture or table as the value of the field; what is wrong with it in a message."""
    take = uploads.bring_picture if kind == "image" else uploads.bring_table
    try:
        return gr.update(value=str(take(uploaded, str(request.session_hash))))
    except AutopsieError as error:
        gr.Warning(error.message.get(lang))
        return gr.skip()


def stop(request: gr.Request) -> None:
    """Stops this session's run."""
    event = _stops.get(str(request.session_hash))
    if event:
        event.set()


def run(
    agent: Agent, name: str, arguments: dict[str, Any], other: str, hooks: dict[str, Any], session: str
) -> Iterator[str]:
    """The tool's progress, then its slip, or what to do about what went wrong; with ``other``, the difference between two specimens."""
    events: queue.Queue[Progress | Finding | AutopsieError] = queue.Queue()
    halt = _stops[session] = threading.Event()
    tool, lang = get(name), hooks["lang"]

    def work() -> None:
        try:
            model = agent.engine.model if agent.engine else None
            given = {**hooks, "assistant": model, "on_progress": events.put, "stop": halt, "keep": True}
            events.put(compare(tool, arguments, other, **given) if other else tool.run(arguments, **given))
        except AutopsieError as error:
            events.put(error)

    yield f'<p role="status"><span class="working" aria-hidden="true"></span>{escape(tool.title.get(lang))}</p>'
    threading.Thread(target=work, daemon=True).start()
    while True:
        happened = events.get()
        if isinstance(happened, Finding):
            yield f'<div class="lab-slip">{slip_html(happened, lang)}</div>'
            return
        if isinstance(happened, AutopsieError):
            kind = "Entrée refusée." if lang == "fr" else "Input refused."
            strong = f"<strong>{kind}</strong> " if isinstance(happened, BadInput) else ""
            yield f'<p class="error" role="alert">{strong}{escape(happened.message.get(lang))}</p>'
            return
        bar = (
            f'<progress max="{happened.total}" value="{happened.done}"></progress> {happened.done}/{happened.total}'
            if happened.total
            else ""
        )
        yield f'<p role="status"><span class="working" aria-hidden="true"></span>{escape(happened.label.get(lang))} {bar}</p>'
