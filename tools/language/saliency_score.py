"""The score that ``text_saliency`` explains, as a function of the word vectors of the text.

score = log p(A) − log p(B), the contrastive score of Yin and Neubig 2022 (arXiv 2202.10419), or
log p(A) alone; A and B are what follows the text, or what fills its gap. In nats.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from tools.language.saliency_words import Answer, Floats, Prompt

if TYPE_CHECKING:
    import torch

    from tools.specimens.language import TransformersModel

Blank = Literal["zero", "token"]
Without = Literal["blank", "removed"]
Beat = Callable[[], None]
"""Called between two batches: reports progress, and raises when the run has to stop."""

TOKENS_AT_ONCE = 512


class Scorer:
    """One text, one question, one network: scores of the whole text, of parts of it, and gradients.

    Args:
        network: the module that is asked; its embedding layer gives the vectors.
        blank: the vector that stands for "no word": zeros, or the model's own filler token.
        without: how a word is taken away: its vectors become the blank, or leave the text.
    """

    def __init__(
        self,
        network: Any,
        prompt: Prompt,
        answers: Sequence[Answer],
        filler: int | None,
        without: Without,
        masked: bool,
    ) -> None:
        import torch

        self.network, self.prompt, self.answers, self.without, self.masked = network, prompt, answers, without, masked
        self.filler = filler
        with torch.no_grad():
            self.vectors = self._embed(prompt.ids)
            blank = torch.zeros_like(self.vectors) if filler is None else self._embed([filler] * len(prompt.ids))
            fixed = torch.tensor(prompt.word_of < 0, device=self.vectors.device)[None, :, None]
            self.blank = torch.where(fixed, self.vectors, blank)
        self._seen: dict[bytes, float] = {}

    def on(self, network: Any) -> Scorer:
        """The same question put to another network."""
        return Scorer(network, self.prompt, self.answers, self.filler, self.without, self.masked)

    @property
    def scored(self) -> int:
        """How many sets of words have been scored."""
        return len(self._seen)

    def _embed(self, ids: Sequence[int]) -> torch.Tensor:
        """Vectors of tokens, shape (1, tokens, dimensions)."""
        import torch

        found: torch.Tensor = self.network.get_input_embeddings()(
            torch.tensor([list(ids)], dtype=torch.long, device=self.network.device)
        )
        return found

    def score(self, vectors: torch.Tensor, gap: int) -> torch.Tensor:
        """Score of each row, shape (rows,), with its graph for gradients.

        Args:
            vectors: (rows, tokens, dimensions), in place of the text's own.
            gap: the position that is read (a masked model; a causal one reads after the last).
        """
        if all(len(one.ids) == 1 for one in self.answers):
            if self.masked:
                logits = self.network(inputs_embeds=vectors).logits[:, gap]
            else:
                logits = self.network(inputs_embeds=vectors, use_cache=False, logits_to_keep=1).logits[:, -1]
            logprobs = logits.log_softmax(dim=-1)
            parts = [logprobs[:, one.ids[0]] for one in self.answers]
        else:
            parts = [self._continued(vectors, one.ids) for one in self.answers]
        total: torch.Tensor = parts[0] - parts[1] if len(parts) == 2 else parts[0]
        return total

    def _continued(self, vectors: torch.Tensor, ids: list[int]) -> torch.Tensor:
        """Log-probability of several tokens after the text, shape (rows,)."""
        import torch

        tail = self._embed(ids[:-1]).expand(len(vectors), -1, -1)
        joined = torch.cat([vectors, tail], dim=1)
        logits = self.network(inputs_embeds=joined, use_cache=False, logits_to_keep=len(ids)).logits
        places = torch.tensor(ids, device=logits.device)[None, :, None].expand(len(vectors), -1, -1)
        total: torch.Tensor = logits.log_softmax(dim=-1).gather(2, places)[:, :, 0].sum(dim=1)
        return total

    def path(self, shares: Sequence[float], beat: Beat) -> Floats:
        """Scores along the straight line from the blank (0) to the text (1), shape (shares,)."""
        import torch

        found = []
        with torch.inference_mode():
            for part in self._batches(shares):
                beat()
                found.append(self.score(self._between(part), self.prompt.gap).double().cpu().numpy())
        return np.concatenate(found)

    def slopes(self, shares: Sequence[float], beat: Beat) -> Floats:
        """Gradient · (text − blank) for each token at points of that line, shape (shares, tokens), in nats."""
        import torch

        found = []
        for part in self._batches(shares):
            beat()
            with torch.enable_grad():
                vectors = self._between(part).requires_grad_()
                gradient = torch.autograd.grad(self.score(vectors, self.prompt.gap).sum(), vectors)[0]
            found.append((gradient * (self.vectors - self.blank)).sum(dim=-1).double().cpu().numpy())
        return np.concatenate(found)

    def gradient_times_input(self) -> Floats:
        """Gradient · vector for each token of the text, shape (tokens,), in nats."""
        import torch

        with torch.enable_grad():
            vectors = self.vectors.detach().clone().requires_grad_()
            gradient = torch.autograd.grad(self.score(vectors, self.prompt.gap).sum(), vectors)[0]
        product: Floats = (gradient * self.vectors).sum(dim=-1)[0].double().cpu().numpy()
        return product

    def _between(self, shares: Sequence[float]) -> torch.Tensor:
        import torch

        part = torch.tensor(list(shares), dtype=self.vectors.dtype, device=self.vectors.device)[:, None, None]
        return (self.blank + part * (self.vectors - self.blank)).detach()

    def _batches(self, items: Sequence[Any]) -> list[Sequence[Any]]:
        size = max(1, TOKENS_AT_ONCE // len(self.prompt.ids))
        return [items[i : i + size] for i in range(0, len(items), size)]

    def parts(self, kept: NDArray[np.bool_], beat: Beat) -> Floats:
        """Scores with only some words in place, shape (rows,); each set of words is scored once.

        Args:
            kept: which words stay, shape (rows, words).
        """
        keys = [row.tobytes() for row in kept]
        new = {key: row for key, row in zip(keys, kept, strict=True) if key not in self._seen}
        alike: dict[tuple[int, int], list[tuple[bytes, NDArray[np.bool_]]]] = {}
        for key, row in new.items():
            stays = self._stays(row)
            alike.setdefault((int(stays.sum()), int(stays[: self.prompt.gap].sum())), []).append((key, row))
        for (_, gap), rows in alike.items():  # rows of one length and one gap: no padding
            for batch in self._batches(rows):
                beat()
                values = self._score_rows([row for _, row in batch], gap)
                self._seen.update(zip([key for key, _ in batch], values, strict=True))
        return np.array([self._seen[key] for key in keys])

    def _stays(self, row: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which tokens are in the input when these words are kept."""
        if self.without == "blank":
            return np.ones(len(self.prompt.ids), dtype=bool)
        return np.append(row, True)[self.prompt.word_of]  # −1 takes the last: fixed tokens stay

    def _score_rows(self, rows: list[NDArray[np.bool_]], gap: int) -> list[float]:
        import torch

        own, blank = self.vectors[0], self.blank[0]
        with torch.inference_mode():
            inputs = []
            for row in rows:
                kept = torch.tensor(np.append(row, True)[self.prompt.word_of], device=own.device)
                inputs.append(own[kept] if self.without == "removed" else torch.where(kept[:, None], own, blank))
            found: list[float] = self.score(torch.stack(inputs), gap).double().cpu().tolist()
        return found


def exact_network(model: TransformersModel) -> Any:
    """The network in float32: with fewer digits, sums of gradients do not close."""
    import torch

    network = model.model
    return network if network.dtype == torch.float32 else copy.deepcopy(network).float()


def filler_token(model: TransformersModel) -> int | None:
    """The token that stands for nothing: the mask where there is one, else padding, else the end of a text."""
    tokenizer = model.tokenizer
    for token in (tokenizer.mask_token_id, tokenizer.pad_token_id, tokenizer.eos_token_id):
        if token is not None:
            return int(token)
    return None
