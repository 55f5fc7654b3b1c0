"""Who disappears behind a virtual background, and under which light? A person's mask under controlled changes.

An open model of the kind that video calls use (MediaPipe selfie segmentation) looks at one portrait whose exposure,
wall, contrast, noise… are changed one at a time and together. Share of the head kept, intersection over union
(Jaccard 1901), and which factor explains the differences: Sobol indices (Homma and Saltelli 1996) of a full factorial. The
failure reported with Zoom in September 2020 cannot be measured here: its method was never published.
"""

from __future__ import annotations

from typing import Annotated

from tools.finding import Finding, Text, both
from tools.tool import Run, arg, tool
from tools.vision.matting.examples import EXAMPLES

PARTS = {
    "single": ("One change at a time", "Un changement à la fois"),
    "factorial": ("All changes together", "Tous les changements ensemble"),
    "search": ("Searching for what loses the head", "Recherche de ce qui perd la tête"),
    "framings": ("The same under other framings", "La même chose sous d’autres cadrages"),
}


@tool(
    wing="vision",
    version="1",
    title=Text(en="Virtual background", fr="Fond virtuel"),
    question=Text(
        en="When does a virtual background make a head disappear: which light, which wall, which camera?",
        fr="Quand un fond virtuel fait-il disparaître une tête : quelle lumière, quel mur, quelle caméra ?",
    ),
    needs=Text(
        en="about 20 seconds, a segmentation model (4 MB)", fr="environ 20 secondes, un modèle de segmentation (4 Mo)"
    ),
    seconds=600,
    examples=EXAMPLES,
)
def background_matting(
    run: Run,
    image: Annotated[
        str,
        arg(
            "a portrait: astronaut, hopper, or the path of a picture of one person facing the camera",
            "un portrait : astronaut, hopper, ou le chemin d’une image d’une personne face à l’objectif",
            max_length=1000,
        ),
    ] = "astronaut",
    takes: Annotated[
        int,
        arg(
            "how many framings carry the full factorial (more: narrower intervals, longer)",
            "combien de cadrages portent le plan factoriel complet (plus : intervalles plus étroits, plus long)",
            ge=2,
            le=40,
        ),
    ] = 5,
) -> Finding:
    """The head kept under each change, the factors that explain its loss, what breaks it, drawn people in six tones."""
    from tools.specimens.vision import load_segmenter
    from tools.vision import pictures
    from tools.vision.matting import reading, tables, text
    from tools.vision.matting.drawn import drawn
    from tools.vision.matting.factor_figure import shares_figure, singles_figure
    from tools.vision.matting.measure import measure
    from tools.vision.matting.reference import reference
    from tools.vision.matting.scenes import Studio
    from tools.vision.matting.tone_figure import tones_figure
    from tools.vision.matting.view_figure import views_figure

    run.progress("Loading the model and the picture", "Chargement du modèle et de l’image")
    picture, segmenter = pictures.read(image), load_segmenter()
    studio = Studio(reference(picture, segmenter))
    rng = run.rng
    m = measure(studio, segmenter, takes, rng, lambda part, done, total: run.progress(*PARTS[part], done, total))
    d = drawn(segmenter, rng, lambda done, total: run.progress("Drawn people", "Personnes dessinées", done, total))
    run.progress("Drawing", "Dessin")
    shown = (m, picture.name, run.seed, run.lang)
    return run.finding(
        private=picture.private,
        specimen=segmenter.specimen,
        estimates=tables.estimates(m, d),
        tables=[tables.single_table(m), tables.shares_table(m), tables.tones_table(d)],
        figures=[
            views_figure(m, picture, run.seed, run.lang),
            singles_figure(*shown),
            *([shares_figure(*shown)] if m.shares else []),
            tones_figure(d, run.seed, run.lang),
        ],
        summary=both(text.summary, m, d, picture),
        how_to_read=both(reading.how_to_read, m),
        limits=both(reading.limits, m),
        references=[
            "techcrunch2020",
            "lin2020",
            "lin2021",
            "buolamwini2018",
            "homma1996",
            "jaccard1901",
            "lugaresi2019",
        ],
    )
