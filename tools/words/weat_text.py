"""What a WEAT result says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

from tools.finding import Lang
from tools.numbers import number, p_value
from tools.words.association import Floats, Splits, ceiling
from tools.words.weat_sets import Measured

SIGNIFICANT = 0.05


def direction(measured: Measured) -> int:
    """1 when the difference is clear in the direction tested, −1 when it is clear the other way, else 0."""
    p = measured.result.splits.p
    return 1 if p < SIGNIFICANT else -1 if p > 1 - SIGNIFICANT else 0


def finding_words(measured: Measured, lang: Lang) -> str:
    """Who lies closer to what, without numbers and without a capital: the core of the title and of the summary."""
    labels, sets = measured.sets.labels, measured.sets
    way = direction(measured)
    x, y, a, b = (text.get(lang) for text in (labels.x, labels.y, labels.a, labels.b))
    if sets.single:
        near, far = (a, b) if way >= 0 else (b, a)
        if not way:
            return (
                f"{x} are not clearly closer to {a} or to {b}"
                if lang == "en"
                else f"{x} ne sont nettement plus proches ni des {a} ni des {b}"
            )
        return (
            f"{x} lie closer to {near} than to {far}"
            if lang == "en"
            else f"{x} sont plus proches des {near} que des {far}"
        )
    if not way:
        return (
            f"nothing clearly separates {x} from {y} between {a} and {b}"
            if lang == "en"
            else f"rien de net ne sépare {x} et {y} entre {a} et {b}"
        )
    one, other = (x, y) if way > 0 else (y, x)
    sides = _side(measured.first_scores), _side(measured.second_scores)
    if sides == (way, -way):
        return (
            f"{one} lie closer to {a} and {other} to {b}"
            if lang == "en"
            else f"{one} sont plus proches des {a}, et {other} des {b}"
        )
    return (
        f"{one} lean more than {other} towards {a} rather than {b}"
        if lang == "en"
        else f"{one} penchent plus que {other} vers les {a} plutôt que les {b}"
    )


def _side(scores: Floats) -> int:
    """1 when a group's mean score is clearly above zero (two standard errors), −1 when clearly below, else 0."""
    mean, error = float(scores.mean()), float(scores.std(ddof=1)) / len(scores) ** 0.5
    return 0 if abs(mean) <= 2 * error else 1 if mean > 0 else -1


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def splits_sentence(measured: Measured, lang: Lang) -> str:
    """How many ways to split the words give a difference as large."""
    splits, nx, ny = measured.result.splits, len(measured.first_scores), len(measured.second_scores)
    tried, p = number(splits.tried, lang, 0), p_value(splits.p, lang)
    if lang == "en":
        groups = f"two groups of {nx}" if nx == ny else f"groups of {nx} and {ny}"
        ways = f"ways to split the {nx + ny} words into {groups}"
        how = f"Of the {tried} {ways}" if splits.exact else f"Of {tried} random {ways}"
    else:
        groups = f"deux groupes de {nx}" if nx == ny else f"groupes de {nx} et {ny}"
        ways = f"de partager les {nx + ny} mots en {groups}"
        how = f"Sur les {tried} façons {ways}" if splits.exact else f"Sur {tried} façons tirées au hasard {ways}"
    text = f"{how}, {_count(splits, lang)} ({p})"
    if direction(measured) < 0:
        text += " in the direction tested" if lang == "en" else " dans le sens testé"
    return text + "."


def _count(splits: Splits, lang: Lang) -> str:
    if splits.exact and splits.at_least == 1:
        return (
            "only the real one gives a difference as large"
            if lang == "en"
            else "seule la vraie donne une différence aussi grande"
        )
    if splits.at_least == 0:
        return "none gives a difference as large" if lang == "en" else "aucune ne donne une différence aussi grande"
    count = number(splits.at_least, lang, 0)
    if lang == "en":
        return f"{count} {'gives' if splits.at_least == 1 else 'give'} a difference at least as large"
    return f"{count} {'donne' if splits.at_least == 1 else 'donnent'} une différence au moins aussi grande"


def summary_one(measured: Measured, lang: Lang) -> str:
    """Three or four sentences: who is close to what, how rare that is by chance, what was published, what it describes."""
    d = number(measured.result.d, lang)
    top = number(ceiling(len(measured.first_scores), len(measured.second_scores)), lang)
    core, glove = finding_words(measured, lang), measured.sets.labels.glove_d
    if lang == "en":
        sentences = [
            f"In these word vectors, {core}: d = {d}, where 0 is no difference and {top} the most that so many words can give.",
            splits_sentence(measured, lang),
            "Vectors learn which words keep company: this describes the texts they were made from, not the world.",
        ]
        paper = f"The paper of 2017 found {number(glove, lang)} with other vectors, made from web pages."
    else:
        sentences = [
            f"Dans ces vecteurs de mots, {core} : d = {d}, où 0 veut dire aucune différence et {top} le plus que tant de mots "
            "puissent donner.",
            splits_sentence(measured, lang),
            "Les vecteurs apprennent quels mots se côtoient : cela décrit les textes dont ils sont tirés, pas le monde.",
        ]
        paper = f"L’article de 2017 trouvait {number(glove, lang)} avec d’autres vecteurs, tirés de pages du web."
    if glove is not None:
        sentences.insert(2, paper)
    return " ".join(sentences)
