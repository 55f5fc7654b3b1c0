"""How to read the lesson ``fit``, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.fairness.learning import words
from tools.fairness.learning.words import pick
from tools.finding import Lang

if TYPE_CHECKING:
    from tools.fairness.learning.fit import Fit


def how_to_read(m: Fit, lang: Lang) -> str:
    """The split, the metric, the interval, the settings."""
    used = words.settings([trial.model for trial in m.trials], lang)
    if lang == "en":
        metric = (
            "Mean error = mean of |truth − answer| over the test rows, in the unit of the label. " if m.task.kind == "number"
            else "Right answers (accuracy) = right / all, on the test rows. In the confusion matrix a row is what is true, a column what the model said: the diagonal is right. "
        )  # fmt: skip
        draw = (
            "In order of time, the end being the test"
            if m.task.order is not None
            else "Drawn at random, each class in the same proportion"
        )
        return (
            f"{draw}: 60% of the rows to learn, 20% to choose a model, 20% to test. Gaps are filled and numbers scaled with what the first part alone says. {metric}"
            f"The baseline always gives the most frequent answer (or the mean) of the first part. Intervals: 2.5th to 97.5th percentile of 2,000 bootstrap draws of the test rows (Efron 1979), the gain on the same rows. Settings: {used} (scikit-learn, Pedregosa et al. 2011)."
        )
    metric = (
        "Erreur moyenne = moyenne de |vérité − réponse| sur les lignes de test, dans l’unité de la colonne. " if m.task.kind == "number"
        else "Réponses justes (exactitude) = justes / toutes, sur les lignes de test. Dans la matrice de confusion, une ligne est la vérité, une colonne ce que le modèle a dit : la diagonale est juste. "
    )  # fmt: skip
    draw = (
        "Dans l’ordre du temps, la fin servant de test"
        if m.task.order is not None
        else "Tirage au hasard, chaque classe dans la même proportion"
    )
    return (
        f"{draw} : 60 % des lignes pour apprendre, 20 % pour choisir un modèle, 20 % pour tester. Les trous sont remplis et les nombres mis à l’échelle d’après la première partie seule. {metric}"
        f"Le point de référence donne toujours la réponse la plus fréquente (ou la moyenne) de la première partie. Intervalles : du 2,5e au 97,5e centile de 2 000 tirages bootstrap des lignes de test (Efron 1979), le gain sur les mêmes lignes. Réglages : {used} (scikit-learn, Pedregosa et al. 2011)."
    )


def limits(m: Fit, lang: Lang) -> str:
    """One split, no tuning, all errors counted alike."""
    return pick(
        lang,
        "This is one split: another seed gives other scores, about as far apart as the intervals say. The settings are those of the course, not the best ones. "
        "Every error counts the same here, and a mean hides the people for whom the model fails (see disaggregated_evaluation). ",
        "C’est un seul partage : une autre graine donne d’autres scores, à peu près aussi éloignés que le disent les intervalles. Les réglages sont ceux du cours, pas les meilleurs. "
        "Toutes les erreurs comptent autant ici, et une moyenne cache les personnes pour qui le modèle se trompe (voir disaggregated_evaluation). ",
    ) + words.common_limits(m.task, lang)
