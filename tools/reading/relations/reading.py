"""How to read an ``extract_relations`` result, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang
from tools.numbers import number
from tools.reading.relations.check import THRESHOLD
from tools.reading.relations.figure import drawable

if TYPE_CHECKING:
    from tools.reading.relations.measure import Measured

HITS, RIGHT, ALARMS, WRONG = 21, 32, 2, 128  # the meaning check on pairs.json; a test counts them again


def how_to_read(m: Measured, lang: Lang) -> str:
    """What the numbers mean, with the formulas and their sources."""
    refused, n = m.exchanged
    bound = number(THRESHOLD, lang, 2)
    if lang == "en":
        chance = (
            f"Given the relation words of another sentence, {refused} of {n} pairs of names are refused by the same check: "
            "that is how often it catches a wrong relation. "
            if n
            else ""
        )
        return (
            "The text is given sentence by sentence (short ones together), and the grammar of a JSON schema is imposed while "
            "the model writes, so that the form is always right (Willard and Louf 2023); the form says nothing of the content. "
            "Share = items / all items, with the Wilson (1927) interval. A name is in the text when its letters stand in its "
            "sentence, up to capitals, accents, an article or a plural; in part when at least half of its words do. A relation is "
            "supported when both names stand in its sentence and so does one of its words (same stem), or when its meaning is near: "
            f"cosine(relation, sentence without the two names) ≥ {bound}. On {RIGHT} right relations in other words that bound "
            f"passes {HITS}, on {WRONG} wrong ones {ALARMS}. {chance}"
            "Precision is what is right among what was written, recall what was found among what was there (Tjong Kim Sang and De Meulder 2003)."
        )
    chance = (
        f"Avec les mots de relation d’une autre phrase, {refused} paires de noms sur {n} sont refusées par le même contrôle : "
        "c’est la fréquence à laquelle il prend une relation fausse. "
        if n
        else ""
    )
    return (
        "Le texte est donné phrase par phrase (les courtes ensemble), et la grammaire d’un schéma JSON est imposée pendant que le "
        "modèle écrit : la forme est toujours juste (Willard et Louf 2023), mais elle ne dit rien du contenu. Part = éléments / tous "
        "les éléments, avec l’intervalle de Wilson (1927). Un nom est dans le texte quand ses lettres sont dans sa phrase, aux "
        "majuscules, accents, article ou pluriel près ; en partie quand la moitié de ses mots au moins y est. Une relation a un appui "
        "quand les deux noms sont dans sa phrase avec un de ses mots (même radical), ou quand son sens en est proche : "
        f"cosinus(relation, phrase sans les deux noms) ≥ {bound}. Sur {RIGHT} relations justes dites autrement, ce seuil en laisse passer "
        f"{HITS} ; sur {WRONG} fausses, {ALARMS}. {chance}"
        "La précision est ce qui est juste dans ce qui a été écrit, le rappel ce qui a été trouvé dans ce qui y était "
        "(Tjong Kim Sang et De Meulder 2003)."
    )


def limits(m: Measured, lang: Lang) -> str:
    """What the test cannot tell."""
    if lang == "en":
        found = [
            "In the text is not true: a text can be wrong, and so can a relation whose words all stand in its sentence.",
            "The check of a relation reads words, not syntax: it does not see who did what to whom, nor which date belongs to which fact; "
            "a supported relation still has to be read.",
            "A relation that spans two sentences, and a pronoun whose name stands earlier, count as not supported.",
            "The rule that lists names knows capitals, dates and numbers, and errs on titles and on scripts without capitals.",
            "A small model says little of what a large one does, and SmolLM2 hardly reads French.",
        ]
        if m.cut:
            found.append(
                f"{m.cut} of the {len(m.spans)} replies was cut or did not have the form; only its complete items count."
            )
        if not m.built_in:
            found.append("Nobody listed the names of this text: the rule did, so that its own misses are not seen.")
    else:
        found = [
            "Être dans le texte ne veut pas dire être vrai : un texte peut se tromper, comme une relation dont tous les mots sont dans la phrase.",
            "Le contrôle d’une relation lit des mots, pas la syntaxe : il ne voit ni qui fait quoi à qui, ni quelle date va avec quel fait ; "
            "une relation appuyée reste à relire.",
            "Une relation qui court sur deux phrases, ou un pronom dont le nom est plus haut, compte comme sans appui.",
            "La règle qui liste les noms connaît majuscules, dates et nombres ; elle se trompe sur les titres et les écritures sans majuscules.",
            "Un petit modèle dit peu de ce que fait un grand, et SmolLM2 ne lit guère le français.",
        ]
        if m.cut:
            found.append(
                f"{m.cut} des {len(m.spans)} réponses a été coupée ou n’avait pas la forme ; seuls ses éléments complets comptent."
            )
        if not m.built_in:
            found.append(
                "Personne n’a listé les noms de ce texte : c’est la règle, dont les propres oublis ne se voient pas."
            )
    if not drawable(m.text):
        found.append(
            "The script of this text cannot be drawn here: see the tables."
            if lang == "en"
            else "L’écriture de ce texte ne peut pas être dessinée ici : voyez les tableaux."
        )
    return " ".join(found)
