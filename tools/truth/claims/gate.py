"""From what the rules measure of a claim to a verdict: a multinomial logistic regression, and conflicts that decide alone.

Its numbers lie in ``gate.json``; ``benchmarks/claims_gate.py`` fits them on labelled claims.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from tools.truth.claims.computed import computable
from tools.truth.claims.evidence import Compared, Conflict
from tools.truth.claims.numbers import quantities
from tools.truth.claims.order import ordered
from tools.truth.claims.slots import Standing, clauses, standings
from tools.truth.claims.words import content

if TYPE_CHECKING:
    from tools.truth.claims.matching import Source

Answer = Literal["supported", "contradicted", "not_found"]
FILE = Path(__file__).with_name("gate.json")
SURE = {"number": 0.15, "date": 0.15, "name": 0.85}  # ``about`` from which a sure conflict decides alone
CLOSE = 0.7  # cosine from which a negation decides alone
STANDS = 0.3  # affinity from which a slot of the source has the role of a slot of the claim
SHORTEST = 13  # characters of a clause that is compared with a claim


def settled(claim: str, source: Source, compared: Compared) -> tuple[set[str], Compared]:
    """The numbers of a claim that can be computed from the source, and what the rules found without those."""
    made = {one.text: one.kind for one in quantities(claim) if computable(one, source)}
    conflicts = [
        one for one in compared.conflicts
        if not (one.kind == "number" and made.get(one.said) in ("percent", "time")) and not (made and one.how in ("denied", "affirmed"))
    ]  # fmt: skip  # 14 were not there: the 52 invited less the 38 present
    return set(made), Compared(conflicts, [one for one in compared.missing if one.said not in made])


def measure(
    claim: str, source: Source, place: int, made: set[str], compared: Compared
) -> tuple[dict[str, float], list[Conflict]]:
    """The features of the gate, and the conflicts that they rest on where the rules of ``compared`` find none.

    Args:
        claim: what is checked.
        source: the source, or the part of a long one that speaks of it.
        place: the sentence of ``source`` that the rules compared.
        made: the numbers of the claim that the source gives by computation.
        compared: what the rules found.
    """
    stand = standings(claim, source)
    stand = [one for one in stand if one.agreeing or one.kind != "number" or one.said not in made]
    order = ordered(claim, source)
    kinds = {one.kind if one.kind != "negation" else one.how for one in compared.conflicts}
    unsure = {one.kind for one in compared.conflicts if not one.sure} - {
        one.kind for one in compared.conflicts if one.sure
    }
    features = {
        "covered": source.covered(claim),
        "cosine": _cosine(claim, source, place),
        "words": min(len(content(claim)), 15) / 10,
        "order": float(order.sign if order else 0),
        "opposite": float("opposite" in kinds),
        "denied": float(bool(kinds & {"denied", "affirmed"})),
        "role": float("role" in kinds),
        "missing": float(bool(compared.missing)),
        "lone": max((one.rival for one in stand if not one.agreeing), default=0.0),
        "strength": max((max(one.margin, 0.0) for one in stand if one.agreeing), default=0.0),
        "agrees": min((one.agreeing for one in stand), default=0.4),
        "computed": float(bool(made)),
        "another number": float("number" in unsure),
        "another name": float("name" in unsure),
    }
    found = [Conflict("date", order.said, order.found, sure=False)] if order and order.sign < 0 else []
    return features, [*found, *_exchanged(stand)]


def _exchanged(stand: list[Standing]) -> list[Conflict]:
    """The slot of the claim whose role another one has most clearly in the source."""
    rivals = [one for one in stand if one.found and one.rival >= STANDS and one.margin > 0]
    best = max(rivals, key=lambda one: one.margin, default=None)
    return [Conflict(best.kind, best.said, best.found, sure=False)] if best else []


def _cosine(claim: str, source: Source, place: int) -> float:
    """The best cosine of the claim with a part of the sentence, with it all, or with it and a neighbour."""
    sentence = source.sentences[place]
    cuts = [*clauses(sentence), len(sentence)]
    spans = [
        sentence[cuts[at] : end].strip(" ,;:.()–—") for at in range(len(cuts) - 1) for end in cuts[at + 1 : at + 4]
    ]
    near = [" ".join(source.sentences[max(0, at) : at + 2]) for at in (place - 1, place)]
    texts = [sentence, *near, *(span for span in spans if len(span) >= SHORTEST)]
    vectors = source.meaning.vectors([claim, *texts])
    return float((vectors[1:] @ vectors[0]).max())


@lru_cache(maxsize=1)
def fitted() -> dict[str, Any]:
    """Per feature its mean and its scale; per answer an intercept and a weight a feature."""
    learnt: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return learnt


def probabilities(features: dict[str, float], learnt: dict[str, Any] | None = None) -> dict[Answer, float]:
    """What the regression makes of the features: a probability for each answer."""
    learnt = learnt or fitted()
    scaled = {name: (features[name] - mean) / scale for name, (mean, scale) in learnt["scales"].items()}
    logits: dict[Answer, float] = {
        answer: one["intercept"] + sum(weight * scaled[name] for name, weight in one["weights"].items())
        for answer, one in learnt["answers"].items()
    }
    powers: dict[Answer, float] = {answer: math.exp(logit - max(logits.values())) for answer, logit in logits.items()}
    return {answer: power / sum(powers.values()) for answer, power in powers.items()}


def decides(features: dict[str, float], about: float, compared: Compared) -> bool:
    """Whether a sure conflict contradicts the claim whatever the regression says."""
    return any(
        one.sure and (features["cosine"] >= CLOSE if one.kind == "negation" else about >= SURE.get(one.kind, math.inf))
        for one in compared.conflicts
    )


def answer(features: dict[str, float], decided: bool, shown: bool, learnt: dict[str, Any] | None = None) -> Answer:
    """The verdict; a contradiction needs a conflict that can be ``shown``, one is enough when it has ``decided``."""
    if decided:
        return "contradicted"
    found = probabilities(features, learnt)
    if not shown:
        del found["contradicted"]
    return max(found, key=lambda one: found[one])
