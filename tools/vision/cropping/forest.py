"""Shares with their intervals against one half: ours beside the published ones, and under each variation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tools.figures import INK, OCHRE, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, Text, both
from tools.numbers import NARROW, number, percent
from tools.vision.cropping import published
from tools.vision.cropping.figure import METHOD, seed_words
from tools.vision.cropping.measure import Drawn
from tools.vision.cropping.people import GROUPS
from tools.vision.cropping.text import extremes, span

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Mark = tuple[float, float, float]  # value, low, high, from 0 to 1
COLOURS = {"W": TEAL, "F": PURPLE}
GROUP_LABELS = {
    "W": Text(en="lighter, all four pairs", fr="peau claire, quatre paires"),
    "F": Text(en="women, all four pairs", fr="femmes, quatre paires"),
}


def shares_figure(d: Drawn, seed: int, lang: Lang) -> Figure:
    """One row a comparison: our share and Twitter's, with intervals."""
    rows = _share_rows(d, lang)
    n = sum(c.pairs for c in d.comparisons.values())
    subtitle = (
        f"{n} drawn pairs, {METHOD[d.kind].en} · Twitter: 10,000 images a pair (Yee et al. 2021) · 95% intervals · {seed_words(seed, lang)}"
        if lang == "en"
        else f"{n} paires, {METHOD[d.kind].fr} · Twitter : 10{NARROW}000 images par paire (Yee et al. 2021) · intervalles à 95{NARROW}% · {seed_words(seed, lang)}"
    )
    with drawing(_shares_title(d, lang), subtitle, height=1.2 + 0.5 * len(rows)) as (figure, axes):
        for y, (_, ours, theirs) in zip(range(len(rows) - 1, -1, -1), rows, strict=True):
            _mark(axes, y + 0.14, ours, TEAL, "o", lang)
            _mark(axes, y - 0.26, theirs, INK, "D", lang)
        _named(axes, rows[0][1], rows[0][2], len(rows) - 1, lang)
        _frame(axes, [row[0] for row in rows], lang)
        axes.set_xlabel(
            "images in which the first is kept (%)" if lang == "en" else "images où le premier est gardé (%)"
        )
        return svg(figure, "shares", both(_shares_alt, d), lang)


def _named(axes: Axes, ours: Mark, theirs: Mark, y: int, lang: Lang) -> None:
    """Names the two marks once, on the first row, at its right."""
    words = ("drawn people, here", "Twitter, published") if lang == "en" else ("dessins, ici", "Twitter, publié")
    for (_, _, high), level, colour, text in zip((ours, theirs), (y + 0.14, y - 0.26), (TEAL, INK), words, strict=True):
        axes.annotate(text, (100 * high, level), xytext=(9, -3), textcoords="offset points", color=colour, fontsize=8.5)  # fmt: skip


def _share_rows(d: Drawn, lang: Lang) -> list[tuple[str, Mark, Mark]]:
    """Label, our share, the published one."""
    sign = " vs " if lang == "en" else "\ncontre "
    rows: list[tuple[str, Mark, Mark]] = []
    for name, c in d.comparisons.items():
        p = published.comparison(name)
        label = GROUPS[name[:2]].get(lang) + sign + GROUPS[name[3:]].get(lang)
        rows.append((label, (c.share, c.low, c.high), (p.value, p.low, p.high)))
    for group, c in d.groups.items():
        p = published.lighter() if group == "W" else published.women()
        rows.append((GROUP_LABELS[group].get(lang), (c.share, c.low, c.high), (p.value, p.low, p.high)))
    return rows


def _mark(axes: Axes, y: float, mark: Mark, colour: str, shape: str, lang: Lang) -> None:
    value, low, high = (100 * x for x in mark)
    axes.plot([low, high], [y, y], color=colour, linewidth=4, alpha=0.35, solid_capstyle="butt")
    axes.plot([value], [y], shape, color=colour, markersize=6)
    axes.annotate(
        number(value, lang, 1), (value, y), xytext=(0, 4), textcoords="offset points", ha="center",
        fontsize=7.5, color=colour,
    )  # fmt: skip


def _frame(axes: Axes, labels: Sequence[str], lang: Lang) -> None:
    """Rows, the line of no preference, room for labels."""
    axes.axvline(50, color=OCHRE, linewidth=1.4, zorder=0)
    axes.annotate(
        "no preference" if lang == "en" else "aucune préférence", (50, len(labels) - 0.42), xytext=(5, 0),
        textcoords="offset points", color=OCHRE, fontsize=8.5,
    )  # fmt: skip
    axes.set_yticks(range(len(labels) - 1, -1, -1), labels, fontsize=9)
    longest = max(len(line) for label in labels for line in label.split("\n"))
    box, left = axes.get_position(), min(0.42, 0.03 + 0.0105 * longest)
    axes.set_position((left, box.y0, 0.97 - left, box.height))
    axes.set_ylim(-0.6, len(labels) - 0.05)
    axes.set_xlim(0, 100)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def _shares_title(d: Drawn, lang: Lang) -> str:
    c, group = next(iter(d.groups.values())), next(iter(d.groups))
    theirs = (published.lighter() if group == "W" else published.women()).value
    ours = f"{percent(c.share, lang)} [{span(c.low, c.high, lang)}]"
    if lang == "en":
        who = "lighter-skinned drawings" if group == "W" else "drawn women"
        whom = "white people" if group == "W" else "women"
        return f"One best point keeps {who} in {ours} of images; Twitter’s network kept {whom} in {percent(theirs, lang, 1)}"
    who = "les dessins à peau claire" if group == "W" else "les femmes dessinées"
    whom = "les personnes blanches" if group == "W" else "les femmes"
    return f"Un seul meilleur point garde {who} dans {ours} des images\u202f; le réseau de Twitter gardait {whom} dans {percent(theirs, lang, 1)}"


