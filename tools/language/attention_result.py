"""The estimates and tables of an ``attention`` result on sentences."""

from __future__ import annotations

import numpy as np

from tools.finding import Cell, Estimate, Table, Text, same
from tools.language import attention_labels as labels
from tools.language.attention_measure import Measured, Seen
from tools.language.attention_statistics import Share
from tools.language.inside import Floats
from tools.words.association import CONFIDENCE

TOP_HEADS = 12
WIDEST = 16  # words up to which the table of all weights is given


def estimates(m: Measured) -> list[Estimate]:
    """The change when two sentences are compared, the weight of each candidate, the sink, the rows that cannot differ."""
    found = []
    if m.paired:
        c = m.lead
        found.append(
            Estimate(
                name="change", label=labels.change_label(m), value=c.value, low=c.low, high=c.high,
                confidence=None if c.low is None else CONFIDENCE, p=c.p, test=labels.test_name(c) if c.p is not None else None, n=m.heads, baseline=0,
                baseline_label=labels.NO_CHANGE,
            )
        )  # fmt: skip
    for which, shares in enumerate(m.shares):
        for candidate, share in zip(m.asked.candidates, shares, strict=True):
            name = f"weight_{which + 1}_{candidate.lower()}"
            found.append(_weight(name, labels.share_label(m, which, candidate), share, m.heads))
    found.append(_weight("sink", labels.sink_label(m), m.sinks[0], m.heads))
    if m.before is not None:
        rows = (m.parting or 0) * int(np.prod(m.seen[0].weights.shape[:2]))
        found.append(
            Estimate(
                name="before", label=labels.BEFORE, value=m.before, n=rows, baseline=0, baseline_label=labels.NO_CHANGE
            )
        )
    return found


def _weight(name: str, label: Text, share: Share, n: int) -> Estimate:
    return Estimate(
        name=name, label=label, value=share.value, low=share.low, high=share.high,
        confidence=None if share.low is None else CONFIDENCE, n=n, baseline=share.uniform, baseline_label=labels.EVEN,
    )  # fmt: skip


def tables(m: Measured) -> list[Table]:
    """Weights word by word, the heads that look most, layer by layer, and the whole matrix of a short sentence."""
    found = [weight_table(m, which) for which in range(len(m.seen))]
    found += [head_table(m), layer_table(m)]
    return found + [matrix_table(m, which) for which, s in enumerate(m.seen) if len(s.words.labels) <= WIDEST]


def ordinal(m: Measured, which: int) -> tuple[str, str]:
    """What tells the first sentence from the second in a title; nothing when there is one."""
    if not m.paired:
        return "", ""
    return (", first sentence", ", première phrase") if which == 0 else (", second sentence", ", seconde phrase")


def weight_table(m: Measured, which: int) -> Table:
    """One row a word that the source sees: mean weight, spread over heads, even share."""
    s, (en, fr) = m.seen[which], ordinal(m, which)
    rows: list[list[Cell]] = []
    for i, label in enumerate(s.words.labels):
        if s.visible[i]:
            low, high = np.quantile(s.rows[:, i], [0.1, 0.9])
            rows.append([same(label), float(s.rows[:, i].mean()), float(low), float(high), s.uniform([i])])
    return Table(
        name=f"weights_{which + 1}",
        title=Text(en=f"What “{s.word}” looks at{en}", fr=f"Ce que regarde « {s.word} »{fr}"),
        columns=[
            Text(en="Word", fr="Mot"),
            Text(en="Mean weight", fr="Poids moyen"),
            Text(en="10% of heads are below", fr="10 % des têtes sont en dessous"),
            Text(en="10% of heads are above", fr="10 % des têtes sont au-dessus"),
            Text(en="Even share", fr="Part égale"),
        ],
        rows=rows,
    )


