"""The classic models of a first course, learnt, tested, and broken on purpose, on tables about credit, churn, bicycles or digits.

Eight lessons: split done right, leakage, decision boundary, importances and their trap, over- and underfitting,
the movable threshold, what stays of a column that was dropped, and columns made out of others. Models: scikit-learn (Pedregosa et al. 2011,
JMLR 12:2825); leakage: Kapoor and Narayanan 2023.
"""

from __future__ import annotations

from typing import Annotated, Literal

from tools.errors import BadInput
from tools.fairness.learning.requests import EXAMPLES
from tools.finding import Finding, Text
from tools.tool import Run, Words, arg, tool

USUAL = {"threshold": "churn", "proxies": "adult", "features": "bikes"}
"""The built-in table of a lesson; the others take the German credit file."""


@tool(
    wing="fairness",
    version="1",
    title=Text(en="Machine-learning lab", fr="Laboratoire d’apprentissage automatique"),
    question=Text(
        en="What does a model learn from a table, and does its score tell the truth?",
        fr="Qu’apprend un modèle d’un tableau, et son score dit-il vrai ?",
    ),
    needs=Text(en="1 to 25 seconds, a table of 5 MB at most", fr="1 à 25 secondes, un tableau de 5 Mo au plus"),
    seconds=180,
    examples=EXAMPLES,
)
def ml_lab(
    run: Run,
    lesson: Annotated[
        Literal["fit", "leakage", "boundary", "importance", "capacity", "threshold", "proxies", "features"],
        arg(
            "fit (test done right), leakage (done wrong), boundary, importance, capacity (over- and underfitting), threshold (precision, recall, F1), proxies (a column dropped), features (columns made out of others)",
            "fit (test bien fait), leakage (mal fait : fuites), boundary (frontière), importance, capacity (sur- et sous-apprentissage), threshold (seuil : précision, rappel, F1), proxies (une colonne retirée), features (des colonnes fabriquées)",
        ),
    ] = "fit",
    dataset: Annotated[
        str,
        arg(
            "german, loan, churn, bikes, digits, adult, compas, or the path of a CSV or Parquet file; none: the lesson’s own",
            "german, loan, churn, bikes, digits, adult, compas, ou le chemin d’un fichier CSV ou Parquet ; aucun : celui de la leçon",
            max_length=1000,
        ),
    ] = "",
    model: Annotated[
        Literal["all", "linear", "knn", "tree", "forest", "mlp"],
        arg(
            "linear (or logistic), knn, tree, forest, mlp (neural network); all: those of the lesson",
            "linear (linéaire ou logistique), knn (plus proches voisins), tree (arbre), forest (forêt), mlp (réseau de neurones) ; all : ceux de la leçon",
        ),
    ] = "all",
    label: Annotated[
        str,
        arg(
            "the column to predict; none: the table’s own",
            "la colonne à prédire ; aucune : celle du tableau",
            max_length=200,
        ),
    ] = "",
    positive: Annotated[
        str,
        arg(
            "the answer that counts as yes; none: the table’s own",
            "la réponse qui compte comme oui ; aucune : celle du tableau",
            max_length=200,
        ),
    ] = "",
    features: Annotated[
        Words,
        arg(
            "the columns to learn from, two for a boundary; none: all",
            "les colonnes dont apprendre, deux pour une frontière ; aucune : toutes",
            max_length=60,
        ),
    ] = [],  # noqa: B006  the decorator copies defaults
    group: Annotated[
        str,
        arg(
            "proxies: the column about people to drop; none: sex",
            "proxies : la colonne sur les personnes à retirer ; aucune : le sexe",
            max_length=200,
        ),
    ] = "",
    threshold: Annotated[
        float, arg("threshold: where a chance becomes a yes", "threshold : où une chance devient un oui", gt=0, lt=1)
    ] = 0.5,
) -> Finding:
    """One lesson on one table."""
    from importlib import import_module

    from tools.fairness.learning.words import Wanted
    from tools.specimens import datasets

    if lesson == "boundary" and features and len(features) != 2:
        raise BadInput(
            f"A boundary is drawn on two columns; --features names {len(features)}.",
            f"Une frontière se dessine sur deux colonnes ; --features en nomme {len(features)}.",
        )
    run.progress("Reading the table", "Lecture du tableau")
    data = datasets.load(dataset.strip() or USUAL.get(lesson, "german"))
    wanted = Wanted(model, label.strip(), positive.strip(), features, group.strip(), threshold)
    page = import_module(f"tools.fairness.learning.{lesson}_page").page
    parts = page(run, data, wanted)
    parts["references"] = [*parts["references"], *datasets.REFERENCES.get(data.name, [])]
    return run.finding(
        specimen=data.specimen, private=data.private, **parts
    )  # a boundary shows rows of the person's table
