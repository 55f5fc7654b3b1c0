"""The estimates and the tables of a ``detect_ai_text`` result."""

from __future__ import annotations

import math

from tools.authorship.detection.measure import CONFIDENCE, Measured
from tools.authorship.detection.reference import Scale, load
from tools.authorship.detection.text import STATISTICS, UNITS, verdict_word
from tools.authorship.detection.verdict import Threshold, flagged, place, threshold, wrong_share
from tools.finding import Cell, Estimate, Table, Text, same
from tools.proportions import wilson

BASES = (0.01, 0.05, 0.1, 0.25, 0.5)
MEDIAN = Text(en="median of the passages by people", fr="médiane des passages écrits par des personnes")
DRAWN = Text(en="words drawn at random from the model", fr="mots tirés au hasard du modèle")


def estimates(m: Measured) -> list[Estimate]:
    """The probability and the score when there is a verdict, then every statistic with its interval."""
    found = []
    v, scale = m.verdict, m.verdict.scale
    if scale is not None and v.threshold is not None:
        test = Text(
            en=f"share of the {len(scale.people)} passages by people that score as high, this text counted among them",
            fr=f"part des {len(scale.people)} passages de personnes qui obtiennent autant, ce texte compté parmi eux",
        )
        found += [
            Estimate(
                name="probability", value=100 * v.probability, unit="%", p=v.p, test=test, n=m.tokens, baseline=50.0,
                label=Text(en="Probability of having been generated, if half of all texts were", fr="Probabilité d’avoir été engendré, si la moitié des textes l’étaient"),
                baseline_label=Text(en="before the text is read", fr="avant la lecture du texte"),
            ),
            Estimate(
                name="score", value=v.score, p=v.p, test=test, n=m.tokens, baseline=v.threshold.flag,
                label=Text(en="Score of the classifier (logarithm of odds)", fr="Score du classifieur (logarithme de cote)"),
                baseline_label=Text(en="threshold", fr="seuil"),
            ),
        ]  # fmt: skip
    for name, label in STATISTICS.items():
        if name not in m.intervals:
            continue
        value, low, high = m.intervals[name]
        baseline, about = _baseline(m, name)
        found.append(
            Estimate(
                name=name, label=label, value=value, unit=UNITS.get(name, ""), low=low, high=high, n=m.tokens,
                confidence=None if low is None else CONFIDENCE, baseline=baseline, baseline_label=about,
            )
        )  # fmt: skip
    return found


def _baseline(m: Measured, name: str) -> tuple[float | None, Text | None]:
    """The median of the passages by people, the curvature brought to the length of the text; chance without a scale."""
    scale = m.verdict.scale
    if scale is not None and name in scale.medians:
        factor = math.sqrt(m.tokens / scale.tokens) if name == "curvature" else 1.0
        return scale.medians[name] * factor, MEDIAN
    return (0.0, DRAWN) if name == "curvature" else (None, None)


def tables(m: Measured) -> list[Table]:
    """The sentences; and, when there is a verdict, who is flagged, what a flag is worth, how the statistics separate."""
    made = [_sentences(m)]
    scale, bounds = m.verdict.scale, m.verdict.threshold
    if scale is not None and bounds is not None:
        made += [_rates(scale, bounds), _worth(scale, bounds), _separation(m, scale), _reliability(scale)]
        famous = _famous(m, scale)
        made += [famous] if famous.rows else []
    return [*made, _versions(m)] if m.attacked else made


def _sentences(m: Measured) -> Table:
    rows: list[list[Cell]] = [[same(s.text), s.tokens, s.likelihood, s.curvature] for s in m.sentences]
    columns = [
        Text(en="Sentence", fr="Phrase"),
        Text(en="Tokens", fr="Tokens"),
        Text(en="Mean log-probability (nat/token)", fr="Log-probabilité moyenne (nat/token)"),
        Text(en="Curvature (none under 8 tokens)", fr="Courbure (aucune sous 8 tokens)"),
    ]
    return Table(
        name="sentences", title=Text(en="Sentence by sentence", fr="Phrase par phrase"), columns=columns, rows=rows
    )


def _rates(scale: Scale, bounds: Threshold) -> Table:
    """Every kind of passage above the flag, with its interval; and when the kind was left out of the fit."""
    rows: list[list[Cell]] = []
    for group in scale.groups:
        count, n = flagged(group, bounds), len(group.scores)
        low, high = wilson(count, n)
        unseen = 100 * group.unseen[0] / n if group.unseen and bounds.rate < 0.03 else None
        if group.unseen and bounds.rate >= 0.03:
            unseen = 100 * group.unseen[1] / n
        who = Text(en="people", fr="personnes") if group.people else Text(en="a model", fr="un modèle")
        rows.append([group.label, who, n, count, 100 * count / n, 100 * low, 100 * high, unseen])
    columns = [
        Text(en="Passages", fr="Passages"),
        Text(en="By", fr="Par"),
        Text(en="How many", fr="Combien"),
        Text(en="Flagged", fr="Signalés"),
        Text(en="Flagged (%)", fr="Signalés (%)"),
        Text(en="Low (95%, Wilson)", fr="Bas (95 %, Wilson)"),
        Text(en="High", fr="Haut"),
        Text(en="Flagged when this kind was never seen (%)", fr="Signalés si cette sorte n’a jamais été vue (%)"),
    ]
    title = Text(en="Who is flagged at this threshold", fr="Qui est signalé à ce seuil")
    return Table(name="reference", title=title, columns=columns, rows=rows)


