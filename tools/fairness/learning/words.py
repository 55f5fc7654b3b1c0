"""Phrases that the pages of all lessons share, in English and in French."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tools.fairness.learning.models import NAMES, SETTINGS
from tools.fairness.learning.scores import Interval
from tools.fairness.learning.task import Task
from tools.finding import Estimate, Lang, Text
from tools.numbers import interval, number, percent

THE = {
    "linear": Text(en="the linear model", fr="le modèle linéaire"),
    "knn": Text(en="the nearest-neighbour rule", fr="la règle des plus proches voisins"),
    "tree": Text(en="the tree", fr="l’arbre"),
    "forest": Text(en="the forest", fr="la forêt"),
    "mlp": Text(en="the neural network", fr="le réseau de neurones"),
}


@dataclass(frozen=True)
class Wanted:
    """What was asked besides lesson and data set; empty means the lesson's own."""

    model: str
    label: str
    positive: str
    features: list[str]
    group: str
    threshold: float

    def models(self, usual: list[str]) -> list[str]:
        """The model asked for, or the lesson's."""
        return usual if self.model == "all" else [self.model]

    def one(self, usual: str) -> str:
        """The model asked for, or the lesson's."""
        return usual if self.model == "all" else self.model


def pick(lang: Lang, en: str, fr: str) -> str:
    """One of two."""
    return fr if lang == "fr" else en


def capital(text: str) -> str:
    """With a capital at the front."""
    return text[:1].upper() + text[1:]


def the(model: str, lang: Lang) -> str:
    """ "the forest", « la forêt »."""
    return THE[model].get(lang)


def of_the(model: str, lang: Lang) -> str:
    """ "of the forest", « de la forêt », « du modèle linéaire »."""
    name = the(model, lang)
    return f"of {name}" if lang == "en" else f"du {name[3:]}" if name.startswith("le ") else f"de {name}"


def whole(value: int, lang: Lang) -> str:
    """A count, "1,000" or « 1 000 »."""
    return number(value, lang, 0)


def rows(task: Task, lang: Lang) -> str:
    """How many rows, and of how many they were drawn."""
    n = whole(task.n, lang)
    if task.of == task.n:
        return pick(lang, f"{n} rows", f"{n} lignes")
    of = whole(task.of, lang)
    return pick(lang, f"{n} rows drawn from {of}", f"{n} lignes tirées parmi {of}")


def aim(task: Task, lang: Lang) -> str:
    """What is predicted: "credit = good", "count > 142", "digit"."""
    if task.kind != "two":
        return task.label
    if task.positive.startswith("> "):
        return f"{task.label} {task.positive}".replace(".", "," if lang == "fr" else ".")
    return f"{task.label} = {task.positive}"


def subtitle(task: Task, middle: str, seed: int, lang: Lang) -> str:
    """Data set, rows, what was done, seed."""
    return f"{task.name[:30]}, {rows(task, lang)} · {middle} · {pick(lang, 'seed', 'graine')} {seed}"


def amount(value: float, lang: Lang) -> str:
    """A number of the label's unit with three figures or so."""
    size = abs(value)
    return number(value, lang, 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3)


def shown(task: Task, value: float, lang: Lang) -> str:
    """An accuracy as a percentage, an error in the label's unit."""
    return amount(value, lang) if task.kind == "number" else percent(value, lang, 1)


def ranged(task: Task, found: Interval, lang: Lang) -> str:
    """ "75.5% (69.5% to 81.5%)"."""
    value, low, high = (shown(task, part, lang) for part in found)
    return f"{value} ({low} {pick(lang, 'to', 'à')} {high})"


def plain(found: Interval, lang: Lang, digits: int = 2) -> str:
    """ "0.69 (0.66 to 0.73)"."""
    return f"{number(found[0], lang, digits)} ({interval(found[1], found[2], lang, digits)})"


def points(found: Interval, lang: Lang) -> str:
    """A difference of shares in points, "5.5 points (0.5 to 10.0)"."""
    value, low, high = (number(100 * part, lang, 1) for part in found)
    return f"{value} points ({low} {pick(lang, 'to', 'à')} {high})"


def estimate(name: str, en: str, fr: str, found: Interval, n: int, **more: Any) -> Estimate:
    """An estimate with its 95 % interval."""
    low, high = (None if bound != bound else bound for bound in found[1:])
    return Estimate(
        name=name, label=Text(en=en, fr=fr), value=found[0], low=low, high=high, confidence=0.95, n=n, **more
    )


def settings(names: list[str], lang: Lang) -> str:
    """ "forest: 60 trees; tree: depth 5"."""
    colon, stop = pick(lang, ": ", " : "), pick(lang, "; ", " ; ")
    return stop.join(NAMES[name].get(lang) + colon + SETTINGS[name].get(lang) for name in names)


def common_limits(task: Task, lang: Lang) -> str:
    """What no lesson can tell: other people, one draw, settings not tuned, what was left out."""
    said = [
        pick(
            lang,
            "The test speaks of rows like these, not of other people, places or years, and the answers in the file are taken as true.",
            "Le test parle de lignes comme celles-ci, pas d’autres personnes, lieux ou années, et les réponses du fichier sont tenues pour vraies.",
        )
    ]
    if task.name.endswith("-like"):
        said.append(
            pick(
                lang,
                "This table is generated by a recipe, which stands in its description: it teaches the method and says nothing about real people.",
                "Ce tableau est engendré par une recette, donnée dans sa description : il enseigne la méthode et ne dit rien de personnes réelles.",
            )
        )
    if task.left_out:
        names = ", ".join(task.left_out[:6]) + (" …" if len(task.left_out) > 6 else "")
        said.append(
            pick(
                lang,
                f"Columns not given to the models (constant, identifiers, or known only after the answer): {names}.",
                f"Colonnes non données aux modèles (constantes, identifiants, ou connues seulement après la réponse) : {names}.",
            )
        )
    if task.of > task.n:
        said.append(
            pick(lang, "A draw of the rows keeps the lesson short.", "Un tirage des lignes garde la leçon courte.")
        )
    return " ".join(said)
