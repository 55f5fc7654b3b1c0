"""The first problem that pydantic finds in a walkthrough, as one sentence with the step and the fix."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from knowledge.walkthroughs import wrong
from tools.errors import BadInput


def explain(error: ValidationError, fields: dict[str, Any], file: str) -> BadInput:
    """The first problem of the structure as a sentence with the step."""
    first = error.errors(include_url=False)[0]
    where, step = [str(part) for part in first["loc"]], ""
    if where[:1] == ["steps"] and len(first["loc"]) > 1:
        steps, at = fields.get("steps"), int(first["loc"][1])
        given = steps[at] if isinstance(steps, list) and at < len(steps) else None
        step = str(given.get("id", f"#{at + 1}")) if isinstance(given, dict) else f"#{at + 1}"
        where = where[3:] if len(where) > 2 else where[2:]  # after the number of the step stands its kind
    field, kind = ".".join(where), first["type"]
    shown = str(first.get("input", ""))[:60]
    if kind == "extra_forbidden":
        return wrong(
            file,
            step,
            f"there is no field '{field}' here; take it out",
            f"le champ « {field} » n’existe pas ici ; ôtez-le",
        )
    if kind == "missing":
        return wrong(
            file, step, f"the field '{field}' is missing; write it", f"le champ « {field} » manque ; écrivez-le"
        )
    if kind in ("union_tag_not_found", "union_tag_invalid"):
        kinds = "read, passage, predict, run, vary, question, branch"
        return wrong(file, step, f"give a kind: {kinds}", f"donnez un « kind » parmi {kinds}")
    why = str(first["msg"]).removeprefix("Value error, ")
    if kind == "literal_error":
        why = why.replace("Input should be ", "")
        return wrong(
            file,
            step,
            f"'{field}' must be {why}, not '{shown}'",
            f"« {field} » doit être {why.replace(' or ', ' ou ')}, pas « {shown} »",
        )
    if kind == "string_pattern_mismatch":
        return wrong(
            file,
            step,
            f"'{field}' cannot be '{shown}': {_pattern(field)[0]}",
            f"« {field} » ne peut pas être « {shown} » : {_pattern(field)[1]}",
        )
    return wrong(
        file, step, f"'{field}' cannot be '{shown}' ({why})", f"« {field} » ne peut pas être « {shown} » ({why})"
    )


def _pattern(field: str) -> tuple[str, str]:
    if field.endswith("at"):
        forms = "table:NAME:ROW:COLUMN, estimate:NAME, estimate:NAME:low|high|p|n, count:TABLE"
        return f"write {forms}", f"écrivez {forms}"
    if field == "headline":
        return "write STEP.CLAIM", "écrivez ÉTAPE.NOMBRE"
    return (
        "use small letters without accents, digits and hyphens (in claims, underscores)",
        "prenez des minuscules sans accent, des chiffres et des tirets (dans les claims, des tirets bas)",
    )
