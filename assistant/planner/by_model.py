"""Lets a served model choose among the tools that the nearest examples rank highest, under a JSON schema."""

from __future__ import annotations

import json
from typing import Any

from assistant.engines.base import Engine
from assistant.planner import arguments
from assistant.planner.nearest import NONE, Ranked
from assistant.turn import Call, Plan
from tools.errors import BadInput
from tools.finding import Lang
from tools.registry import get
from tools.specimens.home import home

OFFERED = 3
RULES = {
    "en": "You choose what a measuring laboratory does with a request. Answer with JSON only. "
    'Choose "decline" when none of the tools measures or answers what is asked.',
    "fr": "Tu choisis ce qu’un laboratoire de mesure fait d’une demande. Réponds en JSON seulement. "
    "Choisis « decline » si aucun des outils ne mesure ou ne dit ce qui est demandé. ",
}


def is_better(engine: Engine) -> bool:
    """Whether this model was measured to choose better than the nearest example where that is not sure."""
    measured = _measured().get(engine.speaker.model, {})
    return measured.get("with_model", 0.0) > measured.get("nearest", 1.0)


def remember(engine: Engine, nearest: float, with_model: float) -> None:
    """Keeps the measured accuracies of both ways for this model."""
    known = _measured() | {engine.speaker.model: {"nearest": nearest, "with_model": with_model}}
    (home() / "planner.json").write_text(json.dumps(known, indent=1))


def _measured() -> dict[str, dict[str, float]]:
    try:
        known: dict[str, dict[str, float]] = json.loads((home() / "planner.json").read_text())
    except (OSError, ValueError):
        return {}
    return known


def choose(request: str, lang: Lang, ranked: Ranked, engine: Engine) -> Plan | None:
    """The model's plan with validated arguments; ``None`` when it failed twice (the caller then decides alone).

    The model chooses; the arguments are copied from the request by the typed
    parsers, as everywhere: they copy, a small model paraphrases.
    """
    tools = ranked.tools(OFFERED)
    messages = [
        {
            "role": "system",
            "content": "\n".join([RULES[lang], *(f"{name}: {get(name).question.get(lang)}" for name in tools)]),
        },
        *_shown(tools, lang),
        {"role": "user", "content": request[:2000]},
    ]
    for _ in range(2):
        try:
            reply = engine.reply(messages, schema(tools), seed=0)
            return _accept(reply, request, lang, ranked)
        except (BadInput, ValueError) as error:
            messages += [{"role": "user", "content": f"That plan cannot run: {error}. Choose again."}]
    return None


def schema(tools: list[str]) -> dict[str, Any]:
    """The JSON schema of a choice among ``tools``: short, so that any model's reply is whole and parses."""
    return {
        "type": "object",
        "properties": {"tool": {"type": "string", "enum": [*tools, "decline"]}},
        "required": ["tool"],
        "additionalProperties": False,
    }


def _shown(tools: list[str], lang: Lang) -> list[dict[str, str]]:
    """Two solved requests for each tool and one declined: small models follow examples better than rules."""
    declined = {"en": "Write me a poem about spring.", "fr": "Écris-moi un poème sur le printemps."}[lang]
    solved = [(example, name) for name in tools for example in get(name).examples[lang][:2]]
    return [
        {"role": role, "content": content}
        for example, name in [*solved, (declined, "decline")]
        for role, content in (("user", example), ("assistant", json.dumps({"tool": name})))
    ]


def _accept(reply: dict[str, Any], request: str, lang: Lang, ranked: Ranked) -> Plan:
    """The reply as a plan; ``BadInput`` when its arguments do not fit the tool."""
    chosen = str(reply["tool"])
    if chosen == "decline":
        return Plan(kind="decline", confidence=dict(ranked.labels).get(NONE, 0.0), planner="model")
    tool = get(chosen)
    found = arguments.parse(chosen, request, lang)
    tool.validate(found)
    kind = "library" if chosen == "search_knowledge" else "measure"
    confidence = dict(ranked.labels).get(chosen, 0.0)
    return Plan(kind=kind, tools=[Call(name=chosen, arguments=found)], confidence=confidence, planner="model")  # type: ignore[arg-type]
