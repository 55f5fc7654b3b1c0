"""What the lesson ``features`` shows: every model with the raw columns and with three sets of columns made out of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tools.fairness.learning import features, words
from tools.fairness.learning import features_reading as reading
from tools.fairness.learning.features_reading import LABELS, models_short
from tools.fairness.learning.models import NAMES
from tools.fairness.learning.task import prepare
from tools.fairness.learning.words import Wanted, aim, capital, pick, ranged, shown, the
from tools.figures import FAINT, INK, OCHRE, TEAL, drawing, svg
from tools.finding import Estimate, Figure, Lang, Table, Text, both
from tools.numbers import number

if TYPE_CHECKING:
    from tools.fairness.learning.features import Features, Try
    from tools.specimens.tabular import Dataset
    from tools.tool import Run

CAP = 4000
MARKS = {"raw": ("D", "white", INK), "automatic": ("s", OCHRE, OCHRE), "thought": ("o", TEAL, TEAL), "noise": ("X", FAINT, FAINT)}  # fmt: skip

WITH = {
    "automatic": Text(en="With all products of the numbers", fr="Avec tous les produits des nombres"),
    "thought": Text(en="With columns thought out for the case", fr="Avec des colonnes réfléchies pour le cas"),
    "noise": Text(en="With columns of random numbers", fr="Avec des colonnes de nombres au hasard"),
}
WAYS = {2: ("Two", "Deux"), 3: ("Three", "Trois"), 4: ("Four", "Quatre")}


def page(run: Run, data: Dataset, wanted: Wanted) -> dict[str, Any]:
    """All parts of the finding."""
    task = prepare(data, run.rng, label=wanted.label, positive=wanted.positive, features=wanted.features, cap=CAP)
    m = features.measure(
        task, wanted.models(["linear", "knn", "tree", "forest"]), run.seed, run.rng,
        lambda model, done, total: run.progress(f"Learning: {NAMES[model].en}", f"Apprentissage : {NAMES[model].fr}", done, total),
    )  # fmt: skip
    return {
        "estimates": _estimates(m),
        "tables": [_scores(m), _columns(m)],
        "figures": [_figure(m, run.seed, run.lang)],
        "summary": both(summary, m),
        "how_to_read": both(reading.how_to_read, m),
        "limits": both(reading.limits, m),
        "references": ["domingos2012", "efron1979"],
    }


def _gain(m: Features, one: Try, lang: Lang) -> str:
    """The change against the raw columns with its interval: in points, or in R²."""
    if m.task.kind != "number":
        return words.points(one.gain, lang)
    return words.plain(one.gain, lang)


def _score(m: Features, one: Try, lang: Lang) -> str:
    return number(one.score[0], lang, 2) if m.task.kind == "number" else shown(m.task, one.score[0], lang)


def _main(m: Features) -> Try:
    """The largest change either way that a set of columns with a meaning makes."""
    meant = [one for one in m.tries if one.columns in ("thought", "automatic")]
    best = [one for one in meant if one.columns == "thought"] or meant or m.tries
    return max(best, key=lambda one: abs(one.gain[0]))


def _estimates(m: Features) -> list[Estimate]:
    tries = [one for one in m.tries if one.columns != "raw"]
    main = _main(m)
    same = Text(en="with the columns as they are", fr="avec les colonnes telles quelles")
    return [
        words.estimate(
            f"{one.model}_{one.columns}",
            f"Change of the test score, {NAMES[one.model].en}, {LABELS[one.columns].en}",
            f"Changement du score de test, {NAMES[one.model].fr}, {LABELS[one.columns].fr}",
            one.gain, m.parts[1], baseline=0.0, baseline_label=same,
        )
        for one in sorted(tries, key=lambda one: one is not main)
    ]  # fmt: skip


def _scores(m: Features) -> Table:
    sets = list(m.added)
    columns = [Text(en="model", fr="modèle"), *(LABELS[name] for name in sets)]
    rows: list[list[Any]] = []
    for model in m.models:
        row: list[Any] = [NAMES[model]]
        for name in sets:
            one = m.of(model, name)
            if m.task.kind == "number":
                row.append(Text(en=words.plain(one.score, "en"), fr=words.plain(one.score, "fr")))
            else:
                row.append(Text(en=ranged(m.task, one.score, "en"), fr=ranged(m.task, one.score, "fr")))
        rows.append(row)
    title = Text(en="Score on the test rows (95% interval)", fr="Score sur les lignes de test (intervalle à 95 %)")
    return Table(name="scores", title=title, columns=columns, rows=rows)


def _columns(m: Features) -> Table:
    rows: list[list[Any]] = [
        [LABELS[name], len(added), ", ".join(added[:8]) + (" …" if len(added) > 8 else "")]
        for name, added in m.added.items()
        if name != "raw"
    ]
    columns = [Text(en="set", fr="jeu"), Text(en="columns added", fr="colonnes ajoutées"), Text(en="which", fr="lesquelles")]  # fmt: skip
    return Table(name="columns", title=Text(en="The columns that were made", fr="Les colonnes fabriquées"), columns=columns, rows=rows)  # fmt: skip


def summary(m: Features, lang: Lang) -> str:
    """The largest change, who gained nothing, what random columns did."""
    main = _main(m)
    raw = m.of(main.model, "raw")
    metric = "R²" if m.task.kind == "number" else pick(lang, "right answers", "réponses justes")
    moved = not main.gain[1] <= 0 <= main.gain[2]
    name = WITH[main.columns].get(lang)
    ways = words.pick(lang, *WAYS[len(m.added)])
    still = [one.model for one in m.tries if one.columns == main.columns and one.gain[1] <= 0 <= one.gain[2]]
    noise = min((one for one in m.tries if one.columns == "noise"), key=lambda one: one.gain[0])
    hurt = noise.gain[2] < 0
    if lang == "en":
        first = (
            f"{name}, {the(main.model, lang)} goes from {_score(m, raw, lang)} to {_score(m, main, lang)} on rows it has not seen"
            if moved
            else f"{name}, no model changes by more than chance could: at most, {the(main.model, lang)} goes from {_score(m, raw, lang)} to {_score(m, main, lang)}"
        )
        others = (
            f" The same columns change nothing that can be told from chance for {models_short(still, lang)}."
            if moved and still
            else ""
        )
        last = (
            f"As many columns of random numbers cost {the(noise.model, lang)} {_cost(m, noise, lang)}"
            if hurt
            else "As many columns of random numbers do no harm that can be seen here"
        )
        return (
            f"{ways} ways to hand the same {words.rows(m.task, lang)} of {m.task.name} to a model ({aim(m.task, lang)}; {metric} on {words.whole(m.parts[1], lang)} test rows). "
            f"{first}.{others} {last}: a column helps by what it says and by whether the model could not have found it itself, not by being one more."
        )  # fmt: skip
    first = (
        f"{name}, {the(main.model, lang)} passe de {_score(m, raw, lang)} à {_score(m, main, lang)} sur des lignes nouvelles"
        if moved
        else f"{name}, aucun modèle ne change plus que ne le ferait le hasard : au plus, {the(main.model, lang)} passe de {_score(m, raw, lang)} à {_score(m, main, lang)}"
    )
    others = (
        f" Les mêmes colonnes ne changent rien qui dépasse le hasard pour {models_short(still, lang)}."
        if moved and still
        else ""
    )
    last = (
        f"Autant de colonnes de nombres au hasard coûtent {_to(noise.model)} {_cost(m, noise, lang)}"
        if hurt
        else "Autant de colonnes de nombres au hasard ne nuisent pas de façon visible ici"
    )
    return (
        f"{ways} façons de donner les mêmes {words.rows(m.task, lang)} de {m.task.name} à un modèle ({aim(m.task, lang)} ; {metric} sur {words.whole(m.parts[1], lang)} lignes de test). "
        f"{first}.{others} {last} : une colonne sert par ce qu’elle dit et par ce que le modèle n’aurait pas trouvé seul, non parce qu’elle s’ajoute."
    )  # fmt: skip


def _cost(m: Features, one: Try, lang: Lang) -> str:
    """A loss as a positive amount with its interval."""
    value, low, high = one.gain
    return _gain(m, replace(one, gain=(-value, -high, -low)), lang)


def _to(model: str) -> str:
    """« au modèle linéaire », « à la forêt »."""
    name = the(model, "fr")
    return f"au {name[3:]}" if name.startswith("le ") else f"à {name}"


def _figure(m: Features, seed: int, lang: Lang) -> Figure:
    """One row a model; a mark for each set of columns, with its interval."""
    main = _main(m)
    raw = m.of(main.model, "raw")
    moved = not main.gain[1] <= 0 <= main.gain[2]
    named = LABELS[main.columns].get(lang)
    title = f"{capital(named)}{pick(lang, ': ', ' : ')}{the(main.model, lang)}, {_score(m, raw, lang)} → {_score(m, main, lang)}"
    if not moved:
        title = pick(lang, "Other columns, the same scores: no change that chance could not make",
                     "D’autres colonnes, les mêmes scores : aucun changement que le hasard ne ferait")  # fmt: skip
    metric = "R²" if m.task.kind == "number" else pick(lang, "right answers (%)", "réponses justes (%)")
    middle = pick(lang, f"{aim(m.task, lang)}, {words.whole(m.parts[1], lang)} test rows",
                  f"{aim(m.task, lang)}, {words.whole(m.parts[1], lang)} lignes de test")  # fmt: skip
    scale = 1.0 if m.task.kind == "number" else 100.0
    sets = list(m.added)
    with drawing(title, words.subtitle(m.task, middle, seed, lang), height=0.95 * len(m.models) + 1.1) as (
        figure,
        axes,
    ):
        box = axes.get_position()
        axes.set_position((0.25, box.y0, 0.71, box.height))
        for at, model in enumerate(reversed(m.models)):
            for place, name in enumerate(sets):
                y = at + 0.27 - 0.18 * place
                value, low, high = (scale * part for part in m.of(model, name).score)
                shape, face, edge = MARKS[name]
                axes.plot([low, high], [y, y], color=edge, linewidth=1.4)
                axes.plot([value], [y], shape, mfc=face, mec=edge, markersize=7, zorder=3)
                if at == len(m.models) - 1:
                    axes.annotate(LABELS[name].get(lang), (high, y), xytext=(7, 0), textcoords="offset points",
                                  va="center", fontsize=8.5, color=INK if name in ("raw", "noise") else edge)  # fmt: skip
        axes.set_yticks(range(len(m.models)), [capital(NAMES[model].get(lang)) for model in reversed(m.models)])
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_ylim(-0.5, len(m.models) - 0.4)
        low, high = axes.get_xlim()
        axes.set_xlim(low, high + 0.3 * (high - low))  # room for the names beside the first row
        axes.set_xlabel(metric)
        if lang == "fr":
            axes.xaxis.set_major_formatter(lambda x, _: number(x, "fr", 1 if scale == 1 else 0))
        return svg(figure, "features", both(_alt, m), lang)


def _alt(m: Features, lang: Lang) -> str:
    lines = []
    for model in m.models:
        told = ", ".join(f"{LABELS[name].get(lang)} {_score(m, m.of(model, name), lang)}" for name in m.added)
        lines.append(f"{capital(NAMES[model].get(lang))}{pick(lang, ': ', ' : ')}{told}.")
    head = pick(lang, "Score on the test rows of each model with each set of columns.",
                "Score sur les lignes de test de chaque modèle avec chaque jeu de colonnes.")  # fmt: skip
    return " ".join([head, *lines])
