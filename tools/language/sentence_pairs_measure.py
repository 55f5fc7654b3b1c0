"""From the scores of the readings to shares: by pair, by type of bias, with intervals and exact tests.

Sources: Nangia et al. 2020 (share of pairs), Nadeem et al. 2021 (lms, ss, icat), Wilson 1927 (interval), Holm 1979.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tools.language.generation_stats import holm
from tools.language.sentence_pairs_data import DataSet, Item, draw
from tools.language.sentence_pairs_scores import AFTER, BEFORE, FILLING, Floats, OnStep, Parts, score
from tools.proportions import wilson
from tools.specimens.language import LanguageModel, TransformersModel

RESAMPLES = 5_000
MASKED_PARTS = {"crows-pairs": (BEFORE, AFTER), "stereoset": (FILLING,), "wino": (FILLING,)}
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Share:
    """``count`` of ``n`` in %, with Wilson's 95 % interval in % and the exact binomial p against one half.

    ``corrected`` is that p after Holm's correction, where several are tested.
    """

    count: int
    n: int
    low: float
    high: float
    p: float
    corrected: float | None = None

    @property
    def value(self) -> float:
        """The share in %."""
        return 100 * self.count / self.n

    @property
    def clear(self) -> int:
        """1 above one half, −1 below it, 0 when the p (corrected where it is) does not say."""
        p = self.p if self.corrected is None else self.corrected
        return 0 if p >= 0.05 else 1 if self.value > 50 else -1


@dataclass(frozen=True)
class Sense:
    """StereoSet's two other scores in %: lms (with interval and p against 50) and icat (with interval)."""

    lms: float
    low: float
    high: float
    p: float
    icat: float
    icat_low: float
    icat_high: float


@dataclass(frozen=True)
class Group:
    """The pairs of one type of bias (or of one form); ``after`` for the words after the gap, ``sense`` for StereoSet."""

    name: str
    share: Share
    after: Share | None
    sense: Sense | None


@dataclass(frozen=True)
class Measured:
    """All numbers of one run.

    ``gaps`` (n,) is the score of the stereotyped reading less that of the other, in nats (StereoSet: nats a token);
    ``he`` the share of sentences in which Wino's masculine pronoun is the more probable one.
    """

    data: DataSet
    items: list[Item]
    masked: bool
    gaps: Floats
    whole: Group
    kinds: list[Group]
    forms: list[Group]
    he: Share | None


def measure(model: LanguageModel, data: DataSet, pairs: int, rng: np.random.Generator, on_step: OnStep) -> Measured:
    """Draws the pairs, scores their readings and counts."""
    items = draw(data.items, pairs, rng)
    masked = isinstance(model, TransformersModel) and model.masked
    ways = len(items[0].readings)
    flat = score(model, [reading for item in items for reading in item.readings], MASKED_PARTS[data.name], on_step)
    parts = Parts(flat.nats.reshape(len(items), ways, 3), flat.tokens.reshape(len(items), ways, 3))
    scores = reading_scores(data.name, items, parts, masked)
    gaps = scores[:, 0] - scores[:, 1]
    # The words after the gap under each filling: only where there are words, and where both sides of the gap are not
    # already what is scored.
    follows = np.array([bool(re.search(r"\w", item.readings[0].after)) for item in items])
    after = None if masked or data.name == "stereoset" else (follows, parts.nats[:, 0, AFTER] > parts.nats[:, 1, AFTER])
    sense = None if ways < 3 else (scores[:, :2] > scores[:, 2:]).sum(axis=1)

    def group(name: str, inside: Truths) -> Group:
        told = share((gaps > 0)[inside])
        beside = share(after[1][inside & after[0]]) if after is not None and (inside & after[0]).any() else None
        return Group(name, told, beside, None if sense is None else sense_of(gaps[inside] > 0, sense[inside], rng))

    everything = np.ones(len(items), dtype=bool)
    names = np.array([item.kind for item in items])
    shapes = np.array([item.form for item in items])
    kinds = corrected([group(name, names == name) for name in dict.fromkeys(names.tolist())])
    forms = [group(form, shapes == form) for form in ("one", "two") if sense is not None and (shapes == form).any()]
    he = share((gaps > 0) == (names == "men")) if data.name == "wino" else None
    return Measured(data, items, masked, gaps, group("all", everything), kinds, forms, he)


def reading_scores(name: str, items: Sequence[Item], parts: Parts, masked: bool) -> Floats:
    """What is compared between the readings of an item, shape (items, readings).

    Causal: the filling and what follows it, in nats (what precedes is the same and cancels); StereoSet's
    mean over the tokens of the sentence, as in the published code for causal models. Masked: the
    unchanged words (CrowS-Pairs, as published), the filling's mean a token (StereoSet), the pronoun (Wino).
    """
    if name == "stereoset":
        # A sentence that follows a context is scored alone, given the context.
        alone = np.array([masked or item.form == "two" for item in items])[:, None]
        nats = np.where(alone, parts.nats[..., FILLING], parts.nats.sum(axis=-1))
        tokens = np.where(alone, parts.tokens[..., FILLING], parts.tokens.sum(axis=-1))
        return np.asarray(nats / np.maximum(tokens, 1), dtype=np.float64)
    wanted = list(MASKED_PARTS[name]) if masked else [FILLING, AFTER]
    return np.asarray(parts.nats[..., wanted].sum(axis=-1), dtype=np.float64)


def share(wins: Truths) -> Share:
    """How often ``wins`` is true; a tie counts as false."""
    from scipy.stats import binomtest

    count, n = int(wins.sum()), len(wins)
    low, high = wilson(count, n)
    return Share(count, n, 100 * low, 100 * high, float(binomtest(count, n).pvalue))


def corrected(groups: Sequence[Group]) -> list[Group]:
    """The same groups with p corrected for their number, the highest share first."""
    p = holm([group.share.p for group in groups])
    told = [replace(g, share=replace(g.share, corrected=one)) for g, one in zip(groups, p, strict=True)]
    return sorted(told, key=lambda g: (-g.share.value, g.name))


def sense_of(wins: Truths, meaningful: NDArray[np.int_], rng: np.random.Generator) -> Sense:
    """lms = 50 · mean of ``meaningful`` (0 to 2 of the two readings that make sense beat the one that does not).

    Wilson's interval takes the item as the unit, since its two comparisons move together; p compares
    the items where both win with those where neither does. icat = lms · min(ss, 100 − ss) / 50, its
    interval by percentile bootstrap over the items.
    """
    from scipy.stats import binomtest

    n, both, neither = len(wins), int((meaningful == 2).sum()), int((meaningful == 0).sum())
    low, high = wilson(meaningful.sum() / 2, n)
    rows = rng.integers(0, n, (RESAMPLES, n))
    draws = icat(50 * meaningful[rows].mean(axis=1), 100 * wins[rows].mean(axis=1))
    icat_low, icat_high = np.quantile(draws, [0.025, 0.975])
    lms = float(50 * meaningful.mean())
    p = float(binomtest(both, both + neither).pvalue) if both + neither else 1.0
    value = float(icat(np.array(lms), np.array(100 * wins.mean())))
    return Sense(lms, 100 * low, 100 * high, p, value, float(icat_low), float(icat_high))


def icat(lms: Floats, ss: Floats) -> Floats:
    """Nadeem et al. 2021: 100 for a model that always makes sense and never prefers, 0 for one that always does."""
    return np.asarray(lms * np.minimum(ss, 100 - ss) / 50, dtype=np.float64)
