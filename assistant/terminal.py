"""How turns, findings and progress look in a terminal."""

from __future__ import annotations

import base64
import csv
import json
import shutil
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.compose import estimate_line, explain
from assistant.turn import Turn, markdown
from knowledge.search import Hit
from tools.finding import Cell, Finding, Lang, Level, Table, Text
from tools.numbers import number
from tools.tool import Progress


def public(turn: Turn) -> dict[str, Any]:
    """The turn as ``ask --json`` prints it."""
    return {
        "answer": turn.text(),
        "lang": turn.lang,
        "level": turn.level,
        "plan": turn.plan.model_dump(exclude_none=True) if turn.plan else {"kind": "decline", "tools": []},
        "findings": [finding.model_dump(mode="json") | {"id": finding.id} for finding in turn.findings],
        "passages": [p.model_dump() for p in turn.passages],
        "checks": turn.checks.model_dump() | {"removed": turn.checks.removed},
        "engine": turn.speaker.model_dump(),
        "status": turn.status,
        "error": turn.error.get(turn.lang) if turn.error else None,
        "seconds": round(turn.seconds, 3),
        "id": turn.id,
        "conversation": turn.conversation,
    }


def show(turn: Turn) -> None:
    """The answer, then what it rests on."""
    clear()
    blocks = [block for block in turn.answer if block.kind != "table"]
    print(fill(markdown(blocks)))
    for block in turn.answer:
        if block.kind == "table":
            print_table(turn.findings[block.findings[0] - 1].table(block.text), turn.lang)
    if turn.findings or turn.cited():
        print()
    for i, finding in enumerate(turn.findings, 1):
        print(fill(f"[M{i}] {finding.rerun}   ({number(finding.seconds, turn.lang, 1)} s, {finding.specimen.name})"))
    for passage in turn.cited():
        print(f"[{passage.number}] {passage.title}, {passage.heading} ({passage.id})")


def show_finding(finding: Finding, lang: Lang, level: Level) -> None:
    """One finding for one reader: the estimates, the words, the tables for all but the curious."""
    print(fill(finding.question.get(lang)) + "\n")
    for estimate in finding.estimates:
        print("  " + estimate_line(estimate, lang))
    print()
    print(fill(markdown(explain(finding, 1, level, lang)).replace(" [M1]", "")))
    for table in finding.tables if level != "curious" else []:
        print_table(table, lang)
    print(f"\n{finding.rerun}")


def show_hits(hits: list[Hit], answered: bool, lang: Lang) -> None:
    """Passages with their scores."""
    if not answered:
        print({"en": "(Nothing here seems to answer this.)", "fr": "(Rien ici ne semble y répondre.)"}[lang] + "\n")
    for hit in hits:
        print(f"{hit.score:.3f}  {hit.id}  {hit.title}, {hit.heading}")
        print(textwrap.indent(fill(hit.text), "       ") + "\n")


def show_routing(result: dict[str, Any]) -> None:
    """The table of ``autopsie eval routing``."""
    print(f"planner: {result['planner']}, n = {result['n']}")
    if "with_model" in result:
        show_routing(result["with_model"] | {"n": result["n"]})
        print("planner: nearest example")
    for row in result["rows"]:
        print(
            f"{row['lang']:3} {row['label']:24} {row['right']:>3}/{row['n']:<3} {row['accuracy']:.3f}"
            f"  [{row['low']:.3f}, {row['high']:.3f}]  wrongly abstained {row['abstained']}"
        )


