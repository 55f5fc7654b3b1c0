"""Do two answers to one question say the same? By rule: refusals, numbers, yes or no, names, and a cosine.

The rule is a stand-in for an entailment model (Kuhn et al. 2023 cluster by entailment in both directions).
Its two thresholds were set on the development pairs beside this file (``pairs.jsonl``, English and French).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.language.number_words import digits_for_words
from tools.language.stability_answers import BARE, NUMBER, How, key, opening, spelled, yes_or_no

if TYPE_CHECKING:
    import numpy as np

    from tools.truth.entailment import Entailment

COSINE = 0.5  # of what two answers add to the question: from there, they mean the same
NAMES = 0.5  # of the names in two answers, how many they share (Jaccard): from there, they mean the same
NEGATION = re.compile(r"\b(?:not|never|no|cannot|none|nobody|pas|jamais|aucune?|personne)\b|n['’]t\b", re.I)
REFUSAL = "refusal"
HEAD = 240  # characters of an answer in which a refusal counts

REFUSES = re.compile(
    r"\b(?:i|we) (?:do not|don['’]t|did not|cannot|can['’]t|could not|couldn['’]t|am not able|['’]m not able|am unable|['’]m unable)"
    r"(?: \w+)? (?:know|say|tell|answer|provide|find|determine|have (?:any |enough |access|information|the information|the answer))"
    r"|\bi(?:['’]m| am) (?:not sure|unsure|unable|not able|not aware)\b|\bi have no (?:idea|information|way|data|knowledge)\b"
    r"|\bi(?:['’]m| am) (?:sorry|afraid)\b|\bno idea\b|\bcannot be (?:known|determined|answered)\b|\bas an ai\b"
    r"|\b(?:it is|it['’]s|is) (?:not known|unknown)\b|\bnobody knows\b"
    r"|\bje ne (?:le |la |les )?(?:sais|connais|peux|suis pas (?:sûr|sûre|certain|certaine|en mesure))"
    r"|\bje n['’]ai (?:pas|aucune) (?:\w+['’ ])?(?:information|réponse|idée|accès|connaissance|donnée)"
    r"|\b(?:je suis|je me sens) (?:désolé|navré|incapable)|\bdésolée?,|\baucune idée\b|\ben tant qu['’](?:ia|intelligence)"
    r"|\bpersonne ne (?:le )?sait\b|\bimpossible (?:à|de) (?:dire|savoir|répondre)",
    re.I,
)  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """What the comparison needs to know of the question."""

    question: str
    how: How


def refuses(answer: str) -> bool:
    """Whether an answer declines to answer, or is empty."""
    return not re.search(r"\w", answer) or bool(REFUSES.search(answer[:HEAD].replace("\n", " ")))


def fold(text: str) -> str:
    """Small letters without accents, for comparison."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def numbers(text: str) -> set[str]:
    """The numbers of a text, each in one spelling; number words count."""
    return {spelled(match) for match in NUMBER.findall(digits_for_words(text))}


def contains(answer: str, expected: str) -> bool:
    """Whether an answer holds one of the expected ones (separated by "|"): a number, yes or no, or the same words in a row."""
    for one in filter(None, (part.strip() for part in expected.split("|"))):
        word = yes_or_no(one) if len(one.split()) == 1 else ""
        if word and fold(one) in {"yes", "no", "oui", "non"}:
            found = yes_or_no(answer) == word
        elif NUMBER.fullmatch(one) or digits_for_words(one).strip().isdigit():
            found = bool(numbers(one) & numbers(answer))
        else:
            words = [re.findall(r"\w+", fold(text)) for text in (one, answer)]
            found = f" {' '.join(words[0])} " in f" {' '.join(words[1])} "
        if found:
            return True
    return False


def head(answer: str) -> str:
    """The first sentence, as it was written; a French space before its mark does not hide its end."""
    return opening(re.sub(r"[ \u00a0\u202f]+(?=[!?])", "", answer))


def content(text: str) -> list[str]:
    """The words of a text that carry meaning, as they are written."""
    from knowledge.terms import ENGLISH, FRENCH

    words = re.findall(r"\w+", text)
    return [word for word in words if len(word) > 1 and fold(word) not in ENGLISH | FRENCH]


def added(answer: str, question: str) -> list[str]:
    """The words of the first sentence that the question does not hold and that carry meaning, as they are written."""
    asked = [fold(word) for word in re.findall(r"\w+", question)]

    def known(word: str) -> bool:
        # "Australian" adds nothing to "Australia": a long common beginning is enough.
        return any(word == other or (len(other) > 4 and word[:5] == other[:5]) for other in asked)

    return [word for word in content(head(answer)) if not known(fold(word))]


