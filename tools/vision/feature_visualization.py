"""What does a unit of an image network answer to? Pictures painted for it, real patches beside them.

Activation maximisation after Olah, Mordvintsev and Schubert 2017, from several seeds, with what real
pictures and noise reach, so that nobody has to take a pretty picture on trust.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from tools.finding import Finding, Text
from tools.tool import Number, Run, arg, tool

BUILTIN_TARGET = "daisy"


@tool(
    wing="vision",
    version="1",
    title=Text(
        en="What a unit looks for (feature visualisation)", fr="Ce que cherche une unité (visualisation de traits)"
    ),
    question=Text(
        en="Which picture excites a class, a channel or a neuron of an image network most?",
        fr="Quelle image excite le plus une classe, un canal ou un neurone d’un réseau de vision ?",
    ),
    needs=Text(
        en="an image classifier (17 MB, fetched once); about 30 seconds",
        fr="un classifieur d’images (17 Mo, téléchargé une fois) ; 30 secondes environ",
    ),
    seconds=300,
    examples={
        "en": [
            "visualise what the network looks for in a daisy",
            "feature visualization",
            "Paint the picture that excites the class volcano most",
            "show me the first layer filters of the image model",
            "What does channel 12 of EfficientNet respond to?",
            "activation maximisation for 'goldfinch', 4 seeds",
            "deep dream of a strawberry",
            "Could you show what a neuron in the middle of the network has learned to detect?",
            "what would the perfect zebra look like for the AI",
            "maximally activating image and the top real patches beside it",
            "I want to see what the classifier imagines when it thinks of a castle",
            "generate the input that maximises the logit of class 980",
            "Olah et al. feature visualisation of mobilenet-v2",
            "what do conv filters see",
        ],
        "fr": [
            "visualise ce que le réseau cherche dans une pâquerette",
            "visualisation de traits",
            "Peins l'image qui excite le plus la classe volcan",
            "montre-moi les filtres de la première couche du modèle d'images",
            "À quoi répond le canal 12 d'EfficientNet ?",
            "maximisation d'activation pour « goldfinch », 4 graines",
            "deep dream d'une fraise",
            "Pourriez-vous montrer ce qu'un neurone au milieu du réseau a appris à détecter ?",
            "à quoi ressemblerait le zèbre parfait pour l'IA",
            "image d'activation maximale et les meilleurs morceaux réels à côté",
            "Je veux voir ce que le classifieur imagine quand il pense à un château",
            "engendre l'entrée qui maximise le logit de la classe 980",
            "visualisation de traits de mobilenet-v2 comme Olah et al.",
            "que voient les filtres de convolution",
        ],
    },
)
def feature_visualization(
    run: Run,
    target: Annotated[
        Number,
        arg(
            "a class by name or number (daisy, volcano, 980), or the number of a channel",
            "une classe par son nom ou son numéro (daisy, volcano, 980), ou le numéro d’un canal",
            max_length=80,
        ),
    ] = BUILTIN_TARGET,
    kind: Annotated[
        Literal["class", "channel", "neuron"],
        arg(
            "class, channel (a filter everywhere) or neuron (at the middle place)",
            "class, channel (un filtre partout) ou neuron (à la place du milieu)",
        ),
    ] = "class",
    layer: Annotated[
        str,
        arg(
            "the layer of a channel or neuron; none: the middle one",
            "la couche d’un canal ou d’un neurone ; aucune : celle du milieu",
            max_length=120,
        ),
    ] = "",
    seeds: Annotated[
        int,
        arg(
            "how many pictures, from as many random starts",
            "combien d’images, d’autant de départs au hasard",
            ge=1,
            le=6,
        ),
    ] = 3,
    steps: Annotated[
        int, arg("steps of the search for each picture", "pas de la recherche pour chaque image", ge=16, le=512)
    ] = 96,
    model: Annotated[
        str,
        arg(
            "the image model: efficientnet-lite0, mobilenet-v2, a folder or a Hugging Face id",
            "le modèle d’images : efficientnet-lite0, mobilenet-v2, un dossier ou un identifiant Hugging Face",
            max_length=400,
        ),
    ] = "efficientnet-lite0",
) -> Finding:
    """See the module docstring; errors: ``BadInput`` for a class, layer or channel that does not exist."""
    from tools.specimens.vision import load_classifier
    from tools.vision.features import figure, tables, text, units
    from tools.vision.features.measure import first_layer, measure
    from tools.vision.pictures import BUILTIN, glyph, read

    run.progress("Loading the model", "Chargement du modèle")
    subject = load_classifier(model)
    unit = units.find(subject, kind, target, layer)
    library = {name: read(name).pixels for name in BUILTIN}
    library |= {name: glyph(code, subject.size) for name, code in text.DRAWINGS.items()}

    def on_step(stage: str, done: int, total: int) -> None:
        en, fr = {
            "patches": ("Real patches", "Morceaux réels"), "search": ("Painting: step", "Peinture : pas"), "noise": ("Random pictures", "Images au hasard"),
        }[stage]  # fmt: skip
        run.progress(f"{en} {done} of {total}", f"{fr} {done} sur {total}", done, total)

    m = measure(subject, unit, units.objective(subject, unit), library, steps, seeds, run.seed, on_step)
    short, weights = Path(model).name, first_layer(subject)
    figures = [figure.gallery(m, short, run.seed, run.lang)]
    if weights is not None:
        figures.append(figure.filters(weights, short, run.lang))
    builtin = target == BUILTIN_TARGET and kind == "class"
    return run.finding(
        specimen=subject.specimen,
        estimates=tables.estimates(m),
        tables=tables.tables(m),
        figures=figures,
        summary=Text(en=text.summary(m, short, "en", builtin), fr=text.summary(m, short, "fr", builtin)),
        how_to_read=Text(en=text.how_to_read(m, steps, "en"), fr=text.how_to_read(m, steps, "fr")),
        limits=text.LIMITS,
        references=["olah2017", "simonyan2014"],
    )
