"""Inside a language model in this process: its attention weights and its hidden states, word by word.

Fused attention kernels never form the matrix of weights; transformers then returns none of them. Weights are read
with the "eager" kernel, softmax(Q Kᵀ / √d) written out (Vaswani et al. 2017), and the kernel is put back afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadInput, Unavailable
from tools.specimens.language import TransformersModel, check_length

Floats = NDArray[np.float64]
OnStep = Callable[[int, int], None]
BATCH = 8  # texts read at once
WORD = re.compile(r"\w+(?:-\w+)*(?:['’](?:t|s|d|m|re|ve|ll)\b)?|[^\w\s]")  # isn't is one word, l’ours is three


@dataclass(frozen=True)
class Reading:
    """A text as the model reads it.

    ``ids`` are its token numbers, with the special tokens that the model's tokenizer adds; ``pieces`` their text;
    ``spans`` the characters each covers, ``(start, end)``, an empty span for a special token.
    """

    text: str
    ids: list[int]
    pieces: list[str]
    spans: list[tuple[int, int]]

    @cached_property
    def words(self) -> Words:
        """The tokens gathered into words and signs of punctuation; a special token stands alone."""
        found = [match.span() for match in WORD.finditer(self.text)]
        labels: list[str] = []
        members: list[list[int]] = []
        last: int | None = None
        for token, (start, end) in enumerate(self.spans):
            here = next((i for i, (a, b) in enumerate(found) if start < b and a < end), None)
            if here is not None and here == last:
                members[-1].append(token)
                continue
            last = here
            labels.append(self.text[slice(*found[here])] if here is not None else self.pieces[token].strip() or "␣")
            members.append([token])
        return Words(labels, members, [self.spans[group[0]] == (0, 0) for group in members])

    def tokens(self, start: int, end: int) -> list[int]:
        """The tokens that cover the characters from ``start`` to ``end``."""
        return [i for i, (a, b) in enumerate(self.spans) if a < end and start < b]


@dataclass(frozen=True)
class Words:
    """``members[i]`` are the tokens of the word ``labels[i]``; ``special[i]`` when the tokenizer added it."""

    labels: list[str]
    members: list[list[int]]
    special: list[bool]

    def find(self, word: str) -> list[int]:
        """Places of a word, as written or else in any case."""
        word = word.strip()
        exact = [i for i, label in enumerate(self.labels) if label == word]
        return exact or [i for i, label in enumerate(self.labels) if label.lower() == word.lower()]


def read(model: TransformersModel, text: str) -> Reading:
    """Cuts a text into tokens. Errors: ``BadInput`` for a text without words or too long, or a tokenizer without places."""
    if not re.search(r"\w", text):
        raise BadInput("The text holds no word. Give a sentence.", "Le texte ne contient aucun mot. Donnez une phrase.")
    if not model.tokenizer.is_fast:
        raise BadInput(
            f"The tokenizer of {model.name} does not say which letters a token covers; this measurement needs that. "
            "Give a model with a tokenizer.json.",
            f"Le découpage de {model.name} ne dit pas quelles lettres un token couvre ; cette mesure en a besoin. "
            "Donnez un modèle qui a un tokenizer.json.",
        )
    coded = model.tokenizer(text, return_offsets_mapping=True)
    ids = list(coded["input_ids"])
    check_length(len(ids), model.context, model.name)
    spans = []
    for start, end in coded["offset_mapping"]:
        while start < end and text[start].isspace():  # byte-level tokens begin with their space
            start += 1
        spans.append((start, end))
    return Reading(text, ids, [model.tokenizer.decode([i]) for i in ids], spans)


def occurrence(text: str, word: str) -> tuple[int, int] | None:
    """The characters of the first whole occurrence of ``word``, as written or else in any case; ``None`` without one."""
    for flags in (0, re.IGNORECASE):
        if match := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, flags):
            return match.span()
    return None


@contextmanager
def _written_out(model: Any) -> Iterator[None]:
    """The model with the kernel that forms the attention weights."""
    before = model.config._attn_implementation
    model.set_attn_implementation("eager")
    try:
        yield
    finally:
        model.set_attn_implementation(before)


def attentions(model: TransformersModel, reading: Reading) -> Floats:
    """The attention weights of one text, shape (layers, heads, tokens that look, tokens looked at); each row sums to 1.

    Errors: ``Unavailable`` for an architecture that does not give them.
    """
    import torch

    inputs = torch.tensor([reading.ids], device=model.model.device)
    with model._lock, torch.inference_mode(), _written_out(model.model):
        layers = model.model.base_model(inputs, output_attentions=True).attentions
        if not layers or any(layer is None for layer in layers):
            raise Unavailable(
                f"{model.name} does not give its attention weights. Try another model, such as smollm2.",
                f"{model.name} ne donne pas ses poids d’attention. Essayez un autre modèle, comme smollm2.",
            )
        weights: Floats = np.stack([layer[0].double().cpu().numpy() for layer in layers])
    return weights


def by_word(weights: Floats, words: Words, masked: bool) -> Floats:
    """Attention from word to word, shape (layers, heads, words, words); each row still sums to 1.

    What a word receives is the sum over its tokens. What it gives is read from its last token in a causal model, the
    only one that has read the whole word, and is the mean over its tokens in a masked model.
    """
    received = np.stack([weights[..., group].sum(axis=-1) for group in words.members], axis=-1)
    rows = [received[..., group if masked else group[-1:], :].mean(axis=-2) for group in words.members]
    return np.stack(rows, axis=-2)


def word_states(
    model: TransformersModel, readings: Sequence[Reading], places: Sequence[Sequence[int]], on_step: OnStep
) -> Floats:
    """The hidden state of one word in each text, shape (texts, layers + 1, width); layer 0 is the embedding.

    Args:
        places: for each text, the tokens whose mean is taken.

    Texts are padded on the right and read ``BATCH`` at a time; what is added is masked, so it changes nothing.
    """
    import torch

    pad = model.tokenizer.pad_token_id or 0
    states: list[Floats] = []
    for start in range(0, len(readings), BATCH):
        on_step(start, len(readings))
        batch = readings[start : start + BATCH]
        longest = max(len(reading.ids) for reading in batch)
        ids = torch.tensor([r.ids + [pad] * (longest - len(r.ids)) for r in batch], device=model.model.device)
        mask = torch.tensor([[1] * len(r.ids) + [0] * (longest - len(r.ids)) for r in batch], device=model.model.device)
        with model._lock, torch.inference_mode():
            layers = model.model.base_model(ids, attention_mask=mask, output_hidden_states=True).hidden_states
        for row in range(len(batch)):
            tokens = list(places[start + row])
            states.append(np.stack([layer[row, tokens].double().mean(dim=0).cpu().numpy() for layer in layers]))
    return np.stack(states)
