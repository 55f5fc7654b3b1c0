"""What the image association test says, in English and in French: summary, how to read it, limits."""

from __future__ import annotations

from tools.finding import Lang, Text
from tools.numbers import interval, number, p_value, percent, words
from tools.vision.images_association.measure import CONFIDENCE, PIXELS, RESAMPLES, THUMB, VERSIONS, Measured, Scored

CLEAR = 0.05
NAMES = {
    "colour": Text(en="colour", fr="couleur"),
    "grey": Text(en="grey", fr="gris"),
    "silhouette": Text(en="outline only", fr="silhouette"),
    PIXELS: Text(en="bare pixels, no network", fr="pixels bruts, sans réseau"),
}
SEEN = {
    "colour": Text(en="in colour", fr="en couleur"),
    "grey": Text(en="in grey", fr="en gris"),
    "silhouette": Text(en="as outlines", fr="en silhouette"),
}


def clear(p: float) -> bool:
    """Whether so few splits do as much."""
    return p < CLEAR


def way(one: Measured) -> int:
    """1 when the association tested is clear, −1 when the opposite one is, else 0 (corrected for the tests of the run)."""
    return 1 if clear(one.p_holm) else -1 if clear(one.p_opposite) else 0


def claim(one: Measured, lang: Lang) -> str:
    """Who lies closer to what, as the core of a sentence without numbers."""
    x, y, a, b = (group.label.get(lang) for group in one.test.groups)
    if way(one) < 0:
        a = b
    if lang == "en":
        if way(one):
            return f"drawn {x} lie closer to {a} than drawn {y} do"
        return f"it is not clear that drawn {x} lie closer to {a} than drawn {y} do"
    if way(one):
        return f"les dessins « {x} » sont plus proches du groupe « {a} » que les dessins « {y} »"
    return f"il n’est pas clair que les dessins « {x} » soient plus proches du groupe « {a} » que les dessins « {y} »"


def sentence(text: str) -> str:
    """With a capital."""
    return text[:1].upper() + text[1:]


def numbers(scored: Scored, lang: Lang, p: float | None = None) -> str:
    """d and its p, in brackets."""
    shown = p_value(scored.splits.p if p is None else p, lang)
    between, bounds = (";", "95% interval") if lang == "en" else (" ;", "intervalle à 95 %")
    return f"(d = {number(scored.d, lang)}, {bounds} {interval(scored.low, scored.high, lang)}{between} {shown})"


def title(found: list[Measured], version: str, lang: Lang) -> str:
    """The finding as a sentence."""
    if len(found) == 1:
        return sentence(claim(found[0], lang)) + f" (d = {number(found[0].scored[version].d, lang)})"
    count, total, seen = sum(way(one) > 0 for one in found), len(found), SEEN[version].get(lang)
    if lang == "en":
        return f"{count} of {total} associations {'is' if count == 1 else 'are'} clear {seen}; bare pixels alone give some too"
    plural = "s" if count > 1 else ""
    verb = "sont claires" if count > 1 else "est claire"
    return f"{count} association{plural} sur {total} {verb} {seen} ; les pixels bruts seuls en donnent aussi"


def summary(found: list[Measured], version: str, model: str, lang: Lang) -> str:
    """Two to four sentences for anyone."""
    drawings = len({code for one in found for group in one.test.groups for code in group.codes})
    write = _one if len(found) == 1 else _many
    return write(found, version, model, drawings, lang)


