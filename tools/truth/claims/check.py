"""The verdict on a claim: which sentences of the source speak of it, how much of it they say, what they contradict."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tools.truth.claims.conflicts import NEAR, Compared, Conflict, Evidence, Missing, compare
from tools.truth.claims.gate import Answer, answer, decides, measure, settled
from tools.truth.claims.matching import Encode, Meaning, Source, said_words, slots
from tools.truth.claims.swaps import swapped

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Entails = Callable[[list[tuple[str, str]]], "NDArray[np.float32]"]

CANDIDATES = 5  # sentences of the source that are read word by word
GAIN = 0.08  # mean match that a second sentence must add
INTERCEPT, COSINE, COVERED, WEAKEST = -14.5, 9.7, 10.6, 5.3  # logistic regression on the development claims
BARE = 0.05  # ``about`` under which no claim is supported, whatever the regression says
SAYS = 0.35  # ``about`` from which a model that reads both can contradict a claim


@dataclass(frozen=True)
class Verdict:
    """What the source says of a claim.

    ``place`` is the row of the sentence compared (-1 without one), ``sentence`` its text, ``beside`` the rows of others that
    say a part of the claim. ``about`` is the probability, from 0 to 1, that the source says the claim, its numbers, dates and
    names aside. ``entailment`` are the three probabilities of a model, when one was given.
    """

    claim: str
    answer: Answer
    place: int = -1
    sentence: str = ""
    beside: tuple[int, ...] = ()
    about: float = 0.0
    conflicts: list[Conflict] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    entailment: tuple[float, float, float] | None = None


def check(
    claims: Sequence[str],
    sentences: Sequence[str] | Source,
    encode: Encode | Meaning,
    title: str = "",
    entailment: Entails | None = None,
    step: Callable[[int], None] = lambda _: None,
) -> list[Verdict]:
    """The verdict of one source on each claim; English and French, claim and source in one language or in both.

    Args:
        claims: sentences that say something.
        sentences: the source, in reading order.
        encode: the sentence encoder (unit vectors), or a ``Meaning`` that has one.
        title: what the source is about, when its sentences do not repeat it.
        entailment: probabilities (entailment, neutral, contradiction), shape (pairs, 3), of (premise, hypothesis) pairs.
        step: told how many claims are done.
    """
    meaning = encode if isinstance(encode, Meaning) else Meaning(encode)
    source = sentences if isinstance(sentences, Source) else Source(sentences, meaning, title)
    if not claims or not source.sentences:
        return [Verdict(claim, "not_found") for claim in claims]
    found = list[Verdict]()
    for at, claim in enumerate(claims):
        step(at)
        found.append(_one(claim, source))
    if entailment is None:
        return found
    premises = [" ".join(source.sentences[place] for place in sorted({*one.beside, one.place})) for one in found]
    return with_model(found, premises, entailment)


@dataclass(frozen=True)
class Seen:
    """What is measured of a claim: the rows of the sentences read, how much they say of it, and what the rules find."""

    main: int
    beside: tuple[int, ...]
    about: float
    features: dict[str, float]
    compared: Compared
    exchanged: list[Conflict]


def look(claim: str, source: Source) -> Seen:
    """Find the sentences that speak of a claim and measure them."""
    import numpy as np

    meaning, sentences = source.meaning, source.sentences
    cosines = source.vectors @ meaning.vectors([claim])[0]
    shared = source.shared(claim)
    best = [int(place) for place in np.argsort(-(cosines + shared), kind="stable")[:CANDIDATES]]
    words = said_words(claim, source.around(best[0]))
    said = {place: source.said(words, place) for place in best}
    score = {
        place: cosines[place] + 0.5 * _mean(said[place]) + 0.5 * shared[place] + 0.5 * slots(claim, sentences[place])
        for place in best
    }  # fmt: skip
    main = max(best, key=lambda place: score[place])
    near = range(max(0, main - NEAR), min(len(sentences), main + NEAR + 1))
    said |= {place: source.said(words, place) for place in near if place not in said}
    beside = _beside(main, said, cosines)
    evidence = Evidence(
        sentences[main], tuple(sentences[place] for place in beside), tuple(sentences[max(0, main - NEAR) : main]),
        source.around(main),
    )  # fmt: skip
    compared = compare(claim, evidence, meaning.alike)
    together = np.max([said[place] for place in (main, *beside)], axis=0) if words else np.ones(1, np.float32)
    about = about_it(_closest(claim, evidence, compared, meaning), _mean(together), float(np.sort(together)[:2].mean()))
    part, rows = source.part([main, *best])
    made, compared = settled(claim, part, compared)
    features, exchanged = measure(claim, part, rows.index(main), made, compared)
    return Seen(main, beside, about, features, compared, exchanged)


def _one(claim: str, source: Source) -> Verdict:
    """The verdict by rule on one claim: what the source is found to say instead is shown with a contradiction only."""
    seen = look(claim, source)
    swaps = swapped(claim, source.sentences[seen.main])
    shown = swaps or seen.compared.conflicts or seen.exchanged
    decided = bool(swaps) or decides(seen.features, seen.about, seen.compared)
    said: Answer = answer(seen.features, decided, bool(shown))
    if said == "supported" and seen.about < BARE:
        said = "not_found"
    conflicts = {"contradicted": shown, "not_found": seen.compared.conflicts, "supported": []}[said]
    missing = [] if said == "supported" else seen.compared.missing
    return Verdict(
        claim, said, seen.main, source.sentences[seen.main], seen.beside, seen.about, conflicts, missing
    )  # fmt: skip


def _closest(claim: str, evidence: Evidence, compared: Compared, meaning: Meaning) -> float:
    """The best cosine of the claim, as it is or mended, with the sentence, alone or after the one before it."""
    context = " ".join([*evidence.before[-1:], evidence.main])
    rows = meaning.vectors([claim, mended(claim, compared), evidence.main, context])
    return float((rows[:2] @ rows[2:].T).max())


def mended(claim: str, compared: Compared) -> str:
    """The claim with a date or name that differs replaced by the source's: near the source when only that differs."""
    for one in compared.conflicts:
        if one.kind in ("date", "name") and len(compared.conflicts) == 1:
            claim = claim.replace(one.said, one.found)
    return claim


