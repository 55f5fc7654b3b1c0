"""The pictures that check a ``text_saliency`` map: its curves among random orders, and random weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools import figures
from tools.figures import FAINT, INK, OCHRE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.language.saliency_checks import area
from tools.language.saliency_methods import CONFIDENCE
from tools.language.saliency_text import alike, ends, method, trusted
from tools.numbers import interval, number, p_value

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.language.saliency_checks import Randomised
    from tools.language.saliency_measure import Measured
    from tools.language.saliency_words import Floats

NAMED = 3  # words named along a curve


def curves_figure(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """Score while the words leave, and while they come back, in the order of the map; random orders as a band."""
    with drawing(trusted(m, lang), _subtitle(m, model, seed, lang), height=3.1) as (figure, left):
        box = left.get_position()
        left.set_position((0.09, box.y0, 0.41, box.height))
        right = figure.add_axes((0.56, box.y0, 0.41, box.height), sharey=left)
        chains, check = m.shapley.chains, m.check
        order = np.argsort(-m.values, kind="stable")
        _curve(left, m, check.deletion, chains[:, ::-1], [f"− {m.prompt.words[i]}" for i in order], lang)
        _curve(right, m, check.insertion, chains, [f"+ {m.prompt.words[i]}" for i in order], lang)
        right.tick_params(labelleft=False)
        what = ("words taken away", "words put back") if lang == "en" else ("mots retirés", "mots remis")
        for axes, label, p in ((left, what[0], check.deletion_p), (right, what[1], check.insertion_p)):
            axes.set_xlabel(f"{label}      {p_value(p, lang)}")
        first, second = ends(m, lang)
        left.set_ylabel("score (nats)", labelpad=2)
        if len(m.answers) == 2:
            even = f"{first} = {second}"
            left.annotate(even, (0, 0), xytext=(3, 3), textcoords="offset points", fontsize=8, color=OCHRE)
        return svg(figure, "curves", both(curves_alt, m), lang)


def _curve(axes: Axes, m: Measured, curve: Floats, random: Floats, names: list[str], lang: Lang) -> None:
    """One curve among the band of random orders."""
    n = len(curve) - 1
    steps = np.arange(n + 1)
    low, high = np.quantile(random, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2], axis=0)
    mean = random.mean(axis=0)
    axes.fill_between(steps, low, high, color=FAINT, alpha=0.28, linewidth=0)
    axes.plot(steps, mean, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))
    axes.plot(steps, curve, color=TEAL, linewidth=2.2, marker="o", markersize=4.5)
    if len(m.answers) == 2:
        axes.axhline(0, color=OCHRE, linewidth=1.0)
    for step in range(1, min(NAMED, n) + 1):
        above = curve[step] >= curve[step - 1]
        axes.annotate(names[step - 1][:14], (step, curve[step]), xytext=(3, 6 if above else -12),
                      textcoords="offset points", fontsize=8.5, color=TEAL)  # fmt: skip
    middle = max(1, (2 * n) // 3)
    label = "random orders" if lang == "en" else "ordres au hasard"
    axes.annotate(
        label, (middle, mean[middle]), xytext=(0, 5), textcoords="offset points", fontsize=8, color=INK, ha="center"
    )
    axes.set_xlim(-0.2, n + 0.3)
    axes.margins(y=0.12)
    axes.set_xticks(range(0, n + 1, max(1, n // 6)))
    if lang == "fr":
        axes.yaxis.set_major_formatter(lambda y, _: number(y, "fr", 0 if float(y).is_integer() else 1))


def _subtitle(m: Measured, model: str, seed: int, lang: Lang) -> str:
    n, count = len(m.values), number(len(m.shapley.chains), lang, 0)
    name = model.rstrip("/").rsplit("/", 1)[-1][:40]
    if lang == "en":
        kind = "possible" if m.shapley.exact else "random"
        return f"{method(m, lang)} · {n} words, most towards A first · band: 95% of {count} {kind} orders · {name} · seed {seed}"
    kind = "possibles" if m.shapley.exact else "au hasard"
    return f"{method(m, lang)} · {n} mots, le plus vers A d’abord · bande : 95 % de {count} ordres {kind} · {name} · graine {seed}"


def curves_alt(m: Measured, lang: Lang) -> str:
    """Both curves in words, with their numbers."""
    random = number(float(area(m.shapley.chains).mean()), lang)
    off = ", ".join(number(float(v), lang) for v in m.check.deletion) if lang == "en" else " ; ".join(
        number(float(v), lang) for v in m.check.deletion)  # fmt: skip
    on = (", " if lang == "en" else " ; ").join(number(float(v), lang) for v in m.check.insertion)
    one, other = number(m.check.deletion_area, lang), number(m.check.insertion_area, lang)
    p, q = p_value(m.check.deletion_p, lang), p_value(m.check.insertion_p, lang)
    if lang == "en":
        return (
            f"Score in nats as words leave: {off}; mean {one} ({p}). As they come back: {on}; mean {other} ({q}). "
            f"Mean over random orders: {random}."
        )
    return (
        f"Score en nats quand les mots partent : {off} ; moyenne {one} ({p}). Quand ils reviennent : {on} ; moyenne {other} "
        f"({q}). Moyenne sur les ordres au hasard : {random}."
    )


def random_figure(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """Rank correlation between the map and those of copies with random weights, deeper and deeper."""
    shown = [r for r in m.randomised if r.mean == r.mean]
    rows: list[tuple[str, float, float | None, float | None]] = [
        (_depth(r, lang), r.mean, r.low, r.high) for r in shown
    ]
    name = model.rstrip("/").rsplit("/", 1)[-1][:40]
    draws = m.randomised[-1].draws
    if lang == "en":
        subtitle = f"{method(m, lang)} · {len(m.values)} words · {draws} copies a row · {name} · seed {seed} · bars: 95% t interval"
    else:
        subtitle = (
            f"{method(m, lang)} · {len(m.values)} mots · {draws} copies par ligne · {name} · graine {seed} · "
            "barres : intervalle t à 95 %"
        )
    return figures.intervals(
        rows or [(_depth(m.randomised[-1], lang), 0.0, None, None)],
        name="random_weights",
        title=random_title(m, lang),
        subtitle=subtitle,
        alt=both(random_alt, m),
        lang=lang,
        axis="rank correlation with the real map" if lang == "en" else "corrélation de rang avec la vraie carte",
        baseline_label="no link" if lang == "en" else "aucun lien",
    )


def random_title(m: Measured, lang: Lang) -> str:
    """What random weights do to the map."""
    verb = alike(m.randomised[-1], lang)
    return f"With random weights, the map {verb}" if lang == "en" else f"Avec des poids aléatoires, la carte {verb}"


def _depth(r: Randomised, lang: Lang) -> str:
    if not r.blocks:
        return "nothing random (control)" if lang == "en" else "rien d’aléatoire (témoin)"
    if r.blocks == r.of:
        return f"all {r.of} blocks random" if lang == "en" else f"les {r.of} blocs aléatoires"
    return "last block random" if lang == "en" else "dernier bloc aléatoire"


def random_alt(m: Measured, lang: Lang) -> str:
    """The correlations in words, with their numbers."""
    rows = (" ; " if lang == "fr" else "; ").join(
        f"{_depth(r, lang)} {number(r.mean, lang)} ({interval(r.low, r.high, lang)})" for r in m.randomised
    )
    if lang == "en":
        return f"Rank correlation of the map with that of copies with random weights: {rows}."
    return f"Corrélation de rang de la carte avec celle de copies aux poids aléatoires : {rows}."
