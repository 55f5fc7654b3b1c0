"""The picture of ``logprob_bias``: every occupation at its gap, with its interval, from the most "he" to the most "she"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools import figures
from tools.finding import Figure, Lang
from tools.language.logprob_text import both, core, lean, pronouns, quoted, sentence
from tools.numbers import interval, number

if TYPE_CHECKING:
    from tools.language.pronouns import Measured


def occupation_figure(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """Each occupation with its interval over the sentences, from the most "he" to the most "she"."""
    rows = [
        (row_label(m, m.words[i], lang), float(m.gaps[i]), float(m.low[i]), float(m.high[i]))
        for i in m.gaps.argsort()[::-1]
    ]
    return figures.intervals(
        rows,
        name="occupations",
        title=title(m, lang),
        subtitle=subtitle(m, model, seed, lang),
        alt=both(alt, m),
        lang=lang,
        axis=axis(m, lang),
        baseline_label=baseline(m, lang),
        digits=2,
    )


def row_label(m: Measured, word: str, lang: Lang) -> str:
    """An occupation and, where known, the share of women; else its built-in group."""
    share = m.asked.occupations.get(word)
    if share is not None:
        return (
            f"{word} ({number(share, lang, 0)}% women)"
            if lang == "en"
            else f"{word} ({number(share, lang, 0)} % de femmes)"
        )
    if word not in m.asked.occupations:
        return word
    one = {"en": ("women", "men"), "fr": ("femmes", "hommes")}[lang][word in m.asked.men]
    return f"{word} ({one})"


def title(m: Measured, lang: Lang) -> str:
    """The finding as a sentence."""
    if m.comparison:
        return sentence(core(m, lang))
    top, bottom = int(m.gaps.argmax()), int(m.gaps.argmin())
    he, she = pronouns(m, lang)
    if m.gaps[top] > 0 > m.gaps[bottom]:
        most, least = quoted(m.words[top], lang), quoted(m.words[bottom], lang)
        if lang == "en":
            return f"The model leans most to {he} after {most}, most to {she} after {least}"
        return f"Le modèle penche le plus vers {he} après {most}, vers {she} après {least}"
    return sentence(lean(m, top if m.gaps[top] > 0 else bottom, lang))


def subtitle(m: Measured, model: str, seed: int, lang: Lang) -> str:
    """n, specimen and seed."""
    n, sentences, name = len(m.words), len(m.asked.templates), model.rstrip("/").rsplit("/", 1)[-1][:40]
    name = model[:40] if "://" in model else name
    if lang == "en":
        return f"{n} occupation{'s' * (n > 1)} × {sentences} sentences · {name} · seed {seed} · bars: 95% t interval over the sentences"
    return (
        f"{n} métier{'s' * (n > 1)} × {sentences} phrases · {name} · graine {seed} · "
        "barres : intervalle t à 95 % sur les phrases"
    )


def axis(m: Measured, lang: Lang) -> str:
    """The name of the horizontal axis."""
    he, she = pronouns(m, lang)
    if lang == "en":
        return f"← more {she}      gap in log-odds (nats)      more {he} →"
    return f"← plus {she}      écart de log-cote (nats)      plus {he} →"


def baseline(m: Measured, lang: Lang) -> str:
    """What zero stands for."""
    if m.masked:
        return "no preference (occupation hidden)" if lang == "en" else "aucune préférence (métier caché)"
    return "no preference (neutral word)" if lang == "en" else "aucune préférence (mot neutre)"


def alt(m: Measured, lang: Lang) -> str:
    """The figure in words, with its numbers."""
    rows = [
        f"{m.words[i]} {number(float(m.gaps[i]), lang)} ({interval(float(m.low[i]), float(m.high[i]), lang)})"
        for i in m.gaps.argsort()[::-1]
    ]
    he, she = pronouns(m, lang)
    listing = (" ; " if lang == "fr" else "; ").join(rows)
    if lang == "en":
        return f"Gap in nats towards {he} (positive) or {she} (negative), with its 95% interval: {listing}."
    return f"Écart en nats vers {he} (positif) ou {she} (négatif), avec son intervalle à 95 % : {listing}."
