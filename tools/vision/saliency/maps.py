"""One map by one method, with what the method itself lets one check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from tools.vision.saliency import gradients, removals
from tools.vision.saliency.score import Beat, Floats, Integers, Scorer, cells_of

Method = Literal["gradcam", "integrated_gradients", "smoothgrad", "occlusion", "lime", "shap"]
METHODS: tuple[Method, ...] = get_args(Method)
ADDITIVE: tuple[Method, ...] = ("integrated_gradients", "shap")  # values that must add up to a known total
FULL: dict[str, int] = {"integrated_gradients": 64, "smoothgrad": 25, "occlusion": 11, "lime": 300, "shap": 400}
BRIEF: dict[str, int] = {"integrated_gradients": 12, "smoothgrad": 8, "occlusion": 6, "lime": 64, "shap": 96}
"""Steps, noisy copies, places to a side or samples: for the map, and for each copy with random weights."""
TOLERANCE = 0.01  # completeness gap above which integrated gradients take twice the steps


@dataclass(frozen=True)
class Map:
    """Values of shape (S, S), positive where the picture speaks for the class.

    Args:
        cells: their means over 14 × 14 cells, the unit of every comparison.
        effort: steps, noisy copies, patches or samples.
        parts: superpixels, where the method uses them.
        total, expected: the sum of the values, and what it must be, for the methods that promise one.
        fit: weighted R² of the linear model behind LIME and SHAP.
    """

    method: Method
    values: Floats
    cells: Floats
    effort: int
    parts: int | None = None
    total: float | None = None
    expected: float | None = None
    fit: float | None = None

    @property
    def gap(self) -> float | None:
        """How far the values are from adding up, as a share of what they must add up to."""
        if self.total is None or self.expected is None:
            return None
        return abs(self.total - self.expected) / max(abs(self.expected), 1e-9)

    @property
    def mass(self) -> Floats:
        """What speaks for the class: the positive part of the cells, as shares of 1 (even shares when there is none)."""
        positive = np.maximum(self.cells, 0)
        total = float(positive.sum())
        found: Floats = positive / total if total > 0 else np.full_like(positive, 1 / positive.size)
        return found

    @property
    def empty(self) -> bool:
        """Whether nothing in the map speaks for the class."""
        return not bool((self.cells > 0).any())


def draw(
    method: Method, scorer: Scorer, parts: Integers, efforts: dict[str, int], rng: np.random.Generator, beat: Beat
) -> Map:
    """The map of one method; ``efforts`` says how many steps or samples it may take."""
    effort = efforts.get(method, 1)
    if method in ("lime", "shap"):
        fit = (removals.lime if method == "lime" else removals.shap)(scorer, parts, effort, rng, beat)
        values = fit.values[parts]
        total, expected = (float(fit.values.sum()), _difference(scorer, beat)) if method == "shap" else (None, None)
        return Map(method, values, cells_of(values), effort, len(fit.values), total, expected, fit.fit)
    if method == "gradcam":
        values = gradients.gradcam(scorer, beat)
    elif method == "integrated_gradients":
        values, expected = gradients.integrated_gradients(scorer, effort, beat), _difference(scorer, beat)
        found = Map(method, values, cells_of(values), effort, None, float(values.sum()), expected)
        if effort < FULL[method] or (found.gap or 0) <= TOLERANCE or effort > FULL[method]:
            return found
        return draw(method, scorer, parts, {method: 2 * effort}, rng, beat)  # once more, with twice the steps
    elif method == "smoothgrad":
        values = gradients.smoothgrad(scorer, effort, rng, beat)
    else:
        values = removals.occlusion(scorer, effort, beat)
    return Map(method, values, cells_of(values), effort**2 if method == "occlusion" else effort)


def _difference(scorer: Scorer, beat: Beat) -> float:
    """score(picture) − score(blank), what the values of an additive method add up to."""
    import torch

    full, empty = scorer.scores(torch.stack([scorer.picture, scorer.blank]), beat)
    return float(full - empty)
