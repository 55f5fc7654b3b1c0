"""How to read the corrections, and what they cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.fairness.audit.names import translated
from tools.fairness.mitigation.methods import SLACK
from tools.fairness.mitigation.text import METHOD, flagged
from tools.finding import Lang
from tools.numbers import number, percent

if TYPE_CHECKING:
    from tools.fairness.mitigation.measure import Measured


def how_to_read(m: Measured, lang: Lang) -> str:
    """Gap, methods, intervals, and what a change is."""
    slack = percent(SLACK, lang)
    if lang == "en":
        return (
            f"Flagged means: predicted {flagged(m, lang)}. gap = max(TPR max − TPR min, FPR max − FPR min) over the groups, "
            "the equalised odds difference of fairlearn; TPR = flagged / people with the outcome, FPR = flagged / people without "
            "it. Thresholds per group make one of the two rates equal, or both by adding lots (Hardt, Price and Srebro 2016); "
            "reweighing gives each person the weight P(group) P(outcome) / P(group and outcome) in training (Kamiran and Calders 2012); "
            f"reduction trains a mixture of models that differ by at most {slack} in training (Agarwal et al. 2018), "
            "with and without the group among the columns. All are set on one half of the people and judged on the other. "
            "Intervals redraw the people judged 2,000 times, less the bias of the redraws; that of a gap begins at 0 where groups with the same "
            "error rates would show as wide a gap in one case of twenty. Newly flagged and no longer flagged compare with no correction, person by person; "
            "wrongly means against the outcome in the data. What chance leaves is the mean gap of groups of these sizes that share the same error rates."
        )
    return (
        f"Signalé veut dire : on prédit {flagged(m, lang)}. écart = max(TVP max − TVP min, TFP max − TFP min) entre les groupes, la "
        "différence des cotes égalisées de fairlearn ; TVP = signalés / personnes qui ont le résultat, TFP = signalés / personnes "
        "qui ne l’ont pas. Des seuils par groupe égalisent l’un des deux taux, ou les deux en ajoutant un tirage au sort (Hardt, Price et Srebro "
        "2016) ; la repondération donne à chaque personne, à l’apprentissage, le poids P(groupe) P(résultat) / P(groupe et résultat) (Kamiran et "
        f"Calders 2012) ; la réduction entraîne un mélange de modèles qui diffèrent d’au plus {slack} à l’apprentissage (Agarwal "
        "et al. 2018), avec et sans le groupe parmi les colonnes. Tout est réglé sur une moitié des personnes et jugé sur l’autre. Les "
        "intervalles retirent 2 000 fois les personnes jugées, moins le biais des retirages ; celui d’un écart commence à 0 là où des groupes aux mêmes "
        "taux d’erreur montreraient un écart aussi grand une fois sur vingt. Les changements se comptent personne par personne, par rapport à l’absence de "
        "correction ; à tort veut dire contre le résultat des données. Ce que laisse le hasard est l’écart moyen de groupes de ces tailles qui auraient les mêmes taux d’erreur."
    )


def limits(m: Measured, lang: Lang) -> str:
    """What the test cannot tell, and what a correction asks for."""
    return " ".join((_always(m, lang), *_left_out(m, lang)))


def _always(m: Measured, lang: Lang) -> str:
    lots = max(m.methods, key=lambda name: m.methods[name].lots)
    share = percent(m.methods[lots].lots, lang)
    if lang == "en":
        text = (
            "The outcome in the data is taken as true: if it is itself unequal (arrests for offences, cost for need), equal error rates do not "
            "repair it. Equal gaps can be reached by treating some worse, without treating anyone better. All corrections but "
            "reweighing and the reduction with the group unseen must know the group when they decide, which the law may forbid. "
            "Intervals hold for this split and this model, a logistic regression; another seed moves the corrections too. The "
            "correction called best was chosen on the very people that judge it, which flatters it a little."
        )
        if m.methods[lots].lots:
            text += (
                f" With “{METHOD[lots].en}”, another draw of lots would change the decision of {share} of the people."
            )
        return text
    text = (
        "Le résultat des données est tenu pour vrai : s’il est lui-même inégal (arrestation pour délit, coût pour besoin), des taux d’erreur égaux ne "
        "le réparent pas. On peut atteindre l’égalité en traitant les uns moins bien sans traiter personne mieux. Toutes les corrections sauf la "
        "repondération et la réduction où le groupe n’est pas vu doivent connaître le groupe au moment de décider, ce que le droit peut interdire. Les "
        "intervalles valent pour ce partage et ce modèle, une régression logistique ; une autre graine déplace aussi les corrections. La "
        "correction dite la meilleure a été choisie sur les personnes mêmes qui la jugent, ce qui la flatte un peu."
    )
    if m.methods[lots].lots:
        text += f" Avec « {METHOD[lots].fr} », un autre tirage au sort changerait la décision de {share} des personnes."
    return text


def _left_out(m: Measured, lang: Lang) -> list[str]:
    """Groups too small, rows with gaps, rows sampled."""
    found = []
    if m.people.small:
        names = ", ".join(
            f"{name if m.people.data.private else translated(name, lang)} ({number(size, lang, 0)})"
            for name, size in m.people.small.items()
        )
        found.append(
            f"Left out, too few people to know their error rates: {names}."
            if lang == "en"
            else f"Laissés de côté, trop peu de personnes pour connaître leurs taux d’erreur : {names}."
        )
    if m.people.gaps:
        gaps = number(m.people.gaps, lang, 0)
        found.append(
            f"{gaps} rows without a group or an outcome are not used."
            if lang == "en"
            else f"{gaps} lignes sans groupe ou sans résultat ne servent pas."
        )
    if m.people.sampled:
        kept, rows = number(len(m.people.data), lang, 0), number(m.people.sampled, lang, 0)
        found.append(
            f"{kept} of the {rows} rows were drawn at random, to keep the run short."
            if lang == "en"
            else f"{kept} des {rows} lignes ont été tirées au hasard, pour abréger le calcul."
        )
    return found
