"""The words of a footprint: headline, summary, everyday comparisons."""

from __future__ import annotations

from tools.finding import Lang
from tools.numbers import number
from tools.reading.energy import published as known
from tools.reading.energy import units
from tools.reading.energy.study import Study

LAMP = 10.0  # watts of the lamp of the comparison: arithmetic, no source needed


def upper(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def factor_of(study: Study, lang: Lang) -> str:
    """How far the carbon may lie from its central value, as "a factor of 1.5"; empty when all is exact."""
    c = study.carbon
    return units.figures(max(c.high / c.central, c.central / c.low), lang, 2)


def exact(study: Study) -> bool:
    """Whether every assumption was given as exact."""
    return study.carbon.high <= study.carbon.low * 1.0001


def counted(study: Study, lang: Lang) -> tuple[str, bool]:
    """The requests of a service as words, and whether they are several (French counts from two)."""
    n = study.factor("requests").central
    many = n != 1 if lang == "en" else n >= 2
    word = {"en": "request", "fr": "requête"}[lang] + ("s" if many else "")
    return f"{units.count(n, lang)} {word}", many


def headline(study: Study, lang: Lang) -> str:
    """The finding as a sentence."""
    energy, carbon = units.energy(study.energy.central, lang), units.mass(study.carbon.central, lang)
    name, verb = upper(study.subject.get(lang)), {"en": "took", "fr": "a demandé"}[lang]
    if study.what == "service":
        name, many = counted(study, lang)
        verb = {"en": "take" if many else "takes", "fr": "demandent" if many else "demande"}[lang]
    about = {"en": "about", "fr": "environ"}[lang]
    end = ""
    if not exact(study):
        end = (
            {"en": ", to within a factor of ", "fr": ", à un facteur "}[lang]
            + factor_of(study, lang)
            + {"en": "", "fr": " près"}[lang]
        )
    link = {"en": " and ", "fr": " et "}[lang]
    return f"{name} {verb} {about} {energy}{link}{carbon} CO₂e{end}"


def everyday(study: Study, lang: Lang) -> str:
    """The same amount in something known: flights (carbon), charges of a telephone, a lamp (energy)."""
    entries, kwh, kg = known.published()["everyday"], study.energy.central, study.carbon.central
    if kg >= 0.45 * entries["flight"]["kg"]:
        n = units.figures(kg / entries["flight"]["kg"], lang, 2)
        if lang == "en":
            return f"That carbon is about {n} times that of one passenger flying from New York to San Francisco (Strubell et al. 2019)."
        return f"Ce carbone vaut environ {n} fois celui d’un passager volant de New York à San Francisco (Strubell et al. 2019)."
    if kwh * 1000 >= 0.5 * entries["phone"]["wh"]:
        n = units.figures(kwh * 1000 / entries["phone"]["wh"], lang, 2)
        if lang == "en":
            return f"That energy would charge a smartphone about {n} times (22 Wh a charge, Luccioni et al. 2024)."
        return f"Cette énergie chargerait un téléphone environ {n} fois (22 Wh par charge, Luccioni et al. 2024)."
    lit = units.duration(kwh * 3.6e6 / LAMP, lang)
    if lang == "en":
        return f"That energy lights a 10 W lamp for {lit}."
    return f"Cette énergie éclaire une lampe de 10 W pendant {lit}."


def summary(study: Study, lang: Lang) -> str:
    """Two to five sentences for anyone."""
    parts = {"training": _training, "service": _service, "run": _run}[study.what](study, lang)
    return " ".join([*parts, everyday(study, lang)])


def _built_in(study: Study, lang: Lang) -> str:
    if not study.builtin:
        return ""
    return {"en": " (the built-in example)", "fr": " (l’exemple fourni)"}[lang]


def _spread(study: Study, lang: Lang) -> str:
    """The band as a sentence."""
    if exact(study):
        return {
            "en": "All numbers were given as exact, so there is no band; the true value may still differ.",
            "fr": "Tous les nombres ont été donnés comme exacts, donc sans fourchette ; la vraie valeur peut tout de même différer.",
        }[lang]
    carbon = units.span(study.carbon.low, study.carbon.high, "mass", lang)
    energy = units.span(study.energy.low, study.energy.high, "energy", lang)
    if lang == "en":
        return f"These are orders of magnitude: when the assumptions vary within their ranges, nine draws in ten give {energy} and {carbon}."
    return f"Ce sont des ordres de grandeur : quand les hypothèses varient dans leurs plages, neuf tirages sur dix donnent de {energy} et de {carbon}."


def _elsewhere(study: Study, lang: Lang) -> str:
    """The same energy on the cleanest and on the dirtiest grid of the table."""
    (clean, low), (dirty, high) = study.places[0], study.places[-1]
    least, most = units.mass(low, lang, 2), units.mass(high, lang, 2)
    if lang == "en":
        return f"The same electricity would give {least} in {clean.name('en')} and {most} in {dirty.name('en')}: where it runs counts as much as how long."
    return f"La même électricité donnerait {least} en {clean.name('fr')} et {most} en {dirty.name('fr')} : le lieu compte autant que la durée."


def _training(study: Study, lang: Lang) -> list[str]:
    energy, carbon = units.energy(study.energy.central, lang), units.mass(study.carbon.central, lang)
    name = upper(study.subject.get(lang)) + _built_in(study, lang)
    if lang == "en":
        first = f"{name} took about {energy} of electricity, which put about {carbon} of CO₂-equivalent into the air."
    else:
        first = f"{name} a demandé environ {energy} d’électricité, soit environ {carbon} d’équivalent CO₂ dans l’air."
    return [part for part in (first, _authors(study, lang), _spread(study, lang), _elsewhere(study, lang)) if part]


def _authors(study: Study, lang: Lang) -> str:
    """What is published about the training."""
    if not study.case:
        return ""
    energy, carbon = units.energy(study.case["energy"], lang), units.mass(study.case["carbon"], lang)
    whole = units.mass(study.case["all_in"], lang) if "all_in" in study.case else ""
    source = known.published()["cited"][study.case["source"]]
    if lang == "en":
        end = f"; with idle machines and the making of the hardware its authors count {whole}" if whole else ""
        start = "With the published numbers it was" if study.changed else "Published:"
        return f"{start} {energy} and {carbon} ({source}){end}."
    end = f" ; avec les machines au repos et la fabrication du matériel, ses auteurs comptent {whole}" if whole else ""
    start = "Avec les nombres publiés, c’était" if study.changed else "Publié :"
    return f"{start} {energy} et {carbon} ({source}){end}."


def _service(study: Study, lang: Lang) -> list[str]:
    count, many = counted(study, lang)
    each, kind = study.factor("wh"), known.published()["requests"][study.kind][lang]
    energy, carbon = units.energy(study.energy.central, lang), units.mass(study.carbon.central, lang)
    wh, whole = units.energy(each.central / 1000, lang, 2), _built_in(study, lang)
    if lang == "en":
        verbs = ("take", "give") if many else ("takes", "gives")
        first = f"At {wh} a request ({kind}), {count}{whole} {verbs[0]} about {energy} and {verbs[1]} about {carbon} of CO₂-equivalent."
    else:
        verbs = ("demandent", "donnent") if many else ("demande", "donne")
        first = f"À {wh} par requête ({kind}), {count}{whole} {verbs[0]} environ {energy} et {verbs[1]} environ {carbon} d’équivalent CO₂."
    if each.given:
        return [first, _spread(study, lang), _elsewhere(study, lang)]
    ratio = units.figures(each.high / each.low, lang, 2)
    if lang == "en":
        doubt = f"What one request takes is not settled: between the lowest and the highest figure used here lies a factor of {ratio}, and few services publish any."
    else:
        doubt = f"Ce que demande une requête n’est pas établi : entre le plus bas et le plus haut chiffre utilisés ici, il y a un facteur {ratio}, et peu de services en publient un."
    return [first, doubt, _spread(study, lang)]


def _run(study: Study, lang: Lang) -> list[str]:
    m = study.metered
    if m is None:
        return []
    work, n = study.factor("run"), len(m.samples)
    energy, carbon = units.energy(study.energy.central, lang), units.mass(study.carbon.central, lang)
    name = upper(study.subject.get(lang)) + _built_in(study, lang)
    if m.meter == "codecarbon":
        if lang == "en":
            how = f"{name} took about {energy} here (codecarbon, mean of {n} runs less rest), or {carbon} of CO₂-equivalent at {_on(study, lang)}."
        else:
            how = f"{name} a demandé ici environ {energy} (codecarbon, moyenne de {n} passages, repos déduit), soit {carbon} d’équivalent CO₂ à {_on(study, lang)}."
        return [how, _spread(study, lang)]
    time, watts = (
        number(work.central, lang, 2 if work.central < 10 else 1),
        number(study.factor("watts_per_core").central, lang, 0),
    )
    if lang == "en":
        first = f"{name} took {time} s of processor time here (mean of {n} runs less rest)."
        second = f"No wattmeter was read: at an assumed {watts} W a core that makes {energy}, and {carbon} of CO₂-equivalent at {_on(study, lang)}."
    else:
        first = f"{name} a pris ici {time} s de temps de processeur (moyenne de {n} passages, repos déduit)."
        second = f"Aucun wattmètre n’a été lu : à {watts} W supposés par cœur, cela fait {energy}, et {carbon} d’équivalent CO₂ à {_on(study, lang)}."
    return [first, second, _spread(study, lang)]


def _on(study: Study, lang: Lang) -> str:
    """The grid in the middle of a sentence: its intensity, and whose it is."""
    one = study.factor("intensity")
    return f"{units.figures(one.central, lang)} g/kWh ({study.grid.get(lang)})"
