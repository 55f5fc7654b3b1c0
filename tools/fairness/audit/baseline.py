"""A plain model for data that bring no score: a logistic regression, trained on one half and audited on the other."""

from __future__ import annotations

from typing import Any

import numpy as np

from tools.errors import BadInput
from tools.fairness.audit.logistic import fit
from tools.fairness.audit.metrics import Bools, Floats
from tools.specimens.datasets import Dataset

MOST_ROWS = 50_000  # to learn from: more change nothing in a model of this size
MOST_VALUES = 20  # of a category; rarer ones are one value together
MOST_COLUMNS = 200
# Columns of COMPAS that are scores, or that know what happened later.
ANSWERS = frozenset(
    ("decile_score", "v_decile_score", "score_text", "v_score_text", "is_recid", "is_violent_recid", "two_year_recid",
     "days_b_screening_arrest", "event")
)  # fmt: skip


def train(
    data: Dataset, label: str, groups: tuple[str, ...], outcome: Floats, rng: np.random.Generator
) -> tuple[Floats, Bools, tuple[str, ...]]:
    """Probabilities (n,) of a model that did not see ``groups``, the rows it learned from, and the columns it saw."""
    hidden = {label, *groups} | (ANSWERS if data.name.startswith("compas") else {data.score})
    design, used = encode(data, [name for name in data.columns if name not in hidden])
    if not used:
        raise BadInput(
            f"{data.name} has no score, and besides '{label}' and {', '.join(groups)} no column to make one from. Name the column of a score with --score.",
            f"{data.name} n’a pas de score, et hormis « {label} » et {', '.join(groups)} aucune colonne pour en faire un. Nommez la colonne d’un score avec --score.",
        )
    learns = np.zeros(len(data), dtype=np.bool_)
    learns[rng.permutation(len(data))[: len(data) // 2]] = True
    learns &= ~np.isnan(outcome)
    rows = np.flatnonzero(learns)[:MOST_ROWS]
    model = fit(design[rows], outcome[rows], ridge=1.0)
    return model.probability(design), learns, tuple(used)


def encode(data: Dataset, names: list[str]) -> tuple[Floats, list[str]]:
    """Numbers brought to mean 0 and spread 1 with a mark where missing, categories as marks; (n, k) and the columns used."""
    parts: list[Any] = []
    used = []
    for name in names:
        values = data.columns[name]
        made = _number(values) if values.dtype.kind == "f" else _category(values)
        if made and len(parts) + len(made) <= MOST_COLUMNS:
            parts += made
            used.append(name)
    return (np.column_stack(parts) if parts else np.zeros((len(data), 0))), used


def _number(values: Any) -> list[Floats]:
    gap = np.isnan(values)
    if gap.all():
        return []
    middle, wide = float(np.median(values[~gap])), float(values[~gap].std())
    if wide == 0:
        return [gap.astype(float)] if gap.any() else []
    scaled = (np.where(gap, middle, values) - values[~gap].mean()) / wide
    return [scaled, gap.astype(float)] if gap.any() else [scaled]


def _category(values: Any) -> list[Floats]:
    """A mark for each frequent value; nothing for a column that names each row (an identifier)."""
    import pandas

    codes, names = pandas.factorize(values)
    sizes = np.bincount(codes, minlength=len(names))
    if len(names) < 2 or len(names) > max(MOST_VALUES, len(values) // 2):
        return []
    frequent = np.argsort(-sizes, kind="stable")[: min(MOST_VALUES, len(names) - 1)]
    return [(codes == one).astype(float) for one in sorted(frequent)]
