"""``watermark`` without a text: write with and without the mark, weigh its cost, wear it off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tools.authorship.watermarking import measure
from tools.authorship.watermarking.measure import Shown, Subject
from tools.authorship.watermarking.scheme import Mark
from tools.authorship.watermarking.subjects import subject
from tools.authorship.watermarking.writing import OnStep, Written, write
from tools.errors import BadInput, Missing
from tools.finding import Finding, both
from tools.specimens.language import LanguageModel, Message, TransformersModel
from tools.specimens.translators import Translator
from tools.tool import Run

BUILTIN = "Write a short story about a lighthouse keeper who finds a letter on the beach."
"""In English for the French reader too: the default model hardly writes French, and the limits say so."""


def finding(
    run: Run,
    prompt: str,
    mark: Mark,
    tokens: int,
    temperature: float,
    samples: int,
    model: str,
    report: Callable[[str, str], OnStep],
) -> Finding:
    """The texts of every strength, their z and perplexity, and z after each change."""
    from tools.authorship.watermarking import figure, reading, tables, text, wear_figure
    from tools.specimens import language as models

    loaded = models.load(model)
    examined = subject(loaded)
    shown = show(run, loaded, examined, prompt or BUILTIN, not prompt, mark, tokens, temperature, samples, report)
    return run.finding(
        specimen=loaded.specimen,
        estimates=tables.estimates(shown),
        tables=[tables.attacks_table(shown), tables.strengths_table(shown), tables.texts_table(shown)],
        figures=[
            figure.pair(shown, examined, run.seed, run.lang),
            figure.cost(shown, examined.name, run.seed, run.lang),
            wear_figure.wear(shown, examined.name, run.seed, run.lang),
        ],
        summary=both(text.summary, shown, examined.name),
        how_to_read=both(reading.how_to_read, shown),
        limits=both(reading.limits, shown),
        references=["kirchenbauer2023", "kirchenbauer2024", "wilson1927"],
    )


def show(
    run: Run,
    model: LanguageModel,
    examined: Subject,
    prompt: str,
    builtin: bool,
    mark: Mark,
    tokens: int,
    temperature: float,
    samples: int,
    report: Callable[[str, str], OnStep],
) -> Shown:
    """Everything measured; the same seed gives the same texts."""
    deltas = measure.strengths(mark.delta)
    each = [delta for delta in deltas for _ in range(samples)]
    marks = [replace(mark, delta=delta) for delta in each]
    n = len(each)
    writing = report(f"Writing {n} texts, some with the mark", f"Écriture de {n} textes, certains avec la marque")
    written = _written(
        model, [{"role": "user", "content": prompt}], marks, samples, tokens, temperature, run.seed, writing
    )
    found = measure.sampled(examined, mark, each, written)
    plain = [one for one in found if not one.delta]
    marked = [one for one in found if one.delta == mark.delta]
    seen = sum(one.detection.found for one in marked)
    so_far = f"{seen}/{samples}"
    hoped = measure.entropy(
        examined, mark, plain, report(f"Mark found in {so_far}; reading how free the words were", f"Marque trouvée dans {so_far} ; lecture de la liberté des mots")
    )  # fmt: skip
    trip = _trip(marked[0].text, run.lang)
    worn = measure.wear(
        examined, mark, marked, plain, trip, run.rng,
        report(f"Mark found in {so_far}; now wearing it off", f"Marque trouvée dans {so_far} ; maintenant, l’usure"),
    )  # fmt: skip
    return Shown(mark, prompt, builtin, temperature, tokens, found, worn, hoped, trip[2] if trip else "")


def _written(
    model: LanguageModel,
    messages: list[Message],
    marks: list[Mark],
    samples: int,
    tokens: int,
    temperature: float,
    seed: int,
    on_step: OnStep,
) -> list[Written]:
    """The texts, the ``samples`` of a strength together; the i-th of each strength meet the same chance."""
    if isinstance(model, TransformersModel):
        return write(
            model, [messages] * len(marks), [i % samples for i in range(len(marks))], marks,
            tokens=tokens, temperature=temperature, seed=seed, on_step=on_step,
        )  # fmt: skip
    from tools.authorship.watermarking import over_http
    from tools.specimens.http_language import HttpModel

    assert isinstance(model, HttpModel)
    over_http.need_processor(model)
    return over_http.write(
        model, messages, marks[::samples], samples, tokens=tokens, temperature=temperature, seed=seed, on_step=on_step
    )


def _trip(text: str, otherwise: str) -> tuple[Translator, str, str] | None:
    """A translator that takes these texts away and back, with source and pivot; ``None`` where there is none."""
    from tools.specimens import translators
    from tools.translation.sentences import language

    source = language(text, "fr" if otherwise == "fr" else "en")
    try:
        translator, pivot = translators.choose("auto", source, "")
    except (Missing, BadInput):
        return None
    return translator, source, pivot
