"""The pictures of the occupations: each at its gap with its interval, and the gaps against a survey of who holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools import figures
from tools.figures import FAINT, INK, OCHRE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.language.logprob_text import core, lean, pronouns, quoted, sentence
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


def survey_figure(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """Each occupation at the share of women who hold it (across) and at the gap of the model (up)."""
    assert m.with_survey is not None
    shares = [float(m.asked.occupations[word] or 0) for word in m.words]
    gaps = m.gaps.tolist()
    rho = m.with_survey[0]
    with drawing(survey_title(m, lang), subtitle(m, model, seed, lang), height=4.6) as (figure, axes):
        axes.axhline(0, color=OCHRE, linewidth=1.4, zorder=1)
        axes.plot([50, 50], [min(gaps), max(gaps)], color=FAINT, linewidth=0.8, linestyle=":", zorder=1)
        axes.vlines(shares, m.low, m.high, color=TEAL, linewidth=2.5, alpha=0.2, zorder=2)
        axes.plot(shares, gaps, "o", color=TEAL, markersize=6, zorder=3)
        for x, y, word, (right, up) in zip(shares, gaps, m.words, places(shares, gaps, m.words), strict=True):
            axes.annotate(
                word, (x, y), xytext=(6 if right else -6, 8 * up), textcoords="offset points", va="center",
                ha="left" if right else "right", fontsize=8.5, color=INK, zorder=4,
            )  # fmt: skip
        axes.set_xlim(-12, 112)
        axes.set_xticks(range(0, 101, 25))
        he, she = pronouns(m, lang)
        if lang == "en":
            axes.set_xlabel("women in the occupation, United States 2015–2016 (%)")
            axes.set_ylabel(f"gap (nats): ← {she}   {he} →")
        else:
            axes.set_xlabel("femmes dans le métier, États-Unis 2015–2016 (%)")
            axes.set_ylabel(f"écart (nats) : ← {she}   {he} →")
            axes.yaxis.set_major_formatter(lambda y, _: number(y, "fr", 1))
        return svg(figure, "survey", both(survey_alt, m, rho), lang)


def places(shares: list[float], gaps: list[float], words: list[str]) -> list[tuple[bool, int]]:
    """Where each name stands beside its point (right or left; −1, 0 or 1 steps up): where it covers the least."""
    wide, high = 6.2 / 124, 2.6 / max(max(gaps) - min(gaps), 1e-9)  # inches for a unit of each axis
    points = [(x * wide, y * high) for x, y in zip(shares, gaps, strict=True)]
    taken = [(x - 0.05, x + 0.05, y) for x, y in points]
    found = []
    for (x, y), word in zip(points, words, strict=True):
        ways = []
        for cost, (right, up) in enumerate([(True, 0), (False, 0), (True, 1), (True, -1), (False, 1), (False, -1)]):
            left = x + 0.08 if right else x - 0.08 - 0.075 * len(word)
            box = (left, left + 0.075 * len(word), y + up * 0.11)
            hits = sum(a < box[1] and b > box[0] and abs(h - box[2]) < 0.13 for a, b, h in taken)
            ways.append((hits + (box[1] > 110 * wide) + (box[0] < -12 * wide), cost, right, up, box))
        _, _, right, up, box = min(ways)
        taken.append(box)
        found.append((right, up))
    return found


def survey_title(m: Measured, lang: Lang) -> str:
    """The finding as a sentence."""
    assert m.with_survey is not None
    rho, low, high = m.with_survey
    he, she = pronouns(m, lang)
    value = number(abs(rho), lang)
    if low <= 0 <= high:
        if lang == "en":
            return f"The gaps do not clearly follow who holds the occupation (rank correlation {value})"
        return f"Les écarts ne suivent pas nettement qui exerce le métier (corrélation de rang {value})"
    pronoun = she if rho > 0 else he
    if lang == "en":
        return f"The more women hold an occupation, the more the model leans to {pronoun} (rank correlation {value})"
    return f"Plus un métier compte de femmes, plus le modèle penche vers {pronoun} (corrélation de rang {value})"


def survey_alt(m: Measured, rho: float, lang: Lang) -> str:
    """The figure in words, with its numbers."""
    rows = [
        (f"{m.words[i]}: {number(m.asked.occupations[m.words[i]], lang, 0)}%, {number(float(m.gaps[i]), lang)}")
        if lang == "en"
        else f"{m.words[i]} : {number(m.asked.occupations[m.words[i]], lang, 0)} %, {number(float(m.gaps[i]), lang)}"
        for i in m.gaps.argsort()[::-1]
    ]
    if lang == "en":
        return f"Share of women and gap in nats; rank correlation with the share of men {number(rho, lang)}. {'; '.join(rows)}."
    return f"Part de femmes et écart en nats ; corrélation de rang avec la part d’hommes {number(rho, lang)}. {' ; '.join(rows)}."
