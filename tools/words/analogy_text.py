"""What an analogy says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

import numpy as np

from tools.finding import Lang, Text
from tools.numbers import number, p_value
from tools.numbers import words as listed
from tools.words.analogy_search import TRIPLES, Answers, Chance


def summary(question: list[str], allowed: Answers, forbidden: Answers, chance: Chance, lang: Lang) -> str:
    """What comes out without the rule, what comes out with it, and what each of them is worth."""
    a, b, c = question
    (first, cosine), (second, barred) = allowed[0], forbidden[0]
    count, of, mostly = chance.own_word, len(chance.allowed), 2 * chance.own_word > len(chance.allowed)
    if lang == "en":
        text = f"“{a}” is to “{b}” as “{c}” is to “{first}” when any word may be the answer (cosine {number(cosine, lang)})."
        if first == second:
            return text + " Forbidding the words of the question, as common programs do, changes nothing here."
        others = listed([f"“{word}”" for word, _ in forbidden[1:3]], lang)
        text += (
            f" Common programs forbid the words of the question: then “{second}” comes first ({number(barred, lang)})"
        )
        text += f", then {others}." if others else "."
        text += f" It is the rule, not the vectors, that keeps “{first}” from being the answer."
        text += f" But where they are allowed, the words of the question also win {count} of {of} questions made of random words"
        return text + (f": that “{first}” comes first says little by itself." if mostly else ".")
    text = f"« {a} » est à « {b} » ce que « {c} » est à « {first} » quand tout mot peut être la réponse (cosinus {number(cosine, lang)})."
    if first == second:
        return text + " Interdire les mots de la question, comme le font des programmes courants, ne change rien ici."
    others = listed([f"« {word} »" for word, _ in forbidden[1:3]], lang)
    text += f" Des programmes courants interdisent les mots de la question : alors « {second} » arrive en tête ({number(barred, lang)})"
    text += f", puis {others}." if others else "."
    text += f" C’est la règle, et non les vecteurs, qui empêche « {first} » d’être la réponse."
    text += f" Mais là où ils sont permis, les mots de la question gagnent aussi {count} questions sur {of} faites de mots au hasard"
    return text + (f" : que « {first} » arrive en tête dit peu à lui seul." if mostly else ".")


def how_to_read(forbidden: Answers, chance: Chance, lang: Lang) -> str:
    """The formula, the source, and what random questions give."""
    own, median = number(chance.own_word, lang, 0), number(float(np.median(chance.forbidden)), lang)
    p = p_value(chance.p(forbidden[0][1], True), lang)
    if lang == "en":
        return (
            "A cosine of 1 means the same direction, 0 no relation. Answer = the word w with the largest cos(w, b − a + c), all vectors "
            "scaled to length 1 (3CosAdd, Mikolov et al. 2013); the two forms differ only in whether w may be a, b or c (Nissim et al. "
            f"2020). On {TRIPLES} random questions, three words drawn from the vocabulary, {own} are answered by a word of the question "
            f"itself when it is allowed; when it is forbidden the median top cosine is {median}, and {p} is the share of them whose top "
            "cosine is at least as large. That p says the three words are less foreign to each other than words drawn at random; it "
            "does not say that the analogy is right, nor that it is biased."
        )
    return (
        "Un cosinus de 1 veut dire même direction, 0 aucun rapport. Réponse = le mot w dont cos(w, b − a + c) est le plus grand, tous les "
        "vecteurs ramenés à la longueur 1 (3CosAdd, Mikolov et al. 2013) ; les deux formes ne diffèrent que par le droit de w d’être a, "
        f"b ou c (Nissim et al. 2020). Sur {TRIPLES} questions au hasard, trois mots tirés du vocabulaire, {own} ont pour réponse un mot de "
        f"la question s’il est permis ; s’il est interdit, le cosinus médian de la première réponse est {median}, et {p} est la part de "
        "celles dont le cosinus est au moins aussi grand. Ce p dit que les trois mots sont moins étrangers les uns aux autres que des "
        "mots tirés au hasard ; il ne dit ni que l’analogie est juste, ni qu’elle est biaisée."
    )


LIMITS = Text(
    en="An analogy is one example, not a measurement of bias: another trio of words gives another story, and a striking one is easy to "
    "find by trying many. A nearest word is always returned, even when nothing is near. A cosine is not a probability. The answer can "
    "only be a word of this vocabulary. A stereotyped answer describes the texts behind the vectors, not men, women or "
    "professions; association over whole lists of words (weat) is the measurement to quote.",
    fr="Une analogie est un exemple, non une mesure de biais : un autre trio de mots raconte une autre histoire, et à force d’essayer on "
    "en trouve de frappantes. Un mot le plus proche est toujours rendu, même quand rien n’est proche. Un cosinus n’est pas une "
    "probabilité. La réponse ne peut être qu’un mot de ce vocabulaire. Une réponse stéréotypée décrit les textes dont viennent les "
    "vecteurs, non les hommes, les femmes ou les métiers ; c’est l’association sur des listes entières de mots (weat) qui se cite.",
)
