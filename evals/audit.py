"""The self-audit: the suites one after the other, each an Inspect task on the assistant's real turns, and the card they make.

A run that was stopped, even by a dead machine, goes on where it was: the samples in its logs are not asked again.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from assistant import card as cards
from assistant.card import Card, Suite
from tools.errors import BadInput, Missing, Unavailable
from tools.specimens.home import home

if TYPE_CHECKING:
    from inspect_ai import Task
    from inspect_ai.log import EvalLog

    from evals.solver import Factory

MODULES = {
    "routing": "evals.inspect_routing",
    "retrieval": "evals.inspect_retrieval",
    "grounded": "evals.grounded",
    "invention": "evals.invention",
    "bias": "evals.bias",
    "injection": "evals.injection",
    "stability": "evals.stability",
}
CHEAP = {"routing": 60, "retrieval": 40, "grounded": 24, "invention": 6, "bias": 20, "injection": 24, "stability": 12}
TOGETHER = {"embedded": 1, "local": 1, "served": 8}  # samples at once: a model server reads several as fast as one


class Progress(NamedTuple):
    """How far the audit is: the suite at work, its samples, and which of the suites it is (from 1)."""

    suite: str
    done: int
    total: int
    part: int
    parts: int


OnStep = Callable[[Progress], None]


class SuiteModule(Protocol):
    """What a suite is: a module with these two."""

    def task(self, engine: str, seed: int, subset: int | None = None, agent: Factory | None = None) -> Task:
        """The Inspect task."""

    def suite(self, log: EvalLog) -> Suite:
        """The numbers of its log."""


def run(
    engine: str = "embedded",
    seed: int = 0,
    *,
    cheap: bool = False,
    fresh: bool = False,
    names: Sequence[str] = tuple(MODULES),
    agent: Factory | None = None,
    on_step: OnStep = lambda _: None,
) -> Card:
    """Runs the suites in order and returns their card, which is not kept yet (``keep``).

    Args:
        cheap: a fixed part of every set, for a quick look and the regression gate.
        fresh: begins anew, even where an earlier run was stopped.
        agent: makes the assistants that are examined; those of ``engine`` when none is given.

    Errors: ``BadInput`` for an unknown suite, ``Missing`` without Inspect, ``Unavailable`` when a suite could not be finished.
    """
    unknown = [name for name in names if name not in MODULES]
    if unknown:
        raise BadInput(
            f"There is no suite called '{unknown[0]}'. The suites are: {', '.join(MODULES)}.",
            f"Aucune suite ne s’appelle « {unknown[0]} ». Les suites sont : {', '.join(MODULES)}.",
        )
    if find_spec("inspect_ai") is None:
        raise Missing(
            "The self-audit needs Inspect: pip install 'autopsie[evals]'.",
            "L’auto-examen a besoin d’Inspect : pip install 'autopsie[evals]'.",
        )
    folder = _folder({"engine": engine, "seed": seed, "cheap": cheap, "names": list(names)}, fresh)
    suites: list[Suite] = []
    with _state_stays_here():
        for part, name in enumerate(names, 1):
            module = cast(SuiteModule, import_module(MODULES[name]))
            subset = CHEAP[name] if cheap else None

            def step(done: int, total: int, name: str = name, part: int = part) -> None:
                on_step(Progress(name, done, total, part, len(names)))

            suites.append(_one(module, name, folder / name, engine, seed, subset, agent, step))
    (folder / "finished").touch()
    return _card(engine, seed, suites)


def keep(card: Card) -> list[Path]:
    """Keeps a card as JSON, and beside it as Markdown and as a page in both languages."""
    from assistant import card_text

    path, earlier = cards.save(card), cards.before(card)
    written = [path]
    for lang in ("en", "fr"):
        for ending, form in (("md", card_text.markdown), ("html", card_text.html)):
            written.append(path.with_suffix(f".{lang}.{ending}"))
            written[-1].write_text(form(card, lang, earlier), encoding="utf-8")
    return written


def logs() -> Path:
    """Where the logs of all runs lie: ``inspect view --log-dir`` opens them."""
    return home() / "evals" / "logs"


def _one(
    module: SuiteModule,
    name: str,
    folder: Path,
    engine: str,
    seed: int,
    subset: int | None,
    agent: Factory | None,
    step: Callable[[int, int], None],
) -> Suite:
    """One suite: its log if it is finished, else the samples that are missing from it."""
    from inspect_ai import eval_set
    from inspect_ai.log import read_eval_log

    from evals.solver import MODEL, heard

    started = time.monotonic()
    task = module.task(engine=engine, seed=seed, subset=subset, agent=agent)
    total = len(task.dataset)
    written = _written(folder)
    with heard(lambda done: step(done, total), written):
        step(written, total)
        with redirect_stdout(io.StringIO()):  # Inspect lists its hooks there; what matters is in the log
            _, (short,) = eval_set(
                task, log_dir=str(folder), model=MODEL, display="none", log_level="error", log_realtime=False,
                log_buffer=max(1, total // 100), score_display=False, retry_attempts=0, retry_immediate=False,
                max_samples=TOGETHER[_level(engine)], ctl_server=False, acp_server=False,
            )  # fmt: skip
    if short.status == "cancelled":
        raise KeyboardInterrupt
    if short.status != "success":
        said = short.error.message if short.error else short.status
        raise Unavailable(
            f"The suite {name} stopped ({said}). Start again: what was finished is kept.",
            f"La suite {name} s’est arrêtée ({said}). Relancez : ce qui était fini est gardé.",
        )
    done = module.suite(read_eval_log(short.location))
    return done.model_copy(update={"log": short.location, "seconds": done.seconds or time.monotonic() - started})


def _written(folder: Path) -> int:
    """How many samples of an unfinished log are already there."""
    from inspect_ai.log import list_eval_logs, read_eval_log_sample_summaries

    if not folder.is_dir():
        return 0
    counts = [0]
    for one in list_eval_logs(str(folder)):
        with suppress(Exception):  # a log that was cut off before its first line holds nothing
            counts.append(sum(summary.error is None for summary in read_eval_log_sample_summaries(one)))
    return max(counts)


def _folder(asked: dict[str, object], fresh: bool) -> Path:
    """The folder of the newest unfinished run of the same thing, else a new one."""
    key = json.dumps(asked | {"version": version("autopsie"), "data": _digest()}, sort_keys=True)
    if not fresh:
        for marker in sorted(logs().glob("*/run.json"), reverse=True):
            if marker.read_text(encoding="utf-8") == key and not (marker.parent / "finished").exists():
                return marker.parent
    folder = logs() / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(key, encoding="utf-8")
    return folder


def _digest() -> str:
    """What the answers are measured on: the sets and the library; a run is not continued on others."""
    from knowledge.index import current

    found = hashlib.sha256()
    for file in sorted((files("evals") / "data").iterdir(), key=lambda one: one.name):
        found.update(file.name.encode() + file.read_bytes())
    for passage in current().passages:
        found.update(f"{passage.id}\0{passage.text}\0".encode())
    return found.hexdigest()


def _level(engine: str) -> str:
    return "embedded" if engine == "embedded" else "local" if engine.startswith("local") else "served"


def _card(engine: str, seed: int, suites: list[Suite]) -> Card:
    """The card with who spoke."""
    from assistant.agent import Agent
    from assistant.engines import open_engine

    opened = open_engine(engine)
    digest = opened.model.specimen.sha256 if opened else None
    return Card(
        version=version("autopsie"), speaker=Agent(opened).speaker, model_sha256=digest or "", seed=seed,
        seconds=sum(one.seconds for one in suites), suites=suites,
    )  # fmt: skip


@contextmanager
def _state_stays_here() -> Iterator[None]:
    """Inspect keeps traces and notes in the user's data folder; for as long as this lasts, that is a folder of ours."""
    before = {name: os.environ.get(name) for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "AUTOPSIE_HOME")}
    os.environ["AUTOPSIE_HOME"] = str(home())  # the default depends on the same variable
    os.environ["XDG_DATA_HOME"] = os.environ["XDG_CACHE_HOME"] = str(home() / "evals")
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
