"""Is what the model wrote in the text? Names by their letters, relations by their words and their meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.terms import fold, terms
from tools.reading.relations.spans import Place, Span, bare, locate

Verdict = Literal["grounded", "unsupported", "invented"]
Why = Literal["words", "meaning", "no_words", "negated", "apart", "same", "absent", "example"]

THRESHOLD = 0.26  # cosine of the relation with its sentence without the two names; see pairs.json for its errors
_NEGATION = re.compile(r"\b(not|never|no|denied|without|n't|ne|n|pas|jamais|aucune?|sans|nie)\b")


@dataclass(frozen=True)
class Entity:
    """A name that the model wrote for a window; ``copied`` when it comes from the examples of the request."""

    name: str
    kind: str
    window: int
    place: Place
    copied: bool = False


@dataclass(frozen=True)
class Relation:
    """A triple that the model wrote for a window, with the verdict and its reason."""

    subject: str
    words: str
    object: str
    window: int
    places: tuple[Place, Place]
    verdict: Verdict
    why: Why
    cosine: float | None


def entity(name: str, kind: str, window: int, text: str, spans: Sequence[Span], shown: str) -> Entity:
    """A name looked up in its window, in the rest of the text, and in the examples."""
    place = locate(name, text, spans[window])
    copied = place.how in ("elsewhere", "absent") and locate(name, shown, (0, len(shown))).there
    return Entity(name.strip(), kind, window, place, copied)


def relations(
    triples: Sequence[tuple[str, str, str, int]], text: str, spans: Sequence[Span], examples: Sequence[str] = ()
) -> list[Relation]:
    """The verdict on each (subject, relation, object, window).

    Grounded: subject and object in the window, and of the relation a content word (its stem) outside the
    two names, or a meaning near that of the rest of the sentence; and not denied by the text alone.
    """
    from knowledge.encoder import encode

    rests = []
    for subject, _, other, window in triples:
        low, high = spans[window]
        rests.append(_without(text[low:high], bare(subject), bare(other)))
    vectors = encode([*(words for _, words, _, _ in triples), *rests])
    n = len(triples)
    cosines = (vectors[:n] * vectors[n:]).sum(axis=1).tolist() if n else []
    found = []
    for (subject, words, other, window), rest, cosine in zip(triples, rests, cosines, strict=True):
        places = (locate(subject, text, spans[window]), locate(other, text, spans[window]))
        verdict, why = _judge(subject, words, other, places, rest, cosine)
        low, high = spans[window]
        if why == "no_words" and _before(words, other, text[low:high]):
            verdict, why = "grounded", "words"
        elif why == "no_words" and fold(words.strip()) in map(fold, examples):
            why = "example"
        found.append(Relation(subject.strip(), words.strip(), other.strip(), window, places, verdict, why, cosine))
    return found


def _judge(
    subject: str, words: str, other: str, places: tuple[Place, Place], rest: str, cosine: float
) -> tuple[Verdict, Why]:
    if any(place.how in ("absent", "partly") for place in places):
        return "invented", "absent"
    if any(place.how == "elsewhere" for place in places):
        return "unsupported", "apart"
    a, b = f" {fold(bare(subject))} ", f" {fold(bare(other))} "
    if a in b or b in a:
        return "unsupported", "same"
    clauses = [clause for clause in re.split(r"[;:,]", rest) if set(terms(words)) & set(terms(clause))]
    if _NEGATION.search(fold(" ".join(clauses or [rest]))) and not _NEGATION.search(fold(words)):
        return "unsupported", "negated"
    if set(terms(words)) & set(terms(rest)):
        return "grounded", "words"
    return ("grounded", "meaning") if cosine >= THRESHOLD else ("unsupported", "no_words")


def _before(words: str, other: str, sentence: str) -> bool:
    """Whether the relation is written as it is just before the object ("in London", « à Londres »)."""
    said = rf"(?<!\w){re.escape(fold(' '.join(words.split())))}\s+(?:\w{{1,3}}\W)?\s*{re.escape(fold(bare(other)))}"
    return re.search(said, fold(" ".join(sentence.split()))) is not None


def _without(sentence: str, *names: str) -> str:
    """A sentence without two names (up to capitals)."""
    for name in names:
        sentence = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", sentence, flags=re.IGNORECASE) if name else sentence
    return " ".join(sentence.split())


def exchanged(found: Sequence[Relation], text: str, spans: Sequence[Span]) -> tuple[int, int]:
    """How many relations the check refuses when each gets the words of the next one from another window, and of how many.

    What the check lets pass by chance: only relations whose two names stand in their window count.
    """
    usable = [one for one in found if all(place.there for place in one.places) and one.why != "same"]
    swapped = []
    for i, one in enumerate(usable):
        others = [
            two
            for two in usable[i + 1 :] + usable[:i]
            if two.window != one.window and fold(two.words) != fold(one.words)
        ]
        if others:
            swapped.append((one.subject, others[0].words, one.object, one.window))
    return sum(one.verdict != "grounded" for one in relations(swapped, text, spans)), len(swapped)
