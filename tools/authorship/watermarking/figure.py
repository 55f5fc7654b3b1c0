"""Two pictures of the demonstration: a pair of texts side by side, and strength against quality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.authorship.watermarking import flow, text
from tools.authorship.watermarking.detection import THRESHOLD
from tools.authorship.watermarking.measure import geometric, mean
from tools.figures import BLUE, FAINT, INK, OCHRE, PURPLE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.numbers import number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.authorship.watermarking.measure import Sample, Shown, Subject

WIDTH, COLUMNS, LINES, GAP = 7.8, 47, 12, 0.35  # inches; letters and lines of each text; inches


def pair(m: Shown, subject: Subject, seed: int, lang: Lang) -> Figure:
    """The first plain text and the first marked one side by side."""
    plain, marked = m.plain[0], m.marked[0]
    height = flow.LINE * (LINES + 3.0)
    g0, g1 = (percent(one.detection.share, lang) for one in (plain, marked))
    title = (
        f"Same request: {g0} of the tokens are green without the mark, {g1} with it"
        if lang == "en"
        else f"Même demande\u202f: {g0} de tokens verts sans la marque, {g1} avec"
    )
    with drawing(title, subtitle(m, subject.name, seed, lang), WIDTH, height) as (figure, axes):
        axes.set_position((0.02, 0.0, 0.96, height / figure.get_figheight()))
        axes.set_axis_off()
        wide = COLUMNS * flow.CELL
        axes.set_xlim(0, 2 * wide + GAP)
        axes.set_ylim(height, 0)
        for at, one in enumerate((plain, marked)):
            left = at * (wide + GAP)
            axes.text(
                left, 0.1, _head(one, lang), fontsize=10, fontweight="bold", va="center", color=TEAL if at else INK
            )
            cells = flow.place([subject.piece(token) for token in one.ids], COLUMNS, LINES)
            flow.draw(axes, cells, one.detection.green, m.mark.width, left, 0.42)
        flow.key(axes, 0, height - 0.12, lang)
        return svg(figure, "pair", both(_pair_alt, m), lang)


def _head(one: Sample, lang: Lang) -> str:
    z, t = number(one.detection.z, lang, 1), one.detection.scored
    if lang == "en":
        return f"{'With' if one.delta else 'Without'} the mark: z = {z} (T = {t})"
    return f"{'Avec' if one.delta else 'Sans'} la marque\u202f: z = {z} (T = {t})"


def subtitle(m: Shown, name: str, seed: int, lang: Lang) -> str:
    """γ, δ, how many texts, specimen and seed."""
    gamma, delta, n = percent(m.mark.gamma, lang), number(m.mark.delta, lang, 1), len(m.marked)
    if lang == "en":
        return f"γ = {gamma}, δ = {delta}, context {m.mark.width} · {n} + {n} texts of {m.tokens} tokens · {name[:40]} · seed {seed}"
    return f"γ = {gamma}, δ = {delta}, contexte {m.mark.width} · {n} + {n} textes de {m.tokens} tokens · {name[:40]} · graine {seed}"


def _pair_alt(m: Shown, lang: Lang) -> str:
    told = []
    for one in (m.plain[0], m.marked[0]):
        d, z = one.detection, number(one.detection.z, lang, 1)
        quote = " ".join(one.text.split())[:160]
        if lang == "en":
            told.append(
                f"{'With' if one.delta else 'Without'} the mark: {d.hits} of {d.scored} tokens are green, z = {z}. It begins: “{quote}…”"
            )
        else:
            told.append(
                f"{'Avec' if one.delta else 'Sans'} la marque : {d.hits} tokens verts sur {d.scored}, z = {z}. Début : « {quote}… »"
            )
    return " ".join(told)


def cost(m: Shown, name: str, seed: int, lang: Lang) -> Figure:
    """z against perplexity, one cloud a strength, its mean with both intervals."""
    with drawing(_cost_title(m, lang), _cost_subtitle(m, name, seed, lang), height=4.1) as (figure, axes):
        axes.axhline(THRESHOLD, color=OCHRE, linewidth=1.4)
        axes.axhline(0, color=FAINT, linewidth=0.8)
        colors = [INK, PURPLE, TEAL, BLUE, OCHRE]
        for delta, color, marker in zip(m.deltas, colors, "osD^v", strict=False):
            group = m.at(delta)
            axes.plot(
                [one.perplexity for one in group], [one.detection.z for one in group], marker, color=color, markersize=5,
                alpha=0.45, markeredgewidth=0, linewidth=0,
            )  # fmt: skip
            _cross(axes, group, delta, color, marker, lang)
        axes.set_xscale("log")
        low, high = axes.get_xlim()
        axes.set_xlim(low / 1.12, high * 1.3)
        ticks = [
            t
            for t in (1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 1000, 2000, 5000)
            if low / 1.12 < t < high * 1.3
        ]
        axes.set_xticks(ticks, [number(float(t), lang, 0) for t in ticks])
        axes.minorticks_off()
        note = "above: found" if lang == "en" else "au-dessus\u202f: trouvée"
        axes.text(
            0.995, THRESHOLD + 0.25, note, transform=axes.get_yaxis_transform(), ha="right", fontsize=8.5, color=OCHRE
        )
        axes.set_xlabel(
            "perplexity under the model without the mark (lower: more natural to it)" if lang == "en"
            else "perplexité sous le modèle sans la marque (plus bas\u202f: plus naturel pour lui)"
        )  # fmt: skip
        axes.set_ylabel("z")
        return svg(figure, "cost", both(_cost_alt, m), lang)


def _cross(axes: Axes, group: list[Sample], delta: float, color: str, marker: str, lang: Lang) -> None:
    """The mean of a strength with its two intervals and its name."""
    z, z_low, z_high = mean([one.detection.z for one in group])
    p, p_low, p_high = geometric(group)
    if z_low is not None and z_high is not None and p_low is not None and p_high is not None:
        axes.plot([p, p], [z_low, z_high], color=color, linewidth=2)
        axes.plot([p_low, p_high], [z, z], color=color, linewidth=2)
    axes.plot([p], [z], marker, color=color, markersize=9)
    label = f"δ = {number(delta, lang, 0 if delta == int(delta) else 1)}"
    if not delta:
        label = "no mark" if lang == "en" else "sans marque"
    end = max([p if p_high is None else p_high, *(one.perplexity for one in group)])
    axes.annotate(label, (end, z), xytext=(7, 0 if delta else 8), textcoords="offset points", fontsize=10, color=color,
                  fontweight="bold", va="center")  # fmt: skip


def _cost_subtitle(m: Shown, name: str, seed: int, lang: Lang) -> str:
    gamma, n = percent(m.mark.gamma, lang), len(m.marked)
    if lang == "en":
        return f"γ = {gamma} · {n} texts of {m.tokens} tokens at each strength, means with 95% intervals · {name[:40]} · seed {seed}"
    return f"γ = {gamma} · {n} textes de {m.tokens} tokens par force, moyennes et intervalles à 95\u202f% · {name[:40]} · graine {seed}"


def _cost_title(m: Shown, lang: Lang) -> str:
    top = m.at(m.deltas[-1])
    z, before, after = mean([one.detection.z for one in top])[0], geometric(m.plain)[0], geometric(top)[0]
    strong, strength = number(z, lang, 0), number(m.deltas[-1], lang, 0)
    if lang == "en":
        return f"A stronger mark is easier to find and harder on the text: at δ\u00a0=\u00a0{strength}, z is {strong} and perplexity {number(after, lang, 0)} instead of {number(before, lang, 0)}"
    return f"Une marque plus forte se trouve mieux et coûte plus au texte\u202f: à δ\u00a0=\u00a0{strength}, z vaut {strong} et la perplexité {number(after, lang, 0)} au lieu de {number(before, lang, 0)}"


def _cost_alt(m: Shown, lang: Lang) -> str:
    rows = []
    for delta in m.deltas:
        z = text.with_bounds(mean([one.detection.z for one in m.at(delta)]), lang)
        p = text.with_bounds(geometric(m.at(delta)), lang, 0)
        rows.append(
            f"δ = {number(delta, lang, 1)}: z {z}, perplexity {p}"
            if lang == "en"
            else f"δ = {number(delta, lang, 1)} : z {z}, perplexité {p}"
        )
    if lang == "en":
        return f"z against perplexity, {len(m.marked)} texts a strength, with 95% intervals. {'; '.join(rows)}. The mark is found above 4."
    return f"z selon la perplexité, {len(m.marked)} textes par force, avec des intervalles à 95 %. {' ; '.join(rows)}. La marque est trouvée au-dessus de 4."
