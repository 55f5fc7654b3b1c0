"""One step for each kind of specimen that does not come ready to read. Each works in place on a folder."""

from __future__ import annotations

from pathlib import Path


def word_vectors(folder: Path) -> None:
    """``vectors.kv`` (a gensim pickle, read by a restricted reader) → ``vectors.npy`` and ``words.txt``."""
    import numpy as np

    from tools.specimens.words import read_gensim

    words, matrix = read_gensim(folder / "vectors.kv")
    np.save(folder / "vectors.npy", matrix)
    (folder / "words.txt").write_text("\n".join(words), encoding="utf-8")
    (folder / "vectors.kv").unlink()


def glove_index(folder: Path) -> None:
    """``index.parquet`` (one column of words, in the order of the rows) → ``words.txt``."""
    import pyarrow.parquet

    words = pyarrow.parquet.read_table(folder / "index.parquet")["index"].to_pylist()
    (folder / "words.txt").write_text("\n".join(words), encoding="utf-8")
    (folder / "index.parquet").unlink()


def language_model(folder: Path) -> None:
    """``model.gguf`` (packed weights of SmolLM2) → a Hugging Face folder in bfloat16, with its tokenizer."""
    import torch
    from tokenizers import pre_tokenizers
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file="model.gguf")
    # The file names the rule "smollm": each digit apart, then GPT-2's rule; transformers reads only the second half.
    rules = tokenizer.backend_tokenizer
    rules.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), rules.pre_tokenizer])
    tokenizer.save_pretrained(folder)
    unpacked = GgufConfig(dequantize=True)
    model = AutoModelForCausalLM.from_pretrained(
        folder, gguf_file="model.gguf", quantization_config=unpacked, dtype=torch.bfloat16
    )
    model.save_pretrained(folder)
    (folder / "model.safetensors").chmod(0o644)
    (folder / "model.gguf").unlink()
