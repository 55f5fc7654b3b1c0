"""Vision models: the published weights in networks of our own, and what they say of pictures whose answer is known."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from tools.errors import BadInput, Missing
from tools.finding import Specimen
from tools.specimens import vision, vision_faces, vision_labels, vision_networks
from tools.specimens.packages import PACKAGES
from tools.specimens.vision_faces import Box
from tools.vision import pictures

NOBODY = Specimen(name="tiny", source="a test", revision="", sha256=None)
CLASSIFIERS = ("efficientnet-lite0", "mobilenet-v2")


def _tiny(conv: bool = True) -> vision.Classifier:
    torch.manual_seed(0)
    body = [torch.nn.Conv2d(3, 5, 3), torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(5, 2)]
    flat = [torch.nn.Flatten(), torch.nn.Linear(3 * 16 * 16, 2)]
    return vision.Classifier(torch.nn.Sequential(*(body if conv else flat)), ["a", "b"], NOBODY, size=16)


def test_the_window_is_the_centre_of_the_picture() -> None:
    assert vision.Classifier.window(np.zeros((300, 451, 3), np.uint8)) == (75, 0, 300)
    assert vision.Classifier.window(np.zeros((451, 300, 3), np.uint8)) == (0, 75, 300)


def test_prepare_keeps_the_order_of_colours_and_the_scale() -> None:
    pixels = np.zeros((40, 60, 3), np.uint8)
    pixels[:, :, 0], pixels[:, :, 1] = 255, 51
    square = _tiny().prepare(pixels)
    assert square.shape == (3, 16, 16) and square.dtype == torch.float32
    assert torch.allclose(square.mean((1, 2)), torch.tensor([1.0, 0.2, 0.0]))  # 51 / 255 = 0.2


def test_a_small_model_is_read_like_the_large_ones() -> None:
    model = _tiny()
    batch = torch.rand(4, 3, 16, 16, requires_grad=True)
    assert model.logits(batch).shape == (4, 2)
    features = model.embed(batch)
    assert features.shape == (4, 5)
    (slope,) = torch.autograd.grad(features.sum(), batch)
    assert float(slope.abs().sum()) > 0
    assert isinstance(model.last_conv, torch.nn.Conv2d)


def test_a_model_without_convolutions_says_that_grad_cam_cannot_read_it() -> None:
    with pytest.raises(BadInput, match="Grad-CAM"):
        _ = _tiny(conv=False).last_conv


def test_a_model_that_is_not_there_says_what_to_give() -> None:
    with pytest.raises(Missing) as missing:
        vision.load_classifier("/no/such/folder")
    assert "mobilenet-v2" in missing.value.message.en and "mobilenet-v2" in missing.value.message.fr


def test_any_classifier_of_transformers_is_read_from_a_folder(tmp_path: Path) -> None:
    from transformers import ConvNextImageProcessor, MobileNetV1Config, MobileNetV1ForImageClassification

    config = MobileNetV1Config(depth_multiplier=0.25, id2label={0: "cat, feline", 1: "dog", 2: "cup"})
    MobileNetV1ForImageClassification(config).save_pretrained(tmp_path)
    ConvNextImageProcessor(size={"shortest_edge": 64}, image_mean=[0.5] * 3, image_std=[0.5] * 3).save_pretrained(
        tmp_path
    )
    model = vision.load_classifier(str(tmp_path))
    assert model.labels == ["cat", "dog", "cup"] and model.size == 64
    assert model.label(1) == "dog"
    batch = model.prepare(np.zeros((90, 70, 3), np.uint8))[None]
    assert model.normalise(batch).eq(-1.0).all()  # (0 − 0.5) / 0.5
    assert model.logits(batch).shape == (1, 3) and model.embed(batch).shape[0] == 1
    assert isinstance(model.last_conv, torch.nn.Conv2d)
    assert model.specimen.sha256 and model.specimen.source == "a folder of the user"


def test_the_last_spatial_layer_is_a_thirty_second_of_the_picture() -> None:
    lite, mobile = vision_networks.EfficientNetLite0().eval(), vision_networks.MobileNetV2().eval()
    seen: list[torch.Size] = []
    for network, layer in ((lite, lite.top), (mobile, mobile.features[18])):
        layer.register_forward_hook(lambda _, __, out: seen.append(out.shape))
        with torch.inference_mode():
            assert network(torch.zeros(1, 3, 224, 224)).shape == (1, 1000)
    assert seen == [torch.Size([1, 1280, 7, 7])] * 2  # 224 / 32 = 7


def test_weights_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    torch.save({"_conv_stem.weight": torch.zeros(32, 3, 3, 3)}, tmp_path / "weights.pth")
    with pytest.raises(RuntimeError, match="Missing key"):
        vision_networks.load(vision_networks.EfficientNetLite0(), str(tmp_path / "weights.pth"))


def test_the_overlap_of_boxes() -> None:
    # 10 × 10 boxes shifted by 5: 50 shared of 150
    assert Box(0, 0, 10, 10, 1).overlap(Box(5, 0, 10, 10, 1)) == pytest.approx(1 / 3)
    assert Box(0, 0, 10, 10, 1).overlap(Box(20, 0, 10, 10, 1)) == 0


def test_boxes_of_one_face_are_averaged_with_their_scores() -> None:
    merged = vision_faces._merge([Box(0, 0, 10, 10, 0.9), Box(2, 0, 10, 10, 0.6), Box(100, 0, 10, 10, 0.8)])
    # (0 × 0.9 + 2 × 0.6) / 1.5 = 0.8
    assert [(round(box.x, 6), box.score) for box in merged] == [(0.8, 0.9), (100, 0.8)]


def test_a_face_at_the_edge_or_outside_the_picture_is_cut_without_an_error() -> None:
    pixels = np.full((50, 50, 3), 200, np.uint8)
    for box in (Box(-20, -20, 40, 60, 1), Box(40, 40, 40, 40, 1), Box(10, 10, 0, 0, 1)):
        assert vision.face_tensor(pixels, box).shape == (1, 3, 112, 112)


def test_saliency_sums_to_one_and_finds_the_odd_one_out() -> None:
    pixels = np.full((120, 160, 3), 90, np.uint8)
    pixels[30:50, 100:120] = (250, 240, 60)
    for kind in ("spectral", "fine"):
        heat = vision.saliency_map(pixels, kind)
        assert heat.shape == (120, 160) and heat.dtype == np.float32 and heat.min() >= 0
        assert float(heat.sum(dtype=np.float64)) == pytest.approx(1, abs=1e-4)
        row, column = np.unravel_index(heat.argmax(), heat.shape)
        assert 20 <= row <= 60 and 90 <= column <= 130, kind
        assert vision.saliency_specimen(kind).sha256
    flat = vision.saliency_map(np.full((40, 50, 3), 7, np.uint8))
    assert np.isfinite(flat).all() and float(flat.sum(dtype=np.float64)) == pytest.approx(1, abs=1e-4)


def test_the_vision_specimens_say_where_they_come_from() -> None:
    names = (*CLASSIFIERS, "imagenet-labels", "selfie-segmentation", "face-detection", "face-api", "pictures", "glyphs")
    for name in names:
        package = PACKAGES[name]
        assert re.fullmatch(r"[0-9a-f]{64}", package.sha256) and package.licence and package.what
    assert not PACKAGES["mobilenet-v2"].default


@pytest.mark.real
def test_there_are_a_thousand_names_and_no_two_are_the_same() -> None:
    names = vision_labels.imagenet_names()
    assert len(names) == len({name.lower() for name in names}) == 1000
    assert (names[285], names[967], names[134]) == ("Egyptian cat", "espresso", "crane (bird)")
    french = [vision_labels.french_name(name) for name in names]
    assert all(french) and len(set(french)) == 1000
    assert [french[index] for index in (0, 285, 386, 504, 652, 812, 967, 999)] == [
        "tanche",
        "chat égyptien",
        "éléphant d’Afrique",
        "tasse à café haute",
        "uniforme militaire",
        "navette spatiale",
        "expresso",
        "papier toilette",
    ]
    assert vision_labels.french_name("no such class") == ""


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "cat", "coffee"), [("efficientnet-lite0", 0.385, 0.940), ("mobilenet-v2", 0.787, 0.990)]
)
def test_both_networks_name_the_cat_and_the_coffee(name: str, cat: float, coffee: float) -> None:
    """The published weights, loaded strictly; efficientnet-lite-pytorch gives the very same logits."""
    model = vision.load_classifier(name)
    for picture, label, measured in (("cat", "Egyptian cat", cat), ("coffee", "espresso", coffee)):
        shares = model.probabilities(pictures.read(picture).pixels)
        assert model.labels[int(shares.argmax())] == label
        assert float(shares.max()) == pytest.approx(measured, abs=0.02)
        assert np.array_equal(shares, model.probabilities(pictures.read(picture).pixels))
    batch = torch.stack([model.prepare(pictures.read(n).pixels) for n in ("cat", "coffee", "rocket")])
    features = model.embed(batch)
    assert features.shape == (3, 1280)
    last = [layer for layer in model.module.modules() if isinstance(layer, torch.nn.Linear)][-1]
    assert torch.allclose(last(features), model.logits(batch), atol=1e-5)
    assert model.specimen.sha256 and model.specimen.licence


@pytest.mark.real
def test_the_segmenter_keeps_the_astronaut_and_finds_nobody_on_the_launch_pad() -> None:
    segmenter = vision.load_segmenter()
    mask = segmenter.mask(pictures.read("astronaut").pixels)
    assert mask.shape == (512, 512) and mask.dtype == np.float32 and mask.min() >= 0 and mask.max() <= 1
    assert float((mask > 0.5).mean()) == pytest.approx(0.545, abs=0.01)
    assert float((segmenter.mask(pictures.read("rocket").pixels) > 0.5).mean()) < 0.01
    assert np.array_equal(mask, segmenter.mask(pictures.read("astronaut").pixels))


def _turned(pixels: np.ndarray, degrees: float) -> np.ndarray:
    import cv2

    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(pixels, turn, (width, height), borderMode=cv2.BORDER_REPLICATE))


@pytest.mark.real
@pytest.mark.parametrize(("name", "x", "y"), [("astronaut", 225, 128), ("hopper", 267, 244)])
def test_faces_are_found_upright_dimmed_turned_and_small(name: str, x: int, y: int) -> None:
    pixels = pictures.read(name).pixels
    faces = vision.load_faces()
    (box,) = faces.boxes(pixels)
    assert abs(box.x + box.width / 2 - x) < 10 and abs(box.y + box.height / 2 - y) < 10 and box.score > 0.9
    small = np.pad(pixels, ((300, 300), (300, 300), (0, 0)), mode="edge")
    for changed in ((pixels * 0.12).astype(np.uint8), _turned(pixels, 20), pixels[:, ::-1], small):
        assert len(faces.boxes(changed)) == 1


@pytest.mark.real
@pytest.mark.parametrize("name", ["cat", "coffee", "rocket", "china", "flower"])
def test_no_face_is_found_where_there_is_none(name: str) -> None:
    assert vision.load_faces().boxes(pictures.read(name).pixels) == []


@pytest.mark.real
def test_the_expression_and_age_networks_answer_as_the_original_does() -> None:
    """face-api 1.7.15, run in JavaScript on the pixels of ``face``, gives the numbers that are compared below."""
    expression, reader = vision.load_expression(), vision.load_age_gender()
    pixels = pictures.read("hopper").pixels
    (box,) = vision.load_faces().boxes(pixels)
    cut = pixels[int(box.y) : int(box.y + box.height), int(box.x) : int(box.x + box.width)]
    face = np.asarray(Image.fromarray(cut).resize((112, 112), Image.Resampling.BILINEAR))
    whole = Box(0, 0, 112, 112, 1)
    original = [0.986488402, 0.006863332, 0.000503518, 0.002867296, 0.000018175, 0.003105175, 0.000154152]
    assert list(expression.scores(face, whole).values()) == pytest.approx(original, abs=1e-4)
    years, female = reader.read(face, whole)
    assert years == pytest.approx(85.923149, abs=0.05) and female == pytest.approx(0.202442, abs=1e-3)


@pytest.mark.real
def test_the_astronaut_looks_happy_to_the_network_and_the_reading_of_age_and_gender_can_be_wrong() -> None:
    astronaut, hopper = pictures.read("astronaut").pixels, pictures.read("hopper").pixels
    (box,), (other,) = vision.load_faces().boxes(astronaut), vision.load_faces().boxes(hopper)
    expression, reader = vision.load_expression(), vision.load_age_gender()
    scores = expression.scores(astronaut, box)
    assert tuple(scores) == vision.EXPRESSIONS and sum(scores.values()) == pytest.approx(1, abs=1e-5)
    assert scores["happy"] > 0.99 and scores == expression.scores(astronaut, box)
    years, female = reader.read(astronaut, box)
    assert 28 < years < 37 and 0.75 < female < 0.95
    # Grace Hopper was a woman of 77 in this picture; the verdict hangs on where exactly the box is drawn.
    shares = [reader.read(hopper, Box(other.x + dx, other.y, other.width, other.height, 1))[1] for dx in (-10, 0, 10)]
    assert min(shares) < 0.5 and max(shares) - min(shares) > 0.1


@pytest.mark.real
def test_the_share_of_happy_can_be_differentiated() -> None:
    pixels = pictures.read("astronaut").pixels
    face = vision.face_tensor(pixels, vision.load_faces().boxes(pixels)[0]).requires_grad_()
    (slope,) = torch.autograd.grad(vision.load_expression().logits(face)[0, 1], face)
    assert slope.shape == face.shape and float(slope.abs().sum()) > 0
