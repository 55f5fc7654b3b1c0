"""What does a hiring score learn from biased ratings, and how far does a face score move for reasons unrelated to skill?

Two parts behind the HireVue incident (EPIC complaint to the FTC, 2019): an invented hiring world with the
four-fifths rule (29 CFR 1607.4(D), 1978), and licensed portraits, changed in light, glasses, angle…, read by a
real expression model. It scores nobody: no upload is accepted.
"""

from __future__ import annotations

from typing import Annotated, Literal

from tools.finding import Finding, Text
from tools.tool import Run, arg, tool
from tools.vision.hiring.requests import EXAMPLES

CORRELATION_RANGE = {"ge": 0, "le": 0.95}
WORLD_REFERENCES = ["raghavan2020", "uniformguidelines1978", "hoerl1970", "efron1979"]
FACE_REFERENCES = ["barrett2019"]


@tool(
    wing="vision",
    version="1",
    title=Text(en="Hiring by face analysis", fr="Embauche par analyse du visage"),
    question=Text(
        en="What does a hiring score learn from biased ratings, and how far does it move with glasses or light?",
        fr="Qu’apprend un score d’embauche d’évaluations biaisées, et de combien bouge-t-il avec des lunettes ou la lumière ?",
    ),
    needs=Text(
        en="a few seconds; the simulation needs no model, the portraits small face models (under 1 MB)",
        fr="quelques secondes ; la simulation sans modèle, les portraits avec de petits modèles de visage (moins de 1 Mo)",
    ),
    seconds=300,
    examples=EXAMPLES,
)
def face_hiring(
    run: Run,
    part: Annotated[
        Literal["world", "face", "both"],
        arg(
            "world (the simulated hiring), face (portraits under changed conditions) or both",
            "world (l’embauche simulée), face (portraits sous d’autres conditions) ou both (les deux)",
        ),
    ] = "both",
    bias: Annotated[
        float,
        arg(
            "by how much group B is rated too low, in standard deviations of skill",
            "de combien le groupe B est évalué trop bas, en écarts-types de compétence",
            ge=0, le=3,
        ),
    ] = 0.5,
    correlation: Annotated[
        float,
        arg(
            "correlation of the face feature with the group",
            "corrélation du trait de visage avec le groupe",
            **CORRELATION_RANGE,
        ),
    ] = 0.8,
    proxy: Annotated[
        float,
        arg(
            "correlation of the way of speaking with the group",
            "corrélation de la manière de parler avec le groupe",
            **CORRELATION_RANGE,
        ),
    ] = 0.5,
    people: Annotated[
        int,
        arg(
            "past employees in a world, and as many applicants",
            "anciens employés d’un monde, et autant de candidats",
            ge=100, le=20_000,
        ),
    ] = 2000,
    share: Annotated[
        float, arg("share of the applicants selected", "part des candidats retenus", ge=0.01, le=0.9)
    ] = 0.2,
    worlds: Annotated[int, arg("how many worlds are drawn", "combien de mondes sont tirés", ge=2, le=500)] = 100,
    image: Annotated[
        str,
        arg(
            "which built-in portrait: astronaut, hopper or all; your own picture is refused, this tool scores nobody",
            "quel portrait fourni : astronaut, hopper ou all (tous) ; votre image est refusée, cet outil ne note personne",
            max_length=500,
        ),
    ] = "all",
) -> Finding:  # fmt: skip
    """Selection rates and calibration of a scorer in invented worlds; shifts of a face score under changed conditions."""
    from tools.vision.hiring import face, result, world
    from tools.vision.hiring.setting import Setting

    names = face.chosen(image)  # refused before anything is measured, whatever the part
    setting = Setting(bias, correlation, proxy, people, share)
    invented = faces = None
    if part != "face":
        run.progress("Drawing the invented worlds", "Tirage des mondes inventés", 0, worlds)
        invented = world.measure(setting, worlds, run.seed, result.world_step(run, worlds))
    if part != "world":
        run.progress("Loading the face models", "Chargement des modèles de visage")
        faces = face.measure(names, result.face_step(run))
    references = ["epic2019"] + WORLD_REFERENCES * (invented is not None) + FACE_REFERENCES * (faces is not None)
    return run.finding(references=references, **result.parts(run, setting, worlds, invented, faces))
