"""The words of the corrections: summary, labels, titles, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.fairness.audit.names import translated
from tools.fairness.mitigation.people import told as written
from tools.finding import Lang, Text
from tools.numbers import number, percent

if TYPE_CHECKING:
    from tools.fairness.mitigation.measure import Corrected, Measured, Value

QUESTION = Text(
    en="What does correcting a classifier change, at what price, and who pays?",
    fr="Que change la correction d’un classifieur, à quel prix, et qui paie ?",
)
METHOD = {
    "none": Text(en="no correction", fr="sans correction"),
    "thresholds_tpr": Text(
        en="thresholds: equal true positives", fr="seuils : vrais positifs égaux"
    ),
    "thresholds_fpr": Text(en="thresholds: equal false alarms", fr="seuils : fausses alertes égales"),
    "thresholds_odds": Text(en="thresholds with lots: equal odds", fr="seuils avec tirage : cotes égalisées"),
    "reweighing": Text(en="reweighing", fr="repondération"),
    "reduction": Text(en="reduction", fr="réduction"),
    "reduction_blind": Text(en="reduction, group unseen", fr="réduction, groupe non vu"),
}  # fmt: skip
GAPS = {
    "odds": Text(en="widest gap in error rates", fr="plus grand écart de taux d’erreur"),
    "tpr": Text(en="gap in true positive rate", fr="écart de taux de vrais positifs"),
    "fpr": Text(en="gap in false positive rate", fr="écart de taux de faux positifs"),
    "selection": Text(en="gap in share flagged", fr="écart de part signalée"),
}
ACCURACY = Text(en="accuracy", fr="exactitude")
CHANCE = Text(en="gap that chance alone would leave", fr="écart que le seul hasard laisserait")
MAJORITY = Text(en="always the commoner outcome", fr="toujours le résultat le plus fréquent")


def points(share: float, lang: Lang) -> str:
    """A difference of shares in points: "14 points"; one decimal when below ten."""
    shown = 100 * share
    text = number(shown, lang, 0 if abs(shown) >= 9.95 else 1)
    one = abs(round(shown, 1)) < 2 if lang == "fr" else text in ("1", "1.0")
    return f"{text} point{'' if one else 's'}"


def spread(value: Value, lang: Lang, digits: int = 0) -> str:
    """The interval of a share in percent or points, without its unit: "24 to 42"."""
    return (" to " if lang == "en" else " à ").join(number(100 * bound, lang, digits) for bound in value[1:])


OUTCOMES = {  # of the built-in data sets; another outcome is told by its column and value
    "compas": (
        "two_year_recid",
        Text(en="re-arrest within two years", fr="une nouvelle arrestation dans les deux ans"),
    ),
    "compas-violent": (
        "two_year_recid",
        Text(en="a charge for violence within two years", fr="des poursuites pour violence dans les deux ans"),
    ),
    "adult": ("income", Text(en="an income over $50,000", fr="un revenu de plus de 50\u202f000 $")),
    "german": ("credit", Text(en="a loan paid back", fr="un prêt remboursé")),
    "fico": ("repaid", Text(en="a loan paid back", fr="un prêt remboursé")),
    "credit-like": ("Loan_Status", Text(en="a loan granted", fr="un prêt accordé")),
}


def who(m: Measured, group: int, lang: Lang) -> str:
    """The name of a group; those of the built-in data sets speak French too."""
    name = m.people.names[group]
    return name if m.people.data.private else translated(name, lang)


def flagged(m: Measured, lang: Lang) -> str:
    """What is predicted: "re-arrest within two years", or "“outcome = 1”"."""
    label, words = OUTCOMES.get(m.people.data.name, ("", Text(en="", fr="")))
    if not m.people.data.private and (m.people.label, m.people.positive) == (label, written(m.people.data.positive)):
        return words.get(lang)
    what = f"{m.people.label} = {m.people.positive}"
    return f"“{what}”" if lang == "en" else f"« {what} »"


def summary(m: Measured, lang: Lang) -> str:
    """Before, the best correction with its price, who pays, what was not counted; or that there is nothing to correct."""
    if not beyond_chance(m):
        return f"{_before(m, lang)} {_nothing(lang)}"
    return " ".join(part for part in (_before(m, lang), _after(m, lang), _paid(m, lang), _lost(m, lang)) if part)


def beyond_chance(m: Measured) -> bool:
    """Whether the gap before correction is wider than equal error rates would show in 19 cases of 20."""
    return m.methods["none"].gaps["odds"][1] > 0


def _nothing(lang: Lang) -> str:
    if lang == "en":
        return (
            "Groups that share the same error rates would often show as wide a gap: nothing here asks to be corrected, "
            "or there are too few people to see it. The tables show what the corrections would change all the same."
        )
    return (
        "Des groupes aux mêmes taux d’erreur montreraient souvent un écart aussi grand : rien ici ne demande à être "
        "corrigé, ou il y a trop peu de personnes pour le voir. Les tableaux montrent malgré tout ce que les corrections changeraient."
    )


def _before(m: Measured, lang: Lang) -> str:
    none = m.methods["none"]
    gap, chance = none.gaps["odds"], points(m.chance, lang)
    n, right = number(m.n, lang, 0), percent(none.accuracy[0], lang, 1)
    if lang == "en":
        return (
            f"A model that never sees “{m.people.group}” learned from half of {m.people.data.name}, then predicted {flagged(m, lang)}, "
            f"yes or no, for the other {n} people: {right} right, with error rates that differ by up to {points(gap[0], lang)} between "
            f"groups ({spread(gap, lang)}; chance alone would leave about {chance})."
        )
    return (
        f"Un modèle qui ne voit jamais « {m.people.group} » a appris sur une moitié du jeu {m.people.data.name}, puis prédit {flagged(m, lang)}, oui ou non, "
        f"pour les {n} autres personnes : {right} de réponses justes, et des taux d’erreur qui diffèrent jusqu’à {points(gap[0], lang)} "
        f"entre groupes ({spread(gap, lang)} ; le seul hasard en laisserait environ {chance})."
    )


def _after(m: Measured, lang: Lang) -> str:
    name, made = m.best, m.methods[m.best]
    gap, change = made.gaps["odds"], made.accuracy_change
    if lang == "en":
        verb = "narrows this most" if made.gap_change[0] < 0 else "comes closest"
        doubt = "" if made.gap_change[2] < 0 else " (a difference that chance could make)"
        return (
            f"Of six corrections, “{METHOD[name].en}” {verb}, to {points(gap[0], lang)} ({spread(gap, lang)}){doubt}, "
            f"and changes accuracy by {points(change[0], lang)} ({spread(change, lang, 1)})."
        )
    verb = "le réduit le plus" if made.gap_change[0] < 0 else "s’en approche le plus"
    doubt = "" if made.gap_change[2] < 0 else " (une différence que le hasard pourrait produire)"
    return (
        f"Des six corrections, « {METHOD[name].fr} » {verb}, à {points(gap[0], lang)} ({spread(gap, lang)}){doubt}, "
        f"et change l’exactitude de {points(change[0], lang)} ({spread(change, lang, 1)})."
    )


def _paid(m: Measured, lang: Lang) -> str:
    """Whose decisions the best correction changes, for the two groups with the most changes."""
    made = m.methods[m.best]
    if not made.moved:
        return "It changes no decision." if lang == "en" else "Elle ne change aucune décision."
    told = [moves(m, made, group, lang) for group in touched(made)[:2]]
    total = number(made.moved, lang, 0)
    if lang == "en":
        return f"It changes the decision of {total} people: {'; '.join(told)}."
    return f"Elle change la décision de {total} personnes : {' ; '.join(told)}."


def touched(made: Corrected) -> list[int]:
    """The groups whose decisions change, those with the most changes first."""
    sums = made.moves.sum(axis=(1, 2))
    return [group for group in sorted(range(len(sums)), key=lambda g: -int(sums[g])) if sums[group]]


def moves(m: Measured, made: Corrected, group: int, lang: Lang) -> str:
    """One group's changes, the larger direction only when the other is under a tenth of it."""
    new, gone = (int(made.moves[group, :, way].sum()) for way in (0, 1))
    wrong_new, wrong_gone = int(made.moves[group, 0, 0]), int(made.moves[group, 1, 1])
    parts = []
    if gone and gone * 10 >= new:
        parts.append(
            f"{number(gone, lang, 0)} no longer flagged ({number(wrong_gone, lang, 0)} of them wrongly)"
            if lang == "en"
            else f"{number(gone, lang, 0)} ne sont plus signalées (dont {number(wrong_gone, lang, 0)} à tort)"
        )
    if new and new * 10 >= gone:
        parts.append(
            f"{number(new, lang, 0)} newly flagged ({number(wrong_new, lang, 0)} wrongly)"
            if lang == "en"
            else f"{number(new, lang, 0)} le deviennent (dont {number(wrong_new, lang, 0)} à tort)"
        )
    return f"{who(m, group, lang)}, {', '.join(parts)}"


