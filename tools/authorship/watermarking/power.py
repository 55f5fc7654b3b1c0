"""How often the mark is found where it is, and where it is not: what the evaluation counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.authorship.watermarking.detection import detect
from tools.authorship.watermarking.scheme import GreenLists, Mark
from tools.authorship.watermarking.writing import vocabulary, write
from tools.specimens.language import TransformersModel


def power(
    model: TransformersModel,
    prompts: Sequence[str],
    *,
    mark: Mark | None = None,
    tokens: int = 200,
    temperature: float = 1.0,
    seed: int = 0,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> NDArray[np.float64]:
    """z of one marked text of ``tokens`` new tokens a prompt, shape (prompts,).

    A text is scored as a reader would: from its characters, cut into tokens again, without the prompt.
    """
    mark = mark or Mark()
    conversations = [[{"role": "user", "content": prompt}] for prompt in prompts]
    # Longer by the context, so that T is `tokens` where no pair comes twice.
    written = write(
        model, conversations, range(len(prompts)), [mark] * len(prompts),
        tokens=tokens + mark.width, temperature=temperature, seed=seed, on_step=on_step,
    )  # fmt: skip
    lists = GreenLists(mark, vocabulary(model))
    return np.array([detect(lists, model.ids(one.text)).z for one in written])


def false_alarms(
    tokenizer: Any, texts: Sequence[str], *, vocabulary: int, mark: Mark | None = None, tokens: int = 200
) -> NDArray[np.float64]:
    """z of every whole chunk of ``tokens`` scored tokens of texts that bear no mark, shape (chunks,).

    ``tokenizer`` is the model's (a transformers tokenizer), ``vocabulary`` how many tokens that model scores.
    """
    lists = GreenLists(mark or Mark(), vocabulary)
    length = tokens + lists.mark.width
    found = []
    for text in texts:
        ids = tokenizer(text, add_special_tokens=False)["input_ids"]
        found += [detect(lists, ids[at : at + length]).z for at in range(0, len(ids) - length + 1, length)]
    return np.array(found)
