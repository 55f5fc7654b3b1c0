"""Correcting a classifier: what changes, at what price, and who pays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.finding import both

if TYPE_CHECKING:
    from tools.tool import Run

REFERENCES = ["hardt2016", "kamiran2012", "agarwal2018", "weerts2023", "efron1979", "wilson1927"]


def mitigate(
    run: Run, dataset: str = "compas", group: str = "", label: str = "", seed: int | None = None, positive: str = ""
) -> dict[str, Any]:
    """The parts of a finding on six corrections of a logistic regression.

    Args:
        run: progress, Stop, language and seed.
        dataset: a name or the path of a CSV or Parquet file.
        group: the column that says who, or several joined by "+"; none: the data set's first.
        label: the column to predict; none: the data set's own.
        seed: of the split, of the lots and of the bootstrap; none: the run's.
        positive: the value of the label that counts as the outcome; none: the data set's own.

    Errors: ``BadInput`` for a data set, column or value that does not exist, or too few people to compare two groups.
    """
    import numpy as np

    from tools.fairness.mitigation import figure, reading, tables, text
    from tools.fairness.mitigation.measure import measure
    from tools.fairness.mitigation.methods import METHODS
    from tools.fairness.mitigation.people import gather

    seed = run.seed if seed is None else seed
    rng = np.random.default_rng(seed)
    run.progress("Reading the data", "Lecture des données", 0, len(METHODS) + 1)
    people = gather(dataset, group, label, positive, rng)
    done = ["none", *METHODS]

    def step(name: str) -> None:
        told = text.METHOD[name]
        run.progress(f"Training: {told.en}", f"Apprentissage : {told.fr}", done.index(name), len(done))

    m = measure(people, seed, rng, step)
    return {
        "question": text.QUESTION,
        "specimen": people.data.specimen,
        "estimates": tables.estimates(m),
        "tables": [tables.price_table(m), tables.rates_table(m), tables.paid_table(m)],
        "figures": [figure.tradeoff(m, seed, run.lang), figure.paid(m, seed, run.lang)],
        "summary": both(text.summary, m),
        "how_to_read": both(reading.how_to_read, m),
        "limits": both(reading.limits, m),
        "references": REFERENCES,
        "private": people.data.private,
    }
