"""Does a language model expect "he" after one occupation and "she" after another? Does it tie names to ideas?

The log-probability bias score of Kurita, Vyas, Pareek, Black and Tsvetkov 2019 (arXiv
1906.07337), for masked models as published and for causal models in the same spirit: the
log-odds of two pronouns after an occupation, less those after a word that names none; and the
five categories of the paper's table, with targets and with attributes permuted. Also the published
sentence pairs: CrowS-Pairs (Nangia et al. 2020), StereoSet (Nadeem et al. 2021) and Wino (after Zhao et al. 2018).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from tools.errors import BadInput
from tools.finding import Cell, Estimate, Finding, Table, Text, both, same
from tools.tool import Run, Words, arg, tool

if TYPE_CHECKING:
    from tools.language.pronouns import Measured


@tool(
    wing="language",
    version="2",
    title=Text(
        en="Bias in log-probabilities: occupations, names, ideas",
        fr="Biais en log-probabilités : métiers, prénoms, idées",
    ),
    question=Text(
        en="Does this language model expect “he” after some occupations and “she” after others?",
        fr="Ce modèle de langue attend-il « il » après certains métiers et « elle » après d’autres ?",
    ),
    needs=Text(
        en="a few seconds (half a minute for the five categories), SmolLM2 (93 MB); sentence pairs: bias-sentences (20 MB)",
        fr="quelques secondes (une demi-minute pour les cinq catégories), SmolLM2 (93 Mo) ; paires : bias-sentences (20 Mo)",
    ),
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
            "Reproduce the Kurita table on a causal model, all five categories",
            "does the language model tie men's names to career words and women's to family words?",
            "log-probability bias score for math and arts, permuting targets and then attributes",
            "Does SmolLM2 find flowers pleasant and insects unpleasant?",
            "science vs arts bias score in a language model, in French",
            "Kurita et al. with European-American and African-American first names",
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
            "Refais le tableau de Kurita, les cinq catégories, sur un modèle causal",
            "le modèle de langue lie-t-il les prénoms d'hommes à la carrière et ceux de femmes à la famille ?",
            "score de biais en log-probabilité maths contre arts, en permutant les cibles puis les attributs",
            "SmolLM2 trouve-t-il les fleurs agréables et les insectes désagréables ?",
            "sciences et arts : biais d'un modèle de langue avec des mots français",
            "Kurita et al. avec des prénoms euro-américains et afro-américains",
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
    test: Annotated[
        Literal[
            "occupations",
            "flowers-insects",
            "names-race",
            "career-family",
            "math-arts",
            "science-arts",
            "all",
            "crows-pairs",
            "stereoset",
            "wino",
        ],
        arg(
            "occupations, one of the five categories of Kurita et al. 2019 (flowers-insects, names-race, career-family, "
            "math-arts, science-arts), all five (all), or published sentence pairs: crows-pairs, stereoset, wino",
            "occupations (les métiers), l’une des cinq catégories de Kurita et al. 2019 (flowers-insects, names-race, "
            "career-family, math-arts, science-arts), les cinq (all), ou des paires de phrases publiées : crows-pairs, stereoset, wino",
        ),
    ] = "occupations",
    pairs: Annotated[
        int,
        arg(
            "for crows-pairs, stereoset and wino: how many pairs are drawn; 0 takes all",
            "pour crows-pairs, stereoset et wino : combien de paires sont tirées au sort ; 0 les prend toutes",
            ge=0,
        ),
    ] = 150,
    show_offensive: Annotated[
        bool,
        arg(
            "for crows-pairs and stereoset: show the sentences, which are offensive by design",
            "pour crows-pairs et stereoset : montrer les phrases, qui sont offensantes par construction",
        ),
    ] = False,
) -> Finding:
    """The pronouns of occupations, the categories of Kurita et al., or published pairs; ``BadInput`` for what does not fit."""
    if test == "occupations":
        return _occupations(run, model, language, occupations)
    from tools.language import kurita
    from tools.language.sentence_pairs import SETS, sentence_pairs

    if occupations:
        raise BadInput(
            f"--occupations goes with --test occupations; the test '{test}' has its own words. Leave one of the two out.",
            f"--occupations va avec --test occupations ; le test « {test} » a ses propres mots. Retirez l’un des deux.",
        )
    if test in SETS:
        return sentence_pairs(run, model, test, language, pairs, show_offensive)
    return kurita.every(run, model, language) if test == "all" else kurita.one(run, model, test, language)


def _occupations(run: Run, model: str, language: str, occupations: list[str]) -> Finding:
    """The log-odds gap of each occupation, their mean, and how far apart the two built-in groups lie."""
    from tools.language import logprob_reading as reading
    from tools.language import logprob_text as text
    from tools.language.logprob_figure import occupation_figure, survey_figure
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
        figures=[
            occupation_figure(measured, model, run.seed, run.lang),
            *([survey_figure(measured, model, run.seed, run.lang)] if measured.with_survey else []),
        ],
        summary=both(text.summary, measured),
        how_to_read=both(reading.how_to_read, measured),
        limits=both(reading.limits, measured),
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