def head_table(m: Measured) -> Table:
    """The heads that give the most to a candidate or, for two sentences, that change the most."""
    per_head = head_map(m)
    heads = per_head.shape[1]
    order = np.argsort(-np.abs(per_head), axis=None, kind="stable")[:TOP_HEADS]
    rows: list[list[Cell]] = []
    for flat in order:
        layer, head = divmod(int(flat), heads)
        row: list[Cell] = [layer + 1, head + 1]
        for s in m.seen:
            row += [float(s.weights[layer, head, s.source, places].sum()) for places in s.candidates]
        rows.append([*row, float(per_head[layer, head])] if m.paired else row)
    columns = [Text(en="Layer", fr="Couche"), Text(en="Head", fr="Tête")]
    columns += [_candidate_column(m, which, name) for which in range(len(m.seen)) for name in m.asked.candidates]
    if m.paired:
        columns.append(Text(en="Change", fr="Changement"))
        title = Text(en="The heads that change the most", fr="Les têtes qui changent le plus")
    else:
        name = m.asked.candidates[0]
        title = Text(en=f"The heads that look most at “{name}”", fr=f"Les têtes qui regardent le plus « {name} »")
    return Table(name="heads", title=title, columns=columns, rows=rows)


def _candidate_column(m: Measured, which: int, name: str) -> Text:
    source = m.seen[which].word
    return Text(en=f"“{source}” → “{name}”", fr=f"« {source} » → « {name} »")


def head_map(m: Measured) -> Floats:
    """One number a head, shape (layers, heads): the change for two sentences, else the weight of the first candidate."""

    def weight(s: Seen, which: int) -> Floats:
        found: Floats = s.weights[:, :, s.source, s.candidates[which]].sum(axis=-1)
        return found

    if not m.paired:
        return weight(m.seen[0], 0)
    if m.contrast:
        first, second = (weight(s, 0) - weight(s, 1) for s in m.seen)
        return np.subtract(first, second)
    which = next(i for i, c in enumerate(m.changes) if c is m.lead)
    return np.subtract(weight(m.seen[0], which), weight(m.seen[1], which))


def strongest(m: Measured) -> tuple[int, int, float]:
    """The head with the largest number on that map: layer and head, counted from 1, and the number."""
    values = head_map(m)
    layer, head = np.unravel_index(int(np.abs(values).argmax()), values.shape)
    return int(layer) + 1, int(head) + 1, float(values[layer, head])


def layer_table(m: Measured) -> Table:
    """The mean over the heads of each layer."""
    per_layer = [s.layer_means(places) for s in m.seen for places in s.candidates]
    columns = [Text(en="Layer", fr="Couche")]
    columns += [_candidate_column(m, which, name) for which in range(len(m.seen)) for name in m.asked.candidates]
    rows: list[list[Cell]] = [[i + 1, *(float(means[i]) for means in per_layer)] for i in range(len(per_layer[0]))]
    return Table(
        name="layers", title=Text(en="Layer by layer, mean over its heads", fr="Couche par couche, moyenne sur ses têtes"),
        columns=columns, rows=rows,
    )  # fmt: skip


def matrix(m: Measured, which: int) -> Floats:
    """The mean of the chosen heads from every word to every word, shape (words, words)."""
    layer, head = m.asked.layer, m.asked.head
    weights = m.seen[which].weights
    weights = weights[layer - 1 : layer] if layer else weights
    weights = weights[:, head - 1 : head] if head else weights
    mean: Floats = weights.mean(axis=(0, 1))
    return mean


def matrix_table(m: Measured, which: int) -> Table:
    """Every word's row of weights; what a word cannot see is left empty."""
    s, (en, fr) = m.seen[which], ordinal(m, which)
    weights = matrix(m, which)
    rows: list[list[Cell]] = [
        [same(label), *(float(w) if m.masked or j <= i else None for j, w in enumerate(weights[i]))]
        for i, label in enumerate(s.words.labels)
    ]
    return Table(
        name=f"matrix_{which + 1}",
        title=Text(
            en=f"From every word (row) to every word (column){en}",
            fr=f"De chaque mot (ligne) à chaque mot (colonne){fr}",
        ),
        columns=[Text(en="Word", fr="Mot"), *(same(label) for label in s.words.labels)],
        rows=rows,
    )
