"""How expected are the words of a text for a language model, and does that tell that a machine wrote it?

Likelihood, rank, log-rank and entropy (Gehrmann et al. 2019; Mitchell et al. 2023), LRR (Su et al.
2023), the curvature of Fast-DetectGPT (Bao et al. 2024), Binoculars (Hans et al. 2024), and a
classifier over all of them, with a threshold at a stated rate of false alarms, laid beside passages of known origin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from tools.errors import BadInput
from tools.finding import Figure, Finding, Text, both
from tools.tool import Run, arg, tool

if TYPE_CHECKING:
    from tools.authorship.detection.measure import Measured
    from tools.specimens.language import TransformersModel

LONGEST = 400_000  # characters: over a hundred pages, read in pieces spread over them


@tool(
    wing="authorship",
    version="2",
    title=Text(en="Was this text generated?", fr="Ce texte a-t-il été engendré ?"),
    question=Text(
        en="How expected are the words of this text for a language model, and what may be concluded from it?",
        fr="À quel point un modèle de langue s’attendait-il aux mots de ce texte, et que peut-on en conclure ?",
    ),
    needs=Text(en="a text of 30 tokens or more; a few seconds, SmolLM2 (93 MB)", fr="un texte de 30 tokens ou plus ; quelques secondes, SmolLM2 (93 Mo)"),
    seconds=600,
    examples={
        "en": [
            "Was this paragraph written by an AI?",
            "detect ai text",
            "Did a student write this essay or a chatbot?",
            "Compute the Fast-DetectGPT curvature of this passage",
            "Check this cover letter for machine-generated text, please.",
            "is it chatgpt or a human: \"Rivers are a vital part of our planet…\"",
            "How predictable is this text for a language model, sentence by sentence?",
            "My teacher says my homework is AI generated. What does a detector say, and how sure is it?",
            "log-likelihood and log-rank of a text under SmolLM2",
            "I received an article that feels synthetic; can you tell whether a machine generated it?",
            "AI detector",
            "Run the machine-text detector on the file essay.txt",
            "Why would a detector flag the Bible as AI?",
            "human or machine?",
            "is this essay AI-written? then translate it to Portuguese and back and test again",
            "AI check at a 5% false positive rate, and paraphrase it to see whether the verdict holds",
        ],
        "fr": [
            "Ce paragraphe a-t-il été écrit par une IA ?",
            "détecter un texte généré",
            "Est-ce un élève ou un chatbot qui a écrit cette dissertation ?",
            "Calcule la courbure Fast-DetectGPT de ce passage",
            "Vérifie si cette lettre de motivation est un texte de machine, s'il te plaît.",
            "c'est chatgpt ou un humain : « Les rivières sont une part essentielle de notre planète… »",
            "À quel point ce texte est-il prévisible pour un modèle de langue, phrase par phrase ?",
            "Mon prof dit que mon devoir est fait par une IA. Que dit un détecteur, et avec quelle certitude ?",
            "log-vraisemblance et log-rang d'un texte sous SmolLM2",
            "J'ai reçu un article qui me semble artificiel ; peut-on savoir si une machine l'a engendré ?",
            "détecteur d'IA",
            "Lance le détecteur de texte de machine sur le fichier copie.txt",
            "Pourquoi un détecteur prendrait-il la Bible pour un texte d'IA ?",
            "humain ou machine ?",
            "ce devoir est-il d'une IA ? puis traduis-le aller-retour et mesure encore",
            "détecteur d'IA à 5 % de faux positifs, et paraphrase-le pour voir si le verdict tient",
        ],
    },
)  # fmt: skip
def detect_ai_text(
    run: Run,
    text: Annotated[
        str,
        arg(
            "the text to examine; none: a built-in one in the language of the run",
            "le texte à examiner ; aucun : un texte fourni, dans la langue de la demande",
            max_length=LONGEST,
        ),
    ] = "",
    false_positives: Annotated[
        float,
        arg(
            "the rate of false alarms that is accepted: 0.01 means one passage by people in a hundred",
            "le taux de fausses alertes accepté : 0,01 signifie un passage de personnes sur cent",
            ge=0.001,
            le=0.2,
        ),
    ] = 0.01,
    attack: Annotated[
        Literal["none", "paraphrase", "round_trip"],
        arg(
            "measure the text again once reworded: none, paraphrase (by the model) or round_trip (translated there and back)",
            "mesurer encore le texte une fois reformulé : none, paraphrase (par le modèle) ou round_trip (traduit puis retraduit)",
        ),
    ] = "none",
    model: Annotated[
        str,
        arg(
            "the language model that reads it: a packaged name (smollm2), a folder, a Hugging Face id or a server URL",
            "le modèle de langue qui le lit : un nom fourni (smollm2), un dossier, un identifiant Hugging Face ou l’URL "
            "d’un serveur",
        ),
    ] = "smollm2",
    second: Annotated[
        str,
        arg(
            "for Binoculars, a second model with the same tokens: a folder or a Hugging Face id",
            "pour Binoculars, un second modèle qui a les mêmes tokens : un dossier ou un identifiant Hugging Face",
            max_length=400,
        ),
    ] = "",
) -> Finding:
    """Every statistic with its interval, sentence by sentence, a verdict where one is allowed, and the same once reworded."""
    from tools.authorship.detection import reading
    from tools.authorship.detection import text as words
    from tools.authorship.detection.attack import attacked
    from tools.authorship.detection.cases import BUILTIN
    from tools.authorship.detection.measure import measure
    from tools.authorship.detection.tables import estimates, tables
    from tools.specimens import language as models

    if text and not text.strip():
        raise BadInput(
            "detect_ai_text needs a text: this one is empty. Paste a passage of a few sentences.",
            "detect_ai_text a besoin d’un texte : celui-ci est vide. Collez un passage de quelques phrases.",
        )
    run.progress("Loading the model", "Chargement du modèle")
    subject, observer = models.load(model), observed(model, second)

    def on_step(done: int, total: int) -> None:
        run.progress("Reading the text", "Lecture du texte", done, total)

    shown = text or BUILTIN[run.lang].text
    m = measure(subject, shown, false_positives, run.rng, on_step, observer, builtin=not text)
    if attack != "none":
        m = attacked(run, subject, m, attack)
    run.progress("Drawing", "Dessin")
    return run.finding(
        specimen=subject.specimen,
        estimates=estimates(m),
        tables=tables(m),
        figures=figures(run, m, model),
        summary=both(words.summary, m),
        how_to_read=both(reading.how_to_read, m),
        limits=both(reading.limits, m),
        references=[
            "bao2024", "bates2023", "gehrmann2019", "hans2024", "krishna2023", "liang2023", "mitchell2023", "sadasivan2023",
            "su2023", "wilson1927",
        ],
    )  # fmt: skip


def observed(model: str, second: str) -> TransformersModel | None:
    """The observer of Binoculars, when one is asked for."""
    from tools.specimens import language as models

    if not second:
        return None
    if model.startswith(("http://", "https://")):
        raise BadInput(
            "Binoculars needs the whole distribution of both models, and a server does not send it. Leave --second out, or give a "
            "folder or a Hugging Face id as --model.",
            "Binoculars a besoin de toute la distribution des deux modèles, et un serveur ne l’envoie pas. Retirez --second, ou donnez "
            "un dossier ou un identifiant Hugging Face à --model.",
        )
    return models.load_weights(second)


def figures(run: Run, m: Measured, model: str) -> list[Figure]:
    """The place of the text among the reference passages when there is a verdict; the words, sentence by sentence."""
    from tools.authorship.detection.figure import place
    from tools.authorship.detection.strip import strip

    first = [place(m, model, run.seed, run.lang)] if m.verdict.reached else []
    return [*first, strip(m, model, run.seed, run.lang)]