def _worth(scale: Scale, bounds: Threshold) -> Table:
    """What a flag is worth in a pile where few texts are generated (Bayes)."""
    caught = sum(flagged(g, bounds) for g in scale.groups if not g.people) / len(scale.generated)
    wrong = [flagged(g, bounds) for g in scale.groups if g.people and g.counts]
    rate = max(sum(wrong), 1) / len(scale.people)
    rows: list[list[Cell]] = [
        [100 * base, 1000 * (base * caught + (1 - base) * rate), 100 * wrong_share(base, caught, rate)]
        for base in BASES
    ]
    columns = [
        Text(en="Generated texts in the pile (%)", fr="Textes engendrés dans la pile (%)"),
        Text(en="Flags per 1,000 texts", fr="Signalements pour 1 000 textes"),
        Text(en="Of the flagged, written by people (%)", fr="Parmi les signalés, écrits par des personnes (%)"),
    ]
    title = Text(en="What a flag is worth", fr="Ce que vaut un signalement")
    return Table(name="worth", title=title, columns=columns, rows=rows)


def _separation(m: Measured, scale: Scale) -> Table:
    """This text, the median of people and the AUROC of each statistic and of the classifier."""
    classifier = Text(en="Classifier (all features)", fr="Classifieur (toutes les mesures)")
    rows: list[list[Cell]] = [[classifier, m.verdict.score, None, scale.auroc["classifier"]]]
    for name, label in STATISTICS.items():
        if name in scale.auroc:
            rows.append([label, m.features.values[name], scale.medians[name], scale.auroc[name]])
    columns = [
        Text(en="Statistic", fr="Statistique"),
        Text(en="This text", fr="Ce texte"),
        Text(en=f"Median of people ({scale.tokens} tokens)", fr=f"Médiane des personnes ({scale.tokens} tokens)"),
        Text(en="AUROC (0.5: chance)", fr="AUROC (0,5 : hasard)"),
    ]
    title = Text(en="How well each statistic tells the origins apart", fr="Ce que chaque statistique sépare")
    return Table(name="statistics", title=title, columns=columns, rows=rows)


def _reliability(scale: Scale) -> Table:
    """What the probability said and what was true, on passages that neither the classifier nor the slope had seen."""
    rows: list[list[Cell]] = [[one.n, 100 * one.said, 100 * one.true] for one in scale.bins]
    columns = [
        Text(en="Passages", fr="Passages"),
        Text(en="Said, on average (%)", fr="Annoncé, en moyenne (%)"),
        Text(en="Generated, in fact (%)", fr="Engendrés, en fait (%)"),
    ]
    title = Text(
        en=f"Is the probability reliable? (mean gap: {100 * scale.error:.1f} points)",
        fr=f"La probabilité est-elle fiable ? (écart moyen : {100 * scale.error:.1f} points)".replace(".", ","),
    )
    return Table(name="reliability", title=title, columns=columns, rows=rows)


def _famous(m: Measured, scale: Scale) -> Table:
    """The famous texts by people, and what the verdict would be on each."""
    rows: list[list[Cell]] = []
    for one in load().known:
        mine = load().scale(one.language, one.tokens)
        if one.language == scale.language and mine is not None:
            v = place(mine, one.score, m.rate)
            said = Text(en=verdict_word(v.kind, "en"), fr=verdict_word(v.kind, "fr"))
            rows.append([one.label, one.tokens, one.score, threshold(mine, m.rate).flag, said])
    columns = [
        Text(en="Text", fr="Texte"),
        Text(en="Tokens", fr="Tokens"),
        Text(en="Score", fr="Score"),
        Text(en="Threshold", fr="Seuil"),
        Text(en="Verdict", fr="Verdict"),
    ]
    title = Text(en="Famous texts by people", fr="Textes célèbres, écrits par des personnes")
    return Table(name="famous", title=title, columns=columns, rows=rows)


def _versions(m: Measured) -> Table:
    """The text before and after the attack."""
    from tools.authorship.detection.attack import KINDS

    new = m.attacked
    assert new is not None
    rows: list[list[Cell]] = []
    for label, v, found, likeness in (
        (Text(en="as given", fr="tel que donné"), m.verdict, m.features, 1.0),
        (
            Text(en=f"{KINDS[new.kind].en} ({new.by})", fr=f"{KINDS[new.kind].fr} ({new.by})"),
            new.verdict,
            new.features,
            new.likeness,
        ),
    ):
        said = Text(en=verdict_word(v.kind, "en"), fr=verdict_word(v.kind, "fr"))
        score, probability = (v.score, 100 * v.probability) if v.reached else (None, None)
        rows.append([label, len(found.reading), score, probability, said, likeness, same(found.reading.text)])
    columns = [
        Text(en="Version", fr="Version"),
        Text(en="Tokens", fr="Tokens"),
        Text(en="Score", fr="Score"),
        Text(en="Probability (%)", fr="Probabilité (%)"),
        Text(en="Verdict", fr="Verdict"),
        Text(en="Likeness of meaning", fr="Ressemblance de sens"),
        Text(en="Text", fr="Texte"),
    ]
    return Table(name="attack", title=Text(en="Before and after", fr="Avant et après"), columns=columns, rows=rows)
