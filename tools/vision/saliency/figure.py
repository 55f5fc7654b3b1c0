"""The main picture of ``image_saliency``: what the network sees, and its map or maps laid over it, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.figures import FAINT, INK, OCHRE, PAPER, TEAL, drawing, png
from tools.finding import Figure, Lang, Text
from tools.numbers import percent
from tools.vision.saliency import text
from tools.vision.saliency.places import PARTS, centroid, ninths
from tools.vision.saliency.score import Floats, cell_index

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.vision.saliency.maps import Map
    from tools.vision.saliency.measure import Measured

WIDTH, GAP = 7.2, 0.12  # inches
BARS = 1.42  # inches under the pictures, for the classes


def maps_figure(m: Measured, picture: Text, model: str, seed: int, lang: Lang) -> Figure:
    """The picture with its nine parts, the maps with the share of each part, and the likeliest classes below."""
    panels = 1 + len(m.maps)
    side = min((0.96 * WIDTH - GAP * (panels - 1)) / panels, 3.0)
    with drawing(text.title(m, lang), subtitle(m, model, seed, lang), WIDTH, side + BARS + 0.45) as (figure, first):
        full = figure.get_figheight()
        for i in range(panels):
            left = 0.02 * WIDTH + i * (side + GAP)
            place = (left / WIDTH, (BARS + 0.1) / full, side / WIDTH, side / full)
            axes = first if i == 0 else figure.add_axes(place)
            axes.set_position(place)
            if i == 0:
                _panel(axes, m.seen, "what the network sees" if lang == "en" else "ce que voit le réseau")
            else:
                one = m.maps[i - 1]
                _panel(
                    axes,
                    overlay(m.seen, shown(one, m.seen.shape[0])),
                    text.capital(text.METHOD_NAMES[one.method].get(lang)),
                )
                _shares(axes, one, lang)
        _classes(figure.add_axes((0.30, 0.12 / full, 0.42, (BARS - 0.34) / full)), m, lang)
        _scale(figure.add_axes((0.80, 0.42 / full, 0.17, 0.11 / full)), lang)
        return png(figure, "maps", Text(en=alt(m, picture, "en"), fr=alt(m, picture, "fr")), lang)


def subtitle(m: Measured, model: str, seed: int, lang: Lang) -> str:
    """Methods, n, specimen and seed."""
    names = " + ".join(text.METHOD_NAMES[one.method].get(lang) for one in m.maps)
    name = model.rstrip("/").rsplit("/", 1)[-1][:40]
    if lang == "en":
        return f"{names} · 1 picture, 14 × 14 cells · {name} · seed {seed}"
    return f"{names} · 1 image, 14 × 14 cases · {name} · graine {seed}"


def shown(one: Map, side: int) -> Floats:
    """The map as it is drawn, 0 to 1: what speaks for the class, fine where the method is, in cells where it is noise."""
    from scipy.ndimage import gaussian_filter

    noisy = one.method in ("integrated_gradients", "smoothgrad")
    values = one.cells.ravel()[cell_index(side)] if noisy else one.values
    values = np.maximum(gaussian_filter(values, side / 40) if noisy else values, 0)
    top = float(np.quantile(values, 0.995)) or float(values.max())
    found: Floats = np.clip(values / top, 0, 1) if top > 0 else values
    return found


def overlay(seen: Floats, heat: Floats) -> Floats:
    """The picture in grey under the colours of cividis, the stronger the map the stronger the colour; (S, S, 3)."""
    from matplotlib import colormaps

    grey = np.repeat((seen @ np.array([0.299, 0.587, 0.114]))[..., None], 3, axis=2)
    colours = colormaps["cividis"](heat)[..., :3]
    mixed: Floats = np.clip(0.42 * grey + 0.58 * colours, 0, 1)
    return mixed


def bare(axes: Axes) -> None:
    """No ticks, no frame."""
    axes.set_xticks([])
    axes.set_yticks([])
    for side in ("left", "right", "top", "bottom"):
        axes.spines[side].set_visible(False)


def _panel(axes: Axes, pixels: Floats, label: str) -> None:
    """A picture with its nine parts in thin lines and its label above."""
    axes.imshow(pixels, interpolation="bilinear", aspect="auto")
    for at in (len(pixels) / 3, 2 * len(pixels) / 3):
        axes.axhline(at - 0.5, color=PAPER, linewidth=0.6, alpha=0.8)
        axes.axvline(at - 0.5, color=PAPER, linewidth=0.6, alpha=0.8)
    bare(axes)
    axes.set_title(label, fontsize=10, fontweight="bold", pad=5, loc="left")


def _shares(axes: Axes, one: Map, lang: Lang) -> None:
    """The share of each of the nine parts, and a cross at the centre of gravity."""
    from matplotlib.patheffects import withStroke

    side, shares = one.values.shape[0], ninths(one.mass)
    if one.empty:
        return
    for row in range(3):
        for column in range(3):
            best = shares[row, column] == shares.max()
            axes.text((column + 0.05) * side / 3, (row + 0.06) * side / 3, percent(float(shares[row, column]), lang), fontsize=10 if best else 8.5,
                      fontweight="bold" if best else "normal", color=PAPER, va="top", ha="left", zorder=5,
                      path_effects=[withStroke(linewidth=2.2, foreground=INK)])  # fmt: skip
    x, y = centroid(one.mass)
    axes.plot(
        [x * side],
        [y * side],
        "+",
        color=PAPER,
        markersize=13,
        markeredgewidth=2.4,
        path_effects=[withStroke(linewidth=4.4, foreground=INK)],
    )


def _classes(axes: Axes, m: Measured, lang: Lang) -> None:
    """The likeliest classes as bars; the one that is explained in ochre, and added when it is not among them."""
    listed = m.top if m.target.index in [one.index for one in m.top] else [*m.top[:4], m.target]
    for row, one in enumerate(reversed(listed)):
        chosen = one.index == m.target.index
        axes.barh(row, 100 * one.chance, height=0.66, color=OCHRE if chosen else TEAL, alpha=0.9)
        axes.annotate(percent(one.chance, lang, 0 if one.chance > 0.1 else 1), (100 * one.chance, row), xytext=(4, 0),
                      textcoords="offset points", va="center", fontsize=9, fontweight="bold" if chosen else "normal")  # fmt: skip
    names = [one.french if lang == "fr" and one.french else one.label for one in reversed(listed)]
    names = [name if len(name) <= 28 else name[:27] + "…" for name in names]
    axes.set_yticks(range(len(listed)), names, fontsize=9)
    bare_below(axes)
    axes.set_xlim(0, 118 * max(one.chance for one in listed))
    axes.set_title(
        "what it answers (ochre: explained)" if lang == "en" else "ce qu’il répond (ocre : expliqué)",
        fontsize=8.5,
        loc="left",
        pad=3,
    )


def bare_below(axes: Axes) -> None:
    """Bars without an axis: their numbers stand beside them."""
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _scale(axes: Axes, lang: Lang) -> None:
    """What the colours mean."""
    axes.imshow(np.linspace(0, 1, 64)[None], cmap="cividis", aspect="auto")
    bare(axes)
    low, high = ("nothing", "most") if lang == "en" else ("rien", "le plus")
    axes.set_title("speaks for the class" if lang == "en" else "parle pour la classe", fontsize=8.5, pad=3)
    axes.text(0, 1.1, low, fontsize=8, va="top", ha="left", color=INK)
    axes.text(63, 1.1, high, fontsize=8, va="top", ha="right", color=INK)
    axes.text(
        31.5,
        2.7,
        "+ : centre of gravity" if lang == "en" else "+ : centre de gravité",
        fontsize=8,
        va="top",
        ha="center",
        color=FAINT,
    )


def alt(m: Measured, picture: Text, lang: Lang) -> str:
    """The picture, the classes and where each map lies, in words with the numbers."""
    comma, stop = ("; ", ":") if lang == "en" else (" ; ", " :")
    classes = comma.join(f"{text.called(one, lang)} {percent(one.chance, lang, 1)}" for one in m.top)
    intro = (
        "The central square of a picture that shows " if lang == "en" else "Le carré central d’une image qui montre "
    ) + picture.get(lang)
    told = [f"{intro}. " + ("The network answers" if lang == "en" else "Le réseau répond") + f"{stop} {classes}."]
    for one in m.maps:
        name, shares = text.METHOD_NAMES[one.method].get(lang), ninths(one.mass).ravel()
        if one.empty:
            told.append(f"{text.capital(name)}{stop} " + ("an empty map." if lang == "en" else "une carte vide."))
            continue
        x, y = centroid(one.mass)
        parts = comma.join(
            f"{PARTS[i].get(lang).removeprefix('the ')} {percent(float(shares[i]), lang)}"
            for i in np.argsort(-shares, kind="stable")
        )
        if lang == "en":
            told.append(f"{text.capital(name)}, shares of the map for {text.called(m.target, lang)} (even: {percent(1 / 9, lang)}): {parts}; centre of gravity "
                        f"at {percent(x, lang)} from the left and {percent(y, lang)} from the top.")  # fmt: skip
        else:
            told.append(f"{text.capital(name)}, parts de la carte pour {text.called(m.target, lang)} (égales : {percent(1 / 9, lang)}) : {parts} ; centre de gravité "
                        f"à {percent(x, lang)} depuis la gauche et {percent(y, lang)} depuis le haut.")  # fmt: skip
    return " ".join(told)
