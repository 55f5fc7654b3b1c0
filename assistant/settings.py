"""What can be set from outside: environment variables, all optional."""

from __future__ import annotations

import os


def quiet() -> None:
    """No telemetry and no look at any hub, for this process and those it starts; call before heavy imports."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    if os.environ.get("AUTOPSIE_ONLINE") != "1":  # a hub id that is not cached then fails at once, with a clear error
        os.environ.setdefault("HF_HUB_OFFLINE", "1")


def engine() -> str:
    """The engine used when none is named: AUTOPSIE_ENGINE, else "embedded"."""
    return os.environ.get("AUTOPSIE_ENGINE", "embedded")


def language() -> str:
    """The language of messages that answer no question: French when the locale is French."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "fr" if locale.lower().startswith("fr") else "en"
