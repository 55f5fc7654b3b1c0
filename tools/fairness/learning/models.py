"""The five models of the course with the settings used everywhere, and the draws of rows."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.fairness.learning.encode import Encoder
from tools.fairness.learning.task import Task
from tools.finding import Text

NAMES = {
    "linear": Text(en="linear", fr="linéaire"),
    "knn": Text(en="nearest neighbours", fr="plus proches voisins"),
    "tree": Text(en="tree", fr="arbre"),
    "forest": Text(en="forest", fr="forêt"),
    "mlp": Text(en="neural network", fr="réseau de neurones"),
}
SETTINGS = {
    "linear": Text(en="logistic regression (linear regression for a number)", fr="régression logistique (linéaire pour un nombre)"),
    "knn": Text(en="15 neighbours", fr="15 voisins"),
    "tree": Text(en="depth 5", fr="profondeur 5"),
    "forest": Text(en="60 trees", fr="60 arbres"),
    "mlp": Text(en="one layer of 32 neurons", fr="une couche de 32 neurones"),
}  # fmt: skip

SMALL = 1000  # below it a network keeps no rows aside to know when to stop


def make(model: str, kind: str, seed: int, **settings: Any) -> Any:
    """An estimator of scikit-learn that has learnt nothing yet; ``settings`` replace those of the course."""
    from sklearn import ensemble, linear_model, neighbors, neural_network, tree

    number = kind == "number"
    if model == "linear":
        if number:
            return linear_model.Ridge(**({"alpha": 1.0} | settings))
        return linear_model.LogisticRegression(**({"max_iter": 400, "tol": 1e-3} | settings))
    if model == "knn":
        build = neighbors.KNeighborsRegressor if number else neighbors.KNeighborsClassifier
        return build(**({"n_neighbors": 15} | settings))
    if model == "tree":
        build = tree.DecisionTreeRegressor if number else tree.DecisionTreeClassifier
        return build(random_state=seed, **({"max_depth": 5} | settings))
    if model == "forest":
        build = ensemble.RandomForestRegressor if number else ensemble.RandomForestClassifier
        spread = {"max_features": 1 / 3} if number else {}
        return build(random_state=seed, **({"n_estimators": 60} | spread | settings))
    build = neural_network.MLPRegressor if number else neural_network.MLPClassifier
    usual = {
        "hidden_layer_sizes": (32,),
        "max_iter": 80,
        "alpha": 1e-3,
        "learning_rate_init": 0.01,
        "early_stopping": True,
    }
    return build(random_state=seed, **(usual | settings))


def learn(estimator: Any, x: NDArray[np.float64], y: NDArray[Any]) -> Any:
    """Fits in silence: a network that stops before it converged is part of the lesson."""
    if "early_stopping" in estimator.get_params() and len(y) < SMALL:
        estimator.set_params(early_stopping=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if "MLPRegressor" in type(estimator).__name__:
            return _Scaled(estimator, y).fit(x, y)
        return estimator.fit(x, y)


class _Scaled:
    """A network that learns a number in units of its deviation: raw counts would make it diverge."""

    def __init__(self, inner: Any, y: NDArray[Any]) -> None:
        self.inner, self.mean, self.deviation = inner, float(np.mean(y)), float(np.std(y)) or 1.0

    def fit(self, x: NDArray[np.float64], y: NDArray[Any]) -> _Scaled:
        self.inner.fit(x, (y - self.mean) / self.deviation)
        return self

    def predict(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(self.inner.predict(x) * self.deviation + self.mean)


def chances(estimator: Any, x: NDArray[np.float64]) -> NDArray[np.float64]:
    """(rows,) the probability of the positive answer; the predicted value itself for a number."""
    return np.asarray(estimator.predict_proba(x)[:, 1] if hasattr(estimator, "predict_proba") else estimator.predict(x))


def split(task: Task, shares: tuple[float, ...], rng: np.random.Generator) -> list[NDArray[np.int64]]:
    """Rows drawn into parts of these shares, every class in the same proportion; in order of time where there is one."""
    if task.order is not None:
        order = np.argsort(task.order, kind="stable")
        cuts = (np.cumsum(shares)[:-1] * task.n).astype(int)
        return [np.sort(part) for part in np.split(order, cuts)]
    strata = task.answer if task.kind != "number" else np.zeros(task.n, dtype=int)
    parts: list[list[NDArray[np.int64]]] = [[] for _ in shares]
    for stratum in np.unique(strata):
        rows = rng.permutation(np.flatnonzero(strata == stratum))
        for part, piece in zip(
            parts, np.split(rows, (np.cumsum(shares)[:-1] * len(rows)).round().astype(int)), strict=True
        ):
            part.append(piece)
    return [np.sort(np.concatenate(part)) for part in parts]


def fitted(model: str, task: Task, rows: NDArray[np.int64], seed: int, **settings: Any) -> tuple[Encoder, Any]:
    """Encoder and model that have seen ``rows`` and nothing else."""
    encoder = Encoder.fit(task.columns, rows)
    estimator = learn(make(model, task.kind, seed, **settings), encoder(task.columns, rows), task.answer[rows])
    return encoder, estimator
