"""Where a text lies among passages of known origin, on the scale of the probability; and where its reworded version lies."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tools.authorship.detection.statistics import Floats
from tools.authorship.detection.text import chance, title, verdict_word
from tools.authorship.detection.verdict import flagged
from tools.figures import FAINT, INK, OCHRE, PAPER, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.numbers import number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.authorship.detection.measure import Measured
    from tools.authorship.detection.reference import Group, Scale

EDGE = 7.0  # log-odds beyond which dots are drawn at the edge (0.1 % and 99.9 %)
TICKS = (0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999)


def place(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """One lane of dots a kind of passage, the three zones, and the text as a line."""
    scale, bounds = m.verdict.scale, m.verdict.threshold
    assert scale is not None and bounds is not None
    lanes = sorted(scale.groups, key=lambda g: (g.people, not g.counts, -float(np.median(g.scores))))  # generated first
    with drawing(title(m, lang), subtitle(m, model, seed, lang), height=1.45 + 0.36 * len(lanes)) as (figure, axes):
        box = axes.get_position()
        axes.set_position((0.33, box.y0, 0.64, box.height))
        flag, low = (float(odds(scale, np.array([x]))[0]) for x in (bounds.flag, bounds.low))
        _zones(axes, flag, low, len(lanes), m.attacked is not None, lang)
        for row, group in enumerate(reversed(lanes)):
            _lane(axes, scale, group, row, lang)
        _texts(axes, m, len(lanes), lang)
        axes.axvline(flag, color=OCHRE, linewidth=1.6, linestyle=(0, (5, 3)), zorder=2)
        axes.set_xlim(-EDGE - 0.35, EDGE + 0.35)
        axes.set_ylim(-0.6, len(lanes) + (1.8 if m.attacked else 1.25))
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xticks([math.log(p / (1 - p)) for p in TICKS], [_tick(p, lang) for p in TICKS])
        axes.set_xlabel(
            "probability of having been generated, if half of all texts were"
            if lang == "en"
            else "probabilité d’avoir été engendré, si la moitié des textes l’étaient"
        )
        return svg(figure, "place", both(_alt, m), lang)


def odds(scale: Scale, scores: Floats) -> Floats:
    """Scores as calibrated log-odds, held inside the picture."""
    return np.clip(scale.classifier.slope * scores + scale.classifier.offset, -EDGE, EDGE)


def _tick(p: float, lang: Lang) -> str:
    return percent(p, lang, 1 if p in (TICKS[0], TICKS[-1]) else 0)


def _zones(axes: Axes, flag: float, low: float, lanes: int, reworded: bool, lang: Lang) -> None:
    """Shades where a text is flagged and where nothing is concluded; names the zones at the top."""
    left, right = min(flag, low), max(flag, low)
    axes.axvspan(right, EDGE + 1, color=OCHRE, alpha=0.13, linewidth=0, zorder=0)
    axes.axvspan(left, right, color=FAINT, alpha=0.14, linewidth=0, zorder=0)
    names = {"en": ("not flagged", "cannot be told", "flagged"), "fr": ("non signalé", "indécidable", "signalé")}[lang]
    spots = [(-EDGE - 0.35 + left) / 2, (left + right) / 2, (right + EDGE + 0.35) / 2]
    widths = [left + EDGE, right - left, EDGE - right]
    for name, x, width in zip(names, spots, widths, strict=True):
        if width > 0.16 * len(name):
            axes.text(
                x,
                lanes + (1.5 if reworded else 0.95),
                name,
                ha="center",
                va="center",
                fontsize=8.5,
                color=INK,
                style="italic",
            )


def _lane(axes: Axes, scale: Scale, group: Group, row: int, lang: Lang) -> None:
    """The dots of one kind, its name on the left; hollow dots for those that set no threshold."""
    dots = odds(scale, np.array(group.scores))
    height = np.random.default_rng(row).uniform(-0.27, 0.27, len(dots))  # only keeps the dots apart
    color = INK if group.people else PURPLE
    marker = "o" if group.people else "D"
    face = color if group.counts else "none"
    axes.plot(
        dots,
        row + height,
        marker,
        markersize=3.6,
        alpha=0.55,
        color=color,
        mfc=face,
        mew=0.0 if group.counts else 0.8,
        zorder=3,
    )
    axes.plot([np.median(dots)] * 2, [row - 0.36, row + 0.36], color=color, linewidth=2.0, zorder=4)
    name = group.label.get(lang)
    label = f"{name[:1].upper()}{name[1:]} ({len(dots)})"
    axes.text(
        -0.015, row, label, transform=axes.get_yaxis_transform(), ha="right", va="center", fontsize=8.6, color=color
    )


def _texts(axes: Axes, m: Measured, top: int, lang: Lang) -> None:
    """The text as a line through all lanes, and an arrow to where its reworded version lies."""
    scale = m.verdict.scale
    assert scale is not None
    here = float(odds(scale, np.array([m.verdict.score]))[0])
    axes.plot([here, here], [-0.45, top - 0.1], color=TEAL, linewidth=2.4, zorder=5)
    label = f"{'this text' if lang == 'en' else 'ce texte'} {chance(m.verdict.probability, lang)}"
    side = "right" if here > 0 else "left"
    nudge = 0.25 if here > 0 else -0.25
    axes.text(here + nudge, top + 0.2, label, ha=side, va="center", fontsize=10, fontweight="bold", color=TEAL,
              bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.9, "pad": 1.0}, zorder=6)  # fmt: skip
    if m.attacked and m.attacked.verdict.scale is not None:
        new = m.attacked.verdict
        assert new.scale is not None
        there = float(odds(new.scale, np.array([new.score]))[0])
        axes.annotate(
            "",
            (there, top + 0.58),
            (here, top + 0.58),
            arrowprops={"arrowstyle": "-|>", "color": TEAL, "lw": 1.8},
            zorder=6,
        )
        name = (
            {"en": "reworded", "fr": "reformulé"}[lang]
            if m.attacked.kind == "paraphrase"
            else {"en": "translated back", "fr": "retraduit"}[lang]
        )
        side = "right" if there > 0 else "left"
        axes.text(there + (0.2 if there > 0 else -0.2), top + 0.92, f"{name} {chance(new.probability, lang)}", ha=side, va="center",
                  fontsize=9, color=TEAL, bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.9, "pad": 0.6}, zorder=6)  # fmt: skip


def subtitle(m: Measured, model: str, seed: int, lang: Lang) -> str:
    """How many tokens, the model, the seed."""
    name = model if "://" in model else model.rstrip("/").rsplit("/", 1)[-1]
    tokens = number(m.tokens, lang, 0)
    if lang == "en":
        return (
            f"{tokens} tokens scored · {name[:40]} · seed {seed} · dots: passages of known origin; bars: their medians"
        )
    return (
        f"{tokens} tokens notés · {name[:40]} · graine {seed} · points : passages d’origine connue ; barres : médianes"
    )


def _alt(m: Measured, lang: Lang) -> str:
    scale, bounds, v = m.verdict.scale, m.verdict.threshold, m.verdict
    assert scale is not None and bounds is not None
    rows = []
    for group in scale.groups:
        n, over, name = len(group.scores), flagged(group, bounds), group.label.get(lang)
        middle = chance(scale.classifier.probability(float(np.median(group.scores))), lang)
        rows.append(
            f"{name}: {n}, median {middle}, {over} flagged"
            if lang == "en"
            else f"{name} : {n}, médiane {middle}, {over} signalés"
        )
    value, flag = chance(v.probability, lang), chance(scale.classifier.probability(bounds.flag), lang)
    new = m.attacked.verdict if m.attacked and m.attacked.verdict.reached else None
    if lang == "en":
        later = f" Once reworded: {chance(new.probability, lang)}." if new else ""
        return f"Probabilities at {scale.tokens} tokens. This text: {value} ({verdict_word(v.kind, lang)}).{later} Threshold: {flag}. {'; '.join(rows)}."
    later = f" Une fois reformulé : {chance(new.probability, lang)}." if new else ""
    return f"Probabilités à {scale.tokens} tokens. Ce texte : {value} ({verdict_word(v.kind, lang)}).{later} Seuil : {flag}. {' ; '.join(rows)}."
