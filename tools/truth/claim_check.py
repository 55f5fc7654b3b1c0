"""Does a source say what a text claims? Sentence by sentence: supported, contradicted, or not found.

Evidence by meaning and words (Universal Sentence Encoder, Yang et al. 2020), then numbers, dates, names, negation
and roles compared by rule. What a source supports can still be false, and what is not found can be true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from tools.errors import BadInput
from tools.finding import Finding, Specimen, Text, both
from tools.tool import MAX_TEXT, Run, arg, tool

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tools.truth.claims.sources import Evidence

EXAMPLES = {
    "en": [
        "Check this text against the library, claim by claim.",
        "Is this summary faithful to the PDF? report.pdf",
        "fact-check this paragraph",
        "Which sentences of the answer are contradicted by the source?",
        "ChatGPT summarised this article for me; compare its numbers and dates with the saved page.",
        "Does the document really say that 39% of the grades were lowered?",
        "claim check",
        "verify the statements in this text one by one and show me the passage",
        "Did the chatbot invent anything in its summary of interview.docx?",
        "Are the figures in my essay on COMPAS right according to your notes?",
        "supported, contradicted or not found: please label every claim",
        "I pasted a press release and its source. What does not match?",
        "find the altered number in this summary",
        "Check “Uber's car killed a pedestrian in 2019” against what you know",
        "hallucination check of a generated summary against the original text",
    ],
    "fr": [
        "Vérifie ce texte avec la bibliothèque, affirmation par affirmation.",
        "Ce résumé est-il fidèle au PDF ? rapport.pdf",
        "vérification des faits de ce paragraphe",
        "Quelles phrases de la réponse sont contredites par la source ?",
        "ChatGPT m'a résumé cet article ; compare ses chiffres et ses dates avec la page enregistrée.",
        "Le document dit-il vraiment que 39 % des notes ont été abaissées ?",
        "vérifier des affirmations",
        "contrôle les phrases de ce texte une à une et montre-moi le passage",
        "Le robot a-t-il inventé quelque chose dans son résumé de entretien.docx ?",
        "Les chiffres de mon exposé sur COMPAS sont-ils justes d'après tes fiches ?",
        "confirmé, contredit ou introuvable : étiquette chaque affirmation",
        "J'ai collé un communiqué et sa source. Qu'est-ce qui ne correspond pas ?",
        "trouve le nombre modifié dans ce résumé",
        "Vérifie « La voiture d'Uber a tué une piétonne en 2019 » avec ce que tu sais",
        "contrôle des hallucinations d'un résumé généré par rapport au texte d'origine",
    ],
}


@tool(
    wing="truth",
    version="1",
    title=Text(en="Claim check", fr="Vérification des affirmations"),
    question=Text(
        en="Does a source support, contradict, or not mention what this text claims?",
        fr="Une source confirme-t-elle, contredit-elle ou ignore-t-elle ce que ce texte affirme ?",
    ),
    needs=Text(
        en="the sentence encoder (2 s, then about 0.1 s a claim)",
        fr="l’encodeur de phrases (2 s, puis environ 0,1 s par affirmation)",
    ),
    examples=EXAMPLES,
    seconds=300,
)
def claim_check(
    run: Run,
    text: Annotated[
        str,
        arg(
            "the text to check; none: a built-in summary of an incident",
            "le texte à vérifier ; aucun : le résumé fourni d’un incident",
            max_length=MAX_TEXT,
        ),
    ] = "",
    source: Annotated[
        str,
        arg(
            "what it is compared with: library, the path of a file (PDF, DOCX, HTML, Markdown, text), or the text itself",
            "à quoi on le compare : library, le chemin d’un fichier (PDF, DOCX, HTML, Markdown, texte), ou le texte lui-même",
            max_length=3_000_000,
        ),
    ] = "library",
    language: Annotated[
        Literal["auto", "en", "fr"],
        arg("language of the text: en, fr, or auto", "langue du texte : en, fr, ou auto"),
    ] = "auto",
    entailment: Annotated[
        str,
        arg(
            "an entailment model to add to the rules: a folder or a Hugging Face id; none: rules only",
            "un modèle d’implication à ajouter aux règles : un dossier ou un identifiant Hugging Face ; aucun : les règles seules",
        ),
    ] = "",
) -> Finding:
    """One verdict a claim; errors: ``BadInput`` for a text without a claim, a URL, a file that cannot be read."""
    from knowledge import encoder, terms
    from tools.truth.claims import reading, tables
    from tools.truth.claims import text as words
    from tools.truth.claims.examples import EXAMPLE
    from tools.truth.claims.figure import page
    from tools.truth.claims.result import Result
    from tools.truth.claims.sources import GIVEN
    from tools.truth.claims.splitting import pieces

    built_in = not text.strip()
    if built_in and source.strip().lower() not in ("", "library"):
        raise BadInput(
            "Give the text to check with --text; --source is what it is compared with.",
            "Donnez le texte à vérifier avec --text ; --source est ce à quoi on le compare.",
        )
    checked = EXAMPLE[run.lang] if built_in else text
    lang = language if language != "auto" else terms.language(checked) or run.lang
    parts = pieces(checked)
    claims = [piece.text for piece in parts if piece.kind == "claim"]
    if not claims:
        raise BadInput(
            "This text claims nothing that can be checked (only questions, headings, opinions, orders or no sentence). "
            "Give at least one sentence that states a fact.",
            "Ce texte n’affirme rien qui se vérifie (seulement des questions, titres, avis, consignes, ou aucune phrase). "
            "Donnez au moins une phrase qui énonce un fait.",
        )
    run.progress("Loading the sentence encoder", "Chargement de l’encodeur de phrases")
    found, specimen = _evidence(run, claims, source.strip() or "library", lang)
    model = ""
    if entailment:
        found, model = _judged(run, found, entailment)
    library = source.strip().lower() in ("", "library")
    result = Result(parts, found, specimen.name, built_in, library, specimen.source == GIVEN, model)
    return run.finding(
        specimen=specimen,
        estimates=tables.estimates(result),
        tables=[tables.claims_table(result), *tables.others_table(result)],
        figures=[page(result, run.seed, run.lang)],
        summary=both(words.summary, result),
        how_to_read=both(reading.how_to_read, result, encoder.current().name),
        limits=both(reading.limits, result),
        references=["yangmuse2020", "wilson1927"],
    )


def _evidence(run: Run, claims: list[str], source: str, lang: str) -> tuple[list[Evidence], Specimen]:
    """The evidence for each claim, and the source as a specimen."""
    from tools.truth.claims import sources
    from tools.truth.claims.library import Library
    from tools.truth.claims.matching import Meaning

    meaning = Meaning(lambda texts: _encode(run, texts))

    def step(done: int) -> None:
        run.progress(
            f"Comparing claim {done + 1} of {len(claims)}",
            f"Affirmation {done + 1} sur {len(claims)}",
            done,
            len(claims),
        )

    if source.lower() == "library":
        from tools.reading.search_knowledge import _specimen

        run.progress("Searching the library", "Recherche dans la bibliothèque")
        return Library(lang, meaning).check(claims, step), _specimen()
    document = sources.document(source, run.lang)
    return sources.against_document(claims, document, meaning, step), document.specimen


def _encode(run: Run, texts: Sequence[str]) -> NDArray[np.float32]:
    """The vectors, a few at a time, so that Stop is heard."""
    import numpy as np

    from knowledge import encoder

    rows = []
    for start in range(0, len(texts), encoder.BATCH):
        if len(texts) > 4 * encoder.BATCH:
            run.progress("Reading the source", "Lecture de la source", start, len(texts))
        rows.append(encoder.encode(texts[start : start + encoder.BATCH]))
    return np.concatenate(rows)


def _judged(run: Run, found: list[Evidence], model: str) -> tuple[list[Evidence], str]:
    """The verdicts with those of an entailment model, and its name."""
    from dataclasses import replace

    from tools.truth import entailment
    from tools.truth.claims.check import with_model

    run.progress("Loading the entailment model", "Chargement du modèle d’implication")
    loaded = entailment.load(model)
    premises = [one.passage.replace("[…] ", "") for one in found]
    verdicts = with_model([one.verdict for one in found], premises, loaded.probabilities)
    return [replace(one, verdict=verdict) for one, verdict in zip(found, verdicts, strict=True)], loaded.specimen.name
