"""The estimates and the tables of ``disaggregated_evaluation``."""

from __future__ import annotations

import math
import re

from tools.fairness.disaggregated.measure import DRAWS, what_if
from tools.fairness.disaggregated.records import Group, Measured, Panel
from tools.fairness.disaggregated.text import METRICS, people
from tools.finding import Cell, Estimate, Table, Text, same

CONFIDENCE = 0.95
MOST_PAIRS = 100  # rows of the ranking
TESTS = {
    "exact": Text(en="Fisher, exact", fr="Fisher, exact"),
    "score": Text(en="score test", fr="test du score"),
    "welch": Text(en="Welch", fr="Welch"),
    "delong": Text(en="DeLong", fr="DeLong"),
}
PANEL, GROUP = Text(en="Where", fr="Où"), Text(en="Group", fr="Groupe")
LOW, HIGH = Text(en="Low (95%)", fr="Bas (95 %)"), Text(en="High", fr="Haut")


def estimates(m: Measured) -> list[Estimate]:
    """The largest gap first, then everybody and every group; last how many comparisons remain."""
    lead = m.panels[m.lead]
    top = next(pair for pair in m.pairs if pair.panel == m.lead)
    a, b = top.first, top.second
    alone = len(m.pairs) == 1  # two groups: their own test says it exactly
    drawn = Text(en=f"permutation, {DRAWS} draws", fr=f"permutation, {DRAWS} tirages")
    found = [
        Estimate(
            name="largest_gap",
            label=Text(
                en=f"Largest gap: {_in(m, lead).en}{a.name.en} − {b.name.en}",
                fr=f"Plus grand écart : {_in(m, lead).fr}{a.name.fr} − {b.name.fr}",
            ),
            value=top.gap, low=top.low, high=top.high, confidence=CONFIDENCE, p=top.p if alone else lead.p,
            test=TESTS[top.test] if alone else drawn, n=a.n + b.n,
            baseline=lead.chance, baseline_label=Text(en="typical largest gap by chance alone", fr="plus grand écart ordinaire du hasard seul"),
        )
    ]  # fmt: skip
    for panel in m.panels:
        found.append(_one(m, panel, panel.overall, None))
        found += [_one(m, panel, group, panel.overall.value) for group in panel.groups if not math.isnan(group.value)]
    found.append(
        Estimate(
            name="surviving", label=Text(en="Gaps that remain after Holm’s correction", fr="Écarts qui résistent à la correction de Holm"),
            value=len(m.surviving), n=len(m.pairs), baseline=0, baseline_label=Text(en="no gap", fr="aucun écart"),
        )
    )  # fmt: skip
    return found


def _in(m: Measured, panel: Panel) -> Text:
    """The panel before a group's name, where there are several."""
    return Text(en=f"{panel.title.en}, ", fr=f"{panel.title.fr}, ") if len(m.panels) > 1 else same("")


def _one(m: Measured, panel: Panel, group: Group, everybody: float | None) -> Estimate:
    where, what = _in(m, panel), METRICS[m.metric]
    slug = re.sub(r"[^a-z0-9]+", "_", f"{where.en}{group.name.en}".casefold()).strip("_")
    known = not math.isnan(group.low)
    return Estimate(
        name=f"{m.metric}:{slug}",
        label=Text(en=f"{where.en}{group.name.en}: {what.en}", fr=f"{where.fr}{group.name.fr} : {what.fr}"),
        value=None if math.isnan(group.value) else group.value, low=group.low if known else None,
        high=group.high if known else None, confidence=CONFIDENCE if known else None, n=group.n, baseline=everybody,
        baseline_label=None if everybody is None else Text(en="everybody together", fr="tout le monde ensemble"),
    )  # fmt: skip


