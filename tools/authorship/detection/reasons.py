"""Why ``detect_ai_text`` gives no verdict on a text, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.authorship.detection.reference import load
from tools.authorship.detection.token_reading import LENGTHS
from tools.finding import Lang, Text
from tools.numbers import number
from tools.numbers import words as listed

if TYPE_CHECKING:
    from tools.authorship.detection.measure import Measured

LANGUAGE = {"en": Text(en="English", fr="en anglais"), "fr": Text(en="French", fr="en français")}


def no_verdict(m: Measured, lang: Lang) -> str:
    """Why nothing is concluded."""
    name, shortest, n = load().model, min(LENGTHS), number(m.tokens, lang, 0)
    known = [listed([LANGUAGE[code].get(one) for code in load().languages], one) for one in ("en", "fr")]
    reasons = {
        "short": (
            f"This text is too short to say: {n} tokens could be scored, and {shortest} are needed.",
            f"Ce texte est trop court pour conclure : {n} tokens ont pu être notés, et il en faut {shortest}.",
        ),
        "server": (
            "No verdict: a server tells how probable the words that came are, not those that could have come, and the passages of "
            "known origin were not measured behind it.",
            "Pas de verdict : un serveur donne la probabilité des mots venus, non de ceux qui auraient pu venir, et les passages "
            "d’origine connue n’ont pas été mesurés derrière lui.",
        ),
        "model": (
            f"No verdict: the passages of known origin were measured with {name}, and its thresholds do not hold for this model.",
            f"Pas de verdict : les passages d’origine connue ont été mesurés avec {name}, et ses seuils ne valent pas pour ce modèle.",
        ),
        "language": (
            f"No verdict: the passages of known origin are in {known[0]}, and this text is in another language, it seems.",
            f"Pas de verdict : les passages d’origine connue sont {known[1]}, et ce texte est, semble-t-il, dans une autre langue.",
        ),
        "mixed": (
            "No verdict: this text mixes languages, and the passages of known origin are each in one.",
            "Pas de verdict : ce texte mêle plusieurs langues, et les passages d’origine connue sont chacun dans une seule.",
        ),
        "symbols": (
            "No verdict: too much of this text is not running words (code, numbers, symbols), and the passages of known origin are prose.",
            "Pas de verdict : ce texte contient trop d’autre chose que des mots suivis (code, chiffres, symboles), et les passages "
            "d’origine connue sont de la prose.",
        ),
        "repeats": (
            "No verdict: this text says the same sentences again and again. What repeats is easy to foresee, whoever wrote it.",
            "Pas de verdict : ce texte répète les mêmes phrases. Ce qui se répète est facile à prévoir, qui que ce soit qui l’ait écrit.",
        ),
        "lines": (
            "No verdict: this text is in short lines, as verse or a list, and the passages of known origin are prose.",
            "Pas de verdict : ce texte est fait de lignes courtes, comme des vers ou une liste, et les passages d’origine connue sont de la prose.",
        ),
    }  # fmt: skip
    return reasons[m.verdict.kind][0 if lang == "en" else 1]
