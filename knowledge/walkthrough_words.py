"""The words of a walkthrough in one language: front matter, then one section a step."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, Field, ValidationError

from knowledge.walkthrough_yaml import parse_yaml, read_text
from tools.errors import BadInput
from tools.finding import Level, Record, french

LEVELS: tuple[Level, ...] = ("curious", "student", "engineer")
PARTS = ("right", "wrong", "after", "hint")
_HTML = re.compile(r"<(?:/?[A-Za-z][^<>]*|!--.*)>")
_FENCE = "---\n"


class _Part(Record):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StepWords(_Part):
    """What one step says; ``levels`` are paragraphs for one level only, ``choices`` the words of each key."""

    title: str = Field(min_length=1)
    text: str = ""
    levels: dict[Level, str] = Field(default_factory=dict)
    choices: dict[str, str] = Field(default_factory=dict)
    right: str = ""
    wrong: str = ""
    after: str = ""
    hint: str = ""

    def parts(self) -> dict[str, str]:
        """Every text by what it is called in the file."""
        found = {"": self.text} | {name: getattr(self, name) for name in PARTS}
        found |= {f"level {key}": text for key, text in self.levels.items()}
        found |= {f"choice {key}": text for key, text in self.choices.items()}
        return {name: text for name, text in found.items() if text}


class Words(_Part):
    """A walkthrough's title and teaser, the teacher's note, and the words of each step."""

    title: str = Field(min_length=1)
    teaser: str = Field(min_length=1)
    aims: tuple[str, ...] = Field(min_length=1)
    timing: str = Field(min_length=1)
    material: str = Field(min_length=1)
    sensitive: str = Field(min_length=1)
    marking: str = Field(min_length=1)
    step: dict[str, StepWords]


def read_words(path: Path, file: str, lang: str) -> Words:
    """The words of one language; ``BadInput`` names the file and the step. French gets its no-break spaces here."""
    text = read_text(path, file).replace("\r\n", "\n")
    if not text.startswith(_FENCE) or f"\n{_FENCE}" not in text[3:]:
        raise BadInput(
            f"{file}: begin with the front matter (title, teaser, aims…) between two lines '---'.",
            f"{file} : commencez par l’en-tête (title, teaser, aims…) entre deux lignes « --- ».",
        )
    head, body = text[len(_FENCE) :].split(f"\n{_FENCE}", 1)
    fields = parse_yaml(head, file, first=1)
    if "step" in fields:
        raise BadInput(
            f"{file}: the front matter has no field 'step'.", f"{file} : l’en-tête n’a pas de champ « step »."
        )
    tidy = _french if lang == "fr" else str
    fields = {name: _each(tidy, value) for name, value in fields.items()}
    try:
        return Words(**fields, step=_steps(body, file, tidy))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = str(first["loc"][0])
        if first["type"] == "extra_forbidden":
            raise BadInput(
                f"{file}: the front matter has no field '{name}'; take it out.",
                f"{file} : l’en-tête n’a pas de champ « {name} » ; ôtez-le.",
            ) from None
        shape_en, shape_fr = (
            ("a list of sentences", "une liste de phrases") if name == "aims" else ("a text", "un texte")
        )
        raise BadInput(
            f"{file}: the front matter needs '{name}', {shape_en}.",
            f"{file} : l’en-tête a besoin de « {name} », {shape_fr}.",
        ) from None


def _french(text: str) -> str:
    """Narrow no-break spaces, also where emphasis or a link ends at the sign."""
    return re.sub(r"(?<=\S) (?=[:;!?»%](?:[\s*_\]),.…]|$))", "\u202f", french(text))


def _each(tidy: Any, value: Any) -> Any:
    """A text, or the texts of a list, with tidied spaces."""
    if isinstance(value, list):
        return [_each(tidy, one) for one in value]
    return tidy(value.strip()) if isinstance(value, str) else value


def _steps(body: str, file: str, tidy: Any) -> dict[str, StepWords]:
    """The sections ``## step-id`` of a file."""
    found: dict[str, StepWords] = {}
    before, *sections = re.split(r"^## +(.+?) *$", body, flags=re.M)
    if before.strip():
        raise BadInput(
            f"{file}: text stands before the first '## step'; move it into a step.",
            f"{file} : du texte précède le premier « ## étape » ; mettez-le dans une étape.",
        )
    for name, text in zip(sections[::2], sections[1::2], strict=True):
        if name in found:
            raise _wrong(file, name, "has two sections; join them", "a deux sections ; réunissez-les")
        found[name] = _step(text, file, name, tidy)
    return found


def _step(text: str, file: str, name: str, tidy: Any) -> StepWords:
    """One step: its title, its text and its ``### …`` parts."""
    if _HTML.search(re.sub(r"`[^`\n]*`", "", text)) or "![" in text:
        raise _wrong(
            file,
            name,
            "has HTML or an image; write plain Markdown",
            "a du HTML ou une image ; écrivez du Markdown simple",
        )
    main, *parts = re.split(r"^### +(.+?) *$", text, flags=re.M)
    titles = re.findall(r"^# +(.+?) *$", main, flags=re.M)
    if len(titles) != 1:
        raise _wrong(file, name, "needs one title, a line '# …'", "a besoin d’un titre, une ligne « # … »")
    fields: dict[str, Any] = {"title": tidy(titles[0]), "text": tidy(re.sub(r"^# +.+$", "", main, flags=re.M).strip())}
    for heading, said in zip(parts[::2], parts[1::2], strict=True):
        what, _, key = heading.partition(" ")
        words = tidy(said.strip())
        if not words:
            raise _wrong(
                file,
                name,
                f"has nothing under '### {heading}'; write it",
                f"n’a rien sous « ### {heading} » ; écrivez-le",
            )
        if what in PARTS and not key:
            place, entry = fields, what
        elif what == "level" and key in LEVELS:
            place, entry = fields.setdefault("levels", {}), key
        elif what == "choice" and key:
            place, entry, words = fields.setdefault("choices", {}), key.strip(), re.sub(r"[ \t\n]+", " ", words)
        else:
            known = "level curious|student|engineer, choice KEY, " + ", ".join(PARTS)
            raise _wrong(
                file,
                name,
                f"has '### {heading}'; the parts are {known}",
                f"a « ### {heading} » ; les parties sont {known}",
            )
        if entry in place:
            raise _wrong(
                file, name, f"has '### {heading}' twice; join them", f"a deux fois « ### {heading} » ; réunissez-les"
            )
        place[entry] = words
    return StepWords(**fields)


def _wrong(file: str, step: str, en: str, fr: str) -> BadInput:
    return BadInput(f"{file}: step '{step}' {en}.", f"{file} : l’étape « {step} » {fr}.")
