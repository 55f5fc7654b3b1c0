"""Which pronoun a model expects after a word: log p(he) − log p(she), with and without an occupation.

Causal models read the sentence up to the pronoun. Masked models read the whole sentence with the
pronoun hidden, after Kurita et al. 2019 (arXiv 1906.07337), where the prior hides the occupation too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadInput
from tools.language.occupations import SENTENCES, Sentences
from tools.specimens.language import LanguageModel, TransformersModel
from tools.words.association import Comparison, compare

Floats = NDArray[np.float64]
OnStep = Callable[[int, int], None]
BATCH = 32  # sentences read at once
CONFIDENCE = 0.95
RESAMPLES = 5_000
FEWEST = 5  # occupations below which the mean has no interval


@dataclass(frozen=True)
class PronounScores:
    """Log-odds of "he" against "she" in nats.

    ``odds`` with the word in its place and ``prior`` without it, both (words, templates);
    ``neutral`` (neutral words, templates) is what the prior of a causal model averages, ``None`` for a masked one.
    """

    odds: Floats
    prior: Floats
    neutral: Floats | None

    @property
    def gaps(self) -> Floats:
        """What the word itself adds: ``odds − prior``, shape (words, templates)."""
        return self.odds - self.prior


@dataclass(frozen=True)
class Measured:
    """All the numbers of one run.

    ``gaps`` (words,) in nats is the mean over the sentences of each word, ``low`` and ``high`` its
    t interval; ``comparison`` and ``with_survey`` only for the built-in occupations.
    """

    words: list[str]
    asked: Sentences
    scores: PronounScores
    gaps: Floats
    low: Floats
    high: Floats
    mean: tuple[float, float | None, float | None]
    comparison: Comparison | None
    with_survey: tuple[float, float, float] | None

    @property
    def masked(self) -> bool:
        """Whether the model fills gaps: then the prior is Kurita's, without neutral words."""
        return self.scores.neutral is None


def measure(
    model: LanguageModel, language: str, occupations: Sequence[str], rng: np.random.Generator, on_step: OnStep
) -> Measured:
    """Scores the words (the built-in ones when none is given) and does the statistics.

    Errors: ``BadInput`` for a word that is too long to be one.
    """
    from scipy import stats

    asked = SENTENCES[language]
    words = list(dict.fromkeys(" ".join(word.split()) for word in occupations)) or list(asked.occupations)
    if any(len(word) > 60 for word in words):
        raise BadInput(
            "An occupation is longer than 60 letters. Give names such as: nurse, carpenter.",
            "Un métier dépasse 60 lettres. Donnez des noms comme : secrétaire, pilote.",
        )
    scores = pronoun_scores(model, words, asked, on_step)
    gaps = scores.gaps.mean(axis=1)
    count = scores.gaps.shape[1]
    half = stats.t.ppf((1 + CONFIDENCE) / 2, count - 1) * scores.gaps.std(axis=1, ddof=1) / np.sqrt(count)
    mean = (
        float(gaps.mean()),
        *_bounds(gaps[rng.integers(0, len(gaps), (RESAMPLES, len(gaps)))].mean(axis=1), len(gaps)),
    )
    comparison = with_survey = None
    if words == list(asked.occupations) and np.ptp(gaps) > 0:  # equal gaps have no standard deviation to divide by
        comparison = compare(gaps[len(asked.women) :], gaps[: len(asked.women)], rng)
        with_survey = _rank_correlation(gaps, asked, rng) if asked.surveyed else None
    return Measured(words, asked, scores, gaps, gaps - half, gaps + half, mean, comparison, with_survey)


