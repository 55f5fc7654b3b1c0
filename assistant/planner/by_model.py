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
    'Choose "decline" when none of the tools measures or answers what is asked. '
    "Take arguments from the request; leave out what it does not state.",
    "fr": "Tu choisis ce qu’un laboratoire de mesure fait d’une demande. Réponds en JSON seulement. "
    "Choisis « decline » si aucun des outils ne mesure ou ne dit ce qui est demandé. "
    "Prends les arguments dans la demande ; n’invente rien.",
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

    What the typed parsers find in the request wins over what the model wrote:
    they copy, it paraphrases.
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
    """The JSON schema of a plan over ``tools``: first the choice, then its arguments as short strings."""
    names = sorted({name for tool in tools for name in get(tool).parameters.model_fields})
    return {
        "type": "object",
        "properties": {
            "tool": {"type": "string", "enum": [*tools, "decline"]},
            "arguments": {
                "type": "object",
                "properties": {name: {"type": "string", "maxLength": 120} for name in names},
                "additionalProperties": False,
            },
        },
        "required": ["tool", "arguments"],
        "additionalProperties": False,
    }


def _shown(tools: list[str], lang: Lang) -> list[dict[str, str]]:
    """Two solved requests for each tool and one declined: small models follow examples better than rules."""
    turns = []
    for name in tools:
        for example in get(name).examples[lang][:2]:
            solved = {"tool": name, "arguments": _short(arguments.parse(name, example, lang))}
            turns += [
                {"role": "user", "content": example},
                {"role": "assistant", "content": json.dumps(solved, ensure_ascii=False)},
            ]
    declined = {"en": "Write me a poem about spring.", "fr": "Écris-moi un poème sur le printemps."}[lang]
    turns += [
        {"role": "user", "content": declined},
        {"role": "assistant", "content": '{"tool": "decline", "arguments": {}}'},
    ]
    return turns


def _short(found: dict[str, Any]) -> dict[str, str]:
    return {key: (", ".join(value) if isinstance(value, list) else str(value))[:120] for key, value in found.items()}


def _accept(reply: dict[str, Any], request: str, lang: Lang, ranked: Ranked) -> Plan:
    """The reply as a plan; ``BadInput`` when its arguments do not fit the tool."""
    chosen = str(reply["tool"])
    if chosen == "decline":
        return Plan(kind="decline", confidence=dict(ranked.labels).get(NONE, 0.0), planner="model")
    tool = get(chosen)
    written = {
        k: v
        for k, v in reply["arguments"].items()
        if k in tool.parameters.model_fields and str(v).strip() and str(v) in request
    }
    found = written | arguments.parse(chosen, request, lang)
    tool.validate(found)
    kind = "library" if chosen == "search_knowledge" else "measure"
    confidence = dict(ranked.labels).get(chosen, 0.0)
    return Plan(kind=kind, tools=[Call(name=chosen, arguments=found)], confidence=confidence, planner="model")  # type: ignore[arg-type]
