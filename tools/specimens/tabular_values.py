"""Columns of text as people write them → numbers, dates or categories.

Everything works on whole columns (Arrow), so that two million rows take seconds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.specimens.tabular_dates import read_dates

MISSING = (
    *(
        "",
        "na",
        "n/a",
        "n.a.",
        "#n/a",
        "n/d",
        "nan",
        "null",
        "-",
        "--",
        "---",
        "–",
        "—",
        "?",
        "??",
        "???",
        "<na>",
        "nat",
    ),
    *("missing", "not available", "not applicable", "vide", "(vide)", "manquant", "manquante", "non renseigné"),
    *("non renseignée", "sans objet", "#value!", "#valeur!", "#div/0!", "#ref!", "#nom?", "#name?"),
)
"""Spellings of a gap, in small letters."""

MISSING_NUMBERS = (
    *(".", "..", "…", "none", "nil", "aucun", "aucune", "unknown", "inconnu", "inconnue", "nr", "nc", "nsp", "x"),
    *("inf", "+inf", "-inf", "infinity", "-infinity"),
)
"""Spellings of a gap among numbers; in a column of words they are words."""

_MONEY = r"(?:[€$£¥]|eur|usd|chf|gbp|cad)?"
_THOUSANDS = "[ \u00a0\u202f\u2009'’]"
NUMBER = re.compile(
    rf"^{_MONEY}\s*[-+−]?\s*{_MONEY}\s*"
    rf"(?:\d{{1,3}}(?:{_THOUSANDS}\d{{3}})+|\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}}(?:\.\d{{3}})+|\d+|[.,])"
    rf"(?:[.,]?\d+)?(?:e[-+]?\d+)?\s*(?:%|{_MONEY})$"
)
"""A number in small letters: money, per cent, thousands by space, comma, dot or apostrophe, comma or dot."""

SAMPLE = 2000
"""How many values decide what a column could be, before the whole is read."""

TEXTUAL = 10_000
"""Columns of words with more different values are names, numbers of files or free text: not kept."""

PAIRS = (("yes", "no"), ("oui", "non"), ("true", "false"), ("vrai", "faux"))


@dataclass(frozen=True)
class Column:
    """A column that was read.

    Args:
        values: float64, or an object array of str; ``None`` when it is not kept.
        kind: "number", "date", "category" or "text".
        odd: how many values could not be read as numbers and count as missing, with an example.
        merged: spellings that were joined ("female" to "Female").
        unit: "%" or a currency that was dropped; ``day_first``: a date that could be read both ways.
    """

    values: NDArray[Any] | None
    kind: str
    odd: tuple[int, str] = (0, "")
    merged: tuple[str, ...] = ()
    unit: str = ""
    day_first: bool = False


def read(text: Any, comma_file: bool) -> Column:
    """A column of strings (Arrow) → its values. ``comma_file``: "1,234" is one thousand two hundred thirty-four."""
    import pyarrow.compute as pc

    text = pc.utf8_trim_whitespace(text)
    small = pc.utf8_lower(text)
    text = _without(text, small, MISSING)
    if text.null_count == len(text):
        return Column(np.full(len(text), np.nan), "number")
    sample = text.drop_null()[:SAMPLE].to_pylist()
    number = _numbers(text, small, sample, comma_file)
    if number:
        return number
    dates = read_dates(text, sample)
    return Column(dates[0], "date", day_first=dates[1]) if dates else _categories(text)


def _without(text: Any, small: Any, words: tuple[str, ...]) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.if_else(pc.is_in(small, pa.array(words)), pa.scalar(None, pa.string()), text)


def _numbers(text: Any, small: Any, sample: list[str], comma_file: bool) -> Column | None:
    """The column as numbers, or ``None`` when it is something else."""
    import pyarrow as pa
    import pyarrow.compute as pc

    weak = set(MISSING_NUMBERS)
    likely = [value for value in (v.lower() for v in sample) if value not in weak]
    good = [value for value in likely if NUMBER.match(value)]
    if not good or len(good) < 0.9 * len(likely) or any(re.match(r"0\d+$", value) for value in good):
        return None  # words; or postal codes and file numbers, whose first zero means something
    text = _without(text, small, MISSING_NUMBERS)
    try:
        return Column(_finite(pc.cast(text, pa.float64())), "number")
    except pa.ArrowInvalid:
        pass
    small = pc.utf8_lower(text)
    fits = pc.match_substring_regex(small, NUMBER.pattern)
    fits = pc.fill_null(fits, False)
    if pc.any(pc.match_substring_regex(small, r"^0\d+$")).as_py():
        return None
    strange = text.filter(pc.and_(pc.invert(fits), pc.is_valid(text)))
    values = _cleaned(pc.if_else(fits, small, pa.scalar(None, pa.string())), comma_file)
    if values is None:
        return None
    known = np.unique(values[~np.isnan(values)])
    if len(strange) and (len(strange) > 0.05 * (len(text) - text.null_count) or len(known) <= 20):
        return None
    units = {unit for value in good for unit in re.findall(r"[%€$£¥]|eur|usd|chf|gbp|cad", value)}
    example = strange[0].as_py() if len(strange) else ""
    return Column(values, "number", odd=(len(strange), example), unit=", ".join(sorted(units)))


def _cleaned(small: Any, comma_file: bool) -> NDArray[np.float64] | None:
    """Bare digits out of what fits ``NUMBER``; one meaning of comma and dot for the whole column."""
    import pyarrow as pa
    import pyarrow.compute as pc

    bare = pc.replace_substring_regex(small, r"[€$£¥%]|eur|usd|chf|gbp|cad|\+", "")
    bare = pc.replace_substring_regex(bare, "[\\s\u00a0\u202f\u2009'’]", "")
    bare = pc.replace_substring(bare, "−", "-")

    def some(pattern: str) -> bool:
        return bool(pc.any(pc.match_substring_regex(bare, pattern)).as_py())

    if some(r"\..*,"):
        comma = True
    elif some(r",.*\.") or some(r",.*,"):
        comma = False
    else:
        comma = some(",") and (some(r",(\d{1,2}|\d{4,})(e|$)") or some(r"^-?0?,") or not comma_file or some(r"\d{4},"))
    dots_are_thousands = comma or some(r"\..*\.")
    if dots_are_thousands:
        bare = pc.replace_substring(bare, ".", "")
    bare = pc.replace_substring(bare, ",", "." if comma else "")
    try:
        return _finite(pc.cast(bare, pa.float64()))
    except pa.ArrowInvalid:
        return None


def _finite(column: Any) -> NDArray[np.float64]:
    values = np.array(column.to_numpy(), dtype=np.float64)  # gaps become NaN
    values[~np.isfinite(values)] = np.nan
    return values


def _categories(text: Any) -> Column:
    """The column as words; spellings that differ by capitals and spaces only are one."""
    import pyarrow as pa

    packed = text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text
    packed = packed.dictionary_encode()
    names = [str(name) for name in packed.dictionary.to_pylist()]
    if len(names) > TEXTUAL:
        return Column(None, "text")
    codes = packed.indices.fill_null(len(names)).to_numpy(zero_copy_only=False)
    merged: list[str] = []
    if len(names) <= 50:
        sizes = np.bincount(codes, minlength=len(names) + 1)
        names, merged = _same_words(names, sizes)
    return Column(np.array([*names, ""], dtype=object)[codes], "category", merged=tuple(merged))


def _same_words(names: list[str], sizes: NDArray[np.int64]) -> tuple[list[str], list[str]]:
    """For each name the spelling that stands for it (the most frequent one), and the spellings that were given up."""
    folded = [" ".join(name.split()).casefold() for name in names]
    words = {word for pair in PAIRS for word in pair} | {"y", "n", "o", "t", "f", "v", "1", "0"}
    pairs_used = [pair for pair in PAIRS if set(pair) & set(folded)]
    if set(folded) <= words and len(pairs_used) > 1:  # "oui", "Yes" and "TRUE" in one column
        positive = {"yes", "oui", "true", "vrai", "y", "o", "t", "v", "1"}
        folded = ["yes" if word in positive else "no" for word in folded]
        return folded, [name for name, word in zip(names, folded, strict=True) if name != word]
    best: dict[str, int] = {}
    for i, word in enumerate(folded):
        if word not in best or sizes[i] > sizes[best[word]]:
            best[word] = i
    chosen = [names[best[word]] for word in folded]
    return chosen, [name for name, word in zip(names, chosen, strict=True) if name != word]
