"""Where words come from: nowhere but the findings (embedded), a model in process (local), a server (served)."""

from __future__ import annotations

from assistant.engines.base import Engine
from tools.errors import BadInput

EMBEDDED = "embedded"


def open_engine(spec: str) -> Engine | None:
    """The engine named by ``spec``; ``None`` for "embedded", where findings and passages speak for themselves.

    ``spec``: "embedded"; "local" or "local:MODEL" (a packaged name, a folder, a
    Hugging Face id); the URL of an OpenAI-compatible server ("http://127.0.0.1:8000/v1"),
    for which "vllm" is short.
    """
    if spec == EMBEDDED:
        return None
    if spec == "local" or spec.startswith("local:"):
        from assistant.engines.local import LocalEngine

        return LocalEngine(spec.partition(":")[2] or "smollm2")
    if spec == "vllm" or spec.startswith(("http://", "https://")):
        from assistant.engines.vllm import ServedEngine

        return ServedEngine("http://127.0.0.1:8000/v1" if spec == "vllm" else spec)
    raise BadInput(
        f"There is no engine called '{spec}'. Use embedded, local, local:MODEL, or the URL of a server such as http://127.0.0.1:8000/v1.",
        f"Aucun moteur ne s’appelle « {spec} ». Utilisez embedded, local, local:MODÈLE, ou l’URL d’un serveur "
        "comme http://127.0.0.1:8000/v1.",
    )
