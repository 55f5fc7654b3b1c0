"""The words of ``claim_check``: verdicts, reasons, summary."""

from __future__ import annotations

from tools.finding import Lang, Text
from tools.numbers import number
from tools.truth.claims.check import Verdict
from tools.truth.claims.conflicts import Conflict, Missing
from tools.truth.claims.gate import Answer
from tools.truth.claims.result import Result

ANSWERS: dict[Answer, Text] = {
    "supported": Text(en="supported", fr="confirmé"),
    "contradicted": Text(en="contradicted", fr="contredit"),
    "not_found": Text(en="not found", fr="introuvable"),
}
KINDS = {
    "question": Text(en="question", fr="question"),
    "heading": Text(en="heading", fr="titre"),
    "opinion": Text(en="opinion", fr="avis"),
    "instruction": Text(en="instruction", fr="consigne"),
    "fragment": Text(en="no sentence", fr="pas une phrase"),
}
THINGS = {
    "number": Text(en="the number", fr="le nombre"),
    "date": Text(en="the date", fr="la date"),
    "name": Text(en="the name", fr="le nom"),
}


def quoted(words: str, lang: str) -> str:
    """Between the quotation marks of the language."""
    return f"“{words}”" if lang == "en" else f"« {words} »"


def clash(one: Conflict, lang: str) -> str:
    """A disagreement in words."""
    said, found = quoted(one.said, lang), quoted(one.found, lang)
    if one.kind == "role":
        return (
            f"the parties are exchanged: the source says {found}"
            if lang == "en"
            else f"les rôles sont échangés : la source dit {found}"
        )
    if one.how in ("denied", "affirmed"):
        if lang == "en":
            return f"the text {'denies' if one.how == 'denied' else 'affirms'} {said}, the source {'affirms' if one.how == 'denied' else 'denies'} it"
        return f"le texte {'nie' if one.how == 'denied' else 'affirme'} {said}, la source l’{'affirme' if one.how == 'denied' else 'exclut'}"
    return f"the text says {said}, the source {found}" if lang == "en" else f"le texte dit {said}, la source {found}"


def lack(one: Missing, lang: str) -> str:
    """What the source does not give."""
    return f"{THINGS[one.kind].get(lang)} {quoted(one.said, lang)}"


def reason(one: Verdict, lang: str) -> str:
    """Why a claim has its verdict, in words."""
    en = lang == "en"
    if one.answer == "contradicted":
        if not one.conflicts:
            return (
                "the entailment model reads a contradiction" if en else "le modèle d’implication lit une contradiction"
            )
        return ("; " if en else " ; ").join(clash(conflict, lang) for conflict in one.conflicts[:2])
    if one.answer == "supported":
        share = number(one.about, lang)
        return f"the passage says it ({share} from 0 to 1)" if en else f"le passage le dit ({share} de 0 à 1)"
    if one.missing:
        lacking = ", ".join(lack(missing, lang) for missing in one.missing[:2])
        return f"the source does not give {lacking}" if en else f"la source ne donne pas {lacking}"
    if one.place < 0:
        return "the source has no text" if en else "la source n’a pas de texte"
    share = number(one.about, lang)
    if en:
        return f"no passage says it; the closest reaches {share} from 0 to 1"
    return f"aucun passage ne le dit ; le plus proche atteint {share} de 0 à 1"


def summary(r: Result, lang: str) -> str:
    """Two to four sentences."""
    en = lang == "en"
    source = source_name(r, lang)
    yes, no, none = r.count("supported"), r.count("contradicted"), r.count("not_found")
    if en:
        start = "The built-in summary of an incident" if r.built_in else "The text"
        said = f"{start} makes {r.n} {'claim' if r.n == 1 else 'claims'}. {source[0].upper() + source[1:]} supports {yes}, contradicts {no}, and does not settle {none}."
    else:
        start = "Le résumé fourni d’un incident" if r.built_in else "Le texte"
        said = f"{start} contient {r.n} affirmation{'s' if r.n > 1 else ''}. {source[0].upper() + source[1:]} en confirme {yes}, en contredit {no}, et n’en règle pas {none}."
    against = [one.verdict for one in r.evidence if one.verdict.answer == "contradicted"]
    if against:
        told = [f"{quoted(cut(one.claim, 90), lang)}{': ' if en else ' : '}{reason(one, lang)}" for one in against[:2]]
        said += (" Contradicted: " if en else " Contredit : ") + ". ".join(told) + "."
    return said + " " + (
        "Not found does not mean false." if none and en else "Introuvable ne veut pas dire faux." if none
        else "Supported by this source does not mean true in the world." if en else "Confirmé par cette source ne veut pas dire vrai dans le monde."
    )  # fmt: skip


def source_name(r: Result, lang: str) -> str:
    """What the text was compared with, in a sentence."""
    if r.library:
        return "the library of Autopsie" if lang == "en" else "la bibliothèque d’Autopsie"
    if r.given:
        return "the source given" if lang == "en" else "la source donnée"
    return quoted(cut(r.source, 60), lang)


def headline(r: Result, lang: Lang) -> str:
    """The finding as a sentence, for the figure."""
    yes, no, none = r.count("supported"), r.count("contradicted"), r.count("not_found")
    if lang == "en":
        return f"{yes} of {r.n} {'claim is' if r.n == 1 else 'claims are'} supported by the source, {no} contradicted, {none} not found"
    return f"{plural(yes, 'affirmation confirmée')} par la source sur {r.n}, {plural(no, 'contredite')}, {plural(none, 'introuvable')}"


def plural(count: int, words: str) -> str:
    """A count with its words, in the French plural from 2 up."""
    return f"{count} " + (" ".join(word + "s" for word in words.split()) if count > 1 else words)


def cut(words: str, length: int) -> str:
    """The first ``length`` letters, at a word."""
    return words if len(words) <= length else words[:length].rsplit(" ", 1)[0] + "…"
