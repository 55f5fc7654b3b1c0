"""How far an expression model, and a made-up score built on it, move when a portrait changes and the person does not.

The face is found once; each change is paired with the untouched portrait, and the untouched portrait read again is
the baseline (a model without chance must give the same numbers). The age and gender guesses are read beside it,
as things under study.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tools.errors import AutopsieError, BadInput
from tools.vision.hiring.changes import CHANGES, REPEAT, Change, Scene

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tools.finding import Specimen, Text

EYES = {  # where the eyes are, read off the two built-in portraits by hand, in pixels
    "astronaut": ((203.0, 100.5), (246.0, 103.5)),
    "hopper": ((221.0, 190.0), (304.5, 187.0)),
}
PORTRAITS = tuple(EYES)
EXPRESSIONS = ("neutral", "happy", "sad", "angry", "fearful", "disgusted", "surprised")


@dataclass(frozen=True)
class Reading:
    """What the models say of one version of a portrait: expressions sum to 1, age in years, ``female`` a share."""

    change: Change
    expressions: dict[str, float]
    age: float
    female: float
    found: bool  # whether the detector still finds the face where it was

    @property
    def score(self) -> float:
        """The made-up enthusiasm score."""
        return enthusiasm(self.expressions)

    @property
    def top(self) -> str:
        """The expression with the highest share."""
        return max(EXPRESSIONS, key=lambda name: self.expressions[name])


@dataclass(frozen=True)
class Portrait:
    """One person: the untouched portrait, read twice, and its changed versions."""

    name: str
    shows: Text
    scene: Scene
    plain: Reading
    again: Reading
    changed: list[Reading]

    def shift(self, reading: Reading) -> float:
        """Score of a version minus that of the untouched portrait, in points."""
        return reading.score - self.plain.score

    @property
    def shifts(self) -> NDArray[np.float64]:
        """One shift a change, in points."""
        return np.array([self.shift(reading) for reading in self.changed])

    @property
    def median_shift(self) -> float:
        """Half of the changes move the score by no more than this, in points."""
        return float(np.median(np.abs(self.shifts)))

    @property
    def extremes(self) -> tuple[Reading, Reading]:
        """The versions with the lowest and the highest score, the untouched one included."""
        every = [self.plain, *self.changed]
        return min(every, key=lambda r: r.score), max(every, key=lambda r: r.score)

    @property
    def range(self) -> float:
        """Highest minus lowest score, in points."""
        low, high = self.extremes
        return high.score - low.score

    def of_kind(self, kind: str) -> list[Reading]:
        """The versions of one kind of change."""
        return [reading for reading in self.changed if reading.change.kind == kind]


@dataclass(frozen=True)
class Faces:
    """All portraits, and what read them."""

    portraits: list[Portrait]
    specimens: list[Specimen]


def enthusiasm(expressions: dict[str, float]) -> float:
    """50 + 50 × (happy + ½ surprised − sad − angry − fearful − disgusted): 0 to 100, a neutral face near 50.

    Invented here; no vendor's formula.
    """
    against = sum(expressions[name] for name in ("sad", "angry", "fearful", "disgusted"))
    return min(100.0, max(0.0, 50 + 50 * (expressions["happy"] + 0.5 * expressions["surprised"] - against)))


def chosen(image: str) -> tuple[str, ...]:
    """The portraits meant by ``image``; an upload, a path or any other name is refused with the reason."""
    name = image.strip().lower()
    if name in ("all", "both", ""):
        return PORTRAITS
    if name in PORTRAITS:
        return (name,)
    raise BadInput(
        "face_hiring scores nobody, so it takes no picture from you: reading aptitude from a face has no scientific "
        "footing, and a number would stick to the person shown. Choose --image astronaut, hopper or all.",
        "face_hiring ne note personne : il ne prend donc aucune image de votre part. Lire une aptitude sur un visage "
        "n’a pas de base scientifique, et le nombre resterait attaché à la personne montrée. Choisissez --image "
        "astronaut, hopper ou all.",
    )


def measure(names: tuple[str, ...], step: Callable[[int, int], None] = lambda *_: None) -> Faces:
    """Reads every version of every portrait; ``step`` hears how many versions are read, of how many."""
    from tools.specimens.vision import load_age_gender, load_expression, load_faces, load_segmenter
    from tools.vision.pictures import read

    detector, segmenter = load_faces(), load_segmenter()
    expression, age_gender = load_expression(), load_age_gender()
    portraits, done, total = [], 0, len(names) * (len(CHANGES) + 2)
    pictures = [read(name) for name in names]
    for name, picture in zip(names, pictures, strict=True):
        boxes = detector.boxes(picture.pixels)
        if not boxes:
            raise AutopsieError(
                f"The face detector finds no face in {name}.", f"Le détecteur ne trouve aucun visage dans {name}."
            )
        box = max(boxes, key=lambda b: b.width * b.height)
        scene = Scene(picture.pixels, (box.x, box.y, box.width, box.height), segmenter.mask(picture.pixels), EYES[name])
        readings = []
        for change in (REPEAT, REPEAT, *CHANGES):
            version = change.apply(scene)
            where = _box(box, version)
            age, female = age_gender.read(version.pixels, where)
            shares = {key: float(value) for key, value in expression.scores(version.pixels, where).items()}
            found = _found(detector.boxes(version.pixels), scene.box)
            readings.append(Reading(change, shares, float(age), float(female), found))
            done += 1
            step(done, total)
        portraits.append(Portrait(name, picture.shows, scene, readings[0], readings[1], readings[2:]))
    models = [expression.specimen, age_gender.specimen, detector.specimen, segmenter.specimen]
    return Faces(portraits, [*models, *(picture.specimen for picture in pictures)])


def _box(like: Any, scene: Scene) -> Any:
    """The scene's box in the detector's own type."""
    x, y, width, height = scene.box
    return replace(like, x=x, y=y, width=width, height=height)


def _found(boxes: list[Any], box: tuple[float, float, float, float]) -> bool:
    """Whether one of the boxes has its middle inside the box."""
    x, y, w, h = box
    return any(x <= b.x + b.width / 2 <= x + w and y <= b.y + b.height / 2 <= y + h for b in boxes)
