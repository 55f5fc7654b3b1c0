"""The first picture of ``similarity``: every measure of the two texts above the pairs of known kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.figures import BLUE, FAINT, INK, OCHRE, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both, french
from tools.numbers import number, p_value
from tools.reading.similarity_reference import MEASURES, Kind, Measure
from tools.reading.similarity_text import MEASURES as NAMES
from tools.reading.similarity_text import pairs_name, whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.reading.similarity_result import Result

COLORS: dict[Kind, str] = {"copy": OCHRE, "rewording": PURPLE, "partial": TEAL, "subject": BLUE, "different": FAINT}
STEP = 0.19  # between two bands of one measure


def measures_figure(r: Result, seed: int, lang: Lang) -> Figure:
    """One group of lines a measure: a bar for these texts, a band (5 % to 95 %, median) for each kind of pair."""
    words = french if lang == "fr" else str
    groups = r.setting.groups
    tall = 0.62 + STEP * len(groups)
    with drawing(words(whole(r, lang)), words(subtitle(r, seed, lang)), height=0.75 + 0.72 * tall * len(MEASURES)) as (
        drawn,
        axes,
    ):
        box = axes.get_position()
        axes.set_position((0.345, box.y0, 0.625, box.height - 0.02))
        for row, measure in enumerate(MEASURES):
            top = (len(MEASURES) - row) * tall
            _bar(axes, r, measure, top, lang)
            for place, group in enumerate(groups):
                y, spread = top - 0.30 - STEP * place, group.spread[measure]
                axes.plot(
                    [spread.low, spread.high],
                    [y, y],
                    color=COLORS[group.kind],
                    linewidth=4,
                    alpha=0.55,
                    solid_capstyle="butt",
                )
                axes.plot([spread.median] * 2, [y - 0.07, y + 0.07], color=COLORS[group.kind], linewidth=2)
                axes.text(
                    -0.09,
                    y,
                    words(pairs_name(group.kind, r.across).get(lang)),
                    ha="right",
                    va="center",
                    fontsize=7.5,
                    color="#5b5850",
                )
        axes.axvline(0, color=FAINT, linewidth=0.9)
        axes.set_xlim(-0.08, 1.06)
        axes.set_ylim(tall - 0.45 - STEP * len(groups), len(MEASURES) * tall + 0.35)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xticks(
            [0, 0.25, 0.5, 0.75, 1],
            [number(one, lang, 2 if one % 0.5 else 1 if one % 1 else 0) for one in (0, 0.25, 0.5, 0.75, 1)],
        )
        axes.set_xlabel(
            "0: nothing in common      1: everything" if lang == "en" else words("0 : rien en commun      1 : tout")
        )
        return svg(drawn, "measures", both(alt, r), lang)


def _bar(axes: Axes, r: Result, measure: Measure, y: float, lang: Lang) -> None:
    """The value of these texts, with its interval and the threshold that it is judged by."""
    value = r.value(measure)
    axes.barh(y, max(value, 0.004), height=0.3, color=TEAL)
    if measure == "meaning" and r.meaning.low is not None and r.meaning.high is not None:
        axes.plot([r.meaning.low, r.meaning.high], [y, y], color=INK, linewidth=1.3)
        value = max(value, r.meaning.high)
    mark = {"meaning": r.setting.rewording_from, "contained": r.setting.copy_from}.get(measure)
    if mark is not None:
        axes.plot([mark] * 2, [y - 0.24, y + 0.24], color=INK, linewidth=1.2, linestyle=(0, (3, 2)))
        value = max(value, mark) if 0 < mark - value < 0.1 else value
    axes.text(value + 0.015, y, number(r.value(measure), lang), va="center", fontsize=10, fontweight="bold")
    name = NAMES[measure].get(lang)
    axes.text(-0.09, y, name[:1].upper() + name[1:], ha="right", va="center", fontsize=9.5, fontweight="bold")


def subtitle(r: Result, seed: int, lang: Lang) -> str:
    """n, specimen and seed; what the bands and the dashes are."""
    close = p_value(r.setting.as_close(r.meaning.value), lang)
    n, pairs = len(r.meaning.pairings), sum(group.n for group in r.setting.groups)
    if lang == "en":
        return (
            f"{n} sentence{'s' * (n > 1)}, {r.overlap.words} words in the shorter text · sentence encoder · seed {seed} · meaning: {close}\n"
            f"bands: 5% to 95% of {pairs} pairs of known kind; dashes: where a verdict begins"
        )
    return (
        f"{n} phrase{'s' * (n > 1)}, {r.overlap.words} mots dans le texte le plus court · encodeur de phrases · graine {seed} · sens : {close}\n"
        f"bandes : de 5 % à 95 % de {pairs} paires de nature connue ; tirets : où commence un verdict"
    )


def alt(r: Result, lang: Lang) -> str:
    """The figure in words, with its numbers."""
    rows = []
    for measure in MEASURES:
        usual = [
            f"{pairs_name(group.kind, r.across).get(lang)} {number(group.spread[measure].median, lang)}"
            for group in r.setting.groups
        ]
        name, value = NAMES[measure].get(lang), number(r.value(measure), lang)
        rows.append(
            f"{name} {value} ({'medians' if lang == 'en' else 'médianes'}{': ' if lang == 'en' else ' : '}{', '.join(usual)})"
        )
    return f"{whole(r, lang)}. " + ("; " if lang == "en" else " ; ").join(rows) + "."
