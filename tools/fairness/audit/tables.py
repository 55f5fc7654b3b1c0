"""The estimates of an audit, and its tables."""

from __future__ import annotations

import math

from tools.fairness.audit import metrics, names
from tools.fairness.audit.case import SMALLEST
from tools.fairness.audit.compas import DRESSEL_FARID
from tools.fairness.audit.measure import Interval, Measured
from tools.finding import Cell, Estimate, Table, Text, same

LABELS = {
    "base_rate": Text(en="base rate", fr="taux de base"),
    "selection": Text(en="share flagged", fr="part signalée"),
    "fpr": Text(en="false positive rate", fr="taux de faux positifs"),
    "fnr": Text(en="false negative rate", fr="taux de faux négatifs"),
    "ppv": Text(en="precision (PPV)", fr="précision (VPP)"),
    "npv": Text(en="negative predictive value", fr="valeur prédictive négative"),
    "accuracy": Text(en="accuracy", fr="exactitude"),
}
SPREADS = {
    "parity_difference": Text(en="demographic parity difference (share flagged)", fr="écart de parité démographique (part signalée)"),
    "impact_ratio": Text(en="disparate impact (smallest share flagged over largest)", fr="effet disproportionné (plus petite part signalée sur plus grande)"),
    "opportunity_difference": Text(en="equal opportunity difference (true positive rates)", fr="écart d’égalité des chances (taux de vrais positifs)"),
    "odds_difference": Text(en="equalised odds difference (the larger of the gaps in both error rates)", fr="écart de chances égalisées (le plus grand écart des deux taux d’erreur)"),
}  # fmt: skip
SMALL = Text(en=f"fewer than {SMALLEST}: not compared", fr=f"moins de {SMALLEST} : non comparé")
GROUP, LOW, HIGH = Text(en="Group", fr="Groupe"), Text(en="low (95%)", fr="bas (95 %)"), Text(en="high", fr="haut")


def known(value: float) -> float | None:
    """``None`` in place of NaN."""
    return None if math.isnan(value) else value


def share(value: float) -> float | None:
    """A share in percent; ``None`` in place of NaN."""
    return None if math.isnan(value) else 100 * value


def headed(text: Text) -> Text:
    """A label with a capital, for a heading."""
    return Text(en=text.en[0].upper() + text.en[1:], fr=text.fr[0].upper() + text.fr[1:])


def estimates(m: Measured, reading: str) -> list[Estimate]:
    """The gaps of the pair, the rates behind them, then the measures over all groups; the reading asked for first."""
    order = ("ppv", "fpr", "fnr") if reading == "northpointe" else ("fpr", "fnr", "ppv")
    found = [_gap(m, name) for name in order]
    found += [_rate(m, name, at) for name in ("fpr", "fnr", "ppv") for at in m.pair]
    for name, label in SPREADS.items():
        value, low, high = m.gaps[name]
        ratio = name == "impact_ratio"
        found.append(
            Estimate(
                name=name, label=label, value=known(value), low=known(low), high=known(high), confidence=0.95,
                n=_people(m), baseline=1.0 if ratio else 0.0, baseline_label=Text(en="equal", fr="égalité"),
            )
        )  # fmt: skip
    found += [_area(m, at) for at in m.pair] if m.case.source != "prediction" else []
    value, low, high = m.calibration.gap
    found.append(
        Estimate(
            name="calibration_gap", value=share(value), low=share(low), high=share(high), confidence=0.95, unit="points",
            label=Text(en="difference in outcome at the same score", fr="écart de résultat à score égal"), n=_people(m),
            baseline=0.0, baseline_label=Text(en="the score means the same", fr="le score veut dire la même chose"),
        )
    )  # fmt: skip
    label = Text(
        en="times more false positives forced by the base rates, at equal precision and misses",
        fr="fois plus de faux positifs imposés par les taux de base, à précision et oublis égaux",
    )
    if math.isfinite(m.forced):
        found.append(Estimate(name="forced_ratio", label=label, value=m.forced, n=_people(m), baseline=1.0))
    return found


