"""What the arithmetic lesson says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang, Text
from tools.language.attention_text import quoted, sentence
from tools.numbers import NARROW, number
from tools.numbers import words as listed

if TYPE_CHECKING:
    from tools.language.attention_lesson import Lesson
    from tools.language.inside import Floats

QUESTION = Text(
    en="How does attention turn the vectors of a sentence into new ones, step by step?",
    fr="Comment l’attention change-t-elle les vecteurs d’une phrase, pas à pas ?",
)
EVEN = Text(en="even shares", fr="parts égales")
RIGHT_ANGLE = Text(en="right angle", fr="angle droit")
COSINE = "cosine"


def plain(value: float, lang: Lang) -> str:
    """A coordinate: whole numbers without decimals."""
    return number(value, lang, 0 if float(value).is_integer() else 2)


def vector(values: Floats, lang: Lang) -> str:
    """(2, 2) in English, (2 ; 2) in French, where the comma is the decimal sign."""
    return "(" + (", " if lang == "en" else f"{NARROW}; ").join(plain(float(v), lang) for v in values) + ")"


def title(x: Lesson, lang: Lang) -> str:
    """The finding as a sentence."""
    word = quoted(x.word, lang)
    if x.other is None:
        return f"Alone, {word} stays where it is" if lang == "en" else f"Seul, {word} reste où il est"
    other = quoted(x.mix.words[x.other], lang)
    share = number(float(x.mix.weights[x.source, x.other]), lang)
    if lang == "en":
        return f"In {quoted(short(x), lang)}, the new {word} holds {share} of {other}"
    return f"Dans {quoted(short(x), lang)}, le nouveau {word} contient {share} de {other}"


def short(x: Lesson) -> str:
    """The sentence, cut for a title."""
    return x.sentence if len(x.sentence) <= 60 else x.sentence[:59] + "…"


def summary(x: Lesson, lang: Lang) -> str:
    """Vectors and scores, shares, the new vector, the words left out."""
    return " ".join(filter(None, [_scores(x, lang), _shares(x, lang), _left_out(x, lang)]))


def _scores(x: Lesson, lang: Lang) -> str:
    m, word = x.mix, quoted(x.word, lang)
    if x.other is None:
        if lang == "en":
            return f"{word} is the only word with a vector, {vector(m.vectors[x.source], lang)}: its share is 1."
        return f"{word} est le seul mot qui a un vecteur, {vector(m.vectors[x.source], lang)} : sa part est 1."
    other, cosine = quoted(m.words[x.other], lang), plain(round(float(m.cosines[x.source, x.other]), 12), lang)
    first, second = vector(m.vectors[x.source], lang), vector(m.vectors[x.other], lang)
    if lang == "en":
        return (
            f"{sentence(word)} is the vector {first} and {other} the vector {second}: the cosine of the two is {cosine}, "
            "and that of a word with itself is 1."
        )
    return (
        f"{word} est le vecteur {first} et {other} le vecteur {second} : le cosinus des deux vaut {cosine}, "
        "celui d’un mot avec lui-même vaut 1."
    )


def _shares(x: Lesson, lang: Lang) -> str:
    m, i = x.mix, x.source
    weights = [number(float(w), lang) for w in m.weights[i]]
    terms = " + ".join(f"{w} × {vector(v, lang)}" for w, v in zip(weights, m.vectors, strict=True))
    new = vector(m.new[i], lang)
    shares = listed(
        [f"{w} {'for' if lang == 'en' else 'pour'} {quoted(n, lang)}" for w, n in zip(weights, m.words, strict=True)],
        lang,
    )
    if lang == "en":
        return f"Softmax turns these scores into shares that add up to 1: {shares}. The new {quoted(x.word, lang)} is {terms} = {new}."
    return f"Le softmax change ces scores en parts dont la somme est 1 : {shares}. Le nouveau {quoted(x.word, lang)} est {terms} = {new}."


def _left_out(x: Lesson, lang: Lang) -> str:
    if not x.left_out:
        return ""
    names = listed([quoted(word, lang) for word in dict.fromkeys(x.left_out)], lang)
    if x.full is None:
        if lang == "en":
            return f"Left out, for want of a vector: {names}."
        return f"Laissés de côté, faute de vecteur : {names}."
    i = x.full.words.index(x.word)
    own, one = number(float(x.full.weights[i, i]), lang), len(set(x.left_out)) == 1
    if lang == "en":
        return f"The course leaves out {names}; a score of 0 still counts as exp(0) = 1, and with {'it' if one else 'them'} the share of {quoted(x.word, lang)} is {own}."
    return (
        f"Le cours laisse de côté {names} ; un score de 0 compte pourtant pour exp(0) = 1, et avec {'lui' if one else 'eux'} la part de "
        f"{quoted(x.word, lang)} est {own}."
    )


def how_to_read(x: Lesson, lang: Lang) -> str:
    """The steps as formulas, and what the course's slides say of them."""
    d = x.mix.vectors.shape[1]
    if lang == "en":
        text = (
            "dot product a·b = Σ aᵢbᵢ; cosine = a·b / (|a| |b|); share = exp(score) / Σ exp(scores); new vector = Σ share × vector. "
            f"The scores here are cosines, as in J. Simon’s course; a transformer takes a·b / √d instead, here with d = {d} "
            "(Vaswani et al. 2017), and the tables give both."
        )
    else:
        text = (
            "produit scalaire a·b = Σ aᵢbᵢ ; cosinus = a·b / (|a| |b|) ; part = exp(score) / Σ exp(scores) ; nouveau vecteur = Σ part × "
            f"vecteur. Les scores sont ici des cosinus, comme dans le cours de J. Simon ; un transformeur prend a·b / √d, ici avec "
            f"d = {d} (Vaswani et al. 2017), et les tableaux donnent les deux."
        )
    return " ".join([text, *_slides(x, lang)])


