"""image_saliency end to end on a small network, its refusals, both languages; and once on the real weights."""

from __future__ import annotations

import base64
import re
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from tools.errors import BadInput, Stopped
from tools.finding import Finding, Specimen
from tools.specimens import vision
from tools.specimens.vision import Classifier
from tools.tool import Progress
from tools.vision.image_saliency import image_saliency
from tools.vision.saliency import checks

LABELS = ["Egyptian cat", "tiger cat", "espresso", "football helmet"]


class Tiny(torch.nn.Module):
    """Two convolutions and a mean: nothing it says is true, everything it says can be explained."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(5)
        self.one = torch.nn.Conv2d(3, 6, 5, stride=2, padding=2)
        self.two = torch.nn.Conv2d(6, 8, 3, stride=2, padding=1)
        self.head = torch.nn.Linear(8, len(LABELS))

    def forward(self, batch: torch.Tensor) -> torch.Tensor:
        logits: torch.Tensor = self.head(self.two(self.one(batch).relu()).relu().mean(dim=(2, 3)) * 8)
        return logits


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "real" in request.keywords:
        return
    specimen = Specimen(name="tiny", source="made", revision="1", sha256=None)
    network = Classifier(Tiny(), LABELS, specimen, size=56)
    monkeypatch.setattr(vision, "load_classifier", lambda name: network)
    monkeypatch.setattr(checks, "RESAMPLES", 50)


@pytest.fixture(scope="session")
def picture(tmp_path_factory: pytest.TempPathFactory) -> str:
    from PIL import Image

    pixels = np.random.default_rng(0).integers(60, 90, (80, 120, 3)).astype(np.uint8)
    pixels[10:40, 70:95] = (240, 200, 30)  # something bright, top right of the centre
    file = tmp_path_factory.mktemp("pictures") / "made.png"
    Image.fromarray(pixels).save(file)
    return str(file)


def run(picture: str, **arguments: Any) -> Finding:
    return image_saliency.run({"image": picture, **arguments})


def test_a_finding_says_everything_in_both_languages(picture: str) -> None:
    found = run(picture)
    assert [figure.name for figure in found.figures] == ["maps", "curves", "random_weights"]
    for part in (found.summary, found.how_to_read, found.limits, *(figure.alt for figure in found.figures)):
        assert part.en and part.fr and part.en != part.fr
        assert not re.search(r"\d\.\d", part.fr.replace("arXiv", "")), part.fr
    assert 2 <= len(re.findall(r"[.](?:\s|$)", found.summary.en)) <= 4
    assert "your picture" in found.summary.en and "votre image" in found.summary.fr
    assert found.limits.en.startswith(
        "The network sees only the central square: 33% of the picture is cut off."
    )  # 40/120
    assert base64.b64decode(found.figures[0].data)[:4] == b"\x89PNG"


@pytest.mark.parametrize("method", ["integrated_gradients", "smoothgrad", "occlusion", "lime", "shap"])
def test_every_method_runs_and_reports_its_own_check(picture: str, method: str) -> None:
    found = run(picture, method=method, against="none", blank="grey")
    names = {estimate.name for estimate in found.estimates}
    assert {
        "probability",
        "top_part",
        "deletion_gain",
        "insertion_gain",
        "random_weights",
    } <= names and "agreement" not in names
    if method in ("integrated_gradients", "shap"):
        gap = found.estimate(f"{method}_gap").value
        assert gap is not None and gap < 2
    if method in ("lime", "shap"):
        assert f"{method}_fit" in names
    places = found.table("places")
    assert sum(float(str(row[1])) for row in places.rows[:9]) == pytest.approx(100)


def test_same_seed_same_numbers(picture: str) -> None:
    assert run(picture).id == run(picture).id


def test_two_methods_are_compared(picture: str) -> None:
    found = run(picture, method="integrated_gradients", against="smoothgrad")
    rho = found.estimate("agreement")
    assert rho.low is not None and rho.value is not None and rho.high is not None and rho.low <= rho.value <= rho.high
    assert found.estimate("random_weights").n == checks.DRAWS[False]
    assert not {"agreement"} & {e.name for e in run(picture, method="gradcam", against="gradcam").estimates}


@pytest.mark.parametrize(
    ("target", "index"), [("2", 2), ("espresso", 2), ("Tiger Cat", 1), ("« football helmet »", 3), ("helmet", 3)]
)
def test_a_class_is_named_or_numbered(picture: str, target: str, index: int) -> None:
    rows = run(picture, target=target, against="none").table("classes").rows
    assert [row[0] for row in rows if row[3]] == [index]


def test_a_word_that_several_classes_bear_takes_the_likeliest(picture: str) -> None:
    rows = run(picture, target="cat", against="none").table("classes").rows
    chances = {row[0]: float(str(row[2])) for row in rows}
    assert [row[0] for row in rows if row[3]] == [max((0, 1), key=lambda i: chances[i])]


@pytest.mark.parametrize(("arguments", "said"), [
    ({"target": "expreso"}, "espresso"),
    ({"target": "4"}, "from 0 to 3"),
    ({"target": "-1"}, "from 0 to 3"),
    ({"image": "  "}, "needs a picture"),
    ({"image": "no-such-built-in"}, "built-in"),
    ({"method": "magic"}, "--method"),
    ({"blank": "white"}, "--blank"),
])  # fmt: skip
def test_refusals_say_what_to_do(picture: str, arguments: dict[str, str], said: str) -> None:
    with pytest.raises(BadInput) as error:
        run(picture, **arguments) if "image" not in arguments else image_saliency.run(arguments)
    assert said in error.value.message.en and error.value.message.fr


def test_stop_is_heard(picture: str) -> None:
    stop, seen = threading.Event(), []

    def hear(progress: Progress) -> None:
        seen.append(progress.label.fr)
        if "aléatoires" in progress.label.fr:
            stop.set()

    with pytest.raises(Stopped):
        image_saliency.run({"image": picture}, on_progress=hear, stop=stop)
    assert seen[-1].startswith("Copies")


def test_a_picture_of_one_colour_has_no_map_but_a_finding(tmp_path: Path) -> None:
    from PIL import Image

    file = tmp_path / "flat.png"
    Image.new("RGB", (64, 64), (128, 128, 128)).save(file)
    found = image_saliency.run({"image": str(file), "method": "integrated_gradients", "against": "none"}, lang="fr")
    assert found.summary.fr and found.figures[0].alt.fr


@pytest.mark.real
def test_the_built_in_picture_with_the_real_network() -> None:
    found = image_saliency.run({}, lang="fr")
    probability = found.estimate("probability").value
    assert probability is not None and probability == pytest.approx(94, abs=3)  # measured beside: .941
    assert "« expresso »".replace(" ", "\u202f") in found.summary.fr and "« espresso »" not in found.summary.fr
    assert found.estimate("insertion_gain").p == pytest.approx(1 / 21)
    assert abs(found.estimate("random_weights").value or 0) < 0.5
    assert found.specimen.sha256


@pytest.mark.real
def test_the_real_network_is_explained_as_captum_explains_it() -> None:
    from captum.attr import IntegratedGradients, LayerGradCam

    from tools.specimens.vision import load_classifier
    from tools.vision.pictures import read
    from tools.vision.saliency import gradients
    from tools.vision.saliency.score import scorer_of

    # In float64: in float32 the last bits move a few units across the kinks of ReLU6, 6e-4 at the worst point.
    scorer = checks.copy_of(scorer_of(load_classifier(), read("coffee").pixels, "grey", 967, layer=True))  # espresso
    scorer = replace(
        scorer, module=scorer.module.double(), picture=scorer.picture.double(), blank=scorer.blank.double()
    )
    coarse = gradients.gradcam_coarse(scorer, lambda: None)
    theirs = LayerGradCam(scorer.logits, scorer.layer).attribute(scorer.picture[None], 967, relu_attributions=True)
    gap = abs(theirs[0, 0].detach().numpy() - coarse).max()
    ours = gradients.integrated_gradients(scorer, 8, lambda: None)
    path = IntegratedGradients(scorer.logits).attribute(
        scorer.picture[None], scorer.blank[None], 967, n_steps=8, method="gausslegendre", internal_batch_size=8
    )
    other = abs(path[0].sum(dim=0).detach().numpy() - ours).max()
    print(f"largest difference with Captum: Grad-CAM {gap:.1e}, integrated gradients {other:.1e}")
    assert gap < 1e-4 and other < 1e-4
