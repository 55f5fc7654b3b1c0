"""Retrieval under Inspect: is the passage that answers among the first five, and is what the library lacks refused?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.card import Baseline, Failure, Measure, Suite
from evals.measures import Case, against, cases, proportion, seconds, some, worst
from evals.retrieval import ABSTENTION, DEPTH, LIBRARY, METHODS, group, questions, relevant, score
from tools.finding import Text

if TYPE_CHECKING:
    from inspect_ai import Task
    from inspect_ai.log import EvalLog
    from inspect_ai.scorer import Score, Target
    from inspect_ai.solver import TaskState

    from evals.solver import Factory

READ = 5  # hits that the refusal is decided on, as in ``evals.retrieval``


def rows() -> list[dict[str, Any]]:
    """Questions with the quotes that answer them, then those that show what is refused and what should not be (never used in a fit)."""
    asked = [one | {"id": f"found-{one['id']}", "kind": "found"} for one in questions(LIBRARY) if one["answerable"]]
    held_out = [one for one in [*questions(LIBRARY), *questions(ABSTENTION)] if one["split"] == "test"]
    return asked + [one | {"id": f"refused-{at:03}", "kind": "refused"} for at, one in enumerate(held_out)]


def task(engine: str = "embedded", seed: int = 0, subset: int | None = None, agent: Factory | None = None) -> Task:
    """Searches, without composing an answer; engine and seed change nothing here."""
    from inspect_ai.dataset import Sample

    from evals import solver

    asked = rows()
    parts = [[row for row in asked if row["kind"] == kind] for kind in ("found", "refused")]
    taken = [row for part in parts for row in some(part, subset)]
    samples = [Sample(id=row["id"], input=row["question"], metadata=row) for row in taken]
    return solver.task("retrieval", samples, solver.solving("search", _searched), _score)


def _searched(state: TaskState) -> tuple[dict[str, Any], str]:
    kept = _found(state.metadata) if state.metadata["kind"] == "found" else _refused(state.metadata)
    return kept, " ".join(kept["hits"])


def _found(one: dict[str, Any]) -> dict[str, Any]:
    """The passages found, the right ones, and what words alone would have found."""
    from knowledge import encoder
    from knowledge.index import current
    from knowledge.search import find, search

    index = current()
    vector = encoder.encode([one["question"]])
    hits = search(one["question"], DEPTH, one["source"])
    right = relevant(index, one)
    by_words = find(index, one["question"], vector, DEPTH, one["source"], weights=METHODS["lexical only"])
    scores = score(hits, right)
    return {
        "hits": [hit.id for hit in hits], "right": sorted(right),
        "first": scores.first, "five": scores.five, "by_words": score(by_words, right).five,
    }  # fmt: skip


def _refused(one: dict[str, Any]) -> dict[str, Any]:
    """Whether the library says that it holds no answer."""
    from knowledge.search import search
    from knowledge.support import supported

    hits = search(one["question"], READ, one["lang"])
    return {"hits": [hit.id for hit in hits], "refused": not supported(one["question"], hits)}


async def _score(state: TaskState, target: Target) -> Score:
    from inspect_ai.scorer import Score

    row, store = state.metadata, state.store
    right = store.get("five") if row["kind"] == "found" else store.get("refused") != row["answerable"]
    return Score(value=float(right), answer=" ".join(store.get("hits")[:READ]), metadata={"right": bool(right)})


def suite(log: EvalLog) -> Suite:
    """The numbers of the card."""
    found = cases(log)
    asked = [case for case in found if case.metadata["kind"] == "found"]
    measures = [
        _recall("retrieval.same", "question and text in one language", "question et texte dans la même langue",
                [case for case in asked if group(case.metadata) != "across"]),
        _recall("retrieval.across", "question in the other language", "question dans l’autre langue",
                [case for case in asked if group(case.metadata) == "across"]),
        _refusals([case for case in found if case.metadata["kind"] == "refused"]),
    ]  # fmt: skip
    return Suite(
        name="retrieval",
        title=Text(en="Search in the library", fr="Recherche dans la bibliothèque"),
        question=Text(
            en="Is the passage that answers among the first five, and is what the library does not hold refused?",
            fr="Le passage qui répond est-il parmi les cinq premiers, et ce que la bibliothèque n’a pas est-il refusé ?",
        ),
        measures=measures, failures=worst([_failure(case) for case in found if not case.score["right"]]),
        limits=LIMITS, log=log.location, seconds=seconds(log),
    )  # fmt: skip


def _recall(id: str, en: str, fr: str, part: list[Case]) -> Measure:
    by_words = sum(case.store["by_words"] for case in part)
    base = against("search by words alone", "recherche par les mots seuls", by_words, len(part))
    return proportion(
        id, f"Passage that answers among the first five, {en}", f"Passage qui répond parmi les cinq premiers, {fr}",
        [case.score["right"] for case in part], baseline=base,
    )  # fmt: skip


def _refusals(part: list[Case]) -> Measure:
    lacking = [case.store["refused"] for case in part if not case.metadata["answerable"]]
    held = [case.store["refused"] for case in part if case.metadata["answerable"]]
    base: Baseline = against("questions it can answer, refused all the same", "questions auxquelles elle répond, refusées tout de même", sum(held), len(held))  # fmt: skip
    return proportion(
        "retrieval.refused", "Questions that the library does not answer, refused", "Questions sans réponse dans la bibliothèque, refusées",
        lacking, baseline=base,
    )  # fmt: skip


def _failure(case: Case) -> Failure:
    first = " ".join(case.store["hits"][:3])
    if case.metadata["kind"] == "found":
        right = " ".join(case.store["right"][:3])
        why = Text(en=f"Not among the first five: {right}", fr=f"Pas parmi les cinq premiers : {right}")
        return Failure(question=case.question, lang=case.lang, answer=first, why=why, weight=0.7)
    if case.metadata["answerable"]:
        why = Text(en="Refused, though the library answers it", fr="Refusée, alors que la bibliothèque y répond")
        return Failure(question=case.question, lang=case.lang, answer=first, why=why, weight=0.6)
    why = Text(en="Taken for answered, though the library does not hold it", fr="Prise pour résolue, alors que la bibliothèque n’en dit rien")  # fmt: skip
    return Failure(question=case.question, lang=case.lang, answer=first, why=why, weight=0.9)


LIMITS = Text(
    en="Half of the questions with a quote were seen when the weights of the search were chosen; those on refusal were not. "
    "A passage counts as right when it holds at least half of a quote that was marked beforehand; another one may answer too.",
    fr="La moitié des questions avec citation a servi à choisir les poids de la recherche ; celles sur le refus, non. "
    "Un passage est compté juste s’il contient au moins la moitié d’une citation marquée d’avance ; un autre peut aussi répondre.",
)
