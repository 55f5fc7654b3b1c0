"""Attention on sentences: pairs, shares, tests by hand, refusals, both languages, the real default model."""

from __future__ import annotations

import re
import threading
from typing import Any

import numpy as np
import pytest

from tests.tools import tiny_models
from tools.errors import BadInput, Stopped
from tools.finding import Finding
from tools.language import attention_measure, inside
from tools.language.attention import attention
from tools.language.attention_statistics import change, share
from tools.specimens.language import TransformersModel
from tools.tool import Progress

HUNGRY, DELICIOUS = attention_measure.BEAR


BEAR = [
    "The",
    "the",
    "bear",
    "ate",
    "honey",
    "because",
    "it",
    "was",
    "hungry",
    "delicious",
    "a",
    "cat",
    "sat",
    "on",
    "mat",
    ".",
]


@pytest.fixture(scope="module")
def tiny_llama(tmp_path_factory: pytest.TempPathFactory) -> str:
    return tiny_models.causal(tmp_path_factory.mktemp("llama"), BEAR)


@pytest.fixture(scope="module")
def tiny_bert(tmp_path_factory: pytest.TempPathFactory) -> str:
    return tiny_models.masked(tmp_path_factory.mktemp("bert"), BEAR)


def texts(finding: Finding) -> list[str]:
    """All French texts of a finding."""
    found = [finding.question.fr, finding.summary.fr, finding.how_to_read.fr, finding.limits.fr]
    found += [f.alt.fr for f in finding.figures] + [e.label.fr for e in finding.estimates]
    found += [t.title.fr for t in finding.tables] + [c.fr for t in finding.tables for c in t.columns]
    return found


def test_sign_changes_by_hand() -> None:
    # Five equal differences: of the 32 sign changes only all + and all − reach the sum, p = 2 / 32 = 0.0625.
    rng = np.random.default_rng(0)
    five = change(np.ones(5), rng)
    assert five.p == pytest.approx(0.0625) and five.exact and five.value == 1 and five.low == five.high == 1
    assert change(np.ones(5), rng, of=3).p == pytest.approx(0.1875)  # three tests: 3 × 0.0625
    assert change(np.zeros(40), rng).p == 1
    assert change(np.ones(4), rng).p is None and change(np.ones(4), rng).low is None
    assert change(np.random.default_rng(1).normal(size=200), rng).p > 0.05  # type: ignore[operator]
    assert share(np.array([0.2, 0.4]), 0.1, rng).value == pytest.approx(0.3)


def test_the_pair_differs_only_after_it_parts(tiny_llama: str) -> None:
    finding = attention.run({"model": tiny_llama})
    assert finding.estimate("before").value == 0
    at_it = attention.run({"model": tiny_llama, "word": "it"})
    assert at_it.estimate("change").value == 0 and at_it.estimate("change").p == 1
    assert "the two sentences give the same weights" in at_it.summary.en and "les mêmes poids" in at_it.summary.fr
    # Another length of text leaves the rounding of the last bits, which is reported and not tested.
    longer = attention.run({"model": tiny_llama, "text": HUNGRY, "text2": DELICIOUS + " the cat sat", "word": "honey"})
    assert longer.estimate("change").value == 0 and longer.estimate("change").p == 1
    assert longer.estimate("before").value == pytest.approx(0, abs=1e-6)
    assert [f.name for f in at_it.figures] == ["words", "matrix"]
    assert [f.name for f in finding.figures] == ["head", "words", "heads", "matrix"]
    # Even shares: "hungry" is the ninth of nine tokens it can see; eight heads are averaged.
    weight = finding.estimate("weight_1_bear")
    assert weight.baseline == pytest.approx(1 / 9) and weight.n == 8


def test_the_change_is_the_difference_of_the_weights(tiny_llama: str) -> None:
    finding = attention.run({"model": tiny_llama})
    value = {e.name: e.value or 0 for e in finding.estimates}
    first = value["weight_1_bear"] - value["weight_1_honey"]
    assert value["change"] == pytest.approx(first - (value["weight_2_bear"] - value["weight_2_honey"]))
    model = TransformersModel(tiny_llama)
    ids = inside.read(model, HUNGRY)
    assert value["weight_1_bear"] == pytest.approx(inside.attentions(model, ids)[:, :, 8, 1].mean(), abs=1e-9)


def test_layer_and_head(tiny_llama: str) -> None:
    weights = inside.attentions(TransformersModel(tiny_llama), inside.read(TransformersModel(tiny_llama), HUNGRY))
    one = attention.run(
        {"model": tiny_llama, "text": HUNGRY, "word": "it", "candidates": "bear", "layer": 2, "head": 3}
    )
    assert (
        one.estimate("weight_1_bear").value == pytest.approx(weights[1, 2, 6, 1]) and one.estimate("sink").low is None
    )
    layer = attention.run({"model": tiny_llama, "text": HUNGRY, "word": "it", "candidates": "bear", "layer": 2})
    assert layer.estimate("weight_1_bear").value == pytest.approx(weights[1, :, 6, 1].mean())
    head = attention.run({"model": tiny_llama, "text": HUNGRY, "word": "it", "candidates": "bear", "head": 3})
    assert head.estimate("weight_1_bear").value == pytest.approx(weights[:, 2, 6, 1].mean())


