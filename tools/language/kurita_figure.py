"""The picture of one category: the same gap between four groups, read over attributes, then over targets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tools.figures import FAINT, INK, OCHRE, PAPER, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, Text, both
from tools.language.kurita_published import subtitle
from tools.language.kurita_scores import Floats, Measured
from tools.language.kurita_text import readings, title
from tools.language.logprob_text import quoted, sentence
from tools.numbers import number, p_value
from tools.words.association import Comparison

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, ROW, LETTER = 7.2, 0.17, 0.078  # inches: the figure, a row of words, a letter of a word
FONT = 8.5
LABELLED = 12  # a larger group shows the words of its two ends only


def two_readings(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """Every attribute, then every target, at its score: the same gap between the means, two spreads."""
    theme, nx, na = m.category.theme, len(m.category.x), len(m.category.a)
    by_attribute, by_target = m.attribute_scores, m.target_scores
    scores = _joined(by_attribute, by_target)
    span = max(scores) - min(scores)
    low, high = min(scores) - 0.05 * span, max(scores) + 0.16 * span
    groups = [
        (theme.a, m.category.a, by_attribute[:na], TEAL), (theme.b, m.category.b, by_attribute[na:], PURPLE),
        (theme.x, m.category.x, by_target[:nx], TEAL), (theme.y, m.category.y, by_target[nx:], PURPLE),
    ]  # fmt: skip
    rows = [stack(words, values, low, high) for _, words, values, _ in groups]
    heights = [max(lane) + 1 for lane in rows]
    height = ROW * (sum(heights) + 17) + 0.6
    with drawing(title(m, lang), subtitle([m], model, seed, lang), WIDTH, height) as (figure, axes):
        full = figure.get_figheight()
        axes.set_position((0.04, 0.55 / full, 0.92, (height - 0.6) / full))
        axes.set_xlim(low, high)
        top = 0.0
        for panel, reading in enumerate(readings(m)):
            top = _heading(axes, panel, m, reading, top, lang)
            means = []
            for lane in (2 * panel, 2 * panel + 1):
                top = _lane(axes, groups[lane], rows[lane], heights[lane], top, lang)
                means.append((float(groups[lane][2].mean()), top + heights[lane] / 2 + 0.3))
            top = _gap(axes, m, means, top, lang)
        axes.set_ylim(top - 0.2, 0.4)
        axes.axvline(0, color=OCHRE, linewidth=1.2, zorder=1)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel(_axis(lang))
        if lang == "fr":
            digits = 1 if high - low > 2.5 else 2
            axes.xaxis.set_major_formatter(lambda x, _: number(x, "fr", digits))
        return svg(figure, "two_readings", both(_alt, m), lang)


def _joined(*parts: Floats) -> list[float]:
    """All scores and zero in one list."""
    return [0.0, *(value for part in parts for value in part.tolist())]


def stack(words: Sequence[str], scores: Floats, low: float, high: float) -> list[int]:
    """A row for each word, so that no label touches the next point: the lowest row that is free at its place."""
    ends: list[float] = []
    rows = [0] * len(words)
    shown = labelled(scores)
    for i in sorted(range(len(words)), key=lambda i: (float(scores[i]), words[i])):
        place = (float(scores[i]) - low) / (high - low) * WIDTH * 0.92
        row = next((row for row, end in enumerate(ends) if end < place), len(ends))
        ends += [0.0] * (row == len(ends))
        ends[row] = place + 0.16 + (LETTER * len(words[i]) if i in shown else 0)
        rows[i] = row
    return rows


def labelled(scores: Floats) -> set[int]:
    """Which words of a group are written out: all of a small one, the three at each end of a large one."""
    order = scores.argsort().tolist()
    return set(order if len(order) <= LABELLED else order[:3] + order[-3:])


def _heading(axes: Axes, panel: int, m: Measured, reading: Comparison, top: float, lang: Lang) -> float:
    """The name of a panel with its d and p; returns where the next thing goes."""
    words = (m.category.theme.attributes, m.category.theme.targets)[panel].get(lang)
    d, p = number(reading.d, lang), p_value(reading.splits.p, lang)
    text = f"Permuting {words}: d = {d}, {p}" if lang == "en" else f"En permutant {words} : d = {d}, {p}"
    axes.text(
        0, top - 0.7, text, transform=axes.get_yaxis_transform(), fontsize=10, fontweight="bold", va="center",
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}, zorder=5,
    )  # fmt: skip
    x, y, a, b = (
        text.get(lang) for text in (m.category.theme.x, m.category.theme.y, m.category.theme.a, m.category.theme.b)
    )
    one, other = ((x, y), (a, b))[panel]
    if lang == "en":
        meaning = f"score of a word: how much more it goes with {one} than with {other}"
    else:
        meaning = f"score d’un mot : combien il va plus avec {one} qu’avec {other}"
    axes.text(
        0, top - 1.75, meaning, transform=axes.get_yaxis_transform(), fontsize=FONT, va="center", color="#5b5850",
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1}, zorder=5,
    )  # fmt: skip
    return top - 2.4


def _lane(
    axes: Axes, group: tuple[Text, list[str], Floats, str], rows: list[int], height: int, top: float, lang: Lang
) -> float:
    """One group: its name, its points with their words, its mean as a band; returns its bottom."""
    label, words, scores, colour = group
    name = sentence(label.get(lang).removeprefix("les "))
    axes.text(
        0, top - 0.5, name, transform=axes.get_yaxis_transform(), color=colour, fontsize=9, fontweight="bold", va="center",
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1}, zorder=5,
    )  # fmt: skip
    base, shown = top - height - 0.6, labelled(scores)
    for i, (word, score) in enumerate(zip(words, scores.tolist(), strict=True)):
        axes.plot([score], [base + rows[i]], "o", color=colour, markersize=5, zorder=3)
        if i in shown:
            axes.annotate(
                word,
                (score, base + rows[i]),
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
                fontsize=FONT,
                color=INK,
                zorder=4,
            )
    mean = float(scores.mean())
    axes.plot([mean, mean], [base - 0.4, base + height - 0.6], color=colour, linewidth=7, alpha=0.25, zorder=2)
    return base - 0.7


def _gap(axes: Axes, m: Measured, means: list[tuple[float, float]], top: float, lang: Lang) -> float:
    """The distance between the two means, drawn and written: it is D in both panels."""
    (first, _), (second, _) = means
    for place in (first, second):
        axes.plot([place, place], [top - 0.6, top + 0.3], color=FAINT, linewidth=0.8, zorder=1)
    axes.annotate(
        "", (first, top - 0.45), (second, top - 0.45), arrowprops={"arrowstyle": "<->", "color": INK, "lw": 1}
    )
    value = number(m.difference[0], lang)
    text = f"D = {value} nats between the means" if lang == "en" else f"D = {value} nat entre les moyennes"
    low, high = axes.get_xlim()
    right = max(first, second) < low + 0.65 * (high - low)  # the text stands where there is room for it
    axes.annotate(
        text, (max(first, second) if right else min(first, second), top - 0.45), xytext=(6 if right else -6, 0),
        textcoords="offset points", ha="left" if right else "right", va="center", fontsize=FONT,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.5}, zorder=5,
    )  # fmt: skip
    return top - 1.4


def _axis(lang: Lang) -> str:
    return "score of each word (nats)" if lang == "en" else "score de chaque mot (nats)"


def _alt(m: Measured, lang: Lang) -> str:
    """The two panels in words: each group with its mean and its ends, D, both d."""
    theme, nx, na = m.category.theme, len(m.category.x), len(m.category.a)
    groups = [
        (theme.a, m.category.a, m.attribute_scores[:na]), (theme.b, m.category.b, m.attribute_scores[na:]),
        (theme.x, m.category.x, m.target_scores[:nx]), (theme.y, m.category.y, m.target_scores[nx:]),
    ]  # fmt: skip
    parts = []
    for label, words, scores in groups:
        mean, top, bottom = float(scores.mean()), int(scores.argmax()), int(scores.argmin())
        ends = [f"{quoted(words[i], lang)} {number(float(scores[i]), lang)}" for i in (bottom, top)]
        if lang == "en":
            parts.append(f"{label.en}, mean {number(mean, lang)}, from {ends[0]} to {ends[1]}")
        else:
            parts.append(f"{label.fr}, moyenne {number(mean, lang)}, de {ends[0]} à {ends[1]}")
    one, other, gap = number(m.by_attribute.d, lang), number(m.by_target.d, lang), number(m.difference[0], lang)
    if lang == "en":
        return f"Scores in nats. {'; '.join(parts)}. The gap between the means is {gap} twice; d = {one}, then {other}."
    return f"Scores en nats. {' ; '.join(parts)}. L’écart entre les moyennes est deux fois {gap} ; d = {one}, puis {other}."
