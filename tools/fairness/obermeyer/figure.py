"""The pictures of the invented hospital: shares of the places, and illness against predicted cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.fairness.obermeyer import text
from tools.fairness.obermeyer.recipe import Recipe
from tools.fairness.obermeyer.tables import PUBLISHED
from tools.fairness.obermeyer.world import BINS
from tools.figures import BLUE, FAINT, INK, OCHRE, PAPER, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.numbers import number, percent

if TYPE_CHECKING:
    from tools.fairness.obermeyer.world import Measured


def shares(m: Measured, recipe: Recipe, seed: int, lang: Lang) -> Figure:
    """One row a rule: share of Black patients among those enrolled, the worlds' middle 95 %, the published value."""
    with drawing(text.headline(m, lang), text.subtitle(recipe, seed, lang), 7.6, 3.2) as (figure, axes):
        box = axes.get_position()
        axes.set_position((0.29, box.y0, 0.68, box.height * 0.98))
        rows = list(text.ROWS)[::-1]
        for y, name in enumerate(rows):
            middle, low, high = (100 * value for value in m.middle(name))
            axes.plot([low, high], [y, y], color=TEAL, linewidth=8, alpha=0.3, solid_capstyle="butt")
            axes.plot([middle], [y], "o", color=TEAL, markersize=8.5)
            axes.annotate(
                percent(middle / 100, lang), (middle, y), xytext=(0, 9), textcoords="offset points", ha="center",
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.5},
            )  # fmt: skip
            if name in PUBLISHED:
                axes.plot([100 * PUBLISHED[name]], [y], "D", mfc="none", mec=INK, markersize=7)
                axes.annotate(
                    percent(PUBLISHED[name], lang, 1) + (" published" if lang == "en" else " publié"),
                    (100 * PUBLISHED[name], y), xytext=(0, -15), textcoords="offset points", ha="center", fontsize=8,
                    bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.5},
                )  # fmt: skip
        axes.axvline(100 * recipe.share_black, color=OCHRE, linewidth=1.4, zorder=0)
        axes.annotate(
            f"{text.POPULATION.get(lang)} ({percent(recipe.share_black, lang)})", (100 * recipe.share_black, len(rows) - 0.42),
            xytext=(4, 0), textcoords="offset points", color=OCHRE, fontsize=8.5, va="center",
        )  # fmt: skip
        axes.set_yticks(range(len(rows)), [text.ROWS[name].get(lang) for name in rows])
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_ylim(-0.6, len(rows) - 0.25)
        axes.set_xlim(0, None)
        axes.set_xlabel(
            "Black patients among those enrolled, %" if lang == "en" else "patients noirs parmi les inscrits, %"
        )
        return svg(figure, "shares", both(shares_alt, m, recipe), lang)


def shares_alt(m: Measured, recipe: Recipe, lang: Lang) -> str:
    """The figure in words."""
    told = []
    for name in text.ROWS:
        known = ""
        if name in PUBLISHED:
            known = (", published " if lang == "en" else ", publié ") + percent(PUBLISHED[name], lang, 1)
        told.append(f"{text.ROWS[name].get(lang)}, {text.share(m, name, lang)} ({text.spread(m, name, lang)}{known})")
    line = percent(recipe.share_black, lang)
    if lang == "en":
        return f"Simulation. Share of Black patients among those enrolled, by rule; a line marks their share of all patients, {line}: {'; '.join(told)}."
    return f"Simulation. Part des patients noirs parmi les inscrits, selon la règle ; un trait marque leur part de tous les patients, {line} : {' ; '.join(told)}."


def risk(m: Measured, recipe: Recipe, seed: int, lang: Lang) -> Figure:
    """Mean illnesses by twentieth of predicted cost, Black and White patients, with the threshold."""
    lines = np.nanmedian(m.by_risk, axis=0)
    low, high = np.nanquantile(m.by_risk, [0.025, 0.975], axis=0)
    at = (np.arange(BINS) + 0.5) * 100 / BINS
    with drawing(text.risk_headline(m, lang), text.subtitle(recipe, seed, lang), 7.6, 3.4) as (figure, axes):
        names = (
            (("White", BLUE, "o"), ("Black", OCHRE, "s"))
            if lang == "en"
            else (("Blancs", BLUE, "o"), ("Noirs", OCHRE, "s"))
        )
        for group, (name, colour, mark) in enumerate(names):
            axes.fill_between(at, low[group], high[group], color=colour, alpha=0.2, linewidth=0)
            axes.plot(at, lines[group], mark + "-", color=colour, markersize=4.5, linewidth=1.4)
            axes.annotate(
                name, (at[-4], lines[group][-4]), xytext=(-4, 9) if group else (6, -13), textcoords="offset points",
                color=colour, ha="right" if group else "left", fontweight="bold",
            )  # fmt: skip
        axes.axvline(recipe.percentile, color=FAINT, linewidth=1.2, linestyle="--", zorder=0)
        axes.annotate(
            "enrolment" if lang == "en" else "inscription", (recipe.percentile, axes.get_ylim()[1] * 0.97), ha="right",
            va="top", xytext=(-4, 0), textcoords="offset points", fontsize=8.5, color="#5b5850",
        )  # fmt: skip
        axes.set_xlim(0, 101)
        axes.set_ylim(0, None)
        axes.set_xlabel("percentile of predicted cost" if lang == "en" else "centile du coût prédit")
        axes.set_ylabel("active illnesses, mean" if lang == "en" else "maladies actives, moyenne")
        if lang == "fr":
            axes.yaxis.set_major_formatter(lambda y, _: number(y, "fr", 0 if float(y).is_integer() else 1))
        return svg(figure, "risk", both(risk_alt, m, lines), lang)


def risk_alt(m: Measured, lines: np.ndarray, lang: Lang) -> str:
    """The figure in words."""
    half, last = BINS // 2, BINS - 1
    white, black = ([number(lines[group][at], lang, 1) for at in (half, last)] for group in (0, 1))
    if lang == "en":
        return (
            f"Simulation. Mean number of active illnesses by twentieth of predicted cost: just above the median White {white[0]}, "
            f"Black {black[0]}; in the last twentieth White {white[1]}, Black {black[1]}."
        )
    return (
        f"Simulation. Nombre moyen de maladies actives par vingtième de coût prédit : juste au-dessus de la médiane, Blancs {white[0]}, "
        f"Noirs {black[0]} ; dans le dernier vingtième, Blancs {white[1]}, Noirs {black[1]}."
    )
