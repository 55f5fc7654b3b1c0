"""What the lesson ``proxies`` shows: what the other columns say of the one that was dropped, and the gap before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.fairness.learning import proxies, words
from tools.fairness.learning import proxies_reading as reading
from tools.fairness.learning.task import prepare
from tools.fairness.learning.words import Wanted, pick, plain, points, the, whole
from tools.figures import FAINT, INK, OCHRE, TEAL, drawing, svg
from tools.finding import Estimate, Figure, Lang, Table, Text, both
from tools.numbers import number, percent

if TYPE_CHECKING:
    from tools.fairness.learning.proxies import Proxies
    from tools.specimens.tabular import Dataset
    from tools.tool import Run

CAP, SHOWN = 5000, 6


def page(run: Run, data: Dataset, wanted: Wanted) -> dict[str, Any]:
    """All parts of the finding."""
    column = proxies.choose(data, wanted.group)
    features = [*wanted.features, column] if wanted.features and column not in wanted.features else wanted.features
    task = prepare(
        data,
        run.rng,
        label=wanted.label,
        positive=wanted.positive,
        features=features,
        cap=CAP,
        binary=True,
        keep=(column,),
    )
    who = data.rows(task.rows).by(column)
    said = {
        "with": ("With the column", "Avec la colonne"),
        "without": ("Without it", "Sans elle"),
        "telling": ("Telling it from the others", "La deviner d’après les autres"),
    }
    m = proxies.measure(
        task,
        who,
        column,
        wanted.one("linear"),
        run.seed,
        run.rng,
        lambda name, done, total: run.progress(*said[name], done, total),
    )
    return {
        "estimates": _estimates(m),
        "tables": _tables(m),
        "figures": [_figure(m, run.seed, run.lang)],
        "summary": both(summary, m),
        "how_to_read": both(reading.how_to_read, m),
        "limits": both(reading.limits, m),
        "references": ["dwork2012", "verine2024", "efron1979", "delong1988"],
    }


def _estimates(m: Proxies) -> list[Estimate]:
    a, b = m.names
    n = sum(m.sizes)
    found = [
        words.estimate(
            "auc_dropped",
            f"Telling {m.dropped[0]} from the other columns (AUC)",
            f"Deviner {m.dropped[0]} d’après les autres colonnes (AUC)",
            m.found,
            n,
            baseline=0.5,
            baseline_label=Text(en="a coin", fr="pile ou face"),
        )
    ]
    sides = (("before", m.before, "with the column", "avec la colonne"), ("after", m.after, "without it", "sans elle"))
    for name, t, en, fr in sides:
        said = f"Share called positive, {a} minus {b}, {en}", f"Part déclarée positive, {a} moins {b}, {fr}"
        found.append(words.estimate(f"gap_{name}", *said, t.gap, n, baseline=0.0))
    for name, t, en, fr in sides:
        if t.chance_gap[0] == t.chance_gap[0]:
            said = f"True cases found, {a} minus {b}, {en}", f"Vrais cas trouvés, {a} moins {b}, {fr}"
            found.append(words.estimate(f"found_gap_{name}", *said, t.chance_gap, n, baseline=0.0))
    for name, t, en, fr in sides:
        said = f"Right answers {en}", f"Réponses justes {fr}"
        found.append(words.estimate(f"accuracy_{name}", *said, t.accuracy, m.task.n))
    return found


def _tables(m: Proxies) -> list[Table]:
    def cell(value: float) -> Text:
        known = None if value != value else value
        return Text(en=percent(known, "en", 1), fr=percent(known, "fr", 1))

    heads = [Text(en="group", fr="groupe"), Text(en="people", fr="personnes"), Text(en="true cases", fr="vrais cas"), Text(en="called positive, with", fr="déclarés positifs, avec"), Text(en="without", fr="sans"), Text(en="true cases found, with", fr="vrais cas trouvés, avec"), Text(en="without", fr="sans")]  # fmt: skip
    rows: list[list[Any]] = [
        [m.names[g], m.sizes[g], cell(m.base[g]), cell(m.before.selected[g]), cell(m.after.selected[g]), cell(m.before.chances[g]), cell(m.after.chances[g])]
        for g in (0, 1)
    ]  # fmt: skip
    columns = [Text(en="column", fr="colonne"), Text(en="AUC alone", fr="AUC, seule")]
    alone: list[list[Any]] = [
        [name, Text(en=number(value, "en"), fr=number(value, "fr"))] for name, value in m.alone[:12]
    ]
    return [
        Table(name="groups", title=Text(en="The two groups", fr="Les deux groupes"), columns=heads, rows=rows),
        Table(
            name="telltale",
            title=Text(en=f"What tells {m.dropped[0]}", fr=f"Ce qui révèle {m.dropped[0]}"),
            columns=columns,
            rows=alone,
        ),
    ]


def summary(m: Proxies, lang: Lang) -> str:
    """What was dropped, what the others still say, the gap, the score."""
    a, b = m.names
    gone = pick(lang, " and ", " et ").join(m.dropped)
    told, (best, strength) = m.found[1] > 0.5, m.alone[0]
    before, after = points(m.before.gap, lang), points(m.after.gap, lang)
    base = points((m.base[0] - m.base[1], 0, 0), lang).split(" (")[0]
    score, less = (percent(t.accuracy[0], lang, 1) for t in (m.before, m.after))
    if lang == "en":
        return (
            f"The column{'s' * (len(m.dropped) > 1)} {gone} {'were' if len(m.dropped) > 1 else 'was'} taken out of {m.task.name} before {the(m.model, lang)} learnt to predict {words.aim(m.task, lang)}. The other columns {'still tell' if told else 'do not measurably tell'} {a} from {b}: shown one of each, they point to the right one in {percent(m.found[0], lang)} of pairs (a coin: 50%); {best} alone in {percent(strength, lang)}. "
            f"The share called positive differed by {before} with the column and differs by {after} without it; in the file itself the two groups differ by {base}. Right answers: {score} with, {less} without.{' Blindness to a column is not equal treatment.' if told else ''}"
        )
    return (
        f"{'Les colonnes' if len(m.dropped) > 1 else 'La colonne'} {gone} {'ont été retirées' if len(m.dropped) > 1 else 'a été retirée'} de {m.task.name} avant que {the(m.model, lang)} n’apprenne à prédire {words.aim(m.task, lang)}. Les autres colonnes {'distinguent encore' if told else 'ne distinguent pas de façon mesurable'} {a} de {b} : devant une personne de chaque groupe, elles désignent la bonne dans {percent(m.found[0], lang)} des paires (pile ou face : {percent(0.5, lang)}) ; {best} seule, dans {percent(strength, lang)}. "
        f"La part déclarée positive différait de {before} avec la colonne, et diffère de {after} sans elle ; dans le fichier même, les deux groupes diffèrent de {base}. Réponses justes : {score} avec, {less} sans.{' Ne pas voir une colonne n’est pas traiter également.' if told else ''}"
    )


def _figure(m: Proxies, seed: int, lang: Lang) -> Figure:
    """Left: the AUC of all the others and of each alone. Right: the gap with, without, and in the file."""
    old, new = (number(100 * t.gap[0], lang, 1) for t in (m.before, m.after))
    moved = (
        pick(lang, f"goes from {old} to {new}", f"passe de {old} à {new}")
        if old != new
        else pick(lang, f"stays at {old}", f"reste de {old}")
    )
    title = pick(
        lang,
        f"Without {m.dropped[0]}, the other columns tell it with AUC {number(m.found[0], lang)}; the gap {moved} points",
        f"Sans {m.dropped[0]}, les autres colonnes la devinent avec une AUC de {number(m.found[0], lang)}\u202f; l’écart {moved} points",
    )
    middle = f"{m.names[0]} {whole(m.sizes[0], lang)}, {m.names[1]} {whole(m.sizes[1], lang)} · {the(m.model, lang)}"
    with drawing(title, words.subtitle(m.task, middle, seed, lang), width=7.8, height=3.5) as (figure, axes):
        box = axes.get_position()
        axes.set_position((0.23, box.y0, 0.29, box.height))
        lines = [(pick(lang, "all together", "toutes ensemble"), m.found[0]), *m.alone[:SHOWN]]
        for y, (_, value) in zip(range(len(lines))[::-1], lines, strict=True):
            first = y == len(lines) - 1
            axes.plot([0.5, value], [y, y], color=TEAL if first else FAINT, linewidth=1.2, zorder=1)
            axes.plot([value], [y], "o", color=TEAL if first else INK, markersize=8 if first else 6)
            axes.annotate(number(value, lang), (value, y), xytext=(7, -3), textcoords="offset points", fontsize=8.5)
        axes.plot(m.found[1:], [len(lines) - 1] * 2, color=TEAL, linewidth=5, alpha=0.35, solid_capstyle="butt")
        axes.axvline(0.5, color=OCHRE, linewidth=1.4)
        axes.annotate(
            pick(lang, "a coin", "pile ou face"),
            (0.5, -0.55),
            xytext=(4, 0),
            textcoords="offset points",
            fontsize=8.5,
            color=OCHRE,
        )
        axes.set_yticks(range(len(lines))[::-1], [name[:22] for name, _ in lines])
        axes.set_xlim(0.47, 1.06)
        axes.set_ylim(-0.8, len(lines) - 0.5)
        axes.set_xlabel(pick(lang, f"AUC: telling {m.dropped[0]}", f"AUC\u202f: deviner {m.dropped[0]}"))
        axes.set_xticks([0.5, 0.75, 1.0], [number(x, lang, 2) for x in (0.5, 0.75, 1.0)])
        right = figure.add_axes((0.72, box.y0, 0.25, box.height))
        _gaps(right, m, lang)
        for part in (axes, right):
            part.tick_params(axis="y", length=0)
            part.spines["left"].set_visible(False)
        return svg(figure, "proxies", both(_alt, m), lang)


def _gaps(right: Any, m: Proxies, lang: Lang) -> None:
    lines = [
        (pick(lang, "in the file", "dans le fichier"), (m.base[0] - m.base[1], None, None)),
        (pick(lang, "model with it", "modèle avec"), m.before.gap),
        (pick(lang, "model without", "modèle sans"), m.after.gap),
    ]
    for y, (_, (value, low, high)) in zip((2, 1, 0), lines, strict=True):
        if low is not None and high is not None:
            right.plot([100 * low, 100 * high], [y, y], color=TEAL, linewidth=5, alpha=0.35, solid_capstyle="butt")
        right.plot(
            [100 * value],
            [y],
            "D" if low is None else "o",
            mfc="white" if low is None else TEAL,
            mec=INK if low is None else TEAL,
            markersize=8,
        )
        right.annotate(
            number(100 * value, lang, 1),
            (100 * value, y),
            xytext=(0, 9),
            textcoords="offset points",
            ha="center",
            fontsize=8.5,
        )
    right.axvline(0, color=OCHRE, linewidth=1.4)
    right.set_yticks((2, 1, 0), [name for name, _ in lines])
    right.set_ylim(-0.7, 2.6)
    right.margins(x=0.15)
    right.locator_params(axis="x", nbins=4)
    right.set_xlabel(pick(lang, "gap called positive (points)", "écart de déclarés positifs (points)"), fontsize=9.5)


def _alt(m: Proxies, lang: Lang) -> str:
    alone = ", ".join(f"{name} {number(value, lang)}" for name, value in m.alone[:SHOWN])
    return pick(
        lang,
        f"AUC of telling {m.dropped[0]}: all the other columns {plain(m.found, lang)}; alone {alone}. Gap in the share called positive: {points(m.before.gap, lang)} with the column, {points(m.after.gap, lang)} without.",
        f"AUC pour deviner {m.dropped[0]} : toutes les autres colonnes {plain(m.found, lang)} ; seules {alone}. Écart de la part déclarée positive : {points(m.before.gap, lang)} avec la colonne, {points(m.after.gap, lang)} sans.",
    )
