"""Changes to a portrait that have nothing to do with skill: glasses, light, colour, wall, angle, camera, framing.

Every change is a deterministic function of pixels (H, W, 3) uint8 sRGB, the box of the face and the mask of the
person; the simulated ones are drawn by arithmetic, not photographed again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tools.finding import Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

FRAME, TINT = (28, 26, 24), 0.45  # colour of the drawn glasses; how dark the tinted lenses are


@dataclass(frozen=True)
class Scene:
    """A portrait.

    Attributes:
        pixels: (H, W, 3) sRGB.
        box: the face: left, top, width, height, in pixels.
        mask: (H, W), 0 to 1, where the person is.
        eyes: (x, y) of the eye on the left of the picture, then of the other one.
    """

    pixels: Pixels
    box: tuple[float, float, float, float]
    mask: NDArray[np.float32]
    eyes: tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Change:
    """One change: the kind it belongs to, what it is called, what it does."""

    kind: str
    name: str
    label: Text
    apply: Callable[[Scene], Scene]


def clipped(values: NDArray[np.floating]) -> Pixels:
    """Back to bytes, nearest value."""
    return np.asarray(np.clip(np.rint(values), 0, 255), np.uint8)


def glasses(scene: Scene, thick: float, tint: float = 0.0) -> Scene:
    """Two round lenses, a bridge and temples, drawn along the line of the eyes; ``thick`` in distances of the eyes."""
    import cv2

    eyes = np.array(scene.eyes, float)
    along = eyes[1] - eyes[0]
    apart = float(np.hypot(*along))
    along /= apart
    centres = eyes + 0.06 * apart * np.array([-along[1], along[0]])  # the eye looks through the upper half of a lens
    radius, line = 0.37 * apart, max(1, round(thick * apart))

    def at(point: NDArray[np.floating]) -> tuple[int, int]:
        return round(float(point[0])), round(float(point[1]))

    drawn = scene.pixels.copy()
    if tint:
        dark = drawn.copy()
        for centre in centres:
            cv2.circle(dark, at(centre), round(radius), FRAME, -1, cv2.LINE_AA)
        drawn = clipped((1 - tint) * drawn + tint * dark.astype(float))
    for centre, out in zip(centres, (-1, 1), strict=True):
        cv2.circle(drawn, at(centre), round(radius), FRAME, line, cv2.LINE_AA)
        hinge = centre + out * radius * along
        cv2.line(drawn, at(hinge), at(hinge + out * 0.25 * apart * along), FRAME, line, cv2.LINE_AA)
    cv2.line(drawn, at(centres[0] + radius * along), at(centres[1] - radius * along), FRAME, line, cv2.LINE_AA)
    return replace(scene, pixels=drawn)


def exposure(scene: Scene, gain: float) -> Scene:
    """All values times ``gain``, clipped at white."""
    return replace(scene, pixels=clipped(scene.pixels * float(gain)))


def side_light(scene: Scene, side: int) -> Scene:
    """A lamp on one side: gain 1.25 at one edge of the face falling to 0.55 at the other (``side`` −1: from the left)."""
    x, _, w, _ = scene.box
    across = np.clip((np.arange(scene.pixels.shape[1]) - x) / w, 0, 1)
    gain = 0.9 + side * (across - 0.5) * 0.7
    return replace(scene, pixels=clipped(scene.pixels * gain[None, :, None]))


def temperature(scene: Scene, warm: float) -> Scene:
    """Red up and blue down by the share ``warm`` (negative: cooler)."""
    return replace(scene, pixels=clipped(scene.pixels * np.array([1 + warm, 1.0, 1 - warm])))


def wall(scene: Scene, colour: tuple[int, int, int]) -> Scene:
    """A plain wall where the person is not."""
    keep = scene.mask[:, :, None].astype(float)
    return replace(scene, pixels=clipped(keep * scene.pixels + (1 - keep) * np.array(colour, float)))


def tilt(scene: Scene, degrees: float) -> Scene:
    """The whole picture turned around the middle of the face (positive: to the left), edges repeated."""
    import cv2

    x, y, w, h = scene.box
    height, width = scene.pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((x + w / 2, y + h / 2), degrees, 1.0)
    turned = cv2.warpAffine(
        scene.pixels, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return replace(scene, pixels=np.asarray(turned, np.uint8))


def blur(scene: Scene, share: float) -> Scene:
    """Gaussian blur; its standard deviation is a share of the width of the face."""
    import cv2

    out = cv2.GaussianBlur(scene.pixels, (0, 0), share * scene.box[2], borderType=cv2.BORDER_REPLICATE)
    return replace(scene, pixels=np.asarray(out, np.uint8))


def webcam(scene: Scene, across: int) -> Scene:
    """As if the face were only ``across`` pixels wide: reduced, then enlarged."""
    import cv2

    height, width = scene.pixels.shape[:2]
    scale = min(1.0, across / scene.box[2])
    small = cv2.resize(scene.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return replace(
        scene, pixels=np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
    )


def jpeg(scene: Scene, quality: int) -> Scene:
    """Saved and read again as JPEG."""
    import cv2

    _, code = cv2.imencode(".jpg", scene.pixels[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return replace(
        scene, pixels=np.ascontiguousarray(np.asarray(cv2.imdecode(code, cv2.IMREAD_COLOR), np.uint8)[:, :, ::-1])
    )


def framing(scene: Scene, right: float = 0.0, down: float = 0.0, larger: float = 1.0) -> Scene:
    """The box of the face moved by shares of its size, or enlarged around its middle; the pixels stay."""
    x, y, w, h = scene.box
    box = (x + right * w - (larger - 1) * w / 2, y + down * h - (larger - 1) * h / 2, larger * w, larger * h)
    return replace(scene, box=box)


KINDS = {
    "glasses": Text(en="glasses drawn on", fr="lunettes dessinées"),
    "light": Text(en="light", fr="lumière"),
    "colour": Text(en="colour of the light", fr="couleur de la lumière"),
    "wall": Text(en="background", fr="arrière-plan"),
    "angle": Text(en="angle of the head", fr="inclinaison de la tête"),
    "camera": Text(en="camera and file", fr="caméra et fichier"),
    "framing": Text(en="framing of the face", fr="cadrage du visage"),
}
REPEAT = Change(
    "repeat", "repeat", Text(en="the same picture again", fr="la même image à nouveau"), lambda scene: scene
)


def _change(kind: str, name: str, en: str, fr: str, apply: Callable[[Scene], Scene]) -> Change:
    return Change(kind, name, Text(en=en, fr=fr), apply)


CHANGES = (
    _change("glasses", "thin", "thin frame", "monture fine", lambda s: glasses(s, 0.03)),
    _change("glasses", "thick", "thick dark frame", "monture épaisse", lambda s: glasses(s, 0.09)),
    _change("glasses", "tinted", "tinted lenses", "verres teintés", lambda s: glasses(s, 0.05, TINT)),
    _change("light", "darker", "too dark, ×0.5", "trop sombre, ×0,5", lambda s: exposure(s, 0.5)),
    _change("light", "brighter", "too bright, ×1.4", "trop clair, ×1,4", lambda s: exposure(s, 1.4)),
    _change("light", "left", "lamp on the left", "lampe à gauche", lambda s: side_light(s, -1)),
    _change("light", "right", "lamp on the right", "lampe à droite", lambda s: side_light(s, 1)),
    _change("colour", "warm", "warm light", "lumière chaude", lambda s: temperature(s, 0.15)),
    _change("colour", "cool", "cool light", "lumière froide", lambda s: temperature(s, -0.15)),
    _change("wall", "white", "white wall", "mur blanc", lambda s: wall(s, (245, 245, 245))),
    _change("wall", "dark", "dark wall", "mur sombre", lambda s: wall(s, (30, 30, 30))),
    _change("angle", "left10", "10° to the left", "10° vers la gauche", lambda s: tilt(s, 10)),
    _change("angle", "left5", "5° to the left", "5° vers la gauche", lambda s: tilt(s, 5)),
    _change("angle", "right5", "5° to the right", "5° vers la droite", lambda s: tilt(s, -5)),
    _change("angle", "right10", "10° to the right", "10° vers la droite", lambda s: tilt(s, -10)),
    _change("camera", "blur_slight", "slight blur", "léger flou", lambda s: blur(s, 0.01)),
    _change("camera", "blur_strong", "strong blur", "flou marqué", lambda s: blur(s, 0.025)),
    _change("camera", "webcam", "face 48 pixels wide", "visage de 48 pixels", lambda s: webcam(s, 48)),
    _change("camera", "jpeg", "JPEG quality 15", "JPEG qualité 15", lambda s: jpeg(s, 15)),
    _change("framing", "box_left", "box 8% to the left", "cadre 8 % à gauche", lambda s: framing(s, right=-0.08)),
    _change("framing", "box_right", "box 8% to the right", "cadre 8 % à droite", lambda s: framing(s, right=0.08)),
    _change("framing", "box_up", "box 8% higher", "cadre 8 % plus haut", lambda s: framing(s, down=-0.08)),
    _change("framing", "box_down", "box 8% lower", "cadre 8 % plus bas", lambda s: framing(s, down=0.08)),
    _change("framing", "box_wide", "box 15% larger", "cadre 15 % plus grand", lambda s: framing(s, larger=1.15)),
)  # fmt: skip
