"""What a ``risk_triage`` result says in words, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.categories import AI_ACT, HARMS
from tools.finding import Lang, Text
from tools.numbers import words
from tools.reading.triage.lexicon import concepts
from tools.reading.triage.measure import rules

if TYPE_CHECKING:
    from tools.reading.triage.measure import Rule, Triage

STATUS = {
    "pointed": Text(en="words point there", fr="des mots y conduisent"),
    "stated": Text(en="a precaution is stated", fr="une précaution est dite"),
    "silent": Text(en="nothing is said", fr="rien n’est dit"),
}
DATES = {
    "prohibited": Text(
        en="The prohibitions have applied since 2 February 2025",
        fr="Les interdictions s’appliquent depuis le 2 février 2025",
    ),
    "high": Text(
        en="The duties of Annex III were due on 2 August 2026 and are postponed to 2 December 2027",
        fr="Les obligations de l’annexe III, attendues le 2 août 2026, sont reportées au 2 décembre 2027",
    ),
    "product": Text(
        en="The duties of AI inside regulated products are postponed to 2 August 2028",
        fr="Les obligations de l’IA intégrée à des produits réglementés sont reportées au 2 août 2028",
    ),
    "limited": Text(
        en="The duties of transparency have applied since 2 August 2026",
        fr="Les obligations de transparence s’appliquent depuis le 2 août 2026",
    ),
    "intimate": Text(
        en="According to the legal press, it applies from 2 December 2026",
        fr="Selon la presse juridique, elle s’applique à partir du 2 décembre 2026",
    ),
}
NO_TIER = Text(en="no tier", fr="aucun niveau")
POSSIBLE = {
    "prohibited": Text(en="perhaps prohibited", fr="peut-être interdit"),
    "high": Text(en="high risk", fr="haut risque"),
    "limited": Text(en="duty of transparency", fr="obligation de transparence"),
    "minimal": Text(en="minimal risk", fr="risque minimal"),
    "none": Text(en="outside the tiers", fr="hors des niveaux"),
}


def quoted(said: list[str], lang: Lang) -> str:
    """“a”, “b” and “c”, or « a », « b » et « c »."""
    return words([f"“{one}”" if lang == "en" else f"«\u202f{one}\u202f»" for one in said], lang)


def article(rule: Rule, lang: Lang) -> str:
    """The article of a rule as it is written in a language; "" for an everyday use."""
    if lang == "en":
        return rule.article
    return rule.article.replace("Annex III", "annexe III").replace("Art.", "art.").replace(" and ", " et ")


def reason(rule: Rule, lang: Lang) -> str:
    """ "Annex III, 4(a): recruitment and selection"."""
    name, where = rule.entry["name"][lang], article(rule, lang)
    if not where:
        return str(name)
    return f"{where}: {name}" if lang == "en" else f"{where} : {name}"


def date(rule: Rule) -> Text | None:
    """From when the duties of a rule apply."""
    if "2026/1744" in rule.article:
        return DATES["intimate"]
    return DATES["product"] if rule.article == "Art. 6(1)" else DATES.get(rule.tier)


def because(m: Triage, rule: Rule, lang: Lang) -> str:
    """The words that led to a rule."""
    found = m.reading.words(rule.concepts)
    if lang == "en":
        return f"because of the word{'s' * (len(found) > 1)} {quoted(found, lang)}"
    return f"à cause {'des mots' if len(found) > 1 else 'du mot'} {quoted(found, lang)}"


def labels(names: list[str], lang: Lang) -> str:
    """The labels of concepts, as a list."""
    return words([concepts()[name].label.get(lang) for name in names], lang)


def classes(names: list[str], lang: Lang) -> str:
    """ "discrimination, exclusion and toxicity (W1)", with semicolons between classes."""
    return "; ".join(f"{HARMS[name].get(lang)} ({name})" for name in names).replace(";", " ;" if lang == "fr" else ";")


def headline(m: Triage, lang: Lang) -> str:
    """The finding as a sentence, the title of the figure."""
    pointed = sum(kind.status == "pointed" for kind in m.kinds)
    if m.abstains:
        return (
            "The words of this text lead to no tier and to no class of harm"
            if lang == "en"
            else "Les mots de ce texte ne conduisent à aucun niveau ni à aucune classe de dommage"
        )
    tier = POSSIBLE[m.tier].get(lang) if m.rules else NO_TIER.get(lang)
    where = article(m.rules[0], lang) if m.rules else ""
    shown = f"{tier}, {where}" if where else tier
    if lang == "en":
        return f"Read by its words: {shown}; {pointed} of 7 places of bias marked"
    return (
        f"Lu par ses mots : {shown} ; {pointed} endroit{'s' * (pointed > 1)} de biais sur 7 marqué{'s' * (pointed > 1)}"
    )


def summary(m: Triage, lang: Lang) -> str:
    """Two to five plain sentences."""
    return " ".join(
        part for part in (_opening(m, lang), _harms(m, lang), _tier(m, lang), _places(m, lang), _close(m, lang)) if part
    )


def _opening(m: Triage, lang: Lang) -> str:
    if not m.builtin:
        return ""
    return (
        "The system read here is the built-in example, a sorting of CVs."
        if lang == "en"
        else "Le système lu ici est l’exemple fourni, un tri de CV."
    )


def _harms(m: Triage, lang: Lang) -> str:
    names = [harm.name for harm in m.harms]
    if m.abstains:
        return (
            "The words of this text led to no class of harm and to no tier, so nothing is concluded: that is not a sign that the "
            "system is safe."
            if lang == "en"
            else "Les mots de ce texte ne conduisent à aucune classe de dommage ni à aucun niveau : rien n’est conclu, et ce n’est "
            "pas un signe que le système est sûr."
        )
    if not names:
        return (
            "No class of harm is named by these words."
            if lang == "en"
            else "Ces mots ne nomment aucune classe de dommage."
        )
    one = len(names) == 1
    if lang == "en":
        return f"The class{'' if one else 'es'} of harm to look at first: {classes(names, lang)}."
    return f"{'La classe' if one else 'Les classes'} de dommage à regarder d’abord : {classes(names, lang)}."


def _tier(m: Triage, lang: Lang) -> str:
    if m.abstains:
        return ""
    if not m.rules:
        return (
            "No article of the AI Act is reached by these words, and no tier is given."
            if lang == "en"
            else "Ces mots n’atteignent aucun article du règlement sur l’IA, et aucun niveau n’est donné."
        )
    rule = m.rules[0]
    when, why = date(rule), because(m, rule, lang)
    after = f" {when.get(lang)}." if when else ""
    if lang == "en":
        lead = "could meet a prohibition" if rule.tier == "prohibited" else f"comes nearest to “{AI_ACT[rule.tier].en}”"
        return f"In the AI Act it {lead} ({reason(rule, lang)}), {why}.{after}"
    lead = (
        "pourrait rencontrer une interdiction"
        if rule.tier == "prohibited"
        else f"est le plus près de « {AI_ACT[rule.tier].fr} »"
    )
    return f"Dans le règlement sur l’IA, il {lead} ({reason(rule, lang)}), {why}.{after}"


def _places(m: Triage, lang: Lang) -> str:
    if m.abstains:
        return ""
    pointed = [kind.rule["label"][lang] for kind in m.kinds if kind.status == "pointed"]
    n, left = len(rules()["questions"]), len(m.unanswered)
    if lang == "en":
        first = f"Words point to {len(pointed)} of the 7 places of bias" + (
            f" ({words(pointed, lang)})" if pointed else ""
        )
        return f"{first}; {left} of {n} questions about data, errors and oversight are left without an answer."
    s = "s" * (len(pointed) > 1)
    first = f"Des mots conduisent à {len(pointed)} endroit{s} de biais sur 7" + (
        f" ({words(pointed, lang)})" if pointed else ""
    )
    return f"{first} ; {left} questions sur {n} à propos des données, des erreurs et du contrôle restent sans réponse."


def _close(m: Triage, lang: Lang) -> str:
    near = f"“{m.incidents[0].title}”" if m.incidents else ""
    if lang == "en":
        return (
            f"The nearest incident of the library is {near}. " if near else ""
        ) + "This is a help for asking, not legal advice."
    near = near.replace("“", "« ").replace("”", " »")
    return (
        f"L’incident le plus proche de la bibliothèque est {near}. " if near else ""
    ) + "C’est une aide pour questionner, non un avis juridique."
