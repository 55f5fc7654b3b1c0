"""How little an answer agrees with others drawn for the same question: the scores, as pure functions.

SelfCheckGPT: Manakul, Liusie and Gales 2023 (arXiv 2303.08896). Semantic entropy: Kuhn, Gal and Farquhar 2023
(arXiv 2302.09664); Farquhar et al. 2024 (Nature 630:625). Higher is less trustworthy in all of ``all_scores``.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.language.stability_answers import compared_as
from tools.truth.consistency.meaning import Rule, by_entailment, by_rule, cluster

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.truth.entailment import Entailment

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class NGrams:
    """Negative log-probabilities (nats) of the words of each sentence, under the words of the samples and the answer."""

    values: list[Floats]

    @property
    def mean(self) -> float:
        """Over all the words."""
        return float(np.concatenate(self.values).mean()) if any(map(len, self.values)) else 0.0

    @property
    def max(self) -> float:
        """The largest of each sentence, averaged over the sentences."""
        return float(np.mean([v.max() for v in self.values if len(v)])) if any(map(len, self.values)) else 0.0


def words(text: str) -> list[str]:
    """The words of a text in small letters, without punctuation."""
    return re.findall(r"\w+", text.casefold())


def ngrams(sentences: Sequence[str], samples: Sequence[str], n: int = 1) -> NGrams:
    """Scores of the sentences of an answer under the unigram (n = 1) or bigram (n = 2) model of the samples.

    p(w) = c(w) / N and p(w | v) = c(v w) / c(v), counted in the samples and in the answer itself: that is the
    smoothing of Manakul et al. (section 5.3), by which nothing that was said has probability 0. Bigrams begin
    anew at every sentence of the answer and at every sample.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    before: Counter[tuple[str, ...]] = Counter()
    for text in [*samples, *sentences]:
        for gram in _grams(text, n):
            counts[gram] += 1
            before[gram[:-1]] += 1
    return NGrams([np.array([-math.log(counts[g] / before[g[:-1]]) for g in _grams(text, n)]) for text in sentences])


def _grams(text: str, n: int) -> list[tuple[str, ...]]:
    padded = [""] * (n - 1) + words(text)
    return [tuple(padded[i : i + n]) for i in range(len(padded) - n + 1)]


def embedding(sentences: Sequence[str], samples: Sequence[str]) -> Floats:
    """1 − the largest cosine of each sentence with a sentence of each sample, shape (sentences, samples), 0 to 2.

    The mean over the samples is the score of a sentence (as BERTScore in Manakul et al., with sentence
    vectors). An empty sample says nothing: 1.
    """
    from knowledge.encoder import encode
    from knowledge.sentences import split

    parts = [split(sample) for sample in samples]
    flat = list(dict.fromkeys([*sentences, *(part for sample in parts for part in sample)]))
    vectors = dict(zip(flat, encode(flat), strict=True))
    found = np.ones((len(sentences), len(samples)))
    for i, sentence in enumerate(sentences):
        for j, part in enumerate(parts):
            if part:
                found[i, j] = 1 - max(float(vectors[sentence] @ vectors[other]) for other in part)
    return np.clip(found, 0, 2)


def contradiction(
    sentences: Sequence[str],
    samples: Sequence[str],
    model: Entailment,
    on_step: Callable[[int, int], None] | None = None,
) -> Floats:
    """p(contradiction) / (p(contradiction) + p(entailment)) of each sentence given each sample, shape (sentences, samples).

    The sample is the premise (Manakul et al., equation 8); the neutral outcome is left out, as there.
    """
    pairs = [(sample, sentence) for sentence in sentences for sample in samples]
    p = model.probabilities(pairs, on_step)
    shares: Floats = (p[:, 2] / np.maximum(p[:, 0] + p[:, 2], 1e-12)).reshape(len(sentences), len(samples))
    return shares


