"""Does the assistant choose the right instrument? Requests that no planner was fitted on."""

from __future__ import annotations

from typing import Any

from assistant.engines import open_engine
from assistant.planner import by_model
from assistant.planner.nearest import NONE, SELF, planner
from assistant.planner.plan import SURE, make_plan
from assistant.turn import Plan
from evals.measures import rows_of
from tools.proportions import wilson
from tools.registry import MODULES

FILES = (
    "routing.jsonl", "routing_new.jsonl", "routing_truth.jsonl", "routing_vision.jsonl", "routing_fairness.jsonl",
    "routing_self.jsonl",
)  # fmt: skip


def evaluate(engine: str) -> dict[str, Any]:
    """Top-1 accuracy by language and label with Wilson 95 % intervals.

    With a served engine, both ways of choosing are measured, and the better one is used with that model from
    then on. A row's ``abstained`` counts requests that a tool could answer and that were
    declined. The requests stand in ``evals/data/routing.jsonl`` and, for tools that came
    later, the other files of ``FILES``; those for tools that are not there yet are left out.
    """
    opened = open_engine(engine)
    planning = opened is not None and opened.can_plan
    asked = [row for name in FILES for row in requests(name)]
    for row in asked:
        row["chosen"] = chosen(make_plan(row["question"], row["lang"]))
        if opened is not None and planning:
            ranked = planner().rank(row["question"])
            asked_model = (
                by_model.choose(row["question"], row["lang"], ranked, opened) if ranked.confidence < SURE else None
            )
            row["with_model"] = chosen(asked_model) if asked_model else row["chosen"]
    result: dict[str, Any] = {
        "suite": "routing",
        "planner": "nearest example",
        "n": len(asked),
        "rows": _rows(asked, "chosen"),
    }
    if opened is not None and planning:
        result["with_model"] = {
            "planner": f"{opened.speaker.model} where the nearest example is not sure",
            "rows": _rows(asked, "with_model"),
        }
        nearest, with_model = (
            sum(row[way] == row["tool"] for row in asked) / len(asked) for way in ("chosen", "with_model")
        )
        by_model.remember(opened, nearest, with_model)
    return result


def requests(name: str) -> list[dict[str, Any]]:
    """The requests of a file of ``evals/data``, without those for tools that are not there yet."""
    return [row for row in rows_of(name) if row["tool"] in (NONE, SELF, *MODULES)]


def chosen(plan: Plan) -> str:
    """The label of a plan: its tool, "self_audit" or "none"."""
    return SELF if plan.kind == "card" else plan.tools[0].name if plan.tools else NONE


def _rows(asked: list[dict[str, Any]], way: str) -> list[dict[str, Any]]:
    """Accuracy of one way of choosing, by language and label."""
    rows = []
    for lang in ("en", "fr"):
        for label in ["all", *dict.fromkeys(row["tool"] for row in asked)]:
            part = [row for row in asked if row["lang"] == lang and label in ("all", row["tool"])]
            right = sum(row[way] == row["tool"] for row in part)
            low, high = wilson(right, len(part))
            abstained = sum(row[way] == "none" != row["tool"] for row in part)
            rows.append(
                {
                    "lang": lang,
                    "label": label,
                    "n": len(part),
                    "right": right,
                    "accuracy": right / len(part),
                    "low": low,
                    "high": high,
                    "abstained": abstained,
                }
            )
    return rows
