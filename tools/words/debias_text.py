"""What a ``debias`` result says in words: the sentences of its summary and of its figure, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang
from tools.numbers import interval, number, percent

if TYPE_CHECKING:
    from tools.words.debias_study import Study

CHANCE = 0.5  # of finding the side of a word when as many lean to either


def quoted(word: str, lang: Lang) -> str:
    """A word in the quotation marks of the language."""
    return f"“{word}”" if lang == "en" else f"« {word} »"


def found_again(s: Study) -> bool:
    """Whether the classifier after the removal is clearly better than guessing."""
    return s.recovered.classifier_after.low > CHANCE


def summary(s: Study, lang: Lang) -> str:
    """What was removed and kept, what the association test keeps, what is found again, and why."""
    names = [_names(s, lang)] if "6" in s.tests and s.lists.gender else []
    why = [_why(s, lang)] if found_again(s) else []
    return " ".join([_removed(s, lang), *names, _found(s, lang), *why])


def _removed(s: Study, lang: Lang) -> str:
    before, after = number(s.bias_before.value, lang, 3), number(s.bias_after.value, lang, 3)
    kept, n, jobs = percent(s.kept.value, lang), len(s.lists.pairs), len(s.lists.occupations)
    one, other = (quoted(word, lang) for word in s.lists.sides)
    gender = s.lists.gender
    if lang == "en":
        pairs = (
            f"Pairs of words such as {one} and {other} ({n} here) define"
            if n > 1
            else f"The pair {one} and {other} defines"
        )
        axis, spared = (
            ("an axis of gender", "those that name a gender") if gender else ("an axis", "those of the pairs")
        )
        return (
            f"{pairs} {axis} in these vectors; removing it from all words but {spared} takes the mean lean of {jobs} "
            f"occupations along it from {before} to {after}, and words keep {kept} of their ten nearest neighbours."
        )
    pairs = (
        f"Des paires de mots comme {one} et {other} ({n} ici) définissent"
        if n > 1
        else f"La paire {one} et {other} définit"
    )
    axis, spared = ("un axe du genre", "ceux qui nomment un genre") if gender else ("un axe", "ceux des paires")
    return (
        f"{pairs} {axis} dans ces vecteurs ; le retirer de tous les mots sauf {spared} fait passer l’inclinaison "
        f"moyenne de {jobs} métiers le long de cet axe de {before} à {after}, et les mots gardent {kept} de leurs "
        "dix plus proches voisins."
    )


def _found(s: Study, lang: Lang) -> str:
    r = s.recovered
    found, groups = percent(r.classifier_after.value, lang), percent(r.clusters_after.value, lang)
    n = number(len(r.first), lang, 0)
    if lang == "en":
        text = "Yet the lean can still be read: a " if found_again(s) else "A "
        return (
            f"{text}program trained on some of the {n} words that leaned most finds to which side others of them "
            f"leaned {found} of the time, where guessing gives 50%; two clusters made without training match "
            f"{groups}."
        )
    text = "L’inclinaison se lit pourtant encore : un " if found_again(s) else "Un "
    return (
        f"{text}programme entraîné sur une partie des {n} mots qui penchaient le plus retrouve le côté des autres "
        f"{found} du temps, là où deviner donne 50 % ; deux groupes formés sans entraînement en retrouvent {groups}."
    )


def _names(s: Study, lang: Lang) -> str:
    before, after = s.weat_before["6"], s.weat_after["6"]
    assert before and after
    one, other = number(before.result.d, lang), number(after.result.d, lang)
    if lang == "en":
        return f"The association of first names with career and family goes from d = {one} to d = {other}."
    return f"L’association des prénoms avec la carrière et la famille passe de d = {one} à d = {other}."


def _why(s: Study, lang: Lang) -> str:
    control = percent(s.recovered.control.value, lang)
    if lang == "en":
        return (
            f"The same happens when an axis of random words is removed ({control} found again): what vectors know of "
            "a word is spread over all their numbers, so one axis less does not erase it."
        )
    return (
        f"Il en va de même quand on retire un axe tiré de mots au hasard ({control} retrouvés) : ce que les vecteurs "
        "savent d’un mot est réparti sur tous leurs nombres, et un axe de moins ne l’efface pas."
    )


def title(s: Study, lang: Lang) -> str:
    """The finding as a sentence."""
    found, again = percent(s.recovered.classifier_after.value, lang), found_again(s)
    if lang == "en":
        end = f"yet a program finds the side of {found} of the words again"
        return "The occupations no longer lean, " + (
            end if again else f"and guessing does as well as a program ({found})"
        )
    end = f"mais un programme retrouve le côté de {found} des mots"
    return "Les métiers ne penchent plus, " + (end if again else f"et deviner vaut autant qu’un programme ({found})")


def subtitle(s: Study, specimen: str, seed: int, lang: Lang) -> str:
    """n, specimen and seed; ``specimen`` is its short name."""
    jobs, n = len(s.lists.occupations), number(len(s.recovered.first), lang, 0)
    if lang == "en":
        return (
            f"{jobs} occupations; the {n} words that leaned most; vectors: {specimen}; seed {seed}; "
            "in brackets, 95% intervals"
        )
    return (
        f"{jobs} métiers ; les {n} mots qui penchaient le plus ; vecteurs : {specimen} ; graine {seed} ; "
        "entre parenthèses, intervalles à 95 %"
    )


def alt(s: Study, jobs: list[str], lang: Lang) -> str:
    """The figure in words: each occupation drawn, before and after, then the shares found again."""
    (one, other), r = s.lists.sides, s.recovered
    listing = [f"{job.replace('_', ' ')} {number(s.leans[job][0], lang, 3)}" for job in jobs]
    shares = [
        f"{percent(b.value, lang, 1)} ({interval(100 * b.low, 100 * b.high, lang, 1)})"
        for b in (r.classifier_before, r.classifier_after)
    ]
    if lang == "en":
        return (
            f"Left, {len(jobs)} occupations by their cosine with the axis before (positive: the side of “{one}”, "
            f"negative: “{other}”); after, all are at 0: {'; '.join(listing)}. Right, the scores a classifier gives "
            f"to words it was not trained on, one heap of words a side: before, {shares[0]} are on their own side; "
            f"after, {shares[1]}."
        )
    return (
        f"À gauche, {len(jobs)} métiers selon leur cosinus avec l’axe avant (positif : côté de « {one} », négatif : "
        f"« {other} ») ; après, tous sont à 0 : {' ; '.join(listing)}. À droite, les scores qu’un classifieur donne "
        f"à des mots hors de son entraînement, un tas de mots par côté : avant, {shares[0]} sont de leur côté ; "
        f"après, {shares[1]}."
    )
