"""Vision models as specimens: classifiers, a person segmenter, face detection and attributes, saliency.

No model here says who somebody is. Expression, age and gender are guesses under
study: the tools that show them say so.
"""

from __future__ import annotations

import hashlib
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tools.finding import Specimen
from tools.specimens import fetch
from tools.specimens.vision_classifier import DEFAULT, Classifier, load_classifier
from tools.specimens.vision_face_api import (
    EXPRESSIONS,
    AgeGender,
    Expression,
    face_tensor,
    load_age_gender,
    load_expression,
)
from tools.specimens.vision_faces import Box, Faces, load_faces
from tools.specimens.vision_records import packaged_specimen

__all__ = [
    "DEFAULT",
    "EXPRESSIONS",
    "AgeGender",
    "Box",
    "Classifier",
    "Expression",
    "Faces",
    "Segmenter",
    "face_tensor",
    "load_age_gender",
    "load_classifier",
    "load_expression",
    "load_faces",
    "load_segmenter",
    "packaged_specimen",
    "saliency_map",
    "saliency_specimen",
]

Pixels = NDArray[np.uint8]


class Segmenter:
    """Person or background, pixel by pixel, as a video call does it."""

    def __init__(self, file: Path, specimen: Specimen) -> None:
        import cv2

        self._network = cv2.dnn.readNetFromTFLite(str(file))
        self._lock = threading.Lock()
        self.specimen = specimen

    def mask(self, pixels: Pixels) -> NDArray[np.float32]:
        """How far each pixel belongs to a person: (H, W) in 0 to 1. The model reads 256 × 256 pixels, stretched."""
        import cv2

        height, width = pixels.shape[:2]
        with self._lock:  # the network keeps its input: one picture at a time
            self._network.setInput(cv2.dnn.blobFromImage(np.ascontiguousarray(pixels), 1 / 255, (256, 256)))
            small = self._network.forward()[0, 0].copy()
        grown = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
        shares: NDArray[np.float32] = np.clip(grown, 0, 1).astype(np.float32)
        return shares


@lru_cache(maxsize=1)
def load_segmenter() -> Segmenter:
    """MediaPipe's selfie segmentation (general model, 256 × 256)."""
    file = "segmentation.tflite"
    return Segmenter(fetch.path("selfie-segmentation") / file, packaged_specimen("selfie-segmentation", file))


def saliency_map(pixels: Pixels, kind: Literal["spectral", "fine"] = "spectral") -> NDArray[np.float32]:
    """How much each pixel stands out, without any training: (H, W), sums to 1.

    "spectral": the spectral residual (Hou and Zhang 2007, computed at 64 × 64);
    "fine": centre-surround differences (Montabone and Soto 2010).
    """
    import cv2

    maker: Any = cv2.saliency  # its stubs are incomplete
    method = (
        maker.StaticSaliencyFineGrained_create() if kind == "fine" else maker.StaticSaliencySpectralResidual_create()
    )
    done, raw = method.computeSaliency(cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
    heat = np.nan_to_num(np.asarray(raw, dtype=np.float64), nan=0.0, posinf=0.0, neginf=0.0) if done else None
    if heat is None or heat.min() < 0 or heat.sum() <= 0:  # a picture of one colour: nothing stands out
        heat = np.ones(pixels.shape[:2])
    shares: NDArray[np.float32] = (heat / heat.sum()).astype(np.float32)
    return shares


def saliency_specimen(kind: Literal["spectral", "fine"] = "spectral") -> Specimen:
    """The algorithm; there are no weights, so its hash is that of its name and version."""
    import cv2

    names = {"spectral": "spectral residual saliency (OpenCV)", "fine": "fine-grained saliency (OpenCV)"}
    digest = hashlib.sha256(f"{names[kind]} {cv2.__version__}".encode()).hexdigest()
    return Specimen(
        name=names[kind], source="opencv-contrib-python-headless", revision=cv2.__version__, sha256=digest,
        licence="Apache-2.0",
    )  # fmt: skip
