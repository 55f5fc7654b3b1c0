"""What may be answered at a step of a walk."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge.walkthroughs import Branch, Predict, Step
from tools.errors import BadInput
from tools.finding import Lang
from tools.numbers import plain

MOST = 5000  # characters of a sentence, an answer or a note


def checked(step: Step, value: float | str, lang: Lang = "en") -> float | str:
    """The answer as it is kept; ``BadInput`` says what this step expects instead."""
    if isinstance(step, Predict) and step.answer == "number":
        return _number(value, step, lang)
    keys = step.goto if isinstance(step, Branch) else step.choices if isinstance(step, Predict) else ()
    if keys:
        if value not in keys:
            known = ", ".join(keys)
            raise BadInput(f"Choose one of: {known}.", f"Choisissez parmi : {known}.")
        return str(value)
    if step.kind not in ("predict", "question"):
        raise BadInput("This step asks nothing.", "Cette étape ne demande rien.")
    if not (said := short(str(value))):
        raise BadInput("The answer is empty. Write a sentence.", "La réponse est vide. Écrivez une phrase.")
    return said


def kept(step: Step, answers: Mapping[str, float | str]) -> float | str | None:
    """What was answered at a step; ``None`` when nothing was, or when the step has changed so that it no longer fits."""
    try:
        return checked(step, answers[step.id])
    except (KeyError, BadInput):
        return None


def _number(value: float | str, step: Predict, lang: Lang) -> float:
    """A number on the scale; "44,5", "44.5 %", "1 200" and, in English, "1,200" are read too."""
    assert step.low is not None and step.high is not None
    said = str(value).strip().removesuffix(step.unit).strip().replace("\u2212", "-")
    said = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))", "", said)
    if lang == "en" and re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", said):
        said = said.replace(",", "")
    try:
        found = float(said.replace(",", "."))
    except ValueError:
        found = float("nan")
    if not step.low <= found <= step.high:
        raise BadInput(
            f"Give a number from {plain(step.low, 'en')} to {plain(step.high, 'en')}.",
            f"Donnez un nombre de {plain(step.low, 'fr')} à {plain(step.high, 'fr')}.",
        )
    return found


def short(text: str) -> str:
    """A text without spaces around it, when it is not too long."""
    if len(text) > MOST:
        raise BadInput(
            f"At most {MOST} characters can be kept here.", f"{MOST} caractères au plus peuvent être gardés ici."
        )
    return text.strip()
