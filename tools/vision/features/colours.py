"""What a picture is made of, in words: its main colours and where they lie, for a reader who does not see it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.finding import Lang, Text
from tools.numbers import percent, words

HUES = (  # upper bound in degrees
    (15, Text(en="red", fr="rouge")), (45, Text(en="orange", fr="orange")), (70, Text(en="yellow", fr="jaune")),
    (165, Text(en="green", fr="vert")), (200, Text(en="cyan", fr="cyan")), (260, Text(en="blue", fr="bleu")),
    (320, Text(en="purple", fr="violet")), (345, Text(en="pink", fr="rose")), (361, Text(en="red", fr="rouge")),
)  # fmt: skip
GREYS = ((60, Text(en="black", fr="noir")), (195, Text(en="grey", fr="gris")), (256, Text(en="white", fr="blanc")))
COLOURED = 0.25  # saturation from which a point has a colour
ROWS = (Text(en="top", fr="en haut"), Text(en="middle", fr="au milieu"), Text(en="bottom", fr="en bas"))
COLUMNS = (Text(en="left", fr="à gauche"), Text(en="centre", fr="au centre"), Text(en="right", fr="à droite"))


def shares(pixels: NDArray[np.uint8]) -> dict[str, NDArray[np.bool_]]:
    """Where each colour lies, by English name: masks (H, W) that cover the picture once."""
    rgb = pixels.astype(float)
    high, low = rgb.max(axis=2), rgb.min(axis=2)
    span = np.maximum(high - low, 1e-9)
    red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    hue = (
        np.where(
            high == red,
            (green - blue) / span % 6,
            np.where(high == green, (blue - red) / span + 2, (red - green) / span + 4),
        )
        * 60
    )
    coloured = (high - low > COLOURED * high) & (high > GREYS[0][0])
    found: dict[str, NDArray[np.bool_]] = {}
    start = 0.0
    for end, name in HUES:
        found[name.en] = found.get(name.en, np.zeros(hue.shape, bool)) | (coloured & (hue >= start) & (hue < end))
        start = end
    start = 0.0
    for end, name in GREYS:
        found[name.en] = ~coloured & (high >= start) & (high < end)
        start = end
    return found


def place(mask: NDArray[np.bool_], lang: Lang) -> str:
    """The ninth of the picture that holds most of a mask: "top left", "centre"."""
    height, width = mask.shape
    cells = mask[: height // 3 * 3, : width // 3 * 3].reshape(3, height // 3, 3, width // 3).sum(axis=(1, 3))
    row, column = np.unravel_index(int(cells.argmax()), (3, 3))
    if row == column == 1:
        return "centre" if lang == "en" else "au centre"
    return f"{ROWS[int(row)].get(lang)} {COLUMNS[int(column)].get(lang)}"


def described(pixels: NDArray[np.uint8], lang: Lang) -> str:
    """The three largest colours with their shares and where each is densest."""
    names = {name.en: name for _, name in (*HUES, *GREYS)}
    masks = sorted(shares(pixels).items(), key=lambda pair: -int(pair[1].sum()))[:3]
    most = "mostly at the" if lang == "en" else "surtout"
    return words(
        [
            f"{names[key].get(lang)} {percent(float(mask.mean()), lang)} ({most} {place(mask, lang)})"
            for key, mask in masks
            if mask.any()
        ],
        lang,
    )
