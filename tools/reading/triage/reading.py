"""How to read a ``risk_triage`` result, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang
from tools.numbers import number, percent
from tools.proportions import wilson
from tools.reading.triage.measure import ENOUGH, NEIGHBOURS, SHARE

if TYPE_CHECKING:
    from tools.reading.triage.measure import Triage

# On the incidents of the library, from the summary alone, the sheet itself left out: first class among those of the
# sheet, main class of the sheet among those named, number of sheets. A test counts them again.
AGREEMENT = {"en": (40, 43, 44), "fr": (42, 42, 44)}
ALWAYS_W1 = 26  # sheets that hold W1: what the constant answer W1 would reach
# Twenty descriptions written once the lists were finished: class right, class wrong, tier right, tier wrong, number;
# in the others the words say nothing. A test counts them again.
NEW = (11, 0, 7, 1, 20)


def how_to_read(m: Triage, lang: Lang) -> str:
    """What the scores mean, the formula, and how well they agree with people."""
    first, _, n = AGREEMENT[lang]
    low, high = wilson(first, n)
    if lang == "en":
        return (
            "Word lists in English and French find concepts; what a clause denies (“without”, “not”) does not count. A class of harm "
            "scores the sum of the weights of its concepts, plus the share of the "
            f"{NEIGHBOURS} nearest incident sheets that hold it. score(c) = Σ weight(c, concept) + 1.6 · Σ cosine(sheets with c) / Σ cosine. "
            f"It is named from {number(ENOUGH, lang, 1)}, and from {percent(SHARE, lang)} of the highest. The classes are those of Weidinger et al. "
            "(2021), by analogy; the seven places of bias come from the EFELIA course (Sassatelli 2023), the questions from Paullada et al. (2021). "
            "A tier is reached when every condition of a rule finds a word; the highest one is shown first, and the table lists the others. "
            f"On the summaries of the {n} incident sheets, each left out of its own neighbours, the first class is one of the sheet’s in "
            f"{first} cases ({percent(first / n, lang)}, {percent(low, lang)} to {percent(high, lang)}); always answering W1 would reach "
            f"{percent(ALWAYS_W1 / n, lang)}. The lists were written by people who had read these sheets. On {NEW[4]} short descriptions written "
            f"after the lists, the first class was right in {NEW[0]} and wrong in {NEW[1]}, the tier right in {NEW[2]} and wrong in {NEW[3]}; in the "
            "others the words were not in the lists and nothing was named."
        )
    return (
        "Des listes de mots en français et en anglais repèrent des notions ; ce qu’une proposition nie (« sans », « pas ») ne compte pas. "
        "Une classe de dommage a pour score la somme des poids de ses notions, plus la part qui la porte parmi les "
        f"{NEIGHBOURS} fiches d’incident les plus proches. score(c) = Σ poids(c, notion) + 1,6 · Σ cosinus(fiches avec c) / Σ cosinus. "
        f"Elle est nommée à partir de {number(ENOUGH, lang, 1)}, et de {percent(SHARE, lang)} du plus haut. Les classes sont celles de Weidinger et al. "
        "(2021), par analogie ; les sept endroits de biais viennent du cours EFELIA (Sassatelli 2023), les questions de Paullada et al. (2021). "
        "Un niveau est atteint quand chaque condition d’une règle trouve un mot ; le plus haut est montré d’abord, et le tableau donne les autres. "
        f"Sur les résumés des {n} fiches d’incident, chacune retirée de ses propres voisines, la première classe est l’une de celles de la fiche dans "
        f"{first} cas ({percent(first / n, lang)}, {percent(low, lang)} à {percent(high, lang)}) ; répondre toujours W1 atteindrait "
        f"{percent(ALWAYS_W1 / n, lang)}. Les listes ont été écrites par des personnes qui avaient lu ces fiches. Sur {NEW[4]} descriptions courtes "
        f"écrites après les listes, la première classe est juste pour {NEW[0]} et fausse pour {NEW[1]}, le niveau juste pour {NEW[2]} et faux pour {NEW[3]} ; "
        "pour les autres, les mots n’étaient pas dans les listes et rien n’a été nommé."
    )


def limits(m: Triage, lang: Lang) -> str:
    """What the reading cannot tell."""
    extra = _extra(m, lang)
    if lang == "en":
        return (
            extra
            + "This is not legal advice: only the text in force counts, read by a lawyer, with its exceptions and the role of each party. "
            "The dates are those known when this was written; the postponement of 2026 is quoted from the legal press and legal compilations. "
            "Word lists read words, not intentions: a system described with other words escapes them, and a word used in passing can set them off. "
            "Nothing found is not nothing there. A place of bias is a hypothesis to test with data, and a class of harm measures neither its gravity "
            "nor its frequency. Descriptions in other languages than English and French are not read."
        )
    return (
        extra
        + "Ceci n’est pas un avis juridique : seul compte le texte en vigueur, lu par un juriste, avec ses exceptions et le rôle de chacun. "
        "Les dates sont celles connues à la rédaction ; le report de 2026 est repris de la presse et de compilations juridiques. "
        "Des listes de mots lisent des mots, non des intentions : un système décrit autrement leur échappe, et un mot dit en passant peut les déclencher. "
        "Ne rien trouver n’est pas une preuve d’absence. Un endroit de biais est une hypothèse à éprouver avec des données, et une classe de dommage ne "
        "mesure ni sa gravité ni sa fréquence. Les descriptions dans d’autres langues que le français et l’anglais ne sont pas lues."
    )


def _extra(m: Triage, lang: Lang) -> str:
    """Two cautions of the Act that some words call for: fixed rules, preparatory tasks."""
    said = []
    if m.tier in ("high", "limited", "minimal") and "fixed_rules" in m.reading.found:
        said.append(
            "Fixed rules written by people may not be an AI system in the sense of Article 3(1). "
            if lang == "en"
            else "Des règles fixes écrites par des personnes ne sont peut-être pas un système d’IA au sens de l’article 3(1). "
        )
    if m.tier == "high" and "narrow_task" in m.reading.found:
        said.append(
            "Article 6(3) can take a preparatory or narrow task out of the high risk, unless it profiles people. "
            if lang == "en"
            else "L’article 6(3) peut sortir du haut risque une tâche préparatoire ou étroite, sauf si elle profile des personnes. "
        )
    return "".join(said)
