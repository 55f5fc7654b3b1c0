"""How alike are two texts: copied, reworded, on one subject, or unrelated?

What their words share (containment and resemblance, Broder 1997; edits, Levenshtein 1966) beside what
their sentences say (Universal Sentence Encoder, Yang et al. 2020), laid on pairs of known kind. The case
is the one of V. Guigue's course (2023): a plagiarism checker gives a copy 100 % and its rewording 0 %.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from tools.errors import BadInput
from tools.finding import Cell, Estimate, Finding, Table, Text, both, same
from tools.tool import MAX_TEXT, Run, arg, tool

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tools.reading.similarity_result import Result

EXAMPLES = {
    "en": [
        "Are these two texts the same thing in other words?",
        "compare two texts for plagiarism",
        "How similar are “The cat sat on the mat.” and “A cat was sitting on the rug.”?",
        "Is this paragraph a copy or a paraphrase of the other one?",
        "Did my student copy this definition from Wikipedia or reword it? Here are both.",
        "semantic similarity of two sentences",
        "word overlap, edit distance and n-gram containment between two passages",
        "Why does a plagiarism checker say 0% for a text reworded by ChatGPT?",
        "Is the French version really saying the same as the English one? Compare the two texts.",
        "similarity",
        "Line up these two abstracts sentence by sentence and show me what was copied.",
        "I suspect two essays share whole sentences; please measure how much of one stands in the other.",
        "same meaning or just the same topic? text A: … text B: …",
        "Jaccard and cosine between these two press releases",
    ],
    "fr": [
        "Ces deux textes disent-ils la même chose avec d'autres mots ?",
        "comparer deux textes pour le plagiat",
        "À quel point « Le chat dort sur le tapis. » et « Un chat sommeille sur la carpette. » se ressemblent-ils ?",
        "Ce paragraphe est-il une copie ou une reformulation de l'autre ?",
        "Mon élève a-t-il copié cette définition de Wikipédia ou l'a-t-il reformulée ? Voici les deux.",
        "similarité sémantique de deux phrases",
        "recouvrement de mots, distance d'édition et n-grammes communs entre deux passages",
        "Pourquoi un logiciel antiplagiat donne-t-il 0 % à un texte reformulé par ChatGPT ?",
        "La version française dit-elle vraiment la même chose que l'anglaise ? Compare les deux textes.",
        "similarité",
        "Aligne ces deux résumés phrase par phrase et montre ce qui a été copié.",
        "Je soupçonne deux copies de partager des phrases entières ; mesure quelle part de l'une se trouve dans l'autre.",
        "même sens ou seulement même sujet ? texte A : … texte B : …",
        "Jaccard et cosinus entre ces deux communiqués",
    ],
}


@tool(
    wing="reading",
    version="1",
    title=Text(en="Similarity of two texts", fr="Ressemblance de deux textes"),
    question=Text(
        en="Do these two texts share their words, their meaning, their subject, or nothing?",
        fr="Ces deux textes ont-ils en commun leurs mots, leur sens, leur sujet, ou rien ?",
    ),
    needs=Text(
        en="two texts; the sentence encoder (2 s, then milliseconds)",
        fr="deux textes ; l’encodeur de phrases (2 s, puis quelques millisecondes)",
    ),
    examples=EXAMPLES,
)
def similarity(
    run: Run,
    text: Annotated[
        str,
        arg(
            "the first text; without both texts, a built-in pair",
            "le premier texte ; sans aucun des deux, une paire fournie",
            max_length=MAX_TEXT,
        ),
    ] = "",
    other: Annotated[
        str,
        arg(
            "the second text, in the same language or another",
            "le second texte, dans la même langue ou une autre",
            max_length=MAX_TEXT,
        ),
    ] = "",
) -> Finding:
    """See the module docstring; ``BadInput`` when one text has no word."""
    from knowledge import encoder
    from tools.reading import similarity_reading as reading
    from tools.reading import similarity_text as words
    from tools.reading.similarity_figure import measures_figure
    from tools.reading.similarity_measure import words as words_of
    from tools.reading.similarity_page import words_figure
    from tools.reading.similarity_result import EXAMPLE, result

    if not text.strip() and not other.strip():
        text, other = EXAMPLE[run.lang]
        run.arguments.update(text=text, other=other)
    for option, one in (("text", text), ("other", other)):
        if not words_of(one):
            raise BadInput(
                f"similarity needs two texts: --{option} has no word. Give --text and --other.",
                f"similarity a besoin de deux textes : --{option} n’a aucun mot. Donnez --text et --other.",
            )

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors, a few at a time, so that Stop is heard."""
        import numpy as np

        rows = []
        for start in range(0, len(texts), encoder.BATCH):
            run.progress("Reading the sentences", "Lecture des phrases", start, len(texts))
            rows.append(encoder.encode(texts[start : start + encoder.BATCH]))
        return np.concatenate(rows)

    run.progress("Loading the sentence encoder", "Chargement de l’encodeur de phrases")
    found = result(text, other, encode, encoder.current().sha256, run.lang, run.rng)
    return run.finding(
        specimen=encoder.specimen(),
        estimates=estimates(found),
        tables=[sentence_table(found), measure_table(found), verdict_table(found)],
        figures=[measures_figure(found, run.seed, run.lang), words_figure(found, run.seed, run.lang)],
        summary=both(words.summary, found),
        how_to_read=both(reading.how_to_read, found),
        limits=both(reading.limits, found),
        references=["guigue2023", "broder1997", "levenshtein1966", "yangmuse2020"],
    )


