"""The confidence strip: the tokens of the main answer on their colours, each with its probability and its rival."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tools.figures import INK, OCHRE, PAPER, drawing, svg
from tools.finding import Figure, Lang, both
from tools.numbers import cut, percent
from tools.truth.consistency.text import clear, quoted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.truth.consistency.ask import Token
    from tools.truth.consistency.measure import Measured

WIDTH, LINE = 7.6, 0.86  # inches: the figure, one line of the answer
SIZE, SMALL = 12.5, 8.5  # points: letters of the answer, numbers below
MOST = 80  # tokens shown
DEEPEST = 0.8  # how far the darkest colour is from the paper
RIVAL = 0.7  # a token less likely than this shows the likeliest other one
BITS = 4.0  # surprise at which the colour is full: 1 in 16
SURE = 0.8  # from this probability on, the answer is called sure
GREY = "#5b5850"


def tokens_figure(m: Measured, model: str, seed: int, lang: Lang) -> Figure:
    """The answer as it was written; darker where it was less sure."""
    rows = _lines((m.asked.main.tokens or [])[:MOST], lang)
    height = LINE * len(rows) + 0.42
    with drawing(title(m, lang), subtitle(m, model, seed, lang), WIDTH, height) as (figure, axes):
        axes.set_position((0.02, 0.0, 0.96, height / figure.get_figheight()))
        axes.set_axis_off()
        axes.set_xlim(0, 0.96 * WIDTH)
        axes.set_ylim(height, 0)
        for line, row in enumerate(rows):
            for token, left, width in row:
                _draw(axes, token, left, width, 0.06 + LINE * line, lang)
        _scale(axes, height - 0.2, lang)
        return svg(figure, "tokens", both(alt, m), lang)


def title(m: Measured, lang: Lang) -> str:
    """The finding as a sentence: where the answer was least sure."""
    tokens = m.asked.main.tokens or []
    worded = [token for token in tokens if any(letter.isalnum() for letter in token.text)] or tokens
    token = min(worded, key=lambda one: one.logprob)
    word, share = quoted(clear(token.text), lang), math.exp(token.logprob)
    chance, other = percent(share, lang), quoted(clear(token.other), lang)
    second = percent(math.exp(token.other_logprob), lang) if token.other else ""
    if share >= SURE:
        return (
            f"Sure at every word: the least likely, {word}, had {chance}"
            if lang == "en"
            else f"Sûr à chaque mot : le moins probable, {word}, avait {chance}"
        )
    if lang == "en":
        return f"Least sure at {word}: {chance}" + (f", beside {second} for {other}" if second else "")
    return f"Le moins sûr à {word} : {chance}" + (f", contre {second} pour {other}" if second else "")


def subtitle(m: Measured, model: str, seed: int, lang: Lang) -> str:
    """What is shown, n, specimen and seed."""
    name = model[:34] if "://" in model else model.rstrip("/").rsplit("/", 1)[-1][:34]
    tokens = m.asked.main.tokens or []
    count, first = len(tokens), min(len(tokens), MOST)
    if lang == "en":
        some = f"{count} tokens" if first == count else f"the first {first} of {count} tokens"
        return f"Main answer to {quoted(cut(m.asked.question, 44), lang)} · {some} · {name} · seed {seed}"
    some = f"{count} tokens" if first == count else f"les {first} premiers de {count} tokens"
    return f"Réponse principale à {quoted(cut(m.asked.question, 44), lang)} · {some} · {name} · graine {seed}"


def shade(logprob: float) -> tuple[float, float, float]:
    """From paper (certain) to ochre (1 in 16 or less); lighter to darker, so that grey print keeps it."""
    from matplotlib.colors import to_rgb

    deep = DEEPEST * min(1.0, -logprob / math.log(2) / BITS)
    ink, paper = to_rgb(OCHRE), to_rgb(PAPER)
    mixed = tuple(deep * a + (1 - deep) * b for a, b in zip(ink, paper, strict=True))
    return mixed[0], mixed[1], mixed[2]


def rival(token: Token, lang: Lang) -> str:
    """What the model nearly wrote instead, with its probability; "" where it was sure or does not say."""
    if not token.other or math.exp(token.logprob) >= RIVAL:
        return ""
    other = cut(clear(token.other), 14)
    other = other if any(letter.isalnum() for letter in other) else quoted(other, lang)
    return f"{'or' if lang == 'en' else 'ou'} {other} {percent(math.exp(token.other_logprob), lang)}"


def _width(text: str, size: float) -> float:
    """Width of a text in inches, dollar signs being letters."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    width, _, _ = text_to_path.get_text_width_height_descent(
        text, FontProperties(family="DejaVu Sans", size=size), False
    )
    return float(width) / 72


