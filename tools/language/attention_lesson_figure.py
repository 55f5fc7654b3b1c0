"""The picture of the arithmetic lesson: the words as arrows with the new one, and the shares as a table of colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.figures import FAINT, OCHRE, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.language.attention_lesson_text import title, vector
from tools.language.attention_matrix import shades, write
from tools.language.attention_text import quoted
from tools.language.inside import Floats
from tools.numbers import NARROW, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.language.attention_lesson import Lesson

COLOURS = (PURPLE, "#0072b2", "#5b5850", "#7a5c00")


def lesson_figure(x: Lesson, seed: int, lang: Lang) -> Figure:
    """Arrows on the plane when vectors have two coordinates, beside the shares; else the shares alone."""
    plane = x.mix.vectors.shape[1] == 2
    with drawing(title(x, lang), subtitle(x, seed, lang), 8.2 if plane else 5.6, 4.3) as (figure, axes):
        full = figure.get_figheight()
        if plane:
            axes.set_position((0.07, 0.95 / full, 0.47, 3.1 / full))
            _plane(axes, x, lang)
            right = figure.add_axes((0.69, 0.95 / full, 0.29, 2.5 / full))
        else:
            axes.set_position((0.26, 0.95 / full, 0.68, 2.7 / full))
            right = axes
        _shares(right, x, lang)
        total = _sum(x, lang)
        total = total if len(total) < 11 * figure.get_figwidth() else ""
        figure.text(0.98, 0.06 / full, total, ha="right", fontsize=10.5, color=OCHRE, fontweight="bold")
        return svg(figure, "lesson", both(alt, x), lang)


def _plane(axes: Axes, x: Lesson, lang: Lang) -> None:
    """Every distinct word as an arrow, the followed one in teal, its new vector in ochre on the way to the others."""
    m, i = x.mix, x.source
    points = np.vstack([m.vectors, m.new[i : i + 1], [[0, 0]]])
    low, high = points.min(axis=0), points.max(axis=0)
    span = float((high - low).max())
    axes.set_xlim(low[0] - 0.14 * span, max(high[0], low[0] + 0.8 * span) + 0.28 * span)
    axes.set_ylim(low[1] - 0.1 * span, max(high[1], low[1] + 0.8 * span) + 0.16 * span)
    axes.axhline(0, color=FAINT, linewidth=0.6)
    axes.axvline(0, color=FAINT, linewidth=0.6)
    seen: dict[str, int] = {}
    for j, word in enumerate(m.words):
        if word in seen:
            continue
        seen[word] = j
        shade = TEAL if word == x.word else COLOURS[(len(seen) - 1) % 4]
        _arrow(axes, m.vectors[j], word, shade, lang)
        if word != x.word:
            axes.plot(*zip(m.vectors[i], m.vectors[j], strict=True), ":", color=FAINT, linewidth=1.2)
    near = float(np.linalg.norm(m.vectors - m.new[i], axis=1).min()) < 0.2 * span  # two labels would overlap
    _arrow(axes, m.new[i], f"new {x.word}" if lang == "en" else f"nouveau {x.word}", OCHRE, lang, 60 if near else 5)
    names = (("technology", "fruit"), ("technologie", "fruit"))[lang == "fr"] if x.course else ("1", "2")
    axes.set_xlabel(names[0])
    axes.set_ylabel(names[1])
    axes.locator_params(nbins=5, integer=True)


def _arrow(axes: Axes, to: Floats, label: str, shade: str, lang: Lang, aside: int = 5) -> None:
    """An arrow from the origin with its word and its coordinates, ``aside`` points to the right of its tip."""
    tip = (float(to[0]), float(to[1]))
    axes.annotate(
        "", tip, (0, 0), arrowprops={"arrowstyle": "-|>", "color": shade, "linewidth": 2.2, "shrinkA": 0, "shrinkB": 0}
    )
    axes.annotate(
        f"{label}\n{vector(to, lang)}",
        tip,
        xytext=(aside, 2),
        textcoords="offset points",
        fontsize=9.5,
        color=shade,
        fontweight="bold",
        va="bottom",
    )


def _shares(axes: Axes, x: Lesson, lang: Lang) -> None:
    """The shares of every word, each row adding up to 1, the followed row framed, and its sum written out below."""
    m, n = x.mix, len(x.mix.words)
    shades(axes, m.weights)
    for i in range(n):
        for j in range(n):
            value = float(m.weights[i, j])
            weight = "bold" if i == x.source else "normal"
            write(axes, i, j, number(value, lang), value, 15 if n <= 3 else 10 if n <= 6 else 7, weight)
    top, bottom = x.source - 0.5, x.source + 0.5
    axes.plot(
        [-0.5, n - 0.5, n - 0.5, -0.5, -0.5], [top, top, bottom, bottom, top], color=OCHRE, linewidth=2.4, clip_on=False
    )
    size = 11 if n <= 6 else 8
    axes.set_xticks(range(n), m.words, fontsize=size, rotation=0 if n <= 3 else 40, ha="center" if n <= 3 else "right")
    axes.set_yticks(range(n), [f"new {w}" if lang == "en" else f"nouveau {w}" for w in m.words], fontsize=size)
    axes.tick_params(length=0)
    axes.set_title(
        "shares: each row adds up to 1" if lang == "en" else "parts : chaque ligne fait 1",
        fontsize=9.5,
        loc="left",
        pad=8,
    )


def _sum(x: Lesson, lang: Lang) -> str:
    """0.57 × (2, 2) + 0.43 × (0, 3) = (1.15, 2.43)."""
    m, i = x.mix, x.source
    terms = [f"{number(float(w), lang)} × {vector(v, lang)}" for w, v in zip(m.weights[i], m.vectors, strict=True)]
    name = f"new {x.word}" if lang == "en" else f"nouveau {x.word}"
    return f"{name} = {' + '.join(terms)} = {vector(m.new[i], lang)}"


def subtitle(x: Lesson, seed: int, lang: Lang) -> str:
    """n, specimen and seed."""
    n, d = len(x.mix.words), x.mix.vectors.shape[1]
    if lang == "en":
        source = "numbers of J. Simon’s course" if x.course else "your vectors"
        return f"softmax of cosines · {n} word{'s' * (n > 1)}, {d} coordinate{'s' * (d > 1)} · {source} · seed {seed}"
    source = "nombres du cours de J. Simon" if x.course else "vos vecteurs"
    return f"softmax des cosinus · {n} mot{'s' * (n > 1)}, {d} coordonnée{'s' * (d > 1)} · {source} · graine {seed}"


def alt(x: Lesson, lang: Lang) -> str:
    """The figure in words: vectors, shares of the followed word, its new vector."""
    m, i = x.mix, x.source
    gap = "; " if lang == "en" else f"{NARROW}; "
    vectors = gap.join(f"{word} {vector(v, lang)}" for word, v in zip(m.words, m.vectors, strict=True))
    shares = gap.join(f"{word} {number(float(w), lang)}" for word, w in zip(m.words, m.weights[i], strict=True))
    name = quoted(x.word, lang)
    if lang == "en":
        return f"Words as vectors: {vectors}. Shares in the new {name}: {shares}. The new {name} is {vector(m.new[i], lang)}."
    return f"Des mots comme vecteurs : {vectors}. Parts dans le nouveau {name} : {shares}. Le nouveau {name} est {vector(m.new[i], lang)}."
