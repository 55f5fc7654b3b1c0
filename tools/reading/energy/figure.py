"""The figures of a footprint: the band among known points, and the same electricity on a dozen grids, both on a logarithmic axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.figures import FAINT, INK, OCHRE, TEAL, drawing, svg
from tools.finding import Figure, Lang, both, french
from tools.reading.energy import published as known
from tools.reading.energy import text as words
from tools.reading.energy import units
from tools.reading.energy.study import Study

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW = 0.37  # inches


def typeset(line: str, lang: Lang) -> str:
    """The line with the spaces that its language wants."""
    return french(line) if lang == "fr" else line


def points(study: Study, lang: Lang) -> list[tuple[str, float]]:
    """Label and kWh of what is known: whole trainings, or single requests."""
    entries = known.published()
    if study.what == "training":
        keys = [key for key in entries["points"]["training"] if key != study.key]
        found = [
            (
                f"{entries['trainings'][key]['name']} ({entries['trainings'][key]['year']})",
                float(entries["trainings"][key]["energy"]),
            )
            for key in keys
        ]
    else:
        found = [(one[lang], float(one["kwh"])) for one in entries["points"]["service"]]
        found.append(
            (
                {"en": "charging a smartphone", "fr": "charger un téléphone"}[lang],
                entries["everyday"]["phone"]["wh"] / 1000,
            )
        )
    return sorted(found, key=lambda pair: pair[1])


def scale(study: Study) -> float:
    """What the energy of the study is divided by in the figure: a service is shown by request."""
    return study.factor("requests").central if study.what == "service" else 1.0


def band(study: Study, seed: int, lang: Lang) -> Figure:
    """The band of this study over the known points."""
    e = study.energy.times(1 / scale(study))
    own = _this(study, lang)
    shown = sorted([*points(study, lang), (own, e.central)], key=lambda pair: pair[1])
    with drawing(
        typeset(words.headline(study, lang), lang), subtitle(study, seed, lang), height=1.05 + ROW * len(shown)
    ) as (figure, axes):
        _log(axes, lang, "energy")
        for y, (name, kwh) in enumerate(shown):
            if name != own:
                axes.plot([kwh], [y], "D", mfc="none", mec=INK, markersize=6, zorder=3)
                _say(axes, kwh, y, units.energy(kwh, lang, 2), INK)
                continue
            axes.plot([e.least, e.most], [y] * 2, color=TEAL, linewidth=1.4, zorder=2)
            axes.plot([e.low, e.high], [y] * 2, color=TEAL, linewidth=11, alpha=0.35, solid_capstyle="butt", zorder=2)
            axes.plot([kwh], [y], "o", color=TEAL, markersize=5, zorder=3)
            _say(axes, max(e.most, e.high), y, units.energy(kwh, lang), TEAL)
        _rows(axes, [name for name, _ in shown], bold=[name for name, _ in shown].index(own))
        each = "" if study.what == "training" else {"en": " of one", "fr": " d’un seul"}[lang]
        axes.set_xlabel(
            {
                "en": f"electricity{each} (each step is ten times more)",
                "fr": f"électricité{each} (chaque pas vaut dix fois plus)",
            }[lang]
        )
        return svg(figure, "band", both(alt_band, study), lang)


def grids(study: Study, seed: int, lang: Lang) -> Figure:
    """The same electricity on the grids of a dozen countries, the one of the study across them."""
    shown = [(one, kg) for one, kg in study.places if one.code in known.published()["shown"]][::-1]
    with drawing(
        title_grids(study, lang), subtitle(study, seed, lang, grids=True), height=0.95 + 0.27 * len(shown)
    ) as (figure, axes):
        _log(axes, lang, "mass")
        axes.axvspan(study.carbon.low, study.carbon.high, color=OCHRE, alpha=0.13, linewidth=0, zorder=0)
        axes.axvline(study.carbon.central, color=OCHRE, linewidth=1.4, zorder=1)
        for y, (_, kg) in enumerate(shown):
            axes.plot(
                [kg / 1.4, kg * 1.4], [y] * 2, color=TEAL, linewidth=5, alpha=0.35, solid_capstyle="butt", zorder=2
            )
            axes.plot([kg], [y], "o", color=TEAL, markersize=6.5, zorder=3)
            axes.annotate(
                units.mass(kg, lang, 2), (kg * 1.4, y), xytext=(6, -3), textcoords="offset points", fontsize=8.5
            )
        _rows(axes, [one.name(lang) for one, _ in shown])
        axes.annotate(
            f"{study.grid.get(lang)} · {units.mass(study.carbon.central, lang)}", (study.carbon.central, len(shown) - 0.35),
            xytext=(5, 0), textcoords="offset points", color=OCHRE, fontsize=8.5,
        )  # fmt: skip
        axes.set_ylim(-0.7, len(shown) + 0.2)
        axes.set_xlabel({"en": "CO₂-equivalent (logarithmic)", "fr": "équivalent CO₂ (logarithmique)"}[lang])
        return svg(figure, "grids", both(alt_grids, study), lang)


def _log(axes: Axes, lang: Lang, kind: str) -> None:
    """A logarithmic axis whose ticks are readable amounts."""
    from matplotlib.ticker import NullFormatter

    write = units.energy if kind == "energy" else units.mass
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(lambda x, _: write(float(x), lang, 1))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.grid(axis="x", color=FAINT, alpha=0.25, linewidth=0.7)
    axes.set_axisbelow(True)


def _say(axes: Axes, x: float, y: float, label: str, colour: str) -> None:
    """A value to the right of its mark."""
    axes.annotate(label, (x, y), xytext=(8, -3), textcoords="offset points", fontsize=8.5, color=colour)


def _rows(axes: Axes, labels: list[str], bold: int = -1) -> None:
    """The names of the rows at the left, with room for the longest and for the values at the right."""
    axes.set_yticks(range(len(labels)), labels)
    if bold >= 0:
        axes.get_yticklabels()[bold].set_fontweight("bold")
    box, left = axes.get_position(), min(0.42, 0.04 + 0.0125 * max(len(label) for label in labels))
    axes.set_position((left, box.y0, 0.95 - left, box.height))
    axes.set_ylim(-0.7, len(labels) - 0.2)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    low, high = axes.get_xlim()
    axes.set_xlim(low, high * (high / low) ** 0.09)


def _this(study: Study, lang: Lang) -> str:
    """The name of the row of this study."""
    if study.case:
        return f"{study.case['name']} ({study.case['year']})"
    named = {
        "training": {"en": "this training", "fr": "cet entraînement"},
        "service": {"en": "this service, one request", "fr": "ce service, une requête"},
    }
    return named[study.what][lang] if study.what in named else study.subject.get(lang)


def subtitle(study: Study, seed: int, lang: Lang, grids: bool = False) -> str:
    """n, what the marks mean, seed."""
    m = study.metered
    n = "" if m is None else ({"en": f"{len(m.samples)} runs · ", "fr": f"{len(m.samples)} passages · "}[lang])
    if grids:
        each = {"en": "bars: ×/÷1.4 around the grid of 2023", "fr": "barres : ×/÷1,4 autour du réseau de 2023"}[lang]
        band = {"en": "ochre: this study and its band", "fr": "ocre : cette étude et sa fourchette"}[lang]
        last = {"en": "seed", "fr": "graine"}[lang]
        return f"{n}{each} · {band} · {last} {seed}"
    if lang == "en":
        return f"{n}thick: 9 draws in 10 of 20,000 · thin: all assumptions low to all high · diamonds: published · seed {seed}"
    return f"{n}épais : 9 tirages sur 10 (20 000) · fin : tout au plus bas, tout au plus haut · losanges : publié · graine {seed}"


def title_grids(study: Study, lang: Lang) -> str:
    """The finding of the second figure."""
    (clean, low), (dirty, high) = study.places[0], study.places[-1]
    ratio = units.figures(high / low, lang, 2)
    if lang == "en":
        return f"The same electricity emits {ratio} times more in {dirty.name('en')} than in {clean.name('en')}"
    return f"La même électricité émet {ratio} fois plus en {dirty.name('fr')} qu’en {clean.name('fr')}"


def alt_band(study: Study, lang: Lang) -> str:
    """The first figure in words."""
    e = study.energy.times(1 / scale(study))
    listed = "; ".join(f"{name}: {units.energy(kwh, lang, 2)}" for name, kwh in points(study, lang))
    span = units.span(e.low, e.high, "energy", lang)
    if lang == "en":
        return f"Logarithmic axis of electricity. {words.upper(_this(study, lang))}: {units.energy(e.central, lang)}, nine draws in ten from {span}. Published: {listed}."
    return f"Axe logarithmique d’électricité. {words.upper(_this(study, lang))} : {units.energy(e.central, lang)}, neuf tirages sur dix de {span}. Publié : {listed.replace(': ', ' : ').replace(';', ' ;')}."


def alt_grids(study: Study, lang: Lang) -> str:
    """The second figure in words."""
    shown = [(one, kg) for one, kg in study.places if one.code in known.published()["shown"]]
    colon = ": " if lang == "en" else " : "
    listed = ", ".join(f"{one.name(lang)} {units.mass(kg, lang, 2)}" for one, kg in shown)
    band = units.span(study.carbon.low, study.carbon.high, "mass", lang)
    if lang == "en":
        return f"CO₂-equivalent of the same electricity by country{colon}{listed}. This study: {units.mass(study.carbon.central, lang)}, nine draws in ten from {band}."
    return f"Équivalent CO₂ de la même électricité par pays{colon}{listed}. Cette étude : {units.mass(study.carbon.central, lang)}, neuf tirages sur dix de {band}."
