"""Which bytes a fetched vision model was read from."""

from __future__ import annotations

import json

from tools.finding import Specimen
from tools.specimens import fetch
from tools.specimens.packages import PACKAGES


def packaged_specimen(name: str, file: str) -> Specimen:
    """The record of one file of a fetched specimen."""
    record = json.loads((fetch.path(name) / "specimen.json").read_text())
    return Specimen(
        name=PACKAGES[name].what,
        source=record["source"],
        revision=record["revision"],
        sha256=record["files"][file],
        licence=record["licence"],
    )
