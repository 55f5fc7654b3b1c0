"""The words of ``face_hiring`` about the portraits: how far the score moved, for which change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang, Text
from tools.numbers import number, percent, words

if TYPE_CHECKING:
    from tools.vision.hiring.face import Faces, Portrait, Reading

STILL = 1.0  # a range under this many points is called standing still
PEOPLE = {
    "astronaut": Text(en="the smiling astronaut", fr="l’astronaute souriante"),
    "hopper": Text(en="the officer in uniform", fr="l’officière en uniforme"),
}
EXPRESSION_NAMES = {
    "neutral": Text(en="neutral", fr="neutre"),
    "happy": Text(en="happy", fr="joie"),
    "sad": Text(en="sad", fr="tristesse"),
    "angry": Text(en="angry", fr="colère"),
    "fearful": Text(en="fearful", fr="peur"),
    "disgusted": Text(en="disgusted", fr="dégoût"),
    "surprised": Text(en="surprised", fr="surprise"),
}


def of(who: Text, lang: Lang) -> str:
    """« de l’astronaute », "of the astronaut"."""
    return f"of {who.en}" if lang == "en" else f"de {who.fr}"


def points(value: float, lang: Lang) -> str:
    """A score or a shift, without decimals."""
    return number(value, lang, 0) if abs(value) >= 0.5 else "0"


def name_of(reading: Reading, lang: Lang) -> str:
    """What was done to this version, or that nothing was."""
    if reading.change.kind == "repeat":
        return "untouched" if lang == "en" else "intact"
    return reading.change.label.get(lang)


def moved(faces: Faces) -> list[Portrait]:
    """The portraits from the widest range to the narrowest."""
    return sorted(faces.portraits, key=lambda p: -p.range)


def headline(faces: Faces, lang: Lang) -> str:
    """The title of the figure: the portrait that moves most."""
    p = moved(faces)[0]
    low, high = (points(r.score, lang) for r in p.extremes)
    if p.range < STILL:
        if lang == "en":
            return f"Glasses, light, wall, angle: the enthusiasm score {of(PEOPLE[p.name], lang)} stays at {high}"
        return (
            f"Lunettes, lumière, mur, inclinaison : le score d’enthousiasme {of(PEOPLE[p.name], lang)} reste à {high}"
        )
    if lang == "en":
        return f"Same face: the enthusiasm score {of(PEOPLE[p.name], lang)} goes from {low} to {high}"
    return f"Même visage : le score d’enthousiasme {of(PEOPLE[p.name], lang)} va de {low} à {high}"


def summary(faces: Faces, lang: Lang) -> str:
    """What was changed, how far the score of each portrait moves, what else the models said."""
    n, again = len(faces.portraits[0].changed), max(abs(p.shift(p.again)) for p in faces.portraits)
    base = number(again, lang, 1) if again else "0"
    if lang == "en":
        start = (
            f"The person and the expression stay the same, {n} other things were changed (glasses drawn on, light, background, tilt, "
            f"camera, framing); reading the untouched picture again moves the score by {base}."
        )
    else:
        start = (
            f"La personne et l’expression restent les mêmes, {n} autres choses ont été changées (lunettes dessinées, lumière, arrière-plan, "
            f"inclinaison, caméra, cadrage) ; relire l’image intacte déplace le score de {base}."
        )
    return " ".join([start, *(_portrait(p, lang) for p in moved(faces)), _guesses(faces, lang)])


def short(faces: Faces, lang: Lang) -> str:
    """One or two sentences, for a finding that also speaks of the invented world."""
    n = len(faces.portraits[0].changed)
    lead = (
        f"Separately, a real expression model read portraits under {n} changes unrelated to skill, simulated (glasses, light, angle…)."
        if lang == "en"
        else f"À part, un vrai modèle d’expression a lu des portraits sous {n} changements simulés et sans lien avec la compétence (lunettes, lumière, angle…)."
    )
    return " ".join([lead, " ".join(_portrait(p, lang) for p in moved(faces))])


def _portrait(p: Portrait, lang: Lang) -> str:
    low, high = p.extremes
    down, up, plain = (points(r.score, lang) for r in (low, high, p.plain))
    who, half = of(PEOPLE[p.name], lang), number(p.median_shift, lang, 1)
    if p.range < STILL:
        if lang == "en":
            return f"The made-up enthusiasm score {who} stays at {plain} throughout."
        return f"Le score d’enthousiasme inventé {who} reste partout à {plain}."
    if lang == "en":
        return (
            f"The made-up enthusiasm score {who}, {plain} on the untouched picture, goes from {down} ({name_of(low, lang)}) "
            f"to {up} ({name_of(high, lang)}); half of the changes move it by {half} points or less."
        )
    return (
        f"Le score d’enthousiasme inventé {who}, {plain} sur l’image intacte, va de {down} "
        f"({name_of(low, lang)}) à {up} ({name_of(high, lang)}) ; la moitié des changements le déplacent de {half} "
        f"point{'s' if p.median_shift >= 2 else ''} au plus."
    )


def _guesses(faces: Faces, lang: Lang) -> str:
    """How far the guesses of age and gender go for one and the same person."""
    said = []
    for p in faces.portraits:
        every = [p.plain, *p.changed]
        ages, shares = [r.age for r in every], [r.female for r in every]
        young, old = (number(v, lang, 0) for v in (min(ages), max(ages)))
        least, most = (percent(v, lang) for v in (min(shares), max(shares)))
        if lang == "en":
            said.append(f"from {young} to {old} years and from {least} to {most} “female” for {PEOPLE[p.name].en}")
        else:
            said.append(f"de {young} à {old} ans et de {least} à {most} « femme » pour {PEOPLE[p.name].fr}")
    if lang == "en":
        return f"A second model, which guesses age and gender, moves too: {words(said, lang)}. Such guesses say nothing true about a person."
    return f"Un second modèle, qui devine l’âge et le genre, bouge aussi : {words(said, lang)}. De telles suppositions ne disent rien de vrai d’une personne."


def subtitle(faces: Faces, lang: Lang) -> str:
    """n, what is simulated, the model."""
    n, people = len(faces.portraits[0].changed), len(faces.portraits)
    if lang == "en":
        of_people = "1 portrait" if people == 1 else f"{people} portraits"
        return f"{n} SIMULATED changes of {of_people} · face-api expression model · made-up score, 0 to 100 · nothing drawn: the seed changes nothing"
    of_people = "1 portrait" if people == 1 else f"{people} portraits"
    return f"{n} changements SIMULÉS de {of_people} · modèle d’expression face-api · score inventé, de 0 à 100 · aucun tirage : la graine n’y change rien"


def alt(faces: Faces, lang: Lang) -> str:
    """The figure in words: what is shown, the score of each version, the extremes."""
    told = []
    for p in faces.portraits:
        low, high = p.extremes
        shown = _versions(p, lang)
        x, y, w, h = p.scene.box
        height, width = p.scene.pixels.shape[:2]
        place = where((x + w / 2) / width, (y + h / 2) / height, lang)
        part = percent(w * h / (width * height), lang)
        if lang == "en":
            told.append(
                f"{p.shows.en}; the face lies at the {place} and fills {part} of the picture. Lowest score "
                f"{points(low.score, lang)}, highest {points(high.score, lang)}. Every version: {shown}."
            )
        else:
            told.append(
                f"{p.shows.fr} ; le visage est {place} et occupe {part} de l’image. Score le plus bas "
                f"{points(low.score, lang)}, le plus haut {points(high.score, lang)}. Chaque version : "
                f"{shown}."
            )
    if lang == "en":
        lead = "A row of faces for each portrait: untouched, then the version that moves the score most for each kind of change; under it all scores from 0 to 100. "
    else:
        lead = "Une rangée de visages par portrait : intact, puis la version qui déplace le plus le score pour chaque genre de changement ; dessous, tous les scores de 0 à 100. "
    return lead + " ".join(text[0].upper() + text[1:] for text in told)


def _versions(p: Portrait, lang: Lang) -> str:
    """Each version with its score; one word for all when none moves."""
    if p.range < STILL:
        return (
            f"{points(p.plain.score, lang)}, untouched or changed"
            if lang == "en"
            else f"{points(p.plain.score, lang)}, intacte ou changée"
        )
    comma = "; " if lang == "en" else " ; "
    return comma.join(f"{name_of(r, lang)} {points(r.score, lang)}" for r in [p.plain, *p.changed])


def where(x: float, y: float, lang: Lang) -> str:
    """A place in the picture in ninths, from shares of its width and height."""
    column, row = min(2, int(3 * x)), min(2, int(3 * y))
    if lang == "en":
        if column == row == 1:
            return "centre"
        return f"{('top', 'middle', 'bottom')[row]} {('left', 'centre', 'right')[column]}"
    if column == row == 1:
        return "au centre"
    return f"{('en haut', 'au milieu', 'en bas')[row]} {('à gauche', 'au centre', 'à droite')[column]}"
