"""One change at a time, and the share of the differences that each factor explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.figures import FAINT, INK, OCHRE, TEAL, drawing, intervals, svg
from tools.finding import Figure, Lang, both
from tools.numbers import percent, words
from tools.vision.matting.factors import FACTORIAL, SINGLE
from tools.vision.matting.text import FACTORS, level, ranked

if TYPE_CHECKING:
    from tools.vision.matting.measure import Measured, Point

ROW = 0.34  # inches


def lowest(m: Measured, factor: str) -> Point:
    """The level of a factor at which least of the head is kept."""
    return min(m.of(factor), key=lambda point: point.score.head)


def singles_figure(m: Measured, name: str, seed: int, lang: Lang) -> Figure:
    """A row a factor, a mark a level: the share of the head kept; the level that keeps least is named."""
    order = sorted(SINGLE, key=lambda factor: lowest(m, factor).score.head)
    with drawing(singles_title(m, lang), subtitle(m, name, seed, lang), 7.8, ROW * len(order) + 0.95) as (figure, axes):
        box = axes.get_position()
        axes.set_position((0.31, box.y0, 0.50, box.height))
        for row, factor in enumerate(order):
            y, worst = len(order) - 1 - row, lowest(m, factor)
            shares = [100 * point.score.head for point in m.of(factor)]
            axes.plot([min(shares), 100], [y, y], color=FAINT, linewidth=0.8, zorder=1)
            axes.plot(shares, [y] * len(shares), "o", color=TEAL, markersize=6.5, alpha=0.55, mec=TEAL, zorder=2)
            axes.text(
                104,
                y,
                f"{level(factor, worst.level, lang)} → {percent(worst.score.head, lang)}",
                va="center",
                fontsize=8.5,
            )
        start = 100 * m.views["original"].score.head
        axes.axvline(start, color=OCHRE, linewidth=1.3, zorder=0)
        axes.annotate(
            "as taken" if lang == "en" else "telle quelle", (start, len(order) - 0.45), ha="right", xytext=(-4, 0),
            textcoords="offset points", fontsize=8.5, color=OCHRE,
        )  # fmt: skip
        axes.text(
            104,
            len(order) - 0.45,
            "level that keeps least" if lang == "en" else "niveau qui conserve le moins",
            fontsize=8,
            color=INK,
        )
        axes.set_yticks(range(len(order)), [FACTORS[factor].get(lang) for factor in reversed(order)])
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_xlim(-3, 102)
        axes.set_ylim(-0.6, len(order) - 0.1)
        axes.set_xlabel("share of the head kept (%)" if lang == "en" else "part de la tête conservée (%)")
        return svg(figure, "changes", both(singles_alt, m), lang)


def singles_title(m: Measured, lang: Lang) -> str:
    """Which single changes lose more than half of the head."""
    lost = [factor for factor in SINGLE if lowest(m, factor).score.head < 0.5]
    names = words([FACTORS[factor].get(lang) for factor in lost], lang)
    if lang == "en":
        what = (
            f"{len(lost)} of {len(SINGLE)} single changes can lose the head: {names}"
            if lost
            else f"None of {len(SINGLE)} single changes loses the head"
        )
    else:
        what = (
            f"{len(lost)} changements sur {len(SINGLE)} peuvent seuls perdre la tête : {names}"
            if lost
            else f"Aucun des {len(SINGLE)} changements ne perd seul la tête"
        )
    return what.replace(" :", "\u202f:")


def subtitle(m: Measured, name: str, seed: int, lang: Lang) -> str:
    """n, specimen and seed."""
    if lang == "en":
        return f"{len(m.points)} simulated pictures from one ({name}) · MediaPipe selfie segmentation · seed {seed}"
    return f"{len(m.points)} images simulées à partir d’une ({name}) · MediaPipe selfie segmentation · graine {seed}"


def singles_alt(m: Measured, lang: Lang) -> str:
    """The figure in words, with its numbers."""
    told = []
    for factor in SINGLE:
        shares = [point.score.head for point in m.of(factor)]
        worst = lowest(m, factor)
        between = (percent(min(shares), lang), percent(max(shares), lang))
        if lang == "en":
            told.append(
                f"{FACTORS[factor].en}: {between[0]} to {between[1]} of the head kept, least at {level(factor, worst.level, lang)}"
            )
        else:
            told.append(
                f"{FACTORS[factor].fr} : {between[0]} à {between[1]} de la tête conservés, le moins à {level(factor, worst.level, lang)}"
            )
    start = percent(m.views["original"].score.head, lang)
    if lang == "en":
        return f"One row a change, one mark a level; as taken, {start} of the head is kept. {'; '.join(told)}."
    return f"Une ligne par changement, une marque par niveau ; telle quelle, l’image conserve {start} de la tête. {' ; '.join(told)}."


def shares_figure(m: Measured, name: str, seed: int, lang: Lang) -> Figure:
    """The share that each factor explains alone with its interval, and with its interactions as an open mark."""
    total = {factor: share.total for factor, share in zip(FACTORIAL, m.shares or [], strict=False)}
    order = ranked(m)
    first, takes = order[0], len(m.takes)
    cells = m.takes.size // takes
    if lang == "en":
        title = f"{FACTORS[first[0]].en.capitalize()} explains the most: {percent(first[1], lang)} of the differences alone, {percent(total[first[0]], lang)} with its interactions"
        under = f"{cells} simulated scenes × {takes} framings of one picture ({name}) · MediaPipe selfie segmentation · seed {seed}"
    else:
        title = f"Le facteur « {FACTORS[first[0]].fr} » explique le plus : {percent(first[1], lang)} des différences à lui seul, {percent(total[first[0]], lang)} avec ses interactions"
        under = f"{cells} scènes simulées × {takes} cadrages d’une image ({name}) · MediaPipe selfie segmentation · graine {seed}"
    return intervals(
        [(FACTORS[f].get(lang), 100 * alone, 100 * low, 100 * high) for f, alone, low, high in order],
        name="shares",
        title=title.replace("« ", "«\u202f").replace(" »", "\u202f»").replace(" :", "\u202f:"),
        subtitle=under,
        alt=both(shares_alt, m),
        lang=lang,
        axis="share of the differences in the head kept (%)"
        if lang == "en"
        else "part des différences de tête conservée (%)",
        baseline_label="explains nothing" if lang == "en" else "n’explique rien",
        others=[("with interactions" if lang == "en" else "avec interactions", [100 * total[f] for f, *_ in order])],
        digits=1,
    )


def shares_alt(m: Measured, lang: Lang) -> str:
    """The figure in words, with its numbers."""
    total = {factor: share.total for factor, share in zip(FACTORIAL, m.shares or [], strict=False)}
    told = []
    for factor, alone, low, high in ranked(m):
        to = "to" if lang == "en" else "à"
        bounds = f"{percent(low, lang, 1)} {to} {percent(high, lang, 1)}"
        name = FACTORS[factor].get(lang)
        told.append(
            f"{name}: {percent(alone, lang, 1)} alone ({bounds}), {percent(total[factor], lang, 1)} with interactions"
            if lang == "en"
            else f"{name} : {percent(alone, lang, 1)} seul ({bounds}), {percent(total[factor], lang, 1)} avec interactions"
        )
    head = (
        "Share of the differences explained by each factor. "
        if lang == "en"
        else "Part des différences expliquée par chaque facteur. "
    )
    return head + ("; " if lang == "en" else " ; ").join(told) + "."
