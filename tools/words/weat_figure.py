"""The picture of one association test: every word at its score, one lane a group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tools.figures import INK, OCHRE, PAPER, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, Text
from tools.numbers import NARROW, interval, number, p_value
from tools.words.association import Floats
from tools.words.weat_sets import Group, Measured
from tools.words.weat_text import finding_words, sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, SIDE, FOOT, ROW = 7.2, 0.3, 0.55, 0.2  # inches: the figure, its margins left, right and below, a row of words
FONT = 9.0
GAP = 0.02  # share of the axis kept free between a word and the next point


def lanes(measured: Measured, specimen: str, seed: int, lang: Lang) -> Figure:
    """Words as labelled points on the axis of their score, the first group above the second.

    ``specimen`` is its short name for the subtitle.
    """
    low, high = _limits(measured)
    rows = [
        _rows(group.found, scores, low, high)
        for group, scores in ((measured.first, measured.first_scores), (measured.second, measured.second_scores))
    ]
    height_of = [max(lane) + 1 for lane in rows]
    title = sentence(finding_words(measured, lang)) + f" (d = {number(measured.result.d, lang)})"
    height = 1.45 + ROW * sum(height_of)
    with drawing(title, _subtitle(measured, specimen, seed, lang), WIDTH, height) as (figure, axes):
        full = figure.get_figheight()
        axes.set_position((SIDE / WIDTH, FOOT / full, 1 - 2 * SIDE / WIDTH, (height - FOOT - 0.05) / full))
        axes.set_xlim(low, high)
        bottom, middle = -0.6, height_of[1] + 1.4
        axes.set_ylim(bottom, middle + height_of[0] + 1.4)
        _lane(axes, measured.first, measured.first_scores, rows[0], middle, TEAL, lang)
        _lane(axes, measured.second, measured.second_scores, rows[1], 0, PURPLE, lang)
        axes.axhline(middle - 0.6, color=INK, linewidth=0.4, alpha=0.4)
        if low < 0 < high:
            axes.axvline(0, color=OCHRE, linewidth=1.4, zorder=1)
        _dress(axes, measured, lang)
        return svg(figure, "words", _alt(measured), lang)


def _limits(measured: Measured) -> tuple[float, float]:
    """The axis: all scores and zero, with room on the right for the last word."""
    scores = [*measured.first_scores.tolist(), *measured.second_scores.tolist()]
    if not measured.sets.single:
        scores.append(0.0)
    low, high = min(scores), max(scores)
    span = high - low
    return low - 0.04 * span, high + 0.17 * span


def _rows(words: Sequence[str], scores: Floats, low: float, high: float) -> list[int]:
    """A row for each word, so that no label touches the next point: the lowest row that is free at its place."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    inches = WIDTH - 2 * SIDE
    ends: list[float] = []
    rows = [0] * len(words)
    for i in sorted(range(len(words)), key=lambda i: (float(scores[i]), words[i])):
        place = (float(scores[i]) - low) / (high - low)
        width = TextPath((0, 0), words[i], size=FONT, prop=FontProperties(family="DejaVu Sans")).get_extents().width
        row = next((row for row, end in enumerate(ends) if end < place), len(ends))
        end = place + (width / 72 + 0.1) / inches + GAP
        if row == len(ends):
            ends.append(end)
        else:
            ends[row] = end
        rows[i] = row
    return rows


def _lane(axes: Axes, group: Group, scores: Floats, rows: list[int], base: float, colour: str, lang: Lang) -> None:
    """One group: its name, its points with their words, its mean as a line across."""
    top = max(rows)
    mean = float(scores.mean())
    for word, score, row in zip(group.found, scores.tolist(), rows, strict=True):
        axes.plot([score], [base + row], "o", color=colour, markersize=5, zorder=3)
        axes.annotate(
            word,
            (score, base + row),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=FONT,
            color=INK,
            zorder=4,
        )
    axes.plot([mean, mean], [base - 0.45, base + top + 0.45], color=colour, linewidth=7, alpha=0.25, zorder=2)
    name = sentence(group.label.get(lang))
    label = f"{name} – mean {number(mean, lang, 3)}" if lang == "en" else f"{name} – moyenne {number(mean, lang, 3)}"
    axes.text(
        0.0, base + top + 0.9, label, color=colour, fontsize=9.5, fontweight="bold", va="center", zorder=5,
        transform=axes.get_yaxis_transform(), bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.5},
    )  # fmt: skip


def _dress(axes: Axes, measured: Measured, lang: Lang) -> None:
    """Axis, direction words, French numbers."""
    a, b = measured.sets.labels.a.get(lang), measured.sets.labels.b.get(lang)
    if measured.sets.single:
        targets = measured.sets.labels.x.get(lang)
        axes.set_xlabel(f"mean cosine with {targets}" if lang == "en" else f"cosinus moyen avec {targets}")
    elif lang == "en":
        axes.set_xlabel(f"← closer to {b}          s          closer to {a} →")
    else:
        axes.set_xlabel(f"← plus proche des {b}          s          plus proche des {a} →")
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    if lang == "fr":
        axes.xaxis.set_major_formatter(lambda x, _: number(x, "fr", 2) if abs(x) > 1e-9 else "0")


def _subtitle(measured: Measured, specimen: str, seed: int, lang: Lang) -> str:
    n, result = len(measured.first_scores) + len(measured.second_scores), measured.result
    bounds, p = interval(result.low, result.high, lang), p_value(result.splits.p, lang)
    if lang == "en":
        return f"{n} words; 95% interval of d {bounds}; {p}; vectors: {specimen}; seed {seed}"
    return f"{n} mots ; intervalle à 95 % de d {bounds} ; {p} ; vecteurs : {specimen} ; graine {seed}"


def _alt(measured: Measured) -> Text:
    """The figure in words: each group with its words in order of score."""

    def listed(group: Group, scores: Floats, lang: Lang) -> str:
        order = sorted(zip(scores.tolist(), group.found, strict=True), reverse=True)
        words = [f"{word} {number(score, lang, 3)}" for score, word in order]
        name = sentence(group.label.get(lang))
        return f"{name}: {'; '.join(words)}." if lang == "en" else f"{name} : {(NARROW + '; ').join(words)}."

    pairs = [(measured.first, measured.first_scores), (measured.second, measured.second_scores)]
    return Text(
        en=f"Words as points on one axis, each at its score; d = {number(measured.result.d, 'en')}. "
        + " ".join(listed(group, scores, "en") for group, scores in pairs),
        fr=f"Des mots placés sur un axe selon leur score ; d = {number(measured.result.d, 'fr')}. "
        + " ".join(listed(group, scores, "fr") for group, scores in pairs),
    )
