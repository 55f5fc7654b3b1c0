"""A picture written as its frequencies, and the search for the one that excites a unit most.

Olah, Mordvintsev and Schubert 2017, Feature Visualization, Distill (doi 10.23915/distill.00007): gradient
ascent on a picture held in Fourier space and in decorrelated colours, under random shifts, turns and
scales, so that what is found survives small changes of the view. Nothing here knows which network it looks at.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

Objective = Callable[["torch.Tensor"], "torch.Tensor"]
"""From pictures (n, 3, S, S) in 0..1 to the activation of the unit in each, shape (n,)."""
OnStep = Callable[[int, int, "torch.Tensor"], None]

RATE = 0.07  # Adam; a little more than the article's 0.05, for fewer steps
SPREAD = 0.01  # standard deviation of the frequencies at the start: a grey picture
JITTER = 12  # pixels of random shift
TURN = 8.0  # degrees of random turn, either way
SCALES = (0.86, 1.16)  # random zoom
COARSE = 0.6  # share of the steps taken on a small view, which is faster
# The square root of the covariance of colours in natural pictures, scaled to a largest column norm of 1
# (the constant of the article's code, `color.py` of lucid): a step along one axis leaves the others alone.
COLOUR = np.array([[0.26, 0.09, 0.02], [0.27, 0.00, -0.05], [0.27, -0.09, 0.03]])
COLOUR = COLOUR / np.linalg.norm(COLOUR, axis=0).max()


@dataclass(frozen=True)
class Paint:
    """How a search is made: side of the picture in pixels, how many steps, the price of rough pixels, how fast."""

    size: int
    steps: int
    smooth: float = 0.0
    rate: float = RATE


def frequencies(size: int) -> NDArray[np.float32]:
    """Length of each frequency of a real Fourier transform of a (size, size) picture, in cycles a pixel."""
    down, across = np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None]
    lengths: NDArray[np.float32] = np.sqrt(down**2 + across**2).astype(np.float32)
    return lengths


def start(count: int, size: int, seed: int) -> torch.Tensor:
    """Random frequencies, shape (count, 3, size, size // 2 + 1, 2): row k depends on ``seed`` and k only."""
    import torch

    rows = [
        torch.randn((3, size, size // 2 + 1, 2), generator=torch.Generator().manual_seed(1_000 * seed + k))
        for k in range(count)
    ]
    return SPREAD * torch.stack(rows)


def pictures(spectrum: torch.Tensor, size: int) -> torch.Tensor:
    """The pictures of these frequencies: (n, 3, size, size) in 0..1; each frequency scaled by 1/f as in photographs."""
    import torch

    scale = torch.from_numpy(1 / np.maximum(frequencies(size), 1 / size))
    waves = torch.view_as_complex(spectrum.contiguous()) * scale
    plain = torch.fft.irfft2(waves, s=(size, size), norm="ortho") / 4
    colour = torch.tensor(COLOUR, dtype=torch.float32)
    return torch.sigmoid(torch.einsum("nchw,kc->nkhw", plain, colour))


def view(shown: torch.Tensor, side: int, draw: torch.Generator) -> torch.Tensor:
    """The pictures shifted, turned and zoomed at random, each its own way, and read at ``side`` pixels."""
    import torch

    count, size = len(shown), shown.shape[-1]
    random = torch.rand((4, count), generator=draw)
    angle = (2 * random[0] - 1) * math.radians(TURN)
    zoom = 1 / (SCALES[0] + random[1] * (SCALES[1] - SCALES[0]))
    shift = (2 * random[2:] - 1) * 2 * JITTER / size
    rows = [
        torch.stack([zoom * torch.cos(angle), -zoom * torch.sin(angle), shift[0]], dim=1),
        torch.stack([zoom * torch.sin(angle), zoom * torch.cos(angle), shift[1]], dim=1),
    ]
    grid = torch.nn.functional.affine_grid(torch.stack(rows, dim=1), [count, 3, side, side], align_corners=False)
    return torch.nn.functional.grid_sample(shown, grid, padding_mode="reflection", align_corners=False)


def smoothness(shown: torch.Tensor) -> torch.Tensor:
    """Mean absolute difference between neighbouring pixels, one number a picture."""
    down = (shown[:, :, 1:] - shown[:, :, :-1]).abs().mean(dim=(1, 2, 3))
    return down + (shown[:, :, :, 1:] - shown[:, :, :, :-1]).abs().mean(dim=(1, 2, 3))


def maximise(objective: Objective, paint: Paint, count: int, seed: int, on_step: OnStep) -> torch.Tensor:
    """``count`` pictures from as many random starts, each climbing the activation: (count, 3, size, size) in 0..1.

    The first steps look at a view of half the side and the last ones at the whole side. ``on_step`` is
    called before every step with its number, the number of steps and the pictures so far.
    """
    import torch

    spectrum = start(count, paint.size, seed).requires_grad_()
    climb = torch.optim.Adam([spectrum], lr=paint.rate)
    draw = torch.Generator().manual_seed(seed)
    for step in range(paint.steps):
        shown = pictures(spectrum, paint.size)
        on_step(step, paint.steps, shown)
        side = paint.size * 4 // 7 if step < COARSE * paint.steps else paint.size
        value = objective(view(shown, side, draw)) - paint.smooth * smoothness(shown)
        # Only this gradient: the weights of a network that other runs share are left alone.
        spectrum.grad = torch.autograd.grad(-value.sum(), spectrum)[0]
        climb.step()
    with torch.no_grad():
        return pictures(spectrum, paint.size)
