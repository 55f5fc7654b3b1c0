"""Attempts and comparisons as files, under the state folder."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.workshop import Attempt
from knowledge.exercises import Exercise
from tools.finding import Finding
from tools.prompting.tables import write_table
from tools.prompting.trial import Sheet
from tools.specimens.home import home


def attempt_files(attempt: Attempt, exercise: Exercise, finding: Finding | None) -> list[str]:
    """An attempt as JSON (prompts, replies, scores, the finding without its figure) and as a table; without a finding, the JSON alone."""
    folder = home() / "exports" / "workshop" / attempt.id
    folder.mkdir(parents=True, exist_ok=True)
    stem = folder / f"autopsie-{attempt.exercise}-{attempt.lang}"
    paths = [stem.with_suffix(".json")]
    record = {"attempt": attempt.model_dump(mode="json")}
    if finding is not None:
        record["finding"] = finding.model_dump(mode="json", exclude={"figures"}) | {"id": finding.id}
        paths.append(write(stem.with_suffix(".csv"), exercise.items, attempt.start, attempt.sheet))
    paths[0].write_text(json.dumps(record, ensure_ascii=False, indent=1), "utf-8")
    return [str(path) for path in paths]


def write(path: Path, items: Sequence[Mapping[str, str]], a: Sheet, b: Sheet) -> Path:
    """A row an item, as CSV; with a mark in front, so that spreadsheets read the accents."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write_table(items, a, b), encoding="utf-8-sig", newline="")
    return path


def compared_file(items: Sequence[Mapping[str, str]], a: Sheet, b: Sheet) -> str:
    """The CSV of two free prompts."""
    return str(write(home() / "exports" / "workshop" / uuid.uuid4().hex / "autopsie-prompts.csv", items, a, b))
