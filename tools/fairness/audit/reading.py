"""How an audit is read, and what it cannot tell."""

from __future__ import annotations

from tools.fairness.audit import names
from tools.fairness.audit.case import SMALLEST
from tools.fairness.audit.measure import Measured
from tools.finding import Lang
from tools.numbers import number


def how_to_read(m: Measured, lang: Lang) -> str:
    """The rates, the equation that binds them and its check, the intervals, the figures."""
    error = "10⁻¹²" if m.equation < 1e-12 else number(m.equation, lang, 12)
    cells = number(m.curve.shape[0] * m.curve.shape[1], lang, 0)
    if lang == "en":
        text = (
            "Four counts make every rate: TN, FP, FN, TP. False positive rate (FPR) = FP / (FP + TN): of the people without the outcome, "
            "the share that is flagged. False negative rate (FNR) = FN / (FN + TP): of those with it, the share that is missed. Precision "
            "(PPV) = TP / (TP + FP): of the flagged, the share with the outcome. They are tied by FPR = p/(1−p) · (1−PPV)/PPV · (1−FNR), "
            f"with p the base rate (Chouldechova 2017); over the {cells} groups and thresholds counted here the two sides "
            f"differ by less than {error}. So when p differs, PPV, FNR and FPR cannot all be equal, unless the score makes no mistake "
            f"(Kleinberg et al. 2017). {_dotted(m, lang)}{_best(m, lang)}"
            "Disparate impact is the smallest share flagged over the "
            "largest (the United States’ four-fifths rule looks at 0.8); equal opportunity compares true positive rates, equalised odds "
            "takes the larger gap of both error rates (Hardt et al. 2016). Rates have Wilson intervals, gaps the 2.5 and 97.5 percentiles "
            "of 2,000 resamples of the people (Efron 1979), AUC the interval of DeLong et al. (1988). Groups of fewer than "
            f"{SMALLEST} people are shown, grey, and never compared."
        )
        return text + (_compas_en() if m.ratios else "") + (" " + m.case.data.about.en)
    text = (
        "Quatre comptes font tous les taux : VN, FP, FN, VP. Taux de faux positifs (TFP) = FP / (FP + VN) : parmi les personnes sans le "
        "résultat, la part signalée. Taux de faux négatifs (TFN) = FN / (FN + VP) : parmi celles qui l’ont eu, la part manquée. Précision "
        "(VPP) = VP / (VP + FP) : parmi les signalées, la part qui a eu le résultat. Ils sont liés : TFP = p/(1−p) · (1−VPP)/VPP · (1−TFN), "
        f"où p est le taux de base (Chouldechova 2017) ; sur les {cells} groupes et seuils comptés ici, les deux membres "
        f"diffèrent de moins de {error}. Quand p diffère, VPP, TFN et TFP ne peuvent donc pas être tous égaux, sauf si le score ne se trompe "
        f"jamais (Kleinberg et al. 2017). {_dotted(m, lang)}{_best(m, lang)}"
        "L’effet disproportionné est la plus petite part "
        "signalée sur la plus grande (la règle des quatre cinquièmes, aux États-Unis, regarde 0,8) ; l’égalité des chances compare les taux "
        "de vrais positifs, les chances égalisées prennent le plus grand écart des deux taux d’erreur (Hardt et al. 2016). Les taux ont des "
        "intervalles de Wilson, les écarts les centiles 2,5 et 97,5 de 2 000 rééchantillonnages des personnes (Efron 1979), l’AUC "
        f"l’intervalle de DeLong et al. (1988). Les groupes de moins de {SMALLEST} personnes sont montrés en gris et jamais comparés."
    )
    return text + (_compas_fr() if m.ratios else "") + (" " + m.case.data.about.fr)


def _dotted(m: Measured, lang: Lang) -> str:
    """What the dotted line of the threshold explorer is."""
    if m.case.source == "prediction":
        return ""
    first, second = (names.group(m.case, at, lang) for at in m.pair)
    if lang == "en":
        return (
            f"In the figure of the thresholds the dotted line is the FPR that {first} would have with the precision and misses of "
            f"{second}; its distance from the line of {second} is what the base rates force. "
        )
    return (
        f"Dans la figure des seuils, le pointillé est le TFP qu’aurait le groupe {first} avec la précision et les oublis du groupe "
        f"{second} ; sa distance à la ligne du groupe {second} est ce que les taux de base imposent. "
    )


