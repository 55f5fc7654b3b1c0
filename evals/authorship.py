"""Can the checks of authorship be trusted? Detection of generated text, and the watermark, on passages of known origin.

Only the half of the passages that no threshold was fitted on (``split`` "heldout") is read. Where they come from:
``evals/human_texts.py`` and ``evals/data/README.md``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals import human_texts
from evals.scores import auroc, calibration_error, caught_at, reliability, share
from tools.authorship.detection import features
from tools.authorship.detection.token_reading import LENGTHS, read_start
from tools.authorship.detection.verdict import Verdict, judge

if TYPE_CHECKING:
    from tools.specimens.language import TransformersModel

Row = dict[str, Any]
OnStep = Callable[[str, int, int], None]
LANGS = ("en", "fr")
RATE = 0.01  # of false positives
MOST = 40  # passages of each kind by people and language
STATISTICS = ("curvature", "lrr", "log_rank", "likelihood")
MARKED, CHUNKS, Z = 60, 1_000, 4.0
JUDGED = ("flagged", "unclear", "unlike")


@dataclass(frozen=True)
class Passage:
    """A passage and what the tool makes of its beginning at each length; ``counts`` is false for the computed groups."""

    lang: str
    kind: str
    people: bool
    counts: bool
    temperature: float | None
    verdicts: dict[int, Verdict]
    values: dict[int, dict[str, float]]


def evaluate(on_step: OnStep = lambda *_: None, most: int = MOST, marked: int = MARKED) -> Row:
    """All tables and the calibration plot; ``most`` passages of each kind, ``marked`` texts with a watermark."""
    from tools.specimens.language import load_weights

    model = load_weights()
    passages = [one for lang in LANGS for one in read(model, lang, most, on_step)]
    bins, plot = calibration(passages)
    tables = [ranking(passages), verdicts(passages), people(passages), bins, watermark(model, marked, on_step)]
    return {"suite": "authorship", "tables": tables, "files": {"calibration plot": str(plot)}}


def read(model: TransformersModel, lang: str, most: int, on_step: OnStep) -> list[Passage]:
    """The held-out passages of a language, each read once."""
    texts: list[tuple[str, str, bool, bool, float | None]] = []
    for kind, group in human_texts.groups(lang).items():
        mine = [one.text for one in group.passages if human_texts.split(one.id) == "heldout"][:most]
        texts += [(text, kind, True, not group.computed, None) for text in mine]
    for line in (files("evals") / "data" / "generated_texts.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["lang"] == lang and row["split"] == "heldout":
            texts.append((row["text"], row["model"], False, True, row["temperature"]))
    found = []
    for done, (text, kind, by_people, counts, temperature) in enumerate(texts):
        on_step(f"passages ({lang})", done, len(texts))
        reading = read_start(model, text)
        cut = [features.start(reading, length) for length in LENGTHS if length <= len(reading)]
        seen = [features.of_reading(one, features.shape_of(text), model.specimen.sha256) for one in cut]
        judged = {one.reading.length: judge(one, RATE) for one in seen}
        values = {one.reading.length: one.values for one in seen}
        found.append(Passage(lang, kind, by_people, counts, temperature, judged, values))
    return found


def ranking(passages: list[Passage]) -> Row:
    """AUROC by language, length and generator, and the share caught at 1 % of false positives by a threshold drawn here."""
    table: list[list[Any]] = []
    for lang in LANGS:
        for length in LENGTHS:
            here = [one for one in passages if one.lang == lang and length in one.verdicts and one.counts]
            by_people = [one for one in here if one.people]
            for generator in [None, *dict.fromkeys(one.kind for one in here if not one.people)]:
                made = [one for one in here if not one.people and generator in (None, one.kind)]
                scores = [[one.verdicts[length].score for one in group] for group in (made, by_people)]
                row: list[Any] = [
                    lang,
                    length,
                    generator or "all",
                    auroc(*scores),
                    caught_at(scores[0], scores[1], RATE),
                ]
                for name in STATISTICS:
                    sign = -1 if name == "log_rank" else 1
                    row.append(
                        auroc(*[[sign * one.values[length][name] for one in group] for group in (made, by_people)])
                    )
                table.append(row)
    return {
        "name": "ranking", "title": "detect_ai_text: generated against people’s, held-out passages",
        "columns": ["lang", "tokens", "generator", "AUROC, classifier", "caught at 1 % false positives",
                    *(f"AUROC, {name}" for name in STATISTICS)], "rows": table,
    }  # fmt: skip


def verdicts(passages: list[Passage]) -> Row:
    """What the tool says at its own 1 % threshold: flagged, abstained, unlike a generated text."""
    table: list[list[Any]] = []
    for lang in LANGS:
        for length in LENGTHS:
            for label, some in _origins([one for one in passages if one.lang == lang and one.counts]):
                said = [str(one.verdicts[length].kind) for one in some if length in one.verdicts]
                judged = [kind for kind in said if kind in JUDGED]
                row = [share(judged.count(kind), len(judged)) for kind in JUDGED]
                table.append([lang, length, label, *row, len(said) - len(judged)])
    return {
        "name": "verdicts", "title": "detect_ai_text: verdicts at 1 % false positives",
        "columns": ["lang", "tokens", "origin", "flagged", "no verdict (abstains)", "unlike a generated text", "not judged"],
        "rows": table,
    }  # fmt: skip


def _origins(passages: list[Passage]) -> list[tuple[str, list[Passage]]]:
    """All passages by people, then those of each generator at each temperature."""
    made = dict.fromkeys((one.kind, one.temperature) for one in passages if not one.people)
    named = [
        (f"{kind}, temperature {heat}", [one for one in passages if (one.kind, one.temperature) == (kind, heat)])
        for kind, heat in sorted(made, key=str)
    ]
    return [("people", [one for one in passages if one.people]), *named]


def people(passages: list[Passage]) -> Row:
    """Who is wrongly flagged: the kinds of text by people, plain words and simulated learners' mistakes among them."""
    table: list[list[Any]] = []
    for lang in LANGS:
        for kind in dict.fromkeys(one.kind for one in passages if one.lang == lang and one.people):
            mine = [one for one in passages if one.lang == lang and one.people and one.kind == kind]
            row: list[Any] = [lang, kind]
            for length in LENGTHS:
                said = [one.verdicts[length].kind for one in mine if length in one.verdicts]
                judged = [one for one in said if one in JUDGED]
                row.append(share(judged.count("flagged"), len(judged)))
            table.append(row)
    return {
        "name": "people", "title": "detect_ai_text: people’s passages wrongly flagged, by kind",
        "columns": ["lang", "kind", *(f"{length} tokens" for length in LENGTHS)], "rows": table,
    }  # fmt: skip


