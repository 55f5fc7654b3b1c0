"""The parameters of the invented hospital: which are published, which were chosen, and how a reader changes them."""

from __future__ import annotations

import math
import re
from dataclasses import asdict, dataclass, fields

from tools.errors import BadInput
from tools.numbers import NARROW, plain


@dataclass(frozen=True)
class Recipe:
    """One invented hospital.

    Published (Obermeyer et al. 2019, Table 1 and text): numbers of patients, mean active chronic illnesses, mean
    yearly cost in US dollars, and how much less is spent on Black patients with the same illnesses. The rest is
    chosen here (see ``tables.CHOSEN``): ``dispersion`` is the shape of the gamma law of a patient's frailty;
    ``lasting`` and ``yearly`` are standard deviations of log cost (of the patient, of the year); ``recorded`` is the
    share of last year's illnesses that the claims show; ``percentile`` is where enrolment begins.
    """

    white: int = 43_539
    black: int = 6_079
    white_illnesses: float = 1.20
    black_illnesses: float = 1.90
    white_cost: float = 7_540.0
    black_cost: float = 8_442.0
    less: float = 1_801.0
    percentile: float = 97.0
    dispersion: float = 0.60
    lasting: float = 0.75
    yearly: float = 0.35
    recorded: float = 0.83
    worlds: int = 40

    @property
    def per_illness(self) -> float:
        """What one more illness costs a White patient a year, in dollars: the slope that the published means leave."""
        return (self.black_cost + self.less - self.white_cost) / (self.black_illnesses - self.white_illnesses)

    @property
    def without_illness(self) -> float:
        """What a White patient without illness costs a year, in dollars."""
        return self.white_cost - self.per_illness * self.white_illnesses

    @property
    def spent(self) -> float:
        """Spending on a Black patient over spending on a White one with the same illnesses."""
        return self.black_cost / (self.black_cost + self.less)

    @property
    def share_black(self) -> float:
        """Share of Black patients in the population."""
        return self.black / (self.white + self.black)


NAMES = tuple(field.name for field in fields(Recipe))
BOUNDS: dict[str, tuple[float, float]] = {
    "white": (500, 200_000),
    "black": (500, 200_000),
    "white_illnesses": (0.05, 20),
    "black_illnesses": (0.05, 20),
    "white_cost": (100, 1e6),
    "black_cost": (100, 1e6),
    "less": (-1e5, 1e5),
    "percentile": (50, 99.5),
    "dispersion": (0.1, 20),
    "lasting": (0, 2),
    "yearly": (0.01, 2),
    "recorded": (0.05, 1),
    "worlds": (5, 200),
}
WHOLE = ("white", "black", "worlds")


def parse(text: str) -> Recipe:
    """The recipe with the changes written as "less=0, percentile=95"; ``BadInput`` says which name or value is wrong."""
    values = asdict(Recipe())
    for piece in re.split(r"[;,\n](?!\d{3}(?!\d))", text):
        if not piece.strip():
            continue
        name, sign, written = (part.strip() for part in piece.partition("="))
        name = name.casefold().replace(" ", "_").replace("-", "_")
        if name not in NAMES or not sign:
            known = ", ".join(NAMES)
            raise BadInput(
                f"'{piece.strip()}' is not a parameter of the simulation. Write name=value; the names are {known}.",
                f"« {piece.strip()} » n’est pas un paramètre de la simulation. Écrivez nom=valeur ; les noms sont {known}.",
            )
        values[name] = _number(name, written)
    recipe = Recipe(**values)
    _possible(recipe)
    return recipe


def _number(name: str, written: str) -> float:
    low, high = BOUNDS[name]
    digits = re.sub(rf"[ \u00a0{NARROW}$%]|(?<=\d),(?=\d{{3}}(?!\d))", "", written)
    try:
        value = float(digits)
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        raise BadInput(
            f"{name}={written}: give a number from {plain(low, 'en')} to {plain(high, 'en')}.",
            f"{name}={written} : donnez un nombre de {plain(low, 'fr')} à {plain(high, 'fr')}.",
        )
    return round(value) if name in WHOLE else value


def _possible(recipe: Recipe) -> None:
    """Refuses means that no positive cost per illness can produce."""
    if abs(recipe.black_illnesses - recipe.white_illnesses) < 0.01:
        raise BadInput(
            "The two groups have the same mean number of illnesses, so the cost of one illness cannot be found from the "
            "mean costs. Let white_illnesses and black_illnesses differ.",
            "Les deux groupes ont le même nombre moyen de maladies : le coût d’une maladie ne peut pas se déduire des "
            "coûts moyens. Donnez des valeurs différentes à white_illnesses et black_illnesses.",
        )
    if recipe.per_illness <= 0 or recipe.without_illness <= 0 or recipe.black_cost + recipe.less <= 0:
        raise BadInput(
            "With these means an illness, or a patient without one, would cost less than nothing. "
            "Change white_cost, black_cost, less or the numbers of illnesses.",
            "Avec ces moyennes, une maladie, ou un patient sans maladie, coûterait moins que rien. "
            "Changez white_cost, black_cost, less ou les nombres de maladies.",
        )
