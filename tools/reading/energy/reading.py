"""How to read a footprint, and what it cannot tell."""

from __future__ import annotations

from tools.finding import Lang
from tools.reading.energy.study import Study


def how_to_read(study: Study, lang: Lang) -> str:
    """The formula with its source, the band, the grid."""
    return "\n\n".join([_formula(study, lang), _band(lang), _grid(lang)])


def _formula(study: Study, lang: Lang) -> str:
    if study.what == "training":
        return {
            "en": "Energy (kWh) = accelerators × hours × watts × PUE / 1000; carbon (kg) = energy × g CO₂e per kWh / 1000 (Strubell et al. 2019, equation 1; Patterson et al. 2021). PUE is the electricity of the whole building over that of its computers.",
            "fr": "Énergie (kWh) = accélérateurs × heures × watts × PUE / 1000 ; carbone (kg) = énergie × g CO₂e par kWh / 1000 (Strubell et al. 2019, équation 1 ; Patterson et al. 2021). Le PUE est l’électricité du bâtiment entier sur celle de ses ordinateurs.",
        }[lang]
    if study.what == "service":
        return {
            "en": "Energy (kWh) = requests × Wh of one request / 1000 (× PUE if you give one); carbon (kg) = energy × g CO₂e per kWh / 1000. The Wh are published figures with different borders: Gemini’s count cooling and idle machines, those of the open models (Luccioni et al. 2024) only the computer.",
            "fr": "Énergie (kWh) = requêtes × Wh d’une requête / 1000 (× PUE si vous en donnez un) ; carbone (kg) = énergie × g CO₂e par kWh / 1000. Les Wh sont des chiffres publiés dont les limites diffèrent : ceux de Gemini comptent le refroidissement et les machines au repos, ceux des modèles ouverts (Luccioni et al. 2024) l’ordinateur seul.",
        }[lang]
    if study.metered is not None and study.metered.meter == "codecarbon":
        return {
            "en": "Energy of a run = reading of codecarbon during the run − reading at rest per second × seconds of the run; the bound on the mean is Student’s at 95%. codecarbon reads the counters of processor and graphics card where it may, and assumes the rest.",
            "fr": "Énergie d’un passage = relevé de codecarbon pendant le passage − relevé au repos par seconde × secondes du passage ; la marge sur la moyenne est celle de Student à 95 %. codecarbon lit les compteurs du processeur et de la carte graphique quand il le peut, et suppose le reste.",
        }[lang]
    return {
        "en": "Energy (J) = processor seconds × watts per core. The seconds are those of this process, all threads together, less what rest takes; the bound on the mean is Student’s at 95%. The watts are those of Green Algorithms (Lannelongue et al. 2021): 12 W for an unknown core, 3.8 to 23.8 W in its table.",
        "fr": "Énergie (J) = secondes de processeur × watts par cœur. Les secondes sont celles de ce processus, tous fils réunis, repos déduit ; la marge sur la moyenne est celle de Student à 95 %. Les watts sont ceux de Green Algorithms (Lannelongue et al. 2021) : 12 W pour un cœur inconnu, 3,8 à 23,8 W dans son tableau.",
    }[lang]


def _band(lang: Lang) -> str:
    return {
        "en": "The band: each assumption is drawn at random on a logarithmic scale, half of the draws below its central value and half above (20,000 draws); nine tenths of the products lie in the band. The thin line joins all assumptions low to all high. A number you give without a range stands for itself times and divided by the spread of the table; write 380-420 for your own range, 400-400 for an exact number.",
        "fr": "La fourchette : chaque hypothèse est tirée au hasard sur une échelle logarithmique, la moitié des tirages sous sa valeur centrale et l’autre moitié au-dessus (20 000 tirages) ; neuf dixièmes des produits tombent dans la fourchette. Le trait fin va de toutes les hypothèses basses à toutes les hautes. Un nombre donné sans plage vaut lui-même multiplié et divisé par l’écart du tableau ; écrivez 380-420 pour votre plage, 400-400 pour un nombre exact.",
    }[lang]


