"""How to read the lesson ``proxies``, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.fairness.learning import words
from tools.fairness.learning.words import pick, the
from tools.finding import Lang

if TYPE_CHECKING:
    from tools.fairness.learning.proxies import Proxies


def how_to_read(m: Proxies, lang: Lang) -> str:
    """AUC, gaps, folds, intervals."""
    if lang == "en":
        return (
            f"Every row is answered by {the(m.model, lang)} trained on the three quarters of the rows that do not hold it. Gap = share of {m.names[0]} called positive minus share of {m.names[1]} (threshold 0.5); below it, the same for the true cases that are found. "
            "AUC = P(score of a random member of the one group > score of a random member of the other), ties for half: 0.5 is nothing known, 1 is everything. For a column of words alone, each word counts by its share of the group on the other rows. "
            "Intervals: DeLong et al. 1988 for the AUC, 2,000 bootstrap draws within each group for the gaps (Efron 1979). That dropping the attribute does not suffice: Dwork et al. 2012."
        )
    return (
        f"Chaque ligne reçoit sa réponse d’un modèle ({the(m.model, lang)}) entraîné sur les trois quarts des lignes qui ne la contiennent pas. Écart = part de {m.names[0]} déclarée positive moins part de {m.names[1]} (seuil 0,5) ; au-dessous, de même pour les vrais cas trouvés. "
        "AUC = P(score d’un membre d’un groupe > score d’un membre de l’autre), égalités pour moitié : 0,5 ne sait rien, 1 sait tout. Pour une colonne de mots seule, chaque mot compte par sa part du groupe dans les autres lignes. "
        "Intervalles : DeLong et al. 1988 pour l’AUC, 2 000 tirages bootstrap dans chaque groupe pour les écarts (Efron 1979). Que retirer l’attribut ne suffise pas : Dwork et al. 2012."
    )


def limits(m: Proxies, lang: Lang) -> str:
    """Two groups; a gap is not yet an injustice; folds."""
    return pick(
        lang,
        f"Two groups are compared, {m.names[0]} and {m.names[1]}; others and their crossings are not (see fairness_audit). A gap does not say which of the two shares is just: the groups also differ in the file, and the file records past decisions. "
        "The intervals take the four models as given; other folds move the gaps a little. Another model may tell the column better. ",
        f"Deux groupes sont comparés, {m.names[0]} et {m.names[1]} ; les autres et leurs croisements ne le sont pas (voir fairness_audit). Un écart ne dit pas laquelle des deux parts est juste : les groupes diffèrent aussi dans le fichier, et le fichier garde des décisions passées. "
        "Les intervalles tiennent les quatre modèles pour donnés ; d’autres plis déplacent un peu les écarts. Un autre modèle peut mieux deviner la colonne. ",
    ) + words.common_limits(m.task, lang)
