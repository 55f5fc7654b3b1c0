"""Runs the measurements of a report again and says which numbers hold.

A number holds when it lies within its tolerance of what the report says:

- Audits of tables (``COUNTED``) count, and compute in double precision: 1e-6 of the
  value, at least 1e-9.
- Instruments on word vectors (the wing "words"): 1e-6 of the value, at least 1e-6,
  because the vectors are stored in single precision and have length 1.
- All others run or train a network: 1e-3 of the value, at least 1e-5, which is what
  the order of the sums changes through a dozen layers; or, for an estimate with an
  interval, anywhere inside the interval that the report states, because the report
  itself does not claim to know it better.

A whole number of at most 1,000 items therefore has to be the same. A word in a
table is listed only when another one stands there now. The measurements are always
made anew: nothing that was kept on disk is taken. What comes from a file is data:
the instrument and its arguments are taken from it, never its command, and no
address beyond this machine is spoken to on its behalf.
"""

from __future__ import annotations

import ipaddress
import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from tools.errors import AutopsieError, BadInput
from tools.finding import Cell, Finding, Lang, Record, Table, Text
from tools.tool import Progress, Tool

if TYPE_CHECKING:
    from tools.specimens.language import LanguageModel

MOST = 200_000_000  # bytes of a file that is read
COUNTED = ("fairness_audit", "disaggregated_evaluation", "risk_triage")
DOUBLE, VECTORS, NETWORK = (1e-6, 1e-9), (1e-6, 1e-6), (1e-3, 1e-5)  # of the value, at least
BOUNDS = ("low", "high", "p", "baseline")
Value = str | float | int | bool | None


class Held(Record):
    """One number of a report and what it is now.

    ``step`` and ``tool`` say whose it is, ``said`` and ``now`` are the two values,
    ``within`` how far apart they may be. ``specimen`` names the specimen with both
    hashes when its bytes are not those of the report, ``version`` both versions of an
    instrument that has changed since; ``why`` says why a
    measurement could not be made again (its name is then "").
    """

    step: str
    tool: str
    name: str
    said: Value
    now: Value
    within: float
    held: bool
    specimen: str = ""
    version: str = ""
    why: Text | None = None


def replay(
    path: Path | str,
    on_progress: Callable[[Progress], None] | None = None,
    assistant: LanguageModel | None = None,
) -> list[Held]:
    """Every number of a file, measured again (see the module docstring).

    Args:
        path: a report, the export of a conversation, or the ``finding.json`` of one run.
        on_progress: told what each instrument is doing.
        assistant: the model of the assistant, for instruments that examine it.

    Raises ``BadInput`` when the file is none of these; a measurement that cannot be
    made again is a line with ``why``, and the others go on.
    """
    found = findings_of(read_json(path))
    if not found:
        raise BadInput(
            f"{path} holds no finding, so there is nothing to measure again.",
            f"{path} ne contient aucune mesure ; il n’y a rien à refaire.",
        )
    held: list[Held] = []
    for at, (step, finding) in enumerate(found.items(), 1):
        try:
            now = again(finding, _counted(on_progress, f"{at}/{len(found)}, {finding.tool}"), assistant)
        except AutopsieError as error:
            held.append(
                Held(
                    step=step, tool=finding.tool, name="", said=None, now=None, within=0, held=False, why=error.message
                )
            )
            continue
        held += compare(step, finding, now)
    return held


def _counted(on_progress: Callable[[Progress], None] | None, which: str) -> Callable[[Progress], None] | None:
    """The same progress, saying which measurement it is."""
    if on_progress is None:
        return None
    tell = on_progress

    def told(one: Progress) -> None:
        label = Text(en=f"{which}: {one.label.en}", fr=f"{which} : {one.label.fr}")
        tell(Progress(label, one.done, one.total))

    return told


def read_json(path: Path | str) -> Any:
    """The JSON document in a file; ``BadInput`` says what is wrong with it."""
    file = Path(path).expanduser()
    try:
        if file.stat().st_size > MOST:
            raise BadInput(
                f"{path} is larger than {MOST >> 20} MB; a report is not. Check the file.",
                f"{path} dépasse {MOST >> 20} Mo ; un rapport, non. Vérifiez le fichier.",
            )
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(
            f"{path} cannot be read: {error.strerror}.", f"{path} ne peut pas être lu : {error.strerror}."
        ) from None
    except (ValueError, RecursionError):
        raise BadInput(
            f"{path} is not JSON. Give the report that ends in .json, not the page.",
            f"{path} n’est pas du JSON. Donnez le rapport qui finit par .json, pas la page.",
        ) from None


def findings_of(document: Any) -> dict[str, Finding]:
    """The findings of a report, of a conversation or of one run, by step; ``BadInput`` when it is none of them."""
    try:
        if "investigation" in document:
            raw = dict(document["investigation"]["findings"])
        elif "turns" in document:
            every = [one for turn in document["turns"] for one in turn["findings"]]
            raw = {f"M{at}": one for at, one in enumerate(every, 1)}
        else:
            raw = {str(document["tool"]): document}
        return {
            str(step): Finding.model_validate({key: value for key, value in one.items() if key != "id"})
            for step, one in raw.items()
        }
    except (KeyError, TypeError, AttributeError, ValueError, ValidationError) as error:
        what = type(error).__name__ if not isinstance(error, KeyError) else f"no {error}"
        raise BadInput(
            f"This file is not a report of Autopsie ({what}). Give the JSON of autopsie report, of a conversation or of one run.",
            f"Ce fichier n’est pas un rapport d’Autopsie ({what}). Donnez le JSON d’autopsie report, d’une conversation ou d’une mesure.",
        ) from None


