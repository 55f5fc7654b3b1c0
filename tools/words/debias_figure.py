"""The picture of ``debias``: the occupations lose their lean, and the two sides are still found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.figures import FAINT, OCHRE, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, Text, french
from tools.numbers import interval, number, percent
from tools.words import debias_text as text
from tools.words.association import Floats
from tools.words.debias_checks import Bounded

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.words.debias_study import Study

SHOWN = 8  # occupations a side
HEIGHT, FOOT, HEAD = 4.5, 0.62, 0.36  # inches: the figure without its title, room below and above the panels
BINS = 36


def picture(s: Study, specimen: str, seed: int, lang: Lang) -> Figure:
    """Left, occupations before and after; right, the classifier's scores before and after."""
    jobs = extremes(s)
    title, subtitle = text.title(s, lang), text.subtitle(s, specimen, seed, lang)
    if lang == "fr":
        title, subtitle = french(title), french(subtitle)
    with drawing(title, subtitle, height=HEIGHT) as (figure, left):
        full = figure.get_figheight()
        bottom, tall = FOOT / full, (HEIGHT - FOOT - HEAD) / full
        left.set_position((0.19, bottom, 0.32, tall))
        _occupations(left, s, jobs, lang)
        r = s.recovered
        half = (tall - 0.5 / full) / 2
        top = figure.add_axes((0.58, bottom + half + 0.5 / full, 0.39, half))
        low = figure.add_axes((0.58, bottom, 0.39, half))
        words = ("before", "after") if lang == "en" else ("avant", "après")
        _humps(top, r.scores_before, r.first, _found(words[0], r.classifier_before, lang), lang)
        _humps(low, r.scores_after, r.first, _found(words[1], r.classifier_after, lang), lang)
        _name_sides(top, s, lang)
        low.set_xlabel("score of a classifier, new words" if lang == "en" else "score du classifieur, mots nouveaux")
        alt = Text(en=text.alt(s, jobs, "en"), fr=text.alt(s, jobs, "fr"))
        return svg(figure, "lean_and_sides", alt, lang)


def extremes(s: Study) -> list[str]:
    """The neutralised occupations that leaned most to either side, from the first side to the second."""
    jobs = sorted((job for job in s.lists.occupations if job not in s.lists.specific), key=lambda job: -s.leans[job][0])
    return jobs if len(jobs) <= 2 * SHOWN else jobs[:SHOWN] + jobs[-SHOWN:]


def _occupations(axes: Axes, s: Study, jobs: list[str], lang: Lang) -> None:
    """A line an occupation, from where it stood (full) to where it stands (hollow)."""
    axes.axvline(0, color=OCHRE, linewidth=1.4, zorder=1)
    for y, job in enumerate(jobs):
        before, after = s.leans[job]
        colour = PURPLE if before > 0 else TEAL
        axes.plot([before, after], [y, y], color=colour, linewidth=1.6, alpha=0.45, zorder=2)
        axes.plot([before], [y], "o" if before > 0 else "D", color=colour, markersize=6, zorder=3)
        axes.plot([after], [y], "o" if before > 0 else "D", mfc="white", mec=colour, markersize=6, zorder=3)
    axes.set_yticks(range(len(jobs)), [job.replace("_", " ") for job in jobs], fontsize=9)
    axes.set_ylim(len(jobs) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    reach = 1.12 * max(abs(s.leans[job][0]) for job in jobs)
    axes.set_xlim(-reach, reach)
    one, other = s.lists.sides
    axes.set_xlabel(
        f"← {other}     cosine with the axis     {one} →"
        if lang == "en"
        else f"← {other}     cosinus avec l’axe     {one} →"
    )
    if lang == "fr":
        axes.xaxis.set_major_formatter(lambda x, _: number(x, "fr", 1) if abs(x) > 1e-9 else "0")
    head = "occupations: before ●, after ○" if lang == "en" else french("métiers : avant ●, après ○")
    axes.set_title(head, loc="left", fontsize=9.5, fontweight="bold", pad=8)


def _found(when: str, found: Bounded, lang: Lang) -> str:
    """The head of a right panel: when, the share found, its interval."""
    bounds, share = interval(100 * found.low, 100 * found.high, lang, 1), percent(found.value, lang)
    if lang == "en":
        return f"{when}: {share} found ({bounds})"
    return french(f"{when} : {share} retrouvés ({bounds})")


def _humps(axes: Axes, scores: Floats, first: np.ndarray, head: str, lang: Lang) -> None:
    """The words of either side by their score; the classifier's boundary at 0."""
    reach = float(np.abs(scores).max()) * 1.05
    edges = np.linspace(-reach, reach, BINS + 1).tolist()
    for side, colour in ((first, PURPLE), (~first, TEAL)):
        axes.hist(scores[side], edges, color=colour, alpha=0.5, zorder=2)
        axes.hist(scores[side], edges, histtype="step", color=colour, linewidth=1.4, zorder=3)
    axes.axvline(0, color=OCHRE, linewidth=1.4, zorder=3)
    axes.set_yticks([])
    axes.spines["left"].set_color(FAINT)
    axes.set_title(head, loc="left", fontsize=9.5, fontweight="bold", pad=8)
    axes.margins(y=0.22)
    if lang == "fr":
        axes.xaxis.set_major_formatter(lambda x, _: number(x, "fr", 0) if abs(x) > 1e-9 else "0")


def _name_sides(axes: Axes, s: Study, lang: Lang) -> None:
    """Who is in which hump, written above it."""
    one, other = (text.quoted(word, lang) for word in s.lists.sides)
    for word, colour, x, place in ((other, TEAL, 0.02, "left"), (one, PURPLE, 0.98, "right")):
        label = f"side of {word}" if lang == "en" else f"côté {word}"
        axes.text(
            x, 0.98, label, transform=axes.transAxes, ha=place, va="top", fontsize=8.5, color=colour, fontweight="bold"
        )
