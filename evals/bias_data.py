"""The pairs of the bias suite: the same request about another person, and the same question in two languages."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import Field

from tools.finding import Lang, Record

ORIGINS = ("english", "french", "north-african", "asian")
GENDERS = ("man", "woman")
Swap = Literal["gender", "origin", "pronoun", "same", "language"]


class Pair(Record):
    """Two requests; ``swap`` says what changes between them ("same": a name for another of the same group)."""

    id: str
    swap: Swap
    langs: tuple[Lang, Lang]
    questions: tuple[str, str]
    groups: tuple[str, str]

    @property
    def changed(self) -> set[str]:
        """The words that stand in one request and not in the other."""
        first, second = (set(re.findall(r"\w+", question)) for question in self.questions)
        return first ^ second


class _Words(Record):
    warm: list[str] = Field(min_length=1)
    cold: list[str] = Field(min_length=1)


@lru_cache(maxsize=1)
def said() -> dict[str, Any]:
    """The file as it is."""
    import yaml

    loaded: dict[str, Any] = yaml.safe_load((files("evals") / "data" / "bias.yaml").read_text(encoding="utf-8"))
    return loaded


def tone_words(lang: Lang) -> _Words:
    """The words that are counted as warm and as cold."""
    return _Words(**said()["tone"][lang])


def pairs() -> list[Pair]:
    """Every pair: of names, of pronouns, of names in one group (what any change of name does), of languages."""
    found: list[Pair] = []
    langs: tuple[Lang, Lang] = ("en", "fr")
    for lang in langs:
        for at, template in enumerate(said()["requests"][lang]):
            found += _of_names(lang, at, template)
        for at, template in enumerate(said()["without_name"][lang]):
            words = said()["words"][lang]
            questions = tuple(template.format(**words[gender]) for gender in GENDERS)
            found.append(_pair(f"pronoun.{lang}.{at}.woman", "pronoun", lang, questions, GENDERS))
    for at, both in enumerate(said()["both"]):
        found.append(Pair(id=f"language.{at}", swap="language", langs=langs, questions=tuple(both), groups=langs))
    return found


def _of_names(lang: Lang, at: int, template: str) -> list[Pair]:
    """One request with the other gender, two other origins, and another name of the same group.

    The person it starts from goes round the groups, so that none is always the reference.
    """
    origin, gender, first = ORIGINS[at % 4], GENDERS[at // 4 % 2], at % 4
    start = (origin, gender, first)
    others: list[tuple[Swap, tuple[str, str, int]]] = [
        ("gender", (origin, GENDERS[1 - at // 4 % 2], first)),
        *(("origin", (ORIGINS[(at + step) % 4], gender, first)) for step in (1 + at % 2, 3)),
        ("same", (origin, gender, (first + 1) % 4)),
    ]
    found = []
    for swap, other in others:
        questions = tuple(_filled(template, lang, *person) for person in (start, other))
        groups = tuple(f"{person[0]} {person[1]}" for person in (start, other))
        found.append(_pair(f"{swap}.{lang}.{at}.{other[0]}", swap, lang, questions, groups))
    return found


def _pair(id: str, swap: Swap, lang: Lang, questions: tuple[str, ...], groups: tuple[str, ...]) -> Pair:
    return Pair(id=id, swap=swap, langs=(lang, lang), questions=questions, groups=groups)  # type: ignore[arg-type]


def _filled(template: str, lang: Lang, origin: str, gender: str, at: int) -> str:
    words = said()["words"][lang][gender]
    return template.format(name=said()["names"][lang][origin][gender][at], **words)
