"""The estimates and tables of ``citation_check``: verdicts, references with what differs, fields as understood."""

from __future__ import annotations

from tools.finding import Cell, Estimate, Table, Text, same
from tools.numbers import cut
from tools.proportions import wilson
from tools.truth.citations import text
from tools.truth.citations.fields import VERDICTS
from tools.truth.citations.text import Report

LONGEST = 600  # characters of a reference that a table shows
NUMBER = Text(en="No.", fr="N°")


def estimates(r: Report) -> list[Estimate]:
    """The share of each verdict, with its interval."""
    n = len(r.checked)
    return [
        Estimate(
            name=verdict,
            label=text.SHARES[verdict],
            value=r.counts[verdict] / n,
            low=low,
            high=high,
            confidence=0.95,
            n=n,
        )
        for verdict in VERDICTS
        for low, high in [wilson(r.counts[verdict], n)]
    ]


def tables(r: Report) -> list[Table]:
    """References with their verdict, verdicts counted, fields as understood."""
    return [_references(r), _verdicts(r), _fields(r)]


def _references(r: Report) -> Table:
    rows: list[list[Cell]] = []
    for place, one in enumerate(r.checked, 1):
        remarks = Text(en="; ".join(text.remarks(one, "en")), fr=" ; ".join(text.remarks(one, "fr")))
        keys = ", ".join(key for key in (one.key, *one.also) if key)
        likeness = None if one.similarity is None else round(one.similarity, 2)
        rows.append([place, cut(one.parsed.raw, LONGEST), text.VERDICT[one.verdict], keys, likeness, remarks])
    columns = [
        NUMBER, Text(en="Reference", fr="Référence"), same("Verdict"), Text(en="Work compared", fr="Ouvrage comparé"),
        Text(en="Likeness of titles", fr="Ressemblance des titres"), Text(en="What differs or contradicts", fr="Ce qui diffère ou contredit"),
    ]  # fmt: skip
    title = Text(en="The references and their verdict", fr="Les références et leur verdict")
    return Table(name="references", title=title, columns=columns, rows=rows)


def _verdicts(r: Report) -> Table:
    n, rows = len(r.checked), []
    for verdict in VERDICTS:
        count = r.counts[verdict]
        row: list[Cell] = [text.VERDICT[verdict], count, n, count / n, *wilson(count, n)]
        rows.append(row)
    columns = [
        same("Verdict"), Text(en="Count", fr="Nombre"), same("n"), Text(en="Share", fr="Part"), Text(en="Low (95%)", fr="Bas (95 %)"),
        Text(en="High", fr="Haut"),
    ]  # fmt: skip
    return Table(name="verdicts", title=Text(en="Verdicts counted", fr="Verdicts comptés"), columns=columns, rows=rows)


def _fields(r: Report) -> Table:
    rows: list[list[Cell]] = []
    for place, one in enumerate(r.checked, 1):
        p = one.parsed
        number = p.number or (f"{p.volume} {p.url} {p.pages}" if p.kind == "decision" else "")
        volume = "" if p.kind == "decision" else p.volume
        rows.append([place, p.authors, str(p.year or ""), p.title, p.venue, volume, number, p.pages, p.doi, p.arxiv])
    columns = [
        NUMBER, Text(en="Authors", fr="Auteurs"), Text(en="Year", fr="Année"), Text(en="Title", fr="Titre"),
        Text(en="Publication or court", fr="Publication ou juridiction"), Text(en="Volume", fr="Volume"), Text(en="Number", fr="Numéro"),
        Text(en="Pages", fr="Pages"), same("DOI"), same("arXiv"),
    ]  # fmt: skip
    title = Text(en="The fields as they were understood", fr="Les champs tels qu’ils ont été compris")
    return Table(name="fields", title=title, columns=columns, rows=rows)
