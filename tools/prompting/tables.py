"""A table of items in, replies and scores out: CSV as people have it, and CSV that a spreadsheet opens."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence

from knowledge.formats import Refused, decoded
from tools.errors import BadInput
from tools.prompting.trial import Sheet

MOST_ROWS, MOST_BYTES, MOST_CELL = 500, 5_000_000, 20_000
_NAME = re.compile(r"[^\W\d]\w*")


def read_table(data: bytes, name: str) -> list[dict[str, str]]:
    """The rows of a CSV as items; the first row names the fields.

    UTF-8, else the encoding that charset-normalizer finds; comma, semicolon, tab or bar. A name such as
    "the text" becomes ``the_text``, so that it can stand in braces.
    Errors: ``BadInput`` for what is no table, for more than 500 rows, and for a row that is wider than the first.
    """
    try:
        text = decoded(data[: MOST_BYTES + 1])
    except Refused:
        text = ""
    if not text.strip() or len(data) > MOST_BYTES:
        raise _bad(name, "it is empty, no text, or too large; give a CSV file of at most 5 MB",
                   "il est vide, trop gros, ou n’est pas du texte ; donnez un fichier CSV de 5 Mo au plus")  # fmt: skip
    rows = [row for row in _rows(text, name) if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        raise _bad(name, "it needs a first row with the names of the columns, and a row for each item",
                   "il faut une première ligne avec les noms des colonnes, puis une ligne par élément")  # fmt: skip
    if len(rows) - 1 > MOST_ROWS:
        raise _bad(name, f"it has {len(rows) - 1:,} rows and at most {MOST_ROWS} are tried; leave some out",
                   f"il a {len(rows) - 1} lignes et {MOST_ROWS} au plus sont essayées ; ôtez-en")  # fmt: skip
    fields = named(rows[0], name)
    items = []
    for number, row in enumerate(rows[1:], 1):
        if any(cell.strip() for cell in row[len(fields) :]):
            raise _bad(name, f"row {number} has {len(row)} cells and the first row names {len(fields)} columns; put texts that hold the separator between quotation marks",
                       f"la ligne {number} a {len(row)} cases et la première ligne nomme {len(fields)} colonnes ; mettez entre guillemets les textes qui contiennent le séparateur")  # fmt: skip
        cells = [cell.strip() for cell in row] + [""] * (len(fields) - len(row))
        if any(len(cell) > MOST_CELL for cell in cells):
            raise _bad(name, f"row {number} has a cell of more than {MOST_CELL:,} characters; shorten it",
                       f"la ligne {number} a une case de plus de {MOST_CELL} caractères ; raccourcissez-la")  # fmt: skip
        items.append(dict(zip(fields, cells, strict=False)))
    return items


def _rows(text: str, name: str) -> list[list[str]]:
    """The cells; the separator is the one of four that cuts the first row most often outside quotation marks.

    A first row without any of them names one column, and commas of the texts below it then cut nothing.
    """
    first = re.sub(r'"[^"]*"', "", next((line for line in text.splitlines() if line.strip()), ""))
    separator = max(",;\t|", key=first.count)
    separator = separator if separator in first else "\x1f"
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise _bad(name, f"it is not CSV ({error}); look for a quotation mark that is not closed",
                   f"ce n’est pas du CSV ({error}) ; cherchez un guillemet qui n’est pas fermé") from None  # fmt: skip


def named(row: Sequence[str], name: str) -> list[str]:
    """The names of the columns as fields: letters, digits and underscores, each once."""
    fields: list[str] = []
    for at, cell in enumerate(row, 1):
        field = re.sub(r"\W+", "_", cell.strip()).strip("_")
        if not _NAME.fullmatch(field):
            raise _bad(name, f"column {at} is called '{cell.strip()}'; give it a name that begins with a letter",
                       f"la colonne {at} s’appelle « {cell.strip()} » ; donnez-lui un nom qui commence par une lettre")  # fmt: skip
        if field in fields:
            raise _bad(name, f"two columns are called '{field}'; rename one", f"deux colonnes s’appellent « {field} » ; renommez-en une")  # fmt: skip
        fields.append(field)
    return fields


def write_table(items: Sequence[Mapping[str, str]], a: Sheet, b: Sheet) -> str:
    """CSV: the fields of every item, both replies, the scores of every check and the mean under both prompts."""
    fields = list(dict.fromkeys(key for item in items for key in item))
    names = list(a.replies[0].scores)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(
        [*map(_safe, fields), "reply_A", "reply_B", *(f"{name}_{side}" for side in "AB" for name in (*names, "score"))]
    )
    for item, x, y in zip(items, a.replies, b.replies, strict=True):
        texts = [_safe(text) for text in (*(item.get(field, "") for field in fields), x.text, y.text)]
        writer.writerow([*texts, *(value for reply in (x, y) for value in (*reply.scores.values(), reply.score))])
    return out.getvalue()


def _safe(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula: an apostrophe goes before = + - @ at its head."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _bad(name: str, en: str, fr: str) -> BadInput:
    return BadInput(f"{name}: {en}.", f"{name} : {fr}.")
