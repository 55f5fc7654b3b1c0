"""What a ``logprob_bias`` result says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tools.finding import Lang, Text
from tools.numbers import interval, number, p_value
from tools.numbers import words as listed

if TYPE_CHECKING:
    from tools.language.pronouns import Measured
    from tools.words.association import Splits

SIGNIFICANT = 0.05

EFFECT_SIZE = Text(
    en="Difference between the two groups of occupations (d)", fr="Différence entre les deux groupes de métiers (d)"
)
NO_DIFFERENCE = Text(en="no difference", fr="aucune différence")
NO_PREFERENCE = Text(en="no preference", fr="aucune préférence")
NO_LINK = Text(en="no link", fr="aucun lien")
SHARE_CORRELATION = Text(
    en="Rank correlation of the gap with the share of men in the occupation (United States, 2015–2016)",
    fr="Corrélation de rang de l’écart avec la part des hommes dans le métier (États-Unis, 2015–2016)",
)
SENTENCES_USED = Text(en="The sentences", fr="Les phrases")
MEN = Text(en="mostly men", fr="surtout des hommes")
WOMEN = Text(en="mostly women", fr="surtout des femmes")


def quoted(word: str, lang: Lang) -> str:
    """“word”, or « word » with its narrow no-break spaces."""
    return f"“{word}”" if lang == "en" else f"« {word} »"


def pronouns(m: Measured, lang: Lang) -> tuple[str, str]:
    """The two pronouns, quoted."""
    return quoted(m.asked.he, lang), quoted(m.asked.she, lang)


def mean_gap_label(m: Measured) -> Text:
    """The name of the mean gap."""
    return Text(
        en=f"Mean gap towards “{m.asked.he}”, neutral preference taken off",
        fr=f"Écart moyen vers {quoted(m.asked.he, 'fr')}, préférence neutre retirée",
    )


def log_odds_label(m: Measured) -> Text:
    """The name of the mean before correction."""
    he, she = m.asked.he, m.asked.she
    return Text(
        en=f"Mean log-odds of “{he}” against “{she}”, uncorrected",
        fr=f"Log-cote moyenne de {quoted(he, 'fr')} contre {quoted(she, 'fr')}, non corrigée",
    )


def occupations_title(m: Measured) -> Text:
    """The title of the table of occupations."""
    he, she = m.asked.he, m.asked.she
    return Text(
        en=f"Occupations, from the most “{he}” to the most “{she}”",
        fr=f"Métiers, du plus {quoted(he, 'fr')} au plus {quoted(she, 'fr')}",
    )


def occupation_columns(m: Measured) -> list[Text]:
    """Headings of the table of occupations."""
    n = len(m.asked.templates)
    return [
        Text(en="Occupation", fr="Métier"),
        Text(en="Gap (nats)", fr="Écart (nats)"),
        Text(en=f"Low (95%, {n} sentences)", fr=f"Bas (95 %, {n} phrases)"),
        Text(en="High", fr="Haut"),
        Text(en="Log-odds, uncorrected (nats)", fr="Log-cote non corrigée (nats)"),
        Text(en="Built-in group", fr="Groupe fourni"),
        Text(en="Women in the occupation (%)", fr="Femmes dans le métier (%)"),
    ]


def sentence_columns(m: Measured) -> list[Text]:
    """Headings of the table of sentences."""
    he, she = m.asked.he, m.asked.she
    return [
        Text(en="Sentence", fr="Phrase"),
        Text(
            en=f"Log-odds of “{he}” against “{she}” without an occupation (nats)",
            fr=f"Log-cote de {quoted(he, 'fr')} contre {quoted(she, 'fr')} sans métier (nats)",
        ),
        Text(en="Mean gap of the occupations (nats)", fr="Écart moyen des métiers (nats)"),
    ]


def groups(m: Measured, lang: Lang) -> tuple[str, str]:
    """The two groups of occupations: men's, women's."""
    if m.asked.surveyed:
        return (
            ("occupations held mostly by men", "those held mostly by women")
            if lang == "en"
            else ("les métiers tenus surtout par des hommes", "ceux tenus surtout par des femmes")
        )
    return (
        ("occupations thought of as men’s", "those thought of as women’s")
        if lang == "en"
        else ("les métiers réputés masculins", "ceux réputés féminins")
    )


def core(m: Measured, lang: Lang) -> str:
    """What separates the two groups, without numbers and without a capital."""
    assert m.comparison is not None
    men, women = groups(m, lang)
    he, she = pronouns(m, lang)
    cut = len(m.asked.women)
    low, high, p = m.gaps[:cut].mean(), m.gaps[cut:].mean(), m.comparison.splits.p
    if SIGNIFICANT <= p <= 1 - SIGNIFICANT:
        if lang == "en":
            return f"nothing clear separates {men} from {women}"
        return f"rien de net ne sépare {men} de {women}"
    if p > 1 - SIGNIFICANT:
        if lang == "en":
            return f"the model leans more to {she} for {men} than for {women}"
        return f"le modèle penche plus vers {she} pour {men} que pour {women}"
    if high > 0 > low:
        if lang == "en":
            return f"the model leans to {he} for {men} and to {she} for {women}"
        return f"le modèle penche vers {he} pour {men} et vers {she} pour {women}"
    if lang == "en":
        return f"the model leans more to {he} for {men} than for {women}"
    return f"le modèle penche plus vers {he} pour {men} que pour {women}"


def lean(m: Measured, i: int, lang: Lang) -> str:
    """What one occupation does to the two pronouns, without a capital and without what it is compared with."""
    gap = float(m.gaps[i])
    word, (he, she) = quoted(m.words[i], lang), pronouns(m, lang)
    one, other = (he, she) if gap > 0 else (she, he)
    times = number(math.exp(abs(gap)), lang, 1)
    if float(f"{math.exp(abs(gap)):.1f}") == 1.0:
        return (
            f"{he} and {she} keep their balance after {word}"
            if lang == "en"
            else f"{he} et {she} s’équilibrent après {word}"
        )
    if lang == "en":
        return f"{one} gains on {other} by a factor of {times} after {word}"
    return f"{one} gagne sur {other} d’un facteur {times} après {word}"


def compared_with(m: Measured, lang: Lang) -> str:
    """What the occupations are compared with, as the beginning of a sentence."""
    if m.masked:
        if lang == "en":
            return "Compared with the same sentences with the occupation hidden"
        return "Par rapport aux mêmes phrases où le métier est caché"
    first = quoted(m.asked.neutral[0], lang)
    if lang == "en":
        return f"Compared with a neutral word such as {first}"
    return f"Par rapport à un mot neutre comme {first}"


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def summary(m: Measured, lang: Lang) -> str:
    """The two ends, the difference between the groups or the mean, how rare that is by chance, what it describes."""
    ends = dict.fromkeys((int(m.gaps.argmax()), int(m.gaps.argmin())))
    text = f"{compared_with(m, lang)}, {listed([lean(m, i, lang) for i in ends], lang)}. "
    text += _compared(m, lang) if m.comparison else _mean(m, lang)
    if lang == "en":
        return (
            text + " This describes which words go together in what the model has read, not what women and men can do."
        )
    return (
        text + " Cela décrit quels mots vont ensemble dans ce que le modèle a lu, "
        "non ce que les femmes et les hommes savent faire."
    )


def _compared(m: Measured, lang: Lang) -> str:
    assert m.comparison is not None
    c, n = m.comparison, len(m.words)
    d, tried, p = number(c.d, lang), number(c.splits.tried, lang, 0), p_value(c.splits.p, lang)
    count = number(c.splits.at_least, lang, 0)
    if lang == "en":
        some = "none gives" if not c.splits.at_least else "1 gives" if c.splits.at_least == 1 else f"{count} give"
        return (
            f"Over the {n} occupations, {core(m, lang)}: d = {d}, where 0 is no difference. "
            f"Of {tried} random ways to split them in two, {some} a difference at least as large ({p})."
        )
    some = "aucune ne donne" if not c.splits.at_least else "1 donne" if c.splits.at_least == 1 else f"{count} donnent"
    return (
        f"Sur les {n} métiers, {core(m, lang)} : d = {d}, où 0 veut dire aucune différence. "
        f"Sur {tried} façons de les partager en deux au hasard, {some} une différence au moins aussi grande ({p})."
    )


def _mean(m: Measured, lang: Lang) -> str:
    mean, low, high = m.mean
    n, value = len(m.words), number(mean, lang)
    bounds = f" ({interval(low, high, lang)})" if low is not None else ""
    he = pronouns(m, lang)[0]
    if n == 1:
        first = interval(float(m.low[0]), float(m.high[0]), lang)
        if lang == "en":
            return (
                f"The gap is {value} nats ({first} over {len(m.asked.templates)} sentences), where 0 is no preference."
            )
        return f"L’écart est de {value} nat ({first} sur {len(m.asked.templates)} phrases), où 0 veut dire aucune préférence."
    if lang == "en":
        return f"The mean gap of the {n} occupations towards {he} is {value} nats{bounds}, where 0 is no preference."
    return f"L’écart moyen des {n} métiers vers {he} est de {value} nat{bounds}, où 0 veut dire aucune préférence."


def splits_name(splits: Splits) -> Text:
    """Which test gave p, for ``Estimate.test``."""
    en, fr = number(splits.tried, "en", 0), number(splits.tried, "fr", 0)
    if splits.exact:
        return Text(
            en=f"one-sided permutation test, exact: all {en} splits of the occupations",
            fr=f"test de permutation unilatéral, exact : les {fr} partages des métiers",
        )
    return Text(
        en=f"one-sided permutation test: {en} random splits of the occupations, p = (as large + 1) / (splits + 1)",
        fr=f"test de permutation unilatéral : {fr} partages des métiers au hasard, p = (aussi grands + 1) / (partages + 1)",
    )
