"""How the generated tables draw: words, shares, log-odds, gaps; and the data set around their columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.finding import Specimen
from tools.specimens import tabular_about
from tools.specimens.tabular import Dataset, count_missing
from tools.specimens.tabular_named import digest

Floats = NDArray[np.float64]


def words(yes: NDArray[np.bool_], one: str, other: str) -> NDArray[Any]:
    """``one`` where yes, ``other`` where not."""
    chosen: NDArray[Any] = np.array([other, one], dtype=object)[yes.astype(int)]
    return chosen


def pick(draw: np.random.Generator, words: Sequence[str], shares: Sequence[float], n: int) -> NDArray[Any]:
    """``n`` words with these shares."""
    picked: NDArray[Any] = np.array(words, dtype=object)[draw.choice(len(words), n, p=shares)]
    return picked


def happens(draw: np.random.Generator, odds: Floats) -> NDArray[np.bool_]:
    """One draw a row with these log-odds."""
    happened: NDArray[np.bool_] = draw.random(len(odds)) < 1 / (1 + np.exp(-odds))
    return happened


def gaps(draw: np.random.Generator, columns: dict[str, NDArray[Any]], gaps: dict[str, int], rows: int) -> None:
    """Empties as many cells of each column as asked, so that exactly ``rows`` rows have at least one gap."""
    which = draw.permutation(np.repeat(np.arange(len(gaps)), list(gaps.values())))
    places = draw.choice(len(columns[next(iter(gaps))]), rows, replace=False)
    empty = np.zeros((rows, len(gaps)), dtype=bool)
    empty[np.arange(rows), which[:rows]] = True
    for column in which[rows:]:
        empty[draw.choice(np.flatnonzero(~empty[:, column])), column] = True
    for i, name in enumerate(gaps):
        columns[name][places[empty[:, i]]] = np.nan if columns[name].dtype.kind == "f" else ""


def dataset(
    name: str, columns: dict[str, NDArray[Any]], label: str, positive: str | float, groups: tuple[str, ...], seed: int
) -> Dataset:
    """The columns with their specimen: the recipe's name, its seed, and the hash of what came out."""
    columns = {key: v if v.dtype.kind == "f" else v.astype(object) for key, v in columns.items()}
    recipe = f"{name.replace('-', '_')}(seed={seed})"
    specimen = Specimen(
        name=name,
        source=f"generated here: {recipe}",
        revision=f"seed {seed}",
        sha256=digest(columns),
        licence="Apache-2.0",
    )
    return Dataset(
        name, columns, label, positive, "", groups, specimen, tabular_about.ABOUT[name], count_missing(columns)
    )
