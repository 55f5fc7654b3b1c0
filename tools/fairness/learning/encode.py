"""Columns to numbers: scaled numbers and one column of 0 and 1 for each frequent word, learnt on the training rows only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

KINDS = 12  # words of a column that get their own 0/1 column; rarer ones share none


@dataclass(frozen=True)
class Encoder:
    """What was learnt from some rows.

    Args:
        numbers: column → (median, mean, standard deviation).
        words: column → its most frequent values.
    """

    numbers: dict[str, tuple[float, float, float]]
    words: dict[str, tuple[str, ...]]

    @classmethod
    def fit(cls, columns: dict[str, NDArray[Any]], rows: NDArray[np.int64]) -> Encoder:
        """Medians (they fill gaps), means, deviations and frequent words of ``rows`` alone."""
        numbers, words = {}, {}
        for name, values in columns.items():
            part = values[rows]
            if values.dtype.kind == "f":
                known = part[~np.isnan(part)]
                middle = float(np.median(known)) if len(known) else 0.0
                filled = np.where(np.isnan(part), middle, part)
                numbers[name] = (middle, float(filled.mean()), float(filled.std()) or 1.0)
            else:
                kinds, counts = np.unique(part.astype(str), return_counts=True)
                words[name] = tuple(kinds[np.argsort(-counts, kind="stable")][:KINDS])
        return cls(numbers, words)

    def __call__(self, columns: dict[str, NDArray[Any]], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """(rows, width) the matrix of some rows."""
        parts = []
        for name, values in columns.items():
            part = values[rows]
            if name in self.numbers:
                middle, mean, deviation = self.numbers[name]
                parts.append(((np.where(np.isnan(part), middle, part) - mean) / deviation)[:, None])
            else:
                parts.append((part.astype(str)[:, None] == np.array(self.words[name])[None, :]).astype(float))
        return np.concatenate(parts, axis=1)

    def places(self, columns: dict[str, NDArray[Any]]) -> list[NDArray[np.int64]]:
        """For each column, which places of the matrix are its own."""
        found, start = [], 0
        for name in columns:
            width = 1 if name in self.numbers else len(self.words[name])
            found.append(np.arange(start, start + width))
            start += width
        return found
