"""A model served by vLLM, or by any OpenAI-compatible server that accepts a JSON schema."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

from assistant.turn import Speaker
from tools.errors import Unavailable
from tools.specimens.http_language import HttpModel
from tools.specimens.language import Message


class ServedEngine:
    """See ``Engine``."""

    can_plan = True

    def __init__(self, url: str) -> None:
        self.model = HttpModel(url)

    @property
    def speaker(self) -> Speaker:
        """The served name; the URL while the server does not answer."""
        try:
            return Speaker(level="served", model=self.model.name)
        except Unavailable:
            return Speaker(level="served", model=self.model.url)

    def stream(self, messages: list[Message], *, max_tokens: int, seed: int, stop: threading.Event) -> Iterator[str]:
        """See ``Engine.stream``; temperature 0, so that the same question gives the same words."""
        return self.model.generate(messages, max_tokens=max_tokens, seed=seed, stop=stop)

    def reply(self, messages: list[Message], schema: dict[str, Any], *, seed: int) -> dict[str, Any]:
        """See ``Engine.reply``: the server holds the model to the schema while it writes."""
        text = "".join(self.model.generate(messages, max_tokens=200, seed=seed, schema=schema))
        reply: dict[str, Any] = json.loads(text)
        return reply
