"""The picture of an analogy: the ranked answers with and without the words of the question."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tools.figures import FAINT, INK, OCHRE, TEAL, drawing, svg
from tools.finding import Figure, Lang, Text
from tools.numbers import NARROW, number
from tools.tool import Run
from tools.words.analogy_search import Answers, Chance

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def bars(run: Run, question: list[str], allowed: Answers, forbidden: Answers, chance: Chance, n: int) -> Figure:
    """Two ranked bar charts side by side, each with its baseline; the words of the question are drawn hollow."""
    lang = run.lang
    heads = (
        ("any word", "words of the question forbidden")
        if lang == "en"
        else ("tout mot permis", "mots de la question interdits")
    )
    height = 1.75 + 0.34 * len(allowed)
    with drawing(_title(question, allowed, forbidden, lang), _subtitle(run, n), height=height) as (figure, left):
        full = figure.get_figheight()
        bottom, tall = 0.55 / full, (height - 1.2) / full
        left.set_position((0.04, bottom, 0.44, tall))
        right = figure.add_axes((0.53, bottom, 0.44, tall))
        for axes, head, answers, tops in (
            (left, heads[0], allowed, chance.allowed),
            (right, heads[1], forbidden, chance.forbidden),
        ):
            _ranked(axes, answers, question, lang)
            _baseline(axes, float(np.median(tops)), lang)
            axes.set_title(head, loc="left", fontsize=10, fontweight="bold", pad=18)
        return svg(figure, "answers", _alt(question, allowed, forbidden, chance), lang)


def _title(question: list[str], allowed: Answers, forbidden: Answers, lang: Lang) -> str:
    a, b, c = question
    first, second, sum_ = allowed[0][0], forbidden[0][0], f"{b} − {a} + {c}"
    if lang == "en":
        if first == second:
            return f"{sum_}: “{first}”, with or without the words of the question"
        return f"{sum_}: “{first}”; “{second}” only when the words of the question are forbidden"
    if first == second:
        return f"{sum_} : « {first} », avec ou sans les mots de la question"
    return f"{sum_} : « {first} » ; « {second} » seulement si les mots de la question sont interdits"


def _subtitle(run: Run, n: int) -> str:
    name = Path(str(run.arguments["vectors"])).name
    if run.lang == "en":
        return f"nearest of {number(n, 'en', 0)} words; vectors: {name}; seed {run.seed}"
    return f"les plus proches de {number(n, 'fr', 0)} mots ; vecteurs : {name} ; graine {run.seed}"


def _ranked(axes: Axes, answers: Answers, question: list[str], lang: Lang) -> None:
    """One chart: a bar a word, the word inside its bar when it fits, the cosine at its end."""
    given = "given" if lang == "en" else "donné"
    for y, (word, cosine) in enumerate(answers):
        own = word in question
        label = f"{word} ({given})" if own else word
        axes.barh(y, cosine, height=0.74, color="none" if own else TEAL, edgecolor=TEAL, linewidth=1.6)
        end, value = max(cosine, 0) + 0.015, number(cosine, lang, 3)
        if cosine > 0.05 + 0.033 * len(label):
            axes.text(0.015, y, label, va="center", fontsize=10, color=INK if own else "white")
            axes.text(end, y, value, va="center", fontsize=9)
        else:
            axes.text(end, y, f"{label}  {value}", va="center", fontsize=9)
    axes.set_xlim(0, 1.12)
    axes.set_ylim(len(answers) - 0.4, -0.6)
    axes.set_yticks([])
    axes.set_xticks([0, 0.5, 1], ["0", number(0.5, lang, 1), "1"])
    axes.spines["left"].set_color(FAINT)
    axes.set_xlabel("cosine" if lang == "en" else "cosinus")


def _baseline(axes: Axes, median: float, lang: Lang) -> None:
    """The median top cosine of random questions, as a line with its name above."""
    label = (
        f"random questions: {number(median, lang)}" if lang == "en" else f"questions au hasard : {number(median, lang)}"
    )
    axes.axvline(median, color=OCHRE, linewidth=1.4, zorder=3)
    axes.annotate(
        label, (median, 1), xycoords=("data", "axes fraction"), xytext=(0, 3), textcoords="offset points",
        fontsize=8.5, color=OCHRE, va="bottom", ha="right" if median > 0.7 else "center",
    )  # fmt: skip


def _alt(question: list[str], allowed: Answers, forbidden: Answers, chance: Chance) -> Text:
    def ranked(answers: Answers, lang: Lang) -> str:
        return ("; " if lang == "en" else f"{NARROW}; ").join(
            f"{word} {number(cosine, lang, 3)}" for word, cosine in answers
        )

    a, b, c = question
    median = float(np.median(chance.forbidden))
    return Text(
        en=f"Two bar charts of the words nearest to {b} − {a} + {c}. Any word: {ranked(allowed, 'en')}. Words of the question "
        f"forbidden: {ranked(forbidden, 'en')}; median top cosine of random questions {number(median, 'en', 3)}.",
        fr=f"Deux diagrammes en barres des mots les plus proches de {b} − {a} + {c}. Tout mot permis : {ranked(allowed, 'fr')}. "
        f"Mots de la question interdits : {ranked(forbidden, 'fr')} ; cosinus médian de questions au hasard "
        f"{number(median, 'fr', 3)}.",
    )
