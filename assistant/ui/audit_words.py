"""What the Audit tab says, in both languages."""

from __future__ import annotations

from tools.finding import Lang, Text

_SAID: dict[str, tuple[str, str]] = {
    "audit": ("Audit", "Audit"),
    "which": ("Card", "Fiche"),
    "run": ("Run the self-audit", "Lancer l’auto-audit"),
    "go_on": ("Go on with the self-audit", "Poursuivre l’auto-audit"),
    "stop": ("Stop", "Arrêter"),
    "intro": (
        "The same instruments, turned on the assistant itself: {suites}. Every question, answer and mark is kept.",
        "Les mêmes instruments, tournés vers l’assistant lui-même : {suites}. Chaque question, chaque réponse et chaque note sont gardées.",
    ),
    "took": (
        "The last run with this engine took {minutes} minutes. It can be stopped, and goes on where it was.",
        "La dernière fois, avec ce moteur, il a fallu {minutes} minutes. On peut arrêter : il reprendra où il en était.",
    ),
    "unknown": (
        "How long it takes on this machine with this engine is not known yet: without a language model less than half an hour on two cores, with one longer. It can be stopped, and goes on where it was.",
        "La durée sur cette machine, avec ce moteur, n’est pas encore connue : sans modèle de langue moins d’une demi-heure sur deux cœurs, avec un modèle davantage. On peut arrêter : il reprendra où il en était.",
    ),
    "empty": (
        "No card yet. The assistant has not been measured on this machine, and no card came with the program: nothing is said about itself before.",
        "Pas encore de fiche. L’assistant n’a pas été mesuré sur cette machine, et aucune fiche n’est venue avec le programme : rien n’est dit de lui avant.",
    ),
    "here": ("Made on this machine.", "Faite sur cette machine."),
    "shipped": (
        "This card came with the program; it was not made on this machine.",
        "Cette fiche est venue avec le programme ; elle n’a pas été faite sur cette machine.",
    ),
    "here_short": ("this machine", "cette machine"),
    "shipped_short": ("came with the program", "venue avec le programme"),
    "beside": (
        "Who writes the answers makes a difference: the newest card of each.",
        "Qui écrit les réponses change les nombres : la fiche la plus récente de chacun.",
    ),
    "starting": ("Starting the self-audit…", "Démarrage de l’auto-audit…"),
    "step": ("Suite {part} of {parts}: {suite}", "Série {part} sur {parts} : {suite}"),
    "stopping": ("Stopping; what was measured stays…", "Arrêt en cours ; ce qui a été mesuré reste…"),
    "stopped": (
        "Stopped. What was measured stays; the button goes on where it was.",
        "Arrêté. Ce qui a été mesuré reste ; le bouton reprend où il en était.",
    ),
    "done": ("Done: the card below is new.", "Terminé : la fiche ci-dessous est nouvelle."),
    "failed": (
        "The self-audit did not finish. What was measured stays; the button goes on where it was.",
        "L’auto-audit ne s’est pas achevé. Ce qui a été mesuré reste ; le bouton reprend où il en était.",
    ),
    "details": ("What it said", "Ce qu’il a dit"),
    "save_md": ("Markdown", "Markdown"),
    "save_json": ("JSON", "JSON"),
    "save_html": ("Page to print (HTML)", "Page à imprimer (HTML)"),
    "routing": ("choice of the instrument", "choix de l’instrument"),
    "retrieval": ("search in the library", "recherche dans la bibliothèque"),
    "grounded": ("sentences and their sources", "phrases et sources"),
    "invention": ("invention with and without the library", "invention avec et sans la bibliothèque"),
    "bias": ("equal treatment", "égalité de traitement"),
    "injection": ("hidden instructions", "consignes cachées"),
    "stability": ("the same request in other words", "la même demande en d’autres mots"),
}  # fmt: skip

WORDS = {key: Text(en=en, fr=fr) for key, (en, fr) in _SAID.items()}
SUITES = ("routing", "retrieval", "grounded", "invention", "bias", "injection", "stability")


def word(key: str, lang: Lang, **values: object) -> str:
    """One of the tab's own words, with its values put in; a suite without words of its own keeps its name."""
    said = WORDS[key].get(lang) if key in WORDS else key
    return said.format(**values) if values else said
