"""Guided autopsies: a structure and its words in two languages, three files in a folder, checked when read.

``walkthrough.yaml`` holds the steps once, ``en.md`` and ``fr.md`` hold what is read
(``docs/walkthroughs.md`` shows how one is written). Those of Autopsie lie in
``knowledge/content/walkthroughs``; a person's own in the folder ``walkthroughs`` of
Autopsie's home. The folder's name is the walkthrough's id.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import ConfigDict, Field, ValidationError

from knowledge import CONTENT
from knowledge.walkthrough_words import LEVELS, Words, read_words
from tools.errors import BadInput
from tools.finding import Lang, Level, Record, Text
from tools.specimens.home import home

BUILT_IN = CONTENT / "walkthroughs"
FILES = ("walkthrough.yaml", "en.md", "fr.md")
Phase = Literal["identify", "reproduce", "simulate", "dissect", "tell", "confront", "record"]
PHASES: tuple[Phase, ...] = get_args(Phase)
PHASE_NAMES = {
    "identify": Text(en="Identify", fr="Identifier"),
    "reproduce": Text(en="Reproduce", fr="Reproduire"),
    "simulate": Text(en="Simulate", fr="Simuler"),
    "dissect": Text(en="Dissect", fr="Disséquer"),
    "tell": Text(en="Tell", fr="Raconter"),
    "confront": Text(en="Confront", fr="Confronter"),
    "record": Text(en="Record", fr="Consigner"),
}

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
Id = Annotated[str, Field(pattern=f"^{_ID.pattern}$")]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
ClaimName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
At = Annotated[str, Field(pattern=r"^(table:[^:]+:.+:.+|estimate:[^:]+(:(low|high|p|n))?|count:(tables?:)?[^:]+)$")]


class _Part(Record):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Claim(_Part):
    """A number that the texts use: where it stands in the finding, what the author read there, how near it must stay."""

    at: At
    value: Finite
    within: Finite = Field(ge=0)


class _Step(_Part):
    id: Id
    phase: Phase
    levels: tuple[Level, ...] = Field(default=LEVELS, min_length=1)


class Read(_Step):
    """A text."""

    kind: Literal["read"]


class Passage(_Step):
    """A section of a document of the library, shown as it stands; ``heading`` counts its sections (## …) from 1."""

    kind: Literal["passage"]
    document: str
    heading: int = Field(ge=1)


class Predict(_Step):
    """What the learner expects before the run that settles it."""

    kind: Literal["predict"]
    answer: Literal["number", "choice", "sentence"]
    unit: str = ""
    low: Finite | None = None
    high: Finite | None = None
    close: Finite | None = Field(default=None, ge=0)
    of: Id | None = None
    claim: ClaimName | None = None
    choices: tuple[Key, ...] = ()
    right: Key | None = None
    bears: str = ""


class Run(_Step):
    """A measurement."""

    kind: Literal["run"]
    tool: str
    arguments: dict[str, Any] = Field(default_factory=dict)
    seed: int = Field(default=0, ge=0)
    claims: dict[ClaimName, Claim] = Field(default_factory=dict)


class Vary(_Step):
    """The measurement of an earlier step with some arguments changed (and its seed, when one is given)."""

    kind: Literal["vary"]
    of: Id
    arguments: dict[str, Any] = Field(default_factory=dict)
    seed: int | None = Field(default=None, ge=0)
    claims: dict[ClaimName, Claim] = Field(default_factory=dict)


class Question(_Step):
    """An open question, answered in writing or not at all."""

    kind: Literal["question"]


class Branch(_Step):
    """A choice of way: each key leads to a later step, and from there on the steps follow in order."""

    kind: Literal["branch"]
    goto: dict[Key, Id] = Field(min_length=2)


Measure = Run | Vary
Step = Annotated[Read | Passage | Predict | Run | Vary | Question | Branch, Field(discriminator="kind")]


class Walkthrough(_Part):
    """A guided autopsy, complete and checked."""

    id: Id
    incident: str
    minutes: int = Field(ge=5, le=240)
    headline: str = Field(pattern=r"^[a-z0-9-]+\.[a-z][a-z0-9_]*$")
    steps: tuple[Step, ...] = Field(min_length=7)
    words: dict[Lang, Words]
    version: str  # twelve hexadecimal digits of the three files' bytes
    own: bool = False  # a person's own, not one of Autopsie's

    def step(self, identifier: str) -> Step:
        """The step of this id; ``BadInput`` names those that exist."""
        for one in self.steps:
            if one.id == identifier:
                return one
        known = ", ".join(one.id for one in self.steps)
        raise BadInput(
            f"The walkthrough {self.id} has no step '{identifier}'. Its steps are: {known}.",
            f"Le parcours {self.id} n’a pas d’étape « {identifier} ». Ses étapes sont : {known}.",
        )

    def measure(self, identifier: str) -> tuple[str, dict[str, Any], int]:
        """Tool, arguments and seed of a run step, with those of the run that a variation varies."""
        one = self.step(identifier)
        if isinstance(one, Run):
            return one.tool, dict(one.arguments), one.seed
        if not isinstance(one, Vary):
            raise BadInput(f"Step '{identifier}' measures nothing.", f"L’étape « {identifier} » ne mesure rien.")
        tool, arguments, seed = self.measure(one.of)
        return tool, arguments | one.arguments, seed if one.seed is None else one.seed

    def claims(self) -> dict[str, tuple[str, Claim]]:
        """Every claim by its name, with the step that measures it."""
        return {
            name: (one.id, claim)
            for one in self.steps
            if isinstance(one, Run | Vary)
            for name, claim in one.claims.items()
        }


def names() -> list[str]:
    """The ids of all walkthroughs: those of Autopsie, then a person's own."""
    return list(
        dict.fromkeys(file.parent.name for folder in _folders() for file in sorted(folder.glob("*/walkthrough.yaml")))
    )


def by_incident() -> dict[str, list[str]]:
    """The ids of the walkthroughs of each incident; one that cannot be read is left out."""
    found: dict[str, list[str]] = {}
    for name in names():
        try:
            found.setdefault(load(name).incident, []).append(name)
        except BadInput:
            continue
    return found


def folder(identifier: str) -> Path:
    """Where a walkthrough lies; ``BadInput`` when there is none of this id."""
    for one in _folders():
        if _ID.fullmatch(identifier) and (one / identifier / FILES[0]).is_file():
            return one / identifier
    known = ", ".join(names()) or "–"
    raise BadInput(
        f"There is no walkthrough '{identifier}'. Known: {known}.",
        f"Aucun parcours « {identifier} ». Connus : {known}.",
    )


def load(identifier: str) -> Walkthrough:
    """One walkthrough; ``BadInput`` says in one sentence which file and step to mend. Read again when a file changed."""
    where = folder(identifier)
    stamps = []
    for name in FILES:
        try:
            stat = (where / name).stat()
        except OSError:
            raise wrong(
                f"{identifier}/{name}", "", "the file is missing; write it", "le fichier manque ; écrivez-le"
            ) from None
        stamps.append((stat.st_mtime_ns, stat.st_size))
    return _load(where, tuple(stamps))


def wrong(file: str, step: str, en: str, fr: str) -> BadInput:
    """One error as one sentence: the file, the step, and what to do."""
    return BadInput(
        file + (f", step '{step}'" if step else "") + f": {en}.",
        file + (f", étape « {step} »" if step else "") + f" : {fr}.",
    )


def _folders() -> list[Path]:
    return [BUILT_IN, home() / "walkthroughs"]


@lru_cache(maxsize=64)
def _load(where: Path, _stamps: tuple[tuple[int, int], ...]) -> Walkthrough:
    from knowledge.walkthrough_checks import check
    from knowledge.walkthrough_errors import explain
    from knowledge.walkthrough_yaml import read_yaml

    digest, name = hashlib.sha256(), where.name
    for file in FILES:
        digest.update((where / file).read_bytes() + b"\0")
    fields = read_yaml(where / FILES[0], f"{name}/{FILES[0]}")
    if given := {"id", "words", "version", "own"} & set(fields):
        field = min(given)
        raise wrong(
            f"{name}/{FILES[0]}",
            "",
            f"take the field '{field}' out: the program fills it in",
            f"ôtez le champ « {field} » : le programme le remplit",
        )
    words = {lang: read_words(where / f"{lang}.md", f"{name}/{lang}.md", lang) for lang in get_args(Lang)}
    try:
        found = Walkthrough(
            **fields, id=name, words=words, version=digest.hexdigest()[:12], own=where.parent != BUILT_IN
        )
    except ValidationError as error:
        raise explain(error, fields, f"{name}/{FILES[0]}") from None
    check(found)
    return found
