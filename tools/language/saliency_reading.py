"""How to read a ``text_saliency`` result, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang
from tools.language.saliency_checks import RESAMPLES
from tools.language.saliency_text import ends, quoted
from tools.numbers import number, percent

if TYPE_CHECKING:
    from tools.language.saliency_measure import Measured


def how_to_read(m: Measured, lang: Lang) -> str:
    """The score, the formula of the method, completeness, curves, agreement and random weights, with their sources."""
    parts = [_score(m, lang), _formula(m, lang), _completeness(m, lang), _checks(m, lang)]
    return " ".join(parts)


def _score(m: Measured, lang: Lang) -> str:
    first, second = ends(m, lang)
    if lang == "en":
        if len(m.answers) == 2:
            return (
                f"score = log p(A) − log p(B), in nats, with A = {first} and B = {second} (Yin and Neubig 2022): 0.69 makes "
                "A twice as likely as B. A positive value pushes towards A, a negative one towards B."
            )
        return f"score = log p(A), in nats, with A = {first}. A positive value makes A likelier, a negative one less likely."
    if len(m.answers) == 2:
        return (
            f"score = log p(A) − log p(B), en nats, avec A = {first} et B = {second} (Yin et Neubig 2022) : 0,69 rend A deux "
            "fois plus probable que B. Une valeur positive pousse vers A, une négative vers B."
        )
    return f"score = log p(A), en nats, avec A = {first}. Une valeur positive rend A plus probable, une négative moins probable."


def _formula(m: Measured, lang: Lang) -> str:
    n = number(len(m.shapley.chains), lang, 0)
    orders = {"en": f"all {n} orders", "fr": f"les {n} ordres"} if m.shapley.exact else {
        "en": f"{n} random orders, with a t interval", "fr": f"{n} ordres au hasard, avec un intervalle t"}  # fmt: skip
    lines = {
        "en": {
            "gradient_x_input": "value(word) = sum over its tokens of gradient of the score · vector of the token "
            "(Shrikumar et al. 2016).",
            "integrated_gradients": "value(word) = sum over its tokens of (vector − blank) · mean gradient on the straight "
            "line from the blank to the text (Sundararajan et al. 2017).",
            "occlusion": "value(word) = score(text) − score(text without the word) (Zeiler and Fergus 2014; Li et al. 2016).",
            "shapley": f"value(word) = mean, over {orders['en']}, of what the score gains when the word arrives "
            "(Castro et al. 2009): sampled here directly, it is what SHAP estimates (Lundberg and Lee 2017).",
        },
        "fr": {
            "gradient_x_input": "valeur(mot) = somme sur ses tokens de gradient du score · vecteur du token "
            "(Shrikumar et al. 2016).",
            "integrated_gradients": "valeur(mot) = somme sur ses tokens de (vecteur − vide) · gradient moyen sur la ligne "
            "droite qui va du vide au texte (Sundararajan et al. 2017).",
            "occlusion": "valeur(mot) = score(texte) − score(texte sans le mot) (Zeiler et Fergus 2014 ; Li et al. 2016).",
            "shapley": f"valeur(mot) = moyenne, sur {orders['fr']}, de ce que le score gagne à l’arrivée du mot "
            "(Castro et al. 2009) : tirée ici directement, c’est ce qu’estime SHAP (Lundberg et Lee 2017).",
        },
    }
    return lines[lang][m.asked.method] + " " + _taken_away(m, lang)


def _taken_away(m: Measured, lang: Lang) -> str:
    """What stands for a word that is not there, and what stays in place."""
    zero, removed = m.asked.blank == "zero", m.asked.without == "removed"
    if lang == "en":
        blank = "a vector of zeros" if zero else "the model’s own filler token"
        how = (
            f"replaced by the blank, {blank}"
            if not removed
            else f"removed from the text (the blank of gradients is {blank})"
        )
        mark = "The start mark of the text" if not m.masked else "The marks around the text and the gap"
        stay = "stays" if not m.masked else "stay"
        return (
            f"A word that is taken away is {how}. {mark} always {stay}: models park attention there (Xiao et al. 2024)."
        )
    blank = "un vecteur de zéros" if zero else "le token de remplissage du modèle"
    how = f"remplacé par le vide, {blank}" if not removed else f"ôté du texte (le vide des gradients est {blank})"
    mark = "La marque de début du texte reste" if not m.masked else "Les marques autour du texte et le trou restent"
    return (
        f"Un mot retiré est {how}. {mark} toujours en place : les modèles y déposent leur attention (Xiao et al. 2024)."
    )


def _completeness(m: Measured, lang: Lang) -> str:
    i = m.integral
    gap, total, steps = percent(i.gap, lang, 2), number(i.difference, lang), number(i.steps, lang, 0)
    met = i.gap <= 0.01
    if lang == "en":
        text = (
            f"Integrated gradients must add up to the score of the text less that of the blank, {total} nats: with {steps} "
            f"gradients the gap is {gap} of it, local errors added up without cancelling"
        )
        return text + ("." if met else ", above the 1% that was asked: read that column with care.")
    text = (
        f"Les gradients intégrés doivent avoir pour somme le score du texte moins celui du vide, {total} nat : avec {steps} "
        f"gradients, l’écart en est de {gap}, erreurs locales ajoutées sans se compenser"
    )
    return text + ("." if met else ", au-dessus du 1 % demandé : lisez cette colonne avec prudence.")


def _checks(m: Measured, lang: Lang) -> str:
    draws = m.randomised[-1].draws
    if lang == "en":
        return (
            "Area of a curve = mean score while words leave (deletion) or arrive (insertion), the ones that push most towards A "
            "first (Petsiuk et al. 2018); the gain is the distance to the mean of random orders, its interval their 95% range. "
            f"Agreement is Spearman’s rank correlation, 1 for the same ranking (bootstrap of the words, {number(RESAMPLES, lang, 0)} "
            f"draws). Random weights: {draws} copies whose last blocks are drawn anew, with the mean and the spread of the weights they replace (Adebayo et al. 2018), t interval over the copies; the control is a copy where nothing is random."
        )
    return (
        "Aire d’une courbe = score moyen pendant que les mots partent (retrait) ou arrivent (ajout), ceux qui poussent le plus "
        "vers A d’abord (Petsiuk et al. 2018) ; le gain est la distance à la moyenne d’ordres au hasard, son intervalle est leur "
        "étendue à 95 %. L’accord est la corrélation de rang de Spearman, 1 pour le même classement (bootstrap des mots, "
        f"{number(RESAMPLES, lang, 0)} tirages). Poids aléatoires : {draws} copies dont les derniers blocs sont tirés à neuf, avec la moyenne et "
        "l’écart type des poids qu’ils remplacent (Adebayo et al. 2018), intervalle t sur les copies ; le témoin est une copie où rien n’est aléatoire."
    )


def limits(m: Measured, lang: Lang) -> str:
    """What a map of words cannot tell."""
    rho = number(m.agreement.mean, lang)
    if lang == "en":
        found = [
            "A map says which words move this score of this model on this one text; it does not say why, nor that the model "
            "reasons, nor what another text would give.",
            f"The four methods rank the words with a mean correlation of {rho}: where they disagree, no single map is the "
            "explanation.",
            "Values depend on what stands for a missing word, and a text with holes is not one that the model has learnt from: "
            "run it again with another --blank or --without.",
            "The curves take words away as occlusion and Shapley values do, which favours these two.",
            "A word’s value includes its share of what words do only together.",
            "In the copies the word vectors and the last layer are kept: the check speaks of the blocks.",
        ]
        french = "SmolLM2, the default model, has read mostly English: its maps of French texts say little."
    else:
        found = [
            "Une carte dit quels mots déplacent ce score de ce modèle sur ce seul texte ; elle ne dit ni pourquoi, ni que le "
            "modèle raisonne, ni ce que donnerait un autre texte.",
            f"Les quatre méthodes classent les mots avec une corrélation moyenne de {rho} : là où elles divergent, aucune carte "
            "n’est à elle seule l’explication.",
            "Les valeurs dépendent de ce qui tient lieu de mot absent, et le modèle n’a pas appris sur des textes troués : "
            "recommencez avec un autre --blank ou un autre --without.",
            "Les courbes retirent les mots comme le font l’occlusion et les valeurs de Shapley, ce qui avantage ces deux méthodes.",
            "La valeur d’un mot contient sa part de ce que les mots ne font qu’ensemble.",
            "Dans les copies, les vecteurs de mots et la dernière couche restent : le contrôle parle des blocs.",
        ]
        french = "SmolLM2, le modèle par défaut, a lu surtout de l’anglais : ses cartes de textes français disent peu de chose."
    if len(m.answers) == 2:
        other = quoted(m.answers[1].label, lang)
        found.append(
            f"The map answers “why A rather than B”: against another B than {other} it can be another map."
            if lang == "en"
            else f"La carte répond à « pourquoi A plutôt que B » : face à un autre B que {other}, elle peut être autre."
        )
    return " ".join([*found, french])
