"""Does the answer of a model hold when the same thing is asked in other words?

Variants by rule (punctuation, capitals, typing errors, wrapping phrases, order, language, system prompt),
greedy answers, agreement and entropy (Shannon 1948), beside the entropy of chance. Ideas: Elazar et al.
2021 (TACL 9:1012), Sclar et al. 2023 (arXiv 2310.11324). A stable answer can be wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal

from tools.errors import BadInput
from tools.finding import Finding, Text, both
from tools.tool import Run, arg, tool

if TYPE_CHECKING:
    from tools.language.stability_measure import Answer

EXAMPLES = {
    "en": [
        "How stable is the model’s answer when I rephrase the question?",
        "ask how old Obama is with and without the question mark",
        "Does the answer change if I write “what is the capital of Australia” in capitals or with a typo?",
        "prompt sensitivity",
        "robustness of the answer to paraphrases, punctuation and spelling mistakes",
        "Ask the same question in twenty ways and count the different answers.",
        "answer entropy of smollm2 on “How many moons has Mars?”",
        "is it consistent? test “Is a tomato a fruit?” in many wordings",
        "I would like to know whether the system prompt changes the answer to “Who wrote Hamlet?”.",
        "does it say the same thing in English and in French: How old is Obama? / Quel âge a Obama ?",
        "Does a missing question mark change what the chatbot says?",
        "measure agreement between the answers to rephrased prompts",
        "the Obama age example from the lecture, please",
        "compare variation from rewording with variation from temperature",
    ],
    "fr": [
        "La réponse du modèle reste-t-elle la même quand je reformule la question ?",
        "demande l’âge d’Obama avec et sans point d’interrogation",
        "Est-ce que la réponse change si j’écris « quelle est la capitale de l’Australie » en majuscules ou avec une faute ?",
        "sensibilité au prompt",
        "robustesse de la réponse aux paraphrases, à la ponctuation et aux fautes de frappe",
        "Pose la même question de vingt façons et compte les réponses différentes.",
        "entropie des réponses de smollm2 à « Combien de lunes a Mars ? »",
        "est-il cohérent ? teste « La tomate est-elle un fruit ? » dans plusieurs formulations",
        "Je voudrais savoir si la consigne système change la réponse à « Qui a écrit Hamlet ? ».",
        "dit-il la même chose en français et en anglais : Quel âge a Obama ? / How old is Obama?",
        "Un point d’interrogation oublié change-t-il ce que dit le robot ?",
        "mesure l’accord entre les réponses à des demandes reformulées",
        "l’exemple de l’âge d’Obama vu en cours",
        "compare la variation due à la formulation et celle due à la température",
    ],
}


@tool(
    wing="language",
    version="1",
    title=Text(en="Stability of an answer", fr="Stabilité d’une réponse"),
    question=Text(
        en="Does the model’s answer hold when the same thing is asked in other words?",
        fr="La réponse du modèle tient-elle quand on demande la même chose autrement ?",
    ),
    needs=Text(en="about 20 seconds, SmolLM2 (93 MB)", fr="environ 20 secondes, SmolLM2 (93 Mo)"),
    seconds=1800,
    examples=EXAMPLES,
)
def stability(
    run: Run,
    prompt: Annotated[
        str,
        arg(
            "the question or request; none: how old is Obama",
            "la question ou la demande ; aucune : l’âge d’Obama",
            max_length=2000,
        ),
    ] = "",
    language: Annotated[Literal["en", "fr"], arg("its language: en or fr", "sa langue : en ou fr")] = "en",
    translation: Annotated[
        str,
        arg("the same in the other language, if any", "la même dans l’autre langue, s’il y a lieu", max_length=2000),
    ] = "",
    paraphrases: Annotated[
        str,
        arg(
            "your own rewordings, separated by | (the rules add theirs)",
            "vos propres reformulations, séparées par | (les règles ajoutent les leurs)",
            max_length=4000,
        ),
    ] = "",
    compare: Annotated[
        Literal["auto", "number", "yes_no", "text"],
        arg(
            "when two answers are the same: number, yes_no, text (first sentence), auto (read from the question)",
            "quand deux réponses sont les mêmes : number (nombre), yes_no (oui ou non), text (première phrase), auto (d’après la question)",
        ),
    ] = "auto",
    temperature: Annotated[
        float,
        arg("temperature of the comparison with chance", "température de la comparaison avec le hasard", gt=0, le=2),
    ] = 0.7,
    max_tokens: Annotated[
        int, arg("longest answer, in tokens", "longueur maximale d’une réponse, en tokens", ge=4, le=400)
    ] = 28,
    model: Annotated[
        str,
        arg(
            "the language model: a packaged name (smollm2), a folder, a Hugging Face id or a server URL",
            "le modèle de langue : un nom fourni (smollm2), un dossier, un identifiant Hugging Face ou l’URL d’un serveur",
        ),
    ] = "smollm2",
) -> Finding:
    """Agreement with the original, entropy over the variants and over chance, every answer."""
    from tools.language import stability_reading as reading
    from tools.language import stability_tables as tables
    from tools.language import stability_text as text
    from tools.language.stability_figure import rows
    from tools.language.stability_measure import measure
    from tools.language.stability_variants import OBAMA, variants
    from tools.specimens import language as models

    by_hand = None if prompt.strip() else OBAMA[language]
    asked = by_hand.prompt if by_hand else prompt.strip()
    own = [part.strip() for part in paraphrases.split("|") if part.strip()]
    if len(own) > 40:
        raise BadInput("Give 40 rewordings at most.", "Donnez 40 reformulations au plus.")
    ways = variants(asked, language, translation or (by_hand.other if by_hand else ""), own, run.rng, by_hand)
    run.progress("Loading the model", "Chargement du modèle")
    subject = models.load(model)
    how = None if compare == "auto" else compare
    m = measure(subject, ways, language, how, temperature, max_tokens, run.seed, run.rng, so_far(run, len(ways)))
    return run.finding(
        specimen=subject.specimen,
        estimates=tables.estimates(m),
        tables=[tables.answers_table(m), tables.kinds_table(m), tables.samples_table(m)],
        figures=[rows(m, model, run.seed, run.lang)],
        summary=both(text.summary, m, subject.specimen.name.split(",")[0]),
        how_to_read=both(reading.how_to_read, m),
        limits=both(reading.limits, m),
        references=["elazar2021", "sclar2023", "shannon1948", "wilson1927"],
    )


def so_far(run: Run, ways: int) -> Callable[[float, list[Answer]], None]:
    """Reports how much is asked and, once the rewordings are answered, how many answers there are."""

    def step(share: float, answers: list[Answer]) -> None:
        done = round(100 * share)
        if not answers:
            run.progress(f"Asking in {ways} ways", f"Question posée de {ways} façons", done, 100)
            return
        kinds = len({answer.key for answer in answers})
        run.progress(
            f"{kinds} different answers to {ways} ways of asking; now the same words with chance",
            f"{kinds} réponses différentes à {ways} façons de demander ; maintenant les mêmes mots, avec hasard",
            done,
            100,
        )

    return step
