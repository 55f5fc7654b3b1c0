"""The parts of ``face_hiring``: the invented world against its closed form, the changes pixel by pixel, the words."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from tools.errors import BadInput
from tools.vision.hiring import changes, face, text
from tools.vision.hiring.expected import above, expected_ratio, group_shift
from tools.vision.hiring.setting import SCORERS, Setting
from tools.vision.hiring.world import bootstrap, draw, gap, measure, one_world, ridge, selected

DEFAULT = Setting(bias=0.5, correlation=0.8, proxy=0.5, people=2000, share=0.2)


def test_ridge_by_hand() -> None:
    # x = −1, 0, 1 and y = 0, 1, 2: centred sum of squares 2, sum of products 2; with penalty 2, w = 2 / (2 + 2) = 0.5
    weights, intercept = ridge(np.array([[-1.0], [0.0], [1.0]]), np.array([0.0, 1.0, 2.0]), penalty=2.0)
    assert weights == pytest.approx([0.5]) and intercept == pytest.approx(1.0)


def test_ridge_equals_scikit_learn() -> None:
    from sklearn.linear_model import Ridge

    rng = np.random.default_rng(3)
    x, y = rng.standard_normal((60, 3)), rng.standard_normal(60)
    weights, intercept = ridge(x, y)
    other = Ridge(alpha=1.0).fit(x, y)
    assert weights == pytest.approx(other.coef_) and intercept == pytest.approx(other.intercept_)


def test_selection_takes_the_best_share_and_at_least_one() -> None:
    score = np.array([3.0, 1.0, 2.0, 2.0, 0.0])
    assert selected(score, 0.4).tolist() == [True, False, True, False, False]  # the first of two equal scores
    assert selected(score, 0.01).sum() == 1


def test_gap_is_the_difference_left_at_equal_score() -> None:
    score = np.array([0.0, 1.0, 2.0, 0.0, 1.0, 2.0])
    in_b = np.array([False] * 3 + [True] * 3)
    assert gap(2 * score + 0.7 * in_b, score, in_b) == pytest.approx(0.7)


def test_closed_form_by_hand() -> None:
    # No proxy: the weight of the face is −(0.5 / 2) · 0.8 = −0.2, so B lies 2 · 0.2 · 0.8 = 0.32 lower;
    # the answers have weight 1/2 and variance 2, the face keeps variance 1 − 0.64: 0.25 · 2 + 0.04 · 0.36 = 0.5144
    down, spread = group_shift(replace(DEFAULT, proxy=0.0), "full")
    assert down == pytest.approx(0.32) and spread == pytest.approx(math.sqrt(0.5144))
    assert group_shift(DEFAULT, "raters") == pytest.approx((0.5, math.sqrt(1.25)))
    # half selected: the threshold is in the middle, the rates are Φ(±0.25 / √1.25)
    rates = above(0, 0.25, math.sqrt(1.25)), above(0, -0.25, math.sqrt(1.25))
    assert expected_ratio(replace(DEFAULT, share=0.5), "raters") == pytest.approx(rates[1] / rates[0])


@pytest.mark.parametrize("name", ["answers_only", "fair_label"])
def test_nothing_to_learn_is_equal_rates(name: str) -> None:
    assert expected_ratio(DEFAULT, name) == pytest.approx(1.0)
    assert expected_ratio(replace(DEFAULT, bias=0.0), "full") == pytest.approx(1.0)


def test_simulation_agrees_with_the_closed_form() -> None:
    world = measure(DEFAULT, 60, seed=1)
    for name, found in world.items():
        error = found.ratios.std(ddof=1) / math.sqrt(len(found.ratios))
        assert abs(found.ratios.mean() - found.expected) < 4 * error + 0.01, name  # 0.01: mean of a quotient
    assert 0.45 < text.middle(world["full"].ratios)[0] < 0.57
    assert text.middle(world["full"].ratios)[0] < text.middle(world["no_face"].ratios)[0] < 0.9


def test_leaving_the_face_out_moves_weight_to_the_proxy() -> None:
    found = one_world(replace(DEFAULT, people=20_000), np.random.default_rng(0))
    # closed form: with the face −0.25 · 0.18 / 0.84 = −0.054, without it −0.25 · 0.5 = −0.125
    assert found["full"].weights["speech"] == pytest.approx(-0.054, abs=0.02)
    assert found["no_face"].weights["speech"] == pytest.approx(-0.125, abs=0.02)


def test_the_check_against_the_ratings_points_the_other_way() -> None:
    world = measure(DEFAULT, 10, seed=0)
    assert world["full"].skill_gaps.mean() > 0.2 > 0 > world["full"].rating_gaps.mean()
    assert abs(world["fair_label"].skill_gaps.mean()) < 0.05


def test_bootstrap_holds_the_ratio_and_narrows_with_people() -> None:
    widths = []
    for people in (400, 40_000):
        found = one_world(replace(DEFAULT, people=people), np.random.default_rng(2))["full"]
        low, high = bootstrap(found, people, np.random.default_rng(5))
        assert low < found.ratio < high
        widths.append(high - low)
    assert widths[1] < 0.3 * widths[0]  # 100 times the people: a tenth of the width


def test_worlds_are_the_same_for_the_same_seed_only() -> None:
    small = replace(DEFAULT, people=200)
    one, two, other = measure(small, 3, 7), measure(small, 3, 7), measure(small, 3, 8)
    assert np.array_equal(one["full"].ratios, two["full"].ratios) and one["full"].within == two["full"].within
    assert not np.array_equal(one["full"].ratios, other["full"].ratios)


def test_groups_have_the_same_skill_and_the_wanted_correlation() -> None:
    people = draw(replace(DEFAULT, people=20_000), np.random.default_rng(0))
    g = np.where(people.in_b, 1.0, -1.0)
    assert people.in_b.mean() == 0.5
    assert abs(people.skill[people.in_b].mean() - people.skill[~people.in_b].mean()) < 0.05
    assert np.corrcoef(people.seen["face"], g)[0, 1] == pytest.approx(0.8, abs=0.02)
    assert (people.skill - people.rating)[people.in_b].mean() == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("setting", [
    Setting(0, 0, 0, 100, 0.2), Setting(3, 0.95, 0.95, 100, 0.01), Setting(3, 0.95, 0.95, 100, 0.9),
    Setting(0.5, 0.8, 0, 400, 0.2), Setting(0.5, 0, 0, 400, 0.2), Setting(0.1, 0.3, 0.2, 400, 0.5),
])  # fmt: skip
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_world_can_be_told(setting: Setting, lang: str) -> None:
    world = measure(setting, 5, 0)
    told = text.summary(world, setting, 5, lang)  # type: ignore[arg-type]
    assert told.count(".") >= 3 and "nan" not in told.lower()


def scene() -> changes.Scene:
    rng = np.random.default_rng(0)
    pixels = rng.integers(40, 200, (120, 100, 3), dtype=np.uint8)
    pixels.setflags(write=False)  # as the built-in pictures are
    mask = np.zeros((120, 100), np.float32)
    mask[20:110, 20:80] = 1
    return changes.Scene(pixels, (25.0, 30.0, 50.0, 50.0), mask, ((40.0, 48.0), (60.0, 48.0)))


@pytest.mark.parametrize("change", [*changes.CHANGES, changes.REPEAT], ids=lambda c: c.name)
def test_a_change_is_the_same_each_time_and_leaves_the_original_alone(change: changes.Change) -> None:
    start = scene()
    before = start.pixels.copy()
    one, two = change.apply(start), change.apply(start)
    assert one.pixels.dtype == np.uint8 and one.pixels.shape == before.shape
    assert np.array_equal(one.pixels, two.pixels) and one.box == two.box
    assert np.array_equal(start.pixels, before)
    same = np.array_equal(one.pixels, before) and one.box == start.box
    assert same == (change.kind == "repeat")


def test_changes_by_hand() -> None:
    start = replace(scene(), pixels=np.full((120, 100, 3), 100, np.uint8))
    assert (changes.exposure(start, 1.4).pixels == 140).all() and (changes.exposure(start, 3).pixels == 255).all()
    assert changes.temperature(start, 0.15).pixels[0, 0].tolist() == [115, 100, 85]
    walled = changes.wall(start, (30, 30, 30)).pixels
    assert walled[0, 0].tolist() == [30] * 3 and walled[60, 50].tolist() == [100] * 3
    lit = changes.side_light(start, -1).pixels  # gain 1.25 left of the face, 0.55 right of it
    assert lit[0, 0, 0] == 125 and lit[0, 99, 0] == 55
    assert changes.framing(start, right=0.08).box == (29.0, 30.0, 50.0, 50.0)
    assert changes.framing(start, larger=1.2).box == pytest.approx((20.0, 25.0, 60.0, 60.0))
    assert (changes.tilt(start, 10).pixels == 100).all() and (changes.blur(start, 0.02).pixels == 100).all()
    drawn = changes.glasses(start, 0.1).pixels
    assert tuple(drawn[48, 50]) != (100, 100, 100)  # the bridge, near the middle between the eyes
    assert drawn[100, 50].tolist() == [100] * 3  # nothing under the face


def test_every_kind_has_changes_and_every_name_is_there_once() -> None:
    assert {c.kind for c in changes.CHANGES} == set(changes.KINDS)
    assert len({c.name for c in changes.CHANGES}) == len(changes.CHANGES)
    assert all(c.label.en and c.label.fr for c in changes.CHANGES)


def test_enthusiasm_by_hand() -> None:
    nothing = dict.fromkeys(face.EXPRESSIONS, 0.0)
    assert face.enthusiasm(nothing | {"neutral": 1.0}) == 50
    assert face.enthusiasm(nothing | {"happy": 1.0}) == 100
    assert face.enthusiasm(nothing | {"disgusted": 1.0}) == 0
    # 50 + 50 × (0.2 + 0.4 / 2 − 0.1) = 65
    assert face.enthusiasm(nothing | {"happy": 0.2, "surprised": 0.4, "sad": 0.1, "neutral": 0.3}) == pytest.approx(65)


@pytest.mark.parametrize("image", ["/home/me/face.jpg", "me.png", "C:\\me.jpg", "upload:42", "cat", "http://x/y.jpg"])
def test_no_picture_from_outside(image: str) -> None:
    with pytest.raises(BadInput) as refused:
        face.chosen(image)
    assert "scores nobody" in refused.value.message.en and "ne note personne" in refused.value.message.fr
    assert refused.value.exit_code == 2


def test_built_in_portraits_by_name() -> None:
    assert face.chosen(" Hopper ") == ("hopper",) and face.chosen("all") == face.PORTRAITS == face.chosen("")


def test_scorers_never_see_the_group() -> None:
    assert all(set(s.channels) <= {"answers", "speech", "face"} for s in SCORERS)
