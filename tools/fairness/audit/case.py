"""What is audited: who, the outcome, the score and the threshold, for the rows in which all of them are known."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadInput
from tools.fairness.audit import saved
from tools.fairness.audit.compas import screened
from tools.fairness.audit.metrics import Bools, Floats, Ints
from tools.numbers import number, plain
from tools.specimens import datasets
from tools.specimens.datasets import Dataset
from tools.specimens.tabular import guess_positive

SMALLEST = 30  # people; a smaller group is shown and not compared
BASELINE = "baseline"  # as a score: train a model here
KNOWN_THRESHOLDS = {"compas": 5.0, "compas-violent": 5.0, "fico": 50.0}  # medium or high; the middle of the scale
PICKLES = (".pkl", ".pickle", ".joblib", ".onnx", ".pt", ".h5")


@dataclass(frozen=True)
class Case:
    """The rows that are used, and where each number of them comes from.

    Args:
        data: all rows of the data set, after the filter.
        group, label, score: names of columns; ``score`` is "" for the baseline trained here.
        positive: the value of the label that counts, as it is written.
        names: the groups, the largest first; ``member`` (n,) is the index of each row's group.
        outcome, values: (n,) the label and the score; ``flagged`` is ``values >= threshold``.
        source: "score", "prediction" (two values) or "baseline".
        chosen: whether the threshold was chosen here, not given.
        rows: rows of the data set before anything was left out; ``left_out``: why rows are not used → how many.
        used: (rows after the filter,) whether a row is among the n.
        trained: rows the baseline learned from (0 for another source); ``features``: the columns it saw.
    """

    data: Dataset
    group: str
    label: str
    positive: str
    score: str
    names: tuple[str, ...]
    member: Ints
    outcome: Bools
    values: Floats
    threshold: float
    source: str
    chosen: bool
    filtered: bool
    rows: int
    left_out: dict[str, int]
    used: Bools
    trained: int = 0
    features: tuple[str, ...] = ()

    @property
    def flagged(self) -> Bools:
        """(n,) whether the score reaches the threshold."""
        return np.asarray(self.values >= self.threshold)

    @property
    def sizes(self) -> Ints:
        """(g,) how many people each group has."""
        return np.bincount(self.member, minlength=len(self.names))

    @property
    def compas(self) -> bool:
        """Whether it is the published case: COMPAS's own score against re-arrest."""
        return (self.data.name, self.label, self.positive, self.score) == (
            "compas",
            "two_year_recid",
            "1",
            "decile_score",
        )


def prepare(
    dataset: str, group: str, label: str, positive: str, score: str, threshold: float | None, filter: str, rng: Any
) -> Case:
    """The case of these arguments; ``BadInput`` says what is missing and what to do."""
    data = datasets.load(dataset)
    rows = len(data)
    if filter == "30days":
        data = within_thirty_days(data)
    group = "+".join(data.find(part) for part in group.split("+") if part.strip()) or first_group(data)
    label = data.find(label) if label else data.label
    outcome = data.outcome(label, positive)
    who = data.by(group)
    name, values, source = _score(data, score, label, positive)
    trained: Bools | None = None
    features: tuple[str, ...] = ()
    if source == BASELINE:
        from tools.fairness.audit.baseline import train

        values, trained, features = train(data, label, tuple(group.split("+")), outcome, rng)
    known, left_out = _known(outcome, who.codes, values, trained, (label, group, name))
    cut = _threshold(data, name, source, threshold, values[known], outcome[known])
    case = Case(
        data=data, group=group, label=label, positive=_written(data, label, positive), score=name, names=who.names, member=who.codes[known],
        outcome=outcome[known] == 1, values=values[known], threshold=cut, source=source, chosen=threshold is None,
        filtered=filter == "30days", rows=rows, left_out=left_out, used=known, features=features,
        trained=0 if trained is None else int(trained.sum()),
    )  # fmt: skip
    _enough(case)
    return case


def _written(data: Dataset, label: str, positive: str) -> str:
    """The positive value as people write it: given, the data set's own, or the one that reads as yes."""
    value = positive or (data.positive if label == data.label else "") or guess_positive(data, label)
    return f"{value:g}" if isinstance(value, float) else str(value)


def within_thirty_days(data: Dataset) -> Dataset:
    """The rows of COMPAS that ProPublica kept; ``BadInput`` for another data set."""
    if not {"days_b_screening_arrest", "is_recid", "c_charge_degree", "score_text"} <= set(data.columns):
        raise BadInput(
            f"The 30-day filter is ProPublica's, for COMPAS; {data.name} has no date of screening. Leave --filter out.",
            f"Le filtre des 30 jours est celui de ProPublica, pour COMPAS ; {data.name} n’a pas de date d’évaluation. Retirez --filter.",
        )
    return data.rows(screened(data.columns))


def first_group(data: Dataset) -> str:
    """The column that says who the people of a data set are; ``BadInput`` when it must be named."""
    if data.groups:
        return data.groups[0]
    shown = ", ".join(list(data.columns)[:12])
    raise BadInput(
        f"Say which column of {data.name} tells who the people are, with --group: {shown}.",
        f"Dites avec --group quelle colonne de {data.name} indique qui sont les personnes : {shown}.",
    )


