"""Writes the texts of ``generation_bias``, counts them and compares the two sides, pair by pair."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tools.language.generation_cases import Case
from tools.language.generation_count import Counts, count, offends, other_language, roles
from tools.language.generation_stats import Flips, Floats, bootstrap, exchange_test, holm, sign_flip, t_interval
from tools.language.sampling import ROWS, write
from tools.specimens.language import LanguageModel

OnStep = Callable[[float, "list[Sample]"], None]
"""Called with the share done (0 to 1) and the texts already written; may raise ``Stopped``."""


@dataclass(frozen=True)
class Sample:
    """One text: ``side`` 0 or 1, ``pair`` which prompts, ``stream`` which chance."""

    side: int
    pair: int
    stream: int
    prompt: str
    text: str
    offensive: bool


@dataclass(frozen=True)
class Difference:
    """One measure on both sides.

    ``first`` and ``second`` are what is compared (means over the texts, or shares), ``value`` their
    difference with its interval; ``corrected`` is ``flips.p`` after Holm. ``values`` (2, n) holds the
    measure of each text, ``None`` for a share of all texts; ``value`` is ``None`` when a side has nothing to count.
    """

    name: str
    first: float | None
    second: float | None
    value: float | None
    low: float | None
    high: float | None
    flips: Flips | None
    corrected: float | None
    values: Floats | None


@dataclass(frozen=True)
class Measured:
    """All the numbers of one run; ``acts`` (texts, 6): women's care and work, men's
    care and work, women named, men named."""

    case: Case
    language: str
    n: int
    temperature: float
    max_tokens: int
    samples: list[Sample]
    differences: list[Difference]
    acts: NDArray[np.int64] | None

    @property
    def foreign(self) -> int:
        """How many texts are not in the language of the request."""
        return sum(other_language(sample.text, self.language) for sample in self.samples)

    @property
    def lead(self) -> Difference:
        """The clearest difference: the smallest p, then the largest in standard deviations."""
        return min(self.differences, key=lambda d: (d.flips.p if d.flips else 2.0, -size(d)))

    def side(self, number: int) -> list[Sample]:
        """The texts of a side, in the order of their streams."""
        return [sample for sample in self.samples if sample.side == number]


def size(difference: Difference) -> float:
    """The mean difference in standard deviations of the pairs' differences; 0 where there is no spread."""
    if difference.values is None:
        return 0.0
    gaps = difference.values[0] - difference.values[1]
    spread = float(gaps.std(ddof=1)) if len(gaps) > 1 else 0.0
    return abs(float(gaps.mean())) / spread if spread else 0.0


def measure(
    model: LanguageModel, case: Case, language: str, samples: int, temperature: float, max_tokens: int, seed: int,
    rng: np.random.Generator, on_step: OnStep,
) -> Measured:  # fmt: skip
    """Texts, counts, tests. ``samples`` is the number of texts a side; a case of one side gets twice as many."""
    count_of = 2 * samples if case.within else samples
    texts = write_samples(model, case, language, count_of, temperature, max_tokens, seed, on_step)
    if case.within:
        acts = np.array([_acts(sample.text, language) for sample in texts], dtype=np.int64)
        return Measured(case, language, count_of, temperature, max_tokens, texts, within_differences(acts, rng), acts)
    differences = between_differences(case, language, texts, rng)
    return Measured(case, language, count_of, temperature, max_tokens, texts, differences, None)


def write_samples(
    model: LanguageModel, case: Case, language: str, samples: int, temperature: float, max_tokens: int, seed: int, on_step: OnStep
) -> list[Sample]:  # fmt: skip
    """``samples`` texts a side, both sides of a pair in one batch, so that what is written so far can be compared."""
    sides = (0,) if case.within else (0, 1)
    together = ROWS // len(sides)
    parts = math.ceil(samples / together)
    together = math.ceil(samples / parts)
    found: list[Sample] = []
    for part in range(parts):
        streams = range(part * together, min((part + 1) * together, samples))
        asked = [(side, stream % len(case.pairs), stream) for side in sides for stream in streams]

        def step(done: int, total: int, part: int = part, written: list[Sample] = found) -> None:
            on_step((part + done / max(total, 1)) / parts, written)

        prompts = [case.pairs[pair][side] for side, pair, _ in asked]
        texts = write(
            model, [[{"role": "user", "content": prompt}] for prompt in prompts], [stream for *_, stream in asked],
            max_tokens=max_tokens, temperature=temperature, seed=seed, on_step=step,
        )  # fmt: skip
        found += [
            Sample(*place, prompt, text, offends(text, language))
            for place, prompt, text in zip(asked, prompts, texts, strict=True)
        ]
    return sorted(found, key=lambda sample: (sample.side, sample.stream))


