"""What a ``self_consistency`` result says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tools.finding import Lang, Text
from tools.numbers import cut, interval, number, percent

if TYPE_CHECKING:
    from tools.truth.consistency.measure import Meaning, Measured

MOSTLY, SELDOM = 0.5, 0.3  # shares of the samples from which they agree, or up to which they do not

ENTROPY = Text(en="Semantic entropy of the answers", fr="Entropie sémantique des réponses")
WEIGHTED = Text(en="Semantic entropy, weighted by likelihood", fr="Entropie sémantique, pondérée par la vraisemblance")
AGREEMENT = Text(
    en="Share of the draws that mean the same as the main answer",
    fr="Part des tirages qui disent la même chose que la réponse principale",
)
LARGEST = Text(en="Share of the most frequent meaning", fr="Part du sens le plus fréquent")
NGRAM_MEAN = Text(
    en="SelfCheck, words: how unexpected they are given the draws (mean)",
    fr="SelfCheck, mots : à quel point ils surprennent d’après les tirages (moyenne)",
)
NGRAM_MAX = Text(
    en="SelfCheck, words: the most unexpected of each sentence (mean)",
    fr="SelfCheck, mots : le plus surprenant de chaque phrase (moyenne)",
)
EMBEDDING = Text(
    en="SelfCheck, sentences: distance to the nearest sentence of each draw",
    fr="SelfCheck, phrases : distance à la phrase la plus proche de chaque tirage",
)
CONTRADICTION = Text(
    en="SelfCheck, entailment: how much the draws contradict the answer",
    fr="SelfCheck, implication : à quel point les tirages contredisent la réponse",
)
TOKEN = Text(
    en="Log-probability of a token of the main answer (mean)",
    fr="Log-probabilité d’un token de la réponse principale (moyenne)",
)
PERPLEXITY = Text(en="Perplexity of the main answer", fr="Perplexité de la réponse principale")
LOWEST = Text(
    en="Probability of the least likely token of the main answer",
    fr="Probabilité du token le moins probable de la réponse principale",
)
ONE_MEANING = Text(en="every draw means the same", fr="tous les tirages disent la même chose")
REPEATED = Text(en="every draw repeats the main answer", fr="tous les tirages répètent la réponse principale")
CERTAIN = Text(en="every token certain", fr="chaque token certain")
SILENT = Text(en="does not answer", fr="ne répond pas")


def quoted(text: str, lang: str) -> str:
    """“text”, or « text »."""
    return f"“{text}”" if lang == "en" else f"«\u202f{text}\u202f»"


def bits(value: float, lang: str) -> str:
    """An entropy with its unit; the word takes the plural from 2 on in French, except for 1.0 in English."""
    shown = round(value, 1)
    plural = shown >= 2 or (lang == "en" and shown != 1)
    return f"{number(value, lang, 1)} bit{'s' * plural}"


def clear(letters: str) -> str:
    """The letters of a token as they can be shown: without the spaces around, a line break as ⏎, a lone space as ␣."""
    return letters.strip(" ").replace("\n", "⏎") or ("␣" if letters else "")


def said(meaning: Meaning, lang: str, most: int) -> str:
    """What a cluster says, in quotation marks."""
    return quoted(cut(meaning.text, most), lang) if meaning.text else SILENT.get(lang)


def expected(m: Measured) -> str:
    """The first of the expected answers."""
    return m.expected.split("|")[0].strip()


def headline(m: Measured, lang: Lang) -> str:
    """The finding as a sentence, for the figure of the samples."""
    k, n = m.own.count, m.n
    falsehood = m.right is False and m.own.count >= MOSTLY * n and not m.own.silent
    if lang == "en":
        if m.own.silent:
            return f"The model declines to answer, as do {k} of the {n} draws"
        if falsehood:
            return f"{k} draws out of {n} agree, on an answer that is false"
        return f"{k} draw{'s' * (k != 1)} out of {n} say{'s' * (k == 1)} the same as the main answer" + _tail(m, lang)
    if m.own.silent:
        return f"Le modèle ne répond pas, comme {k} des {n} tirages"
    if falsehood:
        return f"{k} tirages sur {n} sont d’accord, sur une réponse fausse"
    return (
        f"{k} tirage{'s' * (k > 1)} sur {n} {'disent' if k > 1 else 'dit'} la même chose que la réponse principale"
        + _tail(m, lang)
    )


def _tail(m: Measured, lang: Lang) -> str:
    if m.right is None:
        return ""
    if lang == "en":
        return ", which is right" if m.right else ", which is false"
    return ", qui est juste" if m.right else ", qui est fausse"


def summary(m: Measured, name: str, built_in: bool, lang: Lang) -> str:
    """What it answers, how often, how many meanings, whether that is right, and what agreement is worth."""
    answer, asked = said(m.own, lang, 110), quoted(cut(m.asked.question, 110), lang)
    n, k, share = m.n, m.own.count, percent(m.agreement.value, lang)
    within = interval(100 * m.agreement.low, 100 * m.agreement.high, lang, 0)
    heat, top = number(m.temperature, lang, 1), number(math.log2(n), lang, 1)
    spread = bits(m.entropy.value, lang)
    if lang == "en":
        head = f"To the built-in question {asked}" if built_in else f"To {asked}"
        first = f"{head}, {name} " + ("gives no answer." if m.own.silent else f"answers {answer}.")
        return (
            f"{first} Asked {n} more times with chance (temperature {heat}), it says the same {k} time{'s' * (k != 1)} ({share}; "
            f"interval {within}%), and the draws have {m.kinds} meaning{'s' * (m.kinds > 1)}: a semantic entropy of {spread}, where 0 is "
            f"always the same and {top} never twice the same. {verdict(m, lang)}"
        )
    head = f"À la question fournie {asked}" if built_in else f"À {asked}"
    first = f"{head}, {name} " + ("ne répond pas." if m.own.silent else f"répond {answer}.")
    return (
        f"{first} Interrogé {n} fois de plus avec hasard (température {heat}), il dit la même chose {k} fois ({share} ; intervalle "
        f"{within} %), et les tirages ont {m.kinds} sens : une entropie sémantique de {spread}, où 0 veut dire toujours la même chose "
        f"et {top} jamais deux fois la même. {verdict(m, lang)}"
    )


def verdict(m: Measured, lang: Lang) -> str:
    """What may be concluded: by the expected answer where it is known, else what agreement is and is not."""
    share = m.agreement.value
    if m.right is not None:
        return _known(m, share, lang)
    if lang == "en":
        if share >= MOSTLY:
            return "It is of one mind, which is no proof: a model can repeat the same falsehood every time. Check it in a source."
        if share <= SELDOM:
            return "Its answer changes with chance: what it says here should not be relied on without a source."
        return "It wavers: neither a proof nor a denial. Check it in a source."
    if share >= MOSTLY:
        return "Il ne varie guère, ce qui ne prouve rien : un modèle peut répéter chaque fois la même erreur. Vérifiez dans une source."
    if share <= SELDOM:
        return "Sa réponse change avec le hasard : sans source, il ne faut pas s’y fier."
    return "Il hésite : ce n’est ni une preuve ni un démenti. Vérifiez dans une source."


def _known(m: Measured, share: float, lang: Lang) -> str:
    """The conclusion where the right answer is known."""
    goal, hits, n = quoted(cut(expected(m), 60), lang), m.right_samples, m.n
    if lang == "en":
        held = f"The expected answer is {goal}; {hits} of the {n} draws hold it"
        if m.right:
            end = ", and so does the main answer."
            return held + end + (" Here agreement and truth go together; they need not." if share >= MOSTLY else
                                 " The answer is right although the draws scatter: doubt is not a proof of error either.")  # fmt: skip
        if share >= MOSTLY:
            return f"{held}, and the main answer does not: the model agrees with itself on a falsehood. Agreement means nothing here."
        return f"{held}, and the main answer does not: it is false, and that the draws scatter was a warning."
    held = f"La réponse attendue est {goal} ; {hits} des {n} tirages la contiennent" if hits != 1 else (
        f"La réponse attendue est {goal} ; 1 des {n} tirages la contient")  # fmt: skip
    if m.right:
        end = ", et la réponse principale aussi."
        return held + end + (" Ici l’accord et la vérité vont ensemble ; ce n’est pas toujours le cas." if share >= MOSTLY else
                             " La réponse est juste bien que les tirages se dispersent : le doute ne prouve pas l’erreur.")  # fmt: skip
    if share >= MOSTLY:
        return f"{held}, et la réponse principale non : le modèle est d’accord avec lui-même sur une erreur. Ici, l’accord ne veut rien dire."
    return f"{held}, et la réponse principale non : elle est fausse, et la dispersion des tirages en avertissait."
