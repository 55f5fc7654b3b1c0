"""EfficientNet-Lite0 and MobileNetV2, just enough of each to hold the published weights, loaded strictly.

The names of the layers are those of the weight files.
"""

from __future__ import annotations

from collections import OrderedDict

import torch
from torch import nn
from torch.nn import functional

# repeats, kernel, stride, expansion, channels out (Tan and Le 2019, table 1; Lite0 leaves out squeeze-excitation)
_LITE0 = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)
# expansion, channels out, repeats, stride (Sandler et al. 2018, table 2)
_V2 = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))


class _Same(nn.Conv2d):
    """A convolution whose output is the input divided by the stride, rounded up; the odd pixel of padding goes last."""

    def __init__(self, before: int, after: int, kernel: int, stride: int = 1, groups: int = 1) -> None:
        super().__init__(before, after, kernel, stride, groups=groups, bias=False)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        pads: list[int] = []
        for side in (image.shape[-1], image.shape[-2]):
            missing = max((-(-side // self.stride[0]) - 1) * self.stride[0] + self.kernel_size[0] - side, 0)
            pads += [missing // 2, missing - missing // 2]
        padded = functional.pad(image, pads)
        return functional.conv2d(padded, self.weight, None, self.stride, groups=self.groups)


def _norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=1e-3)


class _LiteBlock(nn.Module):
    """Widen, filter each channel, narrow again; added to its input where the shapes agree."""

    def __init__(self, before: int, after: int, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        wide = before * expansion
        self.expands, self.adds = expansion > 1, stride == 1 and before == after
        if self.expands:
            self._expand_conv, self._bn0 = _Same(before, wide, 1), _norm(wide)
        self._depthwise_conv, self._bn1 = _Same(wide, wide, kernel, stride, groups=wide), _norm(wide)
        self._project_conv, self._bn2 = _Same(wide, after, 1), _norm(after)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        inner = functional.relu6(self._bn0(self._expand_conv(image))) if self.expands else image
        inner = functional.relu6(self._bn1(self._depthwise_conv(inner)))
        narrow: torch.Tensor = self._bn2(self._project_conv(inner))
        return narrow + image if self.adds else narrow


class EfficientNetLite0(nn.Module):
    """(n, 3, H, W) in about −1 to 1 → (n, 1000) logits. ``top`` is the last spatial layer (n, 1280, H/32, W/32)."""

    def __init__(self) -> None:
        super().__init__()
        self._conv_stem, self._bn0 = _Same(3, 32, 3, 2), _norm(32)
        blocks: list[nn.Module] = []
        before = 32
        for repeats, kernel, stride, expansion, after in _LITE0:
            for turn in range(repeats):
                blocks.append(_LiteBlock(before, after, kernel, stride if turn == 0 else 1, expansion))
                before = after
        self._blocks = nn.ModuleList(blocks)
        self._conv_head, self._bn1 = _Same(before, 1280, 1), _norm(1280)
        self.top = nn.ReLU6()
        self._fc = nn.Linear(1280, 1000)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """The logits; the picture's side should be a multiple of 32."""
        image = functional.relu6(self._bn0(self._conv_stem(image)))
        for block in self._blocks:
            image = block(image)
        image = self.top(self._bn1(self._conv_head(image)))
        logits: torch.Tensor = self._fc(image.mean((2, 3)))
        return logits


def _unit(before: int, after: int, kernel: int, stride: int = 1, groups: int = 1) -> nn.Sequential:
    conv = nn.Conv2d(before, after, kernel, stride, kernel // 2, groups=groups, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(after), nn.ReLU6())


class _Inverted(nn.Module):
    """MobileNetV2's inverted residual."""

    def __init__(self, before: int, after: int, stride: int, expansion: int) -> None:
        super().__init__()
        wide = before * expansion
        self.adds = stride == 1 and before == after
        widen = [_unit(before, wide, 1)] if expansion > 1 else []
        narrow = [nn.Conv2d(wide, after, 1, bias=False), nn.BatchNorm2d(after)]
        self.conv = nn.Sequential(*widen, _unit(wide, wide, 3, stride, groups=wide), *narrow)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        inner: torch.Tensor = self.conv(image)
        return inner + image if self.adds else inner


class MobileNetV2(nn.Module):
    """(n, 3, H, W) normalised → (n, 1000) logits. ``features[18]`` is the last spatial layer (n, 1280, H/32, W/32)."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = [_unit(3, 32, 3, 2)]
        before = 32
        for expansion, after, repeats, stride in _V2:
            for turn in range(repeats):
                layers.append(_Inverted(before, after, stride if turn == 0 else 1, expansion))
                before = after
        self.features = nn.Sequential(*layers, _unit(before, 1280, 1))
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(1280, 1000))

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """The logits; the picture's side should be a multiple of 32."""
        logits: torch.Tensor = self.classifier(self.features(image).mean((2, 3)))
        return logits


def load(network: nn.Module, weights: str) -> nn.Module:
    """The network with the weights of a file, every one of them used and none missing; nothing in the file is run."""
    state: OrderedDict[str, torch.Tensor] = torch.load(weights, map_location="cpu", weights_only=True)
    network.load_state_dict(state, strict=True)
    return network.float().eval()
