"""One request in other words: is the same thing done, with the same number or the same document?"""

from __future__ import annotations

import random
import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

from assistant.card import Failure, Suite
from evals.measures import Case, against, cases, proportion, rows_of, seconds, some, worst
from knowledge.terms import fold
from tools.finding import Text

if TYPE_CHECKING:
    from inspect_ai import Task
    from inspect_ai.log import EvalLog
    from inspect_ai.scorer import Score, Target
    from inspect_ai.solver import TaskState

    from assistant.turn import Turn
    from evals.solver import Factory

POLITE = {
    "en": ("Hello, could you please help me with this? ", " Thank you very much."),
    "fr": ("Bonjour, pourriez-vous m’aider, s’il vous plaît ? ", " Merci beaucoup."),
}
TYPOS = 2  # words in which two neighbouring letters change places
WAYS = {
    "as asked": Text(en="as asked", fr="telle quelle"),
    "first paraphrase": Text(en="first paraphrase", fr="première reformulation"),
    "second paraphrase": Text(en="second paraphrase", fr="seconde reformulation"),
    "typing errors": Text(en="typing errors", fr="fautes de frappe"),
    "no capitals, accents or punctuation": Text(en="no capitals, accents or punctuation", fr="sans majuscules, accents ni ponctuation"),
    "in capitals": Text(en="in capitals", fr="en majuscules"),
    "politely": Text(en="politely", fr="avec politesse"),
}  # fmt: skip


def variants(row: dict[str, Any], seed: int) -> dict[str, str]:
    """A request in all the ways of ``WAYS``; the typing errors depend on the seed."""
    asked = row["question"]
    before, after = POLITE[row["lang"]]
    bare = " ".join(re.sub(r"[^\w\s'’-]", " ", fold(asked)).split())
    said = [
        asked,
        *row["paraphrases"],
        typos(asked, f"{seed} {row['id']}"),
        bare,
        asked.upper(),
        before + asked + after,
    ]
    return dict(zip(WAYS, said, strict=True))


def typos(text: str, seed: str) -> str:
    """Two neighbouring inner letters exchanged in a few of the longer words; names and numbers are words like others."""
    words = text.split(" ")
    rng = random.Random(seed)
    long = [at for at, word in enumerate(words) if len(re.sub(r"[\W\d]", "", word)) >= 5 and word.isalpha()]
    for at in rng.sample(long, min(TYPOS, len(long))):
        word = words[at]
        places = [i for i in range(1, len(word) - 2) if word[i] != word[i + 1]]
        if places:
            place = rng.choice(places)
            words[at] = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return " ".join(words)


def task(engine: str = "embedded", seed: int = 0, subset: int | None = None, agent: Factory | None = None) -> Task:
    """One real turn a way of asking; ``subset`` counts samples, whole requests are kept."""
    from inspect_ai.dataset import Sample

    from evals import solver

    taken = some(rows_of("stability.jsonl"), None if subset is None else max(2, subset // len(WAYS)))
    samples = [
        Sample(id=f"{row['id']}-{at}", input=said, metadata={**row, "base": row["id"], "way": way})
        for row in taken
        for at, (way, said) in enumerate(variants(row, seed).items())
    ]
    return solver.task("stability", samples, solver.turn(agent or solver.agents(engine)), _score)


async def _score(state: TaskState, target: Target) -> Score:
    from inspect_ai.scorer import Score

    from evals.solver import said

    found = outcome(said(state))
    right = found["kind"] == state.metadata["kind"]
    return Score(value=float(right), answer=str(found["main"]), metadata=found)


def outcome(turn: Turn) -> dict[str, Any]:
    """What a turn did: measured with what, and the main number; or the document that its answer quotes first."""
    plan = turn.plan
    if turn.findings:
        finding = turn.findings[-1]
        number = next((e.value for e in finding.estimates if e.value is not None), None)
        return {"kind": "measure", "did": [finding.tool, finding.arguments], "main": number}
    cited = turn.cited()
    return {"kind": plan.kind if plan else "", "did": [], "main": cited[0].doc if cited else ""}


def suite(log: EvalLog) -> Suite:
    """The numbers of the card."""
    found = cases(log)
    first = {case.metadata["base"]: case for case in found if case.metadata["way"] == "as asked"}
    others = [case for case in found if case.metadata["way"] != "as asked"]
    same = [alike(case, first[case.metadata["base"]]) for case in others]
    pairs = [alike(a, b) for a, b in combinations(first.values(), 2) if a.lang == b.lang]
    base = against("two different requests", "deux demandes différentes", sum(pairs), len(pairs))
    whole = proportion(
        "stability.same", "Same plan and same number or document in other words",
        "Même plan et même nombre ou document dit autrement", same, groups=[case.metadata["base"] for case in others],
        baseline=base,
    )  # fmt: skip
    parts = [
        proportion(
            f"stability.{re.sub('[^a-z]+', '_', way)}", f"The same, {title.en}", f"De même, {title.fr}",
            [right for case, right in zip(others, same, strict=True) if case.metadata["way"] == way],
        )
        for way, title in WAYS.items() if way != "as asked"
    ]  # fmt: skip
    failed = [
        _failure(case, first[case.metadata["base"]]) for case, right in zip(others, same, strict=True) if not right
    ]
    return Suite(
        name="stability",
        title=Text(en="The same request in other words", fr="La même demande, dite autrement"),
        question=Text(
            en="Do paraphrases, typing errors, capitals and politeness change what is done and what comes out?",
            fr="Reformulations, fautes de frappe, majuscules et politesse changent-elles ce qui est fait et ce qui en sort ?",
        ),
        measures=[whole, *parts], failures=worst(failed), limits=LIMITS, log=log.location, seconds=seconds(log),
    )  # fmt: skip


def alike(one: Case, other: Case) -> bool:
    """Whether two turns did the same thing with the same outcome; two refusals are alike."""
    return all(one.score[part] == other.score[part] for part in ("kind", "did", "main"))


def _failure(case: Case, base: Case) -> Failure:
    way = WAYS[case.metadata["way"]]
    was, now = _named(base), _named(case)
    return Failure(
        question=case.question, lang=case.lang, answer=case.answer[:600],
        weight=0.8 if case.score["kind"] != base.score["kind"] else 0.5,
        why=Text(en=f"{way.en}: {now} in place of {was}", fr=f"{way.fr} : {now} au lieu de {was}"),
    )  # fmt: skip


def _named(case: Case) -> str:
    did = case.score["did"]
    return f"{did[0]} {case.score['main']}" if did else f"{case.score['kind']} {case.score['main']}".strip()


LIMITS = Text(
    en="The first way of asking is taken as the reference, whether or not it was answered well. The paraphrases were written by the makers.",
    fr="La première façon de demander sert de référence, qu’on y ait bien répondu ou non. Les reformulations ont été écrites par les auteurs.",
)
