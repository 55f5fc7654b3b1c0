"""The ten tests of the 2017 paper side by side: figure and words.

A test whose words the vectors do not hold is left out and said so; it has no value rather than a poor one.
"""

from __future__ import annotations

from tools.figures import intervals
from tools.finding import Figure, Lang, Text
from tools.numbers import interval, number, p_value, percent
from tools.numbers import words as listed
from tools.words.association import CONFIDENCE, RANDOM_SPLITS, RESAMPLES
from tools.words.weat_reading import formula
from tools.words.weat_sets import TESTS, Measured
from tools.words.weat_text import SIGNIFICANT

Results = dict[str, Measured | None]
"""Each test by its number; ``None`` when the vectors hold too few of its words."""


def done(results: Results) -> dict[str, Measured]:
    """The tests that could be carried out."""
    return {test: measured for test, measured in results.items() if measured is not None}


def clear(results: Results, threshold: float = SIGNIFICANT) -> list[str]:
    """The tests whose p is under the threshold."""
    return [test for test, measured in done(results).items() if measured.result.splits.p < threshold]


def figure(results: Results, specimen: str, seed: int, lang: Lang) -> Figure:
    """Points with intervals, the human IAT beside them; ``specimen`` is its short name."""
    shown = done(results)
    rows = [
        (f"{test}  {m.sets.labels.title.get(lang)}", m.result.d, m.result.low, m.result.high)
        for test, m in shown.items()
    ]
    count, of = len(clear(results)), len(shown)
    words = sum(len(m.first_scores) + len(m.second_scores) for m in shown.values())
    if lang == "en":
        title = f"{count} of {of} association tests show a clear difference in these word vectors"
        subtitle = f"{of} tests, {words} target words; vectors: {specimen}; seed {seed}; band: 95% interval"
        axis, zero, human = "effect size d (people: d of the human test, IAT)", "no difference", "people (IAT)"
    else:
        title = f"{count} tests d’association sur {of} montrent une différence nette dans ces vecteurs de mots"
        subtitle = (
            f"{of} tests, {words} mots cibles ; vecteurs : {specimen} ; graine {seed} ; bande : intervalle à 95 %"
        )
        axis, zero, human = "taille d’effet d (humains : d du test humain, IAT)", "aucune différence", "humains (IAT)"
    return intervals(
        rows, name="ten_tests", title=title, subtitle=subtitle, alt=Text(en=_alt(shown, "en"), fr=_alt(shown, "fr")), lang=lang,
        axis=axis, baseline_label=zero, others=[(human, [m.sets.labels.iat_d for m in shown.values()])],
    )  # fmt: skip


def _alt(shown: dict[str, Measured], lang: Lang) -> str:
    """The figure in words: d, interval and p of each test, and the human d."""
    parts = []
    for test, measured in shown.items():
        result, iat = measured.result, measured.sets.labels.iat_d
        title, bounds, p = (
            measured.sets.labels.title.get(lang),
            interval(result.low, result.high, lang),
            p_value(result.splits.p, lang),
        )
        people = "" if iat is None else f", {'people' if lang == 'en' else 'humains'} {number(iat, lang)}"
        parts.append(f"{test} ({title}) d = {number(result.d, lang)} ({bounds}), {p}{people}")
    if lang == "en":
        return "Effect size of each test with its 95% interval: " + "; ".join(parts) + "."
    return "Taille d’effet de chaque test avec son intervalle à 95 % : " + " ; ".join(parts) + "."


def summary(results: Results, lang: Lang) -> str:
    """How many tests show something, the largest, the ones that show nothing, the ones left out."""
    shown, found = done(results), clear(results)
    top = max(shown, key=lambda test: shown[test].result.d)

    def name(test: str) -> str:
        return f"{test} ({TESTS[test].title.get(lang)}, d = {number(shown[test].result.d, lang)})"

    none, out = [name(test) for test in shown if test not in found], [test for test in results if test not in shown]
    if lang == "en":
        text = [
            f"In these word vectors, {len(found)} of the {len(shown)} tests show a clear difference (p under 0.05) in the direction "
            f"the paper of 2017 expected. The largest is that of test {name(top)}."
        ]
        if none:
            text.append(
                f"{'Tests' if len(none) > 1 else 'Test'} {listed(none, lang)} {'show' if len(none) > 1 else 'shows'} none."
            )
        if out:
            text.append(
                f"Too few words of test{'s' if len(out) > 1 else ''} {listed(out, lang)} are in these vectors to measure."
            )
        text.append(
            "The same computation finds flowers nicer than insects and ties first names to stereotypes: vectors learn which words "
            "keep company in the texts they were made from."
        )
        return " ".join(text)
    text = [
        f"Dans ces vecteurs de mots, {len(found)} des {len(shown)} tests montrent une différence nette (p sous 0,05), dans le sens "
        f"qu’attendait l’article de 2017. La plus grande est celle du test {name(top)}."
    ]
    if none:
        many = len(none) > 1
        text.append(
            f"{'Les tests' if many else 'Le test'} {listed(none, lang)} n’en {'montrent' if many else 'montre'} pas."
        )
    if out:
        text.append(
            f"Trop peu de mots {'des tests' if len(out) > 1 else 'du test'} {listed(out, lang)} y figurent pour mesurer."
        )
    text.append(
        "Le même calcul trouve les fleurs plus agréables que les insectes et lie des prénoms à des stéréotypes : les vecteurs "
        "apprennent quels mots se côtoient dans les textes dont ils sont tirés."
    )
    return " ".join(text)


def how_to_read(results: Results, lang: Lang) -> str:
    """The formula, p, the interval, and what ten tests at once do to p."""
    strict, count = SIGNIFICANT / len(results), len(clear(results, SIGNIFICANT / len(results)))
    drawn, draws, level = number(RANDOM_SPLITS, lang, 0), number(RESAMPLES, lang, 0), percent(CONFIDENCE, lang)
    if lang == "en":
        return (
            f"d counts, in standard deviations, the gap between two groups of words. {formula(None, lang)} p is the "
            f"share of splits of "
            f"the words whose difference is at least as large (one-sided): every split in tests 6 to 10, {drawn} "
            f"random ones in tests "
            f"1 to 5. Ten tests at once make a chance result likelier: {count} stay under 0.05 / {len(results)} = "
            f"{number(strict, lang, 3)}. "
            f"The interval ({level}) redraws the words of each group {draws} times (percentile bootstrap). The d of "
            f"people (IAT) is computed "
            "over persons: compare the sign, not the size."
        )
    return (
        f"d compte, en écarts types, la distance entre deux groupes de mots. {formula(None, lang)} p est la part des "
        f"partages des mots "
        f"dont la différence est au moins aussi grande (test unilatéral) : tous les partages aux tests 6 à 10, "
        f"{drawn} tirés au hasard aux "
        f"tests 1 à 5. Dix tests d’un coup rendent plus probable un résultat dû au hasard : {count} restent sous "
        f"0,05 / {len(results)} "
        f"= {number(strict, lang, 3)}. L’intervalle ({level}) retire au sort les mots de chaque groupe {draws} fois "
        f"(bootstrap par "
        "percentiles). Le d des humains (IAT) est calculé sur des personnes : comparez le signe, pas la taille."
    )
