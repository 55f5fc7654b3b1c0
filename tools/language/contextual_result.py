"""The estimates and tables of a ``contextual_embeddings`` result."""

from __future__ import annotations

from tools.finding import Cell, Estimate, Table, Text, same
from tools.language import contextual_text as text
from tools.language.contextual_measure import Measured
from tools.words.association import CONFIDENCE


def estimates(m: Measured) -> list[Estimate]:
    """Silhouette and right neighbours of the layer shown, silhouette of the last layer, self-similarity."""
    found, n = [], len(m.examples)
    if m.apart:
        s, test = m.apart, text.test_name(m)
        low, high = s.interval
        found += [
            Estimate(
                name="silhouette", label=text.silhouette_label(m), value=float(s.silhouette[m.layer]), low=low, high=high,
                confidence=CONFIDENCE, p=s.p, test=test, n=len(s.rows), baseline=0, baseline_label=text.NO_GROUP,
            ),
            Estimate(
                name="same_sense", label=text.right_label(m), value=float(s.right[m.layer]), p=s.p_right, test=test,
                n=len(s.rows), baseline=s.chance, baseline_label=text.SHUFFLED,
            ),
            Estimate(
                name="silhouette_last", label=text.LAST, value=float(s.silhouette[-1]), n=len(s.rows), baseline=0,
                baseline_label=text.NO_GROUP,
            ),
        ]  # fmt: skip
    found.append(
        Estimate(
            name="similarity", label=text.similarity_label(m), value=float(m.similarity[m.layer]), n=n * (n - 1) // 2,
            baseline=float(m.similarity[0]), baseline_label=text.ONE_POINT,
        )
    )  # fmt: skip
    return found


def tables(m: Measured) -> list[Table]:
    """Layer by layer, the nearest occurrence of each, and the sentences left out."""
    found = [layer_table(m), nearest_table(m)]
    if m.left_out:
        rows: list[list[Cell]] = [[same(sentence), why] for sentence, why in m.left_out]
        found.append(
            Table(
                name="left_out",
                title=Text(en="Sentences left out", fr="Phrases laissées de côté"),
                columns=[Text(en="Sentence", fr="Phrase"), Text(en="Why", fr="Pourquoi")],
                rows=rows,
            )
        )
    return found


def layer_table(m: Measured) -> Table:
    """One row a layer."""
    columns = [Text(en="Layer", fr="Couche"), text.SIMILARITY]
    if m.apart:
        columns += [
            text.SILHOUETTE,
            Text(en="Shuffled senses: 97.5% are below", fr="Sens mélangés : 97,5 % sont en dessous"),
            text.RIGHT,
        ]
    rows: list[list[Cell]] = []
    for layer, similarity in enumerate(m.similarity):
        row: list[Cell] = [layer, float(similarity)]
        if m.apart:
            row += [float(values[layer]) for values in (m.apart.silhouette, m.apart.high, m.apart.right)]
        rows.append(row)
    return Table(name="layers", title=Text(en="Layer by layer", fr="Couche par couche"), columns=columns, rows=rows)


def nearest_table(m: Measured) -> Table:
    """One row an occurrence: its sense, the nearest other occurrence, whether the sense is the same."""

    def sense(i: int) -> Cell:
        return m.senses[m.labels[i]] if m.labels[i] >= 0 else None

    rows: list[list[Cell]] = []
    for i, j in enumerate(m.nearest(m.layer).tolist()):
        known = m.labels[i] >= 0 and m.labels[j] >= 0
        rows.append(
            [
                i + 1, same(text.excerpt(m, i)), sense(i), j + 1, same(text.excerpt(m, j)), sense(j), float(m.cosines[m.layer, i, j]),
                bool(m.labels[i] == m.labels[j]) if known else None,
            ]
        )  # fmt: skip
    return Table(
        name="nearest",
        title=Text(en=f"Nearest occurrence, layer {m.layer}", fr=f"Occurrence la plus proche, couche {m.layer}"),
        columns=[
            Text(en="No.", fr="Nº"),
            Text(en="Occurrence", fr="Occurrence"),
            Text(en="Sense", fr="Sens"),
            Text(en="Nearest", fr="La plus proche"),
            Text(en="Its sentence", fr="Sa phrase"),
            Text(en="Its sense", fr="Son sens"),
            Text(en="Cosine", fr="Cosinus"),
            Text(en="Same sense", fr="Même sens"),
        ],
        rows=rows,
    )
