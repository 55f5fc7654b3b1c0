"""One unit examined: the pictures found for it, the best real patches, noise, and how alike the pictures are.

Nothing here knows any words. Every picture, found, real or noise, is shown to the network in the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tools.vision.features.paint import Objective, Paint, maximise, pictures, start
from tools.vision.features.units import Unit

if TYPE_CHECKING:
    import torch

    from tools.specimens.vision import Classifier

Floats = NDArray[np.float64]
Pixels = NDArray[np.uint8]
OnStep = Callable[[str, int, int], None]

SMOOTH = {"class": 90.0, "channel": 8.0, "neuron": 8.0}  # price of rough pixels against the unit's own scale
NOISE = 24  # random pictures with the frequencies of photographs
NOISE_SPREAD = 0.4  # standard deviation of their frequencies: visible structure, colours not at their limit
BATCH = 8
SHARES = (1.0, 0.5)  # sides of the patches, as shares of the picture’s short side
BEST = 3  # real patches that are shown


@dataclass(frozen=True)
class Patch:
    """A square of a picture: which one, left, top and side in its pixels, and what the unit makes of it."""

    picture: str
    left: int
    top: int
    side: int
    pixels: Pixels
    value: float


@dataclass(frozen=True)
class Measured:
    """What was found for a unit.

    Attributes:
        found: the pictures, (n, S, S, 3) in 0 to 255; ``values`` and ``shares``: activation of each, and the
            probability of the class (empty for a channel or neuron).
        patches: the best real ones, one a picture, highest first; ``real``: activations of all patches.
        noise: activations of random pictures.
        alike, alike_real: cosine of the features of each pair of found pictures, and of each pair of whole real ones.
    """

    unit: Unit
    found: Pixels
    values: Floats
    shares: Floats
    patches: list[Patch]
    real: Floats
    noise: Floats
    alike: Floats
    alike_real: Floats


def cut(name: str, pixels: Pixels) -> list[tuple[str, int, int, int]]:
    """The squares looked at in a picture: the middle one, and a grid of half sides that overlap by half."""
    height, width = pixels.shape[:2]
    places = []
    for share in SHARES:
        side = int(min(height, width) * share)
        steps = [1, 1] if share == 1 else [max(2, round(2 * length / side) - 1) for length in (height, width)]
        tops, lefts = (
            np.linspace(0, length - side, n).astype(int) if n > 1 else np.array([(length - side) // 2])
            for length, n in zip((height, width), steps, strict=True)
        )
        places += [(name, int(left), int(top), side) for top in tops for left in lefts]
    return places


def activations(objective: Objective, batch: torch.Tensor, on_step: Callable[[int], None]) -> Floats:
    """The unit's activation for each picture of (n, 3, S, S), a few at a time."""
    import torch

    values = []
    for begin in range(0, len(batch), BATCH):
        on_step(begin)
        with torch.no_grad():
            values.append(objective(batch[begin : begin + BATCH]).numpy().astype(np.float64))
    return np.concatenate(values)


def best_patches(
    model: Classifier, objective: Objective, library: dict[str, Pixels], on_step: OnStep
) -> tuple[list[Patch], Floats]:
    """The patch of each picture that excites the unit most (the ``BEST`` highest), and the activations of all patches."""
    import torch

    places = [place for name, pixels in library.items() for place in cut(name, pixels)]
    squares = [library[name][top : top + side, left : left + side] for name, left, top, side in places]
    batch = torch.stack([model.prepare(square) for square in squares])
    values = activations(objective, batch, lambda done: on_step("patches", done, len(squares)))
    best: dict[str, Patch] = {}
    for (name, left, top, side), square, value in zip(places, squares, values.tolist(), strict=True):
        if name not in best or value > best[name].value:
            best[name] = Patch(name, left, top, side, square, value)
    return sorted(best.values(), key=lambda patch: -patch.value)[:BEST], values


def pairs(model: Classifier, batch: torch.Tensor) -> Floats:
    """Cosine between the features (the layer before the classes) of each pair of pictures."""
    import torch

    with torch.no_grad():
        rows = model.embed(batch).numpy().astype(np.float64)
    rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    upper = np.triu_indices(len(rows), 1)
    alike: Floats = (rows @ rows.T)[upper]
    return alike


def measure(
    model: Classifier, unit: Unit, objective: Objective, library: dict[str, Pixels], steps: int, seeds: int, seed: int, on_step: OnStep
) -> Measured:  # fmt: skip
    """Searches ``seeds`` pictures, then lays real patches and noise beside them."""
    import torch

    patches, real = best_patches(model, objective, library, on_step)
    paint = Paint(192, steps, _smooth(unit, real))
    found = maximise(objective, paint, seeds, seed, lambda done, total, _: on_step("search", done, total))
    with torch.no_grad():
        shown = torch.nn.functional.interpolate(found, size=(model.size, model.size), mode="bilinear", antialias=True)
        noise = pictures(start(NOISE, model.size, seed + 1) * NOISE_SPREAD / 0.01, model.size)
        shares = (
            model.logits(shown).softmax(1)[:, unit.index].numpy().astype(np.float64)
            if unit.kind == "class"
            else np.zeros(0)
        )

    def quiet(done: int) -> None:
        on_step("noise", done, NOISE)

    return Measured(
        unit, np.rint(found.permute(0, 2, 3, 1).numpy() * 255).astype(np.uint8), activations(objective, shown, quiet), shares,
        patches, real, activations(objective, noise, quiet), pairs(model, shown), pairs(model, torch.stack([model.prepare(pixels) for pixels in library.values()])),
    )  # fmt: skip


def _smooth(unit: Unit, real: Floats) -> float:
    """The price of rough pixels, on the scale of what real patches do to the unit (a logit spreads over about 2)."""
    return SMOOTH[unit.kind] * float(real.std()) / (2.0 if unit.kind == "class" else 1.0)


def first_layer(model: Classifier) -> NDArray[np.float32] | None:
    """The filters of the first layer that reads colours, (n, rows, columns, 3), each from 0 to 1 with 0.5 for zero."""
    from torch import nn

    for layer in model.module.modules():
        if isinstance(layer, nn.Conv2d) and layer.in_channels == 3:
            weights: NDArray[np.float32] = layer.weight.detach().permute(0, 2, 3, 1).numpy()
            strongest = np.abs(weights).max(axis=(1, 2, 3), keepdims=True)
            scaled: NDArray[np.float32] = 0.5 + 0.5 * weights / np.maximum(strongest, 1e-12)
            return scaled
    return None
