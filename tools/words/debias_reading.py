"""How to read a ``debias`` result, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang
from tools.numbers import number, p_value, percent
from tools.numbers import words as listed
from tools.words.debias_checks import NEAR, RANDOM_AXES, SAMPLE, as_large, gap
from tools.words.debias_recovery import CONTROLS, FOLDS
from tools.words.debias_text import quoted

if TYPE_CHECKING:
    from tools.words.debias_study import Study


def how_to_read(s: Study, lang: Lang) -> str:
    """The formulas, their sources, and what each number is compared with."""
    return " ".join([_method(s, lang), _bias(s, lang), *_tests(s, lang), _sides(s, lang)])


def _method(s: Study, lang: Lang) -> str:
    share, chance = percent(s.share, lang, 1), percent(float(s.random.shares.mean()), lang, 1)
    equal = len(s.lists.equal)
    if lang == "en":
        return (
            f"The axis g is the first principal component of the pairs, each around its mean: it holds {share} of "
            f"their variance, where axes of random pairs hold {chance}. Neutralise: w − (w·g) g, scaled to length 1, "
            f"for every word left free; equalise: the {equal} pairs become ν ± √(1 − |ν|²) g, with ν their mean off "
            "the axis, so that both words of a pair are equally far from every neutralised word (Bolukbasi et al. "
            "2016)."
        )
    return (
        f"L’axe g est la première composante principale des paires, chacune autour de sa moyenne : il porte {share} "
        f"de leur variance, quand des axes de paires au hasard en portent {chance}. Neutraliser : w − (w·g) g, "
        f"ramené à la longueur 1, pour tout mot laissé libre ; égaliser : les {equal} paires deviennent ν ± √(1 − "
        "|ν|²) g, où ν est leur moyenne hors de l’axe, si bien que les deux mots d’une paire sont à égale distance "
        "de tout mot neutralisé (Bolukbasi et al. 2016)."
    )


def _bias(s: Study, lang: Lang) -> str:
    chance = number(float(s.random.biases.mean()), lang, 3)
    p = p_value(as_large(s.bias_before.value, s.random.biases), lang)
    spared = [job for job in s.lists.occupations if job in s.lists.specific]
    some = listed([quoted(job, lang) for job in spared[:2]], lang)
    if lang == "en":
        text = (
            f"Direct bias = mean of |cos(w, g)| over the occupations (the paper’s with c = 1); {RANDOM_AXES} axes of "
            f"random pairs give {chance} on average, and {p} is the share of them that give as much."
        )
        return text + (
            f" What is left after comes from {len(spared)} occupations left alone, such as {some}." if spared else ""
        )
    text = (
        f"Biais direct = moyenne de |cos(w, g)| sur les métiers (celui de l’article, avec c = 1) ; {RANDOM_AXES} "
        f"axes de paires au hasard donnent {chance} en moyenne, et {p} est la part d’entre eux qui en donnent autant."
    )
    return text + (
        f" Le reste, après, vient de {len(spared)} métiers laissés tels quels, comme {some}." if spared else ""
    )


def _tests(s: Study, lang: Lang) -> list[str]:
    if not s.tests:
        return []
    test = s.tests[min(1, len(s.tests) - 1)]
    before, after = s.weat_before[test], s.weat_after[test]
    assert before and after
    one, other = number(gap(before), lang, 3), number(gap(after), lang, 3)
    if lang == "en":
        return [
            "d is that of the association test (Caliskan et al. 2017): a gap between two groups of words divided by "
            f"the spread, so it may stay large, or change sign, when little of the gap is left: in test {test} the "
            f"gap itself goes from {one} to {other}."
        ]
    return [
        "d est celui du test d’association (Caliskan et al. 2017) : l’écart entre deux groupes de mots, divisé par "
        "la dispersion ; il peut donc rester grand, ou changer de signe, quand il reste peu d’écart : au test "
        f"{test}, l’écart même passe de {one} à {other}."
    ]


def _sides(s: Study, lang: Lang) -> str:
    count, one = number(len(s.recovered.first) / 2, lang, 0), quoted(s.lists.sides[0], lang)
    sample = min(SAMPLE, len(s.lists.ordinary))
    if lang == "en":
        return (
            f"The sides are those of the {count} ordinary words that lean most each way before (after Gonen and "
            "Goldberg 2019). The classifier is a support vector machine with a radial kernel, judged on words it "
            f"was not trained on ({FOLDS} folds); the control does the same for {CONTROLS} axes of random pairs. The "
            "clusters are k-means with k = 2, named as suits best, so that chance gives slightly more than 50%. The "
            f"last correlation sets an occupation’s lean before against the share of its {NEAR} nearest words that "
            f"leaned to {one}. Neighbours kept: mean over {sample} words drawn, beside what removing a random axis "
            "does. Intervals at 95%: Wilson’s for shares, bootstrap over words for means, Fisher’s for correlations."
        )
    return (
        f"Les côtés sont ceux des {count} mots ordinaires qui penchent le plus de part et d’autre avant (d’après "
        "Gonen et Goldberg 2019). Le classifieur est une machine à vecteurs de support à noyau radial, jugée sur "
        f"des mots hors de son entraînement ({FOLDS} plis) ; le contrôle fait de même pour {CONTROLS} axes de paires "
        "au hasard. Les groupes viennent de k-means avec k = 2, nommés au mieux, si bien que le hasard donne un peu "
        f"plus de 50 %. La dernière corrélation met l’inclinaison d’un métier avant face à la part de ses {NEAR} "
        f"plus proches mots qui penchaient vers {one}. Voisins gardés : moyenne sur {sample} mots tirés, à côté de "
        "ce que fait le retrait d’un axe au hasard. Intervalles à 95 % : de Wilson pour les parts, par bootstrap "
        "des mots pour les moyennes, de Fisher pour les corrélations."
    )


def limits(s: Study, vectors: str, lang: Lang) -> str:
    """What the run cannot tell, with what is particular to the packaged vectors."""
    return " ".join([*_always(s, lang), *_vocabulary(s, vectors, lang)])


def _always(s: Study, lang: Lang) -> list[str]:
    order = number(s.order.value, lang, 3)
    if lang == "en":
        return [
            "A measure that the method sets to 0 by construction cannot judge the method.",
            "Finding the sides again shows that the information is there, not that a system built on the vectors "
            "uses it or harms anyone; the sides of random axes are found too, so the share found does not say how "
            "much of it is about gender.",
            "The sides come from the axis, not from what people think of the words.",
            "The pairs are English words and know two genders; other pairs give another axis.",
            "No benchmark of word similarity rated by people ships with the packaged vectors: usefulness is judged "
            f"only by whether words keep their neighbours (rank correlation {order}), which does not say that the "
            "neighbours are good ones.",
        ]
    return [
        "Une mesure que la méthode met à 0 par construction ne peut pas juger la méthode.",
        "Retrouver les côtés montre que l’information est là, non qu’un système bâti sur ces vecteurs s’en sert ou "
        "fait du tort à quelqu’un ; les côtés d’axes au hasard se retrouvent aussi, la part retrouvée ne dit donc "
        "pas combien tient au genre.",
        "Les côtés viennent de l’axe, non de ce que des personnes pensent des mots.",
        "Les paires sont des mots anglais et ne connaissent que deux genres ; d’autres paires donnent un autre axe.",
        "Aucun jeu de similarités notées par des personnes n’accompagne les vecteurs fournis : l’utilité est jugée "
        f"seulement par les voisins que gardent les mots (corrélation de rang {order}), ce qui ne dit pas que ces "
        "voisins sont bons.",
    ]


def _vocabulary(s: Study, vectors: str, lang: Lang) -> list[str]:
    n = number(len(s.before.words), lang, 0)
    missing = listed(s.lists.missing, lang)
    if lang == "en":
        found = [
            f"What clusters show depends on the {n} words at hand: k-means follows whatever divides them most, and "
            "the protocol of the 2019 paper gave 90.5% when we ran it on the 26,189 words of Bolukbasi’s own file."
        ]
        if vectors == "word2vec":
            found.append("These words were put together for other tests; a great many are words of praise or blame.")
        if s.before.lower_case:
            found.append("This vocabulary has no capitals, so first names and surnames count among the ordinary words.")
        return [*found, f"Pairs left out, for want of a vector: {missing}."] if missing else found
    found = [
        f"Ce que montrent les groupes dépend des {n} mots présents : k-means suit ce qui les divise le plus, et "
        "le protocole de l’article de 2019 a donné 90,5 % quand nous l’avons suivi sur les 26 189 mots du fichier de Bolukbasi."
    ]
    if vectors == "word2vec":
        found.append("Ces mots ont été réunis pour d’autres tests ; beaucoup sont des mots d’éloge ou de blâme.")
    if s.before.lower_case:
        found.append(
            "Ce vocabulaire n’a pas de capitales : prénoms et noms de famille y comptent parmi les mots ordinaires."
        )
    return [*found, f"Paires laissées de côté, faute de vecteur : {missing}."] if missing else found
