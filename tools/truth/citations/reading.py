"""How to read a ``citation_check`` result, and what it cannot tell, in both languages."""

from __future__ import annotations

from tools.finding import Lang
from tools.numbers import number, percent
from tools.proportions import wilson
from tools.truth.citations.check import LIKELY, SURE
from tools.truth.citations.text import MEASURED, Report, searched


def how_to_read(r: Report, lang: Lang) -> str:
    """The four verdicts, the likeness of titles with its formula, the intervals."""
    sure, likely = number(SURE, lang), number(LIKELY, lang)
    decisions = any(one.parsed.kind == "decision" for one in r.checked)
    if lang == "en":
        return (
            "Exact: every field that the reference gives agrees with one work; capitals, accents, initials, abbreviated journals, "
            "“et al.” and a title cut at its subtitle are no differences. Differs: it resembles one work, and each field that is not "
            "the same is shown with what the work has. Nothing found: no work is close enough. Impossible: the reference contradicts "
            "itself or what is known (a year to come, an identifier without the form of one or that belongs to another work, an arXiv "
            "number later than the year, pages that run backwards, a volume that does not go with its year"
            + ("; for a decision, a year outside those of its reporter" if decisions else "")
            + "). A title means a work when their likeness is at least "
            f"{sure}, or {likely} with an author in common: likeness = 2 × m / (a + b), where a and b are the letters and digits of the "
            "two titles and m is the longest sequence that they share in order (edit distance by insertions and deletions, "
            "Levenshtein 1966). Shares carry 95% Wilson intervals (Wilson 1927): how far such a share may be from that of a longer list of "
            "the same kind." + (f" The list: {r.origin.en}." if r.origin else "")
        )
    return (
        "Conforme : chaque champ que donne la référence s’accorde avec un ouvrage ; capitales, accents, initiales, revues abrégées, "
        "« et al. » et titre coupé à son sous-titre ne comptent pas comme des différences. Diffère : elle ressemble à un ouvrage, et "
        "chaque champ qui n’est pas le même est montré avec ce que porte l’ouvrage. Rien trouvé : aucun ouvrage n’est assez proche. "
        "Impossible : la référence se contredit ou contredit ce qui est connu (année à venir, identifiant qui n’en a pas la forme ou qui "
        "est celui d’un autre ouvrage, numéro arXiv postérieur à l’année, pages à rebours, volume qui ne va pas avec son année"
        + (" ; pour une décision, année hors de celles de son recueil" if decisions else "")
        + "). Un titre désigne un ouvrage quand leur ressemblance atteint "
        f"{sure}, ou {likely} avec un auteur commun : ressemblance = 2 × m / (a + b), où a et b sont les lettres et chiffres des deux "
        "titres et m la plus longue suite qu’ils partagent dans l’ordre (distance d’édition par insertions et suppressions, Levenshtein "
        "1966). Les parts portent des intervalles de Wilson à 95 % (Wilson 1927) : l’écart possible avec une liste plus longue de la même "
        "sorte." + (f" La liste : {r.origin.fr}." if r.origin else "")
    )


def limits(r: Report, lang: Lang) -> str:
    """What was searched and what follows from it; what no check of a reference can say."""
    rates = _measured(lang)
    asked = any(one.parsed.kind == "in_text" for one in r.checked)
    if lang == "en":
        return (
            f"Searched: {searched(r, 'en')}. That is very little beside all that is published: a real work can be missing, above all outside "
            "artificial intelligence, and a register can itself be wrong. Court decisions are compared with the few that the bibliography "
            "holds, by their number; the rest of the check is their form, which an invented decision can have. "
            + ("An author and a year in a sentence fit any work of that author and year. " if asked else "")
            + "A reference that exists may still not say what it is cited for: claim_check compares a sentence with a source. Very unusual "
            f"layouts may be read wrongly: the table shows every field as it was understood.{rates}"
        )
    return (
        f"Recherche faite dans {searched(r, 'fr')}. C’est très peu à côté de tout ce qui se publie : un ouvrage réel peut manquer, surtout hors "
        "de l’intelligence artificielle, et un registre peut lui-même se tromper. Les décisions de justice sont comparées, par leur numéro, "
        "aux quelques-unes que contient la bibliographie ; le reste du contrôle porte sur leur forme, qu’une décision inventée peut avoir. "
        + (
            "Un auteur et une année dans une phrase conviennent à tout ouvrage de cet auteur et de cette année. "
            if asked
            else ""
        )
        + "Une référence qui existe peut ne pas dire ce pour quoi on la cite : claim_check compare une phrase à une source. Des présentations "
        f"très inhabituelles peuvent être mal lues : le tableau montre chaque champ tel qu’il a été compris.{rates}"
    )


def _measured(lang: Lang) -> str:
    """The error rates of the evaluation, once they are there."""
    if not {"missed", "passed"} <= MEASURED.keys():
        return ""
    shown = []
    for name in ("missed", "passed"):
        count, n = MEASURED[name]
        low, high = wilson(count, n)
        to = "to" if lang == "en" else "à"
        shown.append(
            (count, n, f"{percent(count / n, lang, 1)} ({percent(low, lang, 1)} {to} {percent(high, lang, 1)})")
        )
    (a, m, missed), (b, k, passed) = shown
    if lang == "en":
        return (
            f" On references kept apart: {a} of {m} real ones of the bibliography were not found, {missed}; {b} of {k} invented or altered "
            f"ones were called exact, {passed}."
        )
    return (
        f" Sur des références tenues à part : {a} des {m} vraies de la bibliographie n’ont pas été trouvées, {missed} ; {b} des {k} inventées "
        f"ou altérées ont été dites conformes, {passed}."
    )
