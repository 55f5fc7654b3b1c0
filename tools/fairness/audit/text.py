"""What an audit says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

from tools.fairness.audit import names
from tools.fairness.audit.measure import Measured
from tools.finding import Lang
from tools.numbers import interval, number, percent
from tools.numbers import words as listed

ALIKE = 1.1  # a forced ratio under it, and above its inverse, is no constraint worth a sentence


def pair(m: Measured, rate: str, lang: Lang) -> str:
    """A rate in the two groups: "44.8% (African-American) and 23.4% (Caucasian)"."""
    digits = 2 if m.case.compas else 1  # the published numbers have two
    shown = [f"{share(m.rate(rate, at)[0], lang, digits)} ({names.group(m.case, at, lang)})" for at in m.pair]
    return listed(shown, lang)


def share(value: float, lang: Lang, digits: int) -> str:
    """A percentage, or that there is nobody to count."""
    if value != value:
        return "nobody" if lang == "en" else "personne"
    return percent(value, lang, digits)


def points(gap: tuple[float, float, float], lang: Lang) -> str:
    """A difference of two shares in points, with its interval."""
    value, low, high = (100 * part for part in gap)
    unit = "points"
    if value != value:
        return "unknown size" if lang == "en" else "taille inconnue"
    if low != low or high != high:
        return f"{number(value, lang, 1)} {unit}"
    return f"{number(value, lang, 1)} {unit} ({interval(low, high, lang, 1)})"


def errors(m: Measured, lang: Lang) -> str:
    """ProPublica's question: who bears the errors."""
    case = m.case
    yes, no = names.outcome(case, lang)
    high, low = names.flagged(case, lang)
    false, missed = pair(m, "fpr", lang), pair(m, "fnr", lang)
    gap = points(m.gaps["fpr"], lang)
    who = "ProPublica" if case.compas else ""
    if lang == "en":
        start = f"{who}’s reading, by errors: among" if who else "By errors: among"
        return f"{start} {no}, {false} had been {high}, a gap of {gap}; among {yes}, {missed} {low}."
    start = f"Lecture de {who}, par les erreurs : parmi" if who else "Par les erreurs : parmi"
    return f"{start} {no}, {false} avaient été {high}, un écart de {gap} ; parmi {yes}, {missed} {low}."


def precision(m: Measured, lang: Lang) -> str:
    """Northpointe's question: whether a flag means the same in both groups."""
    case = m.case
    yes, _ = names.outcome(case, lang)
    high, _ = names.flagged(case, lang)
    right, gap = pair(m, "ppv", lang), points(m.gaps["ppv"], lang)
    who = "Northpointe" if case.compas else ""
    if lang == "en":
        start = f"{who}’s reading, by precision: of those" if who else "By precision: of those"
        return f"{start} {high}, {right} {_were(yes, lang)}, a gap of {gap}{_areas(m, lang)}."
    start = (
        f"Lecture de {who}, par la précision : parmi les personnes" if who else "Par la précision : parmi les personnes"
    )
    return f"{start} {high}, {right} {_were(yes, lang)}, un écart de {gap}{_areas(m, lang)}."


def _were(yes: str, lang: Lang) -> str:
    """“people re-arrested …” → “were re-arrested …”; “people who repaid” → “repaid”."""
    if lang == "en":
        rest = yes.removeprefix("people ")
        return (
            f"were {yes}"
            if rest.startswith("whose")
            else rest.removeprefix("who ")
            if rest.startswith("who ")
            else f"were {rest}"
        )
    rest = yes.removeprefix("les personnes ")
    return (
        f"sont des personnes {rest}"
        if rest.startswith("dont")
        else rest.removeprefix("qui ")
        if rest.startswith("qui ")
        else f"ont été {rest}"
    )


def _areas(m: Measured, lang: Lang) -> str:
    """How well the score ranks people in each group, unless it has two values."""
    if m.case.source == "prediction":
        return ""
    two = listed([number(m.areas[at][0], lang) for at in m.pair], lang)
    if lang == "en":
        return (
            f"; the score ranks people about as well in both (AUC {two})"
            if _close(m)
            else f"; the score’s AUC is {two}"
        )
    alike = f" ; le score classe à peu près aussi bien dans les deux (AUC {two})"
    return alike if _close(m) else f" ; l’AUC du score est de {two}"


def _close(m: Measured) -> bool:
    """Whether the two areas differ by little, and by no more than chance allows."""
    (one, low, high), (other, other_low, other_high) = (m.areas[at] for at in m.pair)
    return abs(one - other) < 0.05 and low <= other_high and other_low <= high


def ordered(m: Measured, lang: Lang) -> tuple[float, str, str]:
    """How many times more false positives are forced (1 or more), on which group, against which."""
    first, second = (names.group(m.case, at, lang) for at in m.pair)
    return (m.forced, first, second) if m.forced >= 1 else (1 / m.forced, second, first)


