"""Routing under Inspect: the right instrument, and the arguments that the request states."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from assistant.card import Failure, Suite
from assistant.turn import Plan
from evals.measures import Case, against, cases, proportion, seconds, some, worst
from evals.routing import FILES, chosen, requests
from tools import registry
from tools.finding import Text

if TYPE_CHECKING:
    from inspect_ai import Task
    from inspect_ai.log import EvalLog
    from inspect_ai.scorer import Score, Target
    from inspect_ai.solver import TaskState

    from evals.solver import Factory

ARGUMENTS = "arguments.jsonl"


def rows() -> list[dict[str, Any]]:
    """The held-out requests, then those whose arguments are labelled; each with an id and what it is for."""
    found = []
    for name in (*FILES, ARGUMENTS):
        for at, row in enumerate(requests(name)):
            kind = "arguments" if name == ARGUMENTS else "tool"
            found.append({
                "id": f"{name.removesuffix('.jsonl')}-{at:04}", "kind": kind, "question": row["question"],
                "lang": row["lang"], "tool": row["tool"], "arguments": row["arguments"] if kind == "arguments" else {},
            })  # fmt: skip
    return found


def task(engine: str = "embedded", seed: int = 0, subset: int | None = None, agent: Factory | None = None) -> Task:
    """Every request is planned, none is carried out; ``seed`` changes nothing, because nothing here is drawn."""
    from inspect_ai.dataset import Sample

    from evals import solver

    asked = rows()
    parts = [[row for row in asked if row["kind"] == kind] for kind in ("tool", "arguments")]
    taken = [row for part in parts for row in some(part, subset)]
    samples = [Sample(id=row["id"], input=row["question"], target=row["tool"], metadata=row) for row in taken]
    return solver.task("routing", samples, solver.plan(engine), _score)


async def _score(state: TaskState, target: Target) -> Score:
    from inspect_ai.scorer import Score

    plan, row = Plan.model_validate(state.store.get("plan")), state.metadata
    name, judged = chosen(plan), row["kind"] == "arguments"
    given = plan.tools[0].arguments if plan.tools else {}
    wrong = differing(name, given, row["arguments"]) if judged and name == row["tool"] else []
    right = name == row["tool"] and not wrong
    return Score(
        value=float(right), answer=name, explanation="; ".join(wrong),
        metadata={"chosen": name, "right": name == row["tool"], "wrong": wrong},
    )  # fmt: skip


def differing(tool: str, given: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """The arguments that are not what the request states, defaults counted as given: "test: 6 ≠ 7".

    A label "72|72 hours" accepts either form.
    """
    fields = registry.get(tool).parameters.model_fields
    found = []
    for name, field in fields.items():
        default = None if field.is_required() else field.get_default(call_default_factory=True)
        wanted, got = expected.get(name, default), given.get(name, default)
        forms = wanted.split("|") if isinstance(wanted, str) else [wanted]
        if _plain(got) not in [_plain(form) for form in forms]:
            found.append(f"{name}: {got!r} ≠ {wanted!r}")
    return found


def _plain(value: Any) -> Any:
    """A value without what does not matter: case, spaces and quotation marks around it, the order of a list."""
    if isinstance(value, list | tuple):
        return sorted(str(_plain(one)) for one in value)
    if isinstance(value, str):
        bare = " ".join(value.replace("[MASK]", "___").split()).strip(" \"'«»“”.").casefold().replace("’", "'")
        return float(bare) if re.fullmatch(r"-?\d+(?:\.\d+)?", bare) else bare
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def suite(log: EvalLog) -> Suite:
    """The numbers of the card."""
    found = cases(log)
    asked = [case for case in found if case.metadata["kind"] == "tool"]
    called = [case for case in found if case.metadata["kind"] == "arguments" and case.score["right"]]
    measures = []
    for lang, en, fr in (("en", "in English", "en anglais"), ("fr", "in French", "en français")):
        part = [case for case in asked if case.lang == lang]
        often = Counter(case.metadata["tool"] for case in part).most_common(1)
        base = against("always the commonest instrument", "toujours l’instrument le plus fréquent", often[0][1] if often else 0, len(part))  # fmt: skip
        measures.append(
            proportion(
                f"routing.{lang}",
                f"Right instrument, {en}",
                f"Bon instrument, {fr}",
                [case.score["right"] for case in part],
                baseline=base,
            )
        )
    plain = sum(not differing(case.metadata["tool"], {}, case.metadata["arguments"]) for case in called)
    base = against("every argument left at its default", "tous les arguments laissés à leur valeur par défaut", plain, len(called))  # fmt: skip
    measures.append(
        proportion(
            "routing.arguments",
            "Right instrument called with the right arguments",
            "Bon instrument appelé avec les bons arguments",
            [not case.score["wrong"] for case in called],
            baseline=base,
        )
    )
    return Suite(
        name="routing",
        title=Text(en="Choice of the instrument", fr="Choix de l’instrument"),
        question=Text(
            en="Is the right instrument chosen, with the arguments that the request states?",
            fr="Le bon instrument est-il choisi, avec les arguments que la demande énonce ?",
        ),
        measures=measures, failures=worst([_failure(case) for case in found if _failed(case)]), limits=LIMITS,
        log=log.location, seconds=seconds(log),
    )  # fmt: skip


def _failed(case: Case) -> bool:
    return not case.score["right"] or bool(case.score["wrong"])


def _failure(case: Case) -> Failure:
    """Worst where something was declined or measured that should not have been; then the wrong neighbour; then arguments."""
    wanted, got = case.metadata["tool"], case.score["chosen"]
    if case.score["right"]:
        wrong = "; ".join(case.score["wrong"])
        return Failure(
            question=case.question, lang=case.lang, answer=got, weight=0.3,
            why=Text(en=f"Arguments: {wrong}", fr=f"Arguments : {wrong}"),
        )  # fmt: skip
    return Failure(
        question=case.question, lang=case.lang, answer=got, weight=1.0 if "none" in (wanted, got) else 0.6,
        why=Text(
            en=f"{_named(got, 'no instrument')} was chosen, {_named(wanted, 'none')} was meant",
            fr=f"{_named(got, 'aucun instrument n’')}{'' if got == 'none' else ' '}a été choisi, "
            f"{_named(wanted, 'aucun n’')}{'' if wanted == 'none' else ' '}était attendu",
        ),
    )  # fmt: skip


def _named(label: str, none: str) -> str:
    return none if label == "none" else label


LIMITS = Text(
    en="The requests were written by authors who had not seen the examples the choice is learned from, not by the public; "
    "several instruments can answer some of them, and only one counts as right. Arguments are judged only where the instrument is right.",
    fr="Les demandes ont été écrites par des auteurs qui n’avaient pas vu les exemples dont le choix est appris, non par le public ; "
    "plusieurs instruments répondent à certaines d’entre elles, et un seul est compté juste. Les arguments ne sont jugés que si "
    "l’instrument est le bon.",
)
