"""The picture of ``contextual_embeddings``: three layers as maps, and the silhouette of the senses layer by layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.figures import BLUE, FAINT, INK, OCHRE, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.language.attention_text import quoted
from tools.language.contextual_measure import principal_plane
from tools.language.contextual_text import title
from tools.language.inside import Floats
from tools.numbers import NARROW, interval, number, p_value, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.language.contextual_measure import Measured

COLOURS = (TEAL, PURPLE, OCHRE, BLUE, "#5b5850", "#7a5c00", "#1c1b19", "#3f6f4e")
MARKERS = "osD^vPX*"
MAPS, LINE = 3.1, 2.2  # inches: the row of maps, the line below


def map_figure(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """Layer 0, the layer shown and the last as maps; below, the silhouette (or the mean cosine) of every layer."""
    with drawing(title(m, lang), subtitle(m, model, seed, lang), 9.6, MAPS + LINE + 1.25) as (figure, line):
        full = figure.get_figheight()
        shown = layers_drawn(m)
        for k, layer in enumerate(shown):
            axes = figure.add_axes((0.03 + k * 0.325, (LINE + 0.95) / full, 0.29, MAPS / full))
            _map(axes, m, layer, lang)
        line.set_position((0.075, 0.5 / full, 0.895, LINE / full - 0.04))
        _line(line, m, shown, lang)
        return svg(figure, "maps", both(alt, m), lang)


def layers_drawn(m: Measured) -> list[int]:
    """Layer 0, the one shown, the last; a layer half-way stands in when two of them are the same."""
    last = len(m.cosines) - 1
    return sorted(list(dict.fromkeys([0, m.layer, last, last // 2, 1]))[:3])


def _map(axes: Axes, m: Measured, layer: int, lang: Lang) -> None:
    """One layer: a mark a sense, its name beside, and in the layer shown the numbers of the points astray."""
    points, share = principal_plane(m.cosines[layer])
    name = f"layer {layer}" if lang == "en" else f"couche {layer}"
    seen = f"{percent(share, lang)} {'of variance' if lang == 'en' else 'de la variance'}"
    single = not points.any()
    axes.set_title(
        name if single else f"{name}, {seen}",
        fontsize=10,
        loc="left",
        fontweight="bold" if layer == m.layer else "normal",
    )
    axes.set_xticks([])
    axes.set_yticks([])
    for side in ("top", "right", "bottom", "left"):
        axes.spines[side].set_visible(True)
        axes.spines[side].set_color(INK if layer == m.layer else FAINT)
    if single:
        text = (
            f"the {len(points)} occurrences,\none point"
            if lang == "en"
            else f"les {len(points)} occurrences,\nun seul point"
        )
        axes.plot([0], [0], "o", color=INK, markersize=9)
        axes.annotate(text, (0, 0), xytext=(0, -14), textcoords="offset points", ha="center", va="top", fontsize=10)
        return
    astray = m.nearest(layer)
    for i, (x, y) in enumerate(points):
        label = int(m.labels[i])
        shade, mark = (COLOURS[label % 8], MARKERS[label % 8]) if label >= 0 else (FAINT, "o")
        axes.plot([x], [y], mark, color=shade if label >= 0 else "none", markeredgecolor=shade, markersize=7, alpha=0.9)
        if layer == m.layer and (m.labels[astray[i]] != label or label < 0):  # the table tells its neighbour
            axes.annotate(str(i + 1), (x, y), xytext=(4, 3), textcoords="offset points", fontsize=8, color=shade)
    axes.margins(0.16)
    _sense_names(axes, m, points, lang)


def _sense_names(axes: Axes, m: Measured, points: Floats, lang: Lang) -> None:
    """The name of each sense beside its points, in its colour, where it covers the fewest points and no other name."""
    low, high = np.array([axes.get_xlim(), axes.get_ylim()]).T
    place = (points - low) / (high - low)
    taken: list[tuple[float, float, float]] = []
    for label, sense in enumerate(m.senses):
        name = sense.get(lang)
        middle, half = np.median(place[m.labels == label], axis=0), 0.013 * len(name)
        best = min(_around(middle), key=lambda spot: _cost(spot, half, place, taken, middle))
        taken.append((*best, half))
        axes.text(
            *best, name, transform=axes.transAxes, ha="center", va="center", fontsize=9.5, fontweight="bold",
            color=COLOURS[label % 8], zorder=5,
        )  # fmt: skip


def _around(middle: Floats) -> list[tuple[float, float]]:
    """Spots on rings around a point, in shares of the axes."""
    turns = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    return [(middle[0] + r * np.cos(t), middle[1] + r * np.sin(t)) for r in (0.07, 0.11, 0.16, 0.22) for t in turns]


def _cost(
    spot: tuple[float, float], half: float, place: Floats, taken: list[tuple[float, float, float]], middle: Floats
) -> float:
    """How bad a spot is for a name: points and names it covers, edges it crosses, distance from its points."""
    x, y = spot
    over = int(((np.abs(place[:, 0] - x) < half + 0.02) & (np.abs(place[:, 1] - y) < 0.045)).sum())
    names = sum(abs(x - a) < half + wide and abs(y - b) < 0.06 for a, b, wide in taken)
    outside = x - half < 0.01 or x + half > 0.99 or not 0.04 < y < 0.96
    return over + 5 * names + 5 * outside + 2 * float(np.hypot(x - middle[0], y - middle[1]))


def _line(axes: Axes, m: Measured, shown: list[int], lang: Lang) -> None:
    """The silhouette of every layer above the band of shuffled senses; without senses, the mean cosine."""
    layers = np.arange(len(m.cosines))
    values = m.apart.silhouette if m.apart else m.similarity
    if m.apart:
        axes.fill_between(layers, m.apart.low, m.apart.high, color=OCHRE, alpha=0.22, linewidth=0)
        band = "95% of shuffled senses" if lang == "en" else "95 % des sens mélangés"
        axes.annotate(band, (layers[-1], float(m.apart.low[-1])), xytext=(0, -3), textcoords="offset points", ha="right", va="top", fontsize=8.5,
                      color=OCHRE)  # fmt: skip
        axes.axhline(0, color=OCHRE, linewidth=1.2)
    axes.plot(layers, values, "-", color=TEAL, linewidth=2)
    axes.plot(shown, values[shown], "o", color=TEAL, markersize=6)
    axes.annotate(
        number(float(values[m.layer]), lang), (m.layer, float(values[m.layer])), xytext=(0, 6), textcoords="offset points", ha="center",
        fontsize=9.5, fontweight="bold", color=TEAL,
    )  # fmt: skip
    axes.set_xlabel("layer (0: before any context)" if lang == "en" else "couche (0 : avant tout contexte)")
    if m.apart:
        axes.set_ylabel("silhouette")
    else:
        axes.set_ylabel("mean cosine" if lang == "en" else "cosinus moyen")
    axes.margins(x=0.02, y=0.16)
    axes.locator_params(axis="x", integer=True)
    if lang == "fr":
        digits = 1 if float(np.ptp(values)) > 0.3 else 2
        axes.yaxis.set_major_formatter(lambda y, _: number(y, "fr", digits) if abs(y) > 1e-9 else "0")


def subtitle(m: Measured, model: str, seed: int, lang: Lang) -> str:
    """n, specimen, seed, interval and p."""
    n, name = len(m.examples), model.rstrip("/").rsplit("/", 1)[-1][:40]
    start = f"{n} sentences" if lang == "en" else f"{n} phrases"
    parts = [start]
    if m.apart:
        low, high = m.apart.interval
        k = len(m.senses)
        parts[0] += f", {k} senses" if lang == "en" else f", {k} sens"
        word = "95% interval" if lang == "en" else "intervalle à 95 %"
        parts.append(
            f"silhouette {number(float(m.apart.silhouette[m.layer]), lang)} ({word} {interval(low, high, lang)})"
        )
        parts.append(p_value(m.apart.p, lang))
    parts += [name, f"seed {seed}" if lang == "en" else f"graine {seed}"]
    return " · ".join(parts)


def alt(m: Measured, lang: Lang) -> str:
    """The figure in words: the maps, then the silhouette of some layers."""
    drawn = ", ".join(map(str, layers_drawn(m)))
    values = m.apart.silhouette if m.apart else m.similarity
    every = sorted({*range(0, len(values), 5), m.layer, len(values) - 1})
    gap = "; " if lang == "en" else f"{NARROW}; "
    listed = gap.join(f"{layer}: {number(float(values[layer]), lang)}" if lang == "en" else
                      f"{layer} : {number(float(values[layer]), lang)}" for layer in every)  # fmt: skip
    names = ", ".join(sense.get(lang) for sense in m.senses) or "–"
    if lang == "en":
        what = "Silhouette of the senses" if m.apart else "Mean cosine"
        return (
            f"Maps of {len(m.examples)} occurrences of {quoted(m.word, 'en')} in layers {drawn}; senses: {names}. Layer 0: {m.first_points} "
            f"point{'s' * (m.first_points > 1)}. {what} by layer: {listed}."
        )
    what = "Silhouette des sens" if m.apart else "Cosinus moyen"
    return (
        f"Cartes de {len(m.examples)} occurrences de {quoted(m.word, 'fr')} dans les couches {drawn} ; sens : {names}. Couche 0 : "
        f"{m.first_points} point{'s' * (m.first_points > 1)}. {what} par couche : {listed}."
    )
