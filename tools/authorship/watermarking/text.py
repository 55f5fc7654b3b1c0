"""What the demonstration of ``watermark`` says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang, Text
from tools.numbers import number, percent

if TYPE_CHECKING:
    from tools.authorship.watermarking.measure import Interval, Sample, Shown, Worn

Z_MARKED = Text(en="z of the texts with the mark", fr="z des textes avec la marque")
Z_PLAIN = Text(en="z of the texts without the mark", fr="z des textes sans la marque")
FOUND = Text(en="Marked texts in which the mark is found", fr="Textes marqués où la marque est trouvée")
ALARMS = Text(en="Plain texts in which it is found", fr="Textes sans marque où elle est trouvée")
COST = Text(
    en="Perplexity with the mark, over perplexity without it", fr="Perplexité avec la marque, rapportée à celle sans"
)
NOTHING = Text(en="no mark", fr="aucune marque")
FREE = Text(en="the mark costs nothing", fr="la marque ne coûte rien")
ALL = Text(en="always found", fr="toujours trouvée")
NONE = Text(en="never", fr="jamais")
EXPECTED = Text(
    en="z that theorem 4.2 promises at this entropy, at least",
    fr="z promis à cette entropie par le théorème de Kirchenbauer et al., au moins",
)


def attack(worn: Worn, lang: Lang) -> str:
    """What was done to the texts."""
    share = percent(worn.share, lang)
    return {
        "intact": ("untouched", "intact"),
        "crop": (f"{share} of the text kept", f"{share} du texte gardés"),
        "replace": (f"{share} of words replaced", f"{share} des mots remplacés"),
        "delete": (f"{share} of words deleted", f"{share} des mots supprimés"),
        "translate": ("translated and back", "traduit et retraduit"),
    }[worn.attack][lang == "fr"]


def range_of(values: list[float], lang: Lang, digits: int = 1) -> str:
    """ "7.5 to 11.3", « 7,5 à 11,3 »; one number when they round alike."""
    low, high = number(min(values), lang, digits), number(max(values), lang, digits)
    return low if low == high else f"{low} {'to' if lang == 'en' else 'à'} {high}"


def with_bounds(interval: Interval, lang: Lang, digits: int = 1) -> str:
    """ "10.1 (8.2 to 12.0)"; the bounds are left out where there are none."""
    value, low, high = interval
    if low is None or high is None:
        return number(value, lang, digits)
    to = "to" if lang == "en" else "à"
    return f"{number(value, lang, digits)} ({number(low, lang, digits)} {to} {number(high, lang, digits)})"


def share(samples: list[Sample]) -> float:
    """The green share of several texts taken together."""
    return sum(one.detection.hits for one in samples) / max(sum(one.detection.scored for one in samples), 1)


def summary(m: Shown, name: str, lang: Lang) -> str:
    """The green shares and z, who is found, the cost, and the two attacks a reader thinks of."""
    n, plain, marked = len(m.marked), m.plain, m.marked
    z0, z1 = ([one.detection.z for one in group] for group in (plain, marked))
    found, alarms = sum(one.detection.found for one in marked), sum(one.detection.found for one in plain)
    g0, g1, chance = (percent(x, lang) for x in (share(plain), share(marked), m.mark.gamma))
    if lang == "en":
        return (
            f"{name} answered the same request {2 * n} times, {n} of them with a hidden mark: at each word, a secret key picks {chance} "
            f"of the vocabulary, and the model is nudged towards these words. Without the mark {g0} of the tokens fall on that green list, "
            f"with it {g1}. The score z is {range_of(z0, lang)} without the mark and {range_of(z1, lang)} with it; the mark is found in {found} of the {n} "
            f"marked texts and {alarms} of the {n} others. {_price(m, lang)} {_left(m, lang)}"
        )
    return (
        f"{name} a répondu {2 * n} fois à la même demande, dont {n} avec une marque cachée : à chaque mot, une clé secrète choisit "
        f"{chance} du vocabulaire, et le modèle est poussé vers ces mots. Sans la marque, {g0} des tokens tombent sur cette liste verte ; "
        f"avec elle, {g1}. Le score z vaut de {range_of(z0, lang)} sans la marque, de {range_of(z1, lang)} avec elle ; la marque est trouvée dans {found} des {n} "
        f"textes marqués et {alarms} des {n} autres. {_price(m, lang)} {_left(m, lang)}"
    )


def _price(m: Shown, lang: Lang) -> str:
    """The perplexities, and whether so many texts settle that the mark costs something."""
    from tools.authorship.watermarking.measure import geometric, ratio

    before, after = (number(geometric(group)[0], lang, 0) for group in (m.plain, m.marked))
    low = ratio(m)[1]
    if low is not None and low > 1:
        return (
            f"It has a price: the model finds the marked texts less likely (perplexity {after} against {before})."
            if lang == "en"
            else f"Elle a un prix : le modèle trouve les textes marqués moins probables (perplexité {after} contre {before})."
        )
    n = len(m.marked)
    return (
        f"Its price is perplexity, how unlikely the model finds a text: {after} with the mark, {before} without, which {n} texts of each are too few to settle."
        if lang == "en"
        else f"Son prix est la perplexité, à quel point le modèle trouve un texte improbable : {after} avec la marque, {before} sans, "
        f"ce que {n} textes de chaque sorte ne suffisent pas à établir."
    )


def _left(m: Shown, lang: Lang) -> str:
    """What is left after half of the words are replaced, and after the translation."""
    n = len(m.marked)
    half = next(one for one in m.worn if one.attack == "replace" and one.share == 0.5)
    told, z = [], number(float(half.z.mean()), lang, 1)
    if lang == "en":
        told.append(
            f"With half of the words replaced, z falls to {z} on average and the mark is found in {half.found} of {n}"
        )
    else:
        told.append(
            f"Avec la moitié des mots remplacés, z tombe à {z} en moyenne et la marque est trouvée dans {half.found} texte{'s' * (half.found > 1)} sur {n}"
        )
    for one in m.worn:
        if one.attack == "translate":
            z = number(float(one.z.mean()), lang, 1)
            told.append(
                f"after a translation there and back, to {z}, in {one.found} of {n}"
                if lang == "en"
                else f"après une traduction aller-retour, à {z}, dans {one.found} sur {n}"
            )
    return "; ".join(told) + "." if lang == "en" else " ; ".join(told) + "."