def _grid(lang: Lang) -> str:
    return {
        "en": "The grids are yearly averages of 2023 over the life cycle (Our World in Data, from Ember and the Energy Institute; the world: Ember 2024).",
        "fr": "Les réseaux sont des moyennes annuelles de 2023 sur le cycle de vie (Our World in Data, d’après Ember et l’Energy Institute ; le monde : Ember 2024).",
    }[lang]


def limits(study: Study, lang: Lang) -> str:
    """What is left out, and what the meter does not see."""
    parts = [_own(study, lang), _left_out(lang)]
    if study.case.get("note"):
        parts.insert(0, study.case["note"][lang])
    return "\n\n".join(part for part in parts if part)


def _own(study: Study, lang: Lang) -> str:
    if study.what == "training":
        return {
            "en": "One training run, not the trials before it: Strubell et al. (2019) show that the search for a good recipe can cost thousands of runs. The published figures come from their makers or from estimates, none from an outside meter. The spreads ×/÷1.2 (power), 1.05 (PUE) and 1.4 (grid: hours and seasons differ from the average) are assumptions of this program.",
            "fr": "Un seul entraînement, sans les essais qui le précèdent : Strubell et al. (2019) montrent que chercher une bonne recette peut coûter des milliers de passages. Les chiffres publiés viennent des fabricants ou d’estimations, aucun d’un compteur extérieur. Les écarts ×/÷1,2 (puissance), 1,05 (PUE) et 1,4 (réseau : heures et saisons s’écartent de la moyenne) sont des hypothèses de ce programme.",
        }[lang]
    if study.what == "service":
        return {
            "en": "The figure of a request ages fast: Google says that its own fell 33 times in a year. It depends on the length of the answer, the model, and how many requests share a machine. Training is not shared out over the requests, nor are the network and the device of the person who asks.",
            "fr": "Le chiffre d’une requête vieillit vite : Google dit que le sien a été divisé par 33 en un an. Il dépend de la longueur de la réponse, du modèle, et du nombre de requêtes qui se partagent une machine. L’entraînement n’est pas réparti sur les requêtes, ni le réseau et l’appareil de la personne qui demande.",
        }[lang]
    m = study.metered
    card = ""
    if m is not None and m.device and m.meter == "cpu":
        card = {
            "en": f" A graphics card ({m.device}) is in use and is not counted: the true energy is higher.",
            "fr": f" Une carte graphique ({m.device}) travaille et n’est pas comptée : l’énergie réelle est plus grande.",
        }[lang]
    return {
        "en": "No wall socket was read. Screen, memory, disk, power supply and what the machine draws at rest are left out; other work of this same process at the same moment is counted with it. The first run, which loads the model, stands apart in the table. Another run gives other numbers: this is the one measurement here that the seed does not fix.",
        "fr": "Aucune prise n’a été mesurée. L’écran, la mémoire, le disque, l’alimentation et ce que la machine tire au repos sont laissés de côté ; un autre travail du même processus au même moment est compté avec. Le premier passage, qui charge le modèle, figure à part dans le tableau. Un autre essai donne d’autres nombres : c’est la seule mesure ici que la graine ne fixe pas.",
    }[lang] + card


def _left_out(lang: Lang) -> str:
    return {
        "en": "Left out everywhere: water, the making and scrapping of the machines, mining, noise, land, and what a service makes people do more or less of. Carbon by purchased certificates is not used, unless a published training counts that way (Google’s net figures).",
        "fr": "Laissés de côté partout : l’eau, la fabrication et la fin de vie des machines, les mines, le bruit, le sol, et ce qu’un service fait faire en plus ou en moins. Le carbone compensé par des certificats n’est pas utilisé, sauf quand un entraînement publié compte ainsi (chiffres nets de Google).",
    }[lang]
