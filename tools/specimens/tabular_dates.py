"""Columns of dates as people write them → years with decimals (2013.5 is the middle of 2013)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

DATES = (
    *("%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%m/%d/%y"),
    *(
        "%d/%m/%Y %H:%M",
        "%m/%d/%Y %H:%M",
        "%d/%m/%Y %H:%M:%S",
        "%m/%d/%Y %H:%M:%S",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%d %H:%M:%S",
    ),
    "%Y-%m-%dT%H:%M:%S",
)


def read_dates(text: Any, sample: list[str]) -> tuple[NDArray[np.float64], bool] | None:
    """The column as years with decimals, and whether the day was put first without proof; ``None`` for other words."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not all(re.match(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}", value) for value in sample):
        return None
    fitting = [form for form in DATES if all(_fits(value, form) for value in sample[:300])]
    read = [(pc.strptime(text, format=form, unit="s", error_is_null=True), form) for form in fitting]
    read = [(times, form) for times, form in read if times.null_count == text.null_count]
    if not read:
        try:
            plain = pc.replace_substring_regex(text, r"(Z|[-+]\d{2}:?\d{2})$", "")
            times = pc.cast(plain, pa.timestamp("us"))
        except pa.ArrowInvalid:
            return None
        return years(times.to_numpy()), False
    both = {form.replace("%d", "%m") for _, form in read}
    return years(read[0][0].to_numpy()), len(read) > 1 and len(both) == 1


def _fits(value: str, form: str) -> bool:
    try:
        datetime.strptime(value, form)
    except ValueError:
        return False
    return True


def years(times: NDArray[Any]) -> NDArray[np.float64]:
    """Dates as years with decimals; NaN where missing."""
    times = times.astype("datetime64[s]")
    start = times.astype("datetime64[Y]")
    begin, end = start.astype("datetime64[s]"), (start + 1).astype("datetime64[s]")
    part = (times - begin) / (end - begin)
    return np.where(np.isnat(times), np.nan, 1970.0 + start.astype(np.int64) + part)
