"""The picture of ``fill_mask``: the words of one gap as bars, or two sentences as bars that face each other."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from tools.figures import BLUE, FAINT, INK, TEAL, drawing, svg
from tools.finding import Figure, Lang, both, french
from tools.language.fill_text import quoted, share, start

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.language.fill_measure import Measured, Side

MOST = 16  # rows of the picture; the table has them all
EDGE = 0.11  # room for a number at the end of the longest bar; the two lists are 1 wide each


def figure(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """Two mirrored lists for two sentences, one list for one."""
    shown = _rows(m)
    words = french if lang == "fr" else str
    names = [textwrap.wrap(side.gap.filled("___"), 40 if m.shift else 75)[:4] for side in m.sides]
    head = 0.25 + 0.55 * max(map(len, names))  # rows that the sentences take above the bars
    with drawing(
        words(title(m, lang)), words(subtitle(m, model, seed, lang)), height=0.7 + 0.33 * (len(shown) + head)
    ) as (drawn, axes):
        box = axes.get_position()
        axes.set_position((0.02, 0.03, 0.96, box.y0 + box.height - 0.055))
        half = 0.035 + 0.0105 * max(len(m.words[i]) for i in shown) * (1 if m.shift else 2)  # the strip of the words
        most = max(float(side.shares[:, i].max()) for side in m.sides for i in shown)
        for row, i in enumerate(shown):
            y = len(shown) - 1 - row
            at, align = (0.0, "center") if m.shift else (half - 0.02, "right")
            axes.text(at, y, m.words[i], ha=align, va="center", fontsize=11, color=INK)
            for side, way, color in zip(m.sides, _ways(m), (TEAL, BLUE), strict=False):
                _bar(axes, side, i, y, way, half, (1 - EDGE - half) / most, color, lang)
        for way, name, color in zip(_ways(m), names, (TEAL, BLUE), strict=False):
            axes.plot([way * half] * 2, [-0.5, len(shown) - 0.5], color=FAINT, linewidth=0.9)
            right = bool(m.shift) and way > 0
            axes.text(way * 1.0 if m.shift else 0.0, len(shown) - 0.3, "\n".join(name), ha="right" if right else "left", va="bottom",
                      color=color, fontsize=10, fontweight="bold")  # fmt: skip
        axes.set_xlim((-1.0, 1.0) if m.shift else (0.0, 1.0))
        axes.set_ylim(-0.6, len(shown) - 0.5 + head)
        axes.axis("off")
        return svg(drawn, "words", both(alt, m), lang)


def _ways(m: Measured) -> tuple[int, ...]:
    """The side each sentence's bars go: the first to the left of the words, the second to the right."""
    return (-1, 1) if m.shift else (1,)


def _rows(m: Measured) -> list[int]:
    """The words drawn: all those shown, or, of many, the ones at both ends."""
    if len(m.shown) <= MOST or not m.shift:
        return m.shown[:MOST] if not m.shift else m.shown
    return m.shown[: MOST // 2] + m.shown[-(MOST // 2) :]


def _bar(axes: Axes, side: Side, i: int, y: int, way: int, zero: float, unit: float, color: str, lang: Lang) -> None:
    """One bar with its share, and a thin line from the lowest to the highest share over the readings."""
    value, low, high = float(side.first[i]), float(side.shares[:, i].min()), float(side.shares[:, i].max())
    axes.barh(y, way * value * unit, left=way * zero, height=0.62, color=color, alpha=0.8)
    axes.plot([way * (zero + low * unit), way * (zero + high * unit)], [y, y], color=INK, linewidth=1.1)
    axes.text(way * (zero + max(value, high) * unit + 0.012), y, share(value, lang), va="center", fontsize=9.5,
              ha="left" if way > 0 else "right")  # fmt: skip


def title(m: Measured, lang: Lang) -> str:
    """The finding as a sentence."""
    if m.shift is None:
        word = quoted(m.words[m.sides[0].best(1)[0]], lang)
        return (
            f"The model would put {word} in the gap first"
            if lang == "en"
            else f"Dans le trou, le modèle mettrait d’abord {word}"
        )
    if not m.apart:
        return (
            "The two sentences call for much the same words"
            if lang == "en"
            else "Les deux phrases appellent à peu près les mêmes mots"
        )
    one, other = (quoted(m.words[i], lang) for i in m.pair)
    if lang == "en":
        return f"The model leans to {one} in the first sentence, to {other} in the second"
    return f"Le modèle penche vers {one} dans la première phrase, vers {other} dans la seconde"


def subtitle(m: Measured, model: str, seed: int, lang: Lang) -> str:
    """n, specimen and seed; what the bars and the lines are."""
    name = model[:40] if "://" in model else model.rstrip("/").rsplit("/", 1)[-1][:40]
    n, readings = f"{len(m.words):,}", len(m.openings)
    if lang == "en":
        return (
            f"{n} words × {readings} readings · {name} · seed {seed}\n"
            f"bars: share of each word, {start(m, lang)}; lines: lowest to highest over the readings"
        )
    return (
        f"{n.replace(',', chr(0x202F))} mots × {readings} lectures · {name} · graine {seed}\n"
        f"barres : part de chaque mot, {start(m, lang)} ; traits : du minimum au maximum des lectures"
    )


def alt(m: Measured, lang: Lang) -> str:
    """The figure in words, with its numbers."""
    rows = [f"{m.words[i]} " + " / ".join(share(float(side.first[i]), lang) for side in m.sides) for i in _rows(m)]
    names = [quoted(side.gap.filled("___"), lang) for side in m.sides]
    if lang == "en":
        what = f"{names[0]} on the left, {names[1]} on the right" if m.shift else names[0]
        return f"Share of each word in the gap, {what}: {'; '.join(rows)}."
    what = f"{names[0]} à gauche, {names[1]} à droite" if m.shift else names[0]
    return f"Part de chaque mot dans le trou, {what} : {' ; '.join(rows)}."
