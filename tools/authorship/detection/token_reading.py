"""A text read by a language model in pieces of equal length, token by token.

Each piece is read on its own, as the passages of the reference were: a token deep in a long context
is easier to predict, and would not be comparable. A text that is not a whole number of pieces has
pieces that overlap; one that is longer than ``PIECES`` pieces has pieces spread evenly over it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tools.authorship.detection.statistics import TokenStatistics, joined, token_statistics
from tools.errors import BadInput
from tools.specimens.language import LanguageModel, TransformersModel

if TYPE_CHECKING:
    import torch

LENGTHS = (30, 60, 120, 160)  # scored tokens of a piece; the reference has thresholds for each
PIECES = 16  # read of one text
SENT = 1_000  # characters sent to a server at once
OnStep = Callable[[int, int], None]
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})


@dataclass(frozen=True)
class Piece:
    """One piece: the statistics of its scored tokens and the characters from the first of them to the last."""

    statistics: TokenStatistics
    start: int
    end: int


@dataclass(frozen=True)
class TokenReading:
    """A text as it was read (see ``plain``), its pieces, and each scored token once, in order.

    ``starts``: the character where each token begins, shape (tokens,). ``total``: how many tokens the
    whole text has to score; ``length``: those of a piece, 0 for a text shorter than all ``LENGTHS``.
    """

    text: str
    pieces: list[Piece]
    statistics: TokenStatistics
    starts: NDArray[np.intp]
    total: int
    length: int

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def whole(self) -> bool:
        """Whether every token was read."""
        return len(self) >= self.total


def plain(text: str) -> str:
    """One space for any white space, straight quotation marks and dashes: layout and typography say nothing of the author."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_PLAIN).split())


def read(model: LanguageModel, text: str, on_step: OnStep, second: TransformersModel | None = None) -> TokenReading:
    """Reads a text; with ``second``, the observer of Binoculars.

    Errors: ``BadInput`` when there is no second token to predict, or the two tokenizers differ.
    """
    text = plain(text)
    if isinstance(model, TransformersModel):
        return _inside(model, text, on_step, second)
    return _checked(_served(model, text, on_step))


def read_start(model: TransformersModel, text: str, most: int = max(LENGTHS)) -> TokenReading:
    """The first tokens of a text, ``most`` scored ones at most, in one piece and one pass. Errors: as ``read``."""
    text = plain(text)
    ids, offsets = _tokens(model, text)
    span = min(len(ids) - 1, most)
    if span < 1:
        return _checked(_NOTHING)
    scores = _statistics(model, ids[: span + 1], None)
    starts = np.array([low for low, _ in offsets[1 : span + 1]], dtype=np.intp)
    piece = Piece(scores, offsets[1][0], offsets[span][1])
    return TokenReading(text[: piece.end], [piece], scores, starts, span, piece_length(span))


def _checked(reading: TokenReading) -> TokenReading:
    if not len(reading):
        raise BadInput(
            "This text is a single token: there is nothing to predict. Give at least a sentence.",
            "Ce texte tient en un seul token : il n’y a rien à prédire. Donnez au moins une phrase.",
        )
    return reading


def piece_length(tokens: int) -> int:
    """The longest of ``LENGTHS`` that a text of so many scored tokens reaches; 0 for none."""
    return max((length for length in LENGTHS if length <= tokens), default=0)


