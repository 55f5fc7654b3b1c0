"""The pictures of the test: each drawing at its score, and d of every test in every version."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from tools.figures import BLUE, FAINT, INK, OCHRE, PURPLE, TEAL, drawing, png, svg
from tools.finding import Figure, Lang, Text, french
from tools.numbers import interval, number, p_value
from tools.vision.images_association.measure import OUTLINE, PIXELS, VERSIONS, Drawing, Floats, Measured, drawn
from tools.vision.images_association.text import NAMES, sentence, title

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = {"colour": TEAL, "grey": BLUE, "silhouette": PURPLE, PIXELS: FAINT}
THUMB, WIDTH = 0.42, 7.2  # inches: a drawing, the figure
Draw = Callable[[str, tuple[int, int, int]], Drawing]


def forest(found: list[Measured], version: str, model: str, seed: int, lang: Lang) -> Figure:
    """One band a test: d in colour, in grey, as outlines (with intervals) and on bare pixels."""
    kinds = [*VERSIONS, PIXELS]
    drawings = len({code for one in found for group in one.test.groups for code in group.codes})
    words = ("drawings", "95% intervals", "seed") if lang == "en" else ("dessins", "intervalles à 95 %", "graine")
    sub = f"{drawings} {words[0]}, {model}; {words[1]}; {words[2]} {seed}"
    sub = sub if lang == "en" else sub.replace(";", "\u202f;").replace("95 %", "95\u202f%")
    with drawing(
        french(title(found, version, lang)) if lang == "fr" else title(found, version, lang),
        sub,
        WIDTH,
        1.2 + 0.74 * len(found),
    ) as (figure, axes):
        axes.axvline(0, color=OCHRE, linewidth=1.4, zorder=1)
        for row, one in enumerate(found):
            base = (len(found) - 1 - row) * 5.0
            for k, kind in enumerate(kinds):
                _point(axes, one, kind, base + 3 - k)
            if row % 2 == 0:
                axes.axhspan(base - 1, base + 4, color=INK, alpha=0.035, linewidth=0)
        for k, kind in enumerate(kinds):
            axes.annotate(
                NAMES[kind].get(lang),
                (2.06, (len(found) - 1) * 5.0 + 3 - k),
                fontsize=7.5,
                va="center",
                color=COLOURS[kind] if kind != PIXELS else "#5b5850",
            )
        _dress(axes, found, lang)
        return svg(figure, "tests", _alt_all(found, lang_pair=("en", "fr")), lang)


def _point(axes: Axes, one: Measured, kind: str, y: float) -> None:
    """One d with its interval; an open mark for bare pixels."""
    scored, colour = one.scored[kind], COLOURS[kind]
    axes.plot([scored.low, scored.high], [y, y], color=colour, linewidth=4, alpha=0.35, solid_capstyle="butt", zorder=2)
    axes.plot(
        [scored.d],
        [y],
        "D" if kind == PIXELS else "o",
        color=colour,
        mfc="none" if kind == PIXELS else colour,
        markersize=6,
        zorder=3,
    )


def _dress(axes: Axes, found: list[Measured], lang: Lang) -> None:
    """Names of the tests with what either side means, and the axis."""
    axes.set_yticks(
        [(len(found) - 1 - row) * 5.0 + 1.5 for row in range(len(found))],
        [sentence(one.test.title.get(lang)) for one in found], fontsize=9,
    )  # fmt: skip
    axes.set_xlim(-2.0, 3.15)
    axes.set_xticks([-2, -1, 0, 1, 2])
    axes.set_ylim(-1, len(found) * 5.0 - 0.8)
    box = axes.get_position()
    axes.set_position((0.30, box.y0, 0.68, box.height))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(
        "effect size d (0: no difference)" if lang == "en" else "taille d’effet d (0\u202f: aucune différence)"
    )


def _alt_all(found: list[Measured], lang_pair: tuple[Lang, Lang]) -> Text:
    def written(lang: Lang) -> str:
        lines = []
        for one in found:
            each = [
                f"{NAMES[kind].get(lang)} {number(one.scored[kind].d, lang)} "
                f"({interval(one.scored[kind].low, one.scored[kind].high, lang)})"
                for kind in (*VERSIONS, PIXELS)
            ]
            lines.append(f"{sentence(one.test.title.get(lang))}{' :' if lang == 'fr' else ':'} {', '.join(each)}.")
        return " ".join(lines)

    en, fr = (written(lang) for lang in lang_pair)
    return Text(
        en=f"Effect sizes d with 95% intervals, four a test, against 0 (no difference). {en}",
        fr=f"Tailles d’effet d avec intervalles à 95 %, quatre par test, face à 0 (aucune différence). {fr}",
    )


def lanes(one: Measured, version: str, model: str, draw: Draw, seed: int, lang: Lang) -> Figure:
    """Each drawing at its score on one axis, the first group above the second."""
    main = one.scored[version]
    scores = [*main.x.tolist(), *main.y.tolist()]
    low, high = min(scores), max(scores)
    low, high = low - 0.08 * (high - low), high + 0.08 * (high - low)
    rows = [_rows(values, low, high) for values in (main.x, main.y)]
    tall = [max(row) + 1 for row in rows]
    height = 1.5 + (THUMB + 0.03) * sum(tall) + 0.5
    bounds, p = interval(main.low, main.high, lang), p_value(main.splits.p, lang)
    sub = (
        f"{len(main.x) + len(main.y)} drawings, {NAMES[version].en}; 95% interval of d {bounds}; {p}; {model}; seed {seed}"
        if lang == "en"
        else f"{len(main.x) + len(main.y)} dessins, {NAMES[version].fr}\u202f; intervalle à 95\u202f% de d {bounds}\u202f; {p}\u202f; {model}\u202f; graine {seed}"
    )
    with drawing(
        french(title([one], version, lang)) if lang == "fr" else title([one], version, lang), sub, WIDTH, height
    ) as (figure, axes):
        axes.set_position((0.03, 0.58 / figure.get_figheight(), 0.94, (height - 0.6) / figure.get_figheight()))
        axes.set_xlim(low, high)
        axes.set_ylim(-0.6, sum(tall) + 2.1)
        _lane(axes, one, main.y, rows[1], 0.0, PURPLE, version, draw, lang)
        _lane(axes, one, main.x, rows[0], tall[1] + 1.05, TEAL, version, draw, lang)
        if low < 0 < high:
            axes.axvline(0, color=OCHRE, linewidth=1.4, zorder=1)
        a, b = one.test.a.label.get(lang), one.test.b.label.get(lang)
        near = (
            f"← closer to {b}          s          closer to {a} →"
            if lang == "en"
            else f"← plus près du groupe « {b} »       s       plus près du groupe « {a} » →"
        )
        axes.set_xlabel(near.replace("« ", "«\u202f").replace(" »", "\u202f»"))
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        if lang == "fr":
            axes.xaxis.set_major_formatter(lambda x, _: number(x, "fr", 2) if abs(x) > 1e-9 else "0")
        return png(figure, "drawings", _alt_one(one, version), lang)


def _rows(values: Floats, low: float, high: float) -> list[int]:
    """The lowest row where a drawing does not cover another one."""
    need, rows = (THUMB + 0.02) / (WIDTH * 0.94) * (high - low), [0] * len(values)
    ends: list[float] = []
    for i in sorted(range(len(values)), key=lambda i: float(values[i])):
        row = next((k for k, end in enumerate(ends) if float(values[i]) - end >= need), len(ends))
        ends[row : row + 1] = [float(values[i])]
        rows[i] = row
    return rows


def _lane(
    axes: Axes, one: Measured, values: Floats, rows: list[int], base: float, colour: str, version: str, draw: Draw, lang: Lang
) -> None:  # fmt: skip
    """One group: its drawings, its mean as a band, its name."""
    from matplotlib.offsetbox import AnnotationBbox, OffsetImage

    group = one.test.y if base == 0 else one.test.x
    for code, value, row in zip(group.codes, values.tolist(), rows, strict=True):
        picture = _cut_out(draw(code, (255, 255, 255)), draw(code, (0, 0, 0)), version)
        axes.add_artist(
            AnnotationBbox(
                OffsetImage(picture, zoom=THUMB * 72 / picture.shape[0]),
                (value, base + row),
                frameon=False,
                pad=0,
                zorder=4,
            )
        )
    mean, top = float(values.mean()), max(rows)
    axes.plot(
        [mean, mean],
        [base - 0.5, base + top + 0.5],
        color=colour,
        linewidth=8,
        alpha=0.3,
        zorder=2,
        solid_capstyle="butt",
    )
    word = "mean" if lang == "en" else "moyenne"
    axes.text(
        0.0, base + top + 0.72, f"{sentence(group.label.get(lang))} – {word} {number(mean, lang, 3)}", color=colour,
        fontsize=9.5, fontweight="bold", va="center", transform=axes.get_yaxis_transform(), zorder=5,
    )  # fmt: skip


def _cut_out(white: Drawing, black: Drawing, version: str) -> Drawing:
    """A version of the drawing with a clear ground, (S, S, 4)."""
    cover = drawn(white, black, "silhouette")[..., :1].astype(float)
    clear = np.rint((255 - cover) / (255 - OUTLINE) * 255).astype(np.uint8)
    return np.concatenate([drawn(white, black, version), clear], axis=2)


def _alt_one(one: Measured, version: str) -> Text:
    """Where the two groups stand on the axis, in words."""
    main = one.scored[version]

    def written(lang: Lang) -> str:
        x, y, a, b = (group.label.get(lang) for group in one.test.groups)
        mx, my = number(float(main.x.mean()), lang, 3), number(float(main.y.mean()), lang, 3)
        sx, sy = (
            f"{number(float(v.min()), lang, 3)}{' to ' if lang == 'en' else ' à '}{number(float(v.max()), lang, 3)}"
            for v in (main.x, main.y)
        )
        above = sum(float(v) > float(main.y.mean()) for v in main.x)
        if lang == "en":
            return (
                f"Drawings placed on an axis by their score, left: closer to {b}, right: closer to {a}. Top: {len(main.x)} {x}, "
                f"from {sx}, mean {mx}. Bottom: {len(main.y)} {y}, from {sy}, mean {my}. {above} of the {len(main.x)} drawings on "
                f"top stand to the right of the mean of those at the bottom. d = {number(main.d, 'en')}."
            )
        return (
            f"Des dessins placés sur un axe selon leur score, à gauche plus près du groupe « {b} », à droite du groupe « {a} ». En haut : {len(main.x)} {x}, "
            f"de {sx}, moyenne {mx}. En bas : {len(main.y)} {y}, de {sy}, moyenne {my}. {above} des {len(main.x)} dessins du haut "
            f"sont à droite de la moyenne de ceux du bas. d = {number(main.d, 'fr')}."
        )

    return Text(en=written("en"), fr=written("fr"))
