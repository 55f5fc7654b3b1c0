"""Which words a model puts in a gap: masked models read the whole sentence at once, causal ones from left to right.

A masked model gives a probability to every word at the gap (Devlin et al. 2019). A causal model has read
the left part only: it proposes words there, and each is then weighed by how well the right part follows it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadInput
from tools.language.gaps import Gap
from tools.specimens.language import LanguageModel, TransformersModel, check_length

if TYPE_CHECKING:
    import torch

Floats = NDArray[np.float64]
AT_ONCE = 400  # tokens in one pass: their scores over the whole vocabulary must fit in memory
PIECES = 4  # tokens of a proposed word
WORD = re.compile(r"\w[\w'’-]*")


@dataclass(frozen=True)
class Scores:
    """Log-probabilities in nats, arrays of shape (words,).

    ``word`` is log p(word) at the gap, summed over its ``tokens``; for a causal model, given the left part
    only. ``right`` is log p(right part) after the word, 0 for a masked model, which has already read it.
    """

    word: Floats
    tokens: NDArray[np.intp]
    right: Floats

    @property
    def per_token(self) -> Floats:
        """log p(word) divided by its count of tokens."""
        return self.word / self.tokens

    def total(self, per_token: bool) -> Floats:
        """What words are compared by: log p(word), whole or a token, plus log p(right part)."""
        return (self.per_token if per_token else self.word) + self.right


def shares(scores: Floats) -> Floats:
    """Scores as shares that sum to 1 over the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def score(model: LanguageModel, gap: Gap, words: Sequence[str]) -> Scores:
    """Each word in the gap, by the form that suits the model. ``BadInput`` for a sentence that does not fit it."""
    cased = [gap.cased(word) for word in words]
    if not isinstance(model, TransformersModel):
        return _served(model, gap, cased)
    return _masked(model, gap, cased) if model.masked else _causal(model, gap, cased)


def propose(model: TransformersModel, gap: Gap, count: int) -> list[str]:
    """The words that a causal model expects most after the left part: its likeliest next tokens, each completed.

    A token such as " hairst" is only the beginning of a word: while the likeliest token after it goes on
    with letters, it is added. At most ``count`` words, in the order of their first token.
    """
    prefix = model.ids(gap.left)
    check_length(len(prefix) + PIECES, model.context, model.name)

    def adds(before: list[int], token: int) -> str:
        """What a token adds to the text, with its space: some tokenizers drop it from a token alone."""
        return str(model.tokenizer.decode([*before, token])[len(model.tokenizer.decode(before)) :])

    first, _ = tail_logits(model, prefix, [])
    begins = r" \w" if gap.spaced else r"\w"
    likeliest = first.topk(4 * count).indices.tolist()
    rows = [[token] for token in likeliest if re.match(begins, adds(prefix, token))][:count]
    growing = rows
    for _ in range(PIECES - 1):
        still = []
        for places, logits in tail_logits(model, prefix, growing)[1]:
            for at, token in zip(places, logits[:, -1].argmax(dim=-1).tolist(), strict=True):
                if re.fullmatch(r"[^\W\d_]+", adds([*prefix, *growing[at]], token)):
                    growing[at].append(token)
                    still.append(growing[at])
        growing = still
    start = len(model.tokenizer.decode(prefix))
    words = [model.tokenizer.decode([*prefix, *row])[start:].strip() for row in rows]
    return list(dict.fromkeys(word for word in words if WORD.fullmatch(word)))