def calibration(passages: list[Passage]) -> tuple[Row, Path]:
    """The probability that the tool shows against what was generated, people and machines weighing the same."""
    table: list[list[Any]] = []
    curves: dict[str, list[dict[str, float]]] = {}
    for lang in LANGS:
        for length in LENGTHS:
            here = [
                (one.verdicts[length].probability, not one.people)
                for one in passages
                if one.lang == lang and one.counts and length in one.verdicts and one.verdicts[length].reached
            ]
            rows = reliability([said for said, _ in here], [made for _, made in here], bins=5, balanced=True)
            curves[f"{lang}, {length} tokens"] = rows
            table += [[lang, length, row["said"], row["true"], int(row["n"]), calibration_error(rows)] for row in rows]
    title = "detect_ai_text: calibration of the probability (as many generated as not)"
    columns = ["lang", "tokens", "said", "generated", "n", "calibration error"]
    return {"name": "calibration", "title": title, "columns": columns, "rows": table}, draw(curves)


def draw(curves: dict[str, list[dict[str, float]]]) -> Path:
    """The calibration plot, under the state folder."""
    from matplotlib.figure import Figure

    from tools.specimens.home import home

    figure = Figure(figsize=(9, 4.6), layout="constrained")
    for axes, lang in zip(figure.subplots(1, 2, sharey=True), LANGS, strict=True):
        axes.plot([0, 1], [0, 1], color="#777777", linewidth=1, linestyle="--")
        for marker, (name, rows) in zip(
            "osD^v", [pair for pair in curves.items() if pair[0].startswith(lang)], strict=False
        ):
            axes.plot(
                [row["said"] for row in rows], [row["true"] for row in rows], marker=marker, label=name.split(", ")[1]
            )
        axes.set_title({"en": "English", "fr": "French"}[lang], loc="left")
        axes.set_xlabel("probability said")
        axes.legend(frameon=False)
    figure.axes[0].set_ylabel("share that was generated")
    file = home() / "exports" / "calibration.svg"
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file)
    return file


def watermark(model: TransformersModel, marked: int, on_step: OnStep) -> Row:
    """The share of marked texts (T = 200, γ = 0.25, δ = 2) and of people's chunks with z > 4."""
    from tools.authorship.watermarking.power import false_alarms, power
    from tools.authorship.watermarking.scheme import Mark

    subjects = [one["prompt"] for one in _prompts()][:marked]
    with_mark = power(model, subjects, mark=Mark(), on_step=lambda done, total: on_step("marked texts", done, total))
    texts = [
        one.text
        for lang in LANGS
        for group in human_texts.groups(lang).values()
        for one in group.passages
        if not group.computed
    ]
    without = false_alarms(model.tokenizer, texts, vocabulary=int(model.model.config.vocab_size))[:CHUNKS]
    rows: list[list[Any]] = [
        ["marked", share(int((with_mark > Z).sum()), len(with_mark)), float(with_mark.mean()), float(with_mark.min())],
        ["people", share(int((without > Z).sum()), len(without)), float(without.mean()), float(without.min())],
    ]
    what = f"watermark: T = 200, γ = 0.25, δ = 2, {model.specimen.name}, temperature 1"
    return {"name": "watermark", "title": what, "columns": ["origin", f"z > {Z:g}", "mean z", "lowest z"], "rows": rows}


def _prompts() -> list[Row]:
    """The English requests of the generated texts, those of one model."""
    lines = (files("evals") / "data" / "generated_texts.jsonl").read_text(encoding="utf-8").splitlines()
    found = [row for row in map(json.loads, lines) if row["lang"] == "en"]
    return [row for row in found if row["model"] == found[0]["model"]]
