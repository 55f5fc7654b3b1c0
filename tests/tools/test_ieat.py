"""The image association test: its statistic on vectors made by hand, its versions of a drawing, its words."""

from __future__ import annotations

import re

import numpy as np
import pytest

from tools.errors import BadInput
from tools.vision.ieat import ieat
from tools.vision.images_association.measure import Scored, drawn, holm, score, thumbnail, unit
from tools.vision.images_association.sets import TESTS
from tools.words.association import associations, effect_size


def _flat(*degrees: float) -> np.ndarray:
    """Unit vectors in the plane."""
    turn = np.radians(degrees)
    return np.stack([np.cos(turn), np.sin(turn)], axis=1)


def test_effect_size_and_exact_test_by_hand() -> None:
    # A at 0°, B at 90°: s = cos − sin. X at 0° and 10°: 1 and 0.811160; Y at 80° and 90°: −0.811160 and −1.
    # The gap of the means is 1.811160; the sample deviation of the four is √(4 × … / 3) = 1.05129; d = 1.7228.
    # Of the C(4, 2) = 6 splits only the real one gives as much: p = 1/6.
    found = score(_flat(0, 10), _flat(80, 90), _flat(0), _flat(90), np.random.default_rng(0))
    s = np.array([1, np.cos(np.radians(10)) - np.sin(np.radians(10))])
    assert found.x == pytest.approx(s)
    assert found.d == pytest.approx((2 * s.mean()) / np.std([*s, *-s], ddof=1), abs=1e-8)
    assert (found.splits.at_least, found.splits.tried, found.splits.exact) == (1, 6, True)


def test_the_same_statistic_as_the_word_test() -> None:
    rng = np.random.default_rng(3)
    x, y, a, b = (unit(rng.normal(size=(n, 20))) for n in (6, 6, 5, 7))
    found = score(x, y, a, b, np.random.default_rng(0))
    assert found.d == pytest.approx(effect_size(associations(x, a, b), associations(y, a, b)), abs=1e-8)
    assert found.low <= found.d <= found.high


def test_two_groups_with_the_same_drawings_differ_by_nothing() -> None:
    rng = np.random.default_rng(1)
    x, a, b = (unit(rng.normal(size=(5, 8))) for _ in range(3))
    assert score(x, x, a, b, np.random.default_rng(0)).d == 0.0


def test_a_planted_association_is_found_and_its_shuffle_is_not() -> None:
    rng = np.random.default_rng(7)
    near, far = rng.normal(size=(2, 30))
    x, a = (unit(near + rng.normal(size=(8, 30))) for _ in range(2))
    y, b = (unit(far + rng.normal(size=(8, 30))) for _ in range(2))
    planted = score(x, y, a, b, np.random.default_rng(0))
    assert planted.splits.p == 1 / 12_870  # C(16, 8) splits, the real one alone at the top
    assert planted.d > 1.5 and planted.low > 0
    mixed = np.concatenate([x[:4], y[:4]]), np.concatenate([x[4:], y[4:]])
    assert score(*mixed, a, b, np.random.default_rng(0)).splits.p > 0.05


def test_versions_keep_what_they_say() -> None:
    white, black = np.full((32, 32, 3), 255, np.uint8), np.zeros((32, 32, 3), np.uint8)
    for ground in (white, black):
        ground[8:24, 8:24] = (200, 30, 60)  # an opaque square looks the same on both grounds
    assert (drawn(white, black, "colour") == white).all()
    grey = drawn(white, black, "grey")
    assert grey[10, 10].tolist() == [84, 84, 84]  # .299 × 200 + .587 × 30 + .114 × 60 = 84.25
    outline = drawn(white, black, "silhouette")
    assert outline[10, 10].tolist() == [60, 60, 60] and outline[0, 0].tolist() == [255, 255, 255]
    assert thumbnail(white).shape == (16 * 16 * 3,) and thumbnail(np.full((32, 32, 3), 255, np.uint8)).sum() == 0


def test_holm() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx(
        [0.03, 0.06, 0.06]
    )  # 3 × .01, then 2 × .03, and .04 cannot be less


def test_sets_are_balanced_and_show_no_profession() -> None:
    for test in TESTS.values():
        assert len(test.x.codes) == len(test.y.codes) >= 8
        assert min(len(test.a.codes), len(test.b.codes)) >= 8
        for group in test.groups:
            assert len(set(group.codes)) == len(group.codes)
    gendered = {part for code in TESTS["gender-career"].x.codes for part in code.split("-")}
    assert not gendered & {"1F52C", "1F33E", "1F373", "1F393", "1F3A8", "1F4BB", "1F4BC", "1F527", "1F3EB"}  # trades


def test_a_test_that_does_not_exist() -> None:
    with pytest.raises(BadInput):
        ieat.run({"test": "race"})


@pytest.mark.real
def test_one_test_on_the_real_network() -> None:
    found, again = ieat.run({"test": "skin-weapon"}), ieat.run({"test": "skin-weapon"}, lang="fr")
    assert found.estimate("effect_size").value == again.estimate("effect_size").value
    # Lighter and darker people have the same outlines, so the outlines cannot tell them apart.
    assert abs(found.estimate("effect_size_silhouette").value or 0.0) < 0.01  # the rims differ by rounding
    assert found.table("versions").rows[0][6] == 48_620  # C(18, 9)
    assert found.table("published").rows[0][1:3] == ["Weapon-Race", 0.86]
    assert len(found.figures) == 2 and len(found.table("drawings").rows) == 18
    for text in (found.summary, found.how_to_read, found.limits):
        assert text.en and text.fr and not re.search(r"\d\.\d", text.fr.replace("10.1145/3442188.3445932", ""))


def test_scored_is_plain_data() -> None:
    found = score(_flat(0, 10), _flat(80, 90), _flat(0), _flat(90), np.random.default_rng(0))
    assert isinstance(found, Scored) and isinstance(found.d, float)
