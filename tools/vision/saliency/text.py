"""What an ``image_saliency`` result says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.finding import Lang, Text, french
from tools.numbers import interval, number, percent
from tools.vision.saliency.checks import area, p_against, verdict
from tools.vision.saliency.places import PARTS, centroid, concentration

if TYPE_CHECKING:
    from tools.vision.saliency.checks import Curves
    from tools.vision.saliency.measure import Class, Measured

SIGNIFICANT = 0.05
METHOD_NAMES: dict[str, Text] = {
    "gradcam": Text(en="Grad-CAM", fr="Grad-CAM"),
    "integrated_gradients": Text(en="integrated gradients", fr="gradients intégrés"),
    "smoothgrad": Text(en="SmoothGrad", fr="SmoothGrad"),
    "occlusion": Text(en="occlusion", fr="occlusion"),
    "lime": Text(en="LIME", fr="LIME"),
    "shap": Text(en="SHAP", fr="SHAP"),
}
STAGES: dict[str, Text] = {
    "classes": Text(en="What the network sees", fr="Ce que voit le réseau"),
    **{name: Text(en=f"Map: {label.en}", fr=f"Carte : {label.fr}") for name, label in METHOD_NAMES.items()},
    "copies": Text(en="Copies with random weights", fr="Copies aux poids aléatoires"),
    "curves": Text(en="Deletion and insertion curves", fr="Courbes de retrait et d’ajout"),
}


def quoted(word: str, lang: Lang) -> str:
    """“word”, or « word » with its narrow no-break spaces."""
    return f"“{word}”" if lang == "en" else f"«\u202f{word}\u202f»"


def called(one: Class, lang: Lang) -> str:
    """A class between quotation marks: its French name where there is one, else its English one."""
    return quoted(one.french if lang == "fr" and one.french else one.label, lang)


def method(m: Measured, lang: Lang, which: int = 0) -> str:
    """The name of the first or of the second method."""
    return METHOD_NAMES[m.maps[which].method].get(lang)


def capital(text: str) -> str:
    """The text with a capital letter, its other letters untouched."""
    return text[:1].upper() + text[1:]


def top_part(m: Measured) -> tuple[Text, float]:
    """The ninth of the picture with the most mass, and its share."""
    best = int(m.shares.argmax())
    return PARTS[best], float(m.shares.ravel()[best])


def where(m: Measured, lang: Lang) -> str:
    """Where the mass lies: the fullest ninth, the centre of gravity, how gathered it is."""
    part, share = top_part(m)
    x, y = centroid(m.map.mass)
    half = percent(concentration(m.map.mass), lang)
    even = percent(1 / 9, lang)
    if lang == "en":
        return (
            f"{percent(share, lang)} of what speaks for it lies in {part.en} of the picture ({even} would be an even "
            f"share), and half of it in {half} of the area; its centre of gravity is {percent(x, lang)} of the width from the "
            f"left and {percent(y, lang)} of the height from the top."
        )
    return (
        f"{percent(share, lang)} de ce qui parle pour elle se trouve {part.fr} de l’image ({even} serait une part égale), "
        f"et la moitié dans {half} de la surface ; son centre de gravité est à {percent(x, lang)} de la largeur depuis la "
        f"gauche et à {percent(y, lang)} de la hauteur depuis le haut."
    )


def summary(m: Measured, image: str, lang: Lang) -> str:
    """What the network sees and where the map lies, whether the curves, random weights and a second method bear it out."""
    seen = f"{_sees(m, image, lang)}{';' if lang == 'en' else ' ;'} {_lies(m, lang)}"
    return " ".join([seen, _curves(m, lang), sanity(m, lang), *_agree(m, lang)])


def _sees(m: Measured, image: str, lang: Lang) -> str:
    name, first = called(m.target, lang), m.top[0]
    chance = percent(m.target.chance, lang, 0 if m.target.chance > 0.1 else 1)
    if m.target.index == first.index:
        if lang == "en":
            return f"In {image}, the network’s first choice is {name} ({chance})"
        return f"Dans {image}, le premier choix du réseau est {name} ({chance})"
    if lang == "en":
        return f"In {image}, the network gives {name} {chance}, and its first choice is {called(first, lang)}"
    return f"Dans {image}, le réseau donne {chance} à {name}, et son premier choix est {called(first, lang)}"


def _lies(m: Measured, lang: Lang) -> str:
    if m.map.empty:
        if lang == "en":
            return f"according to {method(m, lang)}, no place in it speaks for this class: the map is empty."
        return f"selon {named(m, lang)}, aucun endroit ne parle pour cette classe : la carte est vide."
    part, share = top_part(m)
    if lang == "en":
        return (
            f"according to {method(m, lang)}, what counts most lies in {part.en}, with {percent(share, lang)} of the map (an "
            f"even share would be {percent(1 / 9, lang)})."
        )
    return (
        f"selon {named(m, lang)}, ce qui compte le plus se trouve {part.fr}, avec {percent(share, lang)} de la carte (une part "
        f"égale serait de {percent(1 / 9, lang)})."
    )


def named(m: Measured, lang: Lang, which: int = 0) -> str:
    """A method with its French article where it takes one."""
    articles = {"integrated_gradients": "les gradients intégrés", "occlusion": "l’occlusion"}
    return articles.get(m.maps[which].method, method(m, lang, which)) if lang == "fr" else method(m, lang, which)


def of(m: Measured, lang: Lang, which: int = 0) -> str:
    """« de Grad-CAM », « des gradients intégrés », « de l’occlusion »; "of …" in English."""
    if lang == "en":
        return f"of {method(m, lang, which)}"
    forms = {"integrated_gradients": "des gradients intégrés", "occlusion": "de l’occlusion"}
    return forms.get(m.maps[which].method, f"de {method(m, lang, which)}")


def off_p(curves: Curves, moved: bool = False) -> float:
    """p of the deletion area: against random orders, or against the map moved elsewhere."""
    return p_against(float(area(curves.deletion)), area(curves.moved_off if moved else curves.random))


def on_p(curves: Curves, moved: bool = False) -> float:
    """p of the insertion area."""
    return p_against(-float(area(curves.insertion)), -area(curves.moved_on if moved else curves.random))


def _curves(m: Measured, lang: Lang) -> str:
    c = m.curves[0]
    off, on = (percent(float(area(curve)), lang) for curve in (c.deletion, c.insertion))
    chance = percent(float(area(c.random).mean()), lang)
    if lang == "en":
        return (
            f"Blanked out best places first, the picture keeps a mean probability of {off} for this class, and {on} when they "
            f"are put back first; in random order, {chance}: {_better(m, lang)}."
        )
    return (
        f"Quand on efface d’abord les meilleurs endroits, l’image garde une probabilité moyenne de {off} pour cette classe, et "
        f"{on} quand on les remet d’abord ; dans un ordre au hasard, {chance} : {_better(m, lang)}."
    )


def beats(m: Measured) -> tuple[bool, bool]:
    """Whether the map does better than random orders: at deletion, at insertion."""
    return off_p(m.curves[0]) < SIGNIFICANT, on_p(m.curves[0]) < SIGNIFICANT


def _better(m: Measured, lang: Lang) -> str:
    off, on = beats(m)
    if lang == "en":
        return ("the map beats chance both ways" if off and on else "the map beats chance only when places are blanked out"
                if off else "the map beats chance only when places are put back" if on
                else "the map does no better than chance")  # fmt: skip
    return ("la carte bat le hasard dans les deux sens" if off and on else "la carte ne bat le hasard qu’au retrait" if off
            else "la carte ne bat le hasard qu’à l’ajout" if on else "la carte ne fait pas mieux que le hasard")  # fmt: skip


def sanity(m: Measured, lang: Lang) -> str:
    """What random weights do to the map."""
    r = m.all_random
    rho = f"{number(r.mean, lang)} ({interval(r.low, r.high, lang)})"
    said = verdict(r)
    if lang == "en":
        told = {
            "passes": f"the map no longer resembles itself: rank correlation {rho}; the method passes this check.",
            "keeps a trace": f"the map keeps a trace of itself: rank correlation {rho}; part of it does not come from learning.",
            "fails": f"the map barely changes: rank correlation {rho}; the method fails this check, and its map must not be "
            "read as what the network has learnt.",
        }[said]
        return f"On copies of the network with random weights, {told}"
    told = {
        "passes": f"la carte ne se ressemble plus : corrélation de rang {rho} ; la méthode réussit ce contrôle.",
        "keeps a trace": f"la carte garde une trace d’elle-même : corrélation de rang {rho} ; une part n’en vient pas de "
        "l’apprentissage.",
        "fails": f"la carte change à peine : corrélation de rang {rho} ; la méthode échoue à ce contrôle, et sa carte ne doit pas "
        "être lue comme ce que le réseau a appris.",
    }[said]
    return f"Sur des copies du réseau aux poids aléatoires, {told}"


def _agree(m: Measured, lang: Lang) -> list[str]:
    if m.agreement is None:
        return []
    a = m.agreement
    rho = number(a.rho, lang) + (f" ({interval(a.low, a.high, lang)})" if a.low == a.low else "")
    if lang == "en":
        return [
            f"{capital(method(m, lang, 1))}, beside it, ranks the places with a correlation of {rho}: {alike(m, lang)}."
        ]
    return [f"À côté, {named(m, lang, 1)} {_verb(m)} les endroits avec une corrélation de {rho} : {alike(m, lang)}."]


def _verb(m: Measured) -> str:
    return "classent" if m.maps[1].method == "integrated_gradients" else "classe"


def alike(m: Measured, lang: Lang) -> str:
    """What the agreement of two methods means."""
    assert m.agreement is not None
    rho, low = m.agreement.rho, m.agreement.low
    level = 3 if np.isnan(rho) else 0 if not low > 0 else 1 if rho < 0.7 else 2
    en = [
        "the two maps cannot be said to agree",
        "the two maps agree in part",
        "the two maps agree",
        "one of them is flat",
    ]
    fr = ["rien ne dit que les deux cartes s’accordent", "les deux cartes s’accordent en partie", "les deux cartes s’accordent",
          "l’une des deux est plate"]  # fmt: skip
    return (en if lang == "en" else fr)[level]


def title(m: Measured, lang: Lang) -> str:
    """The finding of the maps as a sentence."""
    name = called(m.target, lang)
    if m.map.empty:
        return (
            f"Nothing in the picture speaks for {name}"
            if lang == "en"
            else french(f"Rien dans l’image ne parle pour {name}")
        )
    part, share = top_part(m)
    if lang == "en":
        return f"{capital(name)}: what counts most lies in {part.en}, with {percent(share, lang)} of the map"
    return french(f"{name} : ce qui compte le plus est {part.fr}, avec {percent(share, lang)} de la carte")


def chance_test(m: Measured) -> Text:
    """How p-values of the curves are found."""
    n = len(m.curves[0].random)
    return Text(
        en=f"against {n} random orders of the places, itself counted",
        fr=f"contre {n} ordres des endroits au hasard, lui compris",
    )
