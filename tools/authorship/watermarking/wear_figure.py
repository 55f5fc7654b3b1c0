"""The picture of what wears the mark off: z after each change, text by text, beside what arithmetic expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.authorship.watermarking import text
from tools.authorship.watermarking.detection import THRESHOLD
from tools.authorship.watermarking.figure import subtitle
from tools.authorship.watermarking.measure import mean
from tools.figures import FAINT, INK, OCHRE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both
from tools.numbers import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tools.authorship.watermarking.measure import Shown

ROW = 0.36  # inches


def wear(m: Shown, name: str, seed: int, lang: Lang) -> Figure:
    """One row a change: every text a dot, the mean with its interval, the arithmetic as an open diamond."""
    last = len(m.worn) - 1
    with drawing(_title(m, lang), subtitle(m, name, seed, lang), height=1.25 + ROW * (last + 1)) as (figure, axes):
        box = axes.get_position()
        axes.set_position((0.3, box.y0, 0.67, box.height))
        axes.axvline(0, color=FAINT, linewidth=0.8)
        axes.axvline(THRESHOLD, color=OCHRE, linewidth=1.4)
        axes.text(
            THRESHOLD + 0.1,
            last + 0.62,
            "found →" if lang == "en" else "trouvée →",
            color=OCHRE,
            fontsize=8.5,
            va="center",
        )
        for at, one in enumerate(m.worn):
            y = last - at
            value, low, high = mean(one.z)
            if low is not None and high is not None:
                axes.plot([low, high], [y, y], color=TEAL, linewidth=5, alpha=0.3, solid_capstyle="butt")
            axes.plot(one.z, [y] * len(one.z), "|", color=TEAL, markersize=8, markeredgewidth=1.3)
            if one.predicted is not None:
                axes.plot([one.predicted], [y], "D", mfc="none", mec=INK, markersize=6.5)
            axes.plot([value], [y], "o", color=TEAL, markersize=7.5)
            label = number(value, lang, 1)
            axes.annotate(label, (value, y), xytext=(0, 7), textcoords="offset points", ha="center", fontsize=8.5)
        axes.set_yticks(range(last, -1, -1), [_capital(text.attack(one, lang)) for one in m.worn])
        axes.set_ylim(-0.6, last + 0.85)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_xlim(left=min(-0.5, *(float(one.z.min()) for one in m.worn)))
        _legend(axes, len(m.worn[0].z), lang)
        return svg(figure, "wear", both(_alt, m), lang)


def _legend(axes: Axes, n: int, lang: Lang) -> None:
    """What the marks are, under the axis in place of its name."""
    axes.set_xlabel(
        f"z   (|  one of {n} texts     ●  mean and its interval     ◇  by arithmetic)" if lang == "en"
        else f"z   (|  un des {n} textes     ●  moyenne et intervalle     ◇  par l’arithmétique)",
        fontsize=9.5,
    )  # fmt: skip
    axes.xaxis.set_major_formatter(lambda x, _: number(x, lang, 0 if x == round(x) else 1))


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def _title(m: Shown, lang: Lang) -> str:
    worst = min(m.worn[1:], key=lambda one: float(one.z.mean()))
    before, after = number(float(m.worn[0].z.mean()), lang, 1), number(float(worst.z.mean()), lang, 1)
    what = text.attack(worst, lang)
    if lang == "en":
        return f"The mark wears off with editing: z falls from {before} to {after} ({what})"
    return f"La marque s’use quand on modifie le texte\u202f: z tombe de {before} à {after} ({what})"


def _alt(m: Shown, lang: Lang) -> str:
    n, rows = len(m.marked), []
    for one in m.worn:
        z, what = text.with_bounds(mean(one.z), lang), text.attack(one, lang)
        rows.append(
            f"{what}: {z}, found in {one.found} of {n}"
            if lang == "en"
            else f"{what} : {z}, trouvée dans {one.found} sur {n}"
        )
    if lang == "en":
        return f"z after each change, mean and 95% interval. {'; '.join(rows)}. The threshold is 4."
    return f"z après chaque changement, moyenne et intervalle à 95 %. {' ; '.join(rows)}. Le seuil est 4."
