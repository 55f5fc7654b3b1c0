"""Asks a model the same thing in many ways, and again in the same words, and counts the distinct answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tools.language.sampling import write
from tools.language.stability_answers import How, compared_as, entropy, entropy_interval, key, opening
from tools.language.stability_variants import Variant
from tools.proportions import wilson
from tools.specimens.language import LanguageModel, Message

REPEATS = 3  # times the original is asked again at temperature 0: a server may answer otherwise, a model in process not
OnStep = Callable[[float, "list[Answer]"], None]
"""Called with the share done (0 to 1) and the answers to the variants, empty before they are there; may raise ``Stopped``."""


@dataclass(frozen=True)
class Answer:
    """A reply, and the key that stands for it when answers are compared ("": none was found in it)."""

    text: str
    key: str


@dataclass(frozen=True)
class Entropy:
    """Bits over ``n`` answers, with the bounds of a bootstrap."""

    bits: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Measured:
    """All the numbers of one run; ``answers`` go with ``variants``, the first of which is the original."""

    prompt: str
    language: str
    how: How
    temperature: float
    max_tokens: int
    variants: list[Variant]
    answers: list[Answer]
    repeated: list[Answer]
    sampled: list[Answer]
    over_variants: Entropy
    over_repeats: Entropy
    over_samples: Entropy

    @property
    def same(self) -> int:
        """How many rewordings get the answer of the original."""
        return sum(answer.key == self.answers[0].key for answer in self.answers[1:])

    @property
    def reworded(self) -> int:
        """How many rewordings there are."""
        return len(self.variants) - 1

    @property
    def agreement(self) -> tuple[float, float, float]:
        """The share of the rewordings that get the answer of the original, with Wilson's interval."""
        low, high = wilson(self.same, self.reworded)
        return self.same / self.reworded, low, high

    @property
    def distinct(self) -> int:
        """How many different answers the variants get, the original's included."""
        return len({answer.key for answer in self.answers})

    def spoken(self, key: str) -> str:
        """The first sentence of the first reply with this key, as it was written."""
        return next(opening(a.text) for a in [*self.answers, *self.repeated, *self.sampled] if a.key == key)

    def kinds(self) -> list[tuple[str, int, int]]:
        """For each kind of change: its name, how many variants, how many with the original's answer."""
        asked = Counter(v.kind for v in self.variants[1:])
        pairs = zip(self.variants[1:], self.answers[1:], strict=True)
        same = Counter(v.kind for v, a in pairs if a.key == self.answers[0].key)
        return [(kind, count, same[kind]) for kind, count in asked.items()]


def measure(
    model: LanguageModel, variants: list[Variant], language: str, how: How | None, temperature: float, max_tokens: int,
    seed: int, rng: np.random.Generator, on_step: OnStep,
) -> Measured:  # fmt: skip
    """Greedy answers to every variant; then as many draws of the original at ``temperature``."""
    prompt = variants[0].prompt
    how = how or compared_as(prompt, language)
    greedy = [conversation(variant) for variant in [*variants, *[variants[0]] * REPEATS]]
    answers: list[Answer] = []

    def answered(conversations: list[list[Message]], at: float, share: float, heat: float) -> list[Answer]:
        def step(done: int, total: int) -> None:
            on_step(at + share * done / max(total, 1), answers)

        replies = write(
            model, conversations, range(len(conversations)), max_tokens=max_tokens, temperature=heat, seed=seed, on_step=step
        )  # fmt: skip
        return [Answer(text, key(text, how, prompt)) for text in replies]

    split = len(greedy) / (len(greedy) + len(variants))
    first = answered(greedy, 0, split, 0)
    answers += first[: len(variants)]
    sampled = answered([conversation(variants[0])] * len(variants), split, 1 - split, temperature)
    repeated = first[len(variants) :]
    return Measured(
        prompt, language, how, temperature, max_tokens, variants, answers, repeated, sampled,
        *(varied(some, rng) for some in (answers, repeated, sampled)),
    )  # fmt: skip


def conversation(variant: Variant) -> list[Message]:
    """The messages that ask a variant."""
    system: list[Message] = [{"role": "system", "content": variant.system}] if variant.system else []
    return [*system, {"role": "user", "content": variant.prompt}]


def varied(answers: list[Answer], rng: np.random.Generator) -> Entropy:
    """The entropy of some answers."""
    keys = [answer.key for answer in answers]
    return Entropy(entropy(keys), *entropy_interval(keys, rng), len(keys))
