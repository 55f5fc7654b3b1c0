"""A finished investigation as files: one page to read, print and mark; one JSON to measure again.

The page needs nothing but itself: figures and style are inside, there is no script
and no address to load, and its own policy forbids both, so that a report from
someone else is as safe to open as one's own.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from pydantic import ValidationError

from assistant.investigations import Investigation
from assistant.report_parts import SCHEMA, Part, Report, phase_name, report_of
from assistant.report_replay import Held, read_json, replay
from tools.errors import BadInput
from tools.finding import Figure, Finding, Lang
from tools.numbers import number, p_value

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

__all__ = ["Held", "as_html", "as_json", "bring", "replay", "write"]

VERDICT = {
    True: {"en": "borne out", "fr": "confirmé"},
    False: {"en": "not borne out", "fr": "non confirmé"},
    None: {"en": "to discuss", "fr": "à discuter"},
}
READINGS = {
    "how_to_read": {"en": "How to read it", "fr": "Comment le lire"},
    "limits": {"en": "What it cannot tell", "fr": "Ce que cela ne dit pas"},
}
LEVELS = {"curious": "curieux", "student": "étudiant", "engineer": "ingénieur"}
MOST_FIGURES = 40_000_000  # characters of one figure of a file that is brought


def as_html(investigation: Investigation, lang: Lang | None = None) -> str:
    """One self-contained page in ``lang`` (the language of the investigation when none is given)."""
    from importlib.resources import files

    from assistant.compose import estimate_line
    from assistant.ui.page import bar_svg, decimals, table_html, templates

    report, lang = report_of(investigation), lang or investigation.lang
    inv = report.investigation
    settled = [_pair(part, inv.findings[part.of], lang) for part in report.parts if part.of in inv.findings]
    css = (files("assistant.ui") / "static" / "report.css").read_text(encoding="utf-8")
    return (
        templates()
        .get_template("report.html")
        .render(
            report=report,
            inv=inv,
            lang=lang,
            css=Markup(css),
            t=lambda en, fr: fr if lang == "fr" else en,
            num=lambda value, digits: number(value, lang, digits),
            pvalue=lambda p: p_value(p, lang),
            level=LEVELS[inv.level] if lang == "fr" else inv.level,
            dated=_dated(investigation, lang),
            theirs=_theirs(inv, lang),
            mine_note=_whose_note(inv, lang),
            settled=settled,
            by_run={step: [one for one in settled if one["of"] == step] for step in inv.findings},
            phases=[
                (phase_name(phase).get(lang), list(parts))
                for phase, parts in groupby(report.parts, key=lambda part: part.phase)
            ],
            titles={part.id: part.title.get(lang) for part in report.parts},
            references=_references(inv, lang),
            software=_software(report, lang),
            readings=lambda step: _readings(report, step, lang),
            markdown=lambda text: Markup(_markdown().render(text)),
            main_of=lambda finding: next((e for e in finding.estimates if e.value is not None), None),
            bar=lambda estimate: Markup(bar_svg(estimate, lang)),
            digits=decimals,
            lines=lambda finding: [estimate_line(one, lang) for one in finding.estimates],
            table=lambda table: Markup(table_html(table, lang)),
            source=source,
        )
    )


def as_json(investigation: Investigation) -> str:
    """Everything: the investigation, the words that were read, the versions; ``replay`` and ``bring`` read it."""
    made = report_of(investigation).model_dump(mode="json", by_alias=True)
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def write(investigation: Investigation, out: Path, lang: Lang | None = None) -> list[Path]:
    """Writes the page (.html), the record (.json), or both into a folder; returns what was written."""
    makers: dict[str, Callable[[], str]] = {
        ".html": lambda: as_html(investigation, lang),
        ".json": lambda: as_json(investigation),
    }
    if out.suffix in makers:
        wanted = [out]
    elif out.suffix and not out.is_dir():
        raise BadInput(
            f"A report ends in .html or .json, or is a folder for both; '{out.name}' is neither.",
            f"Un rapport finit par .html ou .json, ou est un dossier pour les deux ; « {out.name} » n’est ni l’un ni l’autre.",
        )
    else:
        wanted = [out / f"report{suffix}" for suffix in makers]
    try:
        for file in wanted:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(makers[file.suffix](), encoding="utf-8")
    except OSError as error:
        raise BadInput(
            f"{out} cannot be written: {error.strerror}.", f"{out} ne peut pas être écrit : {error.strerror}."
        ) from None
    return wanted


def bring(path: Path | str) -> Investigation:
    """Someone else's investigation from the JSON of a report, marked as theirs.

    It gets an id of its own, made of the content of the file: bringing the same file
    twice gives the same one, and never replaces an investigation made here. Drawings
    are let through only if they are nothing but drawings, and commands are written
    anew from instrument and arguments: a file is data, whoever wrote it.
    Raises ``BadInput`` saying what is wrong with the file.
    """
    document = read_json(path)
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise BadInput(
            f"{path} is not a report that this version reads ({SCHEMA}). Ask for the JSON of autopsie report.",
            f"{path} n’est pas un rapport que cette version sait lire ({SCHEMA}). Demandez le JSON d’autopsie report.",
        )
    try:
        found = Investigation.model_validate(document["investigation"])
    except (KeyError, ValidationError) as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) if isinstance(error, ValidationError) else "investigation"
        raise BadInput(
            f"{path} is a damaged report: '{where}' is missing or wrong. Ask its author for it again.",
            f"{path} est un rapport abîmé : « {where} » manque ou est faux. Redemandez-le à son auteur.",
        ) from None
    blob = json.dumps(document["investigation"], sort_keys=True).encode()
    return found.model_copy(
        update={
            "id": hashlib.sha256(blob).hexdigest()[: len(found.id) or 12],
            "findings": {step: _harmless(one) for step, one in found.findings.items()},
            "imported": True,
        }
    )


def source(figure: Figure) -> str:
    """A figure as the address of an image: inside an image no drawing can run or load anything."""
    if figure.media_type == "image/png":
        return f"data:image/png;base64,{figure.data}"
    return "data:image/svg+xml;base64," + base64.b64encode(figure.data.encode()).decode()


def _harmless(finding: Finding) -> Finding:
    """A finding of a file with its figures looked at and its command written here."""
    from assistant.report_svg import safe_svg
    from tools.errors import AutopsieError
    from tools.registry import get

    figures = []
    for one in finding.figures:
        if len(one.data) > MOST_FIGURES:
            continue
        data = safe_svg(one.data) if one.media_type == "image/svg+xml" else _base64(one.data)
        figures.append(one.model_copy(update={"data": data}))
    try:
        tool = get(finding.tool)
        command = tool.command(tool.validate(finding.arguments), finding.seed, figures[0].lang if figures else "en")
    except AutopsieError:  # an instrument, or an argument, that this version does not have
        command = ""
    return finding.model_copy(update={"figures": figures, "rerun": command})


def _base64(data: str) -> str:
    """The same pixels, certainly in base64."""
    try:
        return base64.b64encode(base64.b64decode(data, validate=False)).decode()
    except ValueError:
        raise BadInput("A picture of this file is damaged.", "Une image de ce fichier est abîmée.") from None


def _pair(part: Part, finding: Finding, lang: Lang) -> dict[str, Any]:
    """A prediction beside its measurement, in words; beside a sentence stands what the finding says first."""
    from assistant.compose import first_sentences

    measured = part.measured.get(lang) if part.measured else first_sentences(finding.summary.get(lang), 1)
    return {
        "of": part.of,
        "title": part.title.get(lang),
        "said": part.said.get(lang) if part.said else "",
        "measured": measured,
        "words": VERDICT[part.right][lang],
        "verdict": {True: "right", False: "wrong", None: "open"}[part.right],
        "feedback": part.feedback.get(lang) if part.feedback else "",
    }


def _readings(report: Report, step: str, lang: Lang) -> list[tuple[str, str, str]]:
    """How to read a finding and what it cannot tell: heading, text, and the earlier step that says the same ("" for none)."""
    found = report.investigation.findings
    order = [part.id for part in report.parts if part.id in found]
    rows = []
    for name, heading in READINGS.items():
        said = getattr(found[step], name).get(lang)
        before = next((one for one in order[: order.index(step)] if getattr(found[one], name).get(lang) == said), "")
        rows.append((heading[lang], said, before))
    return rows


def _dated(inv: Investigation, lang: Lang) -> str:
    begun, last = inv.created, inv.changed
    if lang == "fr":
        return f"{begun:%d/%m/%Y}" if begun.date() == last.date() else f"du {begun:%d/%m/%Y} au {last:%d/%m/%Y}"
    return f"{begun:%Y-%m-%d}" if begun.date() == last.date() else f"{begun:%Y-%m-%d} to {last:%Y-%m-%d}"


def _theirs(inv: Investigation, lang: Lang) -> str:
    """Whose findings these are when they are not one's own."""
    if inv.author:
        return f"Findings of {inv.author}." if lang == "en" else f"Mesures de {inv.author}."
    return "Someone else’s findings." if lang == "en" else "Mesures de quelqu’un d’autre."


def _whose_note(inv: Investigation, lang: Lang) -> str:
    if inv.imported:
        return "Their note" if lang == "en" else "Leur note"
    return "Note"


def _references(inv: Investigation, lang: Lang) -> list[str]:
    """Every work that the findings rest on, once, in alphabetical order."""
    from knowledge.bibliography import entries, reference

    keys = {key for finding in inv.findings.values() for key in finding.references}
    return sorted(reference(key, lang) if key in entries() else key for key in keys)


def _software(report: Report, lang: Lang) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in report.software.items())
    return f"Page made with {versions}." if lang == "en" else f"Page faite avec {versions}."


def _markdown() -> MarkdownIt:
    """Paragraphs, lists, emphasis, tables, links; no HTML, no image, no heading (the page has its own order)."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(["heading", "lheading", "image"])
