"""The relations as a graph: who, what, whom; an arrow is dashed when the text does not support it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.terms import fold
from tools.figures import INK, PAPER, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.numbers import cut
from tools.reading.relations import text as words
from tools.reading.relations.figure import FALSE
from tools.reading.relations.spans import bare

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.reading.relations.check import Relation
    from tools.reading.relations.measure import Measured
    from tools.reading.relations.spans import Place

WIDTH, ROW = 8.6, 0.5  # inches: the figure; one relation
FROM, TO, RIGHT = 2.3, 5.65, 5.75  # where boxes and arrows begin and end
MOST = 12  # relations drawn


def graph(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """Subjects left (each once), objects right, an arrow for each relation with its words and the reason of its verdict."""
    shown = sorted(
        m.relations[:MOST], key=lambda one: [fold(bare(other.subject)) for other in m.relations].index(_key(one))
    )
    name, n = model.rstrip("/").rsplit("/", 1)[-1][:40], len(m.relations)
    if lang == "en":
        most = f", the first {MOST} drawn" if n > MOST else ""
        below = f"{n} relation{'s' * (n > 1)}{most} · {name} · seed {seed} · solid: the text supports it; dashed: it does not"
    else:
        most = f", les {MOST} premières dessinées" if n > MOST else ""
        below = f"{n} relation{'s' * (n > 1)}{most} · {name} · graine {seed} · trait plein : le texte l’appuie ; tirets : non"
    height = ROW * len(shown) + 0.1
    with drawing(words.graph_headline(m, lang), below, WIDTH, height + 0.1) as (figure, axes):
        axes.set_position((0.02, 0.0, 0.97, height / figure.get_figheight()))
        axes.set_xlim(0, 0.97 * WIDTH)
        axes.set_ylim(height, 0)
        axes.axis("off")
        rows: dict[str, list[int]] = {}
        for row, one in enumerate(shown):
            rows.setdefault(_key(one), []).append(row)
        middle = {key: 0.3 + ROW * sum(own) / len(own) for key, own in rows.items()}
        for row, one in enumerate(shown):
            _draw(axes, one, middle[_key(one)], 0.3 + ROW * row, row == rows[_key(one)][0], lang)
        return svg(figure, "graph", both(alt, m), lang)


def _key(one: Relation) -> str:
    """What a subject is the same by."""
    return fold(bare(one.subject))


def _draw(axes: Axes, one: Relation, start: float, y: float, first: bool, lang: Lang) -> None:
    """One relation: its two names (the subject only the first time) and its arrow."""
    good = one.verdict == "grounded"
    colour, line = (TEAL, "-") if good else (FALSE, (0, (4, 2)))
    if first:
        _box(axes, one.subject, one.places[0], FROM, start, "right")
    _box(axes, one.object, one.places[1], RIGHT, y, "left")
    axes.plot([FROM + 0.1, FROM + 0.7, FROM + 0.8], [start, y, y], color=colour, linewidth=1.7, linestyle=line)
    arrow = {
        "arrowstyle": "-|>",
        "color": colour,
        "linewidth": 1.7,
        "linestyle": line,
        "mutation_scale": 13,
        "shrinkA": 0,
    }
    axes.annotate("", (TO, y), xytext=(FROM + 0.8, y), arrowprops=arrow)
    middle = (FROM + 0.8 + TO) / 2
    axes.text(middle, y - 0.05, cut(one.words, 34).replace("$", r"\$"), fontsize=9.5, ha="center", va="bottom")
    reason = ("✓ " if good else "✗ ") + words.WHYS[one.why].get(lang)
    axes.text(middle, y + 0.05, reason, fontsize=7.6, ha="center", va="top", color=colour)


def _box(axes: Axes, name: str, place: Place, x: float, y: float, side: str) -> None:
    """A name in a box, dashed when the text does not hold it."""
    false = place.how in ("absent", "partly")
    axes.text(x, y, cut(bare(name), 28).replace("$", r"\$"), fontsize=9.5, ha=side, va="center", zorder=5,
              bbox={"boxstyle": "round,pad=0.3", "facecolor": PAPER, "edgecolor": FALSE if false else INK,
                    "linestyle": (0, (3, 2)) if false else "-", "linewidth": 1.4 if false else 0.9})  # fmt: skip


def alt(m: Measured, lang: Lang) -> str:
    """The relations in words, with verdicts."""
    bad, n = m.unsupported
    listing = (" ; " if lang == "fr" else "; ").join(
        f"{one.subject} – {one.words} – {one.object} ({words.VERDICTS[one.verdict].get(lang)})"
        for one in m.relations[:MOST]
    )
    if lang == "en":
        return f"Graph of {n} relations, {bad} of them not supported by the text: {listing}."
    return f"Graphe de {n} relations, dont {bad} sans appui dans le texte : {listing}."
