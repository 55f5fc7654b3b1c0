"""Does one word get one vector in each sense, once a model has read the sentence around it?

The hidden state of a word in many sentences, layer by layer: a map, the silhouette of the senses with a permutation
test, the nearest occurrences. After Ethayarajh 2019 (arXiv 1909.00512); silhouette: Rousseeuw 1987. The best layer is
chosen by looking; its p-value pays for that, its silhouette does not.
"""

from __future__ import annotations

from typing import Annotated

from tools.finding import Finding, Text, both
from tools.tool import MAX_TEXT, Run, arg, tool

EXAMPLES = {
    "en": [
        "does the word bank have different vectors for money and river?",
        "contextual embeddings of “bank” in many sentences",
        "Show how the vector of a word changes with its context, layer by layer",
        "map of the occurrences of “bank” in a language model",
        "at which layer does the model tell the senses of a word apart",
        "I would like my students to see that one word has several vectors in a transformer.",
        "silhouette of word senses in hidden states",
        "Is “avocat” the lawyer separated from “avocat” the fruit inside smollm2?",
        "same word, different meanings: nearest neighbours in BERT-like embeddings",
        "compare the hidden states of crane (bird) and crane (machine) in my own sentences",
        "polysemy in embeddings",
        "do static and contextual vectors differ for ambiguous words? test it",
        "where are the two meanings of bat in layer 12?",
        "Take these sentences with “spring” and tell me whether the model groups them by meaning",
    ],
    "fr": [
        "le mot avocat a-t-il un vecteur différent pour l'homme de loi et pour le fruit ?",
        "plongements contextuels de « baguette » dans plusieurs phrases",
        "Montre comment le vecteur d'un mot change avec son contexte, couche par couche",
        "carte des occurrences de « loup » dans un modèle de langue",
        "à quelle couche le modèle distingue-t-il les sens d'un mot",
        "Je voudrais faire voir à mes élèves qu'un même mot a plusieurs vecteurs dans un transformeur.",
        "silhouette des sens d'un mot dans les états cachés",
        "Est-ce que bank (la banque) et bank (la rive) sont séparés dans smollm2 ?",
        "même mot, sens différents : plus proches voisins dans les plongements",
        "compare les états cachés de grue (oiseau) et grue (engin) dans mes propres phrases",
        "polysémie et embeddings",
        "les vecteurs statiques et contextuels sont-ils différents pour un mot ambigu ? teste-le",
        "où sont les deux sens de « souris » à la couche 12 ?",
        "Prends ces phrases avec « glace » et dis-moi si le modèle les regroupe par sens",
    ],
}


@tool(
    wing="language",
    version="1",
    title=Text(en="One word, many contexts", fr="Un mot, plusieurs contextes"),
    question=Text(
        en="Does this word get another vector in each of its senses, once the model has read the sentence?",
        fr="Ce mot reçoit-il un autre vecteur dans chacun de ses sens, une fois que le modèle a lu la phrase ?",
    ),
    needs=Text(en="a few seconds, SmolLM2 (93 MB)", fr="quelques secondes, SmolLM2 (93 Mo)"),
    seconds=300,
    examples=EXAMPLES,
)
def contextual_embeddings(
    run: Run,
    word: Annotated[
        str,
        arg(
            "the word; built-in sentences exist for bank (English), avocat, baguette and loup (French)",
            "le mot ; des phrases sont fournies pour bank (anglais), avocat, baguette et loup (français)",
            min_length=1,
            max_length=60,
        ),
    ] = "bank",
    sentences: Annotated[
        str,
        arg(
            "your own sentences with the word, one a line or separated by |, each may begin with its sense: “river: He sat on…”",
            "vos phrases avec le mot, une par ligne ou séparées par |, chacune peut commencer par son sens : « fruit : Il mange… »",
            max_length=MAX_TEXT,
        ),
    ] = "",
    layer: Annotated[
        int,
        arg(
            "the layer to show, 0 (before any context) and up; −1: the one where the senses part most",
            "la couche à montrer, de 0 (avant tout contexte) à la dernière ; −1 : celle où les sens se séparent le plus",
            ge=-1,
        ),
    ] = -1,
    model: Annotated[
        str,
        arg(
            "the language model: a packaged name (smollm2), a folder or a Hugging Face id",
            "le modèle de langue : un nom fourni (smollm2), un dossier ou un identifiant Hugging Face",
        ),
    ] = "smollm2",
) -> Finding:
    """The hidden states of one word in many sentences, and whether its senses lie apart in them."""
    from tools.language import contextual_reading as reading
    from tools.language import contextual_result as result
    from tools.language import contextual_text as text
    from tools.language.contextual_figure import map_figure
    from tools.language.contextual_measure import measure
    from tools.language.contextual_sentences import examples
    from tools.specimens import language as models

    asked = examples(word.strip(), sentences)
    run.progress("Loading the model", "Chargement du modèle")
    subject = models.load_weights(model)

    def on_step(done: int, total: int) -> None:
        run.progress("Reading the sentences", "Lecture des phrases", done, total)

    measured = measure(subject, word.strip(), asked, layer, run.rng, on_step)
    run.progress("Drawing", "Dessin")
    return run.finding(
        specimen=subject.specimen,
        estimates=result.estimates(measured),
        tables=result.tables(measured),
        figures=[map_figure(measured, model, run.seed, run.lang)],
        summary=both(text.summary, measured),
        how_to_read=both(reading.how_to_read, measured),
        limits=both(reading.limits, measured),
        references=["ethayarajhcontext2019", "rousseeuw1987", "devlin2019", "sassatelli2023", "simonnd"],
    )
