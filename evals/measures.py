"""What the suites share: the rows that are asked, and the way from a log to the numbers of the card."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from assistant.card import Baseline, Failure, Measure
from assistant.turn import Turn
from tools.finding import Lang, Text
from tools.proportions import wilson

if TYPE_CHECKING:
    from inspect_ai.log import EvalLog

SHOWN = 20  # failures of a suite that the card keeps, the worst first
DRAWS = 2_000


class Case(NamedTuple):
    """One sample of a log: what was asked, what was kept of the answer, how it was scored."""

    id: str
    question: str
    lang: Lang
    metadata: dict[str, Any]
    store: dict[str, Any]
    answer: str
    score: dict[str, Any]

    @property
    def turn(self) -> Turn:
        """The assistant's turn."""
        return Turn.model_validate(self.store["turn"])


def cases(log: EvalLog) -> list[Case]:
    """The scored samples of a log, in the order of their ids; ``score`` is the metadata of the one score they have."""
    found = []
    for sample in log.samples or []:
        if not sample.scores:
            continue
        (score,) = sample.scores.values()
        asked = sample.input if isinstance(sample.input, str) else sample.input[-1].text
        metadata = sample.metadata or {}
        found.append(
            Case(
                str(sample.id), asked, metadata["lang"], metadata, sample.store, sample.output.completion,
                score.metadata or {},
            )
        )  # fmt: skip
    return sorted(found, key=lambda case: case.id)


def some(rows: Sequence[Any], subset: int | None) -> list[Any]:
    """The whole set, or ``subset`` rows of it, evenly spaced and always the same."""
    if subset is None or subset >= len(rows):
        return list(rows)
    return [rows[at * len(rows) // subset] for at in range(subset)]


def proportion(
    id: str,
    en: str,
    fr: str,
    right: Sequence[bool],
    better: Literal["high", "low"] = "high",
    *,
    baseline: Baseline | None = None,
    target: float | None = None,
    groups: Sequence[object] | None = None,
) -> Measure:
    """A share with its 95 % interval: Wilson's, or, when the cases come in ``groups``, the wider of it and of a bootstrap by group."""
    said: dict[str, Any] = {"id": id, "title": Text(en=en, fr=fr), "n": len(right), "better": better}
    if not right:
        return Measure(**said, value=None, baseline=baseline, target=target)
    low, high = wilson(sum(right), len(right))
    if groups is not None:
        drawn = by_group(right, groups)
        low, high = min(low, drawn[0]), max(high, drawn[1])
    return Measure(**said, value=sum(right) / len(right), low=low, high=high, baseline=baseline, target=target)


def by_group(right: Sequence[bool], groups: Sequence[object]) -> tuple[float, float]:
    """Percentile interval of a share when whole groups (the sentences of an answer) are drawn again (seed 0)."""
    import numpy as np

    order = {name: at for at, name in enumerate(dict.fromkeys(groups))}
    owner = np.array([order[name] for name in groups])
    n = np.bincount(owner).astype(float)
    count = np.bincount(owner, weights=np.array(right, dtype=float))
    drawn = np.random.default_rng(0).integers(len(n), size=(DRAWS, len(n)))
    low, high = np.percentile(count[drawn].sum(axis=1) / n[drawn].sum(axis=1), [2.5, 97.5])
    return float(low), float(high)


def against(title_en: str, title_fr: str, count: int, n: int) -> Baseline:
    """A baseline that is a share."""
    low, high = wilson(count, n) if n else (None, None)
    return Baseline(title=Text(en=title_en, fr=title_fr), value=count / n if n else None, low=low, high=high, n=n)


def worst(failures: Sequence[Failure]) -> list[Failure]:
    """The failures that the card keeps."""
    return sorted(failures, key=lambda one: -one.weight)[:SHOWN]


def seconds(log: EvalLog) -> float:
    """For how long at least one sample was at work: several go at once, and a run may have been taken up again later."""
    times = sorted(
        (datetime.fromisoformat(one.started_at), datetime.fromisoformat(one.completed_at))
        for one in log.samples or []
        if one.started_at and one.completed_at
    )
    total, until = 0.0, datetime.min.replace(tzinfo=UTC)
    for start, end in times:
        total += max(0.0, (end - max(start, until)).total_seconds())
        until = max(until, end)
    return total


def answered(turn: Turn) -> bool:
    """Whether something was measured or quoted."""
    return turn.status == "done" and bool(turn.findings or turn.cited())


def rows_of(name: str) -> list[dict[str, Any]]:
    """The rows of a file of ``evals/data``."""
    text = (files("evals") / "data" / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]
