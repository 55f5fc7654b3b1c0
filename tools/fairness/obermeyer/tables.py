"""Estimates and tables of the invented hospital: beside the study, who gets what, and every parameter."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from tools.fairness.obermeyer.recipe import Recipe
from tools.fairness.obermeyer.text import LABELS, POPULATION, ROWS
from tools.finding import Cell, Estimate, Table, Text, same
from tools.numbers import interval, number, percent

if TYPE_CHECKING:
    from tools.fairness.obermeyer.world import Measured

# Obermeyer et al. 2019: Table 2 for the two labels, Fig. 1B for the swap (from 17.7 %), text for the illnesses at the threshold
PUBLISHED = {"share_cost": 0.141, "share_illness": 0.267, "share_swap": 0.465, "near_white": 3.8, "near_black": 4.8}
CONCENTRATION = {"costs_cost": 0.165, "illnesses_cost": 0.105, "costs_illness": 0.121}  # Table 2 and text
TOP_COSTS = {"paid_white": 34_059, "paid_black": 35_541}  # dollars, top 5 % of predicted risk
MEANINGS: dict[str, tuple[Text, bool]] = {  # and whether the value is published
    "white": (Text(en="White patients", fr="patients blancs"), True),
    "black": (Text(en="Black patients", fr="patients noirs"), True),
    "white_illnesses": (
        Text(en="mean active chronic illnesses, White", fr="maladies chroniques actives en moyenne, Blancs"),
        True,
    ),
    "black_illnesses": (Text(en="the same, Black", fr="de même, Noirs"), True),
    "white_cost": (Text(en="mean yearly cost, White, $", fr="coût annuel moyen, Blancs, $"), True),
    "black_cost": (Text(en="the same, Black, $", fr="de même, Noirs, $"), True),
    "less": (Text(en="spent less at equal illness, $", fr="dépensé en moins à maladie égale, $"), True),
    "percentile": (Text(en="enrolled from this percentile", fr="inscrits à partir de ce centile"), True),
    "dispersion": (Text(en="shape of the gamma law of frailty", fr="forme de la loi gamma de la fragilité"), False),
    "lasting": (
        Text(en="spread of log cost between patients", fr="écart-type du log du coût entre patients"),
        False,
    ),
    "yearly": (Text(en="spread of log cost between years", fr="écart-type du log du coût entre années"), False),
    "recorded": (
        Text(en="share of illnesses that claims record", fr="part des maladies relevées dans les remboursements"),
        False,
    ),
    "worlds": (Text(en="hospitals drawn", fr="hôpitaux tirés"), False),
}
SOURCES = {
    True: Text(en="published", fr="publié"),
    False: Text(en="chosen here", fr="choisi ici"),
    None: Text(en="changed", fr="modifié"),
}


def estimates(m: Measured, recipe: Recipe) -> list[Estimate]:
    """The shares, then illness at the threshold; intervals are the middle 95 % of the worlds."""
    found = []
    for name, label in LABELS.items():
        value, low, high = m.middle(name)
        is_share = name.startswith("share")
        found.append(
            Estimate(
                name=name, label=label, value=_known(value), low=_known(low), high=_known(high), confidence=0.95,
                n=recipe.worlds, baseline=recipe.share_black if is_share else None, baseline_label=POPULATION if is_share else None,
            )
        )  # fmt: skip
    return found


def _known(value: float) -> float | None:
    return None if value != value else value


def _told(m: Measured, name: str, digits: int, as_share: bool) -> list[Cell]:
    """Median and middle 95 % of a number, as written in each language."""
    value, low, high = m.middle(name)
    scale = 100 if as_share else 1
    written = {lang: percent(value, lang, digits) if as_share else number(value, lang, digits) for lang in ("en", "fr")}
    bounds = {lang: interval(scale * low, scale * high, lang, digits) for lang in ("en", "fr")}
    return [Text(**written), Text(**bounds)]


def study_table(m: Measured) -> Table:
    """Each number here beside the published one."""
    rows: list[list[Cell]] = []
    for name, label in LABELS.items():
        is_share = name.startswith("share")
        rows.append([label, *_told(m, name, 1, is_share), _published(PUBLISHED.get(name), is_share)])
    concentrations = {
        "costs_cost": Text(
            en="share of all costs among those enrolled by cost", fr="part des coûts chez les inscrits selon le coût"
        ),
        "illnesses_cost": Text(
            en="share of all illnesses among them", fr="part de toutes les maladies chez eux"
        ),
        "costs_illness": Text(
            en="share of all costs among those enrolled by illness",
            fr="part des coûts chez les inscrits selon la maladie",
        ),
    }  # fmt: skip
    rows += [
        [label, *_told(m, name, 1, True), _published(CONCENTRATION[name], True)]
        for name, label in concentrations.items()
    ]
    tops = {
        "paid_white": Text(
            en="cost of White patients in the top 5% of predicted cost, $",
            fr="coût des patients blancs dans les 5 % de coût prédit le plus haut, $",
        ),
        "paid_black": Text(en="the same, Black patients, $", fr="de même, patients noirs, $"),
    }
    rows += [
        [
            label,
            *_told(m, name, 0, False),
            Text(en=number(TOP_COSTS[name], "en", 0), fr=number(TOP_COSTS[name], "fr", 0)),
        ]
        for name, label in tops.items()
    ]
    columns = [
        Text(en="What", fr="Quoi"),
        Text(en="Simulation (median)", fr="Simulation (médiane)"),
        Text(en="Middle 95%", fr="95 % centraux"),
        Text(en="Published", fr="Publié"),
    ]
    title = Text(en="The simulation beside the study of 2019", fr="La simulation à côté de l’étude de 2019")
    return Table(name="study", title=title, columns=columns, rows=rows)


def _published(value: float | None, is_share: bool) -> Cell:
    if value is None:
        return same("–")
    say = percent if is_share else number
    return Text(en=say(value, "en", 1), fr=say(value, "fr", 1))


def places_table(m: Measured, recipe: Recipe) -> Table:
    """For each rule: places to Black and White patients among those judged, and mean illness of those enrolled."""
    rows: list[list[Cell]] = []
    taken = m.middle("taken")[0]
    for name, label in ROWS.items():
        black = m.middle(name)[0] * taken
        sick = m.values.get(name.replace("share", "sick"))
        ill = same("–")
        if sick is not None:
            middle = m.middle(name.replace("share", "sick"))[0]
            ill = Text(en=number(middle, "en", 1), fr=number(middle, "fr", 1))
        rows.append([label, round(black), round(taken) - round(black), ill])
    columns = [
        Text(en="Rule", fr="Règle"),
        Text(en="Places to Black patients", fr="Places à des patients noirs"),
        Text(en="Places to White patients", fr="Places à des patients blancs"),
        Text(en="Mean illnesses of those enrolled", fr="Maladies des inscrits, en moyenne"),
    ]
    judged = recipe.white + recipe.black - 2 * (recipe.white + recipe.black) // 3
    title = Text(
        en=f"Who gets the places, among the {number(judged, 'en', 0)} patients judged in one hospital (median)",
        fr=f"Qui reçoit les places, parmi les {number(judged, 'fr', 0)} patients jugés d’un hôpital (médiane)",
    )
    return Table(name="places", title=title, columns=columns, rows=rows)


def recipe_table(recipe: Recipe) -> Table:
    """Every parameter, its value, where it comes from; change them with ``recipe``."""
    usual = Recipe()
    rows: list[list[Cell]] = []
    for field in fields(Recipe):
        value = getattr(recipe, field.name)
        meaning, published = MEANINGS[field.name]
        changed = value != getattr(usual, field.name)
        digits = 0 if (float(value).is_integer() and abs(value) >= 20) or isinstance(value, int) else 2
        shown = Text(en=number(value, "en", digits), fr=number(value, "fr", digits))
        rows.append([field.name, meaning, shown, SOURCES[None if changed else published]])
    columns = [
        Text(en="Parameter", fr="Paramètre"),
        Text(en="Meaning", fr="Sens"),
        Text(en="Value", fr="Valeur"),
        Text(en="Source", fr="Source"),
    ]
    title = Text(
        en="The recipe (change it: recipe = \"less=0, percentile=95\")",
        fr="La recette (à modifier ainsi : recipe = « less=0, percentile=95 »)",
    )  # fmt: skip
    return Table(name="recipe", title=title, columns=columns, rows=rows)
