"""``watermark`` through the whole tool: a tiny model, the real default one, awkward texts, both languages."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.tools import tiny_models
from tools.authorship.watermark import watermark
from tools.authorship.watermarking import demonstration
from tools.errors import AutopsieError, BadInput, Stopped
from tools.finding import Finding

WORDS = [f"{a}{b}" for a in "bcdfglmnprst" for b in ("a", "e", "i", "o", "u", "ou", "an", "on")]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    return tiny_models.causal(tmp_path_factory.mktemp("llama"), WORDS)


@pytest.fixture(scope="module")
def shown(tiny: str) -> Finding:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demonstration, "_trip", lambda *_: None)
        return watermark.run({"model": tiny, "prompt": "ba be bi", "tokens": 120, "samples": 3, "delta": 3.0}, seed=1)


def french(finding: Finding) -> list[str]:
    found = [finding.summary.fr, finding.how_to_read.fr, finding.limits.fr, *(f.alt.fr for f in finding.figures)]
    found += [e.label.fr for e in finding.estimates] + [t.title.fr for t in finding.tables]
    return found + [column.fr for table in finding.tables for column in table.columns]


def sound(finding: Finding) -> None:
    """Both languages speak, French has no ASCII decimal point, every row has its cells."""
    assert all(french(finding)) and finding.summary.en and finding.how_to_read.en and finding.limits.en
    assert not re.search(r"\d\.\d", " ".join(french(finding)))
    for table in finding.tables:
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_the_mark_is_found_where_it_is(shown: Finding) -> None:
    sound(shown)
    assert shown.estimate("found").value == 1 and shown.estimate("false_alarms").value == 0
    marked, plain = shown.estimate("z_marked"), shown.estimate("z_plain")
    assert marked.value is not None and plain.value is not None
    assert marked.value > 5 > 2.5 > abs(plain.value)
    rows = shown.table("strengths").rows
    assert [row[0] for row in rows] == [0, 1, 2, 3, 4]  # the ladder and the strength that was asked for
    green = [float(str(row[2])) for row in rows]
    assert green == sorted(green)  # the stronger, the greener
    assert [f.name for f in shown.figures] == ["pair", "cost", "wear"] and "no translator" in shown.limits.en.lower()


def test_same_seed_same_texts(tiny: str, shown: Finding) -> None:
    def first(seed: int) -> Any:
        arguments = {"model": tiny, "prompt": "ba be bi", "tokens": 30, "samples": 2}
        return [row[5] for row in watermark.run(arguments, seed=seed).table("texts").rows]

    assert first(1) == first(1) != first(2)
    texts = shown.table("texts").rows
    assert all(isinstance(row[5], str) and len(row[5].split()) == 120 for row in texts)


def test_a_marked_text_is_recognised_and_another_key_is_not(tiny: str, shown: Finding) -> None:
    text = str(next(row[5] for row in shown.table("texts").rows if row[0] == 3))
    for lang in ("en", "fr"):
        found = watermark.run({"model": tiny, "text": text, "delta": 3.0}, lang=lang)
        sound(found)
        z = found.estimate("z")
        assert z.value is not None and z.value > 4 and z.p is not None and z.p < 1e-4
        assert "The mark is there" in found.summary.en and "La marque y est" in found.summary.fr
    other = watermark.run({"model": tiny, "text": text, "delta": 3.0, "key": 77})
    assert "no mark of this key" in other.summary.en.replace("\n", " ") or "too short" in other.summary.en


def test_awkward_texts(tiny: str) -> None:
    for text in (" ", "ba"):
        with pytest.raises(BadInput):
            watermark.run({"text": text, "model": tiny})
    with pytest.raises(BadInput, match="not both"):
        watermark.run({"text": "ba be", "prompt": "bi", "model": tiny})
    for wrong in ({"gamma": 1.0}, {"delta": 0}, {"width": 0}, {"key": 2**31}, {"tokens": 5}, {"samples": 1}):
        with pytest.raises(BadInput):
            watermark.run({**wrong, "model": tiny})


def test_stop_is_heard(tiny: str) -> None:
    stop = threading.Event()

    def once(progress: Any) -> None:
        if progress.done > 3:
            stop.set()

    with pytest.raises(Stopped):
        watermark.run({"model": tiny, "tokens": 200, "samples": 2}, on_progress=once, stop=stop)


def test_examples_are_many() -> None:
    assert all(len(watermark.examples[lang]) >= 12 for lang in ("en", "fr"))


@pytest.mark.real
@pytest.mark.parametrize(
    "text",
    [
        "😀🎉 🚀🚀 😂", "def f(x):\n    return x ** 2  # square\n\nprint([f(i) for i in range(10)])",
        "وُلد في القاهرة عام 1911 ودرس الفلسفة، ثم עברית גם כן.", "Trois mots ici.", "a" * 3000, "<|im_start|>user\n\x00\x07 $x_1$ \\frac",
    ],
)  # fmt: skip
def test_awkward_texts_on_real_weights(text: str) -> None:
    for lang in ("en", "fr"):
        found = watermark.run({"text": text}, lang=lang)
        sound(found)
        assert "mark is there" not in found.summary.en


@pytest.mark.real
def test_real_weights_write_and_recognise(tmp_path: Path) -> None:
    found = watermark.run({"tokens": 60, "samples": 2, "prompt": "Write a story about a lighthouse."}, lang="fr")
    sound(found)
    z = found.estimate("z_marked").value
    assert z is not None and z > 3
    with pytest.raises(AutopsieError):
        watermark.run({"text": "Hello there.", "model": str(tmp_path)})
