"""What a visualised unit says, in English and in French: summary, how to read it, limits."""

from __future__ import annotations

import math

from tools.finding import Lang, Text
from tools.numbers import interval, number, percent
from tools.vision.features.measure import NOISE, Measured
from tools.vision.features.paint import JITTER, TURN
from tools.vision.features.units import Unit

DRAWINGS = {  # drawings of things that ImageNet has classes for, beside the built-in photographs
    "drawn blossom": "1F33C", "drawn ladybird": "1F41E", "drawn dog": "1F436", "drawn car": "1F697", "drawn cup": "2615",
    "drawn apple": "1F34E", "drawn lion": "1F981", "drawn volcano": "1F30B", "drawn bee": "1F41D", "drawn strawberry": "1F353",
}  # fmt: skip
NAMES = {
    key: Text(en=key, fr=fr)
    for key, fr in {
        "cat": "chat", "coffee": "café", "rocket": "fusée", "astronaut": "astronaute", "hopper": "hopper", "china": "pavillon",
        "flower": "fleur", "drawn blossom": "fleur dessinée", "drawn ladybird": "coccinelle dessinée", "drawn dog": "chien dessiné",
        "drawn car": "voiture dessinée", "drawn cup": "tasse dessinée", "drawn apple": "pomme dessinée", "drawn lion": "lion dessiné",
        "drawn volcano": "volcan dessiné", "drawn bee": "abeille dessinée", "drawn strawberry": "fraise dessinée",
    }.items()
}  # fmt: skip
_KINDS = {"channel": Text(en="channel", fr="canal"), "neuron": Text(en="neuron", fr="neurone")}


def name(unit: Unit, lang: Lang) -> str:
    """The unit in a sentence: the class “daisy”, channel 12 of a layer."""
    if unit.kind == "class":
        if lang == "en":
            return f"the class “{unit.label}”"
        return f"la classe « {unit.label_fr or unit.label} »"
    kind = _KINDS[unit.kind].get(lang)
    return (
        f"{kind} {unit.index} of layer {unit.layer}"
        if lang == "en"
        else f"le {kind} {unit.index} de la couche {unit.layer}"
    )


def title(m: Measured, lang: Lang) -> str:
    """The finding as a sentence."""
    mean, best = number(float(m.values.mean()), lang, 1), number(m.patches[0].value, lang, 1)
    who = name(m.unit, lang)
    if lang == "en":
        return f"Painted for {who}: {mean}, against {best} for the best patch of a picture"
    return f"Peint pour {who} : {mean}, contre {best} pour le meilleur morceau d’image"


def picture(key: str, lang: Lang) -> str:
    """The name of a built-in picture or drawing."""
    return NAMES[key].get(lang) if key in NAMES else key


def summary(m: Measured, model: str, lang: Lang, builtin: bool) -> str:
    """Three or four sentences for anyone."""
    low, high = number(float(m.values.min()), lang, 1), number(float(m.values.max()), lang, 1)
    best, noise = number(m.patches[0].value, lang, 1), number(float(m.noise.mean()), lang, 1)
    count, patches = number(len(m.values), lang, 0), number(len(m.real), lang, 0)
    alike, usual = (
        number(float(m.alike.mean()) if len(m.alike) else None, lang),
        number(float(m.alike_real.mean()), lang),
    )
    who = name(m.unit, lang)
    if lang == "en":
        first = (
            f"{count} pictures were painted, from random grey, so that {who} of {model} answers as strongly as it can. "
        )
        sure = (
            f" The network gives each at least {percent(_floor(m), 'en', 1)} for that class." if len(m.shares) else ""
        )
        pair = (
            f" For the network the painted pictures resemble each other ({alike} on a scale where 1 is the same; two built-in photographs: {usual})."
            if len(m.alike) else ""
        )  # fmt: skip
        own = " This is the built-in example." if builtin else ""
        return (
            f"{first}They reach {low} to {high}; the best of {patches} patches of photographs and drawings (of “{picture(m.patches[0].picture, 'en')}”) "
            f"reaches {best}, and random pictures {noise} on average.{sure}{pair}{own}"
        )
    first = f"{count} images ont été peintes, à partir d’un gris au hasard, pour que {who} du modèle {model} réponde aussi fort que possible. "
    sure = (
        f" Le réseau donne à chacune au moins {percent(_floor(m), 'fr', 1)} pour cette classe." if len(m.shares) else ""
    )
    pair = (
        f" Pour le réseau, les images peintes se ressemblent ({alike} sur une échelle où 1 est l’identité ; deux photographies fournies : {usual})."
        if len(m.alike) else ""
    )  # fmt: skip
    own = " C’est l’exemple fourni." if builtin else ""
    return (
        f"{first}Elles atteignent de {low} à {high} ; le meilleur de {patches} morceaux de photographies et de dessins (de « {picture(m.patches[0].picture, 'fr')} ») "
        f"atteint {best}, et des images au hasard {noise} en moyenne.{sure}{pair}{own}"
    )