def _lost(m: Measured, lang: Lang) -> str:
    """The corrections that make the model almost useless."""
    lost = [METHOD[name].get(lang) for name in m.methods if name != "none" and name not in m.kept]
    if not lost:
        return ""
    level = percent(m.majority, lang, 1)
    names = ", ".join(f"“{name}”" if lang == "en" else f"« {name} »" for name in lost)
    if lang == "en":
        return f"Not counted, as they lose over half of what the model knew beyond answering the commoner outcome each time ({level} right): {names}."
    return f"Non retenu, car cela perd plus de la moitié de ce que le modèle savait de plus que répondre toujours le résultat le plus fréquent ({level} de réponses justes) : {names}."


def headline(m: Measured, lang: Lang) -> str:
    """The title of the trade-off figure."""
    before, made = m.methods["none"].gaps["odds"][0], m.methods[m.best]
    change = points(abs(made.accuracy_change[0]), lang)
    less = made.accuracy_change[0] < 0
    if not beyond_chance(m):
        return (
            "No gap in error rates beyond chance" if lang == "en" else "Pas d’écart de taux d’erreur au-delà du hasard"
        )
    if made.gap_change[0] >= 0:
        return "No correction narrows the gap here" if lang == "en" else "Aucune correction ne réduit l’écart ici"
    a, b = points(before, lang).split(" ")[0], points(made.gaps["odds"][0], lang)
    if lang == "en":
        return f"The gap in error rates can go from {a} to {b}, for {change} of accuracy {'lost' if less else 'gained'}"
    return f"L’écart de taux d’erreur peut passer de {a} à {b}, pour {change} d’exactitude {'en moins' if less else 'en plus'}"


def paid_headline(m: Measured, lang: Lang) -> str:
    """The title of the figure of changed decisions: the net change of the two groups that the best correction moves most."""
    made = m.methods[m.best]
    told = []
    for group in touched(made)[:2]:
        net = int(made.moves[group, :, 0].sum() - made.moves[group, :, 1].sum())
        sign = "+" if net > 0 else ""
        told.append(f"{who(m, group, lang)} {sign}{number(net, lang, 0)}")
    name = METHOD[m.best].get(lang)
    if lang == "en":
        return f"Who pays: people flagged under “{name}”: {', '.join(told) or 'no change'}"
    return f"Qui paie : personnes signalées sous « {name} » : {', '.join(told) or 'aucun changement'}"


def subtitle(m: Measured, seed: int, lang: Lang, bars: str) -> str:
    """n, data, what the bars are, seed."""
    n = number(m.n, lang, 0)
    if lang == "en":
        return f"{m.people.data.name}, {n} people judged, by {m.people.group} · {bars} · seed {seed}"
    return f"{m.people.data.name}, {n} personnes jugées, par {m.people.group} · {bars} · graine {seed}"
