"""One drawing style for all tools: the finding is the title, labels sit on the data, intervals are drawn.

Matplotlib is imported when the first figure is drawn. The same data always
gives the same bytes (fixed hash salt, no date).
"""

from __future__ import annotations

import base64
import io
import os
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tools.finding import Figure, Lang, Text
from tools.numbers import number
from tools.specimens.home import home

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

INK, PAPER, FAINT = "#1c1b19", "#fbf9f4", "#8a867d"
TEAL, OCHRE, BLUE, PURPLE = "#0b5a63", "#b06f00", "#0072b2", "#8a4b7d"  # Okabe–Ito neighbours, dark enough on paper

STYLE: Any = {  # matplotlib types the keys one by one
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "font.family": "DejaVu Sans",
    "font.size": 10.5,
    "svg.hashsalt": "autopsie",
    "svg.fonttype": "path",
}


def _matplotlib() -> Any:
    """Matplotlib, with its font cache in the state folder like everything else."""
    os.environ.setdefault("MPLCONFIGDIR", str(home() / "cache" / "matplotlib"))
    import matplotlib

    return matplotlib


@contextmanager
def drawing(title: str, subtitle: str, width: float = 7.2, height: float = 3.6) -> Iterator[tuple[Drawing, Axes]]:
    """A figure and its one pair of axes in the house style; sizes in inches, the height at least that of the axis' own words.

    The title is the finding as a sentence, the subtitle n, specimen and seed.
    Draw inside the block, then call ``svg`` or ``png`` on the figure before leaving it.
    """
    with _matplotlib().rc_context(STYLE):
        from matplotlib.figure import Figure as NewFigure

        lines = textwrap.wrap(title, int(width * 9.5)) or [""]
        head = 0.24 * len(lines) + 0.40  # inches for title and subtitle
        foot = 0.58  # inches for the axis and its label
        height = max(height, foot + 0.05)
        full = height + head
        figure = NewFigure(figsize=(width, full))
        figure.text(0.02, 1 - 0.10 / full, "\n".join(lines), va="top", fontsize=12.5, fontweight="bold")
        figure.text(0.02, 1 - (0.14 + 0.24 * len(lines)) / full, subtitle, va="top", fontsize=8.5, color="#5b5850")
        axes = figure.add_axes((0.1, foot / full, 0.86, (height - foot) / full))
        yield figure, axes


def svg(figure: Drawing, name: str, alt: Text, lang: Lang) -> Figure:
    """The drawing as inline SVG (lines, bars, text)."""
    out = io.StringIO()
    with _matplotlib().rc_context(STYLE):
        figure.savefig(
            out, format="svg", bbox_inches="tight", pad_inches=0.12, metadata={"Date": None, "Creator": None}
        )
    source = out.getvalue()
    return Figure(name=name, media_type="image/svg+xml", data=source[source.index("<svg") :], alt=alt, lang=lang)


def png(figure: Drawing, name: str, alt: Text, lang: Lang) -> Figure:
    """The drawing as PNG (pixels: heat maps, photographs)."""
    out = io.BytesIO()
    with _matplotlib().rc_context(STYLE):
        figure.savefig(out, format="png", dpi=144, bbox_inches="tight", pad_inches=0.12, metadata={"Software": None})
    return Figure(name=name, media_type="image/png", data=base64.b64encode(out.getvalue()).decode(), alt=alt, lang=lang)


def intervals(
    rows: Sequence[tuple[str, float, float | None, float | None]],
    *,
    name: str,
    title: str,
    subtitle: str,
    alt: Text,
    lang: Lang,
    axis: str,
    baseline: float = 0.0,
    baseline_label: str = "",
    others: Sequence[tuple[str, Sequence[float | None]]] = (),
    digits: int = 2,
) -> Figure:
    """Points with their intervals, one row each, the baseline as a line.

    Args:
        rows: label, value, low, high (``None`` when there is no interval).
        axis: what the horizontal axis measures, with its unit.
        others: further series to compare with (label, one value a row): drawn as open marks.
    """
    with drawing(title, subtitle, height=1.15 + 0.36 * len(rows)) as (figure, axes):
        positions = list(range(len(rows)))[::-1]
        axes.axvline(baseline, color=OCHRE, linewidth=1.4, zorder=1)
        if baseline_label:
            axes.annotate(
                baseline_label,
                (baseline, len(rows) - 0.4),
                xytext=(5, 0),
                textcoords="offset points",
                color=OCHRE,
                fontsize=8.5,
            )
        for y, (_, value, low, high) in zip(positions, rows, strict=True):
            if low is not None and high is not None:
                axes.plot([low, high], [y, y], color=TEAL, linewidth=5, alpha=0.35, solid_capstyle="butt", zorder=2)
            axes.plot([value], [y], "o", color=TEAL, markersize=7.5, zorder=3)
            axes.annotate(
                number(value, lang, digits),
                (value, y),
                xytext=(0, 7),
                textcoords="offset points",
                ha="center",
                fontsize=8.5,
            )
        for marker, (label, values) in zip("DsX", others, strict=False):
            shown = [(x, y) for x, y in zip(values, positions, strict=True) if x is not None]
            if shown:
                axes.plot(
                    *zip(*shown, strict=True), marker, mfc="none", mec=INK, markersize=6.5, linestyle="", zorder=3
                )
                away = [abs(x - rows[len(rows) - 1 - y][1]) for x, y in shown]  # named where it stands alone
                spot = shown[away.index(max(away))]
                axes.annotate(label, spot, xytext=(7, -3), textcoords="offset points", fontsize=8, color=INK)
        axes.set_yticks(positions, [row[0] for row in rows])
        box, left = axes.get_position(), min(0.45, 0.03 + 0.0115 * max(len(row[0]) for row in rows))
        axes.set_position((left, box.y0, 0.97 - left, box.height))
        axes.set_ylim(-0.7, len(rows) + (0.15 if baseline_label else -0.2))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_xlabel(axis)
        axes.margins(x=0.08)
        if lang == "fr":
            axes.xaxis.set_major_formatter(lambda x, _: number(x, "fr", 1))
        return svg(figure, name, alt, lang)
