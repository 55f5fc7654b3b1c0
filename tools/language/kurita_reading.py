"""How to read the five categories of ``logprob_bias``, and what they cannot tell, in English and in French."""

from __future__ import annotations

from collections.abc import Sequence

from tools.finding import Lang
from tools.language.kurita_scores import Measured
from tools.language.kurita_text import SIGNIFICANT, readings
from tools.language.logprob_text import quoted
from tools.numbers import interval, number
from tools.numbers import words as listed
from tools.words.association import CONFIDENCE, RESAMPLES


def how_to_read(m: Measured, lang: Lang) -> str:
    """The score, the two effect sizes, p, the intervals, with the formula and its source."""
    return " ".join([score([m], lang), sizes(lang), _numbers(m, lang), _published([m], lang)])


def how_to_read_all(results: Sequence[Measured], lang: Lang) -> str:
    """The same for several categories, and what so many tests at once do to p."""
    tests = 2 * len(results)
    strict = SIGNIFICANT / tests
    kept = sum(reading.splits.p < strict for m in results for reading in readings(m))
    if lang == "en":
        many = (
            f"So many tests at once make a chance result likelier: {kept} of the {tests} p stay under 0.05 / {tests} = "
            f"{number(strict, 'en', 3)}."
        )
    else:
        many = (
            f"Tant de tests d’un coup rendent plus probable un résultat dû au hasard : {kept} des {tests} p restent sous "
            f"0,05 / {tests} = {number(strict, 'fr', 3)}."
        )
    return " ".join([score(results, lang), sizes(lang), many, _published(results, lang)])


def score(results: Sequence[Measured], lang: Lang) -> str:
    """The formula of S in the form that suits the model."""
    masked = results[0].masked
    neutral = listed(list(dict.fromkeys(quoted(word, lang) for m in results for word in m.category.neutral)), lang)
    if lang == "en":
        if masked:
            return (
                "S(t, w) = log p(t | sentence with w) − log p(t | the same sentence, w masked), in nats, mean over the sentences: "
                "the log p_target / p_prior of Kurita et al. 2019, t being masked in both."
            )
        return (
            "S(t, w) = log p(w | sentence begun with t) − log p(w | sentence begun with a neutral subject), in nats, mean over "
            "the sentences. It is the score of Kurita et al. 2019 for a model that reads from left to right: theirs asks how "
            "much w raises t, this one how much t raises w, and both are the pointwise mutual information of t and w. The "
            f"neutral subjects are {neutral}; the mean of their log p is taken."
        )
    if masked:
        return (
            "S(t, w) = log p(t | phrase avec w) − log p(t | la même phrase, w masqué), en nats, moyenne sur les phrases : c’est le "
            "log p_cible / p_a_priori de Kurita et al. 2019, t étant masqué dans les deux cas."
        )
    return (
        "S(t, w) = log p(w | phrase commencée par t) − log p(w | phrase commencée par un sujet neutre), en nats, moyenne sur les "
        "phrases. C’est le score de Kurita et al. 2019 pour un modèle qui lit de gauche à droite : le leur demande combien w "
        "renforce t, celui-ci combien t renforce w, et les deux sont l’information mutuelle ponctuelle de t et w. Les sujets "
        f"neutres sont {neutral} ; on prend la moyenne de leurs log p."
    )


def sizes(lang: Lang) -> str:
    """D, the two d, and what each permutation asks."""
    draws = number(RESAMPLES, lang, 0)
    if lang == "en":
        return (
            "D = [mean S(X, A) − mean S(X, B)] − [mean S(Y, A) − mean S(Y, B)]. Attributes permuted: each attribute scores "
            "s(w) = mean S(X, w) − mean S(Y, w), and d = (mean s over A − mean s over B) / standard deviation (n − 1) of s. "
            "Targets permuted: each target scores s(t) = mean S(t, A) − mean S(t, B), and d = (mean s over X − mean s over Y) / "
            "standard deviation of s. D is the same; what changes is the spread it is divided by and the words that are shuffled. "
            "The first d asks whether other attributes would do as much, the second whether other targets would. p is the share of "
            "splits of the words into groups of the same sizes whose difference is at least as large (one-sided). The prior moves "
            "the zero of single words, and cancels out of D and of both d. The interval of each d redraws its own words, that of D "
            f"all of them ({draws} times, percentile bootstrap): when it holds 0, take care whatever p is."
        )
    return (
        "D = [moyenne S(X, A) − moyenne S(X, B)] − [moyenne S(Y, A) − moyenne S(Y, B)]. Attributs permutés : chaque attribut a pour "
        "score s(w) = moyenne S(X, w) − moyenne S(Y, w), et d = (moyenne de s sur A − moyenne sur B) / écart type (n − 1) de s. "
        "Cibles permutées : chaque cible a pour score s(t) = moyenne S(t, A) − moyenne S(t, B), et d = (moyenne de s sur X − moyenne "
        "sur Y) / écart type de s. D est le même ; seuls changent la dispersion qui le divise et les mots que l’on mélange. Le "
        "premier d demande si d’autres attributs en feraient autant, le second si d’autres cibles le feraient. p est la part des "
        "partages des mots en groupes de mêmes tailles dont la différence est au moins aussi grande (unilatéral). L’a priori déplace "
        "le zéro de chaque mot, et disparaît de D comme des deux d. L’intervalle de chaque d retire au sort ses propres mots, celui "
        f"de D tous les mots ({draws} fois, bootstrap par percentiles) : s’il contient 0, prudence, quel que soit p."
    )


