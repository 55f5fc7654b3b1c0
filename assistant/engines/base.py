"""What the conversation asks of an engine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any, Protocol

from assistant.turn import Speaker
from tools.specimens.language import LanguageModel, Message


class Engine(Protocol):
    """Something that writes, and knows what it can do."""

    @property
    def speaker(self) -> Speaker:
        """Who will be named beside the words."""

    @property
    def model(self) -> LanguageModel:
        """The model as a specimen, for tools that need the assistant's own."""

    @property
    def can_plan(self) -> bool:
        """Whether it can be held to a JSON schema."""

    def stream(self, messages: list[Message], *, max_tokens: int, seed: int, stop: threading.Event) -> Iterator[str]:
        """Pieces of the reply as they come; ends early when ``stop`` is set."""

    def reply(self, messages: list[Message], schema: dict[str, Any], *, seed: int) -> dict[str, Any]:
        """A reply that follows ``schema``; only when ``can_plan``."""
