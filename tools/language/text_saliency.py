"""Which words of a text make a language model expect one answer rather than another?

A contrastive score (Yin and Neubig 2022, arXiv 2202.10419) shared among the words by gradient × input,
integrated gradients, occlusion and Shapley values, with the checks that a saliency map needs before
anyone reads it: completeness, deletion and insertion against random orders, agreement between methods,
and copies of the model with random weights (Adebayo et al. 2018, arXiv 1810.03292).
"""

from __future__ import annotations

from typing import Annotated, Literal

from tools.errors import BadInput
from tools.finding import Finding, Text, both
from tools.tool import MAX_TEXT, Run, arg, tool

EXAMPLE = "The keys to the old cabinet in the kitchen"
EXAMPLE_ANSWERS = ("are", "is")  # grammar says which word must decide: keys, not cabinet or kitchen


@tool(
    wing="language",
    version="1",
    title=Text(en="Which words made the answer", fr="Quels mots ont fait la réponse"),
    question=Text(
        en="Which words of the text make the model expect this answer rather than another?",
        fr="Quels mots du texte font que le modèle attend cette réponse plutôt qu’une autre ?",
    ),
    needs=Text(en="about a minute, SmolLM2 (93 MB)", fr="environ une minute, SmolLM2 (93 Mo)"),
    seconds=600,
    examples={
        "en": [
            "Which words made the model answer “Paris” after “The capital of France is”?",
            "why does it predict she rather than he in “The nurse told the engineer that”",
            "text saliency for: The keys to the old cabinet in the kitchen",
            "Show me an integrated gradients heat map of this sentence",
            "what part of my prompt did the model rely on?",
            "input attribution, occlusion and Shapley values, on “My father was late because”",
            "Explain why the next word is “honey” and not “bear”: highlight the words that matter.",
            "For my class: colour each word by how much it pushes the model towards “terrible” rather than “great”.",
            "SHAP values for a language model’s next word",
            "remove each word in turn and tell me which one changes the prediction most",
            "Is the saliency map still the same with random weights? Run the sanity check of Adebayo.",
            "which word is responsible for the model writing “are” here?",
            "gradient times input on my own model in ./checkpoints/last, text: The doctor said that",
            "I’d like to see how faithful an explanation is: deletion and insertion curves for a sentence.",
        ],
        "fr": [
            "Quels mots ont fait répondre « Paris » après « The capital of France is » ?",
            "pourquoi il prédit elle plutôt que il dans « L’infirmière a dit au médecin que »",
            "carte de saillance du texte : The keys to the old cabinet in the kitchen",
            "Montre-moi les gradients intégrés de cette phrase, mot par mot",
            "sur quelle partie de ma consigne le modèle s’est-il appuyé ?",
            "attribution, occlusion et valeurs de Shapley pour « My father was late because »",
            "Explique pourquoi le mot suivant est « honey » et non « bear » : surligne les mots qui comptent.",
            "Pour ma classe : colorie chaque mot selon qu’il pousse vers « terrible » ou vers « great ».",
            "valeurs SHAP du mot suivant d’un modèle de langue",
            "enlève chaque mot tour à tour et dis-moi lequel change le plus la prédiction",
            "La carte de saillance reste-t-elle la même avec des poids aléatoires ? (contrôle d’Adebayo)",
            "quel mot est responsable du « are » que le modèle écrit ici ?",
            "gradient fois entrée sur mon propre modèle dans ./modeles/dernier, texte : Le médecin a dit que",
            "Je voudrais voir si une explication est fidèle : courbes de retrait et d’ajout des mots d’une phrase.",
        ],
    },
)
def text_saliency(
    run: Run,
    text: Annotated[
        str,
        arg(
            "the text before the answer, or with one gap ___ for a model that fills gaps; 3 to 60 words",
            "le texte qui précède la réponse, ou avec un trou ___ pour un modèle qui remplit des trous ; 3 à 60 mots",
            max_length=MAX_TEXT,
        ),
    ] = EXAMPLE,
    answer: Annotated[
        str,
        arg("A, the answer to explain; none: the model’s own first choice",
            "A, la réponse à expliquer ; aucune : le premier choix du modèle", max_length=100),
    ] = "",
    rather_than: Annotated[
        str,
        arg("B, the answer it is compared with; none: the model’s next choice",
            "B, la réponse à laquelle on la compare ; aucune : le choix suivant du modèle", max_length=100),
    ] = "",
    score: Annotated[
        Literal["difference", "logprob"],
        arg("difference: log p(A) − log p(B), why A rather than B; logprob: log p(A) alone",
            "difference : log p(A) − log p(B), pourquoi A plutôt que B ; logprob : log p(A) seul"),
    ] = "difference",
    method: Annotated[
        Literal["shapley", "occlusion", "integrated_gradients", "gradient_x_input"],
        arg("the map that is drawn and checked; all four are computed",
            "la carte qui est dessinée et contrôlée ; les quatre sont calculées"),
    ] = "shapley",
    blank: Annotated[
        Literal["zero", "token"],
        arg("what stands for no word: a vector of zeros, or the model’s own filler token",
            "ce qui tient lieu de mot absent : un vecteur de zéros, ou le token de remplissage du modèle"),
    ] = "zero",
    without: Annotated[
        Literal["removed", "blank"],
        arg("how occlusion, Shapley values and the curves take a word away: removed from the text, or replaced by the blank",
            "comment l’occlusion, Shapley et les courbes retirent un mot : ôté du texte, ou remplacé par le vide"),
    ] = "removed",
    orders: Annotated[
        int,
        arg("random orders of the words, for Shapley values and for the curves",
            "ordres des mots au hasard, pour les valeurs de Shapley et pour les courbes", ge=10, le=1000),
    ] = 50,
    model: Annotated[
        str,
        arg("the language model: a packaged name (smollm2), a folder or a Hugging Face id; its weights are needed",
            "le modèle de langue : un nom fourni (smollm2), un dossier ou un identifiant Hugging Face ; il faut ses poids"),
    ] = "smollm2",
) -> Finding:  # fmt: skip
    """What each word adds to the score of A against B, by four methods, and how far the map can be believed."""
    from tools.language import saliency_reading as reading
    from tools.language import saliency_tables as tables
    from tools.language import saliency_text as words
    from tools.language.saliency_curves import curves_figure, random_figure
    from tools.language.saliency_figure import words_figure
    from tools.language.saliency_measure import Asked, measure
    from tools.specimens import language as models

    if not text.strip():
        raise BadInput(
            "text_saliency needs a text: this one is empty. Give the words that come before the answer.",
            "text_saliency a besoin d’un texte : celui-ci est vide. Donnez les mots qui précèdent la réponse.",
        )
    if (text, answer, rather_than, score) == (EXAMPLE, "", "", "difference"):
        answer, rather_than = EXAMPLE_ANSWERS
    run.progress("Loading the model", "Chargement du modèle")
    subject = models.load_weights(model)

    def on_step(stage: str, done: int, total: int, top: str) -> None:
        so_far = Text(en=f"“{top}” counts most; ", fr=f"« {top} » compte le plus ; ") if top else Text(en="", fr="")
        said = words.STAGES[stage]
        run.progress(f"{so_far.en}{said.en}", f"{so_far.fr}{said.fr}", done, total)

    asked = Asked(text.strip(), answer, rather_than, score == "difference", method, blank, without, orders)
    m = measure(subject, asked, run.rng, on_step)
    return run.finding(
        specimen=subject.specimen,
        estimates=tables.estimates(m),
        tables=tables.tables(m),
        figures=[draw(m, model, run.seed, run.lang) for draw in (words_figure, curves_figure, random_figure)],
        summary=both(words.summary, m),
        how_to_read=both(reading.how_to_read, m),
        limits=both(reading.limits, m),
        references=tables.REFERENCES[method] + tables.ALWAYS,
    )
