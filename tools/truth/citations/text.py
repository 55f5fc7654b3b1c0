"""What ``citation_check`` says: verdicts, differences and contradictions in words, the summary, in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tools.finding import Lang, Text
from tools.numbers import cut, number, words
from tools.truth.citations.fields import VERDICTS, Checked, Difference, Problem, Verdict

VERDICT: dict[Verdict, Text] = {
    "exact": Text(en="exact", fr="conforme"),
    "near": Text(en="differs", fr="diffère"),
    "nothing": Text(en="nothing found", fr="rien trouvé"),
    "impossible": Text(en="impossible", fr="impossible"),
}
SHARES: dict[Verdict, Text] = {
    "exact": Text(en="Share that match a known work in every field given", fr="Part conforme à un ouvrage connu sur chaque champ donné"),
    "near": Text(en="Share that resemble a known work but differ", fr="Part qui ressemble à un ouvrage connu mais en diffère"),
    "nothing": Text(en="Share for which nothing was found", fr="Part pour laquelle rien n’a été trouvé"),
    "impossible": Text(en="Share that cannot be right as written", fr="Part impossible telle qu’elle est écrite"),
}  # fmt: skip
FIELDS = {
    "title": Text(en="title", fr="titre"), "authors": Text(en="authors", fr="auteurs"), "year": Text(en="year", fr="année"),
    "venue": Text(en="publication", fr="publication"), "volume": Text(en="volume", fr="volume"),
    "number": Text(en="number", fr="numéro"), "pages": Text(en="pages", fr="pages"), "doi": Text(en="DOI", fr="DOI"),
    "arxiv": Text(en="arXiv", fr="arXiv"),
}  # fmt: skip
PROBLEMS = {
    "future_year": Text(en="the year {given} comes after {other}, the year of this check", fr="l’année {given} vient après {other}, l’année de cette vérification"),
    "doi_form": Text(en="“{given}” has not the form of a DOI (10., four digits or more, a slash, a name)", fr="« {given} » n’a pas la forme d’un DOI (10., quatre chiffres ou plus, une barre, un nom)"),
    "arxiv_form": Text(en="“{given}” has not the form of an arXiv identifier (year, month, number)", fr="« {given} » n’a pas la forme d’un identifiant arXiv (année, mois, numéro)"),
    "arxiv_future": Text(en="arXiv {given} would be of {other}, a month to come", fr="arXiv {given} serait de {other}, un mois à venir"),
    "arxiv_year": Text(en="arXiv {given} was given out in {other}, after the year of the reference", fr="arXiv {given} a été attribué en {other}, après l’année de la référence"),
    "pages_backwards": Text(en="the pages {given} run backwards", fr="les pages {given} vont à rebours"),
    "doi_elsewhere": Text(en="the DOI {given} is that of another work, “{other}” ({key})", fr="le DOI {given} est celui d’un autre ouvrage, « {other} » ({key})"),
    "arxiv_elsewhere": Text(en="arXiv {given} is another work, “{other}” ({key})", fr="arXiv {given} est un autre ouvrage, « {other} » ({key})"),
    "volume_year": Text(en="volume and year {given} do not go with volume {other} of the same journal ({key})", fr="volume et année {given} ne vont pas avec le volume {other} de la même revue ({key})"),
    "reporter_year": Text(en="{given}: this reporter holds decisions of {other}", fr="{given} : ce recueil contient des décisions de {other}"),
    "number_year": Text(en="the number {given} carries another year than {other}", fr="le numéro {given} porte une autre année que {other}"),
}  # fmt: skip

# Filled from the evaluation on held-out references: (count, n). "missed": real references of the bibliography that were not
# found; "passed": invented references called exact. Empty: nothing is said.
MEASURED: dict[str, tuple[int, int]] = {"missed": (2, 670), "passed": (0, 286)}  # autopsie eval truth


@dataclass(frozen=True)
class Report:
    """What the texts need: the verdicts, how many works were searched, whether Crossref was asked, which built-in list."""

    checked: Sequence[Checked]
    works: int
    network: bool
    year: int
    case: Text | None = None
    origin: Text | None = None

    @property
    def counts(self) -> Counter[Verdict]:
        """How many references have each verdict."""
        return Counter(one.verdict for one in self.checked)

    @property
    def recorded(self) -> list[str]:
        """The works that record some of the references as invented."""
        return list(dict.fromkeys(one.recorded for one in self.checked if one.recorded))


def quoted(text: str, lang: Lang) -> str:
    """“text”, or « text »."""
    return f"“{text}”" if lang == "en" else f"« {text} »"


def source(one: Checked, lang: Lang) -> str:
    """Where the compared work is known from."""
    if one.work is not None and one.work.source == "Crossref":
        return "Crossref"
    return "the bibliography" if lang == "en" else "la bibliographie"


def difference(one: Checked, d: Difference, lang: Lang, most: int = 90) -> str:
    """ "year 2018, the bibliography has 2019"."""
    name, given, found = FIELDS[d.field].get(lang), cut(d.given, most), cut(d.found, most)
    if d.field == "title" and (d.wrong or d.right) and len(d.wrong) + len(d.right) <= 10:
        return _words(one, d, lang)
    if d.field in ("title", "authors", "venue"):
        given, found = quoted(given, lang), quoted(found, lang)
    if lang == "en":
        return f"{name} {given}, {source(one, lang)} has {found}"
    return f"{name} {given}, {source(one, lang)} a {found}"


def _words(one: Checked, d: Difference, lang: Lang) -> str:
    """The few words by which two titles differ."""
    wrong, right, who = quoted(" ".join(d.wrong), lang), quoted(" ".join(d.right), lang), source(one, lang)
    if not d.wrong:
        return f"title without {right}, which {who} has" if lang == "en" else f"titre sans {right}, que porte {who}"
    if not d.right:
        return (
            f"title with {wrong}, which {who} has not"
            if lang == "en"
            else f"titre avec {wrong}, que ne porte pas {who}"
        )
    return f"title {wrong}, {who} has {right}" if lang == "en" else f"titre {wrong}, {who} a {right}"


def problem(p: Problem, lang: Lang) -> str:
    """A contradiction as a clause."""
    return PROBLEMS[p.code].get(lang).format(given=cut(p.given, 70), other=cut(p.other, 80), key=p.key)


def remarks(one: Checked, lang: Lang, most: int = 90) -> list[str]:
    """Everything to say about a reference, a clause each: contradictions, differences, what else is known."""
    said = [problem(p, lang) for p in one.problems] + [difference(one, d, lang, most) for d in one.differences]
    if one.recorded:
        said.append(
            f"recorded as invented by a court ({one.recorded})"
            if lang == "en"
            else f"relevée comme inventée par un tribunal ({one.recorded})"
        )
    if one.closest:
        title = quoted(cut(one.closest.title, most), lang)
        said.append(
            f"the closest title is {title} ({one.closest.key})"
            if lang == "en"
            else f"le titre le plus proche est {title} ({one.closest.key})"
        )
    if one.verdict == "exact" and one.parsed.kind == "in_text":
        others = f" ({', '.join((one.key, *one.also))})" if one.also else ""
        said.append(f"author and year only{others}" if lang == "en" else f"auteur et année seulement{others}")
    return said


def searched(r: Report, lang: Lang) -> str:
    """What was searched, as a noun phrase."""
    n = number(r.works, lang, 0)
    if lang == "en":
        return f"the {n} works of the bibliography" + (" and Crossref" if r.network else "; Crossref was not asked")
    return f"les {n} ouvrages de la bibliographie" + (
        " et Crossref" if r.network else " ; Crossref n’a pas été interrogé"
    )


def tally(r: Report, lang: Lang) -> str:
    """The verdicts counted, as the end of a sentence."""
    c, said = r.counts, []
    for verdict in VERDICTS:
        n = c[verdict]
        if n and lang == "en":
            said.append({
                "exact": f"{n} match{'es' * (n == 1)} a known work in every field given",
                "near": f"{n} resemble{'s' * (n == 1)} a known work but differ{'s' * (n == 1)} from it",
                "nothing": f"{n} {'was' if n == 1 else 'were'} not found",
                "impossible": f"{n} cannot be right as written",
            }[verdict])  # fmt: skip
        elif n:
            said.append({
                "exact": f"{n} {'est conforme' if n == 1 else 'sont conformes'} à un ouvrage connu sur chaque champ donné",
                "near": f"{n} {'ressemble' if n == 1 else 'ressemblent'} à un ouvrage connu mais en {'diffère' if n == 1 else 'diffèrent'}",
                "nothing": f"{n} {'reste introuvable' if n == 1 else 'restent introuvables'} ici",
                "impossible": f"{n} {'est impossible telle qu’elle est écrite' if n == 1 else 'sont impossibles telles qu’elles sont écrites'}",
            }[verdict])  # fmt: skip
    return words(said, lang)


def headline(r: Report, lang: Lang) -> str:
    """The finding as a sentence, for the figure."""
    n = len(r.checked)
    if n == 1:
        return f"This reference: {tally(r, lang)[2:]}" if lang == "en" else f"Cette référence : {tally(r, lang)[2:]}"
    return f"Of {n} references, {tally(r, lang)}" if lang == "en" else f"Sur {n} références, {tally(r, lang)}"


def worst(r: Report) -> tuple[int, Checked] | None:
    """The first reference to look at: one that contradicts itself, else one that differs."""
    for verdict in ("impossible", "near"):
        for place, one in enumerate(r.checked, 1):
            if one.verdict == verdict:
                return place, one
    return None


def summary(r: Report, lang: Lang) -> str:
    """How many of each, the first one to look at with its differences, what was recorded, what was searched."""
    n, said = len(r.checked), []
    if r.case:
        said.append(
            f"This is the built-in list: {r.case.en}." if lang == "en" else f"C’est la liste fournie : {r.case.fr}."
        )
    s = "s" * (n > 1)
    said.append(
        f"{n} reference{s} read: {tally(r, lang)}." if lang == "en" else f"{n} référence{s} lue{s} : {tally(r, lang)}."
    )
    if found := worst(r):
        place, one = found
        name = quoted(cut(one.parsed.title or one.parsed.raw, 80), lang)
        clauses = "; ".join(remarks(one, lang, 60)[:3]) if lang == "en" else " ; ".join(remarks(one, lang, 60)[:3])
        said.append(f"Number {place}, {name}: {clauses}." if lang == "en" else f"Numéro {place}, {name} : {clauses}.")
    known = sum(bool(one.recorded) for one in r.checked)
    if known:
        keys = ", ".join(r.recorded)
        said.append(
            f"{known} bear{'s' * (known == 1)} the name of a decision that a court recorded as invented ({keys})." if lang == "en"
            else f"{known} {'porte' if known == 1 else 'portent'} le nom d’une décision qu’un tribunal a relevée comme inventée ({keys})."
        )  # fmt: skip
    said.append(
        f"Searched: {searched(r, lang)}. “Nothing found” is no proof of invention, and an exact reference may still not say what it is cited for."
        if lang == "en"
        else f"Recherche faite dans {searched(r, lang)}. « Rien trouvé » ne prouve pas une invention, et une référence conforme peut ne pas dire ce pour quoi on la cite."
    )
    return " ".join(said)
