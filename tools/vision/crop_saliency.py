"""Whom does an automatic crop keep, and what decides it?

A saliency map, the crop on its single best point, and crops on points drawn from it;
pairs of drawn people in both orders, beside the counts Twitter published with Yee,
Tantipongpipat and Mishra 2021 (CSCW, arXiv 2105.08667). Not Twitter's network.
"""

from __future__ import annotations

from typing import Annotated, Literal

from tools.errors import BadInput
from tools.finding import Finding, Text, both
from tools.tool import Run, arg, tool

EXAMPLES = {
    "en": [
        "Show me the Twitter crop incident",
        "Does an automatic crop prefer lighter faces?",
        "saliency crop bias",
        "Whom does the preview keep when two people are in a tall picture?",
        "crop the picture of the astronaut at 16:9 and 1:1",
        "Reproduce the 54.3% and 59.4% of the Twitter image cropping paper",
        "argmax versus sampling of the crop point",
        "Why did Twitter's thumbnails cut out Black people?",
        "Does swapping the two people change where the crop goes?",
        "image cropping: women against men",
        "where would a saliency-based thumbnail cut my photo",
        "Compare skin tone preference of spectral and fine-grained saliency",
        "Yee et al. 2021, pairwise preference with confidence intervals please",
        "what happens to the crop if the background is black instead of white?",
    ],
    "fr": [
        "Montre-moi l’affaire du recadrage de Twitter",
        "Un recadrage automatique préfère-t-il les visages clairs ?",
        "biais du recadrage par saillance",
        "Qui l’aperçu garde-t-il quand deux personnes sont dans une image haute ?",
        "recadre la photo de l’astronaute en 16:9 et en 1:1",
        "Retrouve les 54,3 % et 59,4 % de l’article sur le recadrage de Twitter",
        "argmax ou tirage au sort du point de cadrage",
        "Pourquoi les vignettes de Twitter coupaient-elles les personnes noires ?",
        "Est-ce qu’échanger les deux personnes change l’endroit du recadrage ?",
        "recadrage d’image : femmes contre hommes",
        "où une vignette par saillance couperait-elle ma photo",
        "Compare la préférence selon la peau des saillances spectral et fine",
        "Yee et al. 2021, préférence par paires avec intervalles de confiance svp",
        "que devient le cadrage si le fond est noir au lieu de blanc ?",
    ],
}


@tool(
    wing="vision",
    version="1",
    title=Text(en="Saliency crop", fr="Recadrage par saillance"),
    question=Text(
        en="Whom does an automatic crop keep, and what decides it?",
        fr="Qui un recadrage automatique garde-t-il, et qu’est-ce qui en décide ?",
    ),
    needs=Text(en="about 20 seconds, drawn people (3 MB)", fr="environ 20 secondes, personnages dessinés (3 Mo)"),
    seconds=300,
    examples=EXAMPLES,
)
def crop_saliency(
    run: Run,
    image: Annotated[
        str,
        arg(
            "drawn (pairs of drawn people, compared), a built-in picture (astronaut, hopper, coffee…) or the path of a picture, to crop it",
            "drawn (des paires de personnages dessinés, comparés), une image fournie (astronaut, hopper, coffee…) ou le chemin d’une image, pour la recadrer",
            max_length=1000,
        ),
    ] = "drawn",
    pairs: Annotated[
        Literal["both", "skin", "gender"],
        arg(
            "which drawn people are compared: unlike in skin, in gender, or both",
            "quels personnages dessinés sont comparés : skin (peau), gender (genre) ou both (les deux)",
        ),
    ] = "both",
    ratio: Annotated[
        str,
        arg(
            "width:height of the crops, for example 16:9, 3:4", "largeur:hauteur des cadrages, par exemple 16:9, 3:4",
            max_length=60,
        ),
    ] = "16:9, 3:4",
    saliency: Annotated[
        Literal["spectral", "fine"],
        arg(
            "the saliency method: spectral (spectral residual) or fine (centre against surround)",
            "la méthode de saillance : spectral (résidu spectral) ou fine (centre contre entourage)",
        ),
    ] = "spectral",
    background: Annotated[
        Literal["white", "grey", "black"],
        arg("background of the drawn people", "fond des personnages dessinés : white (blanc), grey (gris), black (noir)"),
    ] = "white",
) -> Finding:  # fmt: skip
    """The drawn pairs with their counts, or the crops of one picture; the published counts beside both."""
    from tools.vision.cropping.crops import ratios

    wanted = ratios(ratio)
    if image.strip().lower() in ("drawn", ""):
        return _pairs(run, pairs, wanted, saliency, background)
    return _picture(run, image, wanted, saliency)


