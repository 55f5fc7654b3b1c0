"""What a ``contextual_embeddings`` result says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang, Text
from tools.language.attention_text import quoted
from tools.numbers import number, p_value

if TYPE_CHECKING:
    from tools.language.contextual_measure import Measured, Senses

SIGNIFICANT = 0.05

SILHOUETTE = Text(en="Silhouette of the senses", fr="Silhouette des sens")
LAST = Text(en="Silhouette of the senses in the last layer", fr="Silhouette des sens dans la dernière couche")
RIGHT = Text(
    en="Occurrences whose nearest other has the same sense", fr="Occurrences dont la plus proche a le même sens"
)
SIMILARITY = Text(en="Mean cosine between two occurrences", fr="Cosinus moyen entre deux occurrences")
NO_GROUP = Text(en="no grouping by sense", fr="aucun groupement par sens")
SHUFFLED = Text(en="senses given at random", fr="sens donnés au hasard")
ONE_POINT = Text(en="layer 0: the context does not count", fr="couche 0 : le contexte ne compte pas")


def where(m: Measured, lang: Lang) -> str:
    """The layer shown."""
    return f"layer {m.layer}" if lang == "en" else f"couche {m.layer}"


def parted(s: Senses) -> bool:
    """Whether the senses lie apart more than shuffled ones."""
    return s.p < SIGNIFICANT


def title(m: Measured, lang: Lang) -> str:
    """The finding as a sentence."""
    word = quoted(m.word, lang)
    if m.apart is None:
        value = number(float(m.similarity[m.layer]), lang)
        if lang == "en":
            return f"Two occurrences of {word} have a mean cosine of {value} in {where(m, lang)}"
        return f"Deux occurrences de {word} ont un cosinus moyen de {value} dans la {where(m, lang)}"
    if parted(m.apart):
        if lang == "en":
            return f"The senses of {word} lie apart in {where(m, lang)}, while layer 0 has {_points(m, lang)}"
        return f"Les sens de {word} se séparent dans la {where(m, lang)}, alors que la couche 0 a {_points(m, lang)}"
    if m.chosen:
        return (
            f"In no layer do the senses of {word} lie apart"
            if lang == "en"
            else (f"Dans aucune couche les sens de {word} ne se séparent")
        )
    if lang == "en":
        return f"The senses of {word} do not lie apart in {where(m, lang)}"
    return f"Les sens de {word} ne se séparent pas dans la {where(m, lang)}"


def _points(m: Measured, lang: Lang) -> str:
    n = m.first_points
    if lang == "en":
        return "a single point" if n == 1 else f"{n} points"
    return "un seul point" if n == 1 else f"{n} points"


def summary(m: Measured, lang: Lang) -> str:
    """Layer 0, the neighbours and the silhouette, what it does not show."""
    return " ".join([_first(m, lang), *_apart(m, lang), _meaning(m, lang)])


def _first(m: Measured, lang: Lang) -> str:
    n, k, word = len(m.examples), m.first_points, quoted(m.word, lang)
    if k == 1:
        if lang == "en":
            return (
                f"Before the model reads the context (layer 0), the {n} occurrences of {word} are one and the same point: a word has "
                "one vector, whatever its sense."
            )
        return (
            f"Avant que le modèle lise le contexte (couche 0), les {n} occurrences de {word} sont un seul et même point : un mot a un "
            "vecteur, quel que soit son sens."
        )
    if k < n:
        if lang == "en":
            return (
                f"In layer 0 the {n} occurrences of {word} are {k} points, as many as the word has spellings or places."
            )
        return f"Dans la couche 0, les {n} occurrences de {word} sont {k} points, autant que d’écritures ou de places du mot."
    if lang == "en":
        return f"In layer 0 the {n} occurrences of {word} are {k} points, because this model adds their places in the sentence."
    return f"Dans la couche 0, les {n} occurrences de {word} sont {k} points, car ce modèle y ajoute leur place dans la phrase."


def _apart(m: Measured, lang: Lang) -> list[str]:
    s = m.apart
    if s is None:
        value, layer = number(float(m.similarity[m.layer]), lang), where(m, lang)
        if lang == "en":
            return [f"In {layer} the mean cosine between two of them is {value}, where 1 is the same direction."]
        return [f"Dans la {layer}, le cosinus moyen de deux d’entre elles est {value}, où 1 est la même direction."]
    n, at = len(s.rows), m.layer
    hits, luck = round(float(s.right[at]) * n), number(s.chance * n, lang, 1)
    value, p = number(float(s.silhouette[at]), lang), p_value(s.p, lang)
    clear = parted(s)
    if lang == "en":
        best = ", where they part most," if m.chosen else ","
        start = (
            f"In layer {at}{best} the nearest other occurrence has the same sense for {hits} of {n} ({luck} by chance)"
        )
        how = "clearer groups than" if clear else "no clearer groups than"
        return [
            f"{start}. The senses form {how} senses given at random: silhouette {value}, where 0 is none and 1 the most ({p})."
        ]
    best = ", celle où elles se séparent le plus," if m.chosen else ","
    start = (
        f"Dans la couche {at}{best} l’occurrence la plus proche a le même sens pour {hits} sur {n} ({luck} par hasard)"
    )
    how = "forment des groupes plus nets" if clear else "ne forment pas de groupes plus nets"
    return [
        f"{start}. Les sens {how} que des sens donnés au hasard : silhouette {value}, où 0 est aucun et 1 le plus ({p})."
    ]


def _meaning(m: Measured, lang: Lang) -> str:
    if m.apart is None:
        if lang == "en":
            return "Give two senses, each with two sentences or more, to measure whether they lie apart."
        return "Donnez deux sens, chacun avec deux phrases au moins, pour mesurer s’ils se séparent."
    if parted(m.apart):
        if lang == "en":
            return "The words around have moved the vector; that is no proof that the model understands them."
        return "Les mots alentour ont déplacé le vecteur ; cela ne prouve pas que le modèle les comprenne."
    if lang == "en":
        return "This model, on these sentences, does not tell these senses apart in the vector of the word."
    return "Ce modèle, sur ces phrases, ne distingue pas ces sens dans le vecteur du mot."


def test_name(m: Measured) -> Text:
    """Which test gave p."""
    best = (", best layer against best layer", ", meilleure couche contre meilleure couche") if m.chosen else ("", "")
    return Text(
        en=f"one-sided permutation test: 2,000 shuffles of the senses{best[0]}",
        fr=f"test de permutation unilatéral : 2 000 mélanges des sens{best[1]}",
    )


def silhouette_label(m: Measured) -> Text:
    """The name of the silhouette of the layer shown."""
    return Text(en=f"{SILHOUETTE.en}, layer {m.layer}", fr=f"{SILHOUETTE.fr}, couche {m.layer}")


def right_label(m: Measured) -> Text:
    """The name of the share of right neighbours."""
    return Text(en=f"{RIGHT.en}, layer {m.layer}", fr=f"{RIGHT.fr}, couche {m.layer}")


def similarity_label(m: Measured) -> Text:
    """The name of the mean cosine."""
    return Text(en=f"{SIMILARITY.en}, layer {m.layer}", fr=f"{SIMILARITY.fr}, couche {m.layer}")


def excerpt(m: Measured, i: int, around: int = 34) -> str:
    """A sentence cut around its word, which stands between brackets."""
    text, (start, end) = m.examples[i].text, m.spans[i]
    before, after = text[:start], text[end:]
    head = before if len(before) <= around else "…" + before[-around:].split(" ", 1)[-1]
    tail = after if len(after) <= around else after[:around].rsplit(" ", 1)[0] + "…"
    return f"{head}[{text[start:end]}]{tail}"
