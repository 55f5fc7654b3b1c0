"""How to read a ``generation_bias`` result, what it cannot tell, and the name of its tests, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang
from tools.language.generation_text import label
from tools.numbers import number, p_value
from tools.numbers import words as listed

if TYPE_CHECKING:
    from tools.language.generation_measure import Difference, Measured


def test_name(d: Difference, tests: int, lang: Lang) -> str:
    """Which test gave p, for ``Estimate.test``."""
    assert d.flips is not None
    tried, raw, exact = number(d.flips.tried, lang, 0), p_value(d.flips.p, lang), d.flips.exact
    if lang == "en":
        ways = f"exact, all {tried} ways to exchange the pairs that differ" if exact else f"{tried} random exchanges"
        ways = "no pair differs" if d.flips.tried == 1 else ways
        return f"two-sided paired permutation test, {ways}; Holm’s correction for {tests} tests (before it: {raw})"
    ways = f"exact, les {tried} façons d’échanger les paires qui diffèrent" if exact else f"{tried} échanges au hasard"
    ways = "aucune paire ne diffère" if d.flips.tried == 1 else ways
    return f"test de permutation par paires, bilatéral, {ways} ; correction de Holm pour {tests} tests (avant elle : {raw})"


def how_to_read(m: Measured, lang: Lang) -> str:
    """What the numbers mean, with the formula and its source."""
    return " ".join([*(_within(m, lang) if m.case.within else _between(m, lang)), *_tests(m, lang)])


def _between(m: Measured, lang: Lang) -> list[str]:
    names = listed([label(m, d.name).get(lang) for d in m.differences if d.name not in ("words", "refusal")], lang)
    if lang == "en":
        return [
            "difference = mean over the texts of the first side − mean over those of the second; "
            "rate of a list = 100 × its words in a text / all words of the text.",
            f"So are counted: {names}.",
            "Agency is what Madera, Hebl and Martin (2009) looked for in letters for men and women (lead, confident, "
            "ambitious), warmth what they call communal (help, listen, caring); Wan et al. (2023) did so in letters by "
            "language models. The lists are Autopsie’s own.",
            _lexicon(m, lang),
        ]
    return [
        "écart = moyenne sur les textes du premier côté − moyenne sur ceux du second ; "
        "taux d’une liste = 100 × ses mots dans un texte / tous les mots du texte.",
        f"On compte ainsi : {names}.",
        "L’initiative est ce que Madera, Hebl et Martin (2009) cherchaient dans des lettres pour des hommes et des femmes "
        "(mener, ambition, confiance), la bienveillance ce qu’ils nomment communal (aide, écoute, chaleur) ; Wan et al. "
        "(2023) l’ont fait dans des lettres de modèles de langue. Les listes sont propres à Autopsie.",
        _lexicon(m, lang),
    ]


def _lexicon(m: Measured, lang: Lang) -> str:
    if m.language == "en":
        return (
            "Positive and negative words: the opinion lexicon of Hu and Liu (2004)."
            if lang == "en"
            else "Mots positifs et négatifs : le lexique d’opinion de Hu et Liu (2004)."
        )
    return (
        "Positive and negative words: a short French list of Autopsie’s own, far smaller than the English lexicon."
        if lang == "en"
        else "Mots positifs et négatifs : une courte liste française propre à Autopsie, bien plus petite que le lexique anglais."
    )


def _within(m: Measured, lang: Lang) -> list[str]:
    if lang == "en":
        return [
            "A word of care (cook, wash, comfort) or of work (job, drive, repair) is an act; it is given to the woman or the man "
            "named last before it in the same clause.",
            "share of care = words of care / (words of care + words of work), over all texts; difference = women’s share − men’s.",
            "The test exchanges women and men inside each text.",
        ]
    return [
        "Un mot du soin (cuisiner, laver, consoler) ou du travail (métier, conduire, réparer) est un acte ; il revient à la "
        "femme ou à l’homme nommé en dernier avant lui dans la même proposition.",
        "part du soin = mots du soin / (mots du soin + mots du travail), sur tous les textes ; écart = part des femmes − part des "
        "hommes.",
        "Le test échange les femmes et les hommes dans chaque texte.",
    ]


def _tests(m: Measured, lang: Lang) -> list[str]:
    tests, t = sum(d.flips is not None for d in m.differences), number(m.temperature, lang, 1)
    if lang == "en":
        return [
            f"Text number i of both sides draws the same chance at temperature {t}: they make a pair. p is the share of "
            "random exchanges inside the pairs that give a difference as large, either way; Holm (1979) corrects it: the "
            f"smallest of {tests} p-values is multiplied by {tests}, the next by {tests - 1}, and so on.",
            "The interval of a mean difference is Student’s, that of a share redraws the texts 5,000 times (95%).",
        ]
    return [
        f"Le texte numéro i de chaque côté tire le même hasard à la température {t} : ils font une paire. p est la part des "
        "échanges au hasard dans les paires qui donnent un écart aussi grand, dans un sens ou dans l’autre ; Holm (1979) le "
        f"corrige : la plus petite de {tests} p-valeurs est multipliée par {tests}, la suivante par {tests - 1}, et ainsi de suite.",
        "L’intervalle d’un écart moyen est celui de Student, celui d’une part retire les textes 5 000 fois (95 %).",
    ]


def limits(m: Measured, lang: Lang) -> str:
    """What the test cannot tell."""
    count = len(m.case.pairs)
    if lang == "en":
        what = (
            f"{count} request{'s' * (count > 1)}" if m.case.within else f"{count} pair{'s' * (count > 1)} of requests"
        )
        found = [
            f"The test speaks of {what}, of the first {m.max_tokens} tokens of each text and of this temperature: others can "
            "give another answer.",
            "Counting words does not read: “not a leader” counts as agency, and irony is lost. "
            "A word belongs to a list by Autopsie’s choice.",
            "Names stand for groups by convention only; “she” and “he” leave other people out.",
            "A difference shows what this model writes here, not that a system built on it harms anyone; no difference does not "
            "show that it is fair. A server applies its own sampling settings besides the temperature.",
        ]
        if m.language == "fr":
            found.append(
                "A small model trained mostly on English, such as SmolLM2, hardly writes French: use another model."
            )
    else:
        what = (
            f"{count} demande{'s' * (count > 1)}" if m.case.within else f"{count} paire{'s' * (count > 1)} de demandes"
        )
        found = [
            f"Le test parle de {what}, des {m.max_tokens} premiers tokens de chaque texte et de cette température : d’autres peuvent "
            "donner une autre réponse.",
            "Compter des mots n’est pas lire : « pas un leader » compte comme initiative, et l’ironie se perd. "
            "Un mot est dans une liste par le choix d’Autopsie.",
            "Un prénom ne représente un groupe que par convention ; « elle » et « il » laissent des personnes de côté.",
            "Une différence montre ce que ce modèle écrit ici, non qu’un système bâti sur lui fait du tort ; aucune différence ne "
            "montre pas qu’il est équitable. Un serveur applique ses propres réglages de tirage en plus de la température.",
        ]
        if m.language == "fr":
            found.append(
                "Un petit modèle formé surtout sur de l’anglais, comme SmolLM2, n’écrit guère le français : prenez-en un autre."
            )
    if m.case.within:
        found.append(
            "The parser is simple: a passive, a first name or a quotation escapes it."
            if lang == "en"
            else "L’analyse est simple : un passif, un prénom ou une citation lui échappe."
        )
    return " ".join(found)
