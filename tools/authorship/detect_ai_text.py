"""How expected are the words of a text for a language model, and does that tell that a machine wrote it?

Likelihood and log-rank (Gehrmann et al. 2019; Mitchell et al. 2023), and the curvature of
Fast-DetectGPT (Bao et al. 2024, arXiv 2310.05130), laid beside measured passages of known origin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from tools.errors import BadInput
from tools.finding import Cell, Estimate, Figure, Finding, Table, Text, same
from tools.tool import MAX_TEXT, Run, arg, tool

if TYPE_CHECKING:
    from tools.authorship.detect_measure import Interval, Measured


@tool(
    wing="authorship",
    version="1",
    title=Text(en="Was this text generated?", fr="Ce texte a-t-il été engendré ?"),
    question=Text(
        en="How expected are the words of this text for a language model, and what may be concluded from it?",
        fr="À quel point un modèle de langue s’attendait-il aux mots de ce texte, et que peut-on en conclure ?",
    ),
    needs=Text(en="a text of 60 tokens or more; a few seconds, SmolLM2 (93 MB)", fr="un texte de 60 tokens ou plus ; quelques secondes, SmolLM2 (93 Mo)"),
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
        ],
    },
)  # fmt: skip
def detect_ai_text(
    run: Run,
    text: Annotated[str, arg("the text to examine", "le texte à examiner", max_length=MAX_TEXT)],
    model: Annotated[
        str,
        arg(
            "the language model that reads it: a packaged name (smollm2), a folder, a Hugging Face id or a server URL",
            "le modèle de langue qui le lit : un nom fourni (smollm2), un dossier, un identifiant Hugging Face ou l’URL "
            "d’un serveur",
        ),
    ] = "smollm2",
) -> Finding:
    """Likelihood, log-rank and curvature with their intervals, sentence by sentence, and a verdict where one is allowed."""
    from tools.authorship import detect_reading as reading
    from tools.authorship import detect_text as words
    from tools.authorship.detect_measure import measure
    from tools.specimens import language as models

    if not text.strip():
        raise BadInput(
            "detect_ai_text needs a text: this one is empty. Paste a passage of a few sentences.",
            "detect_ai_text a besoin d’un texte : celui-ci est vide. Collez un passage de quelques phrases.",
        )
    run.progress("Loading the model", "Chargement du modèle")
    subject = models.load(model)
    specimen = subject.specimen

    def on_step(done: int, total: int) -> None:
        run.progress("Reading the text", "Lecture du texte", done, total)

    measured = measure(subject, specimen, text.strip(), run.rng, on_step)
    return run.finding(
        specimen=specimen,
        estimates=estimates(measured),
        tables=tables(measured),
        figures=figures(run, measured, model),
        summary=words.both(words.summary, measured),
        how_to_read=words.both(reading.how_to_read, measured),
        limits=words.both(reading.limits, measured),
        references=["bao2024", "gehrmann2019", "mitchell2023", "liang2023", "wilson1927"],
    )


def estimates(m: Measured) -> list[Estimate]:
    """The curvature at the reference's length when there is a verdict, the curvature, the likelihood, the log-rank."""
    from tools.authorship import detect_text as words
    from tools.authorship.detect_measure import CONFIDENCE

    scale = m.verdict.scale
    found = []

    def add(name: str, label: Text, interval: Interval, unit: str, baseline: float | None, about: Text | None) -> None:
        value, low, high = interval
        found.append(
            Estimate(
                name=name, label=label, value=value, unit=unit, low=low, high=high, n=m.tokens, baseline=baseline,
                confidence=None if low is None else CONFIDENCE, baseline_label=about,
            )
        )  # fmt: skip

    brought = m.brought
    if brought and scale:
        add("curvature_at_reference", words.brought_label(m), brought, "", scale.median, words.MEDIAN)
    if m.curvature:
        add("curvature", words.CURVATURE, m.curvature, "", 0.0, words.DRAWN)
    likelihood, log_rank = (scale.length.likelihood, scale.length.log_rank) if scale else (None, None)
    about = words.MEDIAN if scale else None
    add("likelihood", words.LIKELIHOOD, m.likelihood, "nat/token", likelihood, about)
    add("log_rank", words.LOG_RANK, m.log_rank, "nat/token", log_rank, about)
    return found


def tables(m: Measured) -> list[Table]:
    """The sentences, and how many passages of each origin the flag catches."""
    from tools.authorship import detect_text as words
    from tools.proportions import wilson

    rows: list[list[Cell]] = [[same(s.text), s.tokens, s.likelihood, s.curvature] for s in m.sentences]
    made = [Table(name="sentences", title=words.SENTENCES, columns=words.SENTENCE_COLUMNS, rows=rows)]
    scale = m.verdict.scale
    if scale:
        rates: list[list[Cell]] = []
        for group in scale.length.groups:
            count, n = scale.flagged(group), len(group.curvature)
            low, high = wilson(count, n)
            rates.append([group.label, n, count, 100 * count / n, 100 * low, 100 * high])
        made.append(Table(name="reference", title=words.RATES, columns=words.RATE_COLUMNS, rows=rates))
    return made


def figures(run: Run, m: Measured, model: str) -> list[Figure]:
    """The place of the text among the reference passages when there is a verdict; the sentences."""
    from tools.authorship import detect_figure as draw

    place = [draw.place(m, model, run.seed, run.lang)] if m.verdict.scale else []
    return [*place, draw.sentences(m, model, run.seed, run.lang)]
