"""The parts of background_matting: light, the split of variance, scenes, the search, known values with their arithmetic."""

from __future__ import annotations

import numpy as np
import pytest

from tools.vision.matting.drawn import DRAWINGS, code, sign_flip
from tools.vision.matting.factors import BOUNDS, FACTORIAL, SINGLE
from tools.vision.matting.light import coloured, decode, encode, luminance
from tools.vision.matting.measure import scenes, score
from tools.vision.matting.reference import Reference, filled, outlines
from tools.vision.matting.scenes import Scene, Shot, Studio
from tools.vision.matting.search import search, severity
from tools.vision.matting.text import level, points, signed
from tools.vision.matting.variance import mean_interval, shares, split


def square() -> Studio:
    """A grey person (40 wide, 60 high) with a bright head of 20 × 20 on black."""
    pixels = np.zeros((100, 80, 3), np.uint8)
    head, person = np.zeros((100, 80), bool), np.zeros((100, 80), bool)
    head[20:40, 30:50] = True
    person[40:100, 20:60] = True
    person |= head
    pixels[person], pixels[head] = 100, 200
    return Studio(Reference(pixels, head, person, True))


GRAIN = np.zeros((100, 80, 3), np.float32)


def test_light_and_back_is_within_a_third_of_a_step() -> None:
    every = np.arange(256, dtype=np.uint8)
    assert np.abs(encode(decode(every)) - every).max() < 0.34


def test_a_stop_up_and_a_stop_down_is_nothing() -> None:
    assert decode(np.array([188], np.uint8))[0] == pytest.approx(0.5029, abs=1e-3)  # ((188/255+.055)/1.055)^2.4
    assert encode(decode(np.array([188], np.uint8)) / np.float32(2))[0] == pytest.approx(137.4, abs=0.5)


def test_a_coloured_wall_has_the_luminance_asked_for_whatever_its_hue() -> None:
    for hue in (0, 60, 120, 180, 240, 300):
        for target in (0.01, 0.2, 0.9):
            assert luminance(coloured(hue, 0.65, target)) == pytest.approx(target, abs=1e-4)


def test_split_of_an_additive_grid() -> None:
    # y = a + 3 b with a, b in {0, 1}: Var a = 1/4, Var 3b = 9/4, all 10/4; no interaction, so alone = total
    grid = np.array([[0.0, 3.0], [1.0, 4.0]])
    alone, total, whole = split(grid)
    assert alone == pytest.approx([0.25, 2.25]) and total == pytest.approx([0.25, 2.25]) and whole == 2.5


def test_split_of_a_pure_interaction() -> None:
    # y = 1 where a equals b: every mean over the other factor is 1/2, so nothing alone; with interactions, everything
    alone, total, whole = split(np.eye(2))
    assert alone == pytest.approx([0, 0]) and total == pytest.approx([0.25, 0.25]) and whole == 0.25


def test_shares_of_takes_that_agree_have_no_width() -> None:
    takes = np.stack([np.array([[0.0, 3.0], [1.0, 4.0]])] * 3)
    found = shares(takes, np.random.default_rng(0))
    assert found is not None
    assert [s.alone for s in found] == pytest.approx([0.1, 0.9])  # 0.25 / 2.5 and 2.25 / 2.5
    assert all(s.low == pytest.approx(s.high) for s in found)


def test_nothing_varies_nothing_is_explained() -> None:
    assert shares(np.ones((3, 2, 2)), np.random.default_rng(0)) is None


def test_mean_interval_holds_the_mean() -> None:
    value, low, high = mean_interval(np.array([0.0, 1.0, 0.0, 1.0]), np.random.default_rng(0))
    assert value == 0.5 and low <= 0.5 <= high


def test_sign_flip_counts_patterns() -> None:
    # three differences of one sign: of 8 patterns only +++ and −−− are as far from 0 as what was seen: 2/8
    assert sign_flip(np.array([1.0, 2.0, 3.0])) == 0.25
    assert sign_flip(np.zeros(3)) == 1


