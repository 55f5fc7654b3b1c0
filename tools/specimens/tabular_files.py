"""A person's CSV or Parquet file → a data set: read as it was meant, or refused in one sentence that says what to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.finding import Specimen, Text
from tools.specimens import fetch, tabular_dates, tabular_sniff, tabular_values
from tools.specimens.tabular import OWN, Dataset, count_missing, guess_positive
from tools.specimens.tabular_notes import describe, refuse
from tools.specimens.tabular_roles import roles
from tools.specimens.tabular_values import Column

ROWS, COLUMNS, CELLS, BYTES = 2_000_000, 200, 60_000_000, 1 << 30
"""What is read at most; the bounds keep memory under about 3 GB."""


def read(file: Path) -> Dataset:
    """The file as a data set; ``BadInput`` says what stands in the way and what to do about it."""
    if file.stat().st_size > BYTES:
        raise refuse("large", file.name)
    with file.open("rb") as source:
        head = source.read(tabular_sniff.HEAD)
    kind = tabular_sniff.kind(head)
    if kind not in ("text", "parquet"):
        raise refuse(kind, file.name)
    columns, heading = _parquet(file) if kind == "parquet" else _text(file, head)
    kept = {name: column.values for name, column in columns.items() if column.values is not None}
    rows = len(next(iter(kept.values()), ()))
    if not rows:
        raise refuse("no rows" if columns else "empty", file.name)
    return _assemble(file, kept, describe(file.name, rows, columns, heading))


def _assemble(file: Path, columns: dict[str, NDArray[Any]], about: Text) -> Dataset:
    label, score, groups = roles(columns)
    specimen = Specimen(name=file.name, source=OWN, revision="", sha256=fetch.sha256(file))
    data = Dataset(file.name, columns, label, "", score, groups, specimen, about, count_missing(columns))
    return replace(data, positive=guess_positive(data, label)) if label else data


def _bounded(file: Path, rows: int, columns: int) -> None:
    if columns > COLUMNS:
        raise refuse("columns", file.name, columns)
    if rows > ROWS:
        raise refuse("rows", file.name, rows)
    if rows * columns > CELLS:
        raise refuse("cells", file.name, rows, columns)


def _text(file: Path, head: bytes) -> tuple[dict[str, Column], tuple[Text, ...]]:
    """Every column is read as text first; what it means is decided column by column."""
    layout = tabular_sniff.layout(file, head)
    _bounded(file, 0, len(layout.names))
    table = _table(file, layout)
    full = _not_empty(table)
    columns = {}
    for i, name in enumerate(layout.names):
        text = table.column(i)
        text = text.filter(full) if full is not None else text
        columns[name] = tabular_values.read(text, layout.separator == ",")
        if layout.unnamed[i] and columns[name].values is not None and _all_missing(columns[name].values):
            del columns[name]  # separators at the end of every line
    return columns, layout.notes


def _all_missing(values: NDArray[Any] | None) -> bool:
    return values is not None and values.dtype.kind == "f" and bool(np.isnan(values).all())


def _table(file: Path, layout: tabular_sniff.Layout) -> Any:
    """The cells as text, in pieces, so that a file that is too long is noticed early."""
    import pyarrow as pa
    from pyarrow import csv

    wrong: list[tuple[int, int, bool]] = []

    def note(row: Any) -> str:
        if row.actual_columns == 1 and not row.text.strip():
            return "skip"
        wrong.append((row.number or 0, row.actual_columns, row.text.count('"') % 2 == 1))
        return "error"

    names = [str(i) for i in range(len(layout.names))]
    try:
        reader = csv.open_csv(
            file,
            read_options=csv.ReadOptions(
                column_names=names,
                skip_rows=layout.skip_lines,
                skip_rows_after_names=int(layout.header),
                encoding=layout.encoding,
                block_size=16 << 20,
                use_threads=False,
            ),
            parse_options=csv.ParseOptions(
                delimiter=layout.separator, newlines_in_values=True, invalid_row_handler=note, ignore_empty_lines=True
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=True
            ),
        )
        pieces, rows = [], 0
        for piece in reader:
            rows += piece.num_rows
            _bounded(file, rows, len(names))
            pieces.append(piece)
        return pa.Table.from_batches(pieces, schema=reader.schema)
    except (pa.ArrowInvalid, UnicodeError) as error:
        if wrong and not wrong[0][2]:
            raise refuse("ragged", file.name, wrong[0][0], wrong[0][1], len(names)) from error
        if "Empty CSV" in str(error):
            raise refuse("no rows", file.name) from error
        raise refuse("quotes", file.name) from error


def _not_empty(table: Any) -> Any:
    """A mask of the rows with anything in them; ``None`` when all have."""
    import pyarrow.compute as pc

    if table.num_columns == 0 or table.num_rows == 0:
        return None
    full = None
    for column in table.columns:
        some = pc.not_equal(pc.binary_length(column), 0)
        full = some if full is None else pc.or_(full, some)
        if pc.all(full).as_py():
            return None
    return full


def _parquet(file: Path) -> tuple[dict[str, Column], tuple[Text, ...]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        opened = pq.ParquetFile(file)
        names = list(opened.schema_arrow.names)
        _bounded(file, opened.metadata.num_rows, len(names))
        if not opened.metadata.num_rows:
            raise refuse("no rows", file.name)
        unique, notes = tabular_sniff.unique_names([str(name) for name in names])
        if len(set(names)) < len(names):  # read by place: a name asked twice comes twice
            whole = opened.read()
            return {name: _arrow(whole.column(i)) for i, name in enumerate(unique)}, notes
        columns = {
            name: _arrow(opened.read(columns=[original]).column(0))
            for name, original in zip(unique, names, strict=True)
        }
    except (pa.ArrowException, OSError, KeyError, IndexError) as error:
        raise refuse("parquet", file.name) from error
    return columns, notes


def _arrow(column: Any) -> Column:
    """A typed column: numbers as they are, truth values as yes and no, words like the words of a CSV."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_dictionary(kind):
        column = pc.cast(column, kind.value_type)
        kind = column.type
    if pa.types.is_boolean(kind):
        words = pc.if_else(column, "yes", "no")
        return tabular_values.read(words.fill_null(""), True)
    if pa.types.is_temporal(kind) and not pa.types.is_time(kind) and not pa.types.is_duration(kind):
        plain = pc.cast(
            pc.cast(column, pa.timestamp("us", tz=getattr(kind, "tz", None)), safe=False), pa.timestamp("us")
        )
        return Column(tabular_dates.years(plain.to_numpy()), "date")
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind) or pa.types.is_null(kind):
        values = np.array(pc.cast(column, pa.float64(), safe=False).to_numpy(), dtype=np.float64)
        values[~np.isfinite(values)] = np.nan
        return Column(values, "number")
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return tabular_values.read(pc.cast(column, pa.string()).fill_null(""), True)
    return Column(None, "text")
