"""How to read a ``detect_ai_text`` result, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.authorship.reference import load
from tools.finding import Lang
from tools.numbers import number

if TYPE_CHECKING:
    from tools.authorship.detect_measure import Measured


def how_to_read(m: Measured, lang: Lang) -> str:
    """What the numbers mean, with the formula and its source."""
    parts = []
    scale = m.verdict.scale
    if lang == "en":
        if m.curvature:
            parts.append(
                "d = (Σ log p(x_t) − Σ μ_t) / √(Σ σ²_t), where μ_t and σ²_t are the mean and the variance of log p over all the "
                "tokens that the model could have put at t, weighted by its own probabilities (Bao et al. 2024; "
                "here one model scores and samples). Near 0, the words are as varied as if the model drew them; well above, they "
                "are mostly its favourites; well below, they surprise it."
            )
        if scale:
            parts.append(
                f"d grows with the square root of the length: it is brought to {scale.length.tokens} tokens by "
                f"d · √({scale.length.tokens} / {m.tokens}). The threshold is the 95% quantile of the passages by people: "
                "one in twenty of them is flagged by construction. The lower bound is the 5% quantile of the generated ones; "
                "between the two, nothing is concluded. The intervals of the rates are Wilson’s."
            )
        parts.append(
            "The log-probability is the mean of log p(x_t) in nats, the log-rank the mean of the natural logarithm of the place "
            "of each token in the model’s list, 0 when it is always first (Gehrmann et al. 2019; Mitchell et al. 2023). "
            "Intervals: 95%, circular block bootstrap, blocks of 20 tokens, 2,000 draws; none under 40 tokens. The text is read "
            "in windows of 512 tokens, 4,096 tokens at most."
        )
        return " ".join(parts)
    if m.curvature:
        parts.append(
            "d = (Σ log p(x_t) − Σ μ_t) / √(Σ σ²_t), où μ_t et σ²_t sont la moyenne et la variance de log p sur tous les tokens "
            "que le modèle aurait pu mettre en t, pondérées par ses propres probabilités (Bao et al. 2024 ; "
            "ici un seul modèle note et tire). Près de 0, les mots sont aussi variés que si le modèle les tirait ; bien "
            "au-dessus, ce sont surtout ses favoris ; bien en dessous, ils le surprennent."
        )
    if scale:
        parts.append(
            f"d croît comme la racine carrée de la longueur : on le ramène à {scale.length.tokens} tokens par "
            f"d · √({scale.length.tokens} / {m.tokens}). Le seuil est le quantile à 95 % des passages de personnes : un sur "
            "vingt est donc signalé par construction. La borne basse est le quantile à 5 % des passages engendrés ; entre "
            "les deux, on ne conclut pas. Les intervalles des taux sont ceux de Wilson."
        )
    parts.append(
        "La log-probabilité est la moyenne de log p(x_t) en nats, le log-rang celle du logarithme naturel de la place de chaque "
        "token dans la liste du modèle, 0 s’il est toujours premier (Gehrmann et al. 2019 ; Mitchell et al. 2023). "
        "Intervalles : 95 %, bootstrap circulaire par blocs de 20 tokens, 2 000 tirages ; aucun sous 40 tokens. "
        "Le texte est lu par fenêtres de 512 tokens, 4 096 tokens au plus."
    )
    return " ".join(parts)


def limits(m: Measured, lang: Lang) -> str:
    """What the measurement cannot tell, with the famous texts it gets wrong."""
    reference = load()
    people, generated = reference.people.get(lang), reference.generated.get(lang)
    famous = [f"{one.label.get(lang)} {number(one.curvature, lang)} ({one.tokens} tokens)" for one in reference.known]
    if lang == "en":
        return (
            "A score is no proof of authorship, and no decision about a person should rest on it. The thresholds come from "
            f"these passages only: {people}; {generated}. Essays, letters and the texts of other generators were not "
            "measured, and the rate of wrong flags changes from one kind of text to another. Rewording, translation or a higher temperature hide generated text. People who write "
            "plainly are wrongly flagged more often: on average, seven detectors flagged about 61% of 91 essays written by non-native "
            "speakers for the TOEFL (Liang et al. 2023). Famous texts that the model has read many times can look generated; "
            f"their curvatures with {reference.model}: {'; '.join(famous)}. Lists, code, verse and quotations shift the numbers too."
        )
    gathered = " ; ".join(famous)
    return (
        "Un score ne prouve pas qui est l’auteur, et aucune décision sur une personne ne devrait reposer sur lui. Les seuils "
        f"ne viennent que de ces passages : {people} ; {generated}. Ni les dissertations, ni les lettres, ni les textes "
        "d’autres générateurs n’ont été mesurés, et le taux de fausses alertes change d’une sorte de texte à l’autre. La réécriture, la traduction ou une température plus haute "
        "cachent un texte engendré. Les personnes qui écrivent simplement sont plus souvent signalées à tort : en "
        "moyenne, sept détecteurs ont signalé environ 61 % de 91 copies de non-natifs pour le TOEFL (Liang et al. 2023). Les textes "
        "célèbres, que le modèle a lus maintes fois, peuvent paraître engendrés ; leurs courbures avec "
        f"{reference.model} : {gathered}. Listes, code, vers et citations déplacent aussi les nombres."
    )
