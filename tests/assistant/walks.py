"""A walkthrough to test with: the template that ``incidents new`` writes, and findings that need no model."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.walk_scaffold import scaffold
from assistant.walkthrough import Walk
from tests.made import finding
from tools.finding import Estimate, Finding, Text

SAMPLE = "sample-walk"


@contextmanager
def home_at(folder: Path) -> Iterator[Path]:
    """AUTOPSIE_HOME in a folder of its own, with the fetched specimens, holding the sample walkthrough."""
    before = os.environ["AUTOPSIE_HOME"]
    for name in ("specimens", "index", "cache"):
        (folder / name).symlink_to(Path(before) / name)
    os.environ["AUTOPSIE_HOME"] = str(folder)
    try:
        yield scaffold(SAMPLE, "compas")
    finally:
        os.environ["AUTOPSIE_HOME"] = before


def effect(value: float, n: int = 50) -> Finding:
    """A finding of WEAT with this effect size."""
    label = Text(en="effect size d", fr="taille d’effet d")
    return finding(estimates=[Estimate(name="effect_size", label=label, value=value, n=n)])


def measured(walk: Walk, value: float) -> None:
    """Puts a finding where the run of the current step would."""
    step = walk.step.id
    walk._change(lambda kept: kept.findings.__setitem__(step, effect(value)))
