"""Look-alikes of tables used in courses whose originals cannot be passed on: seeded functions, the recipe in each.

The shares aimed at are those of the originals, rounded; no row of an original is used.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.specimens.tabular import Dataset
from tools.specimens.tabular_draws import Floats, dataset, gaps, happens, pick, words


def credit_like(seed: int = 0) -> Dataset:
    """614 loan requests.

    Recipe: 81 % men; 78 % graduates; 14 % self-employed; men married with
    probability .72, women .38; 0 to 3+ dependents, more when married. Income
    log-normal, median 3,800 a month, σ .55 (graduates × 1.3); a second income
    (median 1,900) for 75 % of the married and 30 % of the others. Loan in
    thousands: 8.5 × (joint income in thousands)^.6 × 6 × noise, men × 1.1.
    Credit history clean for 84 %. Log-odds of a yes: −2.6 + 3.9 clean history
    + .45 semi-urban + .35 married − .25 × (loan / joint income − 25) / 10.
    149 gaps in 134 rows, by column as in the original, at random.
    """
    draw, n = np.random.default_rng(seed), 614
    man, graduate, own_boss = (draw.random(n) < share for share in (0.81, 0.78, 0.14))
    married = draw.random(n) < np.where(man, 0.72, 0.38)
    dependents = np.minimum(draw.poisson(np.where(married, 1.0, 0.25)), 3)
    income = np.rint(np.exp(np.log(3800) + 0.55 * draw.standard_normal(n)) * np.where(graduate, 1.3, 1.0))
    second = draw.random(n) < np.where(married, 0.75, 0.30)
    other = np.rint(np.where(second, np.exp(np.log(1900) + 0.5 * draw.standard_normal(n)), 0))
    joint = income + other
    loan = np.rint(51 * (joint / 1000) ** 0.6 * np.where(man, 1.1, 1.0) * np.exp(0.25 * draw.standard_normal(n)))
    term = draw.choice([120.0, 180, 240, 300, 360, 480], n, p=[0.01, 0.07, 0.01, 0.03, 0.86, 0.02])
    clean = (draw.random(n) < 0.84).astype(float)
    area = pick(draw, ("Rural", "Semiurban", "Urban"), (0.29, 0.38, 0.33), n)
    odds = -2.6 + 3.9 * clean + 0.45 * (area == "Semiurban") + 0.35 * married - 0.25 * (1000 * loan / joint - 25) / 10
    columns: dict[str, NDArray[Any]] = {
        "Gender": words(man, "Male", "Female"),
        "Married": words(married, "Yes", "No"),
        "Dependents": np.array(["0", "1", "2", "3+"], dtype=object)[dependents],
        "Education": words(graduate, "Graduate", "Not Graduate"),
        "Self_Employed": words(own_boss, "Yes", "No"),
        "ApplicantIncome": income,
        "CoapplicantIncome": other,
        "LoanAmount": loan,
        "Loan_Amount_Term": term,
        "Credit_History": clean,
        "Property_Area": area,
        "Loan_Status": words(happens(draw, odds), "Y", "N"),
    }
    gaps(draw, columns, CREDIT_GAPS, 134)
    return dataset("credit-like", columns, "Loan_Status", "Y", ("Gender", "Married"), seed)


CREDIT_GAPS = {
    **{"Gender": 13, "Married": 3, "Dependents": 15, "Self_Employed": 32},
    **{"LoanAmount": 22, "Loan_Amount_Term": 14, "Credit_History": 50},
}


def bikes_like(seed: int = 0) -> Dataset:
    """Two years of hours (2011 and 2012, 17,544 rows).

    Recipe: temperature = 15 − 12 cos(2π (day − 15) / 365.25) + 4 sin(2π (hour −
    9) / 24) + a day's deviation (autoregressive, .8, σ 2.5); weather Clear /
    Mist / Rain, a new draw (.66 / .26 / .08) every hour with probability .12;
    humidity higher in bad weather, wind Gamma. Registered riders by hour: two
    peaks (8, 17) on working days, one broad (14) on free days; casual riders one
    broad peak (14), three times as many on free days. Both × warmth (Gaussian
    around 26 °C, σ 14) × (1 / .85 / .4) by weather × (1, 1.5) by year × a wavering
    factor (log-normal, σ .25 / .35); counts are Poisson.
    """
    draw, days = np.random.default_rng(seed), 731
    day, hour = np.repeat(np.arange(days), 24).astype(float), np.tile(np.arange(24), days).astype(float)
    dates = np.datetime64("2011-01-01") + day.astype(int)
    month = (dates.astype("datetime64[M]").astype(int) % 12 + 1).astype(float)
    year = (dates.astype("datetime64[Y]").astype(int) + 1970).astype(float)
    weekday = (day.astype(int) + 6) % 7  # the first of January 2011 was a Saturday; 0 is Sunday
    weather, humidity, wind, temperature = _air(draw, day, hour)
    working = (weekday > 0) & (weekday < 6)
    peaks = 260 * np.exp(-((hour - 8) ** 2) / 2) + 330 * np.exp(-((hour - 17.3) ** 2) / 4.5) + 90 * _hump(hour, 13, 4)
    common = (
        np.exp(-((temperature - 26) ** 2) / (2 * 14**2))
        * np.array([1, 0.85, 0.4])[weather]
        * np.where(year > 2011, 1.5, 1)
    )
    registered = np.where(working, peaks, 190 * _hump(hour, 14, 4.5)) + 8
    casual = np.where(working, 35, 110) * _hump(hour, 14.5, 3.8) + 2
    riders = [
        draw.poisson(rate * common * np.exp(wobble * draw.standard_normal(len(day)))).astype(float)
        for rate, wobble in ((casual, 0.35), (registered, 0.25))
    ]
    season = np.array(["winter", "spring", "summer", "autumn"], dtype=object)[(month.astype(int) % 12) // 3]
    columns: dict[str, NDArray[Any]] = {
        **{"day": day, "year": year, "month": month, "hour": hour, "season": season},
        "weekday": np.array(["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"], dtype=object)[weekday],
        "workingday": words(working, "Yes", "No"),
        "weather": np.array(["Clear", "Mist", "Rain"], dtype=object)[weather],
        **{"temp": temperature, "humidity": humidity, "windspeed": wind},
        **{"casual": riders[0], "registered": riders[1], "count": riders[0] + riders[1]},
    }
    return dataset("bikes-like", columns, "count", "", (), seed)


def _air(draw: np.random.Generator, day: Floats, hour: Floats) -> tuple[NDArray[np.int64], Floats, Floats, Floats]:
    """Weather (0 clear, 1 mist, 2 rain), humidity (%), wind (km/h) and temperature (°C), hour by hour."""
    n, days = len(day), int(day[-1]) + 1
    changes = np.maximum.accumulate(np.where(draw.random(n) < 0.12, np.arange(n), 0))
    weather = draw.choice(3, n, p=[0.66, 0.26, 0.08])[changes]
    deviation, shocks = np.zeros(days), 2.5 * draw.standard_normal(days)
    for i in range(1, days):
        deviation[i] = 0.8 * deviation[i - 1] + shocks[i] * 0.6
    warm = 15 - 12 * np.cos(2 * np.pi * (day - 15) / 365.25) + 4 * np.sin(2 * np.pi * (hour - 9) / 24)
    temperature = np.round(warm + deviation[day.astype(int)] - 2 * (weather == 2), 1)
    humidity = np.clip(np.rint(np.array([55, 70, 85])[weather] + 10 * draw.standard_normal(n)), 15, 100)
    return weather, humidity, np.round(draw.gamma(3, 4.2, n), 1), temperature


def _hump(hour: Floats, centre: float, width: float) -> Floats:
    hump: Floats = np.exp(-((hour - centre) ** 2) / (2 * width**2))
    return hump
