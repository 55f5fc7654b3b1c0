"""The picture beside the published values: both effect sizes of each category with their intervals, the paper's d."""

from __future__ import annotations

from collections.abc import Sequence

from tools import figures
from tools.finding import Figure, Lang, both
from tools.language.kurita_scores import Measured
from tools.language.kurita_text import count, direction, readings
from tools.numbers import interval, number, p_value


def beside_published(results: Sequence[Measured], model: str, seed: int, lang: Lang) -> Figure:
    """Both effect sizes of each category with their intervals, the paper's d as open marks."""
    rows, papers = [], []
    for m in results:
        name = m.category.theme.title.get(lang)
        for kind, reading in zip(
            ("attributes", "targets") if lang == "en" else ("attributs", "cibles"), readings(m), strict=True
        ):
            rows.append((f"{name}, {kind}", reading.d, reading.low, reading.high))
        papers += [m.category.theme.published.paper, None]
    return figures.intervals(
        rows, name="beside_published", title=_count(results, lang), subtitle=subtitle(results, model, seed, lang),
        alt=both(_alt_all, results), lang=lang, baseline_label="no difference" if lang == "en" else "aucune différence",
        axis="effect size d (bars: 95% interval)" if lang == "en" else "taille d’effet d (barres : intervalle à 95 %)",
        others=[("BERT, Kurita et al. 2019", papers)],
    )  # fmt: skip


def subtitle(results: Sequence[Measured], model: str, seed: int, lang: Lang) -> str:
    """n, specimen and seed."""
    name = model[:40] if "://" in model else model.rstrip("/").rsplit("/", 1)[-1][:40]
    targets, attributes = (sum(len(words) for words in sides) for sides in zip(*map(_sides, results), strict=True))
    if len(results) == 1:
        count = (
            f"{targets} targets × {attributes} attributes"
            if lang == "en"
            else f"{targets} cibles × {attributes} attributs"
        )
    elif lang == "en":
        count = f"{len(results)} categories, {targets} targets, {attributes} attributes"
    else:
        count = f"{len(results)} catégories, {targets} cibles, {attributes} attributs"
    return f"{count} · {name} · {'seed' if lang == 'en' else 'graine'} {seed}"


def _sides(m: Measured) -> tuple[list[str], list[str]]:
    return m.category.targets, m.category.attributes


def _count(results: Sequence[Measured], lang: Lang) -> str:
    """The finding of several categories as a sentence."""
    clear = [sum(direction(r) != 0 for r in column) for column in zip(*map(readings, results), strict=True)]
    n = len(results)
    if n == 1:
        one, other = (number(r.d, lang) for r in readings(results[0]))
        paper = number(results[0].category.theme.published.paper, lang)
        if lang == "en":
            return f"The same scores give d = {one} or d = {other}; BERT’s gave {paper} in the paper"
        return f"Les mêmes scores donnent d = {one} ou d = {other} ; ceux de BERT donnaient {paper} dans l’article"
    one, other = (count(many, lang) for many in clear)
    if lang == "en":
        return f"Clear in {one} of {n} categories when attributes are permuted, in {other} when targets are"
    plural = "s" * (clear[0] > 1)
    return f"Net dans {one} catégorie{plural} sur {n} si l’on permute les attributs, dans {other} si l’on permute les cibles"


def _alt_all(results: Sequence[Measured], lang: Lang) -> str:
    """Each category with its two d, their intervals and p, and the paper's d."""
    parts = []
    for m in results:
        one, other = (
            f"{number(r.d, lang)} ({interval(r.low, r.high, lang)}, {p_value(r.splits.p, lang)})" for r in readings(m)
        )
        name, paper = m.category.theme.title.get(lang), number(m.category.theme.published.paper, lang)
        if lang == "en":
            parts.append(f"{name}: {one} permuting attributes, {other} permuting targets, paper {paper}")
        else:
            parts.append(f"{name} : {one} en permutant les attributs, {other} en permutant les cibles, article {paper}")
    if lang == "en":
        return f"Effect sizes with their 95% intervals. {'; '.join(parts)}."
    return f"Tailles d’effet avec leur intervalle à 95 %. {' ; '.join(parts)}."
