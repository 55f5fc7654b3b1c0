"""The tables of an audit about its readings, its thresholds and what the data lack."""

from __future__ import annotations

import math

import numpy as np

from tools.fairness.audit import metrics, names
from tools.fairness.audit.measure import Measured
from tools.fairness.audit.tables import GROUP, HIGH, LABELS, LOW, headed, share
from tools.finding import Cell, Lang, Table, Text, same
from tools.numbers import number

MOST = 21  # thresholds in the table


def readings(m: Measured) -> Table:
    """The two readings side by side: what each asks, and what each finds in both groups."""
    compas = m.case.compas
    who = [Text(en="By errors (ProPublica)", fr="Par les erreurs (ProPublica)"), Text(en="By precision (Northpointe)", fr="Par la précision (Northpointe)")] if compas else [Text(en="By errors", fr="Par les erreurs"), Text(en="By precision", fr="Par la précision")]  # fmt: skip
    asks = {
        "fpr": Text(en="Of those without the outcome, how many were flagged?", fr="Parmi ceux sans le résultat, combien sont signalés ?"),
        "fnr": Text(en="Of those with the outcome, how many were missed?", fr="Parmi ceux avec le résultat, combien sont manqués ?"),
        "ppv": Text(en="Of those flagged, how many had the outcome?", fr="Parmi les signalés, combien ont eu le résultat ?"),
        "npv": Text(en="Of those not flagged, how many did not?", fr="Parmi les non signalés, combien ne l’ont pas eu ?"),
    }  # fmt: skip
    rows: list[list[Cell]] = []
    for name, question in asks.items():
        side = who[0] if name in ("fpr", "fnr") else who[1]
        two = [share(m.rate(name, at)[0]) for at in m.pair]
        rows.append([side, question, headed(LABELS[name]), *two, *(share(part) for part in m.gaps[name])])
    if m.case.source != "prediction":
        equal = Text(
            en="At the same score, is the outcome as frequent?", fr="À score égal, le résultat est-il aussi fréquent ?"
        )
        rows.append(
            [
                who[1],
                equal,
                Text(en="Calibration", fr="Calibration"),
                None,
                None,
                *(share(p) for p in m.calibration.gap),
            ]
        )
        ranks = Text(en="Does the score rank people as well?", fr="Le score classe-t-il aussi bien ?")
        first, second = (m.areas[at] for at in m.pair)
        gap = first[0] - second[0]
        half = math.hypot((first[2] - first[1]) / 2, (second[2] - second[1]) / 2)
        values = [first[0], second[0], gap, gap - half, gap + half]
        rows.append([who[1], ranks, Text(en="AUC (%)", fr="AUC (%)"), *(share(value) for value in values)])
    columns = [
        Text(en="Reading", fr="Lecture"), Text(en="What it asks", fr="Ce qu’elle demande"), Text(en="Measure (%)", fr="Mesure (%)"),
        *(names.both(m.case, at) for at in m.pair), Text(en="Gap (points)", fr="Écart (points)"), LOW, HIGH,
    ]  # fmt: skip
    title = Text(en="Two readings of the same counts", fr="Deux lectures des mêmes comptes")
    return Table(name="readings", title=title, columns=columns, rows=rows)


def equation(m: Measured) -> Table:
    """Chouldechova's equation on the measured rates, and what it forces when a group takes the other's precision and misses."""
    base, ppv, fnr, fpr = (metrics.rate(m.counts, name) for name in ("base_rate", "ppv", "fnr", "fpr"))
    rows: list[list[Cell]] = []
    for at in m.pair:
        given = metrics.implied_fpr(base[at], ppv[at], fnr[at])
        cells = [share(float(x)) for x in (base[at], ppv[at], fnr[at], given, fpr[at])]
        rows.append([names.both(m.case, at), *cells])
    for at, other in (m.pair, m.pair[::-1]):
        given = metrics.implied_fpr(base[at], ppv[other], fnr[other])
        one, two = names.both(m.case, at), names.both(m.case, other)
        label = Text(
            en=f"{one.en}, with the precision and misses of {two.en}",
            fr=f"{one.fr}, avec la précision et les oublis de : {two.fr}",
        )
        rows.append([label, *(share(float(x)) for x in (base[at], ppv[other], fnr[other], given)), None])
    columns = [GROUP, *(Text(en=f"{headed(LABELS[n]).en} (%)", fr=f"{headed(LABELS[n]).fr} (%)") for n in ("base_rate", "ppv", "fnr"))]  # fmt: skip
    columns += [Text(en="FPR by the equation (%)", fr="TFP selon l’équation (%)"), Text(en="FPR counted (%)", fr="TFP compté (%)")]  # fmt: skip
    title = Text(
        en="FPR = p/(1−p) · (1−PPV)/PPV · (1−FNR) (Chouldechova 2017)",
        fr="TFP = p/(1−p) · (1−VPP)/VPP · (1−TFN) (Chouldechova 2017)",
    )
    return Table(name="equation", title=title, columns=columns, rows=rows)


