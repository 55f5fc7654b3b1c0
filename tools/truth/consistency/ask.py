"""Asks a model the same question many times: one greedy answer, some drawn ones, and the probability of every token.

Answer j to a question draws its noise from a stream that the question and j name, so that a question gets
the same answers whichever others are asked beside it. Probabilities are those at temperature 1, whatever
temperature the answers were drawn at.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tools.language.sampling import prompt_ids, write
from tools.specimens.http_language import HttpModel
from tools.specimens.language import LanguageModel, Message, TransformersModel

if TYPE_CHECKING:
    import torch

ROWS = 8  # answers scored side by side: a vocabulary of 50,000 scores a token is 8 MB for 40 tokens
WORKERS = 8  # answers a server writes at once
MOST_SAMPLES = 64  # streams kept apart for one question
OnStep = Callable[[float], None]
"""Called with the share done (0 to 1); may raise ``Stopped``."""
OnMain = Callable[[list["Reply"]], None]
"""Called with the greedy answers, before the others are drawn."""


@dataclass(frozen=True)
class Token:
    """A token of an answer: its letters, its log-probability (nats), the entropy of its place (bits) and the likeliest other.

    ``entropy`` is ``None`` for a served model, which shows only the likeliest tokens; ``other`` is "" when it did not say.
    """

    text: str
    logprob: float
    entropy: float | None = None
    other: str = ""
    other_logprob: float = -math.inf


@dataclass(frozen=True)
class Reply:
    """An answer; ``tokens`` is ``None`` when the model does not tell its probabilities."""

    text: str
    tokens: list[Token] | None = None

    @property
    def logprobs(self) -> list[float] | None:
        """Log-probability of every token in nats."""
        return [token.logprob for token in self.tokens] if self.tokens is not None else None


@dataclass(frozen=True)
class Asked:
    """A question, the greedy answer and the drawn ones."""

    question: str
    main: Reply
    samples: list[Reply]


def ask(
    model: LanguageModel,
    questions: Sequence[str],
    *,
    samples: int,
    temperature: float,
    max_tokens: int,
    seed: int,
    on_step: OnStep,
    on_main: OnMain = lambda _: None,
) -> list[Asked]:
    """All the answers to some questions, side by side for a model in this process. Errors: those of ``sampling.write``."""
    mains = replies(model, questions, [0] * len(questions), 0.0, max_tokens, seed, lambda share: on_step(0.3 * share))
    on_main(mains)
    again = [question for question in questions for _ in range(samples)]
    places = list(range(1, samples + 1)) * len(questions)
    drawn = replies(model, again, places, temperature, max_tokens, seed, lambda share: on_step(0.3 + 0.7 * share))
    return [
        Asked(question, main, drawn[samples * at : samples * (at + 1)])
        for at, (question, main) in enumerate(zip(questions, mains, strict=True))
    ]


def replies(
    model: LanguageModel, questions: Sequence[str], places: Sequence[int], temperature: float, max_tokens: int, seed: int,
    on_step: OnStep,
) -> list[Reply]:  # fmt: skip
    """One answer a question, with the stream of chance of its place (0 to 63); temperature 0 is greedy."""
    streams = [stream(question, place) for question, place in zip(questions, places, strict=True)]
    if isinstance(model, HttpModel):
        return _served(model, questions, streams, temperature, max_tokens, seed, on_step)
    talks: list[list[Message]] = [[{"role": "user", "content": question}] for question in questions]
    texts = write(
        model, talks, streams, max_tokens=max_tokens, temperature=temperature, seed=seed,
        on_step=lambda done, total: on_step(0.85 * done / max(total, 1)),
    )  # fmt: skip
    if not isinstance(model, TransformersModel):
        return [Reply(text) for text in texts]
    found: list[Reply] = [Reply("")] * len(texts)
    for count, question in enumerate(unique := list(dict.fromkeys(questions))):
        rows = [at for at, other in enumerate(questions) if other == question]
        for first in range(0, len(rows), ROWS):
            on_step(0.85 + 0.15 * (count + first / len(rows)) / len(unique))
            some = rows[first : first + ROWS]
            for at, tokens in zip(some, scored(model, question, [texts[at] for at in some]), strict=True):
                found[at] = Reply(texts[at], tokens)
    return found


def stream(question: str, place: int) -> int:
    """A number below 2³⁰ that names the chance of one answer to one question."""
    return zlib.crc32(question.encode()) % 2**24 * MOST_SAMPLES + place % MOST_SAMPLES


def scored(model: TransformersModel, question: str, answers: Sequence[str]) -> list[list[Token]]:
    """The tokens of each answer to a question, read back by the model (teacher forcing), the end token left out."""
    prompt = prompt_ids(model, [{"role": "user", "content": question}])
    lead = "" if model.tokenizer.chat_template else " "  # a base model goes on after a space
    ids = [model.ids(lead + answer)[: model.context - len(prompt)] if answer else [] for answer in answers]
    found: list[list[Token]] = []
    for start in range(0, len(ids), ROWS):
        rows = ids[start : start + ROWS]
        if any(rows):
            found += _side_by_side(model, prompt, rows)
        else:
            found += [[] for _ in rows]
    return found


def _side_by_side(model: TransformersModel, prompt: list[int], rows: list[list[int]]) -> list[list[Token]]:
    """Reads answers to one prompt, filled up on the right, where a causal model does not look."""
    import inspect

    import torch

    longest = max(map(len, rows))
    ids = torch.tensor([prompt + row + [0] * (longest - len(row)) for row in rows])
    keeps = "logits_to_keep" in inspect.signature(model.model.forward).parameters
    with torch.inference_mode():
        kept: dict[str, Any] = {"logits_to_keep": longest + 1} if keeps else {}
        logits = model.model(input_ids=ids.to(model.model.device), use_cache=False, **kept).logits
    logits = logits[:, -longest - 1 : -1].float().cpu()
    return [_tokens(model, torch.log_softmax(one[: len(row)], -1), row) for one, row in zip(logits, rows, strict=True)]


def _tokens(model: TransformersModel, logprobs: torch.Tensor, ids: list[int]) -> list[Token]:
    """The tokens ``ids`` under the log-probabilities of their places, shape (tokens, vocabulary)."""
    if not ids:
        return []
    entropies = -(logprobs.exp() * logprobs.clamp_min(-1e9)).sum(-1) / math.log(2)
    best = logprobs.topk(2, dim=-1)
    found = []
    for place, token in enumerate(ids):
        values, indices = best.values[place].tolist(), best.indices[place].tolist()
        at = 1 if indices[0] == token else 0
        found.append(
            Token(
                str(model.tokenizer.decode([token])), float(logprobs[place, token]), float(entropies[place]),
                str(model.tokenizer.decode([indices[at]])), float(values[at]),
            )
        )  # fmt: skip
    return found


def _served(
    model: HttpModel, questions: Sequence[str], streams: Sequence[int], temperature: float, max_tokens: int, seed: int,
    on_step: OnStep,
) -> list[Reply]:  # fmt: skip
    """Several requests at once; Stop is heard while they are under way."""

    def one(question: str, place: int) -> Reply:
        body = {
            "model": model.name, "messages": [{"role": "user", "content": question}], "max_tokens": max_tokens,
            "temperature": temperature, "seed": seed + place, "logprobs": True, "top_logprobs": 2,
        }  # fmt: skip
        choice = model.call("POST", "/chat/completions", body)["choices"][0]
        return Reply((choice["message"].get("content") or "").strip(), told(choice.get("logprobs")))

    pool = ThreadPoolExecutor(WORKERS)
    try:
        made: list[Future[Reply]] = [pool.submit(one, *pair) for pair in zip(questions, streams, strict=True)]
        pending = set(made)
        while pending:
            on_step(1 - len(pending) / len(made))
            _, pending = wait(pending, timeout=0.5, return_when=FIRST_COMPLETED)
        return [future.result() for future in made]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def told(logprobs: dict[str, Any] | None) -> list[Token] | None:
    """The tokens of a served reply; ``None`` when the server keeps its probabilities to itself."""
    if not logprobs or not logprobs.get("content"):
        return None
    found = []
    for row in logprobs["content"]:
        others = [other for other in row.get("top_logprobs") or [] if other["token"] != row["token"]]
        first = max(others, key=lambda other: float(other["logprob"]), default=None)
        found.append(
            Token(row["token"], float(row["logprob"]), None, first["token"], float(first["logprob"]))
            if first
            else Token(row["token"], float(row["logprob"]))
        )
    return found
