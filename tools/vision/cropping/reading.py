"""How to read the numbers, and what they cannot tell."""

from __future__ import annotations

from tools.finding import Lang
from tools.vision.cropping.measure import Drawn, Seen

METHOD = {
    "spectral": {
        "en": "spectral residual (Hou and Zhang 2007): what is unexpected in the frequencies of the picture reduced to 64 × 64 points",
        "fr": "résidu spectral (Hou et Zhang 2007) : ce qui est inattendu dans les fréquences de l’image réduite à 64 × 64 points",
    },
    "fine": {
        "en": "centre against surround (Montabone and Soto 2010): how far each point differs in brightness from what is around it",
        "fr": "centre contre entourage (Montabone et Soto 2010) : l’écart de luminosité entre chaque point et ce qui l’entoure",
    },
}


def drawn_how(d: Drawn, lang: Lang) -> str:
    """Shares, intervals, gap, formulas."""
    if lang == "en":
        return (
            f"The saliency map says how much each point stands out; method: {METHOD[d.kind]['en']}; smoothed over 2% of the longer side. "
            "Best point: crop point = argmax of the map. Drawn point: P(point) = saliency(point) / sum, so a person is kept "
            "with the chance of the map on their half (Yee et al. 2021 call the difference argmax bias). "
            "Share = images kept / images; 50% is no preference. Its interval is Wilson’s: (k + z²/2 ± z·√(k(n − k)/n + z²/4)) / (n + z²), "
            "z = 1.96, with n the number of pairs and k = images kept / 2, because the two orders of a pair are not independent; "
            "p is the exact binomial test on the pairs that the order does not decide. "
            "Gap = share of the best point − share of drawn points, on the same pairs; its interval, and that of the drawn points, draws the looks (professions, hair) 2,000 times. "
            "For the published counts n is the number of images and the test is exact."
        )
    return (
        f"La carte de saillance dit combien chaque point ressort ; méthode : {METHOD[d.kind]['fr']} ; lissée sur 2 % du plus grand côté. "
        "Meilleur point : point de cadrage = argmax de la carte. Point tiré : P(point) = saillance(point) / somme, si bien qu’une personne "
        "est gardée avec la probabilité de la carte sur sa moitié (Yee et al. 2021 nomment la différence « argmax bias »). "
        "Part = images gardées / images ; 50 % veut dire aucune préférence. Son intervalle est celui de Wilson : (k + z²/2 ± z·√(k(n − k)/n + z²/4)) / (n + z²), "
        "z = 1,96, où n est le nombre de paires et k = images gardées / 2, car les deux ordres d’une paire ne sont pas indépendants ; "
        "p vient du test binomial exact sur les paires que l’ordre ne décide pas. "
        "Écart = part du meilleur point − part des points tirés, sur les mêmes paires ; son intervalle, comme celui des points tirés, retire 2 000 fois au sort les apparences (métiers, cheveux). "
        "Pour les comptes publiés, n est le nombre d’images et le test est exact."
    )


def drawn_limits(d: Drawn, lang: Lang) -> str:
    """What is shown, what is assumed."""
    if lang == "en":
        return (
            "Shown: with an untrained saliency method, one best point turns a small difference of the map into all or nothing, "
            "and things that have nothing to do with people move it. "
            "Not shown: how Twitter’s network treated anyone. That network learnt from the gaze of people and is no longer public; "
            "these methods learnt nothing. The tall picture is an example chosen because its crop moves. Drawings (Noto Emoji) are not photographs: two flat skin tones, and women and men that differ in hair "
            "and clothes too. Skin and gender are what the drawing says, not a reading of any person. "
            "Pairs of one look resemble each other, and the variations are not corrected for being many. "
            "In the published counts the same portraits return in many pairs, so their intervals are narrower than they should be; "
            "labels of skin and gender are those of the source. A share near 50% is no proof of fairness: who is cut out still matters to them (Yee et al. 2021)."
        )
    return (
        "Montré : avec une méthode de saillance sans apprentissage, un seul meilleur point change une petite différence de la carte en tout ou rien, "
        "et des choses sans rapport avec les personnes le déplacent. "
        "Non montré : comment le réseau de Twitter traitait qui que ce soit. Ce réseau avait appris du regard de personnes et n’est plus public ; "
        "ces méthodes-ci n’ont rien appris. L’image haute est un exemple choisi parce que son cadrage bouge. Des dessins (Noto Emoji) ne sont pas des photographies : deux teintes de peau unies, et des femmes et des hommes "
        "qui diffèrent aussi par les cheveux et les vêtements. La peau et le genre sont ce que dit le dessin, pas la lecture d’une personne. "
        "Les paires d’une même apparence se ressemblent, et les variations ne sont pas corrigées de leur nombre. "
        "Dans les comptes publiés, les mêmes portraits reviennent dans beaucoup de paires : leurs intervalles sont plus étroits qu’ils ne devraient ; "
        "les étiquettes de peau et de genre sont celles de la source. Une part proche de 50 % ne prouve pas l’équité : être coupé compte pour qui l’est (Yee et al. 2021)."
    )


def seen_how(s: Seen, kind: str, lang: Lang) -> str:
    """Map, crops, faces."""
    if lang == "en":
        return (
            f"The saliency map says how much each point stands out; method: {METHOD[kind]['en']}; smoothed over 2% of the longer side. "
            "A crop is the largest frame of the asked ratio, as near its point as the borders allow: the best point (argmax), the centre, "
            "or 1,000 points drawn with P(point) = saliency(point) / sum. Kept = sum of the map inside / sum of the map; "
            "an even map would keep the share of the area. A face is kept when its middle is inside; faces are found, never recognised."
        )
    return (
        f"La carte de saillance dit combien chaque point ressort ; méthode : {METHOD[kind]['fr']} ; lissée sur 2 % du plus grand côté. "
        "Un cadrage est le plus grand cadre du rapport demandé, aussi près de son point que les bords le permettent : le meilleur point (argmax), le centre, "
        "ou 1 000 points tirés avec P(point) = saillance(point) / somme. Gardé = somme de la carte dedans / somme de la carte ; "
        "une carte uniforme garderait la part de la surface. Un visage est gardé quand son milieu est dedans ; les visages sont trouvés, jamais reconnus."
    )


def seen_limits(s: Seen, kind: str, lang: Lang) -> str:
    """One picture, another network."""
    if lang == "en":
        return (
            "One picture shows what a rule does, not whom it favours: for that, run the tool without a picture, or see the published counts. "
            "This is not Twitter’s network, which learnt from people’s gaze and is no longer public; these methods know edges and contrast, not faces. "
            "The face detector can miss faces or see some where there are none."
        )
    return (
        "Une image montre ce que fait une règle, pas qui elle favorise : pour cela, lancez l’outil sans image, ou voyez les comptes publiés. "
        "Ce n’est pas le réseau de Twitter, qui avait appris du regard de personnes et n’est plus public ; ces méthodes connaissent les bords et les contrastes, pas les visages. "
        "Le détecteur peut manquer des visages ou en voir où il n’y en a pas."
    )
