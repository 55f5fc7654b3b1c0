"""The Audit tab: the assistant's own numbers, what went wrong, and a button that measures them again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from markupsafe import escape

from assistant import card as cards
from assistant.agent import Agent
from assistant.card import Card
from assistant.card_rows import beside, speaker
from assistant.card_text import fragment, html, markdown
from assistant.ui import audit_run
from assistant.ui.audit_words import SUITES, word
from assistant.ui.page import table_html
from tools.errors import Unavailable
from tools.finding import Lang
from tools.numbers import number
from tools.numbers import words as listed
from tools.specimens.home import home

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
SHIPPED = "shipped"
EVERY = 1.0  # seconds between two looks at a running audit


@dataclass
class Audit:
    """The parts of the tab that speak a language, and how they change it."""

    speaking: list[Any]
    words: Callable[[Lang], list[Any]]


def build(agent: Agent, engine: str, lang: gr.State, tab: gr.Tab) -> Audit:
    """Lays the tab out and wires it; ``engine`` is what the page was started with."""
    intro = gr.HTML(introduction(agent, "en"), elem_id="audit-intro")
    with gr.Row(elem_id="audit-acts"):
        run = gr.Button(word("run", "en"), variant="primary", elem_id="audit-run", min_width=180)
        stop = gr.Button(word("stop", "en"), elem_id="audit-stop", min_width=110, visible=False)
    progress = gr.HTML("", elem_id="audit-progress")
    with gr.Row(elem_id="audit-files"):
        which = gr.Dropdown(
            choices("en"), value=newest(), label=word("which", "en"), elem_id="audit-which", filterable=False, scale=3
        )
        saves = [
            gr.DownloadButton(word(f"save_{kind}", "en"), size="sm", min_width=110, elem_id=f"audit-{kind}")
            for kind in ("md", "json", "html")
        ]
    shown = gr.HTML("", elem_id="audit-card")
    others = gr.HTML("", elem_id="audit-beside")
    timer = gr.Timer(EVERY, active=False)
    card_parts = [shown, others, *saves]
    run_parts = [progress, run, stop, timer]

    def arrive(code: Lang) -> tuple[Any, ...]:
        """The tab is opened: the newest card, and the audit that may be running."""
        key = newest()
        return gr.update(choices=choices(code), value=key), *draw(key, code), *look(code)

    def begin(code: Lang) -> tuple[Any, ...]:
        audit_run.start(engine)
        return look(code)

    def halt(code: Lang) -> tuple[Any, ...]:
        if audit := audit_run.latest():
            audit.stop()
        return look(code)

    def tick(code: Lang) -> tuple[Any, ...]:
        """A look at the running audit; when it is done its card is shown."""
        audit = audit_run.latest()
        if audit is not None and audit.state == "done":
            new = newest()
            return gr.update(choices=choices(code), value=new), introduction(agent, code), *draw(new, code), *look(code)
        return gr.skip(), gr.skip(), *(gr.skip() for _ in card_parts), *look(code)

    tab.select(arrive, lang, [which, *card_parts, *run_parts], **QUIET)
    run.click(begin, lang, run_parts, **QUIET)
    stop.click(halt, lang, run_parts, queue=False, **QUIET)
    timer.tick(tick, lang, [which, intro, *card_parts, *run_parts], **QUIET)
    which.input(draw, [which, lang], card_parts, **QUIET)
    lang.change(lambda key, code: (*draw(key, code), *look(code)), [which, lang], [*card_parts, *run_parts], **QUIET)

    def words(code: Lang) -> list[Any]:
        return [
            introduction(agent, code), gr.update(label=word("which", code), choices=choices(code)), word("stop", code),
            *(gr.update(label=word(f"save_{kind}", code)) for kind in ("md", "json", "html")),
        ]  # fmt: skip

    return Audit([intro, which, stop, *saves], words)


def known() -> dict[str, Card]:
    """The cards that can be shown, by a key that stays: those of this machine, newest first, then the shipped one."""
    found = {one.key: one for one in cards.made_here()}
    origin = cards.shipped()
    return found | ({SHIPPED: origin} if origin else {})


def newest() -> str | None:
    """The key of the card to show first."""
    return next(iter(known()), None)


def choices(lang: Lang) -> list[tuple[str, str]]:
    """The cards by date, speaker and origin."""
    dates = {"en": "%Y-%m-%d %H:%M", "fr": "%d/%m/%Y %H:%M"}
    return [
        (
            f"{one.made.strftime(dates[lang])} · {speaker(one, lang)} · "
            + word("shipped_short" if key == SHIPPED else "here_short", lang),
            key,
        )
        for key, one in known().items()
    ]


def introduction(agent: Agent, lang: Lang) -> str:
    """What the audit does and how long it took the last time."""
    suites = listed([word(name, lang) for name in SUITES], lang)
    try:
        mine = next((one for one in cards.made_here() if one.speaker == agent.speaker), None)
    except Unavailable:  # a server that does not answer now
        mine = None
    time = word("took", lang, minutes=number(mine.seconds / 60, lang, 0)) if mine else word("unknown", lang)
    return f'<p class="tagline" lang="{lang}">{escape(word("intro", lang, suites=suites))} {escape(time)}</p>'


def draw(key: str | None, lang: Lang) -> tuple[Any, ...]:
    """A card, those of other speakers beside it, and its files."""
    card = known().get(key or "")
    if card is None:
        nothing = [gr.update(value=None, visible=False)] * 3
        return f'<p class="note" lang="{lang}">{word("empty", lang)}</p>', "", *nothing
    source = word("shipped" if key == SHIPPED else "here", lang)
    several = cards.by_speaker()
    table = f"<p>{word('beside', lang)}</p>{table_html(beside(several, lang), lang)}" if len(several) > 1 else ""
    earlier = cards.before(card)
    files = [gr.update(value=path, visible=True) for path in written(card, key or "", lang, earlier)]
    body = fragment(card, lang, earlier, asking=True, source=source)
    return f'<div class="turn-like" lang="{lang}">{body}</div>', f'<div lang="{lang}">{table}</div>', *files


def written(card: Card, key: str, lang: Lang, earlier: Card | None) -> list[str]:
    """The files of a card: Markdown, JSON, a page."""
    folder = home() / "exports" / "audit" / key
    folder.mkdir(parents=True, exist_ok=True)
    made: dict[Path, str] = {
        folder / f"self-audit.{lang}.md": markdown(card, lang, earlier),
        folder / "self-audit.json": card.model_dump_json(indent=1),
        folder / f"self-audit.{lang}.html": html(card, lang, earlier),
    }
    for path, text in made.items():
        path.write_text(text, encoding="utf-8")
    return [str(path) for path in made]


def look(lang: Lang) -> tuple[Any, ...]:
    """The running audit as the page shows it: progress, the two buttons, whether to look again."""
    audit = audit_run.latest()
    state = audit.state if audit else None
    busy = state in ("working", "stopping")
    label = word("go_on" if state in ("stopped", "failed") else "run", lang)
    return (
        told(audit, lang) if audit else "",
        gr.update(value=label, interactive=not busy),
        gr.update(visible=busy, interactive=state == "working"),
        gr.Timer(active=busy),
    )


def told(audit: audit_run.Audit, lang: Lang) -> str:
    """How far it is, or how it ended, in words and with a bar."""
    state, step = audit.state, audit.step
    if state in ("stopped", "done"):
        return f'<p class="note" role="status" lang="{lang}">{word(state, lang)}</p>'
    if state == "failed":
        said = "\n".join(audit.said)
        more = (
            f"<details open><summary>{word('details', lang)}</summary><pre>{escape(said)}</pre></details>"
            if said
            else ""
        )
        return f'<div lang="{lang}"><p class="error" role="alert">{word("failed", lang)}</p>{more}</div>'
    if state == "stopping" or not step.suite:
        now, bar = word("stopping" if state == "stopping" else "starting", lang), ""
    else:
        now = word("step", lang, part=step.part, parts=step.parts, suite=word(step.suite, lang))
        bar = f' <progress max="{step.total}" value="{step.done}"></progress> <span class="count">{number(step.done, lang, 0)} / {number(step.total, lang, 0)}</span>'
    return f'<p role="status" lang="{lang}"><span class="working" aria-hidden="true"></span>{escape(now)}{bar}</p>'
