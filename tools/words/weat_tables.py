"""The tables of a WEAT finding."""

from __future__ import annotations

from collections.abc import Mapping

from tools.finding import Cell, Table, Text, same
from tools.words.weat_sets import TESTS, Measured, Sets


def associations(measured: Measured) -> Table:
    """Every word of the two groups compared with its score, highest first."""
    pairs = [
        (score, word, group.label)
        for group, scores in ((measured.first, measured.first_scores), (measured.second, measured.second_scores))
        for word, score in zip(group.found, scores.tolist(), strict=True)
    ]
    score = Text(en="mean cosine with X", fr="cosinus moyen avec X") if measured.sets.single else same("s")
    return Table(
        name="associations",
        title=Text(en="Each word’s association", fr="L’association de chaque mot"),
        columns=[Text(en="word", fr="mot"), Text(en="set", fr="groupe"), score],
        rows=[[word, label, value] for value, word, label in sorted(pairs, key=lambda row: (-row[0], row[1]))],
    )


def comparison(measured: Measured) -> Table:
    """d with both deviations, and what was published on the same theme."""
    labels, result = measured.sets.labels, measured.result
    rows: list[list[Cell]] = [
        [Text(en="here, sample deviation (n − 1)", fr="ici, écart type d’échantillon (n − 1)"), result.d],
        [
            Text(en="here, population deviation (as WEFE prints)", fr="ici, écart type de population (comme WEFE)"),
            result.d_population,
        ],
    ]
    if labels.glove_d is not None:
        rows.append([Text(en="paper of 2017, GloVe vectors", fr="article de 2017, vecteurs GloVe"), labels.glove_d])
    if labels.iat_d is not None:
        rows.append([Text(en="people (IAT), over persons", fr="humains (IAT), sur des personnes"), labels.iat_d])
    return Table(
        name="comparison",
        title=Text(en="The same theme elsewhere", fr="Le même thème ailleurs"),
        columns=[Text(en="where", fr="où"), same("d")],
        rows=rows,
    )


def coverage(sets: Sets) -> Table:
    """How many words of each set the vectors hold, and which ones they do not."""
    return Table(
        name="coverage",
        title=Text(en="Words the vectors hold", fr="Mots présents dans les vecteurs"),
        columns=[
            Text(en="set", fr="groupe"), Text(en="given", fr="donnés"), Text(en="found", fr="trouvés"), Text(en="missing", fr="absents"),
        ],
        rows=[[g.label, len(g.given), len(g.given) - len(g.missing), ", ".join(g.missing)] for g in sets.groups],
    )  # fmt: skip


def tests(results: Mapping[str, Measured | None]) -> Table:
    """The ten tests, one row each; empty cells for a test left out (``None``)."""
    rows: list[list[Cell]] = []
    for test, measured in results.items():
        labels = TESTS[test]
        row: list[Cell] = [int(test), labels.title]
        if measured is None:
            row += [None] * 7
        else:
            result, n = measured.result, len(measured.first_scores) + len(measured.second_scores)
            given = sum(len(group.given) for group in measured.sets.groups)
            missing = sum(len(group.missing) for group in measured.sets.groups)
            row += [n, result.d, result.low, result.high, result.splits.p, result.d_population, 1 - missing / given]
        rows.append([*row, labels.glove_d, labels.iat_d])
    return Table(
        name="tests",
        title=Text(en="The ten tests", fr="Les dix tests"),
        columns=[
            Text(en="test", fr="test"), Text(en="what against what", fr="quoi face à quoi"), Text(en="words", fr="mots"), same("d"),
            Text(en="low (95%)", fr="bas (95 %)"), Text(en="high (95%)", fr="haut (95 %)"), same("p"),
            Text(en="d, population deviation", fr="d, écart type de population"), Text(en="coverage", fr="couverture"),
            Text(en="d in the paper (GloVe)", fr="d dans l’article (GloVe)"), Text(en="d of people (IAT)", fr="d des humains (IAT)"),
        ],
        rows=rows,
    )  # fmt: skip
