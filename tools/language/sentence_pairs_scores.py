"""How probable a model finds each reading of a pair, part by part: before the filling, the filling, after it.

A causal model reads the sentence once. A masked model hides the tokens of a part one at a time, all others
visible (pseudo-log-likelihood: Salazar, Liang, Nguyen and Kirchhoff 2020), as the published CrowS-Pairs score does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.language.sentence_pairs_data import Reading
from tools.specimens.language import LanguageModel, TransformersModel, check_length

Floats = NDArray[np.float64]
OnStep = Callable[[int, int], None]
LOGITS = 120_000_000  # numbers (half a gigabyte) that a causal model may give at once: few passes, bounded memory
ROWS = 32  # sentences of a masked model read at once
LEADS = ("\n", ".\n")  # what stands before a sentence, so that its first word has a probability too
BEFORE, FILLING, AFTER = 0, 1, 2


@dataclass(frozen=True)
class Parts:
    """Log-probability in nats of each part of each reading and its number of tokens, both (readings, 3)."""

    nats: Floats
    tokens: Floats


def score(model: LanguageModel, readings: Sequence[Reading], parts: Sequence[int], on_step: OnStep) -> Parts:
    """The parts of all readings; a masked model scores only ``parts`` (the others stay 0), a causal one all three."""
    if isinstance(model, TransformersModel) and model.masked:
        return _masked(model, readings, parts, on_step)
    found = Parts(np.zeros((len(readings), 3)), np.zeros((len(readings), 3)))
    lead = _lead(model)
    order = sorted(range(len(readings)), key=lambda i: len(readings[i].text))  # like with like: little padding
    if not isinstance(model, TransformersModel):
        for done, i in enumerate(order):
            on_step(done, len(order))
            _read_alone(model, readings[i], i, lead, found)
        return found
    rows = [model.ids(lead + reading.text) for reading in readings]
    done = 0
    while done < len(order):
        on_step(done, len(order))
        batch = _fitting(model, rows, order[done:])
        _read_together(model, readings, rows, batch, lead, found)
        done += len(batch)
    return found


def _lead(model: LanguageModel) -> str:
    """The first of ``LEADS`` that is a token for this model: some tokenizers do not see an empty line."""
    count = model.ids if isinstance(model, TransformersModel) else lambda text: model.score(text).tokens
    return next((lead for lead in LEADS if count(lead)), LEADS[-1])


def _fitting(model: TransformersModel, rows: Sequence[list[int]], order: Sequence[int]) -> Sequence[int]:
    """As many of the next rows as stay within ``LOGITS``; at least one."""
    vocabulary, longest = len(model.tokenizer), 0
    for count, i in enumerate(order):
        longest = max(longest, len(rows[i]))
        if count and (count + 1) * longest * vocabulary > LOGITS:
            return order[:count]
    return order


def _read_together(
    model: TransformersModel,
    readings: Sequence[Reading],
    rows: Sequence[list[int]],
    batch: Sequence[int],
    lead: str,
    found: Parts,
) -> None:
    """One forward pass; rows are filled up on the right, where a causal model does not look."""
    import torch

    longest = max(len(rows[i]) for i in batch)
    check_length(longest, model.context, model.name)
    inputs = torch.zeros((len(batch), longest), dtype=torch.long)
    for line, i in zip(inputs, batch, strict=True):
        line[: len(rows[i])] = torch.tensor(rows[i])
    inputs = inputs.to(model.model.device)
    with torch.inference_mode():
        logits = model.model(inputs, use_cache=False).logits[:, :-1].float()
        chosen = logits.gather(2, inputs[:, 1:, None])[..., 0]
        logprobs = (chosen - logits.logsumexp(dim=-1)).double().cpu().numpy()
    for i, line in zip(batch, logprobs, strict=True):
        _fill(found, i, line[: len(rows[i]) - 1], [len(model.ids(text)) for text in _prefixes(lead, readings[i])])


def _read_alone(model: LanguageModel, reading: Reading, i: int, lead: str, found: Parts) -> None:
    """The same by the questions that any model answers, also behind a server."""
    starts = [len(model.score(text).tokens) for text in _prefixes(lead, reading)]
    _fill(found, i, np.array(model.score(lead + reading.text).logprobs), starts)


def _prefixes(lead: str, reading: Reading) -> tuple[str, str, str]:
    """The texts whose lengths in tokens say where the three parts begin."""
    return lead, lead + reading.before, lead + reading.before + reading.filling


def _fill(found: Parts, i: int, logprobs: Floats, starts: Sequence[int]) -> None:
    """Sums ``logprobs`` (which begin at the second token) between the places where the parts begin."""
    edges = [max(start - 1, 0) for start in starts] + [len(logprobs)]
    for part in (BEFORE, FILLING, AFTER):
        inside = logprobs[edges[part] : edges[part + 1]]
        found.nats[i, part], found.tokens[i, part] = inside.sum(), len(inside)


def _masked(model: TransformersModel, readings: Sequence[Reading], parts: Sequence[int], on_step: OnStep) -> Parts:
    """Each token of the wanted parts hidden in its turn."""
    import torch

    found = Parts(np.zeros((len(readings), 3)), np.zeros((len(readings), 3)))
    for i, reading in enumerate(readings):
        on_step(i, len(readings))
        coded = model.tokenizer(reading.text, return_offsets_mapping=True)
        ids = torch.tensor(coded["input_ids"])
        check_length(len(ids), model.context, model.name)
        edges = (len(reading.before), len(reading.before + reading.filling))
        # A token that touches the filling counts as the filling; special tokens cover no letter.
        of = [
            (place, AFTER if low >= edges[1] else BEFORE if high <= edges[0] else FILLING)
            for place, (low, high) in enumerate(coded["offset_mapping"])
            if high > low
        ]
        wanted = [(place, part) for place, part in of if part in parts]
        for start in range(0, len(wanted), ROWS):
            some = wanted[start : start + ROWS]
            rows, places = ids.repeat(len(some), 1), torch.tensor([place for place, _ in some])
            rows[torch.arange(len(some)), places] = model.tokenizer.mask_token_id
            with torch.inference_mode():
                logits = model.model(rows.to(model.model.device)).logits[torch.arange(len(some)), places].float()
            chosen = torch.log_softmax(logits, dim=-1).cpu().gather(1, ids[places][:, None])[:, 0]
            for (_, part), value in zip(some, chosen.tolist(), strict=True):
                found.nats[i, part] += value
                found.tokens[i, part] += 1
    return found
