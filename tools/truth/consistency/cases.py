"""The built-in questions: one on which SmolLM2 agrees with itself on a falsehood, one on which it scatters."""

from __future__ import annotations

QUESTION = {"en": "What is the capital of Turkey?", "fr": "Quelle est la capitale de la France ?"}
EXPECTED = {"en": "Ankara", "fr": "Paris"}