def capitals(answers: Sequence[str]) -> frozenset[str]:
    """The words that look like names: a capital inside a first sentence (or in one of three words), never a small letter."""
    great: set[str] = set()
    small: set[str] = set()
    for answer in answers:
        words = re.findall(r"\w+", head(answer))
        great |= {fold(word) for word in (words if len(words) <= 3 else words[1:]) if word[:1].isupper()}
        small |= {fold(word) for word in words if word[:1].islower()}
    return frozenset(great - small)


def alike(one: str, other: str) -> bool:
    """Whether two words are one but for an ending: "vert" and "verte", "emerald" and "emeralds"."""
    short, long = sorted((fold(one), fold(other)), key=len)
    return long.startswith(short) and len(long) - len(short) <= (2 if len(short) > 2 else 0)


def within(one: list[str], other: list[str]) -> bool:
    """Whether every word of ``one`` stands in ``other``."""
    return bool(one) and all(any(alike(word, second) for second in other) for word in one)


def by_rule(answers: Sequence[str], rule: Rule) -> Callable[[int, list[int]], list[bool]]:
    """The comparison of answer ``i`` with some earlier ones, for ``cluster``."""
    rests = [added(answer, rule.question) for answer in answers]
    echoes = [{fold(word) for word in content(head(answer))} for answer in answers]
    vectors = _vectors(answers, rests)
    seen = capitals(answers)
    keys = [key(answer, rule.how, rule.question) for answer in answers]
    called = [{fold(word) for word in rest if word[:1].isupper() and fold(word) in seen} for rest in rests]
    said = [numbers(head(answer)) - numbers(rule.question) for answer in answers]
    denied = [bool(NEGATION.search(head(answer))) for answer in answers]
    silent = [refuses(answer) for answer in answers]

    def one(i: int, j: int) -> bool:
        if silent[i] or silent[j] or keys[i] == keys[j]:
            return silent[i] == silent[j]
        if rule.how != "text" and not (keys[i].startswith(BARE) and keys[j].startswith(BARE)):
            return False
        if denied[i] != denied[j]:
            return False
        if called[i] or called[j]:
            shared = called[i] & called[j]
            return len(shared) >= NAMES * len(called[i] | called[j]) or (
                bool(shared) and shared in (called[i], called[j])
            )
        if said[i] and said[j] and not said[i] & said[j]:
            return False
        if not rests[i] and not rests[j]:  # both only repeat the question: then with the same words of it
            return echoes[i] == echoes[j]
        if within(rests[i], rests[j]) or within(rests[j], rests[i]):
            return True
        # Two single words are near in meaning when they are opposites too ("cold", "warm"): they must be one word.
        return min(len(rests[i]), len(rests[j])) > 1 and bool(vectors[i] @ vectors[j] >= COSINE)

    return lambda i, heads: [one(i, first) for first in heads]


def by_entailment(
    answers: Sequence[str], question: str, model: Entailment, tick: Callable[[], None]
) -> Callable[[int, list[int]], list[bool]]:
    """Two answers mean the same when each, said after the question, is likeliest to entail the other."""
    silent = [refuses(answer) for answer in answers]
    said = [f"{question} {answer}" for answer in answers]

    def same(i: int, heads: list[int]) -> list[bool]:
        tick()
        pairs = [pair for first in heads for pair in ((said[i], said[first]), (said[first], said[i]))]
        entails = model.probabilities(pairs).argmax(axis=1) == 0
        both = entails.reshape(-1, 2).all(axis=1)
        return [
            silent[i] and silent[first] if silent[i] or silent[first] else said[i] == said[first] or bool(both[at])
            for at, first in enumerate(heads)
        ]

    return same


def cluster(count: int, same: Callable[[int, list[int]], list[bool]]) -> list[int]:
    """A number for each of ``count`` answers: that of the first cluster whose first member means the same.

    As Kuhn et al. 2023, algorithm 1: an answer is compared with one member of each cluster.
    """
    heads: list[int] = []
    found: list[int] = []
    for i in range(count):
        alike = same(i, heads) if heads else []
        if True in alike:
            found.append(alike.index(True))
        else:
            found.append(len(heads))
            heads.append(i)
    return found


def _vectors(answers: Sequence[str], rests: Sequence[list[str]]) -> np.ndarray:
    """Unit vectors of what each answer adds to the question, shape (answers, dimensions)."""
    from knowledge.encoder import encode

    return encode([" ".join(rest) or head(answer) for answer, rest in zip(answers, rests, strict=True)])
