"""The summaries, and where things are in a picture, in words."""

from __future__ import annotations

from tools.finding import Lang, Text
from tools.numbers import number, percent, words
from tools.vision.cropping import published
from tools.vision.cropping.measure import Drawn, Seen
from tools.vision.cropping.preference import Count

SIDE = {
    "W": {"en": "the lighter-skinned person", "fr": "la personne à la peau plus claire"},
    "F": {"en": "the woman", "fr": "la femme"},
}


def span(low: float, high: float, lang: Lang, digits: int = 0) -> str:
    """ "38 to 50%", « 38 à 50 % »."""
    between = " to " if lang == "en" else " à "
    return number(100 * low, lang, digits) + between + percent(high, lang, digits)


def place(x: float, y: float, lang: Lang) -> str:
    """Where a point lies, from shares of the width and height: "at the top left"."""
    row, column = min(int(3 * y), 2), min(int(3 * x), 2)
    if lang == "en":
        return f"{('at the top', 'in the middle', 'at the bottom')[row]} {('left', 'centre', 'right')[column]}"
    return f"{('en haut', 'au milieu', 'en bas')[row]} {('à gauche', 'au centre', 'à droite')[column]}"


def drawn_summary(d: Drawn, lang: Lang) -> str:
    """What the pairs showed, what moved it, and the published numbers beside."""
    return " ".join((_shares(d, lang), _moves(d, lang), _twitter(lang), _simulation(lang)))


def _shares(d: Drawn, lang: Lang) -> str:
    n = sum(c.pairs for c in d.comparisons.values())
    if lang == "en":
        parts = [
            f"{SIDE[g]['en']} in {percent(c.share, lang)} of images ({span(c.low, c.high, lang)}; {_verdict(c, lang)}), "
            f"a crop drawn by chance from the same map in {percent(c.drawn, lang)}"
            for g, c in d.groups.items()
        ]
        return f"Over {n} pairs of drawn people, each in both orders, the crop on the most salient point kept {'; '.join(parts)}."
    parts = [
        f"{SIDE[g]['fr']} dans {percent(c.share, lang)} des images ({span(c.low, c.high, lang)} ; {_verdict(c, lang)}), "
        f"un cadrage tiré au sort sur la même carte dans {percent(c.drawn, lang)}"
        for g, c in d.groups.items()
    ]
    return (
        f"Sur {n} paires de personnages dessinés, chacune dans les deux ordres, le cadrage sur le point le plus saillant "
        f"a gardé {' ; '.join(parts)}."
    )


def _verdict(c: Count, lang: Lang) -> str:
    """Whether the interval leaves out one half."""
    clear = c.low > 0.5 or c.high < 0.5
    if lang == "en":
        return "a preference, beyond chance" if clear else "no clear preference"
    return "une préférence, au-delà du hasard" if clear else "pas de préférence nette"


def extremes(d: Drawn, group: str) -> tuple[float, float]:
    """The lowest and the highest share over the variations."""
    shares = [v.counts[group].share for v in d.varied]
    return min(shares), max(shares)


def _moves(d: Drawn, lang: Lang) -> str:
    """Order and variations."""
    group = max(d.groups, key=lambda g: d.groups[g].by_order / d.groups[g].pairs)
    order, ranges = d.groups[group], {g: extremes(d, g) for g in d.groups}
    if lang == "en":
        unlike = "of a lighter and a darker person" if group == "W" else "of a woman and a man"
        said = words([f"from {span(*r, lang)} for {SIDE[g]['en']}" for g, r in ranges.items()], lang)
        return (
            f"In {order.by_order} of {order.pairs} pairs {unlike}, swapping the two changed who was kept: the place decided. "
            f"Changing the background, the spacing, the light, the shades of skin and hair or the saliency method moved the share {said}."
        )
    unlike = "d’une personne plus claire et d’une plus foncée" if group == "W" else "d’une femme et d’un homme"
    said = words([f"de {span(*r, lang)} pour {SIDE[g]['fr']}" for g, r in ranges.items()], lang)
    return (
        f"Dans {order.by_order} paires sur {order.pairs} {unlike}, échanger les deux a changé qui était gardé : la place a décidé. "
        f"Changer le fond, l’espacement, la lumière, les teintes de peau et de cheveux ou la méthode de saillance "
        f"a fait passer la part {said}."
    )


def _twitter(lang: Lang) -> str:
    white, female = (percent(s.value, lang, 1) for s in (published.lighter(), published.women()))
    if lang == "en":
        return f"For its own network, on portraits, Twitter published counts that give {white} for white people and {female} for women."
    return f"Pour son propre réseau, sur des portraits, Twitter a publié des comptes qui donnent {white} pour les personnes blanches et {female} pour les femmes."


def _simulation(lang: Lang) -> str:
    if lang == "en":
        return "This is a simulation: it uses neither that network nor photographs."
    return "Ceci est une simulation : elle n’emploie ni ce réseau ni des photographies."


def seen_summary(s: Seen, shows: Text, lang: Lang) -> str:
    """Where the crop of one picture goes and what it leaves out."""
    c, (width, height) = s.crops[0], s.size
    where = place(s.best[0] / width, s.best[1] / height, lang)
    if lang == "en":
        text = (
            f"In this picture ({shows.en}) the most salient point lies {where}. The {c.label} crop around it keeps "
            f"{percent(c.kept, lang)} of the saliency on {percent(c.area, lang)} of the area; a crop on the centre keeps "
            f"{percent(c.kept_centre, lang)}, crops on points drawn from the map {percent(c.kept_drawn, lang)} on average, "
            f"and {percent(c.without_best, lang)} of these leave the most salient point out."
        )
    else:
        text = (
            f"Dans cette image ({shows.fr}), le point le plus saillant est {where}. Le cadrage {c.label} autour de lui garde "
            f"{percent(c.kept, lang)} de la saillance sur {percent(c.area, lang)} de la surface ; un cadrage au centre en garde "
            f"{percent(c.kept_centre, lang)}, des cadrages sur des points tirés de la carte {percent(c.kept_drawn, lang)} en moyenne, "
            f"et {percent(c.without_best, lang)} de ceux-ci laissent dehors le point le plus saillant."
        )
    return " ".join(part for part in (text, _faces(s, lang), _twitter(lang), _not_network(lang)) if part)


def _faces(s: Seen, lang: Lang) -> str:
    """How many faces stay in the frame."""
    if not s.faces:
        return ""
    c, n = s.crops[0], len(s.faces)
    drawn = percent(c.faces_drawn, lang)
    if lang == "en":
        found = "one face is" if n == 1 else f"{n} faces are"
        return f"Here {found} found: the best-point crop keeps {c.faces} of {n}, the centre crop {c.faces_centre} of {n}, drawn crops {drawn} on average."
    found = "un visage est trouvé" if n == 1 else f"{n} visages sont trouvés"
    return f"Ici {found} : le cadrage au meilleur point en garde {c.faces} sur {n}, celui du centre {c.faces_centre} sur {n}, les cadrages tirés {drawn} en moyenne."


def _not_network(lang: Lang) -> str:
    if lang == "en":
        return "This is not Twitter’s network, which is no longer public."
    return "Ce n’est pas le réseau de Twitter, qui n’est plus public."
