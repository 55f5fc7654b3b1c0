"""Data sets about decisions: the published ones, generated look-alikes, and the file of the user.

data = load("compas")
data.columns["race"], data.outcome(), data.by("race+sex").names
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from tools.errors import BadInput
from tools.specimens import tabular_churn as churn
from tools.specimens import tabular_generated as generated
from tools.specimens import tabular_named as named
from tools.specimens.tabular import OWN, Dataset, Groups, count_missing

__all__ = ["ALIASES", "NAMED", "OWN", "REFERENCES", "Dataset", "Groups", "count_missing", "load"]

NAMED = {
    "compas": named.compas,
    "compas-violent": named.compas_violent,
    "adult": named.adult,
    "german": named.german,
    "fico": named.fico,
    "digits": named.digits,
    "bikes": named.bikes,
    "credit-like": generated.credit_like,
    "churn-like": churn.churn_like,
    "bikes-like": generated.bikes_like,
}

ALIASES = {"loan": "credit-like", "credit": "credit-like", "churn": "churn-like"}
"""Courses speak of these; the originals are not free to pass on (see the recipes), so the look-alike answers."""


REFERENCES = {
    "adult": ["kohavi1996", "ding2021"],
    "german": ["hofmann1994", "gromping2019"],
    "fico": ["federalreserve2007"],
    "digits": ["alpaydin1998"],
    "bikes": ["fanaee2014"],
}
"""Where the data come from, and what is known to be wrong with them."""


def load(name: str) -> Dataset:
    """A data set by name, or the CSV or Parquet file at a path.

    Errors: ``BadInput`` for a name that does not exist or a file that cannot be
    read (it says what to do); ``Missing`` for a specimen that was not fetched.
    """
    wanted = name.strip().casefold()
    wanted = ALIASES.get(wanted, wanted)
    if wanted in NAMED:
        return _named(wanted)
    file = Path(name.strip().strip("\"'«» ")).expanduser()
    if not file.is_file():
        known = ", ".join(NAMED)
        raise BadInput(
            f"There is no data set called '{name}', and no such file. Use one of {known}, or the path of a CSV or Parquet file.",
            f"Aucun jeu de données ne s’appelle « {name} » et ce fichier n’existe pas. "
            f"Prenez l’un de ceux-ci : {known}, ou donnez le chemin d’un fichier CSV ou Parquet.",
        )
    state = file.stat()
    return _file(str(file), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _named(name: str) -> Dataset:
    return NAMED[name]()


@lru_cache(maxsize=1)
def _file(path: str, modified: int, size: int) -> Dataset:
    """Read again only when the file changed."""
    from tools.specimens.tabular_files import read

    return read(Path(path))
