"""A text read by a language model, token by token: where each token lies and how expected it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.authorship.curvature import TokenStatistics, joined, token_statistics
from tools.errors import BadInput
from tools.specimens.language import LanguageModel, TransformersModel

WINDOW = 512  # tokens predicted with one context
MOST = 4_096  # tokens read of one text
PIECE = 1_600  # characters sent to a server at once: fewer than WINDOW tokens in most scripts
OnStep = Callable[[int, int], None]


@dataclass(frozen=True)
class TokenReading:
    """``statistics`` of each scored token and the character where it begins, shape (tokens,); all but the first token.

    ``end`` is the character after the last one read; ``whole`` says whether that is the end of the text.
    """

    statistics: TokenStatistics
    starts: NDArray[np.intp]
    end: int
    whole: bool

    def __len__(self) -> int:
        return len(self.starts)


def read(model: LanguageModel, text: str, on_step: OnStep) -> TokenReading:
    """Reads at most ``MOST`` tokens. Errors: ``BadInput`` when there is no second token to predict."""
    reading = _inside(model, text, on_step) if isinstance(model, TransformersModel) else _served(model, text, on_step)
    if not len(reading):
        raise BadInput(
            "This text is a single token: there is nothing to predict. Give at least a sentence.",
            "Ce texte tient en un seul token : il n’y a rien à prédire. Donnez au moins une phrase.",
        )
    return reading


def _inside(model: TransformersModel, text: str, on_step: OnStep) -> TokenReading:
    """Windows of ``WINDOW`` tokens; each begins with the last token of the one before, which gives it a first context."""
    import torch

    model.need_causal()
    tokens = model.tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
    ids, offsets = list(tokens["input_ids"]), tokens["offset_mapping"]
    kept = min(len(ids), MOST)
    window = min(WINDOW, model.context - 1)
    parts = []
    for start in range(0, kept - 1, window):
        on_step(start, kept)
        piece = ids[start : min(start + window + 1, kept)]
        parts.append(token_statistics(model.logits(piece)[:-1], torch.tensor(piece[1:])))
    if not parts:
        return TokenReading(_NOTHING, np.zeros(0, dtype=np.intp), 0, True)
    starts = np.array([low for low, _ in offsets[1:kept]], dtype=np.intp)
    return TokenReading(joined(parts), starts, offsets[kept - 1][1], kept == len(ids))


def _served(model: LanguageModel, text: str, on_step: OnStep) -> TokenReading:
    """Pieces of the text cut at white space; each piece loses its first token, which has no context."""
    parts: list[TokenStatistics] = []
    starts: list[int] = []
    end = 0
    while end < len(text) and len(starts) < MOST:
        on_step(end, len(text))
        piece = _piece(text, end)
        scores = model.score(piece)
        place = end
        for index, token in enumerate(scores.tokens):
            # A character cut into several tokens has no text of its own in the first ones: they keep the place reached.
            found = text.find(token, place, end + len(piece)) if token else -1
            if index:
                starts.append(max(found, place))
            place = found + len(token) if found >= 0 else place
        parts.append(
            TokenStatistics(
                np.array(scores.logprobs, dtype=np.float64), np.array(scores.ranks, dtype=np.float64), None, None
            )
        )
        end += len(piece)
    if not starts:
        return TokenReading(_NOTHING, np.zeros(0, dtype=np.intp), 0, True)
    return TokenReading(joined(parts), np.array(starts, dtype=np.intp), end, end == len(text))


def _piece(text: str, start: int) -> str:
    """The next characters, up to the last white space; the white space opens the next piece, as tokens expect."""
    if len(text) - start <= PIECE:
        return text[start:]
    cut = max(text.rfind(white, start + 1, start + PIECE) for white in " \n\t")
    return text[start : cut if cut > start else start + PIECE]


_NOTHING = TokenStatistics(np.zeros(0), np.zeros(0), None, None)
