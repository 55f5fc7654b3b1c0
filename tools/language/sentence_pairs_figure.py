"""The picture of published sentence pairs: all of them, then each type of bias, around one half."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.figures import FAINT, INK, OCHRE, PAPER, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.language.sentence_pairs_text import GAP, NAMES, bounds, kind, percent, title
from tools.numbers import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.language.sentence_pairs_measure import Group, Measured

ROW = 0.42  # inches of a row
WORDS = {
    "axis": {"en": "← against the stereotype    share of the {} (%)    with the stereotype →", "fr": "← contre le stéréotype    part des {} (%)    avec le stéréotype →"},
    "crows-pairs": {"en": "pairs", "fr": "paires"},
    "stereoset": {"en": "triplets", "fr": "triplets"},
    "wino": {"en": "sentences", "fr": "phrases"},
    "half": {"en": "50%: no preference", "fr": "50 % : aucune préférence"},
    "filled": {"en": "filled: p < 0.05 (types: Holm)", "fr": "plein : p < 0,05 (types : Holm)"},
}  # fmt: skip


def subtitle(m: Measured, model: str, seed: int, lang: Lang) -> str:
    """n, specimen, seed, and what the bars are."""
    name = model[:40] if "://" in model else model.rstrip("/").rsplit("/", 1)[-1][:40]
    n = f"{number(m.whole.share.n, lang, 0)} {WORDS[m.data.name][lang]}"
    bars = "bars: 95% interval" if lang == "en" else "barres : intervalle à 95 %"
    seeded = f"{'seed' if lang == 'en' else 'graine'} {seed}"
    return f"{NAMES[m.data.name]}, {n} · {name} · {seeded} · {bars}"


def _after(m: Measured, lang: Lang) -> str:
    """What the open diamonds count."""
    gap = GAP[m.data.name].get(lang)
    return f"words after {gap} only" if lang == "en" else f"mots après le {gap} seulement"


def by_kind(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """All pairs, then each type of bias, at its share with its interval, around the line of no preference."""
    rows = [m.whole, *(m.kinds if len(m.kinds) > 1 else [])]
    height = ROW * (len(rows) + 0.9) + 0.62
    with drawing(title(m, lang), f"{subtitle(m, model, seed, lang)} · {WORDS['filled'][lang]}", height=height) as (
        figure,
        axes,
    ):
        axes.axvspan(50, 103, color=OCHRE, alpha=0.06, linewidth=0, zorder=0)
        axes.axvline(50, color=OCHRE, linewidth=1.6, zorder=1)
        axes.annotate(
            WORDS["half"][lang],
            (50, len(rows) - 0.3),
            xytext=(5, 0),
            textcoords="offset points",
            color=OCHRE,
            fontsize=9,
        )
        for place, group in enumerate(rows):
            _row(axes, group, len(rows) - 1 - place - (0.15 if place else 0), lang)
        _name_diamond(axes, m, len(rows), lang)
        axes.axhline(len(rows) - 1.6, color=FAINT, linewidth=0.8, zorder=1)
        axes.set_yticks(
            [len(rows) - 1 - i - (0.15 if i else 0) for i in range(len(rows))], [kind(g.name).get(lang) for g in rows]
        )
        axes.get_yticklabels()[0].set_fontweight("bold")
        box, left = axes.get_position(), 0.035 + 0.0125 * max(len(kind(g.name).get(lang)) for g in rows)
        axes.set_position((left, box.y0, 0.91 - left, box.height))
        axes.set_ylim(-0.75, len(rows) + 0.15)
        axes.set_xlim(-3, 103)
        axes.set_xticks(range(0, 101, 25))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_xlabel(WORDS["axis"][lang].format(WORDS[m.data.name][lang]), fontsize=9.5)
        return svg(figure, "kinds", both(_alt, m), lang)


def _row(axes: Axes, group: Group, y: float, lang: Lang) -> None:
    """One share: band, mark (filled when clear), value above, n at the right; the other score as an open diamond."""
    s, whole = group.share, group.name == "all"
    axes.plot(
        [s.low, s.high], [y, y], color=TEAL, linewidth=8 if whole else 6, alpha=0.32, solid_capstyle="butt", zorder=2
    )
    axes.plot(
        [s.value], [y], "o", color=TEAL, mfc=TEAL if s.clear else PAPER, mew=2, markersize=10 if whole else 8, zorder=4
    )
    axes.annotate(
        percent(s.value, lang), (s.value, y), xytext=(0, 8), textcoords="offset points", ha="center", fontsize=10 if whole else 9,
        fontweight="bold" if whole else "normal", bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.5, "alpha": 0.7}, zorder=5,
    )  # fmt: skip
    if group.after is not None:
        axes.plot([group.after.value], [y], "D", color=INK, mfc="none", mew=1.1, markersize=5.5, zorder=3)
    axes.annotate(
        f"n = {number(s.n, lang, 0)}",
        (1.01, y),
        xycoords=("axes fraction", "data"),
        va="center",
        fontsize=8.5,
        color="#5b5850",
    )


def _name_diamond(axes: Axes, m: Measured, rows: int, lang: Lang) -> None:
    """Says what the open diamonds are, above the first row, left of what the line is."""
    if (after := m.whole.after) is None:
        return
    told = f"◇ {_after(m, lang)}{': ' if lang == 'en' else ' : '}{percent(after.value, lang)}"
    axes.annotate(told, (50, rows - 0.3), xytext=(-5, 0), textcoords="offset points", ha="right", fontsize=9, color=INK)


def _alt(m: Measured, lang: Lang) -> str:
    """The figure in words, with its numbers."""
    parts = []
    for group in [m.whole, *m.kinds]:
        told = f"{percent(group.share.value, lang)} ({bounds(group.share, lang)}, n = {number(group.share.n, lang, 0)})"
        if group.after is not None:
            told += f", {_after(m, lang)} {percent(group.after.value, lang)}"
        parts.append(f"{kind(group.name).get(lang)}{' : ' if lang == 'fr' else ': '}{told}")
    listing = (" ; " if lang == "fr" else "; ").join(parts)
    if lang == "en":
        return f"Share of the {WORDS[m.data.name]['en']} with the stereotype, 50% being no preference, with its 95% interval. {listing}."
    return f"Part des {WORDS[m.data.name]['fr']} avec le stéréotype, 50 % étant l’absence de préférence, avec son intervalle à 95 %. {listing}."
