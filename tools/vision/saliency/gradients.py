"""Saliency maps that read gradients: Grad-CAM, integrated gradients, SmoothGrad.

All return maps of shape (S, S); a positive value speaks for the class.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tools.vision.saliency.score import Beat, Floats, Scorer

NOISE = 0.15  # of the range of the picture, as in the paper


def gradcam_coarse(scorer: Scorer, beat: Beat) -> Floats:
    """ReLU of the feature maps of the last convolution, each weighted by its mean gradient; shape (h, w).

    Selvaraju et al. 2017 (arXiv 1610.02391), equations 1 and 2.
    """
    import torch

    kept: list[Any] = []
    handle = scorer.layer.register_forward_hook(lambda _module, _inputs, output: kept.append(output))
    beat()
    try:
        with torch.enable_grad():
            picture = scorer.picture[None].detach().requires_grad_(True)  # so that a frozen network has a graph too
            score = scorer.logits(picture)[0, scorer.target]
        gradient = torch.autograd.grad(score, kept[0])[0]
    finally:
        handle.remove()
    weights = gradient.mean(dim=(2, 3), keepdim=True)
    coarse: Floats = (weights * kept[0]).sum(dim=1).relu()[0].detach().double().numpy()
    return coarse


def gradcam(scorer: Scorer, beat: Beat) -> Floats:
    """Grad-CAM stretched over the picture by bilinear interpolation."""
    import torch

    coarse = torch.from_numpy(gradcam_coarse(scorer, beat))[None, None]
    side = scorer.picture.shape[-1]
    fine: Floats = torch.nn.functional.interpolate(coarse, (side, side), mode="bilinear", align_corners=False)[
        0, 0
    ].numpy()
    return fine


def integrated_gradients(scorer: Scorer, steps: int, beat: Beat) -> Floats:
    """(picture − blank) × mean gradient on the straight line between them, summed over the three colours.

    Sundararajan, Taly and Yan 2017 (arXiv 1703.01365), equation 1, by Gauss–Legendre quadrature. The sum of
    the map is score(picture) − score(blank), up to the error of the quadrature.
    """
    import torch

    nodes, weights = np.polynomial.legendre.leggauss(steps)
    along = torch.from_numpy((nodes + 1) / 2).to(scorer.picture.dtype)[:, None, None, None]
    step = scorer.picture - scorer.blank
    total = torch.zeros_like(step, dtype=torch.float64)
    share = torch.from_numpy(weights / 2)[:, None, None, None]
    for part, portion in zip(torch.split(along, 8), torch.split(share, 8), strict=True):
        total += (scorer.gradients(scorer.blank + part * step, beat).double() * portion).sum(dim=0)
    values: Floats = (step.double() * total).sum(dim=0).numpy()
    return values


def smoothgrad(scorer: Scorer, samples: int, rng: np.random.Generator, beat: Beat) -> Floats:
    """(picture − blank) × mean gradient over noisy copies of the picture, summed over the three colours.

    Smilkov et al. 2017 (arXiv 1706.03825), with the product by the picture that they discuss: the gradient alone
    says where a change would matter most, and may be smallest on the very thing that has settled the answer.
    """
    import torch

    total = torch.zeros_like(scorer.picture, dtype=torch.float64)
    for start in range(0, samples, 8):
        shape = (min(8, samples - start), *scorer.picture.shape)
        noise = torch.from_numpy(rng.standard_normal(shape).astype(np.float32)) * NOISE
        total += scorer.gradients(scorer.picture + noise, beat).double().sum(dim=0)
    values: Floats = ((scorer.picture - scorer.blank).double() * total / samples).sum(dim=0).numpy()
    return values
