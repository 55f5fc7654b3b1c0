"""What two small networks of face-api say of a face: an expression, an age, a gender. Guesses, here under study.

Their weights are a byte each; they are read without JavaScript or TensorFlow.
The two architectures are those of face-api's source (version 1.7.15).
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tools.finding import Specimen
from tools.specimens import fetch
from tools.specimens.vision_faces import Box
from tools.specimens.vision_records import packaged_specimen

if TYPE_CHECKING:
    import torch

Pixels = NDArray[np.uint8]
EXPRESSIONS = ("neutral", "happy", "sad", "angry", "fearful", "disgusted", "surprised")
FACE_SIDE = 112
_MEAN = (122.782, 117.001, 104.298)  # of red, green, blue, from face-api's source


def face_tensor(pixels: Pixels, box: Box) -> torch.Tensor:
    """The face as face-api sees it: the box inside the picture, padded to a square with black, (1, 3, 112, 112)."""
    import torch
    from torch.nn import functional

    height, width = pixels.shape[:2]
    left, top = max(int(box.x), 0), max(int(box.y), 0)
    right, bottom = min(int(box.x + box.width), width), min(int(box.y + box.height), height)
    face = torch.from_numpy(pixels[top : max(bottom, top + 1), left : max(right, left + 1)].astype(np.float32))
    face = face.permute(2, 0, 1)[None]
    short = face.shape[3] - face.shape[2]
    before, after = abs(short) // 2, abs(short) - abs(short) // 2
    face = functional.pad(face, (0, 0, before, after) if short > 0 else (before, after, 0, 0))
    face = functional.interpolate(face, (FACE_SIDE, FACE_SIDE), mode="bilinear", antialias=True)
    return (face - torch.tensor(_MEAN).reshape(1, 3, 1, 1)) / 255


class _Weights:
    """Weights of face-api by name, turned from TensorFlow's order of axes to PyTorch's."""

    def __init__(self, folder: Path, name: str) -> None:
        import torch

        raw = (folder / f"{name}.bin").read_bytes()
        self._by_name: dict[str, torch.Tensor] = {}
        at = 0
        for entry in json.loads((folder / f"{name}.json").read_text())[0]["weights"]:
            count = int(np.prod(entry["shape"]))
            scale = entry.get("quantization")
            kind = np.dtype(scale["dtype"] if scale else entry["dtype"])
            values = np.frombuffer(raw, kind, count, at).astype(np.float32)
            at += count * kind.itemsize
            if scale:  # value = byte × scale + min
                values = values * np.float32(scale["scale"]) + np.float32(scale["min"])
            self._by_name[entry["name"]] = torch.from_numpy(values.reshape(entry["shape"]))
        assert at == len(raw), f"{len(raw) - at} bytes of {name}.bin belong to no weight"

    def convolve(self, image: torch.Tensor, name: str, stride: int = 1) -> torch.Tensor:
        """A plain convolution with TensorFlow's "same" padding."""
        from torch.nn import functional

        filters = self._by_name[f"{name}/filters"].permute(3, 2, 0, 1)
        padded = _same(image, filters.shape[-1], stride)
        return functional.conv2d(padded, filters, self._by_name[f"{name}/bias"], stride)

    def separable(self, image: torch.Tensor, name: str, stride: int = 1) -> torch.Tensor:
        """One filter a channel, then a mixture of channels."""
        from torch.nn import functional

        depth = self._by_name[f"{name}/depthwise_filter"].permute(2, 3, 0, 1)
        point = self._by_name[f"{name}/pointwise_filter"].permute(3, 2, 0, 1)
        image = functional.conv2d(_same(image, depth.shape[-1], stride), depth, None, stride, groups=image.shape[1])
        return functional.conv2d(image, point, self._by_name[f"{name}/bias"])

    def dense(self, features: torch.Tensor, name: str) -> torch.Tensor:
        """A fully connected layer."""
        return features @ self._by_name[f"{name}/weights"] + self._by_name[f"{name}/bias"]


