"""The built-in sentences: one word in several senses, and the reading of a person's own.

Every sentence is ours. What tells the sense stands before the word, because a model that reads from left to right has
seen nothing else when it reaches it. The idea of the "bank" list is that of the EFELIA course (Sassatelli 2023);
"baguette" and "loup" are the words of J. Simon's course "Esprits numériques".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.errors import BadInput
from tools.finding import Text, same

MOST_SENTENCES = 120


@dataclass(frozen=True)
class Example:
    """A sentence and the sense the word has in it; ``None`` when nobody said."""

    text: str
    sense: Text | None


BUILT_IN: dict[str, list[tuple[Text, str]]] = {
    "bank": [
        (
            Text(en="money", fr="argent"),
            """To open a savings account, she went to the bank on Monday morning.
            After the loan was refused, he wrote to the manager of the bank in anger.
            The interest rates were raised last week by the central bank of the country.
            He withdrew his wages in cash from the bank before noon.
            The robbers took two million in notes from the vault of the bank at night.
            Her mortgage and her credit card are both with the same bank in town.""",
        ),
        (
            Text(en="river", fr="rivière"),
            """After the flood, mud covered the fields along the river bank for weeks.
            The anglers sat with their rods on the grassy bank all afternoon.
            The canoe drifted across the stream and touched the other bank at dusk.
            Otters swim in this water and dig their dens in the bank under the willows.
            The boat was moored with a rope to the muddy bank below the bridge.
            The river rose all night and broke its bank near the mill.""",
        ),
        (
            Text(en="store", fr="réserve"),
            """Donors gave two litres of plasma to the blood bank of the hospital.
            The unsold bread and the tins were left at the food bank of the parish.
            Frozen wheat and rice grains are kept in a seed bank under the ice.
            Patients waiting for a new cornea depend on the eye bank of the region.
            Frozen tissue of every patient was stored in a bank for research.
            Teachers may pick exercises from the shared question bank of the school.""",
        ),
        (
            Text(en="rely on", fr="compter sur"),
            """If the train is late again, you should not bank on a free seat.
            You may hope for good weather in April, but never bank on it.
            The team had no plan and seemed to bank on luck alone.
            Promises are cheap, so we cannot bank on them.
            They were too poor to save and had to bank on their children.
            With such an old engine, no sailor would bank on a quick return.""",
        ),
    ],
    "avocat": [
        (
            Text(en="lawyer", fr="homme de loi"),
            """Devant le tribunal, l’accusé s’est tourné vers son avocat pour répondre.
            Il a prêté serment au barreau de Lyon et il est devenu avocat en 2010.
            Pour contester son licenciement, elle a pris rendez-vous avec un avocat du quartier.
            Le juge a donné la parole au jeune avocat de la défense.
            La plaidoirie a duré deux heures et le jury a écouté cet avocat sans bouger.
            Après son arrestation, il a demandé à voir un avocat avant de parler.
            Le procès est repoussé parce que le premier avocat de la victime est malade.
            Elle a signé les papiers du divorce chez son avocat hier.""",
        ),
        (
            Text(en="fruit", fr="fruit"),
            """Pour le guacamole, il faut écraser à la fourchette la chair d’un avocat bien mûr.
            Dans la salade, elle a coupé des tomates, un concombre et un avocat en dés.
            Au marché, il a acheté un kilo d’oranges, deux mangues et un avocat trop dur.
            Sur une tranche de pain grillé, on étale un demi avocat avec du citron.
            Le noyau était énorme quand elle a ouvert son avocat pour le déjeuner.
            Pour le petit déjeuner, mélangez une banane et un gros avocat avec du lait.
            Garnissez les sushis de saumon, de riz et de quelques lamelles de cet avocat vert.
            Le serveur apporte des crevettes servies dans un avocat avec de la mayonnaise.""",
        ),
    ],
    "baguette": [
        (
            Text(en="bread", fr="pain"),
            """Chez le boulanger, il a demandé deux croissants et une baguette bien cuite.
            Pour le sandwich, elle a mis du fromage et du jambon dans une baguette fraîche.
            La farine est chère et le prix de la baguette augmente encore.
            Au petit déjeuner, on trempe dans le café un morceau de baguette beurrée.
            Le four est chaud et la pâte levée devient une baguette dorée.
            Il coupe le pain de campagne et sa sœur la baguette en tranches.""",
        ),
        (
            Text(en="wand", fr="magie"),
            """La fée transforme la citrouille en carrosse d’un coup de baguette dorée.
            Le sorcier prononce la formule et lève sa baguette vers le ciel.
            L’élève de l’école de magie a cassé sa baguette pendant le cours.
            Le magicien fait sortir un lapin du chapeau avec sa baguette noire.
            Pour jeter un sort au dragon, la sorcière agite sa baguette en l’air.
            L’enchanteur endort le roi en le touchant de sa baguette de bois.""",
        ),
        (
            Text(en="conductor’s baton", fr="chef d’orchestre"),
            """Le chef d’orchestre frappe le pupitre avec sa baguette et les violons se taisent.
            La symphonie commence dès que le maestro lève sa baguette devant les musiciens.
            Pour diriger le chœur, elle tient de la main droite une baguette blanche.
            Les flûtes suivent le rythme que le chef marque de sa baguette fine.
            À l’opéra, le nouveau directeur musical a posé sa baguette sur la partition.
            Après le dernier mouvement du concerto, le chef baisse sa baguette et salue.""",
        ),
    ],
    "loup": [
        (
            Text(en="wolf", fr="animal"),
            """Dans la forêt, les brebis ont été attaquées par un loup affamé.
            Les bergers des Alpes craignent pour leurs moutons à cause du loup gris.
            La meute hurle la nuit derrière un vieux loup blessé.
            Le Petit Chaperon rouge rencontre dans les bois le grand méchant loup noir.
            Les chasseurs ont suivi dans la neige les traces d’un loup solitaire.
            Le chien est un descendant domestiqué du loup sauvage.""",
        ),
        (
            Text(en="mask", fr="masque"),
            """Au carnaval de Venise, elle cachait ses yeux sous un loup de velours.
            Pour le bal masqué, il a acheté un costume, une cape et un loup noir.
            Les invités de la fête étaient déguisés et portaient tous un loup doré.
            Sa robe de soirée était assortie aux plumes de son loup brodé.
            On ne voyait de son visage que la bouche, car elle portait un loup de soie.
            À minuit, chaque danseur du bal ôta son loup devant les autres.""",
        ),
        (
            Text(en="sea bass", fr="poisson"),
            """Le pêcheur a sorti de ses filets deux daurades et un loup de mer.
            Au restaurant du port, le cuisinier grille au fenouil un loup entier.
            Le poissonnier vide et écaille pour nous un beau loup frais.
            Pour quatre personnes, faites cuire au four avec du citron un loup de ligne.
            Dans la Méditerranée, on pêche la sardine, le rouget et le loup argenté.
            La carte du jour propose des moules, une sole et un loup en croûte.""",
        ),
    ],
}


def examples(word: str, own: str) -> list[Example]:
    """The built-in sentences of a word, or a person's own, one a line (or between "|"), each "sense: sentence" or bare.

    Errors: ``BadInput`` for a word without sentences, or too many.
    """
    if not own.strip():
        if word.lower() not in BUILT_IN:
            known = ", ".join(BUILT_IN)
            raise BadInput(
                f"There are no built-in sentences for '{word}' (only {known}). Give your own as --sentences, one a line, "
                "each “sense: sentence”.",
                f"Il n’y a pas de phrases fournies pour « {word} » (seulement {known}). Donnez les vôtres à --sentences, une par "
                "ligne, chacune « sens : phrase ».",
            )
        return [
            Example(line.strip(), sense)
            for sense, lines in BUILT_IN[word.lower()]
            for line in lines.strip().split("\n")
        ]
    lines = [line.strip() for line in re.split(r"[\n|]", own) if line.strip()]
    if len(lines) > MOST_SENTENCES:
        raise BadInput(
            f"There are {len(lines)} sentences; at most {MOST_SENTENCES} are read.",
            f"Il y a {len(lines)} phrases ; on en lit {MOST_SENTENCES} au plus.",
        )
    return [_example(line, word) for line in lines]


def _example(line: str, word: str) -> Example:
    """A line of a person's own: what stands before its first colon is the sense, if short and without the word itself."""
    label, colon, rest = line.partition(":")
    label = label.strip()
    if (
        colon
        and rest.strip()
        and 0 < len(label.split()) <= 3
        and len(label) <= 30
        and word.lower() not in label.lower()
    ):
        return Example(rest.strip(), same(label))
    return Example(line, None)