def _numbers(m: Measured, lang: Lang) -> str:
    """D with its interval, and d with the sentences kept apart."""
    value, low, high = m.difference
    level = number(100 * CONFIDENCE, lang, 0)
    bounds, pooled = interval(low, high, lang), number(m.pooled, lang)
    if lang == "en":
        return (
            f"Here D = {number(value, lang)} nats ({level}% interval {bounds}). When each sentence counts as an observation of its "
            f"own, as in the published notebook, d over the attributes becomes {pooled}."
        )
    return (
        f"Ici D = {number(value, lang)} nat (intervalle à {level} % : {bounds}). Si chaque phrase compte pour une observation, "
        f"comme dans le carnet publié, le d sur les attributs devient {pooled}."
    )


def _published(results: Sequence[Measured], lang: Lang) -> str:
    """Why the published values are a neighbour, not a target."""
    same = any(m.category.theme.published.same_words for m in results)
    if lang == "en":
        text = (
            "The published values are BERT’s, with other words and sentences, two-sided p, and a prior that the code reads "
            "elsewhere than in the target’s gap: compare signs and orders of size."
        )
        return text + (
            " For mathematics and science, their second notebook masks and permutes the words of those subjects themselves."
            if same
            else ""
        )
    text = (
        "Les valeurs publiées sont celles de BERT, avec d’autres mots et d’autres phrases, un p bilatéral et un a priori que le "
        "code lit ailleurs que dans le trou de la cible : comparez les signes et les ordres de grandeur."
    )
    return text + (
        " Pour les mathématiques et les sciences, leur second carnet masque et permute les mots de ces matières elles-mêmes."
        if same
        else ""
    )


def limits(m: Measured, lang: Lang) -> str:
    """What the test cannot tell."""
    return " ".join([*_always(m, lang), *_own_words(m, lang), *_left_out(m, lang)])


def limits_all(results: Sequence[Measured], lang: Lang) -> str:
    """The same for several categories."""
    text = [*_always(results[0], lang), *_own_words(results[0], lang)]
    return " ".join(text + [part for m in results for part in _left_out(m, lang)])


def _always(m: Measured, lang: Lang) -> list[str]:
    n = len(m.category.sentences)
    if lang == "en":
        return [
            f"The test speaks of these words in {n} sentences, some of them clumsy with some words (“is freedom”): others can "
            "give another answer.",
            "Words of one group are not independent draws: p says how rare such a split is, not how sure the bias is.",
            "The lists know two groups at a time, and first names stand for groups in them by convention only.",
            "A d near 0 does not show that a model is fair, and a large one does not show that a system built on it harms anyone.",
        ]
    return [
        f"Le test parle de ces mots dans {n} phrases, parfois maladroites avec certains mots (« is freedom ») : d’autres peuvent "
        "donner une autre réponse.",
        "Les mots d’un groupe ne sont pas des tirages indépendants : p dit combien un tel partage est rare, non combien le biais "
        "est sûr.",
        "Les listes ne connaissent que deux groupes à la fois, et les prénoms n’y représentent des groupes que par convention.",
        "Un d proche de 0 ne montre pas qu’un modèle est juste, et un grand d ne montre pas qu’un système bâti sur lui fait du "
        "tort à quelqu’un.",
    ]


def _own_words(m: Measured, lang: Lang) -> list[str]:
    """Where the French words come from, and what the default model knows of French."""
    if not m.category.french:
        return []
    if lang == "en":
        return ["The French lists are Autopsie’s own, not published ones, and SmolLM2 has read mostly English."]
    return [
        "Les listes françaises sont propres à Autopsie, non publiées ailleurs, et SmolLM2 a lu surtout de l’anglais."
    ]


def _left_out(m: Measured, lang: Lang) -> list[str]:
    """The targets that a masked model cannot fill in as one piece."""
    if not m.left_out:
        return []
    words, title = ", ".join(m.left_out), m.category.theme.title.get(lang)
    if lang == "en":
        return [f"Left out of {title}, not one piece for this model: {words}."]
    return [f"Laissés de côté pour {title}, car ce modèle les coupe en morceaux : {words}."]
