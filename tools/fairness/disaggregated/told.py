"""Where the numbers of a data set come from: the prediction, the threshold, the rows that are not used."""

from __future__ import annotations

from tools.fairness.audit.case import Case
from tools.fairness.disaggregated.records import Cells
from tools.finding import Text
from tools.numbers import number


def case(case: Case) -> Text:
    """Label, score and threshold of a case, then its missing rows."""
    n, rows = len(case.member), case.rows
    cut = {
        lang: number(case.threshold, lang, 0 if case.threshold == int(case.threshold) else 2) for lang in ("en", "fr")
    }
    if case.source == "baseline":
        en = f"There is no score in {case.data.name}: a logistic regression was trained on {number(case.trained, 'en', 0)} other rows without {case.group}; flagged from a probability of {cut['en']} on."
        fr = f"Il n’y a pas de score dans {case.data.name} : une régression logistique a été entraînée sur {number(case.trained, 'fr', 0)} autres lignes, sans {case.group} ; signalé à partir d’une probabilité de {cut['fr']}."
    elif case.source == "prediction":
        en, fr = (
            f"Prediction: column {case.score}; outcome: {case.label}.",
            f"Prédiction : colonne {case.score} ; résultat : {case.label}.",
        )
    else:
        en = f"Outcome: column {case.label}; flagged when {case.score} is {cut['en']} or more."
        fr = f"Résultat : colonne {case.label} ; signalé quand {case.score} vaut {cut['fr']} ou plus."
    if case.left_out:
        missing = _listed(case.left_out)
        en += f" {number(n, 'en', 0)} of {number(rows, 'en', 0)} rows are used; missing: {missing.en}."
        fr += f" {number(n, 'fr', 0)} lignes sur {number(rows, 'fr', 0)} servent ; il manque : {missing.fr}."
    return Text(en=en, fr=fr)


def gaps(rows: int, cells: Cells, missing: dict[str, int]) -> Text | None:
    """The rows that a mean could not use; nothing when all were used."""
    n = int(cells.sizes.sum())
    if n == rows:
        return None
    listed = _listed(missing)
    return Text(
        en=f"{number(n, 'en', 0)} of {number(rows, 'en', 0)} rows are used; missing: {listed.en}.",
        fr=f"{number(n, 'fr', 0)} lignes sur {number(rows, 'fr', 0)} servent ; il manque : {listed.fr}.",
    )


def _listed(missing: dict[str, int]) -> Text:
    return Text(
        en=", ".join(f"{name} ({number(gap, 'en', 0)})" for name, gap in missing.items()),
        fr=", ".join(f"{name} ({number(gap, 'fr', 0)})" for name, gap in missing.items()),
    )
