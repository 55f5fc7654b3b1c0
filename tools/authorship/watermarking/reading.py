"""How to read the demonstration of ``watermark``, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.authorship.watermarking.scheme import KEY
from tools.finding import Lang
from tools.numbers import number, percent
from tools.specimens import languages

if TYPE_CHECKING:
    from tools.authorship.watermarking.measure import Shown


def scheme(width: int, lang: Lang) -> str:
    """How the list is chosen, for this width."""
    if lang == "en":
        return (
            "the token before and the key choose the green list"
            if width == 1
            else f"the {width} tokens before and the key choose the green list (the least of their hashes: Kirchenbauer et al. 2024)"
        )
    return (
        "le token précédent et la clé choisissent la liste verte"
        if width == 1
        else f"les {width} tokens précédents et la clé choisissent la liste verte (le plus petit de leurs hachages : Kirchenbauer et al. 2024)"
    )


def how_to_read(m: Shown, lang: Lang) -> str:
    """What the numbers mean, with the formula and its source."""
    delta, gamma, heat = number(m.mark.delta, lang, 1), percent(m.mark.gamma, lang), number(m.temperature, lang, 1)
    if lang == "en":
        return (
            f"At each step {scheme(m.mark.width, lang)}, {gamma} of the vocabulary, and δ = {delta} is added to the model's score (logit) of its tokens. "
            "z = (green − γT) / √(Tγ(1 − γ)), T being the tokens counted, a pair (context, token) that comes back counting once "
            "(Kirchenbauer et al. 2023, equation 3). Without the mark z stays near 0; the mark is said to be found when z > 4, which chance alone gives to "
            "about 3 texts in 100,000, and when the exact binomial p is below 1 in 10,000. "
            "Perplexity = exp(−mean log p) under the model without the mark, at temperature 1: how many words it seems to choose from; it rises "
            "as the mark makes it write what it would not have. The texts of the different strengths meet the same chance, temperature "
            f"{heat}, and have exactly {m.tokens} tokens (the model may not stop sooner). Intervals are Student's over the texts, Wilson's for shares. "
            "The open diamonds are plain arithmetic on tokens: a text cut to a share c keeps z√c; with a share e of its tokens replaced, z(1 − e)^(h + 1), deleted, z(1 − e)^(h + ½), h being the width of the context. Editing words spares punctuation, so a little more is left."
        )
    return (
        f"À chaque pas, {scheme(m.mark.width, lang)}, {gamma} du vocabulaire, et δ = {delta} s’ajoute au score (logit) que le modèle donne à ses tokens. "
        "z = (verts − γT) / √(Tγ(1 − γ)), T étant le nombre de tokens comptés ; une paire (contexte, token) qui revient compte une fois "
        "(Kirchenbauer et al. 2023, équation 3). Sans la marque, z reste près de 0 ; la marque est dite trouvée quand z > 4, ce que le hasard seul donne à "
        "environ 3 textes sur 100 000, et quand le p binomial exact est sous 1 sur 10 000. "
        "Perplexité = exp(−moyenne de log p) sous le modèle sans la marque, à la température 1 : entre combien de mots il semble choisir ; elle monte "
        "quand la marque lui fait écrire ce qu’il n’aurait pas écrit. Les textes des différentes forces rencontrent le même hasard, à la température "
        f"{heat}, et font exactement {m.tokens} tokens (le modèle ne peut pas finir plus tôt). Intervalles de Student sur les textes, de Wilson pour les parts. "
        "Les losanges ouverts sont de la simple arithmétique sur les tokens : un texte réduit à une part c garde z√c ; avec une part e de tokens remplacés, z(1 − e)^(h + 1), supprimés, z(1 − e)^(h + ½), h étant la largeur du contexte. Retoucher des mots épargne la ponctuation : il en reste un peu plus."
    )


def limits(m: Shown, lang: Lang) -> str:
    """What the demonstration cannot tell."""
    n = len(m.marked)
    if lang == "en":
        found = [
            f"{n} texts to one request show how the mark works, not how often it works: raise --samples for a rate.",
            "A mark says which key was used, never that a text is true, or that a text without it was written by a person: most models mark nothing.",
            "Where the words leave no choice (a poem by heart, code, facts, a low temperature) there is little to mark."
            + _freedom(m, lang),
            "Perplexity under one small model is a poor judge of quality; no one read these texts.",
            "Whoever has the key can find the mark, forge it and take it off"
            + ("; the key here is the published one." if m.mark.key == KEY else "."),
        ]
        found.append(_trip(m, lang))
        found.append(
            "SmolLM2 hardly writes French: the built-in request is in English."
            if m.builtin
            else "A small model trained mostly on English, such as SmolLM2, hardly writes French."
        )
    else:
        found = [
            f"{n} textes pour une demande montrent comment la marque fonctionne, pas combien de fois : augmentez --samples pour un taux.",
            "Une marque dit quelle clé a servi, jamais qu’un texte est vrai, ni qu’un texte sans elle vient d’une personne : la plupart des modèles ne marquent rien.",
            "Là où les mots ne laissent pas de choix (un poème su par cœur, du code, des faits, une basse température), il y a peu à marquer."
            + _freedom(m, lang),
            "La perplexité sous un seul petit modèle juge mal la qualité ; personne n’a lu ces textes.",
            "Qui a la clé peut trouver la marque, l’imiter et l’ôter"
            + (" ; la clé est ici celle qui a été publiée." if m.mark.key == KEY else "."),
        ]
        found.append(_trip(m, lang))
        found.append(
            "SmolLM2 n’écrit guère le français : la demande fournie est en anglais."
            if m.builtin
            else "Un petit modèle formé surtout sur de l’anglais, comme SmolLM2, n’écrit guère le français."
        )
    return " ".join(found)


def _freedom(m: Shown, lang: Lang) -> str:
    """How open the choices were here, and what the theorem makes of that."""
    if m.hoped is None:
        return ""
    entropy = number(m.hoped.entropy, lang)
    promised = number(m.hoped.z(round(sum(one.detection.scored for one in m.marked) / len(m.marked))), lang, 1)
    if lang == "en":
        return f" Here the mean spike entropy of the plain texts was {entropy} (1: every choice open), for which theorem 4.2 of the same paper promises z ≥ {promised} on average."
    return f" Ici, l’entropie de pic moyenne des textes sans marque était de {entropy} (1 : tout choix ouvert), pour laquelle le théorème du même article sur le nombre de verts promet z ≥ {promised} en moyenne."


def _trip(m: Shown, lang: Lang) -> str:
    if not m.pivot:
        return (
            "No translator for this language is at hand, so the paraphrase was not tried."
            if lang == "en"
            else "Aucun traducteur de cette langue n’est disponible : la paraphrase n’a pas été essayée."
        )
    through = languages.label(m.pivot, lang)
    if lang == "en":
        return f"The paraphrase is a translation into {through} and back by a small machine; a person or a large model rewords more."
    return f"La paraphrase est une traduction aller-retour ({through}) par une petite machine ; une personne ou un grand modèle reformule davantage."
