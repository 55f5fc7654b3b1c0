"""The published table of Gender Shades (Buolamwini and Gebru 2018), as counts rebuilt from its percentages.

1,270 faces of members of parliament, by skin type and gender; the error of three commercial programs that
guess the gender of a face, as sold in 2017. The paper prints percentages with one decimal, so that a count
rebuilt here can be one face off.
"""

from __future__ import annotations

import hashlib
import json

import numpy as np

from tools.fairness.disaggregated.records import Cells
from tools.finding import Specimen, Text, same

FACES = 1270
SHARES = (21.3, 25.0, 23.3, 30.3)  # % of the faces: darker women, darker men, lighter women, lighter men
ERRORS = {  # % of each group, in the same order
    "microsoft": (20.8, 6.0, 1.7, 0.0),
    "face++": (34.5, 0.7, 6.0, 0.8),
    "ibm": (34.7, 12.0, 7.1, 0.3),
}
TITLES = {"microsoft": "Microsoft", "face++": "Face++", "ibm": "IBM"}
GROUPS = (
    Text(en="Darker-skinned women", fr="Femmes à peau foncée"),
    Text(en="Darker-skinned men", fr="Hommes à peau foncée"),
    Text(en="Lighter-skinned women", fr="Femmes à peau claire"),
    Text(en="Lighter-skinned men", fr="Hommes à peau claire"),
)
FEATURES = (  # one feature at a time: its name, its two groups, and which of the four each holds
    (Text(en="skin type", fr="type de peau"), (Text(en="Darker skin", fr="Peaux foncées"), (0, 1)), (Text(en="Lighter skin", fr="Peaux claires"), (2, 3))),
    (Text(en="gender", fr="genre"), (Text(en="Women", fr="Femmes"), (0, 2)), (Text(en="Men", fr="Hommes"), (1, 3))),
)  # fmt: skip


def faces() -> tuple[int, ...]:
    """People a group, rebuilt from the published shares: 271, 318, 296, 385."""
    return tuple(int(FACES * share / 100 + 0.5) for share in SHARES)


def panels(classifier: str, metric: str) -> tuple[list[Cells], list[Cells]]:
    """One panel a program (or the one asked for), and the same faces by one feature at a time."""
    n = np.array(faces())
    across, alone = [], []
    for key in TITLES if classifier == "all" else (classifier,):
        printed = np.array(ERRORS[key]) / 100
        wrong = np.rint(n * printed).astype(np.int64)
        counts = n - wrong if metric == "accuracy" else wrong
        title = same(TITLES[key])
        across.append(Cells(title, GROUPS, n, counts, 1 - printed if metric == "accuracy" else printed))
        for feature, *halves in FEATURES:
            name = Text(en=f"{title.en}, {feature.en}", fr=f"{title.fr}, {feature.fr}")
            parts = [list(members) for _, members in halves]
            alone.append(
                Cells(name, tuple(half for half, _ in halves), np.array([n[part].sum() for part in parts]), np.array([counts[part].sum() for part in parts]))
            )  # fmt: skip
    return across, alone


def specimen() -> Specimen:
    """The table itself, with the hash of its numbers."""
    table = json.dumps([FACES, SHARES, ERRORS], sort_keys=True)
    return Specimen(
        name="Gender Shades (2018)",
        source="https://proceedings.mlr.press/v81/buolamwini18a.html",
        revision="2018",
        sha256=hashlib.sha256(table.encode()).hexdigest(),
    )
