"""How to read the lesson ``features``, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.fairness.learning import words
from tools.fairness.learning.features import NUMBERS
from tools.fairness.learning.words import pick, the, whole
from tools.finding import Lang, Text

if TYPE_CHECKING:
    from tools.fairness.learning.features import Features

LABELS = {
    "raw": Text(en="columns as they are", fr="colonnes telles quelles"),
    "automatic": Text(en="all products", fr="tous les produits"),
    "thought": Text(en="columns thought out", fr="colonnes réfléchies"),
    "noise": Text(en="random columns", fr="colonnes au hasard"),
}


def models_short(names: list[str], lang: Lang) -> str:
    """ "the tree and the forest"."""
    said = [the(name, lang) for name in names]
    joint = pick(lang, " and ", " et ")
    return said[0] if len(said) == 1 else ", ".join(said[:-1]) + joint + said[-1]


def how_to_read(m: Features, lang: Lang) -> str:
    """The four sets, the score, the interval, and why the models differ."""
    train, test = (whole(n, lang) for n in m.parts)
    number = m.task.kind == "number"
    if lang == "en":
        metric = "R² = 1 − Σ(truth − answer)² / Σ(truth − mean)²" if number else "right answers / all answers"
        split = (
            "the first days teach, the last days test, and whole days are resampled"
            if m.ordered
            else "rows drawn at random, and rows are resampled"
        )
        return (
            f"Everything stays the same but the columns: as they are; with the squares and products of the first {NUMBERS} number columns, which a program makes without knowing the case; with columns that somebody who knows the case made (the table lists them); and with as many columns of random numbers. "
            f"{train} rows teach and {test} test ({split}: percentile bootstrap, Efron 1979). Score = {metric}. "
            "A linear model multiplies each column by one weight and adds: it cannot see that 8 in the morning and 5 in the afternoon are busy while noon is not, unless each hour has a column of its own. A tree cuts a column where it likes and needs no such help. "
            "Nearest neighbours measure distances over all columns, so that every useless one drowns the others a little."
        )  # fmt: skip
    metric = (
        "R² = 1 − Σ(vérité − réponse)² / Σ(vérité − moyenne)²" if number else "réponses justes / toutes les réponses"
    )
    split = (
        "les premiers jours enseignent, les derniers testent, et l’on rééchantillonne des journées entières"
        if m.ordered
        else "lignes tirées au hasard, et l’on rééchantillonne des lignes"
    )
    return (
        f"Tout reste pareil sauf les colonnes : telles quelles ; avec les carrés et produits des {NUMBERS} premières colonnes de nombres, qu’un programme fait sans rien savoir du cas ; avec des colonnes faites par quelqu’un qui connaît le cas (le tableau les donne) ; et avec autant de colonnes de nombres au hasard. "
        f"{train} lignes enseignent et {test} testent ({split} : bootstrap par percentiles, Efron 1979). Score = {metric}. "
        "Un modèle linéaire multiplie chaque colonne par un seul poids et additionne : il ne peut pas voir que 8 h et 17 h sont pleines et midi moins, sauf si chaque heure a sa colonne. Un arbre coupe une colonne où il veut et se passe de cette aide. "
        "Les plus proches voisins mesurent des distances sur toutes les colonnes : chaque colonne inutile noie un peu les autres."
    )  # fmt: skip


def limits(m: Features, lang: Lang) -> str:
    """One split; settings fixed; a column thought out after seeing the test is a leak."""
    alone = "" if "thought" in m.added else pick(
        lang, "Nobody thought out columns for this table: only what a program can make is shown. ",
        "Personne n’a réfléchi de colonnes pour ce tableau : seul ce qu’un programme peut faire est montré. ",
    )  # fmt: skip
    return (
        alone
        + pick(
            lang,
            "One split, settings that were not tuned again for each set: a penalty or a scaling could tell another story. Several comparisons are made at once, so a small gain among them can be luck. "
            "Columns chosen after a look at the test rows would be a leak (lesson leakage). A column that raises the score can also bring in what should not count (lesson proxies). ",
            "Un seul partage, et des réglages qui n’ont pas été refaits pour chaque jeu : une pénalité ou une échelle pourraient dire autre chose. Plusieurs comparaisons à la fois : un petit gain parmi elles peut être de la chance. "
            "Des colonnes choisies après avoir vu les lignes de test seraient une fuite (leçon leakage). Une colonne qui fait monter le score peut aussi faire entrer ce qui ne devrait pas compter (leçon proxies). ",
        )
        + words.common_limits(m.task, lang)
    )
