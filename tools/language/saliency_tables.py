"""The estimates, tables and references of a ``text_saliency`` finding."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tools.finding import Cell, Estimate, Lang, Table, Text, both, same
from tools.language import saliency_text as text
from tools.language.saliency_checks import area
from tools.language.saliency_methods import CONFIDENCE, METHODS, TOLERANCE

if TYPE_CHECKING:
    from tools.language.saliency_checks import Randomised
    from tools.language.saliency_measure import Measured

ALWAYS = ["yin2022", "petsiuk2018", "adebayo2018", "xiao2024"]
REFERENCES = {
    "gradient_x_input": ["shrikumar2016", "sundararajan2017"],
    "integrated_gradients": ["sundararajan2017"],
    "occlusion": ["zeiler2014", "li2016", "sundararajan2017"],
    "shapley": ["castro2009", "lundberg2017", "sundararajan2017"],
}


def known(value: float) -> float | None:
    """The value, or ``None`` where it is not defined."""
    return None if math.isnan(value) else value


def estimates(m: Measured) -> list[Estimate]:
    """The score, the word that counts most, completeness, the two curves, agreement, random weights."""
    n, best = len(m.prompt.words), text.top(m)
    sampled = m.asked.method == "shapley" and not m.shapley.exact
    low, high = (float(m.shapley.low[best]), float(m.shapley.high[best])) if sampled else (None, None)
    return [
        Estimate(name="score", label=text.score_label(m), value=m.full, unit="nat", n=n, baseline=m.empty,
                 baseline_label=text.NO_WORD),
        Estimate(name="top_word", label=text.top_label(m), value=float(m.values[best]), unit="nat", low=low, high=high,
                 confidence=CONFIDENCE if sampled else None, n=n, baseline=0, baseline_label=text.NO_PUSH),
        Estimate(name="completeness_gap", label=text.COMPLETENESS, value=100 * m.integral.gap, unit="%", n=m.integral.steps,
                 baseline=100 * TOLERANCE, baseline_label=text.COMPLETENESS_LIMIT),
        *gains(m),
        Estimate(name="agreement", label=text.AGREEMENT, value=known(m.agreement.mean), low=m.agreement.low,
                 high=m.agreement.high, confidence=None if m.agreement.low is None else CONFIDENCE, n=n, baseline=0,
                 baseline_label=text.NO_LINK),
        random_estimate(m.randomised[-1]),
    ]  # fmt: skip


def gains(m: Measured) -> list[Estimate]:
    """How far the curves of the map lie from those of random orders, in nats; positive is better."""
    random = area(m.shapley.chains)
    found = []
    for name, label, gain, p in (
        ("deletion_gain", text.DELETION, random - m.check.deletion_area, m.check.deletion_p),
        ("insertion_gain", text.INSERTION, m.check.insertion_area - random, m.check.insertion_p),
    ):
        low, high = np.quantile(gain, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
        found.append(
            Estimate(name=name, label=label, value=float(gain.mean()), unit="nat", low=float(low), high=float(high),
                     confidence=CONFIDENCE, p=p, test=text.curve_test(m), n=len(random), baseline=0,
                     baseline_label=text.AS_RANDOM)
        )  # fmt: skip
    return found


def random_estimate(r: Randomised) -> Estimate:
    """Correlation of the map with those of copies whose blocks are all random."""
    defined = known(r.mean) is not None
    return Estimate(
        name="random_weights", label=text.sanity_label(r), value=known(r.mean), low=known(r.low), high=known(r.high),
        confidence=CONFIDENCE if defined else None, n=r.draws, baseline=0, baseline_label=text.NO_LINK,
    )  # fmt: skip


def tables(m: Measured) -> list[Table]:
    """Words with their four values, the likeliest answers, the curves and correlations of the methods, random weights."""
    return [words_table(m), answers_table(m), methods_table(m), random_table(m)]


def words_table(m: Measured) -> Table:
    """One row a word, in the order of the text; the rank is that of the map that is shown."""
    rank = (-m.values).argsort(kind="stable").argsort() + 1
    rows: list[list[Cell]] = []
    for i, word in enumerate(m.prompt.words):
        row: list[Cell] = [same(word), int(rank[i]), *(float(m.maps[name][i]) for name in METHODS)]
        rows.append([*row, float(m.shapley.low[i]), float(m.shapley.high[i])])
    return Table(name="words", title=both(words_title, m), columns=word_columns(m), rows=rows)


def words_title(m: Measured, lang: Lang) -> str:
    """What the table of words holds."""
    first, second = text.ends(m, lang)
    if lang == "en":
        return f"What each word adds, in nats: towards {first} (+) or towards {second} (−)"
    return f"Ce qu’ajoute chaque mot, en nats : vers {first} (+) ou vers {second} (−)"


def word_columns(m: Measured) -> list[Text]:
    """Headings of the table of words."""
    return [
        Text(en="Word", fr="Mot"),
        Text(en=f"Rank ({text.method(m, 'en')})", fr=f"Rang ({text.method(m, 'fr')})"),
        *(text.METHOD_NAMES[name] for name in METHODS),
        Text(en="Shapley, low (95%)", fr="Shapley, bas (95 %)"),
        Text(en="Shapley, high", fr="Shapley, haut"),
    ]


def answers_table(m: Measured) -> Table:
    """The answers that are compared, then the likeliest tokens of the model."""
    rows: list[list[Cell]] = [
        [same(mark), same(one.label), 100 * math.exp(one.logprob), one.logprob]
        for mark, one in zip("AB", m.answers, strict=False)
    ]
    rows += [[None, same(one.label), 100 * math.exp(one.logprob), one.logprob] for one in m.own]
    columns = [
        Text(en="Compared", fr="Comparées"),
        Text(en="Answer", fr="Réponse"),
        Text(en="Probability (%)", fr="Probabilité (%)"),
        Text(en="log p (nats)", fr="log p (nats)"),
    ]
    title = Text(
        en="The answers, and the model’s own first choices", fr="Les réponses, et les premiers choix du modèle"
    )
    return Table(name="answers", title=title, columns=columns, rows=rows)


def methods_table(m: Measured) -> Table:
    """One row a method: areas of its curves, p against random orders, rank correlation with the other methods."""
    random = float(area(m.shapley.chains).mean())
    rows: list[list[Cell]] = []
    for name, pairs in zip(METHODS, m.agreement.pairs, strict=True):
        f = m.faithful[name]
        rows.append([text.METHOD_NAMES[name], f.deletion_area, f.deletion_p, f.insertion_area, f.insertion_p,
                     *(known(float(rho)) for rho in pairs)])  # fmt: skip
    rows.append(
        [Text(en="random orders (mean)", fr="ordres au hasard (moyenne)"), random, None, random, None, *[None] * 4]
    )
    columns = [
        Text(en="Method", fr="Méthode"),
        Text(en="Deletion area (nats, small is good)", fr="Aire de retrait (nats, petite = bien)"),
        same("p"),
        Text(en="Insertion area (nats, large is good)", fr="Aire d’ajout (nats, grande = bien)"),
        same("p"),
        *(Text(en=f"Rank correlation with {one.en}", fr=f"Corrélation de rang avec {one.fr}")
          for one in (text.METHOD_NAMES[name] for name in METHODS)),
    ]  # fmt: skip
    title = Text(en="The four methods: curves and agreement", fr="Les quatre méthodes : courbes et accord")
    return Table(name="methods", title=title, columns=columns, rows=rows)


def random_table(m: Measured) -> Table:
    """One row a depth of random weights."""
    rows: list[list[Cell]] = [
        [r.blocks, r.of, known(r.mean), known(r.low), known(r.high), known(r.sizes), r.draws] for r in m.randomised
    ]
    columns = [
        Text(en="Last blocks with random weights", fr="Derniers blocs aux poids aléatoires"),
        Text(en="of", fr="sur"),
        Text(en="Rank correlation with the real map", fr="Corrélation de rang avec la vraie carte"),
        Text(en="Low (95%)", fr="Bas (95 %)"),
        Text(en="High", fr="Haut"),
        Text(en="The same without signs", fr="La même sans les signes"),
        Text(en="Copies", fr="Copies"),
    ]
    title = Text(en="The map on copies with random weights", fr="La carte sur des copies aux poids aléatoires")
    return Table(name="random_weights", title=title, columns=columns, rows=rows)
