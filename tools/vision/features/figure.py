"""The pictures found for a unit beside the best real patches, and the filters of the first layer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.figures import INK, drawing, png
from tools.finding import Figure, Lang, Text, french
from tools.numbers import number
from tools.vision.features.colours import described
from tools.vision.features.measure import Measured
from tools.vision.features.text import name, title
from tools.vision.features.text import picture as shown

WIDTH, COLUMNS = 7.2, 8  # inches; filters in a row


def gallery(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """Above: the painted pictures. Below: the best real patches, each with its activation."""
    across = max(len(m.found), len(m.patches))
    cell = WIDTH * 0.96 / max(across, 3)
    height = 2 * (cell + 0.52)
    n = (
        f"{len(m.found)} painted pictures, {len(m.real)} patches"
        if lang == "en"
        else f"{len(m.found)} images peintes, {len(m.real)} morceaux"
    )
    sub = f"{n}; {model}; seed {seed}" if lang == "en" else f"{n}\u202f; {model}\u202f; graine {seed}"
    with drawing(french(title(m, lang)) if lang == "fr" else title(m, lang), sub, WIDTH, height) as (figure, axes):
        axes.set_axis_off()
        full = figure.get_figheight()
        heads = (
            ("painted for the unit", "best patches of photographs and drawings")
            if lang == "en"
            else ("peintes pour l’unité", "meilleurs morceaux de photographies et de dessins")
        )
        rows = [
            [(picture, number(float(value), lang, 1)) for picture, value in zip(m.found, m.values, strict=True)],
            [(patch.pixels, f"{shown(patch.picture, lang)} {number(patch.value, lang, 1)}") for patch in m.patches],
        ]
        for k, (head, row) in enumerate(zip(heads, rows, strict=True)):
            bottom = (1 - k) * (cell + 0.52)
            figure.text(0.02, (bottom + cell + 0.17) / full, head, fontsize=9.5, fontweight="bold", color=INK)
            for i, (picture, label) in enumerate(row):
                box = figure.add_axes(
                    ((0.02 * WIDTH + i * cell) / WIDTH, bottom / full, (cell - 0.06) / WIDTH, (cell - 0.06) / full)
                )
                box.imshow(picture, interpolation="lanczos", aspect="auto")
                box.set_title(label, fontsize=8.5, loc="left", pad=2)
                box.set_axis_off()
        return png(figure, "unit", _alt(m), lang)


def _alt(m: Measured) -> Text:
    """Each painted picture by its colours and where they lie, and the patches by picture and place."""

    def written(lang: Lang) -> str:
        painted, patches = [], []
        for k, (picture, value) in enumerate(zip(m.found, m.values, strict=True), 1):
            word = "Picture" if lang == "en" else "Image"
            painted.append(
                f"{word} {k}{':' if lang == 'en' else ' :'} activation {number(float(value), lang, 1)}; {described(picture, lang)}."
            )
        for patch in m.patches:
            patches.append(
                f"{shown(patch.picture, lang)} {number(patch.value, lang, 1)} ({described(patch.pixels, lang)})"
            )
        if lang == "en":
            return f"Above, pictures painted for {name(m.unit, 'en')}. {' '.join(painted)} Below, the best patches of photographs and drawings: {'; '.join(patches)}."
        text = f"En haut, images peintes pour {name(m.unit, 'fr')}. {' '.join(painted)} En bas, les meilleurs morceaux de photographies et de dessins : {'; '.join(patches)}."
        return text.replace("; ", " ; ")

    return Text(en=written("en"), fr=written("fr"))


def filters(weights: NDArray[np.float32], model: str, lang: Lang) -> Figure:
    """The filters of the first layer as small colour pictures: grey is zero."""
    count, coloured = len(weights), colour_filters(weights)
    rows = -(-count // COLUMNS)
    cell = WIDTH * 0.96 / COLUMNS
    if lang == "en":
        head = f"The first layer: {coloured} of {count} filters look for a colour, the others for light and dark"
        sub = f"{count} filters of {weights.shape[1]} × {weights.shape[2]} pixels, {model}; grey: weight 0"
    else:
        head = f"La première couche\u202f: {coloured} filtres sur {count} cherchent une couleur, les autres du clair et du sombre"
        sub = f"{count} filtres de {weights.shape[1]} × {weights.shape[2]} pixels, {model}\u202f; gris\u202f: poids nul"
    with drawing(head, sub, WIDTH, rows * cell + 0.1) as (figure, axes):
        axes.set_axis_off()
        full = figure.get_figheight()
        for i, kernel in enumerate(weights):
            left, bottom = 0.02 * WIDTH + (i % COLUMNS) * cell, (rows - 1 - i // COLUMNS) * cell + 0.05
            box = figure.add_axes((left / WIDTH, bottom / full, (cell - 0.08) / WIDTH, (cell - 0.08) / full))
            box.imshow(kernel, interpolation="nearest", aspect="auto")
            box.set_axis_off()
        alt = Text(
            en=f"{count} small squares of {weights.shape[1]} by {weights.shape[2]} pixels, the filters of the first layer; {coloured} are coloured, {count - coloured} are close to grey.",
            fr=f"{count} petits carrés de {weights.shape[1]} pixels sur {weights.shape[2]}, les filtres de la première couche ; {coloured} sont colorés, {count - coloured} presque gris.",
        )
        return png(figure, "first_layer", alt, lang)


def colour_filters(weights: NDArray[np.float32]) -> int:
    """How many filters weigh the three colours differently: over a quarter of their energy is not common to the three."""
    signed = weights - 0.5
    common = signed.mean(axis=3, keepdims=True)
    energy = (signed**2).sum(axis=(1, 2, 3))
    return int((((signed - common) ** 2).sum(axis=(1, 2, 3)) > 0.25 * energy).sum())
