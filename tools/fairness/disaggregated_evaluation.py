"""For whom is a system wrong? Any metric by group and by crossed groups, with intervals, and which gaps are more than chance.

Built in: the table of Gender Shades (Buolamwini and Gebru 2018). Also counts typed by the user, or a data
set with a prediction or a score. All pairs are tested and corrected for their number (Holm 1979; Benjamini
and Hochberg 1995), and the largest gap is set beside the one that chance gives groups of the same sizes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator

from tools.errors import BadInput
from tools.fairness.disaggregated.examples import EXAMPLES
from tools.finding import Finding, Text, both
from tools.tool import Run, Words, arg, tool

if TYPE_CHECKING:
    from tools.fairness.disaggregated.records import Cells, Measured

BUILT_IN = "gender-shades"
SIZES = ["50", "100", "300"]
Threshold = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int | float) else value)]
Metric = Literal["error", "accuracy", "fpr", "fnr", "ppv", "selection", "mean_error", "absolute_error", "auc"]


@tool(
    wing="fairness",
    version="1",
    title=Text(en="Evaluation by group", fr="Évaluation par groupe"),
    question=Text(
        en="For which group is the system wrong most often, and is the gap more than chance?",
        fr="Pour quel groupe le système se trompe-t-il le plus, et l’écart dépasse-t-il le hasard ?",
    ),
    needs=Text(en="a second or two; nothing to download for the built-in table", fr="une seconde ou deux ; rien à télécharger pour le tableau fourni"),
    seconds=120,
    examples=EXAMPLES,
)  # fmt: skip
def disaggregated_evaluation(
    run: Run,
    dataset: Annotated[
        str,
        arg(
            "gender-shades (the published table), compas, compas-violent, fico, adult, german, or the path of a CSV or Parquet file",
            "gender-shades (le tableau publié), compas, compas-violent, fico, adult, german, ou le chemin d’un fichier CSV ou Parquet",
        ),
    ] = BUILT_IN,
    counts: Annotated[
        str,
        arg(
            "your own counts, instead of a data set: women: 12/100; men: 5/120",
            "vos propres comptes, à la place d’un jeu de données : femmes : 12/100 ; hommes : 5/120",
            max_length=10_000,
        ),
    ] = "",
    metric: Annotated[
        Metric,
        arg(
            "error, accuracy, fpr, fnr, ppv, selection, mean_error, absolute_error (both for numbers) or auc (for a score)",
            "error (taux d’erreur), accuracy (exactitude), fpr, fnr, ppv, selection, mean_error, absolute_error (pour des nombres) ou auc (pour un score)",
        ),
    ] = "error",
    group: Annotated[
        str, arg("the column that says who; several joined by +: race+sex", "la colonne qui dit qui ; plusieurs jointes par + : race+sex")
    ] = "",
    label: Annotated[str, arg("the column with the true outcome", "la colonne du résultat vrai")] = "",
    positive: Annotated[str, arg("the value of that column that counts as positive", "la valeur de cette colonne qui compte comme positive")] = "",
    score: Annotated[
        str,
        arg(
            "the column with the prediction or score; baseline: a plain model trained here",
            "la colonne de la prédiction ou du score ; baseline : un modèle simple entraîné ici",
        ),
    ] = "",
    threshold: Annotated[Threshold, arg("flagged from this score on; none: the usual one", "signalé à partir de ce score ; aucun : le seuil usuel")] = "",
    classifier: Annotated[
        Literal["all", "microsoft", "face++", "ibm"],
        arg("which program of the Gender Shades table", "quel programme du tableau Gender Shades"),
    ] = "all",
    sizes: Annotated[
        Words,
        arg("what if each group had this many people: 50, 100, 300", "et si chaque groupe comptait ce nombre de personnes : 50, 100, 300", max_length=6),
    ] = SIZES,
) -> Finding:  # fmt: skip
    """Values by group, gaps with corrected tests, chance; ``BadInput`` says what a data set or a count lacks."""
    from tools.fairness.disaggregated import figure, figure_sizes, reading, tables, text
    from tools.fairness.disaggregated.measure import measure

    if counts.strip():
        across, alone, source = _typed(counts, metric)
    elif dataset.strip().casefold().replace("_", "-").replace(" ", "-") == BUILT_IN:
        across, alone, source = _published(classifier, metric)
    else:
        across, alone, source = _data(run, dataset, metric, group, label, positive, score, _number(threshold))
    m = measure(metric, across, alone, _whole(sizes), run.rng, _step(run))
    _comparable(m)
    kind, specimen = source["kind"], source["specimen"]
    second = figure_sizes.smaller(m, specimen.name, run.lang)
    own = [tables.sizes_table(m)] if m.sizes else []
    crossed = [tables.alone_table(m)] if m.marginals else []
    return run.finding(
        specimen=specimen,
        estimates=tables.estimates(m),
        tables=[tables.groups_table(m), tables.pairs_table(m), tables.chance_table(m), *crossed, *own],
        figures=[figure.forest(m, specimen.name, run.seed, run.lang), *([second] if second else [])],
        summary=_join(source.get("before"), both(text.summary, m)),
        how_to_read=_join(both(reading.how_to_read, m), source.get("read")),
        limits=both(reading.limits, m, kind),
        references=[*source["references"], *_methods(m)],
        private=source.get("private", False),
    )


def _published(classifier: str, metric: str) -> tuple[list[Cells], list[Cells], dict[str, Any]]:
    """The table of Gender Shades."""
    from tools.fairness.disaggregated import gender_shades

    if metric not in ("error", "accuracy"):
        raise BadInput(
            f"The Gender Shades table holds errors by group only, so '{metric}' cannot be computed from it. Use --metric error or accuracy, or another --dataset.",
            f"Le tableau Gender Shades ne contient que des erreurs par groupe, « {metric} » ne peut donc pas en être tiré. Prenez --metric error ou accuracy, ou un autre --dataset.",
        )
    across, alone = gender_shades.panels(classifier, metric)
    before = Text(
        en="Built-in case, the Gender Shades table of 2018: commercial programs that guess the gender of a face.",
        fr="Cas fourni, le tableau Gender Shades de 2018 : des programmes du commerce qui devinent le genre d’un visage.",
    )
    return across, alone, {"kind": "published", "specimen": gender_shades.specimen(), "before": before, "references": ["buolamwini2018", "raji2019"]}  # fmt: skip


def _typed(counts: str, metric: str) -> tuple[list[Cells], list[Cells], dict[str, Any]]:
    """Counts of the user."""
    from tools.fairness.disaggregated import counts as own

    if metric in ("mean_error", "absolute_error", "auc"):
        raise BadInput(
            f"Counts give shares, and '{metric}' is none: use --metric error, accuracy, fpr, fnr, ppv or selection.",
            f"Des comptes donnent des parts, et « {metric} » n’en est pas une : prenez --metric error, accuracy, fpr, fnr, ppv ou selection.",
        )
    across, alone = own.panels(counts)
    return across, alone, {"kind": "counts", "specimen": own.specimen(counts), "references": []}


def _data(
    run: Run, dataset: str, metric: str, group: str, label: str, positive: str, score: str, threshold: float | None
) -> tuple[list[Cells], list[Cells], dict[str, Any]]:  # fmt: skip
    """A data set: the outcome and the prediction of each person."""
    from tools.fairness.disaggregated import data as source
    from tools.fairness.disaggregated import told

    run.progress("Reading the data", "Lecture des données")
    if metric in ("mean_error", "absolute_error"):
        across, alone, data, group, gaps = source.mean_panels(dataset, group, label, score, metric)
        after, trained = told.gaps(len(data), across[0], gaps), False
    else:
        case = source.prepare(dataset, group, label, positive, score, threshold, "none", run.rng)
        across, alone = source.share_panels(case, metric)
        after, data = told.case(case), case.data
        trained = case.source == "baseline"  # then the summary says so first
    return (
        across,
        alone,
        {
            "kind": "data",
            "specimen": data.specimen,
            "private": data.private,
            "before" if trained else "read": after,
            "references": ["angwin2016"] if data.name.startswith("compas") else [],
        },
    )


def _step(run: Run) -> Any:
    return lambda done, total: run.progress("Dealing the groups by chance", "Groupes tirés au hasard", done, total)


def _join(*parts: Text | None) -> Text:
    kept = [part for part in parts if part]
    return Text(en=" ".join(part.en for part in kept), fr=" ".join(part.fr for part in kept))


def _number(threshold: str) -> float | None:
    if not threshold.strip():
        return None
    try:
        return float(threshold.strip().replace(",", "."))
    except ValueError:
        raise BadInput(
            f"--threshold must be a number, not '{threshold}'.",
            f"--threshold doit être un nombre, non « {threshold} ».",
        ) from None


def _whole(sizes: list[str]) -> list[int]:
    """The n of "what if", smallest first."""
    found = [int(size) if size.isdecimal() else 0 for size in sizes]
    if any(not 2 <= n <= 10_000_000 for n in found):
        raise BadInput(
            f"--sizes takes whole numbers of people from 2 to 10,000,000, such as 50, 100, 300; got {', '.join(sizes)}.",
            f"--sizes prend des nombres entiers de personnes, de 2 à 10 000 000, comme 50, 100, 300 ; reçu {', '.join(sizes)}.",
        )
    return sorted(set(found))


def _comparable(m: Measured) -> None:
    """Refuses when no panel has two groups large enough."""
    if any(len(panel.ranked) < 2 for panel in m.panels):
        shown = ", ".join(f"{group.name.en}: {group.n}" for group in m.panels[0].groups[:6])
        raise BadInput(
            f"Two groups of 30 people or more are needed to compare them; here the value rests on {shown}. Bring more people, join groups, or choose another metric.",
            f"Il faut deux groupes d’au moins 30 personnes pour les comparer ; ici la valeur repose sur {shown}. Apportez plus de personnes, réunissez des groupes, ou prenez une autre mesure.",
        )


def _methods(m: Measured) -> list[str]:
    """The works whose methods were used."""
    if m.is_share:
        own = ["wilson1927", *(["fisher1922"] if any(pair.test == "exact" for pair in m.pairs) else [])]
    else:
        own = ["delong1988"] if m.metric == "auc" else ["welch1947"]
    return [
        *own,
        "newcombe1998" if m.is_share else "zou2008",
        *(["holm1979", "benjamini1995"] if len(m.pairs) > 1 else []),
    ]
