"""One picture under controlled changes: the light, the wall behind, the camera, the framing.

The person is cut out along a mask and put back before the same backdrop or a plain wall; then light is
multiplied (exposure), blurred (lens), flattened (haze), made noisy (sensor) and rounded, in that order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tools.vision.matting.light import Floats, coloured, decode, encode, luminance

if TYPE_CHECKING:
    from tools.vision.matting.reference import Reference

MID = 118.0  # sRGB value of a grey that reflects 18 % of the light: contrast shrinks towards it


@dataclass(frozen=True)
class Scene:
    """What is changed; the defaults change nothing.

    Args:
        exposure, head_light: in stops (+1 doubles the light), of the whole picture and of the head alone.
        wall: relative luminance of a plain wall behind the person (0 to 1); ``None``: the picture's own backdrop,
            or a wall of its median colour where ``plain`` or the framing asks for one.
        hue: of the wall, in degrees; ``None``: grey.
        tone: the wall in the median colour of the head ("head"), or of its upper quarter ("hair").
        contrast: 1 as taken, 0 a flat grey.
        noise: standard deviation of Gaussian noise, in the 256 steps of a pixel.
        blur: standard deviation of a Gaussian, in % of the longest side.
        cover: share of the head covered by a grey disc.
        size, turn, shift: the person enlarged, turned (degrees), moved (shares of the picture, x and y).
    """

    exposure: float = 0.0
    head_light: float = 0.0
    wall: float | None = None
    hue: float | None = None
    tone: str = ""
    contrast: float = 1.0
    noise: float = 0.0
    blur: float = 0.0
    cover: float = 0.0
    size: float = 1.0
    turn: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)

    @property
    def moved(self) -> bool:
        """Whether the person is not where the picture has them."""
        return self.size != 1 or self.turn != 0 or self.shift != (0.0, 0.0)

    @property
    def walled(self) -> bool:
        """Whether a plain wall replaces the backdrop."""
        return self.wall is not None or self.hue is not None or bool(self.tone) or self.moved

    @property
    def lit(self) -> Scene:
        """The same without what comes after the light (for keeping the costly half of the work)."""
        return replace(self, contrast=1.0, noise=0.0, blur=0.0)


@dataclass(frozen=True)
class Shot:
    """What the camera gives, (H, W, 3) from 0 to 255, and where the head and the person then are, (H, W)."""

    pixels: NDArray[np.uint8]
    head: NDArray[np.bool_]
    person: NDArray[np.bool_]


class Studio:
    """A picture with its masks, ready to be taken again under any ``Scene``."""

    def __init__(self, reference: Reference) -> None:
        import cv2

        self.reference = reference
        self.light = decode(reference.pixels)
        inside = cv2.erode(reference.person.astype(np.uint8), np.ones((3, 3), np.uint8))
        self.alpha = cv2.GaussianBlur(inside.astype(np.float32), (0, 0), 0.8)
        # its edge is soft, so that a darker head is not outlined by a bright rim
        self.soft_head = cv2.GaussianBlur(reference.head.astype(np.float32), (0, 0), 0.8) * self.alpha
        self.head_colour = np.median(self.light[reference.head], axis=0).astype(np.float32)
        rows = np.flatnonzero(reference.head.any(axis=1))
        upper = reference.head.copy()
        upper[rows[0] + max(1, (rows[-1] - rows[0]) // 4) :] = False
        self.hair_colour = np.median(self.light[upper], axis=0).astype(np.float32)
        outside = ~reference.person
        self.backdrop_colour = (np.median(self.light[outside], axis=0) if outside.any() else np.full(3, 0.2)).astype(
            np.float32
        )
        self._lit: tuple[Scene, Floats, Shot] | None = None

    def wall(self, scene: Scene) -> Floats:
        """Light (3,) of the wall of a scene."""
        if scene.tone:
            return self.head_colour if scene.tone == "head" else self.hair_colour
        if scene.wall is None and scene.hue is None:
            return self.backdrop_colour
        bright = luminance(self.backdrop_colour) if scene.wall is None else scene.wall
        return np.full(3, bright, np.float32) if scene.hue is None else coloured(scene.hue, 0.65, bright)

    def take(self, scene: Scene, noise: Floats) -> Shot:
        """The picture as the camera would give it; ``noise`` (H, W, 3) has a standard deviation of 1."""
        import cv2

        if self._lit is None or self._lit[0] != scene.lit:
            self._lit = (scene.lit, *self._light(scene))
        _, values, shot = self._lit
        if scene.blur:
            values = cv2.GaussianBlur(values, (0, 0), scene.blur / 100 * max(values.shape[:2])).astype(np.float32)
        if scene.contrast != 1:
            values = MID + (values - MID) * np.float32(scene.contrast)
        if scene.noise:
            values = values + np.float32(scene.noise) * noise
        return replace(shot, pixels=np.clip(values + 0.5, 0, 255).astype(np.uint8))

    def _light(self, scene: Scene) -> tuple[Floats, Shot]:
        """sRGB values before blur, contrast and noise, and the masks."""
        import cv2

        light, alpha, head, person = self.light, self.alpha, self.reference.head, self.reference.person
        if scene.head_light:
            light = light * (1 + (2.0**scene.head_light - 1) * self.soft_head)[..., None]
        if scene.moved:
            matrix = self._matrix(scene)
            light, alpha = (_warp(layer, matrix, cv2.INTER_LINEAR) for layer in (light, alpha))
            head, person = (_warp(layer.astype(np.uint8), matrix, cv2.INTER_NEAREST) > 0 for layer in (head, person))
        if scene.walled:
            light = light * alpha[..., None] + self.wall(scene) * (1 - alpha[..., None])
            head, person = head & (alpha > 0.5), person & (alpha > 0.5)
        if scene.cover:
            disc = _disc(head, scene.cover)
            light = np.where(disc[..., None], np.float32(0.18), light)
            head = head & ~disc
        values = encode((light * np.float32(2.0**scene.exposure)).astype(np.float32))
        return values, Shot(np.zeros((0, 0, 3), np.uint8), head, person)

    def _matrix(self, scene: Scene) -> Floats:
        """Affine matrix (2, 3): enlarging keeps the top of the head in place, shrinking keeps the bust on the lower edge."""
        import cv2

        height, width = self.light.shape[:2]
        rows, columns = np.nonzero(self.reference.head)
        if scene.size > 1:
            centre = (float(columns.mean()), float(rows.min()))
        elif scene.size < 1:
            centre = (width / 2, float(height))
        else:
            centre = (width / 2, height / 2)
        matrix = cv2.getRotationMatrix2D(centre, scene.turn, scene.size).astype(np.float32)
        matrix[:, 2] += np.array(scene.shift, np.float32) * (width, height)
        return matrix


def _warp(layer: NDArray[Any], matrix: Floats, how: int) -> NDArray[np.float32]:
    import cv2

    height, width = layer.shape[:2]
    return cv2.warpAffine(layer, matrix, (width, height), flags=how).astype(np.float32)


def _disc(head: NDArray[np.bool_], share: float) -> NDArray[np.bool_]:
    """A disc about the middle of the head that covers that share of it."""
    rows, columns = np.nonzero(head)
    if not rows.size:
        return np.zeros_like(head)
    y, x = np.mgrid[: head.shape[0], : head.shape[1]]
    far = np.hypot(y - rows.mean(), x - columns.mean())
    found: NDArray[np.bool_] = far <= np.quantile(far[head], share)
    return found