def _people(m: Measured) -> int:
    return int(sum(m.case.sizes[at] for at in m.pair))


def _gap(m: Measured, name: str) -> Estimate:
    value, low, high = m.gaps[name]
    first, second = (names.both(m.case, at) for at in m.pair)
    return Estimate(
        name=f"{name}_gap", value=share(value), low=share(low), high=share(high), confidence=0.95, unit="points",
        label=Text(
            en=f"gap in {LABELS[name].en}, {first.en} minus {second.en}",
            fr=f"écart de {LABELS[name].fr}, {first.fr} moins {second.fr}",
        ),
        n=_people(m), baseline=0.0, baseline_label=Text(en="no gap", fr="aucun écart"),
    )  # fmt: skip


def _rate(m: Measured, name: str, at: int) -> Estimate:
    value, low, high, n = m.rate(name, at)
    who = names.both(m.case, at)
    place = "first" if at == m.pair[0] else "second"
    return Estimate(
        name=f"{name}_{place}", label=Text(en=f"{LABELS[name].en}, {who.en}", fr=f"{LABELS[name].fr}, {who.fr}"),
        value=share(value), low=share(low), high=share(high), confidence=0.95, unit="%", n=n,
    )  # fmt: skip


def _area(m: Measured, at: int) -> Estimate:
    value, low, high = m.areas[at]
    who = names.both(m.case, at)
    return Estimate(
        name="auc_first" if at == m.pair[0] else "auc_second", label=Text(en=f"AUC, {who.en}", fr=f"AUC, {who.fr}"),
        value=known(value), low=known(low), high=known(high), confidence=0.95, n=int(m.case.sizes[at]),
        baseline=0.5, baseline_label=Text(en="chance", fr="hasard"),
    )  # fmt: skip


def tables(m: Measured) -> list[Table]:
    """Every table, those about the readings first."""
    from tools.fairness.audit import more_tables as more

    made = [groups(m), more.readings(m), gaps(m), more.equation(m)]
    if m.case.source != "prediction":
        made += [more.thresholds(m), more.calibration(m)]
    made += [crossed(title, named, counts) for title, named, counts in m.crossed]
    made += [published(m)] if m.ratios else []
    return [*made, bounds(m), more.missing(m)]


def groups(m: Measured) -> Table:
    """Counts and rates of each group, and of everybody."""
    rows: list[list[Cell]] = []
    for at, counts in enumerate(m.counts):
        small = None if at in m.ranked else SMALL
        rows.append([names.both(m.case, at), *_row(counts), known(m.areas[at][0]), small])
    whole = metrics.auc(m.case.outcome, m.case.values)[0]
    rows.append([Text(en="Everybody", fr="Tout le monde"), *_row(m.counts.sum(axis=0)), known(whole), None])
    title = Text(en="Every group at this threshold", fr="Chaque groupe à ce seuil")
    return Table(name="groups", title=title, columns=[*_columns(), same("AUC"), Text(en="Note", fr="Note")], rows=rows)


def _columns() -> list[Text]:
    counts = [Text(en="TN", fr="VN"), Text(en="FP", fr="FP"), Text(en="FN", fr="FN"), Text(en="TP", fr="VP")]
    rates = [Text(en=f"{headed(label).en} (%)", fr=f"{headed(label).fr} (%)") for label in LABELS.values()]
    return [GROUP, same("n"), *counts, *rates]


def _row(counts: metrics.Ints) -> list[Cell]:
    return [
        int(counts.sum()),
        *(int(c) for c in counts),
        *(share(float(metrics.rate(counts, name))) for name in LABELS),
    ]


