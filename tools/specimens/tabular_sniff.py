"""What kind of file it is: what the first bytes say, the encoding, the separator, and whether the first row is a header."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tools.finding import Text
from tools.specimens.tabular_notes import refuse
from tools.specimens.tabular_values import MISSING, NUMBER

HEAD = 1 << 18
SEPARATORS = (";", "\t", "|", ",")
MAGIC = (
    (b"PAR1", "parquet"), (b"PK\x03\x04", "spreadsheet"), (b"\xd0\xcf\x11\xe0", "spreadsheet"), (b"\x1f\x8b", "packed"),
    (b"BZh", "packed"), (b"\xfd7zXZ", "packed"), (b"7z\xbc\xaf", "packed"), (b"%PDF", "pdf"), (b"{\\rtf", "binary"),
    (b"\x89PNG", "binary"), (b"\xff\xd8\xff", "binary"), (b"SQLite format 3", "binary"), (b"\x80\x04\x95", "pickle"),
    (b"\x80\x05\x95", "pickle"), (b"\x80\x03", "pickle"),
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """How the rows lie in the file; ``unnamed`` marks the columns whose header was empty."""

    encoding: str
    separator: str
    header: bool
    skip_lines: int
    names: tuple[str, ...]
    unnamed: tuple[bool, ...]
    notes: tuple[Text, ...]


def kind(head: bytes) -> str:
    """ "text", "parquet", or the reason why the file is refused."""
    for magic, name in MAGIC:
        if head.startswith(magic):
            return name
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "text"
    if b"\x00" in head:
        return "binary"
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:2000].lower()
    if not start:
        return "empty"
    if start.startswith((b"{", b"[{", b"[[", b"[\n", b"[\r")):
        return "json"
    return "page" if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml")) else "text"


def layout(file: Path, head: bytes) -> Layout:
    """Encoding, separator, header and names. Errors: ``BadInput`` when there is nothing to read."""
    encoding = _encoding(file, head)
    sample = codecs.getincrementaldecoder(encoding)("replace").decode(head).removeprefix("\ufeff")
    announced = re.match(r"sep=(.)\r?\n", sample)
    if announced:
        sample = sample[announced.end() :]
    if not sample.endswith(("\n", "\r")) and len(head) == HEAD:
        sample = sample[: sample.rfind("\n") + 1]
    separator = announced[1] if announced else _separator(sample)
    above = _title_lines(sample, separator)
    rows = _rows("".join(sample.splitlines(keepends=True)[above:]), separator, 400)
    if not rows:
        raise refuse("empty", file.name)
    if len(rows) == 1 and len(head) < HEAD and _has_header(rows):
        raise refuse("no rows", file.name)
    header = _has_header(rows)
    first = [name.strip() for name in rows[0]] if header else [""] * len(rows[0])
    names, notes = unique_names(first)
    if not header:
        notes = (
            Text(
                en="The first row looks like data, not like names: the columns are called ‘column 1’, ‘column 2’…",
                fr="La première ligne a l’air de données, non de noms : les colonnes s’appellent « column 1 », « column 2 »…",
            ),
        )
    if above:
        note = Text(
            en=f"The {above} first lines, above the table, are passed over.",
            fr=f"Les {above} premières lignes, au-dessus du tableau, sont passées.",
        )
        notes = (note, *notes)
    skip = int(bool(announced)) + above
    return Layout(encoding, separator, header, skip, names, tuple(header and not name for name in first), notes)


def unique_names(first: list[str]) -> tuple[tuple[str, ...], tuple[Text, ...]]:
    """Names without doubles and without gaps, and what was changed."""
    names: list[str] = []
    twice: list[str] = []
    for i, name in enumerate(first):
        wanted = name or f"column {i + 1}"
        number, tried = 2, wanted
        while tried in names:
            tried, number = f"{wanted} ({number})", number + 1
        if tried != wanted:
            twice.append(tried)
        names.append(tried)
    if not twice:
        return tuple(names), ()
    shown = ", ".join(twice[:5])
    note = Text(
        en=f"Names that stand twice got a number: {shown}.", fr=f"Les noms en double ont reçu un numéro : {shown}."
    )
    return tuple(names), (note,)


def _encoding(file: Path, head: bytes) -> str:
    """UTF-16 with its mark, UTF-8 when the whole file is, else what Windows writes in the west of Europe."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with file.open("rb") as source:
            while piece := source.read(1 << 22):
                if b"\x00" in piece:
                    raise refuse("binary", file.name)
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        data = file.read_bytes()
        return "latin-1" if any(byte in data for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")) else "cp1252"
    return "utf-8"


def _rows(sample: str, separator: str, most: int) -> list[list[str]]:
    rows = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            if row and (len(row) > 1 or row[0].strip()):
                rows.append(row)
            if len(rows) == most:
                break
    except csv.Error:
        pass
    return rows


def _separator(sample: str) -> str:
    """The one that cuts the header and the rows into equally many cells."""
    best, top = ",", (False, 0.0)
    for separator in SEPARATORS:
        widths = [len(row) for row in _rows(sample, separator, 100)]
        if not widths or max(widths[0], widths[-1]) < 2:
            continue
        usual, times = Counter(widths).most_common(1)[0]
        score = (widths[0] == usual, times / len(widths))
        if usual > 1 and score > top:
            best, top = separator, score
    if not top[1]:
        widths = [len(row) for row in _rows(sample, " ", 100)]
        if len(widths) > 2 and widths[0] > 2 and len(set(widths)) == 1:
            return " "
    return best


def _title_lines(sample: str, separator: str) -> int:
    """How many lines without a separator stand above a table of several columns."""
    widths = [len(row) for row in _rows(sample, separator, 100)]
    if not widths or widths[0] > 1 or Counter(widths).most_common(1)[0][0] < 2:
        return 0
    lines = sample.splitlines()[:20]
    return next((i for i, line in enumerate(lines) if separator in line), 0)


def _number(cell: str) -> bool:
    return bool(NUMBER.match(cell.strip().lower()))


def _has_header(rows: list[list[str]]) -> bool:
    """Not when the first row holds numbers where numbers follow, or words that come again below."""
    first, rest = rows[0], rows[1:]
    if not rest:
        return not any(_number(cell) for cell in first)
    columns = [[row[i].strip() for row in rest if i < len(row)] for i in range(len(first))]
    columns = [[cell for cell in column if cell.lower() not in MISSING] for column in columns]
    numeric = [bool(column) and sum(map(_number, column)) >= 0.9 * len(column) for column in columns]
    if any(numeric):
        filled = [(_number(cell), cell.strip()) for cell, is_number in zip(first, numeric, strict=True) if is_number]
        if not all(number for number, cell in filled if cell.lower() not in MISSING) or all(
            not cell for _, cell in filled
        ):
            return True
        years = [int(cell) for _, cell in filled if re.fullmatch(r"(19|20)\d\d", cell)]
        return len(years) == len(filled) > 1 and len({b - a for a, b in pairwise(years)}) == 1
    again = [cell.strip() in column for cell, column in zip(first, columns, strict=True) if cell.strip()]
    return not again or sum(again) < 0.5 * len(again)
