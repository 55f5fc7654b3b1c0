"""Findings kept on disk, so that the same measurement is not made twice.

A finding is kept under the hash of its tool, its program, its arguments, seed,
language and specimen: the pinned hash of a packaged one, path, size and time of a file or
folder. What a server answers is never kept, because nobody knows when its model
changes; nor is a measurement that took less than ``WORTH`` seconds, or that shows what the person brought.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tools.finding import Finding
from tools.specimens.home import home
from tools.specimens.packages import PACKAGES

WORTH = 2.0  # seconds
MOST = 500  # findings; the oldest go


def key(tool: str, version: str, arguments: dict[str, Any], seed: int, lang: str, code: Path) -> str:
    """The name under which a finding is kept; "" when it cannot be. ``code`` is the folder of the tool's program, with its parts."""
    program = [file for file in sorted(code.rglob("*")) if file.suffix in (".py", ".json", ".jsonl", ".yaml")]
    seen = [hashlib.sha256(b"".join(file.read_bytes() for file in program)).hexdigest()]
    for value in arguments.values():
        if not isinstance(value, str):
            continue
        if value.startswith(("http://", "https://")):
            return ""
        if value in PACKAGES:
            seen.append(PACKAGES[value].sha256)
        elif 0 < len(value) < 1024 and "\n" not in value and _is_there(Path(value)):
            seen += _signature(Path(value).expanduser())
    made_of = json.dumps([tool, version, arguments, seed, lang, seen], sort_keys=True, default=str)
    return hashlib.sha256(made_of.encode()).hexdigest()[:32]


def get(name: str) -> Finding | None:
    """The finding of this name; ``None`` when there is none, or when it was written by another version of the program."""
    try:
        return Finding.model_validate_json(_file(name).read_text(encoding="utf-8")) if name else None
    except (OSError, ValidationError):
        return None


def put(name: str, finding: Finding) -> None:
    """Keeps a finding that took long enough; forgets the oldest ones."""
    if not name or finding.seconds < WORTH or finding.private:
        return
    file = _file(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    side = file.with_suffix(".part")
    side.write_text(finding.model_dump_json(), encoding="utf-8")
    side.replace(file)
    kept = sorted(file.parent.glob("*.json"), key=lambda one: one.stat().st_mtime)
    for old in kept[:-MOST]:
        old.unlink(missing_ok=True)


def _is_there(path: Path) -> bool:
    """Whether a path leads to something; a text of one long line is no path, and asking for it is an error of the system."""
    try:
        return path.expanduser().exists()
    except (OSError, RuntimeError, ValueError):  # too long, an unknown "~name", a NUL
        return False


def _file(name: str) -> Path:
    return home() / "cache" / "findings" / f"{name}.json"


def _signature(path: Path) -> list[str]:
    """What changes when a file, or a file of a folder, is written again."""
    files = sorted(one for one in path.rglob("*") if one.is_file())[:200] if path.is_dir() else [path]
    return [f"{one}:{one.stat().st_size}:{one.stat().st_mtime_ns}" for one in files]
