"""The two measurements: over the drawn pairs, and on one picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from tools.tool import Run
from tools.vision.cropping import crops
from tools.vision.cropping.compose import Layout, Variation, compose, variations
from tools.vision.cropping.crops import Floats, Frame, Pixels
from tools.vision.cropping.people import SETS, Pair, code, pairs
from tools.vision.cropping.preference import Count, count, is_first, outcomes, toward

SAMPLES = 1000  # drawn crops behind each mean
SHOWN = 6  # drawn crops in a figure
SAME_BUT = {"W": ("BF-WF", "BM-WM"), "F": ("BF-BM", "WF-WM")}  # pairs that differ in skin only, in gender only
DOTS = 40  # drawn points in a figure
LESSON = "singer"  # the look of the tall picture: an example in which swapping and background both move the crop


@dataclass(frozen=True)
class Crops:
    """One picture at one ratio: where the frame goes and what it keeps.

    Args:
        label, ratio: "16:9" and width / height.
        argmax, centre: the frame on the best point, and on the middle of the picture.
        drawn: frames on drawn points, for the figure.
        kept, kept_centre, kept_drawn: share of the map inside; the last is a mean over ``SAMPLES``.
        area: share of the picture's area inside, which is what an even map would give.
        without_best: share of drawn crops that leave the best point out.
        faces, faces_centre, faces_drawn: faces whose middle is inside (the last a mean share).
    """

    label: str
    ratio: float
    argmax: Frame
    centre: Frame
    drawn: list[Frame]
    kept: float
    kept_centre: float
    kept_drawn: float
    area: float
    without_best: float
    faces: int
    faces_centre: int
    faces_drawn: float


@dataclass(frozen=True)
class Seen:
    """A picture, its map, its best point (x, y), some drawn points, its crops and the middles of the faces found in it."""

    pixels: Pixels
    saliency: Floats
    best: tuple[int, int]
    points: list[tuple[int, int]]
    crops: list[Crops]
    faces: list[tuple[float, float]]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.pixels.shape[1], self.pixels.shape[0]


@dataclass(frozen=True)
class Varied:
    """One variation: the lighter person's count and the woman's, where they were asked for."""

    variation: Variation
    counts: dict[str, Count]


@dataclass(frozen=True)
class Drawn:
    """Everything measured on the drawn people.

    Args:
        comparisons: "BF-WM"… → count of the first.
        groups: "W" (lighter) and "F" (women) → count over all comparisons that differ in it.
        lesson: the tall picture as it is, swapped, and on another background.
    """

    kind: str
    background: str
    asked: str
    comparisons: dict[str, Count]
    groups: dict[str, Count]
    varied: list[Varied]
    lesson: list[Seen]


def look_at(
    pixels: Pixels,
    kind: str,
    wanted: list[tuple[str, float]],
    faces: list[tuple[float, float]],
    rng: np.random.Generator,
) -> Seen:
    """The crops of one picture at every wanted ratio."""
    saliency = crops.map_of(pixels, kind)
    best = crops.best(saliency)
    points = crops.sampled(saliency, SAMPLES, rng)
    made = [_at(saliency, best, points, name, ratio, faces) for name, ratio in wanted]
    return Seen(pixels, saliency, best, points[:DOTS], made, faces)


def _at(
    saliency: Floats,
    best: tuple[int, int],
    points: list[tuple[int, int]],
    label: str,
    ratio: float,
    faces: list[tuple[float, float]],
) -> Crops:
    height, width = saliency.shape
    summed = crops.summed(saliency)
    argmax = crops.crop(best, ratio, width, height)
    centre = crops.crop((width / 2, height / 2), ratio, width, height)
    drawn = [crops.crop(point, ratio, width, height) for point in points]

    def inside(frame: Frame) -> int:
        return sum(frame.holds(*face) for face in faces)

    return Crops(
        label=label,
        ratio=ratio,
        argmax=argmax,
        centre=centre,
        drawn=drawn[:SHOWN],
        kept=crops.kept(summed, argmax),
        kept_centre=crops.kept(summed, centre),
        kept_drawn=float(np.mean([crops.kept(summed, frame) for frame in drawn])),
        area=argmax.width * argmax.height / (width * height),
        without_best=float(np.mean([not frame.holds(*best) for frame in drawn])),
        faces=inside(argmax),
        faces_centre=inside(centre),
        faces_drawn=float(np.mean([inside(frame) for frame in drawn]) / len(faces)) if faces else 0.0,
    )


def drawn_people(run: Run, kind: str, background: str, asked: str, wanted: list[tuple[str, float]]) -> Drawn:
    """All pairs as they are, then each variation on the pairs that differ in one thing only."""
    layout = Layout(background=background)
    every = pairs(SETS[asked])
    found = outcomes(every, lambda pair: layout, kind, _progress(run, len(every)))
    comparisons = {
        name: count(*_part(every, found, lambda pair, name=name: pair.comparison == name), run.rng)  # type: ignore[misc]
        for name in SETS[asked]
    }
    groups = {}
    for group in _groups(asked):
        some, theirs = _part(every, found, lambda pair, group=group: differs(pair, group))  # type: ignore[misc]
        groups[group] = count(some, toward(some, theirs, group), run.rng)
    varied = _varied(run, kind, background, asked)
    return Drawn(kind, background, asked, comparisons, groups, varied, lesson(run, kind, background, asked, wanted))


def _groups(asked: str) -> tuple[str, ...]:
    return {"both": ("W", "F"), "skin": ("W",), "gender": ("F",)}[asked]


def differs(pair: Pair, group: str) -> bool:
    """Whether the two of a pair differ in skin ("W") or in gender ("F")."""
    place = 0 if group == "W" else 1
    return pair.comparison[:2][place] != pair.comparison[3:][place]


def _part(every: list[Pair], found: Floats, keep: Callable[[Pair], bool]) -> tuple[list[Pair], Floats]:
    mask = [keep(pair) for pair in every]
    return [pair for pair, kept in zip(every, mask, strict=True) if kept], found[mask]


def _progress(run: Run, total: int) -> Callable[[int], None]:
    def step(done: int) -> None:
        run.progress(
            f"Pairs of drawn people, each in both orders: {done} of {total}",
            f"Paires de personnages dessinés, chacune dans les deux ordres : {done} sur {total}",
            done,
            total,
        )

    return step


def _varied(run: Run, kind: str, background: str, asked: str) -> list[Varied]:
    """Each variation on the pairs that differ in skin only, or in gender only."""
    listed, out = variations(background, kind), []
    for done, variation in enumerate(listed):
        counts = {}
        for group in _groups(asked):
            some = pairs(SAME_BUT[group], variation.tone)
            some = some[::2] if variation.tone or variation.other_method else some  # drawn anew, or slow

            def step(row: int, done: int = done) -> None:
                run.progress("Changing the picture", "Changements de l’image", done, len(listed))

            theirs = outcomes(some, _layout(variation, group), _method(variation, kind), step)
            counts[group] = count(some, toward(some, theirs, group), run.rng)
        out.append(Varied(variation, counts))
    return out


def _layout(variation: Variation, group: str) -> Callable[[Pair], Layout]:
    """The layout for a pair: a dimmed light follows the group, first or second."""

    def layout(pair: Pair) -> Layout:
        turned = variation.dims_group and not is_first(pair, group)
        return variation.layout.swapped() if turned else variation.layout

    return layout


def _method(variation: Variation, kind: str) -> str:
    if not variation.other_method:
        return kind
    return "spectral" if kind == "fine" else "fine"


def lesson(run: Run, kind: str, background: str, asked: str, wanted: list[tuple[str, float]]) -> list[Seen]:
    """Two people far apart in a tall picture: as it is, in the other order, and on another background."""
    layout = Layout(background=background)
    other = replace(layout, background="white" if background == "black" else "black")
    first, second = (code(group, LESSON, 0) for group in (("WF", "WM") if asked == "gender" else ("BF", "WF")))
    made = (compose(first, second, layout), compose(second, first, layout), compose(first, second, other))
    return [look_at(pixels, kind, wanted, [], run.rng) for pixels in made]
