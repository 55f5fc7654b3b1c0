"""What a ``fill_mask`` result says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tools.finding import Lang, Text
from tools.numbers import interval, number, p_value, percent
from tools.numbers import words as listed

if TYPE_CHECKING:
    from tools.language.fill_measure import Measured, Side

NAMED = 3  # words of a sentence that the summary names

DIVERGENCE = Text(
    en="Divergence between the words of the two sentences (Jensen–Shannon, mean over the openings)",
    fr="Divergence entre les mots des deux phrases (Jensen-Shannon, moyenne sur les entrées en matière)",
)
SAME_SENTENCE = Text(en="one sentence after two different openings", fr="une même phrase après deux entrées en matière")
ENTROPY = Text(en="How open the choice is (entropy)", fr="Ouverture du choix (entropie)")
REWORDING = Text(
    en="Divergence of the sentence from itself after another opening",
    fr="Divergence de la phrase avec elle-même après une autre entrée en matière",
)
EQUAL = Text(en="all the words equally likely", fr="tous les mots à égalité")
NO_CHANGE = Text(en="no change", fr="aucun changement")
WORDS = Text(en="The words in the gap", fr="Les mots dans le trou")
OPENINGS = Text(
    en="The readings: as given, and after neutral openings",
    fr="Les lectures : telle quelle, et après des entrées en matière neutres",
)
AS_GIVEN = Text(en="(as given)", fr="(telle quelle)")


def quoted(word: str, lang: Lang) -> str:
    """“word”, or « word » (``Text`` puts its no-break spaces)."""
    return f"“{word}”" if lang == "en" else f"« {word} »"


def share(value: float, lang: Lang) -> str:
    """A share as a percentage: whole from 10 % up, one decimal below."""
    return percent(value, lang, 0 if 0.0995 <= value <= 0.994 or value == 1 else 1)


def start(m: Measured, lang: Lang) -> str:
    """The first reading: the sentence as given, or after an opening where a causal model needs one."""
    if not m.openings[0]:
        return "as given" if lang == "en" else "telle quelle" if len(m.sides) == 1 else "telles quelles"
    return f"after {quoted(m.openings[0], lang)}" if lang == "en" else f"après {quoted(m.openings[0], lang)}"


def first_label(m: Measured) -> Text:
    """The name of the divergence in the first reading."""
    return Text(
        en=f"The same divergence, sentences {start(m, 'en')}", fr=f"La même divergence, phrases {start(m, 'fr')}"
    )


def top_label(m: Measured) -> Text:
    """The name of the share of the likeliest word."""
    word = m.words[m.sides[0].best(1)[0]]
    return Text(
        en=f"Share of {quoted(word, 'en')} among the words compared, mean over the openings",
        fr=f"Part de {quoted(word, 'fr')} parmi les mots comparés, moyenne sur les entrées en matière",
    )


def most_bits(m: Measured) -> float:
    """The entropy of words that are all equally likely."""
    return math.log2(len(m.words))


def swaps_name(swaps: int) -> Text:
    """Which test gave p, for ``Estimate.test``."""
    en, fr = number(swaps, "en", 0), number(swaps, "fr", 0)
    return Text(
        en=f"permutation test, exact: all {en} ways to exchange the two sentences after some of the openings",
        fr=f"test de permutation exact : les {fr} façons d’échanger les deux phrases après certaines entrées en matière",
    )


def word_columns(m: Measured) -> list[Text]:
    """Headings of the table of words."""
    columns = [Text(en="Word", fr="Mot")]
    for place in range(len(m.sides)):
        en, fr = (f", sentence {place + 1}", f", phrase {place + 1}") if m.shift else ("", "")
        about = ("", "") if m.kind == "masked" else (" after the left part", " après la partie gauche")
        columns += [
            Text(en=f"Share{en}", fr=f"Part{fr}"),
            Text(en=f"Lowest over the openings{en}", fr=f"Minimum sur les entrées{fr}"),
            Text(en=f"Highest over the openings{en}", fr=f"Maximum sur les entrées{fr}"),
            Text(en=f"Probability{about[0]}{en}", fr=f"Probabilité{about[1]}{fr}"),
        ]
        if not m.every:
            columns.append(Text(en=f"Share, length-normalised{en}", fr=f"Part, normalisée par la longueur{fr}"))
    if not m.every:
        columns.append(Text(en="Tokens", fr="Tokens"))
    return (
        [*columns, Text(en="Part of the divergence (bits)", fr="Part de la divergence (bits)")] if m.shift else columns
    )


def opening_columns(m: Measured) -> list[Text]:
    """Headings of the table of readings."""
    columns = [Text(en="Opening", fr="Entrée en matière")]
    for place in range(len(m.sides)):
        en, fr = (f", sentence {place + 1}", f", phrase {place + 1}") if m.shift else ("", "")
        columns += [Text(en=f"Likeliest word{en}", fr=f"Mot le plus probable{fr}"), Text(en="Share", fr="Part")]
    return [*columns, Text(en="Divergence (bits)", fr="Divergence (bits)")] if m.shift else columns


def summary(m: Measured, lang: Lang) -> str:
    """The likeliest words, then what separates the two sentences, or how firm the choice is; what it describes."""
    text = f"{_words_of(m, lang)} {_apart(m, lang) if m.shift else _firm(m, lang)}"
    if lang == "en":
        return text + " This describes which words go together in what the model has read, not the world."
    return text + " Cela décrit quels mots vont ensemble dans ce que le modèle a lu, non le monde."


def _words_of(m: Measured, lang: Lang) -> str:
    """The first words of each sentence."""
    n = number(len(m.words), lang, 0)
    lists = [listed([_with_share(m, side, i, lang) for i in side.best(min(NAMED, m.k))], lang) for side in m.sides]
    names = [quoted(side.gap.text.rstrip("."), lang) for side in m.sides]
    after = "" if not m.openings[0] else f", {start(m, lang)}"
    if lang == "en":
        text = f"Among the {n} words compared, the likeliest in {names[0]}{after} are {lists[0]}"
        return text + (f"; in {names[1]}, {lists[1]}." if m.shift else ".")
    text = f"Parmi les {n} mots comparés, les plus probables dans {names[0]}{after} sont {lists[0]}"
    return text + (f" ; dans {names[1]}, {lists[1]}." if m.shift else ".")


def _with_share(m: Measured, side: Side, i: int, lang: Lang) -> str:
    return f"{quoted(m.words[i], lang)} ({share(float(side.first[i]), lang)})"


def _apart(m: Measured, lang: Lang) -> str:
    """How far the two lists lie from each other, beside what wording does."""
    s = m.shift
    assert s is not None
    value, bounds, wording = number(s.value, lang), interval(s.low, s.high, lang), number(s.wording, lang)
    n, p = len(m.openings), p_value(s.p, lang)
    if lang == "en":
        text = (
            f"Over {n} readings, the two lists lie {value} bits apart on average ({bounds}), where 0 is the same list and "
            f"1 is no word in common. "
        )
        if m.apart:
            return f"{text}A neutral change of wording moves one sentence by {wording} bits only ({p})."
        if s.p < 0.05:
            return (
                f"{text}The difference goes the same way after every opening ({p}), but it is no larger than what a neutral "
                f"change of wording does to one sentence ({wording} bits)."
            )
        return (
            f"{text}The difference does not hold from one opening to the next ({p}); a neutral change of wording moves one "
            f"sentence by {wording} bits."
        )
    text = (
        f"Sur {n} lectures, les deux listes sont à {value} bit l’une de l’autre en moyenne ({bounds}), où 0 est la même "
        "liste et 1 aucun mot en commun. "
    )
    if m.apart:
        return f"{text}Un changement neutre de tournure ne déplace une phrase que de {wording} bit ({p})."
    if s.p < 0.05:
        return (
            f"{text}La différence va dans le même sens après chaque entrée en matière ({p}), mais elle ne dépasse pas ce que "
            f"fait à une seule phrase un changement neutre de tournure ({wording} bit)."
        )
    return (
        f"{text}La différence ne tient pas d’une entrée en matière à l’autre ({p}) ; un changement neutre de tournure "
        f"déplace une phrase de {wording} bit."
    )


def _firm(m: Measured, lang: Lang) -> str:
    """How often the first word stays first, and how open the choice is."""
    n, kept = len(m.openings), m.stays_first()
    word = quoted(m.words[m.sides[0].best(1)[0]], lang)
    mean, low, high = (share(one, lang) for one in m.top)
    open_to = number(2 ** m.uncertainty[0], lang, 1)
    if lang == "en":
        return (
            f"After neutral openings, {word} stays first in {kept} of {n} readings, with {mean} on average ({low} to {high}). "
            f"The choice is as open as one between {open_to} words equally likely."
        )
    return (
        f"Après des entrées en matière neutres, {word} reste en tête dans {kept} lectures sur {n}, avec {mean} en moyenne "
        f"({low} à {high}). Le choix est aussi ouvert qu’entre {open_to} mots à égalité."
    )
