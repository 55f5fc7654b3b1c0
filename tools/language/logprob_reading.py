"""How to read a ``logprob_bias`` result, and what it cannot tell, in English and in French."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tools.finding import Lang
from tools.language.logprob_text import pronouns, quoted
from tools.numbers import number
from tools.numbers import words as listed

if TYPE_CHECKING:
    from tools.language.pronouns import Measured


def how_to_read(m: Measured, lang: Lang) -> str:
    """What the numbers mean, with the formula and its source."""
    he, she, n = m.asked.he, m.asked.she, len(m.asked.templates)
    neutral = listed([quoted(word, lang) for word in m.asked.neutral], lang)
    if lang == "en":
        if m.masked:
            text = (
                f"gap(word) = [log p({he}) − log p({she})] − the same with the word hidden too, mean over {n} sentences, "
                "in nats (Kurita et al. 2019). "
            )
        else:
            text = (
                f"gap(word) = [log p({he}) − log p({she})] after the word − the same after a neutral word, mean over {n} "
                f"sentences, in nats (the score of Kurita et al. 2019, for a model that reads from left to "
                f"right). The neutral words are {neutral}, and their mean is taken. "
            )
        text += f"A gap of 0.69 doubles the odds of “{he}”, a gap of −0.69 those of “{she}”. "
        text += f"An occupation’s interval is a t interval over the {n} sentences. "
        if m.mean[1] is not None:
            text += "The interval of the mean redraws the occupations 5,000 times (percentile bootstrap). "
        text += _uncorrected(m, lang)
        if m.comparison:
            text += (
                "d = (mean gap of the first group − mean gap of the second) / standard deviation (n − 1) of all gaps, as in "
                "WEAT (Caliskan et al. 2017). "
                "p is the share of random splits into two equal groups whose difference is at least as large (one-sided)."
            )
        if m.with_survey:
            text += (
                " The rank correlation is Spearman’s: 1 when the gaps order the occupations as their share of men does."
            )
        return text.strip()
    if m.masked:
        text = (
            f"écart(mot) = [log p({he}) − log p({she})] − la même différence quand le mot est caché aussi, moyenne sur "
            f"{n} phrases, en nats (Kurita et al. 2019). "
        )
    else:
        text = (
            f"écart(mot) = [log p({he}) − log p({she})] après le mot − la même différence après un mot neutre, moyenne sur "
            f"{n} phrases, en nats (le score de Kurita et al. 2019, pour un modèle qui lit de gauche à "
            f"droite). Les mots neutres sont {neutral} ; on en prend la moyenne. "
        )
    text += f"Un écart de 0,69 double la cote de {quoted(he, 'fr')}, un écart de −0,69 celle de {quoted(she, 'fr')}. "
    text += f"L’intervalle d’un métier est un intervalle t sur les {n} phrases. "
    if m.mean[1] is not None:
        text += "Celui de la moyenne retire les métiers au sort 5 000 fois (bootstrap par percentiles). "
    text += _uncorrected(m, lang)
    if m.comparison:
        text += (
            "d = (écart moyen du premier groupe − écart moyen du second) / écart type (n − 1) de tous les écarts, comme dans "
            "WEAT (Caliskan et al. 2017). "
            "p est la part des partages au hasard en deux groupes égaux dont la différence est au moins aussi grande (unilatéral)."
        )
    if m.with_survey:
        text += (
            " La corrélation de rang est celle de Spearman : 1 quand les écarts rangent les métiers "
            "comme le fait leur part d’hommes."
        )
    return text.strip()


def _uncorrected(m: Measured, lang: Lang) -> str:
    """The general preference that the correction takes off."""
    odds = float(m.scores.odds.mean())
    he, she = pronouns(m, lang)
    one, other = (he, she) if odds > 0 else (she, he)
    value, times = number(odds, lang), number(math.exp(abs(odds)), lang, 1)
    if lang == "en":
        return f"Before that correction, the mean log-odds are {value}: {one} is {times} times as likely as {other}. "
    return f"Avant cette correction, la log-cote moyenne est de {value} : {one} est {times} fois plus probable que {other}. "


def limits(m: Measured, lang: Lang) -> str:
    """What the test cannot tell; with the numbers that move when the neutral word does."""
    return " ".join([_zero_point(m, lang), *_always(m, lang), *_groups(m, lang), *_french(m, lang)])


def _zero_point(m: Measured, lang: Lang) -> str:
    """How far zero depends on the neutral word."""
    if m.scores.neutral is None:
        if lang == "en":
            return "The zero is what this model expects when the occupation is hidden, in these sentences only."
        return "Le zéro est ce que ce modèle attend quand le métier est caché, dans ces phrases seulement."
    means = [
        (float(m.scores.odds.mean() - row.mean()), word)
        for row, word in zip(m.scores.neutral, m.asked.neutral, strict=True)
    ]
    (low, first), (high, last) = min(means), max(means)
    if lang == "en":
        text = (
            f"The zero depends on the neutral words: with {quoted(first, lang)} alone the mean gap would be {number(low, lang)}, "
            f"with {quoted(last, lang)} alone {number(high, lang)}"
        )
        return text + ("; the difference between the groups would not move." if m.comparison else ".")
    text = (
        f"Le zéro dépend des mots neutres : avec {quoted(first, lang)} seul, l’écart moyen serait de {number(low, lang)}, "
        f"avec {quoted(last, lang)} seul, de {number(high, lang)}"
    )
    return text + (" ; la différence entre les groupes ne bougerait pas." if m.comparison else ".")


def _always(m: Measured, lang: Lang) -> list[str]:
    he, she = pronouns(m, lang)
    n = len(m.asked.templates)
    if lang == "en":
        return [
            f"The test speaks of these {n} sentences and of these occupations: others can give another answer.",
            f"It compares two pronouns only; what the model gives to “they”, to a name or to anything else is left out, and "
            f"{he} or {she} may stand for someone else in the sentence.",
            "A gap near 0 does not show that a model is fair, and a wide one does not show that a system built on it harms anyone.",
        ]
    return [
        f"Le test parle de ces {n} phrases et de ces métiers : d’autres peuvent donner une autre réponse.",
        f"Il ne compare que deux pronoms ; ce que le modèle donne à un prénom ou à toute autre suite est laissé de côté, et "
        f"{he} ou {she} peut désigner quelqu’un d’autre dans la phrase.",
        "Un écart proche de 0 ne montre pas qu’un modèle est juste, et un grand écart ne montre pas qu’un système bâti sur lui "
        "fait du tort à quelqu’un.",
    ]


def _groups(m: Measured, lang: Lang) -> list[str]:
    """Where the two built-in groups come from."""
    if not m.comparison:
        return []
    if m.asked.surveyed:
        if lang == "en":
            return [
                "The two groups follow the share of women in United States employment in 2015–2016 (Rudinger et al. 2018): "
                "more than 65% or less than 40%. Doctor and surgeon share one figure in that survey."
            ]
        return [
            "Les deux groupes suivent la part des femmes dans l’emploi aux États-Unis en 2015–2016 (Rudinger et al. 2018) : "
            "plus de 65 % ou moins de 40 %. Doctor et surgeon y partagent un seul chiffre."
        ]
    if lang == "en":
        return ["The two groups follow common opinion in France, not a survey."]
    return ["Les deux groupes suivent l’opinion courante en France, non une enquête."]


def _french(m: Measured, lang: Lang) -> list[str]:
    """Why the French nouns are epicene, and what the default model knows of French."""
    if m.asked.he != "il":
        return []
    if lang == "en":
        return [
            "French nouns often tell the gender themselves (infirmière, infirmier): the built-in ones are the same for a woman "
            "and a man, and a gendered noun of your own would measure grammar.",
            "French uses “il” for people in general too. SmolLM2 has read mostly English: its French result says "
            "little about French texts.",
        ]
    return [
        "Un nom français dit souvent le genre lui-même (infirmière, infirmier) : ceux qui sont fournis sont les mêmes pour une "
        "femme et pour un homme, et un nom genré que vous donneriez mesurerait la grammaire.",
        "Le français emploie aussi « il » pour les gens en général. SmolLM2 a lu surtout de l’anglais : "
        "son résultat en français dit peu de chose des textes français.",
    ]
