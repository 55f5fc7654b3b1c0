"""The estimates and the tables of a ``debias`` finding."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tools.finding import Cell, Estimate, Table, Text, same
from tools.words.association import CONFIDENCE
from tools.words.debias_checks import RANDOM_AXES, Bounded, as_large, gap
from tools.words.debias_text import CHANCE
from tools.words.weat_reading import splits_name
from tools.words.weat_sets import TESTS

if TYPE_CHECKING:
    from tools.words.analogy_search import Answers
    from tools.words.debias_study import Study

BEFORE, AFTER = Text(en="before", fr="avant"), Text(en="after", fr="après")
RANDOM = Text(en="mean of axes of random pairs", fr="moyenne d’axes de paires au hasard")
GUESS = Text(en="guessing", fr="deviner")
NO_LINK = Text(en="no link", fr="aucun lien")
ONE_RANDOM = Text(en="a random axis removed instead", fr="un axe au hasard retiré à la place")
SHARE_TEST = Text(
    en=f"share of {RANDOM_AXES} axes of random pairs with a value at least as large, (count + 1) / {RANDOM_AXES + 1}",
    fr=f"part de {RANDOM_AXES} axes de paires au hasard au moins aussi grands, (nombre + 1) / {RANDOM_AXES + 1}",
)


def _when(en: str, fr: str, when: Text) -> Text:
    return Text(en=f"{en}, {when.en}", fr=f"{fr}, {when.fr}")


def _bounded(name: str, label: Text, b: Bounded, baseline: float, baseline_label: Text) -> Estimate:
    """An estimate with its interval; no value where it is not defined."""
    known = not math.isnan(b.value)
    return Estimate(
        name=name,
        label=label,
        value=b.value if known else None,
        low=b.low if known else None,
        high=b.high if known else None,
        confidence=CONFIDENCE if known else None,
        n=b.n,
        baseline=baseline,
        baseline_label=baseline_label,
    )


def estimates(s: Study) -> list[Estimate]:
    """Every measure with its interval or p, its n, and what it would be if there were nothing to see."""
    chance = float(s.random.biases.mean())
    lean = ("direct bias of the occupations", "biais direct des métiers")
    before = _bounded("direct_bias_before", _when(*lean, BEFORE), s.bias_before, chance, RANDOM)
    sides = _sides(s)
    before.p, before.test = as_large(s.bias_before.value, s.random.biases), SHARE_TEST
    return [
        sides[1],  # first what is found again: the answer to the question
        Estimate(
            name="axis_share",
            label=Text(en="share of the pairs’ variance on the axis", fr="part de la variance des paires sur l’axe"),
            value=s.share,
            p=as_large(s.share, s.random.shares),
            test=SHARE_TEST,
            n=len(s.lists.pairs),
            baseline=float(s.random.shares.mean()),
            baseline_label=RANDOM,
        ),
        before,
        _bounded("direct_bias_after", _when(*lean, AFTER), s.bias_after, chance, RANDOM),
        *_associations(s),
        _bounded(
            "neighbours_kept",
            Text(en="share of the ten nearest words kept", fr="part des dix plus proches mots gardée"),
            s.kept,
            s.kept_random.value,
            ONE_RANDOM,
        ),
        _bounded(
            "neighbour_order",
            Text(
                en="rank correlation of neighbours, before and after",
                fr="corrélation de rang des voisins, avant et après",
            ),
            s.order,
            s.order_random.value,
            ONE_RANDOM,
        ),
        sides[0],
        *sides[2:],
    ]


def _associations(s: Study) -> list[Estimate]:
    found = []
    for test in s.tests:
        for when, measured in ((BEFORE, s.weat_before[test]), (AFTER, s.weat_after[test])):
            assert measured
            result, title = measured.result, TESTS[test].title
            found.append(
                Estimate(
                    name=f"weat_{test}_{when.en}",
                    label=_when(f"WEAT {test}: d, {title.en}", f"WEAT {test} : d, {title.fr}", when),
                    value=result.d,
                    low=result.low,
                    high=result.high,
                    confidence=CONFIDENCE,
                    p=result.splits.p,
                    test=Text(en=splits_name(result.splits, "en"), fr=splits_name(result.splits, "fr")),
                    n=len(measured.first_scores) + len(measured.second_scores),
                    baseline=0.0,
                    baseline_label=Text(en="no difference", fr="aucune différence"),
                )
            )
    return found


def _sides(s: Study) -> list[Estimate]:
    r = s.recovered
    found = ("sides found by a classifier", "côtés retrouvés par un classifieur")
    groups = ("sides found in two clusters", "côtés retrouvés en deux groupes")
    company = ("lean of an occupation and side of its neighbours", "inclinaison d’un métier et côté de ses voisins")
    linear = Text(
        en="sides found by a linear classifier, after", fr="côtés retrouvés par un classifieur linéaire, après"
    )
    control = Text(
        en="sides of random axes found, after their removal", fr="côtés d’axes au hasard retrouvés, une fois retirés"
    )
    return [
        _bounded("classifier_before", _when(*found, BEFORE), r.classifier_before, CHANCE, GUESS),
        _bounded("classifier_after", _when(*found, AFTER), r.classifier_after, CHANCE, GUESS),
        _bounded("linear_after", linear, r.linear, CHANCE, GUESS),
        _bounded("classifier_random_axes", control, r.control, CHANCE, GUESS),
        _bounded("clusters_before", _when(*groups, BEFORE), r.clusters_before, CHANCE, GUESS),
        _bounded("clusters_after", _when(*groups, AFTER), r.clusters_after, CHANCE, GUESS),
        _bounded("neighbour_side_before", _when(*company, BEFORE), r.company_before, 0.0, NO_LINK),
        _bounded("neighbour_side_after", _when(*company, AFTER), r.company_after, 0.0, NO_LINK),
    ]


def tables(s: Study) -> list[Table]:
    """The association tests, the analogies, every occupation, and the lists as they were found."""
    return [*([_tests(s)] if s.tests else []), *([_analogies(s)] if s.analogies else []), _occupations(s), _lists(s)]


def _tests(s: Study) -> Table:
    rows: list[list[Cell]] = []
    for test in s.tests:
        row: list[Cell] = [int(test), TESTS[test].title]
        for measured in (s.weat_before[test], s.weat_after[test]):
            assert measured
            row += [measured.result.d, measured.result.splits.p, gap(measured)]
        rows.append(row)
    heads = [Text(en="test", fr="test"), Text(en="what against what", fr="quoi face à quoi")]
    for when in (BEFORE, AFTER):
        heads += [_when("d", "d", when), _when("p", "p", when), _when("gap", "écart", when)]
    return Table(
        name="association_tests",
        title=Text(en="The association tests", fr="Les tests d’association"),
        columns=heads,
        rows=rows,
    )


def _analogies(s: Study) -> Table:
    def answer(answers: Answers) -> str:
        return answers[0][0]

    rows: list[list[Cell]] = [
        [f"{a} : {b} :: {c} : ?", *map(answer, one.before), *map(answer, one.after)]
        for one in s.analogies
        for a, b, c in [one.question]
    ]
    any_word, barred = (
        ("any word", "tout mot permis"),
        ("words of the question forbidden", "mots de la question interdits"),
    )
    return Table(
        name="analogies",
        title=Text(en="Analogies", fr="Analogies"),
        columns=[
            Text(en="question", fr="question"),
            _when(*any_word, BEFORE),
            _when(*barred, BEFORE),
            _when(*any_word, AFTER),
            _when(*barred, AFTER),
        ],
        rows=rows,
    )


def _occupations(s: Study) -> Table:
    one = s.lists.sides[0]
    rows: list[list[Cell]] = []
    for job in sorted(s.leans, key=lambda job: -s.leans[job][0]):
        shares: tuple[float | None, float | None] = s.recovered.shares.get(job, (None, None))
        rows.append([job.replace("_", " "), *s.leans[job], *shares])
    lean = ("cosine with the axis", "cosinus avec l’axe")
    near = (f"neighbours on the side of “{one}”", f"voisins du côté de « {one} »")
    return Table(
        name="occupations",
        title=Text(en="The occupations", fr="Les métiers"),
        columns=[
            Text(en="occupation", fr="métier"),
            _when(*lean, BEFORE),
            _when(*lean, AFTER),
            _when(*near, BEFORE),
            _when(*near, AFTER),
        ],
        rows=rows,
    )


def _lists(s: Study) -> Table:
    lists = s.lists
    rows: list[list[Cell]] = [
        [
            Text(en="pairs that define the axis", fr="paires qui définissent l’axe"),
            len(lists.pairs),
            same(", ".join("–".join(p) for p in lists.pairs)),
        ],
        [Text(en="pairs left out", fr="paires laissées de côté"), len(lists.missing), same(", ".join(lists.missing))],
        [Text(en="words examined", fr="mots examinés"), len(s.before.words), None],
        [Text(en="words neutralised", fr="mots neutralisés"), s.neutral, None],
        [Text(en="pairs made equal", fr="paires égalisées"), len(lists.equal), None],
        [Text(en="ordinary words", fr="mots ordinaires"), len(lists.ordinary), None],
        [Text(en="occupations", fr="métiers"), len(lists.occupations), None],
    ]
    return Table(
        name="lists",
        title=Text(en="The words used", fr="Les mots employés"),
        columns=[Text(en="what", fr="quoi"), Text(en="how many", fr="combien"), Text(en="which", fr="lesquels")],
        rows=rows,
    )