def _lines(tokens: list[Token], lang: Lang) -> list[list[tuple[Token, float, float]]]:
    """The tokens laid out: lines of (token, left, width) in inches; a token that goes on a word touches the one before."""
    rows: list[list[tuple[Token, float, float]]] = [[]]
    left = 0.0
    for token in tokens:
        shown = cut(clear(token.text), 24)
        width = max(
            _width(shown, SIZE), _width(percent(math.exp(token.logprob), lang), SMALL), _width(rival(token, lang), SMALL)
        ) + 0.13  # fmt: skip
        left += 0.08 if token.text[:1].isspace() and rows[-1] else 0.0
        if left + width > 0.96 * WIDTH and rows[-1]:
            rows.append([])
            left = 0.0
        rows[-1].append((token, left, width))
        left += width + 0.025
        if "\n" in token.text and len(rows[-1]) > 1:
            rows.append([])
            left = 0.0
    return [row for row in rows if row] or [[]]


def _draw(axes: Axes, token: Token, left: float, width: float, y: float, lang: Lang) -> None:
    """A token on its colour, its probability below, and the rival where there was one."""
    from matplotlib.patches import Rectangle

    unsure = math.exp(token.logprob) < RIVAL
    axes.add_patch(
        Rectangle((left, y), width, 0.31, facecolor=shade(token.logprob), edgecolor=OCHRE if unsure else "#c9c4b8",
                  linewidth=1.2 if unsure else 0.6)
    )  # fmt: skip
    middle = left + width / 2
    axes.text(middle, y + 0.16, cut(clear(token.text), 24), ha="center", va="center", fontsize=SIZE, color=INK,
              parse_math=False)  # fmt: skip
    axes.text(middle, y + 0.42, percent(math.exp(token.logprob), lang), ha="center", va="center", fontsize=SMALL,
              fontweight="bold" if unsure else "normal")  # fmt: skip
    axes.text(
        middle, y + 0.585, rival(token, lang), ha="center", va="center", fontsize=SMALL, color=GREY, parse_math=False
    )


def _scale(axes: Axes, y: float, lang: Lang) -> None:
    """Five tints with their probabilities."""
    from matplotlib.patches import Rectangle

    left = 0.05
    for share in (1.0, 0.7, 0.4, 0.2, 0.06):
        axes.add_patch(
            Rectangle((left, y - 0.08), 0.2, 0.16, facecolor=shade(math.log(share)), edgecolor="#c9c4b8", linewidth=0.6)
        )
        axes.text(left + 0.26, y, percent(share, lang), va="center", fontsize=SMALL)
        left += 0.75
    told = (
        "probability of the token where it stands; “or”: the likeliest other"
        if lang == "en"
        else "probabilité du token à sa place ; «\u202fou\u202f» : l’autre le plus probable"
    )
    axes.text(left + 0.05, y, told, va="center", fontsize=SMALL, color=GREY)


def alt(m: Measured, lang: Lang) -> str:
    """The strip in words, with its numbers."""
    tokens = (m.asked.main.tokens or [])[:MOST]
    told = ("; " if lang == "en" else " ; ").join(
        f"{clear(t.text)} {percent(math.exp(t.logprob), lang)}" + (f" ({rival(t, lang)})" if rival(t, lang) else "")
        for t in tokens
    )
    if lang == "en":
        return f"The main answer with the probability of each token: {told}."
    return f"La réponse principale avec la probabilité de chaque token : {told}."
