"""The same questions to a model behind vLLM: its tokenizer's routes, and the 20 log-probabilities that it tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tools.errors import BadInput
from tools.prompting.tokens import TOP, VOCABULARY, Next, Token, raw_bytes
from tools.specimens.http_language import HttpModel
from tools.specimens.language import LanguageModel


def served(model: LanguageModel) -> HttpModel:
    """The model as what talks to its server; ``BadInput`` for any other kind."""
    if isinstance(model, HttpModel):
        return model
    raise BadInput(
        "This model shows neither its tokens nor its probabilities. Use the packaged model, a folder or a vLLM server.",
        "Ce modèle ne montre ni ses tokens ni ses probabilités. Prenez le modèle fourni, un dossier ou un serveur vLLM.",
    )


def read(model: LanguageModel, text: str) -> list[Token]:
    """The tokens of a text as the server cuts it."""
    server = served(model)
    if not text:
        return []
    body = {"model": server.name, "prompt": text, "add_special_tokens": True, "return_token_strs": True}
    reply = server.call("POST", "/tokenize", body, root=True)
    pieces = reply.get("token_strs") or [""] * len(reply["tokens"])
    return [_named(server, number, piece) for number, piece in zip(reply["tokens"], pieces, strict=True)]


def following(model: LanguageModel, ids: Sequence[int]) -> Next:
    """The 20 likeliest next tokens; their log-probabilities are the model's own, whatever the server samples."""
    server = served(model)
    body = {
        "model": server.name, "prompt": list(ids), "max_tokens": 1, "temperature": 0, "logprobs": TOP,
        "return_tokens_as_token_ids": True,
    }  # fmt: skip
    known = server.call("POST", "/completions", body)["choices"][0]["logprobs"]["top_logprobs"][0]
    rows = sorted(((int(key.partition(":")[2]), value) for key, value in known.items()), key=lambda row: -row[1])[:TOP]
    return Next(
        np.array([number for number, _ in rows]),
        np.array([value for _, value in rows], dtype=np.float64),
        tuple(_named(server, number) for number, _ in rows),
        VOCABULARY,
        complete=False,
    )


def draw(
    model: LanguageModel, ids: Sequence[int], temperature: float, top_p: float, seed: int, times: int
) -> list[Token]:
    """Draws by the server itself, which knows the whole distribution."""
    server = served(model)
    body: dict[str, Any] = {
        "model": server.name, "prompt": list(ids), "max_tokens": 1, "temperature": temperature,
        "top_p": max(top_p, 1e-6), "seed": seed, "n": times if temperature else 1, "return_token_ids": True,
    }  # fmt: skip
    choices = server.call("POST", "/completions", body)["choices"]
    drawn = [_named(server, int(choice["token_ids"][0])) for choice in choices]
    return drawn if temperature else drawn * times


def spelled(model: LanguageModel, ids: Sequence[int]) -> str:
    """The text that tokens make together."""
    server = served(model)
    return str(server.call("POST", "/detokenize", {"model": server.name, "tokens": list(ids)}, root=True)["prompt"])


def _named(server: HttpModel, number: int, piece: str = "") -> Token:
    text = spelled(server, [number])
    if "\ufffd" not in text:
        return Token(number, text)
    return Token(number, text, raw_bytes(piece) or b"")
