"""Can the texts of a language model carry a hidden mark, at what cost, and what wears it off?

The watermark of Kirchenbauer et al. 2023 (arXiv 2301.10226): the last tokens and a secret key choose a green
share γ of the vocabulary, the model's green logits get δ more, and who has the key counts the green tokens.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from tools.authorship.watermarking.requests import EXAMPLES
from tools.errors import BadInput
from tools.finding import Finding, Text
from tools.tool import MAX_TEXT, Run, arg, tool

CONTEXT = Annotated[
    int,
    arg(
        "how many tokens choose the green list of the next one",
        "combien de tokens choisissent la liste verte du suivant",
        ge=1, le=8,
    ),
]  # fmt: skip
REFERENCES = ["kirchenbauer2023", "kirchenbauer2024", "wilson1927"]


@tool(
    wing="authorship",
    version="1",
    title=Text(en="Watermark of a generated text", fr="Filigrane d’un texte engendré"),
    question=Text(
        en="Does this text carry the hidden mark of a model, and what would wear the mark off?",
        fr="Ce texte porte-t-il la marque cachée d’un modèle, et qu’est-ce qui l’efface ?",
    ),
    needs=Text(
        en="SmolLM2 (93 MB); about a minute to write the texts, a few seconds to check one",
        fr="SmolLM2 (93 Mo) ; environ une minute pour écrire les textes, quelques secondes pour en vérifier un",
    ),
    seconds=3600,
    examples=EXAMPLES,
)
def watermark(
    run: Run,
    text: Annotated[
        str,
        arg(
            "the text to check for the mark; none: marked texts are written, then attacked",
            "le texte où chercher la marque ; aucun : des textes marqués sont écrits, puis attaqués",
            max_length=MAX_TEXT,
        ),
    ] = "",
    prompt: Annotated[
        str,
        arg(
            "the request that the model answers with and without the mark; none: the story of a lighthouse keeper",
            "la demande à laquelle le modèle répond avec et sans la marque ; aucune : l’histoire d’un gardien de phare",
            max_length=2000,
        ),
    ] = "",
    gamma: Annotated[float, arg("green share of the vocabulary", "part verte du vocabulaire", ge=0.05, le=0.95)] = 0.25,
    delta: Annotated[
        float, arg("what is added to the green logits", "ce qui est ajouté aux logits verts", gt=0, le=20)
    ] = 2.0,
    width: CONTEXT = 1,
    key: Annotated[int, arg("the secret key", "la clé secrète", ge=1, lt=2**31)] = 15_485_863,
    tokens: Annotated[
        int, arg("length of each text, in tokens", "longueur de chaque texte, en tokens", ge=20, le=1000)
    ] = 200,
    temperature: Annotated[float, arg("temperature of the writing", "température de l’écriture", gt=0, le=2)] = 1.0,
    samples: Annotated[
        int, arg("how many texts at each strength", "combien de textes à chaque force", ge=2, le=50)
    ] = 4,
    model: Annotated[
        str,
        arg(
            "the language model: a packaged name (smollm2), a folder, a Hugging Face id or a server URL",
            "le modèle de langue : un nom fourni (smollm2), un dossier, un identifiant Hugging Face ou l’URL d’un serveur",
        ),
    ] = "smollm2",
) -> Finding:
    """With a text, detection only; else texts with and without the mark, its cost, and what is left after attacks."""
    from tools.authorship.watermarking import check, demonstration
    from tools.authorship.watermarking.scheme import Mark

    mark = Mark(gamma, delta, width, key)
    if text and prompt.strip():
        raise BadInput(
            "watermark checks a text or writes to a request, not both: leave --text or --prompt out.",
            "watermark vérifie un texte ou répond à une demande, pas les deux : laissez --text ou --prompt de côté.",
        )
    if text and not text.strip():
        raise BadInput("The text to check is empty.", "Le texte à vérifier est vide.")
    run.progress("Loading the model", "Chargement du modèle")
    if text:
        return check.finding(run, text.strip(), mark, model, reporter(run))
    return demonstration.finding(run, prompt.strip(), mark, tokens, temperature, samples, model, reporter(run))


def reporter(run: Run) -> Callable[[str, str], Callable[[int, int], None]]:
    """Makes progress callbacks: a label in both languages, then how much is done."""

    def about(en: str, fr: str) -> Callable[[int, int], None]:
        return lambda done, total: run.progress(en, fr, done, total)

    return about
