"""Estimates and tables of ``claim_check``."""

from __future__ import annotations

from tools.finding import Cell, Estimate, Table, Text, both, same
from tools.proportions import wilson
from tools.truth.claims.gate import Answer
from tools.truth.claims.result import Result
from tools.truth.claims.text import ANSWERS, KINDS, reason

ORDER: tuple[Answer, ...] = ("supported", "contradicted", "not_found")
SHARES = {
    "supported": Text(en="share of claims supported", fr="part des affirmations confirmées"),
    "contradicted": Text(en="share of claims contradicted", fr="part des affirmations contredites"),
    "not_found": Text(en="share of claims not found", fr="part des affirmations introuvables"),
}


def estimates(r: Result) -> list[Estimate]:
    """The share of each verdict with its interval, then how many claims there are."""
    found = []
    for answer in ORDER:
        count = r.count(answer)
        low, high = wilson(count, r.n)
        found.append(
            Estimate(name=answer, label=SHARES[answer], value=count / r.n, low=low, high=high, confidence=0.95, n=r.n)
        )
    claims = Estimate(
        name="claims",
        label=Text(en="claims in the text", fr="affirmations dans le texte"),
        value=float(r.n),
        n=len(r.parts),
    )
    return [*found, claims]


def claims_table(r: Result) -> Table:
    """One row a claim: verdict, reason, passage, place, and how much the passage speaks of it."""
    rows: list[list[Cell]] = [
        [
            one.verdict.claim, ANSWERS[one.verdict.answer], both(reason, one.verdict), one.passage,
            one.passage[slice(*one.span)] if one.verdict.answer == "contradicted" else "", one.place, one.verdict.about,
        ]
        for one in r.evidence
    ]  # fmt: skip
    columns = [
        Text(en="Claim", fr="Affirmation"), same("Verdict"), Text(en="Reason", fr="Raison"),
        Text(en="Closest passage", fr="Passage le plus proche"), Text(en="Words at issue", fr="Mots en cause"),
        Text(en="Place", fr="Endroit"), Text(en="Says the same (0 to 1)", fr="Dit la même chose (0 à 1)"),
    ]  # fmt: skip
    return Table(
        name="claims",
        title=Text(en="Each claim with its evidence", fr="Chaque affirmation et sa preuve"),
        columns=columns,
        rows=rows,
    )


def others_table(r: Result) -> list[Table]:
    """What was not checked, and why; no table when everything was."""
    rows: list[list[Cell]] = [[piece.text, KINDS[piece.kind]] for piece in r.parts if piece.kind != "claim"]
    if not rows:
        return []
    title = Text(en="Not checked: these parts claim nothing", fr="Non vérifié : ces passages n’affirment rien")
    return [
        Table(
            name="not_claims",
            title=title,
            columns=[Text(en="Part", fr="Passage"), Text(en="What it is", fr="Nature")],
            rows=rows,
        )
    ]
