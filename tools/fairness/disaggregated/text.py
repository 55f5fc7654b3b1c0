"""What a ``disaggregated_evaluation`` result says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tools.finding import Lang, Text
from tools.numbers import NARROW, number, p_value, percent

if TYPE_CHECKING:
    from tools.fairness.disaggregated.records import Group, Measured

METRICS = {
    "error": Text(en="error rate", fr="taux d’erreur"),
    "accuracy": Text(en="accuracy", fr="exactitude"),
    "fpr": Text(en="false positive rate", fr="taux de faux positifs"),
    "fnr": Text(en="false negative rate", fr="taux de faux négatifs"),
    "ppv": Text(en="precision (PPV)", fr="précision (VPP)"),
    "selection": Text(en="selection rate", fr="taux de sélection"),
    "mean_error": Text(en="mean error", fr="erreur moyenne"),
    "absolute_error": Text(en="mean absolute error", fr="erreur absolue moyenne"),
    "auc": Text(en="AUC", fr="AUC"),
}
THE_FR = {  # with its article
    "error": "le taux d’erreur", "accuracy": "l’exactitude", "fpr": "le taux de faux positifs", "fnr": "le taux de faux négatifs",
    "ppv": "la précision (VPP)", "selection": "le taux de sélection", "mean_error": "l’erreur moyenne",
    "absolute_error": "l’erreur absolue moyenne", "auc": "l’AUC",
}  # fmt: skip


def value(m: Measured, x: float, lang: Lang) -> str:
    """A value of the metric: a share as a percentage."""
    if math.isnan(x):
        return "–"
    return percent(x, lang, 1) if m.is_share else number(x, lang, digits(m))


def digits(m: Measured) -> int:
    """Decimals of a value that is not a share."""
    return 3 if m.metric == "auc" else 2


def span(m: Measured, low: float, high: float, lang: Lang) -> str:
    """An interval of values."""
    return value(m, low, lang) + (" to " if lang == "en" else " à ") + value(m, high, lang)


def those(m: Measured, lang: Lang) -> str:
    """« ces 34,7 % », « ce 0,63 »: the demonstrative before a value."""
    return "this" if lang == "en" else "ces" if m.is_share else "ce"


def could(m: Measured) -> str:
    """The French verb after such a value."""
    return "pourraient" if m.is_share else "pourrait"


def gap(m: Measured, x: float, lang: Lang) -> str:
    """A difference of two values: points for shares."""
    if math.isnan(x):
        return "–"
    if not m.is_share:
        return number(x, lang, digits(m))
    one = lang == "fr" and abs(round(100 * x, 1)) < 2  # French counts in the plural from two on
    return number(100 * x, lang, 1) + (" point" if one else " points")


def name(group: Group, lang: Lang) -> str:
    """A group inside a sentence: built-in names in small letters, other people's names as they wrote them."""
    text = group.name.get(lang)
    if group.name.en == group.name.fr:
        return text if lang == "en" else f"« {text} »"
    text = text[:1].lower() + text[1:]
    return text if lang == "en" else f"les {text}"


def of(title: str, lang: Lang) -> str:
    """ "of IBM", « d’IBM »."""
    if lang == "en":
        return f"of {title}"
    return f"d’{title}" if title[:1].casefold() in "aeiouyéèêh" else f"de {title}"


def headline(m: Measured, lang: Lang) -> str:
    """The finding as a sentence, for the figure."""
    panel = m.panels[m.lead]
    worst, best = panel.ends
    within = "" if len(m.panels) == 1 else panel.title.get(lang) + (": " if lang == "en" else "\u202f: ")
    what = METRICS[m.metric].get(lang)
    what = what if within else what[:1].upper() + what[1:]
    if lang == "en":
        return f"{within}{what} of {value(m, worst.value, lang)} for {name(worst, lang)}, {value(m, best.value, lang)} for {name(best, lang)}"
    return f"{within}{what} de {value(m, worst.value, lang)} pour {name(worst, lang)}, de {value(m, best.value, lang)} pour {name(best, lang)}"


def summary(m: Measured, lang: Lang) -> str:
    """The largest gap, what chance gives and what survives, one feature at a time, fewer people, small groups."""
    parts = [_first(m, lang), _pairs(m, lang), _alone(m, lang), _sizes(m, lang), _small(m, lang)]
    return " ".join(part for part in parts if part)


def _first(m: Measured, lang: Lang) -> str:
    """The worst and the best group of the panel with the largest gap, and everybody."""
    panel = m.panels[m.lead]
    worst, best = panel.ends
    everywhere = len(m.panels) > 1 and {one.ends[0].name.en for one in m.panels} == {worst.name.en}
    shown, other = f"{value(m, worst.value, lang)} ({span(m, worst.low, worst.high, lang)})", value(m, best.value, lang)
    whole, title = value(m, panel.overall.value, lang), panel.title.get(lang)
    if lang == "en":
        what, end = METRICS[m.metric].en, f"and {other} for {name(best, lang)} ({whole} for everybody together)."
        if everywhere:
            return (
                f"In all {len(m.panels)} programs the worst {what} falls on {name(worst, lang)}; the largest gap is that of {title}: "
                f"{shown} for them {end}"
            )
        where = f"The largest gap is that of {title}: its" if len(m.panels) > 1 else "The"
        return f"{where} {what} is {shown} for {name(worst, lang)} {end}"
    the, end = THE_FR[m.metric], f"et de {other} pour {name(best, lang)} ({whole} pour tout le monde ensemble)."
    if everywhere:
        return (
            f"Dans les {len(m.panels)} programmes, {name(worst, lang)} sont le groupe le plus mal traité ; le plus grand écart est celui {of(title, lang)} : "
            f"{the} y est de {shown} pour elles {end}"
        )
    where = (
        f"Le plus grand écart est celui {of(title, lang)} : {the}" if len(m.panels) > 1 else the[:1].upper() + the[1:]
    )
    return f"{where} est de {shown} pour {name(worst, lang)} {end}"


