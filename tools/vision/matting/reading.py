"""How to read a ``background_matting`` result, and what it cannot tell, in English and in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang

if TYPE_CHECKING:
    from tools.vision.matting.measure import Measured


def how_to_read(m: Measured, lang: Lang) -> str:
    """What the numbers mean, with the formulas and their sources."""
    takes = len(m.takes)
    if lang == "en":
        return (
            "head kept = head pixels that the mask gives to the person (0.5 or more) / head pixels. "
            "IoU = pixels in both masks / pixels in either, for the whole person (Jaccard 1901). "
            "A stop halves or doubles the light; the pixel values follow the sRGB curve, so −5 stops is about a fifth of them. "
            "Contrast shrinks values towards a mid grey, noise is the standard deviation in steps of 256 on the picture of 256 by 256 pixels that the "
            "network reads, blur is in % of the longest side. "
            "Which factor explains: S_i = Var(E[Y | X_i]) / Var(Y), a Sobol index, here computed exactly on a full grid where every "
            "level is equally likely (the split of an analysis of variance); “with interactions” is the total index "
            "E[Var(Y | all but X_i)] / Var(Y) (Homma and Saltelli 1996). Shares alone add up to less than 100%: the rest is "
            f"factors acting together. The 95% intervals resample the {takes} takes of the grid, each with its own framing and noise, "
            "2,000 times; those of the drawings resample the twelve drawings. The ten other framings move the person before a plain "
            "wall in the median colour of the backdrop. The virtual background is a photograph of a pavilion "
            "(scikit-learn, danielbuechele, CC BY 2.0)."
        )
    return (
        "part de la tête conservée = pixels de la tête que le masque donne à la personne (0,5 ou plus) / pixels de la tête. "
        "IoU = pixels dans les deux masques / pixels dans l’un ou l’autre, pour toute la personne (Jaccard 1901). "
        "Un indice de lumination (IL) divise ou multiplie la lumière par deux ; les valeurs des pixels suivent la courbe sRGB, et "
        "−5 IL en laissent environ un cinquième. Le contraste rapproche les valeurs d’un gris moyen ; le bruit est un écart-type en "
        "pas de 256, sur l’image de 256 × 256 pixels que lit le réseau ; le flou est en % du plus grand côté. "
        "Quel facteur explique : S_i = Var(E[Y | X_i]) / Var(Y), un indice de Sobol, calculé ici exactement sur une grille complète "
        "où chaque niveau a le même poids (la décomposition d’une analyse de la variance) ; « avec interactions » est l’indice total "
        "E[Var(Y | tous sauf X_i)] / Var(Y) (Homma et Saltelli 1996). Les parts des facteurs seuls font moins de 100 % : le reste "
        f"vient des facteurs qui agissent ensemble. Les intervalles à 95 % retirent 2 000 fois les {takes} prises de la grille, "
        "chacune avec son cadrage et son bruit ; ceux des dessins retirent les douze dessins. Les dix autres cadrages déplacent la "
        "personne devant un mur uni, de la couleur médiane du fond. Le fond virtuel est la photographie "
        "d’un pavillon (scikit-learn, danielbuechele, CC BY 2.0)."
    )


def limits(m: Measured, lang: Lang) -> str:
    """What is shown, what is assumed, what the test cannot tell."""
    if lang == "en":
        told = [
            "Shown: how this open model (MediaPipe selfie segmentation) treats one picture. Assumed by "
            "nobody here: that Zoom’s software of September 2020 failed for these reasons; its method, its data and the picture "
            "sent to it were never published, and the report rests on one person’s case.",
            "Every changed picture is a simulation. A darker head is the same head with less light: it is not another skin, and no "
            "other face, hair or camera.",
            "The shares depend on the levels chosen: a factor that is changed less explains less. With a wider range of noise or a "
            "narrower one of contrast their order could change.",
            "One picture is not a population: how often people of one skin tone lose their head needs many people photographed "
            "alike, with their consent.",
            "In the drawings skin is nearly one flat colour and some people are hardly found at all; they say what colour does to the network, "
            "not how it treats people. The tones of the drawings are the subject of the test; nobody’s skin or identity is guessed.",
        ]
        told.append(
            "The outlines of the head and the person were traced once for this project, to about two pixels."
            if m.by_hand
            else "No outline by hand exists for this picture: the head is the model’s own mask about the largest face, so what the "
            "model misses from the start does not count as lost."
        )
        return " ".join(told)
    told = [
        "Montré : comment ce modèle ouvert (MediaPipe selfie segmentation) traite une image. Supposé par "
        "personne ici : que le logiciel de Zoom de septembre 2020 ait échoué pour ces raisons ; sa méthode, ses données et l’image "
        "reçue n’ont jamais été publiées, et le récit repose sur le cas d’une personne.",
        "Toute image modifiée est une simulation. Une tête assombrie est la même tête avec moins de lumière : ce n’est ni une autre "
        "peau, ni un autre visage, ni d’autres cheveux, ni une autre caméra.",
        "Les parts dépendent des niveaux choisis : un facteur que l’on change moins explique moins. Avec plus de bruit ou moins de "
        "variation de contraste, leur ordre pourrait changer.",
        "Une image n’est pas une population : savoir combien de personnes d’une teinte de peau perdent leur tête demande beaucoup de "
        "personnes photographiées de la même façon, avec leur accord.",
        "Dans les dessins, la peau est presque un aplat et certaines personnes sont à peine trouvées ; ils disent ce que la couleur fait au réseau, "
        "non comment il traite des personnes. Les teintes des dessins sont l’objet du test ; aucune peau, aucune identité n’est "
        "devinée.",
    ]
    told.append(
        "Les contours de la tête et de la personne ont été tracés une fois pour ce projet, à deux pixels près environ."
        if m.by_hand
        else "Aucun contour à la main n’existe pour cette image : la tête est le masque du modèle lui-même autour du plus grand visage ; "
        "ce que le modèle manque dès le départ ne compte donc pas comme perdu."
    )
    return " ".join(told)
