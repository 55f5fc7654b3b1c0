"""All the numbers of one run of ``self_consistency``, with their intervals."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.language.stability_answers import How, compared_as
from tools.proportions import wilson
from tools.truth.consistency import scores
from tools.truth.consistency.ask import Asked, Reply
from tools.truth.consistency.meaning import contains, head, refuses

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.truth.entailment import Entailment

DRAWS, CONFIDENCE = 2_000, 0.95


@dataclass(frozen=True)
class Value:
    """An estimate with the bounds of its interval, over ``n`` items; ``baseline`` is what full agreement would give."""

    value: float
    low: float
    high: float
    n: int
    baseline: float = 0.0


@dataclass(frozen=True)
class Meaning:
    """Answers that mean the same: the places of the samples; ``right`` of them hold the expected answer."""

    samples: list[int]
    text: str
    main: bool
    silent: bool
    right: int | None
    weight: float | None  # its share by likelihood

    @property
    def count(self) -> int:
        """How many samples."""
        return len(self.samples)


@dataclass(frozen=True)
class Sentence:
    """A sentence of the main answer with its scores; ``contradiction`` only where an entailment model was given."""

    text: str
    unigram_mean: float
    unigram_max: float
    bigram_mean: float
    bigram_max: float
    embedding: float
    contradiction: float | None


@dataclass(frozen=True)
class Measured:
    """What was asked and what was found; ``meanings`` are the clusters, the largest first."""

    asked: Asked
    language: str
    how: How
    expected: str
    temperature: float
    max_tokens: int
    entails: bool
    meanings: list[Meaning]
    sentences: list[Sentence]
    entropy: Value
    weighted: Value | None
    ngram_mean: Value
    ngram_max: Value
    embedding: Value
    contradiction: Value | None
    token: Value | None  # mean log-probability of a token of the main answer, nats

    @property
    def n(self) -> int:
        """How many samples."""
        return len(self.asked.samples)

    @property
    def own(self) -> Meaning:
        """The cluster of the main answer."""
        return next(meaning for meaning in self.meanings if meaning.main)

    @property
    def agreement(self) -> Value:
        """The share of the samples that mean the same as the main answer, with Wilson's interval."""
        return Value(self.own.count / self.n, *wilson(self.own.count, self.n), self.n, 1.0)

    @property
    def largest(self) -> Value:
        """The share of the largest cluster."""
        count = self.meanings[0].count
        return Value(count / self.n, *wilson(count, self.n), self.n, 1.0)

    @property
    def kinds(self) -> int:
        """How many meanings the samples have."""
        return sum(meaning.count > 0 for meaning in self.meanings)

    @property
    def right(self) -> bool | None:
        """Whether the main answer holds the expected one; ``None`` when none was given."""
        return contains(self.asked.main.text, self.expected) if self.expected else None

    @property
    def right_samples(self) -> int:
        """How many samples hold the expected answer."""
        return sum(contains(sample.text, self.expected) for sample in self.asked.samples)

    @property
    def unlikeliest(self) -> int | None:
        """The place of the least probable token of the main answer."""
        tokens = self.asked.main.tokens
        return min(range(len(tokens)), key=lambda i: tokens[i].logprob) if tokens else None


def measure(
    asked: Asked, *, language: str, expected: str, temperature: float, max_tokens: int, model: Entailment | None,
    rng: np.random.Generator, tick: Callable[[], None],
) -> Measured:  # fmt: skip
    """Clusters, entropies, sentence scores and intervals (bootstrap over the samples)."""
    from knowledge.sentences import split

    texts = [sample.text for sample in asked.samples]
    parts = split(asked.main.text) or [asked.main.text]
    groups = np.array(scores.meanings(asked.main.text, texts, asked.question, language, model, tick))
    tick()
    logprobs = scores.weights([sample.logprobs for sample in asked.samples])
    draws = rng.integers(0, len(texts), (DRAWS, len(texts)))
    cosines = scores.embedding(parts, texts)
    against = scores.contradiction(parts, texts, model, lambda *_: tick()) if model else None
    means, peaks = _ngram_intervals(parts, texts, draws)
    return Measured(
        asked, language, compared_as(asked.question, language), expected, temperature, max_tokens, model is not None,
        _meanings(asked, groups.tolist(), logprobs, expected), _sentences(parts, texts, cosines, against),
        _entropy(groups[1:], np.zeros(len(texts)), draws),
        None if logprobs is None else _entropy(groups[1:], np.array(logprobs), draws),
        means, peaks, _over_samples(cosines, draws), None if against is None else _over_samples(against, draws),
        _token(asked.main, rng),
    )  # fmt: skip


