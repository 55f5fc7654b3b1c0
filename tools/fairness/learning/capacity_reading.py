"""How to read the lesson ``capacity``, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.fairness.learning import words
from tools.fairness.learning.words import pick, whole
from tools.finding import Lang

if TYPE_CHECKING:
    from tools.fairness.learning.capacity import Capacity


def how_to_read(m: Capacity, lang: Lang) -> str:
    """Underfitting, overfitting, the knobs."""
    train, valid = (whole(n, lang) for n in m.parts)
    if lang == "en":
        metric = (
            "R² = 1 − Σ(truth − answer)² / Σ(truth − mean)²"
            if m.task.kind == "number"
            else "right answers / all answers"
        )
        return (
            f"To the right the model is freer: a deeper tree, fewer neighbours, more neurons, lighter penalty. On the left both curves are low: underfitting. Where they part, the model learns what holds for its own rows only: overfitting. "
            f"Each point is the mean over {m.splits} splits ({train} rows to learn, {valid} new), the band runs from the lowest to the highest. Score = {metric}. Intervals of the estimates: Nadeau and Bengio 2003. A 1-nearest neighbour finds itself among the rows it learnt, hence its perfect score there."
        )
    metric = (
        "R² = 1 − Σ(vérité − réponse)² / Σ(vérité − moyenne)²"
        if m.task.kind == "number"
        else "réponses justes / toutes les réponses"
    )
    return (
        f"Vers la droite, le modèle est plus libre : arbre plus profond, moins de voisins, plus de neurones, pénalité plus légère. À gauche, les deux courbes sont basses : sous-apprentissage. Là où elles se séparent, le modèle apprend ce qui ne vaut que pour ses lignes : surapprentissage. "
        f"Chaque point est la moyenne de {m.splits} partages ({train} lignes pour apprendre, {valid} nouvelles), la bande va du plus bas au plus haut. Score = {metric}. Intervalles des estimations : Nadeau et Bengio 2003. Avec un seul voisin, chaque ligne apprise se retrouve elle-même, d’où le score parfait."
    )


def limits(m: Capacity, lang: Lang) -> str:
    """The best step is chosen on the same rows that score it."""
    return pick(
        lang,
        "The best step is chosen on the rows that score it, so its score is a little flattering; a last test on other rows would be fair. Near the top the steps differ by less than the splits do: the exact best depends on the seed. "
        "More rows move the best step towards freedom. ",
        "Le meilleur pas est choisi sur les lignes qui le notent : son score est un peu flatteur ; un dernier test sur d’autres lignes serait juste. Près du sommet, les pas diffèrent moins que les partages : le meilleur exact dépend de la graine. "
        "Plus de lignes déplacent le meilleur pas vers la liberté. ",
    ) + words.common_limits(m.task, lang)
