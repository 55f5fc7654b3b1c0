"""The estimates and the tables of ``stability``: every answer, the kinds of change, the draws."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tools.finding import Cell, Estimate, Table, Text
from tools.language import stability_text as text
from tools.language.stability_answers import BARE
from tools.numbers import cut
from tools.proportions import wilson

if TYPE_CHECKING:
    from tools.language.stability_measure import Answer, Entropy, Measured

LONGEST = 400  # characters of an answer that a table shows
CONFIDENCE = 0.95
REPLY = Text(en="Reply", fr="Réponse")


def estimates(m: Measured) -> list[Estimate]:
    """The agreement, then the entropies: over the ways of asking, with chance, and asked again."""
    share, low, high = m.agreement
    agreement = Estimate(
        name="agreement", label=text.AGREEMENT, value=share, low=low, high=high, confidence=CONFIDENCE, n=m.reworded,
        baseline=1, baseline_label=text.ALWAYS,
    )  # fmt: skip
    again = m.over_repeats.bits
    return [
        agreement,
        _entropy("entropy", text.ENTROPY, m.over_variants, again, text.AGAIN),
        _entropy("entropy_sampled", text.SAMPLED, m.over_samples, again, text.AGAIN),
        _entropy("entropy_repeated", text.REPEATED, m.over_repeats, 0, text.ALWAYS),
    ]


def _entropy(name: str, label: Text, found: Entropy, baseline: float, baseline_label: Text) -> Estimate:
    return Estimate(
        name=name, label=label, value=found.bits, unit="bit", low=found.low, high=found.high, confidence=CONFIDENCE, n=found.n,
        baseline=baseline, baseline_label=baseline_label,
    )  # fmt: skip


def answers_table(m: Measured) -> Table:
    """One row a way of asking: kind, request, system prompt, answer, whether it is the original's, the reply."""
    columns = [
        Text(en="Change", fr="Changement"), Text(en="Request", fr="Demande"), Text(en="System prompt", fr="Consigne système"),
        Text(en="Answer", fr="Réponse retenue"), Text(en="Same as the original", fr="Comme l’original"), REPLY,
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for variant, answer in zip(m.variants, m.answers, strict=True):
        alike = answer.key == m.answers[0].key
        rows.append(
            [text.KINDS[variant.kind], variant.prompt, variant.system, *_told(m, answer, alike)],
        )
    title = Text(en="Every way of asking and its answer", fr="Chaque façon de demander et sa réponse")
    return Table(name="answers", title=title, columns=columns, rows=rows)


def _told(m: Measured, answer: Answer, alike: bool) -> list[Cell]:
    return [
        _name(m, answer.key),
        Text(en="yes", fr="oui") if alike else Text(en="no", fr="non"),
        cut(answer.text, LONGEST),
    ]


def _name(m: Measured, key: str) -> Text:
    """What an answer counts as; a number, a yes or a no that is missing is said to be."""
    if key.startswith(BARE):
        return text.NOTHING[m.how]
    return Text(en=text.answer_label(m, key, "en"), fr=text.answer_label(m, key, "fr"))


def kinds_table(m: Measured) -> Table:
    """One row a kind of change: how many ways, how many with the original's answer, the share and its interval."""
    columns = [
        Text(en="Change", fr="Changement"), Text(en="Ways", fr="Façons"), Text(en="Same answer", fr="Même réponse"),
        Text(en="Share", fr="Part"), Text(en="Low (95%)", fr="Bas (95 %)"), Text(en="High", fr="Haut"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [text.KINDS[kind], n, alike, alike / n, *wilson(alike, n)] for kind, n, alike in m.kinds()
    ]
    title = Text(en="Which changes move the answer", fr="Quels changements déplacent la réponse")
    return Table(name="kinds", title=title, columns=columns, rows=rows)


def samples_table(m: Measured) -> Table:
    """The answers to the original asked with chance, the most frequent first."""
    counts = Counter(answer.key for answer in m.sampled)
    first = {answer.key: answer.text for answer in reversed(m.sampled)}
    rows: list[list[Cell]] = []
    for key, count in counts.most_common():
        rows.append([_name(m, key), count, cut(first[key], LONGEST)])
    columns = [
        Text(en="Answer", fr="Réponse retenue"),
        Text(en="Times", fr="Fois"),
        Text(en="First such reply", fr="Première de ces réponses"),
    ]
    title = Text(en="The same words, asked again with chance", fr="Les mêmes mots, reposés avec hasard")
    return Table(name="samples", title=title, columns=columns, rows=rows)