def _meanings(asked: Asked, groups: list[int], logprobs: list[float] | None, expected: str) -> list[Meaning]:
    """The clusters, the largest first, that of the main answer before others of its size, refusals after them."""
    replies = [asked.main, *asked.samples]
    mass = np.zeros(len(asked.samples)) if logprobs is None else np.exp(np.array(logprobs) - max(logprobs))
    found = []
    for kind in dict.fromkeys(groups):
        members = [i for i in range(len(asked.samples)) if groups[i + 1] == kind]
        said = [replies[i] for i in range(len(groups)) if groups[i] == kind]
        found.append(
            Meaning(
                members, head(asked.main.text) if kind == groups[0] else _spoken(said), kind == groups[0], refuses(said[0].text),
                sum(contains(asked.samples[i].text, expected) for i in members) if expected else None,
                float(mass[members].sum() / mass.sum()) if logprobs is not None else None,
            )
        )  # fmt: skip
    return sorted(found, key=lambda m: (-m.count, not m.main, m.silent))


def _spoken(replies: Sequence[Reply]) -> str:
    """What stands for a cluster: its shortest first sentence."""
    heads = [head(reply.text) for reply in replies if reply.text.strip()]
    return min(heads, key=len) if heads else ""


def _entropy(groups: NDArray[np.intp], logprobs: NDArray[np.float64], draws: NDArray[np.intp]) -> Value:
    """Bounds shifted by the bias of the redraws, which repeat samples and so vary less (as in ``stability``)."""
    n = len(groups)
    value = float(scores.entropies(groups, logprobs, np.arange(n)[None, :])[0])
    redrawn = scores.entropies(groups, logprobs, draws)
    low, high = np.quantile(redrawn, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2]) + value - redrawn.mean()
    return Value(value, min(max(0.0, float(low)), value), max(min(math.log2(n), float(high)), value), n)


def _over_samples(table: NDArray[np.float64], draws: NDArray[np.intp]) -> Value:
    """The mean of a table (sentences, samples), its samples redrawn."""
    each = table.mean(axis=0)
    low, high = np.quantile(each[draws].mean(axis=1), [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Value(float(each.mean()), float(low), float(high), table.shape[1])


def _ngram_intervals(parts: list[str], texts: list[str], draws: NDArray[np.intp]) -> tuple[Value, Value]:
    """Unigram mean and max with the samples redrawn; the baseline is every sample repeating the main answer."""
    spoken = [scores.words(part) for part in parts]
    vocabulary = {word: i for i, word in enumerate(dict.fromkeys(w for part in spoken for w in part))}
    table = np.zeros((len(texts), len(vocabulary)))
    sizes = np.zeros(len(texts))
    for row, text in enumerate(texts):
        counts = Counter(scores.words(text))
        sizes[row] = sum(counts.values())
        for word, i in vocabulary.items():
            table[row, i] = counts[word]
    own = Counter(w for part in spoken for w in part)
    mine = np.array([own[word] for word in vocabulary], dtype=np.float64)
    # c(w) of each redrawn set: how often each sample is in it, times its counts
    times = np.stack([(draws == row).sum(axis=1) for row in range(len(texts))], axis=1).astype(np.float64)
    with np.errstate(divide="ignore"):
        costs = -np.log((times @ table + mine) / (times @ sizes + mine.sum())[:, None])
    each = [costs[:, [vocabulary[w] for w in part]] for part in spoken if part]
    found, same = scores.ngrams(parts, texts), scores.ngrams(parts, [])
    if not each:
        return Value(0.0, 0.0, 0.0, len(texts)), Value(0.0, 0.0, 0.0, len(texts))
    ends = [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2]
    means = np.quantile(np.concatenate(each, axis=1).mean(axis=1), ends)
    peaks = np.quantile(np.mean([one.max(axis=1) for one in each], axis=0), ends)
    n = len(texts)
    return (
        Value(found.mean, float(means[0]), float(means[1]), n, same.mean),
        Value(found.max, float(peaks[0]), float(peaks[1]), n, same.max),
    )


def _sentences(
    parts: list[str], texts: list[str], cosines: NDArray[np.float64], against: NDArray[np.float64] | None
) -> list[Sentence]:
    one, two = scores.ngrams(parts, texts, 1), scores.ngrams(parts, texts, 2)
    found = []
    for i, part in enumerate(parts):
        single, pairs = scores.NGrams([one.values[i]]), scores.NGrams([two.values[i]])
        denied = None if against is None else float(against[i].mean())
        found.append(Sentence(part, single.mean, single.max, pairs.mean, pairs.max, float(cosines[i].mean()), denied))
    return found


def _token(main: Reply, rng: np.random.Generator) -> Value | None:
    """Mean log-probability of a token of the main answer, its tokens redrawn."""
    if not main.logprobs:
        return None
    values = np.array(main.logprobs)
    redrawn = values[rng.integers(0, len(values), (DRAWS, len(values)))].mean(axis=1)
    low, high = np.quantile(redrawn, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Value(float(values.mean()), float(low), float(high), len(values))
