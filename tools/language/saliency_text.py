"""What a ``text_saliency`` result says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tools.finding import Lang, Text
from tools.numbers import MINUS, interval, number, p_value, percent

if TYPE_CHECKING:
    from tools.language.saliency_checks import Randomised
    from tools.language.saliency_measure import Measured

SIGNIFICANT = 0.05
SHOWN_WORDS = 9  # of the text, in a sentence

METHOD_NAMES: dict[str, Text] = {
    "gradient_x_input": Text(en="gradient × input", fr="gradient × entrée"),
    "integrated_gradients": Text(en="integrated gradients", fr="gradients intégrés"),
    "occlusion": Text(en="occlusion", fr="occlusion"),
    "shapley": Text(en="Shapley values", fr="valeurs de Shapley"),
}
STAGES: dict[str, Text] = {
    "gradients": Text(en="Integrated gradients", fr="Gradients intégrés"),
    "orders": Text(en="Taking words away", fr="Retrait des mots"),
    "curves": Text(en="deletion and insertion curves", fr="courbes de retrait et d’ajout"),
    "copies": Text(en="copies with random weights", fr="copies aux poids aléatoires"),
}
COMPLETENESS = Text(en="Completeness gap of the integrated gradients", fr="Écart de complétude des gradients intégrés")
COMPLETENESS_LIMIT = Text(en="limit set in advance", fr="limite fixée d’avance")
DELETION = Text(
    en="Deletion: how much lower the mean score is than in random orders",
    fr="Retrait : de combien le score moyen est plus bas que dans des ordres au hasard",
)
INSERTION = Text(
    en="Insertion: how much higher the mean score is than in random orders",
    fr="Ajout : de combien le score moyen est plus haut que dans des ordres au hasard",
)
AS_RANDOM = Text(en="as a random order", fr="comme un ordre au hasard")
AGREEMENT = Text(
    en="Agreement of the four methods (mean rank correlation over pairs)",
    fr="Accord des quatre méthodes (corrélation de rang moyenne des paires)",
)
NO_LINK = Text(en="no link", fr="aucun lien")
NO_PUSH = Text(en="no effect", fr="aucun effet")
NO_WORD = Text(en="with no word in place", fr="sans aucun mot")


def quoted(word: str, lang: Lang) -> str:
    """“word”, or « word » with its narrow no-break spaces."""
    return f"“{word}”" if lang == "en" else f"«\u202f{word}\u202f»"


def signed(value: float, lang: Lang, digits: int = 2) -> str:
    """A number with its sign: +3.05, −0.52."""
    if float(f"{value:.{digits}f}") == 0:
        return number(0.0, lang, digits)
    return ("+" if value > 0 else MINUS) + number(abs(value), lang, digits)


def ends(m: Measured, lang: Lang) -> tuple[str, str]:
    """The two answers, quoted; for a score of one answer, what is not it."""
    first = quoted(m.answers[0].label, lang)
    if len(m.answers) == 2:
        return first, quoted(m.answers[1].label, lang)
    return first, "anything else" if lang == "en" else "toute autre suite"


def shown_text(m: Measured, lang: Lang) -> str:
    """The text, or its end when it is long."""
    words = m.prompt.text.split()
    return quoted(("… " if len(words) > SHOWN_WORDS else "") + " ".join(words[-SHOWN_WORDS:]), lang)


def chance(logprob: float, lang: Lang) -> str:
    """A probability as a percentage with enough digits to be seen."""
    share = math.exp(logprob)
    return percent(share, lang, 0 if share > 0.1 else 1 if share > 0.002 else 3)


def method(m: Measured, lang: Lang) -> str:
    """The method that is shown."""
    return METHOD_NAMES[m.asked.method].get(lang)


def score_label(m: Measured) -> Text:
    """The name of the score of the whole text."""
    first, second = m.answers[0].label, m.answers[-1].label
    if len(m.answers) == 2:
        return Text(
            en=f"Score of the text: log p({first}) − log p({second})",
            fr=f"Score du texte : log p({first}) − log p({second})",
        )
    return Text(en=f"Score of the text: log p({first})", fr=f"Score du texte : log p({first})")


def top_label(m: Measured) -> Text:
    """The name of the value of the word that counts most."""
    word = m.prompt.words[top(m)]
    return Text(
        en=f"Value of “{word}”, the word that counts most ({method(m, 'en')})",
        fr=f"Valeur de {quoted(word, 'fr')}, le mot qui compte le plus ({method(m, 'fr')})",
    )


def top(m: Measured) -> int:
    """The word of largest value, sign aside."""
    return int(np.abs(m.values).argmax())


def sanity_label(r: Randomised) -> Text:
    """The name of the correlation with copies."""
    return Text(
        en=f"Rank correlation of the map with that of copies whose {r.of} blocks have random weights",
        fr=f"Corrélation de rang de la carte avec celle de copies dont les {r.of} blocs ont des poids aléatoires",
    )


def curve_test(m: Measured) -> Text:
    """Which test gave the p of the curves."""
    n = len(m.shapley.chains)
    if m.shapley.exact:
        return Text(
            en=f"share of all {number(n, 'en', 0)} orders of the words that do at least as well",
            fr=f"part des {number(n, 'fr', 0)} ordres possibles des mots qui font au moins aussi bien",
        )
    return Text(
        en=f"share of {number(n, 'en', 0)} random orders that do at least as well, (as good + 1) / (orders + 1)",
        fr=f"part de {number(n, 'fr', 0)} ordres au hasard qui font au moins aussi bien, (aussi bons + 1) / (ordres + 1)",
    )


def summary(m: Measured, lang: Lang) -> str:
    """The preference, the words behind it, whether the order beats random ones, what random weights do to the map."""
    return " ".join([preference(m, lang), pushes(m, lang), _curves(m, lang), _sanity(m, lang)])


def preference(m: Measured, lang: Lang) -> str:
    """What the model expects, as a sentence with probabilities."""
    place, first = shown_text(m, lang), quoted(m.answers[0].label, lang)
    one = chance(m.answers[0].logprob, lang)
    if lang == "en":
        where = f"In {place}" if m.masked else f"After {place}"
        if len(m.answers) == 1:
            return f"{where}, the model gives {first} a probability of {one}."
        return f"{where}, the model gives {first} {one} and {quoted(m.answers[1].label, lang)} {chance(m.answers[1].logprob, lang)}."
    where = f"Dans {place}" if m.masked else f"Après {place}"
    if len(m.answers) == 1:
        return f"{where}, le modèle donne à {first} une probabilité de {one}."
    second = quoted(m.answers[1].label, lang)
    return f"{where}, le modèle donne {one} à {first} et {chance(m.answers[1].logprob, lang)} à {second}."


def pushes(m: Measured, lang: Lang) -> str:
    """The strongest word on each side, with its value."""
    (first, second), values, words = ends(m, lang), m.values, m.prompt.words
    high, low = int(values.argmax()), int(values.argmin())
    up = f"{quoted(words[high], lang)} ({signed(float(values[high]), lang)})"
    down = f"{quoted(words[low], lang)} ({signed(float(values[low]), lang)})"
    if lang == "en":
        name = method(m, lang)
        start = f"By {name}, "
        if values[high] <= 0:
            return f"{start}no word pushes towards {first}; the one that pushes most towards {second} is {down}."
        if values[low] >= 0:
            return f"{start}the word that pushes most towards {first} is {up}, and none pushes towards {second}."
        return f"{start}the word that pushes most towards {first} is {up}, and towards {second} it is {down}."
    start = f"Selon la méthode « {method(m, lang)} », "
    if values[high] <= 0:
        return f"{start}aucun mot ne pousse vers {first} ; celui qui pousse le plus vers {second} est {down}."
    if values[low] >= 0:
        return f"{start}le mot qui pousse le plus vers {first} est {up}, et aucun ne pousse vers {second}."
    return f"{start}le mot qui pousse le plus vers {first} est {up}, et vers {second}, c’est {down}."


def better_than(p: float, m: Measured, lang: Lang) -> str:
    """The share of random orders that a map beats."""
    n = len(m.shapley.chains)
    beaten = 1 - p if m.shapley.exact else 1 - (p * (n + 1) - 1) / n
    return percent(beaten, lang)


def _curves(m: Measured, lang: Lang) -> str:
    off, on, n = m.check.deletion_p, m.check.insertion_p, number(len(m.shapley.chains), lang, 0)
    if lang == "en":
        orders = f"the {n} possible orders" if m.shapley.exact else f"{n} random orders"
        return (
            f"Taken away in that ranking, the words lower the score faster than {better_than(off, m, lang)} of {orders} "
            f"({p_value(off, lang)}); put back, they raise it faster than {better_than(on, m, lang)} ({p_value(on, lang)})."
        )
    orders = f"des {n} ordres possibles" if m.shapley.exact else f"de {n} ordres au hasard"
    return (
        f"Retirés dans ce classement, les mots font baisser le score plus vite que {better_than(off, m, lang)} {orders} "
        f"({p_value(off, lang)}) ; remis, ils le font monter plus vite que {better_than(on, m, lang)} ({p_value(on, lang)})."
    )


def _sanity(m: Measured, lang: Lang) -> str:
    r = m.randomised[-1]
    rho = f"{number(r.mean, lang)} ({interval(r.low, r.high, lang)})"
    if lang == "en":
        return (
            f"On copies of the model with random weights, the map {alike(r, lang)}: rank correlation {rho}, "
            "where 1 would mean that it ignores what the model has learnt."
        )
    return (
        f"Sur des copies du modèle aux poids aléatoires, la carte {alike(r, lang)} : corrélation de rang {rho}, "
        "où 1 voudrait dire qu’elle ignore ce que le modèle a appris."
    )


def alike(r: Randomised, lang: Lang) -> str:
    """What random weights do to the map, as a verb."""
    if r.mean != r.mean:
        return "cannot be compared" if lang == "en" else "ne peut pas être comparée"
    if r.low <= 0 <= r.high:
        return "no longer resembles itself" if lang == "en" else "ne se ressemble plus"
    if r.mean < 0:
        return "turns around" if lang == "en" else "s’inverse"
    if r.mean < 0.5:
        return "keeps a trace of itself" if lang == "en" else "garde une trace d’elle-même"
    return "stays much the same" if lang == "en" else "reste à peu près la même"


def trusted(m: Measured, lang: Lang) -> str:
    """What the curves say of the ranking, as the title of their picture."""
    off, on = m.check.deletion_p < SIGNIFICANT, m.check.insertion_p < SIGNIFICANT
    if lang == "en":
        if off and on:
            return "The ranking beats random orders, when words leave and when they come back"
        if off or on:
            return f"The ranking beats random orders only when words {'leave' if off else 'come back'}"
        return "The ranking does no better than random orders: do not rely on it"
    if off and on:
        return "Le classement bat les ordres au hasard, au retrait comme à l’ajout"
    if off or on:
        return f"Le classement ne bat les ordres au hasard qu’{'au retrait' if off else 'à l’ajout'} des mots"
    return "Le classement ne fait pas mieux que des ordres au hasard : ne vous y fiez pas"