def _mean(values: NDArray[np.float32]) -> float:
    return float(values.mean()) if len(values) else 1.0


def _beside(main: int, said: dict[int, NDArray[np.float32]], cosines: NDArray[np.float32]) -> tuple[int, ...]:
    """The sentence that says most of what the main one leaves out, when it says enough of it."""
    import numpy as np

    gains = {
        place: float((np.maximum(found, said[main]) - said[main]).mean()) if len(found) else 0.0
        for place, found in said.items() if place != main
    }  # fmt: skip
    if not gains:
        return ()
    place = max(gains, key=lambda one: (gains[one], cosines[one]))
    return (place,) if gains[place] >= GAIN else ()


def about_it(cosine: float, covered: float, weakest: float) -> float:
    """The probability that a sentence says what a claim says, numbers, dates and names aside."""
    return 1 / (1 + math.exp(-(INTERCEPT + COSINE * cosine + COVERED * covered + WEAKEST * weakest)))


def with_model(found: Sequence[Verdict], premises: Sequence[str], entailment: Entails) -> list[Verdict]:
    """The verdicts with the probabilities of a model that reads each premise: it decides where the rules find nothing."""
    pairs = [(premise, one.claim) for premise, one in zip(premises, found, strict=True)]
    result = []
    for one, row in zip(found, entailment(pairs), strict=True):
        yes, _, no = probabilities = (float(row[0]), float(row[1]), float(row[2]))
        said: Answer = one.answer
        if not one.conflicts and not one.missing:
            said = "supported" if yes >= 0.5 else "contradicted" if no >= 0.5 and one.about >= SAYS else "not_found"
        elif said == "not_found" and one.conflicts and no >= 0.5:
            said = "contradicted"
        result.append(replace(one, answer=said, entailment=probabilities))
    return result
