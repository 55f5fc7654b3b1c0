"""How to read a ``disaggregated_evaluation`` result, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.fairness.disaggregated.measure import DRAWS
from tools.fairness.disaggregated.records import MEANS, SMALL
from tools.finding import Lang, Text
from tools.numbers import number

if TYPE_CHECKING:
    from tools.fairness.disaggregated.records import Measured

FORMULAS = {
    "error": Text(en="error rate = wrong answers / people", fr="taux d’erreur = réponses fausses / personnes"),
    "accuracy": Text(en="accuracy = right answers / people", fr="exactitude = réponses justes / personnes"),
    "fpr": Text(en="false positive rate = flagged by mistake / all who should not be flagged, FP / (FP + TN)", fr="taux de faux positifs = signalés à tort / tous ceux qui ne devraient pas l’être, FP / (FP + VN)"),
    "fnr": Text(en="false negative rate = missed / all who should be flagged, FN / (FN + TP)", fr="taux de faux négatifs = manqués / tous ceux qui devraient être signalés, FN / (FN + VP)"),
    "ppv": Text(en="precision = rightly flagged / all flagged, TP / (TP + FP)", fr="précision = signalés à raison / tous les signalés, VP / (VP + FP)"),
    "selection": Text(en="selection rate = flagged / people", fr="taux de sélection = signalés / personnes"),
    "mean_error": Text(en="mean error = mean of (prediction − outcome); above 0 the prediction is too high", fr="erreur moyenne = moyenne de (prédiction − valeur vraie) ; au-dessus de 0, la prédiction est trop haute"),
    "absolute_error": Text(en="mean absolute error = mean of |prediction − outcome|", fr="erreur absolue moyenne = moyenne de |prédiction − valeur vraie|"),
    "auc": Text(en="AUC = share of pairs (one positive, one negative person of the group) that the score puts in the right order", fr="AUC = part des paires (une personne positive, une négative du groupe) que le score met dans le bon ordre"),
}  # fmt: skip


def how_to_read(m: Measured, lang: Lang) -> str:
    """The metric, the intervals, the tests, the corrections, the groups of chance."""
    draws = number(DRAWS, lang, 0)
    source = "Newcombe (1998)" if m.is_share else "Zou and Donner (2008)" if lang == "en" else "Zou et Donner (2008)"
    if lang == "en":
        return (
            f"{FORMULAS[m.metric].en}. Each bar is a 95% interval ({_intervals(m, lang)}): the fewer people, the longer. "
            f"Gap = difference of two groups, its interval after {source}. {_tests(m, lang)} {_many(m, lang)}"
            f"The gap of chance: the same results are dealt {draws} times at random among groups of the same sizes, and the largest gap is noted each time. "
            "“What if n”: the same values, had each group that many people."
        )
    return (
        f"{FORMULAS[m.metric].fr}. Chaque barre est un intervalle à 95 % ({_intervals(m, lang)}) : moins il y a de personnes, plus elle est longue. "
        f"Écart = différence entre deux groupes, son intervalle selon {source}. {_tests(m, lang)} {_many(m, lang)}"
        f"L’écart du hasard : les mêmes résultats sont redistribués {draws} fois au hasard entre des groupes de mêmes tailles, et l’on note chaque fois le plus grand écart. "
        "« Et si n » : les mêmes valeurs, si chaque groupe comptait ce nombre de personnes."
    )


def _many(m: Measured, lang: Lang) -> str:
    """What the corrections for many comparisons keep; nothing when there is one."""
    if len(m.pairs) == 1:
        return ""
    if lang == "en":
        return (
            f"With {len(m.pairs)} comparisons some would look real by luck; Holm (1979) keeps the risk of even one false alarm under 5%, "
            "Benjamini and Hochberg (1995) keeps false alarms under 5% of what is called real. "
        )
    return (
        f"Sur {len(m.pairs)} comparaisons, quelques-unes sembleraient réelles par chance ; Holm (1979) garde sous 5 % le risque d’une seule fausse alerte, "
        "Benjamini et Hochberg (1995) garde les fausses alertes sous 5 % de ce qui est déclaré réel. "
    )


def _intervals(m: Measured, lang: Lang) -> str:
    if m.is_share:
        return "Wilson 1927"
    if m.metric in MEANS:
        return "Student’s, of a mean" if lang == "en" else "de Student, pour une moyenne"
    return "DeLong et al. 1988"


def _tests(m: Measured, lang: Lang) -> str:
    """Which test compares two groups."""
    if m.metric in MEANS:
        return (
            "Two groups are compared by the test of Welch (1947)."
            if lang == "en"
            else "Deux groupes sont comparés par le test de Welch (1947)."
        )
    if m.metric == "auc":
        return (
            "Two groups are compared by their areas and errors (DeLong et al. 1988)."
            if lang == "en"
            else "Deux groupes sont comparés par leurs aires et leurs erreurs (DeLong et al. 1988)."
        )
    exact, tests = sum(pair.test == "exact" for pair in m.pairs), len(m.pairs)
    if exact == tests:
        return (
            "Two groups are compared by Fisher’s exact test."
            if lang == "en"
            else "Deux groupes sont comparés par le test exact de Fisher."
        )
    if lang == "en":
        return (
            f"Two groups are compared by Fisher’s exact test where counts are small ({exact} of {tests} here), "
            "else by the score test with the pooled share."
        )
    return (
        f"Deux groupes sont comparés par le test exact de Fisher quand les comptes sont petits ({exact} sur {tests} ici), "
        "sinon par le test du score avec la part commune."
    )


def limits(m: Measured, kind: str, lang: Lang) -> str:
    """What it cannot tell; ``kind`` is published, counts or data."""
    return " ".join((_published(lang) if kind == "published" else []) + _general(m, kind, lang))


def _published(lang: Lang) -> list[str]:
    if lang == "en":
        return [
            "The paper prints percentages: group sizes and counts are rebuilt from them and rounded, so a count can be one face off.",
            "For Face++ and lighter-skinned women the 6.0% that was first reported is used; 9.8% is quoted elsewhere, which would raise its overall rate by about one point.",
            "The three programs saw the same faces, so their results are not independent (Holm’s correction allows for this). They were tested as sold in 2017 "
            "and have been replaced since; portraits of parliamentarians are not ordinary pictures, and two gender labels do not describe everyone.",
        ]
    return [
        "L’article donne des pourcentages : les effectifs et les comptes en sont reconstruits et arrondis, un compte peut être faux d’un visage.",
        "Pour Face++ et les femmes à peau claire, on prend les 6,0 % d’abord rapportés ; 9,8 % est aussi cité, ce qui relèverait son taux d’ensemble d’environ un point.",
        "Les trois programmes ont vu les mêmes visages, leurs résultats ne sont donc pas indépendants (la correction de Holm l’admet). Ils ont été testés tels que vendus "
        "en 2017 et remplacés depuis ; des portraits de parlementaires ne sont pas des photos ordinaires, et deux étiquettes de genre ne décrivent pas tout le monde.",
    ]


def _general(m: Measured, kind: str, lang: Lang) -> list[str]:
    if lang == "en":
        found = [
            "A gap says how much, not why, and not whether the system should exist; a gap that is not found may only be a sample too small.",
            "The intervals cover the luck of who was in the sample, not how people were chosen, labelled or sorted into groups; "
            "another way of cutting the groups can show or hide a gap.",
            "The n that would have been enough holds for these very values, at even odds of seeing the gap.",
        ]
        if kind == "counts":
            found.append("The counts are taken as typed, and the people of different groups as different people.")
        if any(not group.ranked for panel in m.panels for group in panel.groups):
            found.append(
                f"Groups under {SMALL} people are shown, not compared: nothing is known of them, which is itself a finding."
            )
        return found
    found = [
        "Un écart dit combien, non pourquoi, ni si le système doit exister ; un écart qu’on ne trouve pas peut n’être qu’un échantillon trop petit.",
        "Les intervalles couvrent le hasard de qui était dans l’échantillon, non la façon dont les personnes ont été choisies, étiquetées ou rangées en groupes ; "
        "un autre découpage peut montrer ou cacher un écart.",
        "L’effectif qui aurait suffi vaut pour ces valeurs mêmes, avec une chance sur deux de voir l’écart.",
    ]
    if kind == "counts":
        found.append(
            "Les comptes sont pris comme ils sont écrits, et les personnes de deux groupes comme des personnes différentes."
        )
    if any(not group.ranked for panel in m.panels for group in panel.groups):
        found.append(
            f"Les groupes de moins de {SMALL} personnes sont montrés, non comparés : on n’en sait rien, ce qui est déjà un constat."
        )
    return found
