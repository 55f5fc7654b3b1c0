"""What ``detect_ai_text`` measures: the whole text, its sentences, the intervals, the verdict, and the same again when reworded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.authorship.detection.features import Features, features
from tools.authorship.detection.statistics import Floats, TokenStatistics, all_statistics, curvature, redrawn
from tools.authorship.detection.token_reading import OnStep, TokenReading
from tools.authorship.detection.verdict import Verdict, judge
from tools.specimens.language import LanguageModel, TransformersModel
from tools.translation.sentences import split

CONFIDENCE = 0.95
RESAMPLES = 1_000
BLOCK = 20  # tokens that stay together in the bootstrap: neighbours are not independent
SENTENCE = 8  # tokens below which a sentence has no curvature
Interval = tuple[float, float | None, float | None]


@dataclass(frozen=True)
class Sentence:
    """One sentence: where it stands, its tokens, their mean log-probability (nats) and their curvature, ``None`` when too short.

    ``words``: the words read in it and the largest rank among the tokens of each.
    """

    text: str
    tokens: int
    likelihood: float
    curvature: float | None
    words: list[tuple[str, int]]


@dataclass(frozen=True)
class Attacked:
    """The same text in other words: how (``kind`` and ``by``), what is measured on it, and its likeness of meaning, a cosine.

    ``unrelated`` is the cosine with a text about something else; ``same``: sentences that came back as they were, of ``n``.
    """

    kind: str
    by: str
    features: Features
    verdict: Verdict
    likeness: float
    unrelated: float
    same: int
    n: int


@dataclass(frozen=True)
class Measured:
    """All the numbers of one run; intervals are (value, low, high), by the name of the statistic."""

    features: Features
    intervals: dict[str, Interval]
    sentences: list[Sentence]
    verdict: Verdict
    rate: float
    builtin: bool = False
    attacked: Attacked | None = None

    @property
    def tokens(self) -> int:
        """Scored tokens."""
        return len(self.features.reading)

    @property
    def served(self) -> bool:
        """Whether the model only told about the words that came."""
        return self.features.rows is None


def measure(
    subject: LanguageModel,
    text: str,
    rate: float,
    rng: np.random.Generator,
    on_step: OnStep,
    second: TransformersModel | None = None,
    builtin: bool = False,
) -> Measured:
    """Reads the text and does the statistics."""
    found = features(subject, text, second=second, on_step=on_step)
    kept = found.reading.statistics
    draws = all_statistics(kept, redrawn(len(kept), BLOCK, RESAMPLES, rng))
    intervals = {
        name: _interval(value, draws[name], len(kept)) for name, value in found.values.items() if not np.isnan(value)
    }
    return Measured(found, intervals, sentences(found.reading), judge(found, rate), rate, builtin)


def _interval(value: float, draws: Floats, n: int) -> Interval:
    """Percentile bounds of the draws; none for a text of fewer than two blocks, whose redraws are all alike."""
    draws = draws[~np.isnan(draws)]
    if n < 2 * BLOCK or not len(draws):
        return value, None, None
    low, high = np.quantile(draws, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return value, float(low), float(high)


def sentences(reading: TokenReading) -> list[Sentence]:
    """The sentences that were read, each with the statistics of the tokens that begin in it."""
    found, place, begins, ends = [], 0, [], []
    pieces = split(reading.text)
    for piece in pieces:
        begins.append(reading.text.index(piece, place))
        ends.append(place := begins[-1] + len(piece))
    # A token belongs to the sentence where it begins; the space before a word opens its token, so look one further.
    owner = np.searchsorted(ends, reading.starts + 1, side="left")
    for number, piece in enumerate(pieces):
        mine = owner == number
        if mine.any():
            here = reading.statistics[mine]
            words = _words(piece, reading.starts[mine] - begins[number], here)
            found.append(Sentence(piece, int(mine.sum()), float(here.logprob.mean()), _curvature(here), words))
    return found


def _curvature(t: TokenStatistics) -> float | None:
    if t.mean is None or t.variance is None or len(t) < SENTENCE:
        return None
    value = float(curvature(t.logprob - t.mean, t.variance))
    return None if np.isnan(value) else value


def _words(sentence: str, starts: Floats, t: TokenStatistics) -> list[tuple[str, int]]:
    """Each word of a sentence with the largest rank of its tokens; 0 for a word that was not scored."""
    words, ends, place = sentence.split(), [], 0
    for word in words:
        place = sentence.index(word, place) + len(word)
        ends.append(place)
    owner = np.searchsorted(ends, starts + 1, side="left")
    return [(word, int(max(t.rank[owner == number], default=0))) for number, word in enumerate(words)]
