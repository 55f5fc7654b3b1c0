"""The numbers of the invented world as estimates and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.finding import Estimate, Table, Text
from tools.vision.hiring.expected import expected_ratio
from tools.vision.hiring.setting import CHANNELS, Setting
from tools.vision.hiring.text import SCORERS, middle

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.finding import Cell
    from tools.vision.hiring.text import World

CHANNEL_NAMES = {
    "answers": Text(en="answers", fr="réponses"),
    "speech": Text(en="speech", fr="parole"),
    "face": Text(en="face", fr="visage"),
}
EQUAL = Text(en="equal rates", fr="taux égaux")
NONE = Text(en="no difference between the groups", fr="aucun écart entre les groupes")
SD = "SD"


def world_estimates(world: World, setting: Setting) -> list[Estimate]:
    """Ratios, gaps at equal score, the face's share of the score; intervals: the middle 95 % of the worlds."""
    rows = [
        _over_worlds(f"ratio_{name}", Text(en=f"selection-rate ratio B/A: {label.en}", fr=f"rapport des taux B/A : {label.fr}"),
                     world[name].ratios, 1.0, EQUAL)
        for name, label in SCORERS.items()
    ]  # fmt: skip
    first = world["full"]
    rows.append(
        Estimate(
            name="ratio_first_world",
            label=Text(
                en="the same ratio in the first world alone, bootstrap over its applicants",
                fr="le même rapport dans le premier monde seul, bootstrap sur ses candidats",
            ),
            value=first.first.ratio, low=first.within[0], high=first.within[1], confidence=0.95,
            n=setting.people, baseline=1.0, baseline_label=EQUAL,
        )
    )  # fmt: skip
    gaps = (
        ("skill_gap", Text(en="true skill at equal score, B minus A", fr="compétence à score égal, B moins A"), first.skill_gaps),
        ("rating_gap", Text(en="rating at equal score, B minus A", fr="évaluation à score égal, B moins A"), first.rating_gaps),
    )  # fmt: skip
    rows += [_over_worlds(name, label, values, 0.0, NONE, SD) for name, label, values in gaps]
    share = Text(en="share of the score that comes through the face", fr="part du score qui passe par le visage")
    rows.append(
        _over_worlds("face_share", share, first.face_shares, 0.0, Text(en="face not used", fr="visage inutilisé"))
    )
    return rows


def _over_worlds(
    name: str, label: Text, values: NDArray[np.float64], baseline: float, baseline_label: Text, unit: str = ""
) -> Estimate:
    mean, low, high = middle(values)
    return Estimate(
        name=name, label=label, value=_cell(mean), low=_cell(low), high=_cell(high), confidence=0.95, n=int((~np.isnan(values)).sum()),
        unit=unit, baseline=baseline, baseline_label=baseline_label,
    )  # fmt: skip


def _cell(value: float) -> float | None:
    """JSON has no NaN."""
    return None if value != value else round(float(value), 6)


def scorers_table(world: World) -> Table:
    """One row a scorer: ratio over the worlds, in the first world, in closed form; what the chosen are worth."""
    heads = (
        ("scorer", "score"), ("ratio B/A, median", "rapport B/A, médiane"), ("2.5%", "2,5 %"), ("97.5%", "97,5 %"),
        ("worlds under 0.80", "mondes sous 0,80"), ("closed form", "forme close"),
        ("first world", "premier monde"), ("bootstrap, low", "bootstrap, bas"), ("bootstrap, high", "bootstrap, haut"),
        ("rate of A, first world", "taux de A, premier monde"), ("rate of B, first world", "taux de B, premier monde"),
        ("mean true skill of the selected", "compétence moyenne des retenus"),
        ("true skill at equal score, B − A", "compétence à score égal, B − A"),
        ("rating at equal score, B − A", "évaluation à score égal, B − A"),
    )  # fmt: skip
    rows: list[list[Cell]] = []
    for name, label in SCORERS.items():
        r = world[name]
        values = [*middle(r.ratios), r.under, r.expected, r.first.ratio, *r.within, *r.first.rates]
        values += [middle(part)[0] for part in (r.skills, r.skill_gaps, r.rating_gaps)]
        rows.append([label, *(v if isinstance(v, int) else _cell(v) for v in values)])
    title = Text(en="Who is selected, by what the scorer is shown", fr="Qui est retenu, selon ce que voit le score")
    return Table(name="scorers", title=title, columns=[Text(en=en, fr=fr) for en, fr in heads], rows=rows)


def weights_table(world: World) -> Table:
    """Ridge weight of each channel in the first world, and the share of the score that comes through the face."""
    rows: list[list[Cell]] = []
    for name, label in SCORERS.items():
        found = world[name]
        if found.first.weights:
            weights = [_cell(found.first.weights.get(c, float("nan"))) for c in CHANNELS]
            rows.append([label, *weights, _cell(middle(found.face_shares)[0])])
    columns = [Text(en="scorer", fr="score"), *(CHANNEL_NAMES[c] for c in CHANNELS)]
    columns.append(Text(en="share through the face, median of the worlds", fr="part par le visage, médiane des mondes"))
    title = Text(
        en="What the scorer learnt to weigh (first world)", fr="Ce que le score a appris à peser (premier monde)"
    )
    return Table(name="weights", title=title, columns=columns, rows=rows)


def calibration_table(world: World) -> Table:
    """Skill and rating of each group by fifth of the full score, and by fifth of the score without the face."""
    heads = (
        ("scorer", "score"), ("mean score", "score moyen"), ("true skill, A", "compétence, A"),
        ("true skill, B", "compétence, B"), ("rating, A", "évaluation, A"), ("rating, B", "évaluation, B"),
    )  # fmt: skip
    rows: list[list[Cell]] = [
        [SCORERS[name], *(_cell(v) for v in line)] for name in ("full", "no_face") for line in world[name].bins
    ]
    title = Text(en="Calibration by group, by fifth of the score", fr="Calibration par groupe, par cinquième du score")
    return Table(name="calibration", title=title, columns=[Text(en=en, fr=fr) for en, fr in heads], rows=rows)


def sweep_table(setting: Setting) -> Table:
    """The ratio in closed form for other biases of the ratings, everything else as it was."""
    shown = ("full", "no_face", "answers_only", "raters")
    rows: list[list[Cell]] = []
    for bias in (0.0, 0.1, 0.25, 0.5, 0.75, 1.0):
        other = Setting(bias, setting.correlation, setting.proxy, setting.people, setting.share)
        rows.append([bias, *(_cell(expected_ratio(other, name)) for name in shown)])
    columns = [Text(en="bias of the ratings", fr="biais des évaluations"), *(SCORERS[name] for name in shown)]
    title = Text(en="Ratio B/A for other biases, in closed form", fr="Rapport B/A pour d’autres biais, en forme close")
    return Table(name="sweep", title=title, columns=columns, rows=rows)
