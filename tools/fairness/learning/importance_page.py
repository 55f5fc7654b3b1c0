"""What the lesson ``importance`` shows: two measures of importance, before and after a column is copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tools.fairness.learning import importance, words
from tools.fairness.learning import importance_reading as reading
from tools.fairness.learning.task import prepare
from tools.fairness.learning.words import Wanted, capital, pick, the
from tools.figures import BLUE, FAINT, INK, OCHRE, TEAL, drawing, svg
from tools.finding import Estimate, Figure, Lang, Table, Text, both
from tools.numbers import number, plain

if TYPE_CHECKING:
    from tools.fairness.learning.importance import Importance, Weighed
    from tools.specimens.tabular import Dataset
    from tools.tool import Run

CAP, SHOWN, COPY = 1500, 7, "(copy)"


def page(run: Run, data: Dataset, wanted: Wanted) -> dict[str, Any]:
    """All parts of the finding."""
    task = prepare(data, run.rng, label=wanted.label, positive=wanted.positive, features=wanted.features, cap=CAP)
    if task.kind == "many":
        task = prepare(
            data, run.rng, label=wanted.label, positive=wanted.positive, features=wanted.features, cap=CAP, binary=True
        )
    if len(task.columns) > 24:
        task = task.keep(_strongest(task))
    m = importance.measure(
        task, wanted.one("forest"), COPY, run.seed, run.rng,
        lambda name, done, total: run.progress("Weighing the columns" if name == "before" else "Again, with one column twice",
                                               "Pesée des colonnes" if name == "before" else "De nouveau, avec une colonne en double", done, total),
    )  # fmt: skip
    return {
        "estimates": _estimates(m),
        "tables": [_table(m)],
        "figures": [_figure(m, run.seed, run.lang)],
        "summary": both(summary, m),
        "how_to_read": both(reading.how_to_read, m),
        "limits": both(reading.limits, m),
        "references": ["breiman2001", "lundberg2017", "strumbelj2014", "hooker2021"],
    }


def _strongest(task: Any) -> list[str]:
    """The 24 columns of numbers that separate the answers best (and all the others)."""
    numbers = [name for name, values in task.columns.items() if values.dtype.kind == "f"]
    link = {name: abs(float(np.corrcoef(np.nan_to_num(task.columns[name]), task.answer)[0, 1])) for name in numbers}
    kept = sorted(numbers, key=lambda name: -np.nan_to_num(link[name]))[:24]
    words_ = [name for name in task.columns if name not in link][: max(0, 24 - len(kept)) or 8]
    return [name for name in task.columns if name in kept or name in words_]


def _at(w: Weighed, column: str) -> tuple[float, float]:
    """(mean drop, mean |Shapley|) of a column."""
    i = w.columns.index(column)
    return float(w.drop[:, i].mean()), float(np.abs(w.shapley[:, i]).mean())


def _name(m: Importance, column: str, lang: Lang) -> str:
    return pick(lang, f"copy of {m.top}", f"copie de {m.top}") if column == m.copied else column


def _estimates(m: Importance) -> list[Estimate]:
    found = []
    for name, w, column, en, fr in (
        ("before", m.before, m.top, f"Importance of {m.top}, alone", f"Importance de {m.top}, seule"),
        ("after", m.after, m.top, f"Importance of {m.top}, with its copy", f"Importance de {m.top}, avec sa copie"),
        ("copy", m.after, m.copied, f"Importance of the copy of {m.top}", f"Importance de la copie de {m.top}"),
    ):
        drop = w.drop[:, w.columns.index(column)]
        half = 2.262 * float(drop.std(ddof=1)) / len(drop) ** 0.5  # Student, ten shuffles
        value = float(drop.mean())
        found.append(
            words.estimate(f"permutation_{name}", en, fr, (value, value - half, value + half), len(drop), baseline=0.0)
        )
    for name, w in (("before", m.before), ("after", m.after)):
        nothing = (float("nan"), float("nan"))
        en, fr = ("alone", "seule") if name == "before" else ("with its copy", "avec sa copie")
        found.append(
            words.estimate(
                f"shapley_{name}",
                f"Mean |Shapley value| of {m.top}, {en}",
                f"Moyenne de |valeur de Shapley| de {m.top}, {fr}",
                (_at(w, m.top)[1], *nothing),
                len(w.shapley),
                baseline=0.0,
            )
        )
    return found


def _order(m: Importance) -> list[str]:
    ranked = sorted(m.before.columns, key=lambda column: -_at(m.before, column)[0])
    return [ranked[0], m.copied, *ranked[1:SHOWN]]


def _table(m: Importance) -> Table:
    heads = [
        ("column", "colonne"),
        ("lost when shuffled", "perdu si mélangée"),
        ("with the copy", "avec la copie"),
        ("mean |Shapley|", "moyenne |Shapley|"),
        ("with the copy", "avec la copie"),
    ]
    rows: list[list[Any]] = []
    for column in _order(m):
        cells: list[Any] = [Text(en=_name(m, column, "en"), fr=_name(m, column, "fr"))]
        for kind in (0, 1):
            for w in (m.before, m.after):
                value = _at(w, column)[kind] if column in w.columns else None
                cells.append(Text(en=number(value, "en", 3), fr=number(value, "fr", 3)))
        rows.append(cells)
    return Table(
        name="columns",
        title=Text(en="The columns", fr="Les colonnes"),
        columns=[Text(en=e, fr=f) for e, f in heads],
        rows=rows,
    )


def summary(m: Importance, lang: Lang) -> str:
    """The first column, what it loses beside its copy, and what stays true."""
    before, shapley = _at(m.before, m.top)
    after, less = _at(m.after, m.top)
    copy = _at(m.after, m.copied)[0]
    metric = "R²" if m.task.kind == "number" else "AUC"
    b, a, c, s, t = (number(value, lang, 3) for value in (before, after, copy, shapley, less))
    falls = after < before
    score, again = (number(w.score, lang) for w in (m.before, m.after))
    if lang == "en":
        return (
            f"{capital(the(m.model, lang))} predicts {words.aim(m.task, lang)} on {m.task.name} with {metric} = {score} on new rows. The column it leans on most is {m.top}: shuffle its values and {b} is lost. "
            f"Then the model is trained again with that column twice. It knows nothing more ({metric} = {again}), yet shuffling {m.top} now costs {a} and its copy {c}, and its mean Shapley value goes from {s} to {t}. "
            + (
                "Each seems to matter less because the other stands in"
                if falls
                else "Here the model keeps to one of the two"
            )
            + ": an importance speaks of one model with its columns, not of the world."
        )
    return (
        f"{capital(the(m.model, lang))} prédit {words.aim(m.task, lang)} sur {m.task.name} avec {metric} = {score} sur des lignes nouvelles. La colonne qui compte le plus est {m.top} : mélanger ses valeurs fait perdre {b}. "
        f"On entraîne ensuite le modèle avec cette colonne en double. Il n’en sait pas plus ({metric} = {again}), mais mélanger {m.top} coûte maintenant {a}, et sa copie {c}, et sa valeur de Shapley moyenne passe de {s} à {t}. "
        + (
            "Chacune semble compter moins parce que l’autre la remplace"
            if falls
            else "Le modèle s’en tient ici à l’une des deux"
        )
        + " : une importance parle d’un modèle et de ses colonnes, pas du monde."
    )


def _figure(m: Importance, seed: int, lang: Lang) -> Figure:
    """Two panels: permutation and Shapley; filled before, open after the copy."""
    before, after, copy = _at(m.before, m.top)[0], _at(m.after, m.top)[0], _at(m.after, m.copied)[0]
    title = pick(
        lang,
        f"Give {m.top} to the model twice, and its importance goes from {number(before, lang, 3)} to {number(after, lang, 3)} (its copy: {number(copy, lang, 3)})",
        f"Donnez {m.top} deux fois au modèle, et son importance passe de {number(before, lang, 3)} à {number(after, lang, 3)} (sa copie\u202f: {number(copy, lang, 3)})",
    )
    order = _order(m)
    middle = f"{the(m.model, lang)} · {pick(lang, f'{m.parts[1]} test rows', f'{m.parts[1]} lignes de test')}"
    with drawing(title, words.subtitle(m.task, middle, seed, lang), width=7.8, height=1.5 + 0.33 * len(order)) as (
        figure,
        axes,
    ):
        box = axes.get_position()
        axes.remove()
        heads = (
            pick(lang, "lost when the column is shuffled", "perdu si la colonne est mélangée"),
            pick(lang, "mean |Shapley value|", "moyenne de |valeur de Shapley|"),
        )
        for kind in (0, 1):
            panel = figure.add_axes((0.22 + kind * 0.4, box.y0, 0.36, box.height - 0.02))
            for y, column in zip(range(len(order))[::-1], order, strict=True):
                _row(panel, m, column, kind, y)
            panel.axvline(0, color=FAINT, linewidth=1)
            panel.set_yticks(
                range(len(order))[::-1], [_name(m, c, lang)[:24] for c in order] if kind == 0 else [""] * len(order)
            )
            panel.tick_params(axis="y", length=0)
            panel.spines["left"].set_visible(False)
            panel.set_ylim(-0.7, len(order) - 0.3)
            panel.set_xlabel(heads[kind], fontsize=9.5)
            panel.locator_params(axis="x", nbins=4)
            if lang == "fr":
                panel.xaxis.set_major_formatter(lambda v, _: plain(v, lang))
        first = figure.axes[0]
        first.annotate(
            pick(lang, "before", "avant"),
            (before, len(order) - 1),
            xytext=(0, 9),
            textcoords="offset points",
            ha="center",
            fontsize=8.5,
            color=TEAL,
        )
        first.annotate(
            pick(lang, "with its copy", "avec sa copie"),
            (after, len(order) - 1),
            xytext=(0, 9),
            textcoords="offset points",
            ha="center",
            fontsize=8.5,
            color=OCHRE,
        )
        return svg(figure, "importance", both(_alt, m), lang)


def _row(panel: Any, m: Importance, column: str, kind: int, y: int) -> None:
    """One column: before (disc, with the range over shuffles) and after (diamond), joined."""
    values = []
    for w, color, marker in ((m.before, TEAL, "o"), (m.after, OCHRE, "D")):
        if column not in w.columns:
            continue
        value = _at(w, column)[kind]
        values.append(value)
        if kind == 0:
            drop = w.drop[:, w.columns.index(column)]
            panel.plot([drop.min(), drop.max()], [y, y], color=color, linewidth=4, alpha=0.25, solid_capstyle="butt")
        panel.plot([value], [y], marker, mfc=color if marker == "o" else "white", mec=color, markersize=7, zorder=3)
    if len(values) == 2:
        panel.plot(values, [y, y], color=INK if column == m.top else BLUE, linewidth=0.8, alpha=0.6, zorder=1)


def _alt(m: Importance, lang: Lang) -> str:
    lines = []
    for column in _order(m)[:5]:
        before = number(_at(m.before, column)[0], lang, 3) if column in m.before.columns else "–"
        lines.append(f"{_name(m, column, lang)} {before} / {number(_at(m.after, column)[0], lang, 3)}")
    return (
        pick(
            lang,
            "Loss when a column is shuffled, before / with the copy. ",
            "Perte quand une colonne est mélangée, avant / avec la copie. ",
        )
        + pick(lang, "; ", " ; ").join(lines)
        + "."
    )
