"""What the library says about a question: the passages found, and whether they are likely to answer it.

Passages are ranked by meaning, by words and their translations, and by the questions written with them
(``knowledge.search``); a logistic regression fitted on questions with and without an answer says how
likely the library is to hold one (``knowledge.support``).
"""

from __future__ import annotations

from typing import Annotated, Literal

from knowledge.search import Hit
from tools.errors import BadInput, Missing
from tools.finding import Cell, Estimate, Finding, Specimen, Table, Text, same
from tools.numbers import number
from tools.tool import Run, arg, tool

EXAMPLES = {
    "en": [
        "Why did Twitter stop cropping pictures automatically?",
        "what is a p-value",
        "Who was harmed by COMPAS?",
        "explain what a hallucination is",
        "search the library for argmax bias",
        "What do your notes say about word embeddings and stereotypes?",
        "when did HireVue drop facial analysis, and why?",
        "is there anything about the EU AI Act in the course",
        "Tell me the story of the Zoom virtual background",
        "how does attention work in a transformer",
        "What is the difference between statistical bias and ethical bias?",
        "find the passages on false positives of AI-text detectors",
        "what are the steps of an AI autopsy?",
        "Which incidents of the library concern face analysis?",
        "I am preparing a lecture: what did ProPublica find, and what did Northpointe answer?",
    ],
    "fr": [
        "Pourquoi Twitter a-t-il retiré le recadrage automatique ?",
        "c'est quoi une valeur p",
        "Qui a été lésé par COMPAS ?",
        "explique-moi ce qu'est une hallucination",
        "cherche dans la bibliothèque le biais d'argmax",
        "Que disent tes fiches sur les plongements de mots et les stéréotypes ?",
        "quand HireVue a-t-il abandonné l'analyse du visage, et pourquoi ?",
        "y a-t-il quelque chose sur le règlement européen sur l'IA dans le cours",
        "Raconte-moi l'histoire de l'arrière-plan virtuel de Zoom",
        "comment fonctionne l'attention dans un transformeur",
        "Quelle différence entre biais statistique et biais éthique ?",
        "trouve les passages sur les faux positifs des détecteurs de texte IA",
        "quelles sont les étapes d'une autopsie d'IA ?",
        "Quels incidents de la bibliothèque concernent l'analyse du visage ?",
        "Je prépare un cours : qu'a trouvé ProPublica, et qu'a répondu Northpointe ?",
    ],
}

HOW = Text(
    en=(
        "The estimate is the probability that the passages found answer the question; the library is taken to hold "
        "an answer from {threshold} up. p = 1 / (1 + exp(−z)), z = {intercept} + {asked} × q + {cosine} × c + {covered} × w "
        "+ {strength} × s + ({elsewhere}) × e: q is the closest of the questions written with the passages, c the best cosine, w the "
        "share of the words of the question, weighted by rarity, that the three best passages hold, s the strength of the "
        "first, e the closest question known not to be answered here. The cosine compares the vectors of the question and "
        "of a passage (Universal Sentence Encoder, multilingual): 1 is the same direction, near 0 is unrelated. Shared "
        "words: 1 would be every word of the question, or its likeliest translation, again and again."
    ),
    fr=(
        "L’estimation est la probabilité que les passages trouvés répondent à la question ; à partir de {threshold}, on "
        "considère que la bibliothèque contient une réponse. p = 1 / (1 + exp(−z)), z = {intercept} + {asked} × q + {cosine} × c + "
        "{covered} × w + {strength} × s + ({elsewhere}) × e : q est la plus proche des questions écrites avec les passages, c le "
        "meilleur cosinus, w la part des mots de la question, pondérés par leur rareté, que contiennent les trois meilleurs "
        "passages, s la force du premier, e la plus proche des questions que l’on sait sans réponse ici. Le cosinus compare "
        "les vecteurs de la question et d’un passage (Universal Sentence Encoder, multilingue) : 1, la même direction ; près de "
        "0, aucun rapport. Mots partagés : 1 serait chaque mot de la question, ou sa traduction la plus probable, maintes fois."
    ),
)
LIMITS = Text(
    en=(
        "A passage that resembles the question may not answer it, and an answer in other words may be missed: on 170 "
        "questions kept apart from the fit, 15 of the 124 that the library answers were judged unanswered, and 3 of the 46 "
        "others were judged answered. The library is small and says what its authors read; what it does not hold is not "
        "thereby false."
    ),
    fr=(
        "Un passage qui ressemble à la question peut ne pas y répondre, et une réponse dite avec d’autres mots peut "
        "échapper : sur 170 questions tenues à part du réglage, 15 des 124 auxquelles la bibliothèque répond ont été jugées "
        "sans réponse, et 3 des 46 autres jugées avec réponse. La bibliothèque est petite et dit ce que ses auteurs ont lu ; "
        "ce qu’elle ne contient pas n’est pas faux pour autant."
    ),
)


