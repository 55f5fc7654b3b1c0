"""What does a language model extract from a text, and how much of it is in the text?

Names and relations under an imposed JSON schema (Willard & Louf 2023, arXiv 2307.09702), looked up in
the text one by one; recall beside a rule without any model (the task: Tjong Kim Sang & De Meulder 2003).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, cast

from tools.errors import BadInput
from tools.finding import Finding, Lang, Text, both
from tools.tool import MAX_TEXT, Run, arg, tool

FEWEST_WORDS = 3
EXAMPLES = {
    "en": [
        "Extract the entities and the relations from this text and check them.",
        "entities and relations in “Marie Curie was born in Warsaw in 1867.”",
        "who did what to whom in this paragraph? list it as triples",
        "named entity recognition with the language model, and tell me which ones it made up",
        "Does the model invent names when it extracts information?",
        "build a small knowledge graph from my text",
        "extract_relations on article.txt",
        "I would like the people, places, dates and organisations of this press release, with their position in the text.",
        "NER: “In 2019 Orbex opened an office in Lyon.”",
        "information extraction and hallucination: show me the lesson",
        "Pull subject, relation, object out of the report with smollm2.",
        "Which of the extracted relations are really in the document?",
        "turn this biography into JSON with names and links, then verify it",
        "how many of the names in the text does the model find?",
    ],
    "fr": [
        "Extrais les entités et les relations de ce texte et vérifie-les.",
        "entités et relations dans « Marie Curie est née à Varsovie en 1867. »",
        "qui fait quoi à qui dans ce paragraphe ? donne les triplets",
        "reconnaissance d’entités nommées par le modèle de langue, et dis-moi lesquelles il a inventées",
        "Le modèle invente-t-il des noms quand il extrait des informations ?",
        "fais un petit graphe de connaissances à partir de mon texte",
        "extract_relations sur article.txt",
        "Je voudrais les personnes, lieux, dates et organisations de ce communiqué, avec leur place dans le texte.",
        "extraction d’entités : « En 2019, Orbex a ouvert un bureau à Lyon. »",
        "extraction d’information et hallucination : montre-moi la leçon",
        "Tire sujet, relation, objet du rapport avec smollm2.",
        "Lesquelles des relations extraites sont vraiment dans le document ?",
        "mets cette biographie en JSON avec les noms et leurs liens, puis contrôle",
        "combien des noms du texte le modèle retrouve-t-il ?",
    ],
}


@tool(
    wing="reading",
    version="1",
    title=Text(en="Names and relations of a text", fr="Noms et relations d’un texte"),
    question=Text(
        en="Which names and relations does a model extract from this text, and which of them are not in it?",
        fr="Quels noms et quelles relations un modèle tire-t-il de ce texte, et lesquels n’y sont pas ?",
    ),
    needs=Text(en="about 20 seconds, SmolLM2 (93 MB)", fr="environ 20 secondes, SmolLM2 (93 Mo)"),
    seconds=1800,
    examples=EXAMPLES,
)
def extract_relations(
    run: Run,
    text: Annotated[
        str,
        arg(
            "the text to read; none: a short account of an invented incident",
            "le texte à lire ; aucun : le court récit d’un incident inventé",
            max_length=MAX_TEXT,
        ),
    ] = "",
    language: Annotated[
        Literal["auto", "en", "fr"],
        arg("language of the text: auto, en or fr", "langue du texte : auto, en ou fr"),
    ] = "auto",
    max_items: Annotated[
        int,
        arg(
            "most names, and most relations, for each passage",
            "noms, et relations, au plus pour chaque passage",
            ge=1,
            le=8,
        ),
    ] = 4,
    model: Annotated[
        str,
        arg(
            "the language model: a packaged name (smollm2), a folder, a Hugging Face id or a server URL",
            "le modèle de langue : un nom fourni (smollm2), un dossier, un identifiant Hugging Face ou l’URL d’un serveur",
        ),
    ] = "smollm2",
) -> Finding:
    """Names and relations with spans and verdicts; shares invented, unsupported and found; the text, the graph."""
    from knowledge import terms
    from tools.reading.relations import reading, tables
    from tools.reading.relations import text as words
    from tools.reading.relations.built_in import CASES
    from tools.reading.relations.figure import drawable, page
    from tools.reading.relations.graph import graph
    from tools.reading.relations.measure import measure
    from tools.specimens import language as models

    given = text.strip()
    if given:
        check_text(given)
    lang = cast(Lang, language if language != "auto" else (terms.language(given) or run.lang) if given else run.lang)
    case = None if given else CASES[lang]
    run.progress("Loading the model", "Chargement du modèle")
    subject = models.load(model)
    m = measure(subject, case.text if case else given, case, lang, max_items, run.seed, so_far(run))
    figures = [page(m, model, run.seed, run.lang)] if drawable(m.text) else []
    if m.relations and figures:
        figures.append(graph(m, model, run.seed, run.lang))
    return run.finding(
        specimen=subject.specimen,
        estimates=tables.estimates(m),
        tables=[tables.entities_table(m), tables.relations_table(m), tables.names_table(m)],
        figures=figures,
        summary=both(words.summary, m, subject.specimen.name.split(",")[0]),
        how_to_read=both(reading.how_to_read, m),
        limits=both(reading.limits, m),
        references=["willard2023", "tjong2003", "wilson1927"],
    )


def check_text(text: str) -> None:
    """``BadInput`` for a text without sentences."""
    import re

    count = sum(1 for _ in re.finditer(r"[^\W\d_]{2,}", text))
    # Scripts that write no spaces (Chinese, Japanese, Thai) count as one long word: their letters count instead.
    if count < FEWEST_WORDS and sum(letter.isalpha() and ord(letter) > 0x0E00 for letter in text) < 6:
        raise BadInput(
            f"extract_relations needs a sentence: this text has {count} word{'s' * (count != 1)}, at least {FEWEST_WORDS} are needed.",
            f"extract_relations a besoin d’une phrase : ce texte a {count} mot{'s' * (count > 1)}, il en faut au moins {FEWEST_WORDS}.",
        )


def so_far(run: Run) -> Callable[[float, int, int], None]:
    """Reports how much is read and what was found so far."""

    def step(share: float, names: int, absent: int) -> None:
        done = round(100 * share)
        if not names:
            run.progress("Reading sentence by sentence", "Lecture phrase par phrase", done, 100)
            return
        run.progress(
            f"{names} names so far, {absent} of them not in the text",
            f"{names} noms jusqu’ici, dont {absent} absents du texte",
            done,
            100,
        )

    return step
