"""What is kept of the packaged files about people, done once at fetch: the rest never lies in a specimen's folder."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

COMPAS_KEPT = (
    *("sex", "age", "age_cat", "race", "juv_fel_count", "juv_misd_count", "juv_other_count", "priors_count"),
    *("c_charge_degree", "days_b_screening_arrest", "is_recid", "two_year_recid", "is_violent_recid"),
    *("decile_score", "score_text", "v_decile_score", "v_score_text"),
)
"""Neither names, dates of birth, case numbers, days of arrest and jail, nor the wording of the charge."""

ADULT = (
    *("age", "workclass", "fnlwgt", "education", "education_num", "marital_status", "occupation", "relationship"),
    *("race", "sex", "capital_gain", "capital_loss", "hours_per_week", "native_country", "income"),
)

GERMAN = (
    *("status", "duration", "credit_history", "purpose", "credit_amount", "savings", "employment", "installment_rate"),
    *("status_sex", "other_debtors", "residence_since", "property", "age", "installment_plans", "housing"),
    *("existing_credits", "job", "liable_for", "telephone", "foreign_worker", "credit"),
)

BIKES = (
    *("day", "year", "month", "hour", "season", "holiday", "weekday", "workingday", "weather", "temp", "atemp"),
    *("humidity", "windspeed", "casual", "registered", "count"),
)

GERMAN_WORDS = {
    "A11": "below 0 DM", "A12": "0 to 200 DM", "A13": "200 DM or more, or salary for a year", "A14": "no account",
    "A30": "no credits, or all paid back", "A31": "all paid back at this bank", "A32": "paid back so far",
    "A33": "delay in the past", "A34": "critical account",
    "A40": "new car", "A41": "used car", "A42": "furniture", "A43": "radio or television", "A44": "appliances",
    "A45": "repairs", "A46": "education", "A47": "holiday", "A48": "retraining", "A49": "business", "A410": "other",
    "A61": "below 100 DM", "A62": "100 to 500 DM", "A63": "500 to 1,000 DM", "A64": "1,000 DM or more", "A65": "unknown or none",
    "A71": "unemployed", "A72": "under 1 year", "A73": "1 to 4 years", "A74": "4 to 7 years", "A75": "7 years or more",
    "A91": "male", "A92": "female", "A93": "male", "A94": "male", "A95": "female",
    "A101": "none", "A102": "co-applicant", "A103": "guarantor",
    "A121": "real estate", "A122": "building savings or life insurance", "A123": "car or other", "A124": "unknown or none",
    "A141": "bank", "A142": "stores", "A143": "none", "A151": "rent", "A152": "own", "A153": "free",
    "A171": "unskilled, not resident", "A172": "unskilled, resident", "A173": "skilled", "A174": "highly qualified",
    "A191": "no", "A192": "yes", "A201": "yes", "A202": "no",
}  # fmt: skip


def compas(folder: Path) -> None:
    """``compas-raw.csv`` (53 columns) → ``compas.csv`` (17 columns, same 7,214 rows)."""
    with (folder / "compas-raw.csv").open(encoding="utf-8", newline="") as source:
        heading, *rows = csv.reader(source)
    places = [
        heading.index(name) for name in COMPAS_KEPT
    ]  # two names stand twice, with the same values: the first serves
    _write(folder / "compas.csv", COMPAS_KEPT, ([row[place] for place in places] for row in rows))
    (folder / "compas-raw.csv").unlink()


def adult(folder: Path) -> None:
    """``adult.data`` and ``adult.test`` → ``adult.csv``; "?" becomes a gap; the survey's weight is left out."""
    rows = []
    for part in ("adult.data", "adult.test"):
        for line in (folder / part).read_text(encoding="utf-8").splitlines():
            fields = [field.strip().rstrip(".").replace("?", "") for field in line.split(",")]
            if len(fields) == len(ADULT):
                rows.append([field for name, field in zip(ADULT, fields, strict=True) if name != "fnlwgt"])
        (folder / part).unlink()
    _write(folder / "adult.csv", [name for name in ADULT if name != "fnlwgt"], rows)


def german(folder: Path) -> None:
    """``german.data`` (codes) → ``german.csv`` (words), with two columns that say who: ``sex`` and ``age_group``."""
    kept = [name for name in GERMAN if name not in ("status_sex", "credit")]
    rows = []
    for line in (folder / "german.data").read_text(encoding="utf-8").splitlines():
        row = dict(zip(GERMAN, line.split(), strict=True))
        words = [GERMAN_WORDS.get(row[name], row[name]) for name in kept]
        young = "25 or younger" if int(row["age"]) <= 25 else "over 25"
        rows.append([*words, GERMAN_WORDS[row["status_sex"]], young, "good" if row["credit"] == "1" else "bad"])
    _write(folder / "german.csv", [*kept, "sex", "age_group", "credit"], rows)
    (folder / "german.data").unlink()


def bikes(folder: Path) -> None:
    """``bikes-raw.csv`` (rows out of order, hours as "6am") → ``bikes.csv`` (in the order of time, hours as 0 to 23)."""
    with (folder / "bikes-raw.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    made: list[tuple[int, int, list[object]]] = []
    for row in rows:
        day = date.fromisoformat(row["dteday"])
        hour = int(row["hr"][:-2]) % 12 + 12 * row["hr"].endswith("pm")
        weekday = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day.weekday()]  # the file has gaps here
        weather = [row["season"], row["holiday"], weekday, row["workingday"], row["weathersit"]]
        air = [f"{float(row[name]):.4g}" for name in ("temp", "atemp", "hum", "windspeed")]
        days = (day - date(2011, 1, 1)).days
        riders = [row["casual"], row["registered"], row["cnt"]]
        made.append((days, hour, [days, day.year, day.month, hour, *weather, *air, *riders]))
    made.sort(key=lambda entry: entry[:2])
    _write(folder / "bikes.csv", BIKES, (values for _, _, values in made))
    (folder / "bikes-raw.csv").unlink()


def _write(file: Path, heading: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)
