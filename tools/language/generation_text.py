"""What a ``generation_bias`` result says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang, Text
from tools.numbers import interval, number, p_value, percent
from tools.numbers import words as listed

if TYPE_CHECKING:
    from tools.language.generation_measure import Difference, Measured

SIGNIFICANT = 0.05
NO_DIFFERENCE = Text(en="no difference", fr="aucune différence")
LABELS = {
    "agency": Text(en="words of agency", fr="mots d’initiative"),
    "communion": Text(en="words of warmth", fr="mots de bienveillance"),
    "care": Text(en="words of care and housework", fr="mots du soin et du ménage"),
    "work": Text(en="words of work", fr="mots du travail"),
    "tone": Text(en="positive less negative words", fr="mots positifs moins négatifs"),
    "words": Text(en="length", fr="longueur"),
    "refusal": Text(en="refusals", fr="refus"),
    "care_share": Text(en="share of care among the acts", fr="part du soin parmi les actes"),
    "named": Text(en="mentions", fr="mentions"),
}
CONTRARY = Text(en="pronouns of the other gender", fr="pronoms de l’autre genre")
BALANCE = {
    "en": Text(en="“she” words less “he” words", fr="mots « she » moins mots « he »"),
    "fr": Text(en="“elle” less “il”", fr="« elle » moins « il »"),
}
PER_HUNDRED = Text(en="per 100 words", fr="pour 100 mots")
PER_TEXT = Text(en="per text", fr="par texte")
IN_WORDS = Text(en="in words", fr="en mots")
OF_TEXTS = Text(en="share of the texts", fr="part des textes")
OF_ACTS = Text(en="over all texts", fr="sur tous les textes")


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def label(m: Measured, name: str) -> Text:
    """What a measure is called."""
    if name != "pronouns":
        return LABELS[name]
    return CONTRARY if m.case.pronouns == "contrary" else BALANCE[m.language]


def unit(m: Measured, name: str) -> Text:
    """What a measure is counted in."""
    if name in ("words", "refusal", "care_share"):
        return {"words": IN_WORDS, "refusal": OF_TEXTS, "care_share": OF_ACTS}[name]
    return PER_TEXT if m.case.within else PER_HUNDRED


def shown(name: str, value: float | None, lang: Lang) -> str:
    """A value of a measure as people write it."""
    if name in ("refusal", "care_share"):
        return percent(value, lang)
    return number(value, lang, 0 if name == "words" else 1)


def gap(name: str, value: float | None, lang: Lang) -> str:
    """A difference: in points for a share, with its sign."""
    if value is None:
        return "–"
    scale, digits = (100, 0) if name in ("refusal", "care_share") else (1, 1)
    rounded = round(scale * value, digits)
    return ("+" if rounded > 0 else "") + number(rounded, lang, digits)


def bounds(d: Difference, lang: Lang) -> str:
    """The interval of a difference, in the unit of ``gap``."""
    if d.low is None or d.high is None:
        return ""
    scale, digits = (100, 0) if d.name in ("refusal", "care_share") else (1, 1)
    return interval(round(scale * d.low, digits), round(scale * d.high, digits), lang, digits)


def clear(m: Measured) -> list[Difference]:
    """The differences that stand out after the correction, the clearest first."""
    found = [d for d in m.differences if d.corrected is not None and d.corrected < SIGNIFICANT]
    return sorted(found, key=lambda d: d.corrected or 0.0)


def headline(m: Measured, lang: Lang) -> str:
    """The finding as a sentence, for the figure."""
    if m.case.within:
        return _within_headline(m, lang)
    d, stands = m.lead, bool(clear(m))
    first, second = (text.get(lang) for text in m.case.short)
    what, one, other = label(m, d.name).get(lang), shown(d.name, d.first, lang), shown(d.name, d.second, lang)
    counted = unit(m, d.name).get(lang)
    if not stands:
        title = m.case.title.get(lang)
        if lang == "en":
            return f"Nothing clear separates the {title} for {first} and for {second}"
        return f"Rien de net ne sépare les {title} pour {first} et pour {second}"
    if d.name == "pronouns" and m.case.pronouns == "balance" and d.first and d.second and d.first * d.second < 0:
        return _opposite(m, d.first > 0, lang)
    if lang == "en":
        return f"{sentence(what)}: {one} {counted} with {first}, {other} with {second}"
    return f"{sentence(what)} : {one} {counted} avec {first}, {other} avec {second}"


def _opposite(m: Measured, she_first: bool, lang: Lang) -> str:
    """The headline when one side says more "she" and the other more "he"."""
    sides = [side.get(lang) for side in m.case.short]
    she, he = ("she", "he") if m.language == "en" else ("elle", "il")
    one, other = sides if she_first else sides[::-1]
    if lang == "en":
        return f"The model writes more “{she}” than “{he}” for {one}, more “{he}” than “{she}” for {other}"
    return f"Le modèle écrit plus de « {she} » que de « {he} » pour {one}, et l’inverse pour {other}"


def _within_headline(m: Measured, lang: Lang) -> str:
    care = m.differences[0]
    if care.first is None or care.second is None:
        return (
            "Too few acts by women or by men to compare"
            if lang == "en"
            else "Trop peu d’actes de femmes ou d’hommes pour comparer"
        )
    one, other = percent(care.first, lang), percent(care.second, lang)
    if lang == "en":
        return f"Care is {one} of what women do in these dictations, {other} of what men do"
    return f"Le soin fait {one} des actes des femmes dans ces dictées, {other} de ceux des hommes"


def summary(m: Measured, name: str, lang: Lang) -> str:
    """What was written, the clearest difference, how rare it is by chance, what it describes."""
    parts = [_within(m, name, lang)] if m.case.within else [_written(m, name, lang), _clearest(m, lang)]
    parts += [_foreign(m, lang)] if m.foreign > len(m.samples) / 10 else []
    if lang == "en":
        parts.append("This describes what this model writes to these requests, not what people are like.")
    else:
        parts.append("Cela décrit ce que ce modèle écrit à ces demandes, non ce que sont les gens.")
    return " ".join(parts)


def _written(m: Measured, name: str, lang: Lang) -> str:
    title, first, second = m.case.title.get(lang), m.case.sides[0].get(lang), m.case.sides[1].get(lang)
    if lang == "en":
        return (
            f"{name} wrote {m.n} {title} {first} and {m.n} {second}; the requests differ by that alone, "
            "and both sides draw the same chance."
        )
    return (
        f"{name} a écrit {m.n} {title} {first} et {m.n} {second} ; les demandes ne diffèrent que par là, "
        "et les deux côtés tirent le même hasard."
    )


def _clearest(m: Measured, lang: Lang) -> str:
    d, found, tests = m.lead, clear(m), sum(d.flips is not None for d in m.differences)
    what, counted = label(m, d.name).get(lang), unit(m, d.name).get(lang)
    one, other, p = shown(d.name, d.first, lang), shown(d.name, d.second, lang), p_value(d.corrected, lang)
    around = f" ({bounds(d, lang)})" if bounds(d, lang) else ""
    others = listed([label(m, x.name).get(lang) for x in found[1:]], lang)
    if lang == "en":
        if not found:
            return (
                f"None of the {tests} differences stands out from chance: the clearest, {what}, is {one} against {other} "
                f"{counted} ({p} after correction). So few texts cannot show that there is none."
            )
        more = f" {sentence(others)} differ too." if others else " The other differences do not stand out."
        return (
            f"The clearest of {tests} differences: {what}, {one} against {other} {counted}, a difference of "
            f"{gap(d.name, d.value, lang)}{around}, {p} after correction.{more}"
        )
    if not found:
        return (
            f"Aucune des {tests} différences ne se détache du hasard : la plus nette, {what}, est de {one} contre {other} "
            f"{counted} ({p} après correction). Si peu de textes ne prouvent pas qu’il n’y en a aucune."
        )
    more = f" Autres différences nettes : {others}." if others else " Les autres différences ne se détachent pas."
    return (
        f"La plus nette de {tests} différences : {what}, {one} contre {other} {counted}, soit un écart de "
        f"{gap(d.name, d.value, lang)}{around}, {p} après correction.{more}"
    )


def _within(m: Measured, name: str, lang: Lang) -> str:
    assert m.acts is not None
    care, (wc, ww, mc, mw, women, men) = m.differences[0], (int(total) for total in m.acts.sum(axis=0))
    if lang == "en":
        head = f"{name} wrote {m.n} {m.case.title.en} to requests that name no woman and no man. "
        if care.value is None:
            return head + (
                f"They give {wc + ww} acts of care or work to women and {mc + mw} to men: too few to compare. "
                f"Women are named {women} times, men {men} times."
            )
        return head + (
            f"Of the {wc + ww} acts they give to women, {wc} are care ({percent(care.first, lang)}); of the {mc + mw} given to "
            f"men, {mc} ({percent(care.second, lang)}): a difference of {gap('care_share', care.value, lang)} points "
            f"({bounds(care, lang)}), {p_value(care.corrected, lang)} after correction."
        )
    head = f"{name} a écrit {m.n} {m.case.title.fr} à des demandes qui ne nomment ni femme ni homme. "
    if care.value is None:
        return head + (
            f"Elles donnent {wc + ww} actes de soin ou de travail à des femmes et {mc + mw} à des hommes : trop peu pour comparer. "
            f"Des femmes sont nommées {women} fois, des hommes {men} fois."
        )
    return head + (
        f"Sur les {wc + ww} actes donnés à des femmes, {wc} relèvent du soin ({percent(care.first, lang)}) ; sur les {mc + mw} "
        f"donnés à des hommes, {mc} ({percent(care.second, lang)}) : un écart de {gap('care_share', care.value, lang)} points "
        f"({bounds(care, lang)}), {p_value(care.corrected, lang)} après correction."
    )


def _foreign(m: Measured, lang: Lang) -> str:
    """That the model answered in another language than the request's."""
    if lang == "en":
        name = {"en": "English", "fr": "French"}[m.language]
        return f"{m.foreign} of the {len(m.samples)} texts are not in {name}: the word lists say little about them."
    name = {"en": "anglais", "fr": "français"}[m.language]
    return f"{m.foreign} des {len(m.samples)} textes ne sont pas en {name} : les listes de mots n’en disent pas grand-chose."
