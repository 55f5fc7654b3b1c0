"""The two pictures of the checks: deletion and insertion beside chance, and the map as the weights become random."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.figures import FAINT, INK, OCHRE, TEAL, drawing, png, svg
from tools.finding import Figure, Lang, both, french
from tools.numbers import interval, number, percent
from tools.vision.saliency import text
from tools.vision.saliency.checks import BARELY_CHANGES, CONFIDENCE, area, verdict
from tools.vision.saliency.figure import WIDTH, bare, overlay, subtitle
from tools.vision.saliency.score import Floats, cell_index

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.vision.saliency.checks import Randomised
    from tools.vision.saliency.measure import Measured


def curves_figure(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """Left: the probability as the best places leave. Right: as they come back. Each beside chance."""
    title = _curves_title(m, lang)
    c = m.curves[0]
    with drawing(title, subtitle(m, model, seed, lang), WIDTH, 3.3) as (figure, left):
        full = figure.get_figheight()
        right = figure.add_axes((0.57, 0.58 / full, 0.38, 2.35 / full))
        left.set_position((0.09, 0.58 / full, 0.38, 2.35 / full))
        labels = ("places leave, best first", "places come back, best first") if lang == "en" else (
            "les endroits partent, les meilleurs d’abord", "les endroits reviennent, les meilleurs d’abord")  # fmt: skip
        _courses(left, [one.deletion for one in m.curves], c.random, c.moved_off, m, labels[0], lang)
        _courses(right, [one.insertion for one in m.curves], c.random[:, ::-1], c.moved_on, m, labels[1], lang)
        name = text.called(m.target, lang)
        left.set_ylabel(f"probability of {name}" if lang == "en" else f"probabilité de {name}", fontsize=9)
        return svg(figure, "curves", both(curves_alt, m), lang)


def _curves_title(m: Measured, lang: Lang) -> str:
    """Whether the first map beats random orders, as a sentence."""
    off, on = text.beats(m)
    if lang == "en":
        name = f"The map of {text.method(m, lang)}"
        if not (off or on):
            return f"{name} does no better than chance: do not rely on it"
        ways = "both ways" if off and on else f"only when places {'leave' if off else 'come back'}"
        return f"{name} beats chance {ways}"
    name = f"La carte {text.of(m, lang)}"
    if not (off or on):
        return french(f"{name} ne fait pas mieux que le hasard : ne vous y fiez pas")
    return (
        f"{name} bat le hasard au retrait et à l’ajout"
        if off and on
        else f"{name} ne bat le hasard qu’{'au retrait' if off else 'à l’ajout'}"
    )


def _courses(axes: Axes, own: list[Floats], random: Floats, moved: Floats, m: Measured, label: str, lang: Lang) -> None:
    """Curves over the share of the places, with the 95 % range of the two baselines; names and areas above, in order."""
    x = np.linspace(0, 100, len(own[0]))
    tails = [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2]
    hazard, elsewhere = (
        ("random orders", "map moved elsewhere") if lang == "en" else ("ordres au hasard", "carte posée ailleurs")
    )
    for courses, colour, style in ((random, FAINT, "-"), (moved, INK, ":")):
        low, high = np.quantile(100 * courses, tails, axis=0)
        axes.fill_between(x, low, high, color=colour, alpha=0.22 if style == "-" else 0.08, linewidth=0)
        axes.plot(x, 100 * courses.mean(axis=0), style, color=colour, linewidth=1.6)
    for curve, colour, style in zip(own, (TEAL, OCHRE), ("-", "--"), strict=False):
        axes.plot(x, 100 * curve, style, color=colour, linewidth=2.6)
    told = [
        (f"— {text.method(m, lang)}", TEAL, area(own[0])),
        (f"— {hazard}", "#6a675f", area(random).mean()),
        (f"··· {elsewhere}", INK, area(moved).mean()),
    ]
    if len(own) > 1:
        told.insert(1, (f"- - {text.method(m, lang, 1)}", OCHRE, area(own[1])))
    average = "mean" if lang == "en" else "moyenne"
    falling = own[0][0] > own[0][-1]
    for row, (name, colour, mean) in enumerate(told):
        axes.text(0.98 if falling else 0.02, 0.98 - 0.085 * row, f"{name}, {average} {percent(float(mean), lang)}", color=colour, fontsize=8.5, fontweight="bold",
                  ha="right" if falling else "left", va="top", transform=axes.transAxes)  # fmt: skip
    axes.set_ylim(0, 145 * max(float(own[0].max()), float(random.max()), float(moved.max())))
    axes.set_xlim(0, 100)
    axes.set_yticks(
        [tick for tick in (0, 25, 50, 75, 100) if tick <= axes.get_ylim()[1] / 1.4]
        if axes.get_ylim()[1] > 40
        else axes.get_yticks()[:-2]
    )
    axes.set_title(label, fontsize=9.5, loc="left", pad=6)
    axes.set_xlabel("share of the places (%)" if lang == "en" else "part des endroits (%)", fontsize=9)


def curves_alt(m: Measured, lang: Lang) -> str:
    """The areas in words."""
    told = []
    for one, c in zip(m.maps, m.curves, strict=True):
        off, on = percent(float(area(c.deletion)), lang), percent(float(area(c.insertion)), lang)
        name = text.METHOD_NAMES[one.method].get(lang)
        told.append(f"{name}: {off} while places leave, {on} while they come back" if lang == "en" else
                    f"{name} : {off} quand les endroits partent, {on} quand ils reviennent")  # fmt: skip
    c = m.curves[0]
    chance, off, on = (percent(float(area(each).mean()), lang) for each in (c.random, c.moved_off, c.moved_on))
    if lang == "en":
        return (f"Mean probability of {text.called(m.target, lang)} along the curves, best places first. {'; '.join(told)}; random orders: {chance} both "
                f"ways; the first map moved elsewhere: {off} and {on}.")  # fmt: skip
    return (f"Probabilité moyenne de {text.called(m.target, lang)} le long des courbes, les meilleurs endroits d’abord. {' ; '.join(told)} ; ordres au "
            f"hasard : {chance} dans les deux sens ; la première carte posée ailleurs : {off} et {on}.")  # fmt: skip


def random_figure(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """The map as more and more layers are random: one copy drawn, and the correlation over all copies below."""
    rows = m.randomised
    side = (0.96 * WIDTH - 0.08 * (len(rows) - 1)) / len(rows)
    side = min(side, 1.45)
    with drawing(_title(m, lang), subtitle(m, model, seed, lang), WIDTH, side + 2.05) as (figure, first):
        full = figure.get_figheight()
        span = len(rows) * side + (len(rows) - 1) * 0.08
        start = 0.62 + (WIDTH - 0.62 - 0.1 - span) / 2 if span < WIDTH - 0.72 else 0.62
        side = min(side, (WIDTH - 0.72 - (len(rows) - 1) * 0.08) / len(rows))
        first.set_position((start / WIDTH, 0.62 / full, (len(rows) * (side + 0.08) - 0.08) / WIDTH, 1.15 / full))
        for i, r in enumerate(rows):
            axes = figure.add_axes(((start + i * (side + 0.08)) / WIDTH, 1.95 / full, side / WIDTH, side / full))
            _copy(axes, m, r, lang)
        _correlations(first, rows, lang)
        return png(figure, "random_weights", both(random_alt, m), lang)


def _title(m: Measured, lang: Lang) -> str:
    """The outcome of the sanity check as a sentence."""
    said = verdict(m.all_random)
    if lang == "en":
        told = {"passes": "Check passed: with random weights the map of {} is another one",
                "keeps a trace": "Check passed in part: with random weights the map of {} keeps a trace",
                "fails": "Check failed: with random weights the map of {} barely changes"}[said]  # fmt: skip
        return told.format(text.method(m, lang))
    told = {"passes": "Contrôle réussi : aux poids aléatoires, la carte {} est tout autre",
            "keeps a trace": "Contrôle réussi en partie : aux poids aléatoires, la carte {} garde une trace",
            "fails": "Contrôle manqué : aux poids aléatoires, la carte {} change à peine"}[said]  # fmt: skip
    return french(told.format(text.of(m, lang)))


def _copy(axes: Axes, m: Measured, r: Randomised, lang: Lang) -> None:
    """The map of the first copy over the picture, and how many layers are random above it."""
    side = m.seen.shape[0]
    heat = np.maximum(r.example, 0).ravel()[cell_index(side, len(r.example))]
    heat = heat / (float(heat.max()) or 1.0)
    axes.imshow(overlay(m.seen, heat), aspect="auto")
    bare(axes)
    if r.layers == 0:
        label = "as learnt" if lang == "en" else "appris"
    elif r.layers == r.of:
        label = f"all {r.of} random" if lang == "en" else f"{r.of} au hasard"
    else:
        label = f"last {r.layers}" if lang == "en" else f"{r.layers} dernière{'s' if r.layers > 1 else ''}"
    axes.set_title(label, fontsize=8.5, pad=3, fontweight="bold" if r.layers in (0, r.of) else "normal")


def _correlations(axes: Axes, rows: list[Randomised], lang: Lang) -> None:
    """Mean correlation under each map with its interval, the limit from which a method fails, and zero."""
    axes.axhline(0, color=FAINT, linewidth=1)
    axes.axhline(BARELY_CHANGES, color=OCHRE, linewidth=1.3, linestyle="--")
    axes.text(len(rows) - 0.52, BARELY_CHANGES + 0.04, "fails above this line" if lang == "en" else "échec au-dessus de cette ligne", fontsize=8,
              color=OCHRE, ha="right", va="bottom")  # fmt: skip
    for i, r in enumerate(rows):
        axes.plot([i, i], [r.low, r.high], color=TEAL, linewidth=5, alpha=0.35, solid_capstyle="butt")
        axes.plot([i], [r.mean], "o", color=TEAL, markersize=7)
        axes.annotate(number(r.mean, lang), (i, r.mean), xytext=(7, 3), textcoords="offset points", fontsize=8.5)
    axes.set_xlim(-0.5, len(rows) - 0.5)
    axes.set_ylim(-1.05, 1.2)
    axes.set_yticks([-1, 0, 1])
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.set_ylabel("rank\ncorrelation" if lang == "en" else "corrélation\nde rang", fontsize=8.5)
    low = (
        "layers with random weights, from the last to the first"
        if lang == "en"
        else "couches aux poids aléatoires, de la dernière à la première"
    )
    axes.set_xlabel(low, fontsize=9)


def random_alt(m: Measured, lang: Lang) -> str:
    """The correlations in words."""
    listing = ("; " if lang == "en" else " ; ").join(
        f"{r.layers} / {r.of}{':' if lang == 'en' else ' :'} {number(r.mean, lang)} ({interval(r.low, r.high, lang)})" for r in m.randomised
    )  # fmt: skip
    draws = m.all_random.draws
    if lang == "en":
        return (f"The map of {text.method(m, lang)} on {draws} copies of the network, and its rank correlation with the real one, by count of last layers with "
                f"random weights: {listing}.")  # fmt: skip
    return (f"La carte obtenue par {text.named(m, lang)} sur {draws} copies du réseau, et sa corrélation de rang avec la vraie, selon le nombre de dernières "
            f"couches aux poids aléatoires : {listing}.")  # fmt: skip
