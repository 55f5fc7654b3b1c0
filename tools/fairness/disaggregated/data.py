"""The groups of a data set with a prediction or a score: what each metric counts, and out of whom."""

from __future__ import annotations

from typing import Any

import numpy as np

from tools.errors import BadInput
from tools.fairness.audit.case import Case, prepare
from tools.fairness.disaggregated.records import MEANS, Cells
from tools.fairness.disaggregated.shares import Ints
from tools.finding import Text, same
from tools.specimens import datasets
from tools.specimens.datasets import Dataset

MOST_GROUPS = 60


def share_panels(case: Case, metric: str) -> tuple[list[Cells], list[Cells]]:
    """The groups of a case, and the same people by one feature at a time when the groups cross several."""
    _few(len(case.names))
    title = same(case.data.name)
    across = _cells(case, metric, title, case.names, case.member)
    alone = []
    parts = case.group.split("+")
    for part in parts if len(parts) > 1 else ():
        who = case.data.by(part)
        alone.append(_cells(case, metric, same(part), who.names, who.codes[case.used]))
    return [across], alone


def _cells(case: Case, metric: str, title: Text, names: tuple[str, ...], codes: Ints) -> Cells:
    named = tuple(same(name) for name in names)
    if metric == "auc":
        sizes = np.bincount(codes, minlength=len(names))
        return Cells(title, named, sizes, codes=codes, values=case.values, outcome=case.outcome)
    flagged, outcome = case.flagged, case.outcome
    among, counted = {
        "error": (np.ones_like(outcome), flagged != outcome),
        "accuracy": (np.ones_like(outcome), flagged == outcome),
        "fpr": (~outcome, flagged),
        "fnr": (outcome, ~flagged),
        "ppv": (flagged, outcome),
        "selection": (np.ones_like(outcome), flagged),
    }[metric]
    sizes = np.bincount(codes[among], minlength=len(names))
    counts = np.bincount(codes[among & counted], minlength=len(names))
    return Cells(title, named, sizes, counts)


def mean_panels(
    dataset: str, group: str, label: str, score: str, metric: str
) -> tuple[list[Cells], list[Cells], Dataset, str, dict[str, int]]:
    """Prediction minus outcome (or its size) by group, for an outcome that is a number.

    Returns the panel, the panels of one feature at a time, the data, the groups' columns, and how many rows
    lack what.
    """
    assert metric in MEANS
    data = datasets.load(dataset)
    label, score = _number(data, label or data.label, "label"), _number(data, score or data.score, "score")
    if label == score:
        raise BadInput(
            f"'{label}' is both the label and the score: name another column with --score.",
            f"« {label} » est à la fois l’étiquette et le score : nommez une autre colonne avec --score.",
        )
    group = group or (data.groups[0] if data.groups else "")
    who = data.by(group)
    _few(len(who.names))
    off = data.columns[score] - data.columns[label]
    off = np.abs(off) if metric == "absolute_error" else off
    used = (who.codes >= 0) & ~np.isnan(off)
    if not used.any():
        raise BadInput(
            f"No row of {data.name} has a group, a label and a score. Name other columns with --group, --label, --score.",
            f"Aucune ligne de {data.name} n’a de groupe, d’étiquette et de score. Nommez d’autres colonnes avec --group, --label, --score.",
        )
    gaps = {name: data.missing[name] for name in (*group.split("+"), label, score) if name in data.missing}
    across = _means(same(data.name), who.names, who.codes[used], off[used])
    parts = [part.strip() for part in group.split("+") if part.strip()]
    crossed = [(part, data.by(part)) for part in parts] if len(parts) > 1 else []
    alone = [_means(same(part), by.names, by.codes[used], off[used]) for part, by in crossed]
    return [across], alone, data, group, gaps


def _means(title: Text, names: tuple[str, ...], codes: Ints, values: Any) -> Cells:
    sizes = np.bincount(codes, minlength=len(names))
    return Cells(title, tuple(same(name) for name in names), sizes, codes=codes, values=values)


def _number(data: Dataset, name: str, role: str) -> str:
    """The exact name of a column of numbers."""
    numbers = [column for column, values in data.columns.items() if values.dtype.kind == "f"]
    if not name or not data.is_number(name):
        raise BadInput(
            f"The mean error needs a column of numbers as --{role}; in {data.name} these are numbers: {', '.join(numbers[:12]) or 'none'}.",
            f"L’erreur moyenne demande une colonne de nombres pour --{role} ; dans {data.name}, voici celles-ci : {', '.join(numbers[:12]) or 'aucune'}.",
        )
    return data.find(name)


def _few(groups: int) -> None:
    if groups > MOST_GROUPS:
        raise BadInput(
            f"{groups} groups are too many to compare in pairs: {MOST_GROUPS} at most. Choose a column with fewer values.",
            f"{groups} groupes sont trop nombreux pour être comparés deux à deux : {MOST_GROUPS} au plus. Prenez une colonne qui a moins de valeurs.",
        )


__all__ = ["Case", "mean_panels", "prepare", "share_panels"]
