"""The pictures of a checked text: its green and red tokens, and z as the text goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.authorship.watermarking import flow
from tools.authorship.watermarking.check_text import headline
from tools.authorship.watermarking.detection import THRESHOLD, growth
from tools.figures import FAINT, OCHRE, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both, french
from tools.numbers import number, percent

if TYPE_CHECKING:
    from tools.authorship.watermarking.check import Checked

WIDTH, COLUMNS, LINES = 7.8, 98, 14


def view(m: Checked, seed: int, lang: Lang) -> Figure:
    """The beginning of the text, token by token."""
    cells = flow.place(m.pieces, COLUMNS, LINES)
    lines = cells[-1][0] + 1 if cells else 1
    height = flow.LINE * (lines + 2.4)
    with drawing(_spaced(headline(m, lang), lang), subtitle(m, seed, lang), WIDTH, height) as (figure, axes):
        axes.set_position((0.02, 0.0, 0.96, height / figure.get_figheight()))
        axes.set_axis_off()
        axes.set_xlim(0, COLUMNS * flow.CELL)
        axes.set_ylim(height, 0)
        flow.draw(axes, cells, m.detection.green, m.mark.width, 0, 0.2)
        flow.key(axes, 0, height - 0.12, lang)
        return svg(figure, "view", both(_view_alt, m), lang)


def _spaced(title: str, lang: Lang) -> str:
    """A title with the no-break spaces of its language."""
    return french(title) if lang == "fr" else title


def subtitle(m: Checked, seed: int, lang: Lang) -> str:
    """T, green share, γ, specimen and seed."""
    d, gamma, share = m.detection, percent(m.mark.gamma, lang), percent(m.detection.share, lang)
    if lang == "en":
        return f"{share} of {d.scored} tokens green, {gamma} by chance · key {m.mark.key} · {m.name[:40]} · seed {seed}"
    return f"{share} de {d.scored} tokens verts, {gamma} par hasard · clé {m.mark.key} · {m.name[:40]} · graine {seed}"


def _view_alt(m: Checked, lang: Lang) -> str:
    d, words = m.detection, "".join(m.pieces)
    quote, z = " ".join(words.split())[:160], number(m.detection.z, lang, 1)
    if lang == "en":
        return f"The text with its green tokens underlined: {d.hits} of {d.scored} counted tokens are green, z = {z}. It begins: “{quote}”."
    return f"Le texte, tokens verts soulignés : {d.hits} tokens verts sur les {d.scored} comptés, z = {z}. Début : « {quote} »."


def rise(m: Checked, seed: int, lang: Lang) -> Figure:
    """z after each token, beside the threshold and what a marked text would reach."""
    scored, z = growth(m.detection)
    with drawing(_spaced(_rise_title(m, lang), lang), subtitle(m, seed, lang), height=3.4) as (figure, axes):
        axes.axhline(0, color=FAINT, linewidth=0.8)
        axes.axhline(THRESHOLD, color=OCHRE, linewidth=1.4)
        axes.plot(scored, z, color=TEAL, linewidth=2.2)
        axes.set_xlim(0, len(scored) * 1.2)
        _end(
            axes,
            float(scored[-1]),
            float(z[-1]),
            ("this text" if lang == "en" else "ce texte") + f" {number(float(z[-1]), lang, 1)}",
            TEAL,
        )
        axes.annotate(
            "4",
            (len(scored) * 1.2, THRESHOLD),
            xytext=(-4, 3),
            textcoords="offset points",
            ha="right",
            color=OCHRE,
            fontsize=9,
        )
        if m.hoped and m.hoped.share > m.mark.gamma:
            x = np.linspace(1, float(scored[-1]), 200)
            y = [m.hoped.z(1) * v**0.5 for v in x]
            axes.plot(x, y, color=PURPLE, linewidth=1.6, linestyle=(0, (5, 3)))
            _end(
                axes,
                float(x[-1]),
                y[-1],
                ("if marked" if lang == "en" else "si marqué") + f" ≥ {number(y[-1], lang, 1)}",
                PURPLE,
            )
        axes.set_xlabel("tokens counted (T)" if lang == "en" else "tokens comptés (T)")
        axes.set_ylabel("z")
        axes.yaxis.set_major_formatter(lambda v, _: number(v, lang, 0 if v == round(v) else 1))
        return svg(figure, "rise", both(_rise_alt, m), lang)


def _end(axes: object, x: float, y: float, label: str, color: str) -> None:
    from matplotlib.axes import Axes

    assert isinstance(axes, Axes)
    axes.annotate(
        label,
        (x, y),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        color=color,
        fontsize=9.5,
        fontweight="bold",
    )


def _rise_title(m: Checked, lang: Lang) -> str:
    passed = growth(m.detection)[1] > THRESHOLD
    if m.verdict == "found" and not passed[-1:].all():
        return headline(m, lang)
    if m.verdict == "found":
        stays = int(len(passed) - np.argmax(~passed[::-1])) if not passed.all() else 0
        return (
            f"Green tokens add up: after {stays + 1} of them counted, z stays above 4" if lang == "en"
            else f"Les tokens verts s’accumulent : après {stays + 1} tokens comptés, z reste plus haut que 4"
        )  # fmt: skip
    if m.verdict == "none":
        return (
            "z wanders around chance where a marked text would climb"
            if lang == "en"
            else "z erre autour du hasard là où un texte marqué monterait"
        )
    return (
        "The text ends before anything could be told"
        if lang == "en"
        else "Le texte s’arrête avant qu’on puisse rien en dire"
    )


def _rise_alt(m: Checked, lang: Lang) -> str:
    scored, z = growth(m.detection)
    at = sorted({round(float(q) * (len(z) - 1)) for q in (0.25, 0.5, 0.75, 1.0)})
    rows = [
        f"{int(scored[i])} tokens: {number(float(z[i]), lang, 1)}"
        if lang == "en"
        else f"{int(scored[i])} tokens : {number(float(z[i]), lang, 1)}"
        for i in at
    ]
    hoped = ""
    if m.hoped:
        value = number(m.hoped.z(m.detection.scored), lang, 1)
        hoped = (
            f" A marked text would reach {value} at least."
            if lang == "en"
            else f" Un texte marqué atteindrait au moins {value}."
        )
    if lang == "en":
        return f"z after each counted token. {'; '.join(rows)}.{hoped} The threshold is 4."
    return f"z après chaque token compté. {' ; '.join(rows)}.{hoped} Le seuil est 4."
