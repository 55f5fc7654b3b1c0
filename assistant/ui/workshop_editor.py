"""A prompt as a form: system text, history, the prompt, the temperature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import gradio as gr

from assistant.ui.workshop_words import word
from knowledge.exercises import LONGEST, Prompt, read_prompt
from tools.errors import BadInput
from tools.finding import Lang

_ROLE = re.compile(r"^(user|assistant) ?: ?", re.MULTILINE | re.IGNORECASE)


class Editor:
    """The form and what it holds; ``name`` tells one form of the page from another; ``seeded``: it also has a seed."""

    def __init__(self, name: str, title: str = "prompt", seeded: bool = False) -> None:
        self.title = title
        self.system = gr.Textbox(
            label=word("system", "en"), info=word("system_hint", "en"), lines=1, max_lines=10,
            max_length=LONGEST, elem_id=f"{name}-system",
        )  # fmt: skip
        self.history = gr.Textbox(
            label=word("history", "en"), info=word("history_hint", "en"), placeholder="user: …\nassistant: …", lines=2,
            max_lines=16, max_length=LONGEST + 1000, elem_id=f"{name}-history",
        )  # fmt: skip
        self.prompt = gr.Textbox(
            label=word(title, "en"), info=word("prompt_hint", "en"), lines=4, max_lines=24, max_length=LONGEST + 1000,
            elem_id=f"{name}-prompt",
        )  # fmt: skip
        with gr.Row(elem_classes="workshop-chance"):
            self.temperature = gr.Slider(
                0, 2, 0, step=0.1, label=word("temperature", "en"), info=word("greedy_hint", "en"),
                elem_id=f"{name}-temperature", scale=3,
            )  # fmt: skip
            if seeded:
                self.seed = gr.Number(
                    0, label=word("seed", "en"), precision=0, minimum=0, elem_id=f"{name}-seed", min_width=90
                )

    @property
    def fields(self) -> list[Any]:
        """The components that hold a prompt, in the order that ``read`` and ``draft`` expect."""
        return [self.system, self.history, self.prompt, self.temperature]

    @property
    def texts(self) -> list[gr.Textbox]:
        """What is typed in."""
        return [self.system, self.history, self.prompt]

    def draft(self, values: Sequence[Any]) -> dict[str, Any]:
        """What stands in the form, as far as it has come."""
        system, history, prompt, temperature = values
        return {
            "system": system or "", "history": history or "", "prompt": prompt or "", "temperature": float(temperature or 0),
        }  # fmt: skip

    def read(self, values: Sequence[Any]) -> Prompt:
        """The prompt in the form; ``BadInput`` for a history that is no exchange, or what is no prompt."""
        draft = self.draft(values)
        return read_prompt(draft | {"history": messages(draft["history"])})

    def fill(self, prompt: dict[str, Any]) -> dict[Any, Any]:
        """The form with a prompt in it (``Prompt`` as JSON, or a draft)."""
        history = prompt.get("history", "")
        return {
            self.system: prompt.get("system", ""), self.prompt: prompt.get("prompt", ""),
            self.history: history if isinstance(history, str) else written(history),
            self.temperature: prompt.get("temperature", 0.0),
        }  # fmt: skip

    @property
    def speaking(self) -> list[Any]:
        """The components whose words follow the language, in the order of ``words``."""
        return self.fields

    def words(self, lang: Lang) -> list[Any]:
        """What ``speaking`` becomes in a language."""
        return [
            gr.update(label=word("system", lang), info=word("system_hint", lang)),
            gr.update(label=word("history", lang), info=word("history_hint", lang)),
            gr.update(label=word(self.title, lang), info=word("prompt_hint", lang)),
            gr.update(label=word("temperature", lang), info=word("greedy_hint", lang)),
        ]  # fmt: skip


def messages(history: str) -> list[dict[str, str]]:
    """The turns of a history as it is typed: each begins with ``user:`` or ``assistant:`` at the head of a line."""
    if not history.strip():
        return []
    first, *rest = _ROLE.split(history)
    roles = [role.lower() for role in rest[::2]]
    said = [text.strip() for text in rest[1::2]]
    if first.strip() or roles != ["user", "assistant"] * (len(roles) // 2) or not all(said):
        raise BadInput(
            "The history goes in pairs: a line that begins with user: and what you said, then one with assistant: and what the model replied.",
            "L’historique va par paires : une ligne qui commence par user: et ce que vous avez dit, puis une par assistant: et ce que le modèle a répondu.",
        )
    return [{"role": role, "content": text} for role, text in zip(roles, said, strict=True)]


def written(history: Sequence[dict[str, str]]) -> str:
    """A history as it is typed."""
    return "\n".join(f"{one['role']}: {one['content']}" for one in history)
