"""Exercises of the prompt workshop: one YAML file each, in two languages, checked when read.

An exercise is a task with items, a bad prompt to start from, a reference solution, and the checks that
score a reply. What both languages share stands at the top; an option that differs is ``{en: …, fr: …}``. In a prompt, ``{field}`` stands for what an item says under that name; any other brace stays as
it is, so that JSON can be asked for. A line ``---`` splits a prompt into turns that follow each other.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from knowledge import CONTENT
from knowledge.exercise_checks import KINDS, Check, in_language, lacking
from knowledge.walkthrough_yaml import read_yaml
from knowledge.walkthroughs import wrong
from tools.errors import BadInput
from tools.finding import Lang, Record

FOLDER = CONTENT / "exercises"
LEAST, MOST = 20, 500  # items of an exercise
LONGEST = 20_000  # characters of a prompt, its system text and its history together
LANGS: tuple[Lang, ...] = ("en", "fr")
Topic = Literal[
    "detail", "steps", "format", "count", "role", "few-shot", "split", "context", "history", "audience", "sources",
    "injection", "language",
]  # fmt: skip

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FIELD = re.compile(r"\{([^\W\d]\w*)\}")
_TURNS = re.compile(r"^[ \t]*---[ \t]*$", re.MULTILINE)
Words = Annotated[str, Field(min_length=1, pattern=r"\S")]
Item = Annotated[
    dict[Annotated[str, Field(pattern=r"^[^\W\d]\w*$")], str],
    BeforeValidator(lambda item: {k: str(v) if type(v) in (int, float) else v for k, v in item.items()}
                    if isinstance(item, dict) else item),
]  # fmt: skip


class Said(Record):
    """A turn of the history."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    role: Literal["user", "assistant"]
    content: str


class Prompt(Record):
    """What is sent for each item: a system text, a history, and the prompt with its ``{field}`` places."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    system: str = ""
    history: tuple[Said, ...] = ()
    prompt: str
    temperature: float = Field(default=0.0, ge=0, le=2)

    @model_validator(mode="after")
    def _alternates(self) -> Self:
        if [one.role for one in self.history] != ["user", "assistant"] * (len(self.history) // 2):
            raise ValueError("the history goes user, assistant, user, assistant…")
        return self

    def texts(self) -> list[str]:
        """Everything that was written: system, history, prompt."""
        return [self.system, *(one.content for one in self.history), self.prompt]

    def messages(self) -> list[tuple[str, str]]:
        """Role and text of what is sent, no field filled in yet: the system text if there is one, history, prompt."""
        system = [("system", self.system)] if self.system.strip() else []
        return [*system, *((one.role, one.content) for one in self.history), ("user", self.prompt)]

    def turns(self) -> list[str]:
        """The prompt cut at its lines of ``---``."""
        return [part.strip("\n") for part in _TURNS.split(self.prompt)]

    def fields(self) -> list[str]:
        """The names that stand in braces, in order, each once; whether the items have them is another question."""
        return list(dict.fromkeys(name for text in self.texts() for name in _FIELD.findall(text)))


class Told(Record):
    """The words, prompts and items of an exercise in one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: Words
    goal: Words
    advice: Words
    hints: tuple[Words, ...] = Field(min_length=2)
    start: Prompt
    solution: Prompt
    after: Words
    items: tuple[Item, ...] = Field(min_length=LEAST, max_length=MOST)


_OF_A_PART = frozenset(Told.model_fields)


class Exercise(Told):
    """An exercise in one language; ``version`` is the hash of its file."""

    id: str
    lang: Lang
    version: str
    level: Literal[1, 2, 3]
    order: int = Field(ge=0)
    topic: Topic
    max_tokens: int = Field(ge=1, le=512)
    pass_mark: float = Field(gt=0, le=1)
    checks: tuple[Check, ...] = Field(min_length=1)

    @property
    def hidden(self) -> frozenset[str]:
        """The fields that a check compares with and neither prompt of the author shows: they are no part of the task."""
        shown = {*self.start.fields(), *self.solution.fields()}
        return frozenset(field for check in self.checks for field in check.reads()) - shown


def filled(text: str, item: Mapping[str, str]) -> str:
    """``text`` with every ``{field}`` of the item replaced; other braces stay."""
    return _FIELD.sub(lambda match: item.get(match[1], match[0]), text)


def names() -> list[str]:
    """The ids of all exercises, by level and order; a file that cannot be read comes last."""

    def place(identifier: str) -> tuple[int, int, str]:
        try:
            found = load(identifier, "en")
        except BadInput:
            return 9, 0, identifier
        return found.level, found.order, identifier

    return sorted((file.stem for file in FOLDER.glob("*.yaml")), key=place)


def load(identifier: str, lang: Lang) -> Exercise:
    """One exercise; ``BadInput`` says in one sentence which file and field to mend. Read again when the file changed."""
    file = FOLDER / f"{identifier}.yaml"
    if not _ID.fullmatch(identifier) or not file.is_file():
        known = ", ".join(sorted(one.stem for one in FOLDER.glob("*.yaml")))
        raise BadInput(
            f"There is no exercise '{identifier}'. Known: {known}.",
            f"Aucun exercice « {identifier} ». Connus : {known}.",
        )
    stat = file.stat()
    return _load(file, (stat.st_mtime_ns, stat.st_size))[lang]


