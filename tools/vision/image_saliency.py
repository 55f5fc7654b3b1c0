"""Which places of a picture make an image classifier answer what it answers, and can that map be believed?

Grad-CAM, integrated gradients, SmoothGrad, occlusion, LIME and SHAP, with the checks a saliency map needs before
anyone reads it: completeness, deletion and insertion against chance, agreement with a second method, and copies
of the network with random weights (Adebayo et al. 2018, arXiv 1810.03292).
"""

from __future__ import annotations

from typing import Annotated, Literal

from tools.errors import BadInput
from tools.finding import Finding, Text, both
from tools.tool import Run, arg, tool

EXAMPLE = "coffee"


@tool(
    wing="vision",
    version="1",
    title=Text(en="What the network looks at in a picture", fr="Ce que le réseau regarde dans une image"),
    question=Text(
        en="Which places of the picture make the classifier give this answer, and can that map be believed?",
        fr="Quels endroits de l’image font donner cette réponse au classifieur, et peut-on croire cette carte ?",
    ),
    needs=Text(en="about 20 s, EfficientNet-Lite0 (17 MB)", fr="environ 20 s, EfficientNet-Lite0 (17 Mo)"),
    seconds=600,
    examples={
        "en": [
            "What does the classifier look at in this photo?",
            "Grad-CAM on the coffee picture",
            "show me a heat map of what the network sees in cat.jpg",
            "Why does the model think this is a football helmet? Highlight the pixels.",
            "integrated gradients vs occlusion on an image, side by side",
            "Explain an image classification with LIME superpixels",
            "SHAP values for a picture",
            "Is the saliency map just an edge detector? Run the Adebayo sanity check on Grad-CAM.",
            "deletion and insertion curves for the explanation of photo.png",
            "Which part of my x-ray image drives the prediction? ./scan.png",
            "does the wolf/husky network look at the snow or at the animal?",
            "My students ask how a CNN recognises an espresso. Show where it looks.",
            "SmoothGrad for the class “missile” on the rocket picture with mobilenet-v2",
            "hide parts of the picture one after the other and tell me which one changes the answer most",
        ],
        "fr": [
            "Que regarde le classifieur dans cette photo ?",
            "Grad-CAM sur l’image du café",
            "montre-moi une carte de chaleur de ce que le réseau voit dans chat.jpg",
            "Pourquoi le modèle voit-il un casque de football ici ? Surligne les pixels.",
            "gradients intégrés contre occlusion sur une image, côte à côte",
            "Explique une classification d’image avec les superpixels de LIME",
            "valeurs SHAP d’une image",
            "La carte de saillance de cette image n’est-elle qu’un détecteur de contours ? Fais le contrôle d’Adebayo sur Grad-CAM.",
            "courbes de retrait et d’ajout pour l’explication de photo.png",
            "Quelle partie de ma radio décide de la prédiction ? ./radio.png",
            "le réseau loup/husky regarde-t-il la neige ou l’animal ?",
            "Mes élèves demandent comment un réseau reconnaît un expresso : montre où il regarde.",
            "SmoothGrad pour la classe « missile » sur l’image de la fusée avec mobilenet-v2",
            "cache l’une après l’autre les parties de l’image et dis-moi laquelle change le plus la réponse",
        ],
    },
)
def image_saliency(
    run: Run,
    image: Annotated[
        str,
        arg("a built-in picture (cat, coffee, rocket, astronaut, hopper, china, flower) or the path of your own",
            "une image fournie (cat, coffee, rocket, astronaut, hopper, china, flower) ou le chemin de la vôtre",
            max_length=1000),
    ] = EXAMPLE,
    target: Annotated[
        str,
        arg("the class to explain: its English name or its number; none: the network’s first choice",
            "la classe à expliquer : son nom anglais ou son numéro ; aucune : le premier choix du réseau", max_length=100),
    ] = "",
    method: Annotated[
        Literal["gradcam", "integrated_gradients", "smoothgrad", "occlusion", "lime", "shap"],
        arg("the map that is drawn and checked", "la carte qui est dessinée et contrôlée"),
    ] = "gradcam",
    against: Annotated[
        Literal["none", "gradcam", "integrated_gradients", "smoothgrad", "occlusion", "lime", "shap"],
        arg("a second map beside it, to see whether they agree", "une seconde carte à côté, pour voir si elles s’accordent"),
    ] = "occlusion",
    blank: Annotated[
        Literal["blur", "grey", "black"],
        arg("what stands for nothing: the place out of focus, middle grey, or black",
            "ce qui tient lieu de rien : l’endroit flou, un gris moyen, ou du noir"),
    ] = "blur",
    model: Annotated[
        str,
        arg("the classifier: efficientnet-lite0, mobilenet-v2, a folder or a Hugging Face id",
            "le classifieur : efficientnet-lite0, mobilenet-v2, un dossier ou un identifiant Hugging Face", max_length=300),
    ] = "efficientnet-lite0",
) -> Finding:  # fmt: skip
    """Where in the picture the answer comes from, by one or two methods, and how far the map can be believed."""
    from tools.specimens.vision import load_classifier
    from tools.vision.pictures import BUILTIN, read
    from tools.vision.saliency import reading, tables, text
    from tools.vision.saliency.checks_figure import curves_figure, random_figure
    from tools.vision.saliency.figure import maps_figure
    from tools.vision.saliency.maps import Method
    from tools.vision.saliency.measure import measure

    if not image.strip():
        raise BadInput(
            f"image_saliency needs a picture: give a path, or one of {', '.join(BUILTIN)}.",
            f"image_saliency a besoin d’une image : donnez un chemin, ou l’une de {', '.join(BUILTIN)}.",
        )
    run.progress("Loading the picture and the network", "Chargement de l’image et du réseau")
    picture, subject = read(image), load_classifier(model)

    def on_step(stage: str, done: int, total: int) -> None:
        run.progress(text.STAGES[stage].en, text.STAGES[stage].fr, done, total)

    methods: list[Method] = [method]
    if against != "none" and against != method:
        methods.append(against)
    m = measure(subject, picture.pixels, target, methods, blank, run.rng, run.seed, on_step)
    builtin = image.strip().lower() in BUILTIN
    shown = Text(
        en=f"the built-in picture ({picture.shows.en})" if builtin else "your picture",
        fr=f"l’image fournie ({picture.shows.fr})" if builtin else "votre image",
    )
    name = model.strip()
    return run.finding(
        private=picture.private,
        specimen=subject.specimen,
        estimates=tables.estimates(m),
        tables=tables.tables(m),
        figures=[
            maps_figure(m, picture.shows, name, run.seed, run.lang),
            curves_figure(m, name, run.seed, run.lang),
            random_figure(m, name, run.seed, run.lang),
        ],
        summary=Text(en=text.summary(m, shown.en, "en"), fr=text.summary(m, shown.fr, "fr")),
        how_to_read=both(reading.how_to_read, m),
        limits=both(reading.limits, m),
        references=tables.references(m),
    )
