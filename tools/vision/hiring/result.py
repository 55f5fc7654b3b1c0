"""Puts the parts of a ``face_hiring`` finding together: one part, the other, or both."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tools.finding import Estimate, Figure, Specimen, Table, Text, both
from tools.numbers import number
from tools.vision.hiring import face_figure, face_tables, face_text, reading, tables, text, world_figure

if TYPE_CHECKING:
    from tools.tool import Run
    from tools.vision.hiring.face import Faces
    from tools.vision.hiring.setting import Setting
    from tools.vision.hiring.text import World


def parts(run: Run, setting: Setting, worlds: int, world: World | None, faces: Faces | None) -> dict[str, Any]:
    """The fields of the finding; at least one of ``world`` and ``faces`` is there."""
    estimates: list[Estimate] = []
    tables_: list[Table] = []
    figures: list[Figure] = []
    summary: list[Text] = []
    if world is not None:
        estimates += tables.world_estimates(world, setting)
        tables_ += [tables.scorers_table(world), tables.weights_table(world), tables.calibration_table(world)]
        tables_.append(tables.sweep_table(setting))
        figures.append(world_figure.selection(world, setting, worlds, run.seed, run.lang))
        figures.append(world_figure.calibration(world, setting, worlds, run.seed, run.lang))
        summary.append(both(text.short if faces else text.summary, world, setting, worlds))
    if faces is not None:
        estimates += face_tables.face_estimates(faces)
        tables_ += [face_tables.faces_table(faces), face_tables.kinds_table(faces)]
        figures.append(face_figure.portraits(faces, run.lang))
        summary.append(both(face_text.short if world else face_text.summary, faces))
    return {
        "specimen": specimen(world is not None, faces),
        "estimates": estimates,
        "tables": tables_,
        "figures": figures,
        "summary": joined(summary),
        "how_to_read": both(reading.how_to_read, world is not None, faces is not None),
        "limits": both(reading.limits, world is not None, faces is not None),
    }


def joined(sentences: list[Text]) -> Text:
    """The texts one after the other, in both languages."""
    return Text(en=" ".join(s.en for s in sentences), fr=" ".join(s.fr for s in sentences))


def specimen(world: bool, faces: Faces | None) -> Specimen:
    """The invented world is named by the hash of the code that draws it, the face models by theirs together."""
    if faces is None:
        from tools.vision.hiring import setting
        from tools.vision.hiring import world as drawing

        code = "".join(inspect.getsource(module) for module in (setting, drawing))
        digest = hashlib.sha256(code.encode()).hexdigest()
        return Specimen(
            name="an invented hiring world", source="drawn by face_hiring", revision="1", sha256=digest, licence=""
        )
    hashes = "".join(part.sha256 or "" for part in faces.specimens)
    return Specimen(
        name=("an invented hiring world; " if world else "")
        + "face-api expression and age-gender models, with MediaPipe face detection and segmentation; portraits: "
        + ", ".join(portrait.name for portrait in faces.portraits),
        source="; ".join(dict.fromkeys(part.source for part in faces.specimens)),
        revision="; ".join(dict.fromkeys(part.revision for part in faces.specimens if part.revision)),
        sha256=hashlib.sha256(hashes.encode()).hexdigest(),
        licence="; ".join(dict.fromkeys(part.licence for part in faces.specimens if part.licence)),
    )


def world_step(run: Run, worlds: int) -> Callable[[int, float], None]:
    """Says how many worlds are drawn, and the mean ratio so far."""

    def step(done: int, ratio: float) -> None:
        run.progress(
            f"Invented worlds: B selected at {number(ratio, 'en')} times the rate of A so far",
            f"Mondes inventés : B retenu {number(ratio, 'fr')} fois autant que A jusqu’ici",
            done,
            worlds,
        )

    return step


def face_step(run: Run) -> Callable[[int, int], None]:
    """Says how many versions of the portraits are read."""
    return lambda done, total: run.progress("Reading the portraits", "Lecture des portraits", done, total)
