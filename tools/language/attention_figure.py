"""The picture of one word's attention: the sentence on both sides, a line as thick as each weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tools.figures import FAINT, INK, OCHRE, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.language.attention_result import strongest
from tools.language.attention_text import one_head, quoted, sentence, sink_name, title
from tools.language.inside import Floats
from tools.numbers import NARROW, number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.language.attention_measure import Measured, Seen

ROW = 0.3  # inches a word
MOST_ROWS = 26  # words drawn; of a longer sentence, those that receive the most
LEFT, RIGHT, BAR, LETTER = 0.0, 1.0, 1.0, 0.08  # where two columns of words stand, the longest bar, a letter
OTHERS = ("#0072b2", "#7a5c00", "#5b5850", "#1c1b19")


def colour(i: int) -> str:
    """The colour of candidate ``i``: the first teal, the second purple."""
    return (TEAL, PURPLE, *OTHERS)[i % 6]


@dataclass(frozen=True)
class View:
    """What is drawn: the weight of each word of each sentence, the title and the subtitle."""

    weights: list[Floats]
    title: str
    subtitle: str


def words_figure(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """The mean of the chosen heads, from the source word to every word."""
    view = View([s.rows.mean(axis=0) for s in m.seen], title(m, lang), subtitle(m, model, seed, lang))
    return _draw(m, view, "words", lang)


def head_figure(m: Measured, model: str, seed: int, lang: Lang) -> Figure | None:
    """The same for the one head that stands out; ``None`` when a single head was asked for, or none changes."""
    layer, head, value = strongest(m)
    if m.heads == 1 or m.unmoved or not value:
        return None
    weights = [s.weights[layer - 1, head - 1, s.source] for s in m.seen]
    return _draw(m, View(weights, head_title(m, lang), head_subtitle(m, model, seed, lang)), "head", lang)


def _draw(m: Measured, view: View, name: str, lang: Lang) -> Figure:
    """One panel a sentence: words, lines from the source word, bars with their percentages, the even share as a tick."""
    shown = [_shown(s) for s in m.seen]
    rows = max(map(len, shown))
    width, height = (9.6 if m.paired else 7.2), 0.9 + ROW * rows
    with drawing(view.title, view.subtitle, width, height) as (figure, first):
        full = figure.get_figheight()
        share, top = 1 / len(m.seen), max(float(weights.max()) for weights in view.weights)
        longest = max(len(s.words.labels[i]) for s, places in zip(m.seen, shown, strict=True) for i in places)
        for k, places in enumerate(shown):
            axes = first if k == 0 else figure.add_axes((0, 0, 1, 1))
            axes.set_position((0.02 + k * share, 0.05 / full, share - 0.04, (height - 0.15) / full))
            _panel(axes, m.seen[k], view.weights[k], places, (rows, longest, top), lang)
        return svg(figure, name, both(alt, m, view.weights), lang)


def _shown(s: Seen) -> list[int]:
    """The words that are drawn, in the order of the sentence."""
    if len(s.words.labels) <= MOST_ROWS:
        return list(range(len(s.words.labels)))
    first = dict.fromkeys([s.source, *(i for places in s.candidates for i in places)])
    order = dict.fromkeys([*first, *(int(i) for i in s.rows.mean(axis=0).argsort()[::-1])])
    return sorted(list(order)[:MOST_ROWS])


def _panel(axes: Axes, s: Seen, weights: Floats, places: list[int], size: tuple[int, int, float], lang: Lang) -> None:
    """One sentence; ``size`` is the rows of the figure, the letters of its longest word, the weight of its longest bar."""
    labels, (rows, longest, top) = s.words.labels, size
    bars, wide = RIGHT + 0.16 + LETTER * min(longest, 16), BAR * (0.75 if longest > 11 else 1)
    axes.set_xlim(-0.75, RIGHT + 0.16 + 9 * LETTER + BAR + 0.45)
    axes.set_ylim(-rows + 0.4, 1.5)
    axes.axis("off")
    shades = {i: colour(c) for c, found in enumerate(s.candidates) for i in found}
    start = -places.index(s.source)
    for row, i in enumerate(places):
        y, weight, shade, own = -row, float(weights[i]), shades.get(i, FAINT), i == s.source
        axes.text(
            LEFT - 0.04, y, labels[i], ha="right", va="center", fontsize=12 if own else 10.5, color=INK if own else FAINT,
            fontweight="bold" if own else "normal",
        )  # fmt: skip
        if not s.visible[i]:
            axes.text(RIGHT + 0.04, y, labels[i], va="center", fontsize=10.5, color=FAINT, style="italic")
            continue
        bold = "bold" if i in shades else "normal"
        axes.plot(
            [LEFT, RIGHT], [start, y], color=shade, linewidth=0.4 + 9 * weight**0.7, alpha=0.85 if i in shades else 0.45
        )
        axes.text(RIGHT + 0.06, y, labels[i], va="center", fontsize=11, fontweight=bold, color=shades.get(i, INK))
        fill = "none" if i in s.sink else shade
        axes.barh(y, wide * weight / top, left=bars, height=0.55, color=fill, edgecolor=shade, linewidth=1.2)
        even = wide * s.uniform([i]) / top
        axes.plot([bars + even] * 2, [y - 0.36, y + 0.36], color=OCHRE, linewidth=1.6)
        end = bars + max(wide * weight / top, even) + 0.05
        sink = ("  sink" if lang == "en" else "  puits") * (i == s.sink[0])
        axes.text(end, y, percent(weight, lang, 1) + sink, va="center", fontsize=9.5, fontweight=bold)
    _names(axes, s, places, bars, lang)


def _names(axes: Axes, s: Seen, places: list[int], bars: float, lang: Lang) -> None:
    """Names of the columns, and of what is hollow or not read yet."""
    small: dict[str, Any] = {"fontsize": 8.5, "color": "#5b5850"}
    axes.text(LEFT - 0.04, 0.85, "reads" if lang == "en" else "lit", ha="right", **small)
    axes.text(RIGHT + 0.06, 0.85, "is read" if lang == "en" else "est lu", **small)
    axes.text(bars, 0.85, "| even share" if lang == "en" else "| part égale", fontsize=8.5, color=OCHRE)
    hidden = [row for row, i in enumerate(places) if not s.visible[i]]
    if hidden:
        axes.text(
            bars, -hidden[0], "not read yet" if lang == "en" else "pas encore lu", va="center", style="italic", **small
        )


def subtitle(m: Measured, model: str, seed: int, lang: Lang) -> str:
    """n, specimen and seed."""
    name = model.rstrip("/").rsplit("/", 1)[-1][:40]
    layer, head = m.asked.layer, m.asked.head
    n = number(m.heads, lang, 0)
    if lang == "en":
        part = f", layer {layer}" * bool(layer) + f", head {head}" * bool(head)
        return f"mean of {n} head{'s' * (m.heads > 1)}{part} · {name} · seed {seed}"
    part = f", couche {layer}" * bool(layer) + f", tête {head}" * bool(head)
    return f"moyenne de {n} tête{'s' * (m.heads > 1)}{part} · {name} · graine {seed}"


def head_title(m: Measured, lang: Lang) -> str:
    """What the head that stands out looks at."""
    return sentence(", ".join(one_head(m, lang)))


def head_subtitle(m: Measured, model: str, seed: int, lang: Lang) -> str:
    """That this head was picked, specimen and seed."""
    n, name = m.seen[0].weights[:, :, 0, 0].size, model.rstrip("/").rsplit("/", 1)[-1][:40]
    if lang == "en":
        why = "changes" if m.paired else "gives"
        return f"one head, chosen among {n} because it {why} the most · {name} · seed {seed}"
    why = "change" if m.paired else "donne"
    return f"une seule tête, choisie parmi {n} parce qu’elle {why} le plus · {name} · graine {seed}"


def alt(m: Measured, weights: list[Floats], lang: Lang) -> str:
    """The figure in words: every visible word with its percentage."""
    texts = []
    for s, given in zip(m.seen, weights, strict=True):
        words = [
            f"{label} {percent(float(given[i]), lang, 1)}" for i, label in enumerate(s.words.labels) if s.visible[i]
        ]
        if lang == "en":
            texts.append(f"From {quoted(s.word, lang)}: {'; '.join(words)}.")
        else:
            texts.append(f"Depuis {quoted(s.word, lang)} : {(NARROW + '; ').join(words)}.")
    start = (
        "The words of the sentence twice, lines as thick as the weights, bars with percentages."
        if lang == "en"
        else "Les mots de la phrase deux fois, des traits aussi épais que les poids, des barres avec les pourcentages."
    )
    sink, even = sink_name(m, 0, lang), percent(float(np.mean([1 / s.in_sight for s in m.seen])), lang, 1)
    end = (
        f"Sink: {sink}. Even share of a token: {even}."
        if lang == "en"
        else f"Puits : {sink}. Part égale d’un token : {even}."
    )
    return " ".join([start, *texts, end])
