"""What the lesson ``boundary`` shows: the same plane cut by each model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tools.fairness.learning import boundary, words
from tools.fairness.learning import boundary_reading as reading
from tools.fairness.learning.models import NAMES
from tools.fairness.learning.task import prepare
from tools.fairness.learning.words import Wanted, capital, pick, the
from tools.figures import INK, OCHRE, TEAL, drawing, png
from tools.finding import Estimate, Figure, Lang, Table, Text, both
from tools.numbers import number, percent

if TYPE_CHECKING:
    from tools.fairness.learning.boundary import Area, Plane
    from tools.specimens.tabular import Dataset
    from tools.tool import Run

CAP = 2000


def page(run: Run, data: Dataset, wanted: Wanted) -> dict[str, Any]:
    """All parts of the finding."""
    task = prepare(
        data, run.rng, label=wanted.label, positive=wanted.positive, features=wanted.features, cap=CAP, binary=True
    )
    task = task.keep(boundary.two_columns(task, list(task.columns) if wanted.features else []))
    m = boundary.measure(
        task, wanted.models(list(NAMES)), run.seed, run.rng,
        lambda name, done, total: run.progress(f"Drawing: {NAMES[name].en}", f"Dessin : {NAMES[name].fr}", done, total),
    )  # fmt: skip
    return {
        "estimates": _estimates(m),
        "tables": [_table(m)],
        "figures": [_figure(m, run.seed, run.lang)],
        "summary": both(summary, m),
        "how_to_read": both(reading.how_to_read, m),
        "limits": both(reading.limits, m),
        "references": ["verine2024", "efron1979"],
    }


def _estimates(m: Plane) -> list[Estimate]:
    usual = Text(en="the most frequent answer", fr="la réponse la plus fréquente")
    return [
        words.estimate(f"score_{area.model}", f"Right answers on new rows, {the(area.model, 'en')}", f"Réponses justes sur lignes nouvelles, {the(area.model, 'fr')}",
                       area.test, m.parts[1], baseline=m.baseline, baseline_label=usual)
        for area in m.areas
    ]  # fmt: skip


def _table(m: Plane) -> Table:
    heads = [
        ("model", "modèle"),
        ("rows learnt from", "lignes apprises"),
        ("new rows (95% interval)", "lignes nouvelles (intervalle à 95 %)"),
        ("steps across the border, per 1,000", "pas qui franchissent la frontière, sur 1 000"),
    ]
    rows: list[list[Any]] = [
        [NAMES[a.model], Text(en=percent(a.train, "en", 1), fr=percent(a.train, "fr", 1)),
         Text(en=words.ranged(m.task, a.test, "en"), fr=words.ranged(m.task, a.test, "fr")), Text(en=number(1000 * a.turns, "en", 1), fr=number(1000 * a.turns, "fr", 1))]
        for a in m.areas
    ]  # fmt: skip
    return Table(
        name="areas",
        title=Text(en="The boundaries", fr="Les frontières"),
        columns=[Text(en=e, fr=f) for e, f in heads],
        rows=rows,
    )


def summary(m: Plane, lang: Lang) -> str:
    """The two columns, the raggedest and the smoothest border, and what they score."""
    ragged = max(m.areas, key=lambda area: area.turns)
    best = max(m.areas, key=lambda area: area.test[0])
    one, two, aim = *m.names, words.aim(m.task, lang)
    train, test = (percent(value, lang, 1) for value in (ragged.train, ragged.test[0]))
    got, base = words.ranged(m.task, best.test, lang), percent(m.baseline, lang, 1)
    if lang == "en":
        first = f"On two columns of {m.task.name} alone, {one} and {two}, each model says where “{aim}” is the likelier answer. "
        cut = (
            f"{capital(the(ragged.model, lang))} has the most ragged border: right for {train} of the rows it learnt from, {test} of new ones. "
            if len(m.areas) > 1
            else f"{capital(the(ragged.model, lang))} is right for {train} of the rows it learnt from. "
        )
        return (
            first
            + cut
            + f"The highest score on new rows is that of {the(best.model, lang)}, {got}; always giving the most frequent answer reaches {base}."
        )
    first = f"Sur deux colonnes de {m.task.name} seulement, {one} et {two}, chaque modèle dit où « {aim} » est la réponse la plus probable. "
    cut = (
        f"La frontière la plus déchiquetée est celle {words.of_the(ragged.model, lang)} : juste pour {train} des lignes apprises, {test} des nouvelles. "
        if len(m.areas) > 1
        else f"{capital(the(ragged.model, lang))} répond juste pour {train} des lignes apprises. "
    )
    return (
        first
        + cut
        + f"Le score le plus haut sur les lignes nouvelles est celui {words.of_the(best.model, lang)}, {got} ; toujours donner la réponse la plus fréquente atteint {base}."
    )


def _figure(m: Plane, seed: int, lang: Lang) -> Figure:
    """One panel a model."""
    ragged = max(m.areas, key=lambda area: area.turns)
    title = pick(
        lang,
        f"Same two columns, different borders: {the(ragged.model, lang)} knows {percent(ragged.train, lang)} of its rows and {percent(ragged.test[0], lang)} of new ones",
        f"Deux mêmes colonnes, d’autres frontières\u202f: {the(ragged.model, lang)} répond juste pour {percent(ragged.train, lang)} des lignes apprises et {percent(ragged.test[0], lang)} des nouvelles",
    )
    count = len(m.areas)
    across = min(count, 3)
    down = -(-count // across)
    height = 2.55 * down + 0.6 if count > 1 else 4.4
    with drawing(
        title,
        words.subtitle(
            m.task,
            f"{words.aim(m.task, lang)[:32]} · {pick(lang, f'{m.parts[1]} new rows as points', f'{m.parts[1]} lignes nouvelles en points')}",
            seed,
            lang,
        ),
        width=8.0,
        height=height,
    ) as (figure, axes):
        box = axes.get_position()
        axes.remove()
        wide, high = (0.9 - 0.05 * (across - 1)) / across, (box.height - 0.07 * (down - 1) - 0.04) / down
        for i, area in enumerate(m.areas):
            row, column = divmod(i, across)
            panel = figure.add_axes(
                (0.08 + column * (wide + 0.05), box.y0 + (down - 1 - row) * (high + 0.07), wide, high)
            )
            _panel(panel, m, area, lang)
            last = i + across >= count
            if not last:
                panel.set_xticklabels([])
            else:
                panel.set_xlabel(m.names[0][:24], fontsize=9)
            if column:
                panel.set_yticklabels([])
            else:
                panel.set_ylabel(m.names[1][:24], fontsize=9)
        if count == 5:
            note = figure.add_axes((0.08 + 2 * (wide + 0.05), box.y0, wide, high))
            note.axis("off")
            _legend(note, m, lang)
        return png(figure, "boundary", both(_alt, m), lang)


def _panel(panel: Any, m: Plane, area: Area, lang: Lang) -> None:
    from matplotlib.colors import LinearSegmentedColormap

    x, y = m.axes
    colours = LinearSegmentedColormap.from_list("two", ["#e9c88f", "#fbf9f4", "#8fc1c6"])
    panel.pcolormesh(x, y, area.chance, cmap=colours, vmin=0, vmax=1, shading="nearest", rasterized=True)
    if area.chance.min() < 0.5 < area.chance.max():
        panel.contour(x, y, area.chance, levels=[0.5], colors=INK, linewidths=1.3)
    draw = np.arange(len(m.points))[:250]
    inside = (
        (m.points[draw, 0] >= x[0])
        & (m.points[draw, 0] <= x[-1])
        & (m.points[draw, 1] >= y[0])
        & (m.points[draw, 1] <= y[-1])
    )
    for value, marker, color in ((0, "^", OCHRE), (1, "o", TEAL)):
        own = draw[inside & (m.truth[draw] == value)]
        panel.plot(
            m.points[own, 0],
            m.points[own, 1],
            marker,
            color=color,
            markersize=3,
            alpha=0.75,
            markeredgewidth=0,
            linestyle="",
        )
    panel.set_xlim(x[0], x[-1])
    panel.set_ylim(y[0], y[-1])
    panel.tick_params(labelsize=8)
    if lang == "fr":
        for axis, values in ((panel.xaxis, x), (panel.yaxis, y)):
            digits = 0 if values[-1] - values[0] > 5 else 1
            axis.set_major_formatter(lambda v, _, digits=digits: number(v, "fr", digits))
    panel.set_title(
        f"{NAMES[area.model].get(lang)}{pick(lang, ': ', chr(0x202F) + ': ')}{percent(area.test[0], lang)}",
        fontsize=10,
        loc="left",
        pad=4,
    )


def _legend(note: Any, m: Plane, lang: Lang) -> None:
    lines = [
        ("o", TEAL, words.aim(m.task, lang)[:26]),
        ("^", OCHRE, pick(lang, "the other answer", "l’autre réponse")),
    ]
    for i, (marker, color, label) in enumerate(lines):
        note.plot([0.05], [0.85 - 0.16 * i], marker, color=color, markersize=7, clip_on=False)
        note.text(0.12, 0.85 - 0.16 * i, label, va="center", fontsize=9.5)
    note.plot([0.01, 0.09], [0.53, 0.53], color=INK, linewidth=1.5)
    note.text(
        0.12,
        0.53,
        pick(lang, "the border: a chance of one half", "la frontière\u202f: une chance sur deux"),
        va="center",
        fontsize=9,
    )
    note.text(
        0.01,
        0.34,
        pick(
            lang,
            "beside each name: right answers\non new rows; always the most\nfrequent answer: ",
            "à côté du nom\u202f: réponses justes sur\ndes lignes nouvelles\u202f; toujours la\nréponse la plus fréquente\u202f: ",
        )
        + percent(m.baseline, lang),
        va="top",
        fontsize=9,
    )
    note.set_xlim(0, 1)
    note.set_ylim(0, 1)


def _alt(m: Plane, lang: Lang) -> str:
    colon, stop = pick(lang, ": ", " : "), pick(lang, "; ", " ; ")
    lines = stop.join(
        f"{NAMES[a.model].get(lang)}{colon}{percent(a.train, lang)} / {percent(a.test[0], lang)}" for a in m.areas
    )
    return pick(
        lang,
        f"Decision areas on {m.names[0]} and {m.names[1]}; right answers on rows learnt from / new. {lines}.",
        f"Zones de décision sur {m.names[0]} et {m.names[1]} ; réponses justes, lignes apprises / nouvelles. {lines}.",
    )