def groups_table(m: Measured) -> Table:
    """Every group: n, count, value, interval; groups too small to compare say so."""
    columns = [
        PANEL, GROUP, same("n"), Text(en="Count", fr="Compte"), METRICS[m.metric], LOW, HIGH, Text(en="Compared", fr="Comparé"),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for panel in m.panels:
        for group in [*panel.groups, panel.overall]:
            whole = group is panel.overall
            used = (
                Text(en="yes", fr="oui")
                if group.ranked
                else Text(en="no: too few people", fr="non : trop peu de personnes")
            )
            rows.append([panel.title, group.name, group.n, group.count, *_three(group), same("") if whole else used])
    return Table(name="groups", title=Text(en="Every group, worst first", fr="Chaque groupe, le plus mal traité d’abord") if m.metric not in ("selection", "mean_error") else Text(en="Every group, highest first", fr="Chaque groupe, le plus haut d’abord"), columns=columns, rows=rows)  # fmt: skip


def _three(group: Group) -> list[Cell]:
    return [None if math.isnan(x) else x for x in group.three]


def pairs_table(m: Measured) -> Table:
    """The ranking of gaps with raw and corrected p; the largest first."""
    columns = [
        PANEL, Text(en="Higher", fr="Plus haut"), Text(en="Lower", fr="Plus bas"), Text(en="Gap", fr="Écart"), LOW, HIGH,
        Text(en="Test", fr="Test"), same("p"), Text(en="p, Holm", fr="p, Holm"), Text(en="p, Benjamini–Hochberg", fr="p, Benjamini–Hochberg"),
        Text(en="Remains (Holm)", fr="Résiste (Holm)"),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for pair in m.pairs[:MOST_PAIRS]:
        stays = Text(en="yes", fr="oui") if pair.holm < 0.05 else Text(en="no", fr="non")
        rows.append(
            [
                m.panels[pair.panel].title, pair.first.name, pair.second.name, pair.gap, pair.low, pair.high, TESTS[pair.test],
                pair.p, pair.holm, pair.fdr, stays,
            ]
        )  # fmt: skip
    shown, tests = len(rows), len(m.pairs)
    fdr = sum(pair.fdr < 0.05 for pair in m.pairs)
    kept = len(m.surviving)
    cut = Text(en="" if shown == tests else f", the {shown} largest shown", fr="" if shown == tests else f", les {shown} plus grands montrés")  # fmt: skip
    title = Text(
        en=f"Gaps ranked: {tests} comparison{'s' * (tests > 1)}{cut.en}; {kept} remain{'s' * (kept == 1)} after Holm, {fdr} after Benjamini–Hochberg",
        fr=f"Écarts classés : {tests} comparaison{'s' * (tests > 1)}{cut.fr} ; {kept} résiste{'nt' * (kept > 1)} à Holm, {fdr} à Benjamini–Hochberg",
    )
    return Table(name="gaps", title=title, columns=columns, rows=rows)


def chance_table(m: Measured) -> Table:
    """The largest gap of each panel beside those of chance."""
    columns = [
        PANEL, Text(en="Largest gap seen", fr="Plus grand écart vu"), Text(en="Typical by chance", fr="Ordinaire par hasard"),
        Text(en="95% of chance gaps under", fr="95 % des écarts du hasard sous"), same("p"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [[p.title, p.gap, p.chance, p.chance_high, p.p] for p in m.panels if not math.isnan(p.p)]
    title = Text(
        en=f"What chance alone gives groups of these sizes ({DRAWS} draws)",
        fr=f"Ce que le hasard seul donne à des groupes de ces tailles ({DRAWS} tirages)",
    )
    return Table(name="chance", title=title, columns=columns, rows=rows)


def sizes_table(m: Measured) -> Table:
    """The interval of each group's value, had every group n people."""
    heads = [
        Text(en=f"{people(n, 'en')}: {end.en}", fr=f"{people(n, 'fr')} : {end.fr}")
        for n in m.sizes
        for end in (Text(en="low", fr="bas"), Text(en="high", fr="haut"))
    ]
    rows: list[list[Cell]] = []
    for panel in m.panels:
        for group in panel.ranked:
            bounds = [x for n in m.sizes for x in what_if(group, n, m.metric)]
            rows.append([panel.title, group.name, group.n, group.value, *bounds])
    title = Text(en="What if every group had n people: the same values, other intervals", fr="Et si chaque groupe comptait n personnes : mêmes valeurs, autres intervalles")  # fmt: skip
    return Table(name="sizes", title=title, columns=[PANEL, GROUP, same("n"), METRICS[m.metric], *heads], rows=rows)


def alone_table(m: Measured) -> Table:
    """The same people by one feature at a time."""
    rows: list[list[Cell]] = [
        [panel.title, group.name, group.n, group.count, *_three(group)]
        for panel in m.marginals
        for group in panel.groups
    ]
    title = Text(en="One feature at a time: what crossing them adds", fr="Un caractère à la fois : ce que leur croisement ajoute")  # fmt: skip
    columns = [PANEL, GROUP, same("n"), Text(en="Count", fr="Compte"), METRICS[m.metric], LOW, HIGH]
    return Table(name="features", title=title, columns=columns, rows=rows)
