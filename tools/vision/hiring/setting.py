"""The knobs of the invented hiring world, and the scorers that are compared in it."""

from __future__ import annotations

from dataclasses import dataclass

ANSWERS_NOISE, RATING_NOISE = 1.0, 0.5  # standard deviations, in standard deviations of skill
CHANNELS = ("answers", "speech", "face")


@dataclass(frozen=True)
class Setting:
    """The knobs of the world: ``bias`` in standard deviations of skill, ``share`` of applicants selected."""

    bias: float
    correlation: float  # of the face with the group
    proxy: float  # of the speech with the group
    people: int  # past employees, and as many applicants
    share: float


@dataclass(frozen=True)
class Scorer:
    """Which channels are shown and which label is learnt."""

    name: str
    channels: tuple[str, ...]
    label: str  # "rating" or "skill"


SCORERS = (
    Scorer("full", CHANNELS, "rating"),
    Scorer("no_face", ("answers", "speech"), "rating"),
    Scorer("answers_only", ("answers",), "rating"),
    Scorer("fair_label", CHANNELS, "skill"),
)
RATERS = "raters"  # the people themselves, choosing by their own ratings
