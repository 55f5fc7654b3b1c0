"""The estimates and the tables of ``extract_relations``: every name and relation, with span, verdict and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Cell, Estimate, Table, Text
from tools.numbers import cut
from tools.proportions import wilson
from tools.reading.relations import text as words
from tools.reading.relations.ask import KINDS

if TYPE_CHECKING:
    from tools.reading.relations.measure import Count, Measured

SENTENCE = Text(en="Sentence", fr="Phrase")
KIND = Text(en="Kind", fr="Type")


def estimates(m: Measured) -> list[Estimate]:
    """Invented names, unsupported relations, names found; on the built-in text also the kinds."""
    refused, swapped = m.exchanged
    chance = refused / swapped if swapped else None
    rule, n = m.rule_found
    found = [
        _share("invented_names", words.INVENTED, m.invented, 0.0, words.COPYING),
        _share("unsupported_relations", words.UNSUPPORTED, m.unsupported, chance, words.EXCHANGED if swapped else None),
        _share(
            "names_found", words.FOUND, m.found, rule / n if n else None, words.BY_RULE if m.built_in else words.ITSELF
        ),
    ]
    if m.built_in:
        found.append(_share("kinds_right", words.KIND, m.kinds, 1 / len(KINDS), words.GUESS))
    return found


def _share(name: str, label: Text, count: Count, baseline: float | None, about: Text | None) -> Estimate:
    """A share with its Wilson interval; no value when there is nothing to count."""
    k, n = count
    low, high = wilson(k, n) if n else (None, None)
    return Estimate(
        name=name, label=label, value=k / n if n else None, low=low, high=high, confidence=0.95 if n else None, n=n,
        baseline=baseline, baseline_label=about,
    )  # fmt: skip


def entities_table(m: Measured) -> Table:
    """One row a name: kind, where it stands, first span, missing words, origin, sentence."""
    columns = [
        Text(en="Name written", fr="Nom écrit"), KIND, Text(en="Where", fr="Où"), Text(en="From", fr="De"), Text(en="To", fr="À"),
        Text(en="Words not there", fr="Mots absents"), Text(en="Copied from the request’s example", fr="Recopié de l’exemple de la consigne"),
        SENTENCE,
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for one in m.entities:
        low, high = one.place.spans[0] if one.place.spans else (None, None)
        copied = Text(en="yes", fr="oui") if one.copied else Text(en="no", fr="non")
        gone = ", ".join(one.place.missing)
        rows.append(
            [one.name, words.KINDS[one.kind], words.PLACES[one.place.how], low, high, gone, copied, one.window + 1]
        )
    title = Text(en="Names that the model wrote", fr="Noms que le modèle a écrits")
    return Table(name="entities", title=title, columns=columns, rows=rows)


def relations_table(m: Measured) -> Table:
    """One row a relation: its parts, verdict, reason, cosine, evidence."""
    columns = [
        Text(en="Subject", fr="Sujet"), Text(en="Relation", fr="Relation"), Text(en="Object", fr="Objet"), Text(en="Verdict", fr="Verdict"),
        Text(en="Why", fr="Pourquoi"), Text(en="Cosine", fr="Cosinus"), Text(en="Passage that was read", fr="Passage lu"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            one.subject, one.words, one.object, words.VERDICTS[one.verdict], words.WHYS[one.why],
            one.cosine, cut(m.sentence(one.window), 400),
        ]
        for one in m.relations
    ]  # fmt: skip
    title = Text(en="Relations that the model wrote", fr="Relations que le modèle a écrites")
    return Table(name="relations", title=title, columns=columns, rows=rows)


def names_table(m: Measured) -> Table:
    """One row a name of the reference: kind, span, found by the model."""
    columns = [
        Text(en="Name in the text", fr="Nom dans le texte"), KIND, Text(en="From", fr="De"), Text(en="To", fr="À"),
        Text(en="Found by the model", fr="Trouvé par le modèle"),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for name in m.names:
        found = Text(en="yes", fr="oui") if m.was_found(name) else Text(en="no", fr="non")
        rows.append([name.text, words.KINDS[name.kind], *name.span, found])
    listed = Text(en="Names that a person listed", fr="Noms listés par une personne")
    ruled = Text(en="Names, dates and numbers by rule", fr="Noms, dates et nombres relevés par règle")
    return Table(name="names", title=listed if m.built_in else ruled, columns=columns, rows=rows)
