"""The picture of ``citation_check``: one card a reference, what is wrong struck through, what the work has beneath."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tools.figures import FAINT, INK, OCHRE, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.numbers import cut
from tools.truth.citations import text
from tools.truth.citations.fields import Checked, Verdict
from tools.truth.citations.text import Report

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, BODY, END = 7.8, 1.5, 7.5  # inches: the figure, where the reference begins, its right end
LINE, GAP = 0.188, 0.16  # inches: a line of text, the space between two cards
SIZE, SMALL = 9.0, 8.5  # points
MOST, LINES = 12, 4  # cards, lines of a reference
GREY = "#5b5850"
COLOUR: dict[Verdict, str] = {"exact": TEAL, "near": OCHRE, "nothing": GREY, "impossible": PURPLE}
MARK: dict[Verdict, str] = {"exact": "o", "near": "D", "nothing": "s", "impossible": "X"}
ORDER: tuple[Verdict, ...] = ("impossible", "near", "nothing", "exact")

Piece = tuple[str, bool, bool]  # letters, whether they are struck through, whether a space comes before


def cards(r: Report, seed: int, lang: Lang) -> Figure:
    """The references as cards, the doubtful ones first when there are too many."""
    shown = list(enumerate(r.checked, 1))
    if len(shown) > MOST:
        shown = sorted(shown, key=lambda item: (ORDER.index(item[1].verdict), item[0]))[:MOST]
    laid = [(place, one, *_lay(one, lang)) for place, one in shown]
    more = len(r.checked) - len(shown)
    height = (
        sum(LINE * max(len(lines) + len(notes), 1.6) + GAP for _, _, lines, notes in laid) + (LINE if more else 0) + 0.1
    )
    height = max(height, 0.75)  # what the house style needs under the title
    with drawing(text.headline(r, lang), subtitle(r, seed, lang), WIDTH, height) as (figure, axes):
        axes.set_position((0.02, 0.0, 0.96, height / figure.get_figheight()))
        axes.set_axis_off()
        axes.set_xlim(0, END)
        axes.set_ylim(height, 0)
        y = 0.06
        for place, one, lines, notes in laid:
            y = _card(axes, y, place, one, lines, notes, lang)
        if more:
            rest = f"and {more} more, in the table" if lang == "en" else f"et {more} de plus, dans le tableau"
            axes.text(BODY, y + LINE / 2, rest, va="center", fontsize=SMALL, color=GREY)
        return svg(figure, "references", both(alt, r), lang)


def subtitle(r: Report, seed: int, lang: Lang) -> str:
    """n, what was searched, year of the check, seed."""
    n = len(r.checked)
    if lang == "en":
        asked = "Crossref asked" if r.network else "Crossref not asked"
        return f"n = {n} · bibliography of Autopsie, {r.works} works · {asked} · checked in {r.year} · seed {seed} (nothing is drawn)"
    asked = "Crossref interrogé" if r.network else "Crossref non interrogé"
    return f"n = {n} · bibliographie d’Autopsie, {r.works} ouvrages · {asked} · contrôle de {r.year} · graine {seed} (sans tirage)"


@lru_cache(maxsize=4096)
def _width(word: str, size: float) -> float:
    """The width of a word in inches."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family="DejaVu Sans", size=size)
    return float(text_to_path.get_text_width_height_descent(word, font, ismath=False)[0]) / 72


def _lay(one: Checked, lang: Lang) -> tuple[list[list[Piece]], list[list[Piece]]]:
    """The lines of a reference, wrong words marked, and the lines of what is said about it."""
    raw = re.sub(r"[\u2e80-\uffff\U00010000-\U0010ffff]", "□", one.parsed.raw)  # signs that the typeface does not have
    wrong = wrong_places(one)
    struck = [any(low <= place < high for low, high in wrong) for place in range(len(raw))]
    pieces: list[Piece] = []
    for word in re.finditer(r"\S+", raw):
        begin = word.start()
        for place in range(word.start() + 1, word.end() + 1):
            if place == word.end() or struck[place] != struck[begin]:
                pieces.append((raw[begin:place], struck[begin], begin == word.start()))
                begin = place
    lines = _wrap(pieces, SIZE, LINES)
    notes: list[list[Piece]] = []
    for remark in text.remarks(one, lang, 110):
        notes += _wrap([(word, False, True) for word in ("→ " + remark).split(" ")], SMALL, 2)
    return lines, notes[:8]


