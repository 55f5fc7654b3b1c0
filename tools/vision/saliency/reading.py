"""How to read an ``image_saliency`` result, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang
from tools.numbers import number, percent
from tools.vision.saliency import text
from tools.vision.saliency.checks import BARELY_CHANGES, BLOCK, MOVED, ORDERS, RESAMPLES, TRACE

if TYPE_CHECKING:
    from tools.vision.saliency.maps import Map
    from tools.vision.saliency.measure import Measured

BLANKS = {
    "blur": {"en": "the same place out of focus", "fr": "le même endroit tout flou"},
    "grey": {"en": "middle grey", "fr": "un gris moyen"},
    "black": {"en": "black", "fr": "du noir"},
}
FORMULAS = {
    "en": {
        "gradcam": "Grad-CAM: value(place) = max(0, Σ_k mean gradient of feature k · feature k at that place), in the last "
        "convolution, stretched over the picture (Selvaraju et al. 2017).",
        "integrated_gradients": "Integrated gradients: value(point) = (picture − blank) · mean gradient on the straight line from "
        "the blank to the picture (Sundararajan et al. 2017).",
        "smoothgrad": "SmoothGrad: value(point) = (picture − blank) · mean gradient over copies of the picture with noise "
        "(Smilkov et al. 2017).",
        "occlusion": "Occlusion: value(point) = mean of score(picture) − score(picture without a patch), over the patches that "
        "cover it (Zeiler and Fergus 2014).",
        "lime": "LIME: value(part) = slope of a ridge regression of the score on which parts are there, weighted by closeness to "
        "the picture (Ribeiro et al. 2016); parts are superpixels (SLIC, Achanta et al. 2012).",
        "shap": "SHAP: value(part) = mean of what the score gains when the part arrives, over orders of arrival, estimated by "
        "KernelSHAP (Lundberg and Lee 2017); parts are superpixels (SLIC, Achanta et al. 2012).",
    },
    "fr": {
        "gradcam": "Grad-CAM : valeur(endroit) = max(0, Σ_k gradient moyen du trait k · trait k à cet endroit), dans la dernière "
        "convolution, étirée sur l’image (Selvaraju et al. 2017).",
        "integrated_gradients": "Gradients intégrés : valeur(point) = (image − vide) · gradient moyen sur la ligne droite qui va du "
        "vide à l’image (Sundararajan et al. 2017).",
        "smoothgrad": "SmoothGrad : valeur(point) = (image − vide) · gradient moyen sur des copies bruitées de l’image "
        "(Smilkov et al. 2017).",
        "occlusion": "Occlusion : valeur(point) = moyenne de score(image) − score(image sans un carré), sur les carrés qui le "
        "couvrent (Zeiler et Fergus 2014).",
        "lime": "LIME : valeur(partie) = pente d’une régression ridge du score sur les parties présentes, pondérée par la proximité "
        "à l’image (Ribeiro et al. 2016) ; les parties sont des superpixels (SLIC, Achanta et al. 2012).",
        "shap": "SHAP : valeur(partie) = moyenne de ce que le score gagne à l’arrivée de la partie, sur les ordres d’arrivée, estimée "
        "par KernelSHAP (Lundberg et Lee 2017) ; les parties sont des superpixels (SLIC, Achanta et al. 2012).",
    },
}  # fmt: skip


def how_to_read(m: Measured, lang: Lang) -> str:
    """The score, the place of the mass, the formulas and their own checks, the curves, random weights, agreement."""
    parts = [_score(m, lang), text.where(m, lang)]
    for one in m.maps:
        parts += [FORMULAS[lang][one.method], *own_check(one, lang)]
    return " ".join([*parts, _curves(m, lang), _random(lang), *_agreement(m, lang)])


def _score(m: Measured, lang: Lang) -> str:
    name, blank = text.called(m.target, lang), BLANKS[m.blank][lang]
    if lang == "en":
        return (
            f"The score that is explained is the logit of {name} (before probabilities); what is taken away is replaced by "
            f"{blank}. Bright places speak for the class; the picture is compared in 14 × 14 cells."
        )
    return (
        f"Le score expliqué est le logit de {name} (avant les probabilités) ; ce qu’on retire est remplacé par {blank}. Les "
        "endroits clairs parlent pour la classe ; l’image est comparée par cases, 14 × 14."
    )


def own_check(one: Map, lang: Lang) -> list[str]:
    """Completeness, additivity or fit: what the method promises, and what it kept."""
    fit = number(one.fit, lang)
    if one.gap is not None:
        total, expected, gap = number(one.total, lang), number(one.expected, lang), percent(one.gap, lang, 2)
        linear = {"en": f"; R² of its linear model: {fit}", "fr": f" ; R² de son modèle linéaire : {fit}"}
        tail = linear[lang] if one.fit is not None else ""
        if lang == "en":
            return [
                f"Its values must add up to score(picture) − score(blank) = {expected}; they add up to {total} (gap {gap}){tail}."
            ]
        return [
            f"Ses valeurs doivent avoir pour somme score(image) − score(vide) = {expected} ; leur somme est {total} (écart {gap}){tail}."
        ]
    if one.fit is None:
        return []
    if lang == "en":
        return [f"R² of its linear model on {one.effort} pictures: {fit}."]
    return [f"R² de son modèle linéaire sur {one.effort} images : {fit}."]


def _curves(m: Measured, lang: Lang) -> str:
    n, k = number(ORDERS, lang, 0), number(MOVED, lang, 0)
    if lang == "en":
        return (
            "Area of a curve = mean probability while places leave (deletion: small is good) or come back (insertion: large is "
            f"good), best first (Petsiuk et al. 2018). Two baselines: {n} random orders, and the map itself moved elsewhere {k} "
            "times; scattered holes hurt a network more than one large hole, so the second is the fairer one for a smooth map."
        )
    return (
        "Aire d’une courbe = probabilité moyenne pendant que les endroits partent (retrait : petite = bien) ou reviennent (ajout : "
        f"grande = bien), les meilleurs d’abord (Petsiuk et al. 2018). Deux repères : {n} ordres au hasard, et la carte elle-même "
        f"posée ailleurs {k} fois ; des trous épars gênent plus un réseau qu’un seul grand trou, le second repère est donc le plus "
        "juste pour une carte lisse."
    )


def _random(lang: Lang) -> str:
    fails, trace = number(BARELY_CHANGES, lang, 1), number(TRACE, lang, 1)
    if lang == "en":
        return (
            "Random weights: layers are drawn anew from the last to the first, with the mean and the spread of the weights they "
            "replace (Adebayo et al. 2018); the interval is a t interval over the copies. Limits set in advance, our choice: from "
            f"{fails} on, the method fails; from {trace} on, it keeps a trace; an empty map counts as 0."
        )
    return (
        "Poids aléatoires : les couches sont tirées à neuf de la dernière à la première, avec la moyenne et l’écart type des poids "
        "qu’elles remplacent (Adebayo et al. 2018) ; l’intervalle est un intervalle t sur les copies. Limites fixées d’avance, notre "
        f"choix : à partir de {fails}, la méthode échoue ; à partir de {trace}, elle garde une trace ; une carte vide compte pour 0."
    )


def _agreement(m: Measured, lang: Lang) -> list[str]:
    if m.agreement is None:
        return []
    n = number(RESAMPLES, lang, 0)
    if lang == "en":
        return [
            f"Agreement is Spearman’s rank correlation over the cells; its interval redraws blocks of {BLOCK} × {BLOCK} cells, {n} times."
        ]
    return [
        f"L’accord est la corrélation de rang de Spearman sur les cases ; son intervalle retire des blocs de {BLOCK} × {BLOCK} cases, {n} fois."
    ]


def limits(m: Measured, lang: Lang) -> str:
    """What a saliency map cannot tell."""
    if lang == "en":
        found = [
            "A map says where a change would move this score of this network on this one picture; it does not say what the network "
            "recognises there, nor why, nor whether another picture would be read the same way.",
            "The classes are those it was trained on: if what you see is not among them (ImageNet has no class “person”), the map "
            "explains a wrong answer.",
            "Values depend on what stands for nothing: run it again with another --blank. A blurred picture keeps its colours, so a "
            "network that looks at colour may be missed with blur.",
            "The random-weights check is made on one picture, and passing it does not make a map true; failing it makes it useless.",
        ]
        if m.cropped > 0.02:
            found.insert(
                0, f"The network sees only the central square: {percent(m.cropped, lang)} of the picture is cut off."
            )
        if m.all_random.sizes >= BARELY_CHANGES > m.all_random.mean:
            found.append(
                "Without their signs, the values on random weights still look like the real ones: do not read a map of sizes."
            )
    else:
        found = [
            "Une carte dit où un changement déplacerait ce score de ce réseau sur cette seule image ; elle ne dit ni ce que le réseau "
            "y reconnaît, ni pourquoi, ni si une autre image serait lue de même.",
            "Les classes sont celles de son apprentissage : si ce que vous voyez n’en fait pas partie (ImageNet n’a pas de classe "
            "« personne »), la carte explique une réponse fausse.",
            "Les valeurs dépendent de ce qui tient lieu de rien : recommencez avec un autre --blank. Une image floue garde ses "
            "couleurs : un réseau qui regarde la couleur peut échapper au flou.",
            "Le contrôle des poids aléatoires porte sur une image, et le réussir ne rend pas une carte vraie ; y échouer la rend "
            "inutilisable.",
        ]
        if m.cropped > 0.02:
            found.insert(
                0, f"Le réseau ne voit que le carré central : {percent(m.cropped, lang)} de l’image est coupé."
            )
        if m.all_random.sizes >= BARELY_CHANGES > m.all_random.mean:
            found.append(
                "Sans leurs signes, les valeurs sous poids aléatoires ressemblent aux vraies : ne lisez pas une carte de tailles."
            )
    return " ".join(found)
