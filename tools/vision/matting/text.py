"""What a ``background_matting`` result says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang, Text
from tools.numbers import NARROW, number, percent, words
from tools.vision.matting.factors import FACTORIAL

if TYPE_CHECKING:
    from tools.vision.matting.drawn import Drawn
    from tools.vision.matting.measure import Measured
    from tools.vision.matting.scenes import Scene
    from tools.vision.pictures import Picture

FACTORS = {
    "exposure": Text(en="exposure", fr="exposition"),
    "darker": Text(en="less light", fr="moins de lumière"),
    "brighter": Text(en="more light", fr="plus de lumière"),
    "head_light": Text(en="light on the head alone", fr="lumière sur la tête seule"),
    "wall": Text(en="luminance of the wall", fr="luminance du mur"),
    "hue": Text(en="hue of the wall", fr="teinte du mur"),
    "tone": Text(en="wall like the head or hair", fr="mur couleur tête ou cheveux"),
    "contrast": Text(en="contrast", fr="contraste"),
    "noise": Text(en="noise", fr="bruit"),
    "blur": Text(en="blur", fr="flou"),
    "cover": Text(en="part of the head covered", fr="part de la tête couverte"),
    "size": Text(en="size of the person", fr="taille de la personne"),
    "turn": Text(en="rotation", fr="rotation"),
}
TONES = (
    Text(en="no tone (yellow)", fr="sans teinte (jaune)"),
    Text(en="light", fr="claire"),
    Text(en="medium light", fr="moyennement claire"),
    Text(en="medium", fr="moyenne"),
    Text(en="medium dark", fr="moyennement foncée"),
    Text(en="dark", fr="foncée"),
)
VIEWS = {
    "original": Text(en="as taken", fr="telle quelle"),
    "darkened": Text(en="merely darkened: 1/32 of the light", fr="seulement assombrie : 1/32 de la lumière"),
    "backlit": Text(en="head 1/16 of the light, bright wall", fr="tête à 1/16 de la lumière, mur clair"),
    "worst": Text(en="the mildest loss found", fr="la perte la plus légère trouvée"),
}


def signed(value: float, lang: str, digits: int = 0) -> str:
    """A number with its sign: +4, −2, 0."""
    rounded = round(value, digits)
    return ("+" if rounded > 0 else "") + number(rounded + 0.0, lang, digits)


def points(triple: tuple[float, float, float], lang: str) -> str:
    """A difference of shares with its interval: "+25 points (+8 to +44)"; one decimal where it is small."""
    value, low, high = (100 * x for x in triple)
    digits = 0 if max(abs(value), abs(high - low)) >= 3 else 1
    to = "to" if lang == "en" else "à"
    unit = "point" if abs(value) < 2 and lang == "fr" else "points"
    return f"{signed(value, lang, digits)} {unit} ({signed(low, lang, digits)} {to} {signed(high, lang, digits)})"


def within(low: float, high: float, lang: str, digits: int = 0) -> str:
    """An interval of shares: "30% to 37%"."""
    return f"{percent(low, lang, digits)} {'to' if lang == 'en' else 'à'} {percent(high, lang, digits)}"


def level(factor: str, value: float | str, lang: str) -> str:
    """One level of a factor, as it is written in a table or beside a point."""
    if isinstance(value, str):
        names = {"head": ("head", "tête"), "hair": ("hair", "cheveux")}[value]
        return names[lang == "fr"]
    if factor in ("exposure", "darker", "brighter", "head_light"):
        if value == 0:
            return "0"
        return f"{signed(value, lang, 0 if value == int(value) else 1)} {('stop' if lang == 'en' else 'IL')}" + (
            "s" if lang == "en" and abs(value) != 1 else ""
        )
    if factor in ("wall", "contrast", "cover"):
        return percent(value, lang)
    if factor in ("hue", "turn"):
        return number(value, lang, 0) + "°"
    if factor == "blur":
        return number(value, lang, 1) + ("%" if lang == "en" else NARROW + "%")
    return number(value, lang, 0) if factor == "noise" else "× " + number(value, lang, 2 if value < 0.5 else 1)


def changes(scene: Scene, lang: str) -> str:
    """What a scene of the search changes: "contrast 12%, noise 30"."""
    told = []
    neutral = type(scene)()
    for factor in ("exposure", "head_light", "wall", "contrast", "noise", "blur"):
        value = getattr(scene, factor)
        if value != getattr(neutral, factor):
            told.append(f"{FACTORS[factor].get(lang)} {level(factor, value, lang)}")
    return words(told, lang)


def ranked(m: Measured) -> list[tuple[str, float, float, float]]:
    """The factors of the factorial with the share each explains alone and its interval, the largest first."""
    found = [(name, s.alone, s.low, s.high) for name, s in zip(FACTORIAL, m.shares or [], strict=False)]
    return sorted(found, key=lambda one: -one[1])


def _factors(m: Measured, lang: Lang) -> str:
    """Which factors explain the losses, and which do not."""
    cells = m.takes.size
    if not m.shares:
        return (
            f"Over {number(cells, lang, 0)} combined changes the share kept hardly varies, so no factor explains anything. "
            if lang == "en"
            else f"Sur {number(cells, lang, 0)} changements combinés, la part conservée ne varie guère : aucun facteur n’explique rien. "
        )
    first, second, *_ = order = ranked(m)
    rest = {name: alone for name, alone, _, _ in order}
    others = [n for n in ("head_light", "wall", "hue") if n not in (first[0], second[0])]
    little = words([f"{FACTORS[n].get(lang)} {percent(rest[n], lang, 1)}" for n in others], lang)
    if lang == "en":
        return (
            f"Over {number(cells, lang, 0)} combined changes, {FACTORS[first[0]].en} alone explains {percent(first[1], lang)} of the "
            f"differences ({within(first[2], first[3], lang)}) and {FACTORS[second[0]].en} {percent(second[1], lang)} "
            f"({within(second[2], second[3], lang)}); {little}. "
        )
    return (
        f"Sur {number(cells, lang, 0)} changements combinés, le facteur « {FACTORS[first[0]].fr} » explique seul {percent(first[1], lang)} "
        f"des différences ({within(first[2], first[3], lang)}) et « {FACTORS[second[0]].fr} » {percent(second[1], lang)} "
        f"({within(second[2], second[3], lang)}) ; {little}. "
    )


def worst(m: Measured, lang: Lang) -> str:
    """What the search found."""
    kept, what = m.views["worst"].score.head, changes(m.views["worst"].scene, lang)
    again = points(m.repeated["worst"].change, lang)
    if kept >= 0.5:
        return (
            f"A search through {m.tried} simulated scenes found none that loses half of the head. "
            if lang == "en"
            else f"Une recherche parmi {m.tried} scènes simulées n’en a trouvé aucune qui perde la moitié de la tête. "
        )
    if lang == "en":
        return f"What loses the head, among {m.tried} simulated scenes: {what} ({percent(kept, lang)} kept; {again} under other framings). "
    return (
        f"Ce qui perd la tête, parmi {m.tried} scènes simulées : {what} ({percent(kept, lang)} conservés ; {again} sous d’autres "
        "cadrages). "
    )


def drawings(d: Drawn, lang: Lang) -> str:
    """The drawn people, and what none of this is."""
    gap, n = d.difference["skin_only"], len(d.skin_only)
    clear = not gap[1] <= 0 <= gap[2]
    if lang == "en":
        told = (
            f"is kept {'more' if gap[0] > 0 else 'less'} than the lightest"
            if clear
            else "is kept about as much as the lightest"
        )
        return (
            f"In {n} drawn people whose skin alone is recoloured, the darkest tone {told}, {points(gap, lang)}; but drawings are far "
            "from what the model learned on, and Zoom’s own method of 2020 is not public."
        )
    told = (
        f"est {'plus' if gap[0] > 0 else 'moins'} conservée que la plus claire"
        if clear
        else "est à peu près aussi conservée que la plus claire"
    )
    return (
        f"Chez {n} personnes dessinées dont seule la peau est recoloriée, la teinte la plus foncée {told}, {points(gap, lang)} ; mais "
        "des dessins sont loin de ce que le modèle a appris, et la méthode de Zoom en 2020 n’est pas publique."
    )


def named(picture: Picture, lang: Lang) -> str:
    """The picture in a sentence: what it shows, or that it is the reader's own."""
    from tools.vision.matting.reference import builtin

    if not builtin(picture):
        return "your picture" if lang == "en" else "votre image"
    return f"the built-in picture ({picture.shows.en})" if lang == "en" else f"l’image fournie ({picture.shows.fr})"


