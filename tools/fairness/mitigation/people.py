"""Who is in the measurement: rows with a group and an outcome, split in two halves, one to learn from and one to judge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.errors import BadInput
from tools.fairness.audit.baseline import ANSWERS, encode
from tools.fairness.audit.case import first_group
from tools.fairness.audit.metrics import Bools, Floats, Ints
from tools.specimens import datasets
from tools.specimens.datasets import Dataset
from tools.specimens.tabular import guess_positive

MOST_ROWS = 20_000  # more rows are sampled: the reduction fits the model dozens of times
WELL = 100  # people judged of each outcome that let an error rate be known within ten points: such groups are compared
SMALLEST, EACH = 30, 10  # when fewer than two groups have as many: people judged, and of each outcome
MOST_GROUPS = 8


@dataclass(frozen=True)
class People:
    """The rows that are used.

    Args:
        data: the data set; ``group``, ``label``: names of columns; ``positive``: the outcome that is predicted.
        names: the groups compared, the largest first.
        seen: (n, k) what the model sees; the group is not in it. ``features``: the columns it comes from.
        outcome: (n,) whether the label is positive; ``member``: (n,) index into ``names``.
        judged: (n,) the half that is judged; the other half is learned from.
        small: groups left out because too few of their people can be judged → how many rows they have.
        gaps: rows without a label or a group; ``sampled``: rows in the data set when only some were drawn, else 0.
    """

    data: Dataset
    group: str
    label: str
    positive: str
    names: tuple[str, ...]
    seen: Floats
    features: tuple[str, ...]
    outcome: Bools
    member: Ints
    judged: Bools
    small: dict[str, int]
    gaps: int
    sampled: int


def gather(dataset: str, group: str, label: str, positive: str, rng: np.random.Generator) -> People:
    """The people of these arguments; ``BadInput`` says what is missing and what to do."""
    data = datasets.load(dataset)
    rows = len(data)
    if rows > MOST_ROWS:
        data = data.rows(np.sort(rng.choice(rows, MOST_ROWS, replace=False)))
    group = "+".join(data.find(part) for part in group.split("+") if part.strip()) or first_group(data)
    label = data.find(label) if label else data.label
    outcome, who = data.outcome(label, positive), data.by(group)
    complete = ~np.isnan(outcome) & (who.codes >= 0)
    kept, small = _compared(who.names, np.where(complete, who.codes, -1), outcome, group)
    place = np.full(len(who.names) + 1, -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    member = place[np.where(complete, who.codes, -1)]
    used = member >= 0
    seen, features = _seen(data, label, group)
    counted = positive or told(data.positive if label == data.label else guess_positive(data, label))
    return People(
        data=data, group=group, label=label, positive=counted, names=tuple(who.names[i] for i in kept), seen=seen[used],
        features=tuple(features), outcome=outcome[used] == 1, member=member[used],
        judged=halves(member[used] * 2 + (outcome[used] == 1), rng), small=small, gaps=int((~complete).sum()),
        sampled=rows if rows > MOST_ROWS else 0,
    )  # fmt: skip


def told(value: str | float) -> str:
    """A value of a label as it is written: "1", ">50K"."""
    return f"{value:g}" if isinstance(value, float) else value


def halves(cell: Ints, rng: np.random.Generator) -> Bools:
    """(n,) half of each cell (group and outcome) at random, so that both halves are alike."""
    order = rng.permutation(len(cell))
    order = order[np.argsort(cell[order], kind="stable")]
    judged = np.zeros(len(cell), dtype=np.bool_)
    judged[order[::2]] = True
    return judged


def _compared(names: tuple[str, ...], codes: Ints, outcome: Floats, group: str) -> tuple[list[int], dict[str, int]]:
    """Indices of the groups with enough people of each outcome, and the rows of the others."""
    yes = np.bincount(codes[(codes >= 0) & (outcome == 1)], minlength=len(names))
    no = np.bincount(codes[(codes >= 0) & (outcome == 0)], minlength=len(names))
    enough = np.minimum(yes, no) >= 2 * WELL
    if enough.sum() < 2:
        enough = (yes + no >= 2 * SMALLEST) & (np.minimum(yes, no) >= 2 * EACH)
    kept = [i for i in range(len(names)) if enough[i]][:MOST_GROUPS]
    small = {names[i]: int(yes[i] + no[i]) for i in range(len(names)) if i not in kept and yes[i] + no[i]}
    if len(kept) < 2:
        shown = ", ".join(f"{name} ({yes[i]} / {no[i]})" for i, name in enumerate(names[:6]))
        raise BadInput(
            f"To compare corrections, two groups of '{group}' need {2 * SMALLEST} people, {2 * EACH} at least of each outcome; with and without it there are: {shown}. "
            "Bring more rows, join groups, or name another column with --group or --label.",
            f"Pour comparer des corrections, deux groupes de « {group} » doivent compter {2 * SMALLEST} personnes, dont {2 * EACH} au moins de chaque résultat ; avec et sans, il y a : {shown}. "
            "Apportez plus de lignes, réunissez des groupes, ou nommez une autre colonne avec --group ou --label.",
        )
    return kept, small


def _seen(data: Dataset, label: str, group: str) -> tuple[Floats, list[str]]:
    """What the model may see: every column but the label, the groups and scores made elsewhere; a score if nothing else is left."""
    hidden = {label, *group.split("+")} | (ANSWERS if data.name.startswith("compas") else {data.score})
    if "age_cat" in group or "age_group" in group:
        hidden |= {"age", "age_cat", "age_group"}
    seen, features = encode(data, [name for name in data.columns if name not in hidden])
    if not features and data.score and data.score != label:
        seen, features = encode(data, [data.score])
    if not features:
        raise BadInput(
            f"Besides '{label}' and '{group}', {data.name} has no column that a model could learn from.",
            f"Hormis « {label} » et « {group} », {data.name} n’a pas de colonne dont un modèle puisse apprendre.",
        )
    return seen, features
