"""Verdicts: thresholds by hand, the reasons that forbid one, the reference that ships, and pieces of a text."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from tools.authorship.detection import features, reference, token_reading, verdict
from tools.authorship.detection.features import Features, language_of, shape_of
from tools.authorship.detection.reference import Classifier, Group, Scale
from tools.authorship.detection.statistics import TokenStatistics
from tools.authorship.detection.token_reading import TokenReading, piece_length, piece_starts, plain
from tools.finding import Text, same
from tools.specimens import language

PLAIN = (
    "We drove up to the lake on Saturday with my uncle's old trailer rattling behind us, and somewhere past the second gas "
    "station the left tire gave out. Nobody had a jack. My cousin hiked back in flip-flops while I sat on the cooler."
)
FRENCH = (
    "La bicyclette est un moyen de transport simple et peu coûteux. Elle permet de se déplacer en ville sans polluer, et elle "
    "entretient la santé de ceux qui s'en servent chaque jour."
)
ONES = Classifier(centre=[0.0], scale=[1.0], weights=[1.0], bias=0.0, slope=1.0, offset=0.0)


def scale_of(people: list[float], generated: list[float]) -> Scale:
    groups = [
        Group(label=same("press"), people=True, scores=people),
        Group(label=same("learners"), people=True, counts=False, scores=[9.0]),
        Group(label=same("model"), people=False, scores=generated),
    ]
    return Scale(language="en", tokens=60, classifier=ONES, groups=groups, medians={}, auroc={}, bins=[], error=0.0)


def test_the_threshold_by_hand() -> None:
    # 199 people: at 1 %, ⌊0.01 · 200⌋ = 2, so the flag is the second highest score, 198, and one in 199 lies above.
    # At 5 %, ⌊0.05 · 200⌋ = 10, so the tenth highest, 190. 39 generated: ⌊0.05 · 40⌋ = 2, the second lowest, 102.
    scale = scale_of([float(i) for i in range(1, 200)], [float(i) for i in range(101, 140)])
    one, five = verdict.threshold(scale, 0.01), verdict.threshold(scale, 0.05)
    assert (one.flag, one.low, one.rate) == (198.0, 102.0, 0.01)
    assert five.flag == 190.0
    assert verdict.flagged(scale.groups[0], one) == 1  # the highest; the learners' 9.0 sets no threshold


def test_a_rate_that_so_few_passages_cannot_give_becomes_the_smallest_they_can() -> None:
    # 9 people: 1 % would need 99; the smallest rate is 1 / 10, above the highest score.
    bounds = verdict.threshold(scale_of([float(i) for i in range(9)], [5.0] * 20), 0.01)
    assert bounds.rate == pytest.approx(0.1) and bounds.flag == 8.0


@pytest.mark.parametrize(("score", "kind"), [(9.5, "flagged"), (5.0, "unclear"), (1.0, "unlike")])
def test_the_three_zones(score: float, kind: str) -> None:
    scale = scale_of([float(i) for i in range(10)], [float(i) for i in range(2, 22)])
    found = verdict.place(scale, score, 0.1)
    assert found.kind == kind
    assert found.probability == pytest.approx(1 / (1 + math.exp(-score)))


def test_the_share_of_people_who_score_as_high() -> None:
    # 3 of 9 are at least 6; this text is counted among them: (1 + 3) / (1 + 9).
    assert verdict.p_value(np.arange(9.0), 6.0) == pytest.approx(0.4)


def test_what_a_flag_is_worth_by_hand() -> None:
    # 1,000 texts of which 50 generated, 80 % caught: 40; 950 by people, 1 % flagged: 9.5. Wrong: 9.5 / 49.5.
    assert verdict.wrong_share(0.05, 0.8, 0.01) == pytest.approx(9.5 / 49.5)


def found(**changes: Any) -> Features:
    n = changes.pop("tokens", 120)
    reading = TokenReading(PLAIN, [], TokenStatistics(np.zeros(n), np.ones(n)), np.arange(n), n, piece_length(n))
    known = reference.load()
    values: dict[str, Any] = {
        "reading": reading, "values": {}, "rows": np.array([known.scales[0].classifier.centre]), "language": "en",
        "shape": "prose", "sha256": known.sha256,
    }  # fmt: skip
    return Features(**(values | changes))


def test_reasons_that_forbid_a_verdict() -> None:
    assert verdict.judge(found()).reached
    assert verdict.judge(found(rows=None)).kind == "server"
    assert verdict.judge(found(sha256="0" * 64)).kind == "model"
    assert verdict.judge(found(shape="symbols")).kind == "symbols"
    assert verdict.judge(found(shape="lines")).kind == "lines"
    assert verdict.judge(found(tokens=29)).kind == "short"
    assert verdict.judge(found(language="other")).kind == "language"
    assert verdict.judge(found(language="mixed")).kind == "mixed"


def test_the_reference_is_complete() -> None:
    known = reference.load()
    assert len(known.sha256) == 64 and known.features == list(features.NAMES)
    assert known.languages[0] == "en" and {s.tokens for s in known.scales if s.language == "en"} == set(
        token_reading.LENGTHS
    )
    for scale in known.scales:
        assert len(scale.classifier.weights) == len(features.NAMES)
        assert len(scale.people) >= 20 and len(scale.generated) >= 20
        assert scale.auroc["classifier"] > 0.7
        bounds = verdict.threshold(scale, 0.05)
        over = int((scale.people > bounds.flag).sum())
        assert over <= 0.05 * (len(scale.people) + 1)
        assert scale.classifier.slope > 0


def test_scores_and_probability_by_hand() -> None:
    one = Classifier(centre=[1.0, 0.0], scale=[2.0, 1.0], weights=[3.0, -1.0], bias=0.5, slope=2.0, offset=-1.0)
    # (5 − 1) / 2 · 3 + 4 · (−1) + 0.5 = 2.5; probability 1 / (1 + e^−(2 · 2.5 − 1)).
    assert one.scores(np.array([[5.0, 4.0]])).tolist() == [2.5]
    assert one.probability(2.5) == pytest.approx(1 / (1 + math.exp(-4)))


def test_pieces_cover_a_text_and_are_spread_over_a_long_one() -> None:
    assert [piece_length(n) for n in (29, 30, 59, 60, 119, 120, 159, 160, 9_999)] == [
        0,
        30,
        30,
        60,
        60,
        120,
        120,
        160,
        160,
    ]
    assert piece_starts(160, 160) == [0]
    assert piece_starts(150, 120) == [0, 30]
    many = piece_starts(100_000, 160)
    assert len(many) == token_reading.PIECES and many[0] == 0 and many[-1] == 100_000 - 160


def test_layout_and_typography_are_made_plain() -> None:
    assert plain("  L’été\u202f: « oui »\n\n— non…  ") == "L'été : « oui » - non..."


def test_the_language_of_a_text() -> None:
    assert language_of(PLAIN) == "en" and language_of(FRENCH) == "fr"
    assert language_of("Der Zug kam spät an, und niemand wusste, warum er so lange gestanden hatte.") == "other"
    assert language_of(f"{PLAIN} {FRENCH}") == "mixed"


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        (PLAIN, "prose"),
        ("def f(x):\n    return {k: v[0] for k, v in x.items() if v != 3}\n" * 3, "symbols"),
        ("🎉🎉 😀 🚀🚀🚀", "symbols"),
        ("The sun was low,\nThe road was long,\nA bird sang slow\nIts evening song.\n", "lines"),
    ],
)
def test_the_shape_of_a_text(text: str, shape: str) -> None:
    assert shape_of(text) == shape


@pytest.mark.real
def test_a_beginning_gives_what_a_text_of_that_length_gives() -> None:
    model = language.load_weights("smollm2")
    long = prefixes_of(model, PLAIN + " " + PLAIN)
    assert [one.reading.length for one in long] == [
        length for length in token_reading.LENGTHS if length <= len(long[-1].reading)
    ]
    short = features.features(model, long[0].reading.text)
    assert len(short.reading) == 30
    assert short.rows is not None and long[0].rows is not None
    np.testing.assert_allclose(short.rows[0], long[0].rows[0], atol=2e-3)
    assert short.values["curvature"] == pytest.approx(long[0].values["curvature"], abs=1e-3)


def prefixes_of(model: Any, text: str) -> list[Features]:
    return features.prefixes(model, text)


def test_labels_are_in_both_languages() -> None:
    for scale in reference.load().scales:
        assert all(isinstance(group.label, Text) and group.label.fr for group in scale.groups)
