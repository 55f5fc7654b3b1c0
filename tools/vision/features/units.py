"""What can be excited in a classifier, a class, a channel or one neuron, and how strongly a picture excites it."""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tools.errors import BadInput

if TYPE_CHECKING:
    import torch
    from torch import nn

    from tools.specimens.vision import Classifier
    from tools.vision.features.paint import Objective

Kind = Literal["class", "channel", "neuron"]


@dataclass(frozen=True)
class Unit:
    """One unit: its kind, number, the layer it lies in ("" for a class) and its name for people (a class only)."""

    kind: Kind
    index: int
    layer: str
    label: str
    label_fr: str


def convolutions(model: Classifier) -> dict[str, nn.Module]:
    """The layers of the network that mix channels and keep places, by name, in order."""
    from torch import nn

    return {
        name: layer
        for name, layer in model.module.named_modules()
        if isinstance(layer, nn.Conv2d) and layer.groups == 1 and layer.out_channels != len(model.labels)
    }


def find(model: Classifier, kind: Kind, target: str, layer: str) -> Unit:
    """The unit a person means; ``BadInput`` says what there is when there is no such one."""
    if kind == "class":
        index = _class(model, target)
        return Unit("class", index, "", model.labels[index], model.label(index, "fr"))
    layers = convolutions(model)
    names = list(layers)
    if not names:
        raise BadInput(
            f"{model.specimen.name} has no convolutions: only its classes can be visualised.",
            f"{model.specimen.name} n’a pas de convolutions : seules ses classes peuvent être visualisées.",
        )
    name = layer or names[len(names) // 2]
    if name not in layers:
        raise BadInput(
            f"There is no layer '{layer}'. The layers are: {', '.join(names)}.",
            f"Il n’y a pas de couche « {layer} ». Les couches sont : {', '.join(names)}.",
        )
    count = int(getattr(layers[name], "out_channels", 0))
    number = re.search(r"\d+", target)
    index = int(number.group()) if number else 0
    if index >= count:
        raise BadInput(
            f"Layer {name} has channels 0 to {count - 1}; {index} is not one of them.",
            f"La couche {name} a les canaux 0 à {count - 1} ; {index} n’en est pas un.",
        )
    return Unit(kind, index, name, "", "")


def _plain(text: str) -> str:
    """Lower case, without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text.strip().lower()) if not unicodedata.combining(c))


def _class(model: Classifier, target: str) -> int:
    """The class of this number or name: the same name first, then the first one that holds the words."""
    if target.strip().isdigit():
        if int(target) < len(model.labels):
            return int(target)
        raise BadInput(
            f"The model has classes 0 to {len(model.labels) - 1}.",
            f"Le modèle a les classes 0 à {len(model.labels) - 1}.",
        )
    wanted = _plain(target)
    names = [{_plain(model.labels[i]), _plain(model.label(i, "fr"))} - {""} for i in range(len(model.labels))]
    for i, known in enumerate(names):
        if wanted in known:
            return i
    for i, known in enumerate(names):
        if wanted and any(re.search(rf"\b{re.escape(wanted)}\b", name) for name in known):
            return i
    import difflib

    near = difflib.get_close_matches(wanted, [name for known in names for name in known], 4, 0.5)
    hint, conseil = (f" Near: {', '.join(near)}.", f" Proches : {', '.join(near)}.") if near else ("", "")
    raise BadInput(
        f"The model has no class '{target}' among its {len(names)}.{hint}",
        f"Le modèle n’a pas de classe « {target} » parmi ses {len(names)}.{conseil}",
    )


def objective(model: Classifier, unit: Unit) -> Objective:
    """The activation of the unit for each picture: a logit, the mean of a channel, or its middle place.

    A class is read before the softmax: the probability also rises when other classes fall, the logit does not
    (Simonyan, Vedaldi and Zisserman 2014).
    """
    if unit.kind == "class":
        return lambda batch: model.logits(batch)[:, unit.index]
    layer = convolutions(model)[unit.layer]

    def read(batch: torch.Tensor) -> torch.Tensor:
        here, kept = threading.get_ident(), []

        def keep(_: nn.Module, __: object, output: torch.Tensor) -> None:
            if threading.get_ident() == here:
                kept.append(output[:, unit.index])

        handle = layer.register_forward_hook(keep)
        try:
            model.logits(batch)
        finally:
            handle.remove()
        places: torch.Tensor = kept[0]
        if unit.kind == "channel":
            return places.mean(dim=(1, 2))
        return places[:, places.shape[1] // 2, places.shape[2] // 2]

    return read
