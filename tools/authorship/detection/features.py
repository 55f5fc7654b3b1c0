"""The features of a text: one pass of the model, then everything that detectors read from it.

For an evaluation: ``prefixes(model, text)`` once a passage gives the features at each length, and
``verdict.judge`` the verdict on each, at any rate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.authorship.detection.statistics import Floats, TokenStatistics, all_statistics
from tools.authorship.detection.style import STYLE, prose, style
from tools.authorship.detection.token_reading import LENGTHS, OnStep, Piece, TokenReading, lines, read, read_start
from tools.specimens.language import LanguageModel, TransformersModel
from tools.specimens.languages import identifier
from tools.translation.sentences import split

MODEL = ("likelihood", "log_rank", "lrr", "entropy", "curvature", "first", "deep", "burstiness")
NAMES = (*MODEL, *STYLE)
"""The features of the classifier, in the order of its coefficients."""
BLOCK = 10  # tokens of a block, whose likelihoods spread when a text goes by fits and starts
DEEP = 100  # a rank beyond which a word is a surprise
CERTAIN = 0.9  # probability from which a part of a text is said to be in another language
PART = 80  # characters below which the language of a part is not asked for
VERSE = 45  # mean characters of a line under which a text is verse or a list
FEWEST_LINES = 4


@dataclass(frozen=True)
class Features:
    """What one reading gives.

    ``values``: the statistics over all the tokens read, by name; ``rows``: the features of each piece,
    shape (pieces, ``NAMES``), ``None`` behind a server. ``language``: "en", "fr", "mixed" or "other";
    ``shape``: "prose", "lines" (verse, lists), "repeats" (the same sentences) or "symbols" (code, tables, emoji); ``sha256`` of the model's weights.
    """

    reading: TokenReading
    values: dict[str, float]
    rows: Floats | None
    language: str
    shape: str
    sha256: str | None


def features(
    model: LanguageModel,
    text: str,
    *,
    second: TransformersModel | None = None,
    on_step: OnStep = lambda done, total: None,
) -> Features:
    """Reads ``text`` once. Errors: see ``token_reading.read``."""
    reading = read(model, text, on_step, second)
    return of_reading(reading, shape_of(text), model.specimen.sha256)


def prefixes(model: TransformersModel, text: str) -> list[Features]:
    """What the beginning of a text gives at each length that it reaches, shortest first, from a single pass."""
    reading = read_start(model, text)
    shape, digest = shape_of(text), model.specimen.sha256
    return [of_reading(start(reading, length), shape, digest) for length in LENGTHS if length <= len(reading)]


def start(reading: TokenReading, length: int) -> TokenReading:
    """The first ``length`` scored tokens of a reading in one piece."""
    end = int(reading.starts[length]) if length < len(reading) else reading.pieces[0].end
    kept = reading.pieces[0].statistics[:length]
    text = reading.text[:end].rstrip()
    return TokenReading(
        text, [Piece(kept, reading.pieces[0].start, len(text))], kept, reading.starts[:length], length, length
    )


def of_reading(reading: TokenReading, shape: str, sha256: str | None) -> Features:
    """Everything that is read from the tokens."""
    language = language_of(reading.text)
    inside = reading.statistics.mean is not None
    rows = [row(reading, piece, "fr" if language == "fr" else "en") for piece in reading.pieces] if inside else []
    values = {name: float(value) for name, value in all_statistics(reading.statistics).items()}
    return Features(reading, values, np.array(rows) if inside else None, language, shape, sha256)


def row(reading: TokenReading, piece: Piece, lang: str) -> list[float]:
    """The features of one piece, in the order of ``NAMES``."""
    counted = style(reading.text[piece.start : piece.end], lang)
    return [*of_model(piece.statistics).values(), *(counted[name] for name in STYLE)]


def of_model(t: TokenStatistics) -> dict[str, float]:
    """The features that come from the model, by name; an undefined ratio counts as 0.

    ``curvature`` is over the square root of the tokens. ``first``: share of tokens that the model put
    first; ``deep``: share beyond the rank 100; ``burstiness``: standard deviation of the likelihood over blocks of 10 tokens.
    """
    found = {name: float(value) for name, value in all_statistics(t).items()}
    blocks = [part.mean() for part in np.array_split(t.logprob, max(len(t) // BLOCK, 1))]
    found["curvature"] /= np.sqrt(len(t))
    found |= {
        "first": float((t.rank == 1).mean()),
        "deep": float((t.rank > DEEP).mean()),
        "burstiness": float(np.std(blocks)),
    }
    return {name: float(np.nan_to_num(found[name])) for name in MODEL}


SENTENCE, HALF = 20, 0.5  # characters of a sentence that is looked at alone; share of the text that must agree


def language_of(text: str) -> str:
    """ "en" or "fr", "other" for any other language, "mixed" when a good part of the text is surely in another one."""
    found = str(identifier().classify(text)[0])
    sentences, part = split(text), ""
    for number, sentence in enumerate(sentences):
        part = f"{part} {sentence}".strip()
        if len(part) < PART and number < len(sentences) - 1:
            continue
        here, sure = identifier().classify(part)
        if len(part) >= PART and here != found and float(sure) >= CERTAIN:
            return "mixed"
        part = ""
    alone = [one for one in sentences if len(one) >= SENTENCE]
    same = sum(len(one) for one in alone if identifier().classify(one)[0] == found)
    if len(alone) > 1 and same < HALF * sum(
        map(len, alone)
    ):  # four short sentences in four languages: none is sure, the count is
        return "mixed"
    return found if found in ("en", "fr") else "other"


PROSE = 0.85  # share of letters and common marks under which a text is not running text


FEWEST_SENTENCES, DIFFERENT = 4, 0.5  # under this share of different sentences, a text repeats itself


def shape_of(text: str) -> str:
    """ "prose", "lines" (short lines: verse, a list), "repeats" (the same sentences) or "symbols" (code, a table, emoji)."""
    if prose(text) < PROSE:
        return "symbols"
    kept = lines(text)
    if len(kept) >= FEWEST_LINES and np.mean([len(line.strip()) for line in kept]) < VERSE:
        return "lines"
    sentences = split(text)
    if len(sentences) >= FEWEST_SENTENCES and len(set(sentences)) < DIFFERENT * len(sentences):
        return "repeats"
    return "prose"
