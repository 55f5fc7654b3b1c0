"""Who bears the errors of a score or a prediction, group by group, and which kinds of fairness can hold together?

Error rates, precision and calibration by group with intervals; the two readings of COMPAS (Angwin et al.
2016; Dieterich et al. 2016) side by side; every threshold at once, so that the result of Chouldechova 2017
and Kleinberg et al. 2017 can be seen. On data with a score, with a prediction, or with neither (a plain
model is trained on one half and audited on the other). It counts errors against a label taken as true.
Two more parts: corrections with their price, and a simulation in which the label itself is the bias.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from tools.finding import Finding, Text, both
from tools.tool import Run, Words, arg, tool

if TYPE_CHECKING:
    from tools.fairness.audit.measure import Measured
    from tools.finding import Figure

NO_GROUPS: list[str] = []

EXAMPLES = {
    "en": [
        "Is COMPAS biased against Black defendants?",
        "run a fairness audit",
        "false positive rates by race in the COMPAS data",
        "Reproduce ProPublica's Machine Bias numbers",
        "who was right, ProPublica or Northpointe?",
        "fairness audit of the adult data set by sex",
        "COMPAS with the 30-day filter",
        "Does the German credit data treat younger applicants worse?",
        "Audit my file decisions.csv: group is gender, label is hired, score is model_score",
        "disparate impact and equalised odds on compas, by race and sex",
        "Show me why calibration and equal error rates can't both hold",
        "what happens to the false negatives if I move the COMPAS threshold to 7",
        "Is the FICO score fair? compare groups at a threshold of 40",
        "I have predictions of a hiring model in a spreadsheet; are the error rates the same for women and men?",
        "four-fifths rule on loans.csv, column ethnicity",
        "threshold explorer for recidivism scores",
    ],
    "fr": [
        "COMPAS est-il biaisé contre les prévenus noirs ?",
        "lance un audit d'équité",
        "taux de faux positifs par origine dans les données COMPAS",
        "Reproduis les chiffres de ProPublica sur Machine Bias",
        "qui avait raison, ProPublica ou Northpointe ?",
        "audit d'équité du jeu adult selon le sexe",
        "COMPAS avec le filtre des 30 jours",
        "Les données de crédit allemandes désavantagent-elles les jeunes ?",
        "Audite mon fichier decisions.csv : le groupe est genre, l'étiquette embauche, le score est score_modele",
        "effet disproportionné et chances égalisées sur compas, par origine et sexe",
        "Montre-moi pourquoi la calibration et l'égalité des erreurs ne tiennent pas ensemble",
        "que deviennent les faux négatifs si je mets le seuil de COMPAS à 7",
        "Le score FICO est-il équitable ? compare les groupes au seuil de 40",
        "J'ai les prédictions d'un modèle de recrutement dans un tableur ; les taux d'erreur sont-ils les mêmes pour les femmes et les hommes ?",
        "règle des quatre cinquièmes sur prets.csv, colonne origine",
        "explorateur de seuils pour des scores de récidive",
    ],
}


@tool(
    wing="fairness",
    version="1",
    title=Text(en="Fairness audit of decisions", fr="Audit d’équité de décisions"),
    question=Text(
        en="Who bears the errors of this score, and which kinds of fairness can hold together?",
        fr="Qui supporte les erreurs de ce score, et quelles formes d’équité peuvent tenir ensemble ?",
    ),
    needs=Text(
        en="data with groups and outcomes (COMPAS built in), or your CSV; a few seconds",
        fr="des données avec des groupes et des résultats (COMPAS fourni), ou votre CSV ; quelques secondes",
    ),
    seconds=300,
    examples=EXAMPLES,
)
def fairness_audit(
    run: Run,
    part: Annotated[
        Literal["audit", "mitigate", "obermeyer"],
        arg(
            "audit; mitigate: correct a model and see the price; obermeyer: invented hospitals where the label (cost for need) is the bias",
            "audit ; mitigate : corriger un modèle et voir le prix ; obermeyer : des hôpitaux inventés où l’étiquette (le coût pour le "
            "besoin) est le biais",
        ),
    ] = "audit",
    dataset: Annotated[
        str,
        arg(
            "compas, compas-violent, adult, german, fico, credit-like, churn-like, or the path of a CSV or Parquet file",
            "compas, compas-violent, adult, german, fico, credit-like, churn-like, ou le chemin d’un fichier CSV ou Parquet",
            max_length=1000,
        ),
    ] = "compas",
    group: Annotated[
        str,
        arg(
            "the column that says who (race, sex), or several joined by + (race+sex); none: the data set’s first",
            "la colonne qui dit qui (race, sex), ou plusieurs jointes par + (race+sex) ; aucune : la première du jeu",
            max_length=200,
        ),
    ] = "",
    label: Annotated[
        str,
        arg(
            "the column of what happened; none: the data set’s own",
            "la colonne de ce qui est arrivé ; aucune : celle du jeu",
            max_length=200,
        ),
    ] = "",
    positive: Annotated[
        str,
        arg(
            "the value of the label that counts (1, yes, >50K); none: the data set’s own",
            "la valeur de l’étiquette qui compte (1, oui, >50K) ; aucune : celle du jeu",
            max_length=200,
        ),
    ] = "",
    score: Annotated[
        str,
        arg(
            "the column of a score or a prediction; FILE.skops: a saved scikit-learn model; baseline: train a plain model; none: the data set’s own, else a plain model",
            "la colonne d’un score ou d’une prédiction ; FICHIER.skops : un modèle scikit-learn enregistré ; baseline : entraîner un modèle simple ; aucune : celle du jeu, sinon un modèle simple",
            max_length=200,
        ),
    ] = "",
    threshold: Annotated[
        float | None,
        arg(
            "flagged from this score on; none: the usual one (COMPAS: 5, medium or high)",
            "signalé à partir de ce score ; aucun : le seuil habituel (COMPAS : 5, moyen ou élevé)",
            allow_inf_nan=False,
        ),
    ] = None,
    compare: Annotated[
        Words,
        arg(
            "two groups to compare first; none: the two largest",
            "deux groupes à comparer d’abord ; aucun : les deux plus grands",
            max_length=2,
        ),
    ] = NO_GROUPS,
    filter: Annotated[
        Literal["none", "30days"],
        arg(
            "none, or 30days: only people screened within 30 days of the arrest, as ProPublica did for COMPAS",
            "none, ou 30days : seulement les personnes évaluées à 30 jours au plus de l’arrestation, comme ProPublica pour COMPAS",
        ),
    ] = "none",
    reading: Annotated[
        Literal["both", "propublica", "northpointe"],
        arg(
            "whose question the summary answers: both, propublica (errors) or northpointe (precision)",
            "à quelle question le résumé répond : both, propublica (les erreurs) ou northpointe (la précision)",
        ),
    ] = "both",
    recipe: Annotated[
        str,
        arg(
            "obermeyer: parameters to change, such as less=0, percentile=95; none: the published means",
            "obermeyer : paramètres à changer, comme less=0, percentile=95 ; aucun : les moyennes publiées",
            max_length=500,
        ),
    ] = "",
) -> Finding:
    """See the module docstring; errors: ``BadInput`` for columns that are not there and groups too few or too small."""
    if part == "mitigate":
        from tools.fairness.mitigation import mitigate

        return run.finding(**mitigate(run, dataset, group, label, positive=positive))
    if part == "obermeyer":
        from tools.fairness.obermeyer import obermeyer

        return run.finding(**obermeyer(run, recipe))
    parts = audit(run, dataset, group, label, positive, score, threshold, compare, filter, reading)
    return run.finding(**parts)


def audit(
    run: Run, dataset: str, group: str, label: str, positive: str, score: str, threshold: float | None,
    compare: list[str], filter: str, reading: str,
) -> dict[str, Any]:  # fmt: skip
    """The parts of the finding."""
    from tools.fairness.audit import reading as explained
    from tools.fairness.audit import text
    from tools.fairness.audit.case import prepare
    from tools.fairness.audit.measure import measure
    from tools.fairness.audit.tables import estimates, tables

    run.progress("Reading the data", "Lecture des données")
    rng = run.rng
    case = prepare(dataset, group, label, positive, score, threshold, filter, rng)
    run.progress("Counting errors by group and resampling", "Comptage des erreurs par groupe et rééchantillonnage")
    m = measure(case, compare, rng)
    run.progress("Drawing", "Dessin")
    return {
        "specimen": case.data.specimen,
        "estimates": estimates(m, reading),
        "tables": tables(m),
        "figures": figures(run, m, reading),
        "summary": both(text.summary, m, reading),
        "how_to_read": both(explained.how_to_read, m),
        "limits": both(explained.limits, m),
        "references": references(m),
        "private": case.data.private,
    }


def figures(run: Run, m: Measured, reading: str) -> list[Figure]:
    """The threshold explorer, the calibration and the groups; the reading of Northpointe looks at the calibration first."""
    from tools.fairness.audit import figure, lanes

    groups = lanes.draw(m, run.seed, run.lang)
    if m.case.source == "prediction":
        return [groups]
    two = [figure.explorer(m, run.seed, run.lang), figure.calibration(m, run.seed, run.lang)]
    return [*(reversed(two) if reading == "northpointe" else two), groups]


def references(m: Measured) -> list[str]:
    """The works behind the measures, and those about the data."""
    from tools.specimens.datasets import REFERENCES

    about = (
        ["angwin2016", "larson2016", "dieterich2016", "dressel2018", "barenstein2019"]
        if m.case.data.name.startswith("compas")
        else []
    )
    about += REFERENCES.get(m.case.data.name, [])
    methods = ["chouldechova2017", "kleinberg2017", "hardt2016", "efron1979", "delong1988", "mantel1959", "wilson1927"]
    return [*about, *methods]
