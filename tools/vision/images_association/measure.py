"""The image association test on drawings: versions of a drawing, embeddings, d, exact test, bootstrap.

Steed and Caliskan 2021 (doi 10.1145/3442188.3445932) put pictures in the place of the words of Caliskan et
al. 2017: the statistic is the one of ``tools.words.association``. Nothing here knows any words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tools.vision.images_association.sets import Test
from tools.words.association import Splits, effect_size, split_test

if TYPE_CHECKING:
    from tools.specimens.vision import Classifier

Floats = NDArray[np.float64]
Drawing = NDArray[np.uint8]
OnStep = Callable[[int, int], None]

VERSIONS = ("colour", "grey", "silhouette")
PIXELS = "pixels"  # the control without a network: the drawing itself, at THUMB × THUMB points
CONFIDENCE = 0.95
RESAMPLES = 2_000
BATCH = 8
THUMB = 16
OUTLINE = 60  # the grey of a silhouette, 0 to 255
LUMA = np.array([0.299, 0.587, 0.114])  # ITU-R BT.601


@dataclass(frozen=True)
class Scored:
    """One test in one version: s of each x and y, d with its interval over the drawings, the test over the splits."""

    x: Floats
    y: Floats
    d: float
    low: float
    high: float
    splits: Splits


@dataclass(frozen=True)
class Measured:
    """One test in every version, and on bare pixels.

    ``p_holm`` corrects the main version for the tests of the run; ``p_opposite`` is the same for the
    opposite direction (x to b and y to a), whose p is the share of splits that do at most as much.
    """

    test: Test
    scored: dict[str, Scored]
    p_holm: float
    p_opposite: float


def drawn(white: Drawing, black: Drawing, version: str) -> Drawing:
    """A version of a drawing, (S, S, 3).

    Args:
        white, black: the same drawing on white and on black; where they agree, it is opaque.
        version: "colour", "grey" (luminance only) or "silhouette" (one grey inside the outline).
    """
    if version == "colour":
        return white
    if version == "grey":
        grey = np.rint(white @ LUMA).astype(np.uint8)
        return np.repeat(grey[..., None], 3, axis=2)
    cover = 1 - (white.astype(float) - black).mean(axis=2, keepdims=True) / 255
    return np.repeat(np.rint(255 - cover * (255 - OUTLINE)).astype(np.uint8), 3, axis=2)


def thumbnail(picture: Drawing) -> Floats:
    """The picture at THUMB × THUMB points, as darkness (0 for white), one vector."""
    edge = picture.shape[0] // THUMB
    cut = picture[: edge * THUMB, : edge * THUMB]
    points: Floats = 1 - cut.reshape(THUMB, edge, THUMB, edge, 3).mean(axis=(1, 3)).ravel() / 255
    return points


def unit(vectors: Floats) -> Floats:
    """Each row divided by its length."""
    scaled: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return scaled


def embed(model: Classifier, pictures: list[Drawing], on_step: OnStep) -> Floats:
    """Unit vectors of the layer before the classes, (n, dimensions); the same picture is seen once and keeps one vector."""
    import torch

    first: dict[bytes, int] = {}
    which = [first.setdefault(picture.tobytes(), len(first)) for picture in pictures]
    seen = [pictures[which.index(k)] for k in range(len(first))]
    rows = []
    for begin in range(0, len(seen), BATCH):
        on_step(begin, len(seen))
        batch = torch.stack([model.prepare(picture) for picture in seen[begin : begin + BATCH]])
        with torch.no_grad():
            rows.append(model.embed(batch).numpy().astype(np.float64))
    return unit(np.concatenate(rows))[which]


def score(x: Floats, y: Floats, a: Floats, b: Floats, rng: np.random.Generator) -> Scored:
    """s(w) = mean cos(w, A) − mean cos(w, B) for each target, d, exact split test, bootstrap over all four sets.

    Args:
        x, y, a, b: unit vectors, (n, dimensions).
    """
    near, far = np.concatenate([x, y]) @ a.T, np.concatenate([x, y]) @ b.T
    s = near.mean(axis=1) - far.mean(axis=1)
    low, high = _bootstrap(near, far, len(x), rng)
    one, other = s[: len(x)], s[len(x) :]
    d = round(effect_size(one, other), 9) + 0.0  # equal means are 0, not the last bit of a sum
    return Scored(one, other, d, low, high, split_test(one, other, rng))


def _bootstrap(near: Floats, far: Floats, size: int, rng: np.random.Generator) -> tuple[float, float]:
    """Percentile bounds of d when the drawings of all four sets are redrawn with replacement inside each."""
    rest, values = len(near) - size, []
    for _ in range(RESAMPLES):
        rows = np.concatenate([rng.integers(0, size, size), size + rng.integers(0, rest, rest)])
        s = near[rows][:, rng.integers(0, near.shape[1], near.shape[1])].mean(axis=1)
        s = s - far[rows][:, rng.integers(0, far.shape[1], far.shape[1])].mean(axis=1)
        deviation = s.std(ddof=1)
        if deviation > 0:
            values.append((s[:size].mean() - s[size:].mean()) / deviation)
    low, high = np.quantile(values, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def holm(p: list[float]) -> list[float]:
    """p-values corrected for their number after Holm 1979, in the order given."""
    corrected, worst = [0.0] * len(p), 0.0
    for rank, i in enumerate(sorted(range(len(p)), key=lambda i: p[i])):
        worst = max(worst, min(1.0, (len(p) - rank) * p[i]))
        corrected[i] = worst
    return corrected


def measure(
    model: Classifier,
    tests: list[Test],
    version: str,
    draw: Callable[[str, tuple[int, int, int]], Drawing],
    seed: int,
    on_step: OnStep,
) -> list[Measured]:
    """Every test in every version; each starts again from ``seed``. ``draw`` gives a drawing on a background."""
    codes = sorted({code for test in tests for group in test.groups for code in group.codes})
    white = [draw(code, (255, 255, 255)) for code in codes]
    black = [draw(code, (0, 0, 0)) for code in codes]
    total = len(codes) * len(VERSIONS)
    vectors = {PIXELS: unit(np.stack([thumbnail(picture) for picture in white]))}
    done_before = 0

    def counted(done: int, _: int) -> None:
        on_step(done_before + done, total)

    for kind in VERSIONS:
        pictures = [drawn(one, other, kind) for one, other in zip(white, black, strict=True)]
        vectors[kind] = embed(model, pictures, counted)
        done_before += len(codes)
    row = {code: i for i, code in enumerate(codes)}

    def scored(test: Test, kind: str) -> Scored:
        x, y, a, b = (vectors[kind][[row[code] for code in group.codes]] for group in test.groups)
        return score(x, y, a, b, np.random.default_rng(seed))

    found = [{kind: scored(test, kind) for kind in (*VERSIONS, PIXELS)} for test in tests]
    main = [each[version] for each in found]
    corrected = holm([each.splits.p for each in main])
    # Splits that do at most as much: the real one counts on both sides.
    opposite = holm([(each.splits.tried - each.splits.at_least + 1) / each.splits.tried for each in main])
    return [Measured(*parts) for parts in zip(tests, found, corrected, opposite, strict=True)]
