"""The numbers of a footprint: estimates, assumptions, grids, published checks, single runs."""

from __future__ import annotations

from tools.finding import Cell, Estimate, Table, Text, same
from tools.reading.energy import published as known
from tools.reading.energy.meter import mean_interval
from tools.reading.energy.ranges import CONFIDENCE
from tools.reading.energy.study import Study

PUBLISHED = Text(en="published", fr="publié")


def short(value: float) -> float:
    """Four significant figures: more would say more than is known."""
    return float(f"{value:.4g}")


def estimates(study: Study) -> list[Estimate]:
    """Energy and carbon with their bands, then what a service or a metered run adds."""
    case = {} if study.changed else study.case
    n = len(study.metered.samples) if study.metered else None
    found = [
        Estimate(
            name="energy", label=Text(en="electricity", fr="électricité"), value=study.energy.central, unit="kWh", n=n,
            low=study.energy.low, high=study.energy.high, confidence=CONFIDENCE,
            baseline=case.get("energy"), baseline_label=PUBLISHED if case else None,
        ),
        Estimate(
            name="carbon", label=Text(en="carbon", fr="carbone"), value=study.carbon.central, unit="kg CO₂e", n=n,
            low=study.carbon.low, high=study.carbon.high, confidence=CONFIDENCE,
            baseline=case.get("carbon"), baseline_label=PUBLISHED if case else None,
        ),
    ]  # fmt: skip
    if study.what == "service":
        one = study.factor("wh")
        label = Text(en="energy of one request", fr="énergie d’une requête")
        found.append(
            Estimate(name="per_request", label=label, value=one.central, unit="Wh", low=one.low, high=one.high)
        )
    return found + _metered(study)


def _metered(study: Study) -> list[Estimate]:
    m = study.metered
    if m is None:
        return []
    low, mean, high = mean_interval(m.values)
    unit, label = ("J", Text(en="energy of one run, above rest", fr="énergie d’un passage, repos déduit"))
    rest = (m.rest.joules or 0.0) / m.rest.seconds
    rest_label, rest_unit = Text(en="at rest", fr="au repos"), "W"
    if m.meter == "cpu":
        unit, label = (
            "s",
            Text(en="processor time of one run, above rest", fr="temps de processeur d’un passage, repos déduit"),
        )
        rest, rest_unit = m.rest.cpu / m.rest.seconds, "s/s"
        rest_label = Text(en="processor time in a second of rest", fr="temps de processeur par seconde de repos")
    n = len(m.samples)
    wall = sum(sample.seconds for sample in m.samples) / n
    sure = 0.95 if n > 1 else None
    return [
        Estimate(
            name="run",
            label=label,
            value=mean,
            unit=unit,
            n=n,
            low=low if sure else None,
            high=high if sure else None,
            confidence=sure,
        ),
        Estimate(name="wall", label=Text(en="duration of one run", fr="durée d’un passage"), value=wall, unit="s", n=n),
        Estimate(name="rest", label=rest_label, value=rest, unit=rest_unit, n=1),
    ]


def tables(study: Study) -> list[Table]:
    """What was assumed, the same energy elsewhere, and the table of its kind."""
    last = {"training": _checks, "service": _requests, "run": _runs}[study.what](study)
    return [_assumptions(study), _grids(study), last]


def _assumptions(study: Study) -> Table:
    columns = [
        Text(en="assumption", fr="hypothèse"), Text(en="low", fr="bas"), Text(en="central", fr="central"), Text(en="high", fr="haut"),
        Text(en="unit", fr="unité"), Text(en="where from", fr="origine"), Text(en="argument", fr="argument"),
    ]  # fmt: skip
    fixed = {"run", "counter"}
    rows: list[list[Cell]] = [
        [
            one.label,
            short(one.low),
            short(one.central),
            short(one.high),
            one.unit or "–",
            one.origin,
            "–" if one.name in fixed else f"--{one.name.replace('_', '-')}",
        ]
        for one in study.factors
    ]
    return Table(
        name="assumptions",
        title=Text(en="What was assumed, and how to change it", fr="Ce qui est supposé, et comment le changer"),
        columns=columns,
        rows=rows,
    )


def _grids(study: Study) -> Table:
    columns = [
        Text(en="country", fr="pays"),
        Text(en="g CO₂e/kWh (2023)", fr="g CO₂e/kWh (2023)"),
        Text(en="kg CO₂e", fr="kg CO₂e"),
    ]
    rows: list[list[Cell]] = [
        [Text(en=one.name("en"), fr=one.name("fr")), one.intensity, short(kg)] for one, kg in study.places
    ]
    mean = known.world()
    rows.append(
        [Text(en="the world", fr="le monde"), mean.intensity, short(study.energy.central * mean.intensity / 1000)]
    )
    return Table(
        name="grids",
        title=Text(en="The same electricity elsewhere", fr="La même électricité ailleurs"),
        columns=columns,
        rows=rows,
    )


def recomputed(case: dict[str, float]) -> tuple[float, float]:
    """Energy (kWh) and carbon (kg) of a published recipe by the formula."""
    energy = case["devices"] * case["hours"] * case["watts"] * case["pue"] / 1000
    return energy, energy * case["intensity"] / 1000


def _checks(_: Study) -> Table:
    columns = [
        Text(en="training", fr="entraînement"), Text(en="source", fr="source"), Text(en="kWh here", fr="kWh ici"), Text(en="kWh published", fr="kWh publiés"),
        Text(en="kg CO₂e here", fr="kg CO₂e ici"), Text(en="kg CO₂e published", fr="kg CO₂e publiés"),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for case in known.published()["trainings"].values():
        energy, carbon = recomputed(case)
        rows.append(
            [
                f"{case['name']} ({case['year']})",
                case["source"],
                short(energy),
                case["energy"],
                short(carbon),
                case["carbon"],
            ]
        )
    title = Text(
        en="Published trainings, computed again from their recipe",
        fr="Des entraînements publiés, recalculés d’après leur recette",
    )
    return Table(name="checks", title=title, columns=columns, rows=rows)


def _requests(_: Study) -> Table:
    columns = [
        Text(en="request", fr="requête"), Text(en="low, Wh", fr="bas, Wh"), Text(en="central, Wh", fr="central, Wh"),
        Text(en="high, Wh", fr="haut, Wh"), Text(en="where from", fr="origine"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [Text(en=one["en"], fr=one["fr"]), one["low"], one["central"], one["high"], Text(**one["origin"])]
        for one in known.published()["requests"].values()
    ]
    return Table(
        name="requests",
        title=Text(en="What one request takes, as published", fr="Ce que prend une requête, tel que publié"),
        columns=columns,
        rows=rows,
    )


def _runs(study: Study) -> Table:
    m = study.metered
    columns = [
        Text(en="run", fr="passage"),
        Text(en="duration, s", fr="durée, s"),
        Text(en="processor, s", fr="processeur, s"),
        Text(en="meter, J", fr="compteur, J"),
    ]
    rows: list[list[Cell]] = []
    if m is not None:
        named = [(Text(en="first, loads", fr="premier, charge"), m.first), (Text(en="rest", fr="repos"), m.rest)]
        for label, one in [*named, *((same(str(i + 1)), one) for i, one in enumerate(m.samples))]:
            rows.append([label, short(one.seconds), short(one.cpu), None if one.joules is None else short(one.joules)])
    return Table(name="runs", title=Text(en="Run by run", fr="Passage par passage"), columns=columns, rows=rows)
