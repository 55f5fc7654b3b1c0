"""The optional second reading: a real cross-encoder with weights set so that its order is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.search import search
from tests.knowledge.conftest import Write
from tools.errors import Missing


@pytest.fixture
def cross_encoder(tmp_path: Path) -> Path:
    """A BERT of one layer with random weights, in a folder."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder = tmp_path / "cross"
    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "bees", "dance", "sting", "flowers", "one", "two", "."]
    (folder / "vocab.txt").write_text("\n".join(words))
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_hits_follow_the_cross_encoder(library: Write, cross_encoder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sentence_transformers import CrossEncoder

    library("bees", "en", "## One\n\nBees dance.\n\n## Two\n\nBees sting.\n\n## Flowers\n\nFlowers.")
    plain = search("bees", k=3, lang="en")
    monkeypatch.setenv("AUTOPSIE_RERANKER", str(cross_encoder))
    again = search("bees", k=3, lang="en")
    reader = CrossEncoder(str(cross_encoder), device="cpu")
    scores = {hit.id: float(reader.predict([("bees", f"{hit.title}. {hit.heading}. {hit.text}")])[0]) for hit in plain}
    assert [hit.id for hit in again] == sorted(scores, key=lambda name: -scores[name])
    assert [hit.rank for hit in again] == [1, 2, 3]
    assert {hit.id: hit.strength for hit in again} == {hit.id: hit.strength for hit in plain}
    assert len(search("bees", k=1, lang="en")) == 1


def test_a_reranker_that_cannot_be_loaded_is_named(
    library: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library("bees", "en", "Bees dance.")
    monkeypatch.setenv("AUTOPSIE_RERANKER", str(tmp_path))
    with pytest.raises(Missing, match="cannot be loaded as a cross-encoder"):
        search("bees")
