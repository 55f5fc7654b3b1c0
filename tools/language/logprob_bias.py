"""Does a language model expect "he" after one occupation and "she" after another?

The log-probability bias score of Kurita, Vyas, Pareek, Black and Tsvetkov 2019 (arXiv
1906.07337), for masked models as published and for causal models in the same spirit: the
log-odds of two pronouns after an occupation, less those after a word that names none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from tools.finding import Cell, Estimate, Finding, Table, Text, same
from tools.tool import Run, Words, arg, tool

if TYPE_CHECKING:
    from tools.language.pronouns import Measured


@tool(
    wing="language",
    version="1",
    title=Text(en="Pronouns and occupations", fr="Pronoms et métiers"),
    question=Text(
        en="Does this language model expect “he” after some occupations and “she” after others?",
        fr="Ce modèle de langue attend-il « il » après certains métiers et « elle » après d’autres ?",
    ),
    needs=Text(en="a few seconds, SmolLM2 (93 MB)", fr="quelques secondes, SmolLM2 (93 Mo)"),
    seconds=600,
    examples={
        "en": [
            "Does the language model think nurses are women?",
            "measure gender bias in a language model with log probabilities",
            "After “the doctor said that”, does the model prefer he or she?",
            "log-probability bias score, Kurita et al. 2019",
            "is smollm2 sexist about jobs",
            "Compare the probability of “he” and “she” for carpenter, nurse, plumber and librarian",
            "I would like to know which occupations a small LM associates with men and which with women.",
            "he vs she after engineer",
            "Run the occupation pronoun test on http://127.0.0.1:8000/v1",
            "Which jobs does it see as male, and how sure are we?",
            "my students claim that language models stereotype professions: can we check that on a real one?",
            "gender stereotypes of professions in next-word probabilities",
            "Test the pronoun bias of my own model in ./checkpoints/last",
            "Would the model write “she” for a surgeon?",
        ],
        "fr": [
            "Est-ce que le modèle de langue croit que les infirmiers sont des femmes ?",
            "mesure le biais de genre des métiers dans un modèle de langue",
            "Après « le médecin a dit que », le modèle préfère-t-il il ou elle ?",
            "score de biais en log-probabilité (Kurita et al., 2019)",
            "smollm2 est-il sexiste sur les professions",
            "Compare la probabilité de « il » et de « elle » pour secrétaire, pilote et fleuriste",
            "Je voudrais savoir quels métiers un petit modèle associe aux hommes et lesquels aux femmes.",
            "he ou she après engineer ?",
            "Lance le test des pronoms sur le modèle servi à http://127.0.0.1:8000/v1",
            "quels métiers sont vus comme masculins, et avec quelle certitude ?",
            "mes élèves disent que les IA ont des stéréotypes sur les métiers, on peut vérifier ?",
            "stéréotypes de genre des professions dans les probabilités du mot suivant",
            "Teste le biais de pronom de mon propre modèle dans ./modeles/dernier",
            "Le modèle écrirait-il « elle » pour un ou une architecte ?",
        ],
    },
)
def logprob_bias(
    run: Run,
    model: Annotated[
        str,
        arg(
            "the language model: a packaged name (smollm2), a folder, a Hugging Face id or a server URL",
            "le modèle de langue : un nom fourni (smollm2), un dossier, un identifiant Hugging Face ou l’URL d’un serveur",
        ),
    ] = "smollm2",
    language: Annotated[
        Literal["en", "fr"], arg("language of the sentences: en or fr", "langue des phrases : en ou fr")
    ] = "en",
    occupations: Annotated[
        Words,
        arg(
            "occupations separated by commas, in the language of the sentences; none: the 24 built-in ones",
            "des métiers séparés par des virgules, dans la langue des phrases ; aucun : les 24 fournis",
            max_length=60,
        ),
    ] = [],  # noqa: B006 (pydantic copies it)
) -> Finding:
    """The log-odds gap of each occupation, their mean, and how far apart the two built-in groups lie."""
    from tools.language import logprob_reading as reading
    from tools.language import logprob_text as text
    from tools.language.logprob_figure import occupation_figure
    from tools.language.pronouns import measure
    from tools.specimens import language as models

    run.progress("Loading the model", "Chargement du modèle")
    subject = models.load(model)

    def on_step(done: int, total: int) -> None:
        run.progress("Reading the sentences", "Lecture des phrases", done, total)

    measured = measure(subject, language, occupations, run.rng, on_step)
    return run.finding(
        specimen=subject.specimen,
        estimates=estimates(measured),
        tables=[occupation_table(measured), sentence_table(measured)],
        figures=[occupation_figure(measured, model, run.seed, run.lang)],
        summary=text.both(text.summary, measured),
        how_to_read=text.both(reading.how_to_read, measured),
        limits=text.both(reading.limits, measured),
        references=["kurita2019", "caliskan2017", *(["rudinger2018"] if measured.with_survey else [])],
    )


def estimates(m: Measured) -> list[Estimate]:
    """The effect size when there are two groups, the mean gap, the mean before correction, the link with the survey."""
    from tools.language import logprob_text as text
    from tools.language.pronouns import CONFIDENCE

    found = []
    if m.comparison:
        c = m.comparison
        found.append(
            Estimate(
                name="effect_size", label=text.EFFECT_SIZE, value=c.d, low=c.low, high=c.high, confidence=CONFIDENCE,
                p=c.splits.p, test=text.splits_name(c.splits), n=len(m.words), baseline=0, baseline_label=text.NO_DIFFERENCE,
            )
        )  # fmt: skip
    mean, low, high = m.mean
    found.append(
        Estimate(
            name="mean_gap", label=text.mean_gap_label(m), value=mean, unit="nat", low=low, high=high,
            confidence=None if low is None else CONFIDENCE, n=len(m.words), baseline=0, baseline_label=text.NO_PREFERENCE,
        )
    )  # fmt: skip
    odds = float(m.scores.odds.mean())
    found.append(
        Estimate(
            name="mean_log_odds", label=text.log_odds_label(m), value=odds, unit="nat", n=len(m.words), baseline=0,
            baseline_label=text.NO_PREFERENCE,
        )
    )  # fmt: skip
    if m.with_survey:
        rho, rho_low, rho_high = m.with_survey
        found.append(
            Estimate(
                name="share_correlation", label=text.SHARE_CORRELATION, value=rho, low=rho_low, high=rho_high,
                confidence=CONFIDENCE, n=len(m.words), baseline=0, baseline_label=text.NO_LINK,
            )
        )  # fmt: skip
    return found


def occupation_table(m: Measured) -> Table:
    """One row an occupation, from the most "he" to the most "she"."""
    from tools.language import logprob_text as text

    odds = m.scores.odds.mean(axis=1)
    rows: list[list[Cell]] = []
    for i in m.gaps.argsort()[::-1]:
        word = m.words[i]
        group = text.MEN if word in m.asked.men else text.WOMEN if word in m.asked.women else None
        row: list[Cell] = [same(word), float(m.gaps[i]), float(m.low[i]), float(m.high[i]), float(odds[i])]
        rows.append([*row, group, m.asked.occupations.get(word)])
    return Table(name="occupations", title=text.occupations_title(m), columns=text.occupation_columns(m), rows=rows)


def sentence_table(m: Measured) -> Table:
    """One row a sentence: the preference without an occupation, and the mean gap."""
    from tools.language import logprob_text as text

    prior, gaps = m.scores.prior.mean(axis=0), m.scores.gaps.mean(axis=0)
    rows: list[list[Cell]] = [
        [same(template.format(word="…", pronoun="___")), float(p), float(gap)]
        for template, p, gap in zip(m.asked.templates, prior, gaps, strict=True)
    ]
    return Table(name="sentences", title=text.SENTENCES_USED, columns=text.sentence_columns(m), rows=rows)
