"""Which group of pictures lies closer to which idea, in the vectors of an image model: the image association test.

Steed and Caliskan 2021 (iEAT), on drawings instead of photographs of people, with the versions that tell
an association from a colour.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from tools.finding import Finding, Text
from tools.tool import Run, arg, tool

SIDE = 224  # pixels at which a drawing is rendered


@tool(
    wing="vision",
    version="1",
    title=Text(en="Image association test (iEAT)", fr="Test d’association d’images (iEAT)"),
    question=Text(
        en="Which group of drawings lies closer to which idea, in the vectors of an image network?",
        fr="Quel groupe de dessins est le plus proche de quelle idée, dans les vecteurs d’un réseau de vision ?",
    ),
    needs=Text(
        en="an image classifier and drawings (20 MB, fetched once); 5 to 30 seconds",
        fr="un classifieur d’images et des dessins (20 Mo, téléchargés une fois) ; de 5 à 30 secondes",
    ),
    seconds=300,
    examples={
        "en": [
            "run the image embedding association test",
            "ieat",
            "Does the vision model link men with offices and women with the home?",
            "is the image network biased about skin colour? lighter and darker people with tools or weapons",
            "Reproduce the Steed and Caliskan test on image embeddings, please",
            "WEAT but for pictures",
            "do pictures of flowers look more pleasant than insects to a neural net",
            "iEAT gender science",
            "implicit association test on an image model: young and old faces",
            "How strongly does EfficientNet associate darker skin with weapons? Give me the effect size and p-value.",
            "test whether an unsupervised image model has human-like biases",
            "image association test in silhouette, is it just colour?",
            "compare the drawings of men and women in mobilenet-v2's embedding space",
            "are old people closer to sad faces for a computer vision model",
        ],
        "fr": [
            "lance le test d'association d'images",
            "ieat",
            "Est-ce que le modèle de vision associe les hommes au bureau et les femmes à la maison ?",
            "le réseau d'images est-il biaisé sur la couleur de peau ? peau claire ou foncée, outils ou armes",
            "Reproduis le test de Steed et Caliskan sur les plongements d'images, s'il te plaît",
            "WEAT mais pour des images",
            "les fleurs sont-elles plus agréables que les insectes pour un réseau de vision",
            "iEAT genre et science",
            "test d'association implicite sur un modèle d'images : visages jeunes et âgés",
            "À quel point EfficientNet associe-t-il la peau foncée aux armes ? Je veux la taille d'effet et la p-valeur.",
            "un modèle d'images appris sans étiquettes a-t-il des biais humains ?",
            "test d'association d'images en silhouette, est-ce juste la couleur ?",
            "compare les dessins d'hommes et de femmes dans l'espace de mobilenet-v2",
            "les personnes âgées sont-elles plus proches des visages tristes pour une machine",
        ],
    },
)
def ieat(
    run: Run,
    test: Annotated[
        Literal["all", "flowers", "gender-career", "gender-science", "skin", "skin-weapon", "age"],
        arg(
            "all, or one: flowers (and insects), gender-career, gender-science, skin (smiling or unhappy faces), skin-weapon, age",
            "all, ou l’un d’eux : flowers (fleurs et insectes), gender-career, gender-science, skin (visages souriants ou malheureux), "
            "skin-weapon, age",
        ),
    ] = "all",
    version: Annotated[
        Literal["colour", "grey", "silhouette"],
        arg(
            "how the drawings of the main result are seen: colour, grey or silhouette; all three are reported",
            "comment les dessins du résultat principal sont vus : colour, grey ou silhouette ; les trois sont donnés",
        ),
    ] = "colour",
    model: Annotated[
        str,
        arg(
            "the image model: efficientnet-lite0, mobilenet-v2, a folder or a Hugging Face id",
            "le modèle d’images : efficientnet-lite0, mobilenet-v2, un dossier ou un identifiant Hugging Face",
            max_length=400,
        ),
    ] = "efficientnet-lite0",
) -> Finding:
    """See the module docstring; errors: ``Missing`` when the model or the drawings are not fetched."""
    from tools.specimens.vision import load_classifier
    from tools.vision.images_association import figure, tables, text
    from tools.vision.images_association.measure import Drawing, measure
    from tools.vision.images_association.sets import TESTS
    from tools.vision.pictures import glyph

    run.progress("Loading the model", "Chargement du modèle")
    subject = load_classifier(model)
    chosen = list(TESTS.values()) if test == "all" else [TESTS[test]]

    def draw(code: str, background: tuple[int, int, int]) -> Drawing:
        run.progress("Drawing the pictures", "Dessin des images")
        return glyph(code, SIDE, background)

    def on_step(done: int, total: int) -> None:
        run.progress(f"Seen: {done} of {total} drawings", f"Vus : {done} dessins sur {total}", done, total)

    found = measure(subject, chosen, version, draw, run.seed, on_step)
    short = Path(model).name
    figures = [figure.forest(found, version, short, run.seed, run.lang)]
    if len(found) == 1:
        figures.insert(0, figure.lanes(found[0], version, short, draw, run.seed, run.lang))
    single = [tables.drawings(found[0], version)] if len(found) == 1 else []
    return run.finding(
        specimen=subject.specimen,
        estimates=tables.estimates(found, version),
        tables=[tables.versions(found, version), *single, tables.published(found)],
        figures=figures,
        summary=Text(en=text.summary(found, version, short, "en"), fr=text.summary(found, version, short, "fr")),
        how_to_read=Text(en=text.how_to_read(found, version, "en"), fr=text.how_to_read(found, version, "fr")),
        limits=text.LIMITS,
        references=["steed2021", "caliskan2017", "greenwald1998"],
    )
