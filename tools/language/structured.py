"""Replies that are JSON of a given form, whatever the model: the form is imposed while it writes.

At every token the grammar of the schema says which tokens may follow, and the others get probability
zero (Willard & Louf 2023, arXiv 2307.09702; here by llguidance). This imposes the form alone: the
words inside the form are the model's, true or not.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tools.errors import BadInput
from tools.language.sampling import OnStep, filled_up, gumbel, hearing, memory, prompt_ids, shared_start
from tools.language.structured_reply import Schema, Written, read
from tools.specimens.http_language import HttpModel
from tools.specimens.language import LanguageModel, Message, TransformersModel, check_length

if TYPE_CHECKING:
    import torch

ROWS = 8  # replies written side by side: each holds a grammar of its own, which the processor serves in turn
FORM = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}  # as json.dumps writes


def write_many(
    model: LanguageModel,
    conversations: Sequence[list[Message]],
    schema: Schema,
    *,
    max_tokens: int,
    seed: int,
    temperature: float = 0.0,
    on_step: OnStep,
) -> list[Written]:
    """One reply to each conversation, each an object of ``schema``; temperature 0 is greedy.

    Side by side for a model in this process, one after the other for a served one. A reply that the
    limit of ``max_tokens`` cuts keeps its complete items: give lists a maxItems and strings a maxLength
    that fit into it. ``on_step`` gets the tokens written (or the replies, for a served model) and their
    number at most, at every token; it may raise ``Stopped``.
    Errors: ``BadInput`` for a masked model, a prompt that is too long, a tokenizer that cannot be held to a form.
    """
    if not isinstance(model, TransformersModel):
        return _one_by_one(model, conversations, schema, max_tokens, temperature, seed, on_step)
    model.need_causal()
    prompts = [prompt_ids(model, conversation) for conversation in conversations]
    check_length(max(map(len, prompts), default=0) + max_tokens, model.context, model.name)
    written: list[Written] = []
    for start in range(0, len(prompts), ROWS):
        rows = prompts[start : start + ROWS]
        before, total = max_tokens * (start // ROWS), max_tokens * -(-len(prompts) // ROWS)

        def step(done: int, before: int = before, total: int = total) -> None:
            on_step(before + done, total)

        step(0)  # reading the prompts takes a while too
        streams = range(start, start + len(rows))
        chance = [gumbel(temperature, seed, streams)] if temperature else []
        texts = _side_by_side(model, rows, _Form(model, schema, len(rows)), chance, max_tokens, step)
        written += [read(text, schema) for text in texts]
    return written


class _Form:
    """Leaves each reply only the tokens that its grammar allows next; a logits processor."""

    def __init__(self, model: TransformersModel, schema: Schema, rows: int) -> None:
        from llguidance import LLMatcher

        vocabulary = _vocabulary(model)
        options: Any = FORM
        grammar = LLMatcher.grammar_from_json_schema(json.dumps(schema), overrides=options)
        if problem := LLMatcher.validate_grammar(grammar, vocabulary):
            raise ValueError(f"this schema cannot be imposed: {problem}")
        self.end = int(vocabulary.eos_token)
        self._matchers = [LLMatcher(vocabulary, grammar) for _ in range(rows)]
        self._open = [True] * rows
        self._size = vocabulary.vocab_size
        self._started = False

    def __call__(self, written: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        """Scores with −∞ for what the form forbids, shape (replies, vocabulary)."""
        import torch

        allowed = torch.zeros(scores.shape, dtype=torch.bool)
        for row, matcher in enumerate(self._matchers):
            if self._started and self._open[row]:
                token = int(written[row, -1])
                self._open[row] = token != self.end and matcher.consume_token(token)
            if self._open[row]:
                allowed[row, : self._size] = torch.from_numpy(self._mask(matcher))
            else:
                allowed[row, self.end] = True
        self._started = True
        return scores.masked_fill(~allowed.to(scores.device), float("-inf"))

    def _mask(self, matcher: Any) -> Any:
        """Which tokens may follow, shape (vocabulary,)."""
        import numpy as np

        bits = np.frombuffer(matcher.compute_bitmask(), dtype=np.uint8)
        return np.unpackbits(bits, bitorder="little")[: self._size].astype(bool)


@lru_cache(maxsize=2)
def _vocabulary(model: TransformersModel) -> Any:
    """The tokens of a model as llguidance reads them (about a second to make)."""
    from llguidance.hf import from_tokenizer

    try:
        return from_tokenizer(model.tokenizer, n_vocab=int(model.model.config.vocab_size))
    except Exception as error:
        raise BadInput(
            f"{model.name} cannot be held to a form: its tokenizer is of a kind that is not known here ({error}).",
            f"On ne peut pas imposer de forme à {model.name} : son découpage en tokens est d’un genre inconnu ici ({error}).",
        ) from error


def _side_by_side(
    model: TransformersModel,
    prompts: Sequence[list[int]],
    form: _Form,
    chance: list[Any],
    max_tokens: int,
    step: Any,
) -> list[str]:
    """One batch of replies: prompts filled up after what they share, where the attention mask hides the filling."""
    import torch
    from transformers import LogitsProcessorList

    shared = shared_start(prompts)  # instructions and examples: read once for all
    ids, mask = filled_up(prompts, form.end, shared)
    width = ids.shape[1]
    with torch.inference_mode():
        written = model.model.generate(
            input_ids=ids.to(model.model.device),
            attention_mask=mask.to(model.model.device),
            past_key_values=memory(model, prompts[0][:shared], len(prompts)),
            max_new_tokens=max_tokens,
            do_sample=False,  # noise, if any, is added to the scores: the largest one is then a draw
            temperature=None,
            top_p=None,
            top_k=None,
            eos_token_id=form.end,
            pad_token_id=form.end,
            logits_processor=LogitsProcessorList([form, *chance]),
            stopping_criteria=hearing(step, width),
        )
    new = written[:, width:].tolist()
    return [str(model.tokenizer.decode(row, skip_special_tokens=True)) for row in new]


def _one_by_one(
    model: LanguageModel,
    conversations: Sequence[list[Message]],
    schema: Schema,
    max_tokens: int,
    temperature: float,
    seed: int,
    on_step: OnStep,
) -> list[Written]:
    """A reply after the other, for a model that only talks; Stop is heard at every piece that comes."""
    written = []
    for done, messages in enumerate(conversations):
        pieces = []
        on_step(done, len(conversations))
        asked: dict[str, Any] = {"max_tokens": max_tokens, "temperature": temperature, "seed": seed + done}
        if isinstance(model, HttpModel):
            asked["schema"] = schema
        for piece in model.generate(messages, **asked):
            pieces.append(piece)
            on_step(done, len(conversations))
        written.append(read("".join(pieces), schema))
    return written