def test_a_masked_model_reads_from_the_pronoun_and_sees_the_end(tiny_bert: str) -> None:
    finding = attention.run({"model": tiny_bert})
    assert "“it” gives" in finding.summary.en and finding.estimate("change").value != 0
    assert finding.estimate("before").value != 0
    # [CLS] and [SEP] together: two of the twelve tokens.
    assert finding.estimate("sink").baseline == pytest.approx(2 / 12)
    assert all(texts(finding))


def test_without_candidates_the_most_looked_at_word_is_watched(tiny_llama: str) -> None:
    finding = attention.run({"model": tiny_llama, "text": "a cat sat on the mat"})
    (name,) = [e.name for e in finding.estimates if e.name.startswith("weight_1")]
    weights = {row[0].en: row[1] for row in finding.table("weights_1").rows[1:-1]}  # type: ignore[union-attr]
    assert name == f"weight_1_{max(weights, key=lambda w: weights[w])}"  # type: ignore[arg-type, return-value]
    assert "was chosen because it receives the most" in finding.limits.en


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"text": HUNGRY, "word": "wolf"}, "'wolf' is not among"),
        ({"text": HUNGRY, "word": "it", "candidates": "hungry"}, "comes after"),
        ({"text": HUNGRY, "word": "The"}, "sees nothing before it"),
        ({"text": HUNGRY, "text2": HUNGRY}, "are the same"),
        ({"text": HUNGRY, "layer": 3}, "has 2 layers"),
        ({"text": HUNGRY, "head": 5}, "has 4 heads"),
        ({"text": HUNGRY, "layer": -1}, "--layer"),
        ({"text": "… –"}, "holds no word"),
        ({"text": "cat " * 161}, "at most 160"),
        ({"text": HUNGRY, "candidates": "a, b, c, d, e, f, g"}, "--candidates"),
    ],
)
def test_bad_requests(tiny_llama: str, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=re.escape(message)):
        attention.run({"model": tiny_llama, **arguments})


def test_a_server_has_no_inside() -> None:
    with pytest.raises(BadInput, match="looks inside the model"):
        attention.run({"model": "http://127.0.0.1:9/v1"})


def test_stop_is_heard(tiny_llama: str) -> None:
    stop, seen = threading.Event(), []

    def on_progress(progress: Progress) -> None:
        seen.append(progress)
        stop.set()

    with pytest.raises(Stopped):
        attention.run({"model": tiny_llama}, stop=stop, on_progress=on_progress)
    assert len(seen) == 1


def test_the_same_seed_gives_the_same_finding(tiny_llama: str) -> None:
    assert attention.run({"model": tiny_llama}, seed=3).id == attention.run({"model": tiny_llama}, seed=3).id


CASES: list[dict[str, Any]] = [
    {},
    {"word": "it"},
    {"text": HUNGRY, "word": "it", "layer": 1},
    {"text": HUNGRY, "text2": DELICIOUS, "candidates": "honey"},
    {"text": HUNGRY, "text2": DELICIOUS, "candidates": "bear, honey, it", "layer": 2, "head": 1},
]


@pytest.mark.parametrize("arguments", CASES, ids=lambda case: "-".join(map(str, case)) or "default")
def test_both_languages_are_written(tiny_llama: str, arguments: dict[str, Any]) -> None:
    finding = attention.run({**arguments, "model": tiny_llama}, lang="fr")
    assert all(texts(finding))
    assert not [text for text in texts(finding) if re.search(r"\d\.\d", text)]
    assert not re.search(r"\d,\d\d\b(?!\d)", finding.summary.en)
    assert 2 <= len(re.findall(r"\.(?:\s|$)", finding.summary.en)) <= 4
    assert all(figure.lang == "fr" and figure.data for figure in finding.figures)
    assert all(len(row) == len(table.columns) for table in finding.tables for row in table.rows)


def test_a_long_sentence_is_drawn_without_its_matrix(tiny_llama: str) -> None:
    finding = attention.run({"model": tiny_llama, "text": "the cat sat on a mat because it was hungry . " * 5})
    assert [f.name for f in finding.figures] == ["head", "words", "heads"]
    assert "matrix_1" not in [t.name for t in finding.tables]


@pytest.mark.real
def test_the_default_model_on_the_bear() -> None:
    finding = attention.run()
    change_found = finding.estimate("change")
    assert (
        change_found.value == pytest.approx(0.019, abs=0.002) and change_found.p is not None and change_found.p < 0.01
    )
    assert finding.estimate("sink").value == pytest.approx(0.53, abs=0.02)
    assert finding.estimate("before").value == 0
    # One head of 270 goes from the bear to the honey: 63% to 11%, 7% to 73%.
    assert finding.table("heads").rows[0][:6] == pytest.approx([14, 9, 0.634, 0.068, 0.109, 0.728], abs=0.01)