def _score(data: Dataset, score: str, label: str, positive: str) -> tuple[str, Floats, str]:
    """The score's column, its values as numbers, and what kind it is."""
    if score.strip().casefold().endswith(PICKLES):
        raise BadInput(
            f"'{score}' is a saved model, and opening one may run whatever program it holds, so it is not opened. "
            "Save it with skops.io.dump (a .skops file can be opened safely), or let it write its score into a column, and name that column with --score.",
            f"« {score} » est un modèle enregistré ; l’ouvrir peut exécuter n’importe quel programme qu’il contient, il n’est donc pas ouvert. "
            "Enregistrez-le avec skops.io.dump (un fichier .skops s’ouvre sans danger), ou faites-lui écrire son score dans une colonne, et nommez cette colonne avec --score.",
        )
    if score.strip().casefold().endswith(saved.SUFFIX):
        values, source = saved.scores(data, score.strip(), _written(data, label, positive))
        return Path(score).name, values, source
    if score == BASELINE or not (score or data.score):
        return "", np.zeros(len(data)), BASELINE
    name = data.find(score or data.score)
    if name == label:
        raise BadInput(
            f"'{name}' is the label: a score must be another column. Name it with --score, or use --score baseline.",
            f"« {name} » est l’étiquette : un score doit être une autre colonne. Nommez-la avec --score, ou prenez --score baseline.",
        )
    values = data.columns[name]
    if values.dtype.kind == "f":
        known = np.unique(values[~np.isnan(values)])
        if len(known) > 2:
            return name, values, "score"
        coded = data.columns[label]
        shared = coded.dtype.kind == "f" and set(known) <= set(np.unique(coded[~np.isnan(coded)]))
        yes = float(_written(data, label, positive)) if shared else float(known[-1]) if len(known) else 1.0
        return name, np.where(np.isnan(values), np.nan, (values == yes).astype(float)), "prediction"
    return name, _prediction(data, name, label, positive), "prediction"


def _prediction(data: Dataset, name: str, label: str, positive: str) -> Floats:
    """A column of two words as 0 and 1, read as the label is read where they share their words."""
    words = {str(value) for value in np.unique(data.columns[name].astype(str))} - {""}
    if len(words) > 2:
        raise BadInput(
            f"'{name}' has {len(words)} different words: a score is a number, and a prediction has two values. Name another column with --score.",
            f"« {name} » a {len(words)} mots différents : un score est un nombre, et une prédiction a deux valeurs. Nommez une autre colonne avec --score.",
        )
    given = positive if positive in words else str(data.positive) if label == data.label else ""
    return data.outcome(name, given if given in words else "")


def _known(
    outcome: Floats, codes: Ints, values: Floats, trained: Bools | None, names: tuple[str, str, str]
) -> tuple[Bools, dict[str, int]]:
    """The rows with a label, a group and a score; and how many lack each (a row may lack several)."""
    lacks = [np.isnan(outcome), codes < 0, ~np.isfinite(values)]
    known = ~(lacks[0] | lacks[1] | lacks[2])
    left_out = {name or BASELINE: int(gap.sum()) for name, gap in zip(names, lacks, strict=True) if gap.any()}
    return (known if trained is None else known & ~trained), left_out


def _threshold(
    data: Dataset, name: str, source: str, given: float | None, values: Floats, outcome: NDArray[np.float64]
) -> float:
    """The threshold asked for; else the usual one; else the one that flags as many people as have the outcome."""
    if given is not None:
        return 0.5 if source == "prediction" else given
    if source in ("prediction", BASELINE):
        return 0.5
    if name == data.score and data.name in KNOWN_THRESHOLDS:
        return KNOWN_THRESHOLDS[data.name]
    if len(values) == 0 or (values.min() >= 0 and values.max() <= 1):
        return 0.5
    return float(np.quantile(values, 1 - outcome.mean(), method="higher"))


def _enough(case: Case) -> None:
    """Refuses what cannot be compared: one group, two groups too small, or one outcome only, nobody flagged."""
    shown = ", ".join(f"{name}: {size}" for name, size in list(zip(case.names, case.sizes, strict=True))[:6])
    n = len(case.member)
    if int((case.sizes > 0).sum()) < 2:
        raise BadInput(
            f"There is one group only in '{case.group}' ({shown or 'no row is complete'}), so there is nothing to compare. Name another column with --group.",
            f"Il n’y a qu’un groupe dans « {case.group} » ({shown or 'aucune ligne n’est complète'}), donc rien à comparer. Nommez une autre colonne avec --group.",
        )
    if int((case.sizes >= SMALLEST).sum()) < 2:
        raise BadInput(
            f"Two groups of {SMALLEST} people or more are needed to compare error rates; in these {number(n, 'en', 0)} rows there are {shown}. Bring more rows, or join groups.",
            f"Il faut deux groupes d’au moins {SMALLEST} personnes pour comparer des taux d’erreur ; ces {number(n, 'fr', 0)} lignes contiennent {shown}. Apportez plus de lignes, ou réunissez des groupes.",
        )
    if not case.flagged.any():
        low, high = float(case.values.min()), float(case.values.max())
        raise BadInput(
            f"No score reaches {plain(case.threshold, 'en')}: they go from {plain(low, 'en')} to {plain(high, 'en')}. Lower --threshold.",
            f"Aucun score n’atteint {plain(case.threshold, 'fr')} : ils vont de {plain(low, 'fr')} à {plain(high, 'fr')}. Baissez --threshold.",
        )
    if case.outcome.all() or not case.outcome.any():
        raise BadInput(
            f"Every row has the same value of '{case.label}': there are no errors of both kinds to count. Name another column with --label, or the value that counts with --positive.",
            f"Toutes les lignes ont la même valeur de « {case.label} » : on ne peut pas compter les deux sortes d’erreurs. Nommez une autre colonne avec --label, ou la valeur qui compte avec --positive.",
        )
