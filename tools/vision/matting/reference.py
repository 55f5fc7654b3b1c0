"""Where the head and the person are: outlines drawn by hand for the built-in portraits, else the model's own mask."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadInput

if TYPE_CHECKING:
    from tools.specimens.vision import Segmenter
    from tools.vision.pictures import Picture

LONGEST = 256  # pixels of the working copy: the network itself reads 256 × 256
SMALLEST_HEAD = 80  # pixels of a head in the working copy: below it a share of it says little


@dataclass(frozen=True)
class Reference:
    """The working copy (H, W, 3) and its masks (H, W); ``by_hand`` says who drew them."""

    pixels: NDArray[np.uint8]
    head: NDArray[np.bool_]
    person: NDArray[np.bool_]
    by_hand: bool


def outlines() -> dict[str, Any]:
    """The outlines drawn by hand, with who drew them and when."""
    found: dict[str, Any] = json.loads((files("tools.vision.matting") / "hand_masks.json").read_text("utf-8"))
    return found


def builtin(picture: Picture) -> bool:
    """Whether a picture is the built-in one of that name (a file of the user may bear the same name)."""
    from tools.vision import pictures

    if picture.name not in pictures.BUILTIN:
        return False
    return picture.specimen.sha256 == pictures.read(picture.name).specimen.sha256


def reference(picture: Picture, segmenter: Segmenter) -> Reference:
    """The working copy of a picture and where its person is.

    Errors: ``BadInput`` when a picture without a hand mask shows no face, or no person about it.
    """
    import cv2

    height, width = picture.pixels.shape[:2]
    scale = min(1.0, LONGEST / max(height, width))
    small = (max(1, round(width * scale)), max(1, round(height * scale)))
    pixels = cv2.resize(picture.pixels, small, interpolation=cv2.INTER_AREA).astype(np.uint8)
    drawn = outlines()["pictures"].get(picture.name) if builtin(picture) else None
    if drawn is not None:
        head = filled(drawn["head"], (width, height), small)
        return Reference(pixels, head, filled(drawn["body"], (width, height), small) | head, True)
    return from_model(pixels, segmenter)


def filled(outline: list[list[int]], size: tuple[int, int], small: tuple[int, int]) -> NDArray[np.bool_]:
    """The inside of an outline (x, y in a picture of that (width, height)), at another size."""
    import cv2

    points = np.array(outline, np.float64) * (np.array(small) / np.array(size)) * 16  # 4 bits below the pixel
    mask = np.zeros(small[::-1], np.uint8)
    cv2.fillPoly(mask, [np.rint(points).astype(np.int32)], 1, shift=4)
    found: NDArray[np.bool_] = mask > 0
    return found


def from_model(pixels: NDArray[np.uint8], segmenter: Segmenter) -> Reference:
    """The model's own mask as the person, and the part of it about the largest face as the head."""
    from tools.specimens.vision import load_faces

    boxes = load_faces().boxes(pixels)
    person: NDArray[np.bool_] = segmenter.mask(pixels) >= 0.5
    if boxes:
        box = max(boxes, key=lambda found: found.width * found.height)
        x0, x1 = box.x - 0.25 * box.width, box.x + 1.25 * box.width
        y0, y1 = box.y - 0.6 * box.height, box.y + 1.05 * box.height  # hair above, the chin below
        y, x = np.mgrid[: pixels.shape[0], : pixels.shape[1]]
        head = person & (x >= x0) & (x < x1) & (y >= y0) & (y < y1)
        if head.sum() >= SMALLEST_HEAD:
            return Reference(pixels, head, person, False)
    raise BadInput(
        "No head is found in this picture, so there is nothing to lose. Give a portrait: one person, the face towards the camera.",
        "Aucune tête n’est trouvée dans cette image : il n’y a rien à perdre. Donnez un portrait : une personne, le visage vers l’objectif.",
    )
