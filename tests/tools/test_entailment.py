"""The entailment classifier: columns found by name, batches, specimen; on tiny random weights made here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.tools.tiny_models import masked
from tools.errors import BadInput, Missing, Stopped
from tools.truth.entailment import columns, load

PAIRS = [
    ("the cat sat", "the cat sat"),
    ("the dog ran", "the cat sat"),
    ("cat", "dog ran the cat"),
    ("", "cat"),
    ("the", ""),
]


def classifier(folder: Path, labels: list[str]) -> str:
    """A BERT of 2 layers with random weights and three outputs. Returns its folder."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    masked(folder, ["the", "cat", "sat", "dog", "ran"])  # for its tokenizer
    torch.manual_seed(0)
    config = BertConfig(vocab_size=13, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
                        max_position_embeddings=64, initializer_range=0.8, id2label=dict(enumerate(labels)),
                        label2id={label: i for i, label in enumerate(labels)})  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return str(folder)


def test_the_columns_follow_the_names_of_the_labels(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    straight = load(classifier(one, ["entailment", "neutral", "contradiction"])).probabilities(PAIRS)
    turned = load(classifier(other, ["CONTRADICTION", "NEUTRAL", "ENTAILMENT"])).probabilities(PAIRS)
    # The same weights under other names: the first and the last column are exchanged.
    assert turned == pytest.approx(straight[:, ::-1])
    assert straight.shape == (5, 3) and straight.sum(axis=1) == pytest.approx(np.ones(5))
    assert len({round(float(p), 4) for p in straight[:, 0]}) == 5


def test_batches_do_not_change_the_numbers(tmp_path: Path) -> None:
    model = load(classifier(tmp_path, ["entailment", "neutral", "contradiction"]))
    many = PAIRS * 9  # three batches
    assert model.probabilities(many) == pytest.approx(np.tile(model.probabilities(PAIRS), (9, 1)), abs=1e-6)
    assert model.probabilities(PAIRS[:1]) == pytest.approx(model.probabilities(PAIRS)[:1], abs=1e-6)
    assert model.probabilities([]).shape == (0, 3)


def test_a_long_pair_is_cut_and_the_specimen_is_hashed(tmp_path: Path) -> None:
    model = load(classifier(tmp_path, ["entailment", "neutral", "contradiction"]))
    assert model.probabilities([("cat sat " * 3000, "dog ran " * 50)]).sum() == pytest.approx(1)
    assert model.specimen.sha256 is not None and len(model.specimen.sha256) == 64
    assert load(str(tmp_path)) is model


def test_stop_is_heard_between_batches(tmp_path: Path) -> None:
    model = load(classifier(tmp_path, ["entailment", "neutral", "contradiction"]))

    def halt(done: int, total: int) -> None:
        if done:
            raise Stopped("", "")

    with pytest.raises(Stopped):
        model.probabilities(PAIRS * 9, halt)


@pytest.mark.parametrize(
    "labels",
    [["LABEL_0", "LABEL_1", "LABEL_2"], ["entailment", "not_entailment"], ["entailment", "entails", "neutral"], []],
)
def test_other_labels_are_refused_by_name(labels: list[str]) -> None:
    with pytest.raises(BadInput) as error:
        columns(dict(enumerate(labels)), "toxic")
    assert "toxic" in error.value.message.en and "contradiction" in error.value.message.fr
    assert all(label in error.value.message.en for label in labels)


def test_columns_by_hand() -> None:
    assert columns({0: "contradiction", 1: "entailment", 2: "neutral"}, "m") == [1, 2, 0]


@pytest.mark.parametrize("source", ["", "http://127.0.0.1:1/v1", "/no/such/folder"])
def test_what_cannot_be_loaded_is_said(source: str) -> None:
    with pytest.raises(Missing) as error:
        load(source)
    assert "config.json" in error.value.message.en and "config.json" in error.value.message.fr


def test_a_language_model_is_no_entailment_model(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        load(masked(tmp_path, ["cat"]))
