"""The numbers of a visualised unit as rows: estimates, painted pictures, real patches."""

from __future__ import annotations

import numpy as np

from tools.finding import Cell, Estimate, Table, Text
from tools.vision.features.measure import Measured
from tools.vision.features.text import NAMES


def _student(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[float | None, float | None]:
    """95 % bounds of the mean over seeds by Student's t; none for a single seed."""
    if len(values) < 2:
        return None, None
    from scipy.stats import t

    half = float(t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values)))
    return float(values.mean()) - half, float(values.mean()) + half


def estimates(m: Measured) -> list[Estimate]:
    """Activation reached, the best patch, noise, likeness between seeds, and the class's probability."""
    low, high = _student(m.values)
    noise_low, noise_high = (float(bound) for bound in np.quantile(m.noise, [0.025, 0.975]))
    best = m.patches[0].value
    rows = [
        Estimate(
            name="activation", label=Text(en="activation of the painted pictures, mean over seeds (Student interval)", fr="activation des images peintes, moyenne sur les graines (intervalle de Student)"),
            value=float(m.values.mean()), low=low, high=high, confidence=0.95 if low is not None else None, n=len(m.values),
            baseline=best, baseline_label=Text(en="best patch", fr="meilleur morceau"),
        ),
        Estimate(
            name="best_patch", label=Text(en="activation of the best patch", fr="activation du meilleur morceau"), value=best, n=len(m.real),
            baseline=float(m.real.mean()), baseline_label=Text(en="mean of all patches", fr="moyenne de tous les morceaux"),
        ),
        Estimate(
            name="noise", label=Text(en="activation of random pictures (95% of them lie in the interval)", fr="activation d’images au hasard (95 % sont dans l’intervalle)"),
            value=float(m.noise.mean()), low=noise_low, high=noise_high, confidence=0.95, n=len(m.noise),
        ),
    ]  # fmt: skip
    if len(m.alike):
        rows.append(
            Estimate(
                name="likeness", label=Text(en="likeness of the painted pictures for the network (mean cosine of pairs; from the least to the most alike pair)", fr="ressemblance des images peintes pour le réseau (cosinus moyen des paires ; de la moins à la plus semblable)"),
                value=float(m.alike.mean()), low=float(m.alike.min()), high=float(m.alike.max()), n=len(m.alike),
                baseline=float(m.alike_real.mean()), baseline_label=Text(en="pairs of built-in photographs", fr="paires de photographies fournies"),
            )
        )  # fmt: skip
    if len(m.shares):
        rows.append(
            Estimate(
                name="probability", label=Text(en="probability of the class, lowest over seeds", fr="probabilité de la classe, la plus basse des graines"),
                value=float(m.shares.min()), n=len(m.shares),
            )
        )  # fmt: skip
    return rows


def tables(m: Measured) -> list[Table]:
    """Every painted picture and every patch shown, with place and activation."""
    painted: list[list[Cell]] = [
        [k + 1, round(float(value), 3), round(float(m.shares[k]), 5) if len(m.shares) else None]
        for k, value in enumerate(m.values)
    ]
    patches: list[list[Cell]] = [
        [NAMES.get(p.picture, p.picture), p.left, p.top, p.side, round(p.value, 3)] for p in m.patches
    ]
    return [
        Table(
            name="painted", title=Text(en="The painted pictures", fr="Les images peintes"),
            columns=[Text(en="seed", fr="graine"), Text(en="activation", fr="activation"), Text(en="probability of the class", fr="probabilité de la classe")],
            rows=painted,
        ),
        Table(
            name="patches", title=Text(en="The best patch of each of the best pictures", fr="Le meilleur morceau de chacune des meilleures images"),
            columns=[
                Text(en="picture", fr="image"), Text(en="left (pixels)", fr="gauche (pixels)"), Text(en="top (pixels)", fr="haut (pixels)"),
                Text(en="side (pixels)", fr="côté (pixels)"), Text(en="activation", fr="activation"),
            ],
            rows=patches,
        ),
    ]  # fmt: skip
