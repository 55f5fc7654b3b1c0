"""A conversation as files: Markdown to read, HTML to keep, JSON to replay."""

from __future__ import annotations

import json

from assistant.turn import Turn
from tools.specimens.home import home


def write(turns: list[Turn]) -> list[str]:
    """Writes the three files of a conversation under the state folder; returns their paths ([] for no turn)."""
    if not turns:
        return []
    folder = home() / "exports" / turns[0].conversation
    folder.mkdir(parents=True, exist_ok=True)
    made = {
        "conversation.md": as_markdown(turns),
        "conversation.html": as_html(turns),
        "conversation.json": as_json(turns),
    }
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [str(folder / name) for name in made]


def as_markdown(turns: list[Turn]) -> str:
    """Questions and answers, each with what it rests on."""
    parts = [f"# Autopsie\n\n{generator(turns)}"]
    for turn in turns:
        parts.append(f"## {turn.question}\n\n{turn.text()}")
        parts += [
            f"[M{i}] `{finding.rerun}`, {finding.specimen.name}, SHA-256 {finding.specimen.sha256}"
            for i, finding in enumerate(turn.findings, 1)
        ]
        parts += [f"[{p.number}] {p.title}, {p.heading} (`{p.id}`): {p.text}" for p in turn.cited()]
    return "\n\n".join(parts) + "\n"


def as_html(turns: list[Turn]) -> str:
    """One self-contained page: figures inside, no script, no address outside."""
    from importlib.resources import files

    from assistant.ui.page import turn_html

    css = (files("assistant.ui") / "static" / "page.css").read_text(encoding="utf-8")
    body = "".join(turn_html(turn) for turn in turns)
    return (
        f'<!doctype html><html lang="{turns[0].lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta name="generator" content="Autopsie"><title>Autopsie</title><style>body{{max-width:76rem;margin:2rem auto;padding:0 1rem;'
        f"background:var(--paper);font-family:system-ui,sans-serif}}{css}</style></head>"
        f'<body class="light"><p class="note">{generator(turns)}</p>{body}</body></html>'
    )


def as_json(turns: list[Turn]) -> str:
    """Everything, as the notebook keeps it."""
    return json.dumps(
        {"generator": generator(turns), "turns": [turn.model_dump(mode="json") for turn in turns]},
        ensure_ascii=False,
        indent=1,
    )


def generator(turns: list[Turn]) -> str:
    """Who made this text: it is marked as made by a machine, with model and date."""
    speaker = turns[-1].speaker
    who = f"{speaker.level}" + (f", {speaker.model}" if speaker.model else "")
    return f"Made by a machine: Autopsie ({who}), {turns[-1].created:%Y-%m-%d}."
