"""The text itself, sentence by sentence: each word shaded by how far down the model's list it stood, each sentence with its bar.

After GLTR (Gehrmann et al. 2019). The shades go from pale to dark and the last one is underlined, so that they read in grey.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tools.authorship.detection.figure import subtitle
from tools.figures import FAINT, INK, OCHRE, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.numbers import number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.authorship.detection.measure import Measured, Sentence

SHADES = ((1, "#ffffff"), (10, "#f3e2bd"), (100, "#ddb264"), (10**9, "#b9781c"))
"""The largest rank of each shade, and the shade."""
LINE = 0.245  # inches
LINES = 44  # of words in the picture; the table has all sentences
SIZE = 9.0
LEFT, RIGHT = 1.52, 7.0  # inches between which the words stand
BAR = (0.62, 1.32)  # inches between which the bars stand
WIDTH = 7.2


def strip(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """The words and the bars."""
    laid = _laid(m.sentences)
    count = sum(len(lines) for _, lines in laid)
    with drawing(
        _title(m, lang), _subtitle(m, len(laid), model, seed, lang), width=WIDTH, height=1.15 + LINE * count
    ) as (figure, axes):
        tall = 0.55 + LINE * count
        box = axes.get_position()
        axes.set_position((0, 0.02, 1, box.y1 - 0.02))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(0, tall)
        axes.axis("off")
        _key(axes, tall - 0.12, m.served, lang)
        middle, unit = _bars(m, [one for one, _ in laid])
        axes.plot([middle] * 2, [0.03, tall - 0.36], color=OCHRE, linewidth=1.2, zorder=1)
        y = tall - 0.52
        for row, (one, lines) in enumerate(laid):
            _bar(axes, m, one, row, y, middle, unit, lang)
            for words in lines:
                _words(axes, words, y)
                y -= LINE
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # letters that the font lacks are drawn as boxes
            return svg(figure, "sentences", both(_alt, m), lang)


def _laid(sentences: list[Sentence]) -> list[tuple[Sentence, list[list[tuple[str, int, float]]]]]:
    """The sentences that fit, each with its lines of words: word, rank, width in inches."""
    found: list[tuple[Sentence, list[list[tuple[str, int, float]]]]] = []
    used = 0
    for one in sentences:
        lines = list(_wrapped([(word, rank, _width(word)) for word, rank in one.words]))[:LINES]
        if found and used + len(lines) > LINES:
            break
        found.append((one, lines))
        used += len(lines)
    return found


def _wrapped(words: list[tuple[str, int, float]]) -> Iterator[list[tuple[str, int, float]]]:
    line: list[tuple[str, int, float]] = []
    x = LEFT
    for word, rank, width in words:
        if line and x + width > RIGHT:
            yield line
            line, x = [], LEFT
        line.append((word[:60], rank, width))
        x += width + 0.055
    if line:
        yield line


def _width(word: str) -> float:
    """Of a word in inches."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        points, _, _ = text_to_path.get_text_width_height_descent(
            word[:60].replace("$", r"\$"), FontProperties(family="DejaVu Sans", size=SIZE), ismath=False
        )
    return float(points) / 72


def _words(axes: Axes, words: list[tuple[str, int, float]], y: float) -> None:
    """One line: a box of the shade behind each word, a line under the most surprising."""
    x = LEFT
    for word, rank, width in words:
        level = next(n for n, (most, _) in enumerate(SHADES) if rank <= most)
        if rank > 1:
            _box(axes, x - 0.02, y - 0.1, width + 0.04, 0.2, SHADES[level][1])
        if level == len(SHADES) - 1:
            axes.plot([x, x + width], [y - 0.095] * 2, color=INK, linewidth=1.1, zorder=4)
        axes.text(
            x,
            y - 0.055,
            word,
            fontsize=SIZE,
            ha="left",
            va="baseline",
            color=INK if rank else FAINT,
            parse_math=False,
            zorder=3,
        )
        x += width + 0.055


def _box(axes: Axes, x: float, y: float, width: float, height: float, color: str) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((x, y), width, height, facecolor=color, edgecolor="none", zorder=2))


def _value(m: Measured, one: Sentence) -> float | None:
    return -one.likelihood if m.served else one.curvature


def _bars(m: Measured, sentences: list[Sentence]) -> tuple[float, float]:
    """Where zero stands, and the inches of one unit."""
    known: list[float] = [value for one in sentences if (value := _value(m, one)) is not None] or [1.0]
    low, high = min(*known, 0.0), max(*known, 0.0)
    unit = (BAR[1] - BAR[0]) / max(high - low, 1e-9)
    return BAR[0] - low * unit, unit