def entropy(clusters: Sequence[int], logprobs: Sequence[float] | None = None) -> float:
    """Semantic entropy in bits: − Σ p(C) log₂ p(C) over the clusters of meaning.

    Args:
        clusters: the cluster of each sample.
        logprobs: length-normalised log-probability of each sample (nats); then
            p(C) = Σ over the samples of C of exp(logprob), divided by the sum over all (Farquhar et al. 2024);
            without it p(C) is the share of the samples (the discrete form).
    """
    weights = np.zeros(len(clusters)) if logprobs is None else np.asarray(logprobs, dtype=np.float64)
    if not len(weights):
        return 0.0
    return float(entropies(np.asarray(clusters), weights, np.arange(len(weights))[None, :])[0])


def entropies(clusters: NDArray[np.intp], logprobs: Floats, draws: NDArray[np.intp]) -> Floats:
    """The entropy in bits of each redrawn set of samples, ``draws`` of shape (sets, samples); returns (sets,)."""
    weights = np.exp(logprobs - logprobs.max())[draws]  # log-sum-exp: only ratios matter
    names = clusters[draws]
    sums = np.stack([np.where(names == kind, weights, 0.0).sum(axis=1) for kind in np.unique(clusters)])
    p = sums / sums.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = 0.0 - np.where(p > 0, p * np.log2(p), 0.0).sum(axis=0)
    return np.maximum(found, 0.0)


def per_token(logprobs: Sequence[float] | None) -> float | None:
    """Mean log-probability of a token (nats); ``None`` when it is not known."""
    return sum(logprobs) / len(logprobs) if logprobs else None


def weights(samples: Sequence[Sequence[float] | None] | None) -> list[float] | None:
    """Length-normalised log-probabilities of all samples; ``None`` unless known for every one that has words.

    An empty answer has no token to weigh it by: it gets the mean of the others.
    """
    found = [per_token(one) for one in samples or []]
    known = [one for one in found if one is not None]
    empty = [one is not None and len(one) == 0 for one in samples or []]
    if not known or any(value is None and not blank for value, blank in zip(found, empty, strict=True)):
        return None
    mean = sum(known) / len(known)
    return [mean if value is None else value for value in found]


def meanings(main: str, samples: Sequence[str], question: str, language: str, model: Entailment | None = None,
             tick: Callable[[], None] = lambda: None) -> list[int]:  # fmt: skip
    """The cluster of meaning of the main answer (0), then of every sample."""
    answers = [main, *samples]
    if model is not None:
        return cluster(len(answers), by_entailment(answers, question, model, tick))
    return cluster(len(answers), by_rule(answers, Rule(question, compared_as(question, language))))


def all_scores(
    samples: list[str],
    main: str,
    logprobs: list[list[float]] | None = None,
    main_logprobs: list[float] | None = None,
    *,
    question: str,
    language: str,
    model: Entailment | None = None,
) -> dict[str, float]:
    """Every score of one answer, by name; **higher is less trustworthy for all**.

    Args:
        samples, main: the drawn answers and the greedy one.
        logprobs, main_logprobs: of every token, in nats (``Reply.logprobs``); without them the scores that
            need them are missing.
        model: an entailment model; then clusters are made by it and "entailment" is added.

    Returns: ngram_mean, ngram_max (unigram; nats), embedding (0 to 2), entropy, entropy_weighted (bits),
    agreement (**1 −** the share of the samples that mean the same as the main answer), perplexity of the main
    answer, min_token_probability (**1 −** the probability of its unlikeliest token), entailment (0 to 1).
    """
    from knowledge.sentences import split

    sentences = split(main) or [main]
    groups = meanings(main, samples, question, language, model)
    unigram = ngrams(sentences, samples)
    found = {
        "ngram_mean": unigram.mean,
        "ngram_max": unigram.max,
        "embedding": float(embedding(sentences, samples).mean()),
        "entropy": entropy(groups[1:]),
        "agreement": 1 - groups[1:].count(groups[0]) / len(samples),
    }
    if (weighed := weights(logprobs)) is not None:
        found["entropy_weighted"] = entropy(groups[1:], weighed)
    if main_logprobs:
        found["perplexity"] = math.exp(-sum(main_logprobs) / len(main_logprobs))
        found["min_token_probability"] = 1 - math.exp(min(main_logprobs))
    if model is not None:
        found["entailment"] = float(contradiction(sentences, samples, model).mean())
    return found
