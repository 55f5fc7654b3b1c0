"""What a ``stability`` result says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tools.finding import Lang, Text
from tools.language.stability_answers import BARE
from tools.language.stability_variants import asks
from tools.numbers import cut, number, percent

if TYPE_CHECKING:
    from tools.language.stability_measure import Entropy, Measured

KINDS = {
    "original": Text(en="original", fr="original"),
    "punctuation": Text(en="punctuation", fr="ponctuation"),
    "case": Text(en="capitals", fr="majuscules"),
    "typo": Text(en="typing error", fr="faute de frappe"),
    "paraphrase": Text(en="other words", fr="autres mots"),
    "order": Text(en="other order", fr="autre ordre"),
    "language": Text(en="other language", fr="autre langue"),
    "system": Text(en="system prompt", fr="consigne système"),
}
AGREEMENT = Text(
    en="Share of the rewordings that get the answer of the original",
    fr="Part des reformulations qui reçoivent la réponse de l’original",
)
ENTROPY = Text(en="Entropy of the answers to the rewordings", fr="Entropie des réponses aux reformulations")
SAMPLED = Text(
    en="Entropy of the answers to the original, asked again with chance",
    fr="Entropie des réponses à l’original, reposé avec hasard",
)
REPEATED = Text(
    en="Entropy of the answers to the original, asked again at temperature 0",
    fr="Entropie des réponses à l’original, reposé à la température 0",
)
ALWAYS = Text(en="always the same answer", fr="toujours la même réponse")
AGAIN = Text(en="the same words again, temperature 0", fr="les mêmes mots, température 0")
NOTHING = {
    "number": Text(en="no number", fr="aucun nombre"),
    "yes_no": Text(en="neither yes nor no", fr="ni oui ni non"),
    "text": Text(en="nothing", fr="rien"),
}


def quoted(text: str, lang: Lang) -> str:
    """“text”, or « text »."""
    return f"“{text}”" if lang == "en" else f"« {text} »"


def answer_label(m: Measured, key: str, lang: Lang) -> str:
    """What an answer is called: its number, yes or no, or its first sentence."""
    if m.how == "text" or key.startswith(BARE):
        return m.spoken(key) or NOTHING[m.how].get(lang)
    if m.how == "number":
        return key if lang == "en" else key.replace(".", ",")
    return key if lang == "en" else {"yes": "oui", "no": "non"}[key]


def bits(e: Entropy, lang: Lang) -> str:
    """An entropy with its unit."""
    return f"{number(e.bits, lang, 1)} bit" + (
        "s" if round(e.bits, 1) >= 2 or (lang == "en" and round(e.bits, 1) != 1) else ""
    )


def headline(m: Measured, lang: Lang) -> str:
    """The finding as a sentence, for the figure."""
    n, k, question = len(m.variants), m.distinct, asks(m.prompt, m.language)
    if lang == "en":
        head = f"The same {'question' if question else 'request'} asked {n} ways gets"
        return f"{head} {k} different answers" if k > 1 else f"{head} one answer"
    head = f"La même {'question' if question else 'demande'} posée de {n} façons reçoit"
    return f"{head} {k} réponses différentes" if k > 1 else f"{head} une seule réponse"


def mark(m: Measured, lang: Lang) -> str:
    """What the answer is with and without the question mark, where both were asked."""
    stem = m.prompt.rstrip(" \u202f\u00a0?")
    bare = [a for v, a in zip(m.variants, m.answers, strict=True) if v.prompt == stem and not v.system]
    if stem == m.prompt or not bare:
        return ""
    with_it, without = answer_label(m, m.answers[0].key, lang), answer_label(m, bare[0].key, lang)
    with_it, without = cut(with_it, 60), cut(without, 60)
    if bare[0].key == m.answers[0].key:
        return (
            f"With or without the question mark the answer is the same, {quoted(with_it, lang)}. "
            if lang == "en"
            else f"Avec ou sans point d’interrogation, la réponse est la même, {quoted(with_it, lang)}. "
        )
    if lang == "en":
        return f"With the question mark the answer is {quoted(with_it, lang)}, without it {quoted(without, lang)}. "
    return (
        f"Avec le point d’interrogation, la réponse est {quoted(with_it, lang)} ; sans lui, {quoted(without, lang)}. "
    )


def bare(m: Measured, lang: Lang) -> str:
    """That many answers hold nothing to compare but their words."""
    count, n = sum(answer.key.startswith(BARE) for answer in m.answers), len(m.answers)
    if m.how == "text" or 2 * count <= n:
        return ""
    what = NOTHING[m.how].get(lang)
    if lang == "en":
        return f"{count} of the {n} answers hold {what}: they are compared by their first sentence. "
    return f"{count} des {n} réponses ne contiennent {what} : elles sont comparées par leur première phrase. "


def summary(m: Measured, name: str, lang: Lang) -> str:
    """How many answers, how many like the original's, the entropy beside chance, the question mark, what it is not."""
    n, share, low, high = len(m.variants), *m.agreement
    top, asked = number(math.log2(n), lang, 1), quoted(cut(m.prompt, 80), lang)
    within = f"{percent(low, lang)} {'to' if lang == 'en' else 'à'} {percent(high, lang)}"
    v, s = m.over_variants, m.over_samples
    heat = number(m.temperature, lang, 1)
    if lang == "en":
        return (
            f"Asked {asked} in {n} ways that mean the same, {name} gives {m.distinct} different answer{'s' * (m.distinct > 1)}: "
            f"{m.same} of the {m.reworded} rewordings ({percent(share, lang)}, {within}) get the answer of the original. "
            f"The answers vary by {bits(v, lang)} (0: always the same; {top}: always another); asked {s.n} times in the same "
            f"words with chance (temperature {heat}), by {bits(s, lang)}. {bare(m, lang)}{mark(m, lang)}"
            "An answer that never changes can still be wrong."
        )
    return (
        f"À {asked}, posé de {n} façons qui veulent dire la même chose, {name} donne {m.distinct} réponse{'s' * (m.distinct > 1)} "
        f"différente{'s' * (m.distinct > 1)} : {m.same} des {m.reworded} reformulations ({percent(share, lang)}, {within}) "
        f"reçoivent celle de l’original. Les réponses varient de {bits(v, lang)} (0 : toujours la même ; {top} : toujours une "
        f"autre) ; à {s.n} demandes dans les mêmes mots avec hasard (température {heat}), de {bits(s, lang)}. {bare(m, lang)}{mark(m, lang)}"
        "Une réponse qui ne change jamais peut encore être fausse."
    )