@tool(
    wing="reading",
    version="2",
    title=Text(en="Search the library", fr="Recherche dans la bibliothèque"),
    question=Text(
        en="What do the course notes and the incidents of the library say about this?",
        fr="Que disent là-dessus les fiches de cours et les incidents de la bibliothèque ?",
    ),
    needs=Text(
        en="the sentence encoder (2 s the first time, then milliseconds)",
        fr="l’encodeur de phrases (2 s la première fois, puis quelques millisecondes)",
    ),
    examples=EXAMPLES,
    seconds=300,  # the first search after a change encodes the new passages
)
def search_knowledge(
    run: Run,
    query: Annotated[
        str,
        arg("the question, or a few words", "la question, ou quelques mots", min_length=1, max_length=2000),
    ],
    k: Annotated[int, arg("how many passages, 1 to 100", "combien de passages, de 1 à 100", ge=1, le=100)] = 5,
    language: Annotated[
        Literal["auto", "en", "fr"],
        arg(
            "language of the passages: en, fr, or auto (the one of the question)",
            "langue des passages : en, fr, ou auto (celle de la question)",
        ),
    ] = "auto",
) -> Finding:
    """See the module docstring; errors: ``BadInput`` without a letter or a digit, ``Missing`` for an empty library."""
    from knowledge import encoder, search, support, terms
    from knowledge.index import current

    if not any(letter.isalnum() for letter in query):
        raise BadInput(
            "The question is empty. Write a question, or a few words.",
            "La question est vide. Écrivez une question, ou quelques mots.",
        )
    run.progress("Searching the library", "Recherche dans la bibliothèque")
    lang = language if language != "auto" else terms.language(query) or run.lang
    index = current()
    vector = encoder.encode([query])
    hits = search.find(index, query, vector, max(k, 3), lang)
    if not hits:
        raise Missing(
            "The library is empty. Install Autopsie again, or add documents.",
            "La bibliothèque est vide. Réinstallez Autopsie, ou ajoutez des documents.",
        )
    probability = support.support(query, hits)
    searched = index.offered[lang]
    cosines = (index.vectors.reconstruct_n(0, len(index.passages)) @ vector[0])[searched]
    return run.finding(
        specimen=_specimen(),
        estimates=[
            Estimate(
                name="support",
                label=Text(en="probability that the library answers", fr="probabilité que la bibliothèque réponde"),
                value=probability, n=int(searched.sum()), baseline=support.THRESHOLD,
                baseline_label=Text(en="from here up, the library answers", fr="à partir d’ici, la bibliothèque répond"),
            ),
            Estimate(
                name="cosine", label=Text(en="best cosine", fr="meilleur cosinus"), value=max(hit.score for hit in hits),
                n=int(searched.sum()), baseline=float(cosines.mean()),
                baseline_label=Text(en="mean of all the passages searched", fr="moyenne de tous les passages parcourus"),
            ),
        ],
        tables=[_table(hits[:k])],
        summary=Text(
            en=_summary(hits[0], probability, int(searched.sum()), "en"),
            fr=_summary(hits[0], probability, int(searched.sum()), "fr"),
        ),
        how_to_read=Text(en=_formula("en"), fr=_formula("fr")),
        limits=LIMITS,
        references=["yangmuse2020", "robertson2009", "brown1993", "darwish2003", "nogueira2019"],
    )  # fmt: skip


def _specimen() -> Specimen:
    from knowledge.documents import documents, fingerprint

    count = len({document.id for document in documents()})
    return Specimen(
        name=f"the library of Autopsie, {count} documents",
        source="knowledge/content, and the documents added by the user",
        revision=fingerprint()[:12],
        sha256=fingerprint(),
    )


def _summary(best: Hit, probability: float, n: int, lang: str) -> str:
    from knowledge.support import THRESHOLD

    likely, needed, count = number(probability, lang), number(THRESHOLD, lang), number(n, lang, 0)
    if lang == "en":
        found = f"Among {count} passages, the closest is “{best.heading}” in “{best.title}” ({best.id})."
        if probability >= THRESHOLD:
            return f"{found} The library probably answers this question: {likely} on a scale from 0 to 1, where {needed} is needed."
        return (
            f"The library probably does not answer this question: {likely} on a scale from 0 to 1, where {needed} is needed. "
            f"{found}"
        )
    found = f"Parmi {count} passages, le plus proche est « {best.heading} » dans « {best.title} » ({best.id})."
    if probability >= THRESHOLD:
        return f"{found} La bibliothèque répond probablement à cette question : {likely} sur une échelle de 0 à 1, où il faut {needed}."
    return (
        f"La bibliothèque ne répond probablement pas à cette question : {likely} sur une échelle de 0 à 1, où il faut {needed}. "
        f"{found}"
    )


def _formula(lang: str) -> str:
    from knowledge.support import COEFFICIENTS, INTERCEPT, THRESHOLD

    values = {"threshold": THRESHOLD, "intercept": INTERCEPT, **COEFFICIENTS._asdict()}
    return HOW.get(lang).format(**{name: number(value, lang) for name, value in values.items()})


def _table(hits: list[Hit]) -> Table:
    rows: list[list[Cell]] = [[hit.rank, hit.id, hit.title, hit.heading, hit.score, hit.lexical] for hit in hits]
    return Table(
        name="passages",
        title=Text(en="The passages found", fr="Les passages trouvés"),
        columns=[
            Text(en="rank", fr="rang"), same("passage"), same("document"), Text(en="section", fr="section"),
            Text(en="cosine", fr="cosinus"), Text(en="shared words", fr="mots partagés"),
        ],
        rows=rows,
    )  # fmt: skip
