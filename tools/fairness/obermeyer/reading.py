"""How to read the invented hospital, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.fairness.obermeyer.recipe import Recipe
from tools.fairness.obermeyer.text import as_published, share
from tools.finding import Lang
from tools.numbers import number

if TYPE_CHECKING:
    from tools.fairness.obermeyer.world import Measured


def how_to_read(m: Measured, recipe: Recipe, lang: Lang) -> str:
    """The label, the rule, the swap and the formula."""
    dollars, each = number(recipe.less, lang, 0), number(recipe.per_illness, lang, 0)
    base, spent = number(recipe.without_illness, lang, 0), number(recipe.spent, lang, 3)
    equal, swap = share(m, "share_equal", lang), share(m, "share_swap", lang)
    if lang == "en":
        return (
            "The label is what an algorithm learns to predict. Here the need is illness, and cost stands in for it. "
            f"cost of a year = ({base} + {each} × illnesses) × s × chance, in dollars, with s = 1 for White and {spent} for Black "
            f"patients: the two slopes follow from the published means and from {dollars} dollars less spent at equal "
            "illness. Each predictor sees last year's cost and recorded illnesses, not race; it is fitted on two thirds of the "
            "patients and judged on the rest. Had as much been spent on Black patients, the predictor of cost would give them "
            f"{equal}: what is left up to the share by illness is due to cost being something else than illness. In the last row the healthiest "
            "enrolled White patients give way to sicker Black patients left out, until nobody left out is sicker: "
            f"{swap} here, 46.5% (from 17.7%) in Obermeyer et al. 2019, Fig. 1B. Bars: middle 95% of the hospitals."
        )
    return (
        "L’étiquette est ce qu’un algorithme apprend à prédire. Ici le besoin est la maladie, et le coût en tient lieu. "
        f"coût d’une année = ({base} + {each} × maladies) × s × hasard, en dollars, avec s = 1 pour les patients blancs et {spent} "
        f"pour les patients noirs : les deux pentes découlent des moyennes publiées et de {dollars} dollars dépensés en moins à "
        "maladie égale. Chaque prédicteur voit le coût et les maladies relevées de l’année précédente, pas la race ; il est "
        "ajusté sur deux tiers des patients et jugé sur les autres. Si l’on avait dépensé autant pour les patients noirs, le "
        f"prédicteur du coût leur donnerait {equal} : ce qui manque encore jusqu’à la part selon la maladie vient de ce que le coût n’est pas la maladie. "
        "À la dernière ligne, les patients blancs inscrits en meilleure santé laissent la place à des patients noirs plus "
        f"malades, jusqu’à ce que personne de plus malade ne reste dehors : {swap} ici, 46,5 % (contre 17,7 %) chez "
        "Obermeyer et al. 2019, fig. 1B. Barres : 95 % centraux des hôpitaux."
    )


def limits(m: Measured, recipe: Recipe, lang: Lang) -> str:
    """What a simulation cannot tell, and where this one departs from the study."""
    if lang == "en":
        return (
            "Nobody here exists: a simulation shows what follows from its recipe, not what a hospital does. "
            f"{_fit(m, recipe, lang)} One number of illnesses stands for health, and race for a mean difference in "
            "spending whose causes the simulation does not know. Enrolment here follows the score alone; in the study doctors "
            "also decided."
        )
    return (
        "Personne ici n’existe : une simulation montre ce qui découle de sa recette, pas ce que fait un hôpital. "
        f"{_fit(m, recipe, lang)} Un nombre de maladies tient lieu de santé, et la race, d’une différence moyenne de dépense "
        "dont la simulation ignore les causes. Ici l’inscription suit le seul score ; dans l’étude, des médecins décidaient aussi."
    )


def _fit(m: Measured, recipe: Recipe, lang: Lang) -> str:
    """How far agreement with the study means anything."""
    if not as_published(recipe):
        if lang == "en":
            return "The recipe was changed, so the published column is there to show the distance, not to be matched."
        return "La recette a été modifiée : la colonne publiée montre l’écart, elle n’est pas un but."
    swap = share(m, "share_swap", lang)
    if lang == "en":
        return (
            "The spread of illness and of cost and the share of illnesses recorded were not published; they were chosen so "
            "that the shares by label and the concentration of cost come near Table 2 of the study, so that agreement "
            f"with it is no evidence. The swap was not matched: it gives {swap} here against 46.5% published, and the gap in illness "
            "at the threshold is wider than the published 4.8 against 3.8."
        )
    return (
        "La dispersion des maladies et des coûts et la part des maladies relevées n’ont pas été publiées ; elles ont été "
        "choisies pour que les parts selon l’étiquette et la concentration des coûts approchent le tableau 2 de l’étude, si bien "
        f"que cet accord ne prouve rien. Les échanges n’ont pas été ajustés : ils donnent {swap} ici contre 46,5 % publiés, et "
        "l’écart de maladies au seuil est plus large que les 4,8 contre 3,8 publiés."
    )
