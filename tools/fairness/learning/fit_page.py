"""What the lesson ``fit`` shows: the scores beside the baseline, the confusion matrix, the words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.fairness.learning import fit, words
from tools.fairness.learning import fit_reading as reading
from tools.fairness.learning.fit_matrix import matrix_figure
from tools.fairness.learning.models import NAMES
from tools.fairness.learning.task import prepare
from tools.fairness.learning.words import Wanted, capital, pick, points, ranged, shown, the, whole
from tools.figures import intervals
from tools.finding import Cell, Estimate, Figure, Lang, Table, Text, both

if TYPE_CHECKING:
    from tools.fairness.learning.fit import Fit, Trial
    from tools.specimens.tabular import Dataset
    from tools.tool import Run

CAP = 4000


def page(run: Run, data: Dataset, wanted: Wanted) -> dict[str, Any]:
    """All parts of the finding."""
    task = prepare(data, run.rng, label=wanted.label, positive=wanted.positive, features=wanted.features, cap=CAP)
    m = fit.measure(
        task, wanted.models(list(NAMES)), run.seed, run.rng,
        lambda name, done, total: run.progress(f"Learning: {NAMES[name].en}", f"Apprentissage : {NAMES[name].fr}", done, total),
    )  # fmt: skip
    figures = [_scores(m, run.seed, run.lang)]
    if m.chosen.matrix is not None:
        figures.append(matrix_figure(m, m.chosen, run.seed, run.lang))
    return {
        "estimates": _estimates(m),
        "tables": _tables(m),
        "figures": figures,
        "summary": both(summary, m),
        "how_to_read": both(reading.how_to_read, m),
        "limits": both(reading.limits, m),
        "references": ["verine2024", "efron1979", "pedregosa2011"],
    }


def _estimates(m: Fit) -> list[Estimate]:
    number_ = m.task.kind == "number"
    n, best = m.parts[2], m.chosen
    what = (
        ("Mean error on the test rows", "Erreur moyenne sur les lignes de test")
        if number_
        else ("Right answers on the test rows", "Réponses justes sur les lignes de test")
    )
    usual = Text(en=f"always “{m.usual}”", fr=f"toujours « {m.usual} »".replace(".", "," if number_ else "."))
    found = [
        words.estimate("score", f"{what[0]}, {the(best.model, 'en')}", f"{what[1]}, {the(best.model, 'fr')}", best.test, n,
                       baseline=m.baseline[0], baseline_label=usual),
        words.estimate("gain", "Better than the baseline by", "Mieux que le point de référence, de", best.gain, n, baseline=0.0),
    ]  # fmt: skip
    others = [trial for trial in m.trials if trial is not best]
    return found + [
        words.estimate(f"score_{trial.model}", f"{what[0]}, {the(trial.model, 'en')}", f"{what[1]}, {the(trial.model, 'fr')}",
                       trial.test, n, baseline=m.baseline[0], baseline_label=usual)
        for trial in others
    ]  # fmt: skip


def _tables(m: Fit) -> list[Table]:
    metric = (
        Text(en="right answers", fr="réponses justes")
        if m.task.kind != "number"
        else Text(en="mean error", fr="erreur moyenne")
    )
    columns = [
        Text(en="model", fr="modèle"),
        Text(en=f"{metric.en}, rows learnt from", fr=f"{metric.fr}, lignes apprises"),
        Text(en="choosing rows", fr="lignes de choix"),
        Text(en="test rows (95% interval)", fr="lignes de test (intervalle à 95 %)"),
        Text(en="better than the baseline by", fr="mieux que le point de référence, de"),
    ]
    lines: list[list[Cell]] = [
        [
            NAMES[trial.model],
            *(
                Text(en=shown(m.task, value, "en"), fr=shown(m.task, value, "fr"))
                for value in (trial.train, trial.valid)
            ),
            Text(en=ranged(m.task, trial.test, "en"), fr=ranged(m.task, trial.test, "fr")),
            Text(en=_gain(m, trial, "en"), fr=_gain(m, trial, "fr")),
        ]
        for trial in m.trials
    ]
    tables = [Table(name="models", title=Text(en="The models", fr="Les modèles"), columns=columns, rows=lines)]
    if m.chosen.matrix is None:
        return tables
    heads = [Text(en="in truth", fr="en vérité"), *(Text(en=f"said: {c}", fr=f"dit : {c}") for c in m.task.classes)]
    cells: list[list[Cell]] = [
        [name, *map(int, row)] for name, row in zip(m.task.classes, m.chosen.matrix, strict=True)
    ]
    title = Text(
        en=f"Confusion matrix of {the(m.chosen.model, 'en')}", fr=f"Matrice de confusion : {the(m.chosen.model, 'fr')}"
    )
    return [*tables, Table(name="confusion", title=title, columns=heads, rows=cells)]


def _gain(m: Fit, trial: Trial, lang: Lang) -> str:
    return ranged(m.task, trial.gain, lang) if m.task.kind == "number" else points(trial.gain, lang)


def summary(m: Fit, lang: Lang) -> str:
    """How it was done, the baseline, the chosen model, and the model that knows its rows by heart."""
    train, valid, test = (whole(n, lang) for n in m.parts)
    best, task = m.chosen, m.task
    settled = best.gain[1] > 0
    heart = max(m.trials, key=lambda trial: (trial.train - trial.test[0]) * (-1 if task.kind == "number" else 1))
    far = f"{shown(task, heart.train, lang)}", f"{shown(task, heart.test[0], lang)}"
    count = len(m.trials)
    many = (
        {2: "Two", 3: "Three", 4: "Four", 5: "Five"}
        if lang == "en"
        else {2: "Deux", 3: "Trois", 4: "Quatre", 5: "Cinq"}
    )
    base, got, gain = shown(task, m.baseline[0], lang), ranged(task, best.test, lang), _gain(m, best, lang)
    if lang == "en":
        who = f"{many[count]} models learnt" if count > 1 else f"{capital(the(best.model, lang))} learnt"
        chose = f"another {valid} rows chose between them, and a last {test}" if count > 1 else f"and another {test}"
        error = task.kind == "number"
        first = f"{who} on {train} rows of {task.name} to predict {words.aim(task, lang)}; {chose}, never seen before, gave the score. "
        second = (
            f"Always answering the mean, {words.amount(float(m.usual), lang)}, is wrong by {base} on average; "
            if error
            else f"Always answering “{m.usual}” is right for {base} of these rows; "
        )
        third = f"{the(best.model, lang)}{', the best on the choosing rows,' if count > 1 else ''} is {'wrong by' if error else 'right for'} {got}. "
        fourth = (
            f"That is better by {gain}. "
            if settled
            else f"The difference, {gain}, is one that {test} rows do not settle. "
        )
        fifth = f"{capital(the(heart.model, lang))} {'has an error of' if error else 'is right for'} {far[0]} on the rows it learnt from and {far[1]} on new ones: only new rows count."
        return first + second + third + fourth + fifth
    who = f"{many[count]} modèles ont appris" if count > 1 else f"{capital(the(best.model, lang))} a appris"
    chose = (
        f"{valid} autres lignes ont servi à choisir entre eux, et {test} dernières" if count > 1 else f"{test} autres"
    )
    error = task.kind == "number"
    first = f"{who} sur {train} lignes de {task.name} à prédire {words.aim(task, lang)} ; {chose}, jamais vues, ont donné le score. "
    second = (
        f"Toujours répondre la moyenne, {words.amount(float(m.usual), lang)}, se trompe de {base} en moyenne ; "
        if error
        else f"Toujours répondre « {m.usual} » est juste pour {base} de ces lignes ; "
    )
    third = f"{the(best.model, lang)}{', en tête sur les lignes de choix,' if count > 1 else ''} {'se trompe de' if error else 'donne une réponse juste pour'} {got}. "
    fourth = (
        f"C’est mieux de {gain}. " if settled else f"Cette différence, {gain}, {test} lignes ne l’établissent pas. "
    )
    fifth = f"{capital(the(heart.model, lang))} {'a une erreur de' if error else 'répond juste pour'} {far[0]} sur les lignes apprises et {far[1]} sur les nouvelles : seules les nouvelles comptent."
    return first + second + third + fourth + fifth


def _title(m: Fit, lang: Lang) -> str:
    best, base = shown(m.task, m.chosen.test[0], lang), shown(m.task, m.baseline[0], lang)
    if m.task.kind == "number":
        return pick(
            lang,
            f"On {m.task.name}, {the(m.chosen.model, lang)} is wrong by {best} on average, the mean by {base}",
            f"Sur {m.task.name}, {the(m.chosen.model, lang)} se trompe de {best} en moyenne, et la moyenne de {base}",
        )
    return pick(
        lang,
        f"On {m.task.name}, {the(m.chosen.model, lang)} is right for {best} of new rows; always “{m.usual}” for {base}",
        f"Sur {m.task.name}, {the(m.chosen.model, lang)} répond juste pour {best} des lignes nouvelles\u202f; toujours «\u202f{m.usual}\u202f» pour {base}",
    )


def _scores(m: Fit, seed: int, lang: Lang) -> Figure:
    """One row a model: test score with its interval, the score on known rows as an open mark, the baseline as a line."""
    error = m.task.kind == "number"
    scale = 1 if error else 100
    lines = [(NAMES[t.model].get(lang), scale * t.test[0], scale * t.test[1], scale * t.test[2]) for t in m.trials]
    parts = pick(
        lang,
        f"{whole(m.parts[0], lang)} to learn, {whole(m.parts[2], lang)} to test",
        f"{whole(m.parts[0], lang)} pour apprendre, {whole(m.parts[2], lang)} pour tester",
    )
    axis = (
        pick(lang, "mean error on test rows", "erreur moyenne sur les lignes de test")
        if error
        else pick(lang, "right answers on test rows (%)", "réponses justes sur les lignes de test (%)")
    )
    return intervals(
        lines, name="scores", title=_title(m, lang), subtitle=words.subtitle(m.task, parts, seed, lang), alt=both(_alt, m), lang=lang,
        axis=axis, baseline=scale * m.baseline[0],
        baseline_label=pick(lang, "always the mean", "toujours la moyenne") if error else pick(lang, f"always “{m.usual}”", f"toujours «\u202f{m.usual}\u202f»"),
        others=[(pick(lang, "on the rows learnt from", "sur les lignes apprises"), [scale * t.train for t in m.trials])], digits=1,
    )  # fmt: skip


def _alt(m: Fit, lang: Lang) -> str:
    colon, stop = pick(lang, ": ", " : "), pick(lang, "; ", " ; ")
    lines = stop.join(f"{NAMES[t.model].get(lang)}{colon}{ranged(m.task, t.test, lang)}" for t in m.trials)
    base = shown(m.task, m.baseline[0], lang)
    return pick(
        lang,
        f"Scores on {m.parts[2]} test rows with 95% intervals. {lines}. Baseline: {base}.",
        f"Scores sur {m.parts[2]} lignes de test, intervalles à 95 %. {lines}. Point de référence : {base}.",
    )
