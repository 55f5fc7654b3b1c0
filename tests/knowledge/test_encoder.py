"""The encoder and the vectors kept on disk."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge import encoder, vectors
from tests.knowledge.conftest import recorded
from tools.errors import Missing


def test_vectors_are_unit_float32_and_multilingual() -> None:
    rows = encoder.encode(["The cat sleeps.", "Le chat dort.", "Interest rates rose again."])
    assert rows.shape == (3, encoder.dimensions()) and rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert rows[0] @ rows[1] > 0.5 > rows[0] @ rows[2]
    assert encoder.encode([]).shape == (0, encoder.dimensions())


def test_batches_do_not_change_a_vector() -> None:
    texts = [f"Sentence number {i} about {'bees' if i % 2 else 'trains'}." for i in range(40)]
    together, alone = encoder.encode(texts), np.concatenate([encoder.encode([text]) for text in texts])
    assert together == pytest.approx(alone, abs=1e-4)


def test_threads_get_the_same_vectors() -> None:
    texts = [f"Question {i}" for i in range(12)]
    expected = encoder.encode(texts)
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda text: encoder.encode([text])[0], texts))
    assert np.stack(rows) == pytest.approx(expected, abs=1e-4)


def test_the_specimen_names_the_weights() -> None:
    specimen = encoder.specimen()
    assert specimen.sha256 == "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
    assert specimen.licence == "Apache-2.0"


def test_a_text_is_encoded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOPSIE_HOME", str(tmp_path))
    asked = recorded(monkeypatch)
    counts: list[tuple[int, int]] = []
    first = vectors.encode(["one bee", "two bees", "one bee"], lambda done, total: counts.append((done, total)))
    assert asked == ["one bee", "two bees"] and counts == [(0, 2), (2, 2)]
    again = vectors.encode(["two bees", "three bees"])
    assert asked == ["one bee", "two bees", "three bees"]
    assert (again[0] == first[1]).all() and (first[0] == first[2]).all()


def test_a_damaged_cache_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOPSIE_HOME", str(tmp_path))
    vectors.encode(["one bee"])
    [file] = (tmp_path / "cache" / "embeddings").iterdir()
    file.write_bytes(file.read_bytes()[:100])
    assert vectors.encode(["one bee"]).shape == (1, encoder.dimensions())
    assert vectors.encode([]).shape == (0, encoder.dimensions())


def test_writers_at_the_same_time_leave_a_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOPSIE_HOME", str(tmp_path))
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda i: vectors.encode([f"text {i}", "shared text"]), range(12)))
    [file] = (tmp_path / "cache" / "embeddings").iterdir()  # no leftover side file
    with np.load(file) as arrays:
        assert len(arrays["keys"]) == len(arrays["vectors"]) >= 2


def test_a_file_that_fails_halfway_does_not_appear(tmp_path: Path) -> None:
    target = tmp_path / "made.bin"
    with pytest.raises(OSError, match="disk"), vectors.whole(target) as out:
        out.write(b"half")
        raise OSError("disk")
    assert list(tmp_path.iterdir()) == []


def test_another_encoder_by_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(0)
    (tmp_path / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefg"]))
    BertTokenizer(str(tmp_path / "vocab.txt")).save_pretrained(tmp_path)
    small = BertConfig(vocab_size=12, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
    BertModel(small).save_pretrained(tmp_path)
    monkeypatch.setenv("AUTOPSIE_ENCODER", str(tmp_path))
    rows = encoder.encode(["a b c", "d e"])
    assert rows.shape == (2, 16) and np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert len(encoder.specimen().sha256 or "") == 64
    monkeypatch.setenv("AUTOPSIE_ENCODER", str(tmp_path / "nowhere"))
    with pytest.raises(Missing, match="cannot be loaded as a sentence encoder"):
        encoder.encode(["a"])
