"""A footprint put together as a finding."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from tools.finding import Finding, Specimen, both
from tools.reading.energy import figure, reading, tables
from tools.reading.energy import text as words

if TYPE_CHECKING:
    from tools.reading.energy.study import Study
    from tools.tool import Run


def finding(run: Run, study: Study) -> Finding:
    """The study as a finding."""
    return run.finding(
        specimen=specimen(study),
        estimates=tables.estimates(study),
        tables=tables.tables(study),
        figures=[figure.band(study, run.seed, run.lang), figure.grids(study, run.seed, run.lang)],
        summary=both(words.summary, study),
        how_to_read=both(reading.how_to_read, study),
        limits=both(reading.limits, study),
        references=study.sources,
    )


def specimen(study: Study) -> Specimen:
    """What was examined: the metered model, a published recipe, or a description, by the hash of its numbers."""
    if study.metered is not None:
        return study.metered.specimen
    numbers: list[Any] = [[one.name, one.low, one.central, one.high] for one in study.factors]
    digest = hashlib.sha256(json.dumps(numbers).encode()).hexdigest()
    if study.case:
        return Specimen(
            name=f"{study.case['name']} ({study.case['year']})",
            source=study.case["source"],
            revision="published recipe",
            sha256=digest,
        )
    if study.what == "service":
        return Specimen(
            name=f"requests of kind {study.kind}",
            source="published figures of energy per request",
            revision="",
            sha256=digest,
        )
    return Specimen(name="a described training", source="given by the user", revision="", sha256=digest)
