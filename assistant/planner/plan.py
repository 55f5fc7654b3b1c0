"""From a request to a plan: follow-up, nearest example, or the language model where it is better."""

from __future__ import annotations

from assistant.engines.base import Engine
from assistant.planner import arguments, by_model, followup, heard, material
from assistant.planner.nearest import LIBRARY, NONE, SELF, Ranked, planner
from assistant.turn import Call, Plan, Turn
from tools.finding import Lang

HELD = 0.5  # the library answers what no example resembles, from this probability
SURE = 0.60  # above this the nearest example decides alone, at every level; see docs/planner.md


def make_plan(request: str, lang: Lang, last: Turn | None = None, engine: Engine | None = None) -> Plan:
    """What to do with ``request``, which may refer to the finding of ``last``.

    A served model is asked only where the nearest example is not sure, and only
    if it was measured to choose better there (``autopsie eval routing --engine …``):
    small models choose worse than the nearest example does.
    """
    request = heard.plainly(request)
    asked = heard.mended(request)
    ranked = planner().rank(heard.impartial(asked))
    plan = followup.follow(request, lang, last, ranked.best, ranked.confidence)
    if plan is not None:
        return plan
    if ranked.best == SELF:
        return Plan(kind="card", confidence=ranked.confidence)
    if engine is not None and engine.can_plan and ranked.confidence < SURE and by_model.is_better(engine):
        plan = by_model.choose(request, lang, ranked, engine)
        if plan is not None:
            return plan
    return by_example(request, asked, lang, ranked)


def by_example(request: str, asked: str, lang: Lang, ranked: Ranked) -> Plan:
    """The plan of the nearest examples alone; ``asked`` is the request without slips of the keyboard."""
    if ranked.best == NONE or (ranked.best != LIBRARY and ranked.measured < SURE):
        # What resembles no example may still be answered by the library, and a doubtful measurement may be a question.
        if _in_the_library(heard.impartial(asked), lang):
            return to_plan(LIBRARY, {"query": asked}, ranked.confidence)
        if ranked.best == NONE:
            return Plan(kind="decline", confidence=ranked.confidence)
    found = arguments.parse(ranked.best, request, lang)
    if asked != request:  # what a slip hid is understood; what was understood stays as it was typed
        found = arguments.parse(ranked.best, asked, lang) | found
    seed = material.seed(request)
    if seed is not None and ranked.best != LIBRARY:
        found["seed"] = seed
    return to_plan(ranked.best, found, ranked.confidence)


def _in_the_library(request: str, lang: Lang) -> bool:
    """Whether the library rather holds an answer than not."""
    from knowledge.search import search
    from knowledge.support import support

    return support(request, search(request, 5, lang)) >= HELD


def to_plan(tool: str, found: dict[str, object], confidence: float) -> Plan:
    """A plan that runs one tool, or asks the library."""
    call = Call(name=tool, arguments=found)
    kind = "library" if tool == LIBRARY else "measure"
    return Plan(kind=kind, tools=[call], confidence=confidence)  # type: ignore[arg-type]


def looking_at(plan: Plan, picture: str) -> Plan:
    """The plan with a picture put in front of its instruments; without one that looks at pictures, where a model looks."""
    from tools import registry

    seeing = [call for call in plan.tools if "image" in registry.get(call.name).parameters.model_fields]
    calls = [call.model_copy(update={"arguments": {**call.arguments, "image": picture}}) for call in seeing]
    return plan.model_copy(
        update={"kind": "measure", "tools": calls or [Call(name="image_saliency", arguments={"image": picture})]}
    )
