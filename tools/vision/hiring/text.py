"""The words of ``face_hiring`` about the invented world: what was found, as sentences and short labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.finding import Lang, Text
from tools.numbers import number, percent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.vision.hiring.setting import Setting
    from tools.vision.hiring.world import Repeated

    World = dict[str, Repeated]

FOUR_FIFTHS = 0.8
NOTHING = 0.02  # differences under this many standard deviations, or of ratio, are called none
SCORERS = {
    "full": Text(en="scorer with answers, speech and face", fr="score sur réponses, parole et visage"),
    "no_face": Text(en="the same without the face", fr="le même sans le visage"),
    "answers_only": Text(en="answers only: no face, no speech", fr="réponses seules : ni visage, ni parole"),
    "fair_label": Text(en="all channels, learnt from true skill", fr="tous les canaux, appris de la compétence"),
    "raters": Text(en="the raters themselves", fr="les évaluateurs eux-mêmes"),
}


def middle(values: NDArray[np.float64]) -> tuple[float, float, float]:
    """Median and middle 95 % of one number a world; worlds where it is not defined are left out."""
    kept = values[~np.isnan(values)]
    if not len(kept):
        return float("nan"), float("nan"), float("nan")
    low, high = np.quantile(kept, [0.025, 0.975])
    return float(np.median(kept)), float(low), float(high)


def nothing(values: NDArray[np.float64]) -> bool:
    """Whether the worlds' mean lies within two standard errors of 0, or too close to 0 to matter."""
    kept = values[~np.isnan(values)]
    return len(kept) < 2 or abs(float(kept.mean())) < max(NOTHING, 2 * float(kept.std(ddof=1)) / len(kept) ** 0.5)


def spread(values: NDArray[np.float64], lang: Lang) -> str:
    """The middle 95 % as words."""
    _, low, high = middle(values)
    return number(low, lang) + (" to " if lang == "en" else " à ") + number(high, lang)


def headline(world: World, setting: Setting, lang: Lang) -> str:
    """The title of the selection figure."""
    full, bare = (number(middle(world[name].ratios)[0], lang) for name in ("full", "no_face"))
    bias = number(setting.bias, lang)
    if not setting.bias:
        if lang == "en":
            return f"Rated fairly, B is selected at {full} times the rate of A; without the face, at {bare}"
        return f"Évalué équitablement, B est retenu {full} fois autant que A ; sans le visage, {bare} fois"
    if lang == "en":
        return f"Rated {bias} SD too low, B is selected at {full} times the rate of A; without the face, at {bare}"
    return f"Évalué {bias} écart-type trop bas, B est retenu {full} fois autant que A ; sans le visage, {bare} fois"


def summary(world: World, setting: Setting, worlds: int, lang: Lang) -> str:
    """Three sentences: the gap, what leaving the face out changes, what a check can see."""
    return " ".join((_gap(world, setting, worlds, lang), _dropped(world, setting, lang), _checked(world, lang)))


def short(world: World, setting: Setting, worlds: int, lang: Lang) -> str:
    """Two sentences, for a finding that also speaks of faces."""
    return " ".join((_gap(world, setting, worlds, lang), _dropped(world, setting, lang)))


def _gap(world: World, setting: Setting, worlds: int, lang: Lang) -> str:
    ratio, bias = number(middle(world["full"].ratios)[0], lang), number(setting.bias, lang)
    shown, under = spread(world["full"].ratios, lang), world["full"].under
    if lang == "en":
        start = "In a simulated world, two groups A and B have the same skill"
        if not setting.bias:
            return (
                f"{start} and the same ratings: the scorer that learns from them selects B at {ratio} times the rate "
                f"of A ({shown} in 95% of {worlds} worlds), chance alone."
            )
        return (
            f"{start}, but people rated B {bias} standard deviations too low: the scorer that learns from these "
            f"ratings selects B at {ratio} times the rate of A ({shown} in 95% of {worlds} worlds), under four "
            f"fifths in {under} of them."
        )
    unit = "écarts-types" if setting.bias >= 2 else "écart-type"
    start = "Dans un monde simulé, deux groupes A et B ont la même compétence"
    if not setting.bias:
        return (
            f"{start} et les mêmes évaluations : le score qui les apprend retient B {ratio} fois aussi souvent que A "
            f"({shown} dans 95 % de {worlds} mondes), par le seul hasard."
        )
    return (
        f"{start}, mais B a été évalué trop bas de {bias} {unit} : le score qui apprend ces évaluations retient B "
        f"{ratio} fois aussi souvent que A ({shown} dans 95 % de {worlds} mondes), sous les quatre cinquièmes dans "
        f"{under} d’entre eux."
    )


