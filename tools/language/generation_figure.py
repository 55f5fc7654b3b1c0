"""The picture of ``generation_bias``: one row a measure, both sides on one scale, every text a tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.figures import FAINT, INK, OCHRE, PAPER, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.language.generation_text import bounds, gap, headline, label, sentence, shown, unit
from tools.numbers import number, p_value

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

    from tools.language.generation_measure import Difference, Measured

WIDTH, ROW, TOP, FOOT = 7.6, 0.62, 0.34, 0.12  # inches: the figure, a measure, the key above, the foot
LEFT, RIGHT = 0.285, 0.70  # shares of the width between which the scales lie
COLOURS, MARKS, PLACES = (TEAL, PURPLE), ("o", "s"), (0.68, 0.26)


def lanes(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """Every measure that anything was counted in, with both means, the difference, its interval and p."""
    rows = [d for d in m.differences if d.first or d.second] or m.differences[:1]
    height = TOP + ROW * len(rows) + FOOT
    with drawing(headline(m, lang), subtitle(m, model, seed, lang), WIDTH, height) as (figure, axes):
        axes.set_axis_off()
        full = figure.get_figheight()
        _key(figure, m, (height - 0.16) / full, lang)
        for place, d in enumerate(rows):
            bottom = (height - TOP - ROW * (place + 1)) / full
            _row(figure, m, d, bottom, ROW / full, lang)
        return svg(figure, "measures", both(alt, m), lang)


def subtitle(m: Measured, model: str, seed: int, lang: Lang) -> str:
    """n, specimen, temperature and seed."""
    name = model[:40] if "://" in model else model.rstrip("/").rsplit("/", 1)[-1][:40]
    t = number(m.temperature, lang, 1)
    if lang == "en":
        many = f"{m.n} texts" if m.case.within else f"2 × {m.n} texts"
        return f"{many} · {name} · temperature {t} · seed {seed} · a tick is a text, a mark the mean · p after Holm’s correction"
    many = f"{m.n} textes" if m.case.within else f"2 × {m.n} textes"
    return f"{many} · {name} · température {t} · graine {seed} · un trait : un texte, une marque : la moyenne · p après Holm"


def _key(figure: Drawing, m: Measured, y: float, lang: Lang) -> None:
    """The two sides by colour and mark, and the heads of the columns."""
    x = LEFT
    for colour, mark, side in zip(COLOURS, MARKS, m.case.short, strict=True):
        symbol = {"o": "●", "s": "■"}[mark]
        figure.text(x, y, f"{symbol} {side.get(lang)}", color=colour, fontsize=9.5, fontweight="bold", va="center")
        x += (RIGHT - LEFT) / 2
    heads = "difference (95%)" if lang == "en" else "écart (95 %)"
    figure.text(RIGHT + 0.035, y, heads, color=INK, fontsize=8.5, va="center")


def _row(figure: Drawing, m: Measured, d: Difference, bottom: float, height: float, lang: Lang) -> None:
    axes = figure.add_axes((LEFT, bottom + 0.08 * height, RIGHT - LEFT, 0.84 * height))
    axes.set_facecolor(PAPER)
    axes.set_yticks([])
    axes.set_xticks([])
    for name in ("left", "bottom"):
        axes.spines[name].set_visible(False)
    low, high = _span(d)
    axes.set_xlim(low - 0.03 * (high - low), high + 0.12 * (high - low))
    axes.set_ylim(0, 1)
    axes.axvline(0, color=OCHRE, linewidth=1.4, zorder=1)
    axes.annotate(
        "0", (0, 0), xytext=(0, -1), textcoords="offset points", ha="center", va="top", color=OCHRE, fontsize=7.5
    )
    for side in (0, 1):
        _side(axes, d, side, lang)
    middle = bottom + height / 2
    line = 0.085 / figure.get_figheight()
    figure.text(
        LEFT - 0.015,
        middle + line,
        _wrapped(sentence(label(m, d.name).get(lang))),
        ha="right",
        va="center",
        fontsize=9.5,
        linespacing=1.05,
    )
    figure.text(
        LEFT - 0.015,
        middle - 2.1 * line,
        unit(m, d.name).get(lang),
        ha="right",
        va="center",
        fontsize=8,
        color="#5b5850",
    )
    around = f" ({bounds(d, lang)})" if bounds(d, lang) else ""
    strong = "bold" if d.corrected is not None and d.corrected < 0.05 else "normal"
    figure.text(
        RIGHT + 0.035, middle + line, gap(d.name, d.value, lang) + around, va="center", fontsize=9.5, fontweight=strong
    )
    figure.text(
        RIGHT + 0.035, middle - 1.5 * line, p_value(d.corrected, lang), va="center", fontsize=8.5, fontweight=strong
    )


def _wrapped(words: str) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(words, 26))


def _span(d: Difference) -> tuple[float, float]:
    """The scale of a row: all texts and zero."""
    seen = [0.0, d.first or 0.0, d.second or 0.0]
    if d.values is not None:
        seen += [float(d.values.min()), float(d.values.max())]
    return min(seen), max(seen) if max(seen) > min(seen) else min(seen) + 1.0


def _side(axes: Axes, d: Difference, side: int, lang: Lang) -> None:
    """One side of a row: its texts as ticks, its mean as a mark with its value."""
    mean, colour, y = (d.first, d.second)[side], COLOURS[side], PLACES[side]
    if mean is None:
        return
    axes.plot([axes.get_xlim()[0], axes.get_xlim()[1]], [y, y], color=FAINT, linewidth=0.5, alpha=0.6, zorder=1)
    if d.values is not None:
        axes.plot(d.values[side], [y] * len(d.values[side]), "|", color=colour, markersize=9, alpha=0.4, zorder=2)
    axes.plot([mean], [y], MARKS[side], color=colour, markersize=7.5, zorder=4, markeredgecolor=PAPER)
    axes.annotate(
        shown(d.name, mean, lang), (mean, y), xytext=(7, 5.5), textcoords="offset points", fontsize=9, color=colour,
        fontweight="bold", va="center", zorder=5, bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.6, "alpha": 0.8},
    )  # fmt: skip


def alt(m: Measured, lang: Lang) -> str:
    """The figure in words, with its numbers."""
    first, second = (side.get(lang) for side in m.case.short)
    rows = []
    for d in m.differences:
        what, counted = label(m, d.name).get(lang), unit(m, d.name).get(lang)
        one, other = shown(d.name, d.first, lang), shown(d.name, d.second, lang)
        p = f", {p_value(d.corrected, lang)}" if d.corrected is not None else ""
        around = f" ({bounds(d, lang)})" if bounds(d, lang) else ""
        words = "difference" if lang == "en" else "écart"
        rows.append(f"{what} ({counted}) {one} / {other}, {words} {gap(d.name, d.value, lang)}{around}{p}")
    if lang == "en":
        return f"For each measure, the texts of both sides as ticks and their means ({first} / {second}): {'; '.join(rows)}."
    return f"Pour chaque mesure, les textes des deux côtés en traits et leurs moyennes ({first} / {second}) : {' ; '.join(rows)}."
