"""What the lesson ``capacity`` shows: two curves that part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tools.fairness.learning import capacity, words
from tools.fairness.learning import capacity_reading as reading
from tools.fairness.learning.models import NAMES
from tools.fairness.learning.scores import over_splits
from tools.fairness.learning.task import prepare
from tools.fairness.learning.words import Wanted, pick, the
from tools.figures import BLUE, FAINT, INK, OCHRE, TEAL, drawing, svg
from tools.finding import Estimate, Figure, Lang, Table, Text, both
from tools.numbers import number, percent, plain

if TYPE_CHECKING:
    from tools.fairness.learning.capacity import Capacity, Curve
    from tools.specimens.tabular import Dataset
    from tools.tool import Run

CAP, SPLITS = 1500, 8

KNOBS = {
    "tree": Text(en="depth (questions in a row)", fr="profondeur (questions à la suite)"),
    "knn": Text(en="neighbours asked, fewer to the right", fr="voisins interrogés, moins à droite"),
    "forest": Text(en="depth of the trees", fr="profondeur des arbres"),
    "mlp": Text(en="neurons", fr="neurones"),
    "linear": Text(en="freedom of the weights", fr="liberté des poids"),
}
UNITS = {
    "tree": Text(en="depth {}", fr="profondeur {}"),
    "knn": Text(en="k = {}", fr="k = {}"),
    "forest": Text(en="depth {}", fr="profondeur {}"),
    "mlp": Text(en="{} neurons", fr="{} neurones"),
    "linear": Text(en="freedom {}", fr="liberté {}"),
}


def page(run: Run, data: Dataset, wanted: Wanted) -> dict[str, Any]:
    """All parts of the finding."""
    names = wanted.models(["tree", "knn"])
    cap, splits = (800, 4) if names == ["mlp"] or names == ["forest"] else (CAP, SPLITS)
    task = prepare(data, run.rng, label=wanted.label, positive=wanted.positive, features=wanted.features, cap=cap)
    m = capacity.measure(
        task, names, splits, run.seed, run.rng,
        lambda name, done, total: run.progress(f"Learning at every step: {NAMES[name].en}", f"Apprentissage à chaque pas : {NAMES[name].fr}", done, total),
    )  # fmt: skip
    return {
        "estimates": [one for curve in m.curves for one in _estimates(m, curve)],
        "tables": [_table(m, curve) for curve in m.curves],
        "figures": [_figure(m, run.seed, run.lang)],
        "summary": both(summary, m),
        "how_to_read": both(reading.how_to_read, m),
        "limits": both(reading.limits, m),
        "references": ["verine2024", "nadeau2003"],
    }


def _score(m: Capacity, value: float, lang: Lang) -> str:
    return number(value, lang) if m.task.kind == "number" else percent(value, lang, 1)


def _step(curve: Curve, at: int, lang: Lang) -> str:
    value = curve.steps[at]
    return (
        UNITS[curve.model]
        .get(lang)
        .format(number(value, lang, 0 if value >= 1 else 4).rstrip("0") if value < 1 else number(value, lang, 0))
    )


def _estimates(m: Capacity, curve: Curve) -> list[Estimate]:
    train, valid = m.parts[0], m.parts[1]
    best = over_splits(curve.valid[:, curve.best], valid, train)
    apart = over_splits(curve.train[:, -1] - curve.valid[:, -1], valid, train)
    usual = Text(en="the most frequent answer (or the mean)", fr="la réponse la plus fréquente (ou la moyenne)")
    return [
        words.estimate(f"best_{curve.model}", f"Best score on new rows, {the(curve.model, 'en')}, {_step(curve, curve.best, 'en')}",
                       f"Meilleur score sur lignes nouvelles, {the(curve.model, 'fr')}, {_step(curve, curve.best, 'fr')}", best, m.splits,
                       baseline=m.baseline, baseline_label=usual),
        words.estimate(f"apart_{curve.model}", f"Known minus new rows at the freest, {the(curve.model, 'en')}",
                       f"Lignes apprises moins nouvelles, au plus libre, {the(curve.model, 'fr')}", apart, m.splits, baseline=0.0),
    ]  # fmt: skip


def _table(m: Capacity, curve: Curve) -> Table:
    columns = [
        KNOBS[curve.model],
        Text(en="rows learnt from", fr="lignes apprises"),
        Text(en="new rows", fr="lignes nouvelles"),
        Text(en="new rows, lowest to highest split", fr="lignes nouvelles, du plus bas au plus haut partage"),
    ]
    rows: list[list[Any]] = []
    for at, step in enumerate(curve.steps):
        values = [
            Text(en=_score(m, float(side[:, at].mean()), "en"), fr=_score(m, float(side[:, at].mean()), "fr"))
            for side in (curve.train, curve.valid)
        ]
        low, high = float(curve.valid[:, at].min()), float(curve.valid[:, at].max())
        rows.append(
            [
                step,
                *values,
                Text(
                    en=f"{_score(m, low, 'en')} to {_score(m, high, 'en')}",
                    fr=f"{_score(m, low, 'fr')} à {_score(m, high, 'fr')}",
                ),
            ]
        )
    return Table(name=curve.model, title=NAMES[curve.model], columns=columns, rows=rows)


def summary(m: Capacity, lang: Lang) -> str:
    """For each model: too stiff, best, too free."""
    metric = "R²" if m.task.kind == "number" else pick(lang, "right answers", "réponses justes")
    told = []
    for curve in m.curves:
        known, new = curve.train.mean(0), curve.valid.mean(0)
        k, n, best, stiff = (_score(m, float(value), lang) for value in (known[-1], new[-1], new[curve.best], new[0]))
        fall = float(new[curve.best] - new[-1])
        if lang == "en":
            end = f"at its freest it scores {k} on the rows it learnt from and {n} on new ones"
            told.append(
                f"{the(curve.model, lang)} does best on new rows at {_step(curve, curve.best, lang)} ({best}; at its stiffest {stiff}); {end}"
                + (": it has learnt its rows by heart" if fall > 0.01 and known[-1] - new[-1] > 0.05 else "")
            )
        else:
            end = f"au plus libre, son score est de {k} sur les lignes apprises et de {n} sur les nouvelles"
            told.append(
                f"{the(curve.model, lang)} réussit le mieux sur les lignes nouvelles au réglage « {_step(curve, curve.best, lang)} » ({best} ; au plus raide, {stiff}) ; {end}"
                + (" : ses lignes sont apprises par cœur" if fall > 0.01 and known[-1] - new[-1] > 0.05 else "")
            )
    lines = " ".join(words.capital(one) + "." for one in told)
    base = _score(m, m.baseline, lang)
    if lang == "en":
        return f"A model can be too stiff to learn, or so free that it learns by heart. On {m.task.name} ({words.aim(m.task, lang)}; {metric}, the baseline being {base}; means of {m.splits} splits). {lines}"
    return f"Un modèle peut être trop raide pour apprendre, ou si libre qu’il apprend par cœur. Sur {m.task.name} ({words.aim(m.task, lang)} ; {metric}, le point de référence étant {base} ; moyennes de {m.splits} partages). {lines}"


def _figure(m: Capacity, seed: int, lang: Lang) -> Figure:
    """One panel a model: known rows (dashed) and new rows (solid, with their band), the best step marked."""
    first = m.curves[0]
    known, new = float(first.train[:, -1].mean()), float(first.valid[:, -1].mean())
    title = pick(
        lang,
        f"At its freest, {the(first.model, lang)} scores {_score(m, known, lang)} on rows it knows and {_score(m, new, lang)} on new ones",
        f"Au plus libre, {the(first.model, lang)} obtient {_score(m, known, lang)} sur les lignes apprises et {_score(m, new, lang)} sur les nouvelles",
    )
    middle = pick(lang, f"{m.splits} splits, mean and range", f"{m.splits} partages, moyenne et étendue")
    with drawing(title, words.subtitle(m.task, middle, seed, lang), width=7.8, height=3.6) as (figure, axes):
        box, count = axes.get_position(), len(m.curves)
        axes.remove()
        wide = (0.88 - 0.04 * (count - 1)) / count
        panels = [figure.add_axes((0.1 + i * (wide + 0.04), box.y0, wide, box.height - 0.06)) for i in range(count)]
        scale = 1.0 if m.task.kind == "number" else 100.0
        lows = [min(float(c.valid.mean(0).min()), float(c.train.mean(0).min()), m.baseline) for c in m.curves]
        for i, (panel, curve) in enumerate(zip(panels, m.curves, strict=True)):
            _panel(panel, curve, scale, m.baseline, i == 0, lang)
            panel.set_ylim(scale * (max(min(lows), -0.5) - 0.05), scale * 1.04)
            if i:
                panel.set_yticklabels([])
        panels[0].set_ylabel("R²" if scale == 1 else pick(lang, "right answers (%)", "réponses justes (%)"))
        if lang == "fr" and scale == 1:
            panels[0].yaxis.set_major_formatter(lambda y, _: number(y, "fr", 1))
        return svg(figure, "capacity", both(_alt, m), lang)


def _panel(panel: Any, curve: Curve, scale: float, baseline: float, named: bool, lang: Lang) -> None:
    x = np.arange(len(curve.steps))
    known, new = scale * curve.train.mean(0), scale * curve.valid.mean(0)
    panel.axhline(scale * baseline, color=OCHRE, linewidth=1.2)
    panel.fill_between(x, scale * curve.valid.min(0), scale * curve.valid.max(0), color=TEAL, alpha=0.18, linewidth=0)
    panel.plot(x, known, "--", color=BLUE, linewidth=1.8)
    panel.plot(x, new, "-", color=TEAL, linewidth=2.2)
    panel.plot([curve.best], [new[curve.best]], "o", color=TEAL, markersize=8)
    lift = 24 if known[curve.best] - new[curve.best] > 0.06 * scale else -38
    panel.annotate(pick(lang, "best on new rows", "le mieux sur du neuf"), (curve.best, new[curve.best]), xytext=(0, lift),
                   textcoords="offset points", ha="center", fontsize=8.5, color=INK, arrowprops={"arrowstyle": "-", "color": FAINT})  # fmt: skip
    if named:
        panel.annotate(
            pick(lang, "rows it knows", "lignes apprises"),
            (x[len(x) // 2], known[len(x) // 2]),
            xytext=(-8, 6),
            textcoords="offset points",
            ha="right",
            fontsize=9,
            color=BLUE,
        )
        panel.annotate(
            pick(lang, "new rows", "lignes nouvelles"),
            (x[-1], new[-1]),
            xytext=(-2, 8),
            textcoords="offset points",
            ha="right",
            fontsize=9,
            color=TEAL,
        )
        panel.annotate(
            pick(lang, "baseline", "point de référence"),
            (x[0], scale * baseline),
            xytext=(2, -13),
            textcoords="offset points",
            ha="left",
            fontsize=8.5,
            color=OCHRE,
        )
    panel.set_title(NAMES[curve.model].get(lang), fontsize=10.5, loc="left")
    shown = x if len(x) <= 8 else x[::2]
    panel.set_xticks(
        shown,
        [number(curve.steps[i], lang, 0) if curve.steps[i] >= 1 else plain(curve.steps[i], lang) for i in shown],
    )
    panel.tick_params(labelsize=9)
    panel.set_xlabel(KNOBS[curve.model].get(lang), fontsize=9.5)


def _alt(m: Capacity, lang: Lang) -> str:
    lines = []
    for curve in m.curves:
        steps = ", ".join(
            f"{_step(curve, at, lang)} {_score(m, float(curve.train[:, at].mean()), lang)} / {_score(m, float(curve.valid[:, at].mean()), lang)}"
            for at in sorted({0, curve.best, len(curve.steps) - 1})
        )
        lines.append(f"{NAMES[curve.model].get(lang)}{pick(lang, ': ', ' : ')}{steps}")
    return (
        pick(lang, "Score on rows learnt from / on new rows. ", "Score sur les lignes apprises / nouvelles. ")
        + pick(lang, "; ", " ; ").join(lines)
        + "."
    )
