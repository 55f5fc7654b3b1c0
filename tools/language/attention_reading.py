"""How to read an ``attention`` result, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang
from tools.language.attention_text import quoted
from tools.numbers import number

if TYPE_CHECKING:
    from tools.language.attention_measure import Measured


def how_to_read(m: Measured, lang: Lang) -> str:
    """What the numbers mean, with the formula and its source."""
    return " ".join([_formula(m, lang), *_statistics(m, lang)])


def _formula(m: Measured, lang: Lang) -> str:
    layers, heads = m.seen[0].weights.shape[:2]
    if lang == "en":
        text = (
            f"weights = softmax(Q Kᵀ / √d), in each of the {layers} × {heads} heads (Vaswani et al. 2017): the query of one word "
            "meets the keys of the words it can see, and the weights of a row add up to 100%. "
        )
        order = (
            "This masked model sees the whole sentence from every word. "
            if m.masked
            else "This model reads from left to right: a word sees itself and what stands before it, nothing after. "
        )
        return (
            text + order + "A word made of several tokens receives the sum of their weights; what it gives is "
            f"{'the mean over its tokens' if m.masked else 'read from its last token, which has read all of it'}. "
            "The even share is tokens of the word / visible tokens."
        )
    text = (
        f"poids = softmax(Q Kᵀ / √d), dans chacune des {layers} × {heads} têtes (Vaswani et al. 2017) : la requête d’un mot "
        "rencontre les clés des mots qu’il peut voir, et les poids d’une ligne font 100 % en tout. "
    )
    order = (
        "Ce modèle masqué voit toute la phrase depuis chaque mot. "
        if m.masked
        else "Ce modèle lit de gauche à droite : un mot se voit lui-même et voit ce qui précède, rien de ce qui suit. "
    )
    return (
        text + order + "Un mot fait de plusieurs tokens reçoit la somme de leurs poids ; ce qu’il donne est "
        f"{'la moyenne de ses tokens' if m.masked else 'lu sur son dernier token, qui a lu le mot entier'}. "
        "La part égale est : tokens du mot / tokens visibles."
    )


def _statistics(m: Measured, lang: Lang) -> list[str]:
    """Intervals and tests, when there are any."""
    texts = []
    if m.sinks[0].low is not None:
        texts.append(
            f"The 95% interval redraws the {m.heads} heads 5,000 times (percentile bootstrap)."
            if lang == "en"
            else f"L’intervalle à 95 % retire les {m.heads} têtes au sort 5 000 fois (bootstrap par percentiles)."
        )
    if not m.paired:
        return texts
    if m.before is not None and not m.masked:
        word, most = quoted(m.seen[0].words.labels[m.parting or 0], lang), number(m.before, lang, 6 if m.before else 0)
        texts.append(
            f"Before {word} the two sentences are the same, and so are all the weights (largest change: {most}): a word cannot "
            "look at what comes after it."
            if lang == "en"
            else f"Avant {word}, les deux phrases sont les mêmes, et tous les poids aussi (plus grand changement : {most}) : un mot "
            "ne peut pas regarder ce qui vient après lui."
        )
    if m.lead.p is None:
        return texts
    tried = number(m.lead.tried, lang, 0)
    several = len(m.changes) > 2
    if lang == "en":
        what = "of the first word watched less the second" if m.contrast else "of the word watched"
        every = f"all {tried} changes" if m.lead.exact else f"{tried} random changes"
        texts.append(
            f"The change is the weight {what}, in the first sentence less the second, head by head; p is the share of {every} "
            "of sign of the heads whose mean is at least as far from 0."
        )
        if several:
            texts.append(f"p is multiplied by {len(m.changes)}, the number of words watched (Bonferroni).")
        return texts
    what = "du premier mot suivi moins celui du second" if m.contrast else "du mot suivi"
    every = f"des {tried} changements" if m.lead.exact else f"de {tried} changements au hasard"
    texts.append(
        f"Le changement est le poids {what}, dans la première phrase moins la seconde, tête par tête ; p est la part {every} "
        "de signe des têtes dont la moyenne est au moins aussi loin de 0."
    )
    if several:
        texts.append(f"p est multiplié par {len(m.changes)}, le nombre de mots suivis (Bonferroni).")
    return texts


def limits(m: Measured, chosen: bool, lang: Lang) -> str:
    """What the test cannot tell; ``chosen`` when the word to watch was picked because it receives the most."""
    return " ".join(
        [_explanation(lang), _heads(m, lang), *_head(m, lang), *_pair(m, lang), *_picked(m, chosen, lang), _model(lang)]
    )


def _explanation(lang: Lang) -> str:
    if lang == "en":
        return (
            "Attention is not an explanation: very different weights can lead to the same prediction (Jain and Wallace 2019), and "
            "whether weights explain anything depends on what one calls an explanation (Wiegreffe and Pinter 2019). A weight also "
            "leaves out how long the mixed vector is, and what passes beside attention. Above the first layer, the place of a word "
            "already holds a mix of the words before it."
        )
    return (
        "L’attention n’est pas une explication : des poids très différents peuvent mener à la même prédiction (Jain et Wallace 2019), "
        "et dire si les poids expliquent quelque chose dépend de ce qu’on appelle une explication (Wiegreffe et Pinter 2019). "
        "Un poids ne dit pas non plus la longueur du vecteur mélangé, ni ce qui passe à côté de l’attention. Au-dessus de la première "
        "couche, la place d’un mot contient déjà un mélange des mots d’avant."
    )


def _heads(m: Measured, lang: Lang) -> str:
    if lang == "en":
        return (
            "The heads of one model depend on one another and were trained together: interval and p say how much they agree on this "
            "text, not what other sentences or models would give."
        )
    return (
        "Les têtes d’un modèle dépendent les unes des autres et ont été entraînées ensemble : intervalle et p disent à quel point elles "
        "s’accordent sur ce texte, non ce que donneraient d’autres phrases ou d’autres modèles."
    )


def _pair(m: Measured, lang: Lang) -> list[str]:
    """What else may move the weights between two sentences."""
    if not m.paired or m.unmoved or m.seen[0].word == m.seen[1].word:
        return []
    one, two = (quoted(s.word, lang) for s in m.seen)
    if lang == "en":
        return [
            f"{one} and {two} are different words: weights may move because of the company each word keeps in texts, without the "
            "model settling what a pronoun stands for."
        ]
    return [
        f"{one} et {two} sont des mots différents : les poids peuvent bouger à cause des mots que chacun côtoie dans les textes, sans "
        "que le modèle tranche ce que désigne un pronom."
    ]


def _head(m: Measured, lang: Lang) -> list[str]:
    """What the strongest head is worth."""
    if m.heads == 1 or m.unmoved:
        return []
    from tools.language.attention_result import strongest

    layer, head, _ = strongest(m)
    if lang == "en":
        return [
            f"The head shown alone was chosen after the fact, as the largest of {m.seen[0].weights[:, :, 0, 0].size}; try it on sentences "
            f"of your own with --layer {layer} --head {head} before giving it a role."
        ]
    return [
        f"La tête montrée seule a été choisie après coup, comme la plus forte de {m.seen[0].weights[:, :, 0, 0].size} ; essayez-la sur "
        f"vos propres phrases avec --layer {layer} --head {head} avant de lui prêter un rôle."
    ]


def _picked(m: Measured, chosen: bool, lang: Lang) -> list[str]:
    if not chosen:
        return []
    name = quoted(m.asked.candidates[0], lang)
    if lang == "en":
        return [
            f"{name} was chosen because it receives the most after the first word: its share is flattered by that choice."
        ]
    return [f"{name} a été choisi parce qu’il reçoit le plus après le premier mot : ce choix flatte sa part."]


def _model(lang: Lang) -> str:
    if lang == "en":
        return "SmolLM2, the default model, is small and has read mostly English."
    return "SmolLM2, le modèle par défaut, est petit et a lu surtout de l’anglais."