def _same(image: torch.Tensor, kernel: int, stride: int, fill: float = 0.0) -> torch.Tensor:
    """TensorFlow's "same" padding: the odd pixel goes to the right and to the bottom."""
    from torch.nn import functional

    pads: list[int] = []
    for side in (image.shape[-1], image.shape[-2]):
        missing = max((-(-side // stride) - 1) * stride + kernel - side, 0)
        pads += [missing // 2, missing - missing // 2]
    return functional.pad(image, pads, value=fill)


class Expression:
    """face-api's expression network: four dense blocks, then seven words. Under study, not a measure of feelings."""

    def __init__(self, folder: Path, specimen: Specimen) -> None:
        self._weights = _Weights(folder, "expression")
        self.specimen = specimen

    def logits(self, faces: torch.Tensor) -> torch.Tensor:
        """Faces from ``face_tensor`` (n, 3, 112, 112) → (n, 7) in the order of ``EXPRESSIONS``; gradients pass."""
        from torch.nn import functional

        image = faces
        for index in range(4):
            image = self._block(image, f"dense{index}", first=index == 0)
        return self._weights.dense(functional.avg_pool2d(image, 7, 2).flatten(1), "fc")

    def _block(self, image: torch.Tensor, name: str, first: bool) -> torch.Tensor:
        """Four convolutions, each fed with the sum of all before it."""
        opening = self._weights.convolve if first else self._weights.separable
        total = opening(image, f"{name}/conv0", 2).relu()
        inner = total
        for index in (1, 2, 3):
            total = total + self._weights.separable(inner, f"{name}/conv{index}")
            inner = total.relu()
        return inner

    def scores(self, pixels: Pixels, box: Box) -> dict[str, float]:
        """The share of each of the seven words for the face in the box; they sum to 1."""
        import torch

        with torch.inference_mode():
            shares = self.logits(face_tensor(pixels, box)).softmax(1)[0].tolist()
        return dict(zip(EXPRESSIONS, shares, strict=True))


class AgeGender:
    """face-api's age and gender network (a small Xception). Under study: it reads appearances, not persons."""

    def __init__(self, folder: Path, specimen: Specimen) -> None:
        self._weights = _Weights(folder, "age_gender")
        self.specimen = specimen

    def outputs(self, faces: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Faces from ``face_tensor`` (n, 3, 112, 112) → years (n,) and logits of male, female (n, 2)."""
        from torch.nn import functional

        weights = self._weights
        image = weights.convolve(faces, "entry_flow/conv_in", 2).relu()
        image = self._reduce(image, "entry_flow/reduction_block_0", first=True)
        image = self._reduce(image, "entry_flow/reduction_block_1")
        for block in (0, 1):
            inner = image
            for index in (0, 1, 2):
                inner = weights.separable(inner.relu(), f"middle_flow/main_block_{block}/separable_conv{index}")
            image = inner + image
        image = self._reduce(image, "exit_flow/reduction_block")
        image = weights.separable(image, "exit_flow/separable_conv").relu()
        features = functional.avg_pool2d(image, 7, 2).flatten(1)
        return weights.dense(features, "fc/age")[:, 0], weights.dense(features, "fc/gender")

    def _reduce(self, image: torch.Tensor, name: str, first: bool = False) -> torch.Tensor:
        """Halves the picture: two separable convolutions and a maximum, beside a shortcut."""
        from torch.nn import functional

        inner = self._weights.separable(image if first else image.relu(), f"{name}/separable_conv0")
        inner = self._weights.separable(inner.relu(), f"{name}/separable_conv1")
        inner = functional.max_pool2d(_same(inner, 3, 2, fill=float("-inf")), 3, 2)
        return inner + self._weights.convolve(image, f"{name}/expansion_conv", 2)

    def read(self, pixels: Pixels, box: Box) -> tuple[float, float]:
        """Years, and the share given to "female" (0 to 1), for the face in the box."""
        import torch

        with torch.inference_mode():
            years, gender = self.outputs(face_tensor(pixels, box))
        return float(years[0]), float(gender.softmax(1)[0, 1])


@lru_cache(maxsize=1)
def load_expression() -> Expression:
    """The expression network."""
    return Expression(fetch.path("face-api"), packaged_specimen("face-api", "expression.bin"))


@lru_cache(maxsize=1)
def load_age_gender() -> AgeGender:
    """The age and gender network."""
    return AgeGender(fetch.path("face-api"), packaged_specimen("face-api", "age_gender.bin"))
