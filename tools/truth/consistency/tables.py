"""The estimates and the tables of ``self_consistency``: meanings, every answer, sentences, tokens."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tools.finding import Cell, Estimate, Table, Text, same
from tools.numbers import cut
from tools.truth.consistency import text
from tools.truth.consistency.meaning import contains

if TYPE_CHECKING:
    from tools.truth.consistency.measure import Measured, Value

LONGEST = 400  # characters of an answer that a table shows
YES, NO = Text(en="yes", fr="oui"), Text(en="no", fr="non")


def estimates(m: Measured) -> list[Estimate]:
    """Entropies, shares, sentence scores, then the tokens of the main answer."""
    found = [
        _estimate("semantic_entropy", text.ENTROPY, m.entropy, "bit", text.ONE_MEANING),
        _estimate("semantic_entropy_weighted", text.WEIGHTED, m.weighted, "bit", text.ONE_MEANING),
        _estimate("agreement", text.AGREEMENT, m.agreement, "", text.ONE_MEANING),
        _estimate("largest", text.LARGEST, m.largest, "", text.ONE_MEANING),
        _estimate("ngram_mean", text.NGRAM_MEAN, m.ngram_mean, "nat", text.REPEATED),
        _estimate("ngram_max", text.NGRAM_MAX, m.ngram_max, "nat", text.REPEATED),
        _estimate("embedding", text.EMBEDDING, m.embedding, "", text.REPEATED),
        _estimate("contradiction", text.CONTRADICTION, m.contradiction, "", text.REPEATED),
        _estimate("token_logprob", text.TOKEN, m.token, "nat/token", text.CERTAIN),
    ]
    if m.token and (place := m.unlikeliest) is not None and m.asked.main.tokens:
        turned = (math.exp(-x) for x in (m.token.value, m.token.high, m.token.low))
        value, low, high = turned
        lowest = math.exp(m.asked.main.tokens[place].logprob)
        found += [
            Estimate(
                name="perplexity", label=text.PERPLEXITY, value=value, low=low, high=high, confidence=0.95, n=m.token.n,
                baseline=1.0, baseline_label=text.CERTAIN,
            ),
            Estimate(
                name="min_token_probability", label=text.LOWEST, value=lowest, n=m.token.n, baseline=1.0,
                baseline_label=text.CERTAIN,
            ),
        ]  # fmt: skip
    return [estimate for estimate in found if estimate is not None]


def _estimate(name: str, label: Text, value: Value | None, unit: str, about: Text) -> Estimate | None:
    if value is None:
        return None
    return Estimate(
        name=name, label=label, value=value.value, unit=unit, low=value.low, high=value.high, confidence=0.95, n=value.n,
        baseline=value.baseline, baseline_label=about,
    )  # fmt: skip


def tables(m: Measured) -> list[Table]:
    """Meanings, answers, sentences; the tokens where the model tells their probabilities."""
    found = [meanings(m), answers(m), sentences(m)]
    return [*found, tokens(m)] if m.asked.main.tokens else found


def meanings(m: Measured) -> Table:
    """One row a meaning: what it says, how many draws, share, share by likelihood, main answer, holds the expected."""
    columns = [
        Text(en="Meaning (one of its answers)", fr="Sens (une de ses réponses)"), Text(en="Draws", fr="Tirages"),
        Text(en="Share", fr="Part"), Text(en="Share by likelihood", fr="Part selon la vraisemblance"),
        Text(en="Main answer", fr="Réponse principale"),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for one in m.meanings:
        name: Cell = text.SILENT if one.silent else cut(one.text, LONGEST)
        rows.append([name, one.count, one.count / m.n, one.weight, YES if one.main else NO])
        if m.expected:
            rows[-1].append(one.right)
    if m.expected:
        columns.append(Text(en="Draws that hold the expected answer", fr="Tirages qui contiennent la réponse attendue"))
    title = Text(en="The answers, grouped by meaning", fr="Les réponses, groupées par sens")
    return Table(name="meanings", title=title, columns=columns, rows=rows)


def answers(m: Measured) -> Table:
    """The main answer, then every draw with its meaning and its mean log-probability."""
    of = {place: row + 1 for row, meaning in enumerate(m.meanings) for place in meaning.samples}
    own = m.meanings.index(m.own) + 1
    columns = [
        Text(en="Answer", fr="Réponse"), Text(en="Meaning (row)", fr="Sens (ligne)"),
        Text(en="Log-probability of a token (nat)", fr="Log-probabilité d’un token (nat)"), Text(en="Reply", fr="Texte"),
    ]  # fmt: skip
    listed: list[tuple[Cell, int, int]] = [(Text(en="main", fr="principale"), own, -1)]
    listed += [(str(i + 1), of[i], i) for i in range(m.n)]
    rows: list[list[Cell]] = []
    for name, row, place in listed:
        reply = m.asked.main if place < 0 else m.asked.samples[place]
        mean = sum(reply.logprobs) / len(reply.logprobs) if reply.logprobs else None
        rows.append([name, row, mean, cut(reply.text, LONGEST)])
        if m.expected:
            rows[-1].append(YES if contains(reply.text, m.expected) else NO)
    if m.expected:
        columns.append(Text(en="Holds the expected answer", fr="Contient la réponse attendue"))
    return Table(name="answers", title=Text(en="Every answer", fr="Toutes les réponses"), columns=columns, rows=rows)


def sentences(m: Measured) -> Table:
    """One row a sentence of the main answer with its SelfCheck scores; higher: less supported by the draws."""
    columns = [
        Text(en="Sentence", fr="Phrase"), Text(en="Words, mean (nat)", fr="Mots, moyenne (nat)"),
        Text(en="Words, max (nat)", fr="Mots, maximum (nat)"), Text(en="Pairs of words, mean", fr="Paires de mots, moyenne"),
        Text(en="Pairs of words, max", fr="Paires de mots, maximum"), Text(en="Sentences", fr="Phrases"),
    ]  # fmt: skip
    if m.entails:
        columns.append(Text(en="Contradiction", fr="Contradiction"))
    rows: list[list[Cell]] = []
    for s in m.sentences:
        row: list[Cell] = [s.text, s.unigram_mean, s.unigram_max, s.bigram_mean, s.bigram_max, s.embedding]
        rows.append([*row, s.contradiction] if m.entails else row)
    title = Text(
        en="SelfCheck scores of the main answer, sentence by sentence",
        fr="Scores SelfCheck de la réponse principale, phrase par phrase",
    )
    return Table(name="sentences", title=title, columns=columns, rows=rows)


def tokens(m: Measured) -> Table:
    """One row a token of the main answer: its probability, the likeliest other one, the entropy of its place."""
    columns = [
        same("Token"), Text(en="Probability", fr="Probabilité"), Text(en="Likeliest other", fr="Autre le plus probable"),
        Text(en="Its probability", fr="Sa probabilité"), Text(en="Entropy (bits)", fr="Entropie (bits)"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [text.clear(t.text), math.exp(t.logprob), text.clear(t.other), _chance(t.other_logprob), t.entropy]
        for t in m.asked.main.tokens or []
    ]
    title = Text(en="The main answer, token by token", fr="La réponse principale, token par token")
    return Table(name="tokens", title=title, columns=columns, rows=rows)


def _chance(logprob: float) -> float | None:
    return math.exp(logprob) if logprob > -math.inf else None
