"""The built-in lists of references, and the decisions that a court recorded as invented."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from tools.finding import Text
from tools.truth.citations.fields import Parsed
from tools.truth.citations.folding import plain

FILE = Path(__file__).with_name("cases.yaml")
Name = Literal["vae", "mata"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Invented(_Strict):
    """A decision that a court wrote to be invented: the two parties' words, and the work that says so."""

    parties: tuple[str, str]
    key: str

    def matches(self, parsed: Parsed) -> bool:
        """Whether a cited decision bears the names of both parties."""
        named = set(plain(parsed.title))
        return all(word in named for party in self.parties for word in plain(party))


class Case(_Strict):
    """A built-in list: what it is called, where it comes from, its text."""

    title: Text
    origin: Text
    sources: list[str]
    text: Text


class _File(_Strict):
    cases: dict[str, Case]
    invented: list[Invented]


@lru_cache(maxsize=1)
def _read() -> _File:
    return _File.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def case(name: Name) -> Case:
    """The built-in list called ``name``."""
    return _read().cases[name]


def invented() -> list[Invented]:
    """The decisions recorded as invented."""
    return _read().invented
