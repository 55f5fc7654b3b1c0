"""The numbers of the image association test as rows: estimates, versions, drawings, published values."""

from __future__ import annotations

from tools.finding import Cell, Estimate, Table, Text, same
from tools.vision.images_association.measure import CONFIDENCE, PIXELS, VERSIONS, Measured
from tools.vision.images_association.text import NAMES, splits_name


def estimates(found: list[Measured], version: str) -> list[Estimate]:
    """d of each test in each version; a single test's main one is called ``effect_size``."""
    rows = []
    for one in found:
        for kind in (version, *(other for other in (*VERSIONS, PIXELS) if other != version)):
            scored = one.scored[kind]
            stem = "effect_size" if len(found) == 1 else f"effect_size_{one.test.name.replace('-', '_')}"
            rows.append(
                Estimate(
                    name=stem if kind == version else f"{stem}_{kind}",
                    label=Text(
                        en=f"d, {one.test.title.en} ({NAMES[kind].en})", fr=f"d, {one.test.title.fr} ({NAMES[kind].fr})"
                    ),
                    value=scored.d, low=scored.low, high=scored.high, confidence=CONFIDENCE, p=scored.splits.p,
                    test=Text(en=splits_name(scored, "en"), fr=splits_name(scored, "fr")),
                    n=len(scored.x) + len(scored.y), baseline=0.0, baseline_label=Text(en="no difference", fr="aucune différence"),
                )
            )  # fmt: skip
    return rows


def versions(found: list[Measured], version: str) -> Table:
    """Every test in every version, side by side."""
    rows: list[list[Cell]] = []
    for one in found:
        for kind in (*VERSIONS, PIXELS):
            s = one.scored[kind]
            corrected = round(one.p_holm, 5) if kind == version else None
            rows.append(
                [
                    one.test.title,
                    NAMES[kind],
                    round(s.d, 3),
                    round(s.low, 3),
                    round(s.high, 3),
                    s.splits.p,
                    s.splits.tried,
                    corrected,
                ]
            )
    return Table(
        name="versions",
        title=Text(en="Each test, in colour, in grey, as outlines, and on bare pixels", fr="Chaque test, en couleur, en gris, en silhouette, et sur les pixels bruts"),
        columns=[
            Text(en="test", fr="test"), Text(en="version", fr="version"), same("d"), Text(en="low", fr="bas"), Text(en="high", fr="haut"),
            same("p"), Text(en="splits", fr="partages"), Text(en="p, corrected (Holm)", fr="p corrigé (Holm)"),
        ],
        rows=rows,
    )  # fmt: skip


def published(found: list[Measured]) -> Table:
    """What the article measured on photographs, by the tests that resemble these."""
    rows: list[list[Cell]] = []
    for one in found:
        p = one.test.published
        rows.append([one.test.title, p.name, p.igpt_d, p.igpt_p, p.simclr_d, p.simclr_p, p.iat_d])
    return Table(
        name="published",
        title=Text(
            en="For reference, measured on photographs by Steed and Caliskan 2021 (their published results)",
            fr="Pour comparaison, mesuré sur des photographies par Steed et Caliskan 2021 (leurs résultats publiés)",
        ),
        columns=[
            Text(en="test here", fr="test d’ici"), Text(en="their test", fr="leur test"), same("d, iGPT"), same("p, iGPT"),
            same("d, SimCLRv2"), same("p, SimCLRv2"), Text(en="d, people (IAT)", fr="d, humains (IAT)"),
        ],
        rows=rows,
    )  # fmt: skip


def drawings(one: Measured, version: str) -> Table:
    """Each drawing of the two groups with its score, highest first."""
    scored, rows = one.scored[version], []
    for group, values in ((one.test.x, scored.x), (one.test.y, scored.y)):
        for code, value in sorted(zip(group.codes, values.tolist(), strict=True), key=lambda pair: -pair[1]):
            picture = "".join(chr(int(part, 16)) for part in code.split("-"))
            rows.append([group.label, picture, f"U+{code.replace('-', ' U+')}", round(value, 4)])
    return Table(
        name="drawings",
        title=Text(
            en=f"Each drawing and its score (positive: closer to {one.test.a.label.en})",
            fr=f"Chaque dessin et son score (positif : plus proche du groupe « {one.test.a.label.fr} »)",
        ),
        columns=[
            Text(en="group", fr="groupe"),
            Text(en="drawing", fr="dessin"),
            Text(en="code points", fr="points de code"),
            same("s"),
        ],
        rows=rows,
    )