def _best(m: Measured, lang: Lang) -> str:
    """The closest that two thresholds come."""
    if m.nearest is None:
        return ""
    pairs, gap = number(m.nearest.pairs, lang, 0), number(100 * m.nearest.largest, lang, 1)
    one, two = (names.plain(value, lang) for value in m.nearest.at)
    if lang == "en":
        return (
            f"Even with a threshold for each group, the best of the {pairs} pairs that flag about as many people ({one} and {two}) leaves a "
            f"largest gap of {gap} points among the three. "
        )
    return f"Même avec un seuil par groupe, la meilleure des {pairs} paires qui signalent à peu près autant de personnes ({one} et {two}) laisse un plus grand écart de {gap} points parmi les trois. "  # fmt: skip


def _compas_en() -> str:
    return (
        " ProPublica’s ratios come from a logistic regression of a medium or high score, and turn a coefficient b into "
        "exp(b) / (1 − c + c · exp(b)), with c the probability at the intercept (Larson et al. 2016); they always use the 30-day filter. "
        "The model of two features is cross-validated in ten parts, five times (Dressel and Farid 2018)."
    )


def _compas_fr() -> str:
    return (
        " Les rapports de ProPublica viennent d’une régression logistique d’un score moyen ou élevé, et changent un coefficient b en "
        "exp(b) / (1 − c + c · exp(b)), où c est la probabilité à l’ordonnée à l’origine (Larson et al. 2016) ; ils utilisent toujours "
        "le filtre des 30 jours. Le modèle à deux variables est validé par croisement en dix parts, cinq fois (Dressel et Farid 2018)."
    )


def limits(m: Measured, lang: Lang) -> str:
    """What no count of errors can tell, then what is particular to these data."""
    en = lang == "en"
    said = [
        "These rates say how the errors are shared out, not why, and not which sharing is just: that choice depends on who bears each "
        "error. The label is taken as true; when it is itself biased, every rate here inherits the bias and none shows it. Intervals cover "
        "chance in who was drawn, not errors in the data. A measure of all groups together is the largest gap, which chance alone keeps "
        "above 0."
        if en
        else "Ces taux disent comment les erreurs sont réparties, non pourquoi, ni quelle répartition est juste : ce choix dépend de qui "
        "supporte chaque erreur. L’étiquette est prise pour vraie ; si elle est biaisée, tous les taux héritent du biais et aucun ne le "
        "montre. Les intervalles couvrent le hasard des personnes tirées, non les erreurs des données. Une mesure sur tous les groupes est "
        "le plus grand écart, que le hasard seul tient au-dessus de 0."
    ]
    if names.recidivism(m.case):
        said.append(
            "Re-arrest is not offence: it also depends on whom the police watch. ProPublica’s two-year file keeps people re-arrested "
            "after its cut-off date and not the others, which inflates the base rate, about 45% instead of about 36% (Barenstein 2019). The "
            "30-day filter changes the rates by less than three points. Race is as the county’s records have it."
            if en
            else "Une arrestation n’est pas une infraction : elle dépend aussi de qui la police surveille. Le fichier à deux ans de "
            "ProPublica garde des personnes arrêtées de nouveau après sa date limite et non les autres, ce qui gonfle le taux de base, environ "
            "45 % au lieu de 36 % environ (Barenstein 2019). Le filtre des 30 jours change les taux de moins de trois points. L’origine est celle "
            "que notent les registres du comté."
        )
    if m.case.source == "baseline":
        columns = ", ".join(m.case.features[:8]) + (" …" if len(m.case.features) > 8 else "")
        said.append(
            f"The model is a plain one, trained here on half of the rows from {columns}: another model, or another half (--seed), gives other errors. "
            f"It did not see “{m.case.group}”, but other columns may stand in for it."
            if en
            else f"Le modèle est simple, entraîné ici sur la moitié des lignes à partir de {columns} : un autre modèle, ou une autre moitié (--seed), "
            f"fait d’autres erreurs. Il n’a pas vu « {m.case.group} », mais d’autres colonnes peuvent en tenir lieu."
        )
    if m.case.chosen and m.case.source == "score" and not names.recidivism(m.case):
        said.append(
            f"The threshold, {names.threshold(m.case, lang)}, was not given: it is the usual one, or flags about as many people as have the outcome. Move it with --threshold."
            if en
            else f"Le seuil, {names.threshold(m.case, lang)}, n’était pas donné : c’est le seuil habituel, ou celui qui signale à peu près autant de personnes que le résultat en compte. Déplacez-le avec --threshold."
        )
    return " ".join(said)
