"""How to read a ``detect_ai_text`` result, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.authorship.detection.reference import Scale, load
from tools.authorship.detection.text import FEW, stated
from tools.authorship.detection.verdict import Threshold, flagged
from tools.finding import Lang
from tools.numbers import interval, number, percent
from tools.numbers import words as listed
from tools.proportions import wilson

if TYPE_CHECKING:
    from tools.authorship.detection.measure import Measured


def how_to_read(m: Measured, lang: Lang) -> str:
    """What the numbers mean, with the formulas and their sources."""
    parts = [_classifier(m.verdict.scale, m.verdict.threshold, lang)] if m.verdict.scale else []
    return " ".join([*parts, _statistics(m, lang)])


def _classifier(scale: Scale, bounds: Threshold | None, lang: Lang) -> str:
    assert bounds is not None
    n, rate = number(len(scale.people), lang, 0), stated(bounds.rate, lang)
    error, area = number(100 * scale.error, lang, 1), number(scale.auroc["classifier"], lang)
    if lang == "en":
        return (
            f"The score is a logistic regression on 18 features: score = Σ w · (feature − centre) / scale + b, averaged over pieces of "
            f"{scale.tokens} tokens. Eight features come from the language model (likelihood, log-rank, LRR, entropy, curvature, share of first "
            "choices, share of ranks beyond 100, spread over blocks of 10 tokens) and ten from counts (repetition, length of words and "
            f"sentences, function words, punctuation…). The threshold is conformal (Bates et al. 2023): of the {n} passages by people, "
            f"scored by classifiers that had not seen them, so few lie above it that a new one of the same mix does with a probability of "
            f"{rate} at most. Under the lower bound lie 5% of the generated passages; between the two, nothing is concluded. The "
            f"probability is fitted on the same scores (Platt scaling) and is off by {error} points on average; AUROC of the score: {area}."
        )
    return (
        f"Le score est une régression logistique sur 18 mesures : score = Σ w · (mesure − centre) / échelle + b, moyenné sur des morceaux de "
        f"{scale.tokens} tokens. Huit mesures viennent du modèle de langue (vraisemblance, log-rang, LRR, entropie, courbure, part des premiers "
        "choix, part des rangs au-delà de 100, dispersion par blocs de 10 tokens) et dix de comptages (répétitions, longueur des mots et des "
        f"phrases, mots grammaticaux, ponctuation…). Le seuil est conforme (Bates et al. 2023) : des {n} passages de personnes, notés par des "
        "classifieurs qui ne les avaient pas vus, si peu le dépassent qu’un nouveau, du même mélange, le dépasse avec une probabilité de "
        f"{rate} au plus. Sous la borne basse se placent 5 % des passages engendrés ; entre les deux, on ne conclut pas. La probabilité "
        f"est ajustée sur les mêmes scores (Platt) et s’écarte de {error} points en moyenne ; AUROC du score : {area}."
    )


def _statistics(m: Measured, lang: Lang) -> str:
    """The published statistics, one formula each."""
    en = lang == "en"
    parts = []
    if not m.served:
        parts.append(
            "Curvature: d = (Σ log p(x_t) − Σ μ_t) / √(Σ σ²_t), with μ_t and σ²_t the mean and variance of log p over all the tokens "
            "that could have come (Bao et al. 2024; one model scores and samples); near 0, the words are as varied as if the model drew "
            "them; well above, they are mostly its favourites; it grows with the square root of the length."
            if en
            else "Courbure : d = (Σ log p(x_t) − Σ μ_t) / √(Σ σ²_t), où μ_t et σ²_t sont la moyenne et la variance de log p sur tous les "
            "tokens qui auraient pu venir (Bao et al. 2024 ; un seul modèle note et tire) ; près de 0, les mots sont aussi variés que si le "
            "modèle les tirait ; bien au-dessus, ce sont surtout ses favoris ; elle croît comme la racine carrée de la longueur."
        )
    parts.append(
        "Log-rank: mean natural logarithm of the place of each token in the model’s list, 0 when always first (Gehrmann et al. 2019; Mitchell "
        "et al. 2023). LRR = −Σ log p(x_t) / Σ log rank(x_t) (Su et al. 2023)."
        if en
        else "Log-rang : moyenne du logarithme naturel de la place de chaque token dans la liste du modèle, 0 s’il est toujours premier (Gehrmann "
        "et al. 2019 ; Mitchell et al. 2023). LRR = −Σ log p(x_t) / Σ log rang(x_t) (Su et al. 2023)."
    )
    if "binoculars" in m.intervals:
        parts.append(
            "Binoculars = −Σ log p(x_t) / Σ H(q_t, p_t), with q the observer and H the cross-entropy (Hans et al. 2024); low for generated text. "
            "No threshold was measured for it."
            if en
            else "Binoculars = −Σ log p(x_t) / Σ H(q_t, p_t), où q est l’observateur et H l’entropie croisée (Hans et al. 2024) ; bas pour un texte "
            "engendré. Aucun seuil n’a été mesuré pour lui."
        )
    parts.append(
        "Intervals: 95%, circular block bootstrap, blocks of 20 tokens, 1,000 draws; none under 40 tokens. White space, quotation marks and "
        "dashes are made plain before the text is read; 16 pieces at most are read."
        if en
        else "Intervalles : 95 %, bootstrap circulaire par blocs de 20 tokens, 1 000 tirages ; aucun sous 40 tokens. Espaces, guillemets et tirets "
        "sont uniformisés avant la lecture ; 16 morceaux au plus sont lus."
    )
    return " ".join(parts)


def limits(m: Measured, lang: Lang) -> str:
    """What the measurement cannot tell, with the rates of those who are wronged, measured."""
    en = lang == "en"
    reference = load()
    scale, bounds = m.verdict.scale, m.verdict.threshold
    parts = [
        "A score is no proof of authorship, and no decision about a person should rest on it."
        if en
        else "Un score ne prouve pas qui est l’auteur, et aucune décision sur une personne ne devrait reposer sur lui."
    ]
    if scale is not None and bounds is not None:
        parts.append(hurt(scale, bounds, lang))
        made = reference.generated[scale.language].get(lang)
        if bounds.rate > m.rate + 1e-9:
            asked, given = stated(m.rate, lang), stated(bounds.rate, lang)
            parts.append(
                f"A rate of {asked} was asked for; {len(scale.people)} passages by people cannot show less than {given}."
                if en
                else f"Un taux de {asked} était demandé ; {len(scale.people)} passages de personnes ne permettent pas moins de {given}."
            )
        parts.append(
            f"The generated passages come only from small models ({made}); other generators, larger ones above all, were not measured, and most of their "
            "texts may pass unseen."
            if en
            else f"Les passages engendrés ne viennent que de petits modèles ({made}) ; les autres générateurs, surtout les grands, n’ont pas été mesurés, et la "
            "plupart de leurs textes peuvent passer inaperçus."
        )
    parts.append(
        "Elsewhere, seven detectors flagged on average about 61% of 91 essays that non-native speakers wrote for the TOEFL (Liang et al. 2023). Rewording, "
        "translation or a higher temperature hide generated text (Krishna et al. 2023; Sadasivan et al. 2023). Famous texts, quotations, lists, code and "
        "verse shift the numbers."
        if en
        else "Ailleurs, sept détecteurs ont signalé en moyenne environ 61 % de 91 copies de non-natifs pour le TOEFL (Liang et al. 2023). La réécriture, la "
        "traduction ou une température plus haute cachent un texte engendré (Krishna et al. 2023 ; Sadasivan et al. 2023). Textes célèbres, citations, "
        "listes, code et vers déplacent les nombres."
    )
    if (scale.language if scale else m.features.language) == "fr":
        parts.append(
            "SmolLM2 has read little French: almost every French text surprises it."
            if en
            else "SmolLM2 a lu peu de français : presque tout texte français le surprend."
        )
    return " ".join(parts)


def hurt(scale: Scale, bounds: Threshold, lang: Lang) -> str:
    """Who is wrongly flagged, measured: plain and learners' texts, and a kind that was never seen."""
    apart = [group for group in scale.groups if group.people and not group.counts]
    found = []
    for group in apart:
        count, n = flagged(group, bounds), len(group.scores)
        low, high = wilson(count, n)
        spread = interval(100 * low, 100 * high, lang, 1)
        found.append(
            f"{group.label.en}: {count} of {n} ({spread}%)"
            if lang == "en"
            else f"{group.label.fr} : {count} sur {n} ({spread} %)"
        )
    late = [
        (g.unseen[0 if bounds.rate < 0.03 else 1] / len(g.scores), g)
        for g in scale.groups
        if g.people and g.unseen and len(g.scores) >= FEW
    ]
    if not late:
        return ""
    share, worst = max(late, key=lambda pair: pair[0])
    # What a kind that the reference lacks may meet: the worst of those that were left out in turn.
    if lang == "en":
        start = f"Wrongly flagged at this threshold: {listed(found, lang)}. " if found else ""
        return (
            f"{start}For a kind of text that the classifier never saw, the rate can be far above the stated one: leaving out each kind in turn, up to "
            f"{percent(share, lang)} ({worst.label.en})."
        )
    start = f"Signalés à tort à ce seuil : {listed(found, lang)}. " if found else ""
    return (
        f"{start}Pour une sorte de texte que le classifieur n’a jamais vue, le taux peut dépasser de loin celui qui est annoncé : en écartant chaque sorte "
        f"à son tour, jusqu’à {percent(share, lang)} ({worst.label.fr})."
    )
