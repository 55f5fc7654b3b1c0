"""The pictures of ``detect_ai_text``: where the text lies among passages of known origin, and its sentences."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np

from tools.authorship.detect_text import both, title, with_bounds
from tools.figures import FAINT, INK, OCHRE, PAPER, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang
from tools.numbers import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.authorship.detect_measure import Measured, Sentence
    from tools.authorship.reference import Group

MOST_ROWS = 24  # sentences in the picture; the table has them all


def place(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """One lane of dots a group of passages, the threshold, and the text as a line with its interval."""
    scale, brought = m.verdict.scale, m.brought
    assert scale is not None and brought is not None
    value, low, high = brought
    with drawing(title(m, lang), _subtitle(m, model, seed, lang), height=1.35 + 0.68 * len(scale.length.groups)) as (
        figure,
        axes,
    ):
        box = axes.get_position()
        axes.set_position((0.04, box.y0, 0.92, box.height))
        if low is not None and high is not None:
            axes.axvspan(low, high, color=TEAL, alpha=0.14, linewidth=0)
        axes.axvline(value, color=TEAL, linewidth=2.2)
        axes.axvline(scale.flag, color=OCHRE, linewidth=1.4, linestyle=(0, (5, 3)))
        groups = scale.length.groups
        spread = np.random.default_rng(0)  # the heights only keep the dots apart
        for row, group in enumerate(reversed(groups)):
            dots = np.array(group.curvature)
            axes.plot(dots, row + spread.uniform(-0.2, 0.2, len(dots)), "o", markersize=4.4, alpha=0.6, linewidth=0,
                      markeredgewidth=0, color=INK if group.people else PURPLE, zorder=3)  # fmt: skip
            what = f"{_lane(group, lang)} (n = {len(dots)})"
            axes.text(0.0, row + 0.27, what, transform=axes.get_yaxis_transform(), fontsize=9, va="bottom",
                      zorder=4, bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.85, "pad": 1.0})  # fmt: skip
        side = 1 if value >= scale.flag else -1  # each label on its own side, so that no line crosses it
        here, there = ("this text ", "threshold ") if lang == "en" else ("ce texte ", "seuil ")
        _mark(axes, value, len(groups) - 0.1, side, here + number(value, lang), TEAL)
        _mark(axes, scale.flag, -0.62, -side, there + number(scale.flag, lang), OCHRE)
        axes.set_ylim(-0.75, len(groups) + 0.15)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        _axis_numbers(axes, lang)
        axes.set_xlabel(
            "← surprises the model      curvature      the model’s favourite words →"
            if lang == "en"
            else "← surprend le modèle      courbure      les mots favoris du modèle →"
        )
        return svg(figure, "place", both(_place_alt, m), lang)


def _lane(group: Group, lang: Lang) -> str:
    """What the passages of a lane are."""
    label = group.label.get(lang)
    by = (", by people" if lang == "en" else ", par des personnes") if group.people else ""
    return label[:1].upper() + label[1:] + by


def _mark(axes: Axes, x: float, y: float, side: int, label: str, color: str) -> None:
    """A label beside a vertical line: on its right (1) or left (−1), or the other way at the edge of the axes."""
    left, right = axes.get_xlim()
    if not 0.2 < (x - left) / (right - left) < 0.8:
        side = 1 if x < (left + right) / 2 else -1
    axes.annotate(
        label, (x, y), xytext=(5 * side, 0), textcoords="offset points", color=color, fontsize=9.5, fontweight="bold",
        ha="left" if side > 0 else "right", va="center",
    )  # fmt: skip


def _axis_numbers(axes: Axes, lang: Lang) -> None:
    """Ticks as people write numbers, with only the decimals they need."""
    axes.xaxis.set_major_formatter(
        lambda x, _: number(x, lang, next((digits for digits in range(3) if abs(x - round(x, digits)) < 1e-9), 3))
    )


def _subtitle(m: Measured, model: str, seed: int, lang: Lang) -> str:
    name = model if "://" in model else model.rstrip("/").rsplit("/", 1)[-1]
    tokens = number(m.tokens, lang, 0)
    if lang == "en":
        return f"{tokens} tokens scored · {name[:40]} · seed {seed}"
    return f"{tokens} tokens notés · {name[:40]} · graine {seed}"


def _place_alt(m: Measured, lang: Lang) -> str:
    scale = m.verdict.scale
    assert scale is not None and m.brought is not None
    rows = []
    for group in scale.length.groups:
        low, middle, high = (number(float(q), lang) for q in np.quantile(group.curvature, [0.05, 0.5, 0.95]))
        label, n = group.label.get(lang), len(group.curvature)
        if lang == "en":
            rows.append(f"{label}: {n}, median {middle}, from {low} to {high} for nine in ten")
        else:
            rows.append(f"{label} : {n}, médiane {middle}, de {low} à {high} pour neuf sur dix")
    value, flag = with_bounds(m.brought, lang), number(scale.flag, lang)
    if lang == "en":
        return (
            f"Curvatures at {scale.length.tokens} tokens. This text: {value}. Threshold: {flag}. "
            + "; ".join(rows)
            + "."
        )
    gathered = " ; ".join(rows)
    return (
        f"Courbures à {scale.length.tokens} tokens. Ce texte : {value}. Seuil : {flag}. "
        f"{gathered[:1].upper()}{gathered[1:]}."
    )


def sentences(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """One bar a sentence: its curvature, or its surprise when the curvature is not measured."""
    shown = m.sentences[:MOST_ROWS]
    values = [_value(m, one) for one in shown]
    with drawing(
        _sentences_title(m, lang), _sentences_subtitle(m, model, seed, lang), height=1.3 + 0.3 * len(shown)
    ) as (
        figure,
        axes,
    ):
        box = axes.get_position()
        axes.set_position((0.46, box.y0, 0.5, box.height))
        for row, (one, value) in enumerate(zip(shown, values, strict=True)):
            y = len(shown) - 1 - row
            label = f"{row + 1}. {textwrap.shorten(one.text, 46, placeholder='…')}"
            axes.text(-0.02, y, label, transform=axes.get_yaxis_transform(), ha="right", va="center", fontsize=8.5,
                      color=INK if value is not None else FAINT)  # fmt: skip
            if value is None:
                short = "too short" if lang == "en" else "trop courte"
                axes.annotate(
                    short, (0, y), xytext=(4, 0), textcoords="offset points", fontsize=8, color=FAINT, va="center"
                )
                continue
            axes.barh(y, value, height=0.58, color=TEAL if value > 0 else PURPLE)
            axes.annotate(number(value, lang), (value, y), xytext=(4 if value > 0 else -4, 0), textcoords="offset points",
                          fontsize=8, va="center", ha="left" if value > 0 else "right")  # fmt: skip
        axes.axvline(0, color=OCHRE, linewidth=1.4)
        axes.set_ylim(-0.6, len(shown) - 0.4)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.margins(x=0.16)
        if not any(values):
            axes.set_xlim(-1, 1)
        _axis_numbers(axes, lang)
        axes.set_xlabel(_sentences_axis(m, lang), fontsize=9)
        return svg(figure, "sentences", both(_sentences_alt, m), lang)


def _value(m: Measured, one: Sentence) -> float | None:
    return one.curvature if m.curvature is not None else -one.likelihood


def _sentences_axis(m: Measured, lang: Lang) -> str:
    if m.curvature is None:
        return "surprise: −log p (nats per token)" if lang == "en" else "surprise : −log p (nats par token)"
    return "← surprising    curvature    expected →" if lang == "en" else "← surprenante    courbure    attendue →"


def _sentences_title(m: Measured, lang: Lang) -> str:
    """Which sentence the model expected most and which least."""
    known = [(value, row + 1) for row, one in enumerate(m.sentences) if (value := _value(m, one)) is not None]
    if m.curvature is None:  # a surprise is high when the sentence is not expected
        known = [(-value, row) for value, row in known]
    if not known:
        return (
            "Every sentence is too short for a curvature"
            if lang == "en"
            else "Toutes les phrases sont trop courtes pour une courbure"
        )
    (_, least), (_, most) = min(known), max(known)
    if len(known) == 1:
        return "A single sentence can be measured" if lang == "en" else "Une seule phrase peut être mesurée"
    if lang == "en":
        return f"The model expected sentence {most} most, sentence {least} least"
    return f"La phrase {most} est celle que le modèle attendait le plus, la phrase {least} le moins"


def _sentences_subtitle(m: Measured, model: str, seed: int, lang: Lang) -> str:
    n = len(m.sentences)
    if n > MOST_ROWS:
        count = (
            f"the first {MOST_ROWS} of {n} sentences" if lang == "en" else f"les {MOST_ROWS} premières des {n} phrases"
        )
    else:
        count = f"{n} sentence{'s' * (n > 1)}" if lang == "en" else f"{n} phrase{'s' * (n > 1)}"
    return f"{count} · {_subtitle(m, model, seed, lang)}"


def _sentences_alt(m: Measured, lang: Lang) -> str:
    short = "too short" if lang == "en" else "trop courte"
    rows = []
    for row, one in enumerate(m.sentences[:MOST_ROWS]):
        value = _value(m, one)
        rows.append(f"{row + 1}: {short if value is None else number(value, lang)}")
    if lang == "en":
        what = (
            "Curvature of each sentence"
            if m.curvature is not None
            else "Mean surprise of each sentence, in nats per token"
        )
        return f"{what}: {'; '.join(rows)}."
    what = (
        "Courbure de chaque phrase"
        if m.curvature is not None
        else "Surprise moyenne de chaque phrase, en nats par token"
    )
    gathered = " ; ".join(row.replace(":", " :") for row in rows)
    return f"{what} : {gathered}."