def _pairs(m: Measured, lang: Lang) -> str:
    """The gap of chance, and how many gaps remain."""
    panel = m.panels[m.lead]
    seen, usual, most = gap(m, panel.gap, lang), gap(m, panel.chance, lang), gap(m, panel.chance_high, lang)
    if lang == "en":
        chance = f"Had the groups been drawn at random, the largest gap would be {usual} as a rule, and at most {most} 95 times in 100"
        if len(m.pairs) == 1:
            return f"{chance}; the test gives the gap of {seen} {p_value(m.pairs[0].p, lang)}."
        beyond = "more than" if panel.gap > panel.chance_high else "within"
        return f"{chance}: the gap of {seen} is {beyond} what chance gives, and {_kept(m, lang)} once corrected for their number."
    chance = f"Si les groupes étaient tirés au hasard, le plus grand écart serait d’ordinaire de {usual}, et d’au plus {most} 95 fois sur 100"
    if len(m.pairs) == 1:
        return f"{chance} ; le test donne à l’écart de {seen} {p_value(m.pairs[0].p, lang)}."
    beyond = "dépasse" if panel.gap > panel.chance_high else "ne dépasse pas"
    return f"{chance} : l’écart de {seen} {beyond} ce que donne le hasard, et {_kept(m, lang)} à la correction pour leur nombre."


def _kept(m: Measured, lang: Lang) -> str:
    """How many of the comparisons remain."""
    kept, tests = len(m.surviving), len(m.pairs)
    if lang == "en":
        return f"{kept or 'none'} of the {tests} comparisons between groups remain{'s' if kept < 2 else ''}"
    if kept == 0:
        return f"aucune des {tests} comparaisons entre groupes ne résiste"
    return f"{kept} des {tests} comparaisons entre groupes résiste{'nt' if kept > 1 else ''}"


def _alone(m: Measured, lang: Lang) -> str:
    """The lead panel by one feature at a time, and by all together."""
    lead = m.panels[m.lead]
    own = [one for one in m.marginals if len(m.panels) == 1 or one.title.en.startswith(lead.title.en + ", ")]
    own = [one for one in own if len(one.ranked) > 1]
    if len(own) < 2:
        return ""
    told = [f"{gap(m, one.gap, lang)} ({one.title.get(lang).split(', ')[-1]})" for one in own]
    together = gap(m, lead.gap, lang)
    if lang == "en":
        return f"One feature at a time would show a gap of {' or '.join(told)}, crossed they show {together}."
    return f"Un caractère à la fois, l’écart serait de {' ou de '.join(told)} ; croisés, il est de {together}."


def _sizes(m: Measured, lang: Lang) -> str:
    """The interval of the worst group, had it the fewest people, or the n that the gap needs."""
    from tools.fairness.disaggregated.measure import enough, what_if

    worst, best = m.panels[m.lead].ends
    if not m.sizes or best.value == worst.value:
        return ""
    n = min(m.sizes)
    least = enough(worst, best, m.metric)
    within, shown = span(m, *what_if(worst, n, m.metric), lang), value(m, worst.value, lang)
    few = number(n, lang, 0)
    if least is not None and least > n:
        needed = number(least, lang, 0)
        return (
            f"With {few} people a group this gap could not be told from none: it takes about {needed}."
            if lang == "en"
            else f"Avec {few} personnes par groupe, cet écart ne se distinguerait pas d’un écart nul : il en faut environ {needed}."
        )
    return (
        f"Had the group only {few} people, the {shown} could stand for anything from {within}."
        if lang == "en"
        else f"Si le groupe ne comptait que {few} personnes, {those(m, lang)} {shown} {could(m)} être n’importe quelle valeur de {within}."
    )


def _small(m: Measured, lang: Lang) -> str:
    """That some groups are too small to be ranked."""
    from tools.fairness.disaggregated.records import SMALL

    out = [group for panel in m.panels for group in panel.groups if not group.ranked]
    if not out:
        return ""
    listed = ", ".join(f"{group.name.get(lang)} (n = {group.n})" for group in out[:4]) + (" …" if len(out) > 4 else "")
    if lang == "en":
        return f"Too small to be compared (under {SMALL} people): {listed}."
    return f"Trop petits pour être comparés (moins de {SMALL} personnes) : {listed}."


def people(n: int, lang: Lang) -> str:
    """ "n = 1,270"."""
    return f"n{NARROW}={NARROW}{number(n, lang, 0)}" if lang == "fr" else f"n = {number(n, lang, 0)}"