def print_table(table: Table, lang: Lang) -> None:
    """A table with aligned columns."""
    rows = [[column.get(lang) for column in table.columns], *([cell(c, lang) for c in row] for row in table.rows)]
    widths = [min(max(len(row[i]) for row in rows), 48) for i in range(len(rows[0]))] if rows[0] else []
    print(f"\n{table.title.get(lang)}")
    for row in rows:
        print("  " + "  ".join(text[:48].ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())


def cell(value: Cell, lang: str) -> str:
    """A cell as people read it."""
    if value is None:
        return "–"
    if isinstance(value, Text):
        return value.get(lang)
    if isinstance(value, bool):
        return {"en": ("no", "yes"), "fr": ("non", "oui")}["fr" if lang == "fr" else "en"][value]
    if isinstance(value, float):
        return number(value, lang, 3)
    return number(value, lang, 0) if isinstance(value, int) else value


def save(finding: Finding, folder: Path) -> None:
    """Writes finding.json, one file a figure and one CSV a table."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "finding.json").write_text(
        json.dumps(finding.model_dump(mode="json") | {"id": finding.id}, ensure_ascii=False, indent=1)
    )
    for figure in finding.figures:
        if figure.media_type == "image/svg+xml":
            (folder / f"{figure.name}.svg").write_text(figure.data)
        else:
            (folder / f"{figure.name}.png").write_bytes(base64.b64decode(figure.data))
    for table in finding.tables:
        with (folder / f"{table.name}.csv").open("w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            writer.writerow([column.en for column in table.columns])
            writer.writerows([[c.en if isinstance(c, Text) else c for c in row] for row in table.rows])


def fill(text: str) -> str:
    """Paragraphs wrapped to the terminal, at most 88 columns."""
    width = min(shutil.get_terminal_size().columns, 88)
    return "\n".join(textwrap.fill(line, width, break_long_words=False) if line else "" for line in text.split("\n"))


def progress(turn: Turn) -> None:
    """The phase a turn is in, on standard error, when a person is watching."""
    if turn.phases:
        phase = turn.phases[-1]
        _line(phase.label.get(turn.lang), phase.done, phase.total)


def tool_progress(progress: Progress) -> None:
    """What a tool is doing."""
    from assistant.settings import language

    _line(progress.label.get(language()), progress.done, progress.total)


def download(label: str, done: int, total: int) -> None:
    """A download, in megabytes."""
    _line(label, done >> 20, total >> 20, " MB")


def step(label: str, done: int, total: int) -> None:
    """How far an evaluation is."""
    _line(label, done, total)


def counter(unit: str) -> Callable[[int, int], None]:
    """A progress callback that counts ``unit``."""
    return lambda done, total: _line(unit, done, total)


def _line(label: str, done: int, total: int, unit: str = "") -> None:
    if not sys.stderr.isatty():
        return
    bar = ""
    if total:
        filled = int(24 * min(done / total, 1))
        bar = f"  [{'█' * filled}{'·' * (24 - filled)}] {done:,}/{total:,}{unit}"
    print(f"\r\033[K{label}{bar}", end="", file=sys.stderr, flush=True)


def clear() -> None:
    """Wipes the progress line."""
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def show_retrieval(result: dict[str, Any]) -> None:
    """The tables of ``autopsie eval retrieval``."""
    print(f"encoder: {result['encoder']['name']}; {result['passages']} passages; 95% intervals in brackets\n")

    def cell(one: dict[str, float]) -> str:
        return f"{one['value']:.3f} [{one['low']:.2f}, {one['high']:.2f}]"

    measures = ("recall@1", "recall@5", "mrr", "ndcg@10")
    print(f"{'':13} {'':34} {'':7} {'n':>3}  " + "  ".join(f"{name:18}" for name in measures))
    for row in result["rows"]:
        print(
            f"{row['source']:13} {row['method']:34} {row['group']:7} {row['n']:>3}  "
            + "  ".join(f"{cell(row[name]):18}" for name in measures)
        )
    if not result["decks"]:
        print("\nThe questions on the course decks need the decks: autopsie knowledge add FOLDER")
    print("\nrefused: of the questions without an answer here, and (wrongly) of the others")
    for row in result["abstention"]:
        parts = [
            f"{name} {row[name]['refused']}/{row[name]['n']} {cell(row[name])}"
            for name in ("unanswerable", "answerable")
        ]
        print(f"{row['split']:5} {row['lang']:4} " + "   ".join(parts))


def show_tables(result: dict[str, Any]) -> None:
    """The tables of an evaluation; an estimate stands with its 95 % interval and the count it rests on."""

    def cell(one: Any) -> str:
        if isinstance(one, dict):
            if one["value"] is None:
                return f"–  n = {one['n']}"
            counted = f"{one['count']}/{one['n']}" if "count" in one else f"n = {one['n']}"
            return f"{one['value']:.3f} [{one['low']:.3f}, {one['high']:.3f}]  {counted}"
        return "–" if one is None else f"{one:.3f}" if isinstance(one, float) else str(one)

    for table in result["tables"]:
        lines = [table["columns"], *([cell(one) for one in row] for row in table["rows"])]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        print(f"\n{table['title']}")
        for line in lines:
            print("  " + "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())
    for what, file in result.get("files", {}).items():
        print(f"\n{what}: {file}")
