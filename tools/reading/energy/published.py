"""The published figures of ``published.yaml``, looked up by the names people use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tools.errors import BadInput
from tools.finding import Lang


@lru_cache(maxsize=1)
def published() -> dict[str, Any]:
    """The whole file as it is written."""
    import yaml

    loaded: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "published.yaml").read_text(encoding="utf-8"))
    return loaded


def plain(text: str) -> str:
    """Lower case, without accents, hyphens, underscores or spaces at the ends: how names are compared."""
    import unicodedata

    folded = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(folded.replace("-", " ").replace("_", " ").replace("’", " ").replace("'", " ").split())


@dataclass(frozen=True)
class Country:
    """The electricity of a country: grams of CO2-equivalent per kilowatt-hour in a year; code ``WORLD`` for all."""

    code: str
    iso: str
    names: dict[str, str]
    intensity: float
    year: int

    def name(self, lang: Lang) -> str:
        """Its name in a language."""
        return self.names[lang]


def world() -> Country:
    """The average of the world."""
    entry = published()["world"]
    return Country("WORLD", "", {"en": "the world", "fr": "le monde"}, entry["intensity"], entry["year"])


def countries() -> list[Country]:
    """All countries of the table, from the cleanest grid to the one that emits most."""
    year = published()["world"]["year"]
    return [
        Country(code, one["iso"], {"en": one["en"], "fr": one["fr"]}, one["intensity"], year)
        for code, one in published()["countries"].items()
    ]


def country(name: str) -> Country:
    """The country called ``name`` (either language, two or three letters); ``BadInput`` lists those in the table."""
    asked = plain(name)
    if asked in {"world", "the world", "monde", "le monde"}:
        return world()
    entries = published()["countries"]
    for one in countries():
        also = [plain(other) for other in entries[one.code].get("also", [])]
        if asked in {plain(one.code), plain(one.iso), plain(one.names["en"]), plain(one.names["fr"]), *also}:
            return one
    known = {lang: ", ".join(sorted(one.names[lang] for one in countries())) for lang in ("en", "fr")}
    raise BadInput(
        f"footprint has no grid for '{name}'. It knows: {known['en']}, world. For another one give --intensity in g CO₂e/kWh.",
        f"footprint n’a pas le réseau de « {name} ». Il connaît : {known['fr']}, monde. Pour un autre, donnez --intensity en g CO₂e/kWh.",
    )


def training(name: str) -> tuple[str, dict[str, Any]]:
    """The key and recipe of a published training; ``BadInput`` lists them."""
    cases = published()["trainings"]
    asked = plain(name).replace(" ", "")
    for key, case in cases.items():
        if asked in {plain(key).replace(" ", ""), plain(case["name"]).replace(" ", "")}:
            return key, case
    known = ", ".join(cases)
    raise BadInput(
        f"footprint knows no published training called '{name}'. It knows: {known}. For your own give --devices, --hours and --device.",
        f"footprint ne connaît pas d’entraînement publié appelé « {name} ». Il connaît : {known}. Pour le vôtre, donnez --devices, --hours et --device.",
    )


def accelerator(name: str) -> tuple[str, float]:
    """The name and the declared power (watts) of an accelerator; ``BadInput`` lists them."""
    known: dict[str, float] = published()["accelerators"]
    for one, watts in known.items():
        if re.search(rf"\b{plain(one).replace(' ', ' ?')}s?\b", plain(name)):
            return one, float(watts)
    raise BadInput(
        f"footprint does not know the accelerator '{name}'. It knows: {', '.join(known)}. For another one give --watts.",
        f"footprint ne connaît pas l’accélérateur « {name} ». Il connaît : {', '.join(known)}. Pour un autre, donnez --watts.",
    )