def faultless(m: Measured) -> bool:
    """Whether neither group has an error."""
    return all(m.counts[at][1] + m.counts[at][2] == 0 for at in m.pair)


def forced(m: Measured, lang: Lang) -> str:
    """Why both readings can be true: the base rates."""
    bases = pair(m, "base_rate", lang)
    if m.forced != m.forced:
        return {
            "en": f"The base rates are {bases}: where everybody has the same outcome, one of the error rates has nobody to count.",
            "fr": f"Les taux de base sont de {bases} : là où tout le monde a le même résultat, l’un des taux d’erreur n’a personne à compter.",
        }[lang]
    if faultless(m):
        return {
            "en": "The score makes no mistake in either group: the one case in which unequal base rates force nothing.",
            "fr": "Le score ne se trompe dans aucun des deux groupes : le seul cas où des taux de base inégaux n’imposent rien.",
        }[lang]
    times, more, less = ordered(m, lang)
    if times < ALIKE:
        if lang == "en":
            return f"The base rates are close, {bases}, so nothing forces the errors apart."
        return f"Les taux de base sont proches, {bases} : rien n’oblige les erreurs à différer."
    x = number(times, lang, 2)
    both_true = (
        {"en": "Both are true at once: ", "fr": "Les deux sont vraies à la fois : "}[lang] if m.case.compas else ""
    )
    if lang == "en":
        text = f"{both_true}the base rates are {bases}, so equal precision and equal misses would force {x} times the false positive rate on the {more} group (Chouldechova 2017)"
        return f"{text[0].upper()}{text[1:]}."
    text = f"{both_true}les taux de base sont de {bases} ; une même précision et autant d’oublis imposeraient donc au groupe {more} {x} fois le taux de faux positifs du groupe {less} (Chouldechova 2017)"
    return f"{text[0].upper()}{text[1:]}."


def rows(m: Measured, lang: Lang) -> str:
    """How many people, who is too few, what is left out, what was trained or chosen here."""
    case = m.case
    n = number(len(case.member), lang, 0)
    said = [f"n = {n}" + (_filtered(lang) if case.filtered else "")]
    small = [
        f"{names.group(case, at, lang)} ({size})"
        for at, size in enumerate(case.sizes)
        if size > 0 and at not in m.ranked
    ]
    if small:
        shown = listed(small[:4], lang) if len(small) <= 4 else f"{len(small)}"
        said.append({"en": f"too few to compare: {shown}", "fr": f"trop peu pour comparer : {shown}"}[lang])
    if case.trained:
        learned = number(case.trained, lang, 0)
        said.append({"en": f"the score is that of a logistic regression trained here on {learned} other rows, without “{case.group}”", "fr": f"le score est celui d’une régression logistique entraînée ici sur {learned} autres lignes, sans « {case.group} »"}[lang])  # fmt: skip
    if case.left_out:
        gaps = ", ".join(f"{name}: {number(count, lang, 0)}" if lang == "en" else f"{name} : {number(count, lang, 0)}" for name, count in case.left_out.items())  # fmt: skip
        said.append({"en": f"rows left out for a missing value: {gaps}", "fr": f"lignes écartées faute de valeur : {gaps}"}[lang])  # fmt: skip
    return "; ".join(said) + "." if lang == "en" else " ; ".join(said) + "."


def _filtered(lang: Lang) -> str:
    return " after ProPublica’s 30-day filter" if lang == "en" else " après le filtre des 30 jours de ProPublica"


def summary(m: Measured, reading: str, lang: Lang) -> str:
    """The readings asked for, what binds them, and on how many people it rests."""
    said = []
    if reading in ("both", "propublica"):
        said.append(errors(m, lang))
    if reading in ("both", "northpointe"):
        said.append(precision(m, lang))
    return " ".join([*said, forced(m, lang), rows(m, lang)])


def title(m: Measured, lang: Lang) -> str:
    """The finding of the threshold figure as a sentence."""
    if m.forced != m.forced or faultless(m):
        return forced(m, lang).removesuffix(".")
    times, more, _ = ordered(m, lang)
    a, b = (percent(m.rate("base_rate", at)[0], lang, 0) for at in m.pair)
    if times < ALIKE:
        if lang == "en":
            return f"Base rates are close ({a} and {b}): nothing forces the errors apart"
        return f"Les taux de base sont proches ({a} et {b}) : rien n’oblige les erreurs à différer"
    x = number(times, lang, 1)
    if lang == "en":
        return f"No threshold evens all three: equal precision and misses would force {x} times the false positives on the {more} group"
    return f"Aucun seuil n’égalise les trois : à précision et oublis égaux, le groupe {more} aurait {x} fois les faux positifs de l’autre"


def subtitle(m: Measured, seed: int, lang: Lang) -> str:
    """n, data and seed."""
    n = number(len(m.case.member), lang, 0)
    data = m.case.data.name + (_filtered(lang) if m.case.filtered else "")
    return f"n = {n}, {data}, seed {seed}" if lang == "en" else f"n = {n}, {data}, graine {seed}"
