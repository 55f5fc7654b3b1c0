"""A data set as columns: what the tools about decisions measure on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadInput
from tools.finding import Specimen, Text

OWN = "a file of the user"
"""The ``source`` of what a person brought."""

MANY = 12
"""A column of numbers with more values than this is cut into four bands when people are grouped by it."""


@dataclass(frozen=True)
class Groups:
    """Who belongs where.

    Args:
        names: one a group, the largest group first ("Caucasian", or "Caucasian, Female" for two columns).
        codes: (n,) index into ``names``; -1 where a value is missing.
    """

    names: tuple[str, ...]
    codes: NDArray[np.int64]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """(g,) how many rows each group has."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.names)).astype(np.int64)


@dataclass(frozen=True)
class Dataset:
    """Columns of one length, and what each is for.

    Args:
        name: how it is asked for ("compas", or the name of the file).
        columns: name → values: float64 for numbers (NaN missing), object arrays of str for categories ("" missing).
        label: the column to predict, "" when none is known; ``positive``: its favourable or predicted value ("" unknown).
        score: a column with a score or a prediction made by somebody else, "" when none.
        groups: columns that say who ("race", "sex").
        about: what it is, where it comes from, what was left out, how the values were read.
        missing: column → how many values are missing (columns without a gap are not named).
    """

    name: str
    columns: dict[str, NDArray[Any]]
    label: str
    positive: str | float
    score: str
    groups: tuple[str, ...]
    specimen: Specimen
    about: Text
    missing: dict[str, int]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    @property
    def private(self) -> bool:
        """Whether a person brought it."""
        return self.specimen.source == OWN

    def find(self, column: str) -> str:
        """The column's exact name, capitals and outer spaces aside; ``BadInput`` names the nearest."""
        if column in self.columns:
            return column
        folded = {name.strip().casefold(): name for name in reversed(self.columns)}
        wanted = column.strip().casefold()
        if wanted in folded:
            return folded[wanted]
        near = [folded[name] for name in get_close_matches(wanted, list(folded), n=3, cutoff=0.6)]
        shown = near or list(self.columns)[:12]
        more = " …" if not near and len(self.columns) > 12 else ""
        raise BadInput(
            f"{self.name} has no column called '{column}'. "
            f"{'Near it' if near else 'Its columns'}: {', '.join(shown)}{more}.",
            f"{self.name} n’a pas de colonne « {column} ». "
            f"{'Proches' if near else 'Ses colonnes'} : {', '.join(shown)}{more}.",
        )

    def column(self, name: str) -> NDArray[Any]:
        """(n,) the values of a column (see ``find``)."""
        return self.columns[self.find(name)]

    def is_number(self, name: str) -> bool:
        """Whether a column holds numbers."""
        return bool(self.column(name).dtype.kind == "f")

    def rows(self, kept: NDArray[Any]) -> Dataset:
        """The same data set with only some rows: a mask (n,) or indices."""
        columns = {name: values[kept] for name, values in self.columns.items()}
        return replace(self, columns=columns, missing=count_missing(columns))

    def by(self, group: str) -> Groups:
        """The groups of one column, or of several joined by "+" ("race+sex"); ``BadInput`` when there is none."""
        parts = [part for part in (piece.strip() for piece in group.split("+")) if part]
        if not parts:
            raise BadInput(
                f"Say which column tells who the people are: {', '.join(self.groups or self.columns)}.",
                f"Dites quelle colonne indique qui sont les personnes : {', '.join(self.groups or self.columns)}.",
            )
        names, codes = _one(self.column(parts[0]))
        for part in parts[1:]:
            more, second = _one(self.column(part))
            both = np.where((codes < 0) | (second < 0), -1, codes * len(more) + second)
            names, codes = [f"{a}, {b}" for a in names for b in more], both
            if len(names) > 10_000:
                break
        sizes = np.bincount(codes[codes >= 0], minlength=len(names))
        if np.count_nonzero(sizes) > 200:
            raise BadInput(
                f"The column '{group}' makes {np.count_nonzero(sizes)} groups; at most 200 can be compared. Choose one with fewer values.",
                f"La colonne « {group} » fait {np.count_nonzero(sizes)} groupes ; on en compare 200 au plus. "
                "Choisissez-en une qui a moins de valeurs.",
            )
        order = sorted(np.flatnonzero(sizes), key=lambda i: (-sizes[i], names[i]))
        place = np.full(len(names) + 1, -1, dtype=np.int64)
        place[order] = np.arange(len(order))
        return Groups(tuple(names[i] for i in order), place[codes])

    def outcome(self, label: str = "", positive: str | float = "") -> NDArray[np.float64]:
        """(n,) 1 where ``label`` (else the data set's own) has its positive value, 0 where not, NaN where missing."""
        name = self.find(label or self.label) if label or self.label else ""
        if not name:
            raise BadInput(
                f"Say which column of {self.name} holds the outcome (label): {', '.join(list(self.columns)[:12])}.",
                f"Dites quelle colonne de {self.name} contient le résultat (label) : {', '.join(list(self.columns)[:12])}.",
            )
        wanted = positive if positive != "" else (self.positive if name == self.label else guess_positive(self, name))
        values = self.columns[name]
        if wanted == "":
            some = ", ".join(sorted({_plain(value) for value in values[:1000]} - {"", "nan"})[:5])
            raise BadInput(
                f"Say which value of '{name}' counts as positive: {some}.",
                f"Dites quelle valeur de « {name} » compte comme positive : {some}.",
            )
        if values.dtype.kind == "f":
            try:
                number = float(wanted)
            except ValueError:
                number = float("nan")
            return np.where(np.isnan(values), np.nan, (values == number).astype(float))
        folded = str(wanted).strip().casefold()
        codes, names = _factorize(values)
        hits = np.array([name.strip().casefold() == folded for name in names] + [False])
        if not hits.any():
            raise BadInput(
                f"The column '{name}' has no value '{wanted}'. Its values: {', '.join(names[:8])}.",
                f"La colonne « {name} » n’a pas de valeur « {wanted} ». Ses valeurs : {', '.join(names[:8])}.",
            )
        return np.where(codes < 0, np.nan, hits[codes].astype(float))


