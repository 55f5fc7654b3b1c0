"""Which columns of an unknown file look like the outcome, a score, and who the people are. A guess that can be overruled."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import numpy as np
from numpy.typing import NDArray

LABELS = (
    r"label|target|y|y_true|outcome|truth|ground_truth|actual|class|result|two_year_recid|recid\w*|is_recid|default(ed)?|"
    r"churn(ed)?|exited|approved|hired|admitted|accepted|granted|repaid|survived|income|loan_status|credit|diagnosis|"
    r"etiquette|cible|resultat|verite|classe|decision|accepte|accorde|embauche|admis|recidive|defaut|resilie|rembourse"
)
SCORES = (
    r"score|\w*_score|score_\w+|risk|risk_score|pred|preds|prediction|predictions|predicted\w*|y_pred|y_hat|y_score|y_prob\w*|"
    r"prob|proba|probability|model_output|note|risque|predit\w*|probabilite"
)
GROUPS = (
    r"sex|gender|sexe|genre|race|ethnic\w*|ethnie|skin\w*|origin|origine|nationality|nationalite|religion|disability|"
    r"handicap|age_?(group|cat|band|class|range)\w*|(groupe|tranche|classe)_d?_?age|group|groupe|marital_status|"
    r"region|language|langue|senior\w*|country_of_birth|native_country|pays_de_naissance"
)


def roles(columns: dict[str, NDArray[Any]]) -> tuple[str, str, tuple[str, ...]]:
    """The label, the score and the columns of groups ("" and () where none is seen).

    A label has 2 to 20 values, a score is a number or has few words, a group has 2 to 20 values.
    """
    sizes = {name: _values(values) for name, values in columns.items()}
    plain = {name: _plain(name) for name in columns}
    label = next((n for n in columns if re.fullmatch(LABELS, plain[n]) and 2 <= sizes[n] <= 20), "")
    score = next((n for n in columns if n != label and re.fullmatch(SCORES, plain[n]) and sizes[n] >= 2), "")
    groups = tuple(
        n for n in columns if n not in (label, score) and re.fullmatch(GROUPS, plain[n]) and 2 <= sizes[n] <= 20
    )
    return label, score, groups


def _plain(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return re.sub(r"\W+", "_", bare).strip("_")


def _values(values: NDArray[Any]) -> int:
    """How many different values, gaps aside (counted on the first 100,000 rows)."""
    some = values[:100_000]
    if some.dtype.kind == "f":
        return len(np.unique(some[~np.isnan(some)]))
    return len(set(some.tolist()) - {""})
