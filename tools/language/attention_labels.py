"""The names of the estimates of an ``attention`` result, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Text
from tools.language.attention_text import candidate_of, sink_name
from tools.numbers import number

if TYPE_CHECKING:
    from tools.language.attention_measure import Measured
    from tools.language.attention_statistics import Change

NO_CHANGE = Text(en="no change", fr="aucun changement")
EVEN = Text(en="even shares over the visible tokens", fr="parts égales entre les tokens visibles")
BEFORE = Text(
    en="Largest change of a weight in the rows before the sentences differ",
    fr="Plus grand changement d’un poids dans les lignes avant que les phrases diffèrent",
)


def share_label(m: Measured, which: int, candidate: str) -> Text:
    """The name of one weight."""
    source = m.seen[which].word
    second = which == 1
    return Text(
        en=f"Attention from “{source}” to “{candidate}”{', second sentence' * second}",
        fr=f"Attention de « {source} » à « {candidate} »{', seconde phrase' * second}",
    )


def sink_label(m: Measured) -> Text:
    """The name of what runs off."""
    return Text(
        en=f"Attention from “{m.seen[0].word}” to {sink_name(m, 0, 'en')} (attention sink)",
        fr=f"Attention de « {m.seen[0].word} » à {sink_name(m, 0, 'fr')} (puits d’attention)",
    )


def change_label(m: Measured) -> Text:
    """The name of the change that a comparison is about."""
    if m.contrast:
        one, two = m.asked.candidates
        return Text(
            en=f"Change of “{one}” less “{two}”, first sentence less second",
            fr=f"Changement de « {one} » moins « {two} », première phrase moins seconde",
        )
    name = m.asked.candidates[candidate_of(m, m.lead)]
    return Text(
        en=f"Change of attention to “{name}”, first sentence less second",
        fr=f"Changement de l’attention à « {name} », première phrase moins seconde",
    )


def test_name(c: Change) -> Text:
    """Which test gave p, for ``Estimate.test``."""
    en, fr = number(c.tried, "en", 0), number(c.tried, "fr", 0)
    n = len(c.heads)
    if c.exact:
        return Text(
            en=f"two-sided paired test, exact: all {en} changes of sign of the {n} heads",
            fr=f"test apparié bilatéral, exact : les {fr} changements de signe des {n} têtes",
        )
    return Text(
        en=f"two-sided paired test: {en} random changes of sign of the {n} heads",
        fr=f"test apparié bilatéral : {fr} changements de signe au hasard des {n} têtes",
    )
