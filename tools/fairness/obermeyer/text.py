"""The words of the invented hospital: summary, labels, titles, in English and in French."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tools.fairness.obermeyer.recipe import Recipe
from tools.finding import Lang, Text
from tools.numbers import number, percent

if TYPE_CHECKING:
    from tools.fairness.obermeyer.world import Measured

QUESTION = Text(
    en="What happens when an algorithm for patients who need care learns what they cost?",
    fr="Que se passe-t-il quand un algorithme destiné aux patients qui ont besoin de soins apprend ce qu’ils coûtent ?",
)
ROWS = {
    "share_cost": Text(en="learns cost", fr="apprend le coût"),
    "share_equal": Text(en="learns cost, equal spending", fr="apprend le coût, dépense égale"),
    "share_illness": Text(en="learns illness", fr="apprend la maladie"),
    "share_swap": Text(en="learns cost, then swaps", fr="apprend le coût, puis échanges"),
}
LABELS = {
    "share_cost": Text(
        en="Black patients among those enrolled, predictor of cost",
        fr="patients noirs parmi les inscrits, prédicteur du coût",
    ),
    "share_equal": Text(
        en="the same, had as much been spent on them", fr="le même, si l’on avait dépensé autant pour eux"
    ),
    "share_illness": Text(
        en="Black patients among those enrolled, predictor of illness",
        fr="patients noirs parmi les inscrits, prédicteur de la maladie",
    ),
    "share_swap": Text(
        en="Black patients once healthier White ones gave way to sicker Black ones",
        fr="patients noirs une fois les Blancs en meilleure santé remplacés par des Noirs plus malades",
    ),
    "near_white": Text(
        en="illnesses of White patients at the threshold of enrolment",
        fr="maladies des patients blancs au seuil d’inscription",
    ),
    "near_black": Text(
        en="illnesses of Black patients at the threshold of enrolment",
        fr="maladies des patients noirs au seuil d’inscription",
    ),
}
POPULATION = Text(en="share of all patients", fr="part de tous les patients")


def as_published(recipe: Recipe) -> bool:
    """Whether only the number of worlds differs from the recipe that this simulation comes with."""
    return replace(recipe, worlds=Recipe().worlds) == Recipe()


def share(m: Measured, name: str, lang: Lang) -> str:
    """The median of a share."""
    return percent(m.middle(name)[0], lang)


def spread(m: Measured, name: str, lang: Lang) -> str:
    """The middle 95 % of a share: "14% to 19%"."""
    _, low, high = m.middle(name)
    if lang == "en":
        return f"{percent(low, lang)} to {percent(high, lang)}"
    return f"{number(100 * low, lang, 0)} à {percent(high, lang)}"


def summary(m: Measured, recipe: Recipe, lang: Lang) -> str:
    """Four sentences: the two labels, who is how ill, the study, and that this is a simulation."""
    population = percent(recipe.share_black, lang)
    cost, ill = share(m, "share_cost", lang), share(m, "share_illness", lang)
    white, black = (number(m.middle(name)[0], lang, 1) for name in ("near_white", "near_black"))
    places = percent(1 - recipe.percentile / 100, lang, 0 if recipe.percentile == round(recipe.percentile) else 1)
    if lang == "en":
        means = "the published means" if as_published(recipe) else "a recipe that was changed"
        return (
            f"This is a simulation: {recipe.worlds} invented hospitals with {means}, in which {population} of the "
            f"patients are Black. When {places} of the patients get extra care and an algorithm that never sees race learns "
            f"what patients cost, {cost} of the places go to Black patients ({spread(m, 'share_cost', lang)} in 95% of the "
            f"hospitals); when the same algorithm learns how many illnesses they have, {ill} do "
            f"({spread(m, 'share_illness', lang)}). At the threshold of enrolment by cost, Black patients have {black} illnesses and "
            f"White patients {white}. The study of real patients found 14.1% and 26.7% for the two labels."
        )
    means = "les moyennes publiées" if as_published(recipe) else "une recette modifiée"
    return (
        f"Ceci est une simulation : {recipe.worlds} hôpitaux inventés avec {means}, où {population} des patients sont noirs. "
        f"Quand {places} des patients reçoivent un suivi renforcé et qu’un algorithme qui ne voit jamais la race apprend ce que "
        f"les patients coûtent, {cost} des places vont à des patients noirs ({spread(m, 'share_cost', lang)} dans 95 % des "
        f"hôpitaux) ; quand le même algorithme apprend combien de maladies ils ont, {ill} ({spread(m, 'share_illness', lang)}). "
        f"Au seuil d’inscription selon le coût, les patients noirs ont {black} maladies et les patients blancs {white}. "
        f"L’étude de vrais patients a trouvé 14,1 % et 26,7 % pour les deux étiquettes."
    )


def headline(m: Measured, lang: Lang) -> str:
    """The title of the figure of shares."""
    cost, ill = share(m, "share_cost", lang), share(m, "share_illness", lang)
    if lang == "en":
        return f"Simulation: learning cost gives Black patients {cost} of the places, learning illness {ill}"
    return f"Simulation : apprendre le coût donne {cost} des places aux patients noirs, apprendre la maladie {ill}"


def risk_headline(m: Measured, lang: Lang) -> str:
    """The title of the figure of illness against risk."""
    white, black = (number(m.middle(name)[0], lang, 1) for name in ("near_white", "near_black"))
    if lang == "en":
        return f"Simulation: same predicted cost, different health: {black} illnesses against {white} at the threshold"
    return f"Simulation : même coût prédit, autre état de santé : {black} maladies contre {white} au seuil"


def subtitle(recipe: Recipe, seed: int, lang: Lang) -> str:
    """n, what is simulated, seed."""
    white, black = number(recipe.white, lang, 0), number(recipe.black, lang, 0)
    if lang == "en":
        return f"{recipe.worlds} invented hospitals of {white} White and {black} Black patients · median and middle 95% · seed {seed}"
    return f"{recipe.worlds} hôpitaux inventés, {white} patients blancs et {black} noirs · médiane et 95 % centraux · graine {seed}"