def gaps(m: Measured) -> Table:
    """The measures of fairness, for the pair and over all groups that are compared."""
    rows: list[list[Cell]] = []
    for name, label in SPREADS.items():
        rows.append([headed(label), *_three(m.gaps[name]), *_three(m.spreads[name])])
    pair = [Text(en=f"{one} of the two", fr=f"{other} des deux") for one, other in (("Value", "Valeur"),)]
    first, second = (names.both(m.case, at) for at in m.pair)
    columns = [
        Text(en="Measure (0 to 1)", fr="Mesure (de 0 à 1)"), *pair, LOW, HIGH,
        Text(en=f"Value over all {len(m.ranked)} groups", fr=f"Valeur sur les {len(m.ranked)} groupes"), LOW, HIGH,
    ]  # fmt: skip
    title = Text(
        en=f"Measures of fairness: {first.en} and {second.en}, then all groups of {SMALLEST} or more",
        fr=f"Mesures d’équité : {first.fr} et {second.fr}, puis tous les groupes de {SMALLEST} et plus",
    )
    return Table(name="gaps", title=title, columns=columns, rows=rows)


def _three(interval: Interval) -> list[Cell]:
    return [known(part) for part in interval]


def bounds(m: Measured) -> Table:
    """Every rate with its interval."""
    rows: list[list[Cell]] = []
    for at in range(len(m.case.names)):
        for name, label in LABELS.items():
            value, low, high, n = m.rate(name, at)
            rows.append([names.both(m.case, at), headed(label), share(value), share(low), share(high), n])
    columns = [
        GROUP,
        Text(en="Rate", fr="Taux"),
        Text(en="Value (%)", fr="Valeur (%)"),
        LOW,
        HIGH,
        Text(en="out of", fr="sur"),
    ]
    title = Text(en="Every rate with its Wilson interval", fr="Chaque taux avec son intervalle de Wilson")
    return Table(name="bounds", title=title, columns=columns, rows=rows)


def crossed(title: str, named: tuple[str, ...], counts: metrics.Ints) -> Table:
    """Groups crossed with another column; small ones are shown with a note."""
    rows: list[list[Cell]] = []
    for name, row in zip(named, counts, strict=True):
        if row.sum():
            who = Text(en=names.translated(name, "en"), fr=names.translated(name, "fr"))
            rows.append([who, *_row(row), SMALL if row.sum() < SMALLEST else None])
    heading = Text(en=f"Intersections: {title}", fr=f"Intersections : {title}")
    columns = [*_columns(), Text(en="Note", fr="Note")]
    return Table(name=f"crossed_{title.split(' + ')[1]}", title=heading, columns=columns, rows=rows)


def published(m: Measured) -> Table:
    """The published regressions of COMPAS beside ours."""
    scores = {
        "general": Text(en="general score", fr="score général"),
        "violent": Text(en="violent score", fr="score de violence"),
    }
    who = {
        "African-American": Text(en="African-American, against Caucasian", fr="Noirs, face aux Blancs"),
        "Female": Text(en="women, against men", fr="femmes, face aux hommes"),
        "Less than 25": Text(en="under 25, against 25 to 45", fr="moins de 25 ans, face aux 25 à 45 ans"),
    }
    rows: list[list[Cell]] = []
    for one in m.ratios:
        kind = scores[one.score]
        label = Text(
            en=f"How many times likelier a higher {kind.en}: {who[one.who].en}",
            fr=f"Combien de fois plus probable, un {kind.fr} plus haut : {who[one.who].fr}",
        )
        rows.append([label, one.value, one.low, one.high, one.published, one.n, same("ProPublica 2016")])
    if m.rival is not None:
        two = Text(
            en="Accuracy of a model of age and priors (%)", fr="Exactitude d’un modèle sur l’âge et les antécédents (%)"
        )
        score = Text(en="Accuracy of COMPAS (%)", fr="Exactitude de COMPAS (%)")
        rows.append([two, 100 * m.rival.two, None, None, 100 * DRESSEL_FARID, m.rival.n, same("Dressel & Farid 2018")])
        rows.append([score, 100 * m.rival.score, None, None, 65.4, m.rival.n, same("Dressel & Farid 2018")])
    columns = [
        Text(en="Published result", fr="Résultat publié"), Text(en="Here", fr="Ici"), LOW, HIGH, Text(en="Published", fr="Publié"), same("n"), Text(en="By", fr="Par"),
    ]  # fmt: skip
    title = Text(en="Published results, computed again", fr="Résultats publiés, recalculés")
    return Table(name="published", title=title, columns=columns, rows=rows)