def _one(found: list[Measured], version: str, model: str, drawings: int, lang: Lang) -> str:
    one = found[0]
    main, others = one.scored[version], [kind for kind in VERSIONS if kind != version]
    fate = words([f"{SEEN[kind].get(lang)} d = {number(one.scored[kind].d, lang)}" for kind in others], lang)
    bare = number(one.scored[PIXELS].d, lang)
    core = sentence(claim(one, lang))
    if way(one) < 0:
        core += ", against the stereotype" if lang == "en" else ", à rebours du stéréotype"
    loose = main.low <= 0 <= main.high
    if lang == "en":
        rest = " The interval holds 0: with other drawings the sign could change." if loose else ""
        return (
            f"The network {model} turned {drawings} drawings into vectors, seen {SEEN[version].en}. {core} {numbers(main, 'en')}; "
            f"0 would mean no difference.{rest} The same drawings give {fate}. The bare pixels, with no network at all, give "
            f"d = {bare}: that much comes from the look of the drawings alone."
        )
    rest = " L’intervalle contient 0 : avec d’autres dessins, le signe pourrait changer." if loose else ""
    return (
        f"Le réseau {model} a transformé {drawings} dessins en vecteurs, vus {SEEN[version].fr}. {core} {numbers(main, 'fr')} ; "
        f"0 voudrait dire aucune différence.{rest} Les mêmes dessins donnent {fate}. Les pixels bruts, sans aucun réseau, donnent "
        f"d = {bare} : cette part vient du seul aspect des dessins."
    )


def _many(found: list[Measured], version: str, model: str, drawings: int, lang: Lang) -> str:
    seen, total = SEEN[version].get(lang), len(found)
    firm = [one for one in found if way(one) > 0]
    kept = [one for one in firm if all(clear(one.scored[kind].splits.p) for kind in VERSIONS)]
    bare = sum(abs(one.scored[PIXELS].d) >= abs(one.scored[version].d) for one in found)
    listed = [f"{claim(one, lang)} {numbers(one.scored[version], lang, one.p_holm)}" for one in firm]
    if lang == "en":
        said = (
            f"{len(firm)} of them {'is' if len(firm) == 1 else 'are'} clear {seen}: {'; '.join(listed)}."
            if firm
            else f"None of them is clear {seen}."
        )
        stay = (
            f" {len(kept)} of {len(firm)} {'stays' if len(kept) == 1 else 'stay'} clear in colour, in grey and as outlines."
            if firm
            else ""
        )
        return (
            f"The network {model} turned {drawings} drawings into vectors, and {total} associations were tested. {said}{stay} "
            f"In {bare} of the {total} tests the bare pixels, with no network at all, give as large an effect or a larger one: "
            "there, the look of the drawings is enough to explain it."
        )
    said = (
        f"{len(firm)} {'est claire' if len(firm) == 1 else 'sont claires'} {seen} : {' ; '.join(listed)}."
        if firm else f"Aucune n’est claire {seen}."
    )  # fmt: skip
    stay = (
        f" {len(kept)} sur {len(firm)} {'reste claire' if len(kept) == 1 else 'restent claires'} en couleur, en gris et en silhouette."
        if firm and kept
        else ""
    )
    stay = stay or (" Aucune ne reste claire à la fois en couleur, en gris et en silhouette." if firm else "")
    return (
        f"Le réseau {model} a transformé {drawings} dessins en vecteurs, et {total} associations ont été testées. {said}{stay} "
        f"Dans {bare} des {total} tests, les pixels bruts, sans aucun réseau, donnent un effet au moins aussi grand : "
        "l’aspect des dessins suffit alors à l’expliquer."
    )


def splits_name(scored: Scored, lang: Lang) -> str:
    """Which test gave p, for ``Estimate.test``."""
    least, tried = number(scored.splits.at_least, lang, 0), number(scored.splits.tried, lang, 0)
    if lang == "en":
        return f"one-sided permutation test over {tried} splits of the drawings{' (all)' if scored.splits.exact else ' (drawn)'}: {least} do as much"
    return f"test de permutation unilatéral sur {tried} partages des dessins{' (tous)' if scored.splits.exact else ' (tirés)'} : {least} font autant"


