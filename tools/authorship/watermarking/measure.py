"""The demonstration of ``watermark``, without its words: texts at several strengths, then what wears the mark off."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tools.authorship.watermarking import attacks
from tools.authorship.watermarking.detection import Detection, Expected, detect, expected, spike_entropy
from tools.authorship.watermarking.scheme import GreenLists, Mark
from tools.authorship.watermarking.writing import OnStep, Written
from tools.specimens.language import TransformersModel
from tools.specimens.translators import Translator

DELTAS = (0.0, 1.0, 2.0, 4.0)
CONFIDENCE = 0.95
Attack = Literal["intact", "crop", "replace", "delete", "translate"]
Interval = tuple[float, float | None, float | None]


@dataclass(frozen=True)
class Subject:
    """How the examined model cuts a text into tokens, over how many tokens it chooses, and its weights if they are here."""

    name: str
    cut: Callable[[str], list[int]]
    piece: Callable[[int], str]
    vocabulary: int
    weights: TransformersModel | None


@dataclass(frozen=True)
class Sample:
    """One text written with strength ``delta`` (0: no mark), and what the detector of the run's mark makes of it."""

    delta: float
    text: str
    ids: list[int]
    perplexity: float
    detection: Detection


@dataclass(frozen=True)
class Worn:
    """The marked texts after one change: ``share`` of it (kept, or changed), z of each, tokens scored, words kept."""

    attack: Attack
    share: float
    z: NDArray[np.float64]
    scored: NDArray[np.float64]
    kept: NDArray[np.float64]
    found: int
    predicted: float | None


@dataclass(frozen=True)
class Shown:
    """Everything the demonstration measured."""

    mark: Mark
    prompt: str
    builtin: bool
    temperature: float
    tokens: int
    samples: list[Sample]
    worn: list[Worn]
    hoped: Expected | None
    pivot: str

    def at(self, delta: float) -> list[Sample]:
        """The texts written with this strength."""
        return [one for one in self.samples if one.delta == delta]

    @property
    def deltas(self) -> list[float]:
        """The strengths, the weakest first."""
        return sorted({one.delta for one in self.samples})

    @property
    def plain(self) -> list[Sample]:
        """The texts without the mark."""
        return self.at(0.0)

    @property
    def marked(self) -> list[Sample]:
        """The texts with the mark that was asked for."""
        return self.at(self.mark.delta)


def strengths(delta: float) -> list[float]:
    """The strengths a run compares: none, the ladder, and the one asked for."""
    return sorted({*DELTAS, delta})


def mean(values: Sequence[float] | NDArray[np.float64]) -> Interval:
    """The mean and its Student interval at 95 %; no interval for fewer than two values."""
    x = np.asarray(values, dtype=np.float64)
    if len(x) < 2:
        return float(x.mean()), None, None
    from scipy.stats import t

    half = float(t.ppf(0.5 + CONFIDENCE / 2, len(x) - 1) * x.std(ddof=1) / math.sqrt(len(x)))
    return float(x.mean()), float(x.mean()) - half, float(x.mean()) + half


def ratio(shown: Shown) -> Interval:
    """Perplexity with the mark over without it: geometric mean and Student interval; texts are paired by their chance."""
    logs = [math.log(a.perplexity / b.perplexity) for a, b in zip(shown.marked, shown.plain, strict=True)]
    value, low, high = mean(logs)
    return math.exp(value), None if low is None else math.exp(low), None if high is None else math.exp(high)


def geometric(samples: Sequence[Sample]) -> Interval:
    """The geometric mean of the perplexities and its Student interval."""
    value, low, high = mean([math.log(one.perplexity) for one in samples])
    return math.exp(value), None if low is None else math.exp(low), None if high is None else math.exp(high)


def sampled(subject: Subject, mark: Mark, deltas: Sequence[float], written: Sequence[Written]) -> list[Sample]:
    """Each text cut into tokens again, as a reader would have it, and scored for the mark of the run."""
    lists = GreenLists(mark, subject.vocabulary)
    found = []
    for delta, one in zip(deltas, written, strict=True):
        ids = subject.cut(one.text)
        found.append(Sample(delta, one.text, ids, one.perplexity, detect(lists, ids)))
    return found


def entropy(subject: Subject, mark: Mark, plain: Sequence[Sample], on_step: OnStep) -> Expected | None:
    """What theorem 4.2 expects of marked texts with the entropy of these plain ones; ``None`` without weights."""
    if subject.weights is None:
        return None
    values = []
    for done, one in enumerate(plain):
        on_step(done, len(plain))
        values.append(spike_entropy(subject.weights, one.ids, mark))
    return expected(float(np.mean(values)), mark)


def wear(
    subject: Subject,
    mark: Mark,
    marked: Sequence[Sample],
    plain: Sequence[Sample],
    trip: tuple[Translator, str, str] | None,
    rng: np.random.Generator,
    on_step: OnStep,
) -> list[Worn]:
    """The marked texts cut, edited and, where there is a translator (with source and pivot), translated and back."""
    lists = GreenLists(mark, subject.vocabulary)
    pool = [word for one in plain for word in attacks.words(one.text)]
    plan: list[tuple[Attack, float]] = [("intact", 1.0)]
    plan += [("crop", share) for share in attacks.CROPS]
    plan += [("replace", share) for share in attacks.EDITS]
    plan += [("delete", share) for share in attacks.EDITS]
    plan += [("translate", 1.0)] if trip else []
    found: list[Worn] = []
    for done, (attack, share) in enumerate(plan):

        def step(done: int = done) -> None:
            on_step(done, len(plan))

        step()
        rows = []
        for one in marked:
            text = one.text
            ids = one.ids
            if attack == "crop":
                ids = attacks.crop(one.ids, share, rng)
            elif attack == "replace":
                text = attacks.replace(text, share, pool, rng)
            elif attack == "delete":
                text = attacks.delete(text, share, rng)
            elif attack == "translate" and trip:
                text = attacks.round_trip(text, *trip, step)
            ids = ids if attack in ("intact", "crop") else subject.cut(text)
            still = share if attack == "crop" else attacks.kept(one.text, text)
            rows.append((detect(lists, ids), still))
        found.append(_worn(attack, share, rows, found[0] if found else None, mark))
    return found


def _worn(
    attack: Attack, share: float, rows: Sequence[tuple[Detection, float]], intact: Worn | None, mark: Mark
) -> Worn:
    z = np.array([one.z for one, _ in rows])
    return Worn(
        attack, share, z,
        np.array([float(one.scored) for one, _ in rows]),
        np.array([still for _, still in rows]),
        sum(one.found for one, _ in rows),
        None if intact is None else predicted(attack, share, float(intact.z.mean()), mark.width),
    )  # fmt: skip


def predicted(attack: Attack, share: float, z: float, width: int) -> float | None:
    """The z that arithmetic expects of a text whose z was ``z``; ``None`` where there is no such arithmetic.

    z grows as √T: a crop of share c leaves z√c. A token keeps its sign when it and the ``width`` before it
    are left: of T tokens edited by e, (1 − e)^(width + 1) do when replaced, and when deleted (1 − e)T tokens
    are left, of which (1 − e)^width still follow what they followed: z(1 − e)^(width + ½).
    """
    if attack == "crop":
        return z * math.sqrt(share)
    if attack == "replace":
        return float(z * (1 - share) ** (width + 1))
    if attack == "delete":
        return float(z * (1 - share) ** (width + 0.5))
    return None
