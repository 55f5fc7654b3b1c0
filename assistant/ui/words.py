"""What the page says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from tools.finding import Text

WORDS = {
    "tagline": Text(
        en="A laboratory for autopsies of AI incidents. Ask; it measures, shows, and says what the number cannot tell.",
        fr="Un laboratoire d’autopsie des incidents d’IA. Demandez : il mesure, montre, et dit ce que le nombre ne dit pas.",
    ),
    "is_ai": Text(en="You are talking to a machine.", fr="Vous parlez à une machine."),
    "embedded": Text(
        en="No model writes the answers: measurements and quoted passages speak.",
        fr="Aucun modèle n’écrit les réponses : les mesures et les passages cités parlent.",
    ),
    "local": Text(
        en="The small model {model} writes, each sentence checked.",
        fr="Le petit modèle {model} rédige, chaque phrase vérifiée.",
    ),
    "served": Text(
        en="The served model {model} writes, each sentence checked.",
        fr="Le modèle servi {model} rédige, chaque phrase vérifiée.",
    ),
    "leaves": Text(en="Nothing leaves this machine.", fr="Rien ne quitte cette machine."),
    "cannot": Text(
        en="It cannot browse the web, give advice, or measure what it has no instrument for.",
        fr="Il ne peut ni chercher sur le web, ni donner de conseil, ni mesurer sans instrument.",
    ),
    "chat": Text(en="Ask", fr="Demander"),
    "lab": Text(en="Lab", fr="Laboratoire"),
    "other": Text(en="Compare with another specimen", fr="Comparer à un autre spécimen"),
    "other_hint": Text(
        en="optional: glove, a folder, a server… The result is then the difference, with its interval.",
        fr="facultatif : glove, un dossier, un serveur… Le résultat est alors la différence, avec son intervalle.",
    ),
    "library": Text(en="Library", fr="Bibliothèque"),
    "find": Text(en="Words of the title or the summary", fr="Mots du titre ou du résumé"),
    "find_hint": Text(en="translation, Amazon, 2020, proxy…", fr="traduction, Amazon, 2020, recrutement…"),
    "choose": Text(
        en="Choose a document to read it here. Underlined terms explain themselves.",
        fr="Choisissez un document pour le lire ici. Les termes soulignés s’expliquent d’eux-mêmes.",
    ),
    "ask_about": Text(en="Ask about this document", fr="Une question sur ce document"),
    "add": Text(en="Add your own documents", fr="Ajouter vos documents"),
    "add_hint": Text(
        en="PDF, PPTX, DOCX, HTML, Markdown or text. They stay on this machine.",
        fr="PDF, PPTX, DOCX, HTML, Markdown ou texte. Ils restent sur cette machine.",
    ),
    "remove": Text(en="Take this document out of the library", fr="Retirer ce document de la bibliothèque"),
    "removed": Text(en="“{title}” is no longer in the library.", fr="« {title} » n’est plus dans la bibliothèque."),
    "reading": Text(en="Reading the files…", fr="Lecture des fichiers…"),
    "indexing": Text(en="Making them searchable…", fr="Mise à jour de la recherche…"),
    "indexed": Text(en="The library now has {n} passages.", fr="La bibliothèque a maintenant {n} passages."),
    "added": Text(en="Added:", fr="Ajouté :"),
    "replaced": Text(en="Replaced the earlier version:", fr="Remplace la version précédente :"),
    "language": Text(en="Language", fr="Langue"),
    "reader": Text(en="Explain it to", fr="Expliquer à"),
    "curious": Text(en="someone curious", fr="une personne curieuse"),
    "student": Text(en="a student", fr="un étudiant"),
    "engineer": Text(en="an engineer", fr="une ingénieure"),
    "question": Text(en="Your question", fr="Votre question"),
    "placeholder": Text(
        en="Ask in English or in French. Enter sends, Shift+Enter makes a new line.",
        fr="Demandez en français ou en anglais. Entrée envoie, Maj+Entrée va à la ligne.",
    ),
    "ask": Text(en="Ask", fr="Demander"),
    "picture": Text(en="Add a picture", fr="Ajouter une image"),
    "table": Text(en="Bring your own table (CSV, Parquet)", fr="Apporter votre tableau (CSV, Parquet)"),
    "look": Text(en="What does the model look at in this picture?", fr="Que regarde le modèle dans cette image ?"),
    "picture_here": Text(
        en="Your picture ({width} × {height}) stays on this machine: place, date and camera are dropped, and it is deleted when you close the page or press “Remove”.",
        fr="Votre image ({width} × {height}) reste sur cette machine : lieu, date et appareil sont effacés, et elle est supprimée quand vous fermez la page ou appuyez sur « Retirer ».",
    ),
    "take_away": Text(en="Remove the picture", fr="Retirer l’image"),
    "stop": Text(en="Stop", fr="Arrêter"),
    "again": Text(en="Ask again", fr="Reposer"),
    "edit": Text(en="Edit the question", fr="Modifier la question"),
    "copy": Text(en="Copy the answer", fr="Copier la réponse"),
    "export": Text(en="Export", fr="Exporter"),
    "exported": Text(en="This conversation as files", fr="Cette conversation en fichiers"),
    "fresh": Text(en="New conversation", fr="Nouvelle conversation"),
    "tool": Text(en="Instrument", fr="Instrument"),
    "seed": Text(en="Seed", fr="Graine"),
    "run": Text(en="Measure", fr="Mesurer"),
    "try": Text(en="Six questions to begin with", fr="Six questions pour commencer"),
    "empty": Text(
        en="Choose an instrument, change what you like, and measure.",
        fr="Choisissez un instrument, changez ce que vous voulez, et mesurez.",
    ),
}

STARTERS: list[tuple[Text, Text, Text]] = [  # reader, question, what it takes
    (
        Text(en="Student", fr="Étudiante"),
        Text(
            en="Are word vectors biased about careers and gender?",
            fr="Les vecteurs de mots ont-ils un biais sur les carrières et le genre ?",
        ),
        Text(en="a measurement, under a second", fr="une mesure, moins d’une seconde"),
    ),
    (
        Text(en="Citizen", fr="Citoyen"),
        Text(
            en="Why did Twitter stop cropping pictures automatically?",
            fr="Pourquoi Twitter a-t-il retiré le recadrage automatique ?",
        ),
        Text(en="the library, one second", fr="la bibliothèque, une seconde"),
    ),
    (
        Text(en="Teacher", fr="Enseignante"),
        Text(en="Man is to doctor as woman is to what?", fr="Homme est à médecin ce que femme est à quoi ?"),
        Text(en="a measurement, under a second", fr="une mesure, moins d’une seconde"),
    ),
    (
        Text(en="Journalist", fr="Journaliste"),
        Text(
            en="Does a language model expect a nurse to be a she?",
            fr="Un modèle de langue s’attend-il à ce que la secrétaire soit une femme, avec il ou elle ?",
        ),
        Text(en="a small model, 20 seconds", fr="un petit modèle, 20 secondes"),
    ),
    (
        Text(en="Auditor", fr="Auditrice"),
        Text(
            en="What did ProPublica and Northpointe disagree about in COMPAS?",
            fr="Sur quoi ProPublica et Northpointe étaient-ils en désaccord à propos de COMPAS ?",
        ),
        Text(en="the library, one second", fr="la bibliothèque, une seconde"),
    ),
    (
        Text(en="Translator", fr="Traductrice"),
        Text(
            en='What happens to "She is a doctor. He is a nurse." through Spanish and back?',
            fr="Que devient « Elle est médecin. Il est infirmier. » en passant par l’espagnol, aller-retour ?",
        ),
        Text(en="a translator, a few seconds", fr="un traducteur, quelques secondes"),
    ),
]


def filled(said: Text, lang: str, values: Mapping[str, object]) -> str:
    """A text with its values put in; without any it stays as it is, braces and all."""
    return said.get(lang).format(**values) if values else said.get(lang)


def word(key: str, lang: str) -> str:
    """One of the page's own words."""
    return WORDS[key].get(lang)