def how_to_read(found: list[Measured], version: str, lang: Lang) -> str:
    """What the numbers mean, the formula and its source."""
    one = found[0]
    main, tried = one.scored[version], number(one.scored[version].splits.tried, lang, 0)
    bounds, many = interval(main.low, main.high, lang), len(found) > 1
    if lang == "en":
        return (
            "d counts, in standard deviations, the gap between the mean scores of the two groups of drawings. "
            "d = (mean of s over X − mean of s over Y) / standard deviation (n − 1) of s over X and Y, where "
            "s(w) = mean cos(w, A) − mean cos(w, B) (Steed and Caliskan 2021, doi 10.1145/3442188.3445932, after Caliskan et al. 2017). "
            f"p is the share of the {tried} ways to split the drawings in two such groups that do at least as much (one-sided: near 1, the opposite holds). "
            + ("The p of the summary is corrected for the number of tests (Holm 1979). " if many else "")
            + f"The {percent(CONFIDENCE, 'en')} interval ({one.test.title.en}: {bounds}) redraws all four sets {number(RESAMPLES, 'en', 0)} "
            "times: it says how much d depends on the drawings chosen, attributes included, which p does not. "
            f"Grey keeps only the luminance, the outline version one grey inside the outline; bare pixels are {THUMB} × {THUMB} points in the place of the network."
        )
    return (
        "d compte, en écarts types, la distance entre les scores moyens des deux groupes de dessins. "
        "d = (moyenne de s sur X − moyenne de s sur Y) / écart type (n − 1) de s sur X et Y, où "
        "s(w) = moyenne de cos(w, A) − moyenne de cos(w, B) (Steed et Caliskan 2021, doi 10.1145/3442188.3445932, d’après Caliskan et al. 2017). "
        f"p est la part des {tried} façons de partager les dessins en deux tels groupes qui font au moins autant (unilatéral : près de 1, c’est l’inverse qui tient). "
        + ("Le p du résumé est corrigé pour le nombre de tests (Holm 1979). " if many else "")
        + f"L’intervalle à {percent(CONFIDENCE, 'fr')} ({one.test.title.fr} : {bounds}) retire au sort les quatre groupes {number(RESAMPLES, 'fr', 0)} "
        "fois : il dit combien d dépend des dessins choisis, attributs compris, ce que p ne dit pas. "
        f"Le gris ne garde que la luminance, la silhouette un seul gris à l’intérieur du contour ; les pixels bruts sont {THUMB} × {THUMB} points à la place du réseau."
    )


LIMITS = Text(
    en="Drawings are not photographs: a network that learned from photographs may take them for something else, and nothing here "
    "says what it would do with pictures of people. One artist’s habits are in every set: all women of this set wear purple and all men "
    "green, and skin tones are one colour swapped for another. The versions without colour and the bare pixels are there to show how much "
    "that explains; for skin, the outlines of the two groups are the same, so that d is 0 by construction, up to rounding. Groups "
    "of people are as drawn, shown as the thing under study, with no claim about anyone. An association in "
    "vectors is not a decision: it tells of a risk, not of a harm. The published values come from photographs and "
    "other networks: compare the sign, not the size.",
    fr="Des dessins ne sont pas des photographies : un réseau qui a appris sur des photographies peut les prendre pour autre chose, et rien "
    "ici ne dit ce qu’il ferait d’images de personnes. Les habitudes d’un seul dessinateur sont dans chaque groupe : toutes les "
    "femmes de ce jeu portent du violet et tous les hommes du vert, et les teintes de peau sont une couleur mise pour une autre. "
    "Les versions sans couleur et les pixels bruts montrent combien cela explique ; pour la peau, les silhouettes des deux groupes "
    "sont les mêmes, et d vaut 0 par construction, à l’arrondi près. Les groupes de personnes sont tels que dessinés : ils sont l’objet étudié, et rien "
    "n’est affirmé de quiconque. Une association entre vecteurs n’est pas une décision : elle parle d’un risque, non d’un tort. Les "
    "valeurs publiées viennent de photographies et d’autres réseaux : comparez le signe, pas la taille.",
)  # fmt: skip
