"""One word in many sentences: its hidden state in every layer, and whether its senses lie apart there.

Self-similarity (mean cosine between occurrences) after Ethayarajh 2019 (arXiv 1909.00512); silhouette after Rousseeuw
1987 (J. Comput. Appl. Math. 20:53), on cosine distances, with the senses as groups. The best layer is tested against
the best layer of shuffled labels, so that choosing it is paid for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadInput
from tools.finding import Text
from tools.language.contextual_sentences import Example
from tools.language.inside import Floats, OnStep, Reading, occurrence, read, word_states
from tools.specimens.language import TransformersModel
from tools.words.association import CONFIDENCE, RESAMPLES

Ints = NDArray[np.intp]
SHUFFLES = 2_000
CHUNK = 100  # shuffles handled at once
SAME_POINT = 1e-6  # cosine distance below which two hidden states are one point
MOST_TOKENS = 256


@dataclass(frozen=True)
class Senses:
    """How far the senses lie apart; labelled occurrences only (``rows``), every array with a place for each layer.

    ``silhouette`` and ``right`` (the share of occurrences whose nearest other has the same sense), shape (layers,);
    ``low``, ``high`` the middle 95% of the silhouettes of shuffled labels. ``p`` and ``p_right`` are those of the
    layer shown, corrected for the choice among layers when it was chosen; ``points`` its silhouettes one by one.
    """

    rows: list[int]
    silhouette: Floats
    low: Floats
    high: Floats
    right: Floats
    chance: float
    p: float
    p_right: float
    points: Floats
    interval: tuple[float, float]


@dataclass(frozen=True)
class Measured:
    """One run: ``cosines`` (layers, n, n) between the occurrences.

    ``labels[i]`` is the place in ``senses`` of the sense of occurrence ``i``, −1 without one; ``layer`` the one shown.
    """

    word: str
    examples: list[Example]
    spans: list[tuple[int, int]]
    left_out: list[tuple[str, Text]]
    senses: list[Text]
    labels: Ints
    cosines: Floats
    layer: int
    chosen: bool
    apart: Senses | None
    masked: bool

    @property
    def similarity(self) -> Floats:
        """The mean cosine between two occurrences, layer by layer."""
        upper = np.triu_indices(self.cosines.shape[1], 1)
        means: Floats = self.cosines[:, upper[0], upper[1]].mean(axis=1)
        return means

    @property
    def first_points(self) -> int:
        """How many different points the occurrences are in layer 0."""
        near = 1 - self.cosines[0] < SAME_POINT
        return sum(not near[i, :i].any() for i in range(len(near)))

    def nearest(self, layer: int) -> Ints:
        """The other occurrence with the largest cosine, for each, shape (n,)."""
        cosines = self.cosines[layer] - 3 * np.eye(self.cosines.shape[1])
        found: Ints = cosines.argmax(axis=1)
        return found


def measure(
    model: TransformersModel,
    word: str,
    examples: Sequence[Example],
    layer: int,
    rng: np.random.Generator,
    on_step: OnStep,
) -> Measured:
    """Reads every sentence and does the statistics; ``layer`` −1 is the one where the senses lie furthest apart.

    Errors: ``BadInput`` for fewer than two usable sentences, or a layer that does not exist.
    """
    kept, readings, places, spans, left_out = _occurrences(model, word, examples)
    states = word_states(model, readings, places, on_step)
    layers = states.shape[1]
    if layer >= layers:
        raise BadInput(
            f"This model has layers 0 (the embedding) to {layers - 1}; −1 chooses one.",
            f"Ce modèle a les couches 0 (le plongement) à {layers - 1} ; −1 en choisit une.",
        )
    unit = states / np.linalg.norm(states, axis=-1, keepdims=True)
    cosines = np.einsum("ild,jld->lij", unit, unit)
    senses = list({e.sense.en: e.sense for e in kept if e.sense}.values())
    index = {sense.en: i for i, sense in enumerate(senses)}
    labels = np.array([index[e.sense.en] if e.sense else -1 for e in kept], dtype=np.intp)
    apart, shown = separate(cosines, labels, layer, rng)
    return Measured(word, kept, spans, left_out, senses, labels, cosines, shown, layer < 0, apart, model.masked)


def _occurrences(
    model: TransformersModel, word: str, examples: Sequence[Example]
) -> tuple[list[Example], list[Reading], list[list[int]], list[tuple[int, int]], list[tuple[str, Text]]]:
    """The usable sentences, their readings, the tokens and the letters of the word, and the sentences left out."""
    kept, readings, places, spans, left_out = [], [], [], [], []
    for example in examples:
        span = occurrence(example.text, word)
        if span is None:
            left_out.append((example.text, Text(en=f"“{word}” is not in it", fr=f"« {word} » n’y est pas")))
            continue
        reading = read(model, example.text)
        tokens = reading.tokens(*span)
        if not model.masked and tokens[-1] == 0:
            left_out.append((example.text, Text(en="the word comes first", fr="le mot est en tête")))
        elif len(reading.ids) > MOST_TOKENS:
            left_out.append((example.text, Text(en=f"over {MOST_TOKENS} tokens", fr=f"plus de {MOST_TOKENS} tokens")))
        else:
            kept.append(example)
            readings.append(reading)
            places.append(tokens if model.masked else tokens[-1:])
            spans.append(span)
    if len(kept) < 2:
        raise BadInput(
            f"Fewer than two sentences hold “{word}” as a whole word that is not the first. Give two or more, one a line.",
            f"Moins de deux phrases contiennent « {word} » en mot entier ailleurs qu’en tête. Donnez-en deux ou plus, une par ligne.",
        )
    return kept, readings, places, spans, left_out


def principal_plane(cosines: Floats) -> tuple[Floats, float]:
    """The first two principal components of unit vectors: points (n, 2), and the share of variance they show.

    The cosines are the products of these vectors, which is all that the components need. The sign of each axis is set
    by its largest point, so that the same vectors give the same map.
    """
    n = len(cosines)
    centring = np.eye(n) - 1 / n
    sizes, axes = np.linalg.eigh(centring @ cosines @ centring)
    sizes = np.maximum(sizes, 0)
    if sizes.sum() < SAME_POINT:
        return np.zeros((n, 2)), 1.0
    points = axes[:, [-1, -2]] * np.sqrt(sizes[[-1, -2]])
    points *= np.where(points[np.abs(points).argmax(axis=0), [0, 1]] < 0, -1, 1)
    return points, float(sizes[-2:].sum() / sizes.sum())


def silhouettes(distances: Floats, labels: Ints) -> Floats:
    """Rousseeuw's s = (b − a) / max(a, b) of each point, for several labellings at once.

    ``a`` is the mean distance to the others of the same label, ``b`` that to the nearest other label; a point alone
    in its label, or with a = b = 0, has 0.

    Args:
        distances: shape (layers, n, n). labels: shape (labellings, n), from 0. Returns (labellings, layers, n).
    """
    layers, n, _ = distances.shape
    count = int(labels.max()) + 1
    member = (labels[:, None, :] == np.arange(count)[None, :, None]).astype(float)  # (labellings, labels, n)
    sums = (distances.reshape(layers * n, n) @ member.reshape(-1, n).T).reshape(layers, n, -1, count)
    sums = sums.transpose(2, 0, 1, 3)  # (labellings, layers, n, labels)
    sizes = member.sum(axis=2)[:, None, None, :]
    own = np.broadcast_to(member.transpose(0, 2, 1)[:, None], sums.shape) > 0
    alone = np.broadcast_to((sizes * own).sum(axis=-1) < 2, sums.shape[:-1])
    a = (sums * own).sum(axis=-1) / np.maximum((sizes * own).sum(axis=-1) - 1, 1)
    b = np.where(own | (sizes == 0), np.inf, sums / np.maximum(sizes, 1)).min(axis=-1)
    largest = np.maximum(a, b)
    found: Floats = np.where(alone | (largest == 0), 0.0, (b - a) / np.where(largest == 0, 1, largest))
    return found


def separate(cosines: Floats, labels: Ints, layer: int, rng: np.random.Generator) -> tuple[Senses | None, int]:
    """How far the senses lie apart in every layer, and which layer to show.

    ``None`` without two senses of two occurrences each; the layer shown is then the last, unless one was asked for.
    """
    sizes = np.bincount(labels[labels >= 0]) if (labels >= 0).any() else np.array([0])
    if (sizes >= 2).sum() < 2:
        return None, layer if layer >= 0 else len(cosines) - 1
    rows = [i for i, label in enumerate(labels) if label >= 0]
    near = cosines[:, rows][:, :, rows]
    distances = 1 - near
    distances[distances < SAME_POINT] = 0.0
    mine = labels[rows]
    each = silhouettes(distances, mine[None])[0]
    silhouette = each.mean(axis=1)
    closest = (near - 3 * np.eye(len(rows))).argmax(axis=2)  # (layers, n)
    right = (mine[closest] == mine).mean(axis=1)
    shuffled, shuffled_right = _shuffles(distances, closest, mine, rng)
    shown = layer if layer >= 0 else 1 + int(silhouette[1:].argmax())  # layer 0 has not read the sentence
    of, of_right = (draws[:, shown] if layer >= 0 else draws[:, 1:].max(axis=1) for draws in (shuffled, shuffled_right))
    low, high = np.quantile(shuffled, [0.025, 0.975], axis=0)
    points = each[shown]
    means = points[rng.integers(0, len(points), (RESAMPLES, len(points)))].mean(axis=1)
    bounds = np.quantile(means, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    own = np.bincount(mine)[mine]
    return Senses(
        rows, silhouette, low, high, right, float(((own - 1) / (len(rows) - 1)).mean()),
        p_of(of, float(silhouette[shown])), p_of(of_right, float(right[shown])), points, (float(bounds[0]), float(bounds[1])),
    ), shown  # fmt: skip


def p_of(shuffled: Floats, value: float) -> float:
    """The share of shuffles at least as large, the real labels counted among them."""
    return float(((shuffled >= value - 1e-12).sum() + 1) / (len(shuffled) + 1))


def _shuffles(distances: Floats, closest: Ints, labels: Ints, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Mean silhouette and share of right neighbours of ``SHUFFLES`` shuffled labellings, each (shuffles, layers)."""
    found, right = [], []
    for _ in range(SHUFFLES // CHUNK):
        drawn = rng.permuted(np.tile(labels, (CHUNK, 1)), axis=1)
        found.append(silhouettes(distances, drawn).mean(axis=2))
        right.append((drawn[:, closest] == drawn[:, None, :]).mean(axis=2))
    return np.concatenate(found), np.concatenate(right)
