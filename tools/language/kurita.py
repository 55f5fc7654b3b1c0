"""The findings of the five categories of ``logprob_bias``: estimates, tables, and how they are put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from tools.finding import Cell, Estimate, Finding, Table, Text, both, same
from tools.language import kurita_reading as reading
from tools.language import kurita_text as text
from tools.language.kurita_figure import two_readings
from tools.language.kurita_published import beside_published
from tools.language.kurita_scores import Floats, Measured, attribute_scores, measure, target_scores
from tools.language.kurita_sets import NAMES, THEMES, category, languages
from tools.specimens import language as models
from tools.tool import Run
from tools.words.association import CONFIDENCE, Comparison, effect_size

REFERENCES = ["kurita2019", "caliskan2017"]


def one(run: Run, model: str, name: str, language: str) -> Finding:
    """The finding of a single category."""
    chosen = category(name, language)
    run.progress("Loading the model", "Chargement du modèle")
    subject = models.load(model)
    m = measure(subject, chosen, run.rng, _step(run, name))
    return run.finding(
        question=text.QUESTION,
        specimen=subject.specimen,
        estimates=estimates(m, ""),
        tables=[choices(m), published([m]), words(m), sentences(m)],
        figures=[
            two_readings(m, model, run.seed, run.lang),
            beside_published([m], model, run.seed, run.lang),
        ],
        summary=both(text.summary, m),
        how_to_read=both(reading.how_to_read, m),
        limits=both(reading.limits, m),
        references=REFERENCES,
    )


def every(run: Run, model: str, language: str) -> Finding:
    """The finding of all the categories that have words in this language; each starts again from the run's seed."""
    run.progress("Loading the model", "Chargement du modèle")
    subject = models.load(model)
    results = [
        measure(subject, category(name, language), run.rng, _step(run, name))
        for name in NAMES
        if language in languages(name)
    ]
    skipped = [THEMES[name].title for name in NAMES if language not in languages(name)]
    return run.finding(
        question=text.QUESTION,
        specimen=subject.specimen,
        estimates=[estimate for m in results for estimate in estimates(m, "_" + m.category.name.replace("-", "_"))],
        tables=[categories(results), published(results)],
        figures=[beside_published(results, model, run.seed, run.lang)],
        summary=both(text.summary_all, results, skipped),
        how_to_read=both(reading.how_to_read_all, results),
        limits=both(reading.limits_all, results),
        references=REFERENCES,
    )


def _step(run: Run, name: str) -> Callable[[int, int], None]:
    """Reports how far one category is."""
    title = THEMES[name].title

    def on_step(done: int, total: int) -> None:
        run.progress(f"{title.en}: reading the sentences", f"{title.fr} : lecture des phrases", done, total)

    return on_step


def estimates(m: Measured, suffix: str) -> list[Estimate]:
    """The two effect sizes and the difference they share."""
    value, low, high = m.difference
    prefix = (
        Text(en="", fr="")
        if not suffix
        else Text(en=m.category.theme.title.en + ": ", fr=m.category.theme.title.fr + " : ")
    )
    label = Text(en=prefix.en + text.DIFFERENCE.en, fr=prefix.fr + text.DIFFERENCE.fr)
    n = len(m.category.targets) * len(m.category.attributes)
    return [
        _effect(m, "attributes", m.by_attribute, len(m.category.attributes), prefix, suffix),
        _effect(m, "targets", m.by_target, len(m.category.targets), prefix, suffix),
        Estimate(
            name="difference" + suffix, label=label, value=value, unit="nat", low=low, high=high, confidence=CONFIDENCE, n=n,
            baseline=0, baseline_label=text.NO_DIFFERENCE,
        ),
    ]  # fmt: skip


def _effect(m: Measured, by: str, c: Comparison, n: int, prefix: Text, suffix: str) -> Estimate:
    label = text.effect_label(m, by)
    return Estimate(
        name=f"effect_size_{by}{suffix}", label=Text(en=prefix.en + label.en, fr=prefix.fr + label.fr), value=c.d, low=c.low,
        high=c.high, confidence=CONFIDENCE, p=c.splits.p, test=text.splits_name(c.splits), n=n, baseline=0,
        baseline_label=text.NO_DIFFERENCE,
    )  # fmt: skip


def choices(m: Measured) -> Table:
    """The same scores under each choice: what is permuted, whether sentences are averaged first."""
    rows: list[list[Cell]] = []
    for by, c, items in (
        ("attributes", m.by_attribute, m.category.attributes),
        ("targets", m.by_target, m.category.targets),
    ):
        rows.append([text.effect_label(m, by), len(items), c.d, c.low, c.high, c.splits.p, c.splits.tried])
    pooled = Text(
        en="d over attributes, each sentence counted apart (as in the published notebook)",
        fr="d sur les attributs, chaque phrase comptée à part (comme dans le carnet publié)",
    )
    rows.append([pooled, len(m.category.attributes) * len(m.category.sentences), m.pooled, None, None, None, None])
    return Table(
        name="choices",
        title=Text(en="One difference, three effect sizes", fr="Une différence, trois tailles d’effet"),
        columns=[
            Text(en="Choice", fr="Choix"), same("n"), same("d"), Text(en="Low (95%)", fr="Bas (95 %)"), Text(en="High", fr="Haut"),
            same("p"), Text(en="Splits tried", fr="Partages essayés"),
        ],
        rows=rows,
    )  # fmt: skip


