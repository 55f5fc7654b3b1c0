"""The same measurement on two specimens, and whether what they give differs.

For an estimate that both findings give with a 95 % interval, the difference and
its interval follow from the two intervals taken as independent: each side keeps
its own half-widths, d = a − b, low = d − √((a − a_low)² + (b_high − b)²) and
high = d + √((a_high − a)² + (b − b_low)²) (the MOVER method: Zou and Donner 2008).
p is two-sided from the width of that interval, corrected for the number of
estimates after Holm (1979).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from tools.errors import BadInput
from tools.figures import intervals
from tools.finding import Cell, Estimate, Finding, Lang, Specimen, Table, Text, same
from tools.numbers import interval, number, p_value
from tools.tool import Run, Tool

SPECIMENS = ("vectors", "model", "backend")  # the parameters that name what is under the knife
Z = 1.959964


def parameter(tool: Tool) -> str:
    """The parameter by which another specimen is given; ``BadInput`` for a tool that has none."""
    for name in SPECIMENS:
        if name in tool.parameters.model_fields:
            return name
    raise BadInput(
        f"{tool.name} has no specimen to exchange, so it cannot be compared.",
        f"{tool.name} n’a pas de spécimen à remplacer ; il ne peut pas être comparé.",
    )


def compare(tool: Tool, arguments: dict[str, Any], other: str, *, seed: int, lang: Lang, **hooks: Any) -> Finding:
    """One finding about two: the differences between ``tool`` on its specimen and on ``other``.

    ``hooks`` (assistant, on_progress, stop) are those of ``Tool.run``. Raises
    ``BadInput`` when the two findings share no estimate with an interval.
    """
    name = parameter(tool)
    first = tool.run(arguments, seed=seed, lang=lang, **hooks)
    second = tool.run({**arguments, name: other}, seed=seed, lang=lang, **hooks)
    pairs = shared(first, second)
    if not pairs:
        raise BadInput(
            f"{tool.name} gives no estimate with an interval on both specimens; run it on each and read them side by side.",
            f"{tool.name} ne donne pas d’estimation avec intervalle sur les deux spécimens ; lancez-le sur chacun et lisez côte à côte.",
        )
    differences = corrected([difference(a, b) for a, b in pairs])
    run = Run(tool, {**first.arguments}, seed, lang)
    names = (_short(first.arguments[name]), _short(other))
    return run.finding(
        question=Text(
            en=f"{tool.question.en.rstrip('?')}: is it the same in {names[0]} and in {names[1]}?",
            fr=f"{tool.question.fr.rstrip('? ')} : est-ce pareil dans {names[0]} et dans {names[1]} ?",
        ),
        specimen=_both(first.specimen, second.specimen),
        estimates=differences,
        tables=[_table(pairs, differences, names)],
        figures=[_figure(differences, names, seed, lang)],
        summary=Text(en=_summary(differences, names, "en"), fr=_summary(differences, names, "fr")),
        how_to_read=HOW,
        limits=Text(en=f"{LIMITS.en} {first.limits.en}", fr=f"{LIMITS.fr} {first.limits.fr}"),
        references=list(dict.fromkeys([*first.references, "zou2008", "holm1979"])),
    ).model_copy(update={"rerun": f"{first.rerun} --compare {other}"})


def shared(first: Finding, second: Finding) -> list[tuple[Estimate, Estimate]]:
    """The estimates that both findings give, with intervals, in the order of the first."""
    others = {one.name: one for one in second.estimates}
    return [
        (one, others[one.name])
        for one in first.estimates
        if one.name in others and None not in (one.value, one.low, one.high, *_bounds(others[one.name]))
    ]


def difference(a: Estimate, b: Estimate) -> Estimate:
    """a − b with its interval and p (see the module docstring)."""
    assert a.value is not None
    assert b.value is not None
    (a_low, a_high), (b_low, b_high) = _sure(a), _sure(b)
    d = a.value - b.value
    down, up = math.hypot(a.value - a_low, b_high - b.value), math.hypot(a_high - a.value, b.value - b_low)
    half = down if d > 0 else up  # the side on which 0 lies
    p = math.erfc(abs(d) * Z / half / math.sqrt(2)) if half > 0 else float(d == 0)
    return Estimate(
        name=f"difference_{a.name}",
        label=Text(en=f"difference in {a.label.en}", fr=f"écart de {a.label.fr}"),
        value=d, low=d - down, high=d + up, confidence=0.95, p=p, unit=a.unit, n=a.n, baseline=0.0,
        baseline_label=Text(en="no difference", fr="aucun écart"),
        test=Text(en="from the two intervals, two-sided, Holm", fr="d’après les deux intervalles, bilatéral, Holm"),
    )  # fmt: skip


def corrected(found: Sequence[Estimate]) -> list[Estimate]:
    """The same estimates with p corrected for their number (Holm 1979)."""
    order = sorted(range(len(found)), key=lambda at: found[at].p or 0.0)
    result, highest = list(found), 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, (len(found) - rank) * (found[at].p or 0.0)))
        result[at] = found[at].model_copy(update={"p": highest})
    return result


HOW = Text(
    en=(
        "Each line is the value on the first specimen minus the value on the second; 0 is no difference. An interval that "
        "leaves 0 out, and a small p, say that the two specimens differ on this measurement. The interval follows from the "
        "two intervals, taken as independent (Zou and Donner 2008); p is corrected for the number of lines (Holm 1979)."
    ),
    fr=(
        "Chaque ligne est la valeur sur le premier spécimen moins celle sur le second ; 0 veut dire aucun écart. Un intervalle "
        "qui laisse 0 de côté, avec un petit p, dit que les deux spécimens diffèrent sur cette mesure. L’intervalle vient des "
        "deux intervalles, pris comme indépendants (Zou et Donner 2008) ; p est corrigé du nombre de lignes (Holm 1979)."
    ),
)
LIMITS = Text(
    en="The two runs share their words or sentences, so the intervals are not fully independent; this makes the test cautious.",
    fr="Les deux mesures partagent leurs mots ou leurs phrases, donc les intervalles ne sont pas tout à fait indépendants ; cela rend le test prudent.",
)


def _summary(found: Sequence[Estimate], names: tuple[str, str], lang: Lang) -> str:
    clear = [one for one in found if (one.p or 0) < 0.05]
    said = [
        f"{one.label.get(lang)} {number(one.value, lang)} ({interval(one.low, one.high, lang)}, {p_value(one.p, lang)})"
        for one in (clear or found)[:3]
    ]
    if lang == "fr":
        start = f"{len(clear)} des {len(found)} estimations diffèrent" if len(clear) > 1 else "Une estimation diffère"
        start = start if clear else "Aucune estimation ne diffère nettement"
        return f"{start} entre {names[0]} et {names[1]} : {' ; '.join(said)}."
    start = f"{len(clear)} of {len(found)} estimates differ" if len(clear) > 1 else "One estimate differs"
    start = start if clear else "No estimate clearly differs"
    return f"{start} between {names[0]} and {names[1]}: {'; '.join(said)}."


def _table(pairs: Sequence[tuple[Estimate, Estimate]], found: Sequence[Estimate], names: tuple[str, str]) -> Table:
    rows: list[list[Cell]] = [
        [a.label, a.value, b.value, one.value, one.low, one.high, one.p]
        for (a, b), one in zip(pairs, found, strict=True)
    ]
    return Table(
        name="comparison",
        title=Text(en="Both specimens", fr="Les deux spécimens"),
        columns=[
            Text(en="estimate", fr="estimation"), same(names[0]), same(names[1]), Text(en="difference", fr="écart"),
            Text(en="low", fr="bas"), Text(en="high", fr="haut"), same("p"),
        ],
        rows=rows,
    )  # fmt: skip


def _figure(found: Sequence[Estimate], names: tuple[str, str], seed: int, lang: Lang) -> Any:
    rows = [(one.label.get(lang), one.value or 0.0, one.low, one.high) for one in found]
    said = {"en": f"{names[0]} minus {names[1]}", "fr": f"{names[0]} moins {names[1]}"}
    alt = Text(
        en=f"Differences with intervals. {_summary(found, names, 'en')}",
        fr=f"Écarts et intervalles. {_summary(found, names, 'fr')}",
    )
    return intervals(
        rows, name="comparison", title=_summary(found, names, lang).split(":")[0].strip(),
        subtitle={"en": f"n = {found[0].n}, seed {seed}", "fr": f"n = {found[0].n}, graine {seed}"}[lang], alt=alt, lang=lang,
        axis=said[lang], baseline_label={"en": "no difference", "fr": "aucun écart"}[lang],
    )  # fmt: skip


def _bounds(one: Estimate) -> tuple[float | None, float | None, float | None]:
    return one.value, one.low, one.high


def _sure(one: Estimate) -> tuple[float, float]:
    assert one.low is not None
    assert one.high is not None
    return one.low, one.high


def _short(given: object) -> str:
    """The specimen as it was given; of a path or an address, its last part."""
    name = str(given).rstrip("/").rsplit("/", 1)[-1]
    return name if len(name) <= 30 else name[:29] + "…"


def _both(first: Specimen, second: Specimen) -> Specimen:
    return Specimen(
        name=f"{first.name} / {second.name}", source=f"{first.source} / {second.source}",
        revision=f"{first.revision} / {second.revision}", sha256=first.sha256,
        licence=" / ".join(dict.fromkeys((first.licence, second.licence))),
    )  # fmt: skip
