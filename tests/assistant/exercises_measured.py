"""What the starts and the reference solutions were measured to score on the embedded model, item by item.

``python -m tests.assistant.exercises_measured`` measures all of it again and writes it down (a quarter of an hour on one
core): before a release, and for each exercise whose prompts, items or checks were changed: the tests fail until it is. The
tests themselves measure the exercises with the shortest replies again, in one language each, and hold them to the record.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from assistant import workshop
from knowledge import exercises as content
from tools.finding import Lang
from tools.prompting import pairs
from tools.prompting.pairs import Pair
from tools.specimens import language

FILE = Path(__file__).with_name("exercises_measured.json")
AGAIN = 15  # exercises that the tests measure again
FRENCH = 22  # exercises whose French solution is clearly better than its start, at least

Scores = dict[str, list[float]]
"""The scores of the items under the "start" and under the "solution"."""


def recorded() -> dict[str, dict[str, Any]]:
    """Exercise → its version, and the scores in each language."""
    found: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def version(name: str) -> str:
    """A hash of what the scores come from: both prompts, the items, the checks, the length of a reply."""
    of = {"start", "solution", "items", "checks", "max_tokens"}
    told = [content.load(name, lang).model_dump_json(include=of) for lang in content.LANGS]
    return hashlib.sha256("".join(told).encode()).hexdigest()[:12]


def compared(scores: Scores) -> Pair:
    """What the difference is worth."""
    return pairs.pair(scores["start"], scores["solution"], 0)


def again() -> list[tuple[str, Lang]]:
    """What the tests measure again: the exercises with the shortest replies, one in English, the next in French."""
    quick = sorted(content.names(), key=lambda name: content.load(name, "en").max_tokens)[:AGAIN]
    return [(name, content.LANGS[at % 2]) for at, name in enumerate(quick)]


def line(name: str, lang: str, pair: Pair) -> str:
    """The line for people."""
    numbers = f"{pair.mean_a:.2f} → {pair.mean_b:.2f}  {pair.difference:+.2f} [{pair.low:+.2f}, {pair.high:+.2f}]"
    return f"{name:24} {lang}  {numbers}  p = {pair.p:<7.2g} n = {pair.n}  {'clear' if pair.clear else ''}"


def main(names: list[str]) -> None:
    """Measures all exercises, or those named, and writes the record."""
    known = recorded() if FILE.is_file() else {}
    rows = {name: known[name] for name in content.names() if name in known}
    for name in names or content.names():
        found: dict[str, Any] = {"version": version(name)}
        for lang in content.LANGS:
            done = workshop.attempt(name, lang, content.load(name, lang).solution, model=language.load())
            sheets = {"start": done.start, "solution": done.sheet}
            found[lang] = {key: [round(score, 4) for score in sheet.scores] for key, sheet in sheets.items()}
            print(line(name, lang, done.pair), flush=True)
        rows[name] = found
        lines = [f" {json.dumps(key)}: {json.dumps(row)}" for key, row in rows.items()]
        FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
