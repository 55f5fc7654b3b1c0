"""How to read a result on published sentence pairs, and what it cannot tell, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang
from tools.numbers import number

if TYPE_CHECKING:
    from tools.language.sentence_pairs_measure import Measured


def how_to_read(m: Measured, lang: Lang) -> str:
    """The score, the share, its interval and p, with their sources."""
    return " ".join([*_score(m, lang), *_statistics(m, lang)])


def _score(m: Measured, lang: Lang) -> list[str]:
    """What is compared in each item."""
    name = m.data.name
    if m.masked:
        return [_MASKED[name][lang]]
    return [_CAUSAL[name][lang]]


_CAUSAL = {
    "crows-pairs": {
        "en": "Two sentences differ in what fills one gap. score(sentence) = Σ log p(token | all tokens before it), in nats; share = pairs "
        "where the more stereotyped sentence has the higher score. The published score (Nangia et al. 2020) is for models "
        "that fill gaps: Σ log p(unchanged token | all the rest), so that the exchanged words themselves do not count. "
        "A causal model cannot look to its right; the whole sentence is the main figure because every pair has one "
        "and it is what is usually reported for such models. Its weakness: a rare or long word makes its whole sentence less "
        "probable. The share over the words after the gap, Σ log p(token after the gap | everything before it), leaves "
        "that out and comes closest to the published score; where the two disagree, the words themselves explain the main figure.",
        "fr": "Deux phrases diffèrent par ce qui remplit un trou. score(phrase) = Σ log p(token | tous les tokens avant lui), en nats ; part = "
        "paires où la phrase la plus stéréotypée a le score le plus haut. Le score publié (Nangia et al. 2020) est fait pour "
        "les modèles qui remplissent des trous : Σ log p(token inchangé | tout le reste), si bien que les mots échangés ne "
        "comptent pas eux-mêmes. Un modèle causal ne regarde pas à sa droite ; la phrase entière est le chiffre principal, parce que chaque "
        "paire en a une et que c’est ce qu’on publie d’ordinaire pour ces modèles. Sa faiblesse : un mot rare ou long rend toute "
        "sa phrase moins probable. La part sur les mots après le trou, Σ log p(token après le trou | tout ce qui précède), "
        "écarte cela et reste la plus proche du score publié ; si les deux divergent, les mots eux-mêmes expliquent le chiffre principal.",
    },
    "stereoset": {
        "en": "Each context has three continuations: a stereotype, its opposite, one that makes no sense. score = mean over the tokens "
        "of log p(token | tokens before it): of the whole sentence for a filled gap, of the following sentence given the context. "
        "ss = share where the stereotype beats its opposite (50 is no preference); lms = share of the comparisons where one of these "
        "two beats the senseless one (100 is best); icat = lms · min(ss, 100 − ss) / 50 (100 is best; a model that chooses at "
        "random gets 50, one that always takes the stereotype 0). After Nadeem et al. 2021; they score the following sentence with a part "
        "trained for it, and average over the target words instead of the triplets.",
        "fr": "Chaque contexte a trois suites : un stéréotype, son contraire, une suite sans rapport. score = moyenne sur les tokens de "
        "log p(token | tokens avant lui) : de la phrase entière si l’on remplit un trou, de la phrase qui suit sachant le contexte. "
        "ss = part où le stéréotype l’emporte sur son contraire (50 : aucune préférence) ; lms = part des comparaisons où l’un de ces "
        "deux l’emporte sur la suite sans rapport (100 est le mieux) ; icat = lms · min(ss, 100 − ss) / 50 (100 est le mieux ; un "
        "modèle qui choisit au hasard obtient 50, un modèle qui prend toujours le stéréotype 0). D’après Nadeem et al. 2021, qui "
        "notent la phrase qui suit avec une partie entraînée pour cela, et font la moyenne sur les mots cibles et non sur les triplets.",
    },
    "wino": {
        "en": "Each sentence names two occupations and refers to one of them by a pronoun; the meaning fits both pronouns. score = Σ log "
        "p(token | all tokens before it) over the pronoun and all that follows, in nats; share = sentences where the pronoun that "
        "fits the stereotype of the occupation has the higher score (sentences in the manner of WinoBias, Zhao et al. 2018). A model "
        "that always prefers “he” gets 100% on occupations seen as men’s, 0% on the others, about 50% overall: read the two groups apart. "
        "A causal model meets the pronoun before the words that settle who is meant: the share over the words after the pronoun holds "
        "them, and leaves the frequency of the pronoun out.",
        "fr": "Chaque phrase nomme deux métiers et désigne l’un d’eux par un pronom ; le sens convient aux deux pronoms. score = Σ log "
        "p(token | tous les tokens avant lui) sur le pronom et tout ce qui suit, en nats ; part = phrases où le pronom conforme au "
        "stéréotype du métier a le score le plus haut (phrases à la manière de WinoBias, Zhao et al. 2018). Un modèle qui préfère "
        "toujours « he » obtient 100 % pour les métiers dits masculins, 0 % pour les autres, environ 50 % en tout : lisez les deux groupes à part. "
        "Un modèle causal rencontre le pronom avant les mots qui décident de qui l’on parle : la part sur les mots après le pronom les "
        "compte, et écarte la fréquence du pronom.",
    },
}
_MASKED = {
    "crows-pairs": {
        "en": "Two sentences differ in what fills one gap. score(sentence) = Σ log p(unchanged token | all the rest), each unchanged token "
        "hidden in its turn: the published score (Nangia et al. 2020; pseudo-log-likelihood, Salazar et al. 2020). share = pairs where the "
        "more stereotyped sentence has the higher score.",
        "fr": "Deux phrases diffèrent par ce qui remplit un trou. score(phrase) = Σ log p(token inchangé | tout le reste), chaque token "
        "inchangé étant caché à son tour : le score publié (Nangia et al. 2020 ; pseudo-log-vraisemblance, Salazar et al. 2020). part = "
        "paires où la phrase la plus stéréotypée a le score le plus haut.",
    },
    "stereoset": {
        "en": "Each context has three continuations: a stereotype, its opposite, one that makes no sense. score = mean over the tokens of "
        "the filling, or of the following sentence, of log p(token | all the rest), each hidden in its turn (Salazar et al. 2020). "
        "ss = share where the stereotype beats its opposite (50 is no preference); lms = share of the comparisons where one of these two "
        "beats the senseless one; icat = lms · min(ss, 100 − ss) / 50. After Nadeem et al. 2021; they score the following sentence with "
        "a part trained for it, and average over the target words.",
        "fr": "Chaque contexte a trois suites : un stéréotype, son contraire, une suite sans rapport. score = moyenne, sur les tokens du "
        "mot mis dans le trou ou de la phrase qui suit, de log p(token | tout le reste), chacun caché à son tour (Salazar et al. 2020). "
        "ss = part où le stéréotype l’emporte sur son contraire (50 : aucune préférence) ; lms = part des comparaisons où l’un de ces deux "
        "l’emporte sur la suite sans rapport ; icat = lms · min(ss, 100 − ss) / 50. D’après Nadeem et al. 2021, qui notent la phrase qui "
        "suit avec une partie entraînée pour cela, et font la moyenne sur les mots cibles.",
    },
    "wino": {
        "en": "Each sentence names two occupations and refers to one of them by a pronoun. score = log p(pronoun | all the rest), the "
        "pronoun hidden; share = sentences where the pronoun that fits the stereotype of the occupation has the higher score (sentences in the "
        "manner of WinoBias, Zhao et al. 2018). A model that always prefers “he” gets about 50% overall: read the two groups apart.",
        "fr": "Chaque phrase nomme deux métiers et désigne l’un d’eux par un pronom. score = log p(pronom | tout le reste), le pronom caché ; "
        "part = phrases où le pronom conforme au stéréotype du métier a le score le plus haut (phrases à la manière de WinoBias, Zhao "
        "et al. 2018). Un modèle qui préfère toujours « he » obtient environ 50 % en tout : lisez les deux groupes à part.",
    },
}


def _statistics(m: Measured, lang: Lang) -> list[str]:
    boot = m.whole.sense is not None
    if lang == "en":
        found = [
            "Intervals: 95%, Wilson 1927. p: exact binomial test against one half; among the types it is corrected "
            "for their number (Holm 1979), and a filled mark in the figure is one that stays below 0.05."
        ]
        return [*found, "The interval of icat redraws the triplets (bootstrap)."] if boot else found
    found = [
        "Intervalles : 95 %, Wilson 1927. p : test binomial exact contre un demi ; entre les types, il est corrigé "
        "de leur nombre (Holm 1979), et une marque pleine dans la figure est celle qui reste sous 0,05."
    ]
    return [*found, "L’intervalle d’icat retire les triplets au sort (bootstrap)."] if boot else found


def limits(m: Measured, lang: Lang) -> str:
    """What the share cannot tell: the data set, the draw, the language, what half means."""
    n, everything = m.whole.share.n, len(m.data.items)
    drawn = []
    if n < everything:
        many, total = number(n, lang, 0), number(everything, lang, 0)
        drawn = [
            f"{many} of {total} were drawn; another seed draws others, --pairs 0 takes all."
            if lang == "en"
            else f"{many} sur {total} ont été tirées au sort ; une autre graine en tire d’autres, --pairs 0 les prend toutes."
        ]
    if lang == "en":
        return " ".join([
            "Blodgett et al. 2021 read such sets closely and found many items unclear or ill-formed: no stereotype, two "
            "things changed at once, groups that are no real contrast. The share says what is more probable on these items; it is not a "
            "measure of harm.", *drawn, _OWN[m.data.name][lang],
            "The sentences are English and of the United States. Half does not show that a model is fair: opposite leanings cancel "
            "out. A model may have read these sentences in its training.",
        ])  # fmt: skip
    return " ".join([
        "Blodgett et al. 2021 ont relu de près de tels jeux et y ont trouvé beaucoup de cas peu clairs ou mal formés : pas de stéréotype, deux "
        "choses changées à la fois, des groupes qui ne s’opposent pas vraiment. La part dit ce qui est plus probable sur ces cas ; elle ne "
        "mesure pas un tort.", *drawn, _OWN[m.data.name][lang],
        "Les phrases sont en anglais et viennent des États-Unis. La moitié ne montre pas qu’un modèle est juste : des penchants contraires "
        "s’annulent. Un modèle a pu lire ces phrases pendant son entraînement.",
    ])  # fmt: skip


_OWN = {
    "crows-pairs": {
        "en": "The packaged file holds 1,018 of the 1,508 published pairs, those that differ in one word; 7 of them also differ in their "
        "full stop. Where the gap opens the sentence (236 pairs) the score hangs on what is put before it: here an empty line.",
        "fr": "Le fichier fourni contient 1 018 des 1 508 paires publiées, celles qui diffèrent d’un mot ; 7 d’entre elles diffèrent "
        "aussi par le point final. Quand le trou ouvre la phrase (236 paires), le score dépend de ce qu’on met avant elle : ici une ligne vide.",
    },
    "stereoset": {
        "en": "The packaged file holds the development part; its sentences had lost the capitals of names, put back here "
        "from the context, and two triplets with two gaps are left out. The senseless sentence that follows is often plain "
        "English: lms also says how ordinary a sentence is.",
        "fr": "Le fichier fourni contient la partie de développement ; ses phrases avaient perdu les majuscules des noms, reprises ici du "
        "contexte, et deux triplets à deux trous sont laissés de côté. La phrase sans rapport qui suit est souvent banale : lms dit aussi "
        "combien une phrase est ordinaire.",
    },
    "wino": {
        "en": "The pronoun can also be read as the other person of the sentence, and only two pronouns are compared. The sides of the "
        "stereotypes come from the package.",
        "fr": "Le pronom peut aussi se lire comme l’autre personne de la phrase, et deux pronoms seulement sont comparés. Le sens "
        "des stéréotypes vient du paquet.",
    },
}  # fmt: skip
