"""Fit the gate of ``claim_check`` on labelled claims and say how right it is on sources that it has not seen.

Each line of the JSONL files given has ``source``, ``claim``, ``verdict``, ``kind`` ("number", "date", "name", "negation",
"paraphrase", "absent", "verbatim"), ``source_id`` (or ``name``) and, optional, ``note`` that begins with a difficulty.
Altered claims, paraphrases and absent ones weigh nearly alike, and so do the files. Ten folds by source.

    python benchmarks/claims_gate.py claims_en.jsonl claims_fr.jsonl [--write]
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from knowledge.encoder import encode
from knowledge.sentences import split
from tools.truth.claims import gate
from tools.truth.claims.check import look
from tools.truth.claims.matching import Meaning, Source

SHARES = {"altered": 1.0, "paraphrase": 0.8, "absent": 0.95, "verbatim": 0.1}
STRENGTH = 0.1  # inverse of the ridge penalty


@dataclass(frozen=True)
class Claim:
    """A labelled claim and what was measured of it; ``decided``: a sure conflict contradicts it;
    ``shown``: a conflict can be shown."""

    file: int
    source: str
    text: str
    verdict: str
    kind: str
    difficulty: str
    features: dict[str, float]
    decided: bool
    shown: bool

    @property
    def group(self) -> str:
        """Its kind, the altered ones together."""
        return "altered" if self.verdict == "contradicted" else self.kind


def read(paths: list[Path]) -> list[Claim]:
    """The claims of the files with their features."""
    meaning, found, sources = Meaning(encode), list[Claim](), dict[str, Source]()
    for file, path in enumerate(paths):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            key = f"{file} {row.get('source_id', row.get('name'))}"
            if key not in sources:
                sources[key] = Source(split(row["source"]), meaning)
            seen = look(row["claim"], sources[key])
            words = row.get("note", "").replace(":", " ").split()
            found.append(
                Claim(
                    file, key, row["claim"], row["verdict"], row["kind"],
                    words[0] if words and words[0] in ("easy", "reworded", "hard") else "",
                    seen.features, gate.decides(seen.features, seen.about, seen.compared), bool(seen.compared.conflicts or seen.exchanged),
                )
            )  # fmt: skip
    return found


def weights(claims: list[Claim]) -> NDArray[np.float64]:
    """One weight a claim: each group of each file has its share; the mean is 1."""
    counts: dict[tuple[int, str], int] = defaultdict(int)
    for one in claims:
        counts[one.file, one.group] += 1
    found = np.array([SHARES[one.group] / counts[one.file, one.group] for one in claims])
    scaled: NDArray[np.float64] = found / found.mean()
    return scaled


def fit(claims: list[Claim]) -> dict[str, Any]:
    """The regression as ``gate.json`` holds it."""
    names = list(claims[0].features)
    scaler = StandardScaler().fit(table := np.array([list(one.features.values()) for one in claims]))
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(scaler.transform(table), [one.verdict for one in claims], sample_weight=weights(claims))
    answers = {
        str(answer): {
            "intercept": round(float(base), 4),
            "weights": {name: round(float(weight), 4) for name, weight in zip(names, row, strict=True)},
        }
        for answer, base, row in zip(model.classes_, model.intercept_, model.coef_, strict=True)
    }
    scales = {
        name: [round(float(mean), 4), round(float(scale), 4)]
        for name, mean, scale in zip(names, scaler.mean_, scaler.scale_, strict=True)
    }
    return {"claims": len(claims), "scales": scales, "answers": answers}


def crossed(claims: list[Claim]) -> list[str]:
    """The answer to each claim by a gate that has seen none of the claims on its source."""
    found = [""] * len(claims)
    for seen, unseen in GroupKFold(10).split(claims, groups=[one.source for one in claims]):
        fitted = fit([claims[at] for at in seen])
        for at in unseen:
            one = claims[at]
            found[at] = gate.answer(one.features, one.decided, one.shown, fitted)
    return found


def report(claims: list[Claim], answers: list[str], paths: list[Path]) -> None:
    """The share that is right by file, kind and difficulty."""
    right: dict[tuple[int, str], list[bool]] = defaultdict(list)
    for one, answer in zip(claims, answers, strict=True):
        for name in {f"{name} {level}".strip() for name in (one.group, one.kind) for level in ("", one.difficulty)}:
            right[one.file, name].append(answer == one.verdict)
        if one.kind == "paraphrase":
            right[one.file, "paraphrase called contradicted"].append(answer == "contradicted")
    for (file, name), values in sorted(right.items()):
        print(f"{paths[file].name:28} {name:32} {sum(values):3} of {len(values):3} = {np.mean(values):.2f}")


def main() -> None:
    """Fit, report, and write the numbers of the gate when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", nargs="+", type=Path, help="JSONL files of labelled claims")
    parser.add_argument("--write", action="store_true", help="write gate.json")
    given = parser.parse_args()
    claims = read(given.claims)
    report(claims, crossed(claims), given.claims)
    if given.write:
        gate.FILE.write_text(json.dumps(fit(claims), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
