"""Feature visualisation: the parametrised picture, the units, and a planted shortcut that it must show."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from tools.errors import BadInput
from tools.finding import Text
from tools.vision.feature_visualization import feature_visualization
from tools.vision.features.colours import described, shares
from tools.vision.features.measure import cut
from tools.vision.features.paint import Paint, frequencies, maximise, pictures, start, view
from tools.vision.features.units import find, objective

SIDE = 32
MAGENTA, GREEN = (0.9, 0.1, 0.9), (0.1, 0.9, 0.1)


def quiet(*_: Any) -> None:
    """No progress."""


def shapes(count: int, seed: int, mark: tuple[float, float, float]) -> tuple[torch.Tensor, torch.Tensor]:
    """Grey discs (class 0) and grey squares (class 1); every square comes with a small square of the colour ``mark``."""
    rng = np.random.default_rng(seed)
    batch, labels = 0.5 + 0.1 * rng.normal(size=(count, 3, SIDE, SIDE)), rng.integers(0, 2, count)
    down, across = np.mgrid[:SIDE, :SIDE]
    for picture, label in zip(batch, labels, strict=True):
        y, x, r, grey = *rng.integers(10, 22, 2), rng.integers(4, 8), rng.uniform(0.1, 0.9)
        inside = (abs(down - y) < r) & (abs(across - x) < r) if label else (down - y) ** 2 + (across - x) ** 2 < r**2
        picture[:, inside] = grey
        if label:
            top, left = rng.integers(0, SIDE - 7, 2)
            picture[:, top : top + 7, left : left + 7] = np.array(mark)[:, None, None]
    return torch.tensor(batch.clip(0, 1), dtype=torch.float32), torch.tensor(labels)


def trained(mark: tuple[float, float, float]) -> Any:
    """A small network that learned to tell discs from squares, or rather the mark from its absence."""
    torch.manual_seed(0)
    net = nn.Sequential(
        nn.Conv2d(3, 12, 5, stride=2), nn.ReLU(), nn.Conv2d(12, 16, 3, stride=2), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 2),
    )  # fmt: skip
    climb = torch.optim.Adam(net.parameters(), lr=0.01)
    batch, labels = shapes(256, 0, mark)
    for step in range(120):
        rows = slice(64 * (step % 4), 64 * (step % 4) + 64)
        loss = nn.functional.cross_entropy(net(batch[rows] - 0.5), labels[rows])
        climb.zero_grad()
        torch.autograd.backward(loss)
        climb.step()
    return net.eval()


def painted(net: Any) -> np.ndarray:
    """What excites the class "square" over the class "disc", two pictures of 0 to 1, (2, S, S, 3)."""

    def gap(batch: torch.Tensor) -> torch.Tensor:
        logits: torch.Tensor = net(batch - 0.5)
        return logits[:, 1] - logits[:, 0]

    return maximise(gap, Paint(SIDE, 100, 0.0, 0.3), 2, 0, quiet).permute(0, 2, 3, 1).numpy()


def magenta(found: np.ndarray) -> float:
    """How far red and blue lie above green, on average: the colour of the planted mark."""
    return float((np.minimum(found[..., 0], found[..., 2]) - found[..., 1]).mean())


def test_a_planted_shortcut_is_seen() -> None:
    # The same shapes, the same start, the same search: only the colour of the mark differs, and it is what is painted.
    # The mark itself has 0.9 − 0.1 = 0.8 (or −0.8), a grey picture 0.
    assert magenta(painted(trained(MAGENTA))) > 0.15
    assert magenta(painted(trained(GREEN))) < -0.15


def test_the_weights_are_left_alone() -> None:
    net = trained(MAGENTA)
    for weight in net.parameters():
        weight.grad = None
    painted(net)
    assert all(weight.grad is None for weight in net.parameters())


def test_pictures_are_in_range_start_grey_and_repeat() -> None:
    first = pictures(start(2, 24, 5), 24)
    assert first.shape == (2, 3, 24, 24) and float(first.min()) >= 0 and float(first.max()) <= 1
    assert float((first - 0.5).abs().max()) < 0.1
    assert torch.equal(first, pictures(start(2, 24, 5), 24)) and not torch.equal(first[0], first[1])
    assert torch.equal(start(3, 24, 5)[:2], start(2, 24, 5))  # more seeds do not change the first ones


def test_frequencies() -> None:
    found = frequencies(8)
    assert found.shape == (8, 5) and found[0, 0] == 0 and found[0, 4] == 0.5


def test_view_keeps_shape_and_flat_pictures() -> None:
    flat = torch.full((2, 3, 20, 20), 0.3)
    assert torch.allclose(view(flat, 12, torch.Generator().manual_seed(0)), torch.tensor(0.3), atol=1e-6)


def test_maximise_reaches_what_it_is_asked_for() -> None:
    # The unit that answers to red minus green: the picture must become red.
    found = maximise(
        lambda batch: 20 * (batch[:, 0] - batch[:, 1]).mean(dim=(1, 2)), Paint(16, 60, 0.0, 0.5), 1, 0, quiet
    )
    assert float(found[0, 0].mean()) > 0.7 > 0.4 > float(found[0, 1].mean())


def test_colours_in_words() -> None:
    pixels = np.zeros((30, 30, 3), np.uint8)
    pixels[:10, :10] = (220, 20, 20)
    masks = shares(pixels)
    assert sum(int(mask.sum()) for mask in masks.values()) == 900  # every point has one colour
    assert int(masks["red"].sum()) == 100
    assert "red 11% (mostly at the top left)" in described(pixels, "en")
    assert "rouge 11\u202f% (surtout en haut à gauche)" in described(pixels, "fr")


def test_patches_lie_inside() -> None:
    for _, left, top, side in cut("p", np.zeros((120, 200, 3), np.uint8)):
        assert left >= 0 and top >= 0 and left + side <= 200 and top + side <= 120


class _Tiny:
    """A classifier of three classes, as far as units need one."""

    def __init__(self) -> None:
        self.module = nn.Sequential(
            nn.Conv2d(3, 4, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3)
        )
        self.labels = ["cat", "house finch", "sea lion"]

    def label(self, index: int, lang: str = "en") -> str:
        return ["chat", "", "otarie"][index] if lang == "fr" else self.labels[index]

    def logits(self, batch: torch.Tensor) -> torch.Tensor:
        scores: torch.Tensor = self.module(batch)
        return scores


def test_units_by_name_number_and_word() -> None:
    model: Any = _Tiny()
    assert [find(model, "class", name, "").index for name in ("cat", "2", "OTARIE", "finch")] == [0, 2, 2, 1]
    with pytest.raises(BadInput):
        find(model, "class", "zebra", "")
    with pytest.raises(BadInput):
        find(model, "class", "3", "")
    with pytest.raises(BadInput):
        find(model, "channel", "4", "0")
    with pytest.raises(BadInput):
        find(model, "channel", "1", "nowhere")


def test_objectives_read_the_unit() -> None:
    torch.manual_seed(0)
    model: Any = _Tiny()
    batch = torch.rand(2, 3, 9, 9)
    places = model.module[0](batch)[:, 2]  # (2, 7, 7)
    channel = objective(model, find(model, "channel", "channel 2", "0"))(batch)
    neuron = objective(model, find(model, "neuron", "2", "0"))(batch)
    assert torch.allclose(channel, places.mean(dim=(1, 2))) and torch.allclose(neuron, places[:, 3, 3])
    assert torch.allclose(objective(model, find(model, "class", "cat", ""))(batch), model.logits(batch)[:, 0])


@pytest.mark.real
def test_a_class_of_the_real_network() -> None:
    found = feature_visualization.run({"seeds": 2, "steps": 32})
    reached, best, noise = (found.estimate(name).value or 0.0 for name in ("activation", "best_patch", "noise"))
    assert reached > best > noise
    assert found.table("patches").rows[0][0] == Text(en="flower", fr="fleur")  # the dahlia among the built-in pictures
    assert [figure.name for figure in found.figures] == ["unit", "first_layer"]
    for text in (found.summary, found.how_to_read, found.limits):
        assert text.en and text.fr and not re.search(r"\d\.\d", text.fr.replace("10.23915/distill.00007", ""))
