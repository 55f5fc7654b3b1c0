"""What groups, outcomes and decisions are called, in English and in French."""

from __future__ import annotations

from tools.fairness.audit.case import Case
from tools.finding import Lang, Text
from tools.numbers import number

FRENCH = {  # values of the built-in data sets
    "African-American": "Noirs", "Caucasian": "Blancs", "Hispanic": "Hispaniques", "Asian": "Asiatiques",
    "Native American": "Amérindiens", "Other": "Autres", "Male": "Hommes", "Female": "Femmes", "male": "hommes",
    "female": "femmes", "White": "Blancs", "Black": "Noirs", "Asian-Pac-Islander": "Asie et Pacifique",
    "Amer-Indian-Eskimo": "Amérindiens", "Less than 25": "moins de 25 ans", "25 - 45": "25 à 45 ans",
    "Greater than 45": "plus de 45 ans", "over 25": "plus de 25 ans", "25 or younger": "25 ans ou moins",
}  # fmt: skip


def group(case: Case, at: int, lang: Lang) -> str:
    """A group's name; the built-in data sets speak French too."""
    return translated(case.names[at], lang) if not case.data.private else case.names[at]


def translated(name: str, lang: Lang) -> str:
    """The name of a group of a built-in data set, or of groups crossed ("African-American, Male")."""
    return name if lang == "en" else ", ".join(FRENCH.get(part, part) for part in name.split(", "))


def both(case: Case, at: int) -> Text:
    """A group's name in both languages."""
    return Text(en=group(case, at, "en"), fr=group(case, at, "fr"))


def recidivism(case: Case) -> bool:
    """Whether the outcome is the re-arrest of COMPAS."""
    return case.data.name in ("compas", "compas-violent") and case.label == "two_year_recid"


OUTCOMES = {  # of the built-in data sets: people with the outcome, people without it
    ("compas", "two_year_recid"): (
        ("people re-arrested within two years", "people not re-arrested within two years"),
        ("les personnes arrêtées de nouveau dans les deux ans", "les personnes qui n’ont pas été arrêtées de nouveau dans les deux ans"),
    ),
    ("compas-violent", "two_year_recid"): (
        ("people charged with a violent crime within two years", "people not charged with a violent crime within two years"),
        ("les personnes poursuivies pour un crime violent dans les deux ans", "les personnes qui n’ont pas été poursuivies pour un crime violent dans les deux ans"),
    ),
    ("adult", "income"): (
        ("people who earn over $50,000", "people who earn $50,000 or less"),
        ("les personnes qui gagnent plus de 50\u202f000 $", "les personnes qui gagnent 50\u202f000 $ ou moins"),
    ),
    ("german", "credit"): (
        ("people who paid their loan back", "people who did not pay their loan back"),
        ("les personnes qui ont remboursé leur prêt", "les personnes qui n’ont pas remboursé leur prêt"),
    ),
    ("fico", "repaid"): (
        ("people who repaid", "people who did not repay"),
        ("les personnes qui ont remboursé", "les personnes qui n’ont pas remboursé"),
    ),
}  # fmt: skip


def outcome(case: Case, lang: Lang) -> tuple[str, str]:
    """People with the outcome, and people without it ("among …")."""
    known = OUTCOMES.get((case.data.name, case.label))
    if known and case.positive in (
        "",
        f"{case.data.positive:g}" if isinstance(case.data.positive, float) else case.data.positive,
    ):
        return known[0 if lang == "en" else 1]
    label, value = case.label, case.positive
    if lang == "en":
        return f"people whose {label} is {value}", f"people whose {label} is not {value}"
    return f"les personnes dont {label} vaut {value}", f"les personnes dont {label} ne vaut pas {value}"


def flagged(case: Case, lang: Lang) -> tuple[str, str]:
    """What happened to somebody whose score reaches the threshold (a participle), and to the others (with its verb)."""
    if recidivism(case) and case.score == case.data.score and case.threshold == 5:
        if lang == "en":
            return "rated medium or high risk", "had been rated low risk"
        return "classées à risque moyen ou élevé", "avaient été classées à faible risque"
    if case.source == "prediction":
        if lang == "en":
            return "predicted positive", "had been predicted negative"
        return "prédites positives", "avaient été prédites négatives"
    cut = threshold(case, lang)
    if lang == "en":
        return f"flagged (score {cut} or more)", "had not been flagged"
    return f"signalées (score de {cut} ou plus)", "n’avaient pas été signalées"


def threshold(case: Case, lang: Lang) -> str:
    """The threshold as people write it."""
    return plain(case.threshold, lang)


def plain(value: float, lang: Lang) -> str:
    """A score with as many decimals as it needs, three at most."""
    if value == int(value):
        return number(value, lang, 0)
    return number(value, lang, 2 if abs(value * 100 - round(value * 100)) < 1e-9 else 3)
