"""The text with the names that the model found underlined by kind, those it missed, and in the margin those it made up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tools.figures import BLUE, FAINT, INK, OCHRE, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.numbers import cut
from tools.reading.relations import text as words
from tools.reading.relations.spans import Span

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.reading.relations.check import Entity
    from tools.reading.relations.measure import Measured

COLOURS = {
    "person": BLUE,
    "organisation": PURPLE,
    "place": TEAL,
    "date": OCHRE,
    "number": "#7a5c00",
    "product": "#3d3a8c",
}
FALSE = "#a8321e"  # vermilion: not in the text; always dashed or named too
WIDTH, PAGE, MARGIN = 8.6, 5.75, 2.35  # inches: the figure, the text, the margin
LINE, SIZE, LABEL = 0.42, 11.0, 7.6
MOST = 1500  # characters of the text that are drawn
MOST_LISTED = 14


@dataclass(frozen=True)
class Piece:
    """A word, or a whole name, with its underline: a colour, a label, dotted when it was missed."""

    text: str
    colour: str = ""
    label: str = ""
    missed: bool = False
    glued: bool = False


def drawable(text: str) -> bool:
    """Whether the figure's font has the letters of a text, and they run from left to right: Latin, Greek, Cyrillic."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(ord(letter) < 0x0590 for letter in letters) >= 0.9 * len(letters)


