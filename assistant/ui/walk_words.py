"""What the Incidents tab says, in both languages."""

from __future__ import annotations

from assistant.ui.words import filled
from tools.finding import Lang, Text

_SAID: dict[str, tuple[str, str]] = {
    "incidents": ("Incidents", "Incidents"),
    "intro": (
        "A guided autopsy takes one incident and seven steps: you predict, you measure with the real models and data, and you leave with a report that others can run again.",
        "Une autopsie guidée suit un incident en sept étapes : vous prédisez, vous mesurez sur de vrais modèles et de vraies données, et vous repartez avec un rapport que d’autres peuvent rejouer.",
    ),
    "find": ("Words of the title or the summary", "Mots du titre ou du résumé"),
    "find_hint": ("translation, Amazon, 2020…", "traduction, Amazon, 2020…"),
    "harm": ("Harm", "Dommage"),
    "sector": ("Sector", "Secteur"),
    "years": ("Years", "Années"),
    "guided": ("Only those with a guided autopsy", "Seulement avec une autopsie guidée"),
    "finished": ("Finished investigations", "Enquêtes terminées"),
    "search_finished": ("Search among them", "Chercher parmi elles"),
    "bring": ("Read someone else’s report (JSON)", "Lire le rapport de quelqu’un d’autre (JSON)"),
    "catalogue": ("All incidents", "Tous les incidents"),
    "begin": ("Begin", "Commencer"),
    "resume": ("Continue", "Continuer"),
    "number": ("Your prediction", "Votre prédiction"),
    "scale": ("from {low} to {high}{unit}", "de {low} à {high}{unit}"),
    "choice": ("Your prediction", "Votre prédiction"),
    "way": ("Your choice", "Votre choix"),
    "sentence": ("Your prediction, in one sentence", "Votre prédiction, en une phrase"),
    "answer": ("Your answer", "Votre réponse"),
    "keep": ("Keep my prediction and go on", "Garder ma prédiction et continuer"),
    "change": ("Change my prediction and go on", "Changer ma prédiction et continuer"),
    "keep_answer": ("Keep my answer", "Garder ma réponse"),
    "take": ("Go this way", "Prendre ce chemin"),
    "measure": ("Measure", "Mesurer"),
    "stop": ("Stop", "Arrêter"),
    "back": ("Back", "Retour"),
    "next": ("Go on", "Continuer"),
    "finish": ("Finish and read the report", "Terminer et lire le rapport"),
    "note": ("Your note on this step", "Votre note sur cette étape"),
    "note_hint": ("It is kept as you type, and goes into the report.", "Elle est gardée à mesure, et va dans le rapport."),
    "ask_about": ("A question on this incident", "Une question sur cet incident"),
    "ask": ("Ask", "Demander"),
    "link": ("Copy the link to this step", "Copier le lien de cette étape"),
    "so_far": ("Report so far", "Le rapport jusqu’ici"),
    "return": ("Back to the autopsy: {title}", "Revenir à l’autopsie : {title}"),
    "author": ("Who signs this report (optional)", "Qui signe ce rapport (facultatif)"),
    "files": ("The report as files", "Le rapport en fichiers"),
    "steps": ("Back to the steps", "Revenir aux étapes"),
    "stopped": ("Stopped; nothing was measured.", "Arrêté ; rien n’a été mesuré."),
    "preparing": ("Preparing the measurement", "Préparation de la mesure"),
    "not_here": (
        "There is no guided autopsy of “{id}” yet. Its sheet is in the library.",
        "Il n’y a pas encore d’autopsie guidée de « {id} ». Sa fiche est dans la bibliothèque.",
    ),
    "lost": (
        "This investigation is no longer in the notebook.",
        "Cette enquête n’est plus dans le cahier.",
    ),
    "goes": (
        "Deleting takes away the answers ({answers}), the notes ({notes}), the measurements ({measured}), the questions asked along the way in the terminal, and the files of the report that lie in this program’s folder. Nothing brings them back. What was saved elsewhere or given to others stays.",
        "Supprimer emporte les réponses ({answers}), les notes ({notes}), les mesures ({measured}), les questions posées en chemin dans le terminal, et les fichiers du rapport rangés dans le dossier de ce programme. Rien ne les fait revenir. Ce qui a été enregistré ailleurs ou donné à d’autres reste.",
    ),
    "deleted": ("Deleted: “{title}”.", "Supprimée : « {title} »."),
    "ended": (
        "You have walked to the end. The page is for reading and printing; the JSON is what others need to run your measurements again (autopsie replay).",
        "Vous êtes au bout du parcours. La page se lit et s’imprime ; le JSON permet à d’autres de rejouer vos mesures (autopsie replay).",
    ),
    "unfinished": (
        "The report as it stands; it grows with the steps.",
        "Le rapport en l’état ; il grandit avec les étapes.",
    ),
    "theirs": (
        "Someone else’s report. Its findings were not measured on this machine; autopsie replay, with its file, measures them again.",
        "Le rapport de quelqu’un d’autre. Ses mesures n’ont pas été faites sur cette machine ; autopsie replay, avec son fichier, les refait.",
    ),
}  # fmt: skip

WORDS = {key: Text(en=en, fr=fr) for key, (en, fr) in _SAID.items()}


def word(key: str, lang: Lang, **values: object) -> str:
    """One of the tab's own words, with its values put in."""
    return filled(WORDS[key], lang, values)
