"""The assistant as the subject of Inspect: one sample is one real turn, with the turns before it when there are any."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import anyio
from inspect_ai import Task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.hooks import Hooks, SampleEnd, hooks
from inspect_ai.model import ModelOutput
from inspect_ai.scorer import Scorer, mean, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from assistant.agent import Agent
from assistant.turn import Turn

MODEL = "none/none"  # Inspect wants a model's name; the assistant brings its own
Factory = Callable[[], Agent]
Work = Callable[[TaskState], tuple[dict[str, Any], str]]  # what is kept in the store, and the completion


def agents(engine: str) -> Factory:
    """Makes agents that speak with one engine, opened once; without notebook, so that nothing of the user's is read or written."""
    from assistant.engines import open_engine

    opened = open_engine(engine)
    return lambda: Agent(opened)


def task(name: str, samples: list[Sample], solver: Solver, score: Scorer) -> Task:
    """The Inspect task of a suite: one scorer, of its name."""

    @scorer(metrics=[mean()], name=name)
    def judge() -> Scorer:
        return score

    return Task(name=name, dataset=MemoryDataset(samples), solver=solver, scorer=judge())


def solving(name: str, work: Work) -> Solver:
    """A solver of that name that does ``work`` in a thread."""

    @solver(name=name)
    def working() -> Solver:
        async def solve(state: TaskState, generate: Generate) -> TaskState:
            kept, words = await anyio.to_thread.run_sync(work, state)
            for key, value in kept.items():
                state.store.set(key, value)
            state.output = ModelOutput.from_content(MODEL, words)
            return state

        return solve

    return working()


def turn(agent: Factory) -> Solver:
    """Asks the sample's question in a conversation of its own.

    Sample metadata: "lang" ("en", "fr" or "auto"), "level", "before" (requests of the turns before, asked first),
    "about" and "picture" (see ``Agent.ask``). The turn is kept as JSON in the store under "turn" (``said``), those
    before it under "before"; the answer with its marks is the completion.
    """
    return solving("turn", partial(asked, agent))


def asked(agent: Factory, state: TaskState) -> tuple[dict[str, Any], str]:
    """The work of ``turn``."""
    turns = converse(agent(), state.input_text, state.metadata)
    *before, last = [one.model_dump(mode="json") for one in turns]
    return {"turn": last} | ({"before": before} if before else {}), turns[-1].text()


def plan(engine: str) -> Solver:
    """Plans the sample's request without carrying it out; the plan is kept as JSON in the store under "plan"."""
    from assistant.engines import open_engine

    opened = open_engine(engine)

    def chosen(state: TaskState) -> tuple[dict[str, Any], str]:
        from assistant.planner.plan import make_plan

        found = make_plan(state.input_text, state.metadata["lang"], None, opened)
        return {"plan": found.model_dump(mode="json")}, " ".join(call.name for call in found.tools) or found.kind

    return solving("plan", chosen)


def converse(agent: Agent, question: str, metadata: dict[str, Any]) -> list[Turn]:
    """The turns of a fresh conversation that ends with ``question``."""
    turns: list[Turn] = []
    asked = {name: metadata[name] for name in ("about", "picture") if name in metadata}
    before = metadata.get("before", [])
    for at, request in enumerate([*before, question]):
        options = asked if at == len(before) else {}
        last = turns[-1] if turns else None
        lang, level = metadata.get("lang", "auto"), metadata.get("level", "curious")
        *_, done = agent.ask(request, "evaluation", lang=lang, level=level, last=last, **options)
        turns.append(done)
    return turns


def bare(turn: Turn) -> dict[str, Any]:
    """A turn for the log, without the figures of its findings."""
    found = [one.model_copy(update={"figures": []}) for one in turn.findings]
    return turn.model_copy(update={"findings": found}).model_dump(mode="json")


def said(state: TaskState) -> Turn:
    """The turn that ``turn`` kept."""
    return Turn.model_validate(state.store.get("turn"))


_heard: list[Callable[[], None]] = []


@hooks(name="autopsie", description="Says how many samples are done.")
class Counter(Hooks):
    """Tells whoever listens (``heard``) that a sample ended."""

    async def on_sample_end(self, data: SampleEnd) -> None:
        """See ``Hooks``."""
        for tell in _heard:
            tell()


@contextmanager
def heard(tell: Callable[[int], None], done: int = 0) -> Iterator[None]:
    """Calls ``tell`` with the number of samples done, counted from ``done``, whenever one ends inside the block."""
    count = done

    def ended() -> None:
        nonlocal count
        count += 1
        tell(count)

    _heard.append(ended)
    try:
        yield
    finally:
        _heard.remove(ended)
