"""Texts written side by side, some with the mark and some without, that meet the same chance.

Two texts of one stream draw the same noise (Gumbel-max sampling: the token with the largest
(logit + δ·green)/temperature + g, with g Gumbel noise, is a draw from the softmax), so that what differs
between them is the mark. The mark is added before the temperature, as in the authors' code and in vLLM.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tools.authorship.watermarking.scheme import GreenLists, Mark
from tools.language.sampling import ROWS, continued, prompt_ids
from tools.specimens.language import Message, TransformersModel, check_length

if TYPE_CHECKING:
    import torch

OnStep = Callable[[int, int], None]
"""Called with how many tokens of a text are written, and how many there are to write; may raise ``Stopped``."""


@dataclass(frozen=True)
class Written:
    """A text: its tokens and how the model without the mark saw each one coming (nats, temperature 1)."""

    text: str
    ids: list[int]
    logprobs: NDArray[np.float64]

    @property
    def perplexity(self) -> float:
        """exp(− mean log-probability)."""
        return float(np.exp(-self.logprobs.mean()))


def vocabulary(model: TransformersModel) -> int:
    """How many tokens the model scores: what the green lists are a share of."""
    return int(model.model.config.get_text_config().vocab_size)


def banned(model: TransformersModel) -> list[int]:
    """The tokens that end a text, and the marks of the chat format: no text is to hold them."""
    ends = model.model.generation_config.eos_token_id
    ends = ends if isinstance(ends, list) else [] if ends is None else [ends]
    return sorted({*ends, *model.tokenizer.all_special_ids})


class Writer:
    """A logits processor: notes what the bare model thinks, marks the rows that have a mark, adds the noise."""

    def __init__(
        self,
        marks: Sequence[GreenLists | None],
        streams: Sequence[int],
        never: list[int],
        temperature: float,
        seed: int,
    ) -> None:
        import torch

        self._lists, self._never, self._temperature = marks, never, temperature
        self._streams = list(streams)
        self._noise = {stream: torch.Generator().manual_seed((seed * 1_000_003 + stream) % 2**63) for stream in streams}
        self.logprobs: list[NDArray[np.float64]] = []

    def __call__(self, written: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        """Scores whose largest one is the token drawn; shape (rows, vocabulary), as given."""
        import torch

        bare = scores.float()
        drawn = bare.clone()
        drawn[:, self._never] = -torch.inf
        contexts = written.tolist()
        for row, lists in enumerate(self._lists):
            if lists is not None:
                green = torch.from_numpy(lists.green(contexts[row][-lists.mark.width :]))
                drawn[row, : len(green)] += lists.mark.delta * green.to(drawn.device)
        drawn /= self._temperature
        width = drawn.shape[1]
        for stream, generator in self._noise.items():  # once for all the texts that share a stream
            waits = torch.empty(width, dtype=torch.float32).exponential_(generator=generator)
            rows = [row for row, name in enumerate(self._streams) if name == stream]
            drawn[rows] -= waits.clamp_min(1e-30).log().to(drawn.device)
        chosen = drawn.argmax(dim=-1, keepdim=True)
        seen = bare.gather(1, chosen)[:, 0] - bare.logsumexp(dim=-1)
        self.logprobs.append(seen.double().cpu().numpy())
        return drawn


def write(
    model: TransformersModel,
    conversations: Sequence[list[Message]],
    streams: Sequence[int],
    marks: Sequence[Mark | None],
    *,
    tokens: int,
    temperature: float,
    seed: int,
    on_step: OnStep,
) -> list[Written]:
    """One text of exactly ``tokens`` tokens a conversation: the end-of-text token is forbidden, so that all compare.

    Errors: ``BadInput`` for a masked model or a prompt that does not fit.
    """
    model.need_causal()
    prompts = [prompt_ids(model, conversation) for conversation in conversations]
    check_length(max(map(len, prompts)) + tokens, model.context, model.name)
    made = {mark: GreenLists(mark, vocabulary(model)) for mark in marks if mark is not None and mark.delta}
    lists = [made.get(mark) if mark is not None else None for mark in marks]
    batches = range(0, len(prompts), ROWS)
    texts: list[Written] = []
    for number, start in enumerate(batches):
        rows = slice(start, start + ROWS)
        writer = Writer(lists[rows], streams[rows], banned(model), temperature, seed)

        def step(done: int, before: int = number * tokens) -> None:
            on_step(before + done, tokens * len(batches))

        texts += _batch(model, prompts[rows], writer, tokens, step)
    return texts


def _batch(
    model: TransformersModel, prompts: Sequence[list[int]], writer: Writer, tokens: int, step: Callable[[int], None]
) -> list[Written]:
    """One batch of texts, and how the model without the mark saw their tokens coming."""
    new = continued(model, prompts, tokens, [writer], step)
    logprobs = np.stack(writer.logprobs, axis=1)
    return [
        Written(str(model.tokenizer.decode(row, skip_special_tokens=True)), row, logprobs[at])
        for at, row in enumerate(new)
    ]
