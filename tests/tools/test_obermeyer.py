"""The invented hospital: its recipe against the published means, enrolment and swaps by hand, the words."""

from __future__ import annotations

import re
import threading
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tools.errors import BadInput, Stopped
from tools.fairness.obermeyer import obermeyer, tables
from tools.fairness.obermeyer.recipe import NAMES, Recipe, parse
from tools.fairness.obermeyer.world import draw, enrolled, features, measure, one_world, risk, swaps
from tools.finding import Finding, Lang
from tools.tool import Run


def a_run(lang: Lang = "en", seed: int = 0, seconds: float = 60) -> Run:
    """A run outside any tool."""
    tool: Any = SimpleNamespace(name="fairness_audit", version="1", seconds=seconds)
    return Run(tool, {}, seed, lang)


def test_slopes_follow_from_the_published_means() -> None:
    recipe = Recipe()
    # 8442 + 1801 − 7540 = 2703 dollars for 1.9 − 1.2 = 0.7 illnesses: 3861.43 each; 7540 − 1.2 · 3861.43 = 2906.29
    assert recipe.per_illness == pytest.approx(2703 / 0.7)
    assert recipe.without_illness == pytest.approx(7540 - 1.2 * 2703 / 0.7)
    assert recipe.spent == pytest.approx(8442 / 10243)
    # a White patient with 1.9 illnesses costs 2906.29 + 1.9 · 3861.43 = 10243, and 82.4 % of it is 8442
    assert (recipe.without_illness + 1.9 * recipe.per_illness) * recipe.spent == pytest.approx(8442)


def test_drawn_means_are_the_published_ones() -> None:
    real, equal = draw(Recipe(white=150_000, black=150_000), np.random.default_rng(1))
    for group, illnesses, cost in ((~real.black, 1.20, 7540), (real.black, 1.90, 8442)):
        assert real.illnesses[group].mean() == pytest.approx(illnesses, rel=0.02)
        assert real.cost[group].mean() == pytest.approx(cost, rel=0.02)
    assert equal.cost[real.black].mean() == pytest.approx(10_243, rel=0.02)
    assert np.array_equal(equal.cost[~real.black], real.cost[~real.black])


def test_enrolment_takes_the_top_and_at_least_one() -> None:
    score = np.array([1.0, 5.0, 3.0, 5.0, 2.0])
    assert enrolled(score, 60).tolist() == [False, True, False, True, False]  # 40 % of 5
    assert enrolled(score, 80).tolist() == [False, True, False, False, False]  # the first of two equal scores
    assert enrolled(score, 99).sum() == 1
    assert enrolled(np.arange(100.0), 97).sum() == 3


def test_swaps_by_hand() -> None:
    black = np.array([0, 0, 0, 1, 1, 1], dtype=bool)
    chosen = np.array([1, 1, 1, 0, 0, 0], dtype=bool)
    # enrolled White patients have 1, 4, 2 illnesses, Black ones left out 3, 5, 1: 5 for 1, 3 for 2, then 1 is not above 4
    assert swaps(black, np.array([1, 4, 2, 3, 5, 1]), chosen) == 2
    assert swaps(black, np.array([2, 2, 2, 2, 2, 2]), chosen) == 0
    assert swaps(np.zeros(6, dtype=bool), np.array([1, 4, 2, 3, 5, 1]), chosen) == 0


def test_risk_is_least_squares() -> None:
    rng = np.random.default_rng(0)
    seen = features(rng.poisson(1.0, 400), rng.lognormal(8, 1, 400))
    label = seen @ np.arange(1.0, 7.0)
    every = np.arange(400)
    assert risk(seen, label, every[:200], every[200:]) == pytest.approx(label[200:])


def test_direction_and_rough_size_of_the_study() -> None:
    m = measure(Recipe(), 0)
    cost, ill, swap = (m.middle(f"share_{name}") for name in ("cost", "illness", "swap"))
    assert cost[0] == pytest.approx(0.141, abs=0.04)  # published 14.1 %
    assert ill[0] == pytest.approx(0.267, abs=0.04)  # published 26.7 %
    assert cost[2] < ill[1]  # no hospital of the middle 95 % where the labels agree
    assert swap[0] > 0.465 - 0.05  # published 46.5 %; the simulation exaggerates
    assert m.middle("costs_cost")[0] == pytest.approx(0.165, abs=0.02)  # Table 2
    assert m.middle("illnesses_cost")[0] == pytest.approx(0.105, abs=0.02)
    assert m.middle("costs_illness")[0] == pytest.approx(0.121, abs=0.02)
    assert cost[0] < m.middle("share_equal")[0] < ill[0]  # unequal spending is a part of the distance
    assert m.middle("near_black")[0] > m.middle("near_white")[0] + 1
    assert np.nanmedian(m.by_risk[:, 1, -1]) > np.nanmedian(m.by_risk[:, 0, -1])


def test_race_is_not_seen() -> None:
    recipe = Recipe(white=1000, black=1000, black_illnesses=1.21, less=0, white_cost=8400)
    found, _ = one_world(recipe, np.random.default_rng(0))
    assert 0.2 < found["share_cost"] < 0.8  # without differences, near half of the places


def test_same_seed_same_numbers() -> None:
    small = Recipe(worlds=5, white=4000, black=800)
    one, two, other = measure(small, 3), measure(small, 3), measure(small, 4)
    assert np.array_equal(one.values["share_cost"], two.values["share_cost"])
    assert not np.array_equal(one.values["share_cost"], other.values["share_cost"])


def test_recipe_is_read() -> None:
    recipe = parse("less = $1,000, percentile=95%; white=20\u202f000\nDispersion=0.5")
    assert (recipe.less, recipe.percentile, recipe.white, recipe.dispersion) == (1000.0, 95.0, 20_000, 0.5)
    assert parse("") == parse(" , ;") == Recipe()


@pytest.mark.parametrize(
    "text",
    ["cheese=3", "less", "less=", "less=much", "percentile=100", "worlds=1", "white=1e9", "black_illnesses=1.2", "less=-9000"],
)  # fmt: skip
def test_bad_recipes_are_refused(text: str) -> None:
    with pytest.raises(BadInput) as found:
        parse(text)
    assert found.value.message.en and found.value.message.fr


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(
    "recipe", ["worlds=6, white=6000, black=900", "less=0, percentile=90, worlds=5, white=3000, black=600"]
)
def test_finding_in_both_languages(lang: Lang, recipe: str) -> None:
    finding = Finding(tool="t", version="1", arguments={}, seed=0, **obermeyer(a_run(lang), recipe))
    assert "imulation" in finding.summary.get(lang) and len(finding.figures) == 2
    for text in (finding.summary, finding.how_to_read, finding.limits, *(figure.alt for figure in finding.figures)):
        assert text.en and text.fr and not re.search(r"\d\.\d", text.fr)
    shown = [row[0] for row in finding.table("recipe").rows]
    assert shown == list(NAMES) == list(tables.MEANINGS)
    assert all(len(row) == len(table.columns) for table in finding.tables for row in table.rows)
    changed = [row[0] for row in finding.table("recipe").rows if row[3] == tables.SOURCES[None]]
    assert "worlds" in changed
    assert finding.estimate("share_cost").baseline == pytest.approx(parse(recipe).share_black)


def test_stop_is_heard() -> None:
    run = a_run()
    run.stop = threading.Event()
    run.stop.set()
    with pytest.raises(Stopped):
        obermeyer(run, "worlds=5")
