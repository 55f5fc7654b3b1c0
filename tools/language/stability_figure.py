"""The picture of ``stability``: one row a way of asking, with its answer; equal answers share a letter and a colour."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tools.figures import BLUE, FAINT, INK, OCHRE, PAPER, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.language.stability_answers import BARE
from tools.language.stability_text import KINDS, answer_label, bits, headline, quoted
from tools.numbers import cut, number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.language.stability_measure import Answer, Entropy, Measured

WIDTH, ROW = 7.8, 0.245  # inches: the figure, a row
KIND, PROMPT, BOX, END = 0.0, 1.28, 4.62, 7.5  # inches from the left: kind, request, answer, right end
COLOURS = (TEAL, OCHRE, PURPLE, BLUE, "#5b5850", "#4b6b2f", "#9a4a1e", "#3d3b8e")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
QUESTION, ANSWER = 46, 36  # characters shown of a request and of an answer


def rows(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """Every variant with its answer, then the original asked again, then the entropies."""
    height = ROW * (len(m.variants) + 4.4)
    with drawing(headline(m, lang), subtitle(m, model, seed, lang), WIDTH, height) as (figure, axes):
        axes.set_position((0.02, 0.0, 0.96, height / figure.get_figheight()))
        axes.set_axis_off()
        axes.set_xlim(0, END)
        axes.set_ylim(height, 0)
        letters = lettered(m)
        for row, (variant, answer) in enumerate(zip(m.variants, m.answers, strict=True)):
            y = ROW * (row + 0.7)
            if row == 0 or variant.kind != m.variants[row - 1].kind:
                axes.text(KIND, y, KINDS[variant.kind].get(lang), va="center", fontsize=8.5, color="#5b5850")
                axes.plot([KIND, END], [y - ROW / 2] * 2, color=FAINT, linewidth=0.5, alpha=0.6)
            asked = f"[{variant.system}]" if variant.system else variant.prompt
            axes.text(PROMPT, y, cut(asked, QUESTION), va="center", fontsize=8.5)
            _box(axes, y, letters[answer.key], _shown(m, answer.key, lang))
        _again(axes, m, letters, ROW * (len(m.variants) + 1.25), lang)
        return svg(figure, "answers", both(alt, m), lang)


def subtitle(m: Measured, model: str, seed: int, lang: Lang) -> str:
    """n, what agrees, specimen and seed."""
    name = model[:40] if "://" in model else model.rstrip("/").rsplit("/", 1)[-1][:40]
    share, low, high = (percent(x, lang) for x in m.agreement)
    if lang == "en":
        return f"{m.same} of {m.reworded} rewordings agree with the original: {share} ({low} to {high}) · temperature 0 · {name} · seed {seed}"
    return f"{m.same} reformulations sur {m.reworded} rejoignent l’original : {share} ({low} à {high}) · température 0 · {name} · graine {seed}"


def lettered(m: Measured) -> dict[str, str]:
    """A letter for each answer given twice or more and for the original's; "·" for one given once."""
    everything = [answer.key for answer in [*m.answers, *m.sampled, *m.repeated]]
    counts = Counter(everything)
    shared = [k for k in dict.fromkeys(everything) if counts[k] > 1]
    return {k: LETTERS[shared.index(k)] if k in shared[: len(LETTERS)] else "·" for k in counts}


def _colour(letter: str) -> str:
    return FAINT if letter == "·" else COLOURS[LETTERS.index(letter) % len(COLOURS)]


def _tile(axes: Axes, x: float, y: float, letter: str) -> None:
    """A small square with the letter of an answer."""
    from matplotlib.patches import Rectangle

    size = 0.82 * ROW
    plain = letter == "·"
    axes.add_patch(
        Rectangle(
            (x, y - size / 2),
            size,
            size,
            facecolor=PAPER if plain else _colour(letter),
            edgecolor=_colour(letter),
            linewidth=0.8,
        )
    )
    axes.text(
        x + size / 2, y, letter, ha="center", va="center", fontsize=8, fontweight="bold", color=INK if plain else PAPER
    )


def _box(axes: Axes, y: float, letter: str, words: str) -> None:
    """The answer of a row: its tile, and the words on a tint of its colour."""
    from matplotlib.patches import Rectangle

    size = 0.82 * ROW
    if letter != "·":
        axes.add_patch(
            Rectangle((BOX, y - size / 2), END - BOX, size, facecolor=_colour(letter), alpha=0.16, linewidth=0)
        )
    _tile(axes, BOX, y, letter)
    axes.text(BOX + 1.35 * size, y, words, va="center", fontsize=8.5)


def _shown(m: Measured, key: str, lang: Lang) -> str:
    """The answer of a row: a number, a yes or a no as they are, a sentence between quotation marks."""
    words = answer_label(m, key, lang)
    sentence = (m.how == "text" or key.startswith(BARE)) and m.spoken(key)
    return quoted(cut(words, ANSWER), lang) if sentence else words


def _again(axes: Axes, m: Measured, letters: dict[str, str], top: float, lang: Lang) -> None:
    """Three strips of tiles with their entropy: the rewordings, the same words at temperature 0, with chance."""
    heat = number(m.temperature, lang, 1)
    heads = (
        ("all the ways, temperature 0", "same words again, temperature 0", f"same words, temperature {heat}")
        if lang == "en"
        else ("toutes les façons, température 0", "mêmes mots, température 0", f"mêmes mots, température {heat}")
    )
    strips: tuple[tuple[list[Answer], Entropy], ...] = (
        (m.answers, m.over_variants), (m.repeated, m.over_repeats), (m.sampled, m.over_samples),
    )  # fmt: skip
    axes.plot([KIND, END], [top - 0.62 * ROW] * 2, color=INK, linewidth=0.8)
    for place, (head, (answers, found)) in enumerate(zip(heads, strips, strict=True)):
        y = top + 1.1 * ROW * place
        axes.text(KIND, y, head, va="center", fontsize=8.5)
        step = min(0.9 * ROW, (END - 1.0 - 2.35) / len(answers))
        for at, letter in enumerate(sorted((letters[a.key] for a in answers), key=lambda x: (x == "·", x))):
            _tile(axes, 2.35 + step * at, y, letter)
        axes.text(END, y, bits(found, lang), ha="right", va="center", fontsize=9.5, fontweight="bold")


def alt(m: Measured, lang: Lang) -> str:
    """The figure in words, with its numbers."""
    told = []
    for variant, answer in zip(m.variants, m.answers, strict=True):
        asked = variant.prompt if not variant.system else f"{variant.prompt} [{variant.system}]"
        words = cut(answer_label(m, answer.key, lang), 60)
        told.append(f"{KINDS[variant.kind].get(lang)}, {cut(asked, 80)} → {words}")
    v, r, s = bits(m.over_variants, lang), bits(m.over_repeats, lang), bits(m.over_samples, lang)
    if lang == "en":
        return f"Each way of asking with its answer: {'; '.join(told)}. Entropy {v}; the same words again {r}; with chance {s}."
    return f"Chaque façon de demander avec sa réponse : {' ; '.join(told)}. Entropie {v} ; les mêmes mots {r} ; avec hasard {s}."
