"""What a tool is: a plain typed function behind one decorator.

    @tool(wing="words", version="1", title=…, question=…, examples=…)
    def weat(run: Run, test: Annotated[str, arg("…", "…")] = "6") -> Finding:
        …
        return run.finding(specimen=…, estimates=…, …)

The decorator derives the JSON schema from the annotations, validates the
arguments, sets the seed, times the run, bounds it in time, lets it report
progress and be stopped, and turns every failure into a sentence with the fix.
"""

from __future__ import annotations

import inspect
import shlex
import threading
import time
import typing
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import pydantic
from pydantic import BeforeValidator, ConfigDict, create_model
from pydantic.fields import FieldInfo

from tools import kept
from tools.errors import AutopsieError, BadInput, Stopped
from tools.finding import Finding, Lang, Text

if TYPE_CHECKING:
    import numpy as np

    from tools.specimens.language import LanguageModel

MAX_TEXT = 20_000  # characters a text tool accepts; longer input is refused, not cut


def arg(en: str, fr: str, **constraints: Any) -> Any:
    """What a parameter means, in both languages, with pydantic constraints (``ge``, ``max_length``…)."""
    return pydantic.Field(description=en, json_schema_extra={"fr": fr}, **constraints)


def split_words(value: Any) -> Any:
    """Lets a list of words be written "one, two, three" (commas, semicolons or new lines)."""
    if not isinstance(value, str):
        return value
    for separator in ";\n":
        value = value.replace(separator, ",")
    return [word.strip() for word in value.split(",") if word.strip()]


Words = Annotated[list[str], BeforeValidator(split_words)]
Number = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]


@dataclass(frozen=True)
class Progress:
    """How far a run is: ``done`` of ``total`` units; ``total`` is 0 when the length is not known."""

    label: Text
    done: int = 0
    total: int = 0


@dataclass
class Run:
    """What a tool receives besides its arguments: seed, language, progress, Stop, the assistant's model."""

    tool: Tool
    arguments: dict[str, Any]
    seed: int
    lang: Lang
    assistant: LanguageModel | None = None
    on_progress: Callable[[Progress], None] | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    started: float = field(default_factory=time.monotonic)

    @property
    def rng(self) -> np.random.Generator:
        """A fresh generator of the run's seed: the same seed gives the same numbers."""
        import numpy as np

        return np.random.default_rng(self.seed)

    def progress(self, en: str, fr: str, done: int = 0, total: int = 0) -> None:
        """Says what is being done, and raises ``Stopped`` when asked to stop or out of time."""
        if self.stop.is_set():
            raise Stopped("Stopped: the measurement was not finished.", "Arrêté : la mesure n’est pas terminée.")
        if time.monotonic() - self.started > self.tool.seconds:
            raise Stopped(
                f"{self.tool.name} stopped after its limit of {self.tool.seconds} s. Give it less to measure.",
                f"{self.tool.name} s’est arrêté à sa limite de {self.tool.seconds} s. Donnez-lui moins à mesurer.",
            )
        if self.on_progress:
            self.on_progress(Progress(Text(en=en, fr=fr), done, total))

    def finding(self, **parts: Any) -> Finding:
        """A finding of this run; ``parts`` are the fields that only the tool's author can write."""
        return Finding(
            tool=self.tool.name,
            version=self.tool.version,
            question=parts.pop("question", self.tool.question),
            arguments=self.arguments,
            seed=self.seed,
            seconds=time.monotonic() - self.started,
            rerun=self.tool.command(self.arguments, self.seed, self.lang),
            **parts,
        )