def page(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """The annotated text, and the list of what is not in it."""
    lines = _lines(_pieces(m, lang))
    listed = made_up(m)
    height = max(LINE * len(lines) + 0.2, 0.3 + 0.36 * min(len(listed), MOST_LISTED + 1), 1.2)
    with drawing(words.headline(m, lang), subtitle(m, model, seed, lang), WIDTH, height + 0.3) as (figure, axes):
        axes.set_position((0.02, 0.02, 0.96, height / figure.get_figheight()))
        axes.set_xlim(0, 0.96 * WIDTH)
        axes.set_ylim(height, 0)
        axes.axis("off")
        for row, line in enumerate(lines):
            for left, piece in line:
                _draw(axes, piece, left, 0.2 + LINE * row)
        axes.plot([PAGE + 0.12] * 2, [0.05, height - 0.05], color=FAINT, linewidth=0.8)
        _margin(axes, listed, lang)
        return svg(figure, "page", both(alt, m), lang)


def subtitle(m: Measured, model: str, seed: int, lang: Lang) -> str:
    """n, specimen and seed, and what the dots mean."""
    name, n = model.rstrip("/").rsplit("/", 1)[-1][:40], len(m.spans)
    shown = "" if len(m.text) <= MOST else f" · {MOST}/{len(m.text)}"
    if lang == "en":
        return f"{n} passage{'s' * (n > 1)} read one by one{shown and shown + ' characters drawn'} · {name} · seed {seed} · underlined: found; dotted: missed"
    return f"{n} passage{'s' * (n > 1)} lu{'s' * (n > 1)} un à un{shown and shown + ' caractères dessinés'} · {name} · graine {seed} · souligné : trouvé ; pointillé : manqué"


def made_up(m: Measured) -> list[Entity]:
    """Names that are absent from the text, or there in part only."""
    return [one for one in m.entities if one.place.how in ("absent", "partly")]


def _marks(m: Measured, lang: Lang) -> list[tuple[Span, str, str, bool]]:
    """Spans with colour, label and whether they were missed; none overlaps another, the shorter name wins."""
    found: list[tuple[Span, str, str, bool]] = []
    named = [(one.place.spans[0], one) for one in m.entities if one.place.there]
    for span, one in sorted(named, key=lambda pair: (not pair[1].kind, pair[0][1] - pair[0][0])):
        if all(span[1] <= a or b <= span[0] for (a, b), *_ in found):
            found.append((span, COLOURS.get(one.kind, INK), words.KINDS[one.kind].get(lang), False))
    missed = "missed" if lang == "en" else "manqué"
    for name in m.names:
        if all(name.span[1] <= a or b <= name.span[0] for (a, b), *_ in found):
            found.append((name.span, FAINT, missed, True))
    return sorted(found)


def _pieces(m: Measured, lang: Lang) -> list[Piece]:
    text, found, at = m.text[:MOST], [], 0

    def plain(low: int, high: int) -> None:
        for match in re.finditer(r"\S+", text[low:high]):
            found.append(Piece(match.group(), glued=match.start() == 0 and low > 0 and not text[low - 1].isspace()))

    for (low, high), colour, label, missed in _marks(m, lang):
        if low < at or high > len(text):
            continue
        plain(at, low)
        glued = low > 0 and not text[low - 1].isspace()
        found.append(Piece(cut(text[low:high], 52), colour, label, missed, glued))
        at = high
    plain(at, len(text))
    return found


@lru_cache(maxsize=4096)
def _width(text: str, size: float) -> float:
    """Width of a text in inches."""
    from matplotlib.textpath import TextPath

    return float(TextPath((0, 0), text.replace("$", r"\$"), size=size).get_extents().x1) / 72 if text.strip() else 0.0


def _lines(pieces: list[Piece]) -> list[list[tuple[float, Piece]]]:
    """Pieces with their left edges in inches, broken into lines."""
    lines: list[list[tuple[float, Piece]]] = [[]]
    end = label_end = 0.0
    for piece in pieces:
        wide, tag = _width(piece.text, SIZE), _width(piece.label, LABEL) if piece.label else 0.0
        glued = piece.glued and bool(lines[-1])
        left = end + 0.015 if glued else max(end, label_end) + 0.07 if lines[-1] else 0.0
        if left + max(wide, tag) > PAGE and lines[-1] and not (glued and len(piece.text) < 3):
            lines.append([])
            left = 0.0
        lines[-1].append((left, piece))
        end, label_end = left + wide, max(left + tag, label_end if glued else 0.0)
    return lines


def _draw(axes: Axes, piece: Piece, left: float, y: float) -> None:
    shown = piece.text.replace("$", r"\$")
    axes.text(left, y, shown, fontsize=SIZE, va="baseline", color=INK)
    if piece.label:
        wide = _width(piece.text, SIZE)
        axes.plot([left, left + wide], [y + 0.05] * 2, color=piece.colour, linewidth=1.8, solid_capstyle="butt",
                  linestyle=":" if piece.missed else "-")  # fmt: skip
        axes.text(
            left,
            y + 0.17,
            piece.label,
            fontsize=LABEL,
            va="baseline",
            color="#5b5850" if piece.missed else piece.colour,
        )


def _margin(axes: Axes, listed: list[Entity], lang: Lang) -> None:
    """The names that are not in the text, with what is missing or where they come from."""
    x = PAGE + 0.26
    head = {"en": "Not in the text", "fr": "Pas dans le texte"}[lang] + f" ({len(listed)})"
    axes.text(x, 0.2, head, fontsize=10, fontweight="bold", va="baseline", color=FALSE)
    if not listed:
        axes.text(x, 0.44, {"en": "nothing", "fr": "rien"}[lang], fontsize=9, va="baseline")
    for row, one in enumerate(listed[:MOST_LISTED]):
        y = 0.46 + 0.36 * row
        axes.text(x, y, "✗ " + cut(one.name, 27).replace("$", r"\$"), fontsize=9.5, va="baseline", color=INK)
        axes.text(x + 0.15, y + 0.14, cut(origin(one, lang), 38), fontsize=LABEL, va="baseline", color="#5b5850")
    if len(listed) > MOST_LISTED:
        axes.text(x, 0.46 + 0.36 * MOST_LISTED, f"+ {len(listed) - MOST_LISTED}", fontsize=9, va="baseline")


def origin(one: Entity, lang: Lang) -> str:
    """Why a name is in the margin."""
    if one.copied:
        return {"en": "from the example in the request", "fr": "vient de l’exemple de la consigne"}[lang]
    if one.place.how == "partly":
        gone = ", ".join(one.place.missing) or "…"
        return {"en": f"in part; not there: {gone}", "fr": f"en partie ; n’y est pas : {gone}"}[lang]
    return {"en": "nowhere", "fr": "nulle part"}[lang]


def alt(m: Measured, lang: Lang) -> str:
    """The annotated text in words, with its numbers."""
    kept = [f"{one.name} ({words.KINDS[one.kind].get(lang)})" for one in m.entities if one.place.there]
    missed = [name.text for name in m.names if not m.was_found(name)]
    false = [one.name for one in made_up(m)]
    if lang == "en":
        return (
            f"The text with {len(kept)} names of the model underlined: {', '.join(kept) or 'none'}. "
            f"Not in the text ({len(false)}): {', '.join(false) or 'none'}. Missed ({len(missed)}): {', '.join(missed) or 'none'}."
        )
    return (
        f"Le texte avec {len(kept)} noms du modèle soulignés : {', '.join(kept) or 'aucun'}. "
        f"Pas dans le texte ({len(false)}) : {', '.join(false) or 'aucun'}. Manqués ({len(missed)}) : {', '.join(missed) or 'aucun'}."
    )
