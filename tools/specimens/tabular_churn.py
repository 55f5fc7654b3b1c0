"""The look-alike of the churn table used in courses: a seeded function and its recipe; no row of the original is used."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.specimens.tabular import Dataset
from tools.specimens.tabular_draws import Floats, dataset, happens, pick, words

Mask = NDArray[np.bool_]


def churn_like(seed: int = 0) -> Dataset:
    """7,043 customers of a telephone company.

    Recipe: 16 % over 65; tenure 1 to 72 months (11 people: 0), a mixture of new (Beta
    .6, 2.2) and loyal customers (Beta 3, .8), half and half; contract by the month with
    log-odds 2.6 − .06 × tenure, of the others two years with log-odds −2.2 + .055 ×
    tenure, else one; 90 % have a
    telephone, internet none / DSL / fibre 22 / 34 / 44 % (no telephone: DSL);
    six extras with log-odds −1.7 to −1 + .028 × tenure. Price: 20
    telephone, +5 several lines, 25 DSL, 50 fibre, 5 an extra, 10 a stream, ± .6.
    Total = tenure × price × (1 ± 5 %), missing at tenure 0. Log-odds of leaving:
    −1.35 + 1.3 by the month − .75 two years − .033 × tenure + .95 fibre − .7 no
    internet + .4 electronic cheque + .35 paperless + .25 over 65 − .35 support −
    .35 security.
    """
    draw, n = np.random.default_rng(seed), 7043
    woman, senior = draw.random(n) < 0.495, draw.random(n) < 0.16
    partner = draw.random(n) < 0.48
    dependents = draw.random(n) < np.where(partner, 0.52, 0.10) * np.where(senior, 0.3, 1.05)
    new = draw.random(n) < 0.5
    tenure = np.ceil(72 * np.where(new, draw.beta(0.6, 2.2, n), draw.beta(3, 0.8, n)))
    tenure[draw.choice(n, 11, replace=False)] = 0
    monthly = happens(draw, 2.6 - 0.06 * tenure)
    two_years = ~monthly & happens(draw, -2.2 + 0.055 * tenure)
    phone, lines, net, extras = _services(draw, tenure)
    online = net != "No"
    price = np.round(_list_price(phone, lines, net, extras) + 0.6 * draw.standard_normal(n), 2)
    total = np.round(tenure * price * (1 + 0.05 * np.clip(draw.standard_normal(n), -3, 3)), 2)
    paying = pick(draw, PAYING, (0.34, 0.23, 0.22, 0.21), n)
    paperless = draw.random(n) < np.where(online, 0.67, 0.30)
    odds = 1.3 * monthly - 0.75 * two_years - 0.033 * tenure + 0.25 * senior + 0.35 * paperless
    odds += 0.4 * (paying == PAYING[0]) + _service_odds(net, extras)
    columns: dict[str, NDArray[Any]] = {
        "gender": words(woman, "Female", "Male"),
        "SeniorCitizen": senior.astype(float),
        "Partner": words(partner, "Yes", "No"),
        "Dependents": words(dependents, "Yes", "No"),
        "tenure": tenure,
        "PhoneService": words(phone, "Yes", "No"),
        "MultipleLines": np.where(phone, words(lines, "Yes", "No"), "No phone service"),
        "InternetService": net,
        **{name: np.where(online, words(has, "Yes", "No"), "No internet service") for name, has in extras.items()},
        "Contract": np.where(monthly, "Month-to-month", words(two_years, "Two year", "One year")),
        "PaperlessBilling": words(paperless, "Yes", "No"),
        "PaymentMethod": paying,
        "MonthlyCharges": price,
        "TotalCharges": np.where(tenure == 0, np.nan, total),
        "Churn": words(happens(draw, odds - 1.35), "Yes", "No"),
    }
    return dataset("churn-like", columns, "Churn", "Yes", ("gender", "SeniorCitizen"), seed)


EXTRAS = ("OnlineSecurity", "OnlineBackup", "DeviceProtection", "TechSupport", "StreamingTV", "StreamingMovies")
PAYING = ("Electronic check", "Mailed check", "Bank transfer (automatic)", "Credit card (automatic)")


def _services(draw: np.random.Generator, tenure: Floats) -> tuple[Mask, Mask, NDArray[Any], dict[str, Mask]]:
    """Telephone, several lines, kind of internet, and the extras of those who have internet."""
    n = len(tenure)
    phone = draw.random(n) < 0.9
    lines = phone & happens(draw, -0.9 + 0.025 * tenure)
    net = pick(draw, ("No", "DSL", "Fiber optic"), (0.22, 0.34, 0.44), n)
    net[~phone] = "DSL"
    online = net != "No"
    bases = zip(EXTRAS, (-1.7, -1.45, -1.45, -1.7, -1.05, -1.0), strict=True)
    return phone, lines, net, {name: online & happens(draw, base + 0.028 * tenure) for name, base in bases}


def _list_price(phone: Mask, lines: Mask, net: NDArray[Any], extras: dict[str, Mask]) -> Floats:
    """What the services cost a month, before noise."""
    line = np.select([net == "DSL", net == "Fiber optic"], [25.0, 50.0], 0.0)
    price: Floats = 20 * phone + 5 * lines + line
    for name, has in extras.items():
        price = price + (10 if name.startswith("Streaming") else 5) * has
    return price


def _service_odds(net: NDArray[Any], extras: dict[str, Mask]) -> Floats:
    """What the services add to the log-odds of leaving."""
    odds: Floats = 0.95 * (net == "Fiber optic") - 0.7 * (net == "No")
    odds -= 0.35 * extras["TechSupport"] + 0.35 * extras["OnlineSecurity"]
    return odds
