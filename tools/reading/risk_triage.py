"""What may go wrong with a described system: harms, places of bias, the tier of the AI Act, similar incidents, what to ask.

Rules over word lists first (``triage/*.yaml``), retrieval second; no language model.
Harm classes: Weidinger et al. (2021); places of bias: the EFELIA course (Sassatelli 2023);
questions: Paullada et al. (2021); tiers: Regulation (EU) 2024/1689. A reading for learning, not legal advice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from tools.errors import BadInput
from tools.finding import Finding, Specimen, Text, both
from tools.tool import Run, arg, tool

if TYPE_CHECKING:
    from tools.reading.triage.measure import Triage

LONGEST = 8_000  # characters: about sixty sentences
FEWEST = 4  # words


@tool(
    wing="reading",
    version="1",
    title=Text(en="What may go wrong with this system?", fr="Qu’est-ce qui peut mal tourner avec ce système ?"),
    question=Text(
        en="Which harms, which places of bias and which tier of the AI Act do the words of this description lead to?",
        fr="À quels dommages, quels endroits de biais et quel niveau du règlement sur l’IA mènent les mots de cette description ?",
    ),
    needs=Text(en="a description of one to thirty sentences; a few seconds", fr="une description d’une à trente phrases ; quelques secondes"),
    seconds=60,
    examples={
        "en": [
            "Triage this system: a model that ranks CVs using ten years of past hires",
            "risk triage",
            "What could go wrong with a chatbot that answers tenants' questions?",
            "Which tier of the AI Act would a score for loan applicants fall under?",
            "We want to use cameras to spot shoplifters with face recognition. What are the risks?",
            "is my homework grading app high risk under the eu ai act?",
            "Here is our project: an algorithm sends inspectors to restaurants. Which biases should we look for?",
            "Could you list the questions to ask before we deploy an emotion detector in call centres?",
            "what harms can a voice cloning app cause",
            "Assess the following system description and tell me which incidents resemble it",
            "Our hospital plans to buy software that predicts who needs extra care; where can bias enter?",
            "Is social scoring of residents prohibited in Europe? our town is thinking of it",
            "Before the board meeting I need a first look at the risks of our fraud model.",
            "Where in the pipeline could this system be biased: a model predicts which pupils will drop out",
        ],
        "fr": [
            "Fais le triage de ce système : un modèle qui classe les CV d'après dix ans d'embauches",
            "triage des risques",
            "Qu'est-ce qui peut mal tourner avec un robot qui répond aux locataires ?",
            "À quel niveau du règlement sur l'IA correspond un score pour des demandes de prêt ?",
            "On veut repérer les voleurs à l'étalage avec des caméras et la reconnaissance faciale. Quels risques ?",
            "mon appli qui corrige les devoirs est-elle à haut risque selon l'AI Act ?",
            "Voici notre projet : un algorithme envoie des inspecteurs dans les restaurants. Quels biais chercher ?",
            "Pourriez-vous lister les questions à poser avant de déployer un détecteur d'émotions en centre d'appels ?",
            "quels dommages peut causer une appli de clonage de voix",
            "Évalue la description de système suivante et dis-moi quels incidents lui ressemblent",
            "Notre hôpital va acheter un logiciel qui prédit qui a besoin de soins ; par où le biais peut-il entrer ?",
            "La notation sociale des habitants est-elle interdite en Europe ? notre ville y songe",
            "Avant le conseil, il me faut un premier regard sur les risques de notre modèle de fraude.",
            "À quelle étape ce système peut-il être biaisé : un modèle prédit quels élèves vont décrocher",
        ],
    },
)  # fmt: skip
def risk_triage(
    run: Run,
    text: Annotated[
        str,
        arg(
            "the system in your words, one to thirty sentences in English or French; none: a built-in one",
            "le système dans vos mots, une à trente phrases en français ou en anglais ; aucun : un système fourni",
            max_length=LONGEST,
        ),
    ] = "",
) -> Finding:
    """Harms, tier with its reason, places of bias, questions, similar incidents and what was not found."""
    from tools.reading.triage import reading, tables
    from tools.reading.triage import text as words
    from tools.reading.triage.cases import BUILTIN
    from tools.reading.triage.figure import picture

    check(text)
    given = text.strip() or BUILTIN[run.lang]
    run.progress("Reading the words", "Lecture des mots")
    m = measured(run, given, not text.strip())
    run.progress("Drawing", "Dessin")
    return run.finding(
        specimen=specimen(m),
        estimates=tables.estimates(m, run.lang),
        tables=tables.tables(m),
        figures=[picture(m, run.seed, run.lang)],
        summary=both(words.summary, m),
        how_to_read=both(reading.how_to_read, m),
        limits=both(reading.limits, m),
        references=["weidinger2021", "sassatelli2023", "paullada2021", "eu2024", "eu2026", "wilson1927"],
    )


def check(text: str) -> None:
    """``BadInput`` for a description without a sentence."""
    import re

    if not text:
        return
    count = len(re.findall(r"[^\W\d_]{2,}", text))
    if count < FEWEST:
        raise BadInput(
            f"risk_triage needs a sentence: this description has {count} word{'s' * (count != 1)}. Say what the system does, with which data, "
            "about whom and who uses it.",
            f"risk_triage a besoin d’une phrase : cette description a {count} mot{'s' * (count > 1)}. Dites ce que fait le système, avec quelles "
            "données, sur qui et qui s’en sert.",
        )


def measured(run: Run, text: str, builtin: bool) -> Triage:
    """The triage in the language of the description (both when it mixes them), with the incidents that a search finds."""
    from dataclasses import replace

    from knowledge import terms
    from knowledge.sentences import split
    from tools.reading.triage.measure import similar, triage

    languages = {terms.language(sentence) for sentence in split(text)} - {None}
    m = triage(text, languages.pop() if len(languages) == 1 else None, builtin)
    run.progress("Searching the incidents", "Recherche des incidents")
    return replace(m, incidents=similar(text, run.lang))


def specimen(m: Triage) -> Specimen:
    """The description as what was examined, by the hash of its words."""
    import hashlib

    source = "built-in example" if m.builtin else "given by the user"
    name = f"a description of {len(m.text.split())} words"
    return Specimen(name=name, source=source, revision="", sha256=hashlib.sha256(m.text.encode()).hexdigest())
