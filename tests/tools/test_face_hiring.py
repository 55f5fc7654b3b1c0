"""``face_hiring`` as a person runs it: the parts, both languages, the refusal of pictures, the real face models."""

from __future__ import annotations

import json
import re
import threading

import pytest

from tools.errors import BadInput, Stopped
from tools.finding import Finding
from tools.vision.face_hiring import face_hiring

SMALL = {"part": "world", "people": 400, "worlds": 12}


def french_numbers_are_french(found: Finding) -> bool:
    texts = [found.summary.fr, *(figure.alt.fr for figure in found.figures)]
    return not any(re.search(r"\d\.\d", text) for text in texts)


def test_world_alone_needs_no_model() -> None:
    found = face_hiring.run(SMALL, seed=3)
    assert [figure.name for figure in found.figures] == ["selection", "calibration"]
    full, bare = found.estimate("ratio_full"), found.estimate("ratio_no_face")
    assert full.value is not None and bare.value is not None and full.value < bare.value
    assert full.baseline == 1 and full.n == 12 and full.low is not None and full.low <= full.value
    assert "simulated" in found.summary.en and "simulé" in found.summary.fr
    for part in (found.summary, found.how_to_read, found.limits):
        assert part.en and part.fr and part.en != part.fr
    assert french_numbers_are_french(found)
    assert all(len(row) == len(table.columns) for table in found.tables for row in table.rows)
    assert "HireVue" in found.limits.en and "epic2019" in found.references and "barrett2019" not in found.references


def test_same_seed_same_finding() -> None:
    one, two, other = (face_hiring.run(SMALL, seed=seed) for seed in (1, 1, 2))
    assert one.id == two.id != other.id
    assert one.rerun == "autopsie run face_hiring --part world --people 400 --worlds 12 --seed 1"


def test_figures_say_that_they_are_simulations() -> None:
    for lang in ("en", "fr"):
        for figure in face_hiring.run(SMALL, lang=lang).figures:
            assert figure.alt.get(lang).startswith("Simulation.") and figure.lang == lang


def test_no_bias_no_gap() -> None:
    found = face_hiring.run({"part": "world", "bias": 0, "worlds": 30})
    value = found.estimate("ratio_full").value
    assert value == pytest.approx(1, abs=0.1)
    assert "chance" in found.summary.en and "hasard" in found.summary.fr


@pytest.mark.parametrize("part", ["world", "face", "both"])
def test_an_upload_is_refused_with_the_reason_whatever_the_part(part: str) -> None:
    with pytest.raises(BadInput, match="scores nobody"):
        face_hiring.run({"part": part, "image": "/tmp/uploads/me.jpg"})


@pytest.mark.parametrize("arguments", [
    {"bias": -1}, {"correlation": 1.0}, {"share": 0}, {"people": 3}, {"part": "voice"}, {"file": "me.jpg"},
])  # fmt: skip
def test_wrong_arguments_name_the_argument(arguments: dict[str, object]) -> None:
    with pytest.raises(BadInput) as refused:
        face_hiring.run(arguments)
    assert next(iter(arguments)) in refused.value.message.en


def test_it_can_be_stopped() -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        face_hiring.run(SMALL, stop=stop)


@pytest.mark.real
def test_the_portraits() -> None:
    found = face_hiring.run({"part": "face"}, lang="fr")
    assert [figure.name for figure in found.figures] == ["portraits"]
    assert found.figures[0].media_type == "image/png"
    versions = found.table("versions")
    assert len(versions.rows) == 2 * (2 + 24)
    columns = [column.en for column in versions.columns]
    shares = [sum(row[columns.index("neutral") :]) for row in versions.rows]  # type: ignore[arg-type]
    assert shares == pytest.approx([1.0] * len(shares), abs=1e-3)
    for name in ("astronaut", "hopper"):
        spread = found.estimate(f"range_{name}")
        assert spread.baseline == 0.0 and spread.n == 24  # the same picture read again: not a bit of difference
        assert spread.low is not None and spread.high is not None and 0 <= spread.low <= spread.high <= 100
    # a broad smile stays at the top, a calm face moves by tens of points
    assert (found.estimate("range_astronaut").value or 0) < 5 < (found.estimate("range_hopper").value or 0)
    assert french_numbers_are_french(found)
    assert "Barrett" in found.limits.en and "barrett2019" in found.references


@pytest.mark.real
def test_both_parts_in_one_finding() -> None:
    found = face_hiring.run({"people": 400, "worlds": 5, "image": "hopper"})
    names = [estimate.name for estimate in found.estimates]
    assert "ratio_full" in names and "range_hopper" in names and "range_astronaut" not in names
    assert len(found.figures) == 3
    again = Finding.model_validate(json.loads(found.model_dump_json()))
    assert again.id == found.id