def _bounds(draws: Floats, n: int) -> tuple[float | None, float | None]:
    """Percentile bounds of bootstrap draws; none for fewer than ``FEWEST`` items, which redraws cannot stand for."""
    if n < FEWEST:
        return None, None
    low, high = np.quantile(draws, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def _rank_correlation(gaps: Floats, asked: Sentences, rng: np.random.Generator) -> tuple[float, float, float]:
    """Spearman's rho between the gaps and the share of men, with a percentile bootstrap over occupations."""
    from scipy import stats

    men = np.array([100 - float(share or 0) for share in asked.occupations.values()])
    rows = rng.integers(0, len(gaps), (RESAMPLES, len(gaps)))
    gap_ranks, men_ranks = stats.rankdata(gaps[rows], axis=1), stats.rankdata(men[rows], axis=1)
    gap_ranks -= gap_ranks.mean(axis=1, keepdims=True)
    men_ranks -= men_ranks.mean(axis=1, keepdims=True)
    norms = np.sqrt((gap_ranks**2).sum(axis=1) * (men_ranks**2).sum(axis=1))
    draws = (gap_ranks * men_ranks).sum(axis=1)[norms > 0] / norms[norms > 0]
    low, high = np.quantile(draws, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(stats.spearmanr(gaps, men).statistic), float(low), float(high)


def pronoun_scores(model: LanguageModel, words: Sequence[str], asked: Sentences, on_step: OnStep) -> PronounScores:
    """Scores of each word in each template, by the form that suits the model."""
    if isinstance(model, TransformersModel) and model.masked:
        return _masked(model, words, asked, on_step)
    return _causal(model, words, asked, on_step)


def _causal(model: LanguageModel, words: Sequence[str], asked: Sentences, on_step: OnStep) -> PronounScores:
    """Prefixes up to the pronoun; the prior is the mean over the neutral words, template by template."""
    everyone = [*words, *asked.neutral]
    prefixes = [t.partition(" {pronoun}")[0].format(word=word) for word in everyone for t in asked.templates]
    candidates = [" " + asked.he, " " + asked.she]
    scores = np.empty((len(prefixes), 2))
    for start in range(0, len(prefixes), BATCH):
        on_step(start, len(prefixes))
        batch = prefixes[start : start + BATCH]
        if isinstance(model, TransformersModel):
            scores[start : start + BATCH] = batched_continuations(model, batch, candidates)
        else:
            scores[start : start + BATCH] = [model.continuations(prefix, candidates) for prefix in batch]
    odds = (scores[:, 0] - scores[:, 1]).reshape(len(everyone), len(asked.templates))
    neutral = odds[len(words) :]
    prior = np.broadcast_to(neutral.mean(axis=0), (len(words), len(asked.templates)))
    return PronounScores(odds[: len(words)], prior, neutral)


def batched_continuations(model: TransformersModel, prefixes: Sequence[str], candidates: Sequence[str]) -> Floats:
    """``model.continuations`` for many prefixes in one forward pass; shape (prefixes, candidates), nats.

    The last token of a candidate is only predicted, never read, and a shorter beginning is read
    with the longest one: "The nurse said that" + " he" or " she" takes one row. Rows are filled up
    on the right, where a causal model does not look.
    """
    import torch

    starts = [len(model.ids(prefix)) for prefix in prefixes]
    joined = [[model.ids(prefix + candidate) for candidate in candidates] for prefix in prefixes]
    rows: list[list[int]] = []
    row_of: list[list[int]] = []
    for ways in joined:
        longest_first = sorted((ids[:-1] for ids in ways), key=len, reverse=True)
        kept: list[list[int]] = []
        for ids in longest_first:
            if not any(other[: len(ids)] == ids for other in kept):
                kept.append(ids)
        row_of.append([len(rows) + next(k for k, row in enumerate(kept) if row[: len(i) - 1] == i[:-1]) for i in ways])
        rows += kept
    inputs = torch.zeros((len(rows), max(map(len, rows))), dtype=torch.long)
    for line, ids in zip(inputs, rows, strict=True):
        line[: len(ids)] = torch.tensor(ids)
    with torch.inference_mode():
        logits = model.model(inputs.to(model.model.device), use_cache=False).logits
    totals = np.zeros((len(prefixes), len(candidates)))
    for i, (start, ways) in enumerate(zip(starts, joined, strict=True)):
        for j, ids in enumerate(ways):
            steps = torch.log_softmax(logits[row_of[i][j], start - 1 : len(ids) - 1].float(), dim=-1)
            totals[i, j] = float(steps.gather(1, torch.tensor(ids[start:], device=steps.device)[:, None]).sum())
    return totals


def _masked(model: TransformersModel, words: Sequence[str], asked: Sentences, on_step: OnStep) -> PronounScores:
    """Each sentence twice: pronoun hidden (odds), pronoun and word hidden (prior)."""
    shape = (len(words), len(asked.templates))
    odds, prior = np.empty(shape), np.empty(shape)
    for i, word in enumerate(words):
        on_step(i, len(words))
        for j, template in enumerate(asked.templates):
            odds[i, j], prior[i, j] = masked_odds(model, template, word, asked.he, asked.she)
    return PronounScores(odds, prior, None)


def masked_odds(model: TransformersModel, template: str, word: str, he: str, she: str) -> tuple[float, float]:
    """log p(he) − log p(she) at the hidden pronoun: with the word, then with every token of the word hidden.

    Errors: ``BadInput`` when the two pronouns are not one token each in this model.
    """
    import torch

    with_he = model.tokenizer(template.format(word=word, pronoun=he), return_offsets_mapping=True)
    ids = list(with_he["input_ids"])
    other = model.ids(template.format(word=word, pronoun=she), special=True)
    places = [place for place, pair in enumerate(zip(ids, other, strict=False)) if pair[0] != pair[1]]
    if len(ids) != len(other) or len(places) != 1:
        raise BadInput(
            f"{model.name} cuts '{he}' or '{she}' into several pieces, so one gap cannot stand for it. Try another model.",
            f"{model.name} coupe « {he} » ou « {she} » en plusieurs morceaux : un seul trou n’y suffit pas. "
            "Essayez un autre modèle.",
        )
    place = places[0]
    first = template.index("{word}")
    hidden = [
        at for at, (low, high) in enumerate(with_he["offset_mapping"]) if low < first + len(word) and high > first
    ]
    rows = torch.tensor([ids, ids])
    rows[:, place] = model.tokenizer.mask_token_id
    rows[1, hidden] = model.tokenizer.mask_token_id
    with torch.inference_mode():
        logits = model.model(rows.to(model.model.device)).logits[:, place].float()
    # The normalising term of the softmax is the same for both pronouns: it cancels in the difference.
    odds, prior = (logits[:, ids[place]] - logits[:, other[place]]).tolist()
    return odds, prior