def wrong_places(one: Checked) -> list[tuple[int, int]]:
    """Where in the reference the words stand that its work does not have, or that cannot be."""
    raw, found = one.parsed.raw, []
    for d in one.differences:
        low, high = one.parsed.spans.get(d.field, (0, len(raw)))
        for word in d.wrong:
            spot = raw.find(word, low, max(high, low + len(word)))
            if spot >= 0:
                found.append((spot, spot + len(word)))
        if d.field in one.parsed.spans and d.wrong and not found:
            found.append(one.parsed.spans[d.field])
    for p in one.problems:
        core = (
            re.split(r"[–\s]", p.given)[0] if p.code in ("pages_backwards", "volume_year", "reporter_year") else p.given
        )
        spot = raw.rfind(core) if core else -1
        if spot >= 0:
            found.append((spot, spot + len(core)))
    return found


def _wrap(pieces: list[Piece], size: float, most: int) -> list[list[Piece]]:
    """Words in lines that fit, ``most`` of them; an ellipsis says that more was cut."""
    lines: list[list[Piece]] = [[]]
    room, space = END - BODY - 0.12, _space(size)
    left = room
    for word, struck, apart in pieces:
        while _width(word, size) > room:  # an address without a space
            head = word[: max(8, int(len(word) * room / _width(word, size)) - 2)]
            lines.append([(head, struck, True)])
            word, left = word[len(head) :], 0.0
        wide = _width(word, size) + space * apart
        if lines[-1] and wide > left:
            lines.append([])
            left = room
        lines[-1].append((word, struck, apart))
        left -= wide
    lines = [line for line in lines if line]
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] = [*lines[-1][:-1], ("…", False, True)]
    return lines


def _space(size: float) -> float:
    return _width("n n", size) - 2 * _width("n", size)


def _card(
    axes: Axes, y: float, place: int, one: Checked, lines: list[list[Piece]], notes: list[list[Piece]], lang: Lang
) -> float:
    """Draws one card from ``y`` down; returns where the next begins."""
    tall = LINE * max(len(lines) + len(notes), 1.6)
    colour = COLOUR[one.verdict]
    axes.plot([BODY - 0.1] * 2, [y, y + tall], color=colour, linewidth=2.6, solid_capstyle="butt")
    middle = y + LINE / 2
    axes.plot(
        [0.10],
        [middle],
        MARK[one.verdict],
        color=colour,
        markersize=7,
        mfc="none" if one.verdict == "nothing" else colour,
    )
    axes.text(
        0.24, middle, text.VERDICT[one.verdict].get(lang), va="center", fontsize=SIZE, fontweight="bold", color=colour
    )
    axes.text(
        0.24,
        middle + LINE,
        f"{place}" + (f" · {cut(one.key, 14)}" if one.key else ""),
        va="center",
        fontsize=7.5,
        color=GREY,
    )
    for number, line in enumerate(lines):
        _write(axes, y + LINE * (number + 0.5), line, SIZE, INK, colour)
    for number, line in enumerate(notes, len(lines)):
        _write(axes, y + LINE * (number + 0.5), line, SMALL, colour, colour)
    axes.plot([0, END], [y + tall + GAP / 2] * 2, color=FAINT, linewidth=0.4, alpha=0.5)
    return y + tall + GAP


def _write(axes: Axes, y: float, line: list[Piece], size: float, colour: str, wrong: str) -> None:
    """A line word by word; runs of struck words share one stroke."""
    runs: list[Piece] = []
    for word, struck, apart in line:
        if runs and runs[-1][1] == struck:
            runs[-1] = (runs[-1][0] + " " * apart + word, struck, runs[-1][2])
        else:
            runs.append((word, struck, apart and bool(runs)))
    x = BODY
    for words, struck, apart in runs:
        x += _space(size) * apart
        wide = _width(words, size)
        axes.text(x, y, words, va="center_baseline", fontsize=size, color=wrong if struck else colour, parse_math=False)
        if struck:
            axes.plot([x, x + wide], [y + 0.005] * 2, color=wrong, linewidth=1.1, solid_capstyle="butt")
        x += wide


def alt(r: Report, lang: Lang) -> str:
    """The figure in words."""
    told = []
    for place, one in list(enumerate(r.checked, 1))[:20]:
        note = (
            "; ".join(text.remarks(one, lang, 60)[:3]) if lang == "en" else " ; ".join(text.remarks(one, lang, 60)[:3])
        )
        name = text.quoted(cut(one.parsed.title or one.parsed.raw, 70), lang)
        told.append(f"{place}, {name}, {text.VERDICT[one.verdict].get(lang)}" + (f" ({note})" if note else ""))
    return f"{text.headline(r, lang)}. " + (". ".join(told)) + "."
