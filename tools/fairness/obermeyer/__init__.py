"""The label that is the bias: an algorithm meant for need that learns cost (Obermeyer et al. 2019), simulated."""

from __future__ import annotations

import hashlib
import inspect
from typing import TYPE_CHECKING, Any

from tools.finding import Specimen, both
from tools.numbers import percent

if TYPE_CHECKING:
    from tools.tool import Run


def obermeyer(run: Run, recipe: str = "") -> dict[str, Any]:
    """The parts of a finding on invented hospitals.

    Args:
        run: progress, Stop, language and seed.
        recipe: changes to the parameters, "less=0, percentile=95" (see ``recipe.Recipe``).

    Errors: ``BadInput`` for a parameter that does not exist or a value out of its bounds.
    """
    from tools.fairness.obermeyer import figure, reading, tables, text, world
    from tools.fairness.obermeyer import recipe as recipes

    made = recipes.parse(recipe)

    def step(done: int, share: float) -> None:
        run.progress(
            f"Invented hospitals: {percent(share, 'en')} of the places to Black patients, by cost, in the last one",
            f"Hôpitaux inventés : {percent(share, 'fr')} des places à des patients noirs, selon le coût, dans le dernier",
            done,
            made.worlds,
        )

    m = world.measure(made, run.seed, step)
    code = "".join(inspect.getsource(module) for module in (recipes, world))
    return {
        "question": text.QUESTION,
        "specimen": Specimen(
            name="an invented hospital (simulation)", source="drawn by fairness_audit", revision="1",
            sha256=hashlib.sha256(code.encode()).hexdigest(),
        ),
        "estimates": tables.estimates(m, made),
        "tables": [tables.study_table(m), tables.places_table(m, made), tables.recipe_table(made)],
        "figures": [figure.shares(m, made, run.seed, run.lang), figure.risk(m, made, run.seed, run.lang)],
        "summary": both(text.summary, m, made),
        "how_to_read": both(reading.how_to_read, m, made),
        "limits": both(reading.limits, m, made),
        "references": ["obermeyer2019"],
    }  # fmt: skip
