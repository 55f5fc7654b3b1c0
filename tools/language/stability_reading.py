"""How to read a ``stability`` result, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang
from tools.numbers import number

if TYPE_CHECKING:
    from tools.language.stability_measure import Measured


def how_to_read(m: Measured, lang: Lang) -> str:
    """What the numbers mean, with the formula and its source."""
    heat, n = number(m.temperature, lang, 1), m.over_samples.n
    if lang == "en":
        same = {
            "number": "Two answers are the same when their number is: the first that is neither a date nor a rank, a year only "
            "where one is asked or nothing else is there.",
            "yes_no": "Two answers are the same when the first yes or no among their first words is.",
            "text": "Two answers are the same when their first sentences are, capitals and punctuation aside.",
        }[m.how]
        return (
            f"{same} An answer without one is compared by its first sentence. "
            "agreement = rewordings with the answer of the original / rewordings (interval of Wilson 1927). "
            "H = − Σ p log₂ p over the distinct answers, p being the share of each, in bits (Shannon 1948): 1 bit is as unsure as "
            "a coin. Its interval redraws the answers 5,000 times, shifted by the bias of the redraws. "
            "All rewordings are asked at temperature 0, where the model takes the likeliest token each time. "
            f"Beside it stand the same words asked {len(m.repeated)} more times at temperature 0 (0 bits in process; a server can "
            f"differ) and {n} times at temperature {heat}: as many answers as there are ways, since H grows with their number."
        )
    same = {
        "number": "Deux réponses sont les mêmes quand leur nombre l’est : le premier qui n’est ni une date ni un rang, une année "
        "seulement si elle est demandée ou s’il n’y a rien d’autre.",
        "yes_no": "Deux réponses sont les mêmes quand le premier oui ou non parmi leurs premiers mots l’est.",
        "text": "Deux réponses sont les mêmes quand leurs premières phrases le sont, majuscules et ponctuation mises à part.",
    }[m.how]
    return (
        f"{same} Une réponse qui n’en contient pas est comparée par sa première phrase. "
        "accord = reformulations qui reçoivent la réponse de l’original / reformulations (intervalle de Wilson 1927). "
        "H = − Σ p log₂ p sur les réponses distinctes, p étant la part de chacune, en bits (Shannon 1948) : 1 bit, c’est "
        "l’incertitude d’un pile ou face. Son intervalle retire les réponses 5 000 fois, décalé du biais des retirages. "
        "Toutes les reformulations sont posées à la température 0, où le modèle prend chaque fois le token le plus probable. "
        f"À côté, les mêmes mots reposés {len(m.repeated)} fois à la température 0 (0 bit dans ce processus ; un serveur peut "
        f"varier) et {n} fois à la température {heat} : autant de réponses que de façons, car H croît avec leur nombre."
    )


def limits(m: Measured, lang: Lang) -> str:
    """What the test cannot tell."""
    if lang == "en":
        found = [
            "Stable is not true: the test does not look at what the right answer is.",
            f"The rewordings come from a short list of rules, {m.reworded} of them, and are not a sample of how people ask; a typing "
            "error in a name can make it another name.",
            f"Only the first {m.max_tokens} tokens of an answer are read, and the rule that compares answers can miss a number "
            "given late or a yes put otherwise.",
            "The entropy of so few answers is an underestimate.",
        ]
        if m.language == "fr" or any(v.kind == "language" for v in m.variants):
            found.append("A small model trained mostly on English, such as SmolLM2, hardly reads French.")
    else:
        found = [
            "Stable ne veut pas dire vrai : le test ne regarde pas quelle est la bonne réponse.",
            f"Les reformulations viennent d’une courte liste de règles ({m.reworded} ici) et ne sont pas un échantillon de la façon "
            "dont les gens demandent ; une faute de frappe dans un nom peut en faire un autre nom.",
            f"Seuls les {m.max_tokens} premiers tokens d’une réponse sont lus, et la règle qui compare peut manquer un nombre donné "
            "plus loin ou un oui dit autrement.",
            "L’entropie de si peu de réponses est sous-estimée.",
        ]
        if m.language == "fr" or any(v.kind == "language" for v in m.variants):
            found.append("Un petit modèle formé surtout sur de l’anglais, comme SmolLM2, ne lit guère le français.")
    if m.how == "text" and any(v.kind == "language" for v in m.variants):
        found.append(
            "Compared by its words, an answer in the other language never counts as the same."
            if lang == "en"
            else "Comparée par ses mots, une réponse dans l’autre langue ne compte jamais comme la même."
        )
    return " ".join(found)
