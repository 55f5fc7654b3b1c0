"""Which words does a word attend to in a sentence, head by head, and by what arithmetic?

Attention weights of Vaswani et al. 2017 (arXiv 1706.03762), read inside a real model, and the same computation by hand
on small vectors. A weight is a share of a mix, not an explanation: Jain and Wallace 2019, Wiegreffe and Pinter 2019.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from tools.errors import BadInput
from tools.finding import Finding, Text, both
from tools.tool import MAX_TEXT, Run, Words, arg, tool

if TYPE_CHECKING:
    from tools.language.attention_lesson import Lesson
    from tools.language.attention_measure import Measured

EXAMPLES = {
    "en": [
        "Which words does “it” attend to in “The bear ate the honey because it was hungry”?",
        "show me the attention heads of a small language model",
        "attention weights for the sentence: The trophy does not fit in the suitcase because it is too big",
        "Compare where the model looks in “The bear ate the honey because it was hungry” and “… because it was delicious”.",
        "do the apple and orange attention lesson",
        "work out attention step by step on small vectors: dot product, cosine, softmax, new vector",
        "heatmap of layers and heads for “the cat sat on the mat”",
        "I would like to see, for my class, how attention decides between apple the fruit and apple the brand.",
        "bear honey attention",
        "softmax(QK^T/sqrt(d)) by hand with orange: 0 3; phone: 4 0; apple: 2 2",
        "what is layer 14 head 4 of smollm2 looking at when it reads “delicious”?",
        "Draw the bipartite view of self-attention from the last word of my sentence",
        "is there an attention sink on the first token?",
        "where does the word she look in “The nurse told the doctor that she was tired”",
        "Compute the attention of “apple” in “an apple phone”",
    ],
    "fr": [
        "Quels mots « it » regarde-t-il dans « The bear ate the honey because it was hungry » ?",
        "montre-moi les têtes d'attention d'un petit modèle de langue",
        "les poids d'attention de la phrase : The trophy does not fit in the suitcase because it is too big",
        "Compare où le modèle regarde dans la phrase de l’ours et du miel, avec hungry puis avec delicious.",
        "fais la leçon d'attention avec la pomme et l'orange",
        "calcule l'attention pas à pas sur de petits vecteurs : produit scalaire, cosinus, softmax, nouveau vecteur",
        "carte de chaleur des couches et des têtes pour « le chat dort sur le tapis »",
        "Je voudrais montrer à ma classe comment l'attention distingue apple le fruit d'apple la marque.",
        "ours miel attention",
        "softmax(QK^T/√d) à la main avec orange: 0 3; phone: 4 0; apple: 2 2",
        "que regarde la tête 4 de la couche 14 de smollm2 quand elle lit « delicious » ?",
        "Dessine la vue bipartite de l'auto-attention depuis le dernier mot de ma phrase",
        "y a-t-il un puits d'attention sur le premier token ?",
        "à quels mots le pronom fait-il attention dans « Le chien a mordu l'homme car il avait peur »",
        "Calcule l'attention de « apple » dans « an apple phone »",
    ],
}


@tool(
    wing="language",
    version="1",
    title=Text(en="Attention", fr="Attention"),
    question=Text(
        en="Which words does this word attend to in this sentence, in this model?",
        fr="À quels mots ce mot fait-il attention dans cette phrase, dans ce modèle ?",
    ),
    needs=Text(
        en="a few seconds, SmolLM2 (93 MB); nothing for the lesson",
        fr="quelques secondes, SmolLM2 (93 Mo) ; rien pour la leçon",
    ),
    examples=EXAMPLES,
)
def attention(
    run: Run,
    text: Annotated[
        str,
        arg(
            "a sentence; none: the bear and the honey, with its two endings",
            "une phrase ; aucune : l’ours et le miel, avec ses deux fins",
            max_length=MAX_TEXT,
        ),
    ] = "",
    word: Annotated[
        str,
        arg(
            "the word attention is read from; none: the last one, or the one that differs from --text2",
            "le mot dont on lit l’attention ; aucun : le dernier, ou celui qui diffère de --text2",
            max_length=60,
        ),
    ] = "",
    text2: Annotated[
        str, arg("a second sentence to compare with", "une seconde phrase à comparer", max_length=MAX_TEXT)
    ] = "",
    candidates: Annotated[
        Words,
        arg(
            "one to six words to watch, such as what a pronoun may stand for; none: the one looked at most",
            "un à six mots à suivre, comme ce qu’un pronom peut désigner ; aucun : le plus regardé",
            max_length=6,
        ),
    ] = [],  # noqa: B006 (pydantic copies it)
    layer: Annotated[int, arg("a layer, counted from 1; 0: all", "une couche, comptée de 1 ; 0 : toutes", ge=0)] = 0,
    head: Annotated[int, arg("a head, counted from 1; 0: all", "une tête, comptée de 1 ; 0 : toutes", ge=0)] = 0,
    model: Annotated[
        str,
        arg(
            "the language model: a packaged name (smollm2), a folder or a Hugging Face id",
            "le modèle de langue : un nom fourni (smollm2), un dossier ou un identifiant Hugging Face",
        ),
    ] = "smollm2",
    lesson: Annotated[
        Literal["", "apple-orange", "apple-phone", "orange-motorcycle"],
        arg(
            "the arithmetic by hand instead of a model: apple-orange, apple-phone or orange-motorcycle",
            "le calcul à la main au lieu d’un modèle : apple-orange, apple-phone ou orange-motorcycle",
        ),
    ] = "",
    vectors: Annotated[
        str,
        arg(
            "your own vectors for the lesson, such as “orange: 0 3; phone: 4 0; apple: 2 2”; --text is then their sentence",
            "vos vecteurs pour la leçon, comme « orange: 0 3; phone: 4 0; apple: 2 2 » ; --text est alors leur phrase",
            max_length=2000,
        ),
    ] = "",
) -> Finding:
    """The weights of one word over the heads of a model, or the lesson."""
    if lesson or vectors.strip():
        if text2 or candidates or layer or head:
            raise BadInput(
                "The lesson takes --lesson or --vectors, --text and --word only: it has one head and one layer.",
                "La leçon ne prend que --lesson ou --vectors, --text et --word : elle n’a qu’une tête et une couche.",
            )
        from tools.language.attention_lesson import teach

        return _lesson_finding(run, teach(lesson, vectors.strip(), text, word))
    if text2.strip() and not text.strip():
        raise BadInput("There is a --text2 without a --text.", "Il y a un --text2 sans --text.")
    from tools.language.attention_measure import Asked, measure
    from tools.specimens import language as models

    run.progress("Loading the model", "Chargement du modèle")
    subject = models.load_weights(model)
    run.progress("Reading the sentences", "Lecture des phrases")
    asked = Asked([t for t in (text, text2) if t.strip()], word, list(dict.fromkeys(candidates)), layer, head)
    measured = measure(subject, asked, run.rng)
    run.progress("Drawing", "Dessin")
    return _model_finding(run, measured, model, chosen=bool(asked.texts and not candidates), specimen=subject.specimen)


def _model_finding(run: Run, measured: Measured, model: str, *, chosen: bool, specimen: object) -> Finding:
    """The finding on sentences."""
    from tools.language import attention_reading as reading
    from tools.language import attention_result as result
    from tools.language import attention_text as text
    from tools.language.attention_figure import head_figure, words_figure
    from tools.language.attention_maps import heads_figure
    from tools.language.attention_matrix import matrix_figure

    draw = (head_figure, words_figure, heads_figure, matrix_figure)
    drawn = [figure(measured, model, run.seed, run.lang) for figure in draw]
    return run.finding(
        specimen=specimen,
        estimates=result.estimates(measured),
        tables=result.tables(measured),
        figures=[figure for figure in drawn if figure],
        summary=both(text.summary, measured),
        how_to_read=both(reading.how_to_read, measured),
        limits=both(reading.limits, measured, chosen),
        references=["vaswani2017", "jain2019", "wiegreffe2019", "xiao2023", "vig2019"],
    )


def _lesson_finding(run: Run, taught: Lesson) -> Finding:
    """The finding of the lesson."""
    from tools.language import attention_lesson_result as result
    from tools.language import attention_lesson_text as text
    from tools.language.attention_lesson_figure import lesson_figure

    return run.finding(
        question=text.QUESTION,
        specimen=result.specimen(taught),
        estimates=result.estimates(taught),
        tables=result.tables(taught),
        figures=[lesson_figure(taught, run.seed, run.lang)],
        summary=both(text.summary, taught),
        how_to_read=both(text.how_to_read, taught),
        limits=both(text.limits, taught),
        references=["vaswani2017", *(["simonnd"] if taught.course else [])],
    )