YES = (
    *("1", "yes", "oui", "true", "vrai", "y", "o", "t", "v", "positive", "positif", "approved", "accepted", "accepté"),
    *("admitted", "admis", "hired", "embauché", "granted", "accordé", "good", "bon", "favorable", "default", "churn"),
)
"""Values that count as positive when nothing was said, the surest first."""


def guess_positive(data: Dataset, name: str) -> str | float:
    """The value of a column that reads as yes (1, oui, accepted…); "" when none does."""
    values = data.columns[name]
    if values.dtype.kind == "f":
        known = np.unique(values[~np.isnan(values)])
        return float(known[-1]) if len(known) == 2 else ""
    names = _factorize(values)[1]
    folded = {text.strip().casefold(): text for text in names}
    return next((folded[word] for word in YES if word in folded), "") if len(names) <= 20 else ""


def count_missing(columns: dict[str, NDArray[Any]]) -> dict[str, int]:
    """Column → how many values are missing, for the columns with a gap."""
    gaps = {name: int(np.sum(np.isnan(v) if v.dtype.kind == "f" else v == "")) for name, v in columns.items()}
    return {name: gap for name, gap in gaps.items() if gap}


def _plain(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _factorize(values: NDArray[Any]) -> tuple[NDArray[np.int64], list[str]]:
    """Codes (-1 where missing) and the sorted names of a column of categories."""
    import pandas

    codes, names = pandas.factorize(values)
    kept = sorted(str(name) for name in names if name != "")
    rank = {name: i for i, name in enumerate(kept)}
    place = np.array([rank.get(str(name), -1) for name in names] + [-1], dtype=np.int64)
    return place[codes], kept


def _one(values: NDArray[Any]) -> tuple[list[str], NDArray[np.int64]]:
    """Names and codes of the groups of one column; many numbers are cut at their quartiles."""
    if values.dtype.kind != "f":
        codes, names = _factorize(values)
        return names, codes
    there = ~np.isnan(values)
    known = np.unique(values[there])
    if len(known) <= MANY:
        codes = np.where(there, np.searchsorted(known, np.where(there, values, 0)), -1)
        return [_plain(float(value)) for value in known], codes.astype(np.int64)
    cuts = np.unique(np.quantile(values[there], [0.25, 0.5, 0.75], method="inverted_cdf"))
    cuts = cuts[cuts < known[-1]]
    codes = np.where(there, np.searchsorted(cuts, np.where(there, values, 0), side="left"), -1).astype(np.int64)
    bands = [values[there & (codes == band)] for band in range(len(cuts) + 1)]
    return [f"{_plain(float(band.min()))}–{_plain(float(band.max()))}" for band in bands], codes
