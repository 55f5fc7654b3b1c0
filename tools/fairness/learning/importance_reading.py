"""How to read the lesson ``importance``, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.fairness.learning import importance, words
from tools.fairness.learning.words import pick, whole
from tools.finding import Lang

if TYPE_CHECKING:
    from tools.fairness.learning.importance import Importance


def how_to_read(m: Importance, lang: Lang) -> str:
    """Permutation and Shapley with their formulas."""
    d, rows = len(m.before.columns), len(m.before.shapley)
    metric = "R²" if m.task.kind == "number" else "AUC"
    if lang == "en":
        how = (
            f"all {2**d} sets of columns"
            if m.before.exact
            else f"{importance.ORDERS} orders of arrival (Štrumbelj and Kononenko 2014)"
        )
        return (
            f"Permutation (Breiman 2001): {metric} on the {whole(m.parts[1], lang)} test rows minus {metric} once the values of a column are shuffled among them, mean of {importance.REPEATS} shuffles; 0 means that the model does not need it. "
            f"Shapley value (Lundberg and Lee 2017): φ = Σ over sets S of |S|!(d − |S| − 1)!/d! × (v(S and the column) − v(S)), v(S) being the mean prediction when the columns of S are the row's and the others come from {importance.BACKGROUND} training rows; the values of a row add up to its prediction minus the mean one. "
            f"Here {how}, {rows} rows, the mean of |φ|. The words of one column are moved together."
        )
    how = (
        f"les {2**d} ensembles de colonnes"
        if m.before.exact
        else f"{importance.ORDERS} ordres d’arrivée (Štrumbelj et Kononenko 2014)"
    )
    return (
        f"Permutation (Breiman 2001) : {metric} sur les {whole(m.parts[1], lang)} lignes de test, moins {metric} une fois les valeurs d’une colonne mélangées entre elles, moyenne de {importance.REPEATS} mélanges ; 0 veut dire que le modèle s’en passe. "
        f"Valeur de Shapley (Lundberg et Lee 2017) : φ = Σ sur les ensembles S de |S|!(d − |S| − 1)!/d! × (v(S et la colonne) − v(S)), v(S) étant la prédiction moyenne quand les colonnes de S sont celles de la ligne et que les autres viennent de {importance.BACKGROUND} lignes d’entraînement ; les valeurs d’une ligne somment à sa prédiction moins la moyenne. "
        f"Ici, {how}, {rows} lignes, moyenne de |φ|. Les mots d’une même colonne sont déplacés ensemble."
    )


def limits(m: Importance, lang: Lang) -> str:
    """Not causes; shuffling makes impossible rows; noise."""
    return pick(
        lang,
        "An importance is not a cause, and not a reason that a person could be given. Shuffling one of two linked columns makes rows that cannot exist, on which the model was never right (Hooker et al. 2021). Small importances are noise: another seed orders them otherwise. "
        "A column may be unimportant here and still let the model treat groups differently, because others stand in (lesson proxies). ",
        "Une importance n’est pas une cause, ni une raison à donner à une personne. Mélanger une colonne liée à une autre fabrique des lignes impossibles, sur lesquelles le modèle n’a jamais rien appris (Hooker et al. 2021). Les petites importances sont du bruit : une autre graine les range autrement. "
        "Une colonne peut ne pas compter ici et le modèle traiter pourtant des groupes différemment, parce que d’autres la remplacent (leçon proxies). ",
    ) + words.common_limits(m.task, lang)
