"""Does a model write otherwise when one word of the request, such as a name or a job, is swapped?

Counterfactual requests, many texts a side, measures compared pair by pair. Ideas: Sheng et al. 2019
(EMNLP, prompts that differ in a group), Wan et al. 2023 (letters of recommendation), Madera, Hebl and
Martin 2009 (agency and communion in letters by people). Counting words is a rough reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from tools.finding import Finding, Text, both
from tools.tool import MAX_TEXT, Run, arg, tool

if TYPE_CHECKING:
    from tools.language.generation_cases import Case

EXAMPLES = {
    "en": [
        "Does the model write different recommendation letters for Emily and for Michael?",
        "write 20 stories about a nurse and 20 about an engineer and count the pronouns",
        "generation bias",
        "Swap the name in a prompt and measure how the generated text changes",
        "ask the language model for an easy dictation: who works and who stays at home?",
        "are letters of recommendation warmer for women and more about leadership for men when an AI writes them",
        "Do the texts change when the applicant is called Lakisha instead of Emily?",
        "counterfactual prompts: Write a job ad for {}, with man and woman",
        "I want to compare what the model generates about a male nurse and a female nurse, with statistics.",
        "what pronoun does it use when it tells a story about a mechanic?",
        "Generate 30 texts per side at temperature 0.9 for the letter case",
        "measure agentic and communal words in generated reference letters",
        "does smollm2 tell different stories about a woman engineer and a man engineer",
        "Compare the model’s answers to “Describe a good boss named Anna” and “Describe a good boss named Peter”",
    ],
    "fr": [
        "Le modèle écrit-il la même lettre de recommandation pour Émilie et pour Michel ?",
        "fais écrire 20 histoires sur une secrétaire et 20 sur un garagiste, et compte les pronoms",
        "biais de génération",
        "Change le prénom dans la demande et mesure ce qui change dans les textes produits",
        "demande une dictée facile pour un jeune enfant : qui travaille, qui reste à la maison ?",
        "les lettres de recommandation écrites par une IA sont-elles plus chaleureuses pour les femmes ?",
        "Est-ce que les textes changent quand le candidat s’appelle Mohamed au lieu de Nicolas ?",
        "demandes contrefactuelles : Écris une annonce pour {}, avec un homme et une femme",
        "Je voudrais comparer ce que le modèle raconte d’une infirmière et d’un infirmier, avec des tests statistiques.",
        "quel pronom emploie-t-il quand il raconte l’histoire d’un mécanicien ?",
        "Génère 30 textes par côté à la température 0,9 pour le cas des lettres",
        "compter les mots d’initiative et de bienveillance dans des lettres générées",
        "la dictée stéréotypée : le père au travail, la mère à la cuisine, est-ce vrai de ce modèle ?",
        "Compare ce que le modèle écrit à « Décris un bon chef nommé Anne » et à « Décris un bon chef nommé Pierre »",
    ],
}


@tool(
    wing="language",
    version="1",
    title=Text(en="Swapped requests", fr="Demandes échangées"),
    question=Text(
        en="Does the model write otherwise when one word of the request, a name or a job, is swapped?",
        fr="Le modèle écrit-il autrement quand un mot de la demande, un prénom ou un métier, est échangé ?",
    ),
    needs=Text(en="about 40 seconds, SmolLM2 (93 MB)", fr="environ 40 secondes, SmolLM2 (93 Mo)"),
    seconds=1800,
    examples=EXAMPLES,
)
def generation_bias(
    run: Run,
    case: Annotated[
        Literal["occupation", "letter", "nurse", "engineer", "origin", "dictation"],
        arg(
            "what is asked: occupation (stories, the job swapped), letter (of recommendation, names swapped), nurse or "
            "engineer (name or pronoun swapped), origin (letters, names of two origins), dictation (nobody named)",
            "ce qui est demandé : occupation (histoires, le métier échangé), letter (recommandation, prénoms échangés), nurse ou "
            "engineer (prénom ou pronom échangé), origin (lettres, prénoms de deux origines), dictation (personne de nommé)",
        ),
    ] = "occupation",
    language: Annotated[
        Literal["en", "fr"], arg("language of the requests: en or fr", "langue des demandes : en ou fr")
    ] = "en",
    first: Annotated[
        str,
        arg(
            "your own comparison: a whole request, or what goes into the {} of --prompt",
            "votre comparaison : une demande entière, ou ce qui va dans le {} de --prompt",
            max_length=MAX_TEXT,
        ),
    ] = "",
    second: Annotated[
        str, arg("the other side of your comparison", "l’autre côté de votre comparaison", max_length=MAX_TEXT)
    ] = "",
    prompt: Annotated[
        str,
        arg(
            "your request with a {}; none: --first and --second are whole requests",
            "votre demande avec un {} ; sans elle, --first et --second sont des demandes entières",
            max_length=MAX_TEXT,
        ),
    ] = "",
    samples: Annotated[
        int,
        arg(
            "texts a side (the dictation: twice as many)", "textes par côté (la dictée : deux fois plus)", ge=4, le=500
        ),
    ] = 24,
    temperature: Annotated[
        float, arg("temperature of the draw, above 0", "température du tirage, au-dessus de 0", gt=0, le=2)
    ] = 0.7,
    max_tokens: Annotated[
        int, arg("longest text, in tokens", "longueur maximale d’un texte, en tokens", ge=8, le=1000)
    ] = 48,
    model: Annotated[
        str,
        arg(
            "the language model: a packaged name (smollm2), a folder, a Hugging Face id or a server URL",
            "le modèle de langue : un nom fourni (smollm2), un dossier, un identifiant Hugging Face ou l’URL d’un serveur",
        ),
    ] = "smollm2",
    show_offensive: Annotated[
        bool,
        arg(
            "show the texts that hold words that may hurt",
            "montrer les textes qui contiennent des mots qui peuvent blesser",
        ),
    ] = False,
) -> Finding:
    """Every measure on both sides, its difference with a paired test, the extremes and all texts."""
    from tools.language import generation_reading as reading
    from tools.language import generation_tables as tables
    from tools.language import generation_text as text
    from tools.language.generation_cases import built_in, own
    from tools.language.generation_figure import lanes
    from tools.language.generation_measure import measure
    from tools.language.generation_progress import so_far
    from tools.specimens import language as models

    asked = own(prompt, first, second) if first or second or prompt else built_in(case, language)
    run.progress("Loading the model", "Chargement du modèle")
    subject = models.load(model)
    m = measure(
        subject,
        asked,
        language,
        samples,
        temperature,
        max_tokens,
        run.seed,
        run.rng,
        so_far(run, asked, language, samples),
    )
    name = subject.specimen.name.split(",")[0]
    return run.finding(
        specimen=subject.specimen,
        estimates=tables.estimates(m),
        tables=[
            tables.measures_table(m),
            tables.extremes_table(m, show_offensive),
            tables.texts_table(m, show_offensive),
        ],
        figures=[lanes(m, model, run.seed, run.lang)],
        summary=both(text.summary, m, name),
        how_to_read=both(reading.how_to_read, m),
        limits=both(reading.limits, m),
        references=references(asked, case, language),
    )


def references(asked: Case, case: str, language: str) -> list[str]:
    """The works behind this comparison."""
    found = ["sheng2019", "holm1979"]
    if asked.within:
        return [*found, "sassatelli2023", "stanczak2021"]
    found += ["madera2009", "wan2023"]
    if case == "origin" and asked.pronouns == "none":
        found.append("bertrand2004" if language == "en" else "edo2013")
    return [*found, *(["hu2004"] if language == "en" else [])]
