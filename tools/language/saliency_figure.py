"""The main picture of ``text_saliency``: the text as a signed heat map, and the words ranked, by four methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.figures import BLUE, FAINT, INK, OCHRE, PAPER, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.language.saliency_methods import METHODS
from tools.language.saliency_text import METHOD_NAMES, chance, ends, method, quoted, signed, top

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.language.saliency_measure import Measured

WIDTH = 7.2  # inches
LINE, GUTTER = 0.62, 0.09  # inches: one line of the text with its values; between two words
WORD_SIZE, VALUE_SIZE = 13.5, 9.0
MOST_BARS = 14
DEEPEST = 0.62  # how far the strongest colour is from the paper


def words_figure(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """Top: every word on its colour with its value. Below: the words ranked, and the other methods beside them."""
    rows = _lines(m, lang)
    order = sorted(range(len(m.values)), key=lambda i: -m.values[i])
    if len(order) > MOST_BARS:
        most = sorted(order, key=lambda i: -abs(m.values[i]))[:MOST_BARS]
        order = [i for i in order if i in most]
    upper, lower = LINE * len(rows) + 0.42, 0.26 * len(order) + 0.5
    with drawing(title(m, lang), subtitle(m, model, seed, lang), WIDTH, upper + lower + 0.1) as (figure, axes):
        full = figure.get_figheight()
        axes.set_position((0.02, (lower + 0.1) / full, 0.96, upper / full))
        _text(axes, m, rows, upper, lang)
        bars = figure.add_axes((0.19, 0.04 / full, 0.34, (lower - 0.3) / full))
        _bars(bars, m, order, lang)
        others = figure.add_axes((0.58, 0.04 / full, 0.39, (lower - 0.3) / full))
        _others(others, m, order, lang)
        return svg(figure, "words", both(alt, m), lang)


def title(m: Measured, lang: Lang) -> str:
    """The finding as a sentence."""
    word, (first, second) = quoted(m.prompt.words[top(m)], lang), ends(m, lang)
    up = m.values[top(m)] > 0
    goal, other = (first, second) if up else (second, first)
    if lang == "en":
        return f"{word} counts most: it pushes towards {goal} rather than {other}"
    return f"{word} compte le plus : il pousse vers {goal} plutôt que {other}"


def subtitle(m: Measured, model: str, seed: int, lang: Lang) -> str:
    """Method, n, specimen and seed."""
    n, name = len(m.values), model.rstrip("/").rsplit("/", 1)[-1][:40]
    count = f"{len(m.shapley.chains)}"
    if lang == "en":
        return f"{method(m, lang)} · {n} words · {count} orders · {name} · seed {seed} · values in nats"
    return f"{method(m, lang)} · {n} mots · {count} ordres · {name} · graine {seed} · valeurs en nats"


def shade(value: float, largest: float) -> tuple[float, float, float]:
    """Blue towards A, ochre towards B, deeper for a larger value."""
    from matplotlib.colors import to_rgb

    deep = DEEPEST * min(1.0, abs(value) / largest) if largest else 0.0
    ink, paper = to_rgb(BLUE if value > 0 else OCHRE), to_rgb(PAPER)
    mixed = tuple(deep * a + (1 - deep) * b for a, b in zip(ink, paper, strict=True))
    return mixed[0], mixed[1], mixed[2]


def _width(text: str, size: float) -> float:
    """Width of a text in inches."""
    from matplotlib.textpath import TextPath

    return float(TextPath((0, 0), text, size=size).get_extents().width) / 72 if text.strip() else 0.1


def _lines(m: Measured, lang: Lang) -> list[list[tuple[int, str, float, float]]]:
    """The text laid out: lines of (word, or −1 for the answer; its letters; left; width), in inches."""
    before = int((m.prompt.word_of[: m.prompt.gap + 1]).max()) + 1 if m.masked else len(m.values)
    pieces = [(i, word) for i, word in enumerate(m.prompt.words)]
    pieces.insert(before, (-1, _answer(m)))
    rows: list[list[tuple[int, str, float, float]]] = [[]]
    left = 0.0
    for i, word in pieces:
        value = signed(float(m.values[i]), lang) if i >= 0 else ""
        width = max(_width(word, WORD_SIZE), _width(value, VALUE_SIZE)) + 0.16
        if left + width > 0.96 * WIDTH and rows[-1]:
            rows.append([])
            left = 0.0
        rows[-1].append((i, word, left, width))
        left += width + GUTTER
    return rows


def _answer(m: Measured) -> str:
    """What stands in the place of the answer."""
    return " / ".join(f"{one.label[:24]}" for one in m.answers)


def _text(axes: Axes, m: Measured, rows: list[list[tuple[int, str, float, float]]], height: float, lang: Lang) -> None:
    """Draws the words on their colours, one unit an inch."""
    from matplotlib.patches import FancyBboxPatch

    axes.set_xlim(0, 0.96 * WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    largest = float(abs(m.values).max())
    for line, row in enumerate(rows):
        y = 0.06 + LINE * line
        for i, word, left, width in row:
            value = float(m.values[i])
            face = shade(value, largest) if i >= 0 else PAPER
            box = FancyBboxPatch((left + 0.03, y + 0.03), width - 0.06, 0.27, boxstyle="round,pad=0.03", facecolor=face,
                                 edgecolor="none" if i >= 0 else TEAL, linewidth=1.4,
                                 linestyle="-" if i >= 0 else (0, (3, 2)))  # fmt: skip
            axes.add_patch(box)
            axes.text(left + width / 2, y + 0.165, word, ha="center", va="center", fontsize=WORD_SIZE,
                      color=INK if i >= 0 else TEAL, fontweight="normal" if i >= 0 else "bold")  # fmt: skip
            below = signed(value, lang) if i >= 0 else " / ".join(chance(one.logprob, lang) for one in m.answers)
            axes.text(left + width / 2, y + 0.44, below, ha="center", va="center", fontsize=VALUE_SIZE,
                      color=INK if i >= 0 else TEAL)  # fmt: skip
    first, second = ends(m, lang)
    y = height - 0.22
    towards = "towards" if lang == "en" else "vers"
    for left, sign, goal, value in ((0.0, "+", first, 1.0), (0.5 * WIDTH, "−", second, -1.0)):
        axes.add_patch(FancyBboxPatch((left + 0.05, y - 0.06), 0.16, 0.1, boxstyle="round,pad=0.02",
                                      facecolor=shade(value, 1.0), edgecolor="none"))  # fmt: skip
        axes.text(left + 0.32, y, f"{sign}  {towards} {goal}", va="center", fontsize=9)


def _bars(axes: Axes, m: Measured, order: list[int], lang: Lang) -> None:
    """The words ranked, with the interval of sampled Shapley values."""
    sampled = m.asked.method == "shapley" and not m.shapley.exact
    for row, i in enumerate(reversed(order)):
        value = float(m.values[i])
        axes.barh(row, value, height=0.62, color=BLUE if value > 0 else OCHRE, alpha=0.8)
        low, high = (float(m.shapley.low[i]), float(m.shapley.high[i])) if sampled else (value, value)
        if sampled:
            axes.plot([low, high], [row, row], color=INK, linewidth=1.3)
        edge = max(value, high) if value >= 0 else min(value, low)
        axes.annotate(signed(value, lang), (edge, row), xytext=(4 if value >= 0 else -4, 0), textcoords="offset points",
                      fontsize=8.5, va="center", ha="left" if value >= 0 else "right")  # fmt: skip
    axes.axvline(0, color=INK, linewidth=0.9)
    axes.set_yticks(range(len(order)), [m.prompt.words[i][:18] for i in reversed(order)])
    axes.set_ylim(-0.6, len(order) - 0.4)
    axes.tick_params(axis="y", length=0, labelsize=10)
    axes.set_xticks([])
    axes.margins(x=0.28)
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.set_title(method(m, lang), fontsize=9, fontweight="bold", pad=6)


def _others(axes: Axes, m: Measured, order: list[int], lang: Lang) -> None:
    """The three other methods: one column each, coloured on its own scale, with its numbers."""
    from matplotlib.patches import Rectangle

    names = [name for name in METHODS if name != m.asked.method]
    for column, name in enumerate(names):
        values = m.maps[name]
        largest = float(abs(values).max())
        for row, i in enumerate(reversed(order)):
            value = float(values[i])
            axes.add_patch(Rectangle((column + 0.03, row - 0.46), 0.94, 0.92, facecolor=shade(value, largest)))
            axes.text(column + 0.5, row, signed(value, lang), ha="center", va="center", fontsize=8.5)
        label = METHOD_NAMES[name].get(lang).replace(" ", "\n", 1)
        axes.text(
            column + 0.5, len(order) - 0.3, label, ha="center", va="bottom", fontsize=8, color=INK, linespacing=1.1
        )
    axes.set_xlim(0, len(names))
    axes.set_ylim(-0.6, len(order) - 0.4)
    axes.set_xticks([])
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.spines["left"].set_color(FAINT)


def alt(m: Measured, lang: Lang) -> str:
    """The map in words, with its numbers."""
    listing = (" ; " if lang == "fr" else "; ").join(
        f"{word} {signed(float(value), lang)}" for word, value in zip(m.prompt.words, m.values, strict=True)
    )
    first, second = ends(m, lang)
    if lang == "en":
        return f"The text with the value of each word in nats ({method(m, lang)}), towards {first} (+) or {second} (−): {listing}."
    return f"Le texte avec la valeur de chaque mot en nats ({method(m, lang)}), vers {first} (+) ou vers {second} (−) : {listing}."
