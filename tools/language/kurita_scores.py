"""Log-probability association of two groups of targets with two groups of attributes, read from both sides.

    S(t, w) = log p(t | a sentence with w) − log p(t | the same sentence, w hidden)        masked model
    S(t, w) = log p(w | a sentence begun with t) − log p(w | begun with a neutral subject)  causal model

The first is the score of Kurita et al. 2019 (arXiv 1906.07337); both estimate the same thing, the
pointwise mutual information of t and w, each from the side its model can see. The table S has one
difference D in nats and two effect sizes: over its columns (attributes) and over its rows (targets).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadInput
from tools.language.kurita_sets import Category
from tools.language.pronouns import batched_continuations
from tools.specimens.language import LanguageModel, TransformersModel
from tools.words.association import CONFIDENCE, RESAMPLES, Comparison, compare, effect_size

Floats = NDArray[np.float64]
OnStep = Callable[[int, int], None]
BEGINNINGS = 4  # sentence beginnings read at once by a causal model, each with every attribute
ROWS = 16  # sentences read at once by a masked model


@dataclass(frozen=True)
class Measured:
    """All the numbers of one category.

    Args:
        category: with the targets that the model could score, and no others.
        left_out: targets that a masked model cuts into several pieces.
        scores: S, shape (sentences, targets, attributes), nats.
        masked: which of the two forms S has.
        difference: D with the bounds of its interval, nats.
        by_attribute, by_target: the two readings of the same table.
        pooled: d over the attributes when each sentence is a separate observation, as in the published notebook.
    """

    category: Category
    left_out: list[str]
    scores: Floats
    masked: bool
    difference: tuple[float, float, float]
    by_attribute: Comparison
    by_target: Comparison
    pooled: float

    @property
    def attribute_scores(self) -> Floats:
        """Mean of S over X minus mean over Y, shape (attributes,)."""
        return attribute_scores(self.scores.mean(axis=0), len(self.category.x))

    @property
    def target_scores(self) -> Floats:
        """Mean of S over A minus mean over B, shape (targets,)."""
        return target_scores(self.scores.mean(axis=0), len(self.category.a))


def attribute_scores(table: Floats, nx: int) -> Floats:
    """Of each attribute: mean of S over the first ``nx`` targets minus mean over the others."""
    scores: Floats = table[:nx].mean(axis=0) - table[nx:].mean(axis=0)
    return scores


def target_scores(table: Floats, na: int) -> Floats:
    """Of each target: mean of S over the first ``na`` attributes minus mean over the others."""
    scores: Floats = table[:, :na].mean(axis=1) - table[:, na:].mean(axis=1)
    return scores


def measure(model: LanguageModel, category: Category, rng: np.random.Generator, on_step: OnStep) -> Measured:
    """Scores the table and reads it from both sides.

    Errors: ``BadInput`` when a masked model knows too few targets, or when nothing varies.
    """
    masked = isinstance(model, TransformersModel) and model.masked
    left_out: list[str] = []
    if isinstance(model, TransformersModel) and model.masked:
        ids, left_out = target_ids(model, category)
        category = replace(category, x=[t for t in category.x if t in ids], y=[t for t in category.y if t in ids])
        scores = masked_scores(model, category, ids, on_step)
    else:
        scores = causal_scores(model, category, on_step)
    table, nx, na = scores.mean(axis=0), len(category.x), len(category.a)
    by_attribute, by_target = attribute_scores(table, nx), target_scores(table, na)
    if min(np.ptp(by_attribute), np.ptp(by_target)) == 0:
        raise BadInput(
            f"{category.name}: all words have the same score in this model, so d is not defined. Try another model.",
            f"{category.name} : tous les mots ont le même score dans ce modèle, d n’est donc pas défini. "
            "Essayez un autre modèle.",
        )
    apart = np.stack([attribute_scores(one, nx) for one in scores])  # (sentences, attributes)
    return Measured(
        category, left_out, scores, masked, difference(table, nx, na, rng),
        compare(by_attribute[:na], by_attribute[na:], rng), compare(by_target[:nx], by_target[nx:], rng),
        effect_size(apart[:, :na].ravel(), apart[:, na:].ravel()),
    )  # fmt: skip


def difference(table: Floats, nx: int, na: int, rng: np.random.Generator) -> tuple[float, float, float]:
    """D = [S(X, A) − S(X, B)] − [S(Y, A) − S(Y, B)], with a percentile bootstrap of targets and attributes together."""
    draws = (_weights(table.shape[0], nx, rng) @ table * _weights(table.shape[1], na, rng)).sum(axis=1)
    low, high = np.quantile(draws, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    scores = attribute_scores(table, nx)
    return float(scores[:na].mean() - scores[na:].mean()), float(low), float(high)


def _weights(n: int, first: int, rng: np.random.Generator) -> Floats:
    """Each redraw of two groups as weights: +1/size in the first, −1/size in the second; shape (RESAMPLES, n)."""
    weights = np.zeros((RESAMPLES, n))
    rows = np.arange(RESAMPLES)[:, None]
    np.add.at(weights, (rows, rng.integers(0, first, (RESAMPLES, first))), 1 / first)
    np.add.at(weights, (rows, rng.integers(first, n, (RESAMPLES, n - first))), -1 / (n - first))
    return weights


def written(template: str, frame: str, word: str, attribute: str = "") -> str:
    """A sentence of a category, its first letter a capital."""
    text = template.format(subject=frame.format(word=word), attribute=attribute)
    return text[:1].upper() + text[1:]


def causal_scores(model: LanguageModel, category: Category, on_step: OnStep) -> Floats:
    """S of a causal model: each attribute after each beginning, less the mean over the neutral beginnings."""
    frames = [(category.frame(word), word) for word in category.targets] + [
        ("{word}", word) for word in category.neutral
    ]
    starts = [template.removesuffix(" {attribute}.") for template in category.sentences]
    beginnings = [written(start, frame, word) for start in starts for frame, word in frames]
    ends = [" " + word for word in category.attributes]
    found = np.empty((len(beginnings), len(ends)))
    for start in range(0, len(beginnings), BEGINNINGS):
        on_step(start, len(beginnings))
        batch = beginnings[start : start + BEGINNINGS]
        if isinstance(model, TransformersModel):
            found[start : start + BEGINNINGS] = batched_continuations(model, batch, ends)
        else:
            found[start : start + BEGINNINGS] = [model.continuations(beginning, ends) for beginning in batch]
    table = found.reshape(len(category.sentences), len(frames), len(ends))
    n = len(category.targets)
    scores: Floats = table[:, :n] - table[:, n:].mean(axis=1, keepdims=True)
    return scores


def target_ids(model: TransformersModel, category: Category) -> tuple[dict[str, dict[str, int]], list[str]]:
    """Target → template → its token number; and the targets that are not one known token, which have no single gap."""
    mask, found, left_out = model.tokenizer.mask_token, {}, []
    for word in category.targets:
        tokens: dict[str, int] = {}
        for template in category.sentences:
            ids, hidden = (
                model.ids(written(template, category.frame(word), filler, category.a[0]), special=True)
                for filler in (word, mask)
            )
            places = [place for place, pair in enumerate(zip(ids, hidden, strict=False)) if pair[0] != pair[1]]
            if len(ids) == len(hidden) and len(places) == 1 and ids[places[0]] != model.tokenizer.unk_token_id:
                tokens[template] = ids[places[0]]
        if len(tokens) == len(category.sentences):
            found[word] = tokens
        else:
            left_out.append(word)
    for group, label in ((category.x, category.theme.x), (category.y, category.theme.y)):
        known = sum(word in found for word in group)
        if known < 2:
            raise BadInput(
                f"{model.name} knows {known} of the {len(group)} {label.en} as one piece, and two are needed. Try another model.",
                f"{model.name} ne connaît en un seul morceau que {known} mot sur {len(group)} parmi {label.fr}, "
                "et il en faut deux. Essayez un autre modèle.",
            )
    return found, left_out


def masked_scores(
    model: TransformersModel, category: Category, ids: dict[str, dict[str, int]], on_step: OnStep
) -> Floats:
    """S of a masked model: the gap of the subject, read with each attribute, then with the attribute hidden too."""
    mask, targets = model.tokenizer.mask_token, category.targets
    scores = np.empty((len(category.sentences), len(targets), len(category.attributes)))
    frames = list(dict.fromkeys(category.frame(word) for word in targets))
    done, total = 0, len(category.sentences) * len(frames)
    for i, template in enumerate(category.sentences):
        for frame in frames:
            on_step(done, total)
            done += 1
            sentences = [written(template, frame, mask, word) for word in [*category.attributes, mask]]
            logprobs = first_gap(model, sentences)
            for j, word in enumerate(targets):
                if category.frame(word) == frame:
                    seen = logprobs[:, ids[word][template]]
                    scores[i, j] = seen[:-1] - seen[-1]
    return scores


def first_gap(model: TransformersModel, sentences: list[str]) -> Floats:
    """Log-probabilities of the whole vocabulary at the first gap of each sentence, shape (sentences, vocabulary)."""
    import torch

    found = []
    for start in range(0, len(sentences), ROWS):
        batch = model.tokenizer(sentences[start : start + ROWS], padding=True, return_tensors="pt")
        places = (batch["input_ids"] == model.tokenizer.mask_token_id).int().argmax(dim=1)
        with torch.inference_mode():
            logits = model.model(**batch.to(model.model.device)).logits.float().cpu()
        found.append(torch.log_softmax(logits[torch.arange(len(places)), places], dim=-1).double().numpy())
    return np.concatenate(found)
