"""Take the gender axis out of word vectors, then look for what is left of the bias.

Bolukbasi et al. 2016 ("hard" debiasing): the axis is the first principal component of pairs such as she–he; words that
name no gender lose their part along it (neutralise), pairs such as king–queen are set symmetrically about it
(equalise). Gonen and Goldberg 2019 showed that the words which leaned can still be told apart afterwards. Both halves
are measured here on the same vectors, beside what the removal of a random axis does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from tools.finding import Finding, Text
from tools.tool import Run, Words, arg, tool
from tools.words.debias_sets import DEFAULT_PAIRS

EXAMPLES = {
    "en": [
        "Remove the gender direction from word2vec and show me what is left",
        "does debiasing word embeddings really work?",
        "hard debias, Bolukbasi 2016, before and after",
        "lipstick on a pig: can you still recover the bias after debiasing?",
        "neutralise and equalise the glove vectors",
        "What is the direct bias of occupations in word2vec?",
        "project the gender axis out of the vectors and run WEAT again",
        "if I delete the she-he direction, is nurse still close to receptionist",
        "I would like to know whether a classifier can find male and female words once the vectors have been debiased.",
        "debias with the pairs she-he, woman-man only",
        "gonen goldberg clusters after debiasing",
        "which occupations lean most to she or he, and do they after the correction?",
        "can you fix sexist word vectors?",
        "how much of the variance of the definitional pairs is on the first component",
        "clean the embeddings of gender and tell me what it costs",
        "Is there any gender information left in vectors after the projection step of Bolukbasi and colleagues?",
    ],
    "fr": [
        "Retire la direction du genre de word2vec et montre ce qu'il en reste",
        "est-ce que débiaiser des vecteurs de mots marche vraiment ?",
        "débiaisage dur de Bolukbasi 2016, avant et après",
        "du rouge à lèvres sur un cochon : retrouve-t-on le biais après correction ?",
        "neutraliser et égaliser les vecteurs glove",
        "Quel est le biais direct des métiers dans word2vec ?",
        "projette les vecteurs hors de l'axe du genre puis refais le WEAT",
        "si j'enlève l'axe she-he, nurse reste-t-il proche de receptionist",
        "Je voudrais savoir si un classifieur retrouve les mots masculins et féminins une fois les vecteurs débiaisés.",
        "débiaise avec les paires she-he, woman-man seulement",
        "les groupes de Gonen et Goldberg après débiaisage",
        "quels métiers penchent le plus vers she ou he, et après la correction ?",
        "peut-on réparer des vecteurs de mots sexistes ?",
        "quelle part de la variance des paires porte la première composante",
        "nettoie les plongements de leur genre et dis-moi ce que ça coûte",
        "Reste-t-il une information de genre dans les vecteurs après la projection de Bolukbasi et ses collègues ?",
    ],
}


@tool(
    wing="words",
    version="1",
    title=Text(en="Debiasing word vectors", fr="Débiaisage de vecteurs de mots"),
    question=Text(
        en="When the axis of gender is taken out of word vectors, is the bias gone?",
        fr="Quand on retire l’axe du genre de vecteurs de mots, le biais a-t-il disparu ?",
    ),
    needs=Text(
        en="word vectors (8 MB, fetched once); about ten seconds",
        fr="des vecteurs de mots (8 Mo, téléchargés une fois) ; une dizaine de secondes",
    ),
    examples=EXAMPLES,
)
def debias(
    run: Run,
    vectors: Annotated[
        str,
        arg("word2vec, glove, or the path of a vector file", "word2vec, glove, ou le chemin d’un fichier de vecteurs"),
    ] = "word2vec",
    pairs: Annotated[
        Words,
        arg(
            "the pairs of words that define the axis, written she-he, woman-man; default: the ten pairs of the paper",
            "les paires de mots qui définissent l’axe, écrites she-he, woman-man ; sinon, les dix paires de l’article",
            min_length=1,
            max_length=50,
        ),
    ] = DEFAULT_PAIRS,
) -> Finding:
    """See the module docstring; errors: ``BadInput`` for a text that is no pair, or vectors with too few words."""
    from tools.words import debias_figure, debias_reading, debias_tables, debias_text
    from tools.words.debias_study import study

    found = study(run, vectors, pairs)
    short = Path(vectors).name
    return run.finding(
        specimen=found.before.specimen,
        estimates=debias_tables.estimates(found),
        tables=debias_tables.tables(found),
        figures=[debias_figure.picture(found, short, run.seed, run.lang)],
        summary=Text(en=debias_text.summary(found, "en"), fr=debias_text.summary(found, "fr")),
        how_to_read=Text(en=debias_reading.how_to_read(found, "en"), fr=debias_reading.how_to_read(found, "fr")),
        limits=Text(en=debias_reading.limits(found, vectors, "en"), fr=debias_reading.limits(found, vectors, "fr")),
        references=["bolukbasi2016", "gonen2019", "caliskan2017", "nissim2020"],
    )
