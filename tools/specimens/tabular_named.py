"""The published data sets: COMPAS, Adult, German credit, FICO scores, digits, bicycle hire. Texts: ``tabular_about``."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.finding import Specimen
from tools.specimens import fetch, tabular_about
from tools.specimens.tabular import Dataset, count_missing

PACKAGE = "decisions"

COMPAS_NUMBERS = (
    *("age", "juv_fel_count", "juv_misd_count", "juv_other_count", "priors_count", "days_b_screening_arrest"),
    *("is_recid", "two_year_recid", "is_violent_recid", "decile_score", "v_decile_score"),
)

WITHOUT_GENERAL_SCORE = (
    # sex, age group, race, prior offences, degree of the charge, days, score for violence, its word
    ("Female", "25 - 45", "Caucasian", 0, "M", -1, 1, "Low"),
    ("Male", "Greater than 45", "Caucasian", 3, "F", -10, 4, "Low"),
    ("Female", "Greater than 45", "Other", 1, "F", -2, 1, "Low"),
    ("Male", "Greater than 45", "Caucasian", 0, "F", -1, 5, "Medium"),
    ("Male", "Greater than 45", "Caucasian", 2, "F", -20, 1, "Low"),
)
"""Five people of ProPublica's file on violence (4,743 rows) have no general score, so that the packaged file lacks them."""


def compas() -> Dataset:
    """7,214 people scored in Broward County, 2013 and 2014 (Angwin et al. 2016)."""
    columns = _columns(PACKAGE, "compas.csv", COMPAS_NUMBERS)
    groups = ("race", "sex", "age_cat")
    return _dataset("compas", columns, "two_year_recid", 1.0, "decile_score", groups, _specimen(PACKAGE, "compas.csv"))


def compas_violent() -> Dataset:
    """The 4,743 people of ProPublica's analysis of the violence score.

    It leaves out those who were charged again within two years, but with nothing violent.
    """
    columns = _columns(PACKAGE, "compas.csv", COMPAS_NUMBERS)
    kept = (columns["two_year_recid"] == 0) | (columns["is_violent_recid"] == 1)
    names = ("sex", "age_cat", "race", "priors_count", "c_charge_degree", "days_b_screening_arrest", "v_decile_score")
    five: dict[str, tuple[Any, ...]] = dict(
        zip((*names, "v_score_text"), zip(*WITHOUT_GENERAL_SCORE, strict=True), strict=True)
    )
    five |= dict.fromkeys(("is_recid", "two_year_recid", "is_violent_recid"), (0,) * len(WITHOUT_GENERAL_SCORE))
    gap: dict[str, tuple[Any, ...]] = {
        "f": (np.nan,) * len(WITHOUT_GENERAL_SCORE),
        "O": ("",) * len(WITHOUT_GENERAL_SCORE),
    }
    joined = {
        name: np.concatenate([values[kept], np.array(five.get(name, gap[values.dtype.kind]), dtype=values.dtype)])
        for name, values in columns.items()
    }
    specimen = _specimen(PACKAGE, "compas.csv", "compas-violent")
    groups = ("race", "sex", "age_cat")
    return _dataset("compas-violent", joined, "two_year_recid", 1.0, "v_decile_score", groups, specimen)


def adult() -> Dataset:
    """48,842 people of the census of the United States, 1994 (Kohavi 1996)."""
    columns = _columns(PACKAGE, "adult.csv", ("age", "education_num", "capital_gain", "capital_loss", "hours_per_week"))
    return _dataset("adult", columns, "income", ">50K", "", ("sex", "race"), _specimen(PACKAGE, "adult.csv"))


def german() -> Dataset:
    """1,000 loans of a German bank, 1973 to 1975 (Hofmann 1994)."""
    numbers = (
        "duration",
        "credit_amount",
        "installment_rate",
        "residence_since",
        "age",
        "existing_credits",
        "liable_for",
    )
    columns = _columns(PACKAGE, "german.csv", numbers)
    return _dataset("german", columns, "credit", "good", "", ("age_group", "sex"), _specimen(PACKAGE, "german.csv"))


