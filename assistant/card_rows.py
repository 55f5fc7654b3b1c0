"""The numbers of the self-audit card as a person reads them: value, interval, target, change, provenance.

The page, the Markdown, ``autopsie eval all`` and the conversation all speak from here, so that they cannot disagree.
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Literal

from assistant.card import Card, Failure, Measure, Number, Suite
from tools.finding import Lang, Record, Table, Text, french, same
from tools.numbers import NARROW, number, percent
from tools.numbers import words as listed

Verdict = Literal["met", "touched", "missed", "none"]
SIGNS: dict[Verdict, str] = {"met": "✓", "touched": "≈", "missed": "✗", "none": ""}


class Row(Record):
    """One measure as it is shown; every number is already written in the language of the reader."""

    id: str
    title: str
    value: str
    interval: str
    n: str
    baseline: str
    verdict: Verdict
    sign: str
    target: str
    change: str


def amount(value: float | None, unit: str, lang: Lang) -> str:
    """A value with its unit: "1.2%", "0.85", "12.4 s"; "not computed" when there is none."""
    if value is None:
        return "not computed" if lang == "en" else "non calculé"
    if unit == "share":
        return percent(value, lang, 0 if value in (0, 1) else 1)
    return number(value, lang, 1) + f"{NARROW}s" if unit == "seconds" else number(value, lang)


def bounds(one: Number, unit: str, lang: Lang) -> str:
    """The interval of a number: "0.6% to 2.3%"; "" when it has none."""
    if one.low is None or one.high is None:
        return ""
    return amount(one.low, unit, lang) + (" to " if lang == "en" else " à ") + amount(one.high, unit, lang)


def said(one: Number, unit: str, lang: Lang) -> str:
    """A number with what is needed to judge it: "1.2% (95% interval 0.6% to 2.3%, n = 512)"."""
    parts = [f"n = {number(one.n, lang, 0)}"]
    if between := bounds(one, unit, lang):
        parts.insert(0, f"95% interval {between}" if lang == "en" else f"intervalle à 95{NARROW}% : {between}")
    return _typed(f"{amount(one.value, unit, lang)} ({', '.join(parts)})", lang)


def verdict(measure: Measure) -> Verdict:
    """Whether the target is met; "touched" when the value meets it and its interval reaches past it."""
    if measure.target is None or measure.value is None:
        return "none"
    if measure.missed:
        return "missed"
    worst = measure.low if measure.better == "high" else measure.high
    past = worst is not None and (worst < measure.target if measure.better == "high" else worst > measure.target)
    if measure.unit == "share" and measure.target in (0, 1):  # no interval ends there: the value alone decides
        past = False
    return "touched" if past else "met"


def target(measure: Measure, lang: Lang) -> str:
    """The promise and what became of it: "at most 2.0%: met"."""
    if measure.target is None:
        return "no target" if lang == "en" else "pas d’objectif"
    bound = percent(measure.target, lang) if measure.unit == "share" else amount(measure.target, measure.unit, lang)
    kept = {
        "met": ("met", "atteint"),
        "touched": ("met, but the interval reaches past it", "atteint, mais l’intervalle le dépasse"),
        "missed": ("missed", "manqué"),
        "none": ("not decided", "non tranché"),
    }[verdict(measure)]
    if measure.unit == "share" and measure.target in (0, 1):
        return _typed(f"{bound}{': ' if lang == 'en' else ' : '}{kept[lang == 'fr']}", lang)
    if lang == "en":
        return f"{'at least' if measure.better == 'high' else 'at most'} {bound}: {kept[0]}"
    return _typed(f"{'au moins' if measure.better == 'high' else 'au plus'} {bound} : {kept[1]}", lang)


def change(measure: Measure, earlier: Card | None, lang: Lang) -> str:
    """What moved since an earlier card; it is called a change only when the two intervals do not overlap."""
    old = earlier.measure(measure.id) if earlier else None
    if earlier is None or old is None or old.value is None or measure.value is None:
        return "–"
    was = amount(old.value, old.unit, lang)
    if None in (old.low, old.high, measure.low, measure.high):
        return f"{was} before" if lang == "en" else f"{was} avant"
    apart = measure.low > old.high or measure.high < old.low  # type: ignore[operator]
    if not apart:
        return f"no clear change ({was} before)" if lang == "en" else f"pas de changement net ({was} avant)"
    up = (measure.value > old.value) == (measure.better == "high")
    if lang == "en":
        return f"{'better' if up else 'worse'} ({was} before)"
    return f"{'mieux' if up else 'moins bien'} ({was} avant)"


def row(measure: Measure, earlier: Card | None, lang: Lang) -> Row:
    """A measure as it is shown in every table."""
    base, judged = measure.baseline, verdict(measure)
    beside = f"{base.title.get(lang)}{': ' if lang == 'en' else ' : '}{said(base, measure.unit, lang)}" if base else "–"
    return Row(
        id=measure.id,
        title=measure.title.get(lang),
        value=amount(measure.value, measure.unit, lang),
        interval=bounds(measure, measure.unit, lang) or "–",
        n=number(measure.n, lang, 0),
        baseline=_typed(beside, lang),
        verdict=judged,
        sign=SIGNS[judged],
        target=target(measure, lang),
        change=change(measure, earlier, lang),
    )


def headline(card: Card, lang: Lang) -> str:
    """How many promises were kept, and which were not, in one or two sentences."""
    measures = [one for suite in card.suites for one in suite.measures]
    promised = [one for one in measures if verdict(one) != "none"]
    missed = [one.title.get(lang) for one in promised if one.missed]
    kept = len(promised) - len(missed)
    if lang == "en":
        told = f"{len(measures)} measures, {len(promised)} with a target: {kept} met, {len(missed)} missed."
        return told + (f" Missed: {listed(missed, lang)}." if missed else "")
    plural = "s" if len(missed) > 1 else ""
    told = f"{len(measures)} mesures, dont {len(promised)} avec un objectif : {kept} atteint{'s' if kept > 1 else ''}, {len(missed)} manqué{plural}."
    return _typed(told + (f" Manqué{plural} : {listed(missed, lang)}." if missed else ""), lang)


def speaker(card: Card, lang: Lang) -> str:
    """How the answers that were measured were composed: "without a language model (embedded engine)"."""
    model = card.speaker.model
    return {
        "embedded": ("without a language model (embedded engine)", "sans modèle de langue (moteur embarqué)"),
        "local": (f"by {model} (in process)", f"par {model} (dans le programme)"),
        "served": (f"by {model} (served)", f"par {model} (servi)"),
    }[card.speaker.level][lang == "fr"]


def dated(card: Card, lang: Lang) -> str:
    """The day of the card as the reports write it."""
    return f"{card.made:%d/%m/%Y}" if lang == "fr" else f"{card.made:%Y-%m-%d}"


def provenance(card: Card, lang: Lang) -> str:
    """When, on what and how, in one sentence."""
    digest = card.model_sha256[:12]
    minutes = number(max(card.seconds / 60, 0.1), lang, 1)
    if lang == "en":
        weights = f", SHA-256 of the weights {digest}" if digest else ""
        return f"Measured on {dated(card, lang)}, on answers composed {speaker(card, lang)}{weights}; seed {card.seed}; Autopsie {card.version}; {minutes} minutes."
    weights = f", SHA-256 des poids {digest}" if digest else ""
    told = f"Mesuré le {dated(card, lang)}, sur des réponses composées {speaker(card, lang)}{weights} ; graine {card.seed} ; Autopsie {card.version} ; {minutes} minutes."
    return _typed(told, lang)


def repeat(card: Card) -> str:
    """The command that makes such a card again."""
    return (
        f"autopsie eval all --engine {_engine(card)} --seed {card.seed}"
        if card.seed or _engine(card) != "embedded"
        else "autopsie eval all"
    )


def logs(card: Card) -> str:
    """The command that opens the logs of the card in the viewer; "" when they are not on this machine."""
    files = [Path(suite.log.removeprefix("file://")) for suite in card.suites if suite.log]
    there = [str(file.parent) for file in files if file.exists()]
    return f"inspect view --log-dir {shlex.quote(os.path.commonpath(there))}" if there else ""


def failures(card: Card, lang: Lang) -> list[tuple[Suite, Failure]]:
    """The failing examples, the worst first, those asked in the reader's language before equally bad ones."""
    return sorted(card.failures, key=lambda pair: (-pair[1].weight, pair[1].lang != lang))


def beside(cards: list[Card], lang: Lang) -> Table:
    """The cards of several speakers side by side: one row a measure, one column a card."""
    known = {one.id: one for card in cards for suite in card.suites for one in suite.measures}

    def cell(card: Card, id: str) -> Text:
        found = card.measure(id)
        return same(said(found, found.unit, lang) if found else "–")

    columns = [
        Text(en="Measure", fr="Mesure"),
        *(same(f"{speaker(card, lang)}, {dated(card, lang)}") for card in cards),
    ]
    rows: list[list[object]] = [[one.title, *(cell(card, one.id) for card in cards)] for one in known.values()]
    title = Text(
        en="The same measures, by who writes the answers", fr="Les mêmes mesures, selon qui écrit les réponses"
    )
    return Table(name="beside", title=title, columns=columns, rows=rows)  # type: ignore[arg-type]


def _engine(card: Card) -> str:
    return card.speaker.level if card.speaker.level != "served" else "URL"


def _typed(text: str, lang: Lang) -> str:
    return french(text) if lang == "fr" else text
