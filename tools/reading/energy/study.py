"""A footprint from its assumptions: a published or described training, a service, a metered run.

Energy = devices x hours x watts x PUE (Strubell et al. 2019, equation 1 with the power of all parts in one
number; Patterson et al. 2021), or requests x watt-hours, or the metered energy; carbon = energy x intensity of the grid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tools.errors import BadInput
from tools.finding import Text
from tools.reading.energy import published as known
from tools.reading.energy.ranges import Band, Factor, bands, factor

if TYPE_CHECKING:
    import numpy as np

    from tools.reading.energy.meter import Metered

# A single number stands for itself times and divided by this: our assumption, printed with the result.
SPREAD = {"devices": 1.0, "hours": 1.0, "requests": 1.0, "watts": 1.2, "pue": 1.05, "intensity": 1.4, "wh": 2.0}
DECLARED = 1.3  # the declared power of an accelerator against what it draws with its share of the server
LABELS = {
    "devices": Text(en="accelerators", fr="accélérateurs"),
    "hours": Text(en="hours of each", fr="heures de chacun"),
    "watts": Text(en="power of one", fr="puissance d’un seul"),
    "pue": Text(en="whole building over computers (PUE)", fr="bâtiment entier sur ordinateurs (PUE)"),
    "intensity": Text(en="grid", fr="réseau électrique"),
    "requests": Text(en="requests", fr="requêtes"),
    "wh": Text(en="energy of one request", fr="énergie d’une requête"),
}
UNITS = {"watts": "W", "hours": "h", "intensity": "g CO₂e/kWh", "wh": "Wh"}
WRITTEN = Text(en="given by you", fr="donné par vous")


@dataclass(frozen=True)
class Study:
    """What was asked, what was assumed, and what came out (kWh and kg of CO2-equivalent).

    Attributes:
        what: "training", "service" or "run".
        subject: who used the energy, as the object of a sentence ("the training of BLOOM").
        case: the published recipe it stands on, if any; ``changed`` when one of its numbers was replaced.
        metered: the runs, when something was metered here.
    """

    what: str
    subject: Text
    factors: list[Factor]
    energy: Band
    carbon: Band
    grid: Text
    builtin: bool = False
    key: str = ""
    case: dict[str, Any] = field(default_factory=dict)
    changed: bool = False
    kind: str = ""
    metered: Metered | None = None
    sources: list[str] = field(default_factory=list)

    def factor(self, name: str) -> Factor:
        """The assumption called ``name``."""
        return next(one for one in self.factors if one.name == name)

    @property
    def places(self) -> list[tuple[known.Country, float]]:
        """Every country of the table with the carbon of this energy there."""
        return [(one, self.energy.central * one.intensity / 1000) for one in known.countries()]


def written(name: str, text: str) -> Factor | None:
    """The factor that the person wrote for an argument; refuses a PUE under 1 and an impossible grid."""
    one = factor(name, LABELS[name], UNITS.get(name, ""), text, SPREAD[name], WRITTEN, grid=name == "intensity")
    if one is None:
        return None
    if name == "pue":
        if one.central < 1 or one.central > 5:
            raise BadInput(
                "footprint: --pue is the energy of the whole building over that of its computers: from 1 to 5.",
                "footprint : --pue est l’énergie du bâtiment entier sur celle de ses ordinateurs : de 1 à 5.",
            )
        return _but(one, low=max(1.0, one.low))
    if name == "intensity" and one.high > 3000:
        raise BadInput(
            "footprint: --intensity is in grams of CO₂e per kWh; no grid exceeds about 1,500.",
            "footprint : --intensity est en grammes de CO₂e par kWh ; aucun réseau ne dépasse environ 1 500.",
        )
    return one


def _but(one: Factor, **changes: Any) -> Factor:
    """The factor with some fields replaced."""
    from dataclasses import replace

    return replace(one, **changes)


def from_case(name: str, case: dict[str, Any], spread: bool = True) -> Factor:
    """A factor of a published recipe, with our spread around it."""
    by = SPREAD[name] if spread else 1.0
    value = float(case[name])
    low = max(1.0, value / by) if name == "pue" else value / by
    origin = Text(en=f"published with {case['name']}", fr=f"publié avec {case['name']}")
    high = value if name == "pue" and value == 1 else value * by
    return Factor(name, LABELS[name], UNITS.get(name, ""), low, value, high, origin, grid=name == "intensity")


def grid(country: str, intensity: str) -> tuple[Factor, Text]:
    """The grid that was asked for, or the whole range of grids around the average of the world."""
    if own := written("intensity", intensity):
        return own, Text(en="the grid you gave", fr="le réseau que vous donnez")
    if country.strip():
        place = known.country(country)
        low, high = place.intensity / SPREAD["intensity"], place.intensity * SPREAD["intensity"]
        origin = Text(
            en=f"{place.name('en')}, average of {place.year}", fr=f"{place.name('fr')}, moyenne de {place.year}"
        )
        one = Factor(
            "intensity", LABELS["intensity"], UNITS["intensity"], low, place.intensity, high, origin, True, True
        )
        return one, Text(en=place.name("en"), fr=place.name("fr"))
    places, mean = known.countries(), known.world()
    origin = Text(
        en=f"country not given: average of the world in {mean.year}, between {places[0].name('en')} and {places[-1].name('en')}",
        fr=f"pays non donné : moyenne du monde en {mean.year}, entre {places[0].name('fr')} et {places[-1].name('fr')}",
    )
    low, high = places[0].intensity, places[-1].intensity
    one = Factor("intensity", LABELS["intensity"], UNITS["intensity"], low, mean.intensity, high, origin, True)
    return one, Text(en="average of the world", fr="moyenne du monde")


def finish(rng: np.random.Generator, factors: Sequence[Factor], to_kwh: float, **parts: Any) -> Study:
    """The study with its bands: ``to_kwh`` turns the product of the factors into kilowatt-hours."""
    energy, carbon = bands(factors, rng)
    return Study(factors=list(factors), energy=energy.times(to_kwh), carbon=carbon.times(to_kwh / 1000), **parts)


def place(country: str, intensity: str, case: dict[str, Any]) -> tuple[Factor, Text]:
    """The grid of the published case unless another one was asked for."""
    if not case or country.strip() or intensity.strip():
        return grid(country, intensity)
    return from_case("intensity", case), Text(en="the grid of its authors", fr="le réseau de ses auteurs")


def training(
    rng: np.random.Generator, case: str, device: str, given: dict[str, str], country: str, intensity: str
) -> Study:
    """A published training, one changed in some numbers, or the one a person describes; BLOOM when nothing is said."""
    own = {name: written(name, text) for name, text in given.items()}
    described = bool(device.strip()) or any(own.values())
    builtin = not case.strip() and not described
    key, recipe = known.training(case or "bloom") if case.strip() or builtin else ("", {})
    if not recipe and own["hours"] is None:
        raise BadInput(
            "footprint needs --hours: how long the accelerators worked (and --devices, how many), or --case for a published training.",
            "footprint a besoin de --hours : combien de temps les accélérateurs ont travaillé (et --devices, combien), ou de --case pour un entraînement publié.",
        )
    factors = [
        own[name] or (from_case(name, recipe) if recipe else _default(name, device))
        for name in ("devices", "hours", "watts", "pue")
    ]
    if recipe and device.strip() and own["watts"] is None:
        factors[2] = _default("watts", device)
    electricity, where = place(country, intensity, recipe)
    subject = (
        Text(en=f"the training of {recipe['name']}", fr=f"l’entraînement de {recipe['name']}")
        if recipe
        else Text(en="the training you describe", fr="l’entraînement que vous décrivez")
    )
    sources = ["strubell2019", "patterson2021", "luccioni2023b", "ember2024", "owid2024"]
    return finish(
        rng, [*factors, electricity], 1e-3, what="training", subject=subject, grid=where, builtin=builtin and not country and not intensity,
        key=key, case=recipe, changed=bool(recipe) and (described or bool(country.strip() or intensity.strip())),
        sources=sources + ([recipe["source"]] if recipe and recipe["source"] not in sources else []),
    )  # fmt: skip


def _default(name: str, device: str) -> Factor:
    """What is assumed for a number of a training that nobody gave."""
    if name == "devices":
        origin = Text(
            en="not given: one, or hours that count all of them",
            fr="non donné : un seul, ou des heures qui les comptent tous",
        )
        return Factor(name, LABELS[name], "", 1, 1, 1, origin)
    if name == "pue":
        ends = known.published()["pue"]
        low, high = float(ends["low"]), float(ends["high"])
        origin = Text(
            en="not given: between a large cloud (Patterson et al.) and the average of 2018 (Strubell et al.)",
            fr="non donné : entre un grand nuage (Patterson et al.) et la moyenne de 2018 (Strubell et al.)",
        )
        return Factor(name, LABELS[name], "", low, (low * high) ** 0.5, high, origin)
    if device.strip():
        model, watts = known.accelerator(device)
        origin = Text(en=f"declared power of the {model}", fr=f"puissance déclarée du {model}")
        return Factor("watts", LABELS["watts"], "W", watts / DECLARED, watts, watts * DECLARED, origin)
    ends = known.published()["unknown_accelerator"]
    origin = Text(en="accelerator not named: a P100 to an H100", fr="accélérateur non nommé : d’un P100 à un H100")
    return Factor("watts", LABELS["watts"], "W", ends["low"], ends["central"], ends["high"], origin)


def service(
    rng: np.random.Generator, kind: str, requests: str, wh: str, pue: str, country: str, intensity: str
) -> Study:
    """Requests times watt-hours: the published range of a kind of request unless the person gives their own."""
    entry = known.published()["requests"][kind]
    count = written("requests", requests) or Factor(
        "requests", LABELS["requests"], "", 1e6, 1e6, 1e6, Text(en="not given: a million", fr="non donné : un million")
    )
    each = written("wh", wh) or Factor(
        "wh", LABELS["wh"], "Wh", entry["low"], entry["central"], entry["high"], Text(**entry["origin"])
    )
    building = [one for one in [written("pue", pue)] if one]
    electricity, where = grid(country, intensity)
    return finish(
        rng, [count, each, *building, electricity], 1e-3, what="service", kind=kind, grid=where,
        subject=Text(en="this service", fr="ce service"), builtin=not any(text.strip() for text in (requests, wh, pue, country, intensity)),
        sources=["luccioni2024", "elsworth2025", "luccioni2023b", "oviedo2025", "ember2024", "owid2024"],
    )  # fmt: skip


def metered(rng: np.random.Generator, m: Metered, watts_per_core: str, pue: str, country: str, intensity: str) -> Study:
    """A run that was metered here: its energy with the interval of the repeated runs and of what the meter assumes."""
    from tools.reading.energy.meter import factors_of

    building = [one for one in [written("pue", pue)] if one]
    electricity, where = grid(country, intensity)
    factors, to_kwh = factors_of(m, watts_per_core)
    return finish(
        rng, [*factors, *building, electricity], to_kwh, what="run", subject=m.subject, grid=where, metered=m, builtin=m.builtin,
        sources=["lannelongue2021", "codecarbon2024", "luccioni2024", "elsworth2025", "luccioni2023b", "ember2024", "owid2024"],
    )  # fmt: skip
