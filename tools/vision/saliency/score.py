"""The score that a saliency map explains, and the network that gives it.

The score is the logit of one class. What is taken away from a picture is replaced by its blank.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

    from tools.finding import Specimen

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Blank = Literal["blur", "grey", "black"]
Beat = Callable[[], None]
"""Called between batches, so that Stop is heard."""

BATCH = 16
CELLS = 14  # the picture is read in 14 × 14 cells: 16 × 16 points each at the usual 224
BLUR = 0.09  # of the side: objects melt, light and colour stay


class Subject(Protocol):
    """What this tool asks of a classifier (``tools.specimens.vision.Classifier``)."""

    module: Any

    @property
    def last_conv(self) -> Any:
        """The layer that Grad-CAM reads; ``BadInput`` where there is none."""

    labels: list[str]
    specimen: Specimen

    def prepare(self, pixels: NDArray[np.uint8]) -> torch.Tensor:
        """The square it sees, (3, S, S) in 0..1."""

    def normalise(self, batch: torch.Tensor) -> torch.Tensor:
        """A batch in 0..1 on the scale of the weights."""

    def window(self, pixels: NDArray[np.uint8]) -> tuple[int, int, int]:
        """The square it sees: left, top, side in the picture."""

    def label(self, index: int, lang: str) -> str:
        """The name of a class; "" where there is no French one."""


@dataclass(frozen=True)
class Scorer:
    """One network, one prepared picture (3, S, S), its blank, and the class whose logit is explained."""

    module: Any
    layer: Any
    normalise: Callable[[Any], Any]
    picture: torch.Tensor
    blank: torch.Tensor
    target: int

    def logits(self, batch: torch.Tensor) -> torch.Tensor:
        """(n, 3, S, S) in 0..1 → (n, classes)."""
        found = self.module(self.normalise(batch))
        out: torch.Tensor = getattr(found, "logits", found)
        return out

    def scores(self, batch: torch.Tensor, beat: Beat) -> Floats:
        """Logits of the target, shape (n,)."""
        return self._read(batch, beat, lambda logits: logits[:, self.target])

    def chances(self, batch: torch.Tensor, beat: Beat) -> Floats:
        """Probabilities of the target, shape (n,)."""
        return self._read(batch, beat, lambda logits: logits.softmax(dim=1)[:, self.target])

    def _read(self, batch: torch.Tensor, beat: Beat, of: Callable[[Any], Any]) -> Floats:
        import torch

        found = []
        with torch.no_grad():
            for part in torch.split(batch, BATCH):
                beat()
                found.append(of(self.logits(side_by_side(part))).double())
        values: Floats = torch.cat(found).numpy()
        return values

    def gradients(self, batch: torch.Tensor, beat: Beat) -> torch.Tensor:
        """Gradients of the target's logit with respect to each picture, (n, 3, S, S)."""
        import torch

        found = []
        for part in torch.split(batch, BATCH):
            beat()
            part = side_by_side(part.detach()).requires_grad_(True)
            with torch.enable_grad():
                total = self.logits(part)[:, self.target].sum()
            found.append(torch.autograd.grad(total, part)[0])
        return torch.cat(found)

    def masked(self, keep: NDArray[np.bool_]) -> torch.Tensor:
        """Pictures whose points outside ``keep`` (n, S, S) are replaced by the blank."""
        import torch

        return torch.where(torch.from_numpy(keep)[:, None], self.picture, self.blank)


def scorer_of(subject: Subject, pixels: NDArray[np.uint8], blank: Blank, target: int, layer: bool) -> Scorer:
    """The score of a picture by a classifier; ``layer``: with the layer that Grad-CAM reads (not every network has one)."""
    picture = subject.prepare(pixels).float()
    return Scorer(
        subject.module,
        subject.last_conv if layer else None,
        subject.normalise,
        picture,
        blank_of(picture, blank),
        target,
    )


def side_by_side(batch: torch.Tensor) -> torch.Tensor:
    """The same numbers with the colours of a point next to each other in memory: nearly twice as fast on a processor."""
    import torch

    return batch.contiguous(memory_format=torch.channels_last)


def blank_of(picture: torch.Tensor, kind: Blank) -> torch.Tensor:
    """What stands for “nothing here”: the picture out of focus, middle grey, or black."""
    import torch

    if kind != "blur":
        return torch.full_like(picture, 0.5 if kind == "grey" else 0.0)
    from scipy.ndimage import gaussian_filter

    sigma = BLUR * picture.shape[-1]
    return torch.from_numpy(gaussian_filter(picture.numpy(), (0, sigma, sigma), mode="nearest"))


def cells_of(pixels: Floats, count: int = CELLS) -> Floats:
    """Means over ``count`` × ``count`` cells of a map (S, S); the last points of an uneven side go to the last cells."""
    edges = np.linspace(0, len(pixels), count + 1).round().astype(int)
    sums = np.add.reduceat(np.add.reduceat(pixels, edges[:-1], axis=0), edges[:-1], axis=1)
    means: Floats = sums / np.outer(np.diff(edges), np.diff(edges))
    return means


def cell_index(side: int, count: int = CELLS) -> Integers:
    """The cell of each point, (S, S), numbered by rows: the inverse of ``cells_of``."""
    edges = np.linspace(0, side, count + 1).round().astype(int)
    of = np.searchsorted(edges, np.arange(side), side="right") - 1
    index: Integers = of[:, None] * count + of[None, :]
    return index


def rank_correlation(one: Floats, other: Floats) -> float:
    """Spearman's rho of two maps; NaN when one of them is flat."""
    from scipy import stats

    a, b = stats.rankdata(one.ravel().round(12)), stats.rankdata(other.ravel().round(12))
    a, b = a - a.mean(), b - b.mean()
    norm = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return float((a * b).sum()) / norm if norm > 0 else float("nan")