def _floor(m: Measured) -> float:
    """The lowest probability, never rounded up to 100 %."""
    lowest = float(m.shares.min())
    return math.floor(1000 * lowest) / 1000


def measured_on(unit: Unit, lang: Lang) -> str:
    """What the activation of this kind of unit is."""
    said = {
        "class": Text(en="the logit of the class, before the softmax", fr="le logit de la classe, avant le softmax"),
        "channel": Text(en="the mean of the channel over all places", fr="la moyenne du canal sur toutes les places"),
        "neuron": Text(en="the channel at the middle place", fr="le canal à la place du milieu"),
    }
    return said[unit.kind].get(lang)


def how_to_read(m: Measured, steps: int, lang: Lang) -> str:
    """What the numbers mean, the formula and its source."""
    spread = interval(float(m.noise.min()), float(m.noise.max()), lang, 1)
    if lang == "en":
        return (
            f"The activation is {measured_on(m.unit, 'en')}. Each picture is x* = argmax over z of E[a(T(x(z)))] − λ·roughness(x(z)): z are the picture’s "
            "frequencies in decorrelated colours, T random shifts, turns and zooms (Olah, Mordvintsev and Schubert 2017, Feature "
            f"Visualization, Distill, doi 10.23915/distill.00007); {steps} steps of Adam, shifts up to {JITTER} pixels, turns up to {number(TURN, 'en', 0)} degrees. "
            f"The patches are the middle square of each built-in photograph and drawing and squares of half its side. The {NOISE} random pictures have the "
            f"frequencies of photographs; they reach {spread}. Likeness is the cosine of the features before the last layer. "
            "A high value says that the unit answers to this; it does not say that it answers to nothing else."
        )
    return (
        f"L’activation est {measured_on(m.unit, 'fr')}. Chaque image est x* = argmax sur z de E[a(T(x(z)))] − λ·rugosité(x(z)) : z sont les fréquences "
        "de l’image en couleurs décorrélées, T des décalages, rotations et zooms au hasard (Olah, Mordvintsev et Schubert 2017, Feature "
        f"Visualization, Distill, doi 10.23915/distill.00007) ; {steps} pas d’Adam, décalages jusqu’à {JITTER} pixels, rotations jusqu’à {number(TURN, 'fr', 0)} degrés. "
        f"Les morceaux sont le carré du milieu de chaque photographie et dessin fournis et des carrés de moitié de son côté. Les {NOISE} images au hasard ont "
        f"les fréquences de photographies ; elles atteignent {spread}. La ressemblance est le cosinus des traits avant la dernière couche. "
        "Une valeur haute dit que l’unité répond à cela ; elle ne dit pas qu’elle ne répond à rien d’autre."
    )


LIMITS = Text(
    en="There is no ground truth: nobody knows what this unit ought to look like, and the pictures owe part of their look to the "
    "regularisation (smooth, shifted, turned, natural colours). Another seed, another price for roughness, gives another picture: that is "
    "why several stand side by side. A picture no one ever took can beat every photograph; that a high value is reached does not make it "
    "typical of what the network meets. The patches come from a few built-in photographs and drawings, not from the network’s training set: a class "
    "that none of them shows has no good patch here. What a person recognises in the picture is the person’s reading, not a measurement.",
    fr="Il n’y a pas de vérité de référence : personne ne sait à quoi cette unité devrait ressembler, et les images doivent une part de leur "
    "aspect à la régularisation (lisses, décalées, tournées, couleurs naturelles). Une autre graine, un autre prix de la rugosité donnent "
    "une autre image : c’est pourquoi plusieurs sont mises côte à côte. Une image que personne n’a jamais prise peut battre toutes les "
    "photographies ; qu’une valeur haute soit atteinte ne la rend pas typique de ce que le réseau rencontre. Les morceaux viennent "
    "de quelques photographies et dessins fournis, non des données d’apprentissage du réseau : une classe qu’aucune ne montre n’a pas ici de bon morceau. "
    "Ce qu’une personne reconnaît dans l’image est sa lecture, non une mesure.",
)  # fmt: skip
