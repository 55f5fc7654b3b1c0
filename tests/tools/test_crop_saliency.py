"""``crop_saliency`` on the drawn people and on the built-in pictures."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tools.errors import BadInput
from tools.finding import Finding, Text
from tools.vision.crop_saliency import crop_saliency


@pytest.fixture(scope="module")
def skin() -> Finding:
    return crop_saliency.run({"pairs": "skin"})


@pytest.fixture(scope="module")
def astronaut() -> Finding:
    return crop_saliency.run({"image": "astronaut"}, lang="fr")


def test_wrong_arguments_are_refused() -> None:
    for wrong in ({"ratio": "wide"}, {"saliency": "twitter"}, {"pairs": "age"}, {"background": "red"}):
        with pytest.raises(BadInput):
            crop_saliency.run(wrong)


def test_a_picture_of_one_colour_is_refused(tmp_path: Path) -> None:
    Image.fromarray(np.full((60, 90, 3), 200, np.uint8)).save(tmp_path / "flat.png")
    with pytest.raises(BadInput, match="one colour"):
        crop_saliency.run({"image": str(tmp_path / "flat.png")})


@pytest.mark.real
def test_drawn_pairs_are_counted_beside_the_published_ones(skin: Finding) -> None:
    share = skin.estimate("share_lighter")
    assert share.n == 124  # 31 looks × 4 comparisons unlike in skin
    assert share.low is not None and share.value is not None and share.high is not None
    assert share.low < share.value < share.high
    rows = skin.table("pairs").rows
    assert len(rows) == 5
    for _, pairs, images, kept, value, *_ in rows:
        assert images == 2 * int(str(pairs))
        assert value == round(int(str(kept)) / int(str(images)), 4)
    published = skin.table("published").rows
    assert [row[3] for row in published] == [56.95, 43.36, 55.47, 36.48, 47.67, 61.71, 54.25, 59.41]
    assert skin.estimate("published_lighter").value == pytest.approx(0.54255)


@pytest.mark.real
def test_the_best_point_exaggerates_what_the_map_says(skin: Finding) -> None:
    share, drawn, gap = (skin.estimate(f"{name}_lighter") for name in ("share", "drawn", "gap"))
    assert gap.value == pytest.approx((share.value or 0) - (drawn.value or 0))
    assert abs((share.value or 0) - 0.5) > abs((drawn.value or 0) - 0.5)
    assert gap.low is not None and gap.low > 0


@pytest.mark.real
def test_background_and_hair_move_the_share(skin: Finding) -> None:
    shares = {row[0].en: row[5] for row in skin.table("variations").rows if isinstance(row[0], Text)}
    assert float(str(shares["black background"])) > float(str(shares["as it is"]))
    assert float(str(shares["next skin tones, blond against brown hair"])) < 0.5


@pytest.mark.real
def test_the_crop_of_the_astronaut_loses_the_face(astronaut: Finding) -> None:
    assert astronaut.estimate("faces_kept").value == 0
    assert astronaut.estimate("faces_kept").baseline == 1
    assert 0 < (astronaut.estimate("faces_drawn").value or 0) < 1
    assert (astronaut.estimate("kept_best").value or 0) > (astronaut.estimate("kept_best").baseline or 0)
    assert astronaut.table("published").rows


@pytest.mark.real
def test_same_seed_same_finding(astronaut: Finding) -> None:
    assert crop_saliency.run({"image": "astronaut"}, lang="fr").id == astronaut.id


@pytest.mark.real
@pytest.mark.parametrize("image", ["coffee", "cat"])
def test_a_picture_without_a_face_and_the_other_method(image: str) -> None:
    finding = crop_saliency.run({"image": image, "saliency": "fine", "ratio": "2:1"})
    assert len(finding.table("crops").rows) == 1
    assert finding.estimate("kept_centre").value is not None


@pytest.mark.real
def test_words_in_both_languages(skin: Finding, astronaut: Finding) -> None:
    for finding in (skin, astronaut):
        texts = [finding.summary, finding.how_to_read, finding.limits, *(figure.alt for figure in finding.figures)]
        for text in texts:
            assert len(text.en) > 80
            assert len(text.fr) > 80
            assert not re.search(r"\d\.\d", text.fr.replace("1.96", ""))
            assert "!" not in text.en + text.fr
        assert "Twitter" in finding.summary.en
        assert "Twitter" in finding.limits.fr
