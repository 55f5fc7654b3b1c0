"""How to read a claim check, and what it cannot tell."""

from __future__ import annotations

from tools.numbers import number
from tools.truth.claims.check import COSINE, COVERED, INTERCEPT, WEAKEST
from tools.truth.claims.gate import CLOSE, SURE, fitted
from tools.truth.claims.result import Result


def how_to_read(r: Result, encoder: str, lang: str) -> str:
    """What the numbers mean, and the formula."""
    a, b, c, d, low, high, close = (
        number(value, lang, 2 if value < 1 and value > 0 else 1)
        for value in (INTERCEPT, COSINE, COVERED, WEAKEST, SURE["number"], SURE["name"], CLOSE)
    )
    measures, learnt = len(fitted()["scales"]), number(fitted()["claims"], lang, 0)
    if lang == "en":
        model = (
            " An entailment model also reads each passage and claim; where no rule finds a conflict, it decides."
            if r.model
            else ""
        )
        return (
            "Each claim is compared with the sentence of the source that is closest to it, and with its neighbours. First, how much "
            f"that sentence says of the claim, from 0 to 1: p = 1 / (1 + exp(−z)), z = {a} + {b} × c + {c} × w + {d} × m, where c is the "
            f"cosine of the two sentences ({encoder}, Yang et al. 2020), w the mean over the content words of the claim of their best match in "
            "the passage (1 for the same stem, else the cosine of the two words), m the same for the two worst matched words. Then rules compare "
            "numbers (in digits or letters, with units, bounds and roundings), dates, names, negations and opposite words, who does what "
            "to whom, what came first, and which number or name stands among the same words in the source. A multinomial logistic regression of "
            f"{measures} such measures, fitted on {learnt} labelled claims, gives the verdict. Three conflicts decide alone: another number or date "
            f"for the same thing (p ≥ {low}), another name (p ≥ {high}), a negation (cosine ≥ {close}). Shares come with Wilson's 95% interval (1927).{model}"
        )
    model = (
        " Un modèle d’implication lit aussi chaque passage et l’affirmation ; quand aucune règle ne trouve de conflit, il tranche."
        if r.model
        else ""
    )
    return (
        "Chaque affirmation est comparée à la phrase de la source qui en est la plus proche, et à ses voisines. D’abord, à quel point cette "
        f"phrase dit l’affirmation, de 0 à 1 : p = 1 / (1 + exp(−z)), z = {a} + {b} × c + {c} × w + {d} × m, où c est le cosinus des deux "
        f"phrases ({encoder}, Yang et al. 2020), w la moyenne, sur les mots pleins de l’affirmation, de leur meilleure correspondance dans le "
        "passage (1 pour la même racine, sinon le cosinus des deux mots), m la même pour les deux mots les moins bien retrouvés. Puis des règles "
        "comparent les nombres (en chiffres ou en lettres, avec unités, bornes et arrondis), les dates, les noms, les négations et les mots "
        "contraires, qui fait quoi à qui, ce qui vient d’abord, et quel nombre ou quel nom la source place parmi les mêmes mots. Une régression "
        f"logistique multinomiale de {measures} de ces mesures, ajustée sur {learnt} affirmations étiquetées, donne le verdict. Trois conflits "
        f"tranchent seuls : un autre nombre ou une autre date pour la même chose (p ≥ {low}), un autre nom (p ≥ {high}), une négation "
        f"(cosinus ≥ {close}). Les parts ont "
        f"l’intervalle de Wilson (1927) à 95 %.{model}"
    )


def limits(r: Result, lang: str) -> str:
    """What the check cannot tell."""
    if lang == "en":
        here = " The library is small: what it does not hold is not thereby false." if r.library else ""
        return (
            "Supported by the source is not true in the world, and not found is not false. The rules see numbers, dates, names, negations and a "
            "table of opposite words; a change of meaning in other words (a cause for an effect, a promise for a fact, irony) passes them. A claim "
            "that joins several sentences far apart, or that needs a calculation or knowledge of the world, may be called not found. Opposite "
            f"words are known for about a hundred pairs.{here} Measured on claims kept apart: where one thing was altered and the words stayed close, "
            "90 to 92% were called contradicted; 78 to 83% when reworded; 42 to 55% when seeing it takes reasoning. Of 371 false summaries of news "
            "sentences, 9% were refused. Read the passage beside each verdict before using it."
        )
    here = " La bibliothèque est petite : ce qu’elle ne contient pas n’est pas faux pour autant." if r.library else ""
    return (
        "Confirmé par la source ne veut pas dire vrai dans le monde, et introuvable ne veut pas dire faux. Les règles voient les nombres, les dates, "
        "les noms, les négations et une table de mots contraires ; un sens changé avec d’autres mots (une cause pour un effet, une promesse pour un "
        "fait, l’ironie) leur échappe. Une affirmation qui réunit des phrases éloignées, ou qui demande un calcul ou une connaissance du monde, peut "
        f"être dite introuvable. Une centaine de paires de contraires sont connues.{here} Mesuré sur des affirmations mises à part : quand une chose "
        "était altérée et les mots restés proches, 90 à 92 % ont été dites contredites ; 78 à 83 % une fois reformulées ; 42 à 55 % quand il faut "
        "raisonner pour le voir. De 371 faux résumés de phrases de presse, 9 % ont été refusés. Lisez le passage à côté de chaque verdict avant de "
        "vous en servir."
    )