def summary(m: Measured, d: Drawn, picture: Picture, lang: Lang) -> str:
    """The head as taken and darkened, the factors, what breaks it, the drawn people, and what it is not."""
    start, dark = m.views["original"].score.head, m.views["darkened"].score.head
    change = m.repeated["darkened"].change
    verdict = change[1] > -0.1
    if lang == "en":
        told = "merely darkened, the head is not lost" if verdict else "darkened, the head is lost in part"
        head = (
            f"Of the head in {named(picture, lang)}, the open model keeps {percent(start, lang)} as taken and "
            f"{percent(dark, lang)} with 1/32 of the light: {told} ({points(change, lang)} over ten framings). "
        )
    else:
        told = "seulement assombrie, la tête n’est pas perdue" if verdict else "assombrie, la tête est perdue en partie"
        head = (
            f"De la tête de {named(picture, lang)}, le modèle ouvert conserve {percent(start, lang)} telle quelle et "
            f"{percent(dark, lang)} avec 1/32 de la lumière : {told} ({points(change, lang)} sur dix cadrages). "
        )
    return head + _factors(m, lang) + worst(m, lang) + drawings(d, lang)


def headline(m: Measured, lang: Lang) -> str:
    """The finding as a sentence, for the first figure."""
    kept, lost = m.views["darkened"].score.head, m.views["worst"].score.head
    if kept >= 0.5 > lost:
        what = changes(m.views["worst"].scene, lang)
        return (
            f"Darkening does not erase the head ({percent(kept, lang)} kept); this does: {what} ({percent(lost, lang)})"
            if lang == "en"
            else f"Assombrir n’efface pas la tête ({percent(kept, lang)} conservés) ; ceci, oui : {what} ({percent(lost, lang)})"
        )
    if lang == "en":
        return f"Darkened, {percent(kept, lang)} of the head is kept; at worst {percent(lost, lang)}"
    return f"Assombrie, la tête est conservée à {percent(kept, lang)} ; au pire à {percent(lost, lang)}"