@lru_cache(maxsize=256)
def _load(file: Path, _stamp: tuple[int, int]) -> dict[Lang, Exercise]:
    fields, found = read_yaml(file, file.name), {}
    version = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    common = {key: value for key, value in fields.items() if key not in LANGS}
    for lang in LANGS:
        told = fields.get(lang)
        if not isinstance(told, dict):
            raise wrong(file.name, "", f"the part '{lang}:' is missing", f"la partie « {lang}: » manque")
        if given := {"id", "lang", "version"} & ({*common, *told}):
            one = min(given)
            raise wrong(file.name, "", f"take the field '{one}' out", f"ôtez le champ « {one} »")
        parts = {**in_language(common, lang), **told}
        try:
            exercise = Exercise.model_validate({**parts, "id": file.stem, "lang": lang, "version": version})
        except ValidationError as error:
            raise explain(error, file.name, lang, told) from None
        for check in (_fields, _shown, _copied):
            check(exercise, file.name)
        found[lang] = exercise
    return found


def explain(error: ValidationError, file: str, part: str, inside: Container[str]) -> BadInput:
    """The first thing that is wrong with a file, as a sentence with the field (of a part, when it is ``inside``) and the fix."""
    first = error.errors(include_url=False)[0]
    where = [str(one) for one in first["loc"]]
    if where[0] == "checks":  # after the number of a check pydantic names its kind
        where[2:3] = [name for name in where[2:3] if name not in KINDS]
    field = ".".join([part, *where] if where[0] in inside or where[0] in _OF_A_PART else where)
    shown, why = str(first.get("input", ""))[:60], str(first["msg"]).removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        return wrong(file, "", f"there is no field '{field}' here; take it out", f"le champ « {field} » n’existe pas ici ; ôtez-le")  # fmt: skip
    if first["type"] == "missing":
        return wrong(file, "", f"the field '{field}' is missing; write it", f"le champ « {field} » manque ; écrivez-le")
    if first["type"].startswith("union_tag"):
        kinds = ", ".join(KINDS)
        return wrong(file, "", f"'{field}': give a kind among {kinds}", f"« {field} » : donnez un « kind » parmi {kinds}")  # fmt: skip
    return wrong(file, "", f"'{field}' cannot be '{shown}' ({why})", f"« {field} » ne peut pas être « {shown} » ({why})")  # fmt: skip


def _fields(exercise: Exercise, file: str) -> None:
    """Every field that a check reads or a prompt shows is in every item."""
    known = {key for item in exercise.items for key in item}
    shown = [name for name in (*exercise.start.fields(), *exercise.solution.fields()) if name in known]
    for number, item in enumerate(exercise.items, 1):
        empty = next((field for field in shown if not item.get(field, "").strip()), None)
        if field := lacking(exercise.checks, item) or empty:
            raise wrong(file, "", f"{exercise.lang}.items, item {number}: write its field '{field}' (a number where a list is counted)",
                        f"{exercise.lang}.items, élément {number} : écrivez son champ « {field} » (un nombre là où une liste est comptée)")  # fmt: skip


def _shown(exercise: Exercise, file: str) -> None:
    """Both prompts show something of the item."""
    for name, prompt in (("start", exercise.start), ("solution", exercise.solution)):
        if not set(prompt.fields()) & set(exercise.items[0]):
            raise wrong(file, "", f"{exercise.lang}.{name} shows nothing of an item: put a {{field}} in it",
                        f"{exercise.lang}.{name} ne montre rien d’un élément : mettez-y un {{champ}}")  # fmt: skip


def _copied(exercise: Exercise, file: str) -> None:
    """The solution does not contain an item that it is measured on."""
    if found := copied(exercise.solution, exercise.start, exercise.items):
        raise wrong(file, "", f"{exercise.lang}.solution contains item {found} word for word: change one of them",
                    f"{exercise.lang}.solution contient l’élément {found} mot pour mot : changez l’un des deux")  # fmt: skip


def copied(prompt: Prompt, start: Prompt, items: Sequence[Mapping[str, str]]) -> int:
    """The number (from 1) of the first item whose own words stand in the prompt; 0 for none.

    Own words: what a place of the start prompt is filled with, three words or more that no other item shares.
    """
    written = " ".join(" ".join(prompt.texts()).casefold().split())
    for field in start.fields():
        values = [" ".join(item.get(field, "").casefold().split()) for item in items]
        for number, value in enumerate(values, 1):
            if len(value.split()) >= 3 and values.count(value) == 1 and value in written:
                return number
    return 0


def read_prompt(fields: Any) -> Prompt:
    """A prompt that a person wrote; ``BadInput`` says what to change."""
    if isinstance(fields, str):
        fields = {"prompt": fields}
    try:
        prompt = Prompt.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where, why = ".".join(map(str, first["loc"])), str(first["msg"]).removeprefix("Value error, ")
        raise BadInput(
            f"The prompt cannot be read{f', at {where}' if where else ''}: {why}. It has the fields system, history, prompt, temperature.",
            f"Le prompt est illisible{f', à « {where} »' if where else ''} : {why}. Ses champs sont system, history, prompt, temperature.",
        ) from None
    if not all(turn.strip() for turn in prompt.turns()):
        raise BadInput(
            "The prompt is empty, or one of its turns is. Write what is asked, with a {field} of the items.",
            "Le prompt est vide, ou l’un de ses tours l’est. Écrivez ce qui est demandé, avec un {champ} des éléments.",
        )
    if (length := sum(map(len, prompt.texts()))) > LONGEST:
        raise BadInput(
            f"The prompt is {length:,} characters long; at most {LONGEST:,} are read. Shorten the system text, the history or the examples.",
            f"Le prompt fait {length} caractères ; {LONGEST} au plus sont lus. Raccourcissez le texte système, l’historique ou les exemples.",
        )
    return prompt