def measures(case: Case) -> list[str]:
    """What is compared between the two sides, in the order of the tables."""
    return [
        *(["pronouns"] if case.pronouns != "none" else []),
        "agency",
        "communion",
        "care",
        "work",
        "tone",
        "words",
        "refusal",
    ]


def values_of(case: Case, language: str, samples: Sequence[Sample], name: str) -> Floats:
    """One measure of each text, shape (2, texts a side)."""
    rows = [[_value(case, side, count(s.text, language), name) for s in samples if s.side == side] for side in (0, 1)]
    return np.array(rows, dtype=np.float64)


def _value(case: Case, side: int, counts: Counts, name: str) -> float:
    if name != "pronouns":
        return float(getattr(counts, name))
    if case.pronouns == "contrary":  # side 0 names women: there "he" is the other gender
        return counts.pronouns_she if side else counts.pronouns_he
    return counts.pronouns_she - counts.pronouns_he


def between_differences(
    case: Case, language: str, samples: Sequence[Sample], rng: np.random.Generator
) -> list[Difference]:
    """Every measure, first side less second, with its test over the pairs, corrected for all of them."""
    found = []
    for name in measures(case):
        found.append(_paired(name, values_of(case, language, samples, name), rng))
    return _corrected(found)


def within_differences(acts: NDArray[np.int64], rng: np.random.Generator) -> list[Difference]:
    """Who works and who cares, women less men in the same texts; ``acts`` as in ``Measured``."""
    care = _paired("care", acts[:, [0, 2]].T.astype(np.float64), rng)
    work = _paired("work", acts[:, [1, 3]].T.astype(np.float64), rng)
    named = _paired("named", acts[:, [4, 5]].T.astype(np.float64), rng)
    return _corrected([_share(acts[:, :4], rng), care, work, named])


def _paired(name: str, values: Floats, rng: np.random.Generator) -> Difference:
    gaps = values[0] - values[1]
    low, high = t_interval(gaps)
    first, second = float(values[0].mean()), float(values[1].mean())
    return Difference(name, first, second, float(gaps.mean()), low, high, sign_flip(gaps, rng), None, values)


def _share(acts: NDArray[np.int64], rng: np.random.Generator) -> Difference:
    """The share of care among the acts of women less that of men, over all texts; the test exchanges them text by text."""

    def shares(women: NDArray[np.int64], men: NDArray[np.int64]) -> tuple[Floats, Floats]:
        with np.errstate(invalid="ignore"):
            return women[..., 0] / women.sum(axis=-1), men[..., 0] / men.sum(axis=-1)

    women, men = acts[:, :2], acts[:, 2:]
    first, second = (float(share) for share in shares(women.sum(axis=0), men.sum(axis=0)))
    if math.isnan(first) or math.isnan(second):
        blank = [None if math.isnan(share) else share for share in (first, second)]
        return Difference("care_share", blank[0], blank[1], None, None, None, None, None, None)
    told = acts[acts.any(axis=1)]  # a text without acts changes nothing

    def exchanged(signs: Floats) -> Floats:
        keep = (signs > 0).astype(np.int64)
        one = keep @ told[:, :2] + (1 - keep) @ told[:, 2:]
        other = keep @ told[:, 2:] + (1 - keep) @ told[:, :2]
        return np.nan_to_num(np.subtract(*shares(one, other)))

    def redrawn(rows: NDArray[np.int64]) -> Floats:
        return np.subtract(*shares(women[rows].sum(axis=1), men[rows].sum(axis=1)))

    low, high = bootstrap(len(acts), redrawn, rng)
    flips = exchange_test(len(told), exchanged, rng)
    return Difference("care_share", first, second, first - second, low, high, flips, None, None)


def _corrected(found: list[Difference]) -> list[Difference]:
    """The same with Holm's correction over those that have a test."""
    tested = [d.flips.p for d in found if d.flips]
    corrected = iter(holm(tested))
    return [replace(d, corrected=next(corrected)) if d.flips else d for d in found]


def _acts(text: str, language: str) -> tuple[int, ...]:
    return astuple(roles(text, language))
