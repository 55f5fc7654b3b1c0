"""How a WEAT result is to be read: the test, the formula, the interval, the coverage, and the limits."""

from __future__ import annotations

from tools.finding import Lang, Text
from tools.numbers import interval, number, percent
from tools.words.association import CONFIDENCE, RESAMPLES, Splits, ceiling
from tools.words.weat_sets import Measured, Sets


def splits_name(splits: Splits, lang: Lang) -> str:
    """Which test gave p and over how many splits, for ``Estimate.test``."""
    count, tried = number(splits.at_least, lang, 0), number(splits.tried, lang, 0)
    if lang == "en":
        if splits.exact:
            return f"one-sided permutation test, exact: {count} of all {tried} splits of the words"
        return f"one-sided permutation test, {tried} random splits of the words: ({count} + 1) / ({tried} + 1)"
    if splits.exact:
        return f"test de permutation unilatéral, exact : {count} de tous les {tried} partages des mots"
    return f"test de permutation unilatéral, {tried} partages des mots au hasard : ({count} + 1) / ({tried} + 1)"


def how_to_read_one(measured: Measured, lang: Lang) -> str:
    """What the numbers of one test mean, with the formula and its source."""
    write = _read_english if lang == "en" else _read_french
    return " ".join([*write(measured), coverage_sentence(measured.sets, lang)])


def _squeezed(measured: Measured) -> bool:
    """Whether d is so near its ceiling that its interval is narrow for that reason alone."""
    return abs(measured.result.d) > 0.9 * ceiling(len(measured.first_scores), len(measured.second_scores))


def _read_english(measured: Measured) -> list[str]:
    result, labels = measured.result, measured.sets.labels
    text = [
        "d counts, in standard deviations, the gap between the mean scores of the two groups.",
        formula(measured.sets, "en"),
    ]
    if not measured.sets.single:
        text.append(
            f"A word’s s is positive when it lies closer to {labels.a.en}, negative when it lies closer to {labels.b.en}."
        )
    text += [
        "p is the share of splits of the words whose difference is at least as large (one-sided).",
        f"The interval, {interval(result.low, result.high, 'en')} ({percent(CONFIDENCE, 'en')}), is a percentile bootstrap: "
        f"the words of each group are redrawn {number(RESAMPLES, 'en', 0)} times. It says how much d depends on the words chosen.",
    ]
    if _squeezed(measured):
        text.append("So near its ceiling d can hardly vary: a narrow interval is no sign of precision here.")
    text.append(f"With the population deviation, as in the WEFE library, d = {number(result.d_population, 'en')}.")
    if labels.iat_d is not None:
        text.append(
            f"The human test (IAT) on this theme gave d = {number(labels.iat_d, 'en')}, over people and not over words: "
            "compare the sign, not the size."
        )
    return text


def _read_french(measured: Measured) -> list[str]:
    result, labels = measured.result, measured.sets.labels
    text = [
        "d compte, en écarts types, la distance entre les scores moyens des deux groupes.",
        formula(measured.sets, "fr"),
    ]
    if not measured.sets.single:
        text.append(
            f"Le s d’un mot est positif s’il est plus proche des {labels.a.fr}, négatif s’il est plus proche des {labels.b.fr}."
        )
    text += [
        "p est la part des partages des mots dont la différence est au moins aussi grande (test unilatéral).",
        f"L’intervalle, {interval(result.low, result.high, 'fr')} ({percent(CONFIDENCE, 'fr')}), est un bootstrap par percentiles : "
        f"les mots de chaque groupe sont retirés au sort {number(RESAMPLES, 'fr', 0)} fois. Il dit combien d dépend des mots choisis.",
    ]
    if _squeezed(measured):
        text.append(
            "Si près de son plafond, d ne peut guère varier : un intervalle étroit n’est pas ici un signe de précision."
        )
    text.append(
        f"Avec l’écart type de population, comme dans la bibliothèque WEFE, d = {number(result.d_population, 'fr')}."
    )
    if labels.iat_d is not None:
        text.append(
            f"Le test humain (IAT) sur ce thème donnait d = {number(labels.iat_d, 'fr')}, sur des personnes et non sur des mots : "
            "comparez le signe, pas la taille."
        )
    return text


