"""The estimates, tables and specimen of the arithmetic lesson."""

from __future__ import annotations

import hashlib

import numpy as np

from tools.finding import Cell, Estimate, Specimen, Table, Text, same
from tools.language.attention_lesson import Lesson, Mix
from tools.language.attention_lesson_text import EVEN, RIGHT_ANGLE
from tools.language.inside import Floats

WORD = Text(en="Word", fr="Mot")
AXES = [Text(en="Technology", fr="Technologie"), Text(en="Fruit", fr="Fruit")]


def specimen(x: Lesson) -> Specimen:
    """The vectors themselves: what was computed on."""
    content = ";".join(
        f"{word}:{','.join(map(repr, row))}" for word, row in zip(x.mix.words, x.mix.vectors.tolist(), strict=True)
    )
    return Specimen(
        name="vectors of the lesson" if x.course else "vectors given by the user",
        source="J. Simon, Esprits numériques, session 11" if x.course else "the request",
        revision="",
        sha256=hashlib.sha256(content.encode()).hexdigest(),
    )


def estimates(x: Lesson) -> list[Estimate]:
    """The share of each word in the new vector of the one that is followed, and the cosine behind the largest."""
    m, n, found = x.mix, len(x.mix.words), []
    for i, word in enumerate(m.words):
        label = Text(
            en=f"Share of “{word}” in the new “{x.word}”", fr=f"Part de « {word} » dans le nouveau « {x.word} »"
        )
        found.append(
            Estimate(
                name=f"share_{i + 1}_{word}",
                label=label,
                value=float(m.weights[x.source, i]),
                n=n,
                baseline=1 / n,
                baseline_label=EVEN,
            )
        )
    if x.other is not None:
        other = m.words[x.other]
        found.append(
            Estimate(
                name="cosine", label=Text(en=f"Cosine of “{x.word}” and “{other}”", fr=f"Cosinus de « {x.word} » et « {other} »"),
                value=float(m.cosines[x.source, x.other]), n=m.vectors.shape[1], baseline=0, baseline_label=RIGHT_ANGLE,
            )
        )  # fmt: skip
    return found


def tables(x: Lesson) -> list[Table]:
    """Each step as a table, in the order of the computation."""
    m = x.mix
    found = [
        vector_table(x),
        square("dots", Text(en="1. Dot products", fr="1. Produits scalaires"), m, m.dots),
        square("cosines", Text(en="2. Cosines", fr="2. Cosinus"), m, m.cosines),
        square("scaled", Text(en="3. Dot products divided by √d", fr="3. Produits scalaires divisés par √d"), m, m.scaled),
        step_table(x),
        square(
            "weights", Text(en="5. Shares of every word: each row adds up to 1", fr="5. Parts de chaque mot : chaque ligne fait 1"),
            m, m.weights,
        ),
        new_table(x),
    ]  # fmt: skip
    if x.full:
        every = Text(
            en="With the words left out, on three axes: shares",
            fr="Avec les mots laissés de côté, sur trois axes : parts",
        )
        found.append(square("all_words", every, x.full, x.full.weights))
    return found


def vector_table(x: Lesson) -> Table:
    """The vectors and their lengths."""
    m = x.mix
    d = m.vectors.shape[1]
    axes = AXES if x.course else [same(str(i + 1)) for i in range(d)]
    rows: list[list[Cell]] = [
        [same(word), *map(float, row), float(np.linalg.norm(row))] for word, row in zip(m.words, m.vectors, strict=True)
    ]
    columns = [WORD, *axes, Text(en="Length", fr="Longueur")]
    return Table(name="vectors", title=Text(en="0. The vectors", fr="0. Les vecteurs"), columns=columns, rows=rows)


def square(name: str, title: Text, m: Mix, values: Floats) -> Table:
    """A words × words table."""
    rows: list[list[Cell]] = [[same(word), *map(float, row)] for word, row in zip(m.words, values, strict=True)]
    return Table(name=name, title=title, columns=[WORD, *(same(word) for word in m.words)], rows=rows)


def step_table(x: Lesson) -> Table:
    """From score to share for the word that is followed."""
    m, i = x.mix, x.source
    rows: list[list[Cell]] = [
        [same(word), float(m.cosines[i, j]), float(np.exp(m.cosines[i, j])), float(m.weights[i, j]), float(m.scaled[i, j]),
         float(m.scaled_weights[i, j])]
        for j, word in enumerate(m.words)
    ]  # fmt: skip
    return Table(
        name="steps",
        title=Text(en=f"4. Softmax for “{x.word}”", fr=f"4. Softmax pour « {x.word} »"),
        columns=[
            WORD,
            Text(en="Cosine", fr="Cosinus"),
            Text(en="exp(cosine)", fr="exp(cosinus)"),
            Text(en="Share", fr="Part"),
            Text(en="Dot product / √d", fr="Produit scalaire / √d"),
            Text(en="Share, from dot product / √d", fr="Part, par produit scalaire / √d"),
        ],
        rows=rows,
    )


def new_table(x: Lesson) -> Table:
    """Every word's vector after the mix, with either score."""
    m = x.mix
    d = m.vectors.shape[1]
    names = AXES if x.course else [same(str(i + 1)) for i in range(d)]
    rows: list[list[Cell]] = [
        [same(word), *map(float, m.new[i]), *map(float, m.scaled_new[i])] for i, word in enumerate(m.words)
    ]
    scaled = [Text(en=f"{name.en}, by dot product / √d", fr=f"{name.fr}, par produit scalaire / √d") for name in names]
    return Table(
        name="new_vectors",
        title=Text(en="6. The new vectors", fr="6. Les nouveaux vecteurs"),
        columns=[WORD, *names, *scaled],
        rows=rows,
    )
