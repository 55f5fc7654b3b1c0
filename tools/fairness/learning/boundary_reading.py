"""How to read the lesson ``boundary``, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.fairness.learning import words
from tools.fairness.learning.words import pick, whole
from tools.finding import Lang

if TYPE_CHECKING:
    from tools.fairness.learning.boundary import Plane


def how_to_read(m: Plane, lang: Lang) -> str:
    """Colours, line, points."""
    used, (train, test) = words.settings([a.model for a in m.areas], lang), (whole(n, lang) for n in m.parts)
    if lang == "en":
        return (
            f"Teal: the model leans to “{words.aim(m.task, lang)}”; ochre: to the other answer; the black line is a chance of one half. Points are {test} rows that it never saw (teal discs are true cases, ochre triangles the others); it learnt on {train}. "
            f"A linear model cuts with a straight line: w1·x1 + w2·x2 + b = 0; a tree cuts at right angles; nearest neighbours and forests draw islands. Settings: {used}. Intervals: 2,000 bootstrap draws of the new rows (Efron 1979)."
        )
    return (
        f"Bleu-vert : le modèle penche pour « {words.aim(m.task, lang)} » ; ocre : pour l’autre réponse ; la ligne noire est une chance sur deux. Les points sont {test} lignes jamais vues (disques bleu-vert pour les vrais cas, triangles ocre pour les autres) ; il a appris sur {train}. "
        f"Un modèle linéaire coupe droit : w1·x1 + w2·x2 + b = 0 ; un arbre coupe à angle droit ; les plus proches voisins et les forêts dessinent des îlots. Réglages : {used}. Intervalles : 2 000 tirages bootstrap des lignes nouvelles (Efron 1979)."
    )


def limits(m: Plane, lang: Lang) -> str:
    """Two columns are not the model."""
    return pick(
        lang,
        "Two columns are drawn because a page has two directions; with all columns the same models score differently and their borders cannot be seen. Points outside the 1st to 99th percentile are not shown. ",
        "On dessine deux colonnes parce qu’une page a deux directions ; avec toutes les colonnes, les mêmes modèles ont d’autres scores et leurs frontières ne se voient pas. Les points hors du 1er au 99e centile ne sont pas montrés. ",
    ) + words.common_limits(m.task, lang)
