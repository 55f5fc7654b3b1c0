"""All the numbers of one ``image_saliency`` run."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tools.vision.saliency import checks, classes
from tools.vision.saliency.checks import Agreement, Curves, Randomised
from tools.vision.saliency.maps import BRIEF, FULL, Map, Method, draw
from tools.vision.saliency.places import ninths
from tools.vision.saliency.removals import superpixels
from tools.vision.saliency.score import Blank, Floats, Scorer, Subject, scorer_of

OnStep = Callable[[str, int, int], None]  # stage (a key of ``text.STAGES``), how much is done, of how much (0: unknown)
TOP = 5


@dataclass(frozen=True)
class Class:
    """One class: its number, its English label, its French one ("" where there is none), its probability."""

    index: int
    label: str
    french: str
    chance: float


@dataclass(frozen=True)
class Measured:
    """What the network sees in the picture, the one or two maps of its answer, and their checks.

    ``seen`` (S, S, 3) in 0..1 is the square that the network is given; ``curves`` has one entry a map, whose
    random orders are shared; ``randomised`` is the sanity check of the first map.
    """

    seen: Floats
    target: Class
    top: list[Class]
    blank_chance: float
    maps: list[Map]
    curves: list[Curves]
    agreement: Agreement | None
    randomised: list[Randomised]
    blank: Blank
    cropped: float

    @property
    def map(self) -> Map:
        """The map that is asked for first, and checked."""
        return self.maps[0]

    @property
    def shares(self) -> Floats:
        """Its mass in nine parts, (3, 3)."""
        return ninths(self.map.mass)

    @property
    def all_random(self) -> Randomised:
        """The check with every layer random."""
        return self.randomised[-1]


def measure(
    subject: Subject, pixels: NDArray[np.uint8], target: str, methods: list[Method], blank: Blank,
    rng: np.random.Generator, seed: int, on_step: OnStep,
) -> Measured:  # fmt: skip
    """Settles the class, draws the maps, and checks them."""
    import torch

    first = scorer_of(subject, pixels, blank, 0, "gradcam" in methods)
    on_step("classes", 0, 0)
    with torch.no_grad():
        chances = first.logits(first.picture[None])[0].double().softmax(dim=0).numpy()
    index = classes.find(subject, target, chances)
    scorer = replace(first, target=index)
    parts = superpixels(scorer)
    maps = [draw(method, scorer, parts, FULL, rng, lambda m=method: on_step(m, 0, 0)) for method in methods]  # type: ignore[misc]

    def again(double: Scorer) -> Floats:
        return draw(methods[0], double, parts, BRIEF, rng, lambda: on_step("copies", 0, 0)).cells

    randomised = checks.random_weights(
        scorer, maps[0].cells, again, seed, lambda i, n: on_step("copies", i, n), methods[0] == "gradcam"
    )
    done, total = itertools.count(1), checks.ORDERS + 2 * checks.MOVED + 2 * len(maps) + 1
    curves = checks.curves(scorer, [one.cells for one in maps], rng, lambda: on_step("curves", next(done), total))
    agreed = checks.agreement(maps[0].cells, maps[1].cells, rng) if len(maps) == 2 else None
    top = [named(subject, int(i), chances) for i in np.argsort(-chances, kind="stable")[:TOP]]
    seen = scorer.picture.permute(1, 2, 0).double().numpy()
    side = subject.window(pixels)[2]
    cropped = 1 - min(side * side / (pixels.shape[0] * pixels.shape[1]), 1.0)
    start = float(curves[0].deletion[-1])
    return Measured(
        seen, named(subject, index, chances), top, start, maps, curves, agreed, randomised, blank, cropped
    )  # fmt: skip


def named(subject: Subject, index: int, chances: Floats) -> Class:
    """A class with its label, the first of its synonyms, and its probability."""
    return Class(index, subject.labels[index].split(",")[0].strip(), subject.label(index, "fr"), float(chances[index]))
