"""The words of a comparison of two prompts, in English and in French."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.finding import Lang, Text
from tools.numbers import interval, number, p_value, words
from tools.prompting.pairs import ALPHA

if TYPE_CHECKING:
    from knowledge.exercise_checks import Check
    from tools.prompting.pairs import Pair


@dataclass(frozen=True)
class Sides:
    """What the two prompts are called, in the middle of a sentence."""

    a: Text
    b: Text


EXERCISE = Sides(Text(en="the starting prompt", fr="le prompt de départ"), Text(en="your prompt", fr="votre prompt"))
SOLUTION = Sides(EXERCISE.a, Text(en="the reference solution", fr="la solution de référence"))
FREE = Sides(Text(en="prompt A", fr="le prompt A"), Text(en="prompt B", fr="le prompt B"))

CHECKS = {
    "answer": Text(en="the right answer", fr="la bonne réponse"),
    "choice": Text(en="one of the allowed words", fr="l’un des mots permis"),
    "contains": Text(en="contains what is asked for", fr="contient ce qui est demandé"),
    "forbidden": Text(en="nothing forbidden", fr="rien d’interdit"),
    "json": Text(en="JSON of the right form", fr="du JSON de la bonne forme"),
    "list": Text(en="a list of the right length", fr="une liste de la bonne longueur"),
    "length": Text(en="the right length", fr="la bonne longueur"),
    "readability": Text(en="easy to read", fr="facile à lire"),
    "language": Text(en="in the right language", fr="dans la bonne langue"),
    "grounded": Text(en="only what the text says", fr="seulement ce que dit le texte"),
    "no_source": Text(en="no reference given", fr="aucune référence donnée"),
}


def label(name: str) -> Text:
    """What a check is called, by its name ("contains 2")."""
    kind, _, which = name.partition(" ")
    return Text(en=f"{CHECKS[kind].en} {which}".strip(), fr=f"{CHECKS[kind].fr} {which}".strip())


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]


def verdict(pair: Pair) -> str:
    """ "few" (too few items for an interval), "better", "worse", "open" (the interval includes zero), "thin" (it does not, p does)."""
    if pair.low is None or pair.high is None:
        return "few"
    if pair.low <= 0 <= pair.high:
        return "open"
    if pair.p >= ALPHA:
        return "thin"
    return "better" if pair.low > 0 else "worse"


def headline(pair: Pair, sides: Sides, lang: Lang) -> str:
    """The finding as one sentence."""
    a, b = sides.a.get(lang), sides.b.get(lang)
    how = verdict(pair)
    if lang == "en":
        said = {
            "better": f"{_first(b)} does better than {a}",
            "worse": f"{_first(b)} does worse than {a}",
            "open": f"No difference shown between {a} and {b}",
            "thin": f"No difference shown between {a} and {b}",
            "few": f"Too few items to compare {a} and {b}",
        }
    else:
        said = {
            "better": f"{_first(b)} fait mieux que {a}",
            "worse": f"{_first(b)} fait moins bien que {a}",
            "open": f"Aucune différence établie entre {a} et {b}",
            "thin": f"Aucune différence établie entre {a} et {b}",
            "few": f"Trop peu d’éléments pour comparer {a} et {b}",
        }
    return said[how]


def summary(pair: Pair, sides: Sides, lang: Lang) -> str:
    """What was found, in a few plain sentences."""
    a, b = sides.a.get(lang), sides.b.get(lang)
    first, second, gap = (number(x, lang) for x in (pair.mean_a, pair.mean_b, pair.difference))
    bounds = interval(pair.low, pair.high, lang)
    moved = (
        f"{len(pair.better)} got better, {len(pair.worse)} got worse, {len(pair.same)} stayed the same"
        if lang == "en"
        else f"{len(pair.better)} font mieux, {len(pair.worse)} moins bien, {len(pair.same)} pareil"
    )
    if lang == "en":
        said = f"On the same {pair.n} items, {a} scores {first} of 1 and {b} {second}: a difference of {gap}"
        said += f" (95% interval {bounds}). " if bounds else ". "
        said += f"Item by item, {moved}. "
        return (
            said
            + {
                "better": "The interval lies above zero: the second prompt is better on items like these.",
                "worse": "The interval lies below zero: the second prompt is worse on items like these.",
                "open": "The interval includes zero: these items do not show that one of the two is better.",
                "thin": f"So few items changed that chance alone often does as much ({p_value(pair.p, lang)}): no difference is shown.",
                "few": "With fewer than six items no interval can be given: add items.",
            }[verdict(pair)]
        )
    said = f"Sur les mêmes {pair.n} éléments, {a} obtient {first} sur 1 et {b} {second} : une différence de {gap}"
    said += f" (intervalle à 95 % : {bounds}). " if bounds else ". "
    said += f"Élément par élément, {moved}. "
    return (
        said
        + {
            "better": "L’intervalle est au-dessus de zéro : le second prompt est meilleur sur des éléments comme ceux-ci.",
            "worse": "L’intervalle est au-dessous de zéro : le second prompt est moins bon sur des éléments comme ceux-ci.",
            "open": "L’intervalle contient zéro : ces éléments ne montrent pas que l’un des deux soit meilleur.",
            "thin": f"Si peu d’éléments ont changé que le hasard seul en fait souvent autant ({p_value(pair.p, lang)}) : aucune différence n’est établie.",
            "few": "Avec moins de six éléments, aucun intervalle n’est possible : ajoutez des éléments.",
        }[verdict(pair)]
    )


def how_to_read(names: list[str], pair: Pair, lang: Lang) -> str:
    """How a score is made, and where the interval and p come from."""
    checks = words([f"« {label(n).fr} »" if lang == "fr" else f"“{label(n).en}”" for n in names], lang)
    p = p_value(pair.p, lang)
    if lang == "en":
        return (
            f"Each reply gets 0 to 1 on each check ({checks}); its score is their mean, by rules and without a model that judges. "
            "Difference = mean of (score with the second − score with the first) over the items. "
            "Its interval redraws the items 10,000 times (percentile bootstrap, Efron 1979). "
            f"{_first(p)}: how often a difference this large appears when the two replies of each item are swapped by chance "
            "(sign-flip permutation, Fisher 1935)."
        )
    return (
        f"Chaque réponse reçoit de 0 à 1 pour chaque contrôle ({checks}) ; sa note est leur moyenne, par règle et sans modèle qui juge. "
        "Différence = moyenne de (note avec le second − note avec le premier) sur les éléments. "
        "Son intervalle retire les éléments 10 000 fois (bootstrap par percentiles, Efron 1979). "
        f"{_first(p)} : la fréquence d’une différence aussi grande quand les deux réponses de chaque élément sont échangées au hasard "
        "(permutation des signes, Fisher 1935)."
    )


def limits(pair: Pair, checks: tuple[Check, ...], lang: Lang) -> str:
    """What the comparison cannot tell."""
    kinds = {check.kind for check in checks}
    formal = not kinds & {"answer", "contains", "grounded", "json"}
    if lang == "en":
        said = [
            f"It holds for this model, these {pair.n} items and these checks: another model or another kind of item can reverse it.",
            "A prompt that was changed until these items went well is measured too kindly: try it on items that it has not met.",
        ]
        if formal:
            said.append("The checks look at the form of a reply, not at whether it is true.")
        if pair.low is not None and pair.low == pair.high:
            said.append("An interval without width means that all items changed alike, not that there is no doubt.")
        return " ".join(said)
    said = [
        f"Cela vaut pour ce modèle, ces {pair.n} éléments et ces contrôles : un autre modèle ou d’autres éléments peuvent l’inverser.",
        "Un prompt retouché jusqu’à ce que ces éléments réussissent est mesuré avec trop d’indulgence : essayez-le sur des éléments nouveaux.",
    ]
    if formal:
        said.append("Les contrôles regardent la forme d’une réponse, pas si elle est vraie.")
    if pair.low is not None and pair.low == pair.high:
        said.append(
            "Un intervalle sans largeur veut dire que tous les éléments ont changé de même, non qu’il n’y a aucun doute."
        )
    return " ".join(said)
