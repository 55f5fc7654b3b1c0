"""What ``detect_ai_text`` measures: the whole text, its sentences, the intervals, and the verdict they allow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.authorship.curvature import Floats, curvature, redrawn
from tools.authorship.reference import Verdict, judge
from tools.authorship.token_reading import OnStep, TokenReading, read
from tools.finding import Specimen
from tools.specimens.language import LanguageModel
from tools.translation.sentences import split

CONFIDENCE = 0.95
RESAMPLES = 2_000
BLOCK = 20  # tokens that stay together in the bootstrap: neighbours are not independent
SENTENCE = 8  # tokens below which a sentence has no curvature
Interval = tuple[float, float | None, float | None]


@dataclass(frozen=True)
class Sentence:
    """One sentence: its tokens, their mean log-probability (nats) and their curvature, ``None`` when too short."""

    text: str
    tokens: int
    likelihood: float
    curvature: float | None


@dataclass(frozen=True)
class Measured:
    """All the numbers of one run; intervals are (value, low, high). ``curvature`` is ``None`` behind a server."""

    tokens: int
    whole: bool
    likelihood: Interval
    log_rank: Interval
    curvature: Interval | None
    sentences: list[Sentence]
    language: str
    verdict: Verdict

    @property
    def brought(self) -> Interval | None:
        """The curvature and its bounds, brought to the length of the reference; ``None`` without a verdict."""
        scale = self.verdict.scale
        if scale is None or self.curvature is None:
            return None
        value, low, high = self.curvature
        bounds = [None if one is None else scale.brought(one, self.tokens) for one in (low, high)]
        return scale.brought(value, self.tokens), bounds[0], bounds[1]


def measure(
    subject: LanguageModel, specimen: Specimen, text: str, rng: np.random.Generator, on_step: OnStep
) -> Measured:
    """Reads the text and does the statistics."""
    reading = read(subject, text, on_step)
    kept, n = reading.statistics, len(reading)
    rows = redrawn(n, BLOCK, RESAMPLES, rng)
    log_rank = np.log(kept.rank)
    bent = None
    if kept.mean is not None and kept.variance is not None:
        excess = kept.logprob - kept.mean
        value = float(curvature(excess, kept.variance))
        if not np.isnan(value):
            bent = _interval(value, curvature(excess[rows], kept.variance[rows]), n)
    language = language_of(text[: reading.end])
    return Measured(
        n, reading.whole,
        _interval(float(kept.logprob.mean()), kept.logprob[rows].mean(axis=1), n),
        _interval(float(log_rank.mean()), log_rank[rows].mean(axis=1), n),
        bent, sentences(text, reading), language, judge(bent[0] if bent else None, n, specimen, language),
    )  # fmt: skip


def _interval(value: float, draws: Floats, n: int) -> Interval:
    """Percentile bounds of the draws; none for a text of fewer than two blocks, whose redraws are all alike."""
    draws = draws[~np.isnan(draws)]
    if n < 2 * BLOCK or not len(draws):
        return value, None, None
    low, high = np.quantile(draws, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return value, float(low), float(high)


def language_of(text: str) -> str:
    """ "en", "fr", or "other" for any other language (py3langid, all its languages in the running)."""
    from py3langid import langid

    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    found = str(identifier.classify(text)[0])
    return found if found in ("en", "fr") else "other"


def sentences(text: str, reading: TokenReading) -> list[Sentence]:
    """The sentences that were read, each with the statistics of the tokens that begin in it."""

    kept, found, place = reading.statistics, [], 0
    pieces = split(text[: reading.end])
    ends = []
    for piece in pieces:
        place = text.index(piece, place) + len(piece)
        ends.append(place)
    # A token belongs to the sentence where it begins; the space before a word opens its token, so look one further.
    owner = np.searchsorted(ends, reading.starts + 1, side="left")
    for number, piece in enumerate(pieces):
        mine = owner == number
        if not mine.any():
            continue
        value = None
        if kept.mean is not None and kept.variance is not None and mine.sum() >= SENTENCE:
            value = float(curvature((kept.logprob - kept.mean)[mine], kept.variance[mine]))
        found.append(
            Sentence(
                " ".join(piece.split()), int(mine.sum()), float(kept.logprob[mine].mean()),
                None if value is None or np.isnan(value) else value,
            )
        )  # fmt: skip
    return found
