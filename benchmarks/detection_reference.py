"""Writes ``tools/authorship/detection/reference.json``: what ``detect_ai_text`` compares a text with.

    autopsie models fetch --all        (the packages that hold texts by people)
    python benchmarks/detection_reference.py        (about ten minutes on two free cores; a second run reads what the first kept)

People: the passages of ``evals/human_texts.py``. Generated: ``evals/data/generated_texts.jsonl``. Of both
only the half called "reference" is read; the other half is for ``autopsie eval authorship``. For each
language and each length in tokens: a logistic regression fitted on all passages, scores that come
from regressions fitted without the passage (five folds by document, or by subject for generated
ones), the slope of the probability fitted on those scores, and how many passages of each kind are
flagged when that kind was left out altogether. Only numbers are kept.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from detection_fit import FOLDS, RATES, fit, left_out, platt, reliability, short, unseen_scores

from evals import human_texts
from tools.authorship.detection import features, verdict
from tools.authorship.detection.cases import FAMOUS
from tools.authorship.detection.reference import FILE, Classifier, Group, Known, Reference, Scale
from tools.authorship.detection.statistics import TokenStatistics
from tools.authorship.detection.token_reading import LENGTHS, Piece, TokenReading, piece_length, plain, read_start
from tools.finding import Text
from tools.specimens.home import home
from tools.specimens.language import TransformersModel, load_weights

GENERATED = Path(__file__).resolve().parent.parent / "evals" / "data" / "generated_texts.jsonl"
MOST = 70  # passages of each kind and language by people
FEWEST = 20  # passages by people and generated ones below which a length is left out
WHO = {
    "en": Text(en="passages in English by people", fr="passages en anglais écrits par des personnes"),
    "fr": Text(en="passages in French by people", fr="passages en français écrits par des personnes"),
}


@dataclass(frozen=True)
class Sample:
    """One passage: its kind, who wrote it, its fold, and its features and statistics at each length it reaches."""

    kind: str
    people: bool
    counts: bool
    fold: int
    rows: dict[int, list[float]]
    values: dict[int, dict[str, float]]


def read(model: TransformersModel, text: str) -> list[features.Features]:
    """The features at every length; what the model said of the tokens is kept on disk under the hash of the text."""
    name = hashlib.sha256(json.dumps([text, model.specimen.sha256]).encode()).hexdigest()[:32]
    file = home() / "cache" / "detection" / f"{name}.npz"
    if file.is_file():
        with np.load(file) as kept:
            scores = TokenStatistics(*(kept[part] for part in ("logprob", "rank", "mean", "variance")))
            starts, (begin, end) = kept["starts"], kept["span"].tolist()
        reading = TokenReading(
            plain(text)[:end], [Piece(scores, begin, end)], scores, starts, len(starts), piece_length(len(starts))
        )
    else:
        reading = read_start(model, text)
        scores, piece = reading.statistics, reading.pieces[0]
        assert scores.mean is not None and scores.variance is not None
        file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(file, logprob=scores.logprob, rank=scores.rank, mean=scores.mean, variance=scores.variance,
                 starts=reading.starts, span=np.array([piece.start, piece.end]))  # fmt: skip
    shape, digest = features.shape_of(text), model.specimen.sha256
    cut = (features.start(reading, length) for length in LENGTHS if length <= len(reading))
    return [features.of_reading(one, shape, digest) for one in cut]


def sample(
    model: TransformersModel, text: str, lang: str, kind: str, document: str, *, people: bool, counts: bool
) -> Sample:
    """One passage at the lengths where the tool would give a verdict on it."""
    kept = {one.reading.length: one for one in read(model, text) if one.language == lang and one.shape == "prose"}
    rows = {length: one.rows[0].tolist() for length, one in kept.items() if one.rows is not None}
    return Sample(kind, people, counts, fold(document), rows, {length: one.values for length, one in kept.items()})


def fold(document: str) -> int:
    """The fold of a document, always the same."""
    return int(hashlib.sha256(document.encode()).hexdigest()[:8], 16) % FOLDS


def people(model: TransformersModel, lang: str) -> tuple[list[Sample], dict[str, Text]]:
    """The passages of the reference half, and the labels of their kinds."""
    found, labels = [], {}
    for kind, group in human_texts.groups(lang).items():
        kept = [p for p in group.passages if human_texts.split(p.id) == "reference"][:MOST]
        labels[kind] = group.label
        for done, passage in enumerate(kept):
            say(f"{lang} {kind}: {done} of {len(kept)}")
            document = "/".join(passage.id.split("~")[0].split("/")[:2])
            found.append(sample(model, passage.text, lang, kind, document, people=True, counts=not group.computed))
    return found, labels


def generated(model: TransformersModel, lang: str) -> tuple[list[Sample], dict[str, Text]]:
    """The same for the generated passages, by generator; a subject is in one fold only."""
    found, labels = [], {}
    for line in GENERATED.read_text(encoding="utf-8").splitlines():
        passage: dict[str, Any] = json.loads(line)
        if passage["lang"] != lang or passage["split"] != "reference":
            continue
        say(f"{lang} {passage['id']}")
        name = passage["model"]
        labels[name] = Text(en=f"texts of {name}", fr=f"textes de {name}")
        subject = re.split(r" (?:about|sur|de|à propos de) ", passage["prompt"])[-1]
        found.append(sample(model, passage["text"], lang, name, subject, people=False, counts=True))
    return found, labels


def scale(samples: list[Sample], labels: dict[str, Text], lang: str, tokens: int) -> Scale | None:
    """Everything about one language and one length."""
    from sklearn.metrics import roc_auc_score

    here = [one for one in samples if tokens in one.rows]
    rows = np.array([one.rows[tokens] for one in here])
    made, counts, folds = (
        np.array([f(o) for o in here]) for f in (lambda o: not o.people, lambda o: o.counts, lambda o: o.fold)
    )
    made, kinds = made.astype(float), np.array([one.kind for one in here])
    if min((made[counts] == 0).sum(), (made == 1).sum()) < FEWEST:
        return None
    scores = unseen_scores(rows, made, folds, counts)
    slope, offset = platt(scores[counts], made[counts])
    groups = []
    for kind in dict.fromkeys(kinds):
        mine = kinds == kind
        groups.append(
            Group(
                label=labels[kind], people=not made[mine][0], counts=bool(counts[mine][0]),
                scores=sorted(round(float(s), 3) for s in scores[mine]),
                unseen=left_out(kind, kinds, rows, made, folds, counts) if counts[mine][0] else [],
            )
        )  # fmt: skip
    statistics = {name: np.array([one.values[tokens][name] for one in here]) for name in here[0].values[tokens]}
    auroc = {"classifier": float(roc_auc_score(made[counts], scores[counts]))}
    for name, values in statistics.items():
        area = float(roc_auc_score(made[counts], np.nan_to_num(values[counts])))
        auroc[name] = round(max(area, 1 - area), 4)
    centre, spread, weights, bias = fit(rows[counts], made[counts])
    bins, error = reliability(scores[counts], made[counts], folds[counts])
    return Scale(
        language=lang, tokens=tokens, groups=groups, bins=bins, error=error,
        classifier=Classifier(
            centre=short(centre), scale=short(spread), weights=short(weights), bias=round(bias, 5), slope=slope, offset=offset
        ),
        medians={name: round(float(np.nanmedian(v[(made == 0) & counts])), 4) for name, v in statistics.items()},
        auroc={name: round(value, 4) for name, value in auroc.items()},
    )  # fmt: skip


def famous(model: TransformersModel, scales: list[Scale]) -> list[Known]:
    """The famous texts at the longest length that they reach and that has a scale."""
    found = []
    for one in FAMOUS:
        for start in reversed(read(model, one.text)):
            tokens = start.reading.length
            mine = next((s for s in scales if s.language == one.language and s.tokens == tokens), None)
            if mine is not None and start.rows is not None:
                score = verdict.score_of(mine.classifier, start.rows)
                found.append(Known(label=one.label, language=one.language, tokens=tokens, score=round(score, 3)))
                break
    return found


def main() -> None:
    """Measures everything, writes the file, prints what was found."""
    model = load_weights()
    digest = model.specimen.sha256
    assert digest is not None
    scales, written = [], {}
    for lang in ("en", "fr"):
        by_people, labels = people(model, lang)
        by_models, names = generated(model, lang)
        written[lang] = Text(
            en="; ".join(dict.fromkeys(n.en for n in names.values())),
            fr="; ".join(dict.fromkeys(n.fr for n in names.values())),
        )
        found = [scale(by_people + by_models, {**labels, **names}, lang, tokens) for tokens in LENGTHS]
        scales += [one for one in found if one is not None]
    reference = Reference(
        model="smollm2", sha256=digest, features=list(features.NAMES), people=WHO, generated=written,
        made={"script": "benchmarks/detection_reference.py", "python": platform.python_version(),
              **{name: version(name) for name in ("torch", "transformers", "scikit-learn")}},
        scales=scales, known=famous(model, scales),
    )  # fmt: skip
    FILE.write_text(compact(reference), encoding="utf-8")
    report(reference)


def report(reference: Reference) -> None:
    """A line a group, to look at."""
    for one in reference.scales:
        bounds = verdict.threshold(one, RATES[0])
        print(f"\n{one.language} {one.tokens} tokens: {one.auroc} error {one.error} people {len(one.people)} {bounds}")
        for group in one.groups:
            caught = [verdict.flagged(group, verdict.threshold(one, rate)) for rate in RATES]
            print(f"  {group.label.en} n={len(group.scores)} flagged at {RATES}: {caught}, unseen: {group.unseen}")
    print([(one.label.en, one.tokens, one.score) for one in reference.known])


def compact(reference: Reference) -> str:
    """JSON with one line a list of numbers."""
    text = json.dumps(reference.model_dump(), ensure_ascii=False, indent=1)
    return re.sub(r"\[\s+(-?\d[^\]]*?)\s+\]", lambda match: "[" + " ".join(match[1].split()) + "]", text) + "\n"


def say(what: str) -> None:
    """Where it is, on one line."""
    print(f"\r{what:<70}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
