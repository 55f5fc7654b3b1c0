"""The small model in this process narrates. It is weak on purpose: the check shows what it makes up."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from assistant.turn import Speaker
from tools.specimens.language import LanguageModel, Message, load


class LocalEngine:
    """See ``Engine``; the model loads at the first word."""

    can_plan = False

    def __init__(self, model: str) -> None:
        self._name = model

    @property
    def speaker(self) -> Speaker:
        """The model's name."""
        return Speaker(level="local", model=self._name)

    @property
    def model(self) -> LanguageModel:
        """The one loaded copy."""
        return load(self._name)

    def stream(self, messages: list[Message], *, max_tokens: int, seed: int, stop: threading.Event) -> Iterator[str]:
        """See ``Engine.stream``; greedy, so that the same question gives the same words."""
        return self.model.generate(messages, max_tokens=max_tokens, seed=seed, stop=stop)

    def reply(self, messages: list[Message], schema: dict[str, Any], *, seed: int) -> dict[str, Any]:
        """Not offered: without constrained decoding a small model's plan seldom parses."""
        raise TypeError("the local engine does not plan; see Engine.can_plan")
