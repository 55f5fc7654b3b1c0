"""Logistic regression by Newton's method, with the covariance of its coefficients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.fairness.audit.metrics import Floats


@dataclass(frozen=True)
class Logistic:
    """Coefficients (the intercept first) and their covariance, the inverse of the information matrix."""

    coefficients: Floats
    covariance: Floats

    def probability(self, features: Floats) -> Floats:
        """The probability of each row of ``features`` (n, k), given without the column of ones."""
        return sigmoid(self.coefficients[0] + features @ self.coefficients[1:])


def sigmoid(x: Floats) -> Floats:
    """1 / (1 + e^−x), without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * x)))


def fit(features: Floats, label: Floats, ridge: float = 0.0, steps: int = 60) -> Logistic:
    """Maximum likelihood of a logistic model of ``label`` (n, 0 or 1) on ``features`` (n, k), plus an intercept.

    ``ridge`` is the weight of half the squared coefficients (the intercept is free); a little of it keeps
    separable data finite. Raises ``numpy.linalg.LinAlgError`` when columns repeat each other and ridge is 0.
    """
    design = np.column_stack([np.ones(len(features)), features])
    penalty = np.full(design.shape[1], ridge)
    penalty[0] = 0.0
    beta = np.zeros(design.shape[1])

    def loss(at: Floats) -> float:
        line = design @ at
        return float(np.sum(np.logaddexp(0, line) - label * line) + 0.5 * np.sum(penalty * at * at))

    now = loss(beta)
    information = np.eye(len(beta))
    for _ in range(steps):
        p = sigmoid(design @ beta)
        information = (design * (p * (1 - p))[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(information, design.T @ (label - p) - penalty * beta)
        size = 1.0
        while (new := loss(beta + size * step)) > now + 1e-9 * abs(now) and size > 1e-6:
            size /= 2  # Newton may overshoot far from the optimum
        beta, now = beta + size * step, new
        if np.max(np.abs(size * step)) < 1e-10:
            break
    return Logistic(np.asarray(beta, dtype=np.float64), np.asarray(np.linalg.inv(information), dtype=np.float64))
