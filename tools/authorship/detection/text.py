"""What a ``detect_ai_text`` result says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.authorship.detection.reasons import LANGUAGE, no_verdict
from tools.authorship.detection.verdict import Threshold, flagged
from tools.finding import Lang, Text
from tools.numbers import interval, number, percent

if TYPE_CHECKING:
    from tools.authorship.detection.measure import Attacked, Interval, Measured
    from tools.authorship.detection.reference import Group, Scale

STATISTICS = {
    "curvature": Text(en="Curvature (Fast-DetectGPT)", fr="Courbure (Fast-DetectGPT)"),
    "likelihood": Text(en="Mean log-probability of a token", fr="Log-probabilité moyenne d’un token"),
    "rank": Text(en="Mean rank of a token", fr="Rang moyen d’un token"),
    "log_rank": Text(en="Mean log-rank of a token", fr="Log-rang moyen d’un token"),
    "lrr": Text(en="Log-likelihood over log-rank (LRR)", fr="Log-vraisemblance sur log-rang (LRR)"),
    "entropy": Text(en="Mean entropy of the model", fr="Entropie moyenne du modèle"),
    "binoculars": Text(en="Binoculars score", fr="Score Binoculars"),
}
UNITS = {"likelihood": "nat/token", "log_rank": "nat/token", "entropy": "nat/token"}


FEW = 10  # passages of a kind under which its rate is not spoken of


def with_bounds(value: Interval, lang: Lang, digits: int = 2) -> str:
    """ "2.31 (1.20 to 3.35)"; the value alone when there is no interval."""
    bounds = interval(value[1], value[2], lang, digits)
    return number(value[0], lang, digits) + (f" ({bounds})" if bounds else "")


def chance(share: float, lang: Lang) -> str:
    """A probability as a percentage that never claims to be certain."""
    if share > 0.99:
        return "more than 99%" if lang == "en" else "plus de 99 %"
    if share < 0.01:
        return "less than 1%" if lang == "en" else "moins de 1 %"
    return percent(share, lang)


def stated(rate: float, lang: Lang) -> str:
    """A rate of false alarms, with a decimal when it needs one."""
    return percent(rate, lang, 0 if abs(100 * rate - round(100 * rate)) < 0.05 else 1)


def title(m: Measured, lang: Lang) -> str:
    """The verdict as a sentence."""
    titles = {
        "flagged": (
            "This text would be flagged: it scores higher than almost all passages by people",
            "Ce texte serait signalé : il obtient plus que presque tous les passages écrits par des personnes",
        ),
        "unlike": (
            "This text would not be flagged: it scores lower than almost all generated passages",
            "Ce texte ne serait pas signalé : il obtient moins que presque tous les passages engendrés",
        ),
        "unclear": (
            "It cannot be told: passages by people and generated ones are both found where this text lies",
            "On ne peut pas le dire : là où se place ce texte, on trouve des passages des deux origines",
        ),
    }
    return titles[m.verdict.kind][0 if lang == "en" else 1]


def summary(m: Measured, lang: Lang) -> str:
    """The built-in case, the verdict or why there is none, who is wronged at this threshold, the attack."""
    parts = [_builtin(m, lang)] if m.builtin else []
    scale, bounds = m.verdict.scale, m.verdict.threshold
    if scale is None or bounds is None:
        parts += [no_verdict(m, lang), _numbers(m, lang)]
    else:
        parts += [_placed(m, scale, bounds, lang), _rates(m, scale, bounds, lang)]
    if m.attacked:
        parts.append(after(m, m.attacked, lang))
    reading = m.features.reading
    if not reading.whole:
        read, total = number(len(reading), lang, 0), number(reading.total, lang, 0)
        parts.append(
            f"The text is long: {read} of its {total} tokens were read, in pieces spread evenly over it."
            if lang == "en"
            else f"Le texte est long : {read} de ses {total} tokens ont été lus, par morceaux répartis également."
        )
    return " ".join(parts)


def _builtin(m: Measured, lang: Lang) -> str:
    from tools.authorship.detection.cases import BUILTIN

    written = next((one.by.get(lang) for one in BUILTIN.values() if one.text[:30] == m.features.reading.text[:30]), "")
    return (
        f"No text was given, so this is the built-in one, {written}." if lang == "en"
        else f"Aucun texte n’a été donné ; voici celui qui est fourni, {written}."
    )  # fmt: skip


def _placed(m: Measured, scale: Scale, bounds: Threshold, lang: Lang) -> str:
    """The verdict, how many passages by people score as high, and the probability."""
    v, people = m.verdict, scale.people
    as_high, n = round(v.p * (len(people) + 1)) - 1, number(len(people), lang, 0)
    probability, which = chance(v.probability, lang), LANGUAGE[scale.language].get(lang)
    if lang == "en":
        start = {
            "flagged": "This text would be flagged as generated",
            "unlike": "This text would not be flagged",
            "unclear": "It cannot be told whether this text was generated",
        }[v.kind]
        return (
            f"{start}: {_count(as_high, lang)} of the {n} {which} passages by people score as high, and the text scores higher than "
            f"{_below(scale, v.score)} of the {len(scale.generated)} generated ones. If half of all texts were generated, one with "
            f"this score would be so with a probability of {probability}; that says how its words look, not who wrote them."
        )
    start = {
        "flagged": "Ce texte serait signalé comme engendré",
        "unlike": "Ce texte ne serait pas signalé",
        "unclear": "On ne peut pas dire si ce texte a été engendré",
    }[v.kind]
    return (
        f"{start} : sur les {n} passages de personnes {which}, {_count(as_high, lang)} {'obtiennent' if as_high > 1 else 'obtient'} autant, et le texte "
        f"obtient plus que {_below(scale, v.score)} des {len(scale.generated)} passages engendrés. Si la moitié des textes étaient "
        f"engendrés, un texte de ce score le serait avec une probabilité de {probability} ; cela dit de quoi ses mots ont l’air, "
        "non qui les a écrits."
    )


def _count(n: int, lang: Lang) -> str:
    if n:
        return str(n)
    return "none" if lang == "en" else "aucun n’en"


def _below(scale: Scale, score: float) -> int:
    return int((scale.generated < score).sum())


def _rates(m: Measured, scale: Scale, bounds: Threshold, lang: Lang) -> str:
    """What the threshold catches, and who is wronged most by it."""
    caught, of = sum(flagged(g, bounds) for g in scale.groups if not g.people), len(scale.generated)
    wrong, n = sum(flagged(g, bounds) for g in scale.groups if g.people and g.counts), len(scale.people)
    rate = stated(bounds.rate, lang)
    hurt = worst(scale, bounds)
    if lang == "en":
        text = f"At this threshold ({rate} of false alarms at most): {wrong} of {n} passages by people wrongly flagged, {caught} of {of} generated ones caught"
        more = f"; worst for {hurt[0].label.en}, {hurt[1]} of {len(hurt[0].scores)} wrongly flagged" if hurt else ""
        return f"{text}{more}."
    text = f"À ce seuil ({rate} de fausses alertes au plus) : {wrong} sur {n} passages de personnes signalés à tort, {caught} sur {of} passages engendrés repérés"
    more = f" ; au pire, {hurt[1]} sur {len(hurt[0].scores)} à tort ({hurt[0].label.fr})" if hurt else ""
    return f"{text}{more}."


def worst(scale: Scale, bounds: Threshold) -> tuple[Group, int] | None:
    """The kind of text by people that is flagged most often, and how many times; ``None`` when none ever is."""
    rates = [
        (flagged(g, bounds) / len(g.scores), n) for n, g in enumerate(scale.groups) if g.people and len(g.scores) >= FEW
    ]
    share, n = max(rates, default=(0.0, 0))
    return (scale.groups[n], flagged(scale.groups[n], bounds)) if share else None


def after(m: Measured, new: Attacked, lang: Lang) -> str:
    """What the attack changes."""
    likeness, unrelated = number(new.likeness, lang), number(new.unrelated, lang)
    first, second = m.verdict, new.verdict
    en = lang == "en"
    how = {
        "round_trip": ("Translated there and back", "Traduit puis retraduit"),
        "paraphrase": ("Reworded sentence by sentence by the model", "Reformulé phrase par phrase par le modèle"),
    }[new.kind][0 if en else 1]
    if first.reached and second.reached:
        one, two = chance(first.probability, lang), chance(second.probability, lang)
        moved = (
            f"the text goes from a probability of {one} to {two}"
            if en
            else f"le texte passe d’une probabilité de {one} à {two}"
        )
        said = verdict_word(second.kind, lang)
        moved += f" ({said})"
    else:
        one, two = (number(x["likelihood"], lang) for x in (m.features.values, new.features.values))
        moved = (
            f"its mean log-probability goes from {one} to {two}"
            if en
            else f"sa log-probabilité moyenne passe de {one} à {two}"
        )
    if en:
        kept = f", with {new.same} of {new.n} sentences as they were" if new.same else ""
        return f"{how}{kept}, {moved}; the likeness of meaning between the two texts is {likeness}, where a text about something else has {unrelated}."
    kept = f", {new.same} phrases sur {new.n} étant restées les mêmes" if new.same else ""
    return f"{how}{kept}, {moved} ; la ressemblance de sens entre les deux textes est de {likeness}, contre {unrelated} pour un texte sur autre chose."


def verdict_word(kind: str, lang: Lang) -> str:
    """A verdict in a few words."""
    words = {
        "flagged": ("would be flagged", "serait signalé"),
        "unlike": ("would not be flagged", "ne serait pas signalé"),
        "unclear": ("cannot be told", "on ne peut pas le dire"),
    }
    return words.get(kind, ("no verdict", "pas de verdict"))[0 if lang == "en" else 1]


def _numbers(m: Measured, lang: Lang) -> str:
    """The measurements without a threshold."""
    n, likelihood, rank = (
        number(m.tokens, lang, 0), with_bounds(m.intervals["likelihood"], lang), with_bounds(m.intervals["log_rank"], lang)
    )  # fmt: skip
    if "curvature" not in m.intervals:
        if lang == "en":
            return (
                f"Over {n} tokens, the mean log-probability is {likelihood} nats a token and the mean log-rank {rank}."
            )
        return f"Sur {n} tokens, la log-probabilité moyenne est de {likelihood} nat par token et le log-rang moyen de {rank}."
    bent = with_bounds(m.intervals["curvature"], lang)
    if lang == "en":
        return (
            f"Over {n} tokens, its curvature is {bent}, where 0 is what words drawn at random from the model would give, "
            f"and its mean log-probability {likelihood} nats a token."
        )
    return (
        f"Sur {n} tokens, sa courbure est de {bent}, où 0 est ce que donneraient des mots tirés au hasard du modèle, "
        f"et sa log-probabilité moyenne de {likelihood} nat par token."
    )
