"""What the lesson ``threshold`` shows: three curves and a line that can be moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tools.fairness.learning import threshold, words
from tools.fairness.learning.task import prepare
from tools.fairness.learning.words import Wanted, capital, pick, plain, the, whole
from tools.figures import BLUE, FAINT, INK, OCHRE, PURPLE, TEAL, drawing, svg
from tools.finding import Estimate, Figure, Lang, Table, Text, both
from tools.numbers import number, percent

if TYPE_CHECKING:
    from tools.fairness.learning.threshold import Moved
    from tools.specimens.tabular import Dataset
    from tools.tool import Run

CAP, FEW = 5000, 10  # below so many named cases the curve of precision is not drawn
SHOWN = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def page(run: Run, data: Dataset, wanted: Wanted) -> dict[str, Any]:
    """All parts of the finding."""
    task = prepare(
        data, run.rng, label=wanted.label, positive=wanted.positive, features=wanted.features, cap=CAP, binary=True
    )
    run.progress("Learning", "Apprentissage")
    m = threshold.measure(task, wanted.one("linear"), wanted.threshold, run.seed, run.rng)
    return {
        "estimates": _estimates(m),
        "tables": [_table(m)],
        "figures": [_figure(m, run.seed, run.lang)],
        "summary": both(summary, m),
        "how_to_read": both(how_to_read, m),
        "limits": both(limits, m),
        "references": ["verine2024", "wilson1927", "efron1979", "delong1988"],
    }


def _estimates(m: Moved) -> list[Estimate]:
    share = (m.here.tp + m.here.fn) / m.parts[1]
    everyone = Text(en="everyone called positive", fr="tout le monde déclaré positif")
    none = (float("nan"),) * 2
    called = m.here.tp + m.here.fp
    precision = (
        [
            words.estimate(
                "precision", "Precision", "Précision", m.precision, called, baseline=share, baseline_label=everyone
            )
        ]
        if called
        else []
    )
    return [
        words.estimate("recall", "Recall", "Rappel", m.recall, m.here.tp + m.here.fn),
        *precision,
        words.estimate("f1", "F1", "F1", m.f1, m.parts[1], baseline=2 * share / (1 + share), baseline_label=everyone),
        words.estimate("auc", "AUC (no threshold)", "AUC (sans seuil)", m.auc, m.parts[1], baseline=0.5),
        words.estimate(
            "best_threshold",
            "Threshold with the highest F1",
            "Seuil au F1 le plus haut",
            (m.best.threshold, *none),
            m.parts[1],
        ),
    ]


def _table(m: Moved) -> Table:
    heads = [("threshold", "seuil"), ("found (TP)", "trouvés (VP)"), ("false alarms (FP)", "fausses alertes (FP)"), ("missed (FN)", "manqués (FN)"), ("rightly left (TN)", "écartés à raison (VN)"),
             ("precision", "précision"), ("recall", "rappel"), ("F1", "F1"), ("right answers", "réponses justes")]  # fmt: skip
    cuts = {cut.threshold: cut for cut in m.curve if cut.threshold in SHOWN} | {m.here.threshold: m.here}
    rows: list[list[Any]] = []
    for _, cut in sorted(cuts.items()):
        numbers = [
            Text(en=number(v, "en"), fr=number(v, "fr")) for v in (cut.precision, cut.recall, cut.f1, cut.accuracy)
        ]
        rows.append(
            [
                Text(en=number(cut.threshold, "en"), fr=number(cut.threshold, "fr")),
                cut.tp,
                cut.fp,
                cut.fn,
                cut.tn,
                *numbers,
            ]
        )
    return Table(
        name="thresholds",
        title=Text(en="Every threshold", fr="Chaque seuil"),
        columns=[Text(en=e, fr=f) for e, f in heads],
        rows=rows,
    )


def summary(m: Moved, lang: Lang) -> str:
    """What happens at this threshold, lower, higher, and where F1 is highest."""
    here, low, high = m.here, m.curve[19], m.curve[79]
    at, n = number(here.threshold, lang), whole(m.parts[1], lang)
    positive, found = whole(here.tp + here.fn, lang), whole(here.tp, lang)
    called, model, aim = whole(here.tp + here.fp, lang), the(m.model, lang), words.aim(m.task, lang)
    if lang == "en":
        wrong = (
            f"{whole(here.fp, lang)} of the {called} it names are false alarms"
            if here.tp + here.fp
            else "it names nobody"
        )
        return (
            f"{capital(model)} gives each of {n} new rows of {m.task.name} a chance of “{aim}”; a threshold turns the chance into yes or no. At {at} it finds {found} of the {positive} true cases, and {wrong}. "
            f"At {number(0.2, lang, 1)} it finds {percent(low.recall, lang)} of them and is right in {percent(low.precision, lang)} of what it names; at {number(0.8, lang, 1)}, it finds {percent(high.recall, lang)}"
            + (f" and is right in {percent(high.precision, lang)}. " if high.tp + high.fp else " and names nobody. ")
            + f"F1, the balance of the two, is highest at {number(m.best.threshold, lang)}; whether a missed case or a false alarm is worse is for people to say."
        )
    wrong = (
        f"{whole(here.fp, lang)} des {called} cas désignés sont de fausses alertes"
        if here.tp + here.fp
        else "il ne désigne personne"
    )
    return (
        f"{capital(model)} donne à chacune des {n} lignes nouvelles de {m.task.name} une chance d’être « {aim} » ; un seuil change cette chance en oui ou non. À {at}, on trouve {found} des {positive} vrais cas, et {wrong}. "
        f"À {number(0.2, lang, 1)}, il en trouve {percent(low.recall, lang)} et a raison dans {percent(low.precision, lang)} de ce qu’il désigne ; à {number(0.8, lang, 1)}, il en trouve {percent(high.recall, lang)}"
        + (f" et a raison dans {percent(high.precision, lang)}. " if high.tp + high.fp else " et ne désigne personne. ")
        + f"F1, l’équilibre des deux, est au plus haut à {number(m.best.threshold, lang)} ; dire si un cas manqué est pire qu’une fausse alerte revient aux personnes."
    )


def how_to_read(m: Moved, lang: Lang) -> str:
    """The formulas, the rows, the intervals."""
    train, test = (whole(n, lang) for n in m.parts)
    if lang == "en":
        return (
            f"Precision = TP / (TP + FP): of those named, how many are right. Recall = TP / (TP + FN): of the true cases, how many are found. F1 = 2 × precision × recall / (precision + recall) = 2TP / (2TP + FP + FN). "
            f"The model learnt on {train} rows; the counts are of {test} others. Move the line with --threshold. Intervals: Wilson 1927 for precision and recall, 2,000 bootstrap draws of the four counts for F1 (Efron 1979), DeLong et al. 1988 for the AUC, the chance that a true case gets a higher score than another."
        )
    return (
        f"Précision = VP / (VP + FP) : parmi les cas désignés, combien sont justes. Rappel = VP / (VP + FN) : parmi les vrais cas, combien sont trouvés. F1 = 2 × précision × rappel / (précision + rappel) = 2VP / (2VP + FP + FN). "
        f"Le modèle a appris sur {train} lignes ; les comptes portent sur {test} autres. Déplacez la ligne avec --threshold. Intervalles : Wilson 1927 pour la précision et le rappel, 2 000 tirages bootstrap des quatre comptes pour F1 (Efron 1979), DeLong et al. 1988 pour l’AUC, la chance qu’un vrai cas ait un score plus haut qu’un autre."
    )


def limits(m: Moved, lang: Lang) -> str:
    """F1 forgets TN; the best threshold is of these rows; groups."""
    return pick(
        lang,
        "F1 ignores those rightly left alone and counts the two errors alike, which is a choice about people. The threshold with the highest F1 was found on the rows that score it. Precision depends on how frequent the true cases are: elsewhere it will differ. "
        "One threshold can treat groups differently (see fairness_audit). ",
        "F1 ignore ceux qu’on écarte à raison et compte autant les deux erreurs : c’est un choix sur des personnes. Le seuil au F1 le plus haut a été trouvé sur les lignes qui le notent. La précision dépend de la fréquence des vrais cas : ailleurs, elle sera autre. "
        "Un même seuil peut traiter des groupes différemment (voir fairness_audit). ",
    ) + words.common_limits(m.task, lang)


def _figure(m: Moved, seed: int, lang: Lang) -> Figure:
    """The three curves over the threshold, the chosen line; below, where the true cases and the others fall."""
    h = m.here
    title = pick(
        lang,
        f"At a threshold of {number(h.threshold, lang)}, {percent(h.recall, lang)} of the true cases are found, and {percent(h.precision, lang) + ' of those named are right' if h.tp + h.fp else 'nobody is named'}",
        f"Au seuil de {number(h.threshold, lang)}, {percent(h.recall, lang)} des vrais cas sont trouvés, et {percent(h.precision, lang) + ' des désignés sont justes' if h.tp + h.fp else 'personne n’est désigné'}",
    )
    middle = f"{words.aim(m.task, lang)[:32]} · {the(m.model, lang)} · {pick(lang, f'{whole(m.parts[1], lang)} new rows', f'{whole(m.parts[1], lang)} lignes nouvelles')}"
    with drawing(title, words.subtitle(m.task, middle, seed, lang), height=4.4) as (figure, axes):
        box = axes.get_position()
        axes.set_position((box.x0, box.y0 + 0.3 * box.height, box.width, 0.7 * box.height))
        _curves(axes, m, lang)
        axes.set_ylim(0, 1.05)
        axes.set_xlim(0, 1)
        axes.set_xticklabels([])
        lower = figure.add_axes((box.x0, box.y0, box.width, 0.26 * box.height), sharex=None)
        _cases(lower, m, lang)
        for part in (axes, lower):
            part.axvline(h.threshold, color=OCHRE, linewidth=1.8)
        lower.set_xlabel(
            pick(lang, "threshold, and the chance given by the model", "seuil, et chance donnée par le modèle")
        )
        if lang == "fr":
            lower.xaxis.set_major_formatter(lambda v, _: number(v, "fr", 1))
            axes.yaxis.set_major_formatter(lambda v, _: number(v, "fr", 1))
        return svg(figure, "threshold", both(_alt, m), lang)


def _curves(axes: Any, m: Moved, lang: Lang) -> None:
    """Recall, precision and F1, each named on its line, with the point of the chosen threshold."""
    x = np.array([cut.threshold for cut in m.curve])
    ends = (
        (TEAL, "recall", pick(lang, "recall", "rappel"), 0.16),
        (BLUE, "precision", pick(lang, "precision", "précision"), 0.8),
        (PURPLE, "f1", "F1", 0.06),
    )
    for (color, kind, label, at), style in zip(ends, ("-", "--", "-."), strict=True):
        y = np.array(
            [getattr(cut, kind) if kind != "precision" or cut.tp + cut.fp >= FEW else np.nan for cut in m.curve]
        )
        axes.plot(x, y, style, color=color, linewidth=2)
        place = int(np.nanargmin(np.abs(x - at)))
        if y[place] == y[place]:
            axes.annotate(
                label,
                (x[place], y[place]),
                xytext=(0, 6 if y[place] < 0.93 else -14),
                textcoords="offset points",
                fontsize=9.5,
                color=color,
                fontweight="bold",
                ha="center",
            )
        if (value := getattr(m.here, kind)) == value:
            axes.plot([m.here.threshold], [value], "o", color=color, markersize=7, zorder=4)


def _cases(lower: Any, m: Moved, lang: Lang) -> None:
    """How many true cases (up) and others (down) got each chance."""
    bins = np.linspace(0, 1, 41)
    ones, counts = (np.histogram(m.chances[m.truth == value], bins)[0] for value in (1, 0))
    lower.bar((bins[:-1] + bins[1:]) / 2, ones, width=bins[1], color=TEAL)
    lower.set_ylim(-counts.max() * 1.05, max(ones.max(), 0.45 * counts.max()) * 1.15)
    lower.bar((bins[:-1] + bins[1:]) / 2, -counts, width=bins[1], color=FAINT)
    lower.axhline(0, color=INK, linewidth=0.8)
    lower.set_xlim(0, 1)
    lower.set_yticks([])
    lower.text(
        0.995,
        0.95,
        pick(lang, "true cases", "vrais cas"),
        transform=lower.transAxes,
        fontsize=8.5,
        color=TEAL,
        va="top",
        ha="right",
    )
    lower.text(
        0.995,
        0.07,
        pick(lang, "the others", "les autres"),
        transform=lower.transAxes,
        fontsize=8.5,
        color="#5b5850",
        ha="right",
    )


def _alt(m: Moved, lang: Lang) -> str:
    colon = pick(lang, ": ", " : ")
    parts = [f"{pick(lang, 'recall', 'rappel')}{colon}{plain(m.recall, lang)}", f"F1{colon}{plain(m.f1, lang)}"]
    if m.here.tp + m.here.fp:
        parts.insert(0, f"{pick(lang, 'precision', 'précision')}{colon}{plain(m.precision, lang)}")
    at = number(m.here.threshold, lang)
    return (
        pick(
            lang,
            f"Precision, recall and F1 over the threshold. At {at}: ",
            f"Précision, rappel et F1 selon le seuil. À {at} : ",
        )
        + pick(lang, "; ", " ; ").join(parts)
        + "."
    )
