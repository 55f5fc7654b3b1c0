"""What is to be predicted from what: the rows, the columns and the answer of one lesson."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadInput
from tools.specimens.tabular import Dataset

FEW, CLASSES, COLUMNS = 60, 20, 60  # rows needed; kinds of answer at most; columns a model is given at most

AFTERWARDS: dict[str, tuple[str, ...]] = {
    "bikes": ("casual", "registered"),
    "bikes-like": ("casual", "registered"),
    "compas": ("is_recid", "is_violent_recid", "decile_score", "score_text", "v_decile_score", "v_score_text"),
    "compas-violent": ("is_recid", "is_violent_recid", "decile_score", "score_text", "v_decile_score", "v_score_text"),
}
"""Columns known only after the answer (the two parts of a sum, the charge itself) or a score made by somebody else."""

TWINS = (("age", "age_group", "age_cat"), ("education", "education_num"), ("sex", "gender"))
"""Columns that say the same thing in two ways."""

IN_ORDER = {"bikes": "day", "bikes-like": "day"}
"""Data sets whose rows follow time: the test is the end, never a draw among the rest."""


@dataclass(frozen=True)
class Task:
    """A problem to learn.

    Args:
        name: the data set. ``label``: the column to predict. ``positive``: for two answers, what a 1 stands for.
        kind: "two" (yes or no), "many" (several classes) or "number".
        columns: name → (n,) values: float64 (NaN missing) or str objects ("" missing).
        answer: (n,) class index (0 or 1 for "two"), or the number itself.
        classes: names of the classes, in the order of the indices; () for a number.
        order: (n,) the place in time of each row, when there is one.
        of: rows of the file with a known answer, before the draw of at most ``cap``.
        rows: (n,) their places in the file.
        left_out: columns not given to the models (identifiers, constants, what is known only afterwards).
    """

    name: str
    label: str
    positive: str
    kind: str
    columns: dict[str, NDArray[Any]]
    answer: NDArray[Any]
    classes: tuple[str, ...]
    order: NDArray[np.float64] | None
    of: int
    rows: NDArray[np.int64]
    left_out: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """How many rows."""
        return len(self.answer)

    def keep(self, names: list[str]) -> Task:
        """The same task with only these columns."""
        return replace(self, columns={name: self.columns[name] for name in names})

    def without(self, *names: str) -> Task:
        """The same task without these columns."""
        return self.keep([name for name in self.columns if name not in names])


def prepare(
    data: Dataset,
    rng: np.random.Generator,
    *,
    label: str = "",
    positive: str = "",
    features: list[str] | None = None,
    cap: int = 4000,
    binary: bool = False,
    keep: tuple[str, ...] = (),
) -> Task:
    """The task of a data set.

    Rows without an answer are left out, at most ``cap`` are drawn. With ``binary`` several classes become one
    against the rest, and a number becomes "above its median". ``keep`` names columns that stay whatever they hold.
    Errors: ``BadInput`` for no label, one class only, fewer than 60 rows, no usable column.
    """
    name = _label(data, label)
    known = _known(data.columns[name])
    rows = np.flatnonzero(known)
    if len(rows) < FEW:
        raise BadInput(
            f"{data.name} has {len(rows)} rows with a value in '{name}'; at least {FEW} are needed to learn and to test.",
            f"{data.name} a {len(rows)} lignes avec une valeur dans « {name} » ; il en faut au moins {FEW} pour apprendre et tester.",
        )
    of = len(rows)
    if of > cap:
        rows = np.sort(rng.choice(rows, cap, replace=False))
    data = data.rows(rows)
    kind, answer, classes, said = _answer(data, name, positive, binary)
    columns, left_out = _columns(data, name, features, keep)
    time = IN_ORDER.get(data.name, "")
    order = data.columns.get(time)
    return Task(data.name, name, said, kind, columns, answer, classes, order, of, rows, left_out)


def _label(data: Dataset, label: str) -> str:
    if label or data.label:
        return data.find(label or data.label)
    raise BadInput(
        f"Say which column of {data.name} is to be predicted (label): {', '.join(list(data.columns)[:12])}.",
        f"Dites quelle colonne de {data.name} est à prédire (label) : {', '.join(list(data.columns)[:12])}.",
    )


def _known(values: NDArray[Any]) -> NDArray[np.bool_]:
    return ~np.isnan(values) if values.dtype.kind == "f" else np.asarray(values != "", dtype=bool)


def _answer(data: Dataset, name: str, positive: str, binary: bool) -> tuple[str, NDArray[Any], tuple[str, ...], str]:
    """Kind, answers, classes and the positive value in words."""
    values = data.columns[name]
    number = values.dtype.kind == "f"
    names, codes = np.unique(values if number else values.astype(str), return_inverse=True)
    if len(names) < 2:
        raise BadInput(
            f"All rows have the same value in '{name}': there is nothing to predict. Choose another column (label).",
            f"Toutes les lignes ont la même valeur dans « {name} » : rien à prédire. Choisissez une autre colonne (label).",
        )
    if number and len(names) > 12 and not positive:
        if not binary:
            return "number", values.astype(float), (), ""
        middle = float(np.median(values))
        return _checked("two", (values > middle).astype(int), ("≤", ">"), f"> {middle:g}", name)
    words = tuple(f"{value:g}" if number else str(value) for value in names)
    known = str(positive) or (_said(data.positive) if name == data.label else "")
    if len(names) == 2 or positive or binary:
        from tools.specimens.tabular import guess_positive

        known = known or _said(guess_positive(data, name)) or words[-1]
        outcome = data.outcome(name, known)
        others = [word for word in words if word.casefold() != known.casefold()]
        other = others[0] if len(others) == 1 else "–"
        return _checked("two", outcome.astype(int), (other, known), known, name)
    if len(names) > CLASSES:
        raise BadInput(
            f"The column '{name}' has {len(names)} different values; at most {CLASSES} classes are compared. Name one of them (positive).",
            f"La colonne « {name} » a {len(names)} valeurs différentes ; on compare {CLASSES} classes au plus. Nommez-en une (positive).",
        )
    return _checked("many", codes.astype(int), words, "", name)


def _said(value: str | float) -> str:
    return f"{value:g}" if isinstance(value, float) else value


def _checked(
    kind: str, answer: NDArray[Any], classes: tuple[str, ...], said: str, name: str
) -> tuple[str, NDArray[Any], tuple[str, ...], str]:
    """The same, when every class has the ten rows that a split needs."""
    sizes = np.bincount(answer, minlength=len(classes))
    if sizes.min() >= 10:
        return kind, answer, classes, said
    rare = classes[int(sizes.argmin())]
    raise BadInput(
        f"Only {sizes.min()} rows have '{rare}' in '{name}'; each answer needs 10. Give more rows, or name another value (positive).",
        f"Seules {sizes.min()} lignes ont « {rare} » dans « {name} » ; chaque réponse en demande 10. "
        "Donnez plus de lignes, ou nommez une autre valeur (positive).",
    )


def _columns(
    data: Dataset, label: str, features: list[str] | None, keep: tuple[str, ...]
) -> tuple[dict[str, NDArray[Any]], tuple[str, ...]]:
    """The columns to learn from, and those that are not given."""
    if features:
        wanted = [data.find(name) for name in features]
        if label in wanted:
            raise BadInput(
                f"'{label}' is what is to be predicted: it cannot be a feature.",
                f"« {label} » est ce qu’il faut prédire : cette colonne ne peut pas servir à prédire.",
            )
        return {name: data.columns[name] for name in wanted}, ()
    later = AFTERWARDS.get(data.name, ())
    kept, left = {}, []
    for name, values in data.columns.items():
        if name == label:
            continue
        if name in keep or (name not in later and name != data.score and _tells(values)):
            kept[name] = values
        else:
            left.append(name)
    if len(kept) > COLUMNS and "pixel_0_0" not in kept:
        spare = [name for name in kept if name not in keep][COLUMNS:]
        kept, left = {name: kept[name] for name in kept if name not in spare}, [*left, *spare]
    if not kept:
        raise BadInput(
            f"{data.name} has no column to learn from besides '{label}': the others are empty, constant or identifiers.",
            f"{data.name} n’a pas de colonne dont apprendre, hors « {label} » : les autres sont vides, constantes ou des identifiants.",
        )
    return kept, tuple(left)


def _tells(values: NDArray[Any]) -> bool:
    """Not constant, and not an identifier (words nearly all different, or whole numbers that only count the rows)."""
    known = values[_known(values)]
    kinds = len(np.unique(known if values.dtype.kind == "f" else known.astype(str)))
    if values.dtype.kind == "f":
        counts_rows = len(known) == kinds and bool(np.all(known % 1 == 0)) and bool(np.all(np.diff(known) > 0))
        return kinds > 1 and not counts_rows
    return 1 < kinds <= max(30, 0.3 * len(known))
