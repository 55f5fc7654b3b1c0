"""The second picture of ``similarity``: the two texts side by side, their common words marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.figures import BLUE, FAINT, INK, TEAL, drawing, svg
from tools.finding import Figure, Lang, both, french
from tools.numbers import percent
from tools.reading.similarity_measure import copied

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.reading.similarity_result import Result

WIDE = 46  # letters in a line of one column
MOST = 26  # lines of a column; the table has every sentence
LINE = 0.205  # inches
SIZE = 8.4  # points: WIDE letters of the fixed-width face fill a column

Word = tuple[str, int]


def lines(pieces: list[Word]) -> list[list[Word]]:
    """Words set in lines of ``WIDE`` letters; a longer word is cut."""
    found: list[list[Word]] = [[]]
    length = 0
    for piece, mark in pieces:
        shown = piece if len(piece) <= WIDE else piece[: WIDE - 1] + "…"
        if found[-1] and length + 1 + len(shown) > WIDE:
            found.append([])
            length = 0
        length += len(shown) + (1 if found[-1] else 0)
        found[-1].append((shown, mark))
    if len(found) > MOST:
        found = [*found[: MOST - 1], [("…", 0)]]
    return found


def words_figure(r: Result, seed: int, lang: Lang) -> Figure:
    """Two columns of text: shared sequences on a coloured ground, shared words underlined, the rest plain."""
    words = french if lang == "fr" else str
    columns = [lines(copied(r.text, r.other)), lines(copied(r.other, r.text))]
    height = 0.75 + LINE * (max(map(len, columns)) + 1)
    with drawing(words(title(r, lang)), words(subtitle(seed, lang)), height=height) as (drawn, axes):
        box = axes.get_position()
        axes.set_position((0.02, 0.02, 0.96, box.y0 + box.height - 0.03))
        axes.set_xlim(0, 2 * WIDE + 5)
        axes.set_ylim(-max(map(len, columns)) - 0.6, 1.6)
        axes.axis("off")
        heads = ("First text", "Second text") if lang == "en" else ("Premier texte", "Second texte")
        for place, (column, head) in enumerate(zip(columns, heads, strict=True)):
            left = place * (WIDE + 4)
            axes.text(left, 1, head, fontsize=10, fontweight="bold", color=TEAL, va="center")
            for down, line in enumerate(column):
                _line(axes, line, left, -down)
        return svg(drawn, "words", both(alt, r), lang)


def _line(axes: Axes, line: list[Word], left: float, y: float) -> None:
    """One line; words of one sequence stand on one ground."""
    at = left
    for place, (piece, mark) in enumerate(line):
        width = len(piece)
        joined = mark == 2 and place + 1 < len(line) and line[place + 1][1] == 2
        if mark == 2:
            axes.barh(y, width + (1 if joined else 0), left=at, height=0.86, color=TEAL, alpha=0.24, linewidth=0)
        elif mark == 1:
            axes.plot([at, at + width], [y - 0.36] * 2, color=BLUE, linewidth=0.9)
        axes.text(at, y, piece.replace("$", r"\$"), fontsize=SIZE, family="DejaVu Sans Mono", va="center",
                  color=INK if mark else FAINT, fontweight="bold" if mark == 2 else "normal")  # fmt: skip
        at += width + 1


def title(r: Result, lang: Lang) -> str:
    """How much is copied, as a sentence."""
    share = percent(r.overlap.contained, lang)
    if not r.overlap.contained:
        return (
            "No sequence of three words stands in both texts"
            if lang == "en"
            else "Aucune suite de trois mots ne se trouve dans les deux textes"
        )
    if lang == "en":
        return f"{share} of the three-word sequences of the shorter text stand in the other"
    return f"{share} des suites de trois mots du texte le plus court se trouvent dans l’autre"


def subtitle(seed: int, lang: Lang) -> str:
    """What the marks are."""
    if lang == "en":
        return f"coloured: sequences of three words in both · underlined: words in both · grey: words of one text only · seed {seed}"
    return f"coloré : suites de trois mots présentes dans les deux · souligné : mots des deux · gris : mots d’un seul texte · graine {seed}"


def alt(r: Result, lang: Lang) -> str:
    """The figure in words, with its numbers."""
    counts = []
    for one, other in ((r.text, r.other), (r.other, r.text)):
        marks = [mark for _, mark in copied(one, other)]
        counts.append((len(marks), marks.count(2), marks.count(1)))
    if lang == "en":
        rows = [f"{which} text, {n} words: {runs} in sequences of three found in the other, {alone} more found there alone"
                for which, (n, runs, alone) in zip(("first", "second"), counts, strict=True)]  # fmt: skip
        return f"The two texts side by side, common words marked; {'; '.join(rows)}."
    rows = [f"{which} texte, {n} mots : {runs} dans des suites de trois présentes dans l’autre, {alone} autres présents seuls"
            for which, (n, runs, alone) in zip(("premier", "second"), counts, strict=True)]  # fmt: skip
    return f"Les deux textes côte à côte, mots communs marqués ; {' ; '.join(rows)}."
