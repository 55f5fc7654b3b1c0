"""Drawn people: the share of the skin that the mask keeps, by skin tone, with the drawings beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.figures import BLUE, INK, TEAL, drawing, png
from tools.finding import Figure, Lang, both
from tools.numbers import percent
from tools.vision.matting.drawn import DRAWINGS, TONES, WALLS, code
from tools.vision.matting.text import TONES as NAMES
from tools.vision.matting.text import points

if TYPE_CHECKING:
    from tools.vision.matting.drawn import Drawn

WAYS = {
    "skin_only": ("skin alone changed", "seule la peau change"),
    "as_drawn": ("as drawn (hair changes too)", "dessins tels quels (les cheveux changent aussi)"),
}


def tones_figure(d: Drawn, seed: int, lang: Lang) -> Figure:
    """A column a tone, two points with their intervals; below, one of the drawings in that tone."""
    from tools.vision.pictures import glyph

    with drawing(title(d, lang), subtitle(d, seed, lang), 7.2, 3.9) as (figure, axes):
        full = figure.get_figheight()
        axes.set_position((0.09, 1.15 / full, 0.89, 2.6 / full))
        for way, (place, colour, mark) in {"skin_only": (-0.12, TEAL, "o"), "as_drawn": (0.12, BLUE, "D")}.items():
            for x, (mean, low, high) in enumerate(d.tones[way]):
                axes.plot(
                    [x + place] * 2,
                    [100 * low, 100 * high],
                    color=colour,
                    linewidth=4,
                    alpha=0.35,
                    solid_capstyle="butt",
                )
                axes.plot(
                    [x + place], [100 * mean], mark, color=colour, markersize=6.5, mfc=colour if mark == "o" else "none"
                )
                side = "right" if place < 0 else "left"
                axes.annotate(
                    percent(mean, lang), (x + place, 100 * mean), xytext=(-6 if place < 0 else 6, 0), textcoords="offset points",
                    ha=side, va="center", fontsize=8, color=colour,
                )  # fmt: skip
        for row, (way, colour) in enumerate((("skin_only", TEAL), ("as_drawn", BLUE))):
            sign = "●" if way == "skin_only" else "◇"
            axes.text(
                5.5, 6 + 8 * (1 - row), f"{sign} {WAYS[way][lang == 'fr']}", ha="right", fontsize=8.5, color=colour
            )
        axes.set_ylim(0, 104)
        axes.set_xlim(-0.6, 5.6)
        axes.set_xticks(range(len(NAMES)), [name.get(lang).replace(" ", "\n", 1) for name in NAMES], fontsize=8.5)
        axes.set_ylabel("skin kept (%)" if lang == "en" else "peau conservée (%)", color=INK)
        for x, tone in enumerate(TONES):
            left = 0.09 + 0.89 * (x + 0.6) / 6.2
            small = figure.add_axes((left - 0.22 / 7.2, 0.08 / full, 0.44 / 7.2, 0.44 / full))
            small.imshow(glyph(code(DRAWINGS[4], tone), 96, (251, 249, 244)))
            small.set_axis_off()
        return png(figure, "tones", both(alt, d), lang)


def title(d: Drawn, lang: Lang) -> str:
    """Which tone is kept more, and by how much."""
    gap = d.difference["skin_only"]
    if gap[1] <= 0 <= gap[2]:
        told = (
            "In drawings, no clear difference between the darkest and the lightest skin"
            if lang == "en"
            else "Dans les dessins, aucune différence nette entre la peau la plus foncée et la plus claire"
        )
        return f"{told}: {points(gap, lang)}" if lang == "en" else f"{told}\u202f: {points(gap, lang)}"
    more = gap[0] > 0
    if lang == "en":
        return (
            f"In drawings, the darkest skin is kept {'more' if more else 'less'} than the lightest: {points(gap, lang)}"
        )
    return f"Dans les dessins, la peau la plus foncée est {'plus' if more else 'moins'} conservée que la plus claire\u202f: {points(gap, lang)}"


def subtitle(d: Drawn, seed: int, lang: Lang) -> str:
    """n, specimen and seed."""
    n = len(d.as_drawn)
    if lang == "en":
        return f"{n} drawn people (Noto Emoji) × 6 tones × {len(WALLS)} walls · MediaPipe selfie segmentation · far from its training · seed {seed}"
    return f"{n} personnes dessinées (Noto Emoji) × 6 teintes × {len(WALLS)} murs · MediaPipe selfie segmentation · loin de ce qu’il a appris · graine {seed}"


def alt(d: Drawn, lang: Lang) -> str:
    """The figure in words, with its numbers."""
    told = []
    for k, name in enumerate(NAMES):
        both_ways = [d.tones[way][k] for way in ("skin_only", "as_drawn")]
        shares = [
            f"{percent(v, lang)} ({percent(low, lang)} {'to' if lang == 'en' else 'à'} {percent(high, lang)})"
            for v, low, high in both_ways
        ]
        told.append(
            f"{name.en}: {shares[0]} with the skin alone changed, {shares[1]} as drawn"
            if lang == "en"
            else f"{name.fr} : {shares[0]} si seule la peau change, {shares[1]} dans les dessins tels quels"
        )
    head = (
        "Share of the skin of drawn people kept by the mask, from left to right: "
        if lang == "en"
        else "Part de la peau des personnes dessinées que le masque conserve, de gauche à droite : "
    )
    return head + ("; " if lang == "en" else " ; ").join(told) + "."
