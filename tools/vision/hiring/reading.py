"""How to read a ``face_hiring`` finding, and what it cannot tell."""

from __future__ import annotations

from tools.finding import Lang


def how_to_read(world: bool, face: bool, lang: Lang) -> str:
    """What the numbers mean, the formulas in plain text, their sources."""
    return "\n\n".join(([_world(lang)] if world else []) + ([_face(lang)] if face else []))


def limits(world: bool, face: bool, lang: Lang) -> str:
    """What is assumed, what is shown, what nobody knows."""
    return "\n\n".join(([_world_limits(lang)] if world else []) + ([_face_limits(lang)] if face else []))


def _world(lang: Lang) -> str:
    if lang == "en":
        return (
            "The ratio divides the share of B that is selected by the share of A: 1 means equal rates. The four-fifths "
            "rule of the US agencies (Uniform Guidelines 1978, 29 CFR 1607.4(D)) generally takes a ratio under 0.80 as "
            "evidence of adverse impact. With g = −1 in A and +1 in B, skill S and noises N of mean 0 and variance 1:\n"
            "rating = S + 0.5 N − bias × [B];  answers = S + N;  face = r g + √(1 − r²) N, and speech likewise.\n"
            "The score is a ridge regression (Hoerl and Kennard 1970) of the ratings of past employees on the channels "
            "it is shown; the group is never shown. Ratios are medians over the worlds, with the middle 95% of these independent draws; the "
            "interval of the first world is a bootstrap (Efron 1979) over its applicants, the choice held fixed. The "
            "closed form gives the ratio with infinitely many people: it checks the simulation. “At equal score” is "
            "the coefficient of B in a least-squares line of skill (or rating) on score and group; 0 would be a "
            "score that means the same for both. EPIC’s complaint says that 10 to 30% of a HireVue score came "
            "from facial expressions; the share through the face printed here is that of this invented world."
        )
    return (
        "Le rapport divise la part de B qui est retenue par celle de A : 1 veut dire des taux égaux. La règle des quatre "
        "cinquièmes des agences des États-Unis (Uniform Guidelines 1978, 29 CFR 1607.4(D)) tient en général un rapport "
        "sous 0,80 pour l’indice d’un impact défavorable. Avec g = −1 dans A et +1 dans B, la compétence S et des bruits "
        "N de moyenne 0 et de variance 1 :\n"
        "évaluation = S + 0,5 N − biais × [B] ;  réponses = S + N ;  visage = r g + √(1 − r²) N, et de même la parole.\n"
        "Le score est une régression ridge (Hoerl et Kennard 1970) des évaluations d’anciens employés sur les canaux "
        "qu’on lui montre ; le groupe ne lui est jamais montré. Les rapports sont des médianes sur les mondes, avec les 95 % du milieu "
        "de ces tirages indépendants ; celui du premier monde est un bootstrap (Efron 1979) sur ses candidats, le choix "
        "restant fixé. La forme close donne le rapport avec une infinité de personnes : elle contrôle la simulation. "
        "« À score égal » est le coefficient de B dans une droite des moindres carrés de la compétence (ou de "
        "l’évaluation) sur le score et le groupe ; 0 serait un score qui veut dire la même chose pour tous. Selon la "
        "plainte d’EPIC, de 10 à 30 % d’un score de HireVue venait des expressions du visage ; la part imprimée ici est "
        "celle de ce monde inventé."
    )