def again(
    finding: Finding, on_progress: Callable[[Progress], None] | None, assistant: LanguageModel | None = None
) -> Finding:
    """The same measurement, made now."""
    from tools.compare import compare as on_two
    from tools.registry import get

    tool = get(finding.tool)
    _stay_here(finding)
    lang: Lang = "fr" if finding.rerun.split(" --compare ")[0].endswith(" --lang fr") else "en"
    hooks: dict[str, Any] = {"seed": finding.seed, "lang": lang, "assistant": assistant, "on_progress": on_progress}
    _, two, other = finding.rerun.rpartition(" --compare ")
    return on_two(tool, finding.arguments, other, **hooks) if two else tool.run(finding.arguments, **hooks)


def compare(step: str, said: Finding, now: Finding) -> list[Held]:
    """Every number of ``said`` beside the same one of ``now``."""
    from tools.registry import get

    changed, tool = _changed(said, now), get(said.tool)
    other = f"{said.version} → {now.version}" if said.version != now.version else ""
    share, least = tolerance(tool)
    rows: list[Held] = []
    for name, before, after, inside in _pairs(said, now, tool):
        if isinstance(before, str | bool) or isinstance(after, str | bool) or before is None or after is None:
            within, held = 0.0, before == after
            if held and not isinstance(before, bool):
                continue  # the same word, or nothing on both sides: not a number
        else:
            within = max(share * abs(before), least)
            low, high = inside or (math.inf, -math.inf)
            both_undefined = before != before and after != after
            held = both_undefined or before == after or abs(before - after) <= within or low <= after <= high
        rows.append(
            Held(
                step=step,
                tool=said.tool,
                name=name,
                said=before,
                now=after,
                within=within,
                held=held,
                specimen=changed,
                version=other,
            )
        )
    return rows


def tolerance(tool: Tool) -> tuple[float, float]:
    """How far a number of this instrument may move: a share of its value, and at least so much."""
    if tool.name in COUNTED:
        return DOUBLE
    return VECTORS if tool.wing == "words" else NETWORK


Pair = tuple[str, Value, Value, tuple[float, float] | None]


def _pairs(said: Finding, now: Finding, tool: Tool) -> Iterator[Pair]:
    """Name, value then, value now, and the interval that the value may lie in."""
    after = {one.name: one for one in now.estimates}
    for one in said.estimates:
        other = after.get(one.name)
        wide = tolerance(tool) == NETWORK and one.low is not None and one.high is not None
        inside = (one.low or 0.0, one.high or 0.0) if wide else None
        yield one.name, one.value, other.value if other else None, inside
        yield f"{one.name}, n", one.n, other.n if other else None, None
        for bound in BOUNDS:
            yield f"{one.name}, {bound}", getattr(one, bound), getattr(other, bound, None), None
    tables = {table.name: table for table in now.tables}
    for table in said.tables:
        yield from _cells(table, tables.get(table.name))


def _cells(said: Table, now: Table | None) -> Iterator[Pair]:
    """The cells of a table, each under the name of its table, its row and its column."""
    rows = now.rows if now else []
    for at, row in enumerate(said.rows):
        beside = rows[at] if at < len(rows) else []
        first = next((_plain(one) for one in row if isinstance(_plain(one), str)), None)
        for column, value in enumerate(row):
            heading = said.columns[column].en if column < len(said.columns) else f"#{column}"
            other = _plain(beside[column]) if column < len(beside) else None
            yield f"{said.name}: {first or f'#{at}'}: {heading}", _plain(value), other, None
    if len(rows) != len(said.rows):
        yield f"{said.name}: rows", len(said.rows), len(rows), None


def _plain(cell: Cell) -> Value:
    return cell.en if isinstance(cell, Text) else cell


def _changed(said: Finding, now: Finding) -> str:
    """The specimen and its two hashes when they differ; "" when they are the same or were never visible."""
    before, after = said.specimen.sha256, now.specimen.sha256
    if before == after or before is None or after is None:
        return ""
    return f"{said.specimen.name}: SHA-256 {before[:12]} → {after[:12]}"


def _stay_here(finding: Finding) -> None:
    """``BadInput`` when an argument is an address on another machine: a file may not make this one speak to it."""
    for value in finding.arguments.values():
        if not isinstance(value, str) or "://" not in value[:12]:
            continue
        host = urlsplit(value).hostname or ""
        try:
            here = ipaddress.ip_address(host).is_loopback
        except ValueError:
            here = host == "localhost"
        if not here:
            raise BadInput(
                f"This measurement was made on another machine ({host}); a file is not allowed to connect to it. "
                f"If you trust it: {finding.tool} by hand with autopsie run.",
                f"Cette mesure a été faite sur une autre machine ({host}) ; un fichier n’a pas le droit de s’y connecter. "
                f"Si vous lui faites confiance : {finding.tool} à la main avec autopsie run.",
            )
