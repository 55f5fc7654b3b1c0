"""How to read a ``self_consistency`` result, and what it cannot tell, in English and in French."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tools.finding import Lang
from tools.numbers import number
from tools.truth.consistency.meaning import COSINE, NAMES

if TYPE_CHECKING:
    from tools.truth.consistency.measure import Measured


def how_to_read(m: Measured, lang: Lang) -> str:
    """What the numbers mean, with the formulas and their sources."""
    heat, top = number(m.temperature, lang, 1), number(math.log2(m.n), lang, 1)
    if lang == "en":
        return (
            f"The main answer takes the likeliest token each time (temperature 0); the {m.n} draws are made at temperature {heat}. "
            f"{_same(m, lang)} "
            "Semantic entropy: H = − Σ p(C) log₂ p(C) over the meanings C, in bits (Kuhn et al. 2023; Farquhar et al. 2024). "
            "In the discrete form p(C) is the share of the draws; weighted, p(C) = Σ exp(mean log-probability of a token) over the draws "
            f"of C, divided by the sum over all draws. 0: one meaning; log₂ n = {top}: all different. Its interval redraws the answers "
            "2,000 times, shifted by the bias of the redraws. "
            "SelfCheck (Manakul et al. 2023) gives each sentence of the main answer a score, higher where the draws support it less. "
            "Words: −ln p(w), p(w) = count of the word / all words, in the draws and the answer together. Sentences: 1 − mean over the "
            f"draws of the largest cosine with one of its sentences. {_against(m, lang)}"
            "Token probabilities are those at temperature 1; perplexity = exp(− mean log-probability): 1 is certain, 10 is as unsure as "
            "a choice among ten."
        )
    return (
        "La réponse principale prend chaque fois le token le plus probable (température 0) ; les "
        f"{m.n} tirages sont faits à la température {heat}. {_same(m, lang)} "
        "Entropie sémantique : H = − Σ p(C) log₂ p(C) sur les sens C, en bits (Kuhn et al. 2023 ; Farquhar et al. 2024). "
        "Sous sa forme discrète, p(C) est la part des tirages ; pondérée, p(C) = Σ exp(log-probabilité moyenne d’un token) sur les tirages "
        f"de C, divisée par la somme sur tous. 0 : un seul sens ; log₂ n = {top} : tous différents. Son intervalle retire les réponses "
        "2 000 fois, décalé du biais des retirages. "
        "SelfCheck (Manakul et al. 2023) donne à chaque phrase de la réponse principale un score, plus haut là où les tirages la "
        "soutiennent moins. Mots : −ln p(w), p(w) = nombre de fois que le mot paraît / tous les mots, dans les tirages et la réponse. "
        f"Phrases : 1 − moyenne, sur les tirages, du plus grand cosinus avec une de leurs phrases. {_against(m, lang)}"
        "Les probabilités des tokens sont celles à la température 1 ; perplexité = exp(− log-probabilité moyenne) : 1, c’est certain ; "
        "10, c’est hésiter comme entre dix."
    )


def _same(m: Measured, lang: Lang) -> str:
    """When two answers mean the same."""
    if m.entails:
        return (
            "Two answers mean the same when the entailment model finds that each follows from the other; those that decline to answer "
            "are a group of their own."
            if lang == "en"
            else "Deux réponses ont le même sens quand le modèle d’implication trouve que chacune suit de l’autre ; celles qui ne répondent "
            "pas forment un groupe."
        )
    far, share = number(COSINE, lang, 2), number(NAMES, lang, 1)
    if lang == "en":
        what = {
            "number": "Two answers mean the same when they give the same number",
            "yes_no": "Two answers mean the same when both say yes or both no",
            "text": "Two answers mean the same when their first sentences are the same, or else by what they add to the question",
        }[m.how]
        return (
            f"{what}; otherwise (or without one) the names decide (at least {share} of them shared, or all those of one), then the numbers, "
            f"then the words: those of one in the other, or a cosine of {far} or more. Those that decline to answer are a group of their "
            "own. The rule was set on 60 pairs of answers made for it (57 judged as by hand) and checked on 24 others (24)."
        )
    what = {
        "number": "Deux réponses ont le même sens quand elles donnent le même nombre",
        "yes_no": "Deux réponses ont le même sens quand elles disent toutes deux oui, ou toutes deux non",
        "text": "Deux réponses ont le même sens quand leurs premières phrases sont les mêmes, sinon d’après ce qu’elles ajoutent à la question",
    }[m.how]
    return (
        f"{what} ; à défaut, les noms décident (au moins {share} d’entre eux en commun, ou tous ceux de l’une), puis les nombres, puis les "
        f"mots : ceux de l’une dans l’autre, ou un cosinus de {far} ou plus. Celles qui ne répondent pas forment un groupe. La règle a été "
        "réglée sur 60 paires de réponses faites pour elle (57 jugées comme à la main) et vérifiée sur 24 autres (24)."
    )


def _against(m: Measured, lang: Lang) -> str:
    if not m.entails:
        return ""
    if lang == "en":
        return "Entailment: mean over the draws of p(contradiction) / (p(contradiction) + p(entailment)), the draw being the premise. "
    return "Implication : moyenne sur les tirages de p(contradiction) / (p(contradiction) + p(implication)), le tirage étant la prémisse. "


def limits(m: Measured, lang: Lang) -> str:
    """What the test cannot tell."""
    if lang == "en":
        found = [
            "Agreement is not truth: what was often written and is false is said every time. The test catches inventions that change from "
            "draw to draw, not errors learnt by heart.",
            f"The entropy of {m.n} draws is an underestimate, and grows with their number.",
            f"Answers are cut at {m.max_tokens} tokens, and the draws change with the temperature.",
        ]
        if not m.entails:
            found.append(
                "Meanings are compared by rule, on the first sentence: two ways to say one thing can count as two meanings, and a detail "
                "given later is not seen. An entailment model (--entailment) compares better."
            )
        if m.expected:
            found.append(
                "Whether an answer holds the expected one is looked up letter by letter: another name for it is missed, a denial is not seen."
            )
        if m.token is None:
            found.append("This model does not show its probabilities: the weighted entropy and the tokens are missing.")
        if m.language == "fr":
            found.append("A small model trained mostly on English, such as SmolLM2, hardly writes French.")
        return " ".join(found)
    found = [
        "L’accord n’est pas la vérité : ce qui a été souvent écrit et qui est faux revient chaque fois. Le test attrape les inventions qui "
        "changent d’un tirage à l’autre, non les erreurs apprises par cœur.",
        f"L’entropie de {m.n} tirages est sous-estimée, et croît avec leur nombre.",
        f"Les réponses sont coupées à {m.max_tokens} tokens, et les tirages changent avec la température.",
    ]
    if not m.entails:
        found.append(
            "Les sens sont comparés par règle, sur la première phrase : deux façons de dire une chose peuvent compter pour deux sens, et un "
            "détail donné plus loin n’est pas vu. Un modèle d’implication (--entailment) compare mieux."
        )
    if m.expected:
        found.append(
            "La réponse attendue est cherchée à la lettre : un autre nom de la même chose est manqué, une négation n’est pas vue."
        )
    if m.token is None:
        found.append("Ce modèle ne montre pas ses probabilités : l’entropie pondérée et les tokens manquent.")
    if m.language == "fr":
        found.append("Un petit modèle formé surtout sur de l’anglais, comme SmolLM2, n’écrit guère le français.")
    return " ".join(found)