def _face(lang: Lang) -> str:
    if lang == "en":
        return (
            "Each portrait is read once as it is, once more unchanged (the baseline: the shift must be 0) and once under "
            "each change; the person, the expression and the moment are the same. The model gives shares to seven "
            "expressions that sum to 1. The enthusiasm score is invented here, no vendor’s formula:\n"
            "enthusiasm = 50 + 50 × (happy + ½ surprised − sad − angry − fearful − disgusted), from 0 to 100.\n"
            "The range is the highest minus the lowest score over all versions. The face is located once and kept "
            "(framing changes apart), so that the shifts are those of the model alone; the table says whether the "
            "detector would have found the face again. Age and “female” are guesses of a second model, shown only "
            "to see them move."
        )
    return (
        "Chaque portrait est lu une fois tel quel, une fois encore inchangé (la base : le décalage doit être 0) et une fois "
        "sous chaque changement ; la personne, l’expression et l’instant sont les mêmes. Le modèle donne à sept "
        "expressions des parts dont la somme est 1. Le score d’enthousiasme est inventé ici, ce n’est la formule d’aucun "
        "vendeur :\n"
        "enthousiasme = 50 + 50 × (joie + ½ surprise − tristesse − colère − peur − dégoût), de 0 à 100.\n"
        "L’étendue est le score le plus haut moins le plus bas, sur toutes les versions. Le visage est repéré une fois "
        "pour toutes (sauf pour le cadrage) : les décalages sont donc ceux du modèle seul ; la table dit si le détecteur "
        "aurait retrouvé le visage. L’âge et la part « femme » sont devinés par un second modèle, et montrés "
        "seulement pour les voir bouger."
    )


def _world_limits(lang: Lang) -> str:
    if lang == "en":
        return (
            "This is a simulation: the numbers follow from the assumptions written above (equal skill, a constant bias, "
            "normal noise, a face and a way of speaking that say nothing about skill), and say nothing about HireVue, "
            "whose model and data are not public, nor about any real group. It shows that a scorer can learn a bias "
            "without being shown the group, and that leaving out one channel need not remove it; it does not show how "
            "large the bias of real ratings is. The four-fifths rule is a rule of thumb of one country, not a proof of "
            "fairness or of fault; with few people selected the ratio swings widely by chance. True skill is known here "
            "only because it was invented."
        )
    return (
        "C’est une simulation : les nombres découlent des hypothèses écrites ci-dessus (compétence égale, biais constant, "
        "bruit normal, visage et manière de parler sans lien avec la compétence) et ne disent rien de HireVue, dont le "
        "modèle et les données ne sont pas publics, ni d’aucun groupe réel. Elle montre qu’un score peut apprendre un "
        "biais sans qu’on lui montre le groupe, et que retirer un canal peut ne pas l’ôter ; elle ne montre pas de "
        "combien les évaluations réelles sont biaisées. La règle des quatre cinquièmes est une règle pratique d’un seul "
        "pays, ni preuve d’équité ni preuve de faute ; quand peu de personnes sont retenues, le rapport varie beaucoup "
        "par hasard. La compétence vraie n’est connue ici que parce qu’elle a été inventée."
    )


def _face_limits(lang: Lang) -> str:
    if lang == "en":
        return (
            "One or two portraits and changes that we chose and drew (simulated glasses, light, wall): no interval can be "
            "given for other faces, other cameras or other people, and no group is compared; the officer already wears glasses, the drawn ones go over them. The expression model is a "
            "small open one, not HireVue’s; a shift shows that such a score can move without any change in the person, "
            "not by how much a commercial one did. A score that stays still would not be valid for that: whether a face "
            "shows what a person feels, let alone skill, is disputed (Barrett et al. 2019). The age and gender "
            "guesses are the thing under study, never a fact about the person. Nobody is identified, and no uploaded "
            "picture is accepted."
        )
    return (
        "Un ou deux portraits et des changements choisis et dessinés par nous (lunettes, lumière, mur simulés) : aucun "
        "intervalle ne vaut pour d’autres visages, d’autres caméras ou d’autres personnes, et aucun groupe n’est comparé ; l’officière porte déjà des lunettes, celles qui sont dessinées vont par-dessus. "
        "Le modèle d’expression est un petit modèle ouvert, pas celui de HireVue ; un décalage montre qu’un tel score "
        "peut bouger sans que la personne change, pas de combien bougeait un score commercial. Un score qui ne bouge "
        "pas n’en serait pas valide pour autant : qu’un visage montre ce qu’une personne ressent, et à plus forte "
        "raison sa compétence, est contesté (Barrett et al. 2019). L’âge et le genre devinés sont l’objet étudié, "
        "jamais un fait sur la personne. Personne n’est identifié, et aucune image envoyée n’est acceptée."
    )