def _bar(axes: Axes, m: Measured, one: Sentence, row: int, y: float, middle: float, unit: float, lang: Lang) -> None:
    """The number of a sentence, its bar and its value."""
    value = _value(m, one)
    text: dict[str, Any] = {"fontsize": 7.5, "va": "center", "zorder": 5}
    axes.text(0.22, y, f"{row + 1}", ha="right", color=FAINT, **text)
    if value is None:
        axes.text(middle + 0.04, y, "–", color=FAINT, ha="left", **text)
        return
    _box(axes, min(middle, middle + value * unit), y - 0.075, abs(value * unit), 0.15, TEAL if value > 0 else PURPLE)
    inside = abs(value * unit) > 0.34
    edge = middle + value * unit
    if inside:
        axes.text(
            edge - 0.03 if value > 0 else edge + 0.03,
            y,
            number(value, lang),
            ha="right" if value > 0 else "left",
            color="white",
            **text,
        )
    else:
        axes.text(
            edge + 0.03 if value > 0 else edge - 0.03,
            y,
            number(value, lang),
            ha="left" if value > 0 else "right",
            color=INK,
            **text,
        )


def _key(axes: Axes, y: float, served: bool, lang: Lang) -> None:
    """What the bars and the shades mean."""
    what = {"en": ("bar: curvature", "bar: surprise"), "fr": ("barre : courbure", "barre : surprise")}[lang][served]
    axes.text(0.22, y, what, fontsize=7.5, va="center", color=INK)
    names = {
        "en": ("the model’s first choice", "2nd to 10th", "11th to 100th", "further down"),
        "fr": ("premier choix du modèle", "2ᵉ à 10ᵉ", "11ᵉ à 100ᵉ", "plus loin"),
    }[lang]
    x = LEFT
    for level, name in enumerate(names):
        width = _width(name) * 8 / SIZE
        _box(axes, x - 0.03, y - 0.1, width + 0.06, 0.2, SHADES[level][1])
        if level == len(SHADES) - 1:
            axes.plot([x, x + width], [y - 0.095] * 2, color=INK, linewidth=1.1, zorder=4)
        axes.text(x, y, name, fontsize=8, va="center", color=INK, zorder=3)
        x += width + 0.22


def first_choices(m: Measured) -> tuple[float, float]:
    """The share of the scored tokens that the model put first, and of those beyond its first 100."""
    rank = m.features.reading.statistics.rank
    return float((rank == 1).mean()), float((rank > SHADES[2][0]).mean())


def _title(m: Measured, lang: Lang) -> str:
    first, deep = (percent(share, lang) for share in first_choices(m))
    if lang == "en":
        return f"{first} of the tokens are the model’s first choice, and {deep} lie beyond its first hundred"
    return f"{first} des tokens sont le premier choix du modèle, et {deep} viennent après ses cent premiers"


def _subtitle(m: Measured, shown: int, model: str, seed: int, lang: Lang) -> str:
    n = len(m.sentences)
    start = subtitle(m, model, seed, lang).rsplit(" · ", 1)[0]
    if lang == "en":
        count = f"{n} sentence{'s' * (n > 1)}" if shown == n else f"the first {shown} of {n} sentences"
    else:
        count = f"{n} phrase{'s' * (n > 1)}" if shown == n else f"les {shown} premières des {n} phrases"
    return f"{count} · {start}"


def _alt(m: Measured, lang: Lang) -> str:
    first, deep = (percent(share, lang) for share in first_choices(m))
    rows = []
    for row, one in enumerate(m.sentences):
        value = _value(m, one)
        short = "too short" if lang == "en" else "trop courte"
        rows.append(f"{row + 1}{':' if lang == 'en' else ' :'} {short if value is None else number(value, lang)}")
    en = lang == "en"
    what = {
        (False, True): "Curvature of each sentence", (False, False): "Courbure de chaque phrase",
        (True, True): "Mean surprise of each sentence, in nats per token", (True, False): "Surprise moyenne de chaque phrase, en nats par token",
    }[m.served, en]  # fmt: skip
    if en:
        return f"The words shaded by rank: {first} of the tokens are the first choice, {deep} beyond the 100th. {what}: {'; '.join(rows[:60])}."
    return f"Les mots ombrés selon leur rang : {first} des tokens sont le premier choix, {deep} viennent après le 100ᵉ. {what} : {' ; '.join(rows[:60])}."
