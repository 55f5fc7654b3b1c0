"""Grounded answers: does each sentence stand in what it cites, and is what the library lacks left unsaid?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.card import Baseline, Failure, Measure, Suite
from evals.claims import Judged, judge, library_text, second_opinions, support, words_of
from evals.measures import Case, against, cases, proportion, rows_of, seconds, some, worst
from tools.finding import Text

if TYPE_CHECKING:
    from inspect_ai import Task
    from inspect_ai.log import EvalLog
    from inspect_ai.scorer import Score, Target
    from inspect_ai.solver import TaskState

    from assistant.turn import Turn
    from evals.solver import Factory

TARGET = 0.02  # of the sentences may lack support


def task(engine: str = "embedded", seed: int = 0, subset: int | None = None, agent: Factory | None = None) -> Task:
    """One real turn a question; nothing is drawn, so ``seed`` changes nothing."""
    from inspect_ai.dataset import Sample

    from evals import solver

    taken = some(rows_of("grounded.jsonl"), subset)
    samples = [Sample(id=row["id"], input=row["question"], metadata=row) for row in taken]
    return solver.task("grounded", samples, solver.turn(agent or solver.agents(engine)), _score)


async def _score(state: TaskState, target: Target) -> Score:
    import anyio
    from inspect_ai.scorer import Score

    from evals.solver import said

    turn, row = said(state), state.metadata
    found = await anyio.to_thread.run_sync(partial(read, turn, row))
    fine = not found["unsupported"] and found["silent"] == (row["kind"] == "unanswerable")
    return Score(value=float(fine), answer=state.output.completion[:200], metadata=found)


def read(turn: Turn, row: dict[str, Any]) -> dict[str, Any]:
    """What is counted of an answer."""
    claims = judge(turn)
    told = [claim for claim in claims if claim.cited and not claim.copied]
    second = second_opinions([(claim.text, _sources(turn, claim)) for claim in told])
    text = _plain(" ".join(claim.text for claim in claims))
    return {
        "claims": [claim._asdict() for claim in claims],
        "second": dict(zip((claim.text for claim in told), second, strict=True)),
        "unsupported": sum(not claim.supported for claim in claims),
        "silent": not claims,
        "says": any(_plain(one) in text for one in row.get("says", [])),
        "passages": {f"[{passage.number}]": passage.id for passage in turn.passages},
        "tool": turn.plan.tools[0].name if turn.plan and turn.plan.tools else "",
    }


def _sources(turn: Turn, claim: Judged) -> str:
    texts = [library_text(passage.id) for passage in turn.passages if f"[{passage.number}]" in claim.cited]
    texts += [words_of(finding, turn.lang) for at, finding in enumerate(turn.findings, 1) if f"[M{at}]" in claim.cited]
    return "\n".join(texts)


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split())


def suite(log: EvalLog) -> Suite:
    """The numbers of the card."""
    found = cases(log)
    return Suite(
        name="grounded",
        title=Text(en="Answers that rest on something", fr="Des réponses qui reposent sur quelque chose"),
        question=Text(
            en="Does each sentence stand in what it cites, and is what the library does not hold left unsaid?",
            fr="Chaque phrase est-elle dans ce qu’elle cite, et ce que la bibliothèque n’a pas reste-t-il tu ?",
        ),
        measures=[*_supports(found), *_silences(found)],
        failures=worst([one for case in found for one in _failures(case)]), limits=LIMITS,
        log=log.location, seconds=seconds(log),
    )  # fmt: skip


def _supports(found: list[Case]) -> list[Measure]:
    claims = [(case.id, claim) for case in found for claim in case.score["claims"]]
    groups = [owner for owner, _ in claims]
    pairs = [(owner, precise) for owner, claim in claims for precise in claim["precise"]]
    chance = _elsewhere(found)
    unsupported = proportion(
        "grounded.unsupported", "Sentences that what they cite does not support", "Phrases que ce qu’elles citent ne soutient pas",
        [not claim["supported"] for _, claim in claims], "low", groups=groups, target=TARGET, baseline=chance,
    )  # fmt: skip
    precision = proportion(
        "grounded.citation_precision", "Citations that support their sentence", "Citations qui soutiennent leur phrase",
        [precise for _, precise in pairs], groups=[owner for owner, _ in pairs],
        baseline=_turned(chance),
    )  # fmt: skip
    recall = proportion(
        "grounded.citation_recall", "Sentences that cite something", "Phrases qui citent quelque chose",
        [bool(claim["cited"]) for _, claim in claims], groups=groups,
    )  # fmt: skip
    second = [verdict == "supported" for case in found for verdict in case.score["second"].values()]
    opinion = proportion(
        "grounded.second_opinion", "Sentences not copied that claim_check also finds in their source",
        "Phrases non copiées que claim_check trouve aussi dans leur source", second,
    )  # fmt: skip
    return [unsupported, precision, recall, *([opinion] if second else [])]


def _elsewhere(found: list[Case]) -> Baseline:
    """The same sentences held against the passages of the next answer in the list: what the check lets through by chance."""
    quoting = [case for case in found if case.score["passages"] and case.score["claims"]]
    failed, n = 0, 0
    for case, other in zip(quoting, quoting[1:] + quoting[:1], strict=True):
        texts = [library_text(identifier) for identifier in other.score["passages"].values()]
        if other is case or set(case.score["passages"].values()) & set(other.score["passages"].values()):
            continue
        for claim in case.score["claims"]:
            failed += not support(claim["text"], texts).holds
            n += 1
    return against("the same sentences, with the passages of another answer", "les mêmes phrases, avec les passages d’une autre réponse", failed, n)  # fmt: skip


def _turned(base: Baseline) -> Baseline:
    """The share of the others."""
    if base.value is None or base.low is None or base.high is None:
        return base
    return base.model_copy(update={"value": 1 - base.value, "low": 1 - base.high, "high": 1 - base.low})


def _silences(found: list[Case]) -> list[Measure]:
    kinds = {kind: [case for case in found if case.metadata["kind"] == kind] for kind in ("answerable", "unanswerable")}
    refused = [case.score["silent"] for case in kinds["answerable"]]
    kept = [case.score["silent"] for case in kinds["unanswerable"]]
    return [
        proportion(
            "grounded.abstained", "Questions without an answer here, left unanswered", "Questions sans réponse ici, laissées sans réponse",
            kept, baseline=against("questions that have an answer", "questions qui ont une réponse", sum(refused), len(refused)),
        ),
        proportion(
            "grounded.over_refusal", "Questions with an answer here, refused", "Questions qui ont une réponse ici, refusées",
            refused, "low", baseline=against("questions without an answer", "questions sans réponse", sum(kept), len(kept)),
        ),
        proportion(
            "grounded.answered", "Answers that hold the fact asked for", "Réponses qui contiennent le fait demandé",
            [case.score["says"] for case in kinds["answerable"]],
        ),
    ]  # fmt: skip


def _failures(case: Case) -> list[Failure]:
    """Unsupported sentences weigh most, then answers where there is none, then refusals, then answers beside the point."""
    kind, score = case.metadata["kind"], case.score
    said: dict[str, Any] = {"question": case.question, "lang": case.lang, "answer": case.answer[:600]}
    found = [
        Failure(**said | {"answer": claim["text"]}, weight=1.0, why=Text(
            en=f"Not supported by {' '.join(claim['cited']) or 'anything cited'}: {claim['why']}",
            fr=f"Pas soutenu par {' '.join(claim['cited']) or 'ce qui est cité'} : {claim['why']}",
        ))
        for claim in score["claims"] if not claim["supported"]
    ]  # fmt: skip
    if kind == "unanswerable" and not score["silent"]:
        why = Text(
            en="Answered, though the library does not hold it", fr="Une réponse, alors que la bibliothèque ne l’a pas"
        )
        found.append(Failure(**said, why=why, weight=0.8))
    if kind == "answerable" and score["silent"]:
        why = Text(en="Refused, though the library answers it", fr="Refusée, alors que la bibliothèque y répond")
        found.append(Failure(**said, why=why, weight=0.6))
    elif kind == "answerable" and not score["says"]:
        expected = case.metadata["says"][0]
        why = Text(en=f"The fact asked for is missing: {expected}", fr=f"Le fait demandé manque : {expected}")
        found.append(Failure(**said, why=why, weight=0.4))
    return found


LIMITS = Text(
    en="A sentence that stands in the library can still be beside the question, or false if the library is. The check compares words, "
    "numbers, names and negation, not meaning: a true paraphrase may count as unsupported, a false relation between right names may pass. "
    "The questions were written by the makers, who know the library.",
    fr="Une phrase qui est dans la bibliothèque peut passer à côté de la question, ou être fausse si la bibliothèque l’est. Le contrôle compare "
    "des mots, des nombres, des noms et la négation, non le sens : une paraphrase juste peut compter comme non soutenue, une relation fausse "
    "entre des noms justes peut passer. Les questions ont été écrites par les auteurs, qui connaissent la bibliothèque.",
)