def _dropped(world: World, setting: Setting, lang: Lang) -> str:
    full, bare = (middle(world[name].ratios)[0] for name in ("full", "no_face"))
    before, after = number(full, lang), number(bare, lang)
    shown = spread(world["no_face"].ratios, lang)
    left = setting.proxy > 0 and world["no_face"].expected < 1 - NOTHING
    if abs(world["no_face"].expected - world["full"].expected) < NOTHING:
        if lang == "en":
            return f"Taking the face away changes nothing beyond chance: {after} instead of {before}."
        return f"Retirer le visage ne change rien, au hasard près : {after} au lieu de {before}."
    if lang == "en":
        why = (
            "not to 1, because the way of speaking, also tied to the group, takes over part of the bias"
            if left
            else "about equal rates, because nothing else in this world tells the group"
        )
        return f"Without the face the ratio goes to {after} ({shown}): {why}."
    why = (
        "pas à 1, car la manière de parler, elle aussi liée au groupe, prend le relais d’une partie du biais"
        if left
        else "des taux à peu près égaux, car rien d’autre dans ce monde ne trahit le groupe"
    )
    return f"Sans le visage, le rapport passe à {after} ({shown}) : {why}."


def _checked(world: World, lang: Lang) -> str:
    skill, rating = middle(world["full"].skill_gaps)[0], middle(world["full"].rating_gaps)[0]
    more, less = number(abs(skill), lang), number(abs(rating), lang)
    no_skill, no_rating = nothing(world["full"].skill_gaps), nothing(world["full"].rating_gaps)
    if no_skill and no_rating:
        if lang == "en":
            return "At the same score, A and B are equally skilled and equally rated, but for chance."
        return "À score égal, A et B sont aussi compétents et aussi bien évalués, au hasard près."
    if no_skill and rating < 0:
        if lang == "en":
            return (
                f"At the same score A and B are about equally skilled, though B is rated {less} lower: the bias stayed "
                f"in the ratings, the score hardly learnt it."
            )
        return (
            f"À score égal, A et B sont à peu près aussi compétents, alors que B est évalué {less} plus bas : le biais "
            f"est resté dans les évaluations, le score ne l’a guère appris."
        )
    if skill > 0 and rating < 0 and not no_rating:
        if lang == "en":
            return (
                f"A firm that checks the scores against its own ratings would find B rated {less} lower than A at "
                f"equal score, as if the scorer favoured B; in truth B is {more} more skilled at equal score."
            )
        return (
            f"Une entreprise qui compare les scores à ses propres évaluations trouverait B évalué {less} plus bas que A "
            f"à score égal, comme si le score favorisait B ; en réalité, B est plus compétent de {more} à score égal."
        )
    signed, rated = number(skill, lang), number(rating, lang)
    if lang == "en":
        return f"At the same score, B differs from A by {signed} in true skill and by {rated} in ratings."
    return f"À score égal, B s’écarte de A de {signed} en compétence réelle et de {rated} en évaluation."


def world_subtitle(setting: Setting, worlds: int, seed: int, lang: Lang) -> str:
    """n, what is simulated, seed."""
    people = number(setting.people, lang, 0)
    share = percent(setting.share, lang)
    if lang == "en":
        return f"SIMULATION: {worlds} invented worlds of {people} applicants, the best {share} selected · seed {seed}"
    return f"SIMULATION : {worlds} mondes inventés de {people} candidats, {share} retenus · graine {seed}"
