"""The checks of the free comparison: a short list to choose from, and what each needs to know."""

from __future__ import annotations

import re
from typing import Any

from pydantic import ValidationError

from assistant.ui.workshop_words import word
from knowledge import exercise_checks
from tools.errors import BadInput
from tools.finding import Lang
from tools.tool import split_words

OPTIONS: dict[str, tuple[str, ...]] = {  # check → what it needs to know
    "answer": ("column",), "contains": ("column",), "choice": ("allowed",), "forbidden": ("forbidden",),
    "length": ("longest",), "language": ("right_language",), "grounded": ("source",), "no_source": (),
}  # fmt: skip


def choices(lang: Lang) -> list[tuple[str, str]]:
    """The checks by what they ask of a reply."""
    return [(word(f"check_{kind}", lang), kind) for kind in OPTIONS]


def made(chosen: list[str], options: dict[str, Any]) -> tuple[exercise_checks.Check, ...]:
    """The checks with what each needs; ``BadInput`` names what is missing."""
    raw: list[dict[str, Any]] = []
    for kind in chosen:
        for key in OPTIONS[kind]:
            if not options[key]:
                raise BadInput(*(word("need_option", lang, field=word(key, lang)) for lang in ("en", "fr")))
        raw.append({"kind": kind, **_options(kind, options)})
    if not raw:
        raise BadInput("Choose at least one check.", "Choisissez au moins un contrôle.")
    try:
        return exercise_checks.Checks.validate_python(raw)
    except ValidationError:  # the one thing left to be wrong: a single allowed word is no choice
        raise BadInput(
            "Give at least two allowed words, separated by commas.", "Donnez au moins deux mots permis, séparés par des virgules."
        ) from None  # fmt: skip


def _options(kind: str, options: dict[str, Any]) -> dict[str, Any]:
    if kind in ("answer", "contains"):
        return {"field": options["column"]}
    if kind == "choice":
        return {"options": split_words(options["allowed"])}
    if kind == "forbidden":
        return {"patterns": [rf"(?i)\b{re.escape(one)}\b" for one in split_words(options["forbidden"])]}
    if kind == "length":
        return {"max": int(options["longest"])}
    if kind == "language":
        return {"language": options["right_language"]}
    return {"field": options["source"]} if kind == "grounded" else {}