def _slides(x: Lesson, lang: Lang) -> list[str]:
    """The corrections to the slides, where they bear on this lesson, and why there is an exponential."""
    texts = []
    if x.course and x.mix.words == ["apple", "orange"]:
        texts.append(
            "One slide of the course prints 0.58 and 0.42: that is the plain division 1 / 1.71; the next slide has the softmax, 0.57 "
            "and 0.43. With shares rounded to two decimals, the new apple comes out as 1.14 where the exact sum gives 1.15."
            if lang == "en"
            else "Une diapositive du cours imprime 0,58 et 0,42 : c’est la simple division 1 / 1,71 ; la suivante donne le softmax, 0,57 "
            "et 0,43. Avec des parts arrondies à deux décimales, le nouvel apple sort à 1,14 là où la somme exacte donne 1,15."
        )
    if x.mix.cosines.min() < 0:
        texts.append(
            "A plain division of the scores by their sum fails when one is negative: 1 and −1 add up to 0. The exponential of any "
            "score is positive."
            if lang == "en"
            else "Une simple division des scores par leur somme échoue quand l’un est négatif : 1 et −1 font 0. L’exponentielle d’un "
            "score est toujours positive."
        )
    return texts


def limits(x: Lesson, lang: Lang) -> str:
    """What the lesson leaves out."""
    if lang == "en":
        start = (
            "The vectors were invented for the lesson"
            if x.course
            else "The vectors are yours and were not learned from texts"
        )
        return (
            f"{start}; those of a model have hundreds of coordinates without names. A transformer does not compare the vectors "
            "themselves: three learned matrices make a query, a key and a value of each, and several heads do so side by side. "
            "The place of a word in the sentence plays no part here. The shares say how vectors are mixed, not why a model answers."
        )
    start = (
        "Les vecteurs ont été inventés pour la leçon"
        if x.course
        else "Les vecteurs sont les vôtres, aucun texte ne les a appris"
    )
    return (
        f"{start} ; ceux d’un modèle ont des centaines de coordonnées sans nom. Un transformeur ne compare pas les vecteurs "
        "eux-mêmes : trois matrices apprises tirent de chacun une requête, une clé et une valeur, et plusieurs têtes le font côte "
        "à côte. La place d’un mot dans la phrase ne joue ici aucun rôle. Les parts disent comment les vecteurs se mélangent, non "
        "pourquoi un modèle répond."
    )
