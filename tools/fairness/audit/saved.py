"""The scores of a model that was saved with skops, which opens no type that it does not know.

A pickle may run any program when it is opened; a .skops file names its types first (skops documentation, "Secure
persistence"), and one that holds anything but NumPy, SciPy and scikit-learn is refused here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from tools.errors import BadInput
from tools.fairness.audit.metrics import Floats
from tools.specimens.datasets import Dataset

SUFFIX = ".skops"


def scores(data: Dataset, path: str, positive: str) -> tuple[Floats, str]:
    """(n,) the model's probability of the class ``positive``, or its prediction, for every row; and "score" or "prediction".

    A model whose two classes are not written as in the data (0 and 1 for no and yes) is read with its last class as yes.

    Errors: ``BadInput`` for a file that is not there, not skops, of unknown types, no classifier, or made for other columns.
    """
    model = _opened(Path(path).expanduser())
    frame = _frame(data, model)
    try:
        said = np.asarray(model.predict(frame)) if hasattr(model, "predict") else np.zeros(0)
        classes = [str(name) for name in getattr(model, "classes_", np.unique(said))]
        if len(classes) == 2:
            yes = next((at for at, name in enumerate(classes) if _same(name, positive)), 1)
            if hasattr(model, "predict_proba"):
                return np.asarray(model.predict_proba(frame), dtype=float)[:, yes], "score"
            return (said.astype(str) == classes[yes]).astype(float), "prediction"
    except (ValueError, TypeError) as error:
        raise BadInput(
            f"The model could not read these rows: {str(error)[:200]}. Give the table in the form in which the model learned it.",
            f"Le modèle n’a pas pu lire ces lignes : {str(error)[:200]}. Donnez le tableau sous la forme dans laquelle le modèle l’a appris.",
        ) from error
    raise BadInput(
        "This audit needs a model that answers one question with yes or no; this one does not give two classes.",
        "Cet audit demande un modèle qui répond par oui ou non à une question ; celui-ci ne donne pas deux classes.",
    )


def _same(name: str, positive: str) -> bool:
    """Whether a class is the value that counts: 1 and 1.0 are the same."""
    try:
        return float(name) == float(positive)
    except ValueError:
        return name.casefold() == positive.casefold()


def _opened(path: Path) -> Any:
    """The model, when every type in the file is known."""
    from skops.io import get_untrusted_types, load

    if not path.is_file():
        raise BadInput(
            f"There is no file {path}. Check the path.", f"Il n’y a pas de fichier {path}. Vérifiez le chemin."
        )
    try:
        unknown = get_untrusted_types(file=path)
        if not unknown:
            return load(path, trusted=[])
    except Exception as error:
        raise BadInput(
            f"{path.name} could not be read as a skops file ({type(error).__name__}). Save the model with skops.io.dump(model, '{path.name}'), with the scikit-learn of this environment.",
            f"{path.name} n’a pas pu être lu comme un fichier skops ({type(error).__name__}). Enregistrez le modèle avec skops.io.dump(model, '{path.name}'), avec le scikit-learn de cet environnement.",
        ) from error
    listed = ", ".join(sorted(unknown)[:3])
    raise BadInput(
        f"{path.name} holds types that are not those of scikit-learn ({listed}), so it is not opened. Let your model write its score into a column, and name that column with --score.",
        f"{path.name} contient des types qui ne sont pas ceux de scikit-learn ({listed}) ; il n’est donc pas ouvert. Faites écrire son score dans une colonne, et nommez cette colonne avec --score.",
    )


def _frame(data: Dataset, model: Any) -> Any:
    """The columns that the model learned from, under their names; gaps as NaN."""
    import pandas

    wanted = [str(name) for name in getattr(model, "feature_names_in_", [])]
    if not wanted:
        raise BadInput(
            "This model does not say which columns it learned from. Fit it on a table with column names, then save it again.",
            "Ce modèle ne dit pas de quelles colonnes il a appris. Entraînez-le sur un tableau dont les colonnes ont un nom, puis enregistrez-le de nouveau.",
        )
    missing = [name for name in wanted if name not in data.columns]
    if missing:
        raise BadInput(
            f"The model needs columns that {data.name} does not have: {', '.join(missing[:6])}.",
            f"Le modèle demande des colonnes que {data.name} n’a pas : {', '.join(missing[:6])}.",
        )
    columns = {}
    for name in wanted:
        values = data.columns[name]
        columns[name] = values if values.dtype.kind == "f" else [value or None for value in values]
    return pandas.DataFrame(columns)
