"""A small library of its own for the tests of the machinery: three texts whose every word is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge import documents, encoder, index

Write = Callable[..., Path]

INCIDENT = """years: [2018, 2021]
organisation: Post Office
sector: public service
harms: [W1]
mechanisms: [wrong rule]
ai_act: high
aiid: null
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Points Autopsie at an empty library and an empty home; returns a function that writes a document."""
    folder = tmp_path / "texts"
    folder.mkdir()
    monkeypatch.setenv("AUTOPSIE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(documents, "folders", lambda: [folder])
    monkeypatch.setattr(documents, "GLOSSARY", tmp_path / "none.yaml")
    monkeypatch.setattr(index, "_opened", {})

    def write(name: str, lang: str, body: str, *, kind: str = "course", title: str = "", extra: str = "") -> Path:
        file = folder / f"{name}.{lang}.md"
        more = INCIDENT if kind == "incident" else ""
        head = f"id: {name}\nkind: {kind}\nlang: {lang}\ntitle: {title or name}\nsummary: A summary of {name}.\n{more}{extra}"
        file.write_text(f"---\n{head}---\n\n{body}\n", encoding="utf-8")
        return file

    return write


def recorded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are encoded from now on, in order."""
    asked: list[str] = []
    real = encoder.encode

    def encode(texts: Sequence[str]) -> np.ndarray:
        asked.extend(texts)
        return real(texts)

    monkeypatch.setattr(encoder, "encode", encode)
    return asked