def formula(sets: Sets | None, lang: Lang) -> str:
    """The formula in one line, with its source; the single-category form for a test without Y."""
    if sets is not None and sets.single:
        if lang == "en":
            return (
                "d = (mean of g over A − mean of g over B) / standard deviation (n − 1) of g over A and B, where "
                "g(c) = mean cos(c, w) over the words w of X (single-category test; with one word in X, "
                "the form of Toney and Caliskan 2021)."
            )
        return (
            "d = (moyenne de g sur A − moyenne de g sur B) / écart type (n − 1) de g sur A et B, où "
            "g(c) = moyenne de cos(c, w) sur les mots w de X (test à une catégorie ; avec un seul mot dans X, "
            "la forme de Toney et Caliskan 2021)."
        )
    if lang == "en":
        return (
            "d = (mean of s over X − mean of s over Y) / standard deviation (n − 1) of s over X and Y, where "
            "s(w) = mean cos(w, A) − mean cos(w, B) (Caliskan, Bryson and Narayanan 2017, Science 356:183)."
        )
    return (
        "d = (moyenne de s sur X − moyenne de s sur Y) / écart type (n − 1) de s sur X et Y, où "
        "s(w) = moyenne de cos(w, A) − moyenne de cos(w, B) (Caliskan, Bryson et Narayanan 2017, Science 356:183)."
    )


def coverage_sentence(sets: Sets, lang: Lang) -> str:
    """How many of the words the vectors hold, and which ones they do not."""
    given = sum(len(group.given) for group in sets.groups)
    missing = [word for group in sets.groups for word in group.missing]
    share = percent(1 - len(missing) / given, lang)
    if lang == "en":
        absent = f"; missing: {', '.join(missing)}" if missing else ""
        return f"Coverage: {given - len(missing)} of {given} words found ({share}){absent}."
    absent = f" ; absents : {', '.join(missing)}" if missing else ""
    return f"Couverture : {given - len(missing)} mots trouvés sur {given} ({share}){absent}."


LIMITS = Text(
    en="The test speaks of the words chosen, in the texts behind these vectors: a few words stand for a whole group, "
    "and another "
    "list can give another d. Its p says how rarely a random split does as much, with the attribute words kept "
    "fixed; it says "
    "nothing about people, nor about harm done by a system that uses the vectors. An effect size over words is not "
    "comparable with one over people. First names stand for groups only in the lists of 2017, made in the United "
    "States "
    "from older studies: stereotypes are shown here as data about texts, not as facts about anyone.",
    fr="Le test parle des mots choisis, dans les textes dont viennent ces vecteurs : quelques mots représentent tout "
    "un groupe, "
    "et une autre liste peut donner un autre d. Son p dit combien il est rare qu’un partage au hasard en fasse "
    "autant, les mots "
    "attributs restant fixes ; il ne dit rien des personnes, ni du tort causé par un système qui emploie ces "
    "vecteurs. Une "
    "taille d’effet sur des mots ne se compare pas à une taille d’effet sur des personnes. Les prénoms ne "
    "représentent des "
    "groupes que dans les listes de 2017, faites aux États-Unis d’après des études plus anciennes : les stéréotypes "
    "sont "
    "montrés ici comme des données sur des textes, non comme des faits sur quiconque.",
)

EIGHTEEN = Text(
    en=" Tests 4 and 5 are run here on 18 names a group; the paper kept 16 of them.",
    fr=" Les tests 4 et 5 portent ici sur 18 prénoms par groupe ; l’article en gardait 16.",
)
