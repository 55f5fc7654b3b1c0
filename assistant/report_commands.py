"""What ``autopsie report`` and ``autopsie replay`` do."""

from __future__ import annotations

import argparse
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast

from assistant import settings, terminal
from assistant.library_commands import emit
from tools.errors import BadInput
from tools.finding import Lang
from tools.numbers import number, plain

if TYPE_CHECKING:
    from assistant.investigations import Investigation
    from assistant.report_replay import Held, Value

Options = argparse.Namespace
SHOWN = 40  # moved numbers that are listed for one measurement; the JSON has them all


def report(options: Options) -> int:
    """Writes an investigation as a page, a record, or both; without a name, lists those there are."""
    from assistant.report import write

    if options.id is None:
        _list(options)
        return 0
    if options.out is None:
        raise BadInput(
            "Say where: autopsie report ID --out report.html (or .json, or a folder for both).",
            "Dites où : autopsie report ID --out rapport.html (ou .json, ou un dossier pour les deux).",
        )
    files = write(_investigation(options.id), Path(options.out).expanduser(), options.lang)
    if options.json:
        emit({"files": [str(file) for file in files]})
    else:
        print(*files, sep="\n")
    return 0


def replay(options: Options) -> int:
    """Measures everything in a file again; 1 when a number moved or a measurement could not be made."""
    from assistant.engines import open_engine
    from assistant.report_replay import replay as again

    lang = cast(Lang, options.lang or settings.language())
    engine = open_engine(options.engine or settings.engine())
    rows = again(options.file, None if options.json else terminal.tool_progress, engine.model if engine else None)
    terminal.clear()
    moved = [row for row in rows if not row.held]
    if options.json:
        changed = sorted({row.specimen for row in rows if row.specimen})
        emit(
            {
                "numbers": sum(not row.why for row in rows),
                "moved": sum(not row.why for row in moved),
                "failed": sum(row.why is not None for row in rows),
                "specimens": changed,
                "rows": [row.model_dump(mode="json") for row in rows],
            }
        )
    else:
        for (step, tool), some in groupby(rows, key=lambda row: (row.step, row.tool)):
            _show(step, tool, list(some), lang)
        print(_total(rows, lang))
    return 1 if moved else 0


def _show(step: str, tool: str, rows: list[Held], lang: Lang) -> None:
    """One measurement: how many numbers hold, whether its specimen changed, and each number that moved."""
    title = tool if step == tool else f"{step} ({tool})"
    colon = ": " if lang == "en" else "\u202f: "
    if rows[0].why is not None:
        failed = {"en": "could not be measured again", "fr": "n’a pas pu être refaite"}[lang]
        print(terminal.fill(f"{title}{colon}{failed}. {rows[0].why.get(lang)}"))
        return
    moved = [row for row in rows if not row.held]
    said = {"en": "{} of {} numbers hold", "fr": "{} nombres sur {} tiennent"}[lang]
    print(title + colon + said.format(number(len(rows) - len(moved), lang, 0), number(len(rows), lang, 0)))
    if rows[0].specimen:
        print({"en": "  another specimen: ", "fr": "  un autre spécimen : "}[lang] + rows[0].specimen)
    if rows[0].version:
        print(
            {"en": "  another version of the instrument: ", "fr": "  une autre version de l’instrument : "}[lang]
            + rows[0].version
        )
    for row in moved[:SHOWN]:
        near = {"en": "  (within {})", "fr": "  (à {} près)"}[lang].format(plain(row.within or 0, lang, 2))
        within = near if row.within else ""
        print(
            {"en": "  moved ", "fr": "  a bougé "}[lang]
            + f"{row.name}{colon}{_value(row.said, lang)} → {_value(row.now, lang)}{within}"
        )
    if len(moved) > SHOWN:
        print(
            {"en": "  and {} more (--json has them all)", "fr": "  et {} de plus (--json les donne tous)"}[lang].format(
                len(moved) - SHOWN
            )
        )


def _total(rows: list[Held], lang: Lang) -> str:
    failed, moved = sum(row.why is not None for row in rows), sum(not row.held and not row.why for row in rows)
    if not moved and not failed:
        return {"en": "All numbers hold.", "fr": "Tous les nombres tiennent."}[lang]
    if lang == "en":
        return f"Moved: {moved}. Not measured again: {failed}."
    return f"Ont bougé : {moved}. Non refaites : {failed}."


def _value(value: Value, lang: Lang) -> str:
    """All the digits that matter in a comparison, with the decimal mark of the language."""
    if not isinstance(value, float):
        return "–" if value is None else str(value)
    return plain(value, lang, 8)


def _investigation(name: str) -> Investigation:
    """An investigation of the notebook by its id, or of a file that someone gave."""
    from assistant import investigations
    from assistant.notebook import Notebook
    from assistant.report import bring

    if Path(name).expanduser().is_file():
        return bring(name)
    return investigations.load(Notebook(), name)


def _list(options: Options) -> None:
    from assistant import investigations
    from assistant.notebook import Notebook

    found = investigations.list(Notebook())
    if options.json:
        emit({"investigations": [one.model_dump(mode="json") for one in found]})
        return
    for one in found:
        print(
            f"{one.id}  {one.changed:%Y-%m-%d}  {one.walkthrough}"
            + (f"  ({one.author or '?'})" if one.imported else "")
        )
    if not found:
        lang = options.lang or settings.language()
        print(
            {
                "en": "No investigation yet: autopsie incidents walk ID begins one.",
                "fr": "Aucune enquête encore : autopsie incidents walk ID en commence une.",
            }[lang]
        )
