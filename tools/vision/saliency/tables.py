"""The estimates, tables and references of an ``image_saliency`` finding."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tools.finding import Cell, Estimate, Table, Text
from tools.vision.saliency import text
from tools.vision.saliency.checks import CONFIDENCE, area
from tools.vision.saliency.places import EVEN, PARTS, centroid, concentration, ninths
from tools.vision.saliency.score import CELLS

if TYPE_CHECKING:
    from tools.vision.saliency.measure import Measured

ALWAYS = ["petsiuk2018", "adebayo2018"]
REFERENCES = {
    "gradcam": ["selvaraju2017"],
    "integrated_gradients": ["sundararajan2017"],
    "smoothgrad": ["smilkov2017"],
    "occlusion": ["zeiler2014"],
    "lime": ["ribeiro2016", "achanta2012"],
    "shap": ["lundberg2017", "covert2021", "achanta2012"],
}


def references(m: Measured) -> list[str]:
    """Keys of the works behind the methods that were used, and behind the checks."""
    return list(dict.fromkeys([*(key for one in m.maps for key in REFERENCES[one.method]), *ALWAYS]))


def known(value: float | None) -> float | None:
    """The value, or ``None`` where it is not defined."""
    return None if value is None or math.isnan(value) else value


def estimates(m: Measured) -> list[Estimate]:
    """The probability, the fullest ninth, the two curves, random weights, agreement, completeness."""
    part, share = text.top_part(m)
    r, n = m.all_random, CELLS * CELLS
    found = [
        Estimate(name="probability", label=Text(en=f"Probability of “{m.target.label}”", fr=f"Probabilité de « {m.target.french or m.target.label} »"),
                 value=100 * m.target.chance, unit="%", n=1, baseline=100 * m.blank_chance,
                 baseline_label=Text(en="with the picture blanked out", fr="l’image effacée")),
        Estimate(name="top_part", label=Text(en=f"Share of the map in {part.en}", fr=f"Part de la carte {part.fr}"), value=100 * share,
                 unit="%", n=n, baseline=100 * EVEN, baseline_label=Text(en="an even share", fr="une part égale")),
        *gains(m),
        Estimate(name="random_weights", label=Text(en="Rank correlation with the map of networks with random weights",
                                                   fr="Corrélation de rang avec la carte de réseaux aux poids aléatoires"),
                 value=r.mean, low=r.low, high=r.high, confidence=CONFIDENCE, n=r.draws, baseline=0,
                 baseline_label=Text(en="no resemblance", fr="aucune ressemblance")),
    ]  # fmt: skip
    if m.agreement is not None:
        one, two = (text.METHOD_NAMES[each.method] for each in m.maps)
        low, high = known(m.agreement.low), known(m.agreement.high)
        found.append(
            Estimate(name="agreement", label=Text(en=f"Rank correlation of {one.en} and {two.en}", fr=f"Corrélation de rang : {one.fr} et {two.fr}"),
                     value=known(m.agreement.rho), low=low, high=high, confidence=None if low is None else CONFIDENCE, n=n,
                     baseline=0, baseline_label=Text(en="no link", fr="aucun lien")))  # fmt: skip
    return found + kept_promises(m)


def gains(m: Measured) -> list[Estimate]:
    """How far the areas of the first map lie from those of random orders, in points of probability; positive is better."""
    c = m.curves[0]
    chance = area(c.random)
    labels = (
        Text(en="Deletion: mean probability below random orders", fr="Retrait : probabilité moyenne sous celle d’ordres au hasard"),
        Text(en="Insertion: mean probability above random orders", fr="Ajout : probabilité moyenne au-dessus de celle d’ordres au hasard"),
    )  # fmt: skip
    found = []
    for name, label, gain, p in (
        ("deletion_gain", labels[0], chance - area(c.deletion), text.off_p(c)),
        ("insertion_gain", labels[1], area(c.insertion) - chance, text.on_p(c)),
    ):
        low, high = np.quantile(100 * gain, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
        found.append(
            Estimate(name=name, label=label, value=100 * float(gain.mean()), unit="%", low=float(low), high=float(high),
                     confidence=CONFIDENCE, p=p, test=text.chance_test(m), n=len(chance), baseline=0,
                     baseline_label=Text(en="as a random order", fr="comme un ordre au hasard")))  # fmt: skip
    return found


def kept_promises(m: Measured) -> list[Estimate]:
    """Completeness, additivity and fit of the methods that can be checked so."""
    found = []
    for one in m.maps:
        name = text.METHOD_NAMES[one.method]
        if one.gap is not None:
            label = Text(en=f"Completeness gap, {name.en}", fr=f"Écart de complétude, {name.fr}")
            found.append(Estimate(name=f"{one.method}_gap", label=label, value=100 * one.gap, unit="%", n=one.effort, baseline=0,
                                  baseline_label=Text(en="values add up exactly", fr="somme exacte")))  # fmt: skip
        if one.fit is not None:
            label = Text(en=f"R² of the linear model, {name.en}", fr=f"R² du modèle linéaire, {name.fr}")
            found.append(Estimate(name=f"{one.method}_fit", label=label, value=known(one.fit), n=one.effort, baseline=0,
                                  baseline_label=Text(en="explains nothing", fr="n’explique rien")))  # fmt: skip
    return found


def tables(m: Measured) -> list[Table]:
    """The likeliest classes, where the maps lie, their curves, random weights."""
    return [classes_table(m), places_table(m), curves_table(m), random_table(m)]


def classes_table(m: Measured) -> Table:
    """The five likeliest classes, and the one that is explained."""
    listed = m.top if m.target.index in [one.index for one in m.top] else [*m.top, m.target]
    rows: list[list[Cell]] = [
        [one.index, Text(en=one.label, fr=one.french or one.label), 100 * one.chance, one.index == m.target.index] for one in listed
    ]  # fmt: skip
    columns = [Text(en="Number", fr="Numéro"), Text(en="Class", fr="Classe"), Text(en="Probability (%)", fr="Probabilité (%)"),
               Text(en="Explained", fr="Expliquée")]  # fmt: skip
    return Table(
        name="classes",
        title=Text(en="The five likeliest classes", fr="Les cinq classes les plus probables"),
        columns=columns,
        rows=rows,
    )


def places_table(m: Measured) -> Table:
    """Shares of the nine parts of the picture, then the centre of gravity and the area that holds half of the map."""
    shares = [ninths(one.mass).ravel() for one in m.maps]
    rows: list[list[Cell]] = [
        [Text(en=part.en.removeprefix("the "), fr=part.fr), *(100 * float(one[i]) for one in shares)] for i, part in enumerate(PARTS)
    ]  # fmt: skip
    centres = [centroid(one.mass) for one in m.maps]
    rows += [
        [Text(en="centre of gravity, from the left (% of the width)", fr="centre de gravité, depuis la gauche (% de la largeur)"), *(100 * x for x, _ in centres)],
        [Text(en="centre of gravity, from the top (% of the height)", fr="centre de gravité, depuis le haut (% de la hauteur)"), *(100 * y for _, y in centres)],
        [Text(en="area that holds half of the map", fr="surface qui porte la moitié de la carte"), *(100 * concentration(one.mass) for one in m.maps)],
    ]  # fmt: skip
    columns = [Text(en="Part of the picture", fr="Partie de l’image"),
               *(Text(en=f"{name.en} (%)", fr=f"{name.fr} (%)") for name in (text.METHOD_NAMES[one.method] for one in m.maps))]  # fmt: skip
    title = Text(en="Where what speaks for the class lies", fr="Où se trouve ce qui parle pour la classe")
    return Table(name="places", title=title, columns=columns, rows=rows)


def curves_table(m: Measured) -> Table:
    """Areas of the curves and p against the two baselines."""
    rows: list[list[Cell]] = []
    for one, c in zip(m.maps, m.curves, strict=True):
        rows.append([text.METHOD_NAMES[one.method], 100 * float(area(c.deletion)), text.off_p(c), text.off_p(c, moved=True),
                     100 * float(area(c.insertion)), text.on_p(c), text.on_p(c, moved=True)])  # fmt: skip
    c = m.curves[0]
    chance, off, on = (100 * float(area(curve).mean()) for curve in (c.random, c.moved_off, c.moved_on))
    rows += [
        [Text(en="random orders (mean)", fr="ordres au hasard (moyenne)"), chance, None, None, chance, None, None],
        [Text(en="first map moved elsewhere (mean)", fr="première carte posée ailleurs (moyenne)"), off, None, None, on, None, None],
    ]  # fmt: skip
    against = (
        Text(en="p against random orders", fr="p contre des ordres au hasard"),
        Text(en="p against the map moved", fr="p contre la carte déplacée"),
    )
    columns = [Text(en="Map", fr="Carte"), Text(en="Deletion area (%, small is good)", fr="Aire de retrait (%, petite = bien)"), *against,
               Text(en="Insertion area (%, large is good)", fr="Aire d’ajout (%, grande = bien)"), *against]  # fmt: skip
    title = Text(
        en="Mean probability while the best places leave, or come back",
        fr="Probabilité moyenne quand les meilleurs endroits partent ou reviennent",
    )
    return Table(name="curves", title=title, columns=columns, rows=rows)


def random_table(m: Measured) -> Table:
    """One row a depth of random weights."""
    rows: list[list[Cell]] = [[r.layers, r.of, r.mean, r.low, r.high, r.sizes, r.blank, r.draws] for r in m.randomised]
    columns = [
        Text(en="Last layers with random weights", fr="Dernières couches aux poids aléatoires"),
        Text(en="of", fr="sur"),
        Text(en="Rank correlation with the real map", fr="Corrélation de rang avec la vraie carte"),
        Text(en="Low (95%)", fr="Bas (95 %)"),
        Text(en="High", fr="Haut"),
        Text(en="The same without signs", fr="La même sans les signes"),
        Text(en="Empty maps", fr="Cartes vides"),
        Text(en="Copies", fr="Copies"),
    ]
    title = Text(en="The map on copies with random weights", fr="La carte sur des copies aux poids aléatoires")
    return Table(name="random_weights", title=title, columns=columns, rows=rows)