@dataclass(frozen=True)
class Tool:
    """A registered tool: its function, the model of its arguments and what people read about it."""

    name: str
    wing: str
    version: str
    title: Text
    question: Text
    needs: Text
    examples: dict[str, list[str]]
    seconds: float
    function: Callable[..., Finding]
    parameters: type[pydantic.BaseModel]

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON schema of the arguments."""
        return self.parameters.model_json_schema()

    def validate(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """All arguments with the defaults filled in; ``BadInput`` names the first one that is wrong."""
        try:
            return self.parameters.model_validate(arguments).model_dump()
        except pydantic.ValidationError as error:
            raise self._explain(error) from None

    def run(
        self,
        arguments: dict[str, Any] | None = None,
        *,
        seed: int = 0,
        lang: Lang = "en",
        assistant: LanguageModel | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        stop: threading.Event | None = None,
        keep: bool = False,
    ) -> Finding:
        """One finding; with ``keep``, the one on disk if this very measurement was made before (``tools.kept``).

        Raises an ``AutopsieError`` whose message can be shown as it is.
        """
        run = Run(self, self.validate(arguments or {}), seed, lang, assistant, on_progress, stop or threading.Event())
        code = Path(inspect.getfile(self.function)).parent
        name = kept.key(self.name, self.version, run.arguments, seed, lang, code) if keep and assistant is None else ""
        if (found := kept.get(name)) is not None:
            return found
        try:
            found = self.function(run, **run.arguments)
            kept.put(name, found)
            return found
        except AutopsieError:
            raise
        except MemoryError:
            raise BadInput(
                f"{self.name}: not enough memory for this input. Give a shorter text or a smaller model.",
                f"{self.name} : pas assez de mémoire pour cette entrée. Donnez un texte plus court ou un modèle plus petit.",
            ) from None
        except Exception as error:
            raise AutopsieError(
                f"{self.name} failed: {type(error).__name__}: {error}. Run `autopsie doctor` to see what is missing.",
                f"{self.name} a échoué : {type(error).__name__} : {error}. `autopsie doctor` dit ce qui manque.",
            ) from error

    def command(self, arguments: dict[str, Any], seed: int, lang: str) -> str:
        """The exact command that makes the same finding; arguments at their default are left out."""
        parts = ["autopsie", "run", self.name]
        for name, parameter in self.parameters.model_fields.items():
            value = arguments[name]
            if value == parameter.get_default(call_default_factory=True):
                continue
            text = ", ".join(value) if isinstance(value, list) else str(value)
            parts += [f"--{name.replace('_', '-')}", text]
        return shlex.join([*parts, "--seed", str(seed), *(["--lang", lang] if lang != "en" else [])])

    def _explain(self, error: pydantic.ValidationError) -> BadInput:
        """The first problem of a validation as one sentence with the fix."""
        first = error.errors(include_url=False)[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        fields = self.parameters.model_fields
        if first["type"] == "extra_forbidden":
            known = ", ".join(f"--{field}" for field in fields)
            return BadInput(
                f"{self.name} has no argument --{name}; it has {known}.",
                f"{self.name} n’a pas d’argument --{name} ; il a {known}.",
            )
        if first["type"] == "missing":
            return BadInput(
                f"{self.name} needs --{name}: {fields[name].description}",
                f"{self.name} a besoin de --{name} : {french(fields[name])}",
            )
        option, why = name.replace("_", "-"), first["msg"].removeprefix("Value error, ").removesuffix(".")
        shown = str(first.get("input", ""))
        shown = shown if len(shown) <= 60 else shown[:57] + "…"
        return BadInput(
            f"{self.name}: --{option} cannot be '{shown}': {why}. Expected: {fields[name].description}",
            f"{self.name} : --{option} ne peut pas être « {shown} ». Attendu : {french(fields[name])}",
        )


def french(parameter: FieldInfo) -> str:
    """The French description of a parameter."""
    extra = parameter.json_schema_extra
    return str(extra["fr"]) if isinstance(extra, dict) and "fr" in extra else str(parameter.description)


def tool(
    *,
    wing: str,
    version: str,
    title: Text,
    question: Text,
    examples: dict[str, list[str]],
    needs: Text,
    seconds: float = 120,
) -> Callable[[Callable[..., Finding]], Tool]:
    """Makes a ``Tool`` of a typed function whose first parameter is the ``Run``.

    Args:
        wing: the folder it lives in (words, language, translation, truth…).
        version: raised whenever the same arguments may give another number.
        title: its name for people.
        question: what it answers, as a question.
        examples: six or more requests a person would type, for "en" and for "fr".
        needs: what it takes (seconds, model), for the first page.
        seconds: how long one run may last.
    """

    def decorate(function: Callable[..., Finding]) -> Tool:
        hints = typing.get_type_hints(function, include_extras=True)
        fields: dict[str, Any] = {}
        for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
            default = ... if parameter.default is inspect.Parameter.empty else parameter.default
            fields[name] = (hints[name], default)
        model = create_model(
            f"{function.__name__}_arguments",
            __config__=ConfigDict(extra="forbid", str_strip_whitespace=False, validate_default=False),
            **fields,
        )
        for name, parameter_field in model.model_fields.items():
            if not parameter_field.description:
                raise TypeError(f"{function.__name__}: parameter {name!r} needs arg(english, french)")
        return Tool(function.__name__, wing, version, title, question, needs, examples, seconds, function, model)

    return decorate
