"""Which group of words lies closer to which idea, in word vectors: the Word Embedding Association Test.

Caliskan, Bryson and Narayanan 2017, Science 356:183: the ten tests of the paper, or lists of one's
own. Ten lists of words are a sample: the test says how words stand to each other in the texts behind
the vectors, and nothing about people.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from pydantic import BeforeValidator

from tools.errors import BadInput
from tools.finding import Estimate, Finding, Text
from tools.numbers import number
from tools.specimens import words
from tools.specimens.words import WordVectors
from tools.tool import Run, Words, arg, tool
from tools.words import weat_all, weat_figure, weat_reading, weat_tables, weat_text
from tools.words.association import CONFIDENCE, associations, compare
from tools.words.weat_sets import TESTS, Measured, Sets, check_coverage, custom, published

Test = Annotated[
    Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "all", "custom"],
    BeforeValidator(lambda value: str(value) if isinstance(value, int) else value),
]
NO_WORDS: list[str] = []

EXAMPLES = {
    "en": [
        "Run WEAT 6 on the word vectors",
        "are men's names closer to career words than women's names?",
        "do word2vec vectors tie science to men and art to women?",
        "run all ten WEAT tests from the Caliskan paper",
        "Is there a racial bias in these embeddings? Compare European-American and African-American names.",
        "weat test 3 with glove",
        "flowers and insects, pleasant and unpleasant words: what does the implicit association test for vectors give",
        "I would like to measure how strongly nurse, teacher and librarian are tied to she/her, and engineer, pilot, "
        "programmer to he/him.",
        "reproduce the result of Science 2017 about human-like biases in word embeddings",
        "effect size and p-value for old vs young names",
        "are musical instruments nicer than weapons for an AI that only read the news?",
        "test my own lists of words for bias: targets doctor, surgeon / nurse, midwife; attributes he, man / she, "
        "woman",
        "Can you show me that word embeddings contain gender stereotypes, with numbers?",
        "word embedding association test maths vs arts",
        "does a vector model link mental illness with temporary or permanent?",
    ],
    "fr": [
        "Lance le test WEAT 6",
        "les prénoms d'hommes sont-ils plus proches de la carrière que ceux des femmes ?",
        "est-ce que les vecteurs de mots associent les sciences aux hommes ?",
        "fais les dix tests WEAT de l'article de Caliskan",
        "Y a-t-il un biais raciste dans word2vec ? Compare les prénoms euro-américains et afro-américains.",
        "weat 3 avec glove",
        "fleurs et insectes, mots agréables et désagréables : que donne le test d'association",
        "Je voudrais mesurer si nurse, teacher, librarian sont plus liés à she, her qu'engineer, pilot, programmer.",
        "reproduire l'étude de Science 2017 sur les biais des plongements lexicaux",
        "taille d'effet et p-valeur pour les prénoms jeunes contre vieux",
        "montre-moi avec des chiffres qu'un modèle de mots a des stéréotypes de genre",
        "tester mes propres listes de mots : cibles doctor, surgeon et nurse, midwife, attributs he, man et she, woman",
        "c'est quoi le biais entre maths et arts dans les embeddings",
        "le test d'association implicite, mais pour une machine",
        "les instruments de musique sont-ils plus agréables que les armes pour une IA ?",
    ],
}


@tool(
    wing="words",
    version="1",
    title=Text(en="Word association test (WEAT)", fr="Test d’association de mots (WEAT)"),
    question=Text(
        en="Which group of words lies closer to which idea, in the vectors a machine learned from texts?",
        fr="Quel groupe de mots est le plus proche de quelle idée, dans les vecteurs qu’une machine a tirés de "
        "textes ?",
    ),
    needs=Text(
        en="word vectors (8 MB, fetched once); under a second a test",
        fr="des vecteurs de mots (8 Mo, téléchargés une fois) ; moins d’une seconde par test",
    ),
    examples=EXAMPLES,
)
def weat(
    run: Run,
    test: Annotated[
        Test,
        arg(
            "a test of the 2017 paper, 1 to 10 (6: men’s and women’s names, career and family), all, or custom",
            "un test de l’article de 2017, de 1 à 10 (6 : prénoms d’hommes et de femmes, carrière et famille), all, "
            "ou custom",
        ),
    ] = "6",
    x: Annotated[Words, arg("your first target words", "vos premiers mots cibles", max_length=200)] = NO_WORDS,
    y: Annotated[
        Words,
        arg(
            "your second target words; none: one group against A and B",
            "vos seconds mots cibles ; aucun : un seul groupe face à A et B",
            max_length=200,
        ),
    ] = NO_WORDS,
    a: Annotated[Words, arg("your first attribute words", "vos premiers mots attributs", max_length=200)] = NO_WORDS,
    b: Annotated[Words, arg("your second attribute words", "vos seconds mots attributs", max_length=200)] = NO_WORDS,
    vectors: Annotated[
        str,
        arg("word2vec, glove, or the path of a vector file", "word2vec, glove, ou le chemin d’un fichier de vecteurs"),
    ] = "word2vec",
    minimum_coverage: Annotated[
        float,
        arg(
            "the least share of each set that the vectors must hold, 0 to 1",
            "la part minimale de chaque groupe présente dans les vecteurs, de 0 à 1",
            ge=0,
            le=1,
        ),
    ] = 0.7,
) -> Finding:
    """See the module docstring; errors: ``BadInput`` for too few words, shared words or too low a coverage."""
    space = words.load(vectors)
    if test == "custom" or x or y or a or b:
        return _one(run, space, custom(x, y, a, b, space), minimum_coverage)
    if test == "all":
        return _all(run, space, minimum_coverage)
    return _one(run, space, published(test, space), minimum_coverage)


def measure(run: Run, sets: Sets, minimum_coverage: float) -> Measured:
    """The sets' scores, effect size, interval and test; each test starts again from the run's seed."""
    check_coverage(sets, minimum_coverage)
    if sets.single:
        first, second = sets.a, sets.b
        scores = [group.unit @ sets.x.unit.mean(axis=0) for group in (first, second)]
    else:
        first, second = sets.x, sets.y
        scores = [associations(group.unit, sets.a.unit, sets.b.unit) for group in (first, second)]
    if float(np.ptp(np.concatenate(scores))) == 0:
        raise BadInput(
            f"WEAT {sets.name}: all words have the same score, so d is not defined. Check the vectors, or give other "
            f"words.",
            f"WEAT {sets.name} : tous les mots ont le même score, d n’est donc pas défini. "
            "Vérifiez les vecteurs, ou donnez d’autres mots.",
        )

    def on_step(done: int, total: int) -> None:
        run.progress(
            f"WEAT {sets.name}: {number(done, 'en', 0)} of {number(total, 'en', 0)} splits",
            f"WEAT {sets.name} : {number(done, 'fr', 0)} partages sur {number(total, 'fr', 0)}",
            done,
            total,
        )

    one, other = scores
    return Measured(sets, first, second, one, other, compare(one, other, run.rng, on_step))


def _estimate(name: str, label: Text, measured: Measured) -> Estimate:
    result = measured.result
    return Estimate(
        name=name, label=label, value=result.d, low=result.low, high=result.high, confidence=CONFIDENCE,
        p=result.splits.p, test=Text(en=weat_reading.splits_name(result.splits, "en"), fr=weat_reading.splits_name(result.splits, "fr")),
        n=len(measured.first_scores) + len(measured.second_scores), baseline=0.0,
        baseline_label=Text(en="no difference", fr="aucune différence"),
    )  # fmt: skip


def _one(run: Run, space: WordVectors, sets: Sets, minimum_coverage: float) -> Finding:
    """The finding of a single test."""
    measured = measure(run, sets, minimum_coverage)
    limits = weat_reading.LIMITS
    if sets.name in ("4", "5"):
        limits = Text(en=limits.en + weat_reading.EIGHTEEN.en, fr=limits.fr + weat_reading.EIGHTEEN.fr)
    return run.finding(
        specimen=space.specimen,
        estimates=[_estimate("effect_size", Text(en="effect size d", fr="taille d’effet d"), measured)],
        tables=[weat_tables.associations(measured), weat_tables.comparison(measured), weat_tables.coverage(sets)],
        figures=[weat_figure.lanes(measured, _short(run), run.seed, run.lang)],
        summary=Text(en=weat_text.summary_one(measured, "en"), fr=weat_text.summary_one(measured, "fr")),
        how_to_read=Text(
            en=weat_reading.how_to_read_one(measured, "en"), fr=weat_reading.how_to_read_one(measured, "fr")
        ),
        limits=limits,
        references=["caliskan2017", "toney2021"] if sets.single else ["caliskan2017", "greenwald1998"],
    )


def _all(run: Run, space: WordVectors, minimum_coverage: float) -> Finding:
    """The ten tests in one finding; ``BadInput`` when the vectors hold too few words for any of them."""
    results: weat_all.Results = {}
    refusal: BadInput | None = None
    for test in TESTS:
        try:
            results[test] = measure(run, published(test, space), minimum_coverage)
        except BadInput as error:
            results[test], refusal = None, error
    if refusal and not weat_all.done(results):
        raise refusal
    estimates = []
    for test, measured in results.items():
        title = TESTS[test].title
        label = Text(en=f"{test}: d, {title.en}", fr=f"{test} : d, {title.fr}")
        if measured is None:
            estimates.append(Estimate(name=f"effect_size_{test}", label=label, value=None, baseline=0.0))
        else:
            estimates.append(_estimate(f"effect_size_{test}", label, measured))
    return run.finding(
        specimen=space.specimen,
        estimates=estimates,
        tables=[weat_tables.tests(results)],
        figures=[weat_all.figure(results, _short(run), run.seed, run.lang)],
        summary=Text(en=weat_all.summary(results, "en"), fr=weat_all.summary(results, "fr")),
        how_to_read=Text(en=weat_all.how_to_read(results, "en"), fr=weat_all.how_to_read(results, "fr")),
        limits=Text(
            en=weat_reading.LIMITS.en + weat_reading.EIGHTEEN.en, fr=weat_reading.LIMITS.fr + weat_reading.EIGHTEEN.fr
        ),
        references=["caliskan2017", "greenwald1998"],
    )


def _short(run: Run) -> str:
    """The vectors' short name for a subtitle: never a whole path."""
    return Path(str(run.arguments["vectors"])).name
