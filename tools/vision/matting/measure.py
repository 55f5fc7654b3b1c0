"""How much of the head the mask keeps: one factor at a time, a small factorial, the mildest change that breaks it."""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tools.vision.matting.factors import BACKLIT, DARKENED, FACTORIAL, SINGLE
from tools.vision.matting.light import encode
from tools.vision.matting.scenes import Scene, Shot, Studio
from tools.vision.matting.search import search
from tools.vision.matting.variance import Share, mean_interval, shares

if TYPE_CHECKING:
    from tools.specimens.vision import Segmenter

KEPT = 0.5  # a pixel is kept when the model gives the person at least this
REPEATS = 2  # noise is drawn that many times
FRAMINGS = 10  # framings of the scenes that are compared
Step = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Score:
    """Share of the head kept; intersection over union of the whole person with the reference."""

    head: float
    iou: float


@dataclass(frozen=True)
class Point:
    """One level of one factor."""

    factor: str
    level: float | str
    scene: Scene
    score: Score


@dataclass(frozen=True)
class View:
    """A scene as the camera gives it, with the model's mask (H, W) from 0 to 1."""

    scene: Scene
    shot: Shot
    mask: NDArray[np.float32]
    score: Score


@dataclass(frozen=True)
class Repeated:
    """A scene under several framings before a plain wall: mean share of the head kept, and its change from the original."""

    kept: tuple[float, float, float]
    change: tuple[float, float, float]


@dataclass(frozen=True)
class Measured:
    """Everything measured on one picture."""

    by_hand: bool
    points: list[Point]
    takes: NDArray[np.float64]  # share of the head kept: (takes, levels of every factor…)
    shares: list[Share] | None
    dark_head: tuple[float, float, float]  # change of the share kept with the head 4 stops darker, with its interval
    repeated: dict[str, Repeated]  # original, darkened, backlit over several framings
    views: dict[str, View]  # original, darkened, backlit, worst
    tried: int
    lost: int

    def of(self, factor: str) -> list[Point]:
        """The levels of one factor."""
        return [point for point in self.points if point.factor == factor]


def score(mask: NDArray[np.float32], shot: Shot) -> Score:
    """Share of the head kept, and intersection over union of the person; 0 where there is none left to keep."""
    kept = mask >= KEPT
    union = (kept | shot.person).sum()
    head = float(kept[shot.head].mean()) if shot.head.any() else 0.0
    return Score(head, float((kept & shot.person).sum() / union) if union else 0.0)


class Lens:
    """A studio and the model that looks at it."""

    def __init__(self, studio: Studio, segmenter: Segmenter, rng: np.random.Generator) -> None:
        self.studio, self.segmenter, self.rng = studio, segmenter, rng
        self.film()

    def film(self) -> None:
        """New noise, the same for every scene until the next call."""
        self.grain = self.rng.standard_normal(self.studio.light.shape, np.float32)

    def view(self, scene: Scene) -> View:
        """One shot of a scene with its mask."""
        shot = self.studio.take(scene, self.grain)
        mask = self.segmenter.mask(shot.pixels)
        return View(scene, shot, mask, score(mask, shot))

    def score(self, scene: Scene) -> Score:
        """The scores of a scene, over several draws where there is noise."""
        if not scene.noise:
            return self.view(scene).score
        found = []
        for _ in range(REPEATS):
            self.film()
            found.append(self.view(scene).score)
        return Score(float(np.mean([s.head for s in found])), float(np.mean([s.iou for s in found])))


def measure(studio: Studio, segmenter: Segmenter, takes: int, rng: np.random.Generator, step: Step) -> Measured:
    """Sweeps, factorial, search; ``step`` is told the part, how much is done and of how much."""
    lens = Lens(studio, segmenter, rng)
    points = list(sweeps(lens, step))
    grid = factorial(lens, takes, step)
    how = framing(rng)

    def kept(scene: Scene) -> float:
        """The larger share of two framings: a scene counts as a loss when it loses the head in both."""
        return max(lens.score(scene).head, lens.score(replace(scene, **how)).head)

    worst, tried, lost = search(kept, rng, step)
    views = {"original": lens.view(Scene()), "darkened": lens.view(DARKENED), "backlit": lens.view(BACKLIT)}
    framed = framings(lens, {"original": Scene(), "darkened": DARKENED, "backlit": BACKLIT, "worst": worst}, step)
    by_take = grid.mean(axis=tuple(range(3, grid.ndim)))  # (takes, exposure, head_light)
    darker = mean_interval(by_take[:, :, 1].mean(axis=1) - by_take[:, :, 0].mean(axis=1), rng)
    return Measured(
        by_hand=studio.reference.by_hand,
        points=points,
        takes=grid,
        shares=shares(grid, rng),
        dark_head=darker,
        repeated=framed,
        views={**views, "worst": lens.view(worst)},
        tried=tried,
        lost=lost,
    )


def sweeps(lens: Lens, step: Step) -> Iterator[Point]:
    """Every level of every factor, one factor at a time."""
    for at, (factor, levels) in enumerate(SINGLE.items()):
        step("single", at, len(SINGLE))
        for level, scene in levels:
            yield Point(factor, level, scene, lens.score(scene))


def head_hue(studio: Studio) -> float:
    """The hue of the head in degrees."""
    red, green, blue = (float(v) / 255 for v in encode(studio.head_colour))
    return 360 * colorsys.rgb_to_hsv(red, green, blue)[0]


def scenes(skin: float) -> list[Scene]:
    """The scenes of the factorial, in the order of its grid."""
    found = []
    for exposure, head_light, wall, hue, contrast, noise in product(*FACTORIAL.values()):
        found.append(
            Scene(
                exposure=float(exposure), head_light=float(head_light), wall=float(wall),
                hue=skin if hue == "skin" else (skin + 180) % 360, contrast=float(contrast), noise=float(noise),
            )
        )  # fmt: skip
    return found


def framing(rng: np.random.Generator) -> dict[str, Any]:
    """A framing: 5 to 20 % closer, moved by up to 4 %, tilted by up to 5°, as a person moves before a camera."""
    return {
        "size": float(rng.uniform(1.05, 1.2)),
        "turn": float(rng.uniform(-5, 5)),
        "shift": (float(rng.uniform(-0.04, 0.04)), float(rng.uniform(0, 0.04))),
    }


def framings(lens: Lens, compared: dict[str, Scene], step: Step) -> dict[str, Repeated]:
    """Every scene under the same framings, each with its own noise."""
    found = np.zeros((FRAMINGS, len(compared)))
    for at in range(FRAMINGS):
        step("framings", at, FRAMINGS)
        lens.film()
        how = framing(lens.rng)
        found[at] = [lens.view(replace(scene, **how)).score.head for scene in compared.values()]
    return {
        name: Repeated(mean_interval(found[:, k], lens.rng), mean_interval(found[:, k] - found[:, 0], lens.rng))
        for k, name in enumerate(compared)
    }


def factorial(lens: Lens, takes: int, step: Step) -> NDArray[np.float64]:
    """Share of the head kept for every combination of levels, in several takes: (takes, levels…).

    Every take has its own framing and its own noise.
    """
    shape = tuple(len(levels) for levels in FACTORIAL.values())
    cells = scenes(head_hue(lens.studio))
    found = np.zeros((takes, len(cells)))
    for take in range(takes):
        lens.film()
        how = framing(lens.rng)
        for at, scene in enumerate(cells):
            if at % 24 == 0:
                step("factorial", take * len(cells) + at, takes * len(cells))
            found[take, at] = lens.view(replace(scene, **how)).score.head
    return found.reshape(takes, *shape)
