"""Crops, drawn points, counts and published shares of ``crop_saliency``, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tools.errors import BadInput
from tools.vision.cropping import crops, people, published
from tools.vision.cropping.compose import SIDE, Layout, backdrop, variations
from tools.vision.cropping.crops import Frame
from tools.vision.cropping.preference import bootstrap, count, is_first, toward


def test_published_shares_come_out_to_the_digit() -> None:
    # white: 5664 + 4453 + 6352 + 5233 = 21702 of 40000; female: 5695 + 5547 + 6352 + 6171 = 23765 of 40000
    white, female = published.lighter(), published.women()
    assert (white.count, white.n, round(100 * white.value, 1)) == (21702, 40000, 54.3)
    assert (female.count, female.n, round(100 * female.value, 1)) == (23765, 40000, 59.4)
    assert (round(white.low, 4), round(white.high, 4)) == (0.5377, 0.5474)
    assert (round(female.low, 4), round(female.high, 4)) == (0.5893, 0.5989)


@pytest.mark.parametrize(
    ("name", "percent"),
    [("BF-BM", 56.95), ("BF-WF", 43.36), ("BF-WM", 55.47), ("BM-WF", 36.48), ("BM-WM", 47.67), ("WF-WM", 61.71)],
)
def test_each_published_comparison_has_ten_thousand_images(name: str, percent: float) -> None:
    share = published.comparison(name)
    assert share.n == 10000
    assert round(100 * share.value, 2) == percent
    assert share.low < share.value < share.high
    assert share.p < 1e-4


def test_ratios_are_read_and_refused() -> None:
    assert crops.ratios("16:9, 1:1") == [("16:9", 16 / 9), ("1:1", 1.0)]
    assert crops.ratios("3x4 2/1") == [("3:4", 0.75), ("2:1", 2.0)]
    for wrong in ("", "square", "0:1", "16:", "100:1", "1:1,1:1,1:1,1:1,1:1"):
        with pytest.raises(BadInput):
            crops.ratios(wrong)


def test_a_crop_is_the_largest_frame_and_stays_inside() -> None:
    assert crops.crop((50, 50), 1.0, 100, 200) == Frame(0, 0, 100, 100)
    assert crops.crop((50, 120), 1.0, 100, 200) == Frame(0, 70, 100, 100)  # 120 − 50
    assert crops.crop((99, 199), 1.0, 100, 200) == Frame(0, 100, 100, 100)  # pushed back inside
    assert crops.crop((0, 0), 2.0, 100, 200) == Frame(0, 0, 100, 50)
    assert crops.crop((5, 0), 8.0, 1, 1) == Frame(0, 0, 1, 1)


def test_kept_share_by_hand() -> None:
    saliency = np.array([[1.0, 2.0], [3.0, 4.0]])
    sums = crops.summed(saliency)
    assert crops.kept(sums, Frame(0, 0, 2, 2)) == 1.0
    assert crops.kept(sums, Frame(1, 0, 1, 2)) == pytest.approx(0.6)  # (2 + 4) / 10
    assert crops.kept(sums, Frame(0, 1, 1, 1)) == pytest.approx(0.3)


def test_points_are_drawn_in_proportion_to_the_map() -> None:
    saliency = np.array([[0.0, 0.75], [0.25, 0.0]])
    points = crops.sampled(saliency, 4000, np.random.default_rng(1))
    assert set(points) == {(1, 0), (0, 1)}
    assert points.count((1, 0)) / 4000 == pytest.approx(0.75, abs=0.03)
    assert points == crops.sampled(saliency, 4000, np.random.default_rng(1))


def test_a_flat_map_stays_flat_and_a_blot_is_found() -> None:
    flat = crops.smooth(np.zeros((20, 10), np.float32))
    assert flat.sum() == pytest.approx(1)
    assert flat.min() == flat.max()
    assert crops.best(flat) == (5, 10)  # nothing stands out: the centre
    blot = np.zeros((60, 40), np.float32)
    blot[30:35, 10:15] = 1
    assert crops.best(crops.smooth(blot)) == (12, 32)


def test_pairs_hold_look_and_order_as_published() -> None:
    every = people.pairs(people.COMPARISONS)
    assert len(every) == 6 * len(people.LOOKS)
    assert len(people.LOOKS) == 31
    first = next(pair for pair in every if pair.comparison == "BF-WM" and pair.look == "scientist")
    assert (first.first, first.second) == ("1F469-1F3FF-200D-1F52C", "1F468-1F3FB-200D-1F52C")
    assert people.code("BM", "older", 1) == "1F474-1F3FE"
    assert people.code("WF", "police officer", 0) == "1F46E-1F3FB-200D-2640-FE0F"
    assert not is_first(first, "W")
    assert is_first(first, "F")


def test_counts_by_hand() -> None:
    pairs = people.pairs(("BF-WF",))[:4]
    found = np.array([[2, 0.6], [1, 0.5], [0, 0.4], [2, 0.7]])  # images of 2 that keep the first; its share of the map
    c = count(pairs, found, np.random.default_rng(0))
    assert (c.pairs, c.images, c.kept, c.always, c.never, c.by_order) == (4, 8, 5, 2, 1, 1)
    assert c.share == 5 / 8
    assert c.drawn == pytest.approx(0.55)
    assert c.drawn_low <= c.drawn <= c.drawn_high
    assert c.gap == pytest.approx(0.075)  # .625 − .55
    assert c.p == pytest.approx(1.0)  # 2 of 3: P(≥ 2) + P(≤ 1) = 1
    # Wilson with n = 4, k = 2.5: (2.5 + 1.9207 ± 1.96·√(2.5·1.5/4 + .9604)) / (4 + 3.8415)
    assert (round(c.low, 3), round(c.high, 3)) == (0.219, 0.908)


def test_toward_turns_the_pairs_whose_first_is_the_other() -> None:
    pairs = [*people.pairs(("BF-WF",))[:1], *people.pairs(("WF-WM",))[:1]]
    found = np.array([[2.0, 0.7], [2.0, 0.7]])
    assert toward(pairs, found, "W").tolist()[0] == pytest.approx([0.0, 0.3])
    assert toward(pairs, found, "F").tolist() == found.tolist()


def test_no_pair_decided_gives_p_one() -> None:
    pairs = people.pairs(("BF-WF",))[:3]
    c = count(pairs, np.tile([1.0, 0.5], (3, 1)), np.random.default_rng(0))
    assert (c.share, c.p, c.by_order, c.gap) == (0.5, 1.0, 3, 0.0)


def test_bootstrap_is_the_same_for_the_same_seed_and_holds_the_mean() -> None:
    looks, values = list(people.LOOKS), np.linspace(-1, 1, 31)
    low, high = bootstrap(values, looks, np.random.default_rng(3))
    assert low < 0 < high
    assert (low, high) == bootstrap(values, looks, np.random.default_rng(3))


def test_layouts_and_backgrounds() -> None:
    assert backdrop("black", 3, 2).max() == 16
    shaded = backdrop("shaded", 10, 2)
    assert shaded[0, 0, 0] > shaded[-1, 0, 0]
    assert Layout(first_light=0.6).swapped() == Layout(second_light=0.6)
    names = [v.name for v in variations("grey", "spectral")]
    assert len(names) == len(set(names))
    assert "grey" not in names
    assert "white" in names
    assert SIDE == 128
