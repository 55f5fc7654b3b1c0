"""The numbers of a walkthrough: where each stands in a finding, and what follows from several of them."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

from tools.errors import BadInput
from tools.finding import Cell, Finding, Table, Text

_OPERATIONS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def value_at(finding: Finding, at: str) -> float:
    """The number at ``at`` of a finding; ``BadInput`` says what stands there instead.

    ``estimate:NAME`` (or ``estimate:NAME:low|high|p|n``), ``table:NAME:ROW:COLUMN``, where a row
    is the English text of its first cells (``A`` or ``A|B``) or ``#number`` from 0, and a column its
    English heading or ``#number`` from 0, and ``count:NAME``, how many rows a table has.
    """
    what, _, rest = at.partition(":")
    if what == "estimate":
        name, _, part = rest.partition(":")
        estimate = next((one for one in finding.estimates if one.name == name), None)
        if estimate is None:
            raise _nowhere(at, finding, "estimates", "estimations", [one.name for one in finding.estimates])
        found: Any = getattr(estimate, part or "value")
    elif what == "count":
        found = len(_table(finding, rest.split(":")[-1], at).rows)
    else:
        name, _, rest = rest.partition(":")
        found = _cell(_table(finding, name, at), rest, at, finding)
    number = _number(found)
    if number is None:
        raise BadInput(
            f"'{at}' is not a number in this finding of {finding.tool}: {found!r} stands there.",
            f"« {at} » n’est pas un nombre dans cette mesure de {finding.tool} : il y a {found!r}.",
        )
    return number


def near(found: float, said: float, within: float) -> bool:
    """Whether a number is within the tolerance (a billionth more, for sums of binary fractions)."""
    return abs(found - said) <= within * (1 + 1e-9) + 1e-12


def decimals(said: float) -> int:
    """How many decimals the author wrote: 2 for 44.85, none for 65.0; at most six."""
    text = f"{said:.6f}".rstrip("0")
    return len(text.partition(".")[2])


def names_in(expression: str) -> set[str]:
    """The claims that an expression speaks of; ``ValueError`` when it is more than a comparison of sums and products."""
    tree = ast.parse(expression.strip(), mode="eval").body
    if not isinstance(tree, ast.Compare):
        raise ValueError("not a comparison")
    _evaluate(tree, dict.fromkeys((n.id for n in ast.walk(tree) if isinstance(n, ast.Name)), 1.0))
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def holds(expression: str, values: Mapping[str, float]) -> bool:
    """Whether a comparison such as ``fpr_black > fpr_white + 5`` is true of these values."""
    return bool(_evaluate(ast.parse(expression.strip(), mode="eval").body, values))


def _evaluate(node: ast.expr, values: Mapping[str, float]) -> Any:
    if isinstance(node, ast.Compare):
        sides = [_evaluate(one, values) for one in (node.left, *node.comparators)]
        signs = [_OPERATIONS[type(sign)] for sign in node.ops if type(sign) in _OPERATIONS]
        if len(signs) != len(node.ops):
            raise ValueError("an unknown comparison")
        return all(sign(a, b) for sign, a, b in zip(signs, sides[:-1], sides[1:], strict=True))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div):
        left, right = _evaluate(node.left, values), _evaluate(node.right, values)
        return float("nan") if isinstance(node.op, ast.Div) and right == 0 else _OPERATIONS[type(node.op)](left, right)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_evaluate(node.operand, values)
    if isinstance(node, ast.Name):
        return values[node.id]
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value
    raise ValueError("only comparisons, + - * / and names of claims")


def _table(finding: Finding, name: str, at: str) -> Table:
    for table in finding.tables:
        if table.name == name:
            return table
    raise _nowhere(at, finding, "tables", "tableaux", [table.name for table in finding.tables])


def _cell(table: Table, place: str, at: str, finding: Finding) -> Cell:
    """The cell of ``ROW:COLUMN``; both may hold colons, so every cut is tried."""
    columns = [column.en for column in table.columns]
    cuts = [i for i, sign in enumerate(place) if sign == ":"]
    for cut in cuts:
        column = _index(columns, place[cut + 1 :])
        row = None if column is None else _row(table, place[:cut])
        if row is not None and column is not None:
            return row[column]
    if any(_row(table, place[:cut]) is not None for cut in cuts):
        raise _nowhere(at, finding, "columns", "colonnes", columns)
    first = [" | ".join(_text(cell) for cell in row[:2]) for row in table.rows[:30]]
    raise _nowhere(at, finding, f"rows of '{table.name}'", f"lignes de « {table.name} »", first)


def _row(table: Table, wanted: str) -> list[Cell] | None:
    """The first row whose first cells are these."""
    if wanted.startswith("#") and wanted[1:].isdigit():
        return table.rows[int(wanted[1:])] if int(wanted[1:]) < len(table.rows) else None
    for parts in ([wanted], wanted.split("|")) if "|" in wanted else ([wanted],):
        first, *rest = (part.strip() for part in parts)
        for row in table.rows:
            if row and _text(row[0]) == first and [_text(cell) for cell in row[1 : len(parts)]] == rest:
                return row
    return None


def _index(columns: list[str], wanted: str) -> int | None:
    if wanted.startswith("#") and wanted[1:].isdigit():
        return int(wanted[1:]) if int(wanted[1:]) < len(columns) else None
    return columns.index(wanted) if wanted in columns else None


def _text(cell: Cell) -> str:
    """A cell as it is written in a walkthrough: its English, a number without a needless point."""
    if isinstance(cell, Text):
        return cell.en.strip()
    return f"{cell:g}" if isinstance(cell, float) else str(cell).strip()


def _number(found: Any) -> float | None:
    """A number, or a text that is nothing but one ("44.85", "1,234", "12%")."""
    if isinstance(found, Text):
        found = found.en
    if isinstance(found, str):
        text = found.strip().replace(",", "").replace("\u2212", "-").removesuffix("%").strip()
        try:
            return float(text)
        except ValueError:
            return None
    return float(found) if isinstance(found, int | float) and found == found else None


def _nowhere(at: str, finding: Finding, en: str, fr: str, there: list[str]) -> BadInput:
    known = "; ".join(there)
    return BadInput(
        f"'{at}' stands nowhere in the finding of {finding.tool}; its {en} are: {known}.",
        f"« {at} » n’est nulle part dans la mesure de {finding.tool} ; ses {fr} sont : {known}.",
    )
