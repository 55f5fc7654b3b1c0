"""What a request about pictures fills in."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.arguments import parse

CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("image_saliency", "Where does the network look in the picture of the cat? Use Grad-CAM against SHAP.",
     {"image": "cat", "method": "gradcam", "against": "shap"}),
    ("image_saliency", "Que regarde MobileNet dans /tmp/mon image.png… non, dans photo_2.JPG, pour la classe « tasse » ?",
     {"image": "image.png", "model": "mobilenet-v2", "target": "tasse"}),
    ("crop_saliency", "Crop the astronaut at 16:9 and 1x1 with fine-grained saliency", {"image": "astronaut", "ratio": "16:9, 1x1", "saliency": "fine"}),
    ("crop_saliency", "Le recadrage préfère-t-il les femmes, sur fond noir ?", {"pairs": "gender", "background": "black"}),
    ("crop_saliency", "Pourquoi Twitter coupait-il les visages noirs ?", {"pairs": "skin"}),
    ("background_matting", "Perd-il la tête de Grace Hopper, avec 10 cadrages ?", {"image": "hopper", "takes": 10}),
    ("face_hiring", "Only the simulated world, bias 1.5, top 10%, 50 worlds", {"part": "world", "bias": 1.5, "share": 0.1, "worlds": 50}),
    ("face_hiring", "Score the candidate in cv/photo.jpg", {"image": "cv/photo.jpg"}),
    ("ieat", "Test d’association en images : femmes et carrière, en silhouette", {"test": "gender-career", "version": "silhouette"}),
    ("feature_visualization", "Que veut voir le canal 12 ?", {"kind": "channel", "target": "12"}),
    ("feature_visualization", "Paint 2 pictures of the class daisy", {"target": "daisy", "seeds": 2}),
]  # fmt: skip


@pytest.mark.parametrize(("tool", "request_", "expected"), CASES)
def test_arguments_are_copied_from_the_request(tool: str, request_: str, expected: dict[str, Any]) -> None:
    assert parse(tool, request_, "en") == expected