def _pairs(
    run: Run,
    asked: Literal["both", "skin", "gender"],
    wanted: list[tuple[str, float]],
    saliency: Literal["spectral", "fine"],
    background: str,
) -> Finding:
    """The finding over the drawn people."""
    from tools.finding import Specimen
    from tools.specimens.vision import saliency_specimen
    from tools.vision.cropping import figure, forest, measure, reading, tables, text
    from tools.vision.pictures import glyph_specimen

    run.progress("Drawing the people", "Dessin des personnages")
    d = measure.drawn_people(run, saliency, background, asked, wanted)
    method, drawings = saliency_specimen(saliency), glyph_specimen()
    specimen = Specimen(
        name=f"{method.name}; {drawings.name}",
        source=f"{method.source}; {drawings.source}",
        revision=f"{method.revision}; {drawings.revision}",
        sha256=drawings.sha256,
        licence=f"{method.licence}; {drawings.licence}",
    )
    return run.finding(
        specimen=specimen,
        estimates=tables.drawn_estimates(d),
        tables=[tables.pairs_table(d), tables.published_table(), tables.variations_table(d)],
        figures=[
            figure.lesson_figure(d, run.seed, run.lang),
            forest.shares_figure(d, run.seed, run.lang),
            forest.variations_figure(d, run.seed, run.lang),
        ],
        summary=both(text.drawn_summary, d),
        how_to_read=both(reading.drawn_how, d),
        limits=both(reading.drawn_limits, d),
        references=["yee2021", "theis2018", "hou2007", "montabone2010", "wilson1927"],
    )


def _picture(
    run: Run, image: str, wanted: list[tuple[str, float]], saliency: Literal["spectral", "fine"]
) -> Finding:  # fmt: skip
    """The finding on one picture."""
    from tools.specimens.vision import load_faces
    from tools.vision.cropping import figure, measure, reading, tables, text
    from tools.vision.pictures import read

    run.progress("Reading the picture", "Lecture de l’image")
    picture = read(image)
    if (picture.pixels == picture.pixels[0, 0]).all():  # what remains would be rounding errors
        raise BadInput(
            "This picture has one colour only: nothing stands out in it. Give another one.",
            "Cette image n’a qu’une couleur : rien n’y ressort. Donnez-en une autre.",
        )
    faces = [(box.x + box.width / 2, box.y + box.height / 2) for box in load_faces().boxes(picture.pixels)]
    run.progress("Looking for what stands out", "Recherche de ce qui ressort")
    s = measure.look_at(picture.pixels, saliency, wanted, faces, run.rng)
    return run.finding(
        private=picture.private,
        specimen=picture.specimen,
        estimates=tables.seen_estimates(s),
        tables=[tables.crops_table(s), tables.published_table()],
        figures=[figure.crops_figure(s, picture.name, picture.shows, saliency, run.seed, run.lang)],
        summary=both(text.seen_summary, s, picture.shows),
        how_to_read=both(reading.seen_how, s, saliency),
        limits=both(reading.seen_limits, s, saliency),
        references=["yee2021", "theis2018", "hou2007", "montabone2010"],
    )