def fico() -> Dataset:
    """174,047 people with a TransRisk score, rebuilt one by one from percentages (Federal Reserve 2007, Hardt et al. 2016)."""
    place = fetch.path(PACKAGE)
    below, bad = (_grid(place / name) for name in ("fico-cdf.csv", "fico-performance.csv"))
    with (place / "fico-totals.csv").open(encoding="utf-8", newline="") as source:
        heading, totals = list(csv.reader(source))[:2]
    races = ["White" if "white" in name else name for name in heading[1:]]
    columns: dict[str, list[NDArray[Any]]] = {"score": [], "race": [], "repaid": []}
    for i, race in enumerate(races):
        people = np.diff(np.rint(int(totals[i + 1]) * below[:, i + 1] / 100), prepend=0).astype(int)
        repaid = np.diff(np.rint(np.cumsum(people * (1 - bad[:, i + 1] / 100))), prepend=0).astype(int)
        columns["score"].append(np.repeat(np.tile(below[:, 0], 2), np.concatenate([repaid, people - repaid])))
        columns["race"].append(np.repeat(np.array([race], dtype=object), people.sum()))
        words = np.array(["yes", "no"], dtype=object)
        columns["repaid"].append(np.repeat(words, [repaid.sum(), (people - repaid).sum()]))
    joined = {name: np.concatenate(parts) for name, parts in columns.items()}
    return _dataset("fico", joined, "repaid", "yes", "score", ("race",), _specimen(PACKAGE, "fico-cdf.csv", "fico"))


def bikes() -> Dataset:
    """17,379 hours of bicycle hire in Washington, 2011 and 2012 (Fanaee-T and Gama 2014)."""
    words = ("season", "holiday", "weekday", "workingday", "weather")
    columns = _columns("bikes", "bikes.csv", (), words)
    return _dataset("bikes", columns, "count", "", "", (), _specimen("bikes", "bikes.csv"))


def digits() -> Dataset:
    """1,797 handwritten digits of 8 × 8 pixels, 0 to 16 (Alpaydin and Kaynak 1998), as scikit-learn carries them."""
    import sklearn
    from sklearn.datasets import load_digits

    packed = load_digits()
    columns: dict[str, NDArray[Any]] = {f"pixel_{i // 8}_{i % 8}": packed.data[:, i].astype(float) for i in range(64)}
    columns["digit"] = np.array([str(digit) for digit in packed.target], dtype=object)
    specimen = Specimen(
        name="digits",
        source="scikit-learn: sklearn.datasets.load_digits (test part of the UCI Optical Recognition of Handwritten Digits)",
        revision=sklearn.__version__,
        sha256=digest(columns),
        licence="CC BY 4.0 (UCI)",
    )
    return _dataset("digits", columns, "digit", "", "", (), specimen)


def digest(columns: dict[str, NDArray[Any]]) -> str:
    """SHA-256 of names and values, column by column."""
    total = hashlib.sha256()
    for name, values in columns.items():
        total.update(name.encode())
        total.update(values.tobytes() if values.dtype.kind == "f" else "\0".join(values.tolist()).encode())
    return total.hexdigest()


def _dataset(
    name: str,
    columns: dict[str, NDArray[Any]],
    label: str,
    positive: str | float,
    score: str,
    groups: tuple[str, ...],
    specimen: Specimen,
) -> Dataset:
    about = tabular_about.ABOUT[name]
    return Dataset(name, columns, label, positive, score, groups, specimen, about, count_missing(columns))


def _columns(package: str, file: str, numbers: tuple[str, ...], words: tuple[str, ...] = ()) -> dict[str, NDArray[Any]]:
    """The columns of a converted file: ``numbers`` are numbers, or all but ``words``."""
    with (fetch.path(package) / file).open(encoding="utf-8", newline="") as source:
        heading, *rows = list(csv.reader(source))
    columns: dict[str, NDArray[Any]] = {}
    for name, values in zip(heading, zip(*rows, strict=True), strict=True):
        if name in numbers or (words and name not in words):
            columns[name] = np.array([value or "nan" for value in values], dtype=float)
        else:
            columns[name] = np.array(values, dtype=object)
    return columns


def _grid(file: Path) -> NDArray[np.float64]:
    with file.open(encoding="utf-8", newline="") as source:
        return np.array(list(csv.reader(source))[1:], dtype=float)


def _specimen(package: str, file: str, name: str = "") -> Specimen:
    record = json.loads((fetch.path(package) / "specimen.json").read_text())
    return Specimen(
        name=name or file.removesuffix(".csv"),
        source=record["source"].split(":")[0],
        revision=record["revision"],
        sha256=record["files"][file],
        licence=record["licence"],
    )
