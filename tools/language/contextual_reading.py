"""How to read a ``contextual_embeddings`` result, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang
from tools.numbers import percent

if TYPE_CHECKING:
    from tools.language.contextual_measure import Measured


def how_to_read(m: Measured, lang: Lang) -> str:
    """What the numbers mean, with the formulas and their sources."""
    read = (
        ("the mean over the word’s tokens", "la moyenne sur les tokens du mot")
        if m.masked
        else ("read at the word’s last token", "lu sur le dernier token du mot")
    )
    if lang == "en":
        text = (
            f"Each occurrence is the hidden state of the word, {read[0]}; distance = 1 − cosine. Layer 0 is the embedding, before any "
            "context. "
        )
        if m.apart:
            text += (
                "silhouette = mean of (b − a) / max(a, b), a the mean distance to the same sense, b to the nearest other sense (Rousseeuw "
                "1987): 1 is tight groups far apart, 0 none, below 0 mixed. p is the share of 2,000 shuffles of the senses that do as well"
                f"{', taking the best layer of each shuffle because the best of the real ones was chosen' if m.chosen else ''}. "
                "The interval redraws the occurrences’ own silhouettes 5,000 times (percentile bootstrap) and is rough, because they share "
                "neighbours. "
            )
        text += (
            f"The map shows two principal components, {percent(_variance(m), lang)} of the variance in layer {m.layer}. "
            f"{'A number on it marks an occurrence whose nearest other has another sense. ' if m.apart else ''}"
            "The mean cosine between occurrences is the self-similarity of Ethayarajh 2019."
        )
        return text
    text = (
        f"Chaque occurrence est l’état caché du mot, {read[1]} ; distance = 1 − cosinus. La couche 0 est le plongement, avant tout "
        "contexte. "
    )
    if m.apart:
        text += (
            "silhouette = moyenne de (b − a) / max(a, b), a la distance moyenne au même sens, b à l’autre sens le plus proche (Rousseeuw "
            "1987) : 1, des groupes serrés et éloignés ; 0, aucun ; moins de 0, mêlés. p est la part de 2 000 mélanges des sens qui font "
            f"aussi bien{', en prenant la meilleure couche de chaque mélange puisque la meilleure des vraies a été choisie' if m.chosen else ''}. "
            "L’intervalle retire au sort les silhouettes des occurrences 5 000 fois (bootstrap par percentiles) ; il est approximatif, car "
            "elles ont des voisines communes. "
        )
    text += (
        f"La carte montre deux composantes principales, {percent(_variance(m), lang)} de la variance dans la couche {m.layer}. "
        f"{'Un numéro y marque une occurrence dont la plus proche a un autre sens. ' if m.apart else ''}"
        "Le cosinus moyen entre occurrences est l’autosimilarité d’Ethayarajh 2019."
    )
    return text


def _variance(m: Measured) -> float:
    from tools.language.contextual_measure import principal_plane

    return principal_plane(m.cosines[m.layer])[1]


def limits(m: Measured, lang: Lang) -> str:
    """What the test cannot tell."""
    n = len(m.examples)
    if lang == "en":
        parts = [
            f"{n} sentences and the senses given to them are a person’s choice; other sentences can give another answer.",
            "A group can come from one neighbouring word (river bank, blood bank) or from grammar (to bank on) rather than from the sense.",
        ]
        if not m.masked:
            parts.append("This model reads from left to right: only what stands before the word can move it.")
        if m.chosen and m.apart:
            parts.append(
                "The layer was chosen because it parts the senses most, so its silhouette is flattered; p allows for that."
            )
        parts.append("A flat map hides the other dimensions: two points that touch on it may be far apart.")
        parts.append(
            "SmolLM2, the default model, has read mostly English: its result in French says little about French words."
        )
        return " ".join(parts)
    parts = [
        f"{n} phrases et les sens qu’on leur donne sont le choix d’une personne ; d’autres phrases peuvent donner une autre réponse.",
        "Un groupe peut venir d’un seul mot voisin (coup de baguette, river bank) ou de la grammaire (to bank on) plutôt que du sens.",
    ]
    if not m.masked:
        parts.append("Ce modèle lit de gauche à droite : seul ce qui précède le mot peut le déplacer.")
    if m.chosen and m.apart:
        parts.append(
            "La couche a été choisie parce qu’elle sépare le plus les sens : sa silhouette en est flattée, et p en tient compte."
        )
    parts.append("Une carte plate cache les autres dimensions : deux points qui s’y touchent peuvent être éloignés.")
    parts.append(
        "SmolLM2, le modèle par défaut, a lu surtout de l’anglais : son résultat en français dit peu de chose des mots français."
    )
    return " ".join(parts)
