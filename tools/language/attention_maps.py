"""The map of heads: what every head of every layer gives to the words watched, or how it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.figures import INK, PAPER, PURPLE, TEAL, drawing, png
from tools.finding import Figure, Lang, both
from tools.language.attention_figure import colour
from tools.language.attention_result import head_map, strongest
from tools.language.attention_text import points, quoted
from tools.language.inside import Floats
from tools.numbers import number, percent
from tools.numbers import words as listed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

    from tools.language.attention_measure import Measured


def heads_figure(m: Measured, model: str, seed: int, lang: Lang) -> Figure | None:
    """Layers × heads: the change for two sentences, else the weight of the first two candidates; ``None`` if all is 0."""
    if m.unmoved or not strongest(m)[2]:
        return None
    maps = _maps(m, lang)
    layers = len(maps[0].values)
    tall = min(5.4, max(2.4, 0.15 * layers + 0.9))
    with drawing(heads_title(m, lang), subtitle_all(m, model, seed, lang), 7.2, tall + 0.4) as (figure, first):
        full = figure.get_figheight()
        span = 0.88 / len(maps)
        for k, one in enumerate(maps):
            axes = first if k == 0 else figure.add_axes((0, 0, 1, 1))
            axes.set_position((0.09 + k * span, 0.55 / full, span - 0.13, (tall - 0.45) / full))
            _map(figure, axes, one, k == 0, lang)
        return png(figure, "heads", both(heads_alt, m), lang)


@dataclass(frozen=True)
class Map:
    """Numbers (layers, heads), what they are in the language of the run, the colour and the name of each end."""

    values: Floats
    label: str
    low: str
    high: str
    low_name: str = ""
    high_name: str = ""

    @property
    def signed(self) -> bool:
        """Whether the numbers are changes, with 0 in the middle."""
        return self.low != PAPER


def _maps(m: Measured, lang: Lang) -> list[Map]:
    """One map of changes for two sentences, else one for each of the first two candidates."""
    names = [quoted(name, lang) for name in m.asked.candidates]
    if m.paired:
        label = "first sentence less second, in points" if lang == "en" else "première phrase moins seconde, en points"
        ends = (names[1], names[0]) if m.contrast else ("", "")
        return [Map(head_map(m), label, PURPLE, TEAL, *ends)]
    s = m.seen[0]
    return [
        Map(s.weights[:, :, s.source, places].sum(axis=-1), f"{quoted(s.word, lang)} → {names[i]}", PAPER, colour(i))
        for i, places in enumerate(s.candidates[:2])
    ]


def _map(figure: Drawing, axes: Axes, one: Map, first: bool, lang: Lang) -> None:
    """One map, the first layer at the bottom, with its scale; square roots, so that weak heads show beside strong ones."""
    from matplotlib.colors import FuncNorm, LinearSegmentedColormap
    from matplotlib.patches import Rectangle

    top = float(np.abs(one.values).max()) or 1.0
    colours = LinearSegmentedColormap.from_list("map", [one.low, PAPER, one.high] if one.signed else [PAPER, one.high])
    norm = FuncNorm(
        (lambda x: np.sign(x) * np.abs(x) ** 0.5, lambda x: np.sign(x) * x**2), -top if one.signed else 0, top
    )
    layers, heads = one.values.shape
    image = axes.imshow(
        one.values, origin="lower", aspect="auto", cmap=colours, norm=norm, extent=(0.5, heads + 0.5, 0.5, layers + 0.5)
    )
    axes.set_xlabel("head" if lang == "en" else "tête")
    if first:
        axes.set_ylabel("layer" if lang == "en" else "couche")
    axes.set_xticks(_ticks(heads))
    axes.set_yticks(_ticks(layers))
    for side in ("top", "right"):
        axes.spines[side].set_visible(True)
    axes.set_title(one.label, fontsize=9.5, loc="left")
    layer, head = np.unravel_index(int(np.abs(one.values).argmax()), one.values.shape)
    axes.add_patch(
        Rectangle((head + 0.5, layer + 0.5), 1, 1, fill=False, edgecolor=INK, linewidth=1.8, clip_on=False, zorder=4)
    )
    parts = [-1, -0.25, 0, 0.25, 1] if one.signed else [0, 0.1, 0.4, 1]
    bar = figure.colorbar(
        image, ax=axes, fraction=0.05, pad=0.03, aspect=22 if one.signed else 50, ticks=[part * top for part in parts]
    )
    bar.ax.set_yticklabels([_tick(part * top, one.signed, lang) for part in parts])
    bar.ax.tick_params(length=0)
    if one.high_name:
        bar.ax.set_title(one.high_name, fontsize=9.5, color=one.high, fontweight="bold")
        bar.ax.set_xlabel(one.low_name, fontsize=9.5, color=one.low, fontweight="bold")


def _ticks(count: int) -> list[int]:
    """1, 5, 10… up to the count, or every number when there are few."""
    return list(range(1, count + 1)) if count <= 12 else sorted({1, *range(5, count + 1, 5)})


def _tick(value: float, signed: bool, lang: Lang) -> str:
    """A mark of a scale: points with their sign, or a share."""
    return ("+" if signed and value > 0 else "") + (number(100 * value, lang, 0) if signed else percent(value, lang))


def heads_title(m: Measured, lang: Lang) -> str:
    """Which head stands out, and by how much."""
    layer, head, value = strongest(m)
    if m.paired:
        size = points(value, lang, 0)
        if lang == "en":
            return f"Head {head} of layer {layer} changes the most: {size}"
        return f"La tête {head} de la couche {layer} change le plus : {size}"
    name, share = quoted(m.asked.candidates[0], lang), percent(value, lang)
    if lang == "en":
        return f"Head {head} of layer {layer} gives {name} the most: {share}"
    return f"La tête {head} de la couche {layer} donne le plus à {name} : {share}"


def subtitle_all(m: Measured, model: str, seed: int, lang: Lang) -> str:
    """n, specimen and seed of a map of all heads."""
    layers, heads = m.seen[0].weights.shape[:2]
    name = model.rstrip("/").rsplit("/", 1)[-1][:40]
    sources = listed(list(dict.fromkeys(quoted(s.word, lang) for s in m.seen)), lang)
    if lang == "en":
        return f"from {sources} · all {layers * heads} heads ({layers} layers × {heads}), the frame on the largest · {name} · seed {seed}"
    return f"depuis {sources} · {layers * heads} têtes ({layers} couches × {heads}), la plus forte encadrée · {name} · graine {seed}"


def heads_alt(m: Measured, lang: Lang) -> str:
    """The map in words: the strongest head, and how many pass some marks."""
    layer, head, value = strongest(m)
    values = np.abs(head_map(m))
    over = int((values > 0.1).sum())
    if m.paired:
        size = number(100 * value, lang, 1)
        if lang == "en":
            return f"Heat map of layers by heads. Largest change: layer {layer}, head {head}, {size} points. {over} of {values.size} heads change by more than 10 points."
        return (
            f"Carte des couches par têtes. Plus grand changement : couche {layer}, tête {head}, {size} points. "
            f"{over} têtes sur {values.size} changent de plus de 10 points."
        )
    name = quoted(m.asked.candidates[0], lang)
    if lang == "en":
        return f"Heat map of layers by heads. Layer {layer}, head {head} gives {name} the most: {percent(value, lang, 1)}. {over} of {values.size} heads give it more than 10%."
    return (
        f"Carte des couches par têtes. La tête {head} de la couche {layer} donne le plus à {name} : {percent(value, lang, 1)}. "
        f"{over} têtes sur {values.size} lui donnent plus de 10 %."
    )