def test_score_of_a_mask_drawn_by_hand() -> None:
    head, person = np.zeros((4, 4), bool), np.zeros((4, 4), bool)
    head[0], person[:3] = True, True  # a head of 4 pixels, a person of 12
    mask = np.zeros((4, 4), np.float32)
    mask[0, :2], mask[1:4] = 0.5, 0.9  # half of the head; 2 + 8 of the person; 4 outside
    found = score(mask, Shot(np.zeros((4, 4, 3), np.uint8), head, person))
    assert found.head == 0.5 and found.iou == pytest.approx(10 / 16)


def test_an_unchanged_scene_is_the_picture() -> None:
    studio = square()
    shot = studio.take(Scene(), GRAIN)
    assert np.abs(shot.pixels.astype(int) - studio.reference.pixels).max() == 0
    assert (shot.head == studio.reference.head).all()


def test_a_darker_head_leaves_the_body_alone() -> None:
    studio = square()
    shot = studio.take(Scene(head_light=-2), GRAIN)
    assert (shot.pixels[60:90, 30:50] == 100).all()
    assert shot.pixels[30, 40, 0] == pytest.approx(106, abs=1)  # decode(200) / 4 = .1444, encoded 106


def test_a_wall_replaces_only_the_backdrop() -> None:
    shot = square().take(Scene(wall=0.2), GRAIN)
    assert abs(int(shot.pixels[5, 5, 0]) - 124) <= 1  # encode(.2) = 123.6
    assert shot.pixels[30, 40, 0] == 200


def test_cover_hides_that_share_of_the_head() -> None:
    studio = square()
    shot = studio.take(Scene(cover=0.5), GRAIN)
    assert shot.head.sum() == pytest.approx(0.5 * studio.reference.head.sum(), rel=0.1)


def test_enlarging_keeps_the_top_of_the_head_in_place() -> None:
    shot = square().take(Scene(size=1.5), GRAIN)
    assert abs(int(np.flatnonzero(shot.head.any(axis=1))[0]) - 20) <= 2


def test_noise_comes_after_contrast() -> None:
    grain = np.ones((100, 80, 3), np.float32)
    flat = square().take(Scene(contrast=0.0, noise=10), grain).pixels
    assert (flat == 128).all()  # 118 + 10 × 1


def test_the_search_finds_the_one_change_that_matters() -> None:
    # the head is lost when there is noise above 20, whatever else happens
    found, tried, lost = search(
        lambda scene: 0.0 if scene.noise > 20 else 1.0, np.random.default_rng(0), lambda *_: None
    )
    assert found.noise > 20 and severity(found) == pytest.approx(found.noise / 60)
    assert 0 < lost < tried


def test_the_search_says_so_when_nothing_breaks() -> None:
    assert search(lambda _: 1.0, np.random.default_rng(0), lambda *_: None)[2] == 0


def test_every_factor_has_a_neutral_level_inside_its_bounds() -> None:
    for low, high, neutral in BOUNDS.values():
        assert low <= neutral <= high
    assert set(FACTORIAL) - {"exposure"} <= set(SINGLE)
    assert len(scenes(30.0)) == 144


def test_outlines_lie_inside_their_pictures_and_heads_above_bodies() -> None:
    for drawn in outlines()["pictures"].values():
        width, height = drawn["size"]
        for part in ("head", "body"):
            x, y = np.array(drawn[part]).T
            assert x.min() >= 0 and y.min() >= 0 and x.max() <= width and y.max() <= height
        assert np.array(drawn["head"])[:, 1].mean() < np.array(drawn["body"])[:, 1].mean()


def test_filled_square() -> None:
    mask = filled([[0, 0], [10, 0], [10, 10], [0, 10]], (20, 20), (20, 20))
    assert 100 <= mask.sum() <= 121  # the outline itself counts


def test_codes_of_drawings() -> None:
    assert code(("1F469", "2695-FE0F"), "1F3FD") == "1F469-1F3FD-200D-2695-FE0F"
    assert code(("1F9D1", ""), "") == "1F9D1"
    assert len(DRAWINGS) == 12


def test_levels_and_differences_in_french() -> None:
    assert level("exposure", -1.5, "fr") == "−1,5 IL" and level("exposure", 1, "en") == "+1 stop"
    assert signed(0, "en") == "0" and points((0.25, 0.08, 0.44), "fr") == "+25 points (+8 à +44)"