def published(results: Sequence[Measured]) -> Table:
    """Here, in the paper's table, in its two notebooks; signs turned to ours."""
    rows: list[list[Cell]] = []
    for m in results:
        p = m.category.theme.published
        row: list[Cell] = [m.category.theme.title, m.by_attribute.d, m.by_target.d, p.paper]
        rows.append([*row, p.attributes[0], _drawn(p.attributes[1]), p.targets[0], _drawn(p.targets[1])])
    return Table(
        name="published",
        title=Text(en="Beside the published values (BERT, 2019)", fr="À côté des valeurs publiées (BERT, 2019)"),
        columns=[
            Text(en="Category", fr="Catégorie"), Text(en="d here, attributes permuted", fr="d ici, attributs permutés"),
            Text(en="d here, targets permuted", fr="d ici, cibles permutées"), Text(en="d, paper’s table", fr="d, tableau de l’article"),
            Text(en="d, notebook, attributes permuted", fr="d, carnet, attributs permutés"), same("p"),
            Text(en="d, notebook “permute_targets”", fr="d, carnet « permute_targets »"), same("p"),
        ],
        rows=rows,
    )  # fmt: skip


def _drawn(p: float) -> Cell:
    """A published p: none of their 100,000 random splits is a bound, not a zero."""
    return p if p else Text(en="< 0.0001", fr="< 0,0001")


def categories(results: Sequence[Measured]) -> Table:
    """One row a category: the difference and both readings."""
    rows: list[list[Cell]] = []
    for m in results:
        row: list[Cell] = [m.category.theme.title, len(m.category.targets), len(m.category.attributes), *m.difference]
        for c in text.readings(m):
            row += [c.d, c.low, c.high, c.splits.p]
        rows.append([*row, m.pooled])
    bounds = [Text(en="Low (95%)", fr="Bas (95 %)"), Text(en="High", fr="Haut")]
    return Table(
        name="categories",
        title=Text(en="The categories", fr="Les catégories"),
        columns=[
            Text(en="Category", fr="Catégorie"), Text(en="Targets", fr="Cibles"), Text(en="Attributes", fr="Attributs"),
            Text(en="D (nats)", fr="D (nats)"), *bounds, Text(en="d, attributes permuted", fr="d, attributs permutés"), *bounds,
            same("p"), Text(en="d, targets permuted", fr="d, cibles permutées"), *bounds, same("p"),
            Text(en="d, sentences apart", fr="d, phrases à part"),
        ],
        rows=rows,
    )  # fmt: skip


def words(m: Measured) -> Table:
    """Every attribute and every target with its score, highest first."""
    c = m.category
    rows: list[list[Cell]] = []
    sides = [
        (c.attributes, m.attribute_scores, c.a, c.theme.a, c.theme.b),
        (c.targets, m.target_scores, c.x, c.theme.x, c.theme.y),
    ]
    for items, scores, first, one_group, other_group in sides:
        groups = [one_group if i < len(first) else other_group for i in range(len(items))]
        rows += [[same(items[i]), groups[i], float(scores[i])] for i in scores.argsort()[::-1]]
    return Table(
        name="words",
        title=Text(en="The score of each word", fr="Le score de chaque mot"),
        columns=[Text(en="Word", fr="Mot"), Text(en="Group", fr="Groupe"), Text(en="Score (nats)", fr="Score (nats)")],
        rows=rows,
    )


def _size(scores: Floats, first: int) -> float | None:
    """d of the first scores against the others; ``None`` when all are equal."""
    return effect_size(scores[:first], scores[first:]) if np.ptp(scores) > 0 else None


def sentences(m: Measured) -> Table:
    """What each sentence alone would have given."""
    nx, na = len(m.category.x), len(m.category.a)
    rows: list[list[Cell]] = []
    for (template, theirs), table in zip(m.category.sentences.items(), m.scores, strict=True):
        columns, lines = attribute_scores(table, nx), target_scores(table, na)
        gap = float(columns[:na].mean() - columns[na:].mean())
        source = same("Kurita et al. 2019") if theirs else same("Autopsie")
        written = same(template.format(subject="t", attribute="w"))
        rows.append([written, source, gap, _size(columns, na), _size(lines, nx)])
    return Table(
        name="sentences",
        title=Text(en="The sentences, one at a time", fr="Les phrases, une à une"),
        columns=[
            Text(en="Sentence", fr="Phrase"), same("Source"), Text(en="D (nats)", fr="D (nats)"),
            Text(en="d, attributes permuted", fr="d, attributs permutés"), Text(en="d, targets permuted", fr="d, cibles permutées"),
        ],
        rows=rows,
    )  # fmt: skip
