"""Image classifiers as specimens: two that are fetched, and any that transformers can load."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadInput, Missing
from tools.finding import Specimen
from tools.specimens import fetch
from tools.specimens.vision_labels import french_name, imagenet_names
from tools.specimens.vision_records import packaged_specimen

if TYPE_CHECKING:
    import torch
    from torch import nn

DEFAULT = "efficientnet-lite0"
Pixels = NDArray[np.uint8]
_IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))


class Classifier:
    """An image classifier in this process, float32, in evaluation mode.

    Attributes:
        module: takes a normalised batch (n, 3, S, S), returns logits (n, C).
        size: S, the side in pixels of the square it reads.
        labels: C names in English, no two the same.
        last_conv: the last layer that still knows where (for Grad-CAM).
        specimen: name, source, revision and hash.
    """

    def __init__(
        self,
        module: nn.Module,
        labels: Sequence[str],
        specimen: Specimen,
        *,
        size: int = 224,
        mean: Sequence[float] = _IMAGENET[0],
        std: Sequence[float] = _IMAGENET[1],
        last_conv: nn.Module | None = None,
    ) -> None:
        import torch

        self.module = module.float().eval()
        self.labels = list(labels)
        self.specimen = specimen
        self.size = size
        self._mean = torch.tensor(mean).reshape(1, -1, 1, 1)
        self._std = torch.tensor(std).reshape(1, -1, 1, 1)
        self._last_conv = last_conv

    @staticmethod
    def window(pixels: Pixels) -> tuple[int, int, int]:
        """The square the model sees, in the picture's pixels: left, top, side (the centre of the picture)."""
        height, width = pixels.shape[:2]
        side = min(height, width)
        return (width - side) // 2, (height - side) // 2, side

    def prepare(self, pixels: Pixels) -> torch.Tensor:
        """The central square as the model sees it: (3, S, S) in 0 to 1, resized by an antialiased bicubic."""
        import torch
        from PIL import Image

        left, top, side = self.window(pixels)
        square = Image.fromarray(np.ascontiguousarray(pixels[top : top + side, left : left + side]))
        small = np.asarray(square.resize((self.size, self.size), Image.Resampling.BICUBIC), dtype=np.float32)
        return torch.from_numpy(small / 255).permute(2, 0, 1).contiguous()

    def normalise(self, batch: torch.Tensor) -> torch.Tensor:
        """A batch (n, 3, S, S) in 0 to 1 on the scale of the weights; gradients pass."""
        return (batch - self._mean) / self._std

    def logits(self, batch: torch.Tensor) -> torch.Tensor:
        """(n, 3, S, S) in 0 to 1 → (n, C); gradients pass."""
        out: Any = self.module(self.normalise(batch))
        scores: torch.Tensor = getattr(out, "logits", out)
        return scores

    def probabilities(self, pixels: Pixels) -> NDArray[np.float32]:
        """The C probabilities for one picture."""
        import torch

        with torch.inference_mode():
            shares: NDArray[np.float32] = self.logits(self.prepare(pixels)[None]).softmax(1)[0].numpy()
        return shares

    def embed(self, batch: torch.Tensor) -> torch.Tensor:
        """(n, 3, S, S) in 0 to 1 → (n, d): what the last layer decides from; gradients pass."""
        kept: list[torch.Tensor] = []
        here = threading.get_ident()  # the model is shared: another thread's pictures pass through the same layer

        def keep(_: nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
            if threading.get_ident() == here:
                kept.append(inputs[0])

        handle = self._decision.register_forward_pre_hook(keep)
        try:
            self.logits(batch)
        finally:
            handle.remove()
        return kept[0].flatten(1)

    @cached_property
    def _decision(self) -> nn.Module:
        """The last layer: the last one with as many outputs as there are classes."""
        from torch import nn

        count = len(self.labels)
        for layer in reversed(list(self.module.modules())):
            if isinstance(layer, nn.Linear) and layer.out_features == count:
                return layer
            if isinstance(layer, nn.Conv2d) and layer.out_channels == count:
                return layer
        raise BadInput(
            f"{self.specimen.name} has no last layer with one output a class, so its features cannot be read.",
            f"{self.specimen.name} n’a pas de dernière couche avec une sortie par classe : ses traits ne peuvent pas être lus.",
        )

    @property
    def last_conv(self) -> nn.Module:
        """The last layer that still knows where; ``BadInput`` for a model without convolutions, such as a ViT."""
        from torch import nn

        if self._last_conv is None:
            places = [
                layer
                for name, layer in self.module.named_modules()
                if isinstance(layer, nn.Conv2d) and not any(word in name for word in ("embed", "patch", "classifier"))
            ]
            if not places:
                raise BadInput(
                    f"{self.specimen.name} has no convolutions, so Grad-CAM has no layer to read. Choose another method.",
                    f"{self.specimen.name} n’a pas de convolutions : Grad-CAM n’a aucune couche à lire. "
                    "Choisissez une autre méthode.",
                )
            self._last_conv = places[-1]
        return self._last_conv

    def label(self, index: int, lang: str = "en") -> str:
        """The name of a class; in French "" where no translation is known."""
        return french_name(self.labels[index]) if lang == "fr" else self.labels[index]


@lru_cache(maxsize=3)
def load_classifier(name: str = DEFAULT) -> Classifier:
    """A classifier by packaged name ("efficientnet-lite0", "mobilenet-v2"), local folder or Hugging Face id; kept.

    Errors: ``Missing`` when it is not fetched or cannot be loaded.
    """
    if name not in ("efficientnet-lite0", "mobilenet-v2"):
        return _from_transformers(name)
    from tools.specimens import vision_networks as networks

    weights = str(fetch.path(name) / "weights.pth")
    specimen = packaged_specimen(name, "weights.pth")
    if name == "mobilenet-v2":
        mobile = networks.MobileNetV2()
        networks.load(mobile, weights)
        return Classifier(mobile, imagenet_names(), specimen, last_conv=mobile.features[18])
    lite = networks.EfficientNetLite0()
    networks.load(lite, weights)
    centre = (127 / 255,) * 3  # the Lite family was trained on (x − 127) / 128
    return Classifier(lite, imagenet_names(), specimen, mean=centre, std=(128 / 255,) * 3, last_conv=lite.top)


def _from_transformers(name: str) -> Classifier:
    """Any image classifier that transformers can load, with the size and the scale of its own processor."""
    from transformers import AutoImageProcessor, AutoModelForImageClassification
    from transformers.utils import logging as transformers_logging

    logging: Any = transformers_logging  # its functions carry no types
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        module: Any = AutoModelForImageClassification.from_pretrained(name)
        processor: Any = AutoImageProcessor.from_pretrained(name, backend="pil")
    except (OSError, ValueError, ImportError, KeyError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
        raise Missing(
            f"The image classifier '{name}' could not be loaded ({reason}). Give {DEFAULT}, mobilenet-v2, "
            "a folder with config.json, or a Hugging Face id that this machine has or can reach.",
            f"Le classifieur d’images « {name} » n’a pas pu être chargé ({reason}). Donnez {DEFAULT}, mobilenet-v2, "
            "un dossier qui contient config.json, ou un identifiant Hugging Face présent ou accessible ici.",
        ) from error
    count = int(module.config.num_labels)
    labels = [str(module.config.id2label.get(index, index)).split(",")[0] for index in range(count)]
    size = getattr(processor, "crop_size", None) or getattr(processor, "size", None) or {}
    side = size.get("height") or size.get("shortest_edge") or 224
    mean = getattr(processor, "image_mean", None) or _IMAGENET[0]
    std = getattr(processor, "image_std", None) or _IMAGENET[1]
    return Classifier(module, labels, _folder_specimen(name, module), size=int(side), mean=mean, std=std)


def _folder_specimen(name: str, module: Any) -> Specimen:
    """For a folder, the hash of its weight files in name order; for a hub id, the commit is the revision."""
    folder = Path(name)
    if folder.is_dir():
        files = sorted(file for file in folder.iterdir() if file.suffix in (".safetensors", ".bin"))
        digest = hashlib.sha256("".join(map(fetch.sha256, files)).encode()).hexdigest()
        return Specimen(name=folder.name, source="a folder of the user", revision="", sha256=digest)
    revision = str(getattr(module.config, "_commit_hash", None) or "")
    return Specimen(name=name, source="Hugging Face hub or its local cache", revision=revision, sha256=None)