def piece_starts(tokens: int, length: int) -> list[int]:
    """Where the pieces begin: as few as cover the text, evenly spread, ``PIECES`` at most."""
    count = min(-(-tokens // length), PIECES)
    return [round(at) for at in np.linspace(0, tokens - length, count)]


def _inside(model: TransformersModel, text: str, on_step: OnStep, second: TransformersModel | None) -> TokenReading:
    """In process. The token before a piece is its whole context."""
    if second is not None:
        need_same_tokens(model, second, text)
    ids, offsets = _tokens(model, text)
    total = max(len(ids) - 1, 0)
    if not total:
        return _checked(_NOTHING)
    length = piece_length(total)
    span = min(length or total, model.context - 1)
    starts = piece_starts(total, span)
    pieces, kept, places, reached = [], [], [], 0
    for done, at in enumerate(starts):
        on_step(done, len(starts))
        scores = _statistics(model, ids[at : at + span + 1], second)
        pieces.append(Piece(scores, offsets[at + 1][0], offsets[at + span][1]))
        fresh = max(reached - at, 0)  # the tokens that the piece before has read are not taken twice
        kept.append(scores[fresh:])
        places += [low for low, _ in offsets[at + 1 + fresh : at + 1 + span]]
        reached = at + span
    return TokenReading(text, pieces, joined(kept), np.array(places, dtype=np.intp), total, length)


def _tokens(model: TransformersModel, text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """The token numbers of a text and the characters where each begins and ends."""
    model.need_causal()
    encoded = model.tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
    return list(encoded["input_ids"]), list(encoded["offset_mapping"])


def _statistics(model: TransformersModel, ids: list[int], second: TransformersModel | None) -> TokenStatistics:
    import torch

    observer: torch.Tensor | None = second.logits(ids)[:-1] if second is not None else None
    return token_statistics(model.logits(ids)[:-1], torch.tensor(ids[1:]), observer)


def need_same_tokens(model: TransformersModel, second: TransformersModel, text: str) -> None:
    """``BadInput`` unless both models cut this text into the same tokens and have vocabularies of the same size."""
    second.need_causal()
    sizes = [int(one.model.config.vocab_size) for one in (model, second)]
    if sizes[0] != sizes[1] or model.ids(text) != second.ids(text):
        raise BadInput(
            f"Binoculars compares two models word piece by word piece: {second.name} does not cut text as {model.name} "
            "does. Give a second model of the same family (such as the base model of an instructed one).",
            f"Binoculars compare deux modèles token par token : {second.name} ne découpe pas le texte comme {model.name}. "
            "Donnez un second modèle de la même famille (le modèle de base d’un modèle instruit, par exemple).",
        )


def _served(model: LanguageModel, text: str, on_step: OnStep) -> TokenReading:
    """Pieces of the text cut at white space; each loses its first token, which has no context."""
    pieces: list[Piece] = []
    starts: list[int] = []
    end = 0
    while end < len(text) and len(starts) < max(LENGTHS) * PIECES:
        on_step(end, len(text))
        sent = _next(text, end)
        scores = model.score(sent)
        place = end
        for index, token in enumerate(scores.tokens):
            # A character cut into several tokens has no text of its own in the first ones: they keep the place reached.
            found = text.find(token, place, end + len(sent)) if token else -1
            if index:
                starts.append(max(found, place))
            place = found + len(token) if found >= 0 else place
        logprobs, ranks = (np.array(values, dtype=np.float64) for values in (scores.logprobs, scores.ranks))
        pieces.append(Piece(TokenStatistics(logprobs, ranks), end, end + len(sent)))
        end += len(sent)
    if not starts:
        return _NOTHING
    statistics = joined([piece.statistics for piece in pieces])
    total = len(starts) if end >= len(text) else round(len(starts) * len(text) / end)
    return TokenReading(text, pieces, statistics, np.array(starts, dtype=np.intp), total, piece_length(len(starts)))


def _next(text: str, start: int) -> str:
    """The next characters, up to the last white space; the white space opens the next piece, as tokens expect."""
    if len(text) - start <= SENT:
        return text[start:]
    cut = text.rfind(" ", start + 1, start + SENT)
    return text[start : cut if cut > start else start + SENT]


def lines(text: str) -> list[str]:
    """The lines of a text that are not empty."""
    return [line for line in re.split(r"[\r\n]+", text) if line.strip()]


_NOTHING = TokenReading("", [], TokenStatistics(np.zeros(0), np.zeros(0)), np.zeros(0, dtype=np.intp), 0, 0)
