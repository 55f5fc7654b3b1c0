"""The picture of the draws: one row a meaning, a square a draw, the main answer marked."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from tools.figures import FAINT, INK, OCHRE, PAPER, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.numbers import cut, number, percent
from tools.truth.consistency.text import SILENT, expected, headline, quoted, said

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.truth.consistency.measure import Meaning, Measured

WIDTH, ROW, ROWS = 7.6, 0.56, 8  # inches: the figure, a row; rows shown
SHARE, WORDS = 2.55, 3.2  # inches from the left: where squares end and shares stand, where words begin
LETTERS = 50  # characters of a line of an answer
GREY = "#5b5850"


def samples_figure(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """The meanings, the largest first; what is beyond the last row is counted."""
    shown = _shown(m)
    height = ROW * (len(shown) + 0.25) + 0.3 * (len(shown) < len(m.meanings))
    with drawing(headline(m, lang), subtitle(m, model, seed, lang), WIDTH, height) as (figure, axes):
        axes.set_position((0.02, 0.0, 0.96, height / figure.get_figheight()))
        axes.set_axis_off()
        axes.set_xlim(0, 0.96 * WIDTH)
        axes.set_ylim(height, 0)
        for row, meaning in enumerate(shown):
            _row(axes, m, meaning, ROW * (row + 0.55), lang)
        if len(shown) < len(m.meanings):
            axes.text(WORDS, height - 0.12, _rest(m, shown, lang), fontsize=9, color=GREY, va="center")
        return svg(figure, "samples", both(alt, m), lang)


def subtitle(m: Measured, model: str, seed: int, lang: Lang) -> str:
    """The question, n, temperature, specimen and seed."""
    name = model[:34] if "://" in model else model.rstrip("/").rsplit("/", 1)[-1][:34]
    asked, heat = quoted(cut(m.asked.question, 52), lang), number(m.temperature, lang, 1)
    if lang == "en":
        return f"{asked} · {m.n} draws at temperature {heat} · {name} · seed {seed}"
    return f"{asked} · {m.n} tirages à la température {heat} · {name} · graine {seed}"


def _shown(m: Measured) -> list[Meaning]:
    """The first rows, that of the main answer among them."""
    first = m.meanings[:ROWS]
    return first if m.own in first else [*first[:-1], m.own]


def _row(axes: Axes, m: Measured, meaning: Meaning, y: float, lang: Lang) -> None:
    """The squares and the share of a meaning, its words, and what is to say of them."""
    from matplotlib.patches import FancyBboxPatch

    colour = TEAL if meaning.main else (FAINT if meaning.silent else INK)
    if meaning.main:
        shape = "round,pad=0,rounding_size=0.06"
        axes.add_patch(
            FancyBboxPatch(
                (0.03, y - 0.46 * ROW), 0.96 * WIDTH - 0.06, 0.92 * ROW,
                boxstyle=shape, facecolor=TEAL, alpha=0.11, linewidth=0,
            )
        )  # fmt: skip
    _squares(axes, meaning.count, m.n, y, colour)
    ink = colour if meaning.count else FAINT
    axes.text(WORDS - 0.1, y, percent(meaning.count / m.n, lang), ha="right", va="center", fontsize=11,
              fontweight="bold", color=ink)  # fmt: skip
    told = SILENT.get(lang) if meaning.silent else quoted(" ".join(meaning.text.split()), lang)
    lines = textwrap.wrap(told, LETTERS, max_lines=2, placeholder="…" + quoted("|", lang).split("|")[1])
    note, grave = _note(m, meaning, lang)
    at = y - 0.09 * len(lines) + (0.0 if note else 0.09)
    for line in lines:
        axes.text(WORDS, at, line, va="center", fontsize=9.5, fontweight="bold" if meaning.main else "normal",
                  style="italic" if meaning.silent else "normal", parse_math=False)  # fmt: skip
        at += 0.165
    ink = OCHRE if grave else (TEAL if meaning.main else GREY)
    axes.text(WORDS, at + 0.005, note, va="center", fontsize=8.5, color=ink, parse_math=False)


def _squares(axes: Axes, count: int, n: int, y: float, colour: str) -> None:
    """A square for every draw, ``count`` of them full; twenty a line."""
    from matplotlib.patches import Rectangle

    across, lines = min(n, 20), -(-n // 20)
    step = (SHARE - 0.12) / across
    size = min(0.8 * step, 0.2)
    for i in range(n):
        face, edge = (colour, colour) if i < count else (PAPER, "#c9c4b8")
        top = y - size / 2 + (i // across - (lines - 1) / 2) * 1.15 * step
        axes.add_patch(
            Rectangle((0.12 + (i % across) * step, top), size, size, facecolor=face, edgecolor=edge, linewidth=0.9)
        )


def _note(m: Measured, meaning: Meaning, lang: Lang) -> tuple[str, bool]:
    """What stands under an answer (main answer; holds the expected one), and whether it is a warning."""
    marks = [("main answer" if lang == "en" else "réponse principale")] if meaning.main else []
    grave = False
    if meaning.right is not None and not meaning.silent:
        goal = quoted(cut(expected(m), 24), lang)
        hits, whole = meaning.right, meaning.count
        if meaning.main and not whole:
            hits, whole = int(bool(m.right)), 1
        grave = not hits and meaning.main
        if hits == whole:
            marks.append(f"✓ holds {goal}" if lang == "en" else f"✓ contient {goal}")
        elif not hits and meaning.main:  # said once, where it matters
            marks.append(f"✗ does not hold {goal}" if lang == "en" else f"✗ ne contient pas {goal}")
        elif hits:
            marks.append(f"{hits} of {whole} hold {goal}" if lang == "en" else f"{hits} sur {whole} : {goal}")
    return " · ".join(marks), grave


def _rest(m: Measured, shown: list[Meaning], lang: Lang) -> str:
    rest = [meaning for meaning in m.meanings if meaning not in shown]
    draws = sum(meaning.count for meaning in rest)
    if lang == "en":
        return f"… and {len(rest)} more meaning{'s' * (len(rest) > 1)}, {draws} draw{'s' * (draws > 1)}"
    return f"… et {len(rest)} autre{'s' * (len(rest) > 1)} sens, {draws} tirage{'s' * (draws > 1)}"


def alt(m: Measured, lang: Lang) -> str:
    """The rows in words, with their numbers."""
    told = []
    for meaning in m.meanings:
        note = _note(m, meaning, lang)[0]
        words = SILENT.get(lang) if meaning.silent else said(meaning, lang, 80)
        told.append(f"{percent(meaning.count / m.n, lang)} {words}" + (f" ({note})" if note else ""))
    joined = ("; " if lang == "en" else " ; ").join(told)
    if lang == "en":
        return f"The {m.n} draws grouped by meaning, with their shares: {joined}."
    return f"Les {m.n} tirages groupés par sens, avec leurs parts : {joined}."
