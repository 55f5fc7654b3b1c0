"""a is to b as c is to what: the word nearest to b − a + c, with and without the words of the question.

Mikolov et al. 2013 (3CosAdd on unit vectors). Common libraries never return a, b or c, so that
"man is to doctor as woman is to doctor" cannot come out: Nissim, van Noord and van der Goot 2020,
Computational Linguistics 46:487. Both forms stand side by side here. An analogy is an anecdote; for a
measurement of bias, see ``weat``.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from tools.errors import BadInput
from tools.finding import Cell, Estimate, Finding, Table, Text
from tools.specimens import words
from tools.specimens.words import WordVectors
from tools.tool import Run, arg, tool
from tools.words import analogy_figure, analogy_text
from tools.words.analogy_search import TRIPLES, Answers, Chance, random_questions, solve

EXAMPLES = {
    "en": [
        "man is to doctor as woman is to what?",
        "king - man + woman",
        "man:king::woman:?",
        "what does word2vec give for doctor minus man plus woman",
        "Solve the analogy father, doctor, mother",
        "Is it true that embeddings say man is to doctor as woman is to nurse?",
        "paris is to france as london is to ... with glove",
        "show me the famous queen example with word vectors",
        "why does the analogy never return one of the words I typed in",
        "he : programmer, she : ?",
        "analogy with GloVe: man, boss, woman",
        "Could you complete word analogies, and let the answer be one of the input words?",
        "the sexist analogy everybody quotes, is it an artefact of the code?",
        "vector arithmetic on words: brother - he + she, five answers please",
    ],
    "fr": [
        "homme est à médecin ce que femme est à quoi ? (man, doctor, woman)",
        "king - man + woman, ça donne quoi",
        "man:king::woman:?",
        "que répond word2vec à doctor moins man plus woman",
        "Résous l'analogie father, doctor, mother",
        "Est-il vrai que les plongements disent que man est à doctor ce que woman est à nurse ?",
        "paris est à france ce que london est à ... avec glove",
        "montre-moi le fameux exemple de la reine avec des vecteurs de mots",
        "pourquoi l'analogie ne rend jamais un des mots que j'ai tapés",
        "he : programmer, she : ?",
        "une analogie avec GloVe : man, boss, woman",
        "Pourriez-vous compléter des analogies de mots en laissant la réponse être un des mots donnés ?",
        "l'analogie sexiste que tout le monde cite vient-elle d'une règle du code ?",
        "calcul sur les mots : brother - he + she, cinq réponses",
    ],
}


@tool(
    wing="words",
    version="1",
    title=Text(en="Word analogy", fr="Analogie de mots"),
    question=Text(
        en="a is to b as c is to what, and does the answer change when the words of the question may be returned?",
        fr="a est à b ce que c est à quoi, et la réponse change-t-elle quand les mots de la question peuvent revenir ?",
    ),
    needs=Text(
        en="word vectors (8 MB, fetched once); under a second",
        fr="des vecteurs de mots (8 Mo, téléchargés une fois) ; moins d’une seconde",
    ),
    examples=EXAMPLES,
)
def analogy(
    run: Run,
    a: Annotated[
        str, arg("the word a in: a is to b as c is to ?", "le mot a dans : a est à b ce que c est à ?", min_length=1)
    ] = "man",
    b: Annotated[str, arg("the word b", "le mot b", min_length=1)] = "doctor",
    c: Annotated[str, arg("the word c", "le mot c", min_length=1)] = "woman",
    vectors: Annotated[
        str,
        arg("word2vec, glove, or the path of a vector file", "word2vec, glove, ou le chemin d’un fichier de vecteurs"),
    ] = "word2vec",
    k: Annotated[
        int, arg("how many answers to list, 1 to 20", "combien de réponses donner, de 1 à 20", ge=1, le=20)
    ] = 5,
) -> Finding:
    """See the module docstring; errors: ``BadInput`` for an unknown word or for the same word twice."""
    space = words.load(vectors)
    if len(space.words) < k + 3:
        raise BadInput(
            f"These vectors hold {len(space.words)} words; {k} answers besides the three of the question need {k + 3}.",
            f"Ces vecteurs contiennent {len(space.words)} mots ; {k} réponses outre les trois mots de la question en demandent {k + 3}.",
        )
    question = [_known(word, space) for word in (a, b, c)]
    if len(set(question)) < 3:
        raise BadInput(
            f"An analogy needs three different words, not {', '.join(question)}. Change one of --a, --b, --c.",
            f"Une analogie demande trois mots différents, et non {', '.join(question)}. Changez --a, --b ou --c.",
        )
    allowed, forbidden = solve(question, space, k)
    chance = random_questions(run, space)
    return run.finding(
        specimen=space.specimen,
        estimates=_estimates(allowed, forbidden, chance, len(space.words)),
        tables=[_table(allowed, forbidden)],
        figures=[analogy_figure.bars(run, question, allowed, forbidden, chance, len(space.words))],
        summary=Text(
            en=analogy_text.summary(question, allowed, forbidden, chance, "en"),
            fr=analogy_text.summary(question, allowed, forbidden, chance, "fr"),
        ),
        how_to_read=Text(
            en=analogy_text.how_to_read(forbidden, chance, "en"), fr=analogy_text.how_to_read(forbidden, chance, "fr")
        ),
        limits=analogy_text.LIMITS,
        references=["mikolov2013", "nissim2020", "bolukbasi2016"],
    )


def _known(word: str, space: WordVectors) -> str:
    """The word as the vocabulary writes it; the error of ``WordVectors.vector`` when it is not there."""
    found = space.find(word)
    if found is None:
        space.vector(word)
    return str(found)


SHARE = Text(
    en=f"share of {TRIPLES} random questions whose top cosine is at least as large, (count + 1) / {TRIPLES + 1}",
    fr=f"part de {TRIPLES} questions au hasard dont le premier cosinus est au moins aussi grand, (nombre + 1) / {TRIPLES + 1}",
)


def _estimates(allowed: Answers, forbidden: Answers, chance: Chance, n: int) -> list[Estimate]:
    median = Text(en=f"median of {TRIPLES} random questions", fr=f"médiane de {TRIPLES} questions au hasard")
    forms = (
        ("cosine_allowed", allowed, False, "words of the question allowed", "mots de la question permis"),
        ("cosine_forbidden", forbidden, True, "words of the question forbidden", "mots de la question interdits"),
    )
    return [
        Estimate(
            name=name, label=Text(en=f"cosine of '{answers[0][0]}', {en}", fr=f"cosinus de « {answers[0][0]} », {fr}"),
            value=answers[0][1], p=chance.p(answers[0][1], barred), n=n, baseline=float(np.median(tops)), baseline_label=median,
            test=SHARE,
        )
        for (name, answers, barred, en, fr), tops in zip(forms, (chance.allowed, chance.forbidden), strict=True)
    ]  # fmt: skip


def _table(allowed: Answers, forbidden: Answers) -> Table:
    rows: list[list[Cell]] = [
        [rank, *one, *other] for rank, (one, other) in enumerate(zip(allowed, forbidden, strict=True), start=1)
    ]
    return Table(
        name="answers",
        title=Text(en="The nearest words", fr="Les mots les plus proches"),
        columns=[
            Text(en="rank", fr="rang"),
            Text(en="any word", fr="tout mot permis"), Text(en="cosine", fr="cosinus"),
            Text(en="words of the question forbidden", fr="mots de la question interdits"), Text(en="cosine", fr="cosinus"),
        ],
        rows=rows,
    )  # fmt: skip
