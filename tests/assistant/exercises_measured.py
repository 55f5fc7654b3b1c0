"""What the reference solutions were measured to do on the embedded model: ``python -m tests.assistant.exercises_measured`` writes it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("exercises_measured.json")
FRENCH = 22  # exercises whose French solution is clearly better than its start, at least


def recorded() -> dict[str, dict[str, dict[str, Any]]]:
    """Exercise → language → means, difference with its interval, whether it passed."""
    found: dict[str, dict[str, dict[str, Any]]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def row(done: Any) -> dict[str, Any]:
    """The line of an attempt."""
    pair = done.pair
    numbers = {
        "start": pair.mean_a,
        "solution": pair.mean_b,
        "difference": pair.difference,
        "low": pair.low,
        "high": pair.high,
    }
    return {key: round(value, 3) for key, value in numbers.items()} | {
        "p": float(f"{pair.p:.2g}"),
        "n": pair.n,
        "passed": done.passed,
    }


def line(name: str, lang: str, row: dict[str, Any]) -> str:
    """The line for people."""
    numbers = (
        f"{row['start']:.2f} → {row['solution']:.2f}  {row['difference']:+.2f} [{row['low']:+.2f}, {row['high']:+.2f}]"
    )
    return f"{name:24} {lang}  {numbers}  p = {row['p']:<7} n = {row['n']}  {'passed' if row['passed'] else ''}"


def main(names: list[str]) -> None:
    """Measures all exercises, or those named, and writes the record."""
    from assistant import workshop
    from knowledge import exercises as content
    from tools.specimens import language

    known = recorded() if FILE.is_file() else {}
    rows = {name: known[name] for name in content.names() if name in known}
    for name in names or content.names():
        rows[name] = {}
        for lang in content.LANGS:
            solution = content.load(name, lang).solution
            rows[name][lang] = row(workshop.attempt(name, lang, solution, model=language.load()))
            print(line(name, lang, rows[name][lang]), flush=True)
        FILE.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