def estimates(r: Result) -> list[Estimate]:
    """Meaning first, with its interval and how rarely neighbours come as close; then what the words share."""
    from tools.reading import similarity_text as words
    from tools.reading.similarity_measure import CONFIDENCE

    group = r.setting.group("subject")
    assert group is not None
    found = [
        Estimate(
            name="meaning", label=words.LABELS["meaning"], value=r.meaning.value, low=r.meaning.low, high=r.meaning.high,
            confidence=None if r.meaning.low is None else CONFIDENCE, p=r.setting.as_close(r.meaning.value),
            test=words.neighbours_test(group.n), n=len(r.meaning.pairings),
            baseline=group.spread["meaning"].median, baseline_label=words.NEIGHBOURS,
        )
    ]  # fmt: skip
    for name, value in (("contained", r.overlap.contained), ("shared", r.overlap.shared), ("edits", r.overlap.edits)):
        usual = group.spread[name].median  # type: ignore[index]
        found.append(
            Estimate(
                name=name,
                label=words.LABELS[name],
                value=value,
                n=r.overlap.words,
                baseline=usual,
                baseline_label=words.NEIGHBOURS,
            )
        )
    usual = group.spread["run_share"].median * r.overlap.words
    found.append(
        Estimate(
            name="run", label=words.LABELS["run"], value=r.overlap.run, unit="words", n=r.overlap.words,
            baseline=usual, baseline_label=words.NEIGHBOURS,
        )
    )  # fmt: skip
    return found


def sentence_table(r: Result) -> Table:
    """One row a sentence of the shorter text."""
    from tools.reading import similarity_text as words

    rows: list[list[Cell]] = [
        [one.sentence, one.closest, words.PLACES[place], one.cosine, one.overlap.contained, one.overlap.run]
        for one, place in zip(r.meaning.pairings, r.places, strict=True)
    ]
    columns = [
        Text(en="Sentence", fr="Phrase"), Text(en="Closest in the other text", fr="La plus proche de l’autre texte"),
        Text(en="Taken alone", fr="Prise seule"),
        Text(en="Meaning (cosine)", fr="Sens (cosinus)"),
        Text(en="Three-word sequences in common", fr="Suites de trois mots en commun"),
        Text(en="Longest passage in common (words)", fr="Plus long passage commun (mots)"),
    ]  # fmt: skip
    return Table(name="sentences", title=words.TABLE, columns=columns, rows=rows)


def measure_table(r: Result) -> Table:
    """One row a measure: these texts, then the pairs of known kind."""
    from tools.numbers import number
    from tools.reading import similarity_text as words

    columns = [Text(en="Measure", fr="Mesure"), Text(en="These texts", fr="Ces textes")]
    columns += [words.pairs_name(group.kind, r.across) for group in r.setting.groups]
    rows: list[list[Cell]] = []
    for measure, label in words.MEASURES.items():
        row: list[Cell] = [label, r.value(measure)]
        for group in r.setting.groups:
            spread = group.spread[measure]
            three = (spread.low, spread.median, spread.high)
            row.append(
                Text(en=" · ".join(number(v, "en") for v in three), fr=" · ".join(number(v, "fr") for v in three))
            )
        rows.append(row)
    return Table(name="measures", title=words.SPREADS, columns=columns, rows=rows)


def verdict_table(r: Result) -> Table:
    """One row a kind of pair: how many held-out pairs got each verdict."""
    from tools.reading import similarity_text as words

    kinds = [group.kind for group in r.setting.groups]
    rows: list[list[Cell]] = [
        [words.pairs_name(group.kind, r.across), group.n, *(group.verdicts[kind] for kind in kinds)]
        for group in r.setting.groups
    ]
    columns = [Text(en="Pairs", fr="Paires"), same("n"), *(words.kind_name(kind, r.across) for kind in kinds)]
    return Table(name="verdicts", title=words.ERRORS, columns=columns, rows=rows)
