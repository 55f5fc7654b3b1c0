"""The numbers of the portraits as estimates and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Estimate, Table, Text, same
from tools.vision.hiring.changes import KINDS
from tools.vision.hiring.face import EXPRESSIONS
from tools.vision.hiring.face_text import EXPRESSION_NAMES, PEOPLE

if TYPE_CHECKING:
    from tools.finding import Cell
    from tools.vision.hiring.face import Faces, Portrait

UNCHANGED = Text(en="the same picture read again", fr="la même image relue")


def face_estimates(faces: Faces) -> list[Estimate]:
    """For each portrait: median absolute shift and range of the made-up score; baseline: read again, unchanged."""
    rows = []
    for p in faces.portraits:
        who, again = PEOPLE[p.name], abs(p.shift(p.again))
        low, high = p.extremes
        rows += [
            Estimate(
                name=f"range_{p.name}",
                label=Text(
                    en=f"range of the enthusiasm score, {who.en} (bounds: lowest and highest)",
                    fr=f"étendue du score d’enthousiasme, {who.fr} (bornes : minimum et maximum)",
                ),
                value=p.range, low=low.score, high=high.score, unit="points", n=len(p.changed), baseline=again,
                baseline_label=UNCHANGED,
            ),
            Estimate(
                name=f"shift_{p.name}",
                label=Text(en=f"median absolute shift, {who.en}", fr=f"décalage absolu médian, {who.fr}"),
                value=p.median_shift, unit="points", n=len(p.changed), baseline=again,
                baseline_label=UNCHANGED,
            ),
        ]  # fmt: skip
    return rows


def faces_table(faces: Faces) -> Table:
    """Every version of every portrait with all that the models said of it."""
    heads = [
        ("portrait", "portrait"), ("kind", "genre"), ("change", "changement"), ("enthusiasm score", "score d’enthousiasme"),
        ("shift", "décalage"), ("age guessed", "âge deviné"), ("share “female”", "part « femme »"),
        ("face found again", "visage retrouvé"),
    ]  # fmt: skip
    rows = [row for p in faces.portraits for row in _versions(p)]
    columns = [Text(en=en, fr=fr) for en, fr in heads] + [EXPRESSION_NAMES[e] for e in EXPRESSIONS]
    title = Text(en="Each version of each portrait", fr="Chaque version de chaque portrait")
    return Table(name="versions", title=title, columns=columns, rows=rows)


def _versions(p: Portrait) -> list[list[Cell]]:
    untouched = Text(en="untouched", fr="intact")
    rows: list[list[Cell]] = []
    for r in (p.plain, p.again, *p.changed):
        kind: Cell = KINDS.get(r.change.kind, same("–"))
        label: Cell = untouched if r is p.plain else r.change.label
        found = Text(en="yes", fr="oui") if r.found else Text(en="no", fr="non")
        numbers = [round(v, 4) for v in (r.score, p.shift(r), r.age, r.female)]
        rows.append([PEOPLE[p.name], kind, label, *numbers, found, *(round(r.expressions[e], 4) for e in EXPRESSIONS)])
    return rows


def kinds_table(faces: Faces) -> Table:
    """For each kind of change: how many versions, the largest shift either way, how often another expression leads."""
    heads = (
        ("portrait", "portrait"), ("kind", "genre"), ("versions", "versions"), ("lowest shift", "décalage le plus bas"),
        ("highest shift", "décalage le plus haut"), ("another expression leads", "une autre expression domine"),
    )  # fmt: skip
    rows: list[list[Cell]] = []
    for p in faces.portraits:
        for kind, label in KINDS.items():
            shifts = [round(p.shift(r), 4) for r in p.of_kind(kind)]
            changed = sum(r.top != p.plain.top for r in p.of_kind(kind))
            rows.append([PEOPLE[p.name], label, len(shifts), min(shifts), max(shifts), changed])
    title = Text(en="Which kind of change moves the score", fr="Quel genre de changement déplace le score")
    return Table(name="kinds", title=title, columns=[Text(en=en, fr=fr) for en, fr in heads], rows=rows)
