"""The figure of ``risk_triage``: the pipeline with its seven places of bias, and the tiers of the AI Act as a ladder."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from knowledge.categories import AI_ACT, HARMS
from tools.figures import FAINT, INK, OCHRE, PAPER, TEAL, drawing, svg
from tools.finding import Figure, Lang, both, french
from tools.numbers import words as listed
from tools.reading.triage import text as words
from tools.reading.triage.measure import TIERS, rules

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch

    from tools.reading.triage.measure import Kind, Triage

WIDTH, HEIGHT = 9.6, 4.0  # inches
STEP, BOX = 1.03, 0.86  # a stage and its box
LADDER, RUNG = 6.75, 0.56  # left of the ladder, height of a rung
WORDY, LONGEST = 16, 30  # characters of a line under a place of bias, and of the words shown there


def picture(m: Triage, seed: int, lang: Lang) -> Figure:
    """Six stages with the places of bias below them, four rungs and the words that led to each."""
    with drawing(french(words.headline(m, lang)), subtitle(m, seed, lang), WIDTH, HEIGHT) as (figure, axes):
        axes.set_position((0.01, 0.01, 0.98, (HEIGHT - 0.05) / figure.get_figheight()))
        axes.set_xlim(0, 0.98 * WIDTH)
        axes.set_ylim(HEIGHT - 0.05, 0)
        axes.axis("off")
        _pipeline(axes, m, lang)
        _harms(axes, m, lang)
        _ladder(axes, m, lang)
        return svg(figure, "triage", both(alt, m), lang)


def subtitle(m: Triage, seed: int, lang: Lang) -> str:
    """n, what was read, seed, and what the marks mean."""
    n = len(m.text.split())
    if lang == "en":
        return f"{n} words of description read by word lists · seed {seed} · not legal advice"
    return f"{n} mots de description lus par des listes de mots · graine {seed} · sans valeur d’avis juridique"


def _pipeline(axes: Axes, m: Triage, lang: Lang) -> None:
    """The stages as boxes with arrows between, the places of bias as marks under them."""
    top = 0.25
    for place, (stage, label) in enumerate(rules()["stages"].items()):
        left = 0.1 + STEP * place
        axes.add_patch(_box(left, top, BOX, 0.42, TEAL, True))
        axes.text(
            left + BOX / 2,
            top + 0.21,
            label[lang],
            ha="center",
            va="center",
            color="white",
            fontsize=9.3,
            fontweight="bold",
        )
        if place < len(rules()["stages"]) - 1:
            axes.annotate(
                "",
                (left + STEP - 0.01, top + 0.21),
                (left + BOX + 0.01, top + 0.21),
                arrowprops={"arrowstyle": "->", "color": INK, "lw": 1.1},
            )
        for row, kind in enumerate([one for one in m.kinds if one.rule["stage"] == stage]):
            _place(axes, m, kind, left, top + 0.60 + 1.18 * row, lang)
    _key(axes, lang)


def _place(axes: Axes, m: Triage, kind: Kind, left: float, top: float, lang: Lang) -> None:
    """One place of bias: filled when words point there, outlined when a precaution is stated, dashed when nothing is said."""
    pointed, silent = kind.status == "pointed", kind.status == "silent"
    axes.add_patch(
        _box(left - 0.06, top, BOX + 0.12, 0.34, OCHRE if pointed else FAINT if silent else TEAL, pointed, silent)
    )
    colour = "white" if pointed else "#6b675f" if silent else TEAL
    axes.text(
        left + BOX / 2, top + 0.17, kind.rule["label"][lang], ha="center", va="center", fontsize=8.4, color=colour
    )
    if silent:
        return
    said = [
        words.quoted([textwrap.shorten(word, LONGEST, placeholder="…")], lang)
        for word in m.reading.words(kind.concepts, 3)
    ]
    lines = [line for word in said[:2] for line in textwrap.wrap(word, WORDY)]
    axes.text(
        left + BOX / 2, top + 0.40, "\n".join(lines), ha="center", va="top", fontsize=7.4, color=INK, linespacing=1.15
    )


def _harms(axes: Axes, m: Triage, lang: Lang) -> None:
    """The classes of harm named, the first ones first, under the model, the test and the use."""
    left, top = 0.25 + STEP * 2, 2.2
    head = {"en": "Harms to look at first", "fr": "Dommages à regarder d’abord"}[lang]
    axes.text(left, top, head, fontsize=8.8, fontweight="bold", va="center", color=INK)
    named = [f"{harm.name}  {HARMS[harm.name].get(lang)}" for harm in m.harms]
    empty = {"en": "none named by these words", "fr": "aucun nommé par ces mots"}[lang]
    for row, line in enumerate(named[:5] or [empty]):
        axes.text(left, top + 0.24 + 0.21 * row, line, fontsize=8.6, va="center", color=INK)


def _key(axes: Axes, lang: Lang) -> None:
    """What the three kinds of mark mean."""
    left = 0.1
    for name, wide in (("pointed", 1.75), ("stated", 2.0), ("silent", 1.5)):
        pointed, silent = name == "pointed", name == "silent"
        axes.add_patch(
            _box(left, HEIGHT - 0.42, 0.26, 0.16, OCHRE if pointed else FAINT if silent else TEAL, pointed, silent)
        )
        axes.text(left + 0.34, HEIGHT - 0.34, words.STATUS[name].get(lang), va="center", fontsize=8, color=INK)
        left += wide


def _ladder(axes: Axes, m: Triage, lang: Lang) -> None:
    """Four rungs from the prohibited to the minimal, and a line for what stands outside; the first rule of each beside it."""
    axes.plot([LADDER - 0.3] * 2, [0.2, HEIGHT - 0.5], color=FAINT, linewidth=0.8)
    for place, tier in enumerate(TIERS):
        top, held = 0.25 + RUNG * place, [rule for rule in m.rules if rule.tier == tier]
        first = tier == m.tier
        axes.add_patch(
            _box(LADDER, top, 2.62, RUNG - 0.1, OCHRE if first else TEAL if held else FAINT, first, not held)
        )
        colour = "white" if first else INK if held else "#6b675f"
        name = AI_ACT[tier].get(lang) if tier != "limited" else words.POSSIBLE["limited"].get(lang)
        axes.text(
            LADDER + 0.1,
            top + 0.15,
            name,
            va="center",
            fontsize=9,
            color=colour,
            fontweight="bold" if first else "normal",
        )
        if held:
            shown = words.article(held[0], lang) or words.quoted(m.reading.words(held[0].concepts, 1), lang)
            more = f" +{len(held) - 1}" if len(held) > 1 else ""
            axes.text(LADDER + 0.1, top + 0.37, shown + more, va="center", fontsize=8, color=colour)
    if m.rules:
        said = f"{m.rules[0].entry['name'][lang]} : {words.because(m, m.rules[0], lang)}"
        lines = textwrap.wrap(said.replace(" :", ":") if lang == "en" else french(said), 44)
        axes.text(LADDER, 0.27 + RUNG * len(TIERS), "\n".join(lines[:6]), va="top", fontsize=7.8, color=INK)


def _box(left: float, top: float, wide: float, high: float, colour: str, full: bool, dashed: bool = False) -> Patch:
    """A rounded rectangle, filled or only outlined."""
    from matplotlib.patches import FancyBboxPatch

    return FancyBboxPatch(
        (left, top), wide, high, boxstyle="round,pad=0,rounding_size=0.05", facecolor=colour if full else PAPER,
        edgecolor=colour, linewidth=1.1, linestyle=(0, (3, 2)) if dashed else "-",
    )  # fmt: skip


def alt(m: Triage, lang: Lang) -> str:
    """The figure in words, with its counts."""
    by = {status: [kind.rule["label"][lang] for kind in m.kinds if kind.status == status] for status in words.STATUS}
    none = "none" if lang == "en" else "aucun"
    shown = {status: f"{len(names)} ({listed(names, lang) or none})" for status, names in by.items()}
    tier = words.reason(m.rules[0], lang) if m.rules else words.NO_TIER.get(lang)
    if lang == "en":
        return (
            "A pipeline of six stages, from task to use, with seven places of bias. "
            f"Words point to {shown['pointed']}; a precaution is stated for {shown['stated']}; nothing is said of {shown['silent']}. "
            f"Beside it, the tiers of the AI Act as a ladder; marked: {AI_ACT[m.tier].en + ', ' if m.tier else ''}{tier}."
        )
    return (
        "Une chaîne de six étapes, de la tâche à l’usage, avec sept endroits de biais. "
        f"Des mots conduisent à {shown['pointed']} ; une précaution est dite pour {shown['stated']} ; rien n’est dit de {shown['silent']}. "
        f"À côté, les niveaux du règlement sur l’IA en échelle ; marqué : {AI_ACT[m.tier].fr + ', ' if m.tier else ''}{tier}."
    )
