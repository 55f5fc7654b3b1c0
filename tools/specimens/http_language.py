"""A language model behind an OpenAI-compatible server (vLLM and others), by plain HTTP."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import httpx

from tools.errors import AutopsieError, BadInput, TooLong, Unavailable
from tools.finding import Specimen
from tools.specimens.language import Message, TokenScores

TIMEOUT = httpx.Timeout(120, connect=5)


class HttpModel:
    """The first model that the server at ``url`` ("http://127.0.0.1:8000/v1") offers, or ``model``."""

    def __init__(self, url: str, model: str | None = None) -> None:
        self.url = url.rstrip("/")
        self._client = httpx.Client(timeout=TIMEOUT, trust_env=False)
        self._chosen = model

    @cached_property
    def card(self) -> dict[str, Any]:
        """What the server says of the model in /models."""
        models = self.call("GET", "/models")["data"]
        for card in models:
            if self._chosen in (None, card["id"]):
                return dict(card)
        known = ", ".join(card["id"] for card in models)
        raise BadInput(
            f"The server at {self.url} has no model '{self._chosen}'; it serves {known}.",
            f"Le serveur {self.url} n’a pas de modèle « {self._chosen} » ; il sert {known}.",
        )

    @property
    def name(self) -> str:
        """The served name."""
        return str(self.card["id"])

    @property
    def specimen(self) -> Specimen:
        """The served name; weights behind a server cannot be hashed from here."""
        return Specimen(
            name=self.name, source=f"served at {self.url}", revision=str(self.card.get("root", "")), sha256=None
        )

    @property
    def context(self) -> int:
        """``max_model_len`` as vLLM states it; 2,048 when the server does not say."""
        return int(self.card.get("max_model_len") or 2048)

    def generate(
        self,
        messages: list[Message],
        *,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
        stop: threading.Event | None = None,
        schema: dict[str, Any] | None = None,
    ) -> Iterator[str]:
        """See ``LanguageModel.generate``; with ``schema``, the reply is JSON of that schema."""
        body: dict[str, Any] = {
            "model": self.name, "messages": messages, "max_tokens": max_tokens,
            "temperature": temperature, "seed": seed, "stream": True,
        }  # fmt: skip
        if schema is not None:
            body["response_format"] = {"type": "json_schema", "json_schema": {"name": "reply", "schema": schema}}
            body["frequency_penalty"] = 1.0  # JSON allows blank lines, and a small model else writes them without end
        try:
            with self._client.stream("POST", self.url + "/chat/completions", json=body) as response:
                if response.is_error:
                    response.read()
                    raise self._refused(response)
                for line in response.iter_lines():
                    if stop is not None and stop.is_set():
                        return
                    if line.startswith("data: ") and line != "data: [DONE]":
                        event = json.loads(line[6:])
                        if "error" in event:
                            raise self._lost(event["error"])
                        piece = event["choices"][0]["delta"].get("content") if event["choices"] else None
                        if piece:
                            yield piece
        except httpx.HTTPError as error:
            raise self._lost(error) from error

    def score(self, text: str) -> TokenScores:
        """See ``LanguageModel.score``: the prompt's own log-probabilities and ranks, one call, nothing generated."""
        rows = self._prompt_logprobs(text)
        tokens = [row["decoded_token"] for row in rows]
        return TokenScores(tokens, [row["logprob"] for row in rows[1:]], [int(row["rank"]) for row in rows[1:]])

    def continuations(self, prefix: str, candidates: list[str]) -> list[float]:
        """See ``LanguageModel.continuations``."""
        start = len(
            self.call(
                "POST", "/tokenize", {"model": self.name, "prompt": prefix, "add_special_tokens": False}, root=True
            )["tokens"]
        )
        if not start:
            raise BadInput("The beginning of the sentence is empty.", "Le début de la phrase est vide.")
        totals = []
        for candidate in candidates:
            rows = self._prompt_logprobs(prefix + candidate)
            totals.append(float(sum(row["logprob"] for row in rows[start:])))
        return totals

    def _prompt_logprobs(self, text: str) -> list[dict[str, Any]]:
        """One row a token of ``text``: decoded token, log-probability in nats (0 for the first), rank."""
        body = {
            "model": self.name, "prompt": text, "max_tokens": 1, "temperature": 0,
            "prompt_logprobs": 0, "add_special_tokens": False, "return_token_ids": True,
        }  # fmt: skip
        choice = self.call("POST", "/completions", body)["choices"][0]
        ids = choice["prompt_token_ids"]
        rows: list[dict[str, Any]] = []
        for token, scores in zip(ids, choice["prompt_logprobs"], strict=True):
            rows.append(scores[str(token)] if scores else {"decoded_token": "", "logprob": 0.0, "rank": 0})
        return rows

    def call(
        self, method: str, route: str, body: dict[str, Any] | None = None, *, root: bool = False
    ) -> dict[str, Any]:
        """One request, its JSON reply; ``root`` leaves /v1 out. Errors say what to do."""
        base = self.url.removesuffix("/v1") if root else self.url
        try:
            response = self._client.request(method, base + route, json=body)
        except httpx.HTTPError as error:
            raise self._lost(error) from error
        if response.is_error:
            raise self._refused(response)
        reply: dict[str, Any] = response.json()
        return reply

    def _lost(self, why: object) -> AutopsieError:
        reason = f"{type(why).__name__}" if isinstance(why, Exception) else str(why)
        return Unavailable(
            f"The model server at {self.url} does not answer ({reason}). Start it again (make serve), then ask again.",
            f"Le serveur du modèle {self.url} ne répond pas ({reason}). Relancez-le (make serve), puis reposez la question.",
        )

    def _refused(self, response: httpx.Response) -> AutopsieError:
        try:
            detail = response.json()
            reason = str(detail.get("error", detail).get("message", detail))
        except (ValueError, AttributeError):
            reason = response.text
        reason = reason.strip().splitlines()[0][:300] if reason.strip() else "no reason given"
        kind = BadInput if response.status_code in (400, 422) else Unavailable
        if "context length" in reason:  # so say vLLM and the servers that speak like OpenAI's
            kind = TooLong
        return kind(
            f"The model server refused the request ({response.status_code}): {reason}",
            f"Le serveur du modèle a refusé la demande ({response.status_code}) : {reason}",
        )
