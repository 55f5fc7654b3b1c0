"""The picture of ``claim_check``: the text, claim by claim, each with a sign, a word and a colour, and what contradicts it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from tools.figures import FAINT, INK, OCHRE, PAPER, TEAL, drawing, svg
from tools.finding import Figure, Lang, both, french
from tools.truth.claims.gate import Answer
from tools.truth.claims.text import ANSWERS, cut, headline, reason, source_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.truth.claims.result import Result
    from tools.truth.claims.sources import Evidence

LINE = 0.19  # inches
GAP = 0.12
WIDE = 82  # letters of a line of text
MOST = 14  # claims drawn; the table has them all
LEFT, END = 1.55, 7.4  # inches: where the text begins and ends
COLOURS: dict[Answer, str] = {"supported": TEAL, "contradicted": OCHRE, "not_found": "#6b675e"}
SIGNS: dict[Answer, str] = {"supported": "✓", "contradicted": "✗", "not_found": "?"}


def page(r: Result, seed: int, lang: Lang) -> Figure:
    """The claims in reading order; of a long text, those that are not supported first in line."""
    shown = r.evidence
    if len(shown) > MOST:
        keep = sorted(
            range(len(shown)),
            key=lambda at: (("contradicted", "not_found", "supported").index(shown[at].verdict.answer), at),
        )
        shown = [shown[at] for at in sorted(keep[:MOST])]
    blocks = [_block(one, lang) for one in shown]
    left_out = r.n - len(shown)
    height = sum(LINE * (len(claim) + len(why)) + 0.12 + GAP for _, claim, why in blocks) + (0.3 if left_out else 0.05)
    words = french if lang == "fr" else str
    with drawing(words(headline(r, lang)), words(subtitle(r, seed, lang)), width=7.6, height=height) as (drawn, axes):
        axes.set_position((0.02, 0.0, 0.96, height / drawn.get_figheight()))
        axes.set_axis_off()
        axes.set_xlim(0, END)
        axes.set_ylim(height, 0)
        top = 0.02
        for answer, claim, why in blocks:
            top = _draw(axes, top, answer, claim, why, lang)
        if left_out:
            more = f"and {left_out} more in the table" if lang == "en" else f"et {left_out} de plus dans le tableau"
            axes.text(LEFT, top + 0.1, more, fontsize=8.5, color="#5b5850", va="center")
        return svg(drawn, "claims", both(alt, r), lang)


def _block(one: Evidence, lang: Lang) -> tuple[Answer, list[str], list[str]]:
    """The lines of a claim and of the reason for its verdict; a supported claim needs none."""
    words = french if lang == "fr" else str
    claim = textwrap.wrap(words(cut(one.verdict.claim, 4 * WIDE)), WIDE)
    if one.verdict.answer == "supported":
        return "supported", claim, []
    return one.verdict.answer, claim, textwrap.wrap("→ " + words(reason(one.verdict, lang)), WIDE)


def _draw(axes: Axes, top: float, answer: Answer, claim: list[str], why: list[str], lang: Lang) -> float:
    """One claim on its band; returns where the next one begins."""
    from matplotlib.patches import Rectangle

    colour, tall = COLOURS[answer], LINE * (len(claim) + len(why)) + 0.12
    strong = answer == "contradicted"
    axes.add_patch(
        Rectangle(
            (LEFT - 0.1, top), END - LEFT + 0.1, tall, facecolor=colour, alpha=0.2 if strong else 0.08, linewidth=0
        )
    )
    dashes = (0, (3, 2)) if answer == "not_found" else "solid"
    axes.plot(
        [LEFT - 0.1] * 2,
        [top, top + tall],
        color=colour,
        linewidth=4 if strong else 2.5,
        linestyle=dashes,
        solid_capstyle="butt",
    )
    middle = top + 0.06 + LINE / 2
    axes.add_patch(
        Rectangle(
            (0.02, middle - 0.1),
            0.22,
            0.2,
            facecolor=PAPER if answer == "not_found" else colour,
            edgecolor=colour,
            linewidth=1,
        )
    )
    axes.text(
        0.13, middle, SIGNS[answer], ha="center", va="center", fontsize=9.5, fontweight="bold",
        color=INK if answer == "not_found" else PAPER,
    )  # fmt: skip
    axes.text(
        0.32,
        middle,
        ANSWERS[answer].get(lang),
        va="center",
        fontsize=9,
        color=INK,
        fontweight="bold" if strong else "normal",
    )
    for row, line in enumerate([*claim, *why]):
        reasoned = row >= len(claim)
        axes.text(
            LEFT, middle + LINE * row, line.replace("$", r"\$"), va="center", fontsize=8.8,
            fontweight="bold" if reasoned and strong else "normal", color=INK if strong or not reasoned else "#5b5850",
        )  # fmt: skip
    axes.plot([0, END], [top + tall + GAP / 2] * 2, color=FAINT, linewidth=0.4, alpha=0.5)
    return top + tall + GAP


def subtitle(r: Result, seed: int, lang: Lang) -> str:
    """n, what it was compared with, seed."""
    name = source_name(r, lang)
    if lang == "en":
        return (
            f"{r.n} claims · compared with {name} · by rule{' and entailment model' if r.model else ''} · seed {seed}"
        )
    return f"{r.n} affirmations · comparées avec {name} · par règles{' et modèle d’implication' if r.model else ''} · graine {seed}"


def alt(r: Result, lang: Lang) -> str:
    """The figure in words, with its numbers."""
    told = [
        f"{SIGNS[one.verdict.answer]} {ANSWERS[one.verdict.answer].get(lang)}, {cut(one.verdict.claim, 70)}"
        + ("" if one.verdict.answer == "supported" else f" ({reason(one.verdict, lang)})")
        for one in r.evidence[:MOST]
    ]
    return f"{headline(r, lang)}. {'; '.join(told) if lang == 'en' else ' ; '.join(told)}."