def thresholds(m: Measured) -> Table:
    """Both groups at every threshold (21 at most, the current one among them), and the pair of thresholds that evens them best."""
    current = int(np.searchsorted(m.at, m.case.threshold))
    shown = sorted({*np.linspace(0, len(m.at) - 1, min(MOST, len(m.at))).round().astype(int).tolist(), current})
    rates = ("selection", "fpr", "fnr", "ppv")
    rows: list[list[Cell]] = []
    for at in shown:
        cells: list[Cell] = [share(float(metrics.rate(m.curve[at, g], name))) for name in rates for g in m.pair]
        mark = Text(en="current", fr="actuel") if at == current else None
        rows.append([float(m.at[at]), *cells, mark])
    if m.nearest is not None:
        best = m.nearest
        (low, high), gaps = best.at, best.gaps
        note = Text(
            en=f"best of {number(best.pairs, 'en', 0)} pairs of thresholds ({names.plain(low, 'en')}; {names.plain(high, 'en')}): gaps of {_points(gaps, 'en')} points in FPR, FNR and precision",
            fr=f"meilleure de {number(best.pairs, 'fr', 0)} paires de seuils ({names.plain(low, 'fr')} ; {names.plain(high, 'fr')}) : écarts de {_points(gaps, 'fr')} points en TFP, TFN et précision",
        )
        two = [int(np.searchsorted(m.at, value)) for value in best.at]
        pair = list(zip(two, m.pair, strict=True))
        rows.append(
            [None, *(share(float(metrics.rate(m.curve[at, g], name))) for name in rates for at, g in pair), note]
        )
    columns = [Text(en="Threshold", fr="Seuil")]
    for name in rates:
        for g in m.pair:
            who = names.both(m.case, g)
            columns.append(
                Text(en=f"{headed(LABELS[name]).en} (%), {who.en}", fr=f"{headed(LABELS[name]).fr} (%), {who.fr}")
            )
    title = Text(en="Every threshold", fr="Chaque seuil")
    return Table(name="thresholds", title=title, columns=[*columns, Text(en="Note", fr="Note")], rows=rows)


def _points(gaps: tuple[float, ...], lang: str) -> str:
    return (
        ", ".join(number(100 * gap, lang, 1) for gap in gaps)
        if lang == "en"
        else " ; ".join(number(100 * gap, lang, 1) for gap in gaps)
    )


def calibration(m: Measured) -> Table:
    """The share with the outcome at each score, in both groups, with Wilson intervals."""
    from tools.proportions import wilson

    c = m.calibration
    rows: list[list[Cell]] = []
    for (low, high), n, hits in zip(c.bands, c.n, c.hits, strict=True):
        band = Text(en=_band(low, high, "en"), fr=_band(low, high, "fr"))
        cells: list[Cell] = []
        for g in m.pair:
            count, all_ = int(hits[g]), int(n[g])
            down, up = wilson(count, all_)
            cells += [all_, 100 * count / all_ if all_ else None, 100 * down, 100 * up]
        rows.append([band, *cells])
    columns = [Text(en="Score", fr="Score")]
    for g in m.pair:
        who = names.both(m.case, g)
        columns += [
            Text(en=f"n, {who.en}", fr=f"n, {who.fr}"), Text(en=f"With the outcome (%), {who.en}", fr=f"Avec le résultat (%), {who.fr}"), LOW, HIGH,
        ]  # fmt: skip
    title = Text(en="What a score means in each group", fr="Ce que veut dire un score dans chaque groupe")
    return Table(name="calibration", title=title, columns=columns, rows=rows)


def _band(low: float, high: float, lang: str) -> str:
    one: Lang = "fr" if lang == "fr" else "en"
    if low == high:
        return names.plain(low, one)
    return f"{number(low, lang, 2)}–{number(high, lang, 2)}"


def missing(m: Measured) -> Table:
    """How many values are missing in each column, by group of the pair: gaps are not always shared out evenly."""
    case = m.case
    who = case.data.by(case.group)
    rows: list[list[Cell]] = []
    for name, count in sorted(case.data.missing.items(), key=lambda one: -one[1])[:20]:
        values = case.data.columns[name]
        gap = np.isnan(values) if values.dtype.kind == "f" else values == ""
        by = [share(float(gap[who.codes == g].mean())) if (who.codes == g).any() else None for g in m.pair]
        rows.append([same(name), count, 100 * count / len(case.data), *by, case.left_out.get(name)])
    if not rows:
        rows.append(
            [Text(en="none: every value is there", fr="aucune : toutes les valeurs sont là"), 0, 0.0, 0.0, 0.0, None]
        )
    columns = [
        Text(en="Column", fr="Colonne"), Text(en="Missing", fr="Manquantes"), Text(en="Missing (%)", fr="Manquantes (%)"),
        *(Text(en=f"{names.both(case, g).en} (%)", fr=f"{names.both(case, g).fr} (%)") for g in m.pair),
        Text(en="Rows left out", fr="Lignes écartées"),
    ]  # fmt: skip
    return Table(name="missing", title=Text(en="Missing values", fr="Valeurs manquantes"), columns=columns, rows=rows)
