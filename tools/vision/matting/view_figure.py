"""The scenes as the camera gives them and as the call shows them, on a virtual background."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tools.figures import INK, TEAL, drawing, png
from tools.finding import Figure, Lang, both
from tools.numbers import percent, words
from tools.vision.matting.text import VIEWS, changes, headline, named

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.vision.matting.measure import Measured, View
    from tools.vision.pictures import Picture

BACKGROUND = "china"
ROWS = {"en": ("camera", "call"), "fr": ("caméra", "appel")}
WIDTH, LEFT = 8.0, 0.34  # inches: the figure, the names of the rows


def views_figure(m: Measured, picture: Picture, seed: int, lang: Lang) -> Figure:
    """Two rows: the camera with the outline of the head, and the person on the virtual background."""
    height, width = m.views["original"].shot.pixels.shape[:2]
    behind = virtual((height, width))
    column = (WIDTH - LEFT - 0.1) / len(m.views)
    panel = (column - 0.1) * height / width
    tall = 2 * panel + 0.95
    with drawing(headline(m, lang), subtitle(m, picture.name, seed, lang), WIDTH, tall) as (figure, first):
        full = figure.get_figheight()
        first.set_axis_off()
        for place, (name, view) in enumerate(m.views.items()):
            x = (LEFT + place * column) / WIDTH
            label = textwrap.fill(caption(name, view, lang), 27)
            figure.text(x, (2 * panel + 0.2) / full, label, va="bottom", fontsize=7.8)
            for row, pixels in enumerate((view.shot.pixels, composite(view, behind))):
                y = 0.1 + (1 - row) * (panel + 0.05)
                axes = figure.add_axes((x, y / full, (column - 0.1) / WIDTH, panel / full))
                axes.imshow(pixels, aspect="auto", interpolation="lanczos")
                _frame(axes)
                if row == 0:
                    axes.contour(view.shot.head, levels=[0.5], colors=["#ffffff"], linewidths=1.6)
                    axes.contour(view.shot.head, levels=[0.5], colors=[TEAL], linewidths=0.8)
        for row, word in enumerate(ROWS[lang]):
            y = 0.1 + (1 - row) * (panel + 0.05) + panel / 2
            figure.text(0.02, y / full, word, rotation=90, va="center", fontsize=9, color=INK)
        return png(figure, "views", both(alt, m, picture), lang)


def _frame(axes: Axes) -> None:
    axes.set_xticks([])
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set_visible(False)


def virtual(size: tuple[int, int]) -> NDArray[np.float32]:
    """The virtual background, cut to (height, width)."""
    import cv2

    from tools.vision.pictures import read

    pixels = read(BACKGROUND).pixels
    scale = max(size[0] / pixels.shape[0], size[1] / pixels.shape[1])
    large = cv2.resize(pixels, None, fx=scale * 1.001, fy=scale * 1.001, interpolation=cv2.INTER_AREA)
    top, left = (large.shape[0] - size[0]) // 2, (large.shape[1] - size[1]) // 2
    found: NDArray[np.float32] = large[top : top + size[0], left : left + size[1]].astype(np.float32)
    return found


def composite(view: View, behind: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The picture where the mask says person, the virtual background elsewhere."""
    mask = view.mask[..., None]
    return np.clip(view.shot.pixels * mask + behind * (1 - mask) + 0.5, 0, 255).astype(np.uint8)


def caption(name: str, view: View, lang: Lang) -> str:
    """What a column shows, and how much of the head is kept."""
    kept = percent(view.score.head, lang)
    what = (
        f"{VIEWS[name].get(lang)}{' :' if lang == 'fr' else ':'} {changes(view.scene, lang)}"
        if name == "worst"
        else VIEWS[name].get(lang)
    )
    simulated = "" if name == "original" else (" (simulation)")
    kept_in = f"{kept} of the head kept" if lang == "en" else f"{kept} de la tête conservés"
    return f"{what}{simulated} → {kept_in}".replace(" :", "\u202f:")


def subtitle(m: Measured, name: str, seed: int, lang: Lang) -> str:
    """n, specimen and seed."""
    if lang == "en":
        how = "outlines by hand" if m.by_hand else "outline by the model itself"
        return f"simulations from one picture ({name}), {how} · MediaPipe selfie segmentation, not Zoom’s software · seed {seed}"
    how = "contours à la main" if m.by_hand else "contour du modèle lui-même"
    return f"simulations à partir d’une image ({name}), {how} · MediaPipe selfie segmentation, non le logiciel de Zoom · graine {seed}"


def where(head: NDArray[np.bool_], lang: Lang) -> str:
    """Where the head is in the picture: top, middle or bottom, left, centre or right."""
    rows, columns = np.nonzero(head)
    names = {
        "en": (("top", "middle", "bottom"), ("left", "centre", "right")),
        "fr": (("en haut", "au milieu", "en bas"), ("à gauche", "au centre", "à droite")),
    }[lang]
    vertical = names[0][min(int(3 * rows.mean() / head.shape[0]), 2)]
    return f"{vertical} {names[1][min(int(3 * columns.mean() / head.shape[1]), 2)]}"


def alt(m: Measured, picture: Picture, lang: Lang) -> str:
    """The figure in words, with its numbers."""
    head = m.views["original"].shot.head
    told = [caption(name, view, lang) for name, view in m.views.items()]
    halves = words([lost_where(view, lang) for name, view in m.views.items() if view.score.head < 0.5], lang)
    if lang == "en":
        return (
            f"Four columns, each {named(picture, lang)} as the camera gives it and below it the call with a pavilion as virtual "
            f"background; the head is {where(head, lang)}, {percent(float(head.mean()), lang)} of the picture. "
            f"{'; '.join(told)}. {halves}"
        ).strip()
    return (
        f"Quatre colonnes : {named(picture, lang)} telle que la donne la caméra et, dessous, l’appel avec un pavillon en fond "
        f"virtuel ; la tête est {where(head, lang)}, {percent(float(head.mean()), lang)} de l’image. {' ; '.join(told)}. {halves}"
    ).strip()


def lost_where(view: View, lang: Lang) -> str:
    """What is left of a lost person, by third of the picture."""
    kept = view.mask >= 0.5
    person = view.shot.person
    shares = []
    for third in np.array_split(np.arange(kept.shape[0]), 3):
        own = person[third]
        shares.append(percent(float(kept[third][own].mean()) if own.any() else 0.0, lang))
    if lang == "en":
        return f"In the last, the person is kept at {shares[0]} in the top third, {shares[1]} in the middle, {shares[2]} in the bottom third."
    return f"Dans la dernière, la personne est conservée à {shares[0]} dans le tiers haut, {shares[1]} au milieu, {shares[2]} dans le tiers bas."
