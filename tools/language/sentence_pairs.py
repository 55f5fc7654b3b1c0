"""The findings of ``logprob_bias`` on published sentence pairs: CrowS-Pairs, StereoSet and Wino."""

from __future__ import annotations

from tools.errors import BadInput
from tools.finding import Finding, both
from tools.language import sentence_pairs_reading as reading
from tools.language import sentence_pairs_tables as tables
from tools.language import sentence_pairs_text as text
from tools.language.sentence_pairs_data import load
from tools.language.sentence_pairs_figure import by_kind
from tools.language.sentence_pairs_measure import Measured, measure
from tools.language.sentence_pairs_plane import plane
from tools.specimens import language as models
from tools.tool import Run

SETS = ("crows-pairs", "stereoset", "wino")
WORKS = {"crows-pairs": "nangia2020", "stereoset": "nadeem2021", "wino": "zhao2018"}


def sentence_pairs(run: Run, model: str, test: str, language: str, pairs: int, show_offensive: bool) -> Finding:
    """One finding on one set; ``BadInput`` for French, ``Missing`` when the sentences are not fetched."""
    if language != "en":
        raise BadInput(
            f"{text.NAMES[test]} is a set of English sentences. Leave --language out; in French there are --test occupations, "
            "career-family, math-arts and science-arts.",
            f"{text.NAMES[test]} est un jeu de phrases anglaises. Retirez --language ; en français, il y a --test occupations, "
            "career-family, math-arts et science-arts.",
        )
    data = load(test)
    run.progress("Loading the model", "Chargement du modèle")
    subject = models.load(model)

    def on_step(done: int, total: int) -> None:
        run.progress(
            f"{text.NAMES[test]}: reading the sentences", f"{text.NAMES[test]} : lecture des phrases", done, total
        )

    m = measure(subject, data, pairs, run.rng, on_step)
    figures = [by_kind(m, model, run.seed, run.lang)]
    if m.whole.sense is not None:
        figures.append(plane(m, model, run.seed, run.lang))
    return run.finding(
        question=text.QUESTION,
        specimen=tables.specimen(subject.specimen, data),
        estimates=tables.estimates(m),
        tables=[tables.kinds_table(m), tables.extremes_table(m, show_offensive), tables.material_table(m)],
        figures=figures,
        summary=both(text.summary, m, subject.specimen.name.split(",")[0]),
        how_to_read=both(reading.how_to_read, m),
        limits=both(reading.limits, m),
        references=references(m),
    )


def references(m: Measured) -> list[str]:
    """The works behind this set and its statistics."""
    return [WORKS[m.data.name], "blodgett2021", *(["salazar2020"] if m.masked else []), "holm1979", "wilson1927"]
