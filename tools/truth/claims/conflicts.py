"""Where a claim and its source disagree, by rule: numbers, dates, names, negation, roles. No model is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from tools.truth.claims import names, polarity, roles
from tools.truth.claims.evidence import NEAR, Alike, Compared, Conflict, Evidence, Missing
from tools.truth.claims.name_rule import compare_dates, compare_names, pronoun
from tools.truth.claims.number_rule import compare_numbers
from tools.truth.claims.numbers import quantities
from tools.truth.claims.quantity import agree
from tools.truth.claims.words import content, stems

__all__ = ["NEAR", "Compared", "Conflict", "Evidence", "Missing", "compare", "conflicts", "pronoun"]


SPOKEN = 0.6  # share of a sentence's stems in one of the passage from which a negation counts without a model
SHARED = 2  # stems that a sentence beside must share with a claim to deny it


def conflicts(sentence: str, source: str) -> list[Conflict]:
    """The disagreements of a sentence with the sentence of a passage that shares most words with it.

    For a check that has no model: it says nothing of a sentence that the passage does not speak about.
    """
    from knowledge.sentences import split

    parts = split(source)
    mine = stems(content(sentence))
    if not parts or not mine:
        return []
    shares = [len(mine & stems(content(part))) / len(mine) for part in parts]
    best = max(range(len(parts)), key=lambda at: shares[at])
    if shares[best] < 0.5:
        return []
    beside = tuple(part for part, share in zip(parts, shares, strict=True) if share >= 0.3 and part != parts[best])
    evidence = Evidence(parts[best], beside, tuple(parts[max(0, best - NEAR) : best]), source)
    found = [conflict for conflict in compare(sentence, evidence).conflicts if conflict.sure]
    given = quantities(source)
    made = any(not any(agree(one, other) for other in given) for one in quantities(sentence))  # "14 were not there"
    return [one for one in found if one.kind != "negation" or (shares[best] >= SPOKEN and not made)]


def compare(claim: str, evidence: Evidence, alike: Alike | None = None) -> Compared:
    """All rules at once; ``alike`` says whether two words mean the same (word vectors), else only stems count."""
    found, missing = list[Conflict](), list[Missing]()
    rules: tuple[Callable[[str, Evidence, Alike], Iterable[Conflict | Missing]], ...] = (
        compare_numbers,
        compare_dates,
        compare_names,
    )
    same = alike or (lambda one, other: one == other)
    for rule in rules:
        for one in rule(claim, evidence, same):
            (found if isinstance(one, Conflict) else missing).append(one)  # type: ignore[arg-type]
    exchanged = roles.swapped(claim, evidence.main)
    if exchanged:
        found.append(Conflict("role", *exchanged))
    elif turned := _turned(claim, evidence, alike):
        found.append(Conflict("negation", turned.said, turned.found, turned.how))
    named = [one for one in found if one.kind == "name"]
    if len(named) > 1:  # two names at once that the source does not have: more likely another fact
        found = [replace(one, sure=False) if one.kind == "name" else one for one in found]
    return Compared(found, missing)


def _turned(claim: str, evidence: Evidence, alike: Alike | None) -> polarity.Turned | None:
    """Where the claim denies what the source affirms, or the reverse.

    A sentence beside is read too when only it has the opposite of a word of the claim ("nobody died" for "killed").
    """
    faced = polarity.opposites_in(claim) - polarity.opposites_in(evidence.main)
    mine = stems(content(claim))
    others = [
        part for part in evidence.beside
        if faced & polarity.opposites_in(part) and len(mine & stems(content(part))) >= SHARED
    ]  # fmt: skip
    for sentence in (evidence.main, *others):
        turned = polarity.turned(claim, sentence, alike)
        if turned and not (turned.how == "opposite" and _reversed(claim, sentence)):
            return turned
    return None


def _reversed(claim: str, source: str) -> bool:
    """Whether two names of the claim stand in the other order in the source: "A lost to B", "B beat A"."""
    mine, theirs = names.names(claim, source), names.names(source, claim)
    places = [next((other.start for other in theirs if names.same(one, other)), -1) for one in mine]
    shown = [place for place in places if place >= 0]
    return len(shown) > 1 and shown != sorted(shown)
