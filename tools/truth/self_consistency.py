"""Does a model say the same when it is asked again, and does that mean anything?

SelfCheckGPT (Manakul et al. 2023, arXiv 2303.08896), semantic entropy (Kuhn et al. 2023, arXiv 2302.09664;
Farquhar et al. 2024, Nature 630:625) and the probabilities of the tokens. A falsehood can be said ten times.
"""

from __future__ import annotations

from typing import Annotated, Literal

from tools.errors import BadInput
from tools.finding import Finding, Text, both
from tools.numbers import cut
from tools.tool import Run, arg, tool
from tools.truth.consistency.examples import EXAMPLES


@tool(
    wing="truth",
    version="1",
    title=Text(en="Self-consistency of an answer", fr="Cohérence d’une réponse avec elle-même"),
    question=Text(
        en="Does the model say the same when it is asked again, and is that a reason to believe it?",
        fr="Le modèle dit-il la même chose quand on lui repose la question, et est-ce une raison de le croire ?",
    ),
    needs=Text(en="about 30 seconds, SmolLM2 (93 MB)", fr="environ 30 secondes, SmolLM2 (93 Mo)"),
    seconds=1200,
    examples=EXAMPLES,
)
def self_consistency(
    run: Run,
    question: Annotated[
        str,
        arg(
            "the question to ask; none: a built-in one with its right answer",
            "la question à poser ; aucune : une question fournie, avec sa bonne réponse",
            max_length=2000,
        ),
    ] = "",
    expected: Annotated[
        str,
        arg(
            "the right answer if you know it; other ways to say it after |",
            "la bonne réponse si vous la connaissez ; d’autres façons de la dire après |",
            max_length=300,
        ),
    ] = "",
    samples: Annotated[int, arg("answers drawn with chance", "réponses tirées avec hasard", ge=3, le=40)] = 10,
    # 0.5, as Kuhn et al. 2023: at 1.0 a small model babbles, and no two draws agree on anything.
    temperature: Annotated[float, arg("temperature of the draws", "température des tirages", gt=0, le=2)] = 0.5,
    max_tokens: Annotated[
        int, arg("longest answer, in tokens", "longueur maximale d’une réponse, en tokens", ge=4, le=300)
    ] = 40,
    language: Annotated[
        Literal["auto", "en", "fr"],
        arg(
            "language of the question; auto: that of the request", "langue de la question ; auto : celle de la demande"
        ),
    ] = "auto",
    entailment: Annotated[
        str,
        arg(
            "an entailment model (NLI) that compares meanings: a folder or a Hugging Face id; none: compared by rule",
            "un modèle d’implication (NLI) qui compare les sens : un dossier ou un identifiant Hugging Face ; aucun : par règle",
        ),
    ] = "",
    model: Annotated[
        str,
        arg(
            "the language model: a packaged name (smollm2), a folder, a Hugging Face id or a server URL",
            "le modèle de langue : un nom fourni (smollm2), un dossier, un identifiant Hugging Face ou l’URL d’un serveur",
        ),
    ] = "smollm2",
) -> Finding:
    """Semantic entropy, agreement, SelfCheck scores and token probabilities, with the answers grouped by meaning."""
    from tools.specimens import language as models
    from tools.truth.consistency import cases, reading, tables, text
    from tools.truth.consistency.ask import ask
    from tools.truth.consistency.measure import measure
    from tools.truth.consistency.samples_figure import samples_figure
    from tools.truth.consistency.tokens_figure import tokens_figure
    from tools.truth.entailment import load as load_entailment

    spoken = run.lang if language == "auto" else language
    built_in = not question.strip()
    if built_in and expected.strip():
        raise BadInput(
            "An expected answer needs its question: give --question too.",
            "Une réponse attendue a besoin de sa question : donnez aussi --question.",
        )
    put = cases.QUESTION[spoken] if built_in else question.strip()
    goal = cases.EXPECTED[spoken] if built_in else expected.strip(" |")
    run.progress("Loading the model", "Chargement du modèle")
    judge = load_entailment(entailment.strip()) if entailment.strip() else None
    subject = models.load(model)

    first: list[str] = []

    def step(share: float) -> None:
        done, said = round(100 * share), "".join(cut(one, 60) for one in first)
        if not said:
            run.progress("Asking once, without chance", "Une première réponse, sans hasard", done, 100)
        else:
            run.progress(
                f"It answers {text.quoted(said, 'en')}; now {samples} more times, with chance",
                f"Il répond {text.quoted(said, 'fr')} ; maintenant {samples} fois de plus, avec hasard",
                done,
                100,
            )

    def tick() -> None:
        run.progress("Comparing the answers", "Comparaison des réponses", 100, 100)

    [asked] = ask(
        subject,
        [put],
        samples=samples,
        temperature=temperature,
        max_tokens=max_tokens,
        seed=run.seed,
        on_step=step,
        on_main=lambda mains: first.extend(reply.text for reply in mains),
    )
    m = measure(
        asked, language=spoken, expected=goal, temperature=temperature, max_tokens=max_tokens, model=judge, rng=run.rng,
        tick=tick,
    )  # fmt: skip
    name = subject.specimen.name.split(",")[0]
    strip = [tokens_figure(m, model, run.seed, run.lang)] if asked.main.tokens else []
    return run.finding(
        specimen=subject.specimen,
        estimates=tables.estimates(m),
        tables=tables.tables(m),
        figures=[samples_figure(m, model, run.seed, run.lang), *strip],
        summary=both(text.summary, m, name, built_in),
        how_to_read=both(reading.how_to_read, m),
        limits=both(reading.limits, m),
        references=["manakul2023", "kuhn2023", "farquhar2024", "shannon1948", "wilson1927", "williams2018"],
    )