def tail_logits(
    model: TransformersModel, prefix: list[int], tails: Sequence[list[int]]
) -> tuple[torch.Tensor, Iterator[tuple[list[int], torch.Tensor]]]:
    """Scores of the next token after ``prefix``, and after each token of each tail; float32, on the CPU.

    The prefix is read once, and every tail from its memory; tails of one length go together, so that nothing
    is read in vain. Empty tails are left out.

    Returns:
        shape (vocabulary,), then batches: which tails, and shape (tails, length, vocabulary).
    """
    import torch

    with torch.inference_mode():
        head = model.model(torch.tensor([prefix], device=model.model.device), use_cache=True)
        first: torch.Tensor = head.logits[0, -1].float().cpu()

    def batches() -> Iterator[tuple[list[int], torch.Tensor]]:
        for length in sorted({len(tail) for tail in tails if tail}):
            places = [at for at, tail in enumerate(tails) if len(tail) == length]
            size = max(AT_ONCE // length, 1)
            for some in (places[start : start + size] for start in range(0, len(places), size)):
                memory: Any = copy.deepcopy(getattr(head, "past_key_values", None))
                known = prefix
                if hasattr(memory, "batch_repeat_interleave"):  # else the model keeps no memory that can be shared
                    memory.batch_repeat_interleave(len(some))
                    known = []
                rows = torch.tensor([[*known, *tails[at]] for at in some], device=model.model.device)
                with torch.inference_mode():
                    logits = model.model(rows, past_key_values=None if known else memory, use_cache=not known).logits
                yield some, logits[:, -length:].float().cpu()

    return first, batches()


def _causal(model: TransformersModel, gap: Gap, words: Sequence[str]) -> Scores:
    """Left part read once; each word and the right part after it. The last token is only predicted, never read."""
    prefix = model.ids(gap.left)
    if not prefix:
        raise BadInput("The beginning of the sentence is empty.", "Le début de la phrase est vide.")
    whole = [model.ids(gap.filled(word)) for word in words]
    check_length(max(map(len, whole)), model.context, model.name)
    ends = [len(model.ids(gap.left + gap.joined(word))) for word in words]
    start = len(prefix)
    first, batches = tail_logits(model, prefix, [ids[start:-1] for ids in whole])
    steps = [_chosen(first[None], ids[start : start + 1]) for ids in whole]
    for places, logits in batches:
        for at, scores in zip(places, logits, strict=True):
            steps[at] = np.concatenate([steps[at], _chosen(scores, whole[at][start + 1 :])])
    tokens = np.array(ends) - start
    word = [one[:count].sum() for one, count in zip(steps, tokens, strict=True)]
    right = [one[count:].sum() for one, count in zip(steps, tokens, strict=True)]
    return Scores(np.array(word), tokens, np.array(right))


def _chosen(scores: torch.Tensor, ids: list[int]) -> Floats:
    """Log-probabilities of the tokens that came, shape (tokens,); ``scores`` has shape (tokens, vocabulary)."""
    import torch

    picked = scores[range(len(ids)), ids] - torch.logsumexp(scores, dim=-1)
    found: Floats = np.array(picked.tolist(), dtype=np.float64)
    return found


def _served(model: LanguageModel, gap: Gap, words: Sequence[str]) -> Scores:
    """The same through ``LanguageModel.score``: all that a server tells is how it saw a given text coming."""
    start = len(model.score(gap.left).tokens)
    if not start:
        raise BadInput("The beginning of the sentence is empty.", "Le début de la phrase est vide.")
    word, right = np.zeros(len(words)), np.zeros(len(words))
    tokens = np.zeros(len(words), dtype=np.intp)
    for i, one in enumerate(words):
        end = len(model.score(gap.left + gap.joined(one)).tokens)
        steps = np.array(model.score(gap.filled(one)).logprobs)[start - 1 :]
        tokens[i] = end - start
        word[i], right[i] = steps[: tokens[i]].sum(), steps[tokens[i] :].sum()
    return Scores(word, tokens, right)


def vocabulary(model: TransformersModel, gap: Gap) -> tuple[list[str], NDArray[np.intp]]:
    """The whole words among a masked model's tokens, with their numbers: those that are cut as themselves."""
    tokenizer = model.tokenizer
    special = set(tokenizer.all_special_ids)
    numbers = [i for i in range(len(tokenizer)) if i not in special]
    texts = [text.strip() for text in tokenizer.batch_decode([[i] for i in numbers])]
    again = tokenizer([gap.joined(text) for text in texts], add_special_tokens=False)["input_ids"]
    kept = [
        (text, i) for text, i, ids in zip(texts, numbers, again, strict=True) if ids == [i] and WORD.fullmatch(text)
    ]
    return [text for text, _ in kept], np.array([i for _, i in kept], dtype=np.intp)


def at_gap(model: TransformersModel, gap: Gap) -> Floats:
    """Log-probability of every token of a masked model at the gap, shape (vocabulary,)."""
    found: Floats = _at_masks(model, [_with_masks(model, gap, 1)])[0]
    return found


def _masked(model: TransformersModel, gap: Gap, words: Sequence[str]) -> Scores:
    """A word of several pieces fills as many gaps, from left to right (within-word form, Kauf and Ivanova 2023)."""
    pieces = [list(model.tokenizer(gap.joined(word), add_special_tokens=False)["input_ids"]) for word in words]
    for word, ids in zip(words, pieces, strict=True):
        if not ids or model.tokenizer.unk_token_id in ids:
            raise BadInput(
                f"{model.name} does not know the word '{word}'. Leave it out of --candidates.",
                f"{model.name} ne connaît pas le mot « {word} ». Retirez-le de --candidates.",
            )
    totals = np.zeros(len(words))
    for size in sorted({len(ids) for ids in pieces}):
        mine = [i for i, ids in enumerate(pieces) if len(ids) == size]
        for step in range(size):
            rows = [_with_masks(model, gap, size, pieces[i][:step]) for i in mine]
            if step == 0:
                rows = rows[:1]  # nothing filled yet: the same row for all
            found = _at_masks(model, rows)
            for place, i in enumerate(mine):
                totals[i] += found[place if step else 0, pieces[i][step]]
    return Scores(totals, np.array([len(ids) for ids in pieces]), np.zeros(len(words)))


def _with_masks(model: TransformersModel, gap: Gap, count: int, filled: Sequence[int] = ()) -> list[int]:
    """The sentence as token numbers, its gap as ``count`` masks, the first of them already ``filled``."""
    mask = model.tokenizer.mask_token
    ids = model.ids(gap.left + gap.joined(mask * count) + gap.right, special=True)
    check_length(len(ids), model.context, model.name)
    first = ids.index(model.tokenizer.mask_token_id)
    ids[first : first + len(filled)] = filled
    return ids


def _at_masks(model: TransformersModel, rows: list[list[int]]) -> Floats:
    """Log-probabilities at the first mask left in each row (all of one length), shape (rows, vocabulary)."""
    import torch

    found = []
    size = max(AT_ONCE // len(rows[0]), 1)
    with torch.inference_mode():
        for start in range(0, len(rows), size):
            inputs = torch.tensor(rows[start : start + size])
            places = (inputs == model.tokenizer.mask_token_id).int().argmax(dim=1)
            logits = model.model(inputs.to(model.model.device)).logits[range(len(inputs)), places]
            found.append(torch.log_softmax(logits.double(), dim=-1).cpu().numpy())
    return np.concatenate(found)