def _shares_alt(d: Drawn, lang: Lang) -> str:
    rows = []
    for label, (value, low, high), (theirs, _, _) in _share_rows(d, lang):
        name = label.replace("\n", " ")
        ours = f"{percent(value, lang, 1)} ({span(low, high, lang)})"
        other = percent(theirs, lang, 1)
        rows.append(f"{name}: {ours}, Twitter {other}" if lang == "en" else f"{name} : {ours}, Twitter {other}")
    if lang == "en":
        return (
            "How often the first of each pair is kept, drawn people here against the published counts, the line at 50%: "
            + "; ".join(rows)
            + "."
        )
    return "Combien de fois le premier de chaque paire est gardé, dessins ici contre comptes publiés, la ligne à 50 % : " + " ; ".join(rows) + "."  # fmt: skip


def variations_figure(d: Drawn, seed: int, lang: Lang) -> Figure:
    """One row a variation, one colour a group: filled for the best point, open for drawn points."""
    labels = [v.variation.label.get(lang) for v in d.varied]
    n = next(iter(d.varied[0].counts.values())).pairs
    subtitle = (
        f"filled: best point, 95% interval · open: drawn points · {n} pairs a row ({n // 2 + n % 2} in the last two) · {METHOD[d.kind].en} · {seed_words(seed, lang)}"
        if lang == "en"
        else f"plein : meilleur point, à 95{NARROW}% · vide : tirages · {n} paires par ligne ({n // 2 + n % 2} aux deux dernières) · {METHOD[d.kind].fr} · {seed_words(seed, lang)}"
    )
    with drawing(_variations_title(d, lang), subtitle, height=1.2 + 0.5 * len(labels)) as (figure, axes):
        for y, v in zip(range(len(labels) - 1, -1, -1), d.varied, strict=True):
            for shift, (group, c) in zip((0.14, -0.26), v.counts.items(), strict=False):
                _mark(axes, y + shift, (c.share, c.low, c.high), COLOURS[group], "o", lang)
                axes.plot([100 * c.drawn], [y + shift], "o", mfc="none", mec=COLOURS[group], markersize=5.5, zorder=4)
        _frame(axes, labels, lang)
        _groups(axes, d, len(labels) - 1, lang)
        axes.set_xlabel(
            "images in which that person is kept (%)" if lang == "en" else "images où cette personne est gardée (%)"
        )
        return svg(figure, "variations", both(_variations_alt, d), lang)


def _groups(axes: Axes, d: Drawn, y: int, lang: Lang) -> None:
    """The names of the two colours, at the right of the first row."""
    names = {"W": Text(en="the lighter", fr="la plus claire"), "F": Text(en="the woman", fr="la femme")}
    for shift, (group, c) in zip((0.14, -0.26), d.varied[0].counts.items(), strict=False):
        axes.annotate(
            names[group].get(lang), (100 * c.high, y + shift), xytext=(9, -3), textcoords="offset points",
            color=COLOURS[group], fontsize=8.5,
        )  # fmt: skip


def _variations_title(d: Drawn, lang: Lang) -> str:
    group = max(d.groups, key=lambda g: extremes(d, g)[1] - extremes(d, g)[0])
    low, high = extremes(d, group)
    if lang == "en":
        who = "the lighter-skinned person" if group == "W" else "the woman"
        return f"Same people, other picture: {who} is kept in {percent(low, lang)} to {percent(high, lang)} of images"
    who = "la personne à la peau claire" if group == "W" else "la femme"
    return f"Mêmes personnages, autre image\u202f: {who} est gardée dans {percent(low, lang)} à {percent(high, lang)} des images"


def _variations_alt(d: Drawn, lang: Lang) -> str:
    rows = []
    for v in d.varied:
        parts = []
        for group, c in v.counts.items():
            name = {"W": ("lighter", "peau claire"), "F": ("woman", "femme")}[group][lang == "fr"]
            drawn = "drawn points" if lang == "en" else "points tirés"
            parts.append(
                f"{name} {percent(c.share, lang)} ({span(c.low, c.high, lang)}), {drawn} {percent(c.drawn, lang)}"
            )
        label = v.variation.label.get(lang)
        rows.append(f"{label}: {', '.join(parts)}" if lang == "en" else f"{label} : {', '.join(parts)}")
    if lang == "en":
        return (
            "How often the best point keeps the lighter person or the woman, as the picture changes, the line at 50%: "
            + "; ".join(rows)
            + "."
        )
    return "Combien de fois le meilleur point garde la personne à peau claire ou la femme, quand l’image change, la ligne à 50 % : " + " ; ".join(rows) + "."  # fmt: skip
