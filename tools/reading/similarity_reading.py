"""How to read a ``similarity`` result, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang
from tools.numbers import number
from tools.reading.similarity_reference import load

if TYPE_CHECKING:
    from tools.reading.similarity_result import Result


def how_to_read(r: Result, lang: Lang) -> str:
    """What the numbers mean, with the formulas, the thresholds and their sources."""
    return f"{_measures(lang)} {_thresholds(r, lang)} {_reference(r, lang)}"


def _measures(lang: Lang) -> str:
    if lang == "en":
        return (
            "Meaning: each sentence of the shorter text is compared with every sentence, and every two neighbours, of the other; the best "
            "cosine is kept and the mean taken, weighted by words (cosine = u·v / |u||v| of the vectors of the Universal Sentence Encoder, "
            "Yang et al. 2020): 1 is the same direction, near 0 is unrelated. Three-word sequences: |A ∩ B| / min(|A|, |B|) "
            "(containment, Broder 1997). Words: |A ∩ B| / |A ∪ B| (Jaccard). Longest passage: its words / those of the shorter text. "
            "Order: 1 − Levenshtein distance on words / words of the longer text (Levenshtein 1966). Case and accents are ignored. The "
            "interval redraws the sentences 5,000 times (percentile bootstrap)."
        )
    return (
        "Sens : chaque phrase du texte le plus court est comparée à chaque phrase de l’autre, et à chaque paire de voisines ; on garde le "
        "meilleur cosinus et l’on fait la moyenne, pondérée par les mots (cosinus = u·v / |u||v| des vecteurs de l’Universal Sentence Encoder, "
        "Yang et al. 2020) : 1 est la même direction, près de 0 aucun rapport. Suites de trois mots : |A ∩ B| / min(|A|, |B|) "
        "(inclusion, Broder 1997). Mots : |A ∩ B| / |A ∪ B| (Jaccard). Plus long passage : ses mots / ceux du texte le plus court. "
        "Ordre : 1 − distance de Levenshtein sur les mots / mots du texte le plus long (Levenshtein 1966). Casse et accents sont ignorés. "
        "L’intervalle retire les phrases au sort 5 000 fois (bootstrap par percentiles)."
    )


def _thresholds(r: Result, lang: Lang) -> str:
    """Where each verdict begins, in this setting."""
    s = r.setting
    same_meaning, same_subject = number(s.rewording_from, lang), number(s.subject_from, lang)
    if lang == "en":
        text = f"Thresholds here, for {'passages' if s.passage else 'single sentences'} in {'two languages' if s.across else 'one language'}: "
        if s.copy_from is not None:
            text += f"copy from {number(s.copy_from, lang)} of the three-word sequences; else "
        return text + (
            f"{'translation' if s.across else 'rewording'} from {same_meaning} in meaning, above which 5% of neighbours in a document lie; "
            f"same subject from {same_subject}, above which 5% of unrelated passages lie. A sentence is found from "
            f"{number(s.found_from, lang)} up (5% of the sentences of neighbours) and has no counterpart below "
            f"{number(s.absent_under, lang)} (60% of them); a quarter of the words on each side make a text found in part."
        )
    text = f"Seuils ici, pour {'des passages' if s.passage else 'des phrases seules'} en {'deux langues' if s.across else 'une langue'} : "
    if s.copy_from is not None:
        text += f"copie à partir de {number(s.copy_from, lang)} des suites de trois mots ; sinon "
    return text + (
        f"{'traduction' if s.across else 'reformulation'} à partir de {same_meaning} pour le sens, au-dessus de quoi se trouvent 5 % des voisins "
        f"d’un document ; même sujet à partir de {same_subject}, au-dessus de quoi se trouvent 5 % des passages sans rapport. "
        f"Une phrase est retrouvée à partir de {number(s.found_from, lang)} (5 % des phrases de voisins) et sans équivalent au-dessous de "
        f"{number(s.absent_under, lang)} (60 % d’entre elles) ; un quart des mots de chaque côté fait un texte présent en partie."
    )


def _reference(r: Result, lang: Lang) -> str:
    """Where the pairs of known kind come from."""
    made = load().made
    documents, passages = made["documents"], made["passages"]
    if lang == "en":
        return (
            f"The pairs of known kind come from {passages} passages of {documents} documents of the library, each written in English and in "
            "French: edited copies (words dropped, letters changed, order shuffled), machine rewordings (a translation there and back, or the twin "
            "passage translated), translations (the twins), neighbours in one document, passages of two documents, and halves of a passage beside half of an unrelated one. The thresholds were fitted on "
            "half of the documents and the counts taken on the other half."
        )
    return (
        f"Les paires de nature connue viennent de {passages} passages de {documents} documents de la bibliothèque, chacun écrit en anglais et en "
        "français : copies retouchées (mots ôtés, lettres changées, ordre mêlé), reformulations par machine (une traduction aller-retour, ou le "
        "passage jumeau traduit), traductions (les jumeaux), voisins d’un même document, passages de deux documents, et moitiés d’un passage à côté d’une moitié d’un autre sans rapport. Les seuils ont été réglés sur "
        "la moitié des documents et les comptes faits sur l’autre moitié."
    )


def limits(r: Result, lang: Lang) -> str:
    """What the test cannot tell."""
    if lang == "en":
        kept = [
            "Likeness is not plagiarism: it does not say which text came first, whether both quote a third, or whether the source is named.",
            "A sentence and its negation, or the same sentence with another name or number, come out close.",
            "The rewordings of the reference keep the order of the sentences; a freer rewording by a person scores lower and may be taken for "
            "the same subject." if not r.across else "",
            "All the pairs of known kind speak of artificial intelligence, in careful prose; poems, code and very short messages may lie "
            "elsewhere. A much longer second text has more sentences to be close by chance.",
            "One pair of neighbours in twenty passes for a rewording: among many comparisons some will, by chance." if not r.across else "",
        ]  # fmt: skip
        return " ".join(filter(None, kept))
    kept = [
        "Ressembler n’est pas plagier : la mesure ne dit pas quel texte est venu le premier, si les deux en citent un troisième, ni si la source est "
        "nommée.",
        "Une phrase et sa négation, ou la même phrase avec un autre nom ou un autre nombre, sortent proches.",
        "Les reformulations de la référence gardent l’ordre des phrases ; une reformulation plus libre par une personne obtient moins et peut "
        "passer pour le même sujet." if not r.across else "",
        "Toutes les paires de nature connue parlent d’intelligence artificielle, en prose soignée ; poèmes, code et messages très courts peuvent se "
        "placer ailleurs. Un second texte beaucoup plus long a plus de phrases pour être proche par hasard.",
        "Une paire de voisins sur vingt passe pour une reformulation : parmi de nombreuses comparaisons, il s’en trouvera par hasard."
        if not r.across else "",
    ]  # fmt: skip
    return " ".join(filter(None, kept))
