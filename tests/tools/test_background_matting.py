"""background_matting on the real model: what holds for the built-in portraits, both languages, refusals."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from tools.errors import BadInput, Stopped
from tools.finding import Finding
from tools.vision.background_matting import background_matting

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def astronaut() -> Finding:
    return background_matting.run({"takes": 2})


def value(finding: Finding, name: str) -> float:
    found = finding.estimate(name).value
    assert found is not None
    return found


def test_darkening_alone_does_not_lose_the_head(astronaut: Finding) -> None:
    assert value(astronaut, "head_kept") > 0.95
    assert value(astronaut, "change_darkened") > -0.1


def test_something_does_break_it(astronaut: Finding) -> None:
    assert value(astronaut, "change_worst") < -0.5


def test_hand_mask_and_model_agree(astronaut: Finding) -> None:
    assert value(astronaut, "iou") > 0.9


def test_shares_are_shares_and_noise_or_contrast_leads(astronaut: Finding) -> None:
    found = {e.name: e for e in astronaut.estimates if e.name.startswith("share_")}
    assert len(found) == 6 and sum(e.value or 0 for e in found.values()) <= 1
    assert max(found, key=lambda name: found[name].value or 0) in ("share_noise", "share_contrast")
    for estimate in found.values():
        assert (estimate.low or 0) <= (estimate.value or 0) <= (estimate.high or 0)


def test_drawn_people_have_twelve_drawings_and_an_interval(astronaut: Finding) -> None:
    gap = astronaut.estimate("drawn_skin_only")
    assert gap.n == 12 and gap.p is not None and gap.low is not None and gap.high is not None
    assert gap.low < value(astronaut, "drawn_skin_only") < gap.high


def test_figures_tables_and_texts_in_both_languages(astronaut: Finding) -> None:
    assert [f.name for f in astronaut.figures] == ["views", "changes", "shares", "tones"]
    for text in (astronaut.summary, astronaut.how_to_read, astronaut.limits, *(f.alt for f in astronaut.figures)):
        assert len(text.en) > 100 and len(text.fr) > 100
        assert not re.search(r"\d\.\d", text.fr.replace("CC BY 2.0", "")), text.fr
        assert not re.search(r"\S [;:!?»%]", text.fr), text.fr
    assert "simulation" in astronaut.figures[0].alt.en and "Zoom" in astronaut.limits.en
    for table in astronaut.tables:
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_same_seed_same_finding(astronaut: Finding) -> None:
    from tools.specimens.vision import load_segmenter
    from tools.vision.matting.measure import measure
    from tools.vision.matting.reference import reference
    from tools.vision.matting.scenes import Studio
    from tools.vision.pictures import read

    segmenter = load_segmenter()
    studio = Studio(reference(read("astronaut"), segmenter))
    again = measure(studio, segmenter, 2, np.random.default_rng(0), lambda *_: None)
    assert again.repeated["worst"].change[0] == pytest.approx(value(astronaut, "change_worst"))
    assert again.dark_head[0] == pytest.approx(value(astronaut, "dark_head"))


def test_a_picture_without_a_face_is_refused() -> None:
    with pytest.raises(BadInput, match="portrait"):
        background_matting.run({"image": "coffee"})


def test_a_picture_of_the_user_is_measured_against_the_model_itself(tmp_path: Path) -> None:
    from PIL import Image

    from tools.specimens.vision import load_segmenter
    from tools.vision.matting.reference import reference
    from tools.vision.pictures import read

    file = tmp_path / "me.png"
    Image.fromarray(read("hopper").pixels).save(file)
    found = reference(read(str(file)), load_segmenter())
    assert not found.by_hand and 0.1 < found.head.mean() < 0.5
    by_hand = reference(read("hopper"), load_segmenter())
    assert (found.head & by_hand.head).sum() / by_hand.head.sum() > 0.8


def test_too_few_takes_are_refused() -> None:
    with pytest.raises(BadInput):
        background_matting.run({"takes": 1})


def test_stop_is_heard() -> None:
    import threading

    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        background_matting.run({}, stop=stop)
